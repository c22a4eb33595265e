//! Rule packs as written, and the rulebook as valid.
//!
//! Comes in: the files of packs. Goes out: a rulebook whose items are known by index, with its
//! conditions, tables and metrics proven. Imports `text`.
//!
//! Conditions test a [`Reading`], the result of an evaluation for one item.

pub(crate) mod condition;
mod link;
pub(crate) mod metric;
pub mod pack;
pub mod rulebook;
pub mod vocabulary;
pub use condition::*;
pub(crate) use link::is_weight;
pub use metric::*;

use crate::text::number::TOLERANCE;
use rulebook::Domain;
use vocabulary::State;

/// The share of applicable weight that must be rated before a score carries a verdict.
///
/// From the scoring rules of this project: below it a score is shown, and decides nothing.
pub const VERDICT_COVERAGE: f64 = 0.70;

/// The reading of one question, score, decision or ladder.
///
/// Numbers are in the item's own unit; an unrated item has a `value` of NaN, which no test passes.
/// Sets (`held`, `sure`, `possible`) are bit masks over choices, outcomes or levels in their order.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the item"
)]
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Value from the answers given; NaN where there is none.
    pub value: f64,
    /// Lowest value that open answers still allow.
    pub low: f64,
    /// Highest value that open answers still allow.
    pub high: f64,
    /// Least possible value, over the parts that apply.
    pub least: f64,
    /// Most possible value, over the parts that apply.
    pub most: f64,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Choices, outcomes or levels that hold.
    pub held: u64,
    /// Those that hold whatever the open answers turn out to be.
    pub sure: u64,
    /// Those that may still hold.
    pub possible: u64,
    /// The rule that decided, or the cap that holds the score down, by its place.
    pub by: Option<u16>,
    /// State of the item.
    pub state: State,
    /// Set while open answers may make it irrelevant, or relevant where it is not.
    pub optional: bool,
    /// Set while it applies and answers to come may take it out: as irrelevant, or as not applicable.
    pub may_leave: bool,
    /// Set where a cap that cannot be judged yet would hold the value down.
    pub pending: bool,
    /// Set where an answer is there that counts once open answers bring the question in.
    pub kept: bool,
    /// Lowest and highest index, where parts that may drop out move the ends of the scale.
    pub(crate) elastic: (f64, f64),
}

impl Reading {
    /// Reading of an item of which nothing is known.
    pub(crate) const EMPTY: Self = Self {
        value: f64::NAN,
        low: f64::NAN,
        high: f64::NAN,
        least: f64::NAN,
        most: f64::NAN,
        coverage: 0.0,
        held: 0,
        sure: 0,
        possible: 0,
        by: None,
        state: State::Missing,
        optional: false,
        may_leave: false,
        pending: false,
        kept: false,
        elastic: (f64::NAN, f64::NAN),
    };

    /// Reading of a question without an answer: its least and most worth, and the set of all choices.
    fn unanswered(domain: &Domain, may_not_apply: bool) -> Self {
        let all = |count: usize| match u32::try_from(count) {
            Ok(count @ 0..64) => (1 << count) - 1,
            Ok(_) | Err(_) => u64::MAX,
        };
        let none = (f64::NAN, f64::NAN);
        let ((least, most), choices) = match domain {
            Domain::Number { least, most, .. } => ((*least, *most), 0),
            Domain::Choices { names, worth, .. } => (worth.unwrap_or(none), all(names.len())),
            Domain::Outcomes { names, .. } => (none, all(names.len())),
            Domain::Text => (none, 0),
        };
        Self {
            low: least,
            high: most,
            least,
            most,
            possible: choices,
            may_leave: may_not_apply,
            ..Self::EMPTY
        }
    }

    /// The reading of an unanswered question once it is answered.
    pub(crate) fn answered(&self, state: State, chosen: u64, worth: f64) -> Self {
        match state {
            State::Rated => Self {
                value: worth,
                low: worth,
                high: worth,
                coverage: 1.0,
                held: chosen,
                sure: chosen,
                possible: chosen,
                may_leave: false,
                state,
                ..*self
            },
            State::Missing | State::Unknown => Self { state, ..*self },
            State::NotApplicable | State::Irrelevant | State::NotAsked | State::NotCore => {
                self.absent(state)
            }
        }
    }

