//! `pack diff`: what an overlay changes, and what changed upstream at and below that.

use crate::git::Repository;
use crate::inputs::{
    AssessmentRef, CheckedPack, Checkout, PackArgs, Reader, pack_texts, project_around,
};
use crate::output::{Output, print};
use crate::{Failure, Result, if_valid, usage, world};
use centricity::message;
use centricity::rules::pack::Texts;
use centricity::rules::pack::overlay::{Overlay, Upstream, lay_over, upstream};
use centricity::text::diagnostic::Diagnostics;
use centricity::text::yaml::is_yaml;
use clap::{Args, ValueEnum};
use semver::Version;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Show what an overlay changes, and what changed upstream below it
///
/// Each change with the value before and after, and its reason. With --against, another version of the
/// base: everything that differs at and below the paths that the overlay touches. Where the later of the
/// two no longer fits the overlay, each reason is shown, and the exit code is 3.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity pack diff house --packs rules --against v1:rules/organisation"
)]
#[group(id = "pack-diff")]
pub(crate) struct Diff {
    /// The overlay, by name, or by folder or file
    #[arg(value_name = "OVERLAY")]
    name: String,
    /// Another version of the base: a folder, a file, or REVISION:PATH
    #[arg(long, value_name = "BASE")]
    against: Option<String>,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,
    #[command(flatten)]
    packs: PackArgs,
}

/// A format of differences.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum DiffFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

impl Diff {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        self.packs.reading(output, |reader| {
            let texts = pack_texts(&self.name, &reader.rulebooks.library)?;
            if !texts.is_overlay() {
                let name = &self.name;
                return Err(usage!("is-no-overlay", name));
            }
            let checked = if_valid(CheckedPack::check(texts.clone(), reader))?;
            let now = checked.and_then(|one| {
                let base = one.rulebook.packs.first()?;
                let overlay = one.overlays.last()?.clone();
                Some((base.id.clone(), base.version.to_string(), overlay))
            });
            let (base, upstream) = match &self.against {
                Some(other) => {
                    let (base, upstream) = changes(other, texts, now, reader)?;
                    (base, Some(upstream))
                }
                None => (now.ok_or(Failure::Invalid)?, None),
            };
            let (id, version, overlay) = &base;
            let base = (id.as_str(), version.as_str());
            print(&match self.format {
                DiffFormat::Text => text(base, overlay, upstream.as_ref()),
                DiffFormat::Json => format!("{:#}\n", document(base, overlay, upstream.as_ref())),
            })?;
            let fits = !reader.problems.has_errors();
            fits.then_some(()).ok_or(Failure::Invalid)
        })
    }
}

/// The changes between the base that is there and another version of it, with the base and the
/// overlay as they fit; what does not fit the later of the two is among the problems.
fn changes(
    other: &str,
    overlay: Texts,
    now: Option<Fitting>,
    reader: &mut Reader,
) -> Result<(Fitting, Upstream)> {
    let (texts, checkout) = earlier(other)?;
    if texts.rules.is_empty() {
        return Err(world!("no-earlier-version", name = other));
    }
    let parse = |version: Option<String>| version.and_then(|one| one.parse::<Version>().ok());
    let is_later = now
        .as_ref()
        .is_some_and(|(_, version, _)| parse(texts.version()) > parse(Some(version.clone())));
    let (sources, problems) = reader.parts();
    // What an earlier version lacks is no fault of the overlay.
    let mut unseen = Diagnostics::new();
    let kept = if is_later {
        &mut *problems
    } else {
        &mut unseen
    };
    let laid = if is_later || now.is_none() {
        lay_over(overlay, texts.clone(), sources, kept)
    } else {
        None
    };
    let then = laid.and_then(|one| {
        let version = one.file.version.as_ref()?.value.clone();
        Some((one.id().to_owned(), version, one.overlays.last()?.clone()))
    });
    let fitting = now.or(then).ok_or(Failure::Invalid)?;
    let here = reader.rulebooks.library.find(&fitting.0)?;
    let here = here.ok_or(Failure::Invalid)?;
    let pair = if is_later {
        [here, texts]
    } else {
        [texts, here]
    };
    let paths = fitting.2.changes.iter().map(|one| one.path.as_str());
    let (sources, problems) = reader.parts();
    let mut found = Diagnostics::new();
    let upstream = upstream(pair, paths, sources, &mut found);
    problems.extend(found);
    if let Some((checkout, revision)) = checkout {
        checkout.rename_in(&revision, reader);
    }
    Ok((fitting, upstream.ok_or(Failure::Invalid)?))
}

