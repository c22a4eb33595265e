//! `pack list`: the packs there are.

use crate::exit::{Exit, Outcome};
use crate::inputs::{Notes, Packs};
use crate::output::{Output, print};
use centricity::rules::pack::Loaded;
use clap::Args;
use std::fmt::Write as _;

/// List the packs there are, built-in and yours
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack list --packs rules")]
pub(crate) struct List {
    #[command(flatten)]
    packs: Packs,
}

impl List {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let mut notes = Notes::default();
        let mut text = String::new();
        let names = library.names()?;
        let wide = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or(0);
        for name in &names {
            let Some(texts) = library.find(name)? else {
                continue;
            };
            let Some(pack) = Loaded::load(texts, &mut notes.sources, &mut notes.problems) else {
                continue;
            };
            let said = |text: Option<&centricity::text::yaml::Located<String>>| {
                text.map_or("", |text| text.value.as_str()).to_owned()
            };
            let (version, title) = (
                said(pack.file.version.as_ref()),
                said(pack.file.title.as_ref()),
            );
            let _ = writeln!(text, "{name:wide$}  {version:8}  {title}");
        }
        print(&text)?;
        output.problems(&notes.problems, &notes.sources);
        Ok(if notes.problems.has_errors() {
            Exit::Invalid
        } else {
            Exit::Done
        })
    }
}
