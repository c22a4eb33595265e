//! Forms: the questions of a rulebook as one page that somebody fills in without a network.
//!
//! The page's script judges the same conditions over the same readings as an evaluation. They read
//! questions alone, and it takes those that some asked question hangs on.

use crate::answers::{Client, is_asked, is_in_form};
use crate::collect::{QuestionnaireSize, in_form, sections};
use crate::message;
use crate::rules::condition::{Atom, Condition, Interval, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Item, Program, Question, Rulebook, Step};
use crate::rules::vocabulary::{FormLength, Grade, Role};
use crate::text::escaped_json;
use crate::text::number::short;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A form, worded; the template `form.html` prints it. What the page gives back is a
/// [response](crate::answers::file::ResponseFile) like any other.
#[derive(Debug, Clone, Serialize)]
pub struct Form<'a> {
    /// Language tag of the first pack, for `<html lang>`.
    pub language: &'a str,
    /// `centricity 0.1.0`.
    pub engine: &'static str,
    /// The organisation; null where the form belongs to no assessment.
    pub client: Option<&'a str>,
    /// The part of it that is looked at.
    pub unit: Option<&'a str>,
    /// The role that answers, as files write it.
    pub role: &'static str,
    /// The same as people read it: "front line".
    pub role_words: &'static str,
    /// Grades of evidence, weakest first, each as files write it, its `value`, and as people read it,
    /// what it `says`; empty where the form does not ask.
    pub grades: Vec<Value>,
    /// Packs that ask this role anything, in order: `title`, `about`, and in `sections` those that ask
    /// this role anything, each with an `anchor` that is unique in the page, `title`, `intro` and its
    /// `questions`. What is not said is null.
    ///
    /// A question has its `id`, `pack.question`; its `control`, `one`, `many`, `number` or `text`; the
    /// `stem` of its matrix, what it does `ask`, one line of `help`, `why` it is asked and where to
    /// `look`; its `choices`, each with a `label` and in ratings a `step`; `none` where several may be
    /// chosen and none of them says "none of these"; the `unit` and `range` of a number; whether it
    /// `may_not_apply`, and whether it is `required`.
    pub packs: Vec<Value>,
    /// Number of questions, relevant or not.
    pub questions: usize,
    /// Number of questions and the time they take, in words: "35 questions, about 20 minutes".
    pub size: String,
    /// True for the short form.
    pub short: bool,
    /// All that the script has to know, as JSON without a `<`.
    pub data_json: String,
}

const GRADES: [(Grade, &str); 5] = [
    (Grade::None, "Nothing yet"),
    (Grade::Interview, "Said in a conversation"),
    (Grade::Document, "A document was seen"),
    (Grade::Record, "Records, data or the thing itself was seen"),
    (Grade::Confirmed, "Customers or others outside confirmed it"),
];

const ENGINE: &str = concat!("centricity ", env!("CARGO_PKG_VERSION"));

impl<'a> Form<'a> {
    /// The questions that a form of a length asks of a role, about a client where one is given, and what
    /// each answer rests on where that is asked too.
    #[must_use]
    pub fn new(
        rulebook: &'a Rulebook,
        (role, length): (Role, FormLength),
        client: Option<&'a Client>,
        with_evidence: bool,
    ) -> Self {
        let asked = rulebook.questions();
        let put =
            |one: &Asked<'_>| is_in_form(one.question, length) && is_asked(one.question, role);
        let asked: Vec<_> = asked.filter(put).collect();
        let first = rulebook.packs.first();
        let grades = GRADES.into_iter().filter(|_| with_evidence);
        Self {
            language: first.map_or("en", |pack| pack.language.as_str()),
            engine: ENGINE,
            client: client.map(|client| client.name.as_str()),
            unit: client.and_then(|client| client.unit.as_deref()),
            role: role.name(),
            role_words: role.words(),
            grades: grades
                .map(|(value, says)| json!({ "value": value, "says": says }))
                .collect(),
            packs: packs(rulebook, role, length),
            questions: asked.len(),
            size: QuestionnaireSize::of(asked.iter().map(|one| one.question.kind)).words(),
            short: length == FormLength::Short,
            data_json: data(rulebook, (role, length), client, &asked),
        }
    }
}

