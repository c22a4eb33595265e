//! `portfolio`: many clients at once.

#[cfg(feature = "parquet")]
mod columns;
mod files;
mod line;
mod part;
mod reports;
mod standing;
mod walk;
mod written;

use crate::command::report;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Look, Looks, Packs};
use crate::interrupt;
use crate::output::{Output, draft, place, print};
use centricity::study::portfolio::{FEWEST, Table};
use centricity::text::error::Error;
use clap::{Args, ValueEnum};
use files::Files;
use line::{Line, Total};
use part::Shop;
use reports::Reports;
use standing::Draft;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walk::Walk;
use written::Written;

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
    formats: Vec<Format>,
    /// Write each client's report too, in these formats
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', requires = "out")]
    reports: Vec<report::Format>,
    /// Write how scores are spread, with no client to be told, for others to compare with
    #[arg(long, value_name = "FILE")]
    benchmark: Option<PathBuf>,
    /// Replace the folder, if it is one that a portfolio wrote, and the benchmark
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

/// A form a portfolio can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Format {
    /// The overview, one page that needs nothing beside it
    Html,
    /// The overview in Markdown
    Md,
    /// The overview, for programs
    Json,
    /// Tables of clients, scores, levels, gates and findings
    Csv,
    /// A workbook with a sheet for each pack
    Xlsx,
    /// One line of JSON a client
    Ndjson,
    /// The tables again, column by column, for programs of analysis
    Parquet,
}

impl Portfolio {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let formats = self.formats()?;
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        if let Some(file) = self
            .benchmark
            .as_deref()
            .filter(|file| file.exists() && !self.force)
        {
            let message = format!("`{}` is already there", file.display());
            let help = "write into another file, or add `--force` to replace it";
            return Err(Failure::world(message, help));
        }
        let total = match &self.out {
            Some(out) => self.write(out, &formats, &look, output)?,
            None => self.show(&formats, &look, output)?,
        };
        if let Some(file) = &self.benchmark {
            self.publish(file, &total, output)?;
        }
        Ok(if total.portfolio.broken() > 0 {
            Exit::Invalid
        } else {
            Exit::Done
        })
    }

    /// The formats asked for, each once; without a folder only one that is text.
    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let asked: BTreeSet<_> = self.formats.iter().copied().collect();
        if cfg!(not(feature = "parquet")) && asked.contains(&Format::Parquet) {
            return Err(Failure::usage(
                "this build of centricity writes no Parquet",
                "build it with `--features parquet`, or ask for `csv` or `ndjson`",
            ));
        }
        if self.out.is_some() {
            let default = [Format::Html, Format::Md, Format::Csv, Format::Xlsx];
            return Ok(if asked.is_empty() {
                default.to_vec()
            } else {
                asked.into_iter().collect()
            });
        }
        let files = [Format::Csv, Format::Xlsx, Format::Parquet];
        if asked.len() > 1 || files.iter().any(|one| asked.contains(one)) {
            return Err(Failure::usage(
                "there is no folder to write into",
                "add `--out DIR`; or ask for one of html, md, json and ndjson on standard output",
            ));
        }
        let default = self.benchmark.is_none().then_some(Format::Md);
        Ok(asked.first().copied().or(default).into_iter().collect())
    }

    /// Writes a folder, all of it or nothing.
    fn write(
        &self,
        out: &Path,
        formats: &[Format],
        look: &Look,
        output: Output,
    ) -> Result<Total, Failure> {
        let walk = Walk::new(&self.folder)?;
        interrupt::watch();
        let folder = Draft::begin(out, self.force)?;
        let reports = self.reports(folder.path(), look)?;
        let csv = formats.contains(&Format::Csv);
        let tables = if csv { &Table::ALL[..] } else { &[] };
        let lines = written::lines(folder.path(), formats);
        let rulebooks = self.packs.rulebooks()?;
        let shop = Shop {
            rulebooks: &rulebooks,
            tables,
            lines: lines.is_some(),
            #[cfg(feature = "parquet")]
            columns: formats.contains(&Format::Parquet),
            reports: reports.as_ref(),
        };
        let columns = formats.contains(&Format::Parquet);
        let mut files = Files::open(folder.path(), tables, lines.as_deref(), columns)?;
        let line = Line { shop, output };
        let total = line.run(walk, &self.folder, |part| files.add(part))?;
        files.end()?;
        let written = Written {
            folder: folder.path(),
            overview: &total.portfolio.overview(),
            look,
            names: &total.names,
            ending: self.reports.iter().min().map(|format| format.ending()),
        };
        written.all(formats, lines.as_deref())?;
        interrupt::go_on()?;
        folder.keep()?;
        output.note(&format!("wrote {}\n", out.display()));
        Ok(total)
    }

    /// Writes the benchmark; nothing, where the clients are too few for any score.
    fn publish(&self, file: &Path, total: &Total, output: Output) -> Result<(), Failure> {
        let Some(text) = total.portfolio.benchmark() else {
            return Err(Failure::world(
                format!("no score has {FEWEST} clients, so there is no benchmark to write"),
                "fewer would give single clients away; gather more, or leave `--benchmark` out",
            ));
        };
        let folder = match file.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        place(draft(folder, text.as_bytes())?, file, self.force)?;
        output.note(&format!("wrote {}\n", file.display()));
        Ok(())
    }

    /// The folder of the clients' own reports, where any are asked for.
    fn reports<'a>(&self, folder: &Path, look: &'a Look) -> Result<Option<Reports<'a>>, Failure> {
        let formats: BTreeSet<_> = self.reports.iter().copied().collect();
        if formats.is_empty() {
            return Ok(None);
        }
        let folder = folder.join("reports");
        std::fs::create_dir(&folder).map_err(|error| Error::write(&folder, error))?;
        Ok(Some(Reports {
            look,
            formats: formats.into_iter().collect(),
            folder,
        }))
    }

    /// Prints the overview, or one line a client as they come.
    fn show(&self, formats: &[Format], look: &Look, output: Output) -> Result<Total, Failure> {
        let walk = Walk::new(&self.folder)?;
        let lines = formats.contains(&Format::Ndjson);
        let rulebooks = self.packs.rulebooks()?;
        let shop = Shop {
            rulebooks: &rulebooks,
            tables: &[],
            lines,
            #[cfg(feature = "parquet")]
            columns: false,
            reports: None,
        };
        let line = Line { shop, output };
        let total = line.run(walk, &self.folder, |part| print(&part.lines))?;
        let written = Written {
            folder: Path::new(""),
            overview: &total.portfolio.overview(),
            look,
            names: &total.names,
            ending: None,
        };
        for format in formats.iter().filter(|_| !lines) {
            print(&written.text(*format)?)?;
        }
        Ok(total)
    }
}
