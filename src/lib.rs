//! duikan 对勘 holds the witnesses of a text against each other.
//!
//! A folder of messy newspaper texts becomes a static site. Data flows one way, each stage a plain function over plain
//! types (see [`model`]):
//!
//! ```text
//! read ─▶ Source ─ repair ─▶ Repaired ─ segment ─▶ Draft ─ settle ─▶ Article ─ clause ─▶ Clause
//!                                                                        └── reuse, quote, mention, words ──▶ Edition
//! Edition ─ render, shard ─▶ OutFile ─ publish ─▶ site/          Edition ─ export ─▶ JSON …
//! ```
//!
//! Only the edge ([`read`], [`publish`], [`progress`], [`report`], [`command`]) touches the world. Every stage between is
//! total: bad text gives a value and diagnostics, never a panic and never an `Err`.

pub mod character;
pub mod config;
pub mod diagnostic;
pub mod exit;
pub mod model;
#[cfg(test)]
mod fixture;

pub mod memo;
pub mod mark;
pub mod sieve;
pub mod matcher;
pub mod lexicon;
pub mod dateline;
pub mod occasion;
pub mod aside;
pub mod surname;
pub mod transliteration;
pub mod wording;
pub mod signing;
pub mod abbreviation;
pub mod lockfile;
pub mod read;
pub mod markdown;
pub mod repair;
pub mod fold;
pub mod name;
pub mod segment;
pub mod settle;
pub mod clause;
pub mod reuse;
pub mod quote;
pub mod mention;
pub mod words;
pub mod edition;
pub mod cache;
pub mod shard;
pub mod cite;
pub mod export;
pub mod render;
pub mod web;
pub mod publish;
pub mod serve;
pub mod progress;
pub mod report;
pub mod cli;
pub mod command;
