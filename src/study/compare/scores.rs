//! Scores that moved, and why.

use super::below::Below;
use super::judge::{judge, less};
use super::pair::{Pair, Side, by_id};
use super::rescore::{Scored, Shares};
use super::result::{AnswerChange, CommonChange, Movement, Scope, ScoreChange, ScorePoint, Share};
use crate::assess::assessment::{Assessment, ScoreResult, ScoreState};
use crate::study::QUARTER_ANCHOR;
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
    let (was, is) = (from.rated(), to.rated());
    let alone: BTreeSet<&str> = was.symmetric_difference(&is).copied().collect();
    let open: BTreeSet<&str> = from.open().intersection(&to.open()).copied().collect();
    let scorer = Scorer {
        carried: pair.carried.is_some(),
        answers,
        shares,
        alike: alone.is_empty(),
        common: Scored::without(before, after, &alone),
        one_sided: Scored::without(before, after, &open),
        from,
        to,
    };
    let list = |side: &'a Assessment| by_id(&side.scores, |one| &one.id);
    pair.changes(list, |from, to, carried| {
        scorer.score(from, to, carried.flatten())
    })
}

struct Scorer<'a> {
    from: Below<'a>,
    to: Below<'a>,
    /// True where the earlier answers were scored by the later packs.
    carried: bool,
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
        from: Option<&ScoreResult>,
        to: Option<&ScoreResult>,
        carried: Option<&ScoreResult>,
    ) -> Option<ScoreChange> {
        let named = to.or(from)?;
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
        change.together = together(whole, &change.because);
        Some(change)
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
            let (was, is) = (self.from.is_rated(question), self.to.is_rated(question));
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
        let effects = self.shares.into_iter().flat_map(|shares| shares.of(id));
        let effects = effects.filter_map(|(place, index)| {
            let answer = self.answers.get(place)?;
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

/// Effect that answers have on a score only together; `None` where that of one is not known.
fn together(whole: Option<f64>, because: &[Share]) -> Option<f64> {
    let shares: Option<Vec<f64>> = because.iter().map(|share| share.index).collect();
    let sum: f64 = shares.filter(|list| !list.is_empty())?.iter().sum();
    whole
        .map(|whole| whole - sum)
        .filter(|rest| rest.abs() >= DUST)
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
