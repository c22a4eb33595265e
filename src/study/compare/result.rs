//! The comparison document, with its sides, its packs and the notes to read before any figure.

mod change;

pub use change::*;

use super::{Carried, Side};
use crate::answers::Status;
use crate::assess::assessment::{Assessment, Client, PackResult};
use crate::message;
use crate::rules::vocabulary::{Basis, ConfidenceGrade, FormLength};
use crate::study::major;
use serde::Serialize;

/// Changes from one assessment to another. Lists are in the later one's order, with what only
/// the earlier one has behind it; figures are unrounded.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity comparison"))]
pub struct Comparison {
    /// The version of this document: 1.
    pub format: u32,
    /// Program that made it.
    pub engine: String,
    /// The assessment compared from.
    pub before: SideResult,
    /// The assessment compared to.
    pub after: SideResult,
    /// Notes to read before any figure.
    pub banners: Vec<Banner>,
    /// Every pack of either, and whether it can be compared.
    pub packs: Vec<PackChange>,
    /// The effect of changed packs, as far as it can be separated from that of answers.
    pub effect: Effect,
    /// The scores that moved, by their ids: those that are called a change first, and of either the
    /// largest difference first.
    pub moved: Vec<String>,
    /// Every score.
    pub scores: Vec<ScoreChange>,
    /// Every ladder.
    pub levels: Vec<LevelChange>,
    /// Every decision.
    pub decisions: Vec<DecisionChange>,
    /// Every gate.
    pub gates: Vec<GateChange>,
    /// Every figure of every metric; metrics are no part of maturity.
    pub metrics: Vec<MetricChange>,
    /// The answers that changed.
    pub answers: Vec<AnswerChange>,
    /// The findings that opened or closed.
    pub findings: Vec<FindingChange>,
}

impl Comparison {
    /// Returns true where the two can be compared at all: they share a pack of one major version.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.packs.iter().any(|pack| pack.relation.is_compared())
    }

    /// Returns true where nothing moved: no figure, verdict, answer, finding or pack.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let still = |movement: &Movement| *movement == Movement::Same;
        self.scores.iter().all(|one| still(&one.movement))
            && self.levels.iter().all(|one| still(&one.movement))
            && self.decisions.iter().all(|one| still(&one.movement))
            && self.gates.iter().all(|one| still(&one.movement))
            && self.metrics.iter().all(|one| still(&one.movement))
            && self.answers.is_empty()
            && self.findings.is_empty()
            && are_same(&self.packs)
    }
}

/// One of the two assessments.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SideResult {
    /// Client whose answers they are.
    pub client: Client,
    /// The day they speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// Length of the questionnaire.
    pub form: FormLength,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// Rated share of all applicable questions, `0..=1`.
    pub coverage: f64,
    /// Confidence in the result.
    pub confidence: ConfidenceGrade,
    /// Number of people of the groups that count; null where one assessor answered.
    pub people: Option<u32>,
    /// True where only the stored result was at hand, without its answers.
    pub stored: bool,
}

/// Note to read before any figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Banner {
    /// Kind of note.
    pub kind: BannerKind,
    /// One or two sentences.
    pub text: String,
}

/// Kind of note before a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BannerKind {
    /// One side is a perception, the other is on evidence.
    Basis,
    /// One side is a short form, the other a full one.
    Form,
    /// They speak of different clients or units.
    Client,
    /// One assessor answered on one side, many people on the other.
    People,
    /// The one compared from is later than the one compared to.
    Order,
    /// Of one side only the stored result is known.
    Stored,
}

/// A pack of either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackChange {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// As it was; null where it was not there.
    pub from: Option<PackPoint>,
    /// As it is; null where it is not there.
    pub to: Option<PackPoint>,
    /// Relation of the two, which decides whether they are compared.
    pub relation: PackRelation,
}

/// A pack at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackPoint {
    /// Version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: String,
    /// True where a built-in pack has this id and version, and other rules.
    pub changed: bool,
    /// Names of the overlays laid over it, in their order.
    pub overlays: Vec<String>,
}

/// Relation of a pack of one side to that of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PackRelation {
    /// The very same rules.
    Same,
    /// Other rules within one major version: compared, and reported.
    Changed,
    /// Another major version: not compared.
    OtherMajor,
    /// Only on the side compared from: not compared.
    OnlyBefore,
    /// Only on the side compared to: not compared.
    OnlyAfter,
}

impl PackRelation {
    /// Returns true where figures of the pack are compared.
    pub(crate) fn is_compared(self) -> bool {
        matches!(self, Self::Same | Self::Changed)
    }
}

/// Separation of the effect of packs from that of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Effect {
    /// State of the separation.
    pub kind: EffectKind,
    /// Reason where it is not possible though packs changed.
    pub why: Option<String>,
}

