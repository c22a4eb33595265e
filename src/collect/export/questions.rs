//! The questions of a rulebook in words, for every kind of questionnaire.

use crate::answers::is_asked;
use crate::collect::import::shown;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question, Rulebook, Section};
use crate::rules::vocabulary::Role;

/// The sections with the questions a role is asked; all of them where no role is given.
pub(super) fn sections(
    rulebook: &Rulebook,
    role: Option<Role>,
) -> impl Iterator<Item = (&Section, Vec<(&Item, &Question)>)> {
    let sections = rulebook.sections.iter().map(move |section| {
        let questions = section.questions.iter().filter_map(move |node| {
            let item = rulebook.items.get(*node)?;
            let question = item.kind.question()?;
            let put = role.is_none_or(|role| is_asked(question, role));
            put.then_some((item, question))
        });
        (section, questions.collect::<Vec<_>>())
    });
    sections.filter(|(_, questions)| !questions.is_empty())
}

/// The text of a question, with the stem of a matrix before its row.
pub(super) fn ask(question: &Question) -> String {
    match &question.stem {
        Some(stem) => format!("{stem}\n{}", question.ask),
        None => question.ask.clone(),
    }
}

/// The text of a question with its roles, where the questionnaire is not that of one role.
pub(super) fn ask_with_roles(question: &Question, role: Option<Role>) -> String {
    let roles: Vec<&str> = question.roles.iter().map(|role| role.name()).collect();
    if role.is_some() || roles.is_empty() {
        return ask(question);
    }
    format!("{}\n(asked of: {})", ask(question), roles.join(", "))
}

/// The possible answers to a question, in lines.
pub(super) fn answers(item: &Item, question: &Question) -> Vec<String> {
    let last = match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => None,
        QuestionType::SelectMultiple => {
            Some(message!("several-may-be-given-with-between").to_owned())
        }
        QuestionType::Integer | QuestionType::Decimal => Some(number(item, question)),
        QuestionType::Percent => Some(message!("a-percentage-to").to_owned()),
        QuestionType::Text => Some(message!("in-your-own-words").to_owned()),
    };
    question.choices.iter().map(shown).chain(last).collect()
}

/// The numbers a question can be answered by.
pub(super) fn number(item: &Item, question: &Question) -> String {
    let kind = if question.kind == QuestionType::Integer {
        message!("a-whole-number-2")
    } else {
        message!("a-number-2")
    };
    let limits = match item.domain {
        Domain::Number { least, most, .. } => match (least.is_finite(), most.is_finite()) {
            (true, true) => format!(", {least} to {most}"),
            (true, false) => message!("or-more-2", least),
            (false, true) => message!("or-less", most),
            (false, false) => String::new(),
        },
        Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => String::new(),
    };
    let unit = question.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", in {unit}"));
    let period = question.period;
    let period = period.map_or(String::new(), |it| format!(", per {}", it.word()));
    format!("{kind}{limits}{unit}{period}")
}

/// The titles of the packs.
pub(super) fn title(rulebook: &Rulebook) -> String {
    let titles = rulebook.packs.iter().map(|pack| pack.title.as_str());
    titles.collect::<Vec<_>>().join(" · ")
}
