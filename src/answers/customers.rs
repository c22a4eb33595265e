//! The customer table: a CSV file next to the answers, one line a customer.
//!
//! The first line names the columns: `customer`, and any of `margin`, `spend`, `wallet`,
//! `retention`, `cost` and `recommend`, all amounts for one period. Cells are numbers with a point,
//! or `unknown`; retention is a share (`0.8`) or a percent (`80%`). Every problem is reported with its
//! cell; a table with any is not used.

use crate::message;
use crate::rules::metric::Customer;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources, nearest};
use crate::text::grid::csv::{delimiter, records};
use crate::text::grid::{Row, byte_place, span};
use std::collections::HashMap;
use std::ops::Range;

/// The columns a table may have.
pub const COLUMNS: [&str; 7] = [
    "customer",
    "margin",
    "spend",
    "wallet",
    "retention",
    "cost",
    "recommend",
];

/// The most problems of a table that are reported one by one.
const MOST_PROBLEMS: usize = 100;

/// Reads a customer table that was added to the sources.
///
/// Every problem goes to `problems`; `None` where there is an error among them.
pub fn read(
    sources: &Sources,
    source: SourceId,
    problems: &mut Diagnostics,
) -> Option<Vec<Customer>> {
    let text = sources.text(source);
    let mut reader = Reader {
        text,
        source,
        problems,
        errors: 0,
    };
    let table = reader.table();
    (reader.errors == 0).then_some(table)
}

struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    problems: &'a mut Diagnostics,
    errors: usize,
}

/// A column that is used: its name, and its place in a line.
type Column = (&'static str, usize);

impl Reader<'_> {
    fn table(&mut self) -> Vec<Customer> {
        let delimiter = delimiter(self.text);
        let mut lines = records(self.text, delimiter).into_iter();
        let Some(header) = lines.next() else {
            self.refuse(
                Code::EmptyFile,
                self.all(),
                message!("the-customer-table-is-empty"),
                HEADER,
            );
            return Vec::new();
        };
        let columns = self.columns(&header, delimiter);
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
            let place = self.cell(&line, *name, delimiter);
            let customer = self.customer(&line, &columns, delimiter);
            if customer.name.is_empty() {
                self.refuse(
                    Code::InvalidValue,
                    place,
                    message!("a-customer-without-a-name"),
                    message!("name-or-number-it"),
                );
            } else if let Some(first) = seen.insert(customer.name.clone(), place) {
                let message = message!("stands-in-the-table-twice", customer = customer.name);
                let problem = Diagnostic::error(Code::DuplicateId, message).at(place);
                let problem = problem.relate(first, message!("it-stands-here-first"));
                self.push(problem.help(message!("add-the-two-lines-up-or-rename")));
            }
            table.push(customer);
        }
        if table.is_empty() && self.errors == 0 {
            let message = message!("the-customer-table-has-no-customers");
            self.refuse(
                Code::EmptyFile,
                self.all(),
                message,
                message!("add-one-line-a-customer"),
            );
        }
        table
    }

    /// The columns that are used; others are reported and left out.
    fn columns(&mut self, header: &Row, delimiter: u8) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for (place, name) in header.cells.iter().map(str::trim).enumerate() {
            let lower = name.to_lowercase();
            let cell = self.cell(header, place, delimiter);
            let Some(known) = COLUMNS.into_iter().find(|known| *known == lower) else {
                let message = message!("the-column-is-not-used", name);
                let near = nearest(&lower, COLUMNS);
                let help = near.map_or_else(
                    || message!("the-columns-are", COLUMNS = COLUMNS.join(", ")),
                    |near| message!("did-you-mean", near),
                );
                let warning = Diagnostic::warning(Code::UnusedColumn, message).at(cell);
                self.problems.push(warning.help(help));
                continue;
            };
            if columns.iter().any(|(name, _)| *name == known) {
                let message = message!("the-column-stands-in-the-table-twice", known);
                self.refuse(
                    Code::DuplicateId,
                    cell,
                    &message,
                    message!("drop-one-of-them"),
                );
            }
            columns.push((known, place));
        }
        columns
    }

    fn customer(&mut self, line: &Row, columns: &[Column], delimiter: u8) -> Customer {
        let mut customer = Customer::default();
        for (name, place) in columns {
            let text = line.cell(*place).to_owned();
            if *name == "customer" {
                customer.name = text;
                continue;
            }
            let value = match number(name, &text) {
                Ok(value) => value,
                Err((code, message, help)) => {
                    let cell = self.cell(line, *place, delimiter);
                    self.refuse(code, cell, &message, help);
                    None
                }
            };
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
            let message = message!(
                "spends-here-of-a-wallet-of",
                customer = customer.name,
                spend,
                wallet
            );
            let help = message!("the-wallet-is-all-spending-in-the-category-here");
            self.refuse(Code::OutOfScale, place, &message, help);
        }
        customer
    }

    /// The place of a cell in the text.
    fn cell(&self, line: &Row, column: usize, delimiter: u8) -> Place {
        let raw = self.text.get(line.raw.clone()).unwrap_or_default();
        let cell = span(raw, delimiter, column).unwrap_or(raw.len()..raw.len());
        self.span(line.raw.start + cell.start..line.raw.start + cell.end)
    }

    fn all(&self) -> Place {
        self.span(0..0)
    }

    fn span(&self, bytes: Range<usize>) -> Place {
        byte_place(self.text, bytes, self.source)
    }

    fn refuse(&mut self, code: Code, place: Place, message: &str, help: &str) {
        self.push(Diagnostic::error(code, message).at(place).help(help));
    }

    fn push(&mut self, problem: Diagnostic) {
        self.errors += 1;
        if self.errors <= MOST_PROBLEMS {
            self.problems.push(problem);
        } else if self.errors == MOST_PROBLEMS + 1 {
            let message = message!("the-table-has-more-than-problems", MOST_PROBLEMS);
            let more = Diagnostic::error(Code::TooManyProblems, message).at(self.all());
            self.problems.push(more.help(message!("mend-these-first")));
        }
    }
}

