//! A small edition made by hand for the tests of this room: two printings of an abstract, the full text, a speech and a
//! report of it, a picture's caption; every relation, a disputed repair, and hostile characters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::config::{Config, Ui};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::model::{
    Addresses, Alias, Article, ArticleIx, Clause, ClausePair, Collation, Continuation, Coverage, Date,
    DocumentRelation, Edit, Edition, Evidence, Format, Furniture, Group, Guess, HeadLine, Kind, Landing, Link, Match,
    Paragraph, Piece, Place, Relation, Repair, Reuse, Role, Rule, SeedIx, SharedClause, Sign, Signs, Source,
};

const FULL: &str = "　　一、各方指出，世界正在经历深刻变化，国际关系体系更加公正。
　　二、各方强调，应当尊重各国人民自主选择发
展道路的权利，反对以任何借口干涉别国内政。
　　三、各方认为，水资源保护十分重要，愿就合理用水开展合作。
　　四、各方欢迎“绿色发展年”取得成果。各方将继续支持青年交流。
　　五、各方支持加强地方合作。
　　六、各方愿扩大旅游往来。
　　七、各方商定继续就上述问题保持沟通。
　　八、各方感谢主席国的热情接待——会议在友好气氛中举行。
甲国　乙国
二〇二四年七月四日";
const SHORT: &str = "　　各方指出，世界正在经历深刻变化，国际关系体系更加公正。
　　各方商定继续就上述问题保持沟通。
　　各方强调，应当尊重各国自主选择发展道路的权利，反对干涉别国内政。
　　各方欢迎“绿色发展年”取得成果。
　　各方将继续支持青年交流。
　　各方支持加强地方合作。各方愿扩大旅游往来。
　　各方感谢主席国的热情接待－会议在友好气氛中举行。
　　摘要由本报编辑整理。";
const SPEECH: &str = "尊敬的各位同事：
　　志合者，不以山海为远。应当尊重各国人民自主选择发展道路的权利。
　　共同开创美好未来";
const REPORT: &str = "新华社甲城7月4日电（记者张三）会议4日在甲城举行。主席指出，志合者，不以山海为远。
　　<script>alert('x')</script> {{ x }} \"引\" \u{202e}倒着\u{202c}";

fn source(path: &str, text: String) -> Source {
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    Source { digest, ..Source::of(path, Format::Raw, text) }
}

fn guess<T>(value: T, confidence: f32, code: &'static str, quote: &str) -> Guess<T> {
    Guess { value, confidence, evidence: vec![Evidence { code: Cow::Borrowed(code), quote: quote.to_owned() }] }
}

fn head(text: &str, line: u32) -> HeadLine {
    let end = u32::try_from(text.chars().count()).unwrap();
    HeadLine { text: text.to_owned(), pieces: vec![Piece { at: 0, line, start: 0, end }], ledger: Vec::new() }
}

/// Paragraphs from lines: an indent begins one, every other line goes on.
fn paragraphs(text: &str, first_line: u32) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for (line, raw) in (first_line..).zip(text.lines()) {
        let body = raw.trim_start_matches('　');
        let indent = u32::try_from(raw.chars().count() - body.chars().count()).unwrap();
        let len = u32::try_from(body.chars().count()).unwrap();
        let role = match body {
            _ if body.ends_with('：') => Role::Salutation,
            "甲国　乙国" => Role::Signature,
            _ if body.starts_with('二') && body.ends_with('日') => Role::Dateline,
            "共同开创美好未来" => Role::Heading,
            _ => Role::Body,
        };
        if indent == 0 && role == Role::Body && !out.is_empty() {
            let last = out.last_mut().unwrap();
            let at = u32::try_from(last.text.chars().count()).unwrap();
            last.text.push_str(body);
            last.pieces.push(Piece { at, line, start: 0, end: len });
            last.ledger.push(Repair {
                rule: Rule::Join,
                line: line - 1,
                confidence: 0.62,
                signs: Signs::default().with(Sign::Full).with(Sign::Word),
            });
            continue;
        }
        let n = u32::try_from(out.len()).unwrap() + 1;
        out.push(Paragraph {
            n,
            anchor: format!("p{n}"),
            role,
            text: body.to_owned(),
            pieces: vec![Piece { at: 0, line, start: indent, end: indent + len }],
            ledger: Vec::new(),
        });
    }
    out
}

fn article(ix: ArticleIx, id: &str, seed: SeedIx, kind: Kind, title: &str, first_line: u32, text: &str) -> Article {
    let paragraphs = paragraphs(text, first_line);
    let last = first_line - 1 + u32::try_from(text.lines().count()).unwrap();
    Article {
        ix,
        id: id.to_owned(),
        seed,
        kind: guess(kind, 0.9, "title-word", title),
        title: guess(head(title, 1), 1.0, "headline", title),
        title_inferred: false,
        subtitle: None,
        byline: None,
        speaker: None,
        agency: Some("新华社".to_owned()),
        place: Some("甲城".to_owned()),
        date: Some(guess(Date { year: 2024, month: 7, day: 4, inferred: false }, 0.9, "dateline", "7月4日")),
        head: Vec::new(),
        continues: None,
        lines: vec![(first_line, last)],
        paragraphs,
    }
}

