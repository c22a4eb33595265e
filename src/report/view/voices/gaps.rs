//! Differences between two roles: one row per score with both figures on one axis, and a
//! table of everything that lies a step apart.

use super::contested::agreed_words;
use crate::assess::assessment::{GapKind, GapResult};
use crate::report::chart::tenth;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, opening, short};
use crate::report::view::exhibit::Tick;
use crate::rules::vocabulary::Role;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Rows of the table beyond which only the widest are printed.
const MOST: usize = 25;

/// Differences between two roles.
#[derive(Debug, Clone, Serialize)]
pub struct Gaps<'a> {
    /// Leadership and the front line on one axis; null where either is not shown.
    pub dumbbell: Option<Dumbbell<'a>>,
    /// Differences of a step or more between two shown roles, each once, widest first.
    pub rows: Vec<Gap<'a>>,
    /// "12 further ones stand in the result only."
    pub more: Option<String>,
    /// Content of the table, in one sentence.
    pub caption: String,
}

/// Leadership and the front line on one axis.
#[derive(Debug, Clone, Serialize)]
pub struct Dumbbell<'a> {
    /// "Figure 10".
    pub figure: String,
    /// Content of the drawing for this client.
    pub caption: String,
    /// The mark that is filled: "Leadership".
    pub one: &'static str,
    /// The mark that is not: "Front line".
    pub other: &'static str,
    /// 0, 25, 50, 75 and 100.
    pub ticks: Vec<Tick>,
    /// One per score, widest gap first.
    pub rows: Vec<Gap<'a>>,
}

/// A gap.
#[derive(Debug, Clone, Serialize)]
pub struct Gap<'a> {
    /// Name of the score or question.
    pub label: Text<'a>,
    /// "agreed: 2 (saw the log)", where people settled the question; null for scores.
    pub agreed: Option<String>,
    /// Of a question in the appendix; null for scores.
    pub anchor: Option<&'a str>,
    /// The first role's index and number, "71 (n 6)".
    pub one_value: String,
    /// The other's.
    pub other_value: String,
    /// The role that rates it higher, with both: "Leadership 71 (n 6)".
    pub more: String,
    /// The role that rates it lower.
    pub less: String,
    /// "+1.7" steps of a scale of 0 to 4.
    pub gap: String,
    /// "strong blind spot", "hidden strength", "less than a step".
    pub word: &'static str,
    /// Place of the first role, percent of the axis.
    pub one_x: f64,
    /// Place of the second role, percent of the axis.
    pub other_x: f64,
    /// The row as a sentence.
    pub says: String,
}

