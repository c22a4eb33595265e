//! Scores that moved, and why: scored again without some questions, and with single answers
//! replaced.

use super::result::{
    AnswerChange, CommonChange, Movement, NoChange, Scope, ScoreChange, ScorePoint, Share,
};
use super::{Pair, Side, less};
use crate::answers::{Answer, Answers};
use crate::assess::assessment::{Assessment, ScoreResult, ScoreState};
use crate::assess::evaluate::evaluate;
use crate::rules::Reading;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::State;
use crate::study::{Below, QUARTER_ANCHOR, by_id};
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// A share smaller than this, in points, is the dust of adding up.
const DUST: f64 = 1e-6;

/// Every score of packs that are compared; `shares` are the effects of changed answers, where both
/// sides can be scored again.
pub(super) fn scores<'a>(
    pair: Pair<'a>,
    before: &Side<'_>,
    after: &Side<'_>,
    answers: &[AnswerChange],
    shares: Option<&Shares<'_>>,
) -> Vec<ScoreChange> {
    let (from, to) = (Below::new(pair.before), Below::new(pair.after));
    let rated = |side: &Below<'a>| side.in_state(|state| state == State::Rated);
    let open = |side: &Below<'a>| side.in_state(State::is_open);
    let (was, is) = (rated(&from), rated(&to));
    let alone: BTreeSet<&str> = was.symmetric_difference(&is).copied().collect();
    let open: BTreeSet<&str> = open(&from).intersection(&open(&to)).copied().collect();
    let scorer = Scorer {
        carried: pair.carried.is_some(),
        one_form: pair.before.form == pair.after.form,
        answers,
        shares,
        alike: alone.is_empty(),
        common: Scored::without(before, after, &alone),
        one_sided: Scored::without(before, after, &open),
        from,
        to,
    };
    let list = |side: &'a Assessment| by_id(&side.scores, |one| &one.id).collect();
    pair.changes(list, |named, (from, to, carried)| {
        Some(scorer.score(named, from, to, carried.flatten()))
    })
}

struct Scorer<'a> {
    from: Below<'a>,
    to: Below<'a>,
    /// True where the earlier answers were scored by the later packs.
    carried: bool,
    /// True where both sides are full, or both short: only then are all answers behind a difference
    /// among those that changed.
    one_form: bool,
    answers: &'a [AnswerChange],
    shares: Option<&'a Shares<'a>>,
    /// True where the same questions are rated on both sides.
    alike: bool,
    /// Both sides over the questions rated on both.
    common: Option<(Scored<'a>, Scored<'a>)>,
    /// Both sides without the questions that are open on both.
    one_sided: Option<(Scored<'a>, Scored<'a>)>,
}

