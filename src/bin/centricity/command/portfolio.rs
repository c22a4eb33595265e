//! `portfolio`: many clients at once, read and scored on all cores, and counted in order. They pass in
//! batches, so that memory does not grow with their number.

mod clients;
mod files;

use super::report::{
    Detail, FORMATS, Format, ReportFiles, ReportNames, ReportStyle, StyleArgs, formats,
};
use crate::inputs::{ASSESSMENT, ClientStates, PackArgs, project_around};
use crate::output::{NewFolder, Output, ProgressLine, check_free, deliver, print};
use crate::{Exit, Failure, Result, check_interrupted, usage, watch_interrupts, world};
use centricity::message;
use centricity::study::portfolio::{FEWEST, Portfolio as Clients, Problem, Row};
use centricity::text::Error;
use clap::Args;
use clients::{Rejected, score_client, stand_among};
use files::{OpenFiles, OverviewFiles, PortfolioFormat, find_clients};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// Clients in memory at once.
const BATCH: usize = 256;
/// Clients whose problems are shown in full; more are counted.
const SHOWN: usize = 20;

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
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        let project = project_around(&self.folder, output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
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
        let is_file = |one: &PortfolioFormat| matches!(one, Csv | Xlsx | Parquet);
        if self.out.is_none() && (asked.len() > 1 || asked.iter().any(is_file)) {
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
        let mut files = OpenFiles::open(folder.path(), formats)?;
        let (clients, names) = self.score(reports.as_ref(), output, |client| files.add(client))?;
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
        if self.reports.is_empty() {
            return Ok(None);
        }
        let formats: BTreeSet<_> = self.reports.iter().copied().collect();
        let folder = folder.join("reports");
        fs::create_dir(&folder).map_err(|error| Error::write(&folder, error))?;
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
        let lines = formats.contains(&PortfolioFormat::Ndjson);
        let take = |client: Result<&Row, &Problem>| match client {
            Ok(row) if lines => print(&row.line()),
            Ok(_) | Err(_) => Ok(()),
        };
        let (clients, _) = self.score(None, output, take)?;
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

    /// Scores all clients; `take` gets them in their order, each as its row or as what is wrong.
    /// Returns the portfolio with the names of the reports, where any are written.
    fn score(
        &self,
        reports: Option<&ReportFiles<'_>>,
        output: Output,
        mut take: impl FnMut(Result<&Row, &Problem>) -> Result<()>,
    ) -> Result<(Clients, ReportNames)> {
        let rulebooks = Arc::new(self.packs.rulebooks()?);
        let (mut all, mut names) = (Clients::default(), ReportNames::default());
        let (mut warned, mut states) = (0, ClientStates::default());
        let progress = ProgressLine::new(Some(output), true);
        let (mut clients, mut orders) = (find_clients(&self.folder), 0_u64..);
        loop {
            let mut batch: Vec<_> = clients.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            for client in batch.iter_mut().flatten().filter(|_| reports.is_some()) {
                client.report = names.add(&client.path);
            }
            let score = |client| score_client(client, &rulebooks);
            let scored: Result<Vec<_>> = batch.into_par_iter().map(score).collect();
            let stand = |client: Result<_, _>| client.and_then(|one| stand_among(&mut states, one));
            let scored: Vec<_> = scored?.into_iter().map(stand).collect();
            if let Some(reports) = reports {
                let standing = scored.par_iter().flatten();
                standing.try_for_each(|client| client.write(reports))?;
            }
            for (client, order) in scored.into_iter().zip(orders.by_ref()) {
                match client {
                    Ok(client) => {
                        take(Ok(&client.row))?;
                        all.add(order, &client.row, &client.ladders);
                        warned += usize::from(client.warns);
                    }
                    Err(client) => {
                        take(Err(&client.0))?;
                        if all.broken() < SHOWN {
                            show(&client, output);
                        }
                        all.add_problem(client.0);
                    }
                }
            }
            progress.show(&format!("{} clients", all.clients() + all.broken()));
        }
        drop(progress);
        sum_up(all.broken(), warned, output);
        if all.clients() + all.broken() == 0 {
            return Err(Failure::world(
                message!(
                    "there-is-no-below",
                    ASSESSMENT,
                    root = self.folder.display()
                ),
                message!("give-the-folder-that-holds-your-clients"),
            ));
        }
        Ok((all, names))
    }
}

/// Refuses a path that is no folder.
fn check_folder(root: &Path) -> Result<()> {
    let what = match root.exists() {
        _ if root.is_dir() => return Ok(()),
        true => message!("no-folder"),
        false => message!("not-there"),
    };
    Err(Failure::world(
        format!("`{}` is {what}", root.display()),
        message!("give-the-folder-that-holds-your-clients"),
    ))
}

/// Prints how many clients have problems, and how many warnings.
fn sum_up(broken: usize, warned: usize, output: Output) {
    let more = broken.saturating_sub(SHOWN);
    let notes = [
        (more, format!("{more} more clients have problems")),
        (broken, message!("clients-are-not-valid", rejected = broken)),
        (warned, message!("clients-with-warnings", warned)),
    ];
    for (_, note) in notes.iter().filter(|(count, _)| *count > 0) {
        output.note(&format!("{note}\n"));
    }
}

/// Shows what is wrong with a client.
fn show((problem, reader): &Rejected, output: Output) {
    if let Some(reader) = reader {
        output.problems(&reader.problems, &reader.sources);
    } else {
        let message = format!("`{}`: {}", problem.path, problem.message);
        output.failure(&Failure::stopped(Exit::World, message, None));
    }
}
