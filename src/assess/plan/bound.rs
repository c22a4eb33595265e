//! Lower bounds: what every set of steps that reaches a level must have.
//!
//! Two facts are used, and both hold for every pack. A condition that is not surely met stays so
//! until something below it changes; and the least that a score made of means alone can be rises by
//! no more than its steps add, each by itself.

use super::run::Run;
use super::space::Space;
use crate::answers::Answer;
use crate::assess::evaluate::{called_for, open_between};
use crate::rules::condition::{Test, Truth};
use crate::rules::rulebook::{Check, Term};
use crate::rules::vocabulary::Aggregate;
use crate::text::number::TOLERANCE;

/// A check of the level, with what steps do for it.
#[derive(Debug)]
pub(super) struct Lever {
    pub(super) check: Check,
    /// The places of the runs that it rests on.
    pub(super) runs: Vec<usize>,
    /// For each run, the most that each step adds to the least its score can be; `None` where steps
    /// do not each add by themselves.
    pub(super) gains: Option<Vec<Vec<f64>>>,
}

/// The gain a score needs, and what each step can add to it.
#[derive(Debug)]
struct Shortfall {
    needed: f64,
    /// For each run, the most that each of its steps can add.
    gains: Vec<Vec<f64>>,
    /// For each run, the sum of the best steps of it and those after it: of none, one, two ...
    best: Vec<Vec<f64>>,
}

/// Conditions that rule sets of steps out without trying them.
#[derive(Debug)]
pub(super) struct Bounds {
    shortfalls: Vec<Shortfall>,
    /// Places of runs of which one step at least has to be taken; no two have a run in common.
    demands: Vec<Vec<usize>>,
}

/// What a set of steps, as far as it is chosen, leaves to do.
pub(super) struct Progress {
    /// Number of demands without a step.
    missing: usize,
    /// The last place at which all of them can still be met.
    until: usize,
    /// The gain on each shortfall.
    gained: Vec<f64>,
}

impl Bounds {
    /// The bounds that unmet checks set.
    pub(super) fn new<'l>(space: &Space<'_>, unmet: impl Iterator<Item = &'l Lever>) -> Self {
        let mut unmet: Vec<&Lever> = unmet.filter(|lever| !lever.runs.is_empty()).collect();
        let shortfalls = unmet.iter().filter_map(|lever| shortfall(space, lever));
        let shortfalls = shortfalls.collect();
        // Small ones first: those without a run in common are counted together.
        unmet.sort_by_key(|lever| lever.runs.len());
        let mut demands: Vec<Vec<usize>> = Vec::new();
        for lever in unmet {
            let mut taken = demands.iter().flatten();
            if !taken.any(|place| lever.runs.contains(place)) {
                demands.push(lever.runs.clone());
            }
        }
        Self {
            shortfalls,
            demands,
        }
    }

    pub(super) fn progress(&self, counts: &[usize]) -> Progress {
        let idle = |place: &usize| counts.get(*place).is_none_or(|count| *count == 0);
        let demands = self.demands.iter();
        let missing = demands.filter(|runs| runs.iter().all(idle));
        let gained = self.shortfalls.iter().map(|shortfall| {
            let pairs = shortfall.gains.iter().zip(counts);
            pairs.fold(0.0, |done, (own, count)| {
                done + own.iter().take(*count).sum::<f64>()
            })
        });
        Progress {
            missing: missing.clone().count(),
            until: missing
                .filter_map(|runs| runs.last())
                .fold(usize::MAX, |until, last| until.min(*last)),
            gained: gained.collect(),
        }
    }

    /// Returns true if so many more steps, of the runs from a place on, may do.
    pub(super) fn may_reach(&self, place: usize, left: usize, progress: &Progress) -> bool {
        let mut shortfalls = self.shortfalls.iter().zip(&progress.gained);
        progress.missing <= left
            && place <= progress.until
            && shortfalls.all(|(shortfall, done)| {
                let best = shortfall.best.get(place).map_or(&[][..], Vec::as_slice);
                let more = best.get(left).or(best.last()).copied().unwrap_or(0.0);
                done + more >= shortfall.needed - TOLERANCE
            })
    }
}

/// The shortfall of a threshold, where its score is made of means alone.
fn shortfall(space: &Space<'_>, lever: &Lever) -> Option<Shortfall> {
    let (Check::From(atom) | Check::Floor(atom)) = lever.check else {
        return None;
    };
    let atom = space.program.atoms.get(atom)?;
    // A score that may drop out need not rise: a floor on it falls away with it.
    let reading = space.readings.get(atom.node);
    let reading = reading.filter(|one| one.is_rated() && !one.optional)?;
    let limit = match &atom.test {
        Test::Number(interval) => interval.from.limit()?,
        Test::Index(interval) => {
            let share = interval.from.limit()? / 100.0;
            reading.least + share * (reading.most - reading.least)
        }
        Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
            return None;
        }
    };
    let gains = lever.gains.clone()?;
    Some(Shortfall {
        needed: limit - reading.low,
        best: best(&gains),
        gains,
    })
}

/// For each run, the sums of the best gains of it and those after it.
fn best(gains: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut top: Vec<f64> = Vec::new();
    let mut sums = Vec::new();
    for own in gains.iter().rev() {
        top.extend(own);
        top.sort_by(|one, other| other.total_cmp(one));
        let mut total = 0.0;
        let added = top.iter().map(|gain| {
            total += gain;
            total
        });
        sums.push(std::iter::once(0.0).chain(added).collect());
    }
    sums.reverse();
    sums
}

