//! The types that cross rooms.
//!
//! Each stage makes its own type from the one before; nothing here is filled in twice. Offsets count characters
//! (Unicode scalar values), lines and paragraph numbers count from 1, columns and offsets from 0, ends are exclusive.
//!
//! ```text
//! seed line 7   一年来，哈萨克斯坦轮值主席国工作卓有成     Piece { at: 0,  line: 7, start: 0, end: 19 }
//! seed line 8   效，上海合作组织实现新发展。               Piece { at: 19, line: 8, start: 0, end: 13 }
//! paragraph     一年来，哈萨克斯坦轮值主席国工作卓有成效，上海合作组织实现新发展。
//! ```

mod source;
mod ledger;
mod date;
mod article;
mod place;
mod collation;
mod reuse;
mod quote;
mod words;
mod address;
mod edition;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use address::{Addresses, Alias, Changes, Departed, Landing};
pub use article::{Article, Continuation, Furniture, HeadLine, Kind, Paragraph, Role};
pub use collation::{ClausePair, Collation, Coverage, Edit, Group, Relation};
pub use date::Date;
pub use edition::{Edition, OutFile};
pub use ledger::{Piece, Repair, Rule, Sign, Signs};
pub use place::{Clause, Place, around, slice, split};
pub use quote::{Fidelity, Mention, Quote};
pub use reuse::{Candidates, DocumentRelation, Elsewhere, Link, Match, Passage, Reuse, SharedClause, Variant};
pub use source::{Format, Source};
pub use words::{Collocate, OnPage, Term, TermClass, Words};

/// Index of a [`Source`] in [`Edition::sources`].
pub type SeedIx = usize;
/// Index of an [`Article`] in [`Edition::articles`].
pub type ArticleIx = usize;

/// A reason for a guess: a stable code, and the characters it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub code: Cow<'static, str>,
    pub quote: String,
}

/// A guess with its reasons. A value fixed by a sidecar has confidence 1 and the one reason `sidecar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess<T> {
    pub value: T,
    pub confidence: f32,
    pub evidence: Vec<Evidence>,
}
