//! Value curves as written.

use crate::text::yaml::Located;
use serde::Deserialize;

/// One thing a type of customer may value, on a scale of 0 to 10.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactorFile {
    /// How much these customers want it, `0..=10`.
    pub importance: Located<f64>,
    /// How much of it they get from you, `0..=10`.
    pub us: Located<f64>,
    /// How much of it the strongest rival gives, `0..=10`.
    pub rival: Option<Located<f64>>,
}
