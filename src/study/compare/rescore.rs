//! Scoring again: without some questions, and with single answers replaced.

use super::pair::Side;
use super::result::AnswerChange;
use crate::answers::{Answer, Answers};
use crate::assess::evaluate::evaluate;
use crate::rules::Reading;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::State;
use std::collections::BTreeSet;

/// The readings of an evaluation, with the rulebook that knows their ids.
#[derive(Debug)]
pub(super) struct Scored<'a> {
    rulebook: &'a Rulebook,
    readings: Vec<Reading>,
}

impl Scored<'_> {
    /// The index of an item, where it has a value.
    pub(super) fn index(&self, id: &str) -> Option<f64> {
        let reading = self.readings.get(self.rulebook.find(id)?)?;
        reading.is_rated().then(|| reading.index(reading.value))
    }

    /// Width of the range that open answers allow its index, where it has a value.
    pub(super) fn width(&self, id: &str) -> Option<f64> {
        let reading = self.readings.get(self.rulebook.find(id)?)?;
        let (low, high) = reading.index_range();
        reading.is_rated().then_some(high - low)
    }
}

/// Effects of each changed answer on every item of a rulebook.
#[derive(Debug)]
pub(super) struct Shares<'a> {
    rulebook: &'a Rulebook,
    /// By the place of the answer among those that changed: its shares by item, NaN where there
    /// is none.
    rows: Vec<(usize, Vec<f64>)>,
}

impl<'a> Shares<'a> {
    /// Each changed answer put among the old ones, and taken from among the new ones: the mean of the
    /// two effects, so that a comparison read backwards is the same with the sign turned. `None` where
    /// one side is a stored result.
    pub(super) fn new(from: &Side<'a>, to: &Side<'a>, answers: &[AnswerChange]) -> Option<Self> {
        let ((rulebook, old), (other, new)) = (from.source?, to.source?);
        // The same packs may be in another order.
        let items = rulebook.items.iter();
        let nodes: Vec<Option<usize>> = items.map(|item| other.find(&item.id)).collect();
        let was = indices(rulebook, old);
        let is = indices(other, new);
        let rows = answers.iter().enumerate().filter_map(|(place, answer)| {
            let (node, twin) = (rulebook.find(&answer.id)?, other.find(&answer.id)?);
            let put = indices(rulebook, &old.with(node, *new.answers().get(twin)?));
            let taken = indices(other, &new.with(twin, *old.answers().get(node)?));
            let row = nodes.iter().zip(put.iter().zip(&was));
            let row = row.map(|(twin, (put, was))| {
                let index = |list: &[f64]| twin.and_then(|twin| list.get(twin)).copied();
                let (is, taken) = (index(&is), index(&taken));
                f64::midpoint(
                    put - was,
                    is.zip(taken).map_or(f64::NAN, |(is, taken)| is - taken),
                )
            });
            Some((place, row.collect()))
        });
        Some(Self {
            rulebook,
            rows: rows.collect(),
        })
    }

    /// Effects of changed answers on the index of an item, by the answer's place among those that
    /// changed.
    pub(super) fn of<'s>(&'s self, id: &str) -> impl Iterator<Item = (usize, Option<f64>)> + 's {
        let node = self.rulebook.find(id);
        self.rows.iter().map(move |(place, row)| {
            let share = node.and_then(|node| row.get(node)).copied();
            (*place, share.filter(|share| !share.is_nan()))
        })
    }
}

impl<'a> Scored<'a> {
    /// Both sides scored as if some questions did not apply; `None` where one is a stored result.
    pub(super) fn without(
        before: &Side<'a>,
        after: &Side<'a>,
        ids: &BTreeSet<&str>,
    ) -> Option<(Self, Self)> {
        Some((
            Self::new(before.source?, ids),
            Self::new(after.source?, ids),
        ))
    }

    fn new((rulebook, answers): (&'a Rulebook, &Answers), ids: &BTreeSet<&str>) -> Self {
        let out = Answer {
            state: State::NotApplicable,
            ..Answer::MISSING
        };
        let places = ids.iter().filter_map(|id| rulebook.find(id));
        let answers = answers.with_all(places.map(|place| (place, out)));
        let readings = evaluate(rulebook, &answers).readings;
        Self { rulebook, readings }
    }
}

/// The index of every item; NaN where it has no value.
fn indices(rulebook: &Rulebook, answers: &Answers) -> Vec<f64> {
    let readings = evaluate(rulebook, answers).readings;
    readings.iter().map(|one| one.index(one.value)).collect()
}
