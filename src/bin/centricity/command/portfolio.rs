//! `portfolio`: many clients at once.

mod files;
mod score;

use super::report::{Detail, FORMATS, ReportFiles, ReportStyle, StyleArgs, slug};
use crate::inputs::{ASSESSMENT, PackArgs, RESPONSES};
use crate::output::{Format, NewFolder, Output, check_free, deliver, formats, print};
use crate::{Exit, Failure, Result, check_interrupted, usage, watch_interrupts, world};
use centricity::message;
use centricity::study::portfolio::{FEWEST, Portfolio as Clients, Problem, Row};
use centricity::text::Error;
use clap::Args;
use files::{OpenFiles, OverviewFiles, PortfolioFormat};
use score::{Scoring, score_clients};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// The files a portfolio's folder may hold. One that holds anything else is not replaced.
const OWN_FILES: [&str; 8] = [
    "portfolio.html",
    "portfolio.md",
    "portfolio.json",
    "portfolio.xlsx",
    "portfolio.ndjson",
    "csv",
    "parquet",
    "reports",
];

/// Set many clients beside one another: who stands where, how far apart, and what most lack
///
/// Every folder below DIR with an assessment.yaml is a client. With --out, a folder is written:
/// the overview as HTML and Markdown, tables as CSV and XLSX for those who calculate on. A client
/// that is not valid is listed and counted, the others are written, and the run ends with code 3.
/// Without --out, the overview goes to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity portfolio clients --out portfolio")]
pub(crate) struct Portfolio {
    /// The folder that holds the clients' folders
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The folder to write; it appears when all of it is written
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write these formats, several separated by commas [default: html,md,csv,xlsx; without --out: md]
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',')]
    formats: Vec<PortfolioFormat>,
    /// Write each client's report too, in these formats
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', requires = "out", value_parser = formats(&FORMATS))]
    reports: Vec<Format>,
    /// Write how scores are spread, with no client to be told, for others to compare with
    #[arg(long, value_name = "FILE")]
    benchmark: Option<PathBuf>,
    /// Replace the folder, if it is one that a portfolio wrote, and the benchmark
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Portfolio {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let formats = self.formats()?;
        let style = self.style.load(output)?;
        let benchmark = self.benchmark.as_deref();
        let help = message!("write-into-another-file-or-add");
        check_free(benchmark, self.force, help)?;
        check_folder(&self.folder)?;
        let clients = match &self.out {
            Some(out) => self.write(out, &formats, &style, output)?,
            None => self.print(&formats, &style, output)?,
        };
        if let Some(file) = benchmark {
            let Some(text) = clients.benchmark() else {
                return Err(world!("no-score-has-clients-so", FEWEST));
            };
            deliver(text.as_bytes(), Some(file), self.force, help, output)?;
        }
        Ok(Exit::done_if(clients.broken() == 0, Exit::Invalid))
    }

    /// The formats asked for, each once; without a folder only one that is text.
    fn formats(&self) -> Result<Vec<PortfolioFormat>> {
        use PortfolioFormat::{Csv, Html, Md, Parquet, Xlsx};
        let asked: BTreeSet<_> = self.formats.iter().copied().collect();
        if cfg!(not(feature = "parquet")) && asked.contains(&Parquet) {
            return Err(usage!("this-build-of-centricity-writes-no"));
        }
        let is_file = |format| asked.contains(&format);
        if self.out.is_none() && (asked.len() > 1 || [Csv, Xlsx, Parquet].into_iter().any(is_file))
        {
            return Err(Failure::usage(
                message!("there-is-no-folder-to-write-into"),
                message!("add-out-dir-or-ask-for"),
            ));
        }
        Ok(match (&self.out, &self.benchmark) {
            _ if !asked.is_empty() => asked.into_iter().collect(),
            (Some(_), _) => vec![Html, Md, Csv, Xlsx],
            (None, None) => vec![Md],
            (None, Some(_)) => Vec::new(),
        })
    }

    /// Writes a folder, all of it or nothing.
    fn write(
        &self,
        out: &Path,
        formats: &[PortfolioFormat],
        style: &ReportStyle,
        output: Output,
    ) -> Result<Clients> {
        watch_interrupts();
        let folder = NewFolder::create(out, self.force, &OWN_FILES)?;
        let reports = self.reports(folder.path(), style)?;
        let scoring = Scoring {
            rulebooks: Arc::new(self.packs.rulebooks()?),
            reports: reports.as_ref(),
        };
        let mut files = OpenFiles::open(folder.path(), formats)?;
        let (clients, names) =
            score_clients(&scoring, &self.folder, output, |client| files.add(client))?;
        files.end()?;
        let overview = OverviewFiles {
            overview: &clients.overview(),
            style,
            names: &names,
            ending: self.reports.iter().min().map(|format| format.name()),
        };
        overview.write(folder.path(), formats)?;
        check_interrupted()?;
        folder.place()?;
        output.note(&format!("wrote {}\n", out.display()));
        Ok(clients)
    }

    /// The folder of the clients' own reports, where any are asked for.
    fn reports<'a>(
        &self,
        folder: &Path,
        style: &'a ReportStyle,
    ) -> Result<Option<ReportFiles<'a>>> {
        let formats: BTreeSet<_> = self.reports.iter().copied().collect();
        if formats.is_empty() {
            return Ok(None);
        }
        let folder = folder.join("reports");
        std::fs::create_dir(&folder).map_err(|error| Error::write(&folder, error))?;
        Ok(Some(ReportFiles {
            style,
            house: None,
            detail: Detail::Full,
            formats: formats.into_iter().collect(),
            folder,
            browser: None,
        }))
    }

    /// Prints the overview, or one line a client as they come.
    fn print(
        &self,
        formats: &[PortfolioFormat],
        style: &ReportStyle,
        output: Output,
    ) -> Result<Clients> {
        let scoring = Scoring {
            rulebooks: Arc::new(self.packs.rulebooks()?),
            reports: None,
        };
        let lines = formats.contains(&PortfolioFormat::Ndjson);
        let take = |client: Result<&Row, &Problem>| match client {
            Ok(row) if lines => print(&row.line()),
            Ok(_) | Err(_) => Ok(()),
        };
        let (clients, _) = score_clients(&scoring, &self.folder, output, take)?;
        let overview = OverviewFiles {
            overview: &clients.overview(),
            style,
            names: &ReportNames::default(),
            ending: None,
        };
        for format in formats {
            if let Some((_, text)) = overview.text(*format)? {
                print(&text)?;
            }
        }
        Ok(clients)
    }
}

