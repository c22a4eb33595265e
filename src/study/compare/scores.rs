//! Scores that moved, and why.

use super::below::Below;
use super::judge::{QUARTER_ANCHOR, Way, less};
use super::rescore::{Common, Rescore};
use super::{AnswerChange, CommonChange, Movement, Pair, Scope, ScoreChange, ScorePoint, Share};
use crate::assess::assessment::{Assessment, ScoreResult, ScoreState};
use std::collections::BTreeSet;

/// A share smaller than this, in points, is the dust of adding up.
const DUST: f64 = 1e-6;

impl Pair<'_> {
    pub(super) fn scores(
        &self,
        answers: &[AnswerChange],
        rescore: &Rescore<'_>,
    ) -> Vec<ScoreChange> {
        let teller = Teller {
            from: Below::new(self.before),
            to: Below::new(self.after),
            carried: self.carried,
            answers,
            rescore,
        };
        let (before, after) = (&self.before.scores, &self.after.scores);
        let pairs = self.matched(before, after, |one| &one.id);
        let tell = |(from, to)| teller.score(from, to);
        pairs.into_iter().filter_map(tell).collect()
    }
}

struct Teller<'a> {
    from: Below<'a>,
    to: Below<'a>,
    carried: Option<&'a Assessment>,
    answers: &'a [AnswerChange],
    rescore: &'a Rescore<'a>,
}

impl Teller<'_> {
    fn score(&self, from: Option<&ScoreResult>, to: Option<&ScoreResult>) -> Option<ScoreChange> {
        let named = to.or(from)?;
        let id = named.id.as_str();
        let (was, is) = (point(from), point(to));
        let common = self.common(id, &was, &is);
        let open = self.open(id, &was, &is);
        let way = Way {
            from: &was,
            to: &is,
            common: common.as_ref(),
            open,
            apart: named.aggregate.is_apart(),
        };
        let (movement, why) = way.judge();
        let difference = less(is.index, was.index);
        let (by_pack, by_answers) = self.apart(id, &was, &is);
        let because = self.because(id, movement);
        let whole = if self.carried.is_some() {
            by_answers
        } else {
            difference
        };
        Some(ScoreChange {
            id: id.to_owned(),
            title: named.title.clone(),
            scope: self.scope(id),
            difference,
            value_difference: less(is.value, was.value),
            together: together(whole, &because),
            from: was,
            to: is,
            common,
            open,
            least: open.max(QUARTER_ANCHOR),
            movement,
            why,
            because,
            by_pack,
            by_answers,
        })
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
        let (from, to) = match &self.rescore.common {
            Common::AsTheyAre => (was.index, is.index),
            Common::Scored(from, to) => (from.index(id), to.index(id)),
            Common::Untold => return None,
        };
        Some(CommonChange {
            from,
            to,
            difference: less(to, from),
        })
    }

    /// How many points the answers that are open on one side alone still allow: the wider of the
    /// two ranges, without what is open on both.
    fn open(&self, id: &str, was: &ScorePoint, is: &ScorePoint) -> f64 {
        if self.from.open_below(id) == self.to.open_below(id) {
            return 0.0;
        }
        let width = |point: &ScorePoint| point.index_range.map_or(0.0, |one| one.high - one.low);
        let told = match &self.rescore.one_sided {
            Some((from, to)) => from.width(id).zip(to.width(id)),
            None => None,
        };
        let (from, to) = told.unwrap_or((width(was), width(is)));
        from.max(to)
    }

    /// What packs and what answers did, where the earlier answers were scored by the later packs.
    fn apart(&self, id: &str, was: &ScorePoint, is: &ScorePoint) -> (Option<f64>, Option<f64>) {
        let scores = self.carried.map(|carried| &carried.scores);
        let between = scores.and_then(|scores| scores.iter().find(|one| one.id == id));
        let between = between.and_then(|one| one.index);
        (less(between, was.index), less(is.index, between))
    }

    /// The answers that moved a score. Where answers can be scored again these are the ones that do
    /// something to it, else all that changed below it.
    fn because(&self, id: &str, movement: Movement) -> Vec<Share> {
        if movement == Movement::Same {
            return Vec::new();
        }
        let below = self.below(id);
        let share = |place: usize, index: Option<f64>| {
            let answer = self.answers.get(place)?;
            Some(Share {
                id: answer.id.clone(),
                label: answer.label.clone(),
                index,
            })
        };
        let told = |place: usize| {
            let answer = self.answers.get(place);
            answer.is_some_and(|one| below.contains(one.id.as_str()))
        };
        let mut shares: Vec<Share> = match &self.rescore.shares {
            Some(shares) => {
                let rows = shares.of(id).filter(|(place, index)| match index {
                    Some(index) => index.abs() >= DUST,
                    None => told(*place),
                });
                rows.filter_map(|(place, index)| share(place, index))
                    .collect()
            }
            None => Vec::new(),
        };
        if shares.is_empty() {
            let places = (0..self.answers.len()).filter(|place| told(*place));
            shares = places.filter_map(|place| share(place, None)).collect();
        }
        let size = |share: &Share| share.index.map_or(0.0, f64::abs);
        shares.sort_by(|a, b| size(b).total_cmp(&size(a)));
        shares
    }
}

/// What answers add to a score only together; nothing where that is not told of each.
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
