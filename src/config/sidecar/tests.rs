use super::*;
use crate::model::Format;

const SEED: &str = "标题一行\n\n　　正文第一行尚未\n完，到此为止。\n又一篇的正文。\n末行";

fn read(toml: &str) -> Warned<Option<Sidecar>> {
    let seed = Source::of("要闻.txt", Format::Raw, SEED);
    sidecar("要闻.toml", toml, &seed)
}

/// The one fault of a sidecar: its message, its place, the line set against it, its hint.
type Fault = (String, (u32, u32), Option<(String, u32)>, Option<String>);

fn fault(toml: &str) -> Fault {
    let told = read(toml).diagnostics;
    assert_eq!(told.len(), 1, "{toml}: {told:?}");
    let fault = told.into_iter().next().unwrap();
    let span = fault.span.unwrap();
    (fault.message, (span.line, span.start), fault.related.map(|span| (span.file, span.line)), fault.hint)
}

#[test]
fn every_key_is_taken_in() {
    let toml = "paper = \"人民日报\"\npage = 2\ndate = 2024-07-05\n\
        [[article]]\nlines = [[1, 1], [3, 4]]\ntitle_lines = 1\nkind = \"joint-statement\"\ntitle = \"题\"\nsubtitle = \"副\"\n\
        byline = \"记者\"\nspeaker = \"某人\"\nagency = \"新华社\"\nplace = \"某地\"\ndate = 2024-07-04\nstarts = \"标题\"\n\
        relations = [{ type = \"abstract-of\", to = \"a\" }, { type = \"none\", to = \"b\" }]\n\
        [[join]]\nline = 3\nends = \"尚 未\"\n[[break]]\nline = 4\n";
    let Warned { value, diagnostics } = read(toml);
    assert_eq!(diagnostics, []);
    let sidecar = value.unwrap();
    assert_eq!(
        (sidecar.path.as_str(), sidecar.paper.as_deref(), sidecar.page.as_deref()),
        ("要闻.toml", Some("人民日报"), Some("2"))
    );
    assert_eq!(sidecar.date.map(|date| date.day), Some(5));
    let article = &sidecar.articles[0];
    assert_eq!(
        (article.at, article.lines.as_slice(), article.title_lines),
        (4, [(1, 1), (3, 4)].as_slice(), Some((1, 1)))
    );
    assert_eq!(
        (article.kind, article.title.as_deref(), article.subtitle.as_deref()),
        (Some(Kind::JointStatement), Some("题"), Some("副"))
    );
    assert_eq!((article.byline.as_deref(), article.speaker.as_deref()), (Some("记者"), Some("某人")));
    assert_eq!(
        (article.agency.as_deref(), article.place.as_deref(), article.date.map(|date| date.day)),
        (Some("新华社"), Some("某地"), Some(4))
    );
    assert_eq!(article.relations, [(Some(DocumentRelation::AbstractOf), "a".to_owned()), (None, "b".to_owned())]);
    assert_eq!((sidecar.joins[0].line, sidecar.joins[0].at, sidecar.breaks[0].line), (3, 17, 4));
}

#[test]
fn lines_that_the_seed_does_not_have_show_where_it_ends() {
    let (message, place, related, _) = fault("[[article]]\nlines = [5, 9]\n");
    assert_eq!(message, "there is no line 9: 要闻.txt ends with line 6");
    assert_eq!((place, related), ((2, 8), Some(("要闻.txt".to_owned(), 6))));
}

#[test]
fn text_that_no_longer_stands_there_shows_both_and_where_it_went() {
    let (message, place, related, hint) = fault("[[article]]\nlines = [3, 5]\nstarts = \"又一篇\"\n");
    assert_eq!(message, "line 3 does not begin with 「又一篇」");
    assert_eq!((place, related), ((3, 9), Some(("要闻.txt".to_owned(), 3))));
    assert_eq!(hint.as_deref(), Some("line 5 does now"));
    let (message, _, related, hint) = fault("[[join]]\nline = 4\nends = \"没有的\"\n");
    assert_eq!((message.as_str(), related), ("line 4 does not end with 「没有的」", Some(("要闻.txt".to_owned(), 4))));
    assert!(hint.unwrap().starts_with("no line"));
}

#[test]
fn two_articles_cannot_have_one_line() {
    let (message, place, related, _) = fault("[[article]]\nlines = [1, 4]\n[[article]]\nlines = [4, 6]\n");
    assert_eq!((message.as_str(), place), ("line 4 is taken twice", (4, 8)));
    assert_eq!(related, Some(("要闻.toml".to_owned(), 2)));
}

#[test]
fn what_makes_no_sense_is_left_out_and_told() {
    for (toml, message) in [
        ("[[join]]\nline = 2\n", "nothing can be joined"),
        ("[[break]]\nline = 6\n", "nothing can be joined"),
        ("[[join]]\nline = [1, 3]\n", "a join or break follows one line"),
        ("[[join]]\nline = 4\n[[break]]\nline = 4\n", "line 4 is both joined"),
        ("[[article]]\nlines = [3, 4]\ntitle_lines = 1\n", "the lines of the title"),
        ("[[article]]\nlines = \"3-4\"\n", "lines are written"),
        ("[[article]]\nkind = \"brief\"\n", "missing field `lines`"),
        ("date = 2024-07-04T10:00:00\n", "a date is written"),
        ("page = [1]\n", "a page is"),
        ("[[articles]]\nlines = 3\n", "unknown key `articles`"),
        ("[[article]]\nlines = 3\nkind = \"speach\"\n", "unknown value `speach`"),
    ] {
        assert!(fault(toml).0.starts_with(message), "{toml}: {}", fault(toml).0);
    }
    let read = read("[[article]]\nlines = [1, 99]\n[[article]]\nlines = [3, 4]\n");
    assert_eq!(read.value.unwrap().articles.len(), 1);
}
