//! Packs as written: the files, how they are found and read, and the packs that travel inside.
//!
//! [`load`] reads a pack's files into one [`PackFile`](file::PackFile), the built-in packs of
//! [`builtin`] by the same road as anybody's. What they mean is checked when packs are linked to a
//! [`Rulebook`](crate::rules::rulebook::Rulebook).

pub mod builtin;
pub mod file;
pub mod find;
pub mod load;

pub use find::Library;
pub use load::Loaded;
