//! The tests of duikan. Plain `cargo test` needs no browser.
#![expect(clippy::print_stdout, reason = "the score tables are for the reader of the test run")]

mod account;
mod cases;
mod edge_cli;
mod edge_readme;
mod gold;
mod keep_site;
mod linear;
mod links;
mod order;
mod press;
mod properties;
mod score;
mod seeds;
mod supply;
