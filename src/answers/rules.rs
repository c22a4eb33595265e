//! Rules by which the answers of several people become one, checked.

use super::check::Checker;
use super::file::RespondentsFile;
use super::panel::hide::{DEFAULT_MINIMUM, LOWEST_MINIMUM};
use crate::message;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;

/// Rules by which the answers of several people become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupRules {
    weights: [f64; Role::ALL.len()],
    waived: [bool; Role::ALL.len()],
    /// True if everybody weighs the same, whatever the role.
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
    /// Weight of the mean of a role, above 0.
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
        for (role, weight) in weights {
            if let Some(slot) = self.weights.get_mut(role as usize) {
                *slot = weight;
            }
        }
        for role in Role::ALL {
            if let Some(slot) = self.waived.get_mut(role as usize) {
                *slot |= waived.contains(&role);
            }
        }
        self
    }

    /// Returns true if a role agreed to be shown however few they are.
    #[must_use]
    pub fn waives(&self, role: Role) -> bool {
        self.waived.get(role as usize).copied().unwrap_or(false)
    }

    /// Checks the rules of an assessment; what is refused keeps its default.
    pub(super) fn check(file: Option<&RespondentsFile>, checker: &mut Checker<'_>) -> Self {
        let Some(file) = file else {
            return Self::default();
        };
        let mut weights = Vec::new();
        for (name, weight) in &file.weights {
            match role_weight(name, weight) {
                Ok(weight) => weights.push(weight),
                Err(problem) => checker.refuse(problem),
            }
        }
        let waived: Vec<Role> = file.waived.iter().map(|role| role.value).collect();
        let minimum = file.minimum_group.as_ref();
        if let Some(small) = minimum.filter(|one| one.value < LOWEST_MINIMUM) {
            let message = message!("a-group-of-protects-nobody", small = small.value);
            let problem = Diagnostic::error(Code::GroupTooSmall, message).at(small.place);
            checker.refuse(problem.help(message!(
                "the-lowest-minimum-is-roles-that-agreed-to-be-shown"
            )));
        }
        Self {
            pooled: file.pooled,
            minimum: minimum.map_or(DEFAULT_MINIMUM, |one| one.value.max(LOWEST_MINIMUM)),
            ..Self::default().with(weights.into_iter(), &waived)
        }
    }
}

fn role_weight(name: &Located<String>, weight: &Located<f64>) -> Result<(Role, f64), Diagnostic> {
    let names = || Role::ALL.iter().map(|role| role.name());
    let role = Role::ALL.into_iter().find(|role| role.name() == name.value);
    let role = role.ok_or_else(|| {
        let help = suggestion(
            nearest(&name.value, names()),
            message!("the-roles-are-leadership-management-frontline-backoffice"),
        );
        let message = message!("there-is-no-role", value = name.value);
        let problem = Diagnostic::error(Code::UnknownValue, message);
        problem.at(name.place).help(help)
    })?;
    if weight.value.is_finite() && weight.value > 0.0 {
        return Ok((role, weight.value));
    }
    let message = message!("the-weight-of-a-role-is-above-not", weight = weight.value);
    let problem = Diagnostic::error(Code::OutOfRange, message).at(weight.place);
    Err(problem.help(message!("to-leave-a-role-out-take-its")))
}
