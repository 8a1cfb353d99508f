//! What a stage found before, by what it was made from: the same question is answered without being worked out again.
//!
//! ```text
//! words of  “上海合作组织成员国元首理事会…”  af13…  ─▶  2 2 2 3 2 3 …     as long as the text is this one, so are its words
//! ```
//!
//! A key must cover everything that the answer depends on but the program itself, which the cache knows: then nobody can
//! tell an answer that was remembered from one that was worked out.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

/// What an answer was made from, as a hash.
pub type Key = [u8; 32];

/// Bytes that most answers are made from no more than.
const ROOM: usize = 16 << 10;

/// The key of some parts, each of which ends where it ends. They are laid side by side first: many bytes at once are hashed
/// several times as fast as a few after a few.
#[must_use]
pub fn key<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Key {
    let mut bytes = Vec::with_capacity(ROOM);
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    *blake3::hash(&bytes).as_bytes()
}

/// The key of a value.
#[must_use]
pub fn key_of(value: &impl Serialize) -> Option<Key> {
    let bytes = postcard::to_extend(value, Vec::with_capacity(ROOM)).ok()?;
    Some(*blake3::hash(&bytes).as_bytes())
}

/// Answers of one stage, as they are stored: in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(Vec<(Key, ByteBuf)>);

/// The answers of a stage to the questions of the last build, and to those of this one.
#[derive(Debug, Default)]
pub struct Memo {
    before: HashMap<Key, Vec<u8>, FixedState>,
    /// Without bytes where the answer is as before.
    now: Mutex<Vec<(Key, Option<Vec<u8>>)>>,
}

impl Memo {
    #[must_use]
    pub fn new(before: Answers) -> Self {
        let before = before.0.into_iter().map(|(key, bytes)| (key, bytes.into_vec()));
        Self { before: before.collect(), now: Mutex::default() }
    }

    /// The answer for `key`: as before, or made now. Asked from any thread, in any order.
    pub fn recall<T: Serialize + DeserializeOwned>(&self, key: Key, make: impl FnOnce() -> T) -> T {
        self.known(key).unwrap_or_else(|| {
            let answer = make();
            self.keep(key, &answer);
            answer
        })
    }

    /// The answer for `key` as before.
    pub fn known<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let answer = self.before.get(&key).and_then(|bytes| postcard::from_bytes(bytes).ok())?;
        self.note(key, None);
        Some(answer)
    }

    /// Keeps an answer that was made now.
    pub fn keep<T: Serialize>(&self, key: Key, answer: &T) {
        if let Ok(bytes) = postcard::to_stdvec(answer) {
            self.note(key, Some(bytes));
        }
    }

    fn note(&self, key: Key, bytes: Option<Vec<u8>>) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).push((key, bytes));
    }

    /// The answers that were asked for, and whether they are others than before.
    #[must_use]
    pub fn into_answers(self) -> (Answers, bool) {
        let Self { mut before, now } = self;
        let count = before.len();
        let mut now = now.into_inner().unwrap_or_else(PoisonError::into_inner);
        // An answer that was made although one was known comes first, and counts.
        now.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.cmp(&x.1)));
        now.dedup_by(|x, y| x.0 == y.0);
        let changed = now.len() != count || now.iter().any(|(_, bytes)| bytes.is_some());
        let answer = |(key, bytes): (Key, Option<Vec<u8>>)| Some((key, bytes.or_else(|| before.remove(&key))?.into()));
        (Answers(now.into_iter().filter_map(answer).collect()), changed)
    }
}

/// What a stage knew of the whole corpus at the end of the last build, and where what it knows now is kept.
#[derive(Default)]
pub struct Last {
    before: Mutex<Arc<Vec<u8>>>,
    keep: Option<Box<dyn Fn(Vec<u8>) + Send + Sync>>,
}

impl Last {
    /// What is known now is given to `keep` as soon as it is known.
    #[must_use]
    pub fn new(before: Arc<Vec<u8>>, keep: impl Fn(Vec<u8>) + Send + Sync + 'static) -> Self {
        Self { before: Mutex::new(before), keep: Some(Box::new(keep)) }
    }

    /// What was known before, as it was written down: it is told once, and no longer held here.
    pub fn before(&self) -> Arc<Vec<u8>> {
        std::mem::take(&mut *self.before.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what is known now, if anybody will ask for it and it can be written down. `room` is about the bytes that it takes.
    pub fn keep<T: Serialize>(&self, known: impl FnOnce() -> T, room: impl FnOnce(&T) -> usize) {
        let Some(keep) = &self.keep else { return };
        let known = known();
        let room = Vec::with_capacity(room(&known));
        if let Ok(bytes) = postcard::to_extend(&known, room) {
            keep(bytes);
        }
    }
}

impl fmt::Debug for Last {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Last").field("before", &self.before).finish_non_exhaustive()
    }
}

/// The memos of all stages that have one.
#[derive(Debug, Default)]
pub struct Memos {
    /// Where the dictionary cuts a text.
    pub cuts: Memo,
    /// Two texts held against each other.
    pub collations: Memo,
    /// What shards of the search index became of what.
    pub shards: Memo,
    /// Which clauses are alike.
    pub alike: Last,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(memo: &Memo, question: &str, made: &mut usize) -> usize {
        memo.recall(key([question.as_bytes()]), || {
            *made += 1;
            question.chars().count()
        })
    }

    #[test]
    fn a_question_is_worked_out_once_and_forgotten_when_nobody_asks() {
        let mut made = 0;
        let memo = Memo::default();
        assert_eq!(ask(&memo, "对勘", &mut made) + ask(&memo, "两个文本", &mut made), 6);
        let (answers, changed) = memo.into_answers();
        assert!(changed && made == 2 && answers.0.len() == 2);
        let memo = Memo::new(answers.clone());
        assert_eq!(ask(&memo, "两个文本", &mut made) + ask(&memo, "对勘", &mut made), 6);
        assert_eq!((memo.into_answers(), made), ((answers.clone(), false), 2));
        let memo = Memo::new(answers);
        ask(&memo, "对勘", &mut made);
        ask(&memo, "对勘", &mut made);
        let (answers, changed) = memo.into_answers();
        assert!(changed && made == 2 && answers.0.len() == 1);
    }

    #[test]
    fn parts_end_where_they_end() {
        assert_ne!(key([&b"ab"[..], b"c"]), key([&b"a"[..], b"bc"]));
    }
}
