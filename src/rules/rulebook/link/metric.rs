//! Metrics: inputs resolved and held to their sort, units and periods alike, figures declared.

mod fit;

use super::{Draft, Linker};
use crate::rules::condition::Condition;
use crate::rules::metric::kind::{Figure, Input, Sort, Spec};
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{MetricFile, MetricKind, Period};
use crate::rules::rulebook::{Domain, Item, ItemKind, Metric, MetricInput, MetricRule, Step};
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::Located;
use fit::{fits, lower, wanted, words};

/// One question an input is made from, with the place that names it.
struct Source {
    node: usize,
    place: Place,
    sort: Sort,
}

impl<'a> Linker<'a> {
    /// Declares a metric and its figures, one after the other.
    pub(super) fn metrics(&mut self, pack: usize, one: &'a Loaded) {
        for (id, file) in &one.file.metrics {
            let metric = self.metrics.len();
            let title = file.title.clone();
            let title = title.unwrap_or_else(|| super::header::words(&id.value));
            let spec = file.metric.value.spec();
            let first = self.items.len();
            for (place, figure) in spec.figures.iter().enumerate() {
                let item = self.figure(pack, id, (metric, place), figure, &title);
                self.put(item, Draft::Figure(file, place));
            }
            self.metrics.push(Metric {
                id: self.full_id(pack, &id.value),
                pack,
                title,
                about: file.about.clone(),
                kind: file.metric.value,
                unit: None,
                period: None,
                inputs: Vec::new(),
                figures: (first..self.items.len()).collect(),
            });
        }
    }

    fn figure(
        &self,
        pack: usize,
        id: &Located<String>,
        (metric, place): (usize, usize),
        figure: &Figure,
        title: &str,
    ) -> Item {
        let id_in_pack = match place {
            0 => id.value.clone(),
            _ => format!("{}/{}", id.value, figure.id),
        };
        let label = format!("{title}: {}", lower(figure.title));
        Item {
            id: self.full_id(pack, &id_in_pack),
            pack,
            section: None,
            label,
            about: None,
            domain: Domain::Number {
                least: figure.least,
                most: figure.most,
                whole: false,
            },
            kind: ItemKind::Figure {
                metric,
                place,
                given: figure.unit,
                unit: None,
            },
            place: id.place,
        }
    }

    /// Compiles a metric; its first figure stands for all.
    pub(super) fn metric(&mut self, node: usize, file: &MetricFile) {
        let pack = self.pack_of(node);
        let spec = file.metric.value.spec();
        let before = self.problems.errors();
        self.settings(file, spec);
        let mut inputs = Vec::new();
        let mut sources = Vec::new();
        for input in spec.inputs {
            let nodes = self.input(pack, file, input, &mut sources);
            inputs.push(MetricInput {
                id: input.id,
                nodes,
            });
        }
        let (unit, period) = self.alike(&sources);
        if self.problems.errors() > before {
            return;
        }
        let rule = MetricRule {
            kind: file.metric.value,
            inputs: inputs.iter().map(|one| one.nodes.clone()).collect(),
            table: file.from.map(|one| one.value),
            timing: file.timing.map(|one| one.value).unwrap_or_default(),
            periods: file.periods.map(|one| one.value),
            scale: self.whole_section(&inputs),
        };
        self.program.push(Step::Measure {
            first: node,
            metric: rule,
        });
        for (figure, item) in spec.figures.iter().zip(self.items.iter_mut().skip(node)) {
            if let ItemKind::Figure { unit: given, .. } = &mut item.kind {
                *given = words(figure.unit, unit.as_ref(), period);
            }
        }
        let metric = match self.items.get(node).map(|item| &item.kind) {
            Some(ItemKind::Figure { metric, .. }) => self.metrics.get_mut(*metric),
            _ => None,
        };
        if let Some(metric) = metric {
            metric.unit = unit;
            metric.period = period;
            metric.inputs = inputs;
        }
    }

    /// Keys that mean nothing for the metric, inputs it does not know, and what it lacks.
    fn settings(&mut self, file: &MetricFile, spec: &Spec) {
        let lifetime = file.metric.value == MetricKind::LifetimeValue;
        let timed = file.metric.value.is_timed();
        let place = file.metric.place;
        let keys = [
            ("timing", file.timing.map(|one| one.place), timed),
            ("periods", file.periods.map(|one| one.place), lifetime),
            (
                "from",
                file.from.map(|one| one.place),
                file.from.is_none_or(|one| spec.table == Some(one.value)),
            ),
        ];
        for (key, place, fits) in keys {
            if let (Some(place), false) = (place, fits) {
                let message = format!("this metric takes no `{key}`");
                let help = match (key, spec.table) {
                    ("from", Some(table)) => format!("write `from: {}`", table.id()),
                    _ => "leave it out".to_owned(),
                };
                self.refuse(Code::InvalidMetric, place, message, &help);
            }
        }
        if let Some(periods) = file.periods.filter(|one| one.value == 0) {
            let message = "a horizon is at least one period";
            self.refuse(
                Code::InvalidMetric,
                periods.place,
                message,
                "write 1 or more",
            );
        }
        for (id, _) in &file.inputs {
            if spec.inputs.iter().all(|input| input.id != id.value) {
                let near = nearest(&id.value, spec.inputs.iter().map(|input| input.id));
                let names: Vec<String> = spec
                    .inputs
                    .iter()
                    .map(|one| format!("`{}`", one.id))
                    .collect();
                let help = suggestion(near, &format!("its inputs are {}", names.join(", ")));
                let message = format!("this metric has no input `{}`", id.value);
                self.refuse(Code::InvalidMetric, id.place, message, &help);
            }
        }
        let gives = |input: &Input| file.inputs.get(input.id).is_some();
        let lacking = spec.inputs.iter().find(|one| !one.optional && !gives(one));
        if let (Some(input), None) = (lacking, file.from) {
            let message = format!("this metric needs the input `{}`", input.id);
            self.refuse(
                Code::InvalidMetric,
                place,
                message,
                "name a number question",
            );
        } else if file.from.is_none() && !spec.inputs.iter().any(gives) {
            let help = match spec.table {
                Some(table) => format!("add `from: {}`, or its inputs", table.id()),
                None => "add its inputs".to_owned(),
            };
            self.refuse(Code::InvalidMetric, place, "a metric of nothing", &help);
        }
    }

