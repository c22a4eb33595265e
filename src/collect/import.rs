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

mod answer;
mod columns;
mod head;
mod mapping;
mod meaning;
mod names;
mod problems;
mod read;
mod response;
mod rows;
mod suggest;
mod tools;
mod wording;
mod words;

pub use mapping::{
    Decimal, Encoding, MappingFile, RespondentFrom, RoleDetail, RoleFrom, Separator,
};
pub use rows::file_name;
pub use wording::shown;
pub(crate) use wording::{NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL};
pub(crate) use wording::{choice_name, form_name, group_name};

use crate::answers::file::ResponseFile;
use crate::answers::{RespondentNames, Tally, unknown_format};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Diagnostics, Place, Sources};
use crate::text::yaml::Located;
use columns::Field;
use meaning::define_words;
use names::Names;
use read::TableReader;
use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use wording::fold;
pub(super) use wording::is_aside;
use words::Words;

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
