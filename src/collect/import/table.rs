//! The knowledge it takes to understand a table, and the table as it is opened.

use super::mapping::{Mapping, MappingFile, Separator};
use super::names::{Field, Names, fold};
use crate::message;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::grid::{Batch, Batches, Origin, TableError, book, csv};
use crate::text::yaml::Budget;
use std::io::{BufRead, BufReader, Read};

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
    pub(super) rulebook: &'a Rulebook,
    pub(super) names: Names,
    pub(super) mapping: Mapping,
    pub(super) options: ImportOptions,
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
        let names = Names::new(rulebook);
        let before = problems.errors();
        let mapping = Mapping::check(rulebook, &names, mapping, problems);
        (problems.errors() == before).then_some(Self {
            rulebook,
            names,
            mapping,
            options,
        })
    }

    pub(super) fn question(&self, node: usize) -> Option<&Question> {
        self.rulebook.items.get(node)?.kind.question()
    }

    /// The question and the field that a name in the table refers to.
    pub(super) fn find(&self, name: &str) -> Option<(usize, Field)> {
        let mapped = self.mapping.questions.get(&fold(name)).copied();
        mapped.or_else(|| self.names.find(self.rulebook, name))
    }

    /// A workbook by its first bytes, whatever its name; else a text.
    pub(super) fn open<'t, R: Read + 't>(
        &self,
        name: &str,
        from: R,
    ) -> Result<Batches<'t>, TableError> {
        let mut from = BufReader::new(from);
        let head = from.fill_buf().map_err(TableError::Io)?;
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
            let most = u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX);
            let mut bytes = Vec::new();
            let read = from.take(most + 1).read_to_end(&mut bytes);
            read.map_err(TableError::Io)?;
            if bytes.len() > Budget::DEFAULT.file {
                return Err(too_large(name, "8 MiB", message!("save-the-sheet-as-csv-utf")).into());
            }
            let sheets = book::read(name, &bytes).map_err(TableError::Problem)?;
            return Ok(Box::new(sheets.into_iter().map(Ok)));
        }
        let separator = self.mapping.file.as_ref().and_then(|file| file.separator);
        let separator = separator.map(|one| match one {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
        });
        Ok(Box::new(csv::CsvReader::open(name, from, separator)?))
    }

    /// True if the mapping takes in a sheet.
    pub(super) fn takes(&self, batch: &Batch) -> bool {
        let file = self.mapping.file.as_ref();
        let sheets = file.map_or(&[][..], |file| &file.sheets);
        match &batch.origin {
            Origin::Sheet(name) if !sheets.is_empty() => {
                sheets.iter().any(|sheet| sheet.value == *name)
            }
            Origin::Sheet(_) | Origin::Text { .. } => true,
        }
    }
}

/// The problem of a table with more of something than is read.
pub(super) fn too_large(name: &str, than: &str, help: &str) -> Diagnostic {
    let message = message!("holds-more-than", name, than);
    Diagnostic::error(Code::FileTooLarge, message).help(help)
}
