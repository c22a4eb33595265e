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
mod faults;
mod long;
mod mapping;
mod names;
mod part;
mod people;
mod read;
mod servers;
mod skeleton;
mod wide;
mod words;

pub use mapping::{Decimal, MappingFile, RespondentFrom, RoleDetail, RoleFrom, Separator};
pub(crate) use names::{NOT_APPLICABLE, NOT_APPLICABLE_SAID, UNKNOWN, UNKNOWN_SAID};
pub use read::Progress;

use crate::answers::file::ResponseFile;
use crate::answers::{RespondentNames, Tally};
use crate::rules::rulebook::{Choice, Rulebook, Section};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Diagnostics, Sources};
use mapping::Mapping;
use names::Names;
use read::{Reading, Wanted};
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// What is said about a table beside its mapping.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Who gave all of its answers, where it does not say.
    pub respondent: Option<String>,
    /// In which role all of them answered, where it does not say.
    pub role: Option<Role>,
    /// Columns that are left out.
    pub ignore: Vec<String>,
}

/// What it takes to understand a table.
#[derive(Debug)]
pub struct Import<'a> {
    rulebook: &'a Rulebook,
    names: Names,
    mapping: Mapping,
    settings: Settings,
}

impl<'a> Import<'a> {
    /// Checks what is said about a table against the rulebook.
    ///
    /// Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn new(
        rulebook: &'a Rulebook,
        mapping: Option<&MappingFile>,
        settings: Settings,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let names = Names::of(rulebook);
        let before = problems.errors();
        let mapping = Mapping::check(rulebook, &names, mapping, problems);
        (problems.errors() == before).then_some(Self {
            rulebook,
            names,
            mapping,
            settings,
        })
    }

    /// Everybody's answers, in the order of the table.
    ///
    /// `name` is what people know the table by. Every problem goes to `problems`, with a source of
    /// its own for each row it shows; `None` where there is an error.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn responses(
        &self,
        name: &str,
        from: impl Read + Send,
        roll: &mut RespondentNames,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> io::Result<Option<Vec<ResponseFile>>> {
        let mut reading = Reading::new(self, name, Wanted::Files, roll, sources, problems);
        reading.run(from, &mut |_| {})?;
        Ok(reading.finish().map(|done| done.files))
    }

    /// Everybody's answers, counted, in memory that does not grow with their number.
    ///
    /// Respondents are entered in `roll`; `progress` hears how many there are so far. Otherwise as
    /// [`Self::responses`].
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn tally(
        &self,
        name: &str,
        from: impl Read + Send,
        roll: &mut RespondentNames,
        sources: &mut Sources,
        problems: &mut Diagnostics,
        progress: Progress<'_>,
    ) -> io::Result<Option<Tally>> {
        let mut reading = Reading::new(self, name, Wanted::Tally, roll, sources, problems);
        reading.run(from, progress)?;
        Ok(reading.finish().map(|done| done.tally))
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

/// The name of a respondent's file: their own where that is safe on every disk, else made so and
/// told apart by a few letters of its digest.
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

/// Text in one line, without spaces around it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as it is compared: case, line breaks and the number of spaces make no difference.
fn fold(text: &str) -> String {
    one_line(text).to_lowercase()
}
