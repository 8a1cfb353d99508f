//! Quotations, mentions and words of 100, 1,000 and 10,000 articles of 1,500 characters: `cargo bench --bench quote`.
//!
//! The articles are shuffled sentences of the seeds; nine of ten are reports that retell a speech and quote it. Each stage
//! should keep its speed from size to size: tracing is linear.
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on fails")]

use divan::Bencher;
use divan::counter::ItemsCount;
use duikan::config::Config;
use duikan::model::{Article, Kind, Reuse, Role};

#[path = "../tests/common/witnesses.rs"]
mod witnesses;

const CHARACTERS: usize = 1_500;

fn main() {
    divan::main();
}

/// Always the same numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (n as u64)).unwrap_or(0)
    }
}

fn corpus(count: usize) -> Vec<Article> {
    let gold = witnesses::articles();
    let paragraphs = gold.iter().flat_map(|a| &a.paragraphs);
    let sentences: Vec<String> = paragraphs
        .flat_map(|p| p.text.split_inclusive('。'))
        .filter(|s| s.ends_with('。'))
        .map(str::to_owned)
        .collect();
    let letters: Vec<char> = sentences.iter().flat_map(|s| s.chars()).filter(|c| c.is_alphabetic()).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut articles: Vec<Article> = Vec::with_capacity(count);
    for ix in 0..count {
        let speech = ix % 10 == 0;
        let mut texts = Vec::new();
        let mut length = 0;
        while length < CHARACTERS {
            let mut text: String = (0..3).map(|_| sentences[dice.below(sentences.len())].as_str()).collect();
            if speech {
                // Words of its own: shuffled sentences alone would all be formulae.
                let own: String = (0..24).map(|_| letters[dice.below(letters.len())]).collect();
                text = format!("{own}。{text}");
            } else {
                let source = &articles[dice.below(ix.div_ceil(10)) * 10].paragraphs[0].text;
                let said: String = source.split_inclusive('。').take(1).collect();
                text = format!("国家主席习近平指出，{said}正如他所强调的“{}”。{text}", said.trim_end_matches('。'));
            }
            length += text.chars().count();
            texts.push((Role::Body, text));
        }
        let mut article = witnesses::plain(ix, &format!("t{ix}"), &format!("第{ix}篇文件宣言"), texts);
        article.kind.value = if speech { Kind::Speech } else { Kind::Report };
        articles.push(article);
    }
    articles
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn quotes(bencher: Bencher, count: usize) {
    let articles = corpus(count);
    let run = || duikan::quote::quotes(&articles, &Reuse::default()).len();
    bencher.counter(ItemsCount::new(count)).bench_local(run);
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn mentions(bencher: Bencher, count: usize) {
    let articles = corpus(count);
    bencher
        .counter(ItemsCount::new(count))
        .bench_local(|| duikan::mention::mentions(&Config::default(), &articles).len());
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 3, sample_size = 1)]
fn words(bencher: Bencher, count: usize) {
    let articles = corpus(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| duikan::words::words(&articles, &[]).terms.len());
}
