//! Who takes a step, and by when.

use crate::answers::Answers;
use crate::text::number::TOLERANCE;

/// What the answers say of who takes a step.
#[derive(Debug, Default)]
pub(crate) struct Owner {
    pub(crate) role: Option<String>,
    /// `2027-03-31`.
    pub(crate) due: Option<String>,
}

/// The owner that the answers give for a target which a step to this worth does not go beyond, of
/// several phases the first that reaches so far; and its day, where the step reaches it.
pub(crate) fn owner(answers: &Answers, question: usize, worth: f64) -> Owner {
    let Some(remark) = answers.notes().get(question) else {
        return Owner::default();
    };
    let mut phases = remark.phases.iter();
    let phase = phases.find(|phase| phase.worth >= worth - TOLERANCE);
    phase.map_or_else(Owner::default, |phase| Owner {
        role: remark.owner.clone(),
        due: phase
            .due
            .filter(|_| phase.worth <= worth + TOLERANCE)
            .map(|day| day.to_string()),
    })
}
