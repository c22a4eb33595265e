//! Answers from the tables of others: a survey tool's export, or a workbook filled by hand.
//!
//! A table comes in one of two layouts. *Wide* has one row a respondent and one column a question;
//! where several choices may be taken, one column a choice, `channels/phone`, holds 0 or 1. *Long*
//! has one row an answer: `question`, `value`, `comment`, `evidence`. Columns named after questions
//! and cells that hold a value or the wording of a choice are understood as they are; for all else
//! a [`MappingFile`] says what is meant. Nothing is guessed: what is not understood is a problem,
//! and a table with any gives nothing.
//!
//! Each row becomes a [`ResponseFile`] and goes through the door every response goes through, so a
//! table can be imported into files, or be counted as it streams by.

mod cell;
mod columns;
mod mapping;
mod problems;
mod read;
mod response;
mod rows;

pub use cell::shown;
pub(crate) use cell::{NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL};
pub(crate) use cell::{choice_name, form_name, group_name};
pub use mapping::{Decimal, MappingFile, RespondentFrom, RoleDetail, RoleFrom, Separator};
pub use rows::file_name;

use crate::answers::file::ResponseFile;
use crate::answers::{RespondentNames, Tally, unknown_format};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Question, Rulebook, local_id};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, Sources, nearest};
use crate::text::yaml::Located;
use crate::{message, problem};
pub(super) use cell::is_aside;
use cell::{Words, define_words, fold};
use columns::{Field, Pick};
use read::TableReader;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

/// Options of an import, besides its mapping.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The respondent who gave all answers, where the table names none.
    pub respondent: Option<String>,
    /// The role of all respondents, where the table names none.
    pub role: Option<Role>,
    /// Columns that are left out.
    pub ignore: Vec<String>,
}

/// An import: the rulebook, the mapping and the options it goes by.
#[derive(Debug)]
pub struct Import<'a> {
    rulebook: &'a Rulebook,
    names: Names<'a>,
    /// The mapping as written; an empty one, at no place, where none is given.
    file: MappingFile,
    options: ImportOptions,
    /// The questions of names in the mapping, [folded](fold) like all names here.
    questions: HashMap<String, (usize, Field)>,
    roles: HashMap<String, Role>,
    ignore: HashSet<String>,
    /// Meanings of answers for every question, as written.
    everywhere: HashMap<String, String>,
    /// The words of answers, by question.
    words: Vec<Words<'a>>,
}

impl<'a> Import<'a> {
    /// Checks a mapping against the rulebook.
    ///
    /// Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn new(
        rulebook: &'a Rulebook,
        mapping: Option<&MappingFile>,
        options: ImportOptions,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let before = problems.errors();
        let file = mapping.cloned().unwrap_or_else(|| MappingFile {
            format: Located::new(1, Place::NOWHERE),
            ..MappingFile::default()
        });
        problems.extend(unknown_format(&file.format));
        let names = Names::new(rulebook);
        let mut questions = HashMap::new();
        for (name, target) in &file.questions {
            problems.extend(names.earlier(target.as_ref().map(String::as_str)));
            match names.find(&target.value) {
                Some(found) => drop(questions.insert(fold(&name.value), found)),
                None => problems.push(names.unknown(target.as_ref().map(String::as_str))),
            }
        }
        let asked = rulebook.questions();
        let words = asked.map(|one| Words::new(one.question, file.decimal));
        let mut words: Vec<_> = words.collect();
        define_words(&file, &names, &mut words, problems);
        let everywhere = file.everywhere.iter();
        let ignored = file.ignore.iter().flatten().map(|one| one.value.as_str());
        let ignored = ignored.chain(options.ignore.iter().map(String::as_str));
        let import = Self {
            everywhere: everywhere
                .map(|(text, meaning)| (fold(&text.value), meaning.value.text.clone()))
                .collect(),
            ignore: ignored.map(fold).collect(),
            roles: match &file.role {
                Some(RoleFrom::Detail(detail)) => {
                    let roles = detail.values.iter();
                    let roles = roles.map(|(name, role)| (fold(&name.value), role.value));
                    roles.collect()
                }
                Some(RoleFrom::Column(_)) | None => HashMap::new(),
            },
            rulebook,
            names,
            options,
            questions,
            words,
            file,
        };
        (problems.errors() == before).then_some(import)
    }

    /// The question and the field that a name in the table refers to.
    fn find(&self, name: &str) -> Option<(usize, Field)> {
        let mapped = self.questions.get(&fold(name)).copied();
        mapped.or_else(|| self.names.find(name))
    }

    /// Everybody's answers, in the order of the table.
    ///
    /// `name` is what people know the table by. Every problem goes to `problems`, with a source of
    /// its own for each row it shows; `None` where there is an error.
    ///
    /// # Errors
    /// Returns an error if the bytes cannot be read.
    pub fn responses(
        &self,
        name: &str,
        from: impl Read + Send,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> io::Result<Option<Vec<ResponseFile>>> {
        let mut roll = RespondentNames::default();
        let table = TableReader::new(self, name, true, &mut roll, sources);
        let read = table.run(from, problems, &mut |_| {})?;
        Ok(read.map(|all| all.files))
    }

    /// Everybody's answers, counted, in memory that does not grow with their number.
    ///
    /// Respondents are entered in `roll`; `progress` is called with their number so far. Otherwise as
    /// [`Self::responses`].
    ///
    /// # Errors
    /// Returns an error if the bytes cannot be read.
    pub fn tally(
        &self,
        name: &str,
        from: impl Read + Send,
        roll: &mut RespondentNames,
        sources: &mut Sources,
        problems: &mut Diagnostics,
        progress: &mut dyn FnMut(u32),
    ) -> io::Result<Option<Tally>> {
        let table = TableReader::new(self, name, false, roll, sources);
        let read = table.run(from, problems, progress)?;
        Ok(read.map(|all| all.tally))
    }
}

/// The names of all questions of a rulebook, folded.
#[derive(Debug)]
struct Names<'a> {
    rulebook: &'a Rulebook,
    /// `None` where several questions share the name.
    questions: HashMap<String, Option<usize>>,
    /// Sections, which survey tools may put before the name of a question.
    groups: Vec<String>,
}

impl<'a> Names<'a> {
    fn new(rulebook: &'a Rulebook) -> Self {
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
    fn find(&self, name: &str) -> Option<(usize, Field)> {
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
    fn is_shown_only(&self, name: &str) -> bool {
        let name = fold(name);
        let shown = |group: &String| {
            let rest = name.strip_suffix("__intro").unwrap_or_default();
            rest.strip_suffix(group.as_str())
                .is_some_and(|before| before.is_empty() || before.ends_with(['/', '-']))
        };
        self.groups.iter().any(shown)
    }

    /// The name of a question that is nearest to one that is none.
    fn nearest(&self, name: &str) -> Option<&'a str> {
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

    /// The problem of a name that refers to no question.
    fn unknown(&self, name: Located<&str>) -> Diagnostic {
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
