//! Answers of an assessment with everything in its folder, checked.

use super::folder::merge;
use super::{Reader, Rulebooks};
use crate::exit::{Failure, if_valid};
use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::rules::metric::customers::Customer;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Code, Diagnostic, SourceId};
use centricity::text::yaml::Located;
use std::path::Path;
use std::sync::Arc;

/// Valid answers, with the rulebook they answer to.
#[derive(Debug)]
pub(crate) struct CheckedAnswers {
    pub(crate) rulebook: Arc<Rulebook>,
    pub(crate) answers: Answers,
}

impl CheckedAnswers {
    /// Reads and checks an assessment's file, with what its folder holds.
    pub(crate) fn read(
        file: &Path,
        rulebooks: &Rulebooks,
        reader: &mut Reader,
    ) -> Result<Self, Failure> {
        let source = reader.open(file)?;
        Self::check(file, source, rulebooks, reader)
    }

    /// Checks an assessment's file whose text is read already.
    pub(crate) fn check(
        path: &Path,
        source: SourceId,
        rulebooks: &Rulebooks,
        reader: &mut Reader,
    ) -> Result<Self, Failure> {
        let before = reader.problems.errors();
        let base = path.parent().unwrap_or(Path::new(""));
        let file: AssessmentFile = reader.document(source)?;
        let rulebook = rulebooks.rulebook(&file.packs, base, reader)?;
        let answers = if_valid(merge(path, &file, &rulebook, reader))?;
        let customers = match &file.customers {
            Some(table) => if_valid(read_customers(base, table, reader))?,
            None => None,
        };
        let answers = answers
            .filter(|_| reader.problems.errors() == before)
            .ok_or(Failure::Invalid)?;
        let answers = match customers {
            Some(table) => answers.with_customers(table),
            None => answers,
        };
        Ok(Self { rulebook, answers })
    }
}

/// The customer table an assessment names.
fn read_customers(
    base: &Path,
    table: &Located<String>,
    reader: &mut Reader,
) -> Result<Vec<Customer>, Failure> {
    let inner = Path::new(&table.value);
    let path = base.join(inner);
    if inner.is_absolute() || !path.is_file() {
        let message = format!("no customer table `{}` is to be found", table.value);
        let problem = Diagnostic::error(Code::UnknownFile, message).at(table.place);
        let help = "a path starts from the folder of this file";
        reader.problems.push(problem.help(help));
        return Err(Failure::Invalid);
    }
    let source = reader.open(&path)?;
    centricity::answers::customers::read(&reader.sources, source, &mut reader.problems)
        .ok_or(Failure::Invalid)
}