/// Separation of the effect of packs from that of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EffectKind {
    /// All packs are the same, so there is nothing to separate.
    None,
    /// Separated: the earlier answers were scored by the later packs too.
    Told,
    /// Not possible.
    Untold,
}

/// The packs of both sides: those of the later one, then those that are gone.
pub(super) fn pack_changes(before: &Assessment, after: &Assessment) -> Vec<PackChange> {
    let point = |pack: &PackResult| PackPoint {
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        changed: pack.changed,
        overlays: pack.overlays.iter().map(|one| one.title.clone()).collect(),
    };
    let find = |side: &Assessment, id: &str| -> Option<PackPoint> {
        side.packs.iter().find(|pack| pack.id == id).map(point)
    };
    let gone = |pack: &&PackResult| find(after, &pack.id).is_none();
    let all = after.packs.iter().chain(before.packs.iter().filter(gone));
    let changes = all.map(|pack| {
        let (from, to) = (find(before, &pack.id), find(after, &pack.id));
        PackChange {
            relation: relation(from.as_ref(), to.as_ref()),
            id: pack.id.clone(),
            title: pack.title.clone(),
            from,
            to,
        }
    });
    changes.collect()
}

/// Returns true where every pack of either side is the very same on the other.
pub(super) fn are_same(packs: &[PackChange]) -> bool {
    let mut packs = packs.iter();
    packs.all(|one| one.relation == PackRelation::Same)
}

pub(super) fn effect(packs: &[PackChange], carried: Carried<'_>) -> Effect {
    let (kind, why) = match carried {
        _ if are_same(packs) => (EffectKind::None, None),
        Ok(_) => (EffectKind::Told, None),
        Err(why) => (EffectKind::Untold, Some(why.to_owned())),
    };
    Effect { kind, why }
}

fn relation(from: Option<&PackPoint>, to: Option<&PackPoint>) -> PackRelation {
    let alike = |one: &PackPoint, other: &PackPoint| major(&one.version) == major(&other.version);
    match (from, to) {
        (Some(from), Some(to)) if from.version == to.version && from.digest == to.digest => {
            PackRelation::Same
        }
        (Some(from), Some(to)) if alike(from, to) => PackRelation::Changed,
        (Some(_), Some(_)) => PackRelation::OtherMajor,
        (Some(_), None) => PackRelation::OnlyBefore,
        (None, _) => PackRelation::OnlyAfter,
    }
}

pub(super) fn side(side: &Side<'_>) -> SideResult {
    let (result, people) = (side.result, &side.result.respondents);
    SideResult {
        client: result.client.clone(),
        assessed_on: result.assessed_on.clone(),
        form: result.form,
        basis: result.basis,
        status: result.status,
        coverage: result.coverage,
        confidence: result.confidence.grade,
        people: people.merged.as_ref().and(people.count),
        stored: side.source.is_none(),
    }
}

/// Notes to read before any figure; `alone` is the number of questions that one form leaves out.
pub(super) fn banners(before: &Side<'_>, after: &Side<'_>, alone: usize) -> Vec<Banner> {
    let mut banners = Vec::new();
    let mut add = |kind, text: String| banners.push(Banner { kind, text });
    let (from, to) = (before.result, after.result);
    if from.basis != to.basis {
        let text = match to.basis {
            Basis::Evidenced => message!("a-perception-is-compared-with-an-assessment-on"),
            Basis::Perception => message!("an-assessment-on-evidence-is-compared-with"),
        };
        add(BannerKind::Basis, text.to_owned());
    }
    if from.form != to.form {
        let [was, is] = [from, to].map(|side| side.question_count.asked);
        let text = match to.form {
            FormLength::Full => {
                message!("a-short-form-is-compared-with-a-full-one", was, is, alone)
            }
            FormLength::Short => {
                message!("a-full-form-is-compared-with-a-short-one", was, is, alone)
            }
        };
        add(BannerKind::Form, text);
    }
    if from.client != to.client {
        let (name, name2) = (name(from), name(to));
        let text = message!("these-are-two-different-clients-or-units", name, name2);
        add(BannerKind::Client, text);
    }
    if from.respondents.merged.is_some() != to.respondents.merged.is_some() {
        let text = message!("one-assessor-answered-on-one");
        add(BannerKind::People, text.to_owned());
    }
    if let (Some(was), Some(is)) = (&from.assessed_on, &to.assessed_on)
        && was > is
    {
        let text = message!("the-comparison-runs-backwards-from-to", was, is);
        add(BannerKind::Order, text);
    }
    let sides = match (before.source, after.source) {
        (Some(_), Some(_)) => return banners,
        (None, None) => message!("both-sides-are-stored-results"),
        (None, Some(_)) | (Some(_), None) => message!("one-side-is-a-stored-result"),
    };
    let text = message!("changed-answers-are-named-without-what", sides);
    add(BannerKind::Stored, text);
    banners
}

fn name(side: &Assessment) -> String {
    let unit = side.client.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    format!("{}{unit}", side.client.name)
}
