//! What is known of customers: the customer table next to the answers, and value curves.
//!
//! The table is a CSV file with one line a customer. The first line names the columns: `customer`,
//! and any of `margin`, `spend`, `wallet`, `retention`, `cost` and `recommend`, all amounts for one
//! period. Cells are numbers with a point, or `unknown`; retention is a share (`0.8`) or a percent
//! (`80%`). Every problem is reported with its cell; a table with any is not used.

use super::file::CurvesFile;
use super::refused;
use crate::message;
use crate::rules::metric::Customer;
use crate::rules::metric::{Curve, Factor};
use crate::text::diagnostic::{
    Code, Diagnostic, Diagnostics, Place, SourceId, Sources, byte_place,
};
use crate::text::grid::{Row, delimiter, records, span};
use crate::text::yaml::Located;
use std::collections::HashMap;
use std::ops::Range;

/// The columns a table may have.
const COLUMNS: [&str; 7] = [
    "customer",
    "margin",
    "spend",
    "wallet",
    "retention",
    "cost",
    "recommend",
];
const HEADER: &str = "begin with a line as in `customer,margin,spend,wallet,retention,cost`";
/// The most problems of a table that are reported one by one.
const MOST_PROBLEMS: usize = 100;
/// Range of the marks of a factor.
const SCALE: std::ops::RangeInclusive<f64> = 0.0..=10.0;
const MARK: &str = "a mark lies from 0, nothing, to 10, as much as anyone could wish";

