//! The answers to one question by role, and what may be shown of them.

use super::value::{Merged, is_number, quantile, weight};
use crate::answers::agreement::{FEWEST, answers, contested, rwg};
use crate::answers::panel::hide::{GroupShare, ValueRange, complemented, gives_away, is_cover};
use crate::answers::panel::{
    Comment, Estimate, GroupAnswer, GroupOutcome, RoleAnswer, Spread, Support, gap, ordered,
    value_range,
};
use crate::answers::response::is_asked;
use crate::answers::rules::GroupRules;
use crate::answers::tally::{Cell, Tally};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;

/// Everybody who answered, with the roles that are hidden in every table.
pub(super) struct People<'a> {
    pub(super) tally: &'a Tally,
    pub(super) rules: GroupRules,
    /// The roles that answered, in their order; true if hidden.
    all: Vec<(Role, bool)>,
}

impl<'a> People<'a> {
    /// Hides roles that are too small, or that protect one, in every table: their number of people
    /// would follow from a table where they are not hidden.
    pub(super) fn new(tally: &'a Tally, rules: GroupRules) -> Self {
        let present: Vec<(Role, u32)> = Role::ALL
            .into_iter()
            .map(|role| (role, tally.people_of(role)))
            .filter(|(_, people)| *people > 0)
            .collect();
        let few = tally.people() < rules.minimum;
        let small =
            |(role, people): &(Role, u32)| few || (*people < rules.minimum && !rules.waives(*role));
        let sizes: Vec<u32> = present.iter().map(|(_, people)| *people).collect();
        let hidden = complemented(&sizes, present.iter().map(small).collect(), rules.minimum);
        let names = present.iter().map(|(role, _)| *role);
        Self {
            tally,
            rules,
            all: names.zip(hidden).collect(),
        }
    }

    /// The roles that answered, each with its number of people where that is shown.
    pub(super) fn roles(&self) -> Vec<(Role, Option<u32>)> {
        let people =
            |(role, hidden): &(Role, bool)| (*role, (!hidden).then(|| self.tally.people_of(*role)));
        self.all.iter().map(people).collect()
    }

    pub(super) fn hides(&self, role: Role) -> bool {
        self.all.contains(&(role, true))
    }

    /// Returns true if more than one role answered.
    pub(super) fn is_mixed(&self) -> bool {
        self.all.len() > 1
    }

    /// Returns true if there are fewer people than a group needs: then nothing is shown by role,
    /// and only what all of them say together is.
    pub(super) fn is_few(&self) -> bool {
        self.tally.people() < self.rules.minimum
    }
}

