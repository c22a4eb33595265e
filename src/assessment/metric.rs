//! Metrics in words: figures with their units, why there is none, and what they are made from.

use super::build::Build;
use super::say::answer_words;
use super::{CustomerResult, FigureResult, InputResult, MetricResult};
use crate::evaluate::{State, figures, portfolio};
use crate::metric::Refusal;
use crate::metric::kind::Figure;
use crate::number::rounded;
use crate::pack::file::MetricKind;
use crate::rulebook::{Item, ItemKind, Metric, MetricRule};

impl Build<'_> {
    pub(super) fn metrics(&self) -> Vec<MetricResult> {
        let metrics = self.rulebook.metrics.iter();
        metrics.filter_map(|metric| self.metric(metric)).collect()
    }

    fn metric(&self, metric: &Metric) -> Option<MetricResult> {
        let rule = self.rulebook.program.metric(*metric.figures.first()?)?;
        let readings = &self.evaluation.readings;
        let made = figures(rule, readings, self.answers);
        let spec = metric.kind.spec();
        let pairs = metric.figures.iter().zip(spec.figures).zip(made);
        let figures = pairs
            .filter(|(_, made)| *made != Err(Refusal::LeftOut))
            .filter_map(|((node, figure), made)| self.figure(metric, *node, figure, made))
            .collect();
        Some(MetricResult {
            id: metric.id.clone(),
            title: metric.title.clone(),
            metric: metric.kind,
            convention: convention(metric, rule),
            figures,
            inputs: self.inputs(metric, rule),
            customers: self.customers(rule),
            pack: metric.pack,
        })
    }

    fn figure(
        &self,
        metric: &Metric,
        node: usize,
        figure: &Figure,
        made: Result<f64, Refusal>,
    ) -> Option<FigureResult> {
        let item = self.rulebook.item(node)?;
        let refusal = made.as_ref().err().map(|refusal| {
            if matches!(refusal, Refusal::Open(_)) {
                return Refusal::Open(self.open(metric)).to_string();
            }
            refusal.to_string()
        });
        Some(FigureResult {
            id: item.id.clone(),
            title: figure.title.to_owned(),
            value: made.ok(),
            unit: unit_of(item),
            because: refusal,
            node,
        })
    }

    /// The inputs nobody has answered.
    fn open(&self, metric: &Metric) -> Vec<String> {
        let nodes = metric.inputs.iter().flat_map(|input| &input.nodes);
        let open = nodes.filter_map(|node| {
            let reading = self.evaluation.readings.get(*node)?;
            let item = self.rulebook.item(*node)?;
            match reading.state {
                State::Rated => None,
                State::NotApplicable => Some(format!("{} (not applicable)", item.label)),
                State::Missing | State::Unknown | State::Irrelevant | State::NotAsked => {
                    Some(item.label.clone())
                }
            }
        });
        open.collect()
    }

    fn inputs(&self, metric: &Metric, rule: &MetricRule) -> Vec<InputResult> {
        let nodes = metric.inputs.iter().flat_map(|input| &input.nodes);
        let mut inputs: Vec<InputResult> = nodes
            .filter_map(|node| {
                let item = self.rulebook.item(*node)?;
                let question = item.kind.question()?;
                let reading = self.evaluation.readings.get(*node)?;
                let remark = self.answers.remarks().get(*node)?;
                let mut says = answer_words(item, question, reading, remark);
                if let (Some(period), State::Rated) = (question.period, reading.state) {
                    says = format!("{says} a {}", period.word());
                }
                Some(InputResult {
                    id: item.id.clone(),
                    label: item.label.clone(),
                    says,
                })
            })
            .collect();
        if rule.table {
            let says = self.answers.customers().map_or_else(
                || "not there".to_owned(),
                |table| match table.len() {
                    1 => "1 customer".to_owned(),
                    n => format!("{n} customers"),
                },
            );
            inputs.push(InputResult {
                id: "customers".to_owned(),
                label: "Customer table".to_owned(),
                says,
            });
        }
        inputs
    }

    fn customers(&self, rule: &MetricRule) -> Vec<CustomerResult> {
        let made = portfolio(rule, &self.evaluation.readings, self.answers);
        let table = self.answers.customers().unwrap_or_default();
        let customers = made.into_iter().flat_map(|one| one.customers);
        let customers = customers.filter_map(|one| {
            Some(CustomerResult {
                customer: table.get(one.place)?.name.clone(),
                today: one.today,
                reach: one.reach,
                treatment: one.treatment,
            })
        });
        customers.collect()
    }
}

/// A figure with its unit, or why there is none.
pub(crate) fn figure_words(figure: &FigureResult) -> String {
    if let Some(value) = figure.value {
        return with_unit(value, figure.unit.as_deref());
    }
    let why = figure.because.as_deref().unwrap_or("it is not made here");
    format!("no result, because {why}")
}

/// A figure with its unit, in the singular where it is 1.
pub(super) fn with_unit(value: f64, unit: Option<&str>) -> String {
    match unit {
        Some("%") => format!("{} %", tidy(value, 1)),
        Some(unit) => {
            let text = tidy(value, 2);
            let one = if text == "1" {
                unit.strip_suffix('s')
            } else {
                None
            };
            format!("{text} {}", one.unwrap_or(unit))
        }
        None => tidy(value, 2),
    }
}

/// A number with at most so many digits after the point, and none that say nothing.
fn tidy(value: f64, digits: u8) -> String {
    let text = rounded(value, digits);
    if text.contains('.') {
        let text = text.trim_end_matches('0').trim_end_matches('.');
        return text.to_owned();
    }
    text
}

/// In what a figure is given, in words.
fn unit_of(item: &Item) -> Option<String> {
    match &item.kind {
        ItemKind::Figure { unit, .. } => unit.clone(),
        ItemKind::Question(_)
        | ItemKind::Score { .. }
        | ItemKind::Decision { .. }
        | ItemKind::Ladder { .. } => None,
    }
}

/// The convention in words, with what the pack chose within it.
fn convention(metric: &Metric, rule: &MetricRule) -> String {
    let mut text = metric.kind.spec().convention.to_owned();
    if metric.kind == MetricKind::LifetimeValue {
        let horizon = rule.periods.map_or_else(String::new, |periods| {
            let period = metric.period.map_or("period", |period| period.word());
            format!(" The horizon is {periods} {period}s.")
        });
        text = format!("{text} Here {}.{horizon}", rule.timing.says());
    }
    text
}
