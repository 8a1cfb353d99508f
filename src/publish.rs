//! OutFiles → the site folder.
