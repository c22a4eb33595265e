//! One answer, with the notes written to it.

use super::target::{Baseline, Phase};
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use jiff::civil::Date;

/// One answer as an evaluation reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// State of the question.
    pub state: State,
    /// Worth as claimed.
    pub claimed: f64,
    /// Worth as counted: the claim, limited by its evidence where the basis asks for evidence.
    pub counted: f64,
    /// Worth once the target is reached; as counted where there is none.
    pub target: f64,
    /// The set of choices.
    pub chosen: u64,
    /// The set of choices once the target is reached; as chosen where there is none.
    pub aimed: u64,
}

impl Answer {
    /// No answer yet.
    pub const MISSING: Self = Self {
        state: State::Missing,
        claimed: f64::NAN,
        counted: f64::NAN,
        target: f64::NAN,
        chosen: 0,
        aimed: 0,
    };

    /// An answer of this worth, with this set of choices.
    #[must_use]
    pub fn rated(worth: f64, chosen: u64) -> Self {
        Self {
            state: State::Rated,
            claimed: worth,
            counted: worth,
            target: worth,
            chosen,
            aimed: chosen,
        }
    }

    /// An answer without a worth.
    #[must_use]
    pub(crate) fn of_state(state: State) -> Self {
        Self {
            state,
            ..Self::MISSING
        }
    }
}

/// Everything written with an answer. All of it is data from whoever typed it, never markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswerNotes {
    /// The answer as written, for text and numbers.
    pub text: Option<String>,
    /// Number of people counted, where the answer is a share of them.
    pub of: Option<u32>,
    /// A note.
    pub note: Option<String>,
    /// Reason why the question does not apply.
    pub reason: Option<String>,
    /// Grade of the evidence.
    pub grade: Grade,
    /// The evidence.
    pub evidence: Option<String>,
    /// Link to the evidence.
    pub link: Option<String>,
    /// The rating aimed at, of a choice its score: that of the last phase.
    pub target: Option<f64>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Due date: that of the last phase.
    pub due: Option<Date>,
    /// Every target on the way, in order; one where only one is set.
    pub phases: Vec<Phase>,
    /// Worth at the start.
    pub baseline: Option<Baseline>,
    /// The agreement on it, where there is one.
    pub agreed: Option<Box<Agreed>>,
}

/// An answer that a workshop agreed on.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    /// Reason for this value.
    pub reason: String,
    /// Day of the agreement.
    pub on: Option<Date>,
    /// Worth of the answer before; `None` where it had no worth.
    pub raw: Option<f64>,
}

impl Agreed {
    /// Returns the worth before, where the agreed value is worth something else.
    #[must_use]
    pub fn over(&self, worth: f64) -> Option<f64> {
        let differs = |raw: &f64| (raw - worth).abs() > TOLERANCE;
        self.raw.filter(differs)
    }
}
