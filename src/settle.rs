//! Drafts of all seeds → articles: what one page cannot decide, the other witnesses do.
