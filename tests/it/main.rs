//! The tests of duikan. Plain `cargo test` needs no browser.
#![expect(clippy::print_stdout, reason = "the score tables are for the reader of the test run")]

mod account;
mod cases;
mod gold;
mod linear;
mod links;
mod order;
mod press;
mod properties;
mod score;
mod seeds;
mod supply;