    fn input(
        &mut self,
        pack: usize,
        file: &MetricFile,
        input: &Input,
        sources: &mut Vec<Source>,
    ) -> Vec<usize> {
        let Some(written) = file.inputs.get(input.id) else {
            return Vec::new();
        };
        let mut nodes = Vec::new();
        for id in written.ids() {
            if let (Sort::Ratings, Some(ratings)) = (input.sort, self.ratings_of(pack, &id.value)) {
                nodes.extend(ratings);
                continue;
            }
            let Some(node) = self.rely_on(pack, id) else {
                continue;
            };
            let found = self.items.get(node).and_then(|item| item.kind.question());
            if found.is_none_or(|question| !fits(question, input.sort)) {
                let message = format!("`{}` cannot be the input `{}`", id.value, input.id);
                self.refuse(Code::InvalidMetric, id.place, message, wanted(input.sort));
                continue;
            }
            sources.push(Source {
                node,
                place: id.place,
                sort: input.sort,
            });
            nodes.push(node);
        }
        nodes
    }

    /// The unit of all amounts and the period of all that has one; the first that differs is told.
    fn alike(&mut self, sources: &[Source]) -> (Option<String>, Option<Period>) {
        let question = |node: usize| self.items.get(node)?.kind.question();
        let unit = |one: &Source| question(one.node).and_then(|question| question.unit.clone());
        let period = |one: &Source| question(one.node).and_then(|question| question.period);
        let money = |one: &&Source| matches!(one.sort, Sort::Amount | Sort::Once);
        let timed = |one: &&Source| matches!(one.sort, Sort::Amount | Sort::Rate);
        let mut told = Vec::new();
        let mut amounts = sources.iter().filter(money);
        let first = amounts.next();
        let units = first.and_then(unit);
        if let Some(other) = amounts.find(|one| unit(one) != units) {
            let none = || "none".to_owned();
            let (a, b) = (
                units.clone().unwrap_or_else(none),
                unit(other).unwrap_or_else(none),
            );
            told.push((
                other.place,
                first,
                format!("amounts in unlike units: {a} and {b}"),
            ));
        }
        let mut rates = sources.iter().filter(timed);
        let first = rates.next();
        let periods = first.and_then(period);
        if let Some(other) = rates.find(|one| period(one) != periods) {
            let word = |one: Option<Period>| one.map_or("none", Period::word);
            let message = format!(
                "inputs for unlike periods: {} and {}",
                word(periods),
                word(period(other))
            );
            told.push((other.place, first, message));
        }
        for (place, first, message) in told {
            let mut problem = Diagnostic::error(Code::MixedUnits, message).at(place);
            if let Some(first) = first {
                problem = problem.relate(first.place, "the first of them");
            }
            let help = "ask all of them in one `unit` and for one `period`";
            self.problems.push(problem.help(help));
        }
        (units, periods)
    }

    /// A metric is a result and stands beside maturity, never inside.
    pub(super) fn apart_from_metrics(&mut self, nodes: &[usize], place: Place) -> bool {
        let Some(node) = nodes.iter().find(|node| self.rests_on_metric(**node)) else {
            return true;
        };
        let name = self.items.get(*node).map_or("", Item::local_id).to_owned();
        let message = format!("`{name}` is a metric or rests on one");
        let help = "metrics stand beside scores and levels, never inside; test them in findings";
        self.refuse(Code::InvalidMetric, place, message, help);
        false
    }

    /// The items a condition reads.
    pub(super) fn read_in(&self, when: &Condition) -> Vec<usize> {
        let atoms = when.atoms();
        let read = atoms
            .iter()
            .filter_map(|(atom, _)| self.program.atoms.get(*atom));
        read.map(|atom| atom.node).collect()
    }

    fn rests_on_metric(&self, node: usize) -> bool {
        let figure = |node: usize| {
            let kind = self.items.get(node).map(|item| &item.kind);
            matches!(kind, Some(ItemKind::Figure { .. }))
        };
        let table = self.program.table(node);
        let inputs = table.map_or(&[][..], |table| table.inputs.as_slice());
        figure(node) || inputs.iter().any(|input| figure(*input))
    }
}