/// Clauses as the stage cuts them, near enough for a fixture.
fn clauses(article: &Article) -> Vec<Clause> {
    let mut out = Vec::new();
    for paragraph in &article.paragraphs {
        let mut start = 0;
        let len = u32::try_from(paragraph.text.chars().count()).unwrap();
        for (at, c) in (1..).zip(paragraph.text.chars()) {
            if "，；：。！？".contains(c) || at == len {
                out.push(Clause { paragraph: paragraph.n, start, end: at });
                start = at;
            }
        }
    }
    out
}

fn edits(a: &str, b: &str) -> Vec<Edit> {
    super::diff::edits(a, b)
}

fn texts(article: &Article, numbers: &[u32]) -> String {
    numbers.iter().filter_map(|&n| article.paragraph(n)).map(|p| p.text.as_str()).collect()
}

/// Groups with their edits; clauses of equal text are paired, the others take the relation of the group.
fn group(a: &Article, b: &Article, relation: Relation, moved: bool, left: &[u32], right: &[u32]) -> Group {
    let mut pairs = Vec::new();
    let of = |article: &Article, numbers: &[u32]| -> Vec<Clause> {
        clauses(article).into_iter().filter(|c| numbers.contains(&c.paragraph)).collect()
    };
    let mut others = of(b, right);
    for clause in of(a, left) {
        let found = others.iter().position(|other| other.words(b) == clause.words(a));
        let other =
            found.or((!others.is_empty() && relation == Relation::Shortened).then_some(0)).map(|i| others.remove(i));
        let relation = match (found, other) {
            (Some(_), _) => Relation::Identical,
            (None, Some(_)) => relation,
            (None, None) => Relation::Omitted,
        };
        pairs.push(ClausePair {
            relation,
            moved,
            a: Some((clause.paragraph, clause.start, clause.end)),
            b: other.map(|o| (o.paragraph, o.start, o.end)),
        });
    }
    pairs.extend(others.into_iter().map(|o| ClausePair {
        relation: Relation::Added,
        moved: false,
        a: None,
        b: Some((o.paragraph, o.start, o.end)),
    }));
    let edits = edits(&texts(a, left), &texts(b, right));
    Group { relation, moved, a: left.to_vec(), b: right.to_vec(), edits, clauses: pairs }
}

fn coverage(characters: f64) -> Coverage {
    Coverage { characters, clauses: characters, paragraphs: 0.5 }
}

fn collations(articles: &[Article]) -> Vec<Collation> {
    use Relation::{Added, Expanded, Identical, Merged, Omitted, Reworded, Shortened, Split, Variant};
    let (full, short, again) = (&articles[0], &articles[1], &articles[2]);
    let g = |relation, moved, a: &[u32], b: &[u32]| group(full, short, relation, moved, a, b);
    let groups = vec![
        g(Shortened, false, &[1], &[1]),
        g(Shortened, false, &[2], &[3]),
        g(Omitted, false, &[3], &[]),
        g(Split, false, &[4], &[4, 5]),
        g(Merged, false, &[5, 6], &[6]),
        g(Shortened, true, &[7], &[2]),
        g(Variant, false, &[8], &[7]),
        g(Added, false, &[], &[8]),
        g(Omitted, false, &[9, 10], &[]),
    ];
    let third = [(1, &[1][..]), (2, &[3]), (4, &[4, 5]), (8, &[7])]
        .map(|(n, to)| group(full, again, if to.len() > 1 { Split } else { Shortened }, false, &[n], to))
        .to_vec();
    let same = (1..=8).map(|n| match n {
        3 => group(short, again, Reworded, false, &[3], &[3]),
        4 => group(short, again, Expanded, false, &[4], &[4]),
        _ => group(short, again, Identical, false, &[n], &[n]),
    });
    let same = same.collect();
    vec![
        Collation { a: 0, b: 1, groups, coverage_a: coverage(0.715), coverage_b: coverage(0.942) },
        Collation { a: 0, b: 2, groups: third, coverage_a: coverage(0.7), coverage_b: coverage(0.93) },
        Collation { a: 1, b: 2, groups: same, coverage_a: coverage(0.99), coverage_b: coverage(0.98) },
    ]
}

fn shared(articles: &[Article], clauses: &[Vec<Clause>]) -> Vec<SharedClause> {
    let mut by_text: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (article, list) in articles.iter().zip(clauses) {
        for c in list {
            by_text.entry(c.words(article).to_owned()).or_default().push(c.place(article.ix));
        }
    }
    let shared = by_text.into_iter().filter_map(|(text, places)| {
        let mut articles: Vec<_> = places.iter().map(|p| p.article).collect();
        articles.dedup();
        let spread = u32::try_from(articles.len()).unwrap();
        let key = blake3::hash(text.as_bytes()).to_hex().get(..16)?.to_owned();
        let boilerplate = text == "各方指出，";
        (spread > 1).then_some(SharedClause { key, text, places, spread, boilerplate })
    });
    shared.collect()
}

