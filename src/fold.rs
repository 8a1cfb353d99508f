//! The comparison key and its classes.
