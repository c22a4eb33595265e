//! `pack list`: the packs there are, with the sources of those from elsewhere.

use super::copies::{Copies, CopyState};
use super::source::Origin;
use super::{short, words};
use crate::git::Head;
use crate::inputs::{PackArgs, Reader, project_around};
use crate::output::{Output, ProgressLine, print};
use crate::{Exit, Failure, Result, watch_interrupts};
use centricity::collect::QuestionnaireSize;
use centricity::message;
use centricity::report::Source;
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// List the packs there are, built-in and yours
///
/// Each with its version, its title, and how many questions it asks in about what time: in full, and in
/// the short form where it has one. Of a pack from elsewhere, its source, and whether it was changed here
/// or is behind; sources are asked for that.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack list --packs rules")]
pub(crate) struct List {
    /// Ask no source whether packs are behind
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl List {
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let library = self.packs.library()?;
        let project = Copies::open(output)?;
        let mut heads = BTreeMap::new();
        watch_interrupts();
        let mut reader = Reader::default();
        let mut text = String::new();
        let names = library.names()?;
        let widths = names.iter().map(|name| name.chars().count());
        let width = widths.max().unwrap_or(0);
        for name in &names {
            let Some(texts) = library.find(name)? else {
                continue;
            };
            let (sources, problems) = reader.parts();
            let Some(pack) = library.load_texts(texts, sources, problems)? else {
                continue;
            };
            let (overlay, file) = (pack.overlays.last(), &pack.file);
            let [version, title] =
                [&file.version, &file.title].map(|text| text.as_ref().map_or("", |one| &one.value));
            let [version, title] = overlay.map_or([version, title], |one| {
                [one.version.as_deref().unwrap_or_default(), &one.title]
            });
            let over = overlay.map_or(String::new(), |_| {
                format!(" ({})", message!("an-overlay-of", pack = pack.id()))
            });
            let size = size(QuestionnaireSize::of_file(file));
            let _ = writeln!(text, "{name:width$}  {version:8}  {title} ({size}){over}");
            if let Some((_, source)) = project.sources.iter().find(|(own, _)| own == name) {
                let state = self.state(name, source, &project, (&mut heads, output))?;
                let _ = writeln!(text, "{:width$}  {}: {state}", "", words(source));
            }
        }
        print(&text)?;
        output.problems(&reader.problems, &reader.sources);
        Ok(Exit::done_if(!reader.problems.has_errors(), Exit::Invalid))
    }
}

/// The answers of sources that were asked.
type Heads = BTreeMap<Origin, Result<Option<Head>, String>>;

impl List {
    /// Standing of a copy against what was copied, and against its source now.
    fn state(
        &self,
        name: &str,
        source: &Source,
        project: &Copies,
        (heads, output): (&mut Heads, Output),
    ) -> Result<String> {
        let local = project.local(name, &source.digest)?;
        let now = if self.offline {
            message!("source-not-asked").to_owned()
        } else {
            match now(source, project, heads, output) {
                Ok(now) => now,
                Err(Failure::Stopped {
                    exit: Exit::World,
                    message,
                    ..
                }) => message!("source-cannot-be-asked", message),
                Err(failure) => return Err(failure),
            }
        };
        Ok(match local.state {
            CopyState::Changed => format!("{}; {now}", message!("changed-here")),
            CopyState::Same | CopyState::Missing => now,
        })
    }
}

/// Standing of a source now against what was copied from it.
fn now(source: &Source, project: &Copies, heads: &mut Heads, output: Output) -> Result<String> {
    let origin = Origin::recorded(source);
    let ask = || match origin.head(&project.folder) {
        Err(Failure::Stopped {
            exit: Exit::World,
            message,
            ..
        }) => Ok(Err(message)),
        head => head.map(Ok),
    };
    if !heads.contains_key(&origin) {
        let progress = ProgressLine::new(Some(output), origin.git);
        progress.show(&message!("asking-the-source", source = source.from.shown()));
        heads.insert(origin.clone(), ask()?);
    }
    let up_to_date = message!("source-up-to-date").to_owned();
    match heads.get(&origin) {
        Some(Err(message)) => Err(Failure::stopped(Exit::World, message, None)),
        Some(Ok(Some(head))) if source.commit.as_ref() == Some(&head.commit) => Ok(up_to_date),
        Some(Ok(Some(head))) => {
            let commit = short(&head.commit);
            Ok(if head.moves {
                message!("source-is-ahead", commit)
            } else {
                message!("source-tag-was-moved", commit)
            })
        }
        Some(Ok(None)) | None => {
            let tree = origin.read(&project.folder, None)?;
            let copied = tree.copy(&origin, &tree.choose(Some(&source.path))?)?;
            let same = copied.source.digest == source.digest;
            Ok(if same {
                up_to_date
            } else {
                message!("source-has-changed").to_owned()
            })
        }
    }
}

/// The size of a pack in full, and in its short form where it has one.
pub(super) fn size((full, short): (QuestionnaireSize, Option<QuestionnaireSize>)) -> String {
    let full = full.words();
    match short {
        Some(short) => message!("full-size-and-short", full, short = short.words()),
        None => full,
    }
}
