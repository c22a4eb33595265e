//! Why the value over everybody lies above, or below, what every shown role says.

use super::build::Build;
use super::{Beyond, BeyondReason, RoleFigure};
use crate::answers::panel::RoleAnswer;
use crate::rules::pack::file::QuestionType;
use crate::rules::reading::Reading;
use crate::text::number::round;
use std::collections::BTreeSet;

impl Build<'_> {
    /// Of a question; `None` where its value lies among those of the roles that are shown.
    pub(super) fn beyond_answers(&self, node: usize, reading: &Reading) -> Option<Beyond> {
        let voice = self.answers.panel()?.answer(node)?;
        let roles = voice.roles.iter().filter_map(|(_, shown)| shown.worth());
        let above = outside(reading.value, roles, 1).filter(|_| reading.is_rated())?;
        let reasons = self.reasons(node, reading);
        Some(Beyond::new(above, reasons))
    }

    /// Of a score, by the index that is printed.
    pub(super) fn beyond_roles(&self, node: usize, reading: &Reading) -> Option<Beyond> {
        let roles = self.role_scores(node);
        let index = reading.index(reading.value);
        let shown = roles.iter().filter_map(|one| one.index);
        let above = outside(index, shown, 0).filter(|_| reading.is_rated())?;
        let below = self.rulebook.program.questions_of(node);
        let rated = below.iter().filter_map(|question| {
            let reading = self.evaluation.readings.get(*question)?;
            reading.is_rated().then_some((*question, reading))
        });
        let rated: Vec<(usize, &Reading)> = rated.collect();
        let mut reasons: BTreeSet<BeyondReason> = BTreeSet::new();
        for (question, reading) in &rated {
            reasons.extend(self.reasons(*question, reading));
        }
        let whole = |one: &RoleFigure| one.hidden || one.questions >= rated.len();
        if !roles.iter().all(whole) {
            reasons.insert(BeyondReason::Asked);
        }
        Some(Beyond::new(above, reasons))
    }

    /// What parts a question's value from the answers of the roles that are shown.
    fn reasons(&self, node: usize, reading: &Reading) -> BTreeSet<BeyondReason> {
        let voice = self.answers.panel().and_then(|panel| panel.answer(node));
        let item = self.rulebook.item(node);
        let several = item
            .and_then(|item| item.kind.question())
            .is_some_and(|question| question.kind == QuestionType::SelectMultiple);
        let given = self.answers.answers().get(node);
        let claimed = given.map_or(reading.value, |given| given.claimed);
        let hidden = |one: &(_, RoleAnswer)| one.1 == RoleAnswer::Hidden;
        let agreed = self.replaces(node).is_some();
        let found = [
            (agreed, BeyondReason::Agreed),
            (
                claimed.total_cmp(&reading.value).is_ne(),
                BeyondReason::Evidence,
            ),
            (voice.is_none(), BeyondReason::Assessor),
            (several && voice.is_some() && !agreed, BeyondReason::Choices),
            (
                voice.is_some_and(|voice| voice.roles.iter().any(hidden)) && !agreed,
                BeyondReason::Hidden,
            ),
        ];
        let found = found.into_iter().filter(|(holds, _)| *holds);
        found.map(|(_, reason)| reason).collect()
    }
}

/// Whether a value lies above (`true`) or below all of these, as they are printed.
fn outside(value: f64, roles: impl Iterator<Item = f64>, digits: u8) -> Option<bool> {
    let roles: Vec<f64> = roles.map(|one| round(one, digits)).collect();
    let value = round(value, digits);
    let most = roles.iter().copied().reduce(f64::max)?;
    let least = roles.iter().copied().reduce(f64::min)?;
    let dust = 1e-6;
    if value > most + dust {
        Some(true)
    } else {
        (value < least - dust).then_some(false)
    }
}
