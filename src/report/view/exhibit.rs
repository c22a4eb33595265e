//! Exhibits: what the report draws, one module per kind.

mod apply;
pub(super) mod bars;
mod distribution;
mod dots;
mod grid;
mod ladder;
mod star;
mod steps;
mod verdicts;

pub use bars::{Bar, Bars};
pub use distribution::{DistRow, Distribution};
pub use dots::{Dots, Strip, Tick};
pub use grid::{Grid, GridCell, GridDot, GridRow, GridState, GridStep};
pub use ladder::{Ladder, LadderLevel, LevelState, Need};
pub use star::{Align, Star};
pub use steps::{Fill, Rung, Steps};
pub use verdicts::{CheckRow, Checklist, Proof, VerdictRow, Verdicts};

use super::Text;
use super::context::ReportContext;
use crate::assess::assessment::RankingResult;
use crate::report::markdown::Markup;
use crate::rules::pack::file::Part;
use crate::rules::rulebook::ExhibitKind;
use serde::Serialize;

/// One exhibit: `{% include "parts/" ~ ex.kind ~ ".html" %}` draws it, so a folder of the user's
/// may override or add a kind. The part reads `ex` and `basis.evidenced`.
#[derive(Debug, Clone, Serialize)]
pub struct Exhibit<'a> {
    /// Kind of drawing, and the name of the part that draws it.
    pub kind: ExhibitName,
    /// `x-organisation-locator`.
    pub anchor: &'a str,
    /// `3.1`: section and position, counted through all packs of a section.
    pub number: String,
    /// Title.
    pub title: Text<'a>,
    /// General description, from the pack; empty where there is none.
    pub text_html: &'a str,
    /// The same in Markdown.
    pub text_md: &'a str,
    /// `Figure 4`, counted through the report.
    pub figure: String,
    /// One or two sentences that say what it shows for this client.
    pub caption: String,
    /// Data of the drawing; `kind` gives its type.
    pub chart: Chart<'a>,
}

/// The kinds of exhibits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExhibitName {
    /// The profile: dots with the full table. [`Dots`].
    Scores,
    /// Number of ratings on each anchor. [`Distribution`].
    Distribution,
    /// Levels with what they ask for. [`Ladder`].
    Ladder,
    /// Scores and ratings on one axis. [`Dots`].
    Dots,
    /// A decision over two inputs. [`Grid`].
    Grid,
    /// Answers to like questions. [`Bars`].
    Bars,
    /// The parts of one score. [`Star`].
    Star,
    /// Required beside built. [`Steps`].
    Steps,
    /// Decisions in words. [`Verdicts`].
    Verdicts,
    /// Gates as a list. [`Checklist`].
    Checklist,
}

