//! Conditions on every evaluation, which `tests/suite/properties.rs` holds generated packs to as well.

use centricity::answers::Answers;
use centricity::assess::{Evaluation, assess};
use centricity::rules::rulebook::{Domain, Item, Rulebook};
use centricity::rules::{Reading, Truth};

/// Sums in another order differ by this much at most.
const EPSILON: f64 = 1e-7;

/// True where an inner range lies in an outer one, but for what a sum in another order makes of
/// numbers of their size.
pub fn within(inner: (f64, f64), outer: (f64, f64)) -> bool {
    let room = EPSILON * outer.0.abs().max(outer.1.abs()).clamp(1.0, f64::MAX);
    outer.0 - room <= inner.0 && inner.1 <= outer.1 + room
}

/// Each value lies within its range, and each outcome is among those possible.
pub(crate) fn sound(rulebook: &Rulebook, evaluation: &Evaluation) {
    for (item, one) in rulebook.items.iter().zip(&evaluation.readings) {
        let id = &item.id;
        let inside = within((one.value, one.value), (one.low, one.high));
        assert!(!one.is_rated() || inside, "{id}: {one:?}");
        // The best answer to a number without a limit is worth as much.
        let limited = one.most.is_finite() && one.least.is_finite();
        assert!(!one.value.is_infinite() || !limited, "{id}: {one:?}");
        assert!(
            one.low.is_nan() || within((one.low, one.low), (f64::MIN, one.high)),
            "{id}: {one:?}"
        );
        assert!(
            !is_single(item) || one.held & !one.possible == 0,
            "{id}: {one:?}"
        );
        let covered = one.is_absent() || (0.0..=1.0 + EPSILON).contains(&one.coverage);
        assert!(covered, "{id}: {one:?}");
    }
}

fn is_single(item: &Item) -> bool {
    matches!(item.domain, Domain::Outcomes { several: false, .. })
}

/// What is known later was possible before.
pub(crate) fn fits(rulebook: &Rulebook, before: &Evaluation, after: &Evaluation) {
    let readings = before.readings.iter().zip(&after.readings);
    let items = rulebook.items.iter().zip(readings);
    for (item, (one, other)) in items.skip(rulebook.question_count()) {
        let misfit = misfit(one, other);
        assert!(
            misfit.is_none(),
            "{}: {misfit:?}\n{one:?}\n{other:?}",
            item.id
        );
    }
    for (one, other) in before.gates.iter().zip(&after.gates) {
        assert!(
            !one.certain || one == other,
            "a certain gate changed: {one:?} {other:?}"
        );
    }
    for (one, other) in before.findings.iter().zip(&after.findings) {
        let same = (other.surely, other.holds) == (one.surely, one.surely);
        assert!(
            one.surely == Truth::Unknown || same,
            "a sure finding changed: {one:?} {other:?}"
        );
    }
}

/// The reason why what is known later does not fit into what was possible before.
pub fn misfit(before: &Reading, after: &Reading) -> Option<&'static str> {
    match (before.is_absent(), after.is_absent()) {
        (true, false) if !before.optional => return Some("what was out for good came in"),
        (false, true) if !before.may_leave => return Some("what applied for good dropped out"),
        (false, false) => {}
        _ => return None,
    }
    let span = |one: &Reading| (one.low, one.high);
    let known = !before.low.is_nan();
    if known && !within(span(after), span(before)) {
        return Some("the range grew");
    }
    if known && !within(after.index_range(), before.index_range()) {
        return Some("the range of the index grew");
    }
    if known && after.is_rated() && !within((after.value, after.value), span(before)) {
        return Some("the value left the range");
    }
    if after.possible & !before.possible != 0 {
        return Some("the possible set grew");
    }
    (after.held & !before.possible != 0).then_some("an impossible outcome came out")
}

/// The result document as it is stored.
pub(crate) fn stored(rulebook: &Rulebook, answers: &Answers) -> String {
    let assessment = assess(rulebook, answers);
    serde_json::to_string(&assessment).expect("a result that can be stored")
}
