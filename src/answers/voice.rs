//! Answers of the groups that count to one question, as results show them.

use super::disclosure::{Support, gap, ordered, value_range};
use super::group::{ChoiceCount, Comment, Estimate, GroupOutcome, GroupResult, RoleFigure, Spread};
use super::merged::Merged;
use super::statistics::{FEWEST, answers, contested, rwg};
use super::tally::{Ballot, quantile};
use crate::rules::rulebook::{Asked, Question};
use crate::rules::vocabulary::{Range, State};

impl Ballot {
    /// The answer of the groups; `None` where nobody who counts gave one.
    pub(super) fn result(
        &self,
        asked: Asked<'_>,
        merged: &Merged,
        minimum: u32,
    ) -> Option<GroupResult> {
        let Asked { item, question, .. } = asked;
        let scale = value_range(item, question);
        let scaled = || {
            if scale.is_some() {
                self.roles()
            } else {
                Vec::new()
            }
        };
        let Some(state) = self.state else {
            return Some(GroupResult {
                roles: scaled(),
                outcome: GroupOutcome::Closed,
                ..GroupResult::default()
            });
        };
        if state == State::Missing {
            return None;
        }
        let rated = !merged.split && state == State::Rated;
        let roles = if rated { scaled() } else { Vec::new() };
        let gap = gap(scale, &roles);
        let people = self.people();
        let agreement = self.agreement(question);
        let number = rated && question.kind.is_number();
        Some(GroupResult {
            people: (state == State::Rated).then_some(people),
            roles,
            beyond: None,
            gap,
            spread: self.spread(question),
            estimate: number.then(|| self.estimate(question, minimum)),
            contested: merged.split || contested(people, agreement, gap),
            mixed: self.mixed,
            outcome: if merged.split {
                GroupOutcome::Split
            } else {
                GroupOutcome::Merged
            },
            comments: self.comments(),
        })
    }

    /// One entry per group it is put to.
    fn roles(&self) -> Vec<RoleFigure> {
        let rated = self.rated.iter().map(|one| {
            let mean = (one.cell.rated, one.cell.mean());
            RoleFigure::on_question(one.group, Some(mean), false)
        });
        let unrated = self
            .unrated
            .iter()
            .map(|(group, people)| RoleFigure::on_question(*group, None, people.is_none()));
        let mut roles: Vec<RoleFigure> = rated.chain(unrated).collect();
        roles.sort_by_key(|one| one.role);
        roles
    }

    /// Number of people who rated it.
    fn people(&self) -> u32 {
        self.rated.iter().map(|one| one.cell.rated).sum()
    }

    /// Number of people who took each choice.
    fn counts(&self, question: &Question) -> Vec<u32> {
        let mut all = vec![0; question.choices.len()];
        for one in &self.rated {
            for (count, more) in all.iter_mut().zip(&one.cell.counts) {
                *count += more;
            }
        }
        all
    }

    fn agreement(&self, question: &Question) -> Option<f64> {
        ordered(question, &self.counts(question)).and_then(|counts| rwg(&counts))
    }

    fn spread(&self, question: &Question) -> Option<Spread> {
        let counts = self.counts(question);
        let choices = question.choices.iter().zip(&counts);
        let counted = choices.map(|(choice, count)| ChoiceCount {
            value: choice.value.clone(),
            count: *count,
        });
        counts.iter().any(|count| *count > 0).then(|| Spread {
            people: self.people(),
            agreement: self.agreement(question),
            counts: counted.collect(),
        })
    }

    /// The middle half, of twice the minimum of people.
    fn estimate(&self, question: &Question, minimum: u32) -> Estimate {
        let at = |share| quantile(question.kind, &self.rated, share);
        let enough = self.people() >= minimum * 2;
        let middle = enough.then(|| at(0.25).zip(at(0.75))).flatten();
        Estimate {
            middle: middle.map(|(low, high)| Range { low, high }),
        }
    }

    fn comments(&self) -> Vec<Comment> {
        let texts = self.rated.iter().flat_map(|one| {
            one.comments.iter().map(|text| Comment {
                role: one.group,
                text: text.clone(),
            })
        });
        texts.collect()
    }

    /// The people behind the answer.
    pub(super) fn support(&self, question: &Question) -> Support {
        let agreed = ordered(question, &self.counts(question));
        let agreed = agreed.filter(|counts| answers(counts) >= FEWEST);
        Support {
            people: self.people(),
            groups: self.rated.iter().map(|one| one.group).collect(),
            agreement: agreed.as_deref().and_then(rwg),
        }
    }
}
