//! Names in tables and forms, and the questions and fields they refer to.

use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Item, Question, Rulebook, Section};
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;
use std::collections::HashMap;

/// A field of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The answer itself.
    Value,
    /// A choice, taken or not.
    Choice(Pick),
    /// A comment on it.
    Comment,
    /// Its evidence.
    Evidence,
    /// The reason why the question does not apply.
    Reason,
}

/// A choice among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// By its place among the choices.
    Choice(usize),
    /// Nobody could say.
    Unknown,
    /// The question does not apply.
    NotApplicable,
}

/// Value in forms for "nobody could say".
pub(crate) const UNKNOWN: &str = "unknown";
/// Value in forms for a question that does not apply.
pub(crate) const NOT_APPLICABLE: &str = "not_applicable";
/// Label of [`UNKNOWN`].
pub(crate) const UNKNOWN_LABEL: &str = "I cannot say";
/// Label of [`NOT_APPLICABLE`].
pub(crate) const NOT_APPLICABLE_LABEL: &str = "Does not apply";

/// The names of all questions of a rulebook, folded.
#[derive(Debug)]
pub(super) struct Names<'a> {
    rulebook: &'a Rulebook,
    /// `None` where several questions share the name.
    questions: HashMap<String, Option<usize>>,
    /// Sections, which survey tools may put before the name of a question.
    groups: Vec<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(rulebook: &'a Rulebook) -> Self {
        let mut questions: HashMap<String, Option<usize>> = HashMap::new();
        for (node, item) in asked(rulebook) {
            let wordings = item.kind.question().map(wordings).unwrap_or_default();
            for name in [fold(item.local_id())].into_iter().chain(wordings) {
                let known = questions.entry(name).or_insert(Some(node));
                *known = known.filter(|known| *known == node);
            }
        }
        for (node, item) in asked(rulebook) {
            for name in [fold(&item.id), fold(&form_name(&item.id))] {
                questions.insert(name, Some(node));
            }
        }
        let sections = rulebook.sections.iter();
        let groups = sections.map(|section| fold(&group_name(rulebook, section)));
        Self {
            groups: groups.collect(),
            rulebook,
            questions,
        }
    }

    /// The question and the field a name refers to; `None` where it refers to no question.
    pub(super) fn find(&self, name: &str) -> Option<(usize, Field)> {
        let name = fold(name);
        let question = |name: &str| self.questions.get(name).copied().flatten();
        let group = self.groups.iter().find_map(|group| {
            let rest = name.strip_prefix(group.as_str())?;
            rest.strip_prefix(['/', '-'])
        });
        let name = group.unwrap_or(&name);
        if let Some(node) = question(name) {
            return Some((node, Field::Value));
        }
        splits(name).find_map(|(stem, last)| {
            let node = question(stem)?;
            let field = match last {
                "comment" | "note" => Some(Field::Comment),
                "evidence" => Some(Field::Evidence),
                "reason" => Some(Field::Reason),
                _ => pick(self.rulebook, node, last).map(Field::Choice),
            };
            Some((node, field?))
        })
    }

    /// True for a column with what a form shows and nobody answers.
    pub(super) fn is_shown_only(&self, name: &str) -> bool {
        let name = fold(name);
        let shown = |group: &String| {
            let rest = name.strip_suffix("__intro").unwrap_or_default();
            rest.strip_suffix(group.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with(['/', '-']))
        };
        self.groups.iter().any(shown)
    }

    /// The name of a question that is nearest to one that is none.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        let name = fold(name);
        let names = asked(self.rulebook).flat_map(|(_, item)| {
            let ask = item.kind.question().map_or("", |one| one.ask.as_str());
            [&item.id, item.local_id(), &item.label, ask].map(|name| (name, item.id.as_str()))
        });
        let names: Vec<(&str, &str)> = names.collect();
        let (stem, _) = name.split_once(['/', ':']).unwrap_or((&name, ""));
        let near = nearest(stem, names.iter().map(|(name, _)| *name))?;
        let found = names.iter().find(|(name, _)| *name == near);
        found.map(|(_, id)| *id)
    }

    /// The problem of a name that refers to no question.
    pub(super) fn unknown(&self, name: Located<&str>) -> Diagnostic {
        let message = message!("names-no-question-of-these-packs", value = name.value);
        let near = self.nearest(name.value);
        let help = suggestion(near, message!("write-pack-question-or-pack-question"));
        let problem = Diagnostic::error(Code::UnknownId, message);
        problem.at(name.place).help(help)
    }
}

