//! The closed set of metrics: results of a business, computed by a named convention from numbers
//! that answers give, and never part of a maturity score.
//!
//! Each metric guards its domain. Where a figure cannot be made there is a [`Refusal`] that says
//! why; there is never a 0 or an infinity in its place.

pub mod curve;
pub mod customers;
pub mod kind;
pub mod lifetime;
pub mod recommend;
mod refusal;
pub mod share;
pub mod spec;

pub use refusal::{Refusal, Result};
