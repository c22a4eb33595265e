//! What each step of a way is for.

use super::Desk;
use super::search::Found;
use super::way::Start;
use crate::assess::evaluate::Trial;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;

/// An unmet need: its check, and what it is called.
pub(super) struct Served {
    check: Check,
    words: String,
}

/// What a step does for the level.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The needs that take it, in words.
    pub(super) serves: Vec<String>,
    /// Whether the level is reached without it as things stand, so that it only makes that certain.
    pub(super) secures: bool,
}

impl Desk<'_> {
    /// What each run of a way is for: the needs that are not met without it; of needs that several
    /// runs meet, each by itself, the first of them.
    pub(super) fn parts(
        &self,
        start: &Start<'_>,
        (places, found): (&[usize], &Found),
        (checks, unmet): (&[Check], &[Served]),
    ) -> Vec<Part> {
        let runs: Vec<(usize, usize)> = places
            .iter()
            .map(|place| (*place, found.raises.get(*place).copied().unwrap_or(0)))
            .collect();
        let mut trial = self.trial(start);
        let stand = |trial: &Trial<'_>| {
            let mut checks = checks.iter();
            checks.all(|check| trial.stands(check) == Truth::True)
        };
        let already = stand(&trial);
        let mut met: Vec<Option<usize>> = vec![None; unmet.len()];
        for (nth, run) in runs.iter().enumerate() {
            take(&mut trial, start, *run);
            for (first, one) in met.iter_mut().zip(unmet) {
                if first.is_none() && trial.holds(&one.check) == Truth::True {
                    *first = Some(nth);
                }
            }
        }
        let without = |left_out: &[usize]| {
            let mut trial = self.trial(start);
            let others = runs.iter().enumerate();
            let others = others.filter(|(nth, _)| !left_out.contains(nth));
            others.for_each(|(_, run)| take(&mut trial, start, *run));
            trial
        };
        let spared = spared(runs.len(), |left_out| already || !stand(&without(left_out)));
        let lost: Vec<Vec<bool>> = (0..runs.len())
            .map(|nth| {
                let trial = without(&[nth]);
                let lost = |(one, met): (&Served, &Option<usize>)| {
                    met.is_some() && trial.holds(&one.check) != Truth::True
                };
                unmet.iter().zip(&met).map(lost).collect()
            })
            .collect();
        let takes = |nth: usize, need: usize| {
            let loses = |run: &Vec<bool>| run.get(need).copied().unwrap_or(false);
            let first = met.get(need).copied().flatten() == Some(nth);
            lost.get(nth).is_some_and(loses) || (first && !lost.iter().any(loses))
        };
        (0..runs.len())
            .map(|nth| {
                let needs = unmet.iter().enumerate();
                let needs = needs.filter(|(need, _)| takes(nth, *need));
                let mut serves: Vec<String> = needs.map(|(_, one)| one.words.clone()).collect();
                serves.dedup();
                Part {
                    serves,
                    secures: spared.contains(&nth),
                }
            })
            .collect()
    }

    fn trial<'a>(&'a self, start: &Start<'a>) -> Trial<'a> {
        let node = Some(self.asked.node);
        Trial::new(start.program, self.answers, self.readings, node)
    }

    /// What a step can be for, in words.
    pub(super) fn served(&self, check: &Check) -> Option<Served> {
        let words = match check {
            Check::Gate(gate) => {
                let gate = self.rulebook.gates().get(*gate)?;
                format!("the gate “{}”", gate.title)
            }
            Check::Floor(_) => format!("the floor of “{}”", self.label(check)),
            Check::From(_) => format!("the score “{}”", self.label(check)),
            Check::Confidence(..) => "the confidence asked for".to_owned(),
            Check::Basis => return None,
        };
        Some(Served {
            check: *check,
            words,
        })
    }

    fn label(&self, check: &Check) -> &str {
        let nodes = self.rulebook.program().read_by(check);
        let item = nodes.first().and_then(|node| self.rulebook.item(*node));
        item.map_or("", |item| item.label.as_str())
    }
}

/// The runs, from the last, that can all be left out without a loss.
fn spared(count: usize, loses: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let mut spared: Vec<usize> = Vec::new();
    for nth in (0..count).rev() {
        spared.push(nth);
        if loses(&spared) {
            spared.pop();
        }
    }
    spared
}

/// Takes a run as often as it is taken.
fn take(trial: &mut Trial<'_>, start: &Start<'_>, (place, count): (usize, usize)) {
    if let Some(choice) = start.choices.get(place) {
        let (given, grade) = choice.after(trial.answer(choice.node), count);
        trial.put(choice.node, given, grade);
    }
}