fn packs(rulebook: &Rulebook, role: Role, length: FormLength) -> Vec<Value> {
    let pack = |place: usize| {
        let pack = rulebook.packs.get(place)?;
        let own = sections(rulebook, Some(role), length);
        let own = own.filter(|(section, _)| section.pack == place);
        let sections = own.map(|(section, questions)| {
            let questions = questions.into_iter();
            json!({
                "anchor": format!("s.{}.{}", pack.id, section.id),
                "title": section.title,
                "intro": section.intro,
                "questions": questions.map(question).collect::<Value>(),
            })
        });
        let sections: Vec<Value> = sections.collect();
        (!sections.is_empty())
            .then(|| json!({ "title": pack.title, "about": pack.about, "sections": sections }))
    };
    (0..rulebook.packs.len()).filter_map(pack).collect()
}

fn question(Asked { item, question, .. }: Asked<'_>) -> Value {
    let control = control(question.kind);
    let rating = question.kind == QuestionType::Rating;
    let alone = question.choices.iter().any(|choice| choice.exclusive);
    let choices = question.choices.iter().map(|choice| {
        let step = rating.then_some(&choice.value);
        json!({ "step": step, "label": choice.label })
    });
    json!({
        "id": item.id,
        "control": control,
        "stem": question.stem,
        "ask": question.ask,
        "help": question.help,
        "why": question.why,
        "look": question.evidence,
        "choices": choices.collect::<Value>(),
        "none": control == "many" && !alone,
        "unit": unit(question),
        "range": range(item).filter(|_| control == "number"),
        "may_not_apply": question.may_not_apply,
        "required": question.required,
    })
}

/// The control that answers questions of a type.
fn control(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => "one",
        QuestionType::SelectMultiple => "many",
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => "number",
        QuestionType::Text => "text",
    }
}

