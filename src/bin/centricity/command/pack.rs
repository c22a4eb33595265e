//! `pack`: the rule author's tools.

mod add;
mod copies;
mod diff;
mod list;
mod show;
mod source;
mod test;
mod tree;
mod update;

use super::check::{ProblemFormat, describe, report};
use crate::inputs::{CheckedPack, PackArgs, Reader, pack_texts, project_around};
use crate::output::{Output, check_free, clean, create_folder, folder_of, write_file};
use crate::{Exit, Failure, Result, if_valid, usage};
use centricity::message;
use centricity::report::Source;
use centricity::report::schema::Document;
use centricity::rules::pack::PackText;
use centricity::rules::pack::overlay::{Overlay, overlaps};
use centricity::study::lint;
use centricity::text::diagnostic::Diagnostic;
use clap::Args;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

commands! {
    /// List, read, begin, copy, check and test packs
    #[command(after_help = "Example: centricity pack show organisation")]
    pub(crate) enum Pack {
        List(list::List),
        New(New),
        Add(add::Add),
        Update(update::Update),
        Show(show::Show),
        Check(Check),
        Diff(diff::Diff),
        Docs(show::Docs),
        Lint(Lint),
        Test(test::Test),
    }
}

/// The failure of an argument that cannot be taken.
fn usage_of(problem: Diagnostic) -> Failure {
    Failure::stopped(Exit::Usage, problem.message, problem.help)
}

/// A source in the words that `pack add` takes, with the commit where it has one.
fn words(source: &Source) -> String {
    let revision = source.revision.as_ref();
    let revision = revision.map_or(String::new(), |revision| format!("@{revision}"));
    let path = match source.path.as_str() {
        "" => String::new(),
        path => format!(" --path {path}"),
    };
    let commit = source.commit.as_deref();
    let commit = commit.map_or(String::new(), |commit| format!(" ({})", short(commit)));
    message!(
        "copied-from",
        source = clean(&format!("{}{revision}{path}{commit}", source.from.shown()))
    )
}

/// The beginning of a hash.
fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

/// Find every problem in packs and prove their tables
///
/// Every id is resolved, every threshold is held to what it reads, and every decision table is
/// proven to have neither gap nor overlap.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack check rules/organisation")]
#[group(id = "pack-check")]
pub(super) struct Check {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// Print problems in this format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ProblemFormat,
    #[command(flatten)]
    packs: PackArgs,
}

impl Check {
    fn run(mut self, output: Output) -> Result<Exit> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let mut reader = self.packs.reader(output)?;
        let packs = check_all(&self.names, &mut reader)?;
        reader.problems.extend(overlaps(&stacked(&packs)));
        let lines = packs.iter().map(|pack| describe(&pack.rulebook));
        report(&reader, &lines.collect::<String>(), self.format, output)
    }
}

/// The overlays of several packs in the order in which they would be laid, each once.
fn stacked(packs: &[CheckedPack]) -> Vec<(&str, &Overlay)> {
    let mut all: Vec<(&str, &Overlay)> = Vec::new();
    for pack in packs {
        let base = pack.rulebook.packs.first().map_or("", |one| &one.id);
        for overlay in &pack.overlays {
            if all.iter().all(|(_, one)| one.id != overlay.id) {
                all.push((base, overlay));
            }
        }
    }
    all
}

/// The packs among several that are valid.
fn check_all(names: &[String], reader: &mut Reader) -> Result<Vec<CheckedPack>> {
    let mut valid = Vec::new();
    for name in names {
        valid.extend(if_valid(CheckedPack::find(name, reader))?);
    }
    Ok(valid)
}

/// Say what could be better about packs that are valid
///
/// Questions nothing reads, findings no answers can bring up, levels out of reach, missing reasons,
/// evidence or remedies, anchors that cannot be told apart. Advice is no error: the exit code is 0
/// unless `--strict` is given.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack lint rules/organisation")]
#[group(id = "pack-lint")]
pub(super) struct Lint {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with 4 when there is any advice
    #[arg(long)]
    strict: bool,
    /// Print advice in this format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ProblemFormat,
    #[command(flatten)]
    packs: PackArgs,
}

impl Lint {
    fn run(mut self, output: Output) -> Result<Exit> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let mut reader = self.packs.reader(output)?;
        let packs = check_all(&self.names, &mut reader)?;
        let mut lines = String::new();
        for pack in &packs {
            lines.push_str(&describe(&pack.rulebook));
            reader.problems.extend(lint(&pack.rulebook, 0));
        }
        let exit = report(&reader, &lines, self.format, output)?;
        let is_sound = reader.problems.is_empty() || !self.strict;
        Ok(if exit == Exit::Done && !is_sound {
            Exit::NotMet
        } else {
            exit
        })
    }
}

/// The files of a new pack; `NAME` becomes its id.
static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/bin/centricity/command/pack/new");

/// Begin a pack: an example of twelve questions to change, or a copy of another
///
/// DIR gets a whole pack with questions, levels, a table, findings, advice and cases, and the schemas
/// that let editors complete and check them. Put your own subject in place of the example's.
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
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let help = message!("choose-another-folder-nothing-is-overwritten");
        check_free(Some(&self.folder), false, help)?;
        let files = match &self.from {
            Some(name) => {
                let texts = pack_texts(name, &self.packs.library()?)?;
                let texts = texts.rules.into_iter().chain(texts.cases);
                texts
                    .map(|PackText { path, bytes, .. }| (path, bytes))
                    .collect()
            }
            None => self.example()?,
        };
        for (path, bytes) in files {
            let path = self.folder.join(path);
            create_folder(folder_of(&path))?;
            write_file(&path, &bytes, false)?;
        }
        let folder = self.folder.display();
        let first = if self.from.is_none() {
            self.first_report()
        } else {
            String::new()
        };
        output.note(&format!(
            "wrote {folder}\nnext: change it, then run\n  centricity pack check {folder}\n  centricity pack test {folder} --complete\n  centricity pack lint {folder}\n{first}"
        ));
        Ok(())
    }

    /// The commands that give a first report by the new pack.
    fn first_report(&self) -> String {
        let name = self.folder.file_name().unwrap_or_default().display();
        let packs = folder_of(&self.folder).display();
        format!(
            "and see a report by it\n  centricity init clients/first --packs {packs} --pack {name}\n  centricity ask clients/first --packs {packs}\n  centricity report clients/first --packs {packs} --out reports\n"
        )
    }

    /// The example under the name of the folder, with its schemas.
    fn example(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let name = self.folder.file_name().and_then(|name| name.to_str());
        let name = name.unwrap_or_default();
        let letter = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
        };
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) || !name.chars().all(letter)
        {
            return Err(usage!("cannot-be-a-packs-id", name));
        }
        let inner = EXAMPLE.dirs().flat_map(Dir::files);
        let texts = EXAMPLE.files().chain(inner).filter_map(|file| {
            let text = file.contents_utf8()?.replace("NAME", name);
            Some((file.path().to_str()?.to_owned(), text.into_bytes()))
        });
        let schemas = ["pack", "cases"].into_iter().filter_map(|name| {
            let schema = Document::named(name)?.schema;
            Some((format!("{name}.schema.json"), schema.into()))
        });
        Ok(texts.chain(schemas).collect())
    }
}
