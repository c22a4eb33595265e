//! Metrics for readers.

use super::{Teller, local, text};
use crate::assess::assessment::convention;
use crate::rules::metric::{MetricKind, TableName, Unit};
use crate::rules::rulebook::Metric;
use serde::Serialize;

/// A metric, worded.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MetricGuide<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    kind: &'static str,
    convention: String,
    /// "the customer table", where it is made from one.
    table: Option<&'static str>,
    inputs: Vec<InputGuide<'a>>,
    figures: Vec<MadeGuide<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct InputGuide<'a> {
    name: String,
    /// With a plus between several that are added up.
    questions: String,
    ids: Vec<&'a str>,
}

#[derive(Debug, Clone, Serialize)]
struct MadeGuide<'a> {
    id: &'a str,
    title: &'static str,
    unit: String,
}

impl<'a> Teller<'a> {
    pub(super) fn metrics(&self) -> Vec<MetricGuide<'a>> {
        let metrics = self.rulebook.metrics.iter();
        metrics
            .filter(|metric| metric.pack == self.place)
            .filter_map(|metric| self.metric(metric))
            .collect()
    }

    fn metric(&self, metric: &'a Metric) -> Option<MetricGuide<'a>> {
        let rule = self.program().metric(*metric.figures.first()?)?;
        let spec = metric.kind.spec();
        let figures = metric.figures.iter().zip(spec.figures);
        let figures = figures.filter_map(|(node, figure)| {
            Some(MadeGuide {
                id: self.rulebook.item(*node)?.local_id(),
                title: figure.title,
                unit: unit(metric, figure.unit),
            })
        });
        Some(MetricGuide {
            id: local(&metric.id),
            title: &metric.title,
            about: text(metric.about.as_ref()),
            kind: spec.name,
            convention: convention(metric, rule),
            table: rule.table.map(|table| match table {
                TableName::Customers => "the customer table",
                TableName::Curves => "the value curves beside the answers",
            }),
            inputs: self.inputs(metric),
            figures: figures.collect(),
        })
    }

    fn inputs(&self, metric: &'a Metric) -> Vec<InputGuide<'a>> {
        let made = metric.inputs.iter().filter(|input| !input.nodes.is_empty());
        let apart = metric.kind == MetricKind::Agreement;
        let between = if apart { ", " } else { " + " };
        let input = made.map(|input| {
            let items = input
                .nodes
                .iter()
                .filter_map(|node| self.rulebook.item(*node));
            let labels: Vec<&str> = items.clone().map(|item| item.label.as_str()).collect();
            InputGuide {
                name: input.id.replace('-', " "),
                questions: labels.join(between),
                ids: items.map(crate::rules::rulebook::Item::local_id).collect(),
            }
        });
        input.collect()
    }
}

/// In what a figure is given.
fn unit(metric: &Metric, unit: Unit) -> String {
    let period = metric.period.map_or("period", |period| period.word());
    match unit {
        Unit::Money => metric
            .unit
            .clone()
            .unwrap_or_else(|| "as its amounts".to_owned()),
        Unit::Percent => "%".to_owned(),
        Unit::Points => "points, -100 to 100".to_owned(),
        Unit::Periods => format!("{period}s"),
        Unit::Count => "how many".to_owned(),
        Unit::Times => "times".to_owned(),
        Unit::Number => "points".to_owned(),
        Unit::Coefficient => "1 at most".to_owned(),
    }
}
