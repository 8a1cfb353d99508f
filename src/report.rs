//! Diagnostics → terminal, and → JSON.
