//! Metrics: results of the business, each with what it is made from and how.

mod adding;
mod curves;
mod customers;
mod say;

pub use adding::{Adding, AddingRow, Point};
pub use curves::{CurveFactor, ValueCurve};
pub use customers::{Customer, Customers, Treated};

use super::Text;
use super::context::{ReportContext, capital};
use crate::assess::assessment::{FigureResult, ItemText, MetricResult};
use crate::rules::metric::{MetricKind, TableName};
use serde::Serialize;
use std::borrow::Cow;

/// A metric.
#[derive(Debug, Clone, Serialize)]
pub struct Metric<'a> {
    /// `r-economics-lifetime-value`.
    pub anchor: &'a str,
    /// `4.1`: section and position, counted through all packs.
    pub number: String,
    /// `economics.lifetime-value`, for `centricity explain`.
    pub id: &'a str,
    /// Title.
    pub title: Text<'a>,
    /// Description, from the pack; empty where there is none.
    pub about_html: &'a str,
    /// The same in Markdown.
    pub about_md: &'a str,
    /// The first figure that counts, in short: "21,000 EUR"; "no result" where there is none.
    pub value: Text<'a>,
    /// Note to read with the value, in one line; may be empty.
    pub note: String,
    /// "No result, because ..." where the metric gives nothing at all, and then it has no figures.
    pub none: Option<String>,
    /// One or two figures to be read side by side.
    pub heads: Vec<Figure<'a>>,
    /// Sentences about these figures for this client; may be empty.
    pub sentences: Vec<String>,
    /// Caution in reading them; null where none is needed.
    pub caution: Option<String>,
    /// The other figures; may be empty.
    pub rows: Vec<Figure<'a>>,
    /// Inputs that it is made from.
    pub inputs: Vec<Input<'a>>,
    /// Convention by which it is calculated.
    pub convention: Text<'a>,
    /// The customer table, where the metric values customers.
    pub customers: Option<Customers<'a>>,
    /// The value curves, one for each type of customer; else empty.
    pub curves: Vec<ValueCurve<'a>>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct Figure<'a> {
    /// Name.
    pub label: Text<'a>,
    /// With its unit; "never" or "no result".
    pub says: Text<'a>,
    /// Why there is none.
    pub because: Option<Text<'a>>,
}

/// An input.
#[derive(Debug, Clone, Serialize)]
pub struct Input<'a> {
    /// Name of the question, or of the table.
    pub label: Text<'a>,
    /// The answer in words, with its unit and period.
    pub says: Text<'a>,
    /// Of the question in the appendix; null for the table.
    pub anchor: Option<&'a str>,
}

/// The figures to be read side by side, by the names packs give them; and those that the report
/// shows in another way than in a row.
fn parts(kind: MetricKind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        MetricKind::Nps => (&["score", "margin"], &[]),
        MetricKind::LifetimeValue => (&["value", "point"], &[]),
        MetricKind::BreakEven => (&["simple", "retained"], &[]),
        MetricKind::ShareOfCustomer => (&["overall"], &[]),
        MetricKind::TopBox => (&["top", "top-two"], &[]),
        MetricKind::ValueDifference => (&["value", "rival"], &[]),
        MetricKind::Ratio => (&["ratio"], &[]),
        MetricKind::Agreement => (&["mean", "lowest"], &[]),
        MetricKind::ValueCurve => (&["given", "lead"], &[]),
        MetricKind::CustomerValue => (&["top-fifth", "losing"], &["keep", "grow", "hold", "shed"]),
    }
}

/// The figures of a metric by the names packs give them.
struct Made<'a> {
    result: &'a MetricResult,
}

impl<'a> Made<'a> {
    /// A figure; `None` where the pack makes the metric without it.
    fn figure(&self, id: &str) -> Option<&'a FigureResult> {
        let first = self.result.metric.spec().figures.first();
        if first.is_some_and(|first| first.id == id) {
            return self.result.figures.first();
        }
        let named = |one: &&FigureResult| one.id.rsplit_once('/').is_some_and(|(_, own)| own == id);
        self.result.figures.iter().find(named)
    }

    fn value(&self, id: &str) -> Option<f64> {
        self.figure(id)?.value
    }

    /// A figure in words; `None` where it has no value.
    fn says(&self, id: &str) -> Option<&'a str> {
        let figure = self.figure(id)?;
        figure.value.map(|_| figure.says.as_str())
    }
}