fn matches(shared: &[SharedClause]) -> Vec<Match> {
    let mut out = Vec::new();
    for clause in shared {
        for (i, &a) in clause.places.iter().enumerate() {
            let rest = clause.places.iter().skip(i + 1).filter(|b| b.article != a.article);
            out.extend(rest.map(|&b| Match { a, b, score: 1.0 }));
        }
    }
    out.push(Match {
        a: Place { article: 0, paragraph: 2, start: 5, end: 23 },
        b: Place { article: 1, paragraph: 3, start: 5, end: 21 },
        score: 0.9,
    });
    out.sort_by_key(|m| (m.a, m.b));
    out
}

fn furniture() -> Vec<Furniture> {
    let pieces = vec![Piece { at: 0, line: 12, start: 0, end: 7 }];
    let reason = Evidence { code: Cow::Borrowed("page-number"), quote: "第3版".to_owned() };
    vec![Furniture { seed: 0, text: "人民日报第3版".to_owned(), pieces, reason }]
}

fn diagnostic() -> Diagnostic {
    let text = "　　二、各方强调，应当尊重各国人民自主选择发".to_owned();
    Diagnostic {
        code: Cow::Borrowed("repair-disputed"),
        severity: Severity::Note,
        span: Some(Span { file: "full.txt".to_owned(), line: 3, start: 0, end: 5, text }),
        message: "This line may end a paragraph.".to_owned(),
        hint: Some("Fix it in full.toml.".to_owned()),
        related: None,
    }
}

/// Two paragraphs of the first article were one another day, and one has gone to the second article.
fn aliases() -> Vec<Vec<Alias>> {
    let landing = |article, anchor: &str| Some(Landing { article, anchor: Some(anchor.to_owned()) });
    let alias = |anchor: &str, to| Alias { anchor: anchor.to_owned(), to };
    vec![vec![alias("p2-1", landing(0, "p2")), alias("p40", landing(1, "p1")), alias("p41", None)]]
}

/// The edition, with its interface in the language asked for.
pub fn edition(ui: Ui) -> Edition {
    let again = SHORT.replace("各国自主", "各国人民自主").replace("取得成果", "取得丰硕成果");
    let report = format!("会议在甲城举行\n{REPORT}\n图为会场。");
    let mut full = source("full.txt", format!("甲城宣言\n{FULL}\n人民日报第3版"));
    full.note = Some("An *editor's* note.".to_owned());
    let sources = vec![
        full,
        source("page 1.txt", format!("甲城宣言（摘要）\n{SHORT}\n在会议上的讲话\n{SPEECH}")),
        source("page2.txt", format!("甲城宣言（摘要）\n{again}")),
        source("report.txt", report),
    ];
    let mut articles = vec![
        article(0, "declaration-20240704", 0, Kind::Declaration, "甲城宣言", 2, FULL),
        article(1, "abstract-20240704", 1, Kind::Abstract, "甲城宣言（摘要）", 2, SHORT),
        article(2, "abstract-20240704-2", 2, Kind::Abstract, "甲城宣言（摘要）", 2, &again),
        article(3, "speech-20240704", 1, Kind::Speech, "在会议上的讲话", 11, SPEECH),
        article(4, "report-20240704", 3, Kind::Report, "会议在甲城举行", 2, REPORT),
        article(5, "caption", 3, Kind::Caption, "图为会场", 4, "图为会场。"),
    ];
    articles[3].speaker = Some("李四".to_owned());
    articles[3].subtitle = Some(head("（二〇二四年七月四日，甲城）", 10));
    articles[5].title_inferred = true;
    articles[5].date = None;
    articles[4].continues =
        Some(Continuation { text: "（上接第二版）".to_owned(), page: Some(2), pieces: Vec::new() });
    let clauses: Vec<_> = articles.iter().map(clauses).collect();
    let shared = shared(&articles, &clauses);
    let link = |relation, from, to, coverage_from, coverage_to| Link {
        relation: guess(relation, 0.95, "coverage", "0.94"),
        from,
        to,
        coverage_from,
        coverage_to,
    };
    let reuse = Reuse {
        matches: matches(&shared),
        shared,
        collations: collations(&articles),
        links: vec![
            link(DocumentRelation::AbstractOf, 1, 0, 0.942, 0.715),
            link(DocumentRelation::ReprintOf, 2, 1, 0.98, 0.99),
            link(DocumentRelation::Quotes, 4, 3, 0.2, 0.3),
        ],
        ..Reuse::default()
    };
    Edition {
        config: Config { ui, paper: Some("甲报".to_owned()), ..Config::default() },
        sources,
        articles,
        furniture: furniture(),
        clauses,
        reuse,
        diagnostics: vec![diagnostic()],
        addresses: Addresses { aliases: aliases(), ..Addresses::default() },
        ..Edition::default()
    }
}
