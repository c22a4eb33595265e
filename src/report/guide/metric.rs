//! Metrics for readers.

use super::{Guide, local};
use crate::assess::assessment::convention;
use crate::rules::pack::file::Period;
use crate::rules::rulebook::{Item, Metric};
use serde_json::{Value, json};

impl Guide<'_> {
    pub(super) fn metrics(&self) -> Vec<Value> {
        let metrics = self.rulebook.metrics.iter();
        let own = metrics.filter(|metric| metric.pack == self.place);
        own.filter_map(|metric| self.metric(metric)).collect()
    }

    fn metric(&self, metric: &Metric) -> Option<Value> {
        let rule = self.program().metric(*metric.figures.first()?)?;
        let spec = metric.kind.spec();
        let figures = metric.figures.iter().zip(spec.figures);
        let figures = figures.filter_map(|(node, figure)| {
            let id = self.rulebook.item(*node)?.local_id();
            Some(json!({ "id": id, "title": figure.title, "unit": figure.unit }))
        });
        let inputs = metric.inputs.iter().filter(|one| !one.nodes.is_empty());
        let inputs = inputs.map(|input| {
            let nodes = input.nodes.iter();
            let items = nodes.filter_map(|node| self.rulebook.item(*node));
            let labels: Vec<&str> = items.clone().map(|item| item.label.as_str()).collect();
            let ids: Vec<&str> = items.map(Item::local_id).collect();
            json!({ "name": input.id.replace('-', " "), "labels": labels, "ids": ids })
        });
        Some(json!({
            "id": local(&metric.id),
            "title": metric.title,
            "about": metric.about,
            "kind": metric.kind,
            "name": spec.name,
            "convention": convention(metric, rule),
            "table": rule.table,
            "money": metric.unit,
            "period": metric.period.map(Period::word),
            "inputs": inputs.collect::<Vec<_>>(),
            "figures": figures.collect::<Vec<_>>(),
        }))
    }
}
