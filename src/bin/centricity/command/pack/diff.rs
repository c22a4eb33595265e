//! `pack diff`: what an overlay changes, and what changed upstream at and below that.

use crate::git::Repository;
use crate::inputs::{
    AssessmentRef, CheckedPack, Checkout, PackArgs, Reader, pack_texts, project_around,
};
use crate::output::{Output, print};
use crate::{Failure, Result, usage, world};
use centricity::message;
use centricity::rules::pack::Texts;
use centricity::rules::pack::overlay::{Overlay, Upstream, upstream};
use centricity::text::yaml::is_yaml;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Show what an overlay changes, and what changed upstream below it
///
/// Each change with the value before and after, and its reason. With --against, an earlier version of
/// the base: everything that is another now at and below the paths that the overlay touches.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity pack diff house --packs rules --against v1:rules/organisation"
)]
#[group(id = "pack-diff")]
pub(crate) struct Diff {
    /// The overlay, by name, or by folder or file
    #[arg(value_name = "OVERLAY")]
    name: String,
    /// The earlier version of the base: a folder, a file, or REVISION:PATH
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
            let CheckedPack {
                rulebook, overlays, ..
            } = CheckedPack::check(texts, reader)?;
            let base = rulebook.packs.first().ok_or(Failure::Invalid)?;
            let overlay = overlays.last().ok_or(Failure::Invalid)?;
            let upstream = match &self.against {
                Some(old) => Some(changes(old, &base.id, overlay, reader)?),
                None => None,
            };
            let version = base.version.to_string();
            let base = (base.id.as_str(), version.as_str());
            print(&match self.format {
                DiffFormat::Text => text(base, overlay, upstream.as_ref()),
                DiffFormat::Json => format!("{:#}\n", document(base, overlay, upstream.as_ref())),
            })
        })
    }
}

/// The changes in the base since an earlier version of it.
fn changes(old: &str, base: &str, overlay: &Overlay, reader: &mut Reader) -> Result<Upstream> {
    let (name, (old, checkout)) = (old, earlier(old)?);
    if old.rules.is_empty() {
        return Err(world!("no-earlier-version", name));
    }
    let new = reader
        .rulebooks
        .library
        .find(base)?
        .ok_or(Failure::Invalid)?;
    let paths = overlay.changes.iter().map(|one| one.path.as_str());
    let (sources, problems) = reader.parts();
    let found = upstream([old, new], paths, sources, problems);
    if let Some((checkout, revision)) = checkout {
        checkout.rename_in(&revision, reader);
    }
    found.ok_or(Failure::Invalid)
}

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
        let _ = writeln!(out, "  {}", message!("from-value-to-value", before, after));
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
        let changes = changes
            .map(|one| json!({ "path": one.path, "before": one.before, "after": one.after }));
        json!({ "from": all.from, "to": all.to, "changes": changes.collect::<Vec<_>>() })
    });
    json!({
        "overlay": { "id": overlay.id, "title": overlay.title, "version": overlay.version },
        "base": { "id": id, "version": version },
        "changes": changes.collect::<Vec<_>>(),
        "upstream": upstream,
    })
}
