//! What an evaluation knows of one item.

use crate::rules::condition::VERDICT_COVERAGE;
use crate::rules::rulebook::Shape;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

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
    /// The value from what is known; NaN where nothing is.
    pub value: f64,
    /// The lowest value the open answers still allow.
    pub low: f64,
    /// The highest value the open answers still allow.
    pub high: f64,
    /// The least possible worth, over the parts that apply.
    pub least: f64,
    /// The most possible worth, over the parts that apply.
    pub most: f64,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// What is chosen, decided or reached.
    pub held: u64,
    /// What is so whatever the open answers turn out to be.
    pub sure: u64,
    /// What may still be so.
    pub possible: u64,
    /// The rule that decided, or the cap that holds the score down, by its place.
    pub by: Option<u16>,
    /// Where the item stands.
    pub state: State,
    /// Whether open answers may still make it irrelevant, or relevant where it is not.
    pub optional: bool,
    /// Whether it is in and answers to come may take it out: as irrelevant, or as not applicable.
    pub may_leave: bool,
    /// Whether a cap that cannot be judged yet would hold the value down.
    pub pending: bool,
    /// Whether an answer is there that counts once open answers bring the question in.
    pub kept: bool,
    /// Lowest and highest index, where parts that may drop out move the ends of the scale.
    pub(crate) elastic: (f64, f64),
}

impl PartialEq for Reading {
    fn eq(&self, other: &Self) -> bool {
        let numbers = |one: &Self| {
            let (from, to) = one.elastic;
            [
                one.value,
                one.low,
                one.high,
                one.least,
                one.most,
                one.coverage,
                from,
                to,
            ]
            .map(f64::to_bits)
        };
        let rest = |one: &Self| {
            (
                one.held,
                one.sure,
                one.possible,
                one.by,
                one.state,
                one.optional,
                one.may_leave,
                one.pending,
                one.kept,
            )
        };
        numbers(self) == numbers(other) && rest(self) == rest(other)
    }
}

impl Reading {
    /// An item nothing is known of.
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

    /// The reading of a question: its answer, or all it could be.
    pub(crate) fn of(shape: &Shape, state: State, chosen: u64, worth: f64) -> Self {
        let open = Self {
            low: shape.least,
            high: shape.most,
            least: shape.least,
            most: shape.most,
            possible: shape.all,
            state,
            ..Self::EMPTY
        };
        match state {
            State::Rated => Self {
                value: worth,
                low: worth,
                high: worth,
                coverage: 1.0,
                held: chosen,
                sure: chosen,
                possible: chosen,
                ..open
            },
            State::Missing | State::Unknown => Self {
                may_leave: shape.may_not_apply,
                ..open
            },
            State::NotApplicable | State::Irrelevant | State::NotAsked => open.absent(state),
        }
    }

    /// An answer still open between two worths.
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

    pub(crate) fn irrelevant(self) -> Self {
        self.absent(State::Irrelevant)
    }

    /// Out of the reckoning as things stand, and with all it could be once open answers bring it in.
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

    /// As it would be were it in: what is out only as things stand comes back with the range it
    /// still has.
    pub(crate) fn returned(self) -> Self {
        let state = if self.is_absent() {
            State::Missing
        } else {
            self.state
        };
        Self { state, ..self }
    }

    pub(crate) fn with_elastic(self, low: f64, high: f64) -> Self {
        Self {
            elastic: (low, high),
            ..self
        }
    }

    /// A value that may be held at `at` can have any lower index.
    pub(crate) fn held_down(self) -> Self {
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

    /// Whether answers to come can still take it out or bring it in.
    pub(crate) fn may_move(&self) -> bool {
        self.may_leave || self.may_return()
    }

    /// Whether answers to come cannot change what is chosen, decided or reached: what is out for
    /// good stays out.
    pub(crate) fn is_certain(&self) -> bool {
        self.is_gone() || (self.possible == self.sure && self.possible != 0 && !self.may_move())
    }

    /// Whether there is a value.
    #[must_use]
    pub fn is_rated(&self) -> bool {
        !self.value.is_nan()
    }

    /// Whether something is chosen, decided or reached.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.state == State::Rated
    }

    /// Whether the item is out of the reckoning.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(
            self.state,
            State::NotApplicable | State::Irrelevant | State::NotAsked
        )
    }

    /// Whether it is out of the reckoning whatever the open answers turn out to be.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is_absent() && !self.optional
    }

    /// Whether it is out of the reckoning and answers to come may bring it in.
    pub(crate) fn may_return(&self) -> bool {
        self.is_absent() && self.optional
    }

    /// Whether enough is rated ([`VERDICT_COVERAGE`]) to conclude from the value, and no cap that is
    /// still open would hold it down.
    #[must_use]
    pub fn has_verdict(&self) -> bool {
        self.state == State::Rated && !self.pending && self.is_covered()
    }

    /// Whether enough is rated ([`VERDICT_COVERAGE`]).
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