impl Scorer<'_> {
    fn score(
        &self,
        named: &ScoreResult,
        from: Option<&ScoreResult>,
        to: Option<&ScoreResult>,
        carried: Option<&ScoreResult>,
    ) -> ScoreChange {
        let id = named.id.as_str();
        let (was, is) = (point(from), point(to));
        let open = self.open(id, &was, &is);
        let between = carried.and_then(|one| one.index);
        let mut change = ScoreChange {
            id: id.to_owned(),
            title: named.title.clone(),
            from: was,
            to: is,
            difference: less(is.index, was.index),
            value_difference: less(is.value, was.value),
            scope: self.scope(id),
            common: self.common(id, &was, &is),
            open,
            least: open.max(QUARTER_ANCHOR),
            movement: Movement::Same,
            why: None,
            because: Vec::new(),
            together: None,
            by_pack: less(between, was.index),
            by_answers: less(is.index, between),
        };
        (change.movement, change.why) = judge(&change, named.aggregate.properties().distance);
        if change.movement != Movement::Same {
            change.because = self.because(id);
        }
        let whole = if self.carried {
            change.by_answers
        } else {
            change.difference
        };
        let whole = whole.filter(|_| self.one_form);
        change.together = together(whole, &change.because);
        change
    }

    fn below(&self, id: &str) -> BTreeSet<&str> {
        let mut questions = self.from.questions(id);
        questions.extend(self.to.questions(id));
        questions
    }

    fn scope(&self, id: &str) -> Scope {
        let mut scope = Scope {
            before: 0,
            after: 0,
            common: 0,
        };
        for question in self.below(id) {
            let rated = |side: &Below<'_>| side.questions.get(question) == Some(&State::Rated);
            let (was, is) = (rated(&self.from), rated(&self.to));
            scope.before += usize::from(was);
            scope.after += usize::from(is);
            scope.common += usize::from(was && is);
        }
        scope
    }

    fn common(&self, id: &str, was: &ScorePoint, is: &ScorePoint) -> Option<CommonChange> {
        let (from, to) = match &self.common {
            _ if self.alike => (was.index, is.index),
            Some((from, to)) => (from.index(id), to.index(id)),
            None => return None,
        };
        Some(CommonChange {
            from,
            to,
            difference: less(to, from),
        })
    }

    /// Points that the answers open on one side alone still allow: the wider of the
    /// two ranges, without what is open on both.
    fn open(&self, id: &str, was: &ScorePoint, is: &ScorePoint) -> f64 {
        if self.from.open_below(id) == self.to.open_below(id) {
            return 0.0;
        }
        let width = |point: &ScorePoint| point.index_range.map_or(0.0, |one| one.high - one.low);
        let scored = self.one_sided.as_ref();
        let widths = scored.and_then(|(from, to)| from.width(id).zip(to.width(id)));
        let (from, to) = widths.unwrap_or((width(was), width(is)));
        from.max(to)
    }

    /// The answers that moved a score. Where answers can be scored again these are the ones that
    /// have an effect on it, else all that changed below it.
    fn because(&self, id: &str) -> Vec<Share> {
        let below = self.below(id);
        let is_below = |answer: &AnswerChange| below.contains(answer.id.as_str());
        let share = |answer: &AnswerChange, index: Option<f64>| Share {
            id: answer.id.clone(),
            label: answer.label.clone(),
            index,
        };
        let rows = self.shares.into_iter().flat_map(|shares| {
            let node = shares.rulebook.find(id);
            shares.rows.iter().map(move |row| (row, node))
        });
        let effects = rows.filter_map(|((place, row), node)| {
            let answer = self.answers.get(*place)?;
            let index = node.and_then(|node| row.get(node)).copied();
            let index = index.filter(|index| !index.is_nan());
            let moves = index.map_or_else(|| is_below(answer), |index| index.abs() >= DUST);
            moves.then(|| share(answer, index))
        });
        let mut shares: Vec<Share> = effects.collect();
        if shares.is_empty() {
            let changed = self.answers.iter().filter(|answer| is_below(answer));
            shares = changed.map(|answer| share(answer, None)).collect();
        }
        let size = |share: &Share| share.index.map_or(0.0, f64::abs);
        shares.sort_by(|a, b| size(b).total_cmp(&size(a)));
        shares
    }
}

/// Movement of a score, and the reason why a difference is none. `apart` is true for a score that
/// measures how far parts lie apart, so that more is neither better nor worse.
fn judge(change: &ScoreChange, apart: bool) -> (Movement, Option<NoChange>) {
    let (Some(was), Some(is)) = (change.from.value, change.to.value) else {
        let came = Movement::of_presence(change.from.value.is_some(), change.to.value.is_some());
        return (came, None);
    };
    let all = change.difference.unwrap_or(0.0);
    let judged = change.common.map_or(Some(all), |one| one.difference);
    let differences = [all, judged.unwrap_or(0.0), is - was];
    if differences.iter().all(|one| one.abs() < TOLERANCE) {
        return (Movement::Same, None);
    }
    let Some(judged) = judged else {
        return (Movement::Slight, Some(NoChange::NothingCommon));
    };
    let below = |difference: f64, least: f64| difference.abs() < least - TOLERANCE;
    let why = if below(judged, QUARTER_ANCHOR) && below(all, QUARTER_ANCHOR) {
        NoChange::Small
    } else if below(judged, QUARTER_ANCHOR) {
        NoChange::SmallInCommon
    } else if below(judged, change.open) {
        NoChange::OpenAnswers
    } else {
        let movement = match judged {
            _ if apart => Movement::Differs,
            more if more > 0.0 => Movement::Rose,
            _ => Movement::Fell,
        };
        return (movement, None);
    };
    (Movement::Slight, Some(why))
}

