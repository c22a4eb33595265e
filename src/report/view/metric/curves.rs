//! Value curves: each type of customer with its factors, most wanted first.

use crate::assess::assessment::{CurveResult, FactorResult};
use crate::report::chart::strip::drawn;
use crate::report::chart::{Marks, plot};
use crate::report::view::Text;
use crate::rules::metric::Misfit;
use crate::rules::rulebook::words::{list, number};
use crate::text::number::signed;
use serde::Serialize;
use std::borrow::Cow;

/// Marks are drawn on an axis of 0 to 100.
const TO_AXIS: f64 = 10.0;

/// Value that a type of customer wants and gets; its name is data.
#[derive(Debug, Clone, Serialize)]
pub struct ValueCurve<'a> {
    /// The type of customer.
    pub customers: Text<'a>,
    /// True if any factor has a figure for the strongest rival.
    pub rivals: bool,
    /// Its factors, most wanted first.
    pub factors: Vec<CurveFactor<'a>>,
}

/// A factor; its name is data.
#[derive(Debug, Clone, Serialize)]
pub struct CurveFactor<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Amount that is wanted.
    pub wanted: String,
    /// Amount that the client gives.
    pub us: String,
    /// Amount that the strongest rival gives; null where it is not known.
    pub rival: Option<String>,
    /// "+2.0" or "−7.0": what is given less what is wanted.
    pub gap: String,
    /// "wanted, not given", or "given, not wanted".
    pub misfit: Option<&'static str>,
    /// Wanted, given and the rival's on one axis, as SVG.
    pub marks_svg: String,
    /// The same in characters.
    pub plot: String,
    /// The row as a sentence, read out instead of the drawing.
    pub says: String,
}

impl<'a> ValueCurve<'a> {
    pub(super) fn of(curve: &'a CurveResult) -> Self {
        let mut factors: Vec<&FactorResult> = curve.factors.iter().collect();
        factors.sort_by(|a, b| b.importance.total_cmp(&a.importance));
        Self {
            customers: Cow::Borrowed(&curve.customers),
            rivals: factors.iter().any(|one| one.rival.is_some()),
            factors: factors.into_iter().map(factor).collect(),
        }
    }
}

fn factor(one: &FactorResult) -> CurveFactor<'_> {
    let (us, wanted) = (one.us * TO_AXIS, one.importance * TO_AXIS);
    let marks = Marks {
        value: Some(us),
        low: us.min(wanted),
        high: us.max(wanted),
        claimed: one.rival.map(|rival| rival * TO_AXIS),
        target: Some(wanted),
    };
    let rival = one.rival.map(number);
    let against = rival
        .as_ref()
        .map(|rival| format!(", {rival} by the strongest rival"));
    CurveFactor {
        name: Cow::Borrowed(&one.factor),
        wanted: number(one.importance),
        us: number(one.us),
        gap: signed(one.gap),
        misfit: one.misfit.map(|misfit| match misfit {
            Misfit::Missing => "wanted, not given",
            Misfit::Spare => "given, not wanted",
        }),
        marks_svg: drawn(marks, false),
        plot: plot(marks),
        says: format!(
            "{}: {} wanted, {} given{}, of 10.",
            one.factor,
            number(one.importance),
            number(one.us),
            against.unwrap_or_default()
        ),
        rival,
    }
}

/// Which factors do not fit, by name.
pub(super) fn misfits(curves: &[CurveResult]) -> String {
    let told = |wanted: Misfit, what: &str| {
        let factors = curves
            .iter()
            .flat_map(|curve| curve.factors.iter().map(move |one| (curve, one)));
        let misfits = factors.filter(|(_, one)| one.misfit == Some(wanted));
        let all: Vec<String> = misfits
            .map(|(curve, one)| match curves {
                [_] => one.factor.clone(),
                _ => format!("{} ({})", one.factor, curve.customers),
            })
            .collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        (!all.is_empty()).then(|| format!("{what}: {}.", list(&all)))
    };
    let missing = told(Misfit::Missing, "Much wanted and little given");
    let spare = told(Misfit::Spare, "Little wanted and much given");
    match (missing, spare) {
        (Some(missing), Some(spare)) => format!("{missing} {spare}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => {
            "No factor is much wanted and little given, or the other way round.".to_owned()
        }
    }
}