const HEADER: &str = "begin with a line as in `customer,margin,spend,wallet,retention,cost`";

type Refused = (Code, String, &'static str);

fn number(column: &str, text: &str) -> Result<Option<f64>, Refused> {
    let refuse = |code, message, help| Err((code, message, help));
    if text == "unknown" {
        return Ok(None);
    }
    if text.is_empty() {
        let message = message!("an-empty-cell-under", column);
        return refuse(
            Code::InvalidValue,
            message,
            message!("write-a-number-or-unknown"),
        );
    }
    let percent = text.strip_suffix('%').filter(|_| column == "retention");
    let digits = percent.unwrap_or(text).trim_end();
    let value = digits.parse::<f64>().ok().filter(|value| value.is_finite());
    let Some(value) = value else {
        let message = message!("under-is-not-a-number", text, column);
        let help = message!("write-a-number-with-a-point-and-no");
        return refuse(Code::WrongType, message, help);
    };
    let value = if percent.is_some() {
        value / 100.0
    } else {
        value
    };
    if value < 0.0 {
        let message = message!("under-is-below", text, column);
        let help = message!("give-the-margin-before-cost-to-serve");
        return refuse(Code::OutOfScale, message, help);
    }
    if column == "retention" && value > 1.0 {
        let message = message!("under-retention-is-more-than-all", text);
        let help = message!("write-a-share-or-a-percent");
        return refuse(Code::OutOfScale, message, help);
    }
    if column == "recommend" && (value > 10.0 || value.fract() != 0.0) {
        let message = message!("under-recommend-is-not-a-whole-number", text);
        return refuse(
            Code::OutOfScale,
            message,
            message!("write-the-answer-as-it-was-given"),
        );
    }
    Ok(Some(value))
}