impl Space<'_> {
    /// Returns true if anything between the answers of today and the last of all steps could reach a
    /// level.
    pub(super) fn may_reach(&self, rank: usize) -> bool {
        let mut open: Vec<(usize, f64, f64)> = Vec::new();
        for run in &self.runs {
            let worth = self.least_worth(run);
            let gains = (0..run.steps.len()).map(|nth| run.gain(nth, worth));
            let most = match run.several {
                Some(_) => worth + gains.sum::<f64>(),
                None => worth,
            };
            let worths = (1..=run.steps.len()).map(|count| run.after(run.now(), count).0.counted);
            let (low, high) = worths.fold((worth.min(most), most), |(low, high), worth| {
                (low.min(worth), high.max(worth))
            });
            match open.last_mut().filter(|last| last.0 == run.node) {
                Some(last) if run.several.is_some() => last.2 += high - worth,
                Some(last) => *last = (last.0, last.1.min(low), last.2.max(high)),
                None => open.push((run.node, low, high)),
            }
        }
        let readings = open_between(self.program, self.answers, &open);
        let possible = readings.get(self.ladder).map_or(0, |one| one.possible);
        possible >> rank != 0
    }

    /// The checks of a level and those below it, with what steps do for them.
    pub(super) fn levers(&self, rank: usize) -> Vec<Lever> {
        let lever = |check: Check| {
            let nodes = self.program.read_by(&check);
            let bears = |run: &Run<'_>| nodes.iter().any(|node| self.rests(*node, run));
            let runs = self.runs.iter().enumerate();
            Lever {
                check,
                runs: runs
                    .filter(|(_, run)| bears(run))
                    .map(|(place, _)| place)
                    .collect(),
                gains: match check {
                    Check::From(_) | Check::Floor(_) => {
                        nodes.first().and_then(|score| self.gains(*score))
                    }
                    Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
                },
            }
        };
        self.checks(rank).into_iter().map(lever).collect()
    }

    /// For each run, the most that each step adds to the least a score can be. The first step of a
    /// question without an answer brings it in as a whole, which adds no more than all it is worth.
    fn gains(&self, score: usize) -> Option<Vec<Vec<f64>>> {
        self.adds_up(score).then_some(())?;
        let gains = self.runs.iter().map(|run| {
            let worth = self.least_worth(run);
            let slope = if self.rests(score, run) {
                let mut what_if = self.attempt().what_if;
                let mut least = |worth: f64| {
                    what_if.put(run.node, (Answer::rated(worth, 0), run.grade));
                    what_if.reading(score).low
                };
                least(worth + 1.0) - least(worth)
            } else {
                0.0
            };
            // No more than what is not known, times nothing, is nothing.
            let gain = |nth| {
                if slope > 0.0 {
                    run.gain(nth, worth) * slope
                } else {
                    0.0
                }
            };
            (0..run.steps.len()).map(gain).collect()
        });
        Some(gains.collect())
    }

    /// Returns true if each step adds to the least an item can be by itself: it is a mean of means
    /// of which nothing drops out or comes in.
    fn adds_up(&self, node: usize) -> bool {
        if !self.moves(node) {
            return true;
        }
        if node < self.program.questions.len() {
            let mut others = self.runs.iter().filter(|run| run.node != node);
            return !others.any(|run| self.rests(node, run));
        }
        let rule = self.program.score(node);
        let rule = rule.filter(|rule| rule.aggregate == Aggregate::Mean && rule.caps.is_empty());
        rule.is_some_and(|rule| {
            let mut terms = rule.terms.iter();
            terms.all(|term| match self.counts(term) {
                Some(Truth::True) => self.stays(term.node) && self.adds_up(term.node),
                Some(Truth::False) => true,
                Some(Truth::Unknown) | None => false,
            })
        })
    }

    /// Truth that a gathered child is called for; `None` where steps may change that.
    fn counts(&self, term: &Term) -> Option<Truth> {
        let when = self.program.called_for.get(term.node);
        let Some(when) = when.and_then(Option::as_ref).filter(|_| term.gathered) else {
            return Some(Truth::True);
        };
        let read = self.program.read_in(when);
        let moved = read.into_iter().any(|node| self.moves(node));
        (!moved).then(|| called_for(self.program, self.readings, term.node).surely)
    }

    /// Returns true if steps neither take a child out nor bring it in, or give it its first value.
    fn stays(&self, node: usize) -> bool {
        let question = node < self.program.questions.len();
        self.readings.get(node).is_some_and(|one| {
            let counts = one.is_rated() || (question && one.is_open());
            (counts && !one.optional) || (one.is_gone() && !self.moves(node))
        })
    }

    /// The worth of a question today; the least it can be where it is not rated.
    fn least_worth(&self, run: &Run<'_>) -> f64 {
        let now = self.readings.get(run.node);
        now.map_or(
            0.0,
            |one| if one.is_rated() { one.value } else { one.least },
        )
    }

    fn rests(&self, node: usize, run: &Run<'_>) -> bool {
        self.program.reach().rests(node, run.node)
    }

    /// Returns true if any run moves an item.
    fn moves(&self, node: usize) -> bool {
        self.runs.iter().any(|one| self.rests(node, one))
    }
}
