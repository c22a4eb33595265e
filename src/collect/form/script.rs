//! The data of a form's script, as JSON that can be part of a page.
//!
//! The script judges the same conditions over the same readings as an evaluation. They read
//! questions alone, and it takes those that some asked question hangs on.

use crate::answers::Client;
use crate::message;
use crate::rules::condition::{Atom, Condition, Interval, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Domain, Item, Program, Question, Rulebook, Step};
use crate::rules::vocabulary::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The data of a form. No `<` is in it, so nothing in it can end the element it is in.
pub(super) fn data<'a>(
    rulebook: &'a Rulebook,
    role: Role,
    client: Option<&Client>,
    asked: impl Iterator<Item = (usize, &'a Item, &'a Question)> + Clone,
) -> String {
    let packs = rulebook.packs.iter();
    let packs = packs.map(|pack| json!({ "id": pack.id, "version": pack.version.to_string() }));
    let questions = asked.clone();
    let questions = questions.map(|(node, item, one)| question(node, item, one));
    let data = json!({
        "engine": concat!("centricity ", env!("CARGO_PKG_VERSION")),
        "key": key(rulebook, role, client),
        "role": role.name(),
        "packs": packs.collect::<Value>(),
        "questions": questions.collect::<Value>(),
        "logic": logic(&rulebook.program, asked.map(|(node, _, _)| node)),
    });
    data.to_string().replace('<', message!("u-c"))
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

/// The control that answers questions of a type.
pub(super) fn control(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => "one",
        QuestionType::SelectMultiple => "many",
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => "number",
        QuestionType::Text => "text",
    }
}

fn question(node: usize, item: &Item, question: &Question) -> Value {
    let (least, most) = match item.domain {
        Domain::Number { least, most, .. } => (least, most),
        Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => {
            (f64::NEG_INFINITY, f64::INFINITY)
        }
    };
    let worth = |choice: &Choice| match choice.score {
        Some(score) if question.kind == QuestionType::Rating => number(question.turned(score)),
        score => score.map_or(Value::Null, number),
    };
    let choices = || question.choices.iter();
    let said = choices().map(|choice| choice.score.map_or(Value::Null, number));
    let alone = choices().enumerate().filter(|(_, choice)| choice.exclusive);
    let check = question.constraint.as_ref();
    json!({
        "id": item.id,
        "node": node,
        "control": control(question.kind),
        // As answers write the choices.
        "values": choices().map(|choice| choice.value.as_str()).collect::<Value>(),
        // The worth of each choice as it is said, and in scores; null where it has none.
        "said": said.collect::<Value>(),
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

/// The conditions that decide over these questions, in the order of evaluation, and the ranges of
/// all questions they read.
fn logic(program: &Program, asked: impl Iterator<Item = usize>) -> Value {
    let mut wanted: BTreeSet<usize> = asked.collect();
    let mut steps = Vec::new();
    for step in program.steps.iter().rev() {
        if let Step::Relevance { node, when } = step
            && wanted.contains(node)
        {
            let atoms = when.atoms().into_iter();
            wanted.extend(atoms.filter_map(|(atom, _)| Some(program.atoms.get(atom)?.node)));
            steps.push(json!({ "node": node, "when": condition(program, when) }));
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
