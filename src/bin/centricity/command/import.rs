//! `import`: one response file for each respondent of a table.

mod files;

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{ASSESSMENT, Notes, Packs, role};
use crate::output::{Output, print};
use centricity::answers::Roll;
use centricity::collect::import::{self, ImportOptions, MappingFile};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::error::Error;
use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Take answers from a survey's CSV or XLSX into an assessment
///
/// FILE has one row a respondent and one column a question (with `channels/phone` for a choice of
/// several), or one row an answer under `question` and `value`. Columns and answers of other names
/// are listed, each with the nearest there is; --suggest prints a mapping to fill in. Nothing is
/// guessed, and nothing is written while anything is not understood.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity import survey.csv --into clients/acme --mapping survey.mapping.yaml"
)]
pub(crate) struct Import {
    /// The table, CSV or XLSX, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The assessment's folder; responses go into its folder `responses`
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
    /// What columns and answers mean, as --suggest prints it
    #[arg(long, value_name = "MAPPING")]
    mapping: Option<PathBuf>,
    /// A pack the table answers, where the folder has no assessment; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    /// A column that is left out; may be given several times
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Who gave all answers, where the table does not say
    #[arg(long, value_name = "NAME")]
    respondent: Option<String>,
    /// In which role all answered, where the table does not say
    #[arg(long, value_name = "ROLE", value_parser = role())]
    role: Option<Role>,
    /// Replace responses of the same respondents
    #[arg(long, alias = "force")]
    replace: bool,
    /// Print a mapping to fill in, and write nothing
    #[arg(long)]
    suggest: bool,
    #[command(flatten)]
    packs: Packs,
}

impl Import {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let done = self.carry_out(&mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        match done {
            Some(Done::Suggested(mapping)) => print(&mapping)?,
            Some(Done::Written(count)) => {
                let into = self.into.display();
                let many = if count == 1 { "response" } else { "responses" };
                output.note(&format!(
                    "wrote {count} {many} into {into}/responses\nnext: centricity check {into}\n"
                ));
            }
            None => return Ok(Exit::Invalid),
        }
        Ok(Exit::Done)
    }

    /// What was done; `None` where something is not valid, which `notes` then tells.
    fn carry_out(&self, notes: &mut Notes) -> Result<Option<Done>, Failure> {
        let Some(rulebook) = self.rulebook(notes)? else {
            return Ok(None);
        };
        let mapping = match &self.mapping {
            Some(path) => match notes.file::<MappingFile>(path)? {
                Some(mapping) => Some(mapping),
                None => return Ok(None),
            },
            None => None,
        };
        let settings = ImportOptions {
            respondent: self.respondent.clone(),
            role: self.role,
            ignore: self.ignore.clone(),
        };
        let import =
            import::Import::new(&rulebook, mapping.as_ref(), settings, &mut notes.problems);
        let Some(import) = import else {
            return Ok(None);
        };
        let (name, bytes) = open(&self.file)?;
        let wrap = |error| Error::read(&self.file, error);
        if self.suggest {
            return Ok(match import.suggest(&name, bytes).map_err(wrap)? {
                Ok(mapping) => Some(Done::Suggested(mapping)),
                Err(problem) => {
                    notes.problems.push(*problem);
                    None
                }
            });
        }
        let mut roll = Roll::new();
        let Notes {
            sources, problems, ..
        } = notes;
        let responses = import.responses(&name, bytes, &mut roll, sources, problems);
        let Some(responses) = responses.map_err(wrap)?.filter(|_| !problems.has_errors()) else {
            return Ok(None);
        };
        let written = files::write(&self.into, &name, &responses, self.replace, notes)?;
        Ok(written.then_some(Done::Written(responses.len())))
    }

    /// The packs of the assessment, or those that are named.
    fn rulebook(&self, notes: &mut Notes) -> Result<Option<Arc<Rulebook>>, Failure> {
        if !self.chosen.is_empty() {
            return self.packs.rulebook(&self.chosen, notes);
        }
        let path = self.into.join(ASSESSMENT);
        if !path.is_file() {
            return Err(Failure::world(
                format!("there is no {ASSESSMENT} in `{}`", self.into.display()),
                "`centricity init` begins one; or name the packs with `--pack`",
            ));
        }
        self.packs.of_assessment(&path, notes)
    }
}

/// What an import came to.
enum Done {
    Suggested(String),
    Written(usize),
}

/// A table by its name, and its bytes as they come.
fn open(path: &Path) -> Result<(String, Box<dyn Read + Send>), Failure> {
    if path.as_os_str() == "-" {
        return Ok(("standard input".to_owned(), Box::new(std::io::stdin())));
    }
    let file = std::fs::File::open(path).map_err(|error| Error::read(path, error))?;
    Ok((path.display().to_string(), Box::new(file)))
}
