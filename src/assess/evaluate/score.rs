//! Scores: aggregates over children, with the range the open answers allow, then caps; and
//! confidence in a score.

use super::aggregate::{aggregate, index_range};
use super::{Facts, Judgement, Reading, State};
use crate::assess::assessment::result::Confidence;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Cap, ScoreRule, Term};
use crate::rules::vocabulary::{Aggregate, Grade};
use crate::text::number::TOLERANCE;
use std::collections::BTreeMap;

/// One child of a score, where it applies.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the child"
)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Child {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) least: f64,
    pub(super) most: f64,
    pub(super) weight: f64,
    pub(super) coverage: f64,
    pub(super) rated: bool,
    /// True if open answers may take it out or bring it in.
    pub(super) optional: bool,
    /// True if it is in and answers to come may take it out.
    pub(super) may_leave: bool,
    /// True if it applies with the current values.
    pub(super) here: bool,
}

/// A value with the range around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Facts<'_> {
    pub(super) fn score(self, rule: &ScoreRule) -> Reading {
        let mut children = Vec::with_capacity(rule.terms.len());
        let terms = rule.terms.iter();
        children.extend(terms.filter_map(|term| self.child(rule, term)));
        let here = || children.iter().filter(|child| child.here);
        let parts = here().count();
        let properties = rule.aggregate.properties();
        let enough = properties.fewest as usize;
        if children.len() < enough {
            return absent(self.readings, rule);
        }
        let leaving = here().filter(|child| child.may_leave).count();
        let optional = here().filter(|child| child.optional).count();
        let movable = leaving > 0 || parts < children.len();
        let (least, most) = ends(rule, &children);
        let Span { value, low, high } = aggregate(rule, &children, (least, most), movable);
        let (value, state) = if value.is_nan() {
            (value, State::Missing)
        } else {
            (value.max(low).min(high), State::Rated)
        };
        let (weight, covered) = here().fold((0.0, 0.0), |(weight, covered), child| {
            (
                weight + child.weight,
                covered + child.weight * child.coverage,
            )
        });
        let mut reading = Reading {
            value,
            low,
            high,
            least,
            most,
            coverage: if weight > 0.0 { covered / weight } else { 0.0 },
            state,
            optional: parts - optional < enough,
            may_leave: parts - leaving < enough,
            ..Reading::EMPTY
        };
        if properties.adds_up && movable {
            reading.elastic = index_range(rule, &children);
        }
        if parts < enough {
            reading = reading.dormant(absent(self.readings, rule).state);
        }
        self.under_caps(rule, parts, reading)
    }

    /// The reading under the caps of its score.
    fn under_caps(self, rule: &ScoreRule, parts: usize, mut reading: Reading) -> Reading {
        let mut open = Vec::new();
        for (place, cap) in rule.caps.iter().enumerate() {
            let judged = self.judgement(&cap.when);
            reading = capped(reading, cap, judged, u16::try_from(place).ok());
            if judged.holds == Truth::Unknown {
                open.push(cap);
            }
        }
        let waits = |cap: &&&Cap| self.waits_for_more(rule, cap);
        let waiting = open.iter().filter(waits).fold(0.0, |count, _| count + 1.0);
        let parts = u32::try_from(parts)
            .map_or(f64::INFINITY, f64::from)
            .max(1.0);
        Reading {
            coverage: reading.coverage * parts / (parts + waiting),
            pending: open.iter().any(|cap| reading.value > cap.at),
            ..reading
        }
    }

    /// A cap that cannot be judged yet counts as one more part, of mean weight, that nobody rated; as
    /// none where it waits for the score's own parts alone.
    fn waits_for_more(self, rule: &ScoreRule, cap: &Cap) -> bool {
        let own = |node: &usize| rule.terms.iter().any(|term| term.node == *node);
        let mut read = self.program.read_in(&cap.when).into_iter();
        read.any(|node| {
            let open = self
                .readings
                .get(node)
                .is_some_and(|one| !one.is_gone() && one.coverage < 1.0);
            open && !own(&node)
        })
    }

    fn child(self, rule: &ScoreRule, term: &Term) -> Option<Child> {
        let reading = self.readings.get(term.node).filter(|one| !one.is_gone())?;
        let wanted = term.gathered.then(|| self.called_for(term.node));
        if wanted.is_some_and(|one| one.surely == Truth::False) {
            return None;
        }
        let here = !reading.is_absent() && wanted.is_none_or(|one| one.holds.may_hold());
        let in_doubt = wanted.is_some_and(|one| one.surely == Truth::Unknown);
        let child = Child {
            value: if here { reading.value } else { f64::NAN },
            low: reading.low,
            high: reading.high,
            least: reading.least,
            most: reading.most,
            weight: term.weight,
            coverage: reading.coverage,
            rated: reading.is_rated() && here,
            optional: reading.optional || in_doubt,
            may_leave: reading.may_leave || (here && in_doubt),
            here,
        };
        if !rule.normalise {
            return Some(child);
        }
        let (low, high) = reading.index_range();
        Some(Child {
            value: reading.index(child.value),
            low,
            high,
            least: 0.0,
            most: 100.0,
            ..child
        })
    }

    /// The confidence in a score, with the answers so far.
    pub(crate) fn confidence(self, score: usize) -> Confidence {
        let coverage = self.readings.get(score).map_or(0.0, |one| one.coverage);
        let evidence = self.proven(score, &mut BTreeMap::new());
        let people = self
            .answers
            .disclosure()
            .map(|panel| panel.grades_of(score));
        Confidence::new(coverage, evidence, people)
    }

    /// Returns true if no answer to come can change the confidence in a score.
    pub(super) fn is_complete(self, score: usize) -> bool {
        let complete = |one: &Reading| one.coverage >= 1.0 - TOLERANCE && !one.optional;
        self.readings.get(score).is_some_and(complete)
    }

    /// The share of an item's rated weight that a document or better supports, `0..=1`. A decision is
    /// as well proven as what it reads, each input alike. What several items read is worked out once.
    fn proven(self, node: usize, known: &mut BTreeMap<usize, f64>) -> f64 {
        if let Some(proof) = known.get(&node) {
            return *proof;
        }
        let proof = self.proof(node, known);
        known.insert(node, proof);
        proof
    }

    fn proof(self, node: usize, known: &mut BTreeMap<usize, f64>) -> f64 {
        if let Some(table) = self.program.table(node) {
            let rated = |node: &&usize| self.readings.get(**node).is_some_and(Reading::is_held);
            let inputs = table.inputs.iter().filter(rated);
            let (count, proof) = inputs.fold((0.0, 0.0), |(count, proof), node| {
                (count + 1.0, proof + self.proven(*node, known))
            });
            return if count > 0.0 { proof / count } else { 0.0 };
        }
        let Some(rule) = self.program.score(node) else {
            let notes = self.answers.notes().get(node);
            return f64::from(u8::from(
                notes.is_some_and(|one| one.grade >= Grade::Document),
            ));
        };
        let (mut rated, mut proof) = (0.0, 0.0);
        for term in &rule.terms {
            if let Some(reading) = self.readings.get(term.node).filter(|one| one.is_rated()) {
                let weight = term.weight * reading.coverage;
                rated += weight;
                proof += weight * self.proven(term.node, known);
            }
        }
        if rated > 0.0 { proof / rated } else { 0.0 }
    }
}