/// The questions of a rulebook, each with its place.
fn asked(rulebook: &Rulebook) -> impl Iterator<Item = (usize, &Item)> {
    let items = rulebook.items.iter().enumerate();
    items.take(rulebook.question_count())
}

/// A question as surveys word it, folded: alone, and with the stem of a matrix before it, as we write
/// it and as survey tools do.
fn wordings(question: &Question) -> Vec<String> {
    let ask = fold(&question.ask);
    let Some(stem) = question.stem.as_deref().map(fold) else {
        return vec![ask];
    };
    let tools = [
        format!("{stem} {ask}"),
        format!("{stem} [{ask}]"),
        format!("{stem} - {ask}"),
    ];
    [ask].into_iter().chain(tools).collect()
}

/// The name of a question and of a part of its answer, in every way a name can be both:
/// `paths/phone`, `power:comment`, `power__reason`, `Which paths? [By phone]`, `Which paths? - By phone`.
fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let bracket = name.strip_suffix(']').into_iter();
    let bracket = bracket.flat_map(|name| at_each(name, "["));
    let others = ["/", ":", "__", " - "].into_iter();
    bracket.chain(others.flat_map(move |separator| at_each(name, separator)))
}

fn at_each<'a>(name: &'a str, separator: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    name.rmatch_indices(separator).filter_map(move |(at, _)| {
        let last = name.get(at + separator.len()..)?;
        Some((name.get(..at)?.trim_end(), last.trim_start()))
    })
}

/// A choice of a question where several may be taken, by its value or wording.
fn pick(rulebook: &Rulebook, node: usize, name: &str) -> Option<Pick> {
    let question = rulebook.items.get(node)?.kind.question()?;
    if question.kind != QuestionType::SelectMultiple {
        return None;
    }
    let named = |(_, choice): &(usize, &Choice)| {
        let names = [&choice.value, &choice.label, &choice_name(&choice.value)];
        names.iter().any(|one| fold(one) == name)
    };
    let mut found = question.choices.iter().enumerate().filter(named);
    let is = |written: &str, label: &str| name == written || name == fold(label);
    match (found.next(), found.next()) {
        (Some((place, _)), None) => Some(Pick::Choice(place)),
        (None, _) if is(UNKNOWN, UNKNOWN_LABEL) => Some(Pick::Unknown),
        (None, _) if is(NOT_APPLICABLE, NOT_APPLICABLE_LABEL) => Some(Pick::NotApplicable),
        _ => None,
    }
}

/// A choice as drop-down lists show it: its value, and what it means.
#[must_use]
pub fn shown(choice: &Choice) -> String {
    format!("{} – {}", choice.value, one_line(&choice.label))
}

/// The name of an item where names hold letters, digits, `-` and `_` alone, as in XLSForm.
#[must_use]
pub fn form_name(id: &str) -> String {
    id.replace('.', "__")
}

/// The name of a choice where names hold no spaces, as in XLSForm.
pub(crate) fn choice_name(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The name of a section where a form groups its questions.
pub(crate) fn group_name(rulebook: &Rulebook, section: &Section) -> String {
    let pack = rulebook.packs.get(section.pack).map_or("", |pack| &pack.id);
    format!("section__{pack}__{}", section.id)
}

/// Text in one line, without spaces around it.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as it is compared: case, line breaks and the number of spaces make no difference.
pub(super) fn fold(text: &str) -> String {
    one_line(text).to_lowercase()
}