/// Effect that answers have on a score only together; `None` where that of one is not known.
fn together(whole: Option<f64>, because: &[Share]) -> Option<f64> {
    let shares: Option<Vec<f64>> = because.iter().map(|share| share.index).collect();
    let sum: f64 = shares.filter(|list| !list.is_empty())?.iter().sum();
    Some(whole? - sum).filter(|rest| rest.abs() >= DUST)
}

fn point(score: Option<&ScoreResult>) -> ScorePoint {
    let nothing = ScorePoint {
        value: None,
        index: None,
        index_range: None,
        coverage: 0.0,
        state: ScoreState::NotAsked,
    };
    score.map_or(nothing, |score| ScorePoint {
        value: score.value,
        index: score.index,
        index_range: score.index_range,
        coverage: score.coverage,
        state: score.state,
    })
}

/// The readings of an evaluation, with the rulebook that knows their ids.
#[derive(Debug)]
struct Scored<'a> {
    rulebook: &'a Rulebook,
    readings: Vec<Reading>,
}

impl Scored<'_> {
    /// The reading of an item that has a value.
    fn rated(&self, id: &str) -> Option<&Reading> {
        let reading = self.readings.get(self.rulebook.find(id)?)?;
        reading.is_rated().then_some(reading)
    }

    /// The index of an item, where it has a value.
    fn index(&self, id: &str) -> Option<f64> {
        self.rated(id).map(|reading| reading.index(reading.value))
    }

    /// Width of the range that open answers allow its index, where it has a value.
    fn width(&self, id: &str) -> Option<f64> {
        let (low, high) = self.rated(id)?.index_range();
        Some(high - low)
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
                let both = index(&is).zip(index(&taken));
                let taken = both.map_or(f64::NAN, |(is, taken)| is - taken);
                f64::midpoint(put - was, taken)
            });
            Some((place, row.collect()))
        });
        Some(Self {
            rulebook,
            rows: rows.collect(),
        })
    }
}

impl<'a> Scored<'a> {
    /// Both sides scored as if some questions did not apply; `None` where one is a stored result.
    fn without(before: &Side<'a>, after: &Side<'a>, ids: &BTreeSet<&str>) -> Option<(Self, Self)> {
        let scored = |(rulebook, answers): (&'a Rulebook, &Answers)| {
            let out = Answer::of_state(State::NotApplicable);
            let places = ids.iter().filter_map(|id| rulebook.find(id));
            let answers = answers.with_all(places.map(|place| (place, out)));
            let readings = evaluate(rulebook, &answers).readings;
            Self { rulebook, readings }
        };
        Some((scored(before.source?), scored(after.source?)))
    }
}

/// The index of every item; NaN where it has no value.
fn indices(rulebook: &Rulebook, answers: &Answers) -> Vec<f64> {
    let readings = evaluate(rulebook, answers).readings;
    readings.iter().map(|one| one.index(one.value)).collect()
}

/// The scores that moved, those that are called a change first, then by how far.
pub(super) fn moved(scores: &[ScoreChange]) -> Vec<String> {
    let mut moved: Vec<&ScoreChange> = scores.iter().collect();
    moved.retain(|one| one.movement != Movement::Same);
    let size = |one: &ScoreChange| one.difference.map_or(f64::INFINITY, f64::abs);
    moved.sort_by(|a, b| {
        let change = |one: &ScoreChange| one.movement.is_change();
        change(b).cmp(&change(a)).then(size(b).total_cmp(&size(a)))
    });
    moved.into_iter().map(|one| one.id.clone()).collect()
}
