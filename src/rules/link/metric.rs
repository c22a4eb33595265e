//! Metrics: inputs resolved and checked, units and periods compared, figures declared.

use super::{Draft, Linker, label_of};
use crate::rules::metric::{Figure, Input, InputKind, MetricKind, MetricSpec, TableName, Unit};
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{MetricFile, Period, QuestionType};
use crate::rules::rulebook::{
    Domain, Item, ItemKind, Metric, MetricInput, MetricRule, Question, Step,
};
use crate::text::diagnostic::{Code, Diagnostic, Place, quoted};
use crate::text::number::uncapital;
use crate::text::yaml::Located;
use crate::{message, problem};
use QuestionType::{Decimal, Integer, Percent};

/// One question an input is made from, with the place that names it.
type Source = (Place, InputKind, usize);

impl<'a> Linker<'a> {
    /// Declares a metric and its figures, one after the other.
    pub(super) fn metrics(&mut self, pack: usize, one: &'a Loaded) {
        for (id, file) in &one.file.metrics {
            let metric = self.metrics.len();
            let title = file.title.clone();
            let title = title.unwrap_or_else(|| label_of(&id.value));
            let first = self.items.len();
            let figures = file.metric.value.spec().figures;
            for (place, figure) in figures.iter().enumerate() {
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
        Item {
            id: self.full_id(pack, &id_in_pack),
            pack,
            section: None,
            label: format!("{title}: {}", uncapital(figure.title)),
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

    /// Compiles a metric; its first figure represents all.
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
        let (unit, period) = self.units(&sources);
        if self.problems.errors() > before {
            return;
        }
        let metric = MetricRule {
            kind: file.metric.value,
            inputs: inputs.iter().map(|one| one.nodes.clone()).collect(),
            table: file.from.map(|one| one.value),
            timing: file.timing.map(|one| one.value).unwrap_or_default(),
            periods: file.periods.map(|one| one.value),
            scale: self.whole_section(&inputs),
        };
        let first = node;
        self.program.push(Step::Measure { first, metric });
        for (figure, item) in spec.figures.iter().zip(self.items.iter_mut().skip(node)) {
            if let ItemKind::Figure { unit: given, .. } = &mut item.kind {
                *given = unit_words(figure.unit, unit.as_ref(), period);
            }
        }
        let mut metrics = self.metrics.iter_mut();
        if let Some(metric) = metrics.find(|one| one.figures.first() == Some(&node)) {
            metric.unit = unit;
            metric.period = period;
            metric.inputs = inputs;
        }
    }

    /// Refuses keys that mean nothing for the metric, and names the inputs it lacks.
    fn settings(&mut self, file: &MetricFile, spec: &MetricSpec) {
        let kind = file.metric.value;
        let lifetime = kind == MetricKind::LifetimeValue;
        let table = file.from.is_none_or(|one| spec.table == Some(one.value));
        let keys = [
            ("timing", file.timing.map(|one| one.place), kind.is_timed()),
            ("periods", file.periods.map(|one| one.place), lifetime),
            ("from", file.from.map(|one| one.place), table),
        ];
        for (key, place, fits) in keys {
            if let (Some(place), false) = (place, fits) {
                let problem = problem!(InvalidMetric, "this-metric-takes-no", key);
                let table = spec.table.filter(|_| key == "from");
                let help = table.map(|table| format!("write `from: {}`", table.id()));
                self.refuse(place, problem.maybe_help(help));
            }
        }
        if let Some(periods) = file.periods.filter(|one| one.value == 0) {
            let problem = problem!(InvalidMetric, "a-horizon-is-at-least-one-period");
            self.refuse(periods.place, problem);
        }
        let known = || spec.inputs.iter().map(|input| input.id);
        for (id, _) in &file.inputs {
            let name = id.value.as_str();
            if !known().any(|known| known == name) {
                let quoted = quoted(known());
                let problem = problem!(InvalidMetric, "this-metric-has-no-input", name, quoted);
                self.refuse(id.place, problem.nearest(name, known()));
            }
        }
        self.missing_inputs(file, spec);
    }

    fn missing_inputs(&mut self, file: &MetricFile, spec: &MetricSpec) {
        if file.from.is_some() {
            return;
        }
        let place = file.metric.place;
        let gives = |input: &Input| file.inputs.get(input.id).is_some();
        let mut inputs = spec.inputs.iter();
        if let Some(input) = inputs.find(|one| !one.optional && !gives(one)) {
            let problem = problem!(InvalidMetric, "this-metric-needs-the-input", id = input.id);
            self.refuse(place, problem);
        } else if !spec.inputs.iter().any(gives) {
            let problem = problem!(InvalidMetric, "a-metric-of-nothing");
            let help = |table: TableName| message!("add-from-or-its-inputs", id = table.id());
            self.refuse(place, problem.maybe_help(spec.table.map(help)));
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
        for id in written.iter() {
            if input.kind == InputKind::Ratings
                && let Some(ratings) = self.ratings_of(pack, &id.value)
            {
                nodes.extend(ratings);
                continue;
            }
            let Some(node) = self.rely_on(pack, id) else {
                continue;
            };
            let question = self.question_at(node);
            let (types, wanted) = demand(input.kind);
            let fits = |one: &Question| types.contains(&one.kind) && is_ordered(one);
            if !question.is_some_and(fits) {
                let (id2, place) = (input.id, id.place);
                let problem = problem!(InvalidMetric, "cannot-be-the-input", id = id.value, id2);
                self.refuse(place, problem.help(wanted));
                continue;
            }
            sources.push((id.place, input.kind, node));
            nodes.push(node);
        }
        nodes
    }

    /// The unit of all amounts and the period of all inputs that have one.
    fn units(&mut self, sources: &[Source]) -> (Option<String>, Option<Period>) {
        use InputKind::{Amount, Once, Rate};
        let asked = |kinds: [InputKind; 2]| {
            let sources = sources.iter();
            let sources = sources.filter(move |(_, kind, _)| kinds.contains(kind));
            sources.filter_map(|(place, _, node)| Some((*place, self.question_at(*node)?)))
        };
        let units = asked([Amount, Once]).map(|(place, one)| (place, one.unit.clone()));
        let periods = asked([Amount, Rate]).map(|(place, one)| (place, one.period));
        let (units, periods): (Vec<_>, Vec<_>) = (units.collect(), periods.collect());
        let unit = self.common(units, String::as_str, message!("amounts-in-unlike-units"));
        let message = message!("inputs-for-unlike-periods");
        (unit, self.common(periods, |period| period.word(), message))
    }

    /// The value of the first place; the first that differs from it is a problem.
    fn common<T: PartialEq>(
        &mut self,
        values: Vec<(Place, Option<T>)>,
        word: impl Fn(&T) -> &str,
        message: &str,
    ) -> Option<T> {
        let mut values = values.into_iter();
        let (first, common) = values.next()?;
        if let Some((place, other)) = values.find(|(_, value)| *value != common) {
            let [a, b] = [&common, &other].map(|one| one.as_ref().map_or("none", &word));
            let problem = Diagnostic::error(Code::MixedUnits, format!("{message}: {a} and {b}"));
            let problem = problem
                .at(place)
                .relate(first, message!("the-first-of-them"));
            let help = message!("ask-all-of-them-in-one-unit");
            self.problems.push(problem.help(help));
        }
        common
    }

    /// The ratings of a section of the pack; `None` where the id is not that of a section, or of one
    /// without ratings.
    pub(super) fn ratings_of(&self, pack: usize, id: &str) -> Option<Vec<usize>> {
        let ratings = self.ratings_in(self.section(pack, id)?);
        (!ratings.is_empty()).then_some(ratings)
    }

    fn ratings_in(&self, section: usize) -> Vec<usize> {
        let rating = |node: &usize| {
            let question = self.question_at(*node);
            question.is_some_and(|question| question.kind == QuestionType::Rating)
        };
        let questions = self.questions_of(section).into_iter();
        let mut nodes: Vec<usize> = questions.map(|(_, node)| node).filter(rating).collect();
        nodes.sort_unstable();
        nodes
    }

    /// The section whose ratings the inputs of a metric are, all of them and no others.
    fn whole_section(&self, inputs: &[MetricInput]) -> Option<String> {
        let mut nodes: Vec<usize> = inputs.iter().flat_map(|one| &one.nodes).copied().collect();
        nodes.sort_unstable();
        let mut sections = self.sections.iter().enumerate();
        let is_whole = |place| !nodes.is_empty() && self.ratings_in(place) == nodes;
        let (_, whole) = sections.find(|(place, _)| is_whole(*place))?;
        Some(self.full_id(whole.pack, &whole.id))
    }
}

/// The unit of a figure in words.
fn unit_words(unit: Unit, amounts: Option<&String>, period: Option<Period>) -> Option<String> {
    let words = match unit {
        Unit::Money => return amounts.cloned(),
        Unit::Periods => match period {
            Some(period) => return Some(format!("{}s", period.word())),
            None => "periods",
        },
        Unit::Percent => "%",
        Unit::Points => "points",
        Unit::Times => "times",
        Unit::Count | Unit::Number | Unit::Coefficient => return None,
    };
    Some(words.to_owned())
}

/// The types of question that can be an input of this kind, and what to name instead of another.
fn demand(kind: InputKind) -> (&'static [QuestionType], &'static str) {
    match kind {
        InputKind::Amount | InputKind::Once => (
            &[Integer, Decimal],
            message!("name-a-question-of-type-decimal-or-integer"),
        ),
        InputKind::Rate => (&[Percent], message!("name-a-question-of-type-percent")),
        InputKind::Count => (&[Integer], message!("name-a-question-of-type-integer")),
        InputKind::Number => (
            &[Integer, Decimal, Percent],
            message!("name-a-number-question"),
        ),
        InputKind::Ratings => (
            &[QuestionType::Rating, QuestionType::SelectOne],
            message!("name-ratings-choices-that-all-have"),
        ),
    }
}

/// True where answers have an order: numbers and ratings do, choices where all are scored.
fn is_ordered(question: &Question) -> bool {
    let scored = question.choices.iter().all(|one| one.score.is_some());
    question.kind != QuestionType::SelectOne || scored
}
