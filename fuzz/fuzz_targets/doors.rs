//! A door of the program, named by `DUIKAN_DOOR`, and whatever the fuzzer brings to it.
#![no_main]
#![allow(missing_docs, reason = "the macro makes items of its own")]

#[path = "../../tests/it/account.rs"]
mod account;
#[path = "../../tests/common/collated.rs"]
mod collated;
#[path = "../../tests/common/doors.rs"]
mod doors;
#[path = "../../tests/common/reading.rs"]
mod reading;
#[path = "../../tests/common/witnesses.rs"]
mod witnesses;

use std::sync::LazyLock;

static DOOR: LazyLock<doors::Door> = LazyLock::new(|| {
    let wanted = std::env::var("DUIKAN_DOOR").unwrap_or_else(|_| "page".to_owned());
    let found = doors::DOORS.into_iter().find(|(name, _)| *name == wanted);
    found.unwrap_or_else(|| panic!("no door is called {wanted}")).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| DOOR(bytes));
