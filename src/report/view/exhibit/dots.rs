//! Scores and ratings as rows on one axis, each with the range its open answers still allow.

mod figures;
mod say;

use crate::assess::assessment::{AgreedResult, RankingResult, ScoreResult, ScoreState};
use crate::report::chart::strip::drawn;
use crate::report::chart::{Marks, plot, share, tenth};
use crate::report::layout::PackLayout;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, percent, short};
use crate::rules::condition::Truth;
use crate::rules::rulebook::Domain;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use figures::Figures;
pub(super) use say::rows_of;
use say::{caption, coverage, note, on_scale, rating_on_scale, says};
use serde::Serialize;
use std::borrow::Cow;

/// Rows on one axis, highest first, not assessed last.
#[derive(Debug, Clone, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says of a column or a mark whether it is printed"
)]
pub struct Dots<'a> {
    /// Unit of the axis: "index, 0 to 100", or "difference, -4 to 4".
    pub unit: String,
    /// The first word of it, over its column: "Index".
    pub head: &'static str,
    /// Its ends, over the text plot: "0 to 100".
    pub axis: String,
    /// 0, 25, 50, 75 and 100 with their labels.
    pub ticks: Vec<Tick>,
    /// The rows.
    pub rows: Vec<Strip<'a>>,
    /// Some row has a mark for what was claimed.
    pub claimed: bool,
    /// Some row has a target.
    pub target: bool,
    /// Some row has a range: open answers may move it.
    pub ranged: bool,
    /// Some row is below the coverage a verdict takes.
    pub weak: bool,
    /// The marks of the text plot: "● value, ─ range, ○ claimed, ◇ target".
    pub legend: String,
    /// Names of items without a row, not asked or not applicable; null where all have one.
    pub left_out: Option<String>,
}

/// A labelled place on an axis.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Percent of the axis.
    pub x: f64,
    /// Text at that place.
    pub label: String,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct Strip<'a> {
    /// `pack.item`.
    #[serde(skip)]
    pub(super) id: &'a str,
    /// Name.
    pub label: Text<'a>,
    /// Index, "58"; null: not assessed.
    pub value: Option<String>,
    /// The value on its own scale, "2.3 of 4".
    #[serde(skip)]
    pub(in crate::report::view) raw: Option<String>,
    /// "50 to 62", or the value where it is certain.
    pub range: Option<String>,
    /// Index as claimed, only where it differs.
    #[serde(skip)]
    pub(in crate::report::view) claimed: Option<String>,
    /// Index with every target reached.
    #[serde(skip)]
    pub(in crate::report::view) target: Option<String>,
    /// Target less value.
    #[serde(skip)]
    pub(in crate::report::view) gap: Option<String>,
    /// "83 %", or "83 % (5 of 6 answers)" where it gathers questions of other packs.
    pub coverage: String,
    /// The columns of the table beside the index: range, value on its own scale, where some row has
    /// one the claim, where some row has one the target and the gap, and how much is answered; in
    /// the profile also the evidence, where the basis is evidence, and the confidence.
    pub cells: Vec<Option<String>>,
    /// Share of weight that a document or better supports; null on perception.
    #[serde(skip)]
    pub(in crate::report::view) evidence: Option<String>,
    /// "low", "medium" or "high".
    #[serde(skip)]
    pub(in crate::report::view) confidence: &'static str,
    /// Place of the value, in percent of the axis.
    #[serde(skip)]
    pub(in crate::report::view) x: Option<f64>,
    /// Range, target, claim and value as SVG.
    pub marks_svg: String,
    /// Too little is answered for a verdict: drawn as a broken ring, and `note` says so.
    #[serde(skip)]
    pub(in crate::report::view) weak: bool,
    /// Certainly not called for: neither far along nor behind.
    #[serde(skip)]
    pub(in crate::report::view) spare: bool,
    /// "too few answers for a verdict", "capped at 2: account manager in name only", "agreed in place
    /// of 2.9".
    pub note: Option<String>,
    /// The value was agreed on, and people had said something else.
    #[serde(skip)]
    pub(in crate::report::view) agreed: bool,
    /// The row as a sentence, read out instead of the drawing.
    pub says: String,
    /// Text plot of 41 characters, one per 2.5 index points.
    pub plot: String,
}

