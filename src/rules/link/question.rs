//! Questions: the keys of each type checked, and the answers each can have.

use super::condition::{TestPlace, parse};
use super::{Draft, Linker, is_weight, label_of, repeated};
use crate::rules::Reading;
use crate::rules::condition::Test;
use crate::rules::pack::file::{Allowance, ChoiceFile, Measure, QuestionFile, QuestionType};
use crate::rules::rulebook::{Choice, Domain, Item, ItemKind, Question};
use crate::text::diagnostic::Place;
use crate::text::number::ends;
use crate::text::yaml::{Located, Value};
use crate::{message, problem};

/// A select with more choices than this does not fit a bit mask.
const MOST_CHOICES: usize = 64;

/// Domain of a question, and its anchors or choices.
type Answers = (Domain, Vec<Choice>);

impl<'a> Linker<'a> {
    pub(super) fn question(
        &mut self,
        pack: usize,
        section: usize,
        (id, file, stem): (&Located<String>, &QuestionFile, Option<String>),
        relevant: Vec<&'a Located<Value>>,
    ) {
        let (domain, choices) = self.domain(file, &id.value);
        let label = file.label.clone();
        let may_not_apply = is_allowed(file.not_applicable.as_ref());
        let question = Question {
            kind: file.kind.value,
            stem,
            ask: file.ask.value.clone(),
            help: file.help.clone(),
            why: file.why.clone(),
            evidence: file.evidence.clone(),
            roles: file.roles.clone(),
            tags: file.tags.clone(),
            choices,
            unit: file.unit.as_deref().map(unit),
            period: file.period.map(|one| one.value),
            constraint: None,
            reverse: file.reverse,
            required: file.required,
            may_not_apply,
            evidence_caps: is_allowed(file.evidence_caps.as_ref()),
            keep: file.keep,
            core: file.core || self.packs.get(pack).is_none_or(|one| !one.has_short_form),
            weight: self.weight(file),
            cap: file.cap.as_ref().map(|cap| cap.value),
            conditional: !relevant.is_empty(),
        };
        let mut item = Item {
            id: self.full_id(pack, &id.value),
            pack,
            section: Some(section),
            label: label.unwrap_or_else(|| label_of(&id.value)),
            about: None,
            domain,
            kind: ItemKind::Question(Box::new(question)),
            place: id.place,
        };
        self.constraint(file, &mut item);
        if let Some(to) = file.asked_as.clone()
            && self.is_asked_elsewhere(pack, &to)
        {
            return self.leave(item, to);
        }
        let shape = Reading::unanswered(&item.domain, may_not_apply);
        self.program.questions.push(shape);
        if let Some(section) = self.sections.get_mut(section) {
            section.questions.push(self.items.len());
        }
        self.put(item, Draft::Question(relevant));
    }

    fn weight(&mut self, file: &QuestionFile) -> f64 {
        let Some(weight) = &file.weight else {
            return 1.0;
        };
        if !is_weight(weight.value) {
            self.refuse(weight.place, problem!(InvalidQuestion, "a-weight-is-above"));
        }
        weight.value
    }

    fn constraint(&mut self, file: &QuestionFile, item: &mut Item) {
        let Some(written) = &file.constraint else {
            return;
        };
        match parse(&written.value.text, item, TestPlace::Constraint) {
            Ok(test @ (Test::Number(_) | Test::OneOf(_) | Test::SomeOf(_))) => {
                let message = file.constraint_message.clone();
                let message = message.unwrap_or_else(|| {
                    message!("the-answer-must-be", written = written.value.text)
                });
                if let ItemKind::Question(question) = &mut item.kind {
                    question.constraint = Some((test, message));
                }
            }
            Ok(Test::Any | Test::Index(_) | Test::Unknown | Test::NotApplicable) => {}
            Err(problem) => self.problems.push(problem.at(written.place)),
        }
    }

    fn domain(&mut self, file: &QuestionFile, id: &str) -> Answers {
        self.foreign_keys(file, id);
        match file.kind.value {
            QuestionType::Rating => self.rating(file, id),
            QuestionType::SelectOne | QuestionType::SelectMultiple => self.select(file, id),
            QuestionType::Integer => (self.number(file, true), Vec::new()),
            QuestionType::Decimal => (self.number(file, false), Vec::new()),
            QuestionType::Percent => (number(0.0, 100.0, false), Vec::new()),
            QuestionType::Boolean => boolean(),
            QuestionType::Text => (Domain::Text, Vec::new()),
        }
    }