/// Data of a drawing.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Chart<'a> {
    /// `scores` and `dots`.
    Dots(Dots<'a>),
    /// `distribution`.
    Distribution(Distribution<'a>),
    /// `ladder`.
    Ladder(Ladder<'a>),
    /// `grid`.
    Grid(Grid<'a>),
    /// `bars`.
    Bars(Bars<'a>),
    /// `star`.
    Star(Star<'a>),
    /// `steps`.
    Steps(Steps<'a>),
    /// `verdicts`.
    Verdicts(Verdicts<'a>),
    /// `checklist`.
    Checklist(Checklist<'a>),
}

/// A drawing with its sentence, not yet numbered.
type Drawn<'a> = (ExhibitName, Chart<'a>, String);

/// Counts exhibits through a section, and figures through the report.
pub(super) struct Counter {
    pub(super) section: String,
    pub(super) position: usize,
}

impl<'a> ReportContext<'a> {
    /// The exhibits of one part of a pack; those the engine adds to the profile come first.
    pub(super) fn exhibits(
        &self,
        place: usize,
        part: Part,
        counter: &mut Counter,
        figures: &mut usize,
    ) -> Vec<Exhibit<'a>> {
        let mut list = Vec::new();
        if part == Part::Profile {
            self.engine_exhibits(place, counter, figures, &mut list);
        }
        let (Some(pack), Some(layout)) =
            (self.rulebook.packs.get(place), self.layout.packs.get(place))
        else {
            return list;
        };
        for (exhibit, (anchor, text)) in pack.exhibits.iter().zip(&layout.exhibits) {
            if self.part(place, exhibit) != part || !self.shows(&exhibit.kind) {
                continue;
            }
            let ranking = self.ranking(&pack.id, Some(&exhibit.id));
            if let Some(drawn) = self.drawn(&exhibit.kind, ranking) {
                list.push(numbered(
                    drawn,
                    anchor,
                    Text::Borrowed(&exhibit.title),
                    Some(text),
                    counter,
                    figures,
                ));
            }
        }
        list
    }

    fn engine_exhibits(
        &self,
        pack: usize,
        counter: &mut Counter,
        figures: &mut usize,
        list: &mut Vec<Exhibit<'a>>,
    ) {
        let Some(layout) = self.layout.packs.get(pack) else {
            return;
        };
        if let Some((chart, caption)) = self.profile_dots(pack, layout) {
            let drawn = (ExhibitName::Scores, Chart::Dots(chart), caption);
            list.push(numbered(
                drawn,
                &layout.scores_anchor,
                "Where each part stands".into(),
                None,
                counter,
                figures,
            ));
        }
        if let Some((chart, caption)) = self.distribution(pack, layout) {
            let drawn = (
                ExhibitName::Distribution,
                Chart::Distribution(chart),
                caption,
            );
            let title = "How the ratings are spread".into();
            list.push(numbered(
                drawn,
                &layout.distribution_anchor,
                title,
                None,
                counter,
                figures,
            ));
        }
        let ladders = layout.ladders.iter();
        for ladder in ladders.filter(|one| !one.drawn && self.applies(one.node)) {
            if let Some((chart, caption)) = self.ladder_chart(ladder) {
                let drawn = (ExhibitName::Ladder, Chart::Ladder(chart), caption);
                list.push(numbered(
                    drawn,
                    &ladder.anchor,
                    ladder.rules.title.clone(),
                    None,
                    counter,
                    figures,
                ));
            }
        }
    }

    fn drawn(&self, kind: &ExhibitKind, ranking: Option<&RankingResult>) -> Option<Drawn<'a>> {
        match kind {
            ExhibitKind::Dots(nodes) => {
                let (chart, caption) = self.dots(nodes, ranking)?;
                Some((ExhibitName::Dots, Chart::Dots(chart), caption))
            }
            ExhibitKind::Bars(nodes) => {
                let (chart, caption) = self.bars(nodes);
                Some((ExhibitName::Bars, Chart::Bars(chart), caption))
            }
            ExhibitKind::Star(node) => {
                let (chart, caption) = self.star(*node, ranking)?;
                Some((ExhibitName::Star, Chart::Star(chart), caption))
            }
            ExhibitKind::Grid { decision, x, y } => {
                let (chart, caption) = self.grid(*decision, *x, *y)?;
                Some((ExhibitName::Grid, Chart::Grid(chart), caption))
            }
            ExhibitKind::Verdicts(nodes) => {
                let (chart, caption) = self.verdicts(nodes);
                Some((ExhibitName::Verdicts, Chart::Verdicts(chart), caption))
            }
            ExhibitKind::Checklist(gates) => {
                let (chart, caption) = self.checklist(gates);
                Some((ExhibitName::Checklist, Chart::Checklist(chart), caption))
            }
            ExhibitKind::Steps { decision, ladder } => {
                let (chart, caption) = self.steps(*decision, *ladder)?;
                Some((ExhibitName::Steps, Chart::Steps(chart), caption))
            }
        }
    }
}

fn numbered<'a>(
    (kind, chart, caption): Drawn<'a>,
    anchor: &'a str,
    title: Text<'a>,
    text: Option<&'a Markup>,
    counter: &mut Counter,
    figures: &mut usize,
) -> Exhibit<'a> {
    counter.position += 1;
    *figures += 1;
    Exhibit {
        kind,
        anchor,
        number: format!("{}.{}", counter.section, counter.position),
        title,
        text_html: text.map_or("", |text| &text.html),
        text_md: text.map_or("", |text| &text.md),
        figure: format!("Figure {figures}"),
        caption,
        chart,
    }
}
