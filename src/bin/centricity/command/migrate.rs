//! `migrate`: files rewritten under the ids that questions have today.

use super::check::{FileKind, check_response_rules, find};
use crate::inputs::{ASSESSMENT, CONSENSUS, PackArgs, RESPONSES, Reader, ResponseFiles, TARGETS};
use crate::inputs::{every_pack, is_mapping, project_of};
use crate::output::{Output, place_all, print, redraft};
use crate::{Failure, Result, if_valid, usage};
use centricity::answers::{Rewrite, migrate};
use centricity::message;
use centricity::rules::rulebook::Rulebook;
use clap::Args;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rewrite answers whose questions have other ids since a pack moved them
///
/// PATH is an assessment, a folder that holds some, one file of answers, a mapping or a policy. Each
/// answer moves with its note, evidence and comments; everything else stays as it is, byte by byte.
/// Where an answer cannot be moved safely, nothing is written and it is told what to do by hand.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity migrate clients --dry-run")]
pub(crate) struct Migrate {
    /// Rewrite what is here
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Show what would be rewritten, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    packs: PackArgs,
}

/// A file that is rewritten.
struct Rewritten {
    path: PathBuf,
    text: String,
}

impl Migrate {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let mut targets = BTreeSet::new();
        for path in &self.paths {
            if path.as_os_str() == "-" {
                return Err(usage!("standard-input-cannot-be-rewritten"));
            }
            targets.extend(find(path)?);
        }
        let paths = self.paths.iter().map(PathBuf::as_path);
        self.packs.follow(&project_of(paths, output)?);
        let (files, lines) = self
            .packs
            .reading(output, |reader| rewrite(&targets, reader))?;
        for line in lines {
            print(&format!("{line}\n"))?;
        }
        if !self.dry_run {
            let drafts = files.iter();
            let drafts = drafts.map(|file| redraft(&file.path, file.text.as_bytes()));
            place_all(drafts.collect::<Result<Vec<_>, _>>()?, true)?;
        }
        let count = files.len();
        output.note(&if self.dry_run {
            format!("{}\n", message!("files-would-be-rewritten", count))
        } else {
            format!("{}\n", message!("files-were-rewritten", count))
        });
        Ok(())
    }
}

/// The files with earlier ids under those of today, and a line for each id; nothing where there is
/// an error in any.
fn rewrite(
    targets: &BTreeSet<(FileKind, PathBuf)>,
    reader: &mut Reader,
) -> Result<(Vec<Rewritten>, Vec<String>)> {
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    for (kind, path) in targets {
        let (rulebook, files) = match kind {
            FileKind::Answers if !is_mapping(path) => {
                let read = if_valid(reader.assessment(path))?;
                let Some((_, rulebook)) = read else { continue };
                (rulebook, files_of(path)?)
            }
            FileKind::Response => {
                let Some(rulebook) = if_valid(check_response_rules(path, reader))? else {
                    continue;
                };
                (rulebook, vec![path.clone()])
            }
            FileKind::Answers | FileKind::Policy => {
                let rulebook = if_valid(every_pack(reader))?;
                let Some(rulebook) = rulebook else { continue };
                (rulebook, vec![path.clone()])
            }
            FileKind::Pack | FileKind::Cases | FileKind::Benchmark | FileKind::Project => continue,
        };
        for file in files {
            all.extend(
                if_valid(rewrite_file(&rulebook, (*kind, &file), reader, &mut lines))?.flatten(),
            );
        }
    }
    if reader.problems.has_errors() {
        return Err(Failure::Invalid);
    }
    Ok((all, lines))
}

/// The files of an assessment that hold answers to its questions.
fn files_of(assessment: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![assessment.to_owned()];
    if assessment
        .file_name()
        .is_some_and(|name| name == ASSESSMENT)
    {
        let beside = [CONSENSUS, TARGETS].map(|name| assessment.with_file_name(name));
        files.extend(beside.into_iter().filter(|path| path.exists()));
        let responses = ResponseFiles::find(&assessment.with_file_name(RESPONSES))?;
        files.extend(responses.single);
        let mappings = responses.surveys.iter();
        let mappings = mappings.map(|path| path.with_extension("mapping.yaml"));
        files.extend(mappings.filter(|path| path.exists()));
    }
    Ok(files)
}

/// A file under the ids of today; `None` where it has no others.
fn rewrite_file(
    rulebook: &Rulebook,
    (kind, path): (FileKind, &Path),
    reader: &mut Reader,
    lines: &mut Vec<String>,
) -> Result<Option<Rewritten>> {
    let source = reader.open(path)?;
    // What is said of a response names its folder alone, as it is one of many.
    let folder = path.parent().filter(|_| kind == FileKind::Answers);
    let many = folder.filter(|folder| folder.ends_with(RESPONSES) && !is_mapping(path));
    let (text, done) = match migrate(rulebook, &reader.sources, source) {
        Ok(done) => done,
        Err(problem) => {
            if many.is_some() {
                reader.add_withheld(std::iter::once(*problem).collect());
            } else {
                reader.problems.push(*problem);
            }
            return Err(Failure::Invalid);
        }
    };
    for one in &done {
        let Rewrite { from, to, .. } = one;
        let says = if one.dropped {
            message!("an-id-was-there-twice", from, to)
        } else {
            message!("an-id-moves", from, to)
        };
        let line = if let Some(folder) = many {
            format!("{}: {says}", folder.display())
        } else {
            let line = reader.sources.position(one.place).line;
            format!("{}:{line}: {says}", path.display())
        };
        if many.is_none() || !lines.contains(&line) {
            lines.push(line);
        }
    }
    let path = path.to_owned();
    Ok((!done.is_empty()).then_some(Rewritten { path, text }))
}
