//! Which of two texts can have taken words from the other: the day of each, and how near it stands to the words themselves.
//!
//! ```text
//! 讲话 7月4日 ┬ 报道 7月4日    the report may retell the speech, and never the speech the report
//!             └ 综述 7月5日    the commentary may quote both; 报道 of the day before cannot have quoted it
//! ```

use crate::model::{Article, ArticleIx, Date, Kind};
use crate::{name, wording};

/// How near a text stands to the words themselves: documents and speeches, then reports of them, then what is said of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub authority: u8,
    /// The earlier first; a text without a date after all that have one.
    pub undated: bool,
    pub date: Option<Date>,
    pub article: ArticleIx,
}

impl Standing {
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let date = article.date.as_ref().map(|d| d.value);
        Self { authority: authority(article), undated: date.is_none(), date, article: article.ix }
    }

    /// Whether a text of this standing may retell one of `other`: an earlier or a higher one, never its like.
    #[must_use]
    pub fn may_retell(&self, other: &Self) -> bool {
        self.may_quote(other) && (other.is_before(self) || other.authority < self.authority)
    }

    /// Whether a text of this standing can have taken words from one of `other`: not from a later or lesser one.
    #[must_use]
    pub fn may_quote(&self, other: &Self) -> bool {
        other.is_before(self) || !self.is_before(other) && other.authority <= self.authority
    }

    /// Whether both have a date, and this one the earlier.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        matches!((self.date, other.date), (Some(own), Some(others)) if own.is_before(others))
    }
}

/// How the titles of documents end that no newspaper writes, and of what somebody said to it.
const PAPERS: [&str; 8] = ["判决书", "裁定书", "判決書", "白皮书", "电", "電", "谈话", "談話"];

/// What somebody says in his own name or under it, turn by turn, and a document, whatever else it is, are the words themselves.
fn authority(article: &Article) -> u8 {
    let kind = article.kind.value;
    let is_his = article.speaker.is_some() && kind != Kind::Caption;
    let title = &article.title.value.text;
    let is_document = kind == Kind::Other
        && (wording::names_document(title)
            || PAPERS.iter().any(|end| title.trim_end_matches(['）', ')']).ends_with(end)));
    let answers = || article.paragraphs.iter().filter(|paragraph| paragraph.text.starts_with("答：")).count();
    let is_interview = matches!(kind, Kind::Other | Kind::Report | Kind::Brief)
        && (!name::labels(article).is_empty() || answers() > 1);
    if is_his || is_document || is_interview { 0 } else { of_kind(kind) }
}

fn of_kind(kind: Kind) -> u8 {
    match kind {
        Kind::Speech | Kind::Declaration | Kind::Initiative | Kind::JointStatement => 0,
        Kind::Abstract => 1,
        Kind::Report => 2,
        Kind::Brief => 3,
        Kind::Other => 4,
        Kind::Commentary => 5,
        Kind::Caption => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;

    #[test]
    fn a_report_does_not_outrank_the_speech() {
        let texts =
            corpus(&[(Kind::Report, "报道", &[]), (Kind::Speech, "讲话", &[]), (Kind::Commentary, "评论", &[])]);
        let standing: Vec<_> = texts.iter().map(Standing::of).collect();
        assert!(standing[1] < standing[0] && standing[0] < standing[2]);
        assert!(standing[0].may_quote(&standing[1]) && !standing[1].may_quote(&standing[2]));
    }

    #[test]
    fn what_was_sent_or_said_to_a_paper_is_the_words_themselves() {
        let asked = ["问：合同能否公布？", "答：本月二十日可与国人相见。", "问：国会何时可开？", "答：六月一日。"];
        let texts = corpus(&[
            (Kind::Other, "國務院答覆各省之蒸電", &["佳電悉。"]),
            (Kind::Other, "某總長之談話", &["記者訪某總長。"]),
            (Kind::Report, "访某总长", &asked),
            (Kind::Other, "夜色", &["灯亮了。"]),
        ]);
        let authorities: Vec<u8> = texts.iter().map(|text| Standing::of(text).authority).collect();
        assert_eq!(authorities, [0, 0, 0, of_kind(Kind::Other)]);
    }

    #[test]
    fn nobody_quotes_what_is_printed_later() {
        let dated = |day, inferred, kind| Standing {
            authority: of_kind(kind),
            undated: false,
            date: Some(Date { year: 2024, month: 7, day, inferred }),
            article: 0,
        };
        let (report, commentary) = (dated(4, true, Kind::Report), dated(5, false, Kind::Commentary));
        assert!(commentary.may_retell(&report) && !report.may_quote(&commentary));
        // Of one day, the kind decides, however the year was found.
        let speech = dated(4, false, Kind::Speech);
        assert!(report.may_retell(&speech) && !speech.may_quote(&report));
    }
}