/// Unit of a number: "EUR per year".
fn unit(question: &Question) -> Option<String> {
    let percent = (question.kind == QuestionType::Percent).then(|| "percent".to_owned());
    let unit = question.unit.clone().or(percent);
    let period = question.period;
    let period = period.map(|period| format!("per {}", period.word()));
    let words: Vec<String> = unit.into_iter().chain(period).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Range of a number: "0 to 100".
fn range(item: &Item) -> Option<String> {
    let (least, most) = item.domain.limits();
    let number = short;
    match (least.is_finite(), most.is_finite()) {
        (true, true) => Some(format!("{} to {}", number(least), number(most))),
        (true, false) => Some(message!("number-or-more", number = number(least))),
        (false, true) => Some(message!("number-or-less", number = number(most))),
        (false, false) => None,
    }
}

/// The data of the script. No `<` is in it, so nothing in it can end the element it is in.
fn data(
    rulebook: &Rulebook,
    (role, length): (Role, FormLength),
    client: Option<&Client>,
    asked: &[Asked<'_>],
) -> String {
    let packs = rulebook.packs.iter();
    let packs = packs.map(|pack| json!({ "id": pack.id, "version": pack.version.to_string() }));
    let data = json!({
        "engine": ENGINE,
        "key": key(rulebook, role, client),
        "role": role.name(),
        "packs": packs.collect::<Value>(),
        "questions": asked.iter().map(judged).collect::<Value>(),
        "logic": logic(rulebook, length, asked.iter().map(|one| one.node).collect()),
    });
    escaped_json(&data.to_string()).replace('<', "\\u003c")
}

/// The key the browser keeps answers under: those to other rules, of another role or about another
/// client are kept apart.
fn key(rulebook: &Rulebook, role: Role, client: Option<&Client>) -> String {
    let mut key = format!("centricity {}", role.name());
    for pack in &rulebook.packs {
        let digest = pack.digest.get(..12).unwrap_or(&pack.digest);
        let _ = write!(key, " {}@{}#{digest}", pack.id, pack.version);
    }
    if let Some(client) = client {
        let unit = client.unit.as_deref().unwrap_or_default();
        let _ = write!(key, " / {} / {unit}", client.name);
    }
    key
}

/// A question as the script judges answers to it.
fn judged(asked: &Asked<'_>) -> Value {
    let Asked {
        node,
        item,
        question,
    } = asked;
    let (least, most) = item.domain.limits();
    let said = |choice: &Choice| choice.score.map_or(Value::Null, number);
    let worth = |choice: &Choice| match choice.score {
        Some(score) if question.kind == QuestionType::Rating => {
            number(question.reverse_scored(score))
        }
        Some(_) | None => said(choice),
    };
    let choices = || question.choices.iter();
    let alone = choices().enumerate().filter(|(_, choice)| choice.exclusive);
    let check = question.constraint.as_ref();
    json!({
        "id": item.id,
        "node": node,
        "control": control(question.kind),
        // As answers write the choices.
        "values": choices().map(|choice| choice.value.as_str()).collect::<Value>(),
        // The worth of each choice as it is said, and in scores; null where it has none.
        "said": choices().map(said).collect::<Value>(),
        "worth": choices().map(worth).collect::<Value>(),
        // Places of choices that cannot be taken with others.
        "alone": alone.map(|(place, _)| place).collect::<Value>(),
        "cap": question.cap,
        "least": number(least),
        "most": number(most),
        "whole": question.kind == QuestionType::Integer,
        "reverse": question.reverse,
        "check": check.map(|(condition, _)| test(condition)),
        "message": check.map(|(_, message)| message),
    })
}

/// The conditions that decide over some questions, in the order of evaluation, and the ranges of
/// all questions they read.
fn logic(rulebook: &Rulebook, length: FormLength, mut wanted: BTreeSet<usize>) -> Value {
    let program = &rulebook.program;
    let mut steps = Vec::new();
    for step in program.steps.iter().rev() {
        if let Step::Relevance { node, when } = step
            && wanted.contains(node)
            && let Some(when) = in_form(rulebook, length, Some(when))
        {
            let atoms = when.atoms().into_iter();
            wanted.extend(atoms.filter_map(|(atom, _)| Some(program.atoms.get(atom)?.node)));
            steps.push(json!({ "node": node, "when": condition(program, &when) }));
        }
    }
    steps.reverse();
    let shapes = program.questions.iter().enumerate();
    let shapes = shapes.filter(|(node, _)| wanted.contains(node));
    let shapes = shapes.map(|(node, shape)| {
        json!({
            "node": node,
            "least": number(shape.least),
            "most": number(shape.most),
            // A set, as the decimal number of its bits.
            "all": shape.possible.to_string(),
            // True if it may be answered "not applicable".
            "out": shape.may_leave,
        })
    });
    json!({ "shapes": shapes.collect::<Value>(), "steps": steps })
}

fn condition(program: &Program, when: &Condition) -> Value {
    let parts = |list: &[Condition]| -> Value {
        let parts = list.iter().map(|part| condition(program, part));
        parts.collect()
    };
    match when {
        Condition::Atom(place) => {
            let atom = program.atoms.get(*place).unwrap_or(&Atom::NOT_ASKED);
            // An item the assessment does without has no node.
            let node = Some(atom.node).filter(|node| *node < program.items);
            json!({ "atom": { "node": node, "test": test(&atom.test) } })
        }
        Condition::All(list) => json!({ "all": parts(list) }),
        Condition::Any(list) => json!({ "any": parts(list) }),
        Condition::Not(part) => json!({ "not": condition(program, part) }),
        Condition::AtLeast(n, list) => json!({ "at_least": [n, parts(list)] }),
    }
}

fn test(test: &Test) -> Value {
    let ends = |interval: &Interval| interval.ends().map(number);
    match test {
        Test::Any => json!("any"),
        Test::Number(interval) => json!({ "number": ends(interval) }),
        Test::Index(interval) => json!({ "index": ends(interval) }),
        Test::OneOf(set) => json!({ "one": set.to_string() }),
        Test::SomeOf(set) => json!({ "some": set.to_string() }),
        Test::Unknown => json!("unknown"),
        Test::NotApplicable => json!("not_applicable"),
    }
}

/// A number as JSON; one that JSON has no number for is a text that JavaScript reads as one.
fn number(value: f64) -> Value {
    match value {
        _ if value.is_finite() => json!(value),
        _ if value.is_nan() => json!("NaN"),
        _ if value > 0.0 => json!("Infinity"),
        _ => json!("-Infinity"),
    }
}