    /// Refuses keys that mean nothing for the question's type.
    fn foreign_keys(&mut self, file: &QuestionFile, id: &str) {
        use QuestionType::{Decimal, Integer, Percent, Rating, SelectMultiple, SelectOne};
        let kind = file.kind.value;
        let is_number = matches!(kind, Integer | Decimal);
        let is_measured = is_number || kind == Percent;
        let is_select = matches!(kind, SelectOne | SelectMultiple);
        let is_multiple = kind == SelectMultiple;
        let keys = [
            ("anchors", place(file.anchors.as_ref()), kind == Rating),
            ("choices", place(file.choices.as_ref()), is_select),
            ("measure", place(file.measure.as_ref()), is_multiple),
            ("cap", place(file.cap.as_ref()), is_multiple),
            ("min", place(file.min.as_ref()), is_number),
            ("max", place(file.max.as_ref()), is_number),
            ("period", place(file.period.as_ref()), is_measured),
            (
                "unit",
                file.unit.as_ref().map(|_| file.kind.place),
                is_measured,
            ),
        ];
        for (key, place, fits) in keys {
            if let (Some(place), false) = (place, fits) {
                let problem = problem!(InvalidQuestion, "is-of-a-type-that-takes-no", id, key);
                self.refuse(place, problem);
            }
        }
        if file.reverse && kind != Rating {
            let problem = problem!(InvalidQuestion, "is-reversed-and-no-rating", id);
            self.refuse(file.kind.place, problem);
        }
    }

    fn rating(&mut self, file: &QuestionFile, id: &str) -> Answers {
        let Some(anchors) = &file.anchors else {
            let problem = problem!(InvalidScale, "the-rating-has-no-anchors", id);
            self.refuse(file.kind.place, problem);
            return (Domain::Text, Vec::new());
        };
        let steps: Vec<i64> = anchors.value.keys().copied().collect();
        let unbroken = steps
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b)));
        if steps.len() < 2 || steps.len() > MOST_CHOICES || !unbroken {
            let problem = problem!(InvalidScale, "anchors-without-gap", id);
            self.refuse(anchors.place, problem);
        }
        let mut silent = anchors.value.iter();
        if let Some((step, _)) = silent.find(|(_, text)| text.trim().is_empty()) {
            let problem = problem!(InvalidScale, "anchor-of-says-nothing", step, id);
            self.refuse(anchors.place, problem);
        }
        let anchors = anchors.value.iter();
        let choices: Vec<Choice> = anchors
            .map(|(step, label)| Choice {
                value: step.to_string(),
                label: label.clone(),
                score: i32::try_from(*step).ok().map(f64::from),
                exclusive: false,
            })
            .collect();
        let score = |one: Option<&Choice>| one.and_then(|one| one.score).unwrap_or(0.0);
        let (least, most) = (score(choices.first()), score(choices.last()));
        (number(least, most, true), choices)
    }

    fn select(&mut self, file: &QuestionFile, id: &str) -> Answers {
        let Some(choices) = file.choices.as_ref().filter(|list| !list.value.is_empty()) else {
            let problem = problem!(InvalidScale, "has-no-choices", id);
            self.refuse(file.kind.place, problem);
            return (Domain::Text, Vec::new());
        };
        self.check_choices(id, choices);
        let choices: Vec<Choice> = choices.value.iter().map(choice).collect();
        if file.kind.value == QuestionType::SelectMultiple {
            return self.several(file, choices);
        }
        let scores: Option<Vec<f64>> = choices.iter().map(|one| one.score).collect();
        let worth = scores.as_ref().map(|all| ends(all.iter().copied()));
        (one_of(&choices, scores, false, worth), choices)
    }

    fn check_choices(&mut self, id: &str, choices: &Located<Vec<ChoiceFile>>) {
        let (list, place) = (&choices.value, choices.place);
        if list.len() > MOST_CHOICES {
            let problem = problem!(InvalidScale, "has-more-than-choices", id, MOST_CHOICES);
            self.refuse(place, problem);
        }
        for (_, choice) in repeated(list, |choice| &choice.value.value) {
            let value = &choice.value;
            let problem = problem!(DuplicateId, "is-a-choice-twice", value = value.value);
            self.refuse(value.place, problem);
        }
        for value in list.iter().map(|choice| &choice.value) {
            let text = value.value.as_str();
            let reserved = matches!(text, "unknown" | "-" | "");
            let special = text.contains([',', '[', '(', '<', '>', '=']) || text.trim() != text;
            if reserved || special {
                let problem = problem!(InvalidId, "cannot-be-the-value-of-a-choice", text);
                self.refuse(value.place, problem);
            }
        }
        let scored = list.iter().filter(|choice| choice.score.is_some()).count();
        if scored != 0 && scored != list.len() {
            let problem = problem!(InvalidScale, "only-some-choices-of-have-a-score", id);
            self.refuse(place, problem);
        }
    }

    /// A choice of several is worth its score, or 1 where choices are counted.
    fn several(&mut self, file: &QuestionFile, mut choices: Vec<Choice>) -> Answers {
        let measure = file.measure.as_ref();
        let sum = measure.filter(|one| one.value == Measure::Sum);
        let scores: Option<Vec<f64>> = choices.iter().map(|one| one.score).collect();
        if let (Some(measure), None) = (sum, &scores) {
            let problem = problem!(InvalidScale, "a-sum-needs-a-score-on-every");
            self.refuse(measure.place, problem);
        }
        let scores = scores.filter(|_| sum.is_some());
        if scores.is_none() {
            for choice in &mut choices {
                choice.score = Some(if choice.exclusive { 0.0 } else { 1.0 });
            }
        }
        let (mut least, mut most) = (0.0, 0.0);
        for score in scores_of(&choices, false) {
            least += score.min(0.0);
            most += score.max(0.0);
        }
        for score in scores_of(&choices, true) {
            (least, most) = (score.min(least), score.max(most));
        }
        if let Some(cap) = &file.cap {
            most = cap.value.min(most);
            if cap.value <= least {
                let problem = problem!(InvalidScale, "a-cap-this-low-leaves-nothing");
                self.refuse(cap.place, problem);
            }
        }
        let domain = one_of(&choices, scores, true, Some((least, most)));
        (domain, choices)
    }

    fn number(&mut self, file: &QuestionFile, whole: bool) -> Domain {
        let least = file.min.as_ref().map_or(f64::NEG_INFINITY, |one| one.value);
        let most = file.max.as_ref().map_or(f64::INFINITY, |one| one.value);
        if let (false, Some(max)) = (least < most, &file.max) {
            self.refuse(max.place, problem!(InvalidScale, "max-is-not-above-min"));
        }
        number(least, most, whole)
    }
}

