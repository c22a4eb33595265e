//! Scores by role: a table shaded by value, every cell with its figure.

use crate::assess::assessment::{RoleFigure, ScoreResult, ScoreState};
use crate::report::chart::nearest;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, in_words, short};
use crate::rules::vocabulary::Role;
use serde::Serialize;
use std::borrow::Cow;

/// Scores by role.
#[derive(Debug, Clone, Serialize)]
pub struct Heat<'a> {
    /// "Figure 9".
    pub figure: String,
    /// Content of the table for this client.
    pub caption: String,
    /// The roles that answered, with their number: "Front line (17)".
    pub roles: Vec<String>,
    /// One per score; a row without cells is the title of a pack.
    pub rows: Vec<HeatRow<'a>>,
    /// Scores whose value over everybody lies outside those of all shown roles, and why.
    pub beyond: Vec<String>,
}

/// A score.
#[derive(Debug, Clone, Serialize)]
pub struct HeatRow<'a> {
    /// Name.
    pub label: Text<'a>,
    /// Index over everybody; null where it is not assessed.
    pub all: Option<String>,
    /// One per role.
    pub cells: Vec<HeatCell>,
}

/// Index of a role on a score.
#[derive(Debug, Clone, Serialize)]
pub struct HeatCell {
    /// "43", "n<5", "–".
    pub text: String,
    /// "n 7"; empty where nothing is shown.
    pub note: String,
    /// Shade by fifths of the index: `l0` to `l4`; `hidden`, or `none`.
    pub class: &'static str,
}

const SHADES: [&str; 5] = ["l0", "l1", "l2", "l3", "l4"];

impl<'a> ReportContext<'a> {
    pub(super) fn heat(&self, figures: &mut usize) -> Option<Heat<'a>> {
        let roles = &self.assessment.respondents.roles;
        let shown = roles.iter().filter(|one| one.people.is_some()).count();
        let mut rows = Vec::new();
        for (place, layout) in self.layout.packs.iter().enumerate() {
            let scores = layout.profile.iter().filter_map(|node| self.score(*node));
            let own: Vec<_> = scores
                .filter(|score| score.state != ScoreState::NotApplicable && !score.roles.is_empty())
                .filter_map(|score| self.heat_row(score))
                .collect();
            let title = self.rulebook.packs.get(place).map(|pack| &pack.title);
            if let (Some(title), false, true) = (title, own.is_empty(), self.layout.packs.len() > 1)
            {
                rows.push(HeatRow {
                    label: Cow::Borrowed(title),
                    all: None,
                    cells: Vec::new(),
                });
            }
            rows.extend(own);
        }
        if shown == 0 || rows.is_empty() {
            return None;
        }
        *figures += 1;
        let header = |one: &crate::assess::assessment::RoleCount| {
            let people = one.people.map(|people| format!("n\u{a0}{people}"));
            let people = people.unwrap_or_else(|| self.hidden_mark());
            format!("{} ({people})", one.role.title())
        };
        Some(Heat {
            figure: format!("Figure {figures}"),
            caption: self.heat_caption(shown),
            roles: roles.iter().map(header).collect(),
            rows,
            beyond: self.beyond(),
        })
    }

    fn beyond(&self) -> Vec<String> {
        let nodes = self.layout.packs.iter().flat_map(|pack| &pack.profile);
        let told = nodes.filter_map(|node| {
            let score = self.score(*node)?;
            let index = self.index(*node, score.index?);
            let says = score.beyond.as_ref()?.says();
            Some(format!("{} ({index}) lies {says}.", short(&score.title)))
        });
        told.collect()
    }

    fn heat_caption(&self, shown: usize) -> String {
        let all = self.assessment.respondents.roles.len();
        let held = all - shown;
        let mut text = format!(
            "Index of each score as each role alone rates it, {} of {} roles shown.",
            in_words(shown),
            in_words(all)
        );
        text.push_str(
            " Roles are asked different questions of one score; the gaps below compare what both answered.",
        );
        if held > 0 {
            text.push_str(" The others count in the column for everybody.");
        }
        text
    }

    fn heat_row(&self, score: &'a ScoreResult) -> Option<HeatRow<'a>> {
        let node = self.node(&score.id)?;
        let roles = self.assessment.respondents.roles.iter();
        Some(HeatRow {
            label: Cow::Borrowed(short(&score.title)),
            all: score.index.map(|index| self.index(node, index)),
            cells: roles
                .map(|one| self.heat_cell(node, score, one.role))
                .collect(),
        })
    }

    fn heat_cell(&self, node: usize, score: &ScoreResult, role: Role) -> HeatCell {
        let figure = score.roles.iter().find(|one| one.role == role);
        match figure {
            Some(RoleFigure {
                index: Some(index),
                people: Some(people),
                ..
            }) => HeatCell {
                text: self.index(node, *index),
                note: format!("n {people}"),
                class: SHADES
                    .get(nearest((index / 20.0).floor(), 5))
                    .copied()
                    .unwrap_or("none"),
            },
            Some(RoleFigure { hidden: true, .. }) => HeatCell {
                text: self.hidden_mark(),
                note: String::new(),
                class: "hidden",
            },
            Some(_) | None => HeatCell {
                text: "–".to_owned(),
                note: String::new(),
                class: "none",
            },
        }
    }
}
