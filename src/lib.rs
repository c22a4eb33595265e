//! Measures how customer-centric an organisation is.

pub mod diagnostic;
pub mod yaml;
