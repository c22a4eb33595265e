//! `portfolio`: many clients at once.

mod clients;
#[cfg(feature = "parquet")]
mod columns;
mod files;
mod score;

use super::report::FORMATS;
use crate::exit::{Exit, Failure, Result, check_interrupted, watch_interrupts};
use crate::inputs::{PackArgs, ReportStyle, StyleArgs};
use crate::output::{Format, NewFolder, Output, already_there, formats, print, write_file};
use centricity::message;
use centricity::study::portfolio::{FEWEST, Portfolio as Clients, Table};
use centricity::text::Error;
use clap::Args;
use clients::{ReportNames, check_folder};
use files::{OpenFiles, OverviewFiles, PortfolioFormat, rows};
use score::{ReportFiles, Scoring, score_clients};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
    /// What to write, several separated by commas [default: html,md,csv,xlsx; without --out: md]
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
        if let Some(file) = benchmark.filter(|file| file.exists() && !self.force) {
            let help = message!("write-into-another-file-or-add");
            return Err(already_there(file, help));
        }
        check_folder(&self.folder)?;
        let clients = match &self.out {
            Some(out) => self.write(out, &formats, &style, output)?,
            None => self.print(&formats, &style, output)?,
        };
        if let Some(file) = benchmark {
            let Some(text) = clients.benchmark() else {
                return Err(Failure::world(
                    message!("no-score-has-clients-so", FEWEST),
                    message!("fewer-would-give-single-clients"),
                ));
            };
            write_file(file, text.as_bytes(), self.force)?;
            output.note(&format!("wrote {}\n", file.display()));
        }
        Ok(Exit::done_if(clients.broken() == 0, Exit::Invalid))
    }

    /// The formats asked for, each once; without a folder only one that is text.
    fn formats(&self) -> Result<Vec<PortfolioFormat>> {
        let asked: BTreeSet<_> = self.formats.iter().copied().collect();
        if cfg!(not(feature = "parquet")) && asked.contains(&PortfolioFormat::Parquet) {
            return Err(Failure::usage(
                message!("this-build-of-centricity-writes-no"),
                message!("build-it-with-features-parquet-or-ask"),
            ));
        }
        if self.out.is_some() {
            let default = [
                PortfolioFormat::Html,
                PortfolioFormat::Md,
                PortfolioFormat::Csv,
                PortfolioFormat::Xlsx,
            ];
            return Ok(if asked.is_empty() {
                default.to_vec()
            } else {
                asked.into_iter().collect()
            });
        }
        let files = [
            PortfolioFormat::Csv,
            PortfolioFormat::Xlsx,
            PortfolioFormat::Parquet,
        ];
        if asked.len() > 1 || files.iter().any(|one| asked.contains(one)) {
            return Err(Failure::usage(
                message!("there-is-no-folder-to-write-into"),
                message!("add-out-dir-or-ask-for"),
            ));
        }
        let default = self.benchmark.is_none().then_some(PortfolioFormat::Md);
        Ok(asked.first().copied().or(default).into_iter().collect())
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
        let csv = formats.contains(&PortfolioFormat::Csv);
        let tables = if csv { &Table::ALL[..] } else { &[] };
        let rows = rows(folder.path(), formats);
        let columns = formats.contains(&PortfolioFormat::Parquet);
        let scoring = Scoring {
            rulebooks: &self.packs.rulebooks()?,
            tables,
            lines: rows.is_some(),
            #[cfg(feature = "parquet")]
            columns,
            reports: reports.as_ref(),
        };
        let mut files = OpenFiles::open(folder.path(), tables, rows.as_deref(), columns)?;
        let (clients, names) =
            score_clients(&scoring, &self.folder, output, |part| files.add(part))?;
        files.end()?;
        let overview = OverviewFiles {
            overview: &clients.overview(),
            style,
            names: &names,
            ending: self.reports.iter().min().map(|format| format.name()),
        };
        overview.write(folder.path(), formats, rows.as_deref())?;
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
            formats: formats.into_iter().collect(),
            folder,
        }))
    }

    /// Prints the overview, or one line a client as they come.
    fn print(
        &self,
        formats: &[PortfolioFormat],
        style: &ReportStyle,
        output: Output,
    ) -> Result<Clients> {
        let lines = formats.contains(&PortfolioFormat::Ndjson);
        let scoring = Scoring {
            rulebooks: &self.packs.rulebooks()?,
            tables: &[],
            lines,
            #[cfg(feature = "parquet")]
            columns: false,
            reports: None,
        };
        let (clients, _) =
            score_clients(&scoring, &self.folder, output, |part| print(&part.lines))?;
        let overview = OverviewFiles {
            overview: &clients.overview(),
            style,
            names: &ReportNames::default(),
            ending: None,
        };
        for format in formats.iter().filter(|_| !lines) {
            print(&overview.text(*format)?)?;
        }
        Ok(clients)
    }
}
