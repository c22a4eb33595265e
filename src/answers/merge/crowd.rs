//! Everybody who answered, before a question is looked at.

use crate::answers::panel::hide::complemented;
use crate::answers::rules::GroupRules;
use crate::answers::tally::Tally;
use crate::rules::vocabulary::Role;

/// Everybody who answered, with the roles that are hidden throughout.
pub(super) struct Crowd<'a> {
    pub(super) tally: &'a Tally,
    pub(super) rules: GroupRules,
    /// The roles that answered, in their order, and whether each is hidden.
    all: Vec<(Role, bool)>,
}

impl<'a> Crowd<'a> {
    /// A role that is too small, or that protects one, is hidden in every table: its number would
    /// follow from one where it is not.
    pub(super) fn new(tally: &'a Tally, rules: GroupRules) -> Self {
        let present = Role::ALL.into_iter();
        let present: Vec<(Role, u32)> = present
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

    /// Whether a question could have been answered by more than one role.
    pub(super) fn is_mixed(&self) -> bool {
        self.all.len() > 1
    }

    /// Whether there are fewer people than a group needs: then nothing is told by role, and what
    /// all of them say together is.
    pub(super) fn is_few(&self) -> bool {
        self.tally.people() < self.rules.minimum
    }
}
