//! How the answers of several people become one: the rules of an assessment, checked.

use super::check::Desk;
use super::file::RespondentsFile;
use super::panel::hide::{DEFAULT_MINIMUM, LOWEST_MINIMUM};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};

/// How the answers of several people become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupRules {
    weights: [f64; Role::ALL.len()],
    waived: [bool; Role::ALL.len()],
    /// Everybody weighs the same, whatever the role.
    pub pooled: bool,
    /// The fewest people a role needs before anything is shown of it, 3 or more.
    pub minimum: u32,
}

impl Default for GroupRules {
    fn default() -> Self {
        Self {
            weights: [1.0; Role::ALL.len()],
            waived: [false; Role::ALL.len()],
            pooled: false,
            minimum: DEFAULT_MINIMUM,
        }
    }
}

impl GroupRules {
    /// How much the mean of a role weighs, above 0.
    #[must_use]
    pub fn weight(&self, role: Role) -> f64 {
        self.weights.get(role as usize).copied().unwrap_or(1.0)
    }

    /// The same rules with the weights of roles, and with the roles that waived the minimum.
    pub(crate) fn with(
        mut self,
        weights: impl Iterator<Item = (Role, f64)>,
        waived: &[Role],
    ) -> Self {
        weights.for_each(|(role, weight)| self.weigh(role, weight));
        for role in waived {
            self.waive(*role);
        }
        self
    }

    fn weigh(&mut self, role: Role, weight: f64) {
        if let Some(slot) = self.weights.get_mut(role as usize) {
            *slot = weight;
        }
    }

    fn waive(&mut self, role: Role) {
        if let Some(slot) = self.waived.get_mut(role as usize) {
            *slot = true;
        }
    }

    /// Whether a role agreed to be shown however few they are.
    #[must_use]
    pub fn waives(&self, role: Role) -> bool {
        self.waived.get(role as usize).copied().unwrap_or(false)
    }
}

impl Desk<'_> {
    pub(super) fn rules(&mut self, file: Option<&RespondentsFile>) -> GroupRules {
        let mut rules = GroupRules::default();
        let Some(file) = file else { return rules };
        rules.pooled = file.pooled;
        for (name, weight) in &file.weights {
            let role = Role::ALL.into_iter().find(|role| role.name() == name.value);
            let Some(role) = role else {
                let names = || Role::ALL.iter().map(|role| role.name());
                let help = suggestion(
                    nearest(&name.value, names()),
                    "the roles are leadership, management, frontline, backoffice and customer",
                );
                let message = format!("there is no role `{}`", name.value);
                self.refuse(
                    Diagnostic::error(Code::UnknownValue, message)
                        .at(name.place)
                        .help(help),
                );
                continue;
            };
            if !weight.value.is_finite() || weight.value <= 0.0 {
                let message = format!("the weight of a role is above 0, not `{}`", weight.value);
                self.refuse(
                    Diagnostic::error(Code::OutOfRange, message)
                        .at(weight.place)
                        .help("to leave a role out, take its responses out of the folder"),
                );
                continue;
            }
            rules.weigh(role, weight.value);
        }
        for role in &file.waived {
            rules.waive(role.value);
        }
        if let Some(minimum) = &file.minimum_group {
            if minimum.value < LOWEST_MINIMUM {
                let message = format!("a group of {} protects nobody", minimum.value);
                self.refuse(Diagnostic::error(Code::GroupTooSmall, message).at(minimum.place).help("the lowest minimum is 3; roles that agreed to be shown go under `waived`"));
            }
            rules.minimum = minimum.value.max(LOWEST_MINIMUM);
        }
        rules
    }
}
