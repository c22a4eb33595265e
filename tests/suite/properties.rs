//! What must hold for every pack and every state of its answers.

use super::completions::{completions, givens, laid, open, rating};
use super::fuzzed::targets::readings::{misfit, within};
use super::generate::{self, packs};
use super::workshop::linked;
use centricity::answers::{Answer, Answers};
use centricity::assess::{Evaluation, evaluate};
use centricity::rules::rulebook::{Domain, Rulebook};
use centricity::rules::{Reading, Truth};
use proptest::prelude::*;

/// Sums in another order differ by this much at most.
const EPSILON: f64 = 1e-7;

fn built(text: &str) -> Rulebook {
    linked(&[&[("pack.yaml", text)]]).good()
}

/// Why something is open still; `None` where nothing is.
fn still_open(reading: &Reading) -> Option<&'static str> {
    if reading.optional || reading.may_leave {
        return Some("it may come in or drop out");
    }
    if reading.is_absent() {
        return None;
    }
    if reading.high - reading.low > EPSILON {
        return Some("its range is wide");
    }
    (reading.possible != reading.sure).then_some("more than one outcome is possible")
}

/// Fails where anything is open once every question is answered or out.
fn closed(text: &str, rulebook: &Rulebook, evaluation: &Evaluation) -> Result<(), TestCaseError> {
    for (item, reading) in rulebook.items.iter().zip(&evaluation.readings) {
        let open = still_open(reading);
        prop_assert!(open.is_none(), "{text}\n{}: {open:?} {reading:?}", item.id);
        let covered = reading.is_absent() || (reading.coverage - 1.0).abs() < EPSILON;
        prop_assert!(covered, "{text}\n{}: {reading:?}", item.id);
    }
    let findings = evaluation.findings.iter();
    let mut open = findings.filter(|one| one.surely == Truth::Unknown);
    prop_assert!(open.next().is_none(), "{text}\n{evaluation:?}");
    let certain = evaluation.gates.iter().all(|one| one.certain);
    prop_assert!(certain, "{text}\n{evaluation:?}");
    Ok(())
}

/// Fails with the pack and the item where an evaluation does not fit into an earlier one.
pub(crate) fn fits(
    text: &str,
    rulebook: &Rulebook,
    before: &Evaluation,
    after: &Evaluation,
) -> Result<(), TestCaseError> {
    let questions = rulebook.question_count();
    for (item, (one, other)) in rulebook
        .items
        .iter()
        .zip(before.readings.iter().zip(&after.readings))
        .skip(questions)
    {
        if let Some(misfit) = misfit(one, other) {
            return Err(TestCaseError::fail(format!(
                "{text}\n{}: {misfit}\n{one:?}\n{other:?}",
                item.id
            )));
        }
    }
    for (one, other) in before.gates.iter().zip(&after.gates) {
        prop_assert!(
            !one.certain || one == other,
            "{text}\na certain gate changed: {one:?} {other:?}\n{:?}\n{:?}",
            before.readings,
            after.readings
        );
    }
    for (one, other) in before.findings.iter().zip(&after.findings) {
        let kept =
            one.surely == Truth::Unknown || (other.surely, other.holds) == (one.surely, one.surely);
        prop_assert!(
            kept,
            "{text}\na sure judgement changed: {one:?} {other:?}\n{:?}\n{:?}",
            before.readings,
            after.readings
        );
    }
    Ok(())
}

/// A value within its range, a held outcome among the possible ones, a sure one held.
pub(crate) fn sound(
    text: &str,
    rulebook: &Rulebook,
    evaluation: &Evaluation,
) -> Result<(), TestCaseError> {
    for (item, one) in rulebook.items.iter().zip(&evaluation.readings) {
        let inside = !one.is_rated() || within((one.value, one.value), (one.low, one.high));
        prop_assert!(inside, "{text}\n{}: {one:?}", item.id);
        prop_assert!(
            one.low.is_nan() || one.low <= one.high + EPSILON,
            "{text}\n{}: {one:?}",
            item.id
        );
        let single = matches!(item.domain, Domain::Outcomes { several: false, .. });
        prop_assert!(
            !single || one.held & !one.possible == 0,
            "{text}\n{}: {one:?}",
            item.id
        );
        prop_assert!(
            one.is_absent() || (0.0..=1.0 + EPSILON).contains(&one.coverage),
            "{text}\n{}: {one:?}",
            item.id
        );
        let certain = one.sure.is_power_of_two() && one.sure == one.possible && !one.is_absent();
        prop_assert!(
            !single || !certain || one.held == one.sure,
            "{text}\n{}: {one:?}",
            item.id
        );
    }
    Ok(())
}

fn taken(text: &str, givens: &[Answer]) -> (Rulebook, Answers, Evaluation) {
    let rulebook = built(text);
    let answers = laid(&rulebook, givens);
    let evaluation = evaluate(&rulebook, &answers);
    (rulebook, answers, evaluation)
}

/// How many cases to try; `PROPTEST_CASES` asks for more than a run of all tests should take.
pub(crate) fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_lie_in_their_ranges_and_outcomes_among_the_possible((text, givens) in (packs(), givens())) {
        let (rulebook, _, evaluation) = taken(&text, &givens);
        sound(&text, &rulebook, &evaluation)?;
    }

    #[test]
    fn answering_a_question_only_narrows((text, givens) in (packs(), givens()), which in 0..4_usize, worth in 0..=generate::TOP) {
        let (rulebook, answers, before) = taken(&text, &givens);
        let open = open(&answers);
        if let Some(place) = open.get(which % open.len().max(1)) {
            let after = evaluate(&rulebook, &answers.with(*place, rating(worth)));
            fits(&text, &rulebook, &before, &after)?;
        }
    }

    #[test]
    fn what_is_certain_survives_every_completion((text, givens) in (packs(), givens())) {
        let (rulebook, answers, before) = taken(&text, &givens);
        for complete in completions(&rulebook, &answers) {
            let after = evaluate(&rulebook, &complete);
            fits(&text, &rulebook, &before, &after)?;
            closed(&text, &rulebook, &after)?;
        }
    }

    #[test]
    fn the_same_answers_give_the_same_evaluation((text, givens) in (packs(), givens())) {
        let (_, _, one) = taken(&text, &givens);
        let (_, _, other) = taken(&text, &givens);
        prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
    }
}
