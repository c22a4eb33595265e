//! The answers to one question by role, and what may be shown of them.

use super::Merged;
use crate::answers::disclosure::{
    ChoiceCount, Comment, Estimate, GroupOutcome, GroupShare, RoleFigure, Spread, Support,
    ValueRange, gap, gives_away, hidden, is_cover, ordered, value_range,
};
use crate::answers::response::GroupRules;
use crate::answers::statistics::{FEWEST, answers, contested, rwg};
use crate::answers::tally::{quantile, weight};
use crate::answers::{Cell, GroupResult, RoleCount, Tally, is_asked};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Question};
use crate::rules::vocabulary::{Range, Role, State};

/// Everybody who answered, with the roles that are hidden in every table.
pub(super) struct People<'a> {
    tally: &'a Tally,
    rules: &'a GroupRules,
    /// The roles that answered, in their order, each with its number of people where that is shown.
    pub(super) roles: Vec<RoleCount>,
}

impl<'a> People<'a> {
    /// Hides roles that are too small, or that protect one, in every table: their number of people
    /// would follow from a table where they are not hidden.
    pub(super) fn new(tally: &'a Tally, rules: &'a GroupRules) -> Self {
        let minimum = rules.merged.minimum_group;
        let present = Role::ALL.map(|role| (role, tally.people_of(role)));
        let present = present.into_iter().filter(|(_, people)| *people > 0);
        let (names, sizes): (Vec<Role>, Vec<u32>) = present.unzip();
        let few = tally.people() < minimum;
        let small = names.iter().zip(&sizes);
        let small = small
            .map(|(role, people)| few || (*people < minimum && !rules.merged.waived.contains(role)))
            .collect();
        let hidden = hidden(&sizes, small, minimum);
        let counts = names.into_iter().zip(sizes).zip(hidden);
        let counts = counts.map(|((role, people), hidden)| RoleCount {
            role,
            people: (!hidden).then_some(people),
            weight: rules.weight(role),
        });
        Self {
            tally,
            rules,
            roles: counts.collect(),
        }
    }

    /// Returns true if there are fewer people than a group needs: then nothing is shown by role,
    /// and only what all of them say together is.
    pub(super) fn is_few(&self) -> bool {
        self.tally.people() < self.rules.merged.minimum_group
    }
}

/// The answers to one question by role, with who is hidden.
pub(super) struct RoleTable<'a> {
    people: &'a People<'a>,
    node: usize,
    question: &'a Question,
    /// The roles that the question is put to, of those that answered anything.
    groups: Vec<Group<'a>>,
    /// The worths an answer can have, where the question has a scale.
    scale: Option<ValueRange>,
}

/// The answers of one role.
struct Group<'a> {
    role: Role,
    cell: &'a Cell,
    /// Number of people who answered.
    size: u32,
    /// True if hidden for its size.
    small: bool,
    /// True if hidden: for its size, or because the others would give it away.
    hidden: bool,
}

impl<'a> RoleTable<'a> {
    pub(super) fn new(people: &'a People<'a>, asked: Asked<'a>) -> Self {
        let Asked {
            node,
            item,
            question,
        } = asked;
        let rules = &people.rules.merged;
        let cells = people.tally.cells(node);
        let cells = cells.filter(|(role, _)| is_asked(question, *role));
        let cells: Vec<(Role, &Cell)> = cells.collect();
        let rated = cells.iter().any(|(_, cell)| cell.rated > 0);
        let counted: fn(&Cell) -> u32 = if rated {
            |cell| cell.rated
        } else {
            |cell| cell.not_applicable
        };
        let sizes: Vec<u32> = cells.iter().map(|(_, cell)| counted(cell)).collect();
        let small = cells.iter().zip(&sizes).map(|((role, _), size)| {
            let few = (1..rules.minimum_group).contains(size) && !rules.waived.contains(role);
            let mut counts = people.roles.iter();
            few || counts.any(|one| one.role == *role && one.people.is_none())
        });
        let hidden = hidden(&sizes, small.collect(), rules.minimum_group);
        let groups = cells.into_iter().zip(sizes).zip(hidden);
        let groups = groups.map(|(((role, cell), size), hidden)| Group {
            role,
            cell,
            size,
            small: hidden,
            hidden,
        });
        let mut table = Self {
            people,
            node,
            question,
            groups: groups.collect(),
            scale: value_range(item, question),
        };
        if table.gives_away() || (table.is_vote() && table.hides()) {
            table.groups.iter_mut().for_each(|one| one.hidden = true);
        }
        table
    }

    /// The roles with their answers.
    pub(super) fn cells(&self) -> Vec<(Role, &'a Cell)> {
        self.groups.iter().map(|one| (one.role, one.cell)).collect()
    }

    /// Returns true if the merged answer is a choice and no mean. Together with the shares of some
    /// groups it would show how the others voted.
    fn is_vote(&self) -> bool {
        let several = self.question.kind == QuestionType::SelectMultiple;
        several || (self.scale.is_none() && !self.question.choices.is_empty())
    }

