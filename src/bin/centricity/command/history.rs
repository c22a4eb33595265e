//! `history`: the movement of an assessment's scores over its git revisions.

mod points;
mod score;
mod walk;

use crate::exit::{Exit, Failure, Result};
use crate::git::Repository;
use crate::inputs::{AssessmentRef, PackArgs, StyleArgs};
use crate::output::{DocumentArgs, Format, Output, json};
use centricity::message;
use centricity::report::terminal::trend;
use centricity::report::view::Trend;
use centricity::report::{history_html, history_markdown};
use centricity::study::history::{History as Document, PointState, Standard, look_back};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use points::{DayOrRevision, RevisionRange};
use std::num::NonZeroUsize;

/// Show how scores moved over the git revisions of an assessment
///
/// Every revision is scored by the packs it named, or all of them by those there are now. Revisions
/// are those of the branch along first parents, so that each was a state of it; renames are followed.
/// Changes of a pack and of the basis are marked, and no change is told across them. A revision that
/// cannot be scored is listed with what is wrong. Figures are over everybody, never of a role.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity history clients/acme --out history.html")]
pub(crate) struct History {
    /// An assessment: a file, its folder, or REVISION:PATH for another branch
    path: AssessmentRef,
    #[command(flatten)]
    document: DocumentArgs,
    /// Which packs score the revisions
    #[arg(long = "pack-version", value_name = "WHICH", default_value = "named", value_parser = standards())]
    standard: Standard,
    /// The first day, 2026-01-31; or a revision, whose state is the first
    #[arg(long, value_name = "DAY|REV")]
    since: Option<DayOrRevision>,
    /// The last day, or a revision, whose state is the last
    #[arg(long, value_name = "DAY|REV")]
    until: Option<DayOrRevision>,
    /// No more than the newest so many revisions
    #[arg(long, value_name = "COUNT")]
    limit: Option<NonZeroUsize>,
    /// A score to show instead of those of the ladders; may be given several times
    #[arg(long = "score", value_name = "ID")]
    scores: Vec<String>,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

fn standards() -> impl TypedValueParser<Value = Standard> {
    let named = PossibleValue::new("named").help(message!("each-revision-those-it-named-as"));
    let now = PossibleValue::new("now").help(message!("all-revisions-those-there-are-now"));
    PossibleValuesParser::new([named, now]).map(|name| match name.as_str() {
        "now" => Standard::Now,
        _ => Standard::Named,
    })
}

impl History {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        if self.path.is_stdin() {
            return Err(Failure::usage(
                message!("standard-input-has-no-history"),
                message!("name-a-file-or-folder-in-a-git-repository"),
            ));
        }
        self.document.check_free()?;
        let style = self.style.load(output)?;
        let history = self.history(output)?;
        let view = Trend::new(&history, &style.brand);
        let text = match self.document.format() {
            Format::Text => trend(&view, self.document.colors(output)),
            Format::Md => history_markdown(&style.templates, &view)?,
            Format::Html => history_html(&style.templates, &view)?,
            Format::Json => json(&history)?,
        };
        self.document.write(&text, output)?;
        let mut points = history.points.iter();
        let any_scored = points.any(|point| point.state != PointState::Failed);
        Ok(Exit::done_if(any_scored, Exit::Invalid))
    }

    fn history(&self, output: Output) -> Result<Document> {
        let path = &self.path.path;
        let repository = Repository::around(path)?;
        let until = self.until.as_ref().and_then(DayOrRevision::revision);
        let tip = until.or(self.path.revision.as_deref()).unwrap_or("HEAD");
        let tip = repository.commit(tip)?;
        let inner = walk::find(&repository, &tip, &repository.inner(path)?, path)?;
        let bounds = (self.since.as_ref(), self.until.as_ref());
        let range = RevisionRange::new(&repository, &tip, bounds, self.limit)?;
        let walk = walk::walk(&repository, &tip, inner, self.standard)?;
        let from = range.begin(&walk.steps);
        let scored = score::score(&repository, &tip, &walk, &self.packs, from, output)?;
        let begun = Document {
            path: walk.path,
            standard: self.standard,
            shallow: walk.shallow,
            gone: walk.gone,
            ..Document::default()
        };
        let points = points::points(walk.steps.into_iter().skip(from), scored, &range);
        if points.is_empty() {
            return Err(Failure::usage(
                message!("no-revision-of-lies-in-that-time", path = path.display()),
                message!("leave-out-since-or-until"),
            ));
        }
        look_back(points, begun, &self.scores).map_err(|unknown| {
            let help = match unknown.near {
                Some(near) => message!("did-you-mean", near),
                None => message!("centricity-explain-lists-the-scores", path = path.display()),
            };
            Failure::usage(message!("there-is-no-score", id = unknown.id), help)
        })
    }
}