/// The least and most a score could be, over the children that apply.
fn ends(rule: &ScoreRule, children: &[Child]) -> (f64, f64) {
    let here = || children.iter().filter(|child| child.here);
    let sum =
        |end: fn(&Child) -> f64| here().fold(0.0, |sum, child| sum + child.weight * end(child));
    match rule.aggregate {
        _ if here().next().is_none() => (rule.least, rule.most),
        Aggregate::Sum => (sum(|child| child.least), sum(|child| child.most)),
        Aggregate::Count => (0.0, here().fold(0.0, |count, _| count + 1.0)),
        Aggregate::Mean
        | Aggregate::Min
        | Aggregate::Max
        | Aggregate::Share
        | Aggregate::Geometric
        | Aggregate::Spread
        | Aggregate::Difference => (rule.least, rule.most),
    }
}

fn absent(readings: &[Reading], rule: &ScoreRule) -> Reading {
    let applies = |term: &Term| readings.get(term.node).map(|one| one.state);
    let all = |of: &[State]| {
        let mut states = rule.terms.iter().filter_map(applies);
        states.all(|state| of.contains(&state))
    };
    let state = if all(&[State::NotAsked]) {
        State::NotAsked
    } else if all(&[State::NotAsked, State::NotCore]) {
        State::NotCore
    } else if all(&[State::NotAsked, State::NotCore, State::Irrelevant]) {
        State::Irrelevant
    } else {
        State::NotApplicable
    };
    Reading {
        least: rule.least,
        most: rule.most,
        ..Reading::EMPTY
    }
    .absent(state)
}

impl Child {
    /// True if ranges have to hold with it and without it.
    pub(super) fn is_loose(&self) -> bool {
        self.optional || self.may_leave
    }
}

/// The reading under a cap.
fn capped(reading: Reading, cap: &Cap, judged: Judgement, place: Option<u16>) -> Reading {
    let Judgement { holds, surely } = judged;
    if surely == Truth::False {
        return reading;
    }
    let bites = holds.holds() && reading.value > cap.at;
    Reading {
        value: if bites { cap.at } else { reading.value },
        low: reading.low.min(cap.at),
        high: if surely.holds() {
            reading.high.min(cap.at)
        } else {
            reading.high
        },
        by: if bites { place } else { reading.by },
        ..reading.lowered()
    }
}
