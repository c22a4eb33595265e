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
use crate::inputs::{Look, Looks, Moment, Packs};
use crate::output::{Output, draft, place, print};
use centricity::history::{History as Document, PointState, Standard, look_back};
use centricity::report::view::Trend;
use centricity::report::{history_html, history_markdown};
use centricity::terminal::trend;
use clap::{Args, ValueEnum};
use range::{Bound, Range};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

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
    path: Moment,
    /// How to print it [default: as the name of --out says, else text]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The file to write; standard output where it is not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file
    #[arg(long)]
    force: bool,
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
enum Format {
    /// For people, 80 columns wide
    Text,
    /// Markdown
    Md,
    /// One page that needs nothing beside it
    Html,
    /// For programs
    Json,
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
        if let Some(path) = self
            .out
            .as_ref()
            .filter(|path| path.exists() && !self.force)
        {
            let message = format!("`{}` is already there", path.display());
            return Err(Failure::world(message, "`--force` replaces it"));
        }
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        let history = self.document(output)?;
        let text = self.text(&history, &look, output)?;
        match &self.out {
            None => print(&text)?,
            Some(path) => self.save(path, &text, output)?,
        }
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
        Ok(match self.format.unwrap_or_else(|| self.by_name()) {
            Format::Text => trend(&view, self.out.is_none() && output.colors()),
            Format::Md => history_markdown(&look.templates, &view)?,
            Format::Html => history_html(&look.templates, &view)?,
            Format::Json => json(history)?,
        })
    }

    /// The format that the name of the file to write ends in.
    fn by_name(&self) -> Format {
        let ends = self.out.as_ref().and_then(|path| path.extension());
        match ends.and_then(|end| end.to_str()) {
            Some("html" | "htm") => Format::Html,
            Some("md") => Format::Md,
            Some("json") => Format::Json,
            _ => Format::Text,
        }
    }

    fn save(&self, path: &Path, text: &str, output: Output) -> Result<(), Failure> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        place(draft(folder, text.as_bytes())?, path, self.force)?;
        output.note(&format!("wrote {}\n", path.display()));
        Ok(())
    }
}
