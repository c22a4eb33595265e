//! One answer held to its question.

use super::Answer;
use crate::answers::file::ValueFile;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Domain, Item, Question};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::{Located, Scalar};

/// A value that fits its question, with the text to show for it where it is free.
pub(super) struct Fitted {
    pub(super) given: Answer,
    pub(super) text: Option<String>,
}

impl Fitted {
    fn rated(worth: f64, chosen: u64) -> Self {
        Self {
            given: Answer::rated(worth, chosen),
            text: None,
        }
    }
}

/// Reads a value as its question asks for it.
pub(super) fn fit(
    item: &Item,
    question: &Question,
    value: &ValueFile,
    place: Place,
) -> Result<Fitted, Diagnostic> {
    match value {
        // JSON knows no text without quotes, and no choice can be named so.
        ValueFile::One(scalar)
            if scalar.text == "unknown"
                && (scalar.plain || question.kind != QuestionType::Text) =>
        {
            let given = Answer {
                state: State::Unknown,
                ..Answer::MISSING
            };
            Ok(Fitted { given, text: None })
        }
        ValueFile::One(scalar) => one(item, question, scalar, place),
        ValueFile::List(list) if question.kind == QuestionType::SelectMultiple => {
            several(item, question, list)
        }
        ValueFile::List(_) => Err(Diagnostic::error(
            Code::WrongType,
            format!("`{}` takes one value, not a list", item.local_id()),
        )
        .at(place)),
    }
}

fn one(
    item: &Item,
    question: &Question,
    scalar: &Scalar,
    place: Place,
) -> Result<Fitted, Diagnostic> {
    match question.kind {
        QuestionType::Rating => rating(item, question, scalar, place),
        QuestionType::SelectOne | QuestionType::Boolean => {
            let chosen = choice(item, question, &scalar.text, place)?;
            let worth = question
                .choices
                .get(chosen)
                .and_then(|choice| choice.score)
                .unwrap_or(f64::NAN);
            Ok(Fitted::rated(worth, 1 << chosen))
        }
        QuestionType::SelectMultiple => several(
            item,
            question,
            &[Located {
                value: scalar.text.clone(),
                place,
            }],
        ),
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            number(item, question, scalar, place)
        }
        QuestionType::Text => Ok(Fitted {
            text: Some(scalar.text.clone()),
            ..Fitted::rated(f64::NAN, 0)
        }),
    }
}

fn rating(
    item: &Item,
    question: &Question,
    scalar: &Scalar,
    place: Place,
) -> Result<Fitted, Diagnostic> {
    let found = question
        .choices
        .iter()
        .position(|choice| choice.value == scalar.text);
    let Some(chosen) = found else {
        let (first, last) = (question.choices.first(), question.choices.last());
        let scale = first.zip(last).map_or(String::new(), |(a, b)| {
            format!("{} to {}", a.value, b.value)
        });
        return Err(Diagnostic::error(
            Code::OutOfScale,
            format!(
                "`{}` is rated {scale}, not `{}`",
                item.local_id(),
                scalar.text
            ),
        )
        .at(place)
        .help("a whole number of the scale, `unknown`, or `{ not_applicable: \"reason\" }`"));
    };
    let worth = question
        .choices
        .get(chosen)
        .and_then(|choice| choice.score)
        .unwrap_or(f64::NAN);
    Ok(Fitted::rated(worth, 1 << chosen))
}

fn number(
    item: &Item,
    question: &Question,
    scalar: &Scalar,
    place: Place,
) -> Result<Fitted, Diagnostic> {
    let refuse = |code, message: String| Diagnostic::error(code, message).at(place);
    let id = item.local_id();
    let parsed = scalar.text.parse::<f64>().ok().filter(|_| scalar.plain);
    let Some(value) = parsed else {
        return Err(refuse(
            Code::WrongType,
            format!("`{id}` is a number, not `{}`", scalar.text),
        ));
    };
    if !value.is_finite() {
        return Err(refuse(
            Code::NotFinite,
            format!("`{id}` is a finite number, not `{}`", scalar.text),
        ));
    }
    if question.kind == QuestionType::Integer && value.fract() != 0.0 {
        return Err(refuse(
            Code::WrongType,
            format!("`{id}` is a whole number, not `{}`", scalar.text),
        ));
    }
    if let Domain::Number { least, most, .. } = item.domain
        && !(least..=most).contains(&value)
    {
        return Err(refuse(
            Code::OutOfScale,
            format!("`{id}` is {}, not `{}`", range(least, most), scalar.text),
        ));
    }
    Ok(Fitted {
        text: Some(scalar.text.clone()),
        ..Fitted::rated(value, 0)
    })
}

fn range(least: f64, most: f64) -> String {
    match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("from {least} to {most}"),
        (true, false) => format!("at least {least}"),
        (false, true) => format!("at most {most}"),
        (false, false) => "any number".to_owned(),
    }
}

fn choice(item: &Item, question: &Question, text: &str, place: Place) -> Result<usize, Diagnostic> {
    if let Some(found) = question
        .choices
        .iter()
        .position(|choice| choice.value == text)
    {
        return Ok(found);
    }
    let names = || question.choices.iter().map(|choice| choice.value.as_str());
    let refused = Diagnostic::error(
        Code::UnknownChoice,
        format!("`{text}` is not a choice of `{}`", item.local_id()),
    )
    .at(place);
    let listed = format!("the choices are {}", quoted(names()));
    Err(refused.help(suggestion(nearest(text, names()), &listed)))
}

fn several(
    item: &Item,
    question: &Question,
    list: &[Located<String>],
) -> Result<Fitted, Diagnostic> {
    let mut chosen = 0_u64;
    for name in list {
        let bit = 1 << choice(item, question, &name.value, name.place)?;
        if chosen & bit != 0 {
            let message = format!("`{}` is chosen twice", name.value);
            return Err(Diagnostic::error(Code::InvalidValue, message).at(name.place));
        }
        chosen |= bit;
    }
    let taken = |choice: &&(usize, &Choice)| chosen & (1 << choice.0) != 0;
    let choices: Vec<_> = question.choices.iter().enumerate().collect();
    let alone = choices
        .iter()
        .filter(taken)
        .find(|(_, choice)| choice.exclusive);
    if let (Some((_, alone)), true, Some(first)) = (alone, list.len() > 1, list.first()) {
        let message = format!("`{}` cannot stand beside other choices", alone.value);
        return Err(Diagnostic::error(Code::InvalidValue, message).at(first.place));
    }
    Ok(Fitted::rated(question.worth_of(chosen), chosen))
}