    /// The reading of an answer still open between two values.
    pub(crate) fn between(self, low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            least: self.least,
            most: self.most,
            possible: u64::MAX,
            state: State::Missing,
            may_leave: self.may_leave,
            ..Self::EMPTY
        }
    }

    /// The reading while it does not count, with all it could be once open answers bring it in.
    pub(crate) fn dormant(self, state: State) -> Self {
        Self {
            value: f64::NAN,
            coverage: 0.0,
            held: 0,
            sure: 0,
            by: None,
            state,
            optional: true,
            may_leave: false,
            kept: self.kept || self.state == State::Rated,
            ..self
        }
    }

    /// The reading as it would be if it counted, with the range it still has.
    pub(crate) fn returned(self) -> Self {
        let state = if self.is_absent() {
            State::Missing
        } else {
            self.state
        };
        Self { state, ..self }
    }

    /// The reading under a cap that may hold its value down: its index can be any lower.
    pub(crate) fn lowered(self) -> Self {
        let (low, high) = self.elastic;
        Self {
            elastic: (if low.is_nan() { low } else { 0.0 }, high),
            ..self
        }
    }

    pub(crate) fn absent(self, state: State) -> Self {
        Self {
            least: self.least,
            most: self.most,
            state,
            ..Self::EMPTY
        }
    }

    /// True where answers to come cannot change what is chosen, decided or reached.
    pub(crate) fn is_certain(&self) -> bool {
        // While answers to come can take it out or bring it in, nothing is.
        let moves = self.may_leave || self.may_return();
        self.is_gone() || (self.possible == self.sure && self.possible != 0 && !moves)
    }

    /// True where answers to come cannot change its value either.
    pub(crate) fn is_settled(&self) -> bool {
        let moves = self.may_leave || self.may_return();
        let fixed = (self.high - self.low).abs() <= TOLERANCE;
        self.is_certain() || self.is_rated() && fixed && !moves
    }

    /// True where there is a value.
    #[must_use]
    pub fn is_rated(&self) -> bool {
        !self.value.is_nan()
    }

    /// True where something is chosen, decided or reached.
    pub(crate) fn is_held(&self) -> bool {
        self.state == State::Rated
    }

    /// True while an answer to the question is to come.
    pub(crate) fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// True while the item does not count.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(
            self.state,
            State::NotApplicable | State::Irrelevant | State::NotAsked | State::NotCore
        )
    }

    /// True where the item does not count, whatever the open answers turn out to be.
    pub(crate) fn is_gone(&self) -> bool {
        self.is_absent() && !self.optional
    }

    /// True while the item does not count and answers to come may bring it in.
    pub(crate) fn may_return(&self) -> bool {
        self.is_absent() && self.optional
    }

    /// True where enough is rated ([`VERDICT_COVERAGE`]) to conclude from the value, and no cap that
    /// is still open would hold it down.
    #[must_use]
    pub fn has_verdict(&self) -> bool {
        self.state == State::Rated && !self.pending && self.is_covered()
    }

    /// True where enough is rated ([`VERDICT_COVERAGE`]).
    pub(crate) fn is_covered(&self) -> bool {
        self.coverage >= VERDICT_COVERAGE - TOLERANCE
    }

    /// A value of this item on `0..=100` of what was possible; 0 where that is one value or has no limits.
    #[must_use]
    pub fn index(&self, value: f64) -> f64 {
        let room = self.most - self.least;
        if room > 0.0 && room.is_finite() {
            (value - self.least) / room * 100.0
        } else {
            0.0
        }
    }

    /// The lowest and highest index the open answers still allow.
    #[must_use]
    pub fn index_range(&self) -> (f64, f64) {
        let (low, high) = self.elastic;
        if low.is_nan() {
            (self.index(self.low), self.index(self.high))
        } else {
            (low, high)
        }
    }
}
