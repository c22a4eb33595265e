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
mod cell;
mod columns;
mod mapping;
mod names;
mod problems;
mod read;
mod respondent;
mod rows;
mod suggest;
mod table;

pub use cell::Decimal;
pub use mapping::{MappingFile, RespondentFrom, RoleDetail, RoleFrom, Separator};
pub(crate) use names::{NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL};
pub(crate) use names::{choice_name, group_name};
pub use names::{form_name, shown};
pub use read::Progress;
pub use table::{Import, ImportOptions};

use crate::answers::file::ResponseFile;
use crate::answers::{RespondentNames, Tally};
use crate::text::diagnostic::{Diagnostics, Sources};
use read::TableReader;
use sha2::{Digest, Sha256};
use std::io::{self, Read};

impl Import<'_> {
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
        roll: &mut RespondentNames,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> io::Result<Option<Vec<ResponseFile>>> {
        let keeps_files = true;
        let table = TableReader::new(self, name, keeps_files, roll, sources);
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
        progress: Progress<'_>,
    ) -> io::Result<Option<Tally>> {
        let keeps_files = false;
        let table = TableReader::new(self, name, keeps_files, roll, sources);
        let read = table.run(from, problems, progress)?;
        Ok(read.map(|all| all.tally))
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