fn is_allowed(one: Option<&Located<Allowance>>) -> bool {
    one.is_none_or(|one| one.value != Allowance::Never)
}

/// A unit as it is printed: money of a pack for everybody is in the client's own currency.
fn unit(written: &str) -> String {
    match written {
        "money" => message!("in-your-currency").to_owned(),
        unit => unit.to_owned(),
    }
}

fn place<T>(value: Option<&Located<T>>) -> Option<Place> {
    value.map(|one| one.place)
}

fn number(least: f64, most: f64, whole: bool) -> Domain {
    Domain::Number { least, most, whole }
}

fn one_of(
    choices: &[Choice],
    scores: Option<Vec<f64>>,
    several: bool,
    worth: Option<(f64, f64)>,
) -> Domain {
    Domain::Choices {
        names: choices.iter().map(|one| one.value.clone()).collect(),
        scores,
        several,
        worth,
    }
}

fn choice(file: &ChoiceFile) -> Choice {
    Choice {
        value: file.value.value.clone(),
        label: file.label.clone(),
        score: file.score.as_ref().map(|score| score.value),
        exclusive: file.exclusive,
    }
}

fn scores_of(choices: &[Choice], exclusive: bool) -> impl Iterator<Item = f64> {
    let choices = choices.iter().filter(move |one| one.exclusive == exclusive);
    choices.filter_map(|one| one.score)
}

fn boolean() -> Answers {
    let choice = |value: &str, label: &str, score| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        score: Some(score),
        exclusive: false,
    };
    let choices = vec![choice("false", "No", 0.0), choice("true", "Yes", 1.0)];
    let scores = Some(vec![0.0, 1.0]);
    (one_of(&choices, scores, false, Some((0.0, 1.0))), choices)
}