/// The figures of a row, from a score or a rating.
struct Row<'a> {
    node: usize,
    label: &'a str,
    index: Option<f64>,
    raw: Option<String>,
    low: f64,
    high: f64,
    claimed: Option<f64>,
    target: Option<f64>,
    coverage: String,
    evidence: Option<f64>,
    confidence: &'static str,
    weak: bool,
    agreed: bool,
    note: Option<String>,
}

impl<'a> ReportContext<'a> {
    /// The profile of a pack, with the sentence under it.
    pub(in crate::report::view) fn profile_dots(
        &self,
        place: usize,
        layout: &PackLayout<'_>,
    ) -> Option<(Dots<'a>, String)> {
        let evidenced = self.assessment.basis == Basis::Evidenced;
        let pack = self.rulebook.packs.get(place)?;
        let ranking = self.ranking(&pack.id, None);
        let (mut dots, caption) = self.dots(&layout.profile, ranking)?;
        for row in &mut dots.rows {
            row.cells.extend(evidenced.then(|| row.evidence.clone()));
            row.cells.push(Some(row.confidence.to_owned()));
        }
        Some((dots, caption))
    }

    /// The order of the parts of an exhibit, or of the profile of a pack.
    pub(super) fn ranking(&self, pack: &str, exhibit: Option<&str>) -> Option<&'a RankingResult> {
        let mut all = self.assessment.rankings.iter();
        all.find(|one| one.pack == pack && one.exhibit.as_deref() == exhibit)
    }

    /// True if an item may be called for.
    pub(in crate::report::view) fn is_called_for(&self, node: usize) -> bool {
        let question = self.question(node).map(|one| one.called_for);
        let called_for = question.or_else(|| Some(self.score(node)?.called_for));
        called_for != Some(Truth::False)
    }

    /// Rows for scores and ratings, with the sentence under them.
    pub(in crate::report::view) fn dots(
        &self,
        nodes: &[usize],
        ranking: Option<&RankingResult>,
    ) -> Option<(Dots<'a>, String)> {
        let rows = self.strips(nodes);
        if rows.is_empty() {
            return None;
        }
        let mut dots = Dots::over(rows, self.left_out(nodes));
        let ends: Option<Vec<_>> = nodes
            .iter()
            .map(|node| self.ends_of_difference(*node))
            .collect();
        if let Some((ends, rest)) = ends.as_ref().and_then(|all| all.split_first())
            && rest.iter().all(|one| one == ends)
        {
            dots.measure(*ends);
        }
        let caption = self
            .differences(nodes, ranking)
            .unwrap_or_else(|| caption(&dots.rows, ranking, self.rests_on_open(nodes)));
        Some((dots, caption))
    }

    /// A row for each score and rating that is asked and applies, in the order given.
    pub(super) fn strips(&self, nodes: &[usize]) -> Vec<Strip<'a>> {
        let here = nodes.iter().filter(|node| self.applies(**node));
        here.filter_map(|node| self.strip(*node)).collect()
    }

    /// One row; `None` for what has no number.
    pub(in crate::report::view) fn strip(&self, node: usize) -> Option<Strip<'a>> {
        let row = match self.score(node) {
            Some(score) => self.score_row(node, score),
            None => self.rating_row(node)?,
        };
        Some(self.drawn_row(row))
    }

    fn score_row(&self, node: usize, score: &'a ScoreResult) -> Row<'a> {
        let evidenced = self.assessment.basis == Basis::Evidenced;
        let weak = score.state != ScoreState::Rated && !score.is_settled();
        Row {
            node,
            label: short(&score.title),
            index: score.index,
            raw: score.value.zip(score.possible).map(|(value, possible)| {
                let ends = (possible.low, possible.high);
                on_scale(value, &self.limits(node, ends), ends)
            }),
            low: score.index_range.map_or(0.0, |range| range.low),
            high: score.index_range.map_or(100.0, |range| range.high),
            claimed: score.claimed_index,
            target: score.target_index,
            coverage: coverage(score),
            evidence: evidenced.then_some(score.confidence.evidence),
            confidence: score.confidence.grade.word(),
            weak,
            agreed: false,
            note: note(score),
        }
    }

    fn rating_row(&self, node: usize) -> Option<Row<'a>> {
        let question = self.question(node)?;
        let Domain::Number { least, most, .. } = self.rulebook.item(node)?.domain else {
            return None;
        };
        let index = |value: f64| share(value, least, most);
        let value = question.value.map(index);
        let proven = question.grade >= Grade::Document;
        let evidenced = self.assessment.basis == Basis::Evidenced;
        let agreed = question.agreed.as_ref().and_then(AgreedResult::says);
        Some(Row {
            node,
            label: &question.label,
            index: value,
            raw: question
                .value
                .map(|value| rating_on_scale(value, (least, most))),
            low: value.unwrap_or(0.0),
            high: value.unwrap_or(100.0),
            claimed: question.claimed.map(index),
            target: question
                .target
                .map(index)
                .filter(|target| Some(*target) > value),
            coverage: percent(if value.is_some() { 1.0 } else { 0.0 }),
            evidence: evidenced.then_some(if proven { 1.0 } else { 0.0 }),
            confidence: if proven { "medium" } else { "low" },
            weak: false,
            agreed: agreed.is_some() && value.is_some(),
            note: match value {
                Some(_) => agreed,
                None => Some("not assessed".to_owned()),
            },
        })
    }

    fn drawn_row(&self, row: Row<'a>) -> Strip<'a> {
        let Row {
            node,
            index,
            low,
            high,
            claimed,
            target,
            ..
        } = row;
        let line = [index, Some(low), Some(high), claimed, target];
        let known = index.is_some();
        let figures = self.figures(node, if known { &line } else { &[] });
        let text = |index: f64| figures.say(index);
        // A claim that prints as the value does says nothing.
        let claimed = claimed.filter(|claim| index.map(text) != Some(text(*claim)));
        let range = (known || low > 0.0 || high < 100.0).then(|| {
            let (low, high) = (text(low), text(high));
            if low == high {
                low
            } else {
                format!("{low} to {high}")
            }
        });
        let gap = target
            .zip(index)
            .filter(|_| self.is_called_for(node))
            .map(|(target, index)| figures.gap(index, target));
        let marks = Marks {
            value: index,
            low,
            high,
            claimed,
            target,
        };
        let mut strip = Strip {
            id: self.rulebook.item(node).map_or("", |item| &item.id),
            label: Cow::Borrowed(row.label),
            value: index.map(text),
            raw: row.raw,
            range,
            claimed: claimed.map(text),
            target: target.map(text),
            gap,
            coverage: row.coverage,
            cells: Vec::new(),
            evidence: row.evidence.map(percent),
            confidence: row.confidence,
            x: index.map(tenth),
            marks_svg: drawn(marks, row.weak),
            weak: row.weak,
            spare: !self.is_called_for(node),
            note: row
                .note
                .or_else(|| (!self.is_called_for(node)).then(|| "not called for".to_owned())),
            agreed: row.agreed,
            says: String::new(),
            plot: plot(marks),
        };
        if let (Figures::Difference(..), None) = (figures, &strip.note) {
            strip.note = Some("a difference".to_owned());
        }
        strip.says = says(&strip, figures);
        strip
    }
}
