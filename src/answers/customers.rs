//! Facts about customers: the customer table next to the answers, and value curves.
//!
//! The table is a CSV file with one line a customer. The first line names the columns: `customer`,
//! and any of `margin`, `spend`, `wallet`, `retention`, `cost` and `recommend`, all amounts for one
//! period. Cells are numbers with a point, or `unknown`; retention is a share (`0.8`) or a percent
//! (`80%`). Every problem is reported with its cell; a table with any is not used.

use super::file::CurvesFile;
use super::warning;
use crate::rules::metric::{Curve, Customer, Factor};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::text::table::Row;
use crate::text::table::delimited::{delimiter, most_cells, records, span};
use crate::text::yaml::Located;
use crate::{message, problem};
use std::collections::HashMap;
use std::ops::Range;

/// The columns that are used.
const COLUMNS: [&str; 7] = [
    "customer",
    "margin",
    "spend",
    "wallet",
    "retention",
    "cost",
    "recommend",
];
/// The columns a table may have, used or not.
const MOST_COLUMNS: usize = 10_000;
/// The most problems of a table that are reported one by one.
const MOST_PROBLEMS: usize = 100;
/// Range of the marks of a factor.
const SCALE: std::ops::RangeInclusive<f64> = 0.0..=10.0;

/// Checks value curves.
///
/// Every problem goes to `problems`, and what has one is left out.
pub fn check_curves(file: &CurvesFile, problems: &mut Diagnostics) -> Vec<Curve> {
    let curves = file.iter().map(|(customers, factors)| {
        if factors.is_empty() {
            problems.push(
                problem!(InvalidValue, "has-no-factors", customers = customers.value)
                    .at(customers.place),
            );
        }
        let factors = factors.iter().filter_map(|(name, factor)| {
            // All marks are looked at before any of them ends it.
            let importance = mark(&factor.importance, problems);
            let us = mark(&factor.us, problems);
            let rival = factor.rival.as_ref().map(|rival| mark(rival, problems));
            let rival = rival.map_or(Some(None), |rival| rival.map(Some))?;
            Some(Factor::new(name.value.clone(), importance?, us?, rival))
        });
        Curve {
            factors: factors.collect(),
            customers: customers.value.clone(),
        }
    });
    curves.collect()
}

fn mark(written: &Located<f64>, problems: &mut Diagnostics) -> Option<f64> {
    if SCALE.contains(&written.value) {
        return Some(written.value);
    }
    let problem = problem!(OutOfScale, "is-not-from-to", written = written.value);
    problems.push(problem.at(written.place));
    None
}

/// Reads a customer table that was added to the sources.
///
/// Every problem goes to `problems`; `None` where there is an error among them.
pub fn read_customers(
    sources: &Sources,
    source: SourceId,
    problems: &mut Diagnostics,
) -> Option<Vec<Customer>> {
    let text = sources.text(source);
    if most_cells(text) > MOST_COLUMNS {
        let problem = problem!(
            FileTooLarge,
            "the-customer-table-has-more",
            most = MOST_COLUMNS
        );
        problems.push(problem.at(Place::beginning(source)));
        return None;
    }
    let mut reader = Reader {
        sources,
        text,
        delimiter: delimiter(text),
        source,
        problems,
        errors: 0,
    };
    let table = reader.table();
    (reader.errors == 0).then_some(table)
}

struct Reader<'a> {
    sources: &'a Sources,
    text: &'a str,
    delimiter: u8,
    source: SourceId,
    problems: &'a mut Diagnostics,
    errors: usize,
}