/// A client's folder.
#[derive(Debug)]
struct ClientFolder {
    folder: PathBuf,
    /// Its path from the portfolio's folder on, with `/` between folders.
    path: String,
    /// The name of its report, where one is written.
    report: Option<String>,
}

/// Refuses a path that is no folder.
fn check_folder(root: &Path) -> Result<()> {
    if !root.is_dir() {
        let what = if root.exists() {
            message!("no-folder")
        } else {
            message!("not-there")
        };
        return Err(Failure::world(
            format!("`{}` is {what}", root.display()),
            message!("give-the-folder-that-holds-your-clients"),
        ));
    }
    Ok(())
}

/// Finds clients by path, while they are read: each a client, or a place where one could be that
/// cannot be looked into. Links are not followed; packs, what is hidden, and single responses are
/// passed by.
fn find_clients(root: &Path) -> impl Iterator<Item = Result<ClientFolder, Problem>> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    entries
        .filter_entry(is_wanted)
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_file() && entry.file_name() == ASSESSMENT => {
                let folder = entry.path().parent().unwrap_or(root).to_owned();
                Some(Ok(ClientFolder {
                    path: inner(root, &folder),
                    folder,
                    report: None,
                }))
            }
            Ok(_) => None,
            Err(error) => {
                let cause = error.io_error().map(ToString::to_string);
                let cause = cause.unwrap_or_else(|| message!("it-cannot-be-read").to_owned());
                Some(Err(Problem {
                    path: error
                        .path()
                        .map_or(".".to_owned(), |path| inner(root, path)),
                    message: message!("cannot-look-into-the-folder", cause),
                    errors: 1,
                }))
            }
        })
}

/// A path as rows name it: from the portfolio's folder on, with `/` between folders.
fn inner(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

/// Returns true for an entry to look at, and a folder to look into.
fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    if !entry.file_type().is_dir() {
        return entry.file_name() == ASSESSMENT;
    }
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    let single =
        entry.file_name() == RESPONSES && entry.path().with_file_name(ASSESSMENT).is_file();
    !hidden && !single && !entry.path().join("pack.yaml").is_file()
}

/// The names of reports by the paths of clients. A name comes from the client's path, so the same
/// folder gives the same names.
#[derive(Default)]
struct ReportNames {
    taken: HashSet<String>,
    given: HashMap<String, String>,
}

impl ReportNames {
    /// Gives a client a name that no other has.
    fn add(&mut self, path: &str) -> Option<String> {
        let mut stem = slug(path);
        if stem.is_empty() {
            "client".clone_into(&mut stem);
        }
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let name = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|name| !self.taken.contains(name))?;
        self.taken.insert(name.clone());
        self.given.insert(path.to_owned(), name.clone());
        Some(name)
    }

    /// The name a client was given.
    fn of(&self, path: &str) -> Option<&str> {
        self.given.get(path).map(String::as_str)
    }
}
