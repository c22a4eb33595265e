//! Metrics in words: figures with their units, why there is none, and what they are made from.

use super::evaluated::Evaluated;
use super::words::{answer_words, figure as amount};
use super::{CustomerResult, FigureResult, ItemId, ItemText, MetricResult};
use crate::answers::statistics::agreement_figure;
use crate::message;
use crate::rules::metric::{CustomerBase, Figure, MetricKind, Refusal, TableName};
use crate::rules::rulebook::{ItemKind, Metric, MetricInput, MetricRule};
use crate::rules::vocabulary::State;
use crate::text::number::grouped;

/// The sentences on values of a customer table: of one period, or of all to come.
pub(super) const VALUES_ARE: [&str; 2] = [
    " Here values are those of one period.",
    " Here values are over all periods to come.",
];

impl Evaluated<'_> {
    pub(super) fn metrics(&self) -> Vec<MetricResult> {
        let metrics = self.rulebook.metrics.iter();
        metrics.filter_map(|metric| self.metric(metric)).collect()
    }

    fn metric(&self, metric: &Metric) -> Option<MetricResult> {
        let first = *metric.figures.first()?;
        let rule = self.rulebook.program.metric(first)?;
        let made = self.facts().figures(first, rule);
        let spec = metric.kind.spec();
        let pairs = metric.figures.iter().zip(spec.figures).zip(made);
        let figures = pairs
            .filter(|(_, made)| *made != Err(Refusal::LeftOut))
            .filter_map(|((node, figure), made)| self.figure(metric, *node, figure, made))
            .collect();
        let customer_base = self.facts().customer_base(rule);
        let mut convention = convention(metric, rule);
        let [of_a_period, lifetime] = VALUES_ARE;
        convention.push_str(match &customer_base {
            Some(one) if one.lifetime => lifetime,
            Some(_) => of_a_period,
            None => "",
        });
        // Values of one period are made without a rate.
        let one_period = customer_base.as_ref().is_some_and(|one| !one.lifetime);
        let questions = if one_period { &[][..] } else { &metric.inputs };
        Some(MetricResult {
            id: ItemId::from(&metric.id),
            title: metric.title.clone(),
            metric: metric.kind,
            convention,
            figures,
            inputs: self.inputs(metric.kind, questions, rule.table),
            customers: self.customers(customer_base),
            curves: if metric.kind == MetricKind::ValueCurve {
                self.answers.curves.to_vec()
            } else {
                Vec::new()
            },
        })
    }

    fn figure(
        &self,
        metric: &Metric,
        node: usize,
        figure: &Figure,
        made: Result<f64, Refusal>,
    ) -> Option<FigureResult> {
        let ItemKind::Figure { unit, .. } = &self.rulebook.item(node)?.kind else {
            return None;
        };
        let (says, because) = match &made {
            Ok(value) => (self.figure_words(node, *value).unwrap_or_default(), None),
            Err(Refusal::Never) => ("never".to_owned(), Some(Refusal::Never)),
            Err(Refusal::Open(_)) => (message!("no-result").to_owned(), Some(self.without(metric))),
            Err(refusal) => (message!("no-result").to_owned(), Some(refusal.clone())),
        };
        Some(FigureResult {
            id: self.id(node)?,
            title: figure.title.to_owned(),
            value: made.ok(),
            unit: unit.clone(),
            says,
            because: because.map(|refusal| refusal.to_string()),
        })
    }

    /// A figure in words that never looks as if it met a test it fails, or failed one it meets;
    /// `None` for any other item.
    pub(super) fn figure_words(&self, node: usize, value: f64) -> Option<String> {
        let ItemKind::Figure { given, unit, .. } = &self.rulebook.item(node)?.kind else {
            return None;
        };
        Some(amount(value, *given, unit.as_deref(), &self.limits(node)))
    }

    /// The inputs nobody has answered; where there are none, those that do not apply.
    fn without(&self, metric: &Metric) -> Refusal {
        let (mut open, mut absent) = (Vec::new(), Vec::new());
        for node in metric.inputs.iter().flat_map(|input| &input.nodes) {
            let Some((item, reading)) = self.item(*node) else {
                continue;
            };
            let label = &item.label;
            if reading.is_absent() {
                absent.push(label.clone());
            } else if reading.state.is_open() {
                let hidden = if self.is_hidden(*node) {
                    " (hidden)"
                } else {
                    ""
                };
                open.push(format!("{label}{hidden}"));
            }
        }
        if open.is_empty() {
            Refusal::Absent(absent)
        } else {
            Refusal::Open(open)
        }
    }

    fn inputs(
        &self,
        kind: MetricKind,
        questions: &[MetricInput],
        table: Option<TableName>,
    ) -> Vec<ItemText> {
        let nodes = questions.iter().flat_map(|input| &input.nodes);
        let inputs = nodes.filter_map(|node| self.input(kind, *node));
        let table = table.map(|table| self.table(table));
        inputs.chain(table).collect()
    }

    fn input(&self, kind: MetricKind, node: usize) -> Option<ItemText> {
        let (item, reading) = self.item(node)?;
        let question = item.kind.question()?;
        let (_, notes) = self.answer(node)?;
        let mut says = if kind == MetricKind::Agreement {
            self.agreement_on(node)
        } else {
            answer_words(item, question, reading, notes)
        };
        if reading.state == State::Rated {
            says = grouped(&says);
            if let Some(period) = question.period {
                says = format!("{says} a {}", period.word());
            }
        }
        Some(ItemText {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            says,
        })
    }

    /// Agreement of people on one rating, as far as it may be shown.
    fn agreement_on(&self, node: usize) -> String {
        let spread = self
            .group_answer(node)
            .and_then(|group| group.spread.as_ref());
        let agreed = spread.and_then(|spread| Some((spread.people, spread.agreement?)));
        agreed.map_or_else(
            || message!("no-agreement-to-show").to_owned(),
            |(people, agreed)| {
                message!(
                    "among-people",
                    agreement_figure = agreement_figure(agreed),
                    people
                )
            },
        )
    }

    /// A table as an input.
    fn table(&self, table: TableName) -> ItemText {
        let curves = &self.answers.curves;
        let (label, says) = match table {
            TableName::Customers => {
                let table = self.answers.customers.as_deref();
                let says =
                    table.map(|table| message!("customers-in-the-table", count = table.len()));
                (message!("customer-table"), says)
            }
            TableName::Curves => {
                let (types, factors) = (curves.len(), curves.iter().map(|one| one.factors.len()));
                let factors: usize = factors.sum();
                let says = (types > 0).then(|| message!("types-of-customer", types, factors));
                (message!("value-curves"), says)
            }
        };
        ItemText {
            id: ItemId::from(table.id()),
            label: label.to_owned(),
            says: says.unwrap_or_else(|| message!("not-there").to_owned()),
        }
    }

    fn customers(&self, made: Option<CustomerBase>) -> Vec<CustomerResult> {
        let table = self.answers.customers.as_deref().unwrap_or_default();
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

/// The convention in words, with what the pack chose within it.
pub(crate) fn convention(metric: &Metric, rule: &MetricRule) -> String {
    let mut text = metric.kind.spec().convention.to_owned();
    if metric.kind.is_timed() {
        let horizon = rule.periods.map_or_else(String::new, |periods| {
            let period = metric.period.map_or("period", |period| period.word());
            message!("the-horizon-is-s", periods, period)
        });
        text = format!("{text} Here {}.{horizon}", rule.timing.says());
    }
    text
}