/// The answers to one question by role, with who is hidden.
pub(super) struct Table<'a> {
    people: &'a People<'a>,
    node: usize,
    question: &'a Question,
    /// The roles that the question is put to, of those that answered anything.
    pub(super) cells: Vec<(Role, &'a Cell)>,
    /// Number of people of each role who answered.
    sizes: Vec<u32>,
    /// Groups hidden for their sizes.
    small: Vec<bool>,
    /// Groups that are hidden: those, or all where the others would give them away.
    hidden: Vec<bool>,
    /// The worths an answer can have, where the question has a scale.
    scale: Option<ValueRange>,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        people: &'a People<'a>,
        node: usize,
        item: &Item,
        question: &'a Question,
    ) -> Self {
        let cells = people.tally.cells(node);
        let cells: Vec<_> = cells
            .filter(|(role, _)| is_asked(question, *role))
            .collect();
        let rated = cells.iter().any(|(_, cell)| cell.rated > 0);
        let size = |cell: &Cell| {
            if rated {
                cell.rated
            } else {
                cell.not_applicable
            }
        };
        let sizes: Vec<u32> = cells.iter().map(|(_, cell)| size(cell)).collect();
        let rules = &people.rules;
        let small = cells.iter().zip(&sizes).map(|((role, _), size)| {
            let few = (1..rules.minimum).contains(size) && !rules.waives(*role);
            few || people.hides(*role)
        });
        let hidden = complemented(&sizes, small.collect(), rules.minimum);
        let mut table = Self {
            people,
            node,
            question,
            cells,
            sizes,
            small: hidden.clone(),
            hidden,
            scale: value_range(item, question),
        };
        if table.gives_away() || (table.is_vote() && table.hides()) {
            table.hidden.fill(true);
        }
        table
    }

    /// Returns true if the merged answer is a choice and no mean. Together with the shares of some
    /// groups it would show how the others voted.
    fn is_vote(&self) -> bool {
        let several = self.question.kind == QuestionType::SelectMultiple;
        several || (self.scale.is_none() && !self.question.choices.is_empty())
    }

    fn gives_away(&self) -> bool {
        let Some(scale) = self.scale else {
            return false;
        };
        let parts = self.cells.iter().zip(&self.hidden);
        let part = |((role, cell), hidden): (&(Role, &Cell), &bool)| {
            Some(GroupShare {
                weight: weight(*role, cell, &self.people.rules),
                worth: cell.mean()?,
                hidden: *hidden,
            })
        };
        let parts: Vec<GroupShare> = parts.filter_map(part).collect();
        parts.iter().any(|part| !part.hidden) && gives_away(&parts, scale)
    }

    fn hides(&self) -> bool {
        self.hidden.contains(&true)
    }

    /// Returns true if so few people answered that the merged answer would be that of one hidden
    /// group.
    pub(super) fn is_closed(&self) -> bool {
        let groups = self.sizes.iter().filter(|size| **size > 0).count();
        if self.people.is_few() {
            return groups == 1 && self.people.is_mixed();
        }
        let covered = is_cover(&self.sizes, &self.hidden, self.people.rules.minimum);
        groups > 0 && self.hides() && !covered
    }

    /// The answer as it may be shown; `None` where no respondent answered.
    pub(super) fn answer(&self, merged: &Merged) -> Option<GroupAnswer> {
        if self.is_closed() {
            return Some(GroupAnswer {
                roles: self.roles(|_, _, _| RoleAnswer::Hidden),
                outcome: GroupOutcome::Closed,
                ..GroupAnswer::default()
            });
        }
        if merged.state == State::Missing {
            return None;
        }
        let rated = !merged.split && merged.state == State::Rated;
        let roles = if rated { self.roles(shown) } else { Vec::new() };
        let gap = gap(self.scale, &roles);
        let agreement = self.agreement();
        let heard = self.open().map(|cell| cell.rated).sum();
        Some(GroupAnswer {
            people: (!self.hides()).then(|| self.sizes.iter().sum()),
            roles,
            gap,
            spread: self.spread(),
            estimate: (rated && is_number(self.question.kind)).then(|| self.estimate()),
            contested: merged.split || contested(heard, agreement, gap),
            mixed: merged.mixed && self.open().any(|cell| cell.not_applicable > 0),
            outcome: if merged.split {
                GroupOutcome::Split
            } else {
                GroupOutcome::Merged
            },
            comments: self.comments(),
        })
    }

    /// One entry per role, where answers have a scale.
    fn roles(&self, show: fn(&Cell, u32, bool) -> RoleAnswer) -> Vec<(Role, RoleAnswer)> {
        let rows = self.cells.iter().zip(&self.sizes).zip(&self.hidden);
        let rows = rows.filter(|_| self.scale.is_some());
        rows.map(|(((role, cell), size), hidden)| (*role, show(cell, *size, *hidden)))
            .collect()
    }

    /// The groups that are large enough, or where none is, all of them together. The agreement of a
    /// small group with one that is shown would give away its answers.
    fn open(&self) -> impl Iterator<Item = &'a Cell> {
        let large = |(size, small): (&u32, &bool)| *size > 0 && !*small;
        let some = self.sizes.iter().zip(&self.small).any(large);
        let rows = self.cells.iter().zip(&self.small);
        let rows = rows.filter(move |(_, small)| !some || !**small);
        rows.map(|((_, cell), _)| *cell)
    }

    /// Number of people who took each choice.
    fn counts(&self) -> Vec<u32> {
        let mut all = vec![0; self.question.choices.len()];
        for cell in self.open() {
            for (count, more) in all.iter_mut().zip(&cell.counts) {
                *count += more;
            }
        }
        all
    }

    fn agreement(&self) -> Option<f64> {
        ordered(self.question, &self.counts()).and_then(|counts| rwg(&counts))
    }

    /// The spread of the groups that are shown.
    fn spread(&self) -> Option<Spread> {
        let counts = self.counts();
        let shown = self.hidden.contains(&false) && counts.iter().any(|count| *count > 0);
        shown.then(|| Spread {
            people: self.open().map(|cell| cell.rated).sum(),
            agreement: self.agreement(),
            counts,
        })
    }

    /// The middle half, of twice the minimum of people and only where no group is hidden: with the
    /// median over everybody it would give away a hidden one.
    fn estimate(&self) -> Estimate {
        let rules = &self.people.rules;
        let people: u32 = self.sizes.iter().sum();
        let enough = !self.hides() && people >= rules.minimum * 2;
        let at = |share| quantile(self.question.kind, &self.cells, rules, share);
        Estimate {
            middle: enough.then(|| at(0.25).zip(at(0.75))).flatten(),
        }
    }

    fn comments(&self) -> Vec<Comment> {
        let mut list = Vec::new();
        let rows = self.cells.iter().zip(&self.sizes).zip(&self.hidden);
        for (((role, _), _), _) in rows.filter(|((_, size), hidden)| **size > 0 && !**hidden) {
            let texts = self.people.tally.comments.get(&(self.node, *role));
            list.extend(texts.into_iter().flatten().map(|text| Comment {
                role: *role,
                text: text.clone(),
            }));
        }
        list.sort_unstable();
        list
    }

    pub(super) fn support(&self) -> Support {
        let mut support = Support {
            people: self.cells.iter().map(|(_, cell)| cell.rated).sum(),
            ..Support::default()
        };
        for (role, _) in self.cells.iter().filter(|(_, cell)| cell.rated > 0) {
            if let Some(slot) = support.roles.get_mut(*role as usize) {
                *slot = true;
            }
        }
        let agreed = ordered(self.question, &self.counts());
        let agreed = agreed.filter(|counts| answers(counts) >= FEWEST);
        support.agreement = agreed.as_deref().and_then(rwg);
        support
    }
}

fn shown(cell: &Cell, size: u32, hidden: bool) -> RoleAnswer {
    match cell.mean() {
        _ if hidden => RoleAnswer::Hidden,
        Some(worth) => RoleAnswer::Mean {
            people: size,
            worth,
        },
        None => RoleAnswer::Nobody,
    }
}
