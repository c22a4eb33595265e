//! Value curves beside the answers, held to their scale.

use super::file::FactorFile;
use crate::rules::metric::curve::{Curve, Factor};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::{Entries, Located};

/// What marks of a factor lie between.
const SCALE: std::ops::RangeInclusive<f64> = 0.0..=10.0;
const WORD: &str = "a mark lies from 0, nothing, to 10, as much as anyone could wish";

/// Value curves as written.
pub type CurvesFile = Entries<Entries<FactorFile>>;

/// Checks value curves.
///
/// Every problem goes to `problems`, and what has one is left out.
pub fn check(file: &CurvesFile, problems: &mut Diagnostics) -> Vec<Curve> {
    let curves = file.iter().map(|(customers, factors)| {
        if factors.is_empty() {
            let message = format!("`{}` has no factors", customers.value);
            let problem = Diagnostic::error(Code::InvalidValue, message).at(customers.place);
            problems.push(problem.help("list what these customers may value, or drop the curve"));
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
    let message = format!("`{}` is not from 0 to 10", written.value);
    let problem = Diagnostic::error(Code::OutOfScale, message).at(written.place);
    problems.push(problem.help(WORD));
    None
}
