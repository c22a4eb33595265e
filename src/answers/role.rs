//! The answers as one role sees them.

use super::panel::Shown;
use super::{Answer, Answers};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Role;

impl Answers {
    /// The answers with what may be shown of a role instead of what everybody says; facts, which
    /// nobody rates, stay as they are. With another role beside it, only questions on which both
    /// are shown are answered. `None` where nothing is shown of the role at all.
    ///
    /// A role's figures rest on what people said, never on evidence.
    pub(crate) fn as_seen_by(
        &self,
        rulebook: &Rulebook,
        role: Role,
        beside: Option<Role>,
    ) -> Option<Self> {
        let panel = self.panel().filter(|panel| panel.shows(role))?;
        let mut answers = self.clone();
        let rows = answers.given.iter_mut().zip(rulebook.items.iter());
        for (node, (given, _)) in rows.enumerate() {
            let roles = panel.voice(node).map_or(&[][..], |voice| &voice.roles);
            if roles.is_empty() {
                continue;
            }
            let shown = |wanted: Role| {
                let found = roles.iter().find(|(one, _)| *one == wanted);
                found.map_or(Shown::Nobody, |(_, shown)| *shown).worth()
            };
            let both = beside.is_none_or(|other| shown(other).is_some());
            *given = match shown(role).filter(|_| both) {
                Some(worth) => Answer::rated(worth, given.chosen),
                None => Answer::MISSING,
            };
        }
        Some(answers.settled())
    }
}