impl<'a> ReportContext<'a> {
    /// The metrics some input of which is asked and applies; how far people agree is told where
    /// their answers are.
    ///
    /// Each with its place in the rulebook.
    pub(super) fn metrics_shown(&self) -> impl Iterator<Item = (usize, &'a MetricResult)> {
        let metrics = self.rulebook.metrics.iter().enumerate();
        let results = metrics
            .filter_map(|(place, metric)| Some((place, metric, self.result.metric(place)?)))
            .filter(|(_, _, result)| result.metric != MetricKind::Agreement);
        let shown = results.filter(|(_, metric, result)| {
            let first = metric.figures.first();
            let rule = first.and_then(|node| self.rulebook.program.metric(*node));
            let mut nodes = metric.inputs.iter().flat_map(|input| &input.nodes);
            match rule.and_then(|rule| rule.table) {
                Some(TableName::Customers) => true,
                Some(TableName::Curves) => !result.curves.is_empty(),
                None => nodes.any(|node| self.applies(*node)),
            }
        });
        shown.map(|(place, _, result)| (place, result))
    }

    /// The metrics of a pack, those with a result first; each position is counted.
    pub(super) fn metrics(
        &self,
        pack: usize,
        section: &str,
        position: &mut usize,
    ) -> Vec<Metric<'a>> {
        let own = |(place, _): &(usize, &MetricResult)| {
            let metric = self.rulebook.metrics.get(*place);
            metric.is_some_and(|metric| metric.pack == pack)
        };
        let (made, none): (Vec<_>, Vec<_>) = self
            .metrics_shown()
            .filter(own)
            .partition(|(_, result)| result.figures.iter().any(|one| one.value.is_some()));
        let all = made.into_iter().chain(none);
        let metrics = all.filter_map(|(place, result)| {
            *position += 1;
            self.metric(place, result, format!("{section}.{position}"))
        });
        metrics.collect()
    }

    fn metric(&self, place: usize, result: &'a MetricResult, number: String) -> Option<Metric<'a>> {
        let layout = self.layout.metrics.get(place)?;
        let made = Made { result };
        let (first, apart) = parts(result.metric);
        let heads: Vec<&FigureResult> = first.iter().filter_map(|id| made.figure(id)).collect();
        let apart: Vec<&str> = apart
            .iter()
            .filter_map(|id| Some(made.figure(id)?.id.as_str()))
            .collect();
        let others = result.figures.iter().filter(|one| {
            !apart.contains(&one.id.as_str()) && heads.iter().all(|head| head.id != one.id)
        });
        let nothing = result.figures.iter().all(|one| one.value.is_none());
        let none = result.figures.first().filter(|_| nothing);
        Some(Metric {
            anchor: &layout.anchor,
            number,
            id: &result.id,
            title: Cow::Borrowed(&result.title),
            about_html: &layout.about.html,
            about_md: &layout.about.md,
            value: heads
                .first()
                .map_or("no result".into(), |head| Cow::Borrowed(&head.says)),
            note: made.note(),
            none: none.map(|figure| capital(&figure.in_words())),
            sentences: made.sentences(),
            caution: made.caution(),
            rows: if nothing {
                Vec::new()
            } else {
                others.map(figure).collect()
            },
            heads: if nothing {
                Vec::new()
            } else {
                heads.into_iter().map(figure).collect()
            },
            inputs: result.inputs.iter().map(|one| self.input(one)).collect(),
            convention: Cow::Borrowed(&result.convention),
            customers: Customers::of(&result.customers),
            curves: result.curves.iter().map(ValueCurve::of).collect(),
        })
    }

    fn input(&self, input: &'a ItemText) -> Input<'a> {
        let node = self.rulebook.find(&input.id);
        Input {
            label: Cow::Borrowed(input.label.trim_end_matches('?')),
            says: Cow::Borrowed(&input.says),
            anchor: node.and_then(|node| self.layout.anchor(node)),
        }
    }
}

fn figure(figure: &FigureResult) -> Figure<'_> {
    Figure {
        label: Cow::Borrowed(&figure.title),
        says: Cow::Borrowed(&figure.says),
        because: figure.because.as_deref().map(Cow::Borrowed),
    }
}
