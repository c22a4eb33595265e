//! Value curves as written, checked against their scale.

use crate::message;
use crate::rules::metric::{Curve, Factor};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::{Entries, Located};
use serde::Deserialize;

/// Range of the marks of a factor.
const SCALE: std::ops::RangeInclusive<f64> = 0.0..=10.0;
const HELP: &str = "a mark lies from 0, nothing, to 10, as much as anyone could wish";

/// One thing a type of customer may value, on a scale of 0 to 10.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactorFile {
    /// Importance to these customers, `0..=10`.
    pub importance: Located<f64>,
    /// Mark of what they get from you, `0..=10`.
    pub us: Located<f64>,
    /// Mark of what the strongest rival gives, `0..=10`.
    pub rival: Option<Located<f64>>,
}

/// Value curves as written: factors by type of customer.
pub type CurvesFile = Entries<Entries<FactorFile>>;

/// Checks value curves.
///
/// Every problem goes to `problems`, and what has one is left out.
pub fn check(file: &CurvesFile, problems: &mut Diagnostics) -> Vec<Curve> {
    let curves = file.iter().map(|(customers, factors)| {
        if factors.is_empty() {
            let message = message!("has-no-factors", customers = customers.value);
            let problem = Diagnostic::error(Code::InvalidValue, message).at(customers.place);
            problems.push(problem.help(message!("list-what-these-customers-may")));
        }
        let factors = factors.iter().filter_map(|(name, factor)| {
            // All marks are looked at before any of them ends it.
            let (importance, us) = (
                mark(&factor.importance, problems),
                mark(&factor.us, problems),
            );
            let rival = factor.rival.as_ref().map(|rival| mark(rival, problems));
            Some(Factor {
                name: name.value.clone(),
                importance: importance?,
                us: us?,
                rival: match rival {
                    Some(rival) => Some(rival?),
                    None => None,
                },
            })
        });
        Curve {
            factors: factors.collect(),
            customers: customers.value.clone(),
        }
    });
    curves.collect()
}

fn mark(written: &Located<f64>, problems: &mut Diagnostics) -> Option<f64> {
    if SCALE.contains(&written.value) {
        return Some(written.value);
    }
    let message = message!("is-not-from-to", written = written.value);
    let problem = Diagnostic::error(Code::OutOfScale, message).at(written.place);
    problems.push(problem.help(HELP));
    None
}