/// A column that is used: its name, and its place in a line.
type Column = (&'static str, usize);

impl Reader<'_> {
    fn table(&mut self) -> Vec<Customer> {
        let mut lines = records(self.text, self.delimiter);
        let Some(header) = lines.next() else {
            self.push(problem!(EmptyFile, "the-customer-table-is-empty").at(self.all()));
            return Vec::new();
        };
        let columns = self.columns(&header);
        let Some((_, name)) = columns.iter().find(|(name, _)| *name == "customer") else {
            let place = self.span(header.raw.clone());
            self.push(problem!(InvalidTable, "the-customer-table-has-no-column").at(place));
            return Vec::new();
        };
        let mut seen: HashMap<String, Place> = HashMap::new();
        let mut table = Vec::new();
        for line in lines {
            if self.errors > MOST_PROBLEMS {
                break;
            }
            if line.cells.len() != header.cells.len() {
                let (cells, columns) = (line.cells.len(), header.cells.len());
                let place = self.span(line.raw.clone());
                let problem = problem!(InvalidTable, "a-line-of-cells", cells, columns);
                self.push(problem.at(place));
                continue;
            }
            let place = self.cell(&line, *name);
            let customer = self.customer(&line, &columns);
            if customer.name.is_empty() {
                self.push(problem!(InvalidValue, "a-customer-without-a-name").at(place));
            } else if let Some(first) = seen.insert(customer.name.clone(), place) {
                let name = &customer.name;
                let problem = problem!(DuplicateId, "stands-in-the-table-twice", name).at(place);
                self.push(problem.relate(first, message!("it-stands-here-first")));
            }
            table.push(customer);
        }
        if table.is_empty() && self.errors == 0 {
            self.push(problem!(EmptyFile, "the-customer-table-has-no-customers").at(self.all()));
        }
        table
    }

    /// The columns that are used; others are reported and left out. Places are sought for what is
    /// reported alone, as each takes as long as its line.
    fn columns(&mut self, header: &Row) -> Vec<Column> {
        let (mut columns, mut unused): (Vec<Column>, usize) = (Vec::new(), 0);
        for (place, name) in header.cells.iter().map(str::trim).enumerate() {
            let lower = name.to_lowercase();
            let Some(known) = COLUMNS.into_iter().find(|known| *known == lower) else {
                unused += 1;
                if unused <= MOST_PROBLEMS {
                    let columns = COLUMNS.join(", ");
                    let problem = problem!(UnusedColumn, "the-column-is-not-used", name, columns);
                    let problem = problem.nearest(&lower, COLUMNS);
                    let cell = self.cell(header, place);
                    self.problems.push(warning(problem.at(cell)));
                }
                continue;
            };
            if !columns.iter().any(|(name, _)| *name == known) {
                columns.push((known, place));
            } else if self.errors <= MOST_PROBLEMS {
                let problem = problem!(DuplicateId, "the-column-stands-in-the-table-twice", known);
                let cell = self.cell(header, place);
                self.push(problem.at(cell));
            }
        }
        if let Some(count) = unused.checked_sub(MOST_PROBLEMS).filter(|more| *more > 0) {
            let more = problem!(TooManyProblems, "further-columns-are-not-used", count);
            let start = self.all();
            self.problems.push(warning(more.at(start)));
        }
        columns
    }

    fn customer(&mut self, line: &Row, columns: &[Column]) -> Customer {
        let mut customer = Customer::default();
        for (name, place) in columns {
            let text = line.cell(*place).to_owned();
            if *name == "customer" {
                customer.name = text;
                continue;
            }
            let value = number(name, &text).unwrap_or_else(|problem| {
                self.push(problem.at(self.cell(line, *place)));
                None
            });
            match *name {
                "margin" => customer.margin = value,
                "spend" => customer.spend = value,
                "wallet" => customer.wallet = value,
                "retention" => customer.retention = value,
                "cost" => customer.cost = value,
                _ => customer.recommend = value,
            }
        }
        if let (Some(spend), Some(wallet)) = (customer.spend, customer.wallet)
            && spend > wallet
        {
            let place = self.span(line.raw.clone());
            let name = &customer.name;
            let problem = problem!(OutOfScale, "spends-more-here", name, spend, wallet);
            self.push(problem.at(place));
        }
        customer
    }

    /// The place of a cell in the text.
    fn cell(&self, line: &Row, column: usize) -> Place {
        let raw = self.text.get(line.raw.clone()).unwrap_or_default();
        let cell = span(raw, self.delimiter, column);
        self.span(line.raw.start + cell.start..line.raw.start + cell.end)
    }

    fn all(&self) -> Place {
        self.span(0..0)
    }

    fn span(&self, bytes: Range<usize>) -> Place {
        self.sources.byte_place(self.source, bytes)
    }

    fn push(&mut self, problem: Diagnostic) {
        self.errors += 1;
        if self.errors <= MOST_PROBLEMS {
            self.problems.push(problem);
        } else if self.errors == MOST_PROBLEMS + 1 {
            let more = problem!(TooManyProblems, "the-table-has-more", MOST_PROBLEMS);
            let all = self.all();
            self.problems.push(more.at(all));
        }
    }
}

/// The number in a cell, `None` for `unknown`; the problem has no place.
fn number(column: &str, text: &str) -> Result<Option<f64>, Diagnostic> {
    if text == "unknown" {
        return Ok(None);
    }
    if text.is_empty() {
        return Err(problem!(InvalidValue, "an-empty-cell-under", column));
    }
    let percent = text.strip_suffix('%').filter(|_| column == "retention");
    let digits = percent.unwrap_or(text).trim_end();
    let value = digits.parse::<f64>().ok().filter(|value| value.is_finite());
    let Some(value) = value else {
        return Err(problem!(WrongType, "under-is-not-a-number", text, column));
    };
    let value = percent.map_or(value, |_| value / 100.0);
    Err(if value < 0.0 {
        problem!(OutOfScale, "under-is-below", text, column)
    } else if column == "retention" && value > 1.0 {
        problem!(OutOfScale, "under-retention-is-more-than-all", text)
    } else if column == "recommend" && (value > 10.0 || value.fract() != 0.0) {
        problem!(OutOfScale, "under-recommend-is-not-a-whole-number", text)
    } else {
        return Ok(Some(value));
    })
}
