//! What the market calls for beside what is built, on the same staircase.

use crate::assessment::{DecisionResult, LadderResult, Named, either};
use crate::report::chart::stair;
use crate::report::view::Text;
use crate::report::view::material::{Material, in_words, short};
use crate::rulebook::ItemKind;
use serde::Serialize;
use std::borrow::Cow;

/// A staircase.
#[derive(Debug, Clone, Serialize)]
pub struct Steps<'a> {
    /// Lowest first.
    pub rungs: Vec<Rung<'a>>,
    /// The form called for, or "not known".
    pub required: Text<'a>,
    /// The form built, or "not known".
    pub built: Text<'a>,
    /// "could also be Light", where open answers may change it.
    pub required_possible: Option<String>,
    /// The same for what is built.
    pub built_possible: Option<String>,
    /// "Under-built by one step".
    pub verdict: String,
    /// The verdict in a sentence.
    pub sentence: String,
    /// The drawing in one sentence.
    pub says: String,
}

/// A rung; `x`, `width` and `mid` in percent, `y` and `height` in pixels over a ground at 200.
#[derive(Debug, Clone, Serialize)]
pub struct Rung<'a> {
    /// Name.
    pub label: Text<'a>,
    /// Where it begins.
    pub x: f64,
    /// How wide it is.
    pub width: f64,
    /// Its middle.
    pub mid: f64,
    /// Its top.
    pub y: f64,
    /// How high it is.
    pub height: f64,
    /// What it is to the client.
    pub fill: Fill,
    /// The market calls for it.
    pub required: bool,
    /// It is what is built.
    pub built: bool,
    /// It may still turn out to be what the market calls for.
    pub maybe: bool,
}

/// What a rung is to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Built and called for.
    Built,
    /// Called for and not built.
    Missing,
    /// Built and not called for.
    Spare,
    /// Neither.
    Beyond,
}

/// Built against required, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report::view) enum Fit {
    Under(usize),
    Right,
    Over(usize),
    Open,
}

impl Fit {
    fn of(required: Option<usize>, built: Option<usize>) -> Self {
        let (Some(required), Some(built)) = (required, built) else {
            return Self::Open;
        };
        match (required.checked_sub(built), built.checked_sub(required)) {
            (Some(0), _) => Self::Right,
            (Some(missing), _) => Self::Under(missing),
            (None, spare) => Self::Over(spare.unwrap_or_default()),
        }
    }

    fn verdict(self) -> String {
        let steps = |count| {
            format!(
                "{} {}",
                in_words(count),
                if count == 1 { "step" } else { "steps" }
            )
        };
        match self {
            Self::Under(count) => format!("Under-built by {}", steps(count)),
            Self::Right => "What is built fits what the market calls for".to_owned(),
            Self::Over(count) => format!("Over-built by {}", steps(count)),
            Self::Open => "Whether it fits is not known yet".to_owned(),
        }
    }
}

impl<'a> Material<'a> {
    pub(super) fn steps(&self, decision: usize, ladder: usize) -> Option<(Steps<'a>, String)> {
        let (required, built) = (self.decision(decision)?, self.ladder(ladder)?);
        let (want, have) = (rank(self, required), have(built));
        let rungs: Vec<Rung<'a>> = built
            .levels
            .iter()
            .enumerate()
            .map(|(place, level)| {
                let stair = stair(place, built.levels.len());
                let maybe = required.possible.len() > 1
                    && required.possible.iter().any(|one| one.id == level.id);
                Rung {
                    label: Cow::Borrowed(short(&level.title)),
                    x: stair.x,
                    width: stair.width,
                    mid: stair.mid,
                    y: stair.y,
                    height: stair.height,
                    fill: fill(place, want, have),
                    required: want == Some(place),
                    built: have == Some(place),
                    maybe: maybe && want != Some(place) && have != Some(place),
                }
            })
            .collect();
        let sentence = sentence(required, built);
        let fit = Fit::of(want, have);
        let verdict = if fit == Fit::Open {
            self.open_fit(decision, ladder).to_owned()
        } else {
            fit.verdict()
        };
        let (required_label, built_label) =
            (label(required.outcome.first()), label(built.level.as_ref()));
        let names: Vec<&str> = rungs.iter().map(|rung| &*rung.label).collect();
        let chart = Steps {
            says: format!(
                "A staircase: {}. Called for: {required_label}. Built: {built_label}.",
                names.join(", ")
            ),
            rungs,
            required: required_label,
            built: built_label,
            required_possible: also(&required.possible, required.outcome.first()),
            built_possible: also(&built.possible, built.level.as_ref()),
            verdict,
            sentence: sentence.clone(),
        };
        let caption = if required.certain && built.certain {
            "No open question can change this picture.".to_owned()
        } else {
            "Open questions could still change this picture.".to_owned()
        };
        Some((chart, caption))
    }

