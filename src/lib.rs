//! Measures how customer-centric an organisation is.

pub mod answers;
pub mod assessment;
pub mod condition;
pub mod diagnostic;
pub mod error;
pub mod evaluate;
pub mod explain;
pub mod number;
pub mod pack;
pub mod rulebook;
mod table;
pub mod yaml;
