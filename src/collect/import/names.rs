//! The names of questions, as the heads of tables and mappings write them.

use super::columns::{Field, Pick};
use super::tools::is_other;
use super::wording::{
    NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL, choice_name, fold, form_name,
    group_name,
};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Question, Rulebook, local_id};
use crate::text::diagnostic::{Diagnostic, nearest};
use crate::text::yaml::Located;
use crate::{message, problem};
use std::collections::HashMap;

/// The names of all questions of a rulebook, folded.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub(super) rulebook: &'a Rulebook,
    /// `None` where several questions share the name.
    questions: HashMap<String, Option<usize>>,
    /// Sections, which survey tools may put before the name of a question.
    groups: Vec<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(rulebook: &'a Rulebook) -> Self {
        let mut questions: HashMap<String, Option<usize>> = HashMap::new();
        for asked in rulebook.questions() {
            let node = asked.node;
            let id = [fold(asked.item.local_id())].into_iter();
            for name in id.chain(wordings(asked.question)) {
                let known = questions.entry(name).or_insert(Some(node));
                *known = known.filter(|known| *known == node);
            }
        }
        for Asked { node, item, .. } in rulebook.questions() {
            for name in [fold(&item.id), fold(&form_name(&item.id))] {
                questions.insert(name, Some(node));
            }
        }
        for (old, moved) in rulebook.moved.iter() {
            // What other values stand for is for a mapping to say.
            let node = rulebook.find(&moved.to).filter(|_| moved.values.is_empty());
            let node = node.filter(|node| rulebook.asked(*node).is_some());
            for name in [fold(old), fold(&form_name(old)), fold(local_id(old))] {
                if node.is_some() {
                    questions.entry(name).or_insert(node);
                }
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
        if let Some(found) = self.split(name) {
            return Some(found);
        }
        // A code and its text together, as LimeSurvey writes them.
        let (code, text) = name.split_once(". ")?;
        let alone = |name: &str| Some((question(name)?, Field::Value));
        let of = |name: &str| alone(name).or_else(|| self.split(name));
        of(code).or_else(|| of(text))
    }

    /// The question and the field of a folded name that says both.
    fn split(&self, name: &str) -> Option<(usize, Field)> {
        let question = |name: &str| self.questions.get(name).copied().flatten();
        splits(name).find_map(|(stem, last)| {
            let node = question(stem)?;
            let field = match last {
                "comment" | "note" => Some(Field::Comment),
                "evidence" => Some(Field::Evidence),
                "reason" => Some(Field::Reason),
                _ => pick(self.rulebook, node, last)
                    .map(Field::Choice)
                    .or_else(|| is_other(last).then_some(Field::Other)),
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
        let questions = self.rulebook.questions();
        let names = questions.flat_map(|Asked { item, question, .. }| {
            let names = [&item.id, item.local_id(), &item.label, &question.ask];
            names.map(|name| (name, item.id.as_str()))
        });
        let names: Vec<(&str, &str)> = names.collect();
        let (stem, _) = name.split_once(['/', ':']).unwrap_or((&name, ""));
        let near = nearest(stem, names.iter().map(|(name, _)| *name))?;
        let found = names.iter().find(|(name, _)| *name == near);
        found.map(|(_, id)| *id)
    }

    /// The choice that is nearest to the words behind the name of a question.
    pub(super) fn nearest_choice(&self, name: &str) -> Option<String> {
        splits(name).find_map(|(stem, last)| {
            let node = self.questions.get(stem).copied().flatten()?;
            let asked = self.rulebook.asked(node)?;
            let choices = || asked.question.choices.iter();
            let labels = choices().map(|one| one.label.as_str());
            let near = nearest(last, labels)?;
            let choice = choices().find(|one| one.label == near)?;
            let several = asked.question.kind == QuestionType::SelectMultiple;
            several.then(|| format!("{}/{}", asked.item.id, choice.value))
        })
    }

    /// The problem of a name that refers to no question.
    pub(super) fn unknown(&self, name: Located<&str>) -> Diagnostic {
        let (place, name) = (name.place, name.value);
        let problem = problem!(UnknownId, "names-no-question-of-these-packs", name).at(place);
        match self.nearest(name) {
            Some(near) => problem.help(message!("did-you-mean", near)),
            None => problem,
        }
    }
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
pub(super) fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
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
    let question = rulebook.asked(node)?.question;
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