    /// How what is built fits what is called for, with both names.
    pub(in crate::report::view) fn fit(
        &self,
        decision: usize,
        ladder: usize,
    ) -> Option<(Fit, Text<'a>, Text<'a>)> {
        let (required, built) = (self.decision(decision)?, self.ladder(ladder)?);
        let fit = Fit::of(rank(self, required), have(built));
        Some((
            fit,
            label_or(required.outcome.first(), &required.possible),
            label_or(built.level.as_ref(), &built.possible),
        ))
    }

    /// The verdict on fit as one sentence.
    pub(in crate::report::view) fn fit_sentence(
        &self,
        decision: usize,
        ladder: usize,
    ) -> Option<String> {
        let (fit, required, built) = self.fit(decision, ladder)?;
        Some(match fit {
            Fit::Open => {
                let verdict = self.open_fit(decision, ladder);
                format!(
                    "{verdict}: your market calls for “{required}”; what is built is “{built}”."
                )
            }
            Fit::Right => format!(
                "What is built fits: your market calls for “{required}”, and that is what you have."
            ),
            Fit::Under(_) | Fit::Over(_) => {
                format!(
                    "{}: your market calls for “{required}”; what is built is “{built}”.",
                    fit.verdict()
                )
            }
        })
    }
}

impl Material<'_> {
    /// What can be said of the fit while a form is open.
    fn open_fit(&self, decision: usize, ladder: usize) -> &'static str {
        let (Some(required), Some(built)) = (self.decision(decision), self.ladder(ladder)) else {
            return "Whether it fits is not known yet";
        };
        let place = |one: &Named| built.levels.iter().position(|level| level.id == one.id);
        let want = required.possible.iter().filter_map(place);
        let have = built.possible.iter().filter_map(place);
        let lowest = (want.clone().min(), have.clone().min());
        let highest = (want.max(), have.max());
        if lowest.0 > highest.1 {
            "Under-built, whatever the open answers turn out to be"
        } else if lowest.1 > highest.0 {
            "Over-built, whatever the open answers turn out to be"
        } else {
            "Whether it fits is not known yet"
        }
    }
}

fn rank(material: &Material<'_>, required: &DecisionResult) -> Option<usize> {
    let outcome = required.outcome.first()?;
    let ItemKind::Decision { outcomes, .. } = &material.item(&required.id)?.kind else {
        return None;
    };
    outcomes.iter().position(|one| one.id == outcome.id)
}

fn have(built: &LadderResult) -> Option<usize> {
    let level = built.level.as_ref()?;
    built.levels.iter().position(|one| one.id == level.id)
}

fn label(named: Option<&Named>) -> Text<'_> {
    named.map_or(Cow::Borrowed("not known"), |one| {
        Cow::Borrowed(short(&one.label))
    })
}

/// Its name, or the names it could still turn out to have.
fn label_or<'a>(named: Option<&'a Named>, possible: &'a [Named]) -> Text<'a> {
    if named.is_some() || possible.is_empty() {
        return label(named);
    }
    Cow::Owned(names(possible))
}

/// What else it could be.
fn also(possible: &[Named], now: Option<&Named>) -> Option<String> {
    let others: Vec<&str> = possible
        .iter()
        .filter(|one| Some(&one.id) != now.map(|now| &now.id))
        .map(|one| short(&one.label))
        .collect();
    let word = if now.is_some() {
        "could also be"
    } else {
        "could be"
    };
    (!others.is_empty()).then(|| format!("{word} {}", either(&others)))
}

fn fill(place: usize, want: Option<usize>, have: Option<usize>) -> Fill {
    let (want, have) = (
        want.is_some_and(|want| place <= want),
        have.is_some_and(|have| place <= have),
    );
    match (want, have) {
        (true, true) => Fill::Built,
        (true, false) => Fill::Missing,
        (false, true) => Fill::Spare,
        (false, false) => Fill::Beyond,
    }
}

fn sentence(required: &DecisionResult, built: &LadderResult) -> String {
    let call = required.outcome.first().map(|one| one.label.as_str());
    let have = built.level.as_ref().map(|one| one.label.as_str());
    match (call, have) {
        (Some(call), Some(have)) => {
            format!("Your market calls for “{call}”. Built today: “{have}”.")
        }
        (Some(call), None) => format!(
            "Your market calls for “{call}”. What is built could be {}: too little is answered to say.",
            names(&built.possible)
        ),
        (None, Some(have)) => format!(
            "Built today: “{have}”. Your market could call for {}: too little is answered to say.",
            names(&required.possible)
        ),
        (None, None) => {
            "Too little is answered to say what your market calls for and what is built.".to_owned()
        }
    }
}

fn names(possible: &[Named]) -> String {
    let names: Vec<&str> = possible.iter().map(|one| short(&one.label)).collect();
    either(&names)
}
