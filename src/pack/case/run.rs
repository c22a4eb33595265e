//! Cases run against a rulebook.
