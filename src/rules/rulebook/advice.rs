//! Advice, the questions it moves, and its words for some clients.

use crate::rules::condition::Condition;
use crate::rules::pack::file::{Horizon, Size};

/// Something to do.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Advice {
    /// Its id.
    pub id: String,
    /// The action, in one sentence.
    pub what: String,
    /// Details, where one sentence is not enough.
    pub how: Option<String>,
    /// The question that somebody has to decide for it to be done.
    pub decide: Option<String>,
    /// Its cost.
    pub effort: Size,
    /// Its benefit.
    pub impact: Size,
    /// Time within which it can be done.
    pub within: Horizon,
    /// Its owner: a role.
    pub owner: Option<String>,
    /// Other work that should come first.
    pub after: Vec<String>,
    /// The advice of another pack that is the same work, by its id in full.
    pub same_as: Option<String>,
    /// Id of the work in full: `same_as` where it is given, else the id of this advice.
    pub work: String,
    /// The answers it leads to.
    pub raises: Vec<Raise>,
    /// Set where the pack says which answers it leads to, be it none.
    pub says_raises: bool,
    /// Words for some clients; the first whose condition holds counts.
    #[serde(skip)]
    pub variants: Vec<Variant>,
}

/// Words of advice for the clients of whom a condition holds.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The clients it is for.
    pub when: Condition,
    /// The action.
    pub what: Option<String>,
    /// Details.
    pub how: Option<String>,
    /// The question that somebody has to decide.
    pub decide: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
}

/// The name of a role that owns advice, at the clients of whom a condition holds.
#[derive(Debug, Clone)]
pub struct OwnerName {
    /// The role, as advice names it.
    pub role: String,
    /// The clients it is for.
    pub when: Condition,
    /// The role there.
    pub owner: String,
}

/// A question that advice moves.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Raise {
    /// The question, by item.
    pub question: usize,
    /// The answer it leads to, as written.
    pub answer: String,
    /// Worth of that answer in scores; NaN where it has none.
    pub worth: f64,
    /// The choices of several it makes true, as bits; 0 where it names none of them.
    pub choices: u64,
}
