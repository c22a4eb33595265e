//! Form that the market calls for and form that is built, on the same staircase.

use crate::assess::assessment::{
    DecisionResult, FitResult, FitState, FormResult, LadderResult, Named,
};
use crate::report::chart::stair;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, in_words, short};
use crate::rules::rulebook::ItemKind;
use crate::rules::rulebook::words::{either, either_quoted};
use serde::Serialize;
use std::borrow::Cow;

/// A staircase.
#[derive(Debug, Clone, Serialize)]
pub struct Steps<'a> {
    /// Lowest first.
    pub rungs: Vec<Rung<'a>>,
    /// The form called for, or those it could be.
    pub required: Text<'a>,
    /// The form built, or those it could be.
    pub built: Text<'a>,
    /// "could also be Light", where open answers may change it; "which of them", where several may be.
    pub required_possible: Option<String>,
    /// The same for what is built.
    pub built_possible: Option<String>,
    /// True if either may still change.
    pub open: bool,
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
    /// Left end.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Its middle.
    pub mid: f64,
    /// Its top.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// Relation to the client: built, called for, both or neither.
    pub fill: Fill,
    /// The market calls for it.
    pub required: bool,
    /// It is what is built.
    pub built: bool,
    /// It may still turn out to be what the market calls for.
    pub maybe: bool,
}

/// Relation of a rung to the client.
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

/// Verdict of the pack's decision on the fit, in a few words.
fn verdict(fit: &FitResult, apart: Option<usize>) -> String {
    let steps = match apart {
        Some(apart) if apart > 0 => {
            let noun = if apart == 1 { "step" } else { "steps" };
            format!(" by {} {noun}", in_words(apart))
        }
        Some(_) => String::new(),
        None => ", whatever the open answers turn out to be".to_owned(),
    };
    match fit.state {
        FitState::UnderBuilt => format!("Under-built{steps}"),
        FitState::OverBuilt => format!("Over-built{steps}"),
        FitState::Fit => "What is built fits what the offer calls for".to_owned(),
        FitState::Open => "Whether it fits is not known yet".to_owned(),
        FitState::NotApplicable => "Whether it fits does not apply".to_owned(),
    }
}