impl<'a> ReportContext<'a> {
    pub(super) fn gaps(&self, figures: &mut usize) -> Option<Gaps<'a>> {
        let roles = self.assessment.respondents.roles.iter();
        if roles.filter(|one| one.people.is_some()).count() < 2 {
            return None;
        }
        let mut all: Vec<&GapResult> = self.assessment.gaps.iter().collect();
        all.sort_by(|a, b| b.printed().total_cmp(&a.printed()));
        let profile = |gap: &GapResult| {
            let node = self.node(&gap.id);
            let mut packs = self.layout.packs.iter();
            node.is_some_and(|node| packs.any(|one| one.profile.contains(&node)))
        };
        let wide: Vec<&GapResult> = all.iter().filter(|gap| gap.listed).copied().collect();
        let more = wide.len().saturating_sub(MOST);
        Some(Gaps {
            dumbbell: self.dumbbell(&all, profile, figures),
            caption: caption(&wide, &all),
            rows: wide
                .iter()
                .take(MOST)
                .filter_map(|gap| self.one_gap(gap))
                .collect(),
            more: (more > 0).then(|| {
                opening(
                    more,
                    "further one stands in the result only.",
                    "further ones stand in the result only.",
                )
            }),
        })
    }

    fn dumbbell(
        &self,
        all: &[&'a GapResult],
        profile: impl Fn(&GapResult) -> bool,
        figures: &mut usize,
    ) -> Option<Dumbbell<'a>> {
        let usual = |gap: &&&GapResult| {
            let roles = (gap.one.role, gap.other.role);
            profile(gap) && roles == (Role::Leadership, Role::Frontline)
        };
        let rows: Vec<Gap<'a>> = all
            .iter()
            .filter(usual)
            .filter_map(|gap| self.one_gap(gap))
            .collect();
        if rows.is_empty() {
            return None;
        }
        *figures += 1;
        Some(Dumbbell {
            figure: format!("Figure {figures}"),
            caption: "The scores of “Where each part stands” of which leadership and the front line both answered enough, each over the questions that both answered; of these, the widest gap first.".to_owned(),
            one: Role::Leadership.title(),
            other: Role::Frontline.title(),
            ticks: [0.0, 25.0, 50.0, 75.0, 100.0].map(Tick::at).into(),
            rows,
        })
    }

    fn one_gap(&self, gap: &'a GapResult) -> Option<Gap<'a>> {
        let (one, other) = (gap.one.index?, gap.other.index?);
        let node = self.node(&gap.id)?;
        let figure = |index: f64, people: Option<u32>| {
            format!(
                "{} (n\u{a0}{})",
                self.index(node, index),
                people.unwrap_or_default()
            )
        };
        let (one_value, other_value) =
            (figure(one, gap.one.people), figure(other, gap.other.people));
        let (one_name, other_name) = (gap.one.role.title(), gap.other.role.title());
        let steps = gap.steps();
        let word = word(gap);
        let named = |name: &str, value: &str| format!("{name} {value}");
        let mut ends = [named(one_name, &one_value), named(other_name, &other_value)];
        if gap.gap < 0.0 {
            ends.reverse();
        }
        let [more, less] = ends;
        let question = self.question(node);
        let label = match question {
            Some(_) => gap.title.as_str(),
            None => short(&gap.title),
        };
        Some(Gap {
            agreed: question.and_then(agreed_words),
            label: Cow::Borrowed(label),
            anchor: self.anchor(&gap.id),
            says: format!(
                "{label}: {one_name} {one_value}, {other_name} {other_value}, {steps} steps, {word}."
            ),
            one_value,
            other_value,
            more,
            less,
            gap: steps,
            word,
            one_x: tenth(one),
            other_x: tenth(other),
        })
    }
}

fn word(gap: &GapResult) -> &'static str {
    match (gap.kind, gap.strong) {
        (GapKind::BlindSpot, true) => "strong blind spot",
        (GapKind::BlindSpot, false) => "blind spot",
        (GapKind::HiddenStrength, true) => "strong hidden strength",
        (GapKind::HiddenStrength, false) => "hidden strength",
        (GapKind::Alike, _) => "less than a step",
    }
}

fn caption(wide: &[&GapResult], all: &[&GapResult]) -> String {
    if wide.is_empty() {
        return "No two roles that are shown lie a step or more apart.".to_owned();
    }
    let blind = wide
        .iter()
        .filter(|gap| gap.kind == GapKind::BlindSpot)
        .count();
    let strong = wide.iter().filter(|gap| gap.strong).count();
    let sees = match (blind, wide.len() - blind) {
        (_, 0) => "the role nearer the top sees more in each".to_owned(),
        (0, _) => "the role nearer the top sees less in each".to_owned(),
        (more, less) => format!("the role nearer the top sees more in {more}, less in {less}"),
    };
    let apart = all.iter().filter(|gap| gap.kind != GapKind::Alike);
    let apart: BTreeSet<&str> = apart.map(|gap| gap.id.as_str()).collect();
    let lie = if apart.len() > wide.len() {
        format!(
            "Of {} scores and questions that lie a step or more apart between two roles this lists {}",
            apart.len(),
            wide.len()
        )
    } else {
        let lie = opening(
            wide.len(),
            "score or question lies",
            "scores and questions lie",
        );
        format!("{lie} a step or more apart between two roles")
    };
    format!(
        "{lie}, {strong} by a strong gap; {sees}. The widest comes first; each further row shares no question with a row above it, so that no answer is told twice."
    )
}
