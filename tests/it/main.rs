//! The tests of duikan. Plain `cargo test` needs no browser; `tests/run` runs everything.
//!
//! | room | what it shows |
//! |---|---|
//! | `gold` | what a reader finds in the seeds, and how it is written down |
//! | `press` | prints known articles as messy pages in fifteen styles |
//! | `score` | how well such pages come back: `cargo test --test it -- scores --nocapture` |
//! | `printed_quotes`, `events` | how many quotations and relations are found in printed pages |
//! | `seeds`, `account` | the seeds meet their gold; every character of a seed is accounted for |
//! | `properties`, `linear` | what holds of any bytes, and that ten times the text costs ten times the time |
//! | `links`, `cases` | our own output: links, anchors, orphans; tiny whole sites |
//! | `takeaway` | citations on the pages, files built with them, pairs of other engines |
//! | `preview` | `duikan serve`, asked over a socket |
//! | `order`, `supply` | rules about the code: imports, words of the seeds, licences |
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and the score tables are for the reader of the run"
)]

mod account;
mod cases;
mod edge_cli;
mod edge_readme;
mod events;
mod gold;
mod keep_site;
mod linear;
mod links;
mod order;
mod press;
mod preview;
#[path = "../common/preview.rs"]
mod previewed;
mod printed_quotes;
mod properties;
#[path = "../common/quoted.rs"]
#[expect(dead_code, reason = "the test of tracing alone uses more of it")]
mod quoted;
#[path = "../common/reading.rs"]
mod reading;
mod score;
mod search;
mod seeds;
mod supply;
mod takeaway;
