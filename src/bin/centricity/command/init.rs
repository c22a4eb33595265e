//! `init`: a new assessment, every question in it as a comment.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{ASSESSMENT, Notes, Packs};
use crate::output::{Output, draft, place};
use centricity::answers::blank;
use centricity::report::schema::answers_to;
use centricity::rules::pack::builtin;
use centricity::text::error::Error;
use clap::Args;
use std::path::{Path, PathBuf};

const SCHEMA: &str = "answers.schema.json";

/// Begin an assessment: a file with every question as a comment
///
/// DIR gets an assessment.yaml and the schema that lets editors complete and check it. A name that
/// ends in .yaml is taken as the file itself. Filling in means taking the # away before the answers
/// that are true; what stays a comment counts as not yet answered. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity init clients/acme --client \"Acme Pumps\"")]
pub(crate) struct Init {
    /// The folder to begin in, or a file that ends in .yaml
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// The client's name
    #[arg(long, value_name = "NAME", default_value = "Name of the client")]
    client: String,
    /// A pack to answer, by name; may be given several times [default: organisation, retention and principles]
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    #[command(flatten)]
    packs: Packs,
}

impl Init {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let is_file = self
            .path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml");
        let file = if is_file {
            self.path.clone()
        } else {
            self.path.join(ASSESSMENT)
        };
        let folder = match file.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        if file.exists() {
            let message = format!("`{}` is already there", file.display());
            return Err(Failure::world(
                message,
                "choose another folder; nothing is overwritten",
            ));
        }
        let Some((text, schema)) = self.texts(output)? else {
            return Ok(Exit::Invalid);
        };
        write(folder, &file, &text, &schema)?;
        output.note(&format!(
            "{}",
            Next(&file, if is_file { &file } else { &self.path })
        ));
        Ok(Exit::Done)
    }

    /// The text of the file and of its schema; `None` where a pack is not valid.
    fn texts(&self, output: Output) -> Result<Option<(String, String)>, Failure> {
        let mut names = self.chosen.clone();
        if names.is_empty() {
            names = builtin::CORE.map(str::to_owned).to_vec();
        }
        let mut notes = Notes::default();
        let rulebook = self.packs.rulebook(&names, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        Ok(rulebook.map(|rulebook| {
            let schema = format!("{:#}\n", answers_to(&rulebook));
            (blank(&rulebook, &names, &self.client, SCHEMA), schema)
        }))
    }
}

fn write(folder: &Path, file: &Path, text: &str, schema_text: &str) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    let assessment = draft(folder, text.as_bytes())?;
    let schema = folder.join(SCHEMA);
    if !schema.exists() {
        place(draft(folder, schema_text.as_bytes())?, &schema, false)?;
    }
    place(assessment, file, false)
}

/// What to do next.
struct Next<'a>(&'a Path, &'a Path);

impl std::fmt::Display for Next<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (file, path) = (self.0.display(), self.1.display());
        writeln!(f, "wrote {file}")?;
        writeln!(
            f,
            "next: open it, take the # away before the answers that are true, then run"
        )?;
        writeln!(f, "  centricity check {path}")
    }
}
