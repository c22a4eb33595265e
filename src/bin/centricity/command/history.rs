//! `history`: how the scores of an assessment moved over its git revisions.

mod fault;
mod gather;
mod range;
mod score;
mod state;
mod walk;

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::git::Repository;
use crate::inputs::{AssessmentRef, Look, Looks, Packs};
use crate::output::{Format, Output, Written};
use centricity::report::terminal::trend;
use centricity::report::view::Trend;
use centricity::report::{history_html, history_markdown};
use centricity::study::history::{History as Document, PointState, Standard, look_back};
use clap::{Args, ValueEnum};
use range::{Bound, Range};
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
    written: Written,
    /// Which packs score the revisions
    #[arg(long = "pack-version", value_name = "WHICH", default_value = "named")]
    standard: Which,
    /// The first day, 2026-01-31; or a revision, whose state is the first
    #[arg(long, value_name = "DAY|REV")]
    since: Option<Bound>,
    /// The last day, or a revision, whose state is the last
    #[arg(long, value_name = "DAY|REV")]
    until: Option<Bound>,
    /// No more than the newest so many revisions
    #[arg(long, value_name = "COUNT")]
    limit: Option<NonZeroUsize>,
    /// A score to show instead of those of the ladders; may be given several times
    #[arg(long = "score", value_name = "ID")]
    scores: Vec<String>,
    #[command(flatten)]
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Each revision those it named, as they were then
    Named,
    /// All revisions those there are now, whichever version was pinned
    Now,
}

impl History {
    pub(crate) fn run(self, output: Output) -> Outcome {
        if self.path.path.as_os_str() == "-" {
            let message = "standard input has no history";
            return Err(Failure::usage(
                message,
                "name a file or folder in a git repository",
            ));
        }
        self.written.free()?;
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        let history = self.document(output)?;
        let text = self.text(&history, &look, output)?;
        self.written.give(&text, output)?;
        let mut points = history.points.iter();
        Ok(if points.any(|point| point.state != PointState::Failed) {
            Exit::Done
        } else {
            Exit::Invalid
        })
    }

    fn document(&self, output: Output) -> Result<Document, Failure> {
        let path = &self.path.path;
        let repository = Repository::around(path)?;
        let until = self.until.as_ref().and_then(Bound::revision);
        let tip = until.or(self.path.revision.as_deref()).unwrap_or("HEAD");
        let tip = repository.commit(tip)?;
        let inner = walk::find(&repository, &tip, &repository.inner(path)?, path)?;
        let range = Range::new(
            &repository,
            &tip,
            (self.since.as_ref(), self.until.as_ref()),
            self.limit,
        )?;
        let standard = match self.standard {
            Which::Named => Standard::Named,
            Which::Now => Standard::Now,
        };
        let (points, mut about) = gather::points(
            &repository,
            &tip,
            inner,
            &self.packs,
            standard,
            &range,
            output,
        )?;
        if points.is_empty() {
            return Err(Failure::usage(
                format!("no revision of `{}` lies in that time", path.display()),
                "leave out `--since` or `--until`",
            ));
        }
        about.scores.clone_from(&self.scores);
        look_back(points, about).map_err(|unknown| {
            let help = match unknown.near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("`centricity explain {}` lists the scores", path.display()),
            };
            Failure::usage(format!("there is no score `{}`", unknown.id), help)
        })
    }

    fn text(&self, history: &Document, look: &Look, output: Output) -> Result<String, Failure> {
        let view = Trend::new(history, &look.brand);
        Ok(match self.written.format() {
            Format::Text => trend(&view, self.written.colors(output)),
            Format::Md => history_markdown(&look.templates, &view)?,
            Format::Html => history_html(&look.templates, &view)?,
            Format::Json => json(history)?,
        })
    }
}
