use super::*;
use crate::model::Format;

fn source(text: &str) -> Source {
    Source::of("论.md", Format::Markdown, text)
}

fn read(text: &str) -> Clean {
    let Warned { value, diagnostics } = articles(&source(text));
    assert_eq!(diagnostics, [], "{text}");
    value
}

fn told(article: &CleanArticle) -> (Option<&str>, Vec<(Role, &str)>) {
    let paragraphs = article.paragraphs.iter().map(|paragraph| (paragraph.role, paragraph.text.as_str())).collect();
    (article.heading.as_ref().map(|heading| heading.text.as_str()), paragraphs)
}

/// Every character but white space stands once, in a block or in the markup, where its piece says.
fn accounted(text: &str) {
    let source = source(text);
    let Clean { articles, markup } = articles(&source).value;
    let paragraphs = articles.iter().flat_map(|article| article.heading.iter().chain(&article.paragraphs));
    let mut places = Vec::new();
    for (text, pieces) in
        paragraphs.map(|p| (&p.text, p.pieces.clone())).chain(markup.iter().map(|(t, p)| (t, vec![*p])))
    {
        for piece in pieces {
            let copied: Vec<_> =
                text.chars().skip(piece.at as usize).take((piece.end - piece.start) as usize).collect();
            let seed: Vec<_> =
                source.line(piece.line as usize).chars().skip(piece.start as usize).take(copied.len()).collect();
            assert_eq!(copied, seed);
            places.extend(
                (piece.start..piece.end)
                    .zip(seed)
                    .filter(|(_, char)| !char.is_whitespace())
                    .map(|(at, _)| (piece.line, at)),
            );
        }
    }
    places.sort_unstable();
    let all: Vec<_> = (1..)
        .zip((1..=source.line_count()).map(|number| source.line(number)))
        .flat_map(|(number, line)| {
            (0..).zip(line.chars()).filter(|(_, char)| !char.is_whitespace()).map(move |(at, _)| (number, at))
        })
        .collect();
    assert_eq!(places, all, "{text:?}");
}

#[test]
fn each_heading_of_the_highest_level_begins_an_article() {
    let clean = read("## 甲\n\n　　正文一行\n接着**写**。\n\n### 节\n\n- 项一\n- 项二\n\n## 乙\n\n正文。\n");
    let articles: Vec<_> = clean.articles.iter().map(told).collect();
    let first =
        vec![(Role::Body, "正文一行接着写。"), (Role::Heading, "节"), (Role::Body, "项一"), (Role::Body, "项二")];
    assert_eq!(articles, [(Some("甲"), first), (Some("乙"), vec![(Role::Body, "正文。")])]);
    assert_eq!(clean.articles.iter().map(|article| article.lines).collect::<Vec<_>>(), [(1, 9), (11, 13)]);
    let markup: Vec<_> = clean.markup.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(markup, ["##", "**", "**", "###", "-", "-", "##"]);
}

#[test]
fn front_matter_makes_one_article_of_the_whole() {
    for head in [
        "---\ntitle: \"论\"\nkind: speech\ndate: 2024-07-04\nspeaker: 某人\n---\n",
        "+++\ntitle = '论'\nkind = 'speech'\ndate = 2024-07-04\nspeaker = '某人'\n+++\n",
    ] {
        let clean = read(&format!("{head}\n# 一\n\n正文。\n\n# 二\n\n又一段。\n"));
        assert_eq!(clean.articles.len(), 1);
        let article = &clean.articles[0];
        assert_eq!(
            (article.title.as_deref(), article.kind, article.speaker.as_deref()),
            (Some("论"), Some(Kind::Speech), Some("某人"))
        );
        assert_eq!(article.date.map(|date| (date.year, date.month, date.day)), Some((2024, 7, 4)));
        let body = vec![(Role::Heading, "一"), (Role::Body, "正文。"), (Role::Heading, "二"), (Role::Body, "又一段。")];
        assert_eq!(told(article), (None, body));
        assert_eq!(article.lines, (8, 14));
    }
}

#[test]
fn what_the_front_matter_says_wrongly_is_told_in_its_line() {
    let told = |text: &str| -> Vec<_> {
        let told = articles(&source(text)).diagnostics.into_iter();
        told.map(|finding| (finding.code.into_owned(), finding.span.unwrap().line)).collect()
    };
    assert_eq!(
        told("---\ntags: a\nkind: speach\ndate: 昨天\n---\n甲"),
        [("front-matter-unknown".to_owned(), 2), ("front-matter".to_owned(), 3), ("front-matter".to_owned(), 4),]
    );
    assert_eq!(told("+++\ntitle = \n+++\n甲"), [("front-matter".to_owned(), 2)]);
    assert_eq!(told("---\n甲\n"), []);
}

#[test]
fn latin_words_stay_apart_and_text_before_a_heading_is_kept() {
    let clean = read("前言 text\nof two lines\n结尾\n\n# 题\n\n第一行  \n第二行\n");
    let articles: Vec<_> = clean.articles.iter().map(told).collect();
    assert_eq!(
        articles,
        [
            (None, vec![(Role::Body, "前言 text of two lines结尾")]),
            (Some("题"), vec![(Role::Body, "第一行"), (Role::Body, "第二行")]),
        ]
    );
}

#[test]
fn a_code_span_may_go_on_in_the_next_line() {
    let clean = read("甲 `乙\n丙` `of\ntwo` ``\n戊`己\n``\n");
    assert_eq!(told(&clean.articles[0]), (None, vec![(Role::Body, "甲 乙丙 of two戊`己")]));
}

#[test]
fn every_character_is_accounted_for() {
    for text in [
        "",
        "\n\n",
        "# \n",
        "---\ntitle: x\n---\n正文",
        "甲 **乙** `丙` [丁](http://x) <b>戊</b> &amp; \\* 己  \n庚",
        "> 引\n> 文\n\n1. 一\n2. 二\n\n```\n码\n\n 行\n```\n\n***\n\n<div>\n块\n</div>\n\n尾　　\n　　段",
        "a\nb\n中\nc",
        "& `\n(\n`",
        "a `` ` ``\n\n甲 `乙\n丙` `\n`",
    ] {
        accounted(text);
    }
}

proptest::proptest! {
    #[test]
    fn every_character_of_any_text_is_accounted_for(text in "[甲乙a1 　\t\n#*_`>\\[\\]()<!&;~=+:-]{0,120}") {
        accounted(&text);
    }
}
