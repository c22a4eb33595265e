//! `pack add`: a pack from elsewhere, copied into the project.

use super::copies::{Copies, CopyState};
use super::source::{Origin, is_repository};
use super::tree::Copied;
use super::{usage_of, words};
use crate::output::{Output, ProgressLine};
use crate::{Failure, Result, watch_interrupts, world};
use centricity::message;
use centricity::report::{Address, COPIES, check_revision, inner_path};
use centricity::rules::pack::{Library, built_in};
use clap::Args;
use std::path::{Component, Path, PathBuf};

/// Copy a pack from a folder or a git repository into the project
///
/// The pack is checked, copied into packs/NAME beside centricity.yaml, and recorded there with its
/// source, revision and digest; the project is begun where there is none. A folder that is the root of a
/// git repository is taken as that: what is committed counts. Nothing of a repository is run, and nothing
/// is fetched at any other time than `pack add`, `pack update` and `pack list`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity pack add https://git.example.org/rules.git@v1.2 --path house"
)]
#[group(id = "pack-add")]
pub(crate) struct Add {
    /// A folder, or a git repository by path, URL (https, ssh, file) or git@host:path; REV is a branch, a tag or a whole commit
    #[arg(value_name = "SOURCE[@REV]")]
    source: String,
    /// The pack's folder there; may be left out where there is only one
    #[arg(long, value_name = "FOLDER")]
    path: Option<String>,
}

impl Add {
    pub(crate) fn run(self, output: Output) -> Result<()> {
        watch_interrupts();
        let project = Copies::open(output)?;
        let origin = self.origin(&project.folder)?;
        let path = self.path.as_deref().map(inner_path).transpose();
        let path = path.map_err(|problem| usage_of(*problem))?;
        let progress = ProgressLine::new(Some(output), origin.git);
        progress.show(&message!("asking-the-source", source = origin.from.shown()));
        let head = origin.head(&project.folder)?;
        let tree = origin.read(&project.folder, head.as_ref())?;
        drop(progress);
        let path = tree.choose(path.as_deref())?;
        refuse_circle(&origin.from, &path, &project.folder)?;
        let copied = tree.copy(&origin, &path)?;
        project.check(&[&copied], None, output).inspect_err(|_| {
            if tree.packs().len() > 1 {
                output.note(&format!(
                    "{}\n",
                    message!("other-packs-there", packs = tree.choice())
                ));
            }
        })?;
        let name = copied.texts.id().ok_or(Failure::Invalid)?;
        check_free(&project, &name, &copied)?;
        let said = said(&project, &name, &copied);
        let packs = [(name, copied)];
        let staging = project.stage(&packs)?;
        project.replace(&packs, staging.path())?;
        output.note(&said);
        Ok(())
    }

    /// The origin that is typed. A path stays as it is typed, from the folder of the project on.
    fn origin(&self, project: &Path) -> Result<Origin> {
        let is_whole = Path::new(&self.source).exists();
        let (address, revision) = if is_whole {
            (self.source.as_str(), None)
        } else {
            Address::split(&self.source)
        };
        let from = Address::parse(address).map_err(|problem| usage_of(*problem))?;
        if let Some(revision) = revision {
            check_revision(revision).map_err(|problem| usage_of(*problem))?;
        }
        let revision = revision.map(str::to_owned);
        let (from, git) = match from {
            Address::Path(path) => {
                let git = revision.is_some() || is_repository(Path::new(&path));
                (Address::Path(from_project(&path, project)), git)
            }
            Address::Remote(_) => (from, true),
        };
        Ok(Origin {
            from,
            revision,
            git,
        })
    }
}

/// A path from the current folder as it is from the folder of the project, which is that or one above.
fn from_project(path: &str, project: &Path) -> String {
    let real = |path: &Path| path.canonicalize().ok();
    let here = real(Path::new(".")).zip(real(&Path::new(".").join(project)));
    let below = here.and_then(|(here, project)| Some(here.strip_prefix(project).ok()?.to_owned()));
    let below = below.filter(|below| !below.as_os_str().is_empty());
    let Some(below) = below.filter(|_| !Path::new(path).is_absolute()) else {
        return path.to_owned();
    };
    let mut parts: Vec<_> = below.components().collect();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            Component::ParentDir
            | Component::Normal(_)
            | Component::RootDir
            | Component::Prefix(_) => parts.push(part),
        }
    }
    let path = parts.into_iter().collect::<PathBuf>().display().to_string();
    if matches!(Address::parse(&path), Ok(Address::Path(_))) {
        path
    } else {
        format!("./{path}")
    }
}

/// Refuses a pack that lies among the copies of the project, or around them.
fn refuse_circle(from: &Address, path: &str, project: &Path) -> Result<()> {
    let local = match from {
        Address::Path(local) => project.join(local),
        Address::Remote(url) => match url.strip_prefix("file://") {
            Some(local) => PathBuf::from(local),
            None => return Ok(()),
        },
    };
    let real = |path: &Path| path.canonicalize().ok();
    let project = real(&Path::new(".").join(project));
    let Some((local, project)) = real(&local).zip(project) else {
        return Ok(());
    };
    let (pack, own) = (local.join(path), project.join(COPIES));
    if pack.starts_with(&own) || own.starts_with(&pack) {
        let from = from.shown();
        return Err(world!("the-source-lies-among-copies", from, COPIES));
    }
    Ok(())
}

/// Refuses a pack that the project has already.
fn check_free(project: &Copies, name: &str, copied: &Copied) -> Result<()> {
    if let Some((_, source)) = project.sources.iter().find(|(own, _)| own == name) {
        let from = source.from.shown();
        return Err(world!("the-pack-is-recorded-already", name, from));
    }
    let (path, digest) = (project.place(name), &copied.source.digest);
    // The very pack is there where it was copied by hand, or a run was ended before it was recorded.
    if project.local(name, digest)?.state == CopyState::Changed {
        return Err(world!("another-folder-is-there", path = path.display()));
    }
    let library = Library {
        folders: project.folders.clone(),
    };
    let own = library
        .find(name)?
        .filter(|texts| texts.whole_digest() != *digest);
    let own =
        own.filter(|own| built_in(name).is_none_or(|one| one.whole_digest() != own.whole_digest()));
    match own.as_ref().and_then(|own| own.rules.first()) {
        Some(first) => Err(world!("the-project-has-that-pack", name, path = first.name)),
        None => Ok(()),
    }
}

/// Report of what was copied.
fn said(project: &Copies, name: &str, copied: &Copied) -> String {
    let (place, file) = (project.place(name), project.file().display());
    let version = copied.texts.version();
    let called = version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"));
    let (place, from) = (place.display(), words(&copied.source));
    let mut lines = vec![format!("wrote {place}: {called}, {from}")];
    if let Some(first) = copied.links.first() {
        let count = copied.links.len();
        lines.push(message!("links-were-left-out", count, first));
    }
    if built_in(name).is_some() {
        lines.push(message!("takes-the-place-of-the-built-in", name));
    }
    if let Address::Remote(url) = &copied.source.from
        && *url != copied.source.from.shown()
    {
        lines.push(message!("the-password-is-not-recorded").to_owned());
    }
    lines.push(format!(
        "wrote {file}\nnext: list it in an assessment, `packs: [{name}]`, or begin one\n  centricity init clients/acme --pack {name}\n"
    ));
    lines.join("\n")
}
