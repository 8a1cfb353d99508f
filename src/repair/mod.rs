//! Lines → blocks with the ledger.
