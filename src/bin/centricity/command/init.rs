//! `init`: a new assessment, every question in it as a comment.

use crate::exit::{Exit, Result};
use crate::inputs::{ASSESSMENT, PackArgs, reading};
use crate::output::{Output, already_there, create_folder, draft, folder_of, place, write_file};
use centricity::answers::blank;
use centricity::message;
use centricity::report::schema::answers_to;
use centricity::rules::pack;
use clap::Args;
use std::path::PathBuf;

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
    packs: PackArgs,
}

impl Init {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let ending = self.path.extension();
        let is_file = ending.is_some_and(|end| end == "yaml" || end == "yml");
        let file = if is_file {
            self.path.clone()
        } else {
            self.path.join(ASSESSMENT)
        };
        if file.exists() {
            let help = message!("choose-another-folder-nothing-is-overwritten");
            return Err(already_there(&file, help));
        }
        let mut names = self.chosen;
        if names.is_empty() {
            names = pack::CORE.map(str::to_owned).to_vec();
        }
        let rulebook = reading(output, |reader| self.packs.rulebook(&names, reader))?;
        let folder = folder_of(&file);
        create_folder(folder)?;
        let text = blank(&rulebook, &names, &self.client, SCHEMA);
        let assessment = draft(folder, text.as_bytes())?;
        let schema = folder.join(SCHEMA);
        if !schema.exists() {
            let text = format!("{:#}\n", answers_to(&rulebook));
            write_file(&schema, text.as_bytes(), false)?;
        }
        place(assessment.into_temp_path(), &file, false)?;
        output.note(&format!(
            "wrote {}\nnext: open it, take the # away before the answers that are true, then run\n  centricity check {}\n",
            file.display(),
            self.path.display()
        ));
        Ok(Exit::Done)
    }
}
