//! `pack update`: packs from elsewhere, as their sources have them now.

use super::copies::{Copies, CopyState, LocalCopy};
use super::source::Origin;
use super::tree::{Copied, Tree};
use super::{short, usage_of};
use crate::output::{Output, ProgressLine, clean, folder_of, print};
use crate::{Failure, Result, usage, watch_interrupts, world};
use centricity::message;
use centricity::report::{Source, check_revision};
use centricity::text::diagnostic::{nearest, suggestion};
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Bring packs from elsewhere up to date
///
/// Without NAME all of them. A branch, or no revision, is followed; a tag or a commit stays. A copy that
/// was changed here is refused: keep changes in an overlay over the pack, which updates leave alone.
/// Every new copy is checked first, and so is what stands on it in the project: overlays, packs and
/// assessments. Either all are written or none.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack update house --to v1.3")]
#[group(id = "pack-update")]
pub(crate) struct Update {
    /// Packs that were copied by `pack add`
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Go to another branch, tag or whole commit; HEAD is the branch that the repository shows first
    #[arg(long, value_name = "REV")]
    to: Option<String>,
    /// Replace copies that were changed here, and update though something does not fit the new versions
    #[arg(long)]
    force: bool,
}

/// A pack that is to be looked at anew.
struct Wanted<'c> {
    name: &'c str,
    recorded: &'c Source,
    origin: Origin,
    local: LocalCopy,
}

impl Update {
    pub(crate) fn run(self, output: Output) -> Result<()> {
        watch_interrupts();
        let project = Copies::open(output)?;
        let (mut trees, mut lines) = (BTreeMap::new(), String::new());
        let (mut news, mut changed) = (Vec::new(), Vec::new());
        for (name, recorded) in self.chosen(&project)? {
            let wanted = Wanted {
                name,
                recorded,
                origin: self.origin(name, recorded)?,
                local: project.local(name, &recorded.digest)?,
            };
            let progress = ProgressLine::new(Some(output), wanted.origin.git);
            progress.show(&message!(
                "asking-the-source",
                source = recorded.from.shown()
            ));
            let copied = self.look(&wanted, &project, &mut trees)?;
            drop(progress);
            let copied = copied.filter(|copied| !wanted.is_up_to_date(copied));
            if wanted.is_changed(copied.as_ref()) && !self.force {
                changed.push(format!("`{}`", project.place(name).display()));
            }
            let _ = writeln!(lines, "{}", wanted.line(copied.as_ref()));
            news.extend(copied.map(|copied| (name.to_owned(), copied)));
        }
        if !changed.is_empty() {
            let (count, names) = (changed.len(), changed.join(", "));
            return Err(world!("copies-were-changed-here", count, names));
        }
        if lines.is_empty() {
            output.note(&format!("{}\n", message!("nothing-was-copied")));
        }
        if !news.is_empty() {
            let staging = project.stage(&news)?;
            let all: Vec<_> = news.iter().map(|(_, copied)| copied).collect();
            project.check(&all, Some(staging.path()), output)?;
            if !self.force {
                project.check_dependents(&news, staging.path(), output)?;
            }
            project.replace(&news, staging.path())?;
        }
        print(&lines)?;
        if !news.is_empty() {
            let (file, folder) = (
                project.file().display(),
                folder_of(project.file()).display(),
            );
            output.note(&format!(
                "wrote {file}\nnext: {}\n  centricity check {folder}\n",
                message!("check-what-rests-on-them")
            ));
        }
        Ok(())
    }