impl<'a> ReportContext<'a> {
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
        let fit = self.fit_of(required, built);
        let verdict = fit.map_or_else(
            || "Whether it fits is for you to judge".to_owned(),
            |fit| verdict(fit, apart(fit, built)),
        );
        let (required_label, built_label) = (
            label_or(required.outcome.first(), &required.possible),
            label_or(built.level.as_ref(), &built.possible),
        );
        let names: Vec<&str> = rungs.iter().map(|rung| &*rung.label).collect();
        let required_possible = also(&required.possible, required.outcome.first());
        let built_possible = also(&built.possible, built.level.as_ref());
        let chart = Steps {
            says: format!(
                "A staircase: {}. Called for: {required_label}. Built: {built_label}.",
                names.join(", ")
            ),
            rungs,
            required: required_label,
            built: built_label,
            open: required_possible.is_some() || built_possible.is_some(),
            required_possible,
            built_possible,
            verdict,
            sentence: sentence.clone(),
        };
        let caption = match (
            required.certain && built.certain,
            self.rests_on_open(&[decision, ladder]),
        ) {
            (true, false) => "What the offer calls for, and what is built.".to_owned(),
            (true, true) => "No open question can change this picture.".to_owned(),
            (false, true) => "Open questions could still change this picture.".to_owned(),
            (false, false) => "Answers that are hidden could change this picture.".to_owned(),
        };
        Some((chart, caption))
    }

    /// Result for the fit of two forms; `None` if the assessment has none.
    fn fit_of(&self, required: &DecisionResult, built: &LadderResult) -> Option<&'a FitResult> {
        let mut fits = self.assessment.fits.iter();
        fits.find(|fit| fit.called_for.id == required.id && fit.built.id == built.id)
    }

    /// Result for the fit in a pack; `None` if the pack has none.
    pub(in crate::report::view) fn fit(&self, pack: usize) -> Option<&'a FitResult> {
        let id = &self.rulebook.packs.get(pack)?.id;
        self.assessment.fits.iter().find(|fit| fit.pack == *id)
    }

    /// The form called for and the form built.
    pub(in crate::report::view) fn forms(fit: &'a FitResult) -> (Text<'a>, Text<'a>) {
        let name = |form: &'a FormResult| label_or(form.form.as_ref(), &form.possible);
        (name(&fit.called_for), name(&fit.built))
    }

    /// The verdict on fit as one sentence.
    pub(in crate::report::view) fn fit_sentence(&self, pack: usize) -> Option<String> {
        let fit = self.fit(pack)?;
        let (required, built) = (quoted(&fit.called_for), quoted(&fit.built));
        let ladder = self.ladder(self.node(&fit.built.id)?)?;
        let same = fit.called_for.form.as_ref().map(|one| &one.id)
            == fit.built.form.as_ref().map(|one| &one.id);
        let open = if fit.certain || fit.state == FitState::Open {
            ""
        } else {
            " Open answers could still change that."
        };
        let sentence = match fit.state {
            FitState::Fit if same => format!(
                "What is built fits: your offer calls for {required}, and that is what you have."
            ),
            FitState::Fit => format!(
                "What is built fits: your offer calls for {required}, and what you have is {built}."
            ),
            FitState::UnderBuilt | FitState::OverBuilt | FitState::Open => format!(
                "{}: your offer calls for {required}; what is built is {built}.",
                verdict(fit, apart(fit, ladder))
            ),
            FitState::NotApplicable => return None,
        };
        let because = fit.because.as_deref();
        let because = because.map_or_else(String::new, |because| format!(" {because}"));
        Some(format!("{sentence}{because}{open}"))
    }
}

/// Its name in quotes, or each of the names it could still turn out to have.
fn quoted(form: &FormResult) -> String {
    let names = match &form.form {
        Some(one) => std::slice::from_ref(one),
        None => form.possible.as_slice(),
    };
    let names: Vec<String> = names
        .iter()
        .map(|one| format!("“{}”", short(&one.label)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() {
        return "not known".to_owned();
    }
    either(&names)
}

/// Number of steps between the form built and the form called for; `None` if either is unknown.
fn apart(fit: &FitResult, ladder: &LadderResult) -> Option<usize> {
    let place = |form: &FormResult| {
        let form = form.form.as_ref()?;
        ladder.levels.iter().position(|level| level.id == form.id)
    };
    Some(place(&fit.called_for)?.abs_diff(place(&fit.built)?))
}

fn rank(material: &ReportContext<'_>, required: &DecisionResult) -> Option<usize> {
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

/// Other forms that it could be; `None` if there are none.
fn also(possible: &[Named], now: Option<&Named>) -> Option<String> {
    let others: Vec<&str> = possible
        .iter()
        .filter(|one| Some(&one.id) != now.map(|now| &now.id))
        .map(|one| short(&one.label))
        .collect();
    match (others.is_empty(), now) {
        (true, _) => None,
        (false, Some(_)) => Some(format!("could also be {}", either_quoted(&others))),
        (false, None) => Some("which of them".to_owned()),
    }
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
            format!("Your offer calls for “{call}”. Built today: “{have}”.")
        }
        (Some(call), None) => format!(
            "Your offer calls for “{call}”. What is built could be {}: too little is answered to say.",
            names(&built.possible)
        ),
        (None, Some(have)) => format!(
            "Built today: “{have}”. Your offer could call for {}: too little is answered to say.",
            names(&required.possible)
        ),
        (None, None) => {
            "Too little is answered to say what your offer calls for and what is built.".to_owned()
        }
    }
}

fn names(possible: &[Named]) -> String {
    let names: Vec<&str> = possible.iter().map(|one| short(&one.label)).collect();
    either_quoted(&names)
}