/// A base by its id and version, and the overlay as it is laid over it.
type Fitting = (String, String, Overlay);

/// The files of an earlier version of a pack; of one at a revision, with where they were written.
fn earlier(name: &str) -> Result<(Texts, Option<(Checkout, String)>)> {
    let path = Path::new(name);
    if path.exists() {
        return Ok((Texts::read(path)?, None));
    }
    let reference = AssessmentRef::at_revision(name, Path::new(""));
    let Some((revision, path)) = reference.and_then(AssessmentRef::into_revision) else {
        return Err(world!("no-earlier-version", name));
    };
    let repository = Repository::around(&path)?;
    let commit = repository.commit(&revision)?;
    let inner = repository.inner(&path)?;
    let (checkout, mut blobs) = (Checkout::new()?, repository.blobs()?);
    let files = repository.files(&commit, std::slice::from_ref(&inner))?;
    for (file, blob) in files.iter().filter(|(file, _)| is_yaml(Path::new(file))) {
        checkout.write(file, blob, &mut blobs)?;
    }
    let path = checkout.path(&inner);
    if !path.exists() {
        return Err(world!("no-earlier-version", name));
    }
    Ok((Texts::read(&path)?, Some((checkout, revision))))
}

/// The changes for people.
fn text((id, version): (&str, &str), overlay: &Overlay, upstream: Option<&Upstream>) -> String {
    let mut out = format!(
        "{}\n",
        message!("overlay-over", overlay = overlay.id, id, version)
    );
    let none = message!("no-value-here");
    let say = |value: &Option<String>| value.clone().unwrap_or_else(|| none.to_owned());
    for change in &overlay.changes {
        let (before, after) = (say(&change.before), say(&change.after));
        let _ = writeln!(out, "\n{}", change.path);
        let _ = writeln!(out, "  {}", message!("from-value-to-value", before, after));
        let _ = writeln!(out, "  {}", message!("because-of", reason = change.reason));
    }
    let Some(upstream) = upstream else {
        return out;
    };
    let (from, to) = (&upstream.from, &upstream.to);
    let _ = writeln!(out, "\n{}", message!("upstream-from-to", id, from, to));
    for change in &upstream.changes {
        let (before, after) = (say(&change.before), say(&change.after));
        let _ = writeln!(out, "\n{}", change.path);
        let line = if change.order {
            message!("from-order-to-order", before, after)
        } else {
            message!("from-value-to-value", before, after)
        };
        let _ = writeln!(out, "  {line}");
    }
    if upstream.changes.is_empty() {
        let _ = writeln!(out, "  {}", message!("nothing-upstream"));
    }
    out
}

/// The changes for programs.
fn document((id, version): (&str, &str), overlay: &Overlay, upstream: Option<&Upstream>) -> Value {
    let changes = overlay.changes.iter().map(|one| {
        json!({
            "path": one.path,
            "kind": one.kind,
            "before": one.before,
            "after": one.after,
            "reason": one.reason,
        })
    });
    let upstream = upstream.map(|all| {
        let changes = all.changes.iter();
        let changes = changes.map(|one| {
            json!({
                "path": one.path,
                "order": one.order,
                "before": one.before,
                "after": one.after,
            })
        });
        json!({ "from": all.from, "to": all.to, "changes": changes.collect::<Vec<_>>() })
    });
    json!({
        "overlay": { "id": overlay.id, "title": overlay.title, "version": overlay.version },
        "base": { "id": id, "version": version },
        "changes": changes.collect::<Vec<_>>(),
        "upstream": upstream,
    })
}
