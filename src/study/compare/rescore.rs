//! Scoring again: over the questions rated on both sides, and with single answers replaced.

use super::below::Below;
use super::packs::Packs;
use super::{AnswerChange, Side};
use crate::answers::{Answer, Answers};
use crate::assess::evaluate::evaluate;
use crate::rules::reading::Reading;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::State;
use std::collections::BTreeSet;

/// What scoring again tells.
#[derive(Debug)]
pub(super) struct Rescore<'a> {
    /// The readings of both sides over the questions rated on both.
    pub(super) common: Common<'a>,
    /// The readings of both sides without the questions that are open on both; `None` where a
    /// stored result cannot be scored again.
    pub(super) one_sided: Option<(Scored<'a>, Scored<'a>)>,
    /// What each changed answer does; `None` where the answers of a side, or a way from the one
    /// pack to the other, are missing.
    pub(super) shares: Option<Shares<'a>>,
}

/// Scores over the questions rated on both sides.
#[derive(Debug)]
pub(super) enum Common<'a> {
    /// The same questions are rated on both sides, so they are what the documents say.
    AsTheyAre,
    /// Scored again.
    Scored(Scored<'a>, Scored<'a>),
    /// A stored result cannot be scored again.
    Untold,
}

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

    /// How far open answers can still move its index, where it has a value.
    pub(super) fn width(&self, id: &str) -> Option<f64> {
        let reading = self.readings.get(self.rulebook.find(id)?)?;
        let (low, high) = reading.index_range();
        reading.is_rated().then_some(high - low)
    }
}

/// What each changed answer does to every item of a rulebook.
#[derive(Debug)]
pub(super) struct Shares<'a> {
    rulebook: &'a Rulebook,
    /// By the place of the answer among those that changed: its shares by item, NaN where there
    /// is none.
    rows: Vec<(usize, Vec<f64>)>,
}

impl Shares<'_> {
    /// What a changed answer adds to the index of an item, by the answer's place among those that
    /// changed.
    pub(super) fn of<'s>(&'s self, id: &str) -> impl Iterator<Item = (usize, Option<f64>)> + 's {
        let node = self.rulebook.find(id);
        self.rows.iter().map(move |(place, row)| {
            let share = node.and_then(|node| row.get(node)).copied();
            (*place, share.filter(|share| !share.is_nan()))
        })
    }
}

impl<'a> Rescore<'a> {
    pub(super) fn new(
        before: &Side<'a>,
        after: &Side<'a>,
        carried: Option<&Side<'a>>,
        packs: &Packs,
        answers: &[AnswerChange],
    ) -> Self {
        let from = if packs.are_same() {
            Some(before)
        } else {
            carried
        };
        let shares = from.and_then(|from| shares(from, after, answers));
        Self {
            common: common(before, after),
            one_sided: one_sided(before, after),
            shares,
        }
    }
}

fn common<'a>(before: &Side<'a>, after: &Side<'a>) -> Common<'a> {
    let (from, to) = (Below::new(before.result), Below::new(after.result));
    let (from, to) = (from.rated(), to.rated());
    if from == to {
        return Common::AsTheyAre;
    }
    let one_sided: BTreeSet<&str> = from.symmetric_difference(&to).copied().collect();
    match (before.source, after.source) {
        (Some(before), Some(after)) => {
            Common::Scored(without(before, &one_sided), without(after, &one_sided))
        }
        _ => Common::Untold,
    }
}

fn one_sided<'a>(before: &Side<'a>, after: &Side<'a>) -> Option<(Scored<'a>, Scored<'a>)> {
    let (from, to) = (Below::new(before.result), Below::new(after.result));
    let (from, to) = (from.open(), to.open());
    let both: BTreeSet<&str> = from.intersection(&to).copied().collect();
    Some((
        without(before.source?, &both),
        without(after.source?, &both),
    ))
}

/// The answers scored as if some questions did not apply.
fn without<'a>((rulebook, answers): (&'a Rulebook, &Answers), ids: &BTreeSet<&str>) -> Scored<'a> {
    let out = Answer {
        state: State::NotApplicable,
        ..Answer::MISSING
    };
    let places = ids.iter().filter_map(|id| rulebook.find(id));
    let answers = answers.with_all(places.map(|place| (place, out)));
    let readings = evaluate(rulebook, &answers).readings;
    Scored { rulebook, readings }
}

/// Each changed answer put among the old ones, and taken from among the new ones: the mean of what
/// the two do, so that a comparison read backwards tells the same with the sign turned.
fn shares<'a>(from: &Side<'a>, to: &Side<'a>, answers: &[AnswerChange]) -> Option<Shares<'a>> {
    let ((rulebook, old), (other, new)) = (from.source?, to.source?);
    // The same packs may stand in another order.
    let items = rulebook.items().iter();
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
    Some(Shares {
        rulebook,
        rows: rows.collect(),
    })
}

/// The index of every item; NaN where it has no value.
fn indices(rulebook: &Rulebook, answers: &Answers) -> Vec<f64> {
    let readings = evaluate(rulebook, answers).readings;
    readings.iter().map(|one| one.index(one.value)).collect()
}
