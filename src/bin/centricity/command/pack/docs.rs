//! `pack docs`: a pack for readers.

use crate::command::check::{self, Tested};
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Notes, Packs, pack_texts};
use crate::output::{Output, print};
use centricity::report::{Guide, Templates, guide};
use clap::Args;
use std::path::PathBuf;

/// Print a pack for readers, as Markdown
///
/// Every question with its anchors, every score, table, level, gate and finding with its rule in
/// words, every figure with its base: what one reads instead of the YAML.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack docs organisation > organisation.md")]
#[group(id = "pack-docs")]
pub(crate) struct Docs {
    /// The pack, by name, or by folder or file
    #[arg(value_name = "PACK")]
    name: String,
    /// A folder whose pack.md replaces the built-in template
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

impl Docs {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let mut notes = Notes::default();
        let tested = check::pack(pack_texts(&self.name, &library)?, &library, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(Tested { rulebook, .. }) = tested else {
            return Ok(Exit::Invalid);
        };
        let templates = match &self.templates {
            Some(folder) => Templates::with_folder(folder)?,
            None => Templates::builtin()?,
        };
        let id = rulebook.packs().first().map_or("", |pack| pack.id.as_str());
        let Some(view) = Guide::new(&rulebook, id) else {
            return Err(Failure::usage(
                "there is no pack to print",
                "name one of `centricity pack list`",
            ));
        };
        print(&guide(&templates, &view)?)?;
        Ok(Exit::Done)
    }
}
