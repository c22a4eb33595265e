//! `pack new`: a pack to begin with, or a copy of one that is there.

use crate::exit::{Exit, Failure, Result};
use crate::inputs::{PackArgs, pack_texts};
use crate::output::{Output, already_there, create_folder, folder_of, write_file};
use centricity::message;
use centricity::report::schema::Document;
use centricity::rules::pack::PackText;
use clap::Args;
use std::path::PathBuf;

/// The files of a new pack; `NAME` becomes its id.
const START: [(&str, &str); 2] = [
    ("pack.yaml", include_str!("new/pack.yaml")),
    ("cases/listening.yaml", include_str!("new/cases.yaml")),
];

/// Begin a pack: a small one that works, or a copy of another
///
/// DIR gets a pack.yaml with its cases, and the schemas that let editors complete and check them.
/// With --from, it gets the files of that pack instead, built-in or yours, ready to be changed: a
/// pack in a folder given by --packs comes before the built-in one of the same id.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack new ours/organisation --from organisation")]
pub(crate) struct New {
    /// The folder to begin in; its name becomes the pack's id
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A pack to copy, by name, or by folder or file
    #[arg(long, value_name = "PACK")]
    from: Option<String>,
    #[command(flatten)]
    packs: PackArgs,
}

impl New {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        if self.folder.exists() {
            let help = message!("choose-another-folder-nothing-is-overwritten");
            return Err(already_there(&self.folder, help));
        }
        let files = match &self.from {
            Some(name) => {
                let texts = pack_texts(name, &self.packs.library()?)?;
                let texts = texts.rules.into_iter().chain(texts.cases);
                texts
                    .map(|PackText { path, bytes, .. }| (path, bytes))
                    .collect()
            }
            None => self.start()?,
        };
        for (path, bytes) in files {
            let path = self.folder.join(path);
            create_folder(folder_of(&path))?;
            write_file(&path, &bytes, false)?;
        }
        let folder = self.folder.display();
        output.note(&format!(
            "wrote {folder}\nnext: change it, then run\n  centricity pack check {folder}\n  centricity pack test {folder}\n"
        ));
        Ok(Exit::Done)
    }

    fn start(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let name = self
            .folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let letter = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
        };
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(letter)
        {
            return Err(Failure::usage(
                message!("cannot-be-a-packs-id", name),
                message!("name-the-folder-in-lower-case-words"),
            ));
        }
        let texts =
            START.map(|(path, text)| (path.to_owned(), text.replace("NAME", name).into_bytes()));
        let schemas = ["pack", "cases"].into_iter().filter_map(|name| {
            let schema = Document::named(name)?.schema;
            Some((message!("schema-json", name), schema.into()))
        });
        Ok(texts.into_iter().chain(schemas).collect())
    }
}
