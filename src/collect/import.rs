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
mod names;
mod read;
mod response;
mod rows;

pub use mapping::{Decimal, MappingFile, RespondentFrom, RoleDetail, RoleFrom, Separator};
pub(crate) use names::{NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL};
pub(crate) use names::{choice_name, group_name};
pub use names::{form_name, shown};

use crate::answers::file::ResponseFile;
use crate::answers::{RespondentNames, Tally};
use crate::message;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources};
use crate::text::yaml::Located;
use cell::{Words, written};
use names::{Field, Names, fold};
use read::TableReader;
use sha2::{Digest, Sha256};
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
        if file.format.value != 1 {
            let message = message!("format-is-not-known", format = file.format.value);
            let problem = Diagnostic::error(Code::UnknownFormat, message).at(file.format.place);
            problems.push(problem.help("write `format: 1`"));
        }
        let names = Names::new(rulebook);
        let mut questions = HashMap::new();
        for (name, target) in &file.questions {
            match names.find(&target.value) {
                Some(found) => drop(questions.insert(fold(&name.value), found)),
                None => problems.push(names.unknown(target.as_ref().map(String::as_str))),
            }
        }
        let asked = rulebook
            .items
            .iter()
            .filter_map(|item| item.kind.question());
        let mut words: Vec<_> = asked.map(|one| Words::new(one, file.decimal)).collect();
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

    fn question(&self, node: usize) -> Option<&Question> {
        self.rulebook.item(node)?.kind.question()
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

/// Takes in what answers mean beyond the values and wordings of choices.
fn define_words(
    file: &MappingFile,
    names: &Names<'_>,
    all: &mut [Words<'_>],
    problems: &mut Diagnostics,
) {
    for (text, meaning) in &file.everywhere {
        for words in &mut *all {
            // A value that belongs to one question says nothing of the others.
            let _ = words.define(&text.value, &written(&meaning.value.text));
        }
    }
    for (question, values) in &file.values {
        let found = names.find(&question.value);
        let words = match found {
            Some((node, Field::Value)) => all.get_mut(node),
            Some(_) | None => None,
        };
        let Some(words) = words else {
            problems.push(names.unknown(question.as_ref().map(String::as_str)));
            continue;
        };
        for (text, meaning) in values {
            let value = &meaning.value.text;
            if let Err(help) = words.define(&text.value, &written(value)) {
                let message = message!("is-no-answer-to-2", value, question = question.value);
                let problem = Diagnostic::error(Code::UnknownChoice, message);
                problems.push(problem.at(meaning.place).help(help));
            }
        }
    }
}

/// The name of a respondent's file: their own where that is safe on every disk, else made so and
/// distinguished by a few letters of its digest.
#[must_use]
pub fn file_name(respondent: &str) -> String {
    const LONGEST: usize = 80;
    let safe = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let plain = respondent
        .chars()
        .all(|letter| safe(letter) || letter == '.')
        && !respondent.starts_with(['.', '-'])
        && !respondent.ends_with(".mapping")
        && (1..=LONGEST).contains(&respondent.len());
    if plain {
        return format!("{respondent}.yaml");
    }
    let stem = respondent.chars().take(LONGEST / 2);
    let stem: String = stem
        .map(|letter| if safe(letter) { letter } else { '-' })
        .collect();
    let digest = Sha256::digest(respondent.as_bytes());
    let mark = digest
        .iter()
        .take(8)
        .fold(0, |mark, byte| mark << 8 | u64::from(*byte));
    let stem = stem.trim_matches('-');
    let between = if stem.is_empty() { "" } else { "-" };
    format!("{stem}{between}{mark:016x}.yaml")
}
