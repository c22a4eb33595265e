//! Text as it comes in, every value with its place.
//!
//! Comes in: bytes of YAML, CSV and XLSX. Goes out: values that know their place, tables of
//! cells, and every problem as a diagnostic. Imports nothing of the other rooms.

pub mod diagnostic;
pub mod error;
pub(crate) mod grid;
pub mod message;
pub mod number;
pub mod yaml;
