//! Progress of long work: bars on a terminal, plain lines in a log, silence with `-q`.

/// Where progress is told.
#[derive(Debug, Default)]
pub struct Progress {}