    fn gives_away(&self) -> bool {
        let parts = self.groups.iter().filter_map(|one| {
            Some(GroupShare {
                weight: weight(one.role, one.cell, self.people.rules),
                worth: one.cell.mean()?,
                hidden: one.hidden,
            })
        });
        let parts: Vec<GroupShare> = parts.collect();
        let shown = parts.iter().any(|part| !part.hidden);
        self.scale
            .is_some_and(|scale| shown && gives_away(&parts, scale))
    }

    fn hides(&self) -> bool {
        self.groups.iter().any(|one| one.hidden)
    }

    /// Returns true if so few people answered that the merged answer would be that of one hidden
    /// group.
    pub(super) fn is_closed(&self) -> bool {
        let groups = self.groups.iter().filter(|one| one.size > 0).count();
        if self.people.is_few() {
            return groups == 1 && self.people.roles.len() > 1;
        }
        let parts = self.groups.iter().map(|one| (one.size, one.hidden));
        let (sizes, hidden): (Vec<u32>, Vec<bool>) = parts.unzip();
        let minimum = self.people.rules.merged.minimum_group;
        groups > 0 && self.hides() && !is_cover(&sizes, &hidden, minimum)
    }

    /// The answer as it may be shown; `None` where no respondent answered.
    pub(super) fn answer(&self, merged: &Merged) -> Option<GroupResult> {
        if self.is_closed() {
            return Some(GroupResult {
                roles: self.roles(true),
                outcome: GroupOutcome::Closed,
                ..GroupResult::default()
            });
        }
        if merged.state == State::Missing {
            return None;
        }
        let rated = !merged.split && merged.state == State::Rated;
        let roles = if rated { self.roles(false) } else { Vec::new() };
        let gap = gap(self.scale, &roles);
        let agreement = self.agreement();
        let heard = self.open().map(|cell| cell.rated).sum();
        Some(GroupResult {
            people: (!self.hides()).then(|| self.groups.iter().map(|one| one.size).sum()),
            roles,
            beyond: None,
            gap,
            spread: self.spread(),
            estimate: (rated && self.question.kind.is_number()).then(|| self.estimate()),
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

    /// One entry per role, where answers have a scale; each of them hidden where the question is
    /// closed.
    fn roles(&self, closed: bool) -> Vec<RoleFigure> {
        let groups = self.groups.iter().filter(|_| self.scale.is_some());
        let figures = groups.map(|one| {
            let hidden = closed || one.hidden;
            let mean = one.cell.mean().filter(|_| !hidden);
            RoleFigure::on_question(one.role, mean.map(|worth| (one.size, worth)), hidden)
        });
        figures.collect()
    }

    /// The groups that are large enough, or where none is, all of them together. The agreement of a
    /// small group with one that is shown would give away its answers.
    fn open(&self) -> impl Iterator<Item = &'a Cell> {
        let some = self.groups.iter().any(|one| one.size > 0 && !one.small);
        let groups = self.groups.iter().filter(move |one| !some || !one.small);
        groups.map(|one| one.cell)
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
        let shown = self.groups.iter().any(|one| !one.hidden);
        let choices = self.question.choices.iter().zip(&counts);
        let counted = choices.map(|(choice, count)| ChoiceCount {
            value: choice.value.clone(),
            count: *count,
        });
        (shown && counts.iter().any(|count| *count > 0)).then(|| Spread {
            people: self.open().map(|cell| cell.rated).sum(),
            agreement: self.agreement(),
            counts: counted.collect(),
        })
    }

    /// The middle half, of twice the minimum of people and only where no group is hidden: with the
    /// median over everybody it would give away a hidden one.
    fn estimate(&self) -> Estimate {
        let rules = self.people.rules;
        let people: u32 = self.groups.iter().map(|one| one.size).sum();
        let enough = !self.hides() && people >= rules.merged.minimum_group * 2;
        let at = |share| quantile(self.question.kind, &self.cells(), rules, share);
        let middle = enough.then(|| at(0.25).zip(at(0.75))).flatten();
        Estimate {
            middle: middle.map(|(low, high)| Range { low, high }),
        }
    }

    fn comments(&self) -> Vec<Comment> {
        let shown = self.groups.iter().filter(|one| one.size > 0 && !one.hidden);
        let texts = shown.flat_map(|Group { role, .. }| {
            let texts = self.people.tally.comments.get(&(self.node, *role));
            texts.into_iter().flatten().map(|text| Comment {
                role: *role,
                text: text.clone(),
            })
        });
        let mut list: Vec<Comment> = texts.collect();
        list.sort_unstable();
        list
    }

    pub(super) fn support(&self) -> Support {
        let heard = |role: Role| {
            let mut groups = self.groups.iter();
            groups.any(|one| one.role == role && one.cell.rated > 0)
        };
        let agreed = ordered(self.question, &self.counts());
        let agreed = agreed.filter(|counts| answers(counts) >= FEWEST);
        Support {
            people: self.groups.iter().map(|one| one.cell.rated).sum(),
            roles: Role::ALL.map(heard),
            agreement: agreed.as_deref().and_then(rwg),
        }
    }
}
