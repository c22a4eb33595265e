//! The plan as a document.

use super::Shortness;
use crate::answers::{Basis, Grade};
use crate::assessment::{ClientResult, Named, Need, RaiseResult};
use crate::pack::file::Size;
use schemars::JsonSchema;
use serde::Serialize;

/// The steps that lead to a level.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "centricity plan")]
pub struct Plan {
    /// The version of this document: 1.
    pub format: u32,
    /// What made it.
    pub engine: String,
    /// Whose plan it is.
    pub client: ClientResult,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// What ratings count as.
    pub basis: Basis,
    /// The ladder.
    pub ladder: Named,
    /// The level reached today.
    pub from: Named,
    /// The level asked for.
    pub to: Named,
    /// Whether that level is the one the market calls for.
    pub required: bool,
    /// The level the steps reach; below the one asked for where a budget does not carry further.
    pub reaches: Named,
    /// Whether the level asked for is reached.
    pub complete: bool,
    /// How short the way is known to be.
    pub shortness: Shortness,
    /// How many steps there are; a question raised twice counts twice.
    pub count: usize,
    /// What all steps and preparations take together: low counts 1, medium 2, high 3.
    pub effort: u32,
    /// The most they were allowed to take.
    pub budget: Option<u32>,
    /// What the level asks for and is not there today, levels below included.
    pub needs: Vec<Need>,
    /// Those of them that hold still after the steps.
    pub left: Vec<Need>,
    /// Index of the ladder's score today; null where the ladder reads none.
    pub index: Option<f64>,
    /// Index of the ladder's score after the steps.
    pub index_after: Option<f64>,
    /// The steps, in the order in which they should be taken.
    pub steps: Vec<PlanStep>,
}

/// A question to be raised.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanStep {
    /// How many steps it is raised by.
    pub raises: usize,
    /// What it comes to; `to` of the raise is the first step alone.
    pub to: f64,
    /// That anchor in words.
    pub to_says: String,
    /// The grade of evidence it takes for this to count; null where what is there carries it.
    pub proof: Option<Grade>,
    /// What has to be done before, and is not done by an earlier step.
    pub before: Vec<Preparation>,
    /// What it is for: needs of the level, in words.
    pub serves: Vec<String>,
    /// What it takes with all its raises; preparations apart.
    pub effort: u32,
    /// What it adds to the ladder's score, in points of the index, after the steps before it; null
    /// where the ladder reads none.
    pub adds: Option<f64>,
    /// The question with its first step.
    pub raise: RaiseResult,
}

/// Advice to be followed before a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Preparation {
    /// Its id.
    pub id: String,
    /// What to do.
    #[serde(rename = "do")]
    pub what: String,
    /// What it takes.
    pub effort: Size,
    /// The role that should own it.
    pub owner: Option<String>,
}