    /// The packs that are named, or else all.
    fn chosen<'c>(&self, project: &'c Copies) -> Result<Vec<(&'c str, &'c Source)>> {
        let all = project.sources.iter();
        let all: Vec<_> = all.map(|(name, source)| (name.as_str(), source)).collect();
        for name in &self.names {
            if !all.iter().any(|(own, _)| own == name) {
                let near = nearest(name, all.iter().map(|(own, _)| *own));
                let help = suggestion(near, message!("pack-list-shows-sources"));
                return Err(Failure::usage(message!("was-not-copied", name), help));
            }
        }
        let is_named =
            |name: &str| self.names.is_empty() || self.names.iter().any(|own| own == name);
        let chosen: Vec<_> = all.into_iter().filter(|(name, _)| is_named(name)).collect();
        if self.to.is_some() && chosen.len() != 1 {
            return Err(usage!("to-takes-one-pack"));
        }
        Ok(chosen)
    }

    /// The origin of a pack, at the revision that is asked for now.
    fn origin(&self, name: &str, recorded: &Source) -> Result<Origin> {
        let mut origin = Origin::recorded(recorded);
        if let Some(to) = &self.to {
            check_revision(to).map_err(|problem| usage_of(*problem))?;
            if !origin.git {
                let from = recorded.from.shown();
                return Err(usage!("a-folder-has-no-revisions", name, from));
            }
            origin.revision = Some(to.clone());
        }
        Ok(origin)
    }

    /// The pack as its source has it now; `None` where the very commit is there that was copied.
    fn look(
        &self,
        wanted: &Wanted<'_>,
        project: &Copies,
        trees: &mut BTreeMap<Origin, Tree>,
    ) -> Result<Option<Copied>> {
        let Wanted {
            name,
            recorded,
            origin,
            local,
        } = wanted;
        let head = origin.head(&project.folder)?;
        let commit = head.as_ref().map(|head| head.commit.clone());
        let moved = head.as_ref().is_some_and(|head| !head.moves) && commit != recorded.commit;
        if moved && self.to.is_none() {
            let revision = origin.revision.as_deref().unwrap_or_default();
            return Err(world!("the-tag-was-moved", name, revision));
        }
        if head.is_some()
            && commit == recorded.commit
            && local.state == CopyState::Same
            && self.to.is_none()
        {
            return Ok(None);
        }
        if !trees.contains_key(origin) {
            let tree = origin.read(&project.folder, head.as_ref())?;
            trees.insert(origin.clone(), tree);
        }
        let Some(tree) = trees.get(origin) else {
            return Ok(None);
        };
        let path = tree.choose(Some(&recorded.path))?;
        let copied = tree.copy(origin, &path)?;
        match copied.texts.id() {
            Some(id) if id != *name => Err(world!("the-pack-has-another-id", name, id)),
            Some(_) | None => Ok(Some(copied)),
        }
    }
}

impl Wanted<'_> {
    /// True if nothing is to be written.
    fn is_up_to_date(&self, copied: &Copied) -> bool {
        copied.source == *self.recorded && self.local.state == CopyState::Same
    }

    /// True if the copy here is neither what was copied nor what the source has.
    fn is_changed(&self, copied: Option<&Copied>) -> bool {
        let new = copied.map(|copied| &copied.source.digest);
        self.local.state == CopyState::Changed
            && (new.is_none() || self.local.digest.as_ref() != new)
    }

    /// A line on what it was and is.
    fn line(&self, copied: Option<&Copied>) -> String {
        // An overlay has no version: its digest tells one from another.
        let say = |version: Option<String>, source: &Source| {
            let commit = source.commit.as_ref();
            let commit = commit.map(|commit| format!("({})", short(commit)));
            let parts: Vec<_> = version.into_iter().chain(commit).collect();
            if parts.is_empty() {
                return short(&source.digest).to_owned();
            }
            clean(&parts.join(" "))
        };
        let (name, recorded) = (self.name, self.recorded);
        let was = match self.local.state {
            CopyState::Missing => message!("it-was-missing").to_owned(),
            CopyState::Changed => message!("changed-here").to_owned(),
            CopyState::Same => say(self.local.version.clone(), recorded),
        };
        let Some(copied) = copied else {
            return message!("copy-is-up-to-date", name, was);
        };
        let is = say(copied.texts.version(), &copied.source);
        if self.local.digest.as_ref() == Some(&copied.source.digest) {
            message!("copy-moved-unchanged", name, was, is)
        } else {
            message!("copy-was-and-is", name, was, is)
        }
    }
}
