//! What the crate promises, told in short sentences; one binary, one file per subject.

mod diagnostics;
mod yaml;
