//! Shares that one or two people could move, and the findings if they did.

use super::measure::treated;
use super::{Reading, answered, compute, judgement};
use crate::answers::Answers;
use crate::rules::condition::Truth;
use crate::rules::metric::kind::MetricKind;
use crate::rules::rulebook::{Domain, MetricRule, Program, Rulebook, Step};

/// A share with the number of those counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sampled {
    /// The question or figure.
    pub(crate) node: usize,
    /// Number of people counted.
    pub(crate) of: u32,
    /// Change of the share by one of them.
    step: f64,
}

impl Sampled {
    /// The share with so many people fewer and so many more.
    pub(crate) fn moved(&self, readings: &[Reading], people: u32) -> [Reading; 2] {
        let reading = readings.get(self.node).copied().unwrap_or(Reading::EMPTY);
        let step = self.step * f64::from(people);
        [-step, step].map(|step| {
            let value = (reading.value + step).clamp(reading.least, reading.most);
            Reading {
                value,
                low: value,
                high: value,
                ..reading
            }
        })
    }
}

/// Every share of which it is known how many were counted.
pub(crate) fn samples(
    rulebook: &Rulebook,
    answers: &Answers,
    readings: &[Reading],
) -> Vec<Sampled> {
    let asked = answers.notes().iter().enumerate();
    let asked = asked.filter_map(|(node, notes)| {
        let of = notes.of?;
        Some(Sampled {
            node,
            of,
            step: 100.0 / f64::from(of),
        })
    });
    let measured = rulebook.program.steps.iter().filter_map(|step| match step {
        Step::Measure { first, metric } => {
            let kept = answers.figures.get(first).map(|kept| kept.treated);
            let treated = kept.unwrap_or_else(|| treated(metric, readings, answers));
            Some(figures(rulebook, *first, metric, readings, treated))
        }
        Step::Relevance { .. } | Step::Score { .. } | Step::Decide { .. } | Step::Climb { .. } => {
            None
        }
    });
    let all = asked.chain(measured.flatten());
    let rated = |one: &Sampled| readings.get(one.node).is_some_and(Reading::is_rated);
    all.filter(rated).collect()
}

/// The figures of a metric that are shares of people counted.
fn figures(
    rulebook: &Rulebook,
    first: usize,
    rule: &MetricRule,
    readings: &[Reading],
    treated: usize,
) -> Vec<Sampled> {
    // The place of the number counted, and of each figure with how many times over one person moves it.
    let (n, shares): (usize, &[(usize, f64)]) = match rule.kind {
        MetricKind::Nps => (2, &[(0, 2.0), (3, 1.0), (4, 1.0)]),
        MetricKind::TopBox => (2, &[(0, 1.0), (1, 1.0)]),
        MetricKind::CustomerValue => (6, &[(1, 1.0), (2, 1.0), (3, 1.0), (4, 1.0), (5, 1.0)]),
        MetricKind::LifetimeValue
        | MetricKind::BreakEven
        | MetricKind::ShareOfCustomer
        | MetricKind::ValueDifference
        | MetricKind::Agreement
        | MetricKind::ValueCurve => return Vec::new(),
        MetricKind::Ratio => return ratio(rulebook, first, rule, readings).into_iter().collect(),
    };
    let counted = readings.get(first + n).filter(|one| one.is_rated());
    let Some(of) = counted.and_then(|one| whole(one.value)) else {
        return Vec::new();
    };
    // The treatments are shares of the customers whose value in reach is known.
    let treated = u32::try_from(treated).unwrap_or(u32::MAX);
    let sampled = |(place, times): &(usize, f64)| {
        let by_reach = rule.kind == MetricKind::CustomerValue && *place > 1;
        let of = if by_reach { treated } else { of };
        (of > 0).then(|| Sampled {
            node: first + place,
            of,
            step: 100.0 * times / f64::from(of),
        })
    };
    shares.iter().filter_map(sampled).collect()
}

/// The ratio of two counts.
fn ratio(
    rulebook: &Rulebook,
    first: usize,
    rule: &MetricRule,
    readings: &[Reading],
) -> Option<Sampled> {
    let counts = |node: &usize| {
        let domain = rulebook.item(*node).map(|item| &item.domain);
        matches!(domain, Some(Domain::Number { whole: true, .. }))
    };
    let [part, all] = rule.inputs.as_slice() else {
        return None;
    };
    if !part.iter().chain(all).all(counts) {
        return None;
    }
    let of: f64 = all
        .iter()
        .filter_map(|node| readings.get(*node))
        .map(|one| one.value)
        .sum();
    Some(Sampled {
        node: first,
        of: whole(of)?,
        step: 1.0 / of,
    })
}

/// A number of people, above 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the range, as checked just before"
)]
fn whole(value: f64) -> Option<u32> {
    (value >= 1.0 && value <= f64::from(u32::MAX)).then_some(value as u32)
}

/// The truth of every finding with some readings changed.
pub(crate) fn findings_with(
    program: &Program,
    answers: &Answers,
    changed: &[(usize, Reading)],
) -> Vec<Truth> {
    let questions = program.questions.len();
    let mut readings = answered(program, answers, |_, answer| *answer);
    let put = |readings: &mut [Reading], wanted: &dyn Fn(usize) -> bool| {
        for (node, reading) in changed.iter().filter(|(node, _)| wanted(*node)) {
            if let Some(slot) = readings.get_mut(*node) {
                *slot = *reading;
            }
        }
    };
    put(&mut readings, &|node| node < questions);
    for step in &program.steps {
        compute(program, &mut readings, answers, step, &mut None);
        if matches!(step, Step::Measure { .. }) {
            put(&mut readings, &|node| node >= questions);
        }
    }
    let findings = program.findings.iter();
    findings
        .map(|one| judgement(program, &readings, one, &mut None).holds)
        .collect()
}