/// Checks value curves.
///
/// Every problem goes to `problems`, and what has one is left out.
pub fn check_curves(file: &CurvesFile, problems: &mut Diagnostics) -> Vec<Curve> {
    let curves = file.iter().map(|(customers, factors)| {
        if factors.is_empty() {
            let message = message!("has-no-factors", customers = customers.value);
            let help = message!("list-what-these-customers-may");
            problems.push(refused(Code::InvalidValue, customers.place, message, help));
        }
        let factors = factors.iter().filter_map(|(name, factor)| {
            // All marks are looked at before any of them ends it.
            let importance = mark(&factor.importance, problems);
            let us = mark(&factor.us, problems);
            let rival = factor.rival.as_ref().map(|rival| mark(rival, problems));
            Some(Factor {
                name: name.value.clone(),
                importance: importance?,
                us: us?,
                rival: rival.map_or(Some(None), |rival| rival.map(Some))?,
            })
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
    let message = message!("is-not-from-to", written = written.value);
    problems.push(refused(Code::OutOfScale, written.place, message, MARK));
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
    let mut reader = Reader {
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
        let mut lines = records(self.text, self.delimiter).into_iter();
        let Some(header) = lines.next() else {
            let message = message!("the-customer-table-is-empty");
            self.refuse(Code::EmptyFile, self.all(), message, HEADER);
            return Vec::new();
        };
        let columns = self.columns(&header);
        let Some((_, name)) = columns.iter().find(|(name, _)| *name == "customer") else {
            let place = self.span(header.raw.clone());
            let message = message!("the-customer-table-has-no-column");
            self.refuse(Code::InvalidTable, place, message, HEADER);
            return Vec::new();
        };
        let mut seen: HashMap<String, Place> = HashMap::new();
        let mut table = Vec::new();
        for line in lines {
            if line.cells.len() != header.cells.len() {
                let (cells, columns) = (line.cells.len(), header.cells.len());
                let message = message!("a-line-of-cells-under-columns", cells, columns);
                let help = message!("give-every-line-as-many");
                let place = self.span(line.raw.clone());
                self.refuse(Code::InvalidTable, place, &message, help);
                continue;
            }
            let place = self.cell(&line, *name);
            let customer = self.customer(&line, &columns);
            if customer.name.is_empty() {
                let help = message!("name-or-number-it");
                let message = message!("a-customer-without-a-name");
                self.refuse(Code::InvalidValue, place, message, help);
            } else if let Some(first) = seen.insert(customer.name.clone(), place) {
                let message = message!("stands-in-the-table-twice", customer = customer.name);
                let help = message!("add-the-two-lines-up-or-rename");
                let problem = refused(Code::DuplicateId, place, message, help);
                self.push(problem.relate(first, message!("it-stands-here-first")));
            }
            table.push(customer);
        }
        if table.is_empty() && self.errors == 0 {
            let message = message!("the-customer-table-has-no-customers");
            let help = message!("add-one-line-a-customer");
            self.refuse(Code::EmptyFile, self.all(), message, help);
        }
        table
    }

    /// The columns that are used; others are reported and left out.
    fn columns(&mut self, header: &Row) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for (place, name) in header.cells.iter().map(str::trim).enumerate() {
            let lower = name.to_lowercase();
            let cell = self.cell(header, place);
            let Some(known) = COLUMNS.into_iter().find(|known| *known == lower) else {
                let message = message!("the-column-is-not-used", name);
                let help = message!("the-columns-are", COLUMNS = COLUMNS.join(", "));
                let warning = Diagnostic::warning(Code::UnusedColumn, message).at(cell);
                self.problems
                    .push(warning.help(help).nearest(&lower, COLUMNS));
                continue;
            };
            if columns.iter().any(|(name, _)| *name == known) {
                let message = message!("the-column-stands-in-the-table-twice", known);
                let help = message!("drop-one-of-them");
                self.refuse(Code::DuplicateId, cell, &message, help);
            }
            columns.push((known, place));
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
            let value = number(name, &text).unwrap_or_else(|(code, message, help)| {
                let cell = self.cell(line, *place);
                self.refuse(code, cell, &message, help);
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
            let message = message!("spends-here-of-a-wallet-of", customer = name, spend, wallet);
            let help = message!("the-wallet-is-all-spending-in-the-category-here");
            self.refuse(Code::OutOfScale, place, &message, help);
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
        byte_place(self.text, bytes, self.source)
    }

    fn refuse(&mut self, code: Code, place: Place, message: &str, help: &str) {
        self.push(refused(code, place, message, help));
    }

    fn push(&mut self, problem: Diagnostic) {
        self.errors += 1;
        if self.errors <= MOST_PROBLEMS {
            self.problems.push(problem);
        } else if self.errors == MOST_PROBLEMS + 1 {
            let message = message!("the-table-has-more-than-problems", MOST_PROBLEMS);
            let help = message!("mend-these-first");
            let more = refused(Code::TooManyProblems, self.all(), message, help);
            self.problems.push(more);
        }
    }
}

/// The number in a cell, `None` for `unknown`; or what is wrong with it, and what to do about it.
fn number(column: &str, text: &str) -> Result<Option<f64>, (Code, String, &'static str)> {
    if text == "unknown" {
        return Ok(None);
    }
    let refuse = |code, message, help| Err((code, message, help));
    if text.is_empty() {
        let message = message!("an-empty-cell-under", column);
        let help = message!("write-a-number-or-unknown");
        return refuse(Code::InvalidValue, message, help);
    }
    let percent = text.strip_suffix('%').filter(|_| column == "retention");
    let digits = percent.unwrap_or(text).trim_end();
    let value = digits.parse::<f64>().ok().filter(|value| value.is_finite());
    let Some(value) = value else {
        let message = message!("under-is-not-a-number", text, column);
        let help = message!("write-a-number-with-a-point-and-no");
        return refuse(Code::WrongType, message, help);
    };
    let value = percent.map_or(value, |_| value / 100.0);
    let (message, help) = if value < 0.0 {
        let help = message!("give-the-margin-before-cost-to-serve");
        (message!("under-is-below", text, column), help)
    } else if column == "retention" && value > 1.0 {
        let help = message!("write-a-share-or-a-percent");
        (message!("under-retention-is-more-than-all", text), help)
    } else if column == "recommend" && (value > 10.0 || value.fract() != 0.0) {
        let message = message!("under-recommend-is-not-a-whole-number", text);
        (message, message!("write-the-answer-as-it-was-given"))
    } else {
        return Ok(Some(value));
    };
    refuse(Code::OutOfScale, message, help)
}
