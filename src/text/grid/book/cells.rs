//! The texts that cells share, and the cells of a sheet.

use super::package::{Piece, Pieces};
use super::style::{Shown, show};
use super::{Budget, Fault, attribute};
use crate::text::grid::Row;
use csv::StringRecord;
use quick_xml::events::BytesStart;

/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Rows of a sheet.
const MOST_ROWS: usize = 1_048_576;
/// Shared texts.
const MOST_STRINGS: usize = 1_000_000;

/// The texts that cells share, by number.
pub(super) fn strings(text: &str) -> Result<Vec<String>, Fault> {
    let mut pieces = Pieces::of(text);
    let mut list = Vec::new();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Start(element) if element.local_name().as_ref() == "si" => {
                list.push(written(&mut pieces, "si")?);
            }
            Piece::Empty(element) if element.local_name().as_ref() == "si" => {
                list.push(String::new());
            }
            Piece::Start(_) | Piece::Empty(_) | Piece::End(_) | Piece::Text(_) | Piece::Aside => {}
        }
        if list.len() > MOST_STRINGS {
            return Err(Fault::Large("more than a million texts"));
        }
    }
    Ok(list)
}

const CUT: Fault = Fault::Broken("a part of it ends too soon");

/// All text up to the end of an element, without readings set above it.
fn written(pieces: &mut Pieces<'_>, until: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let (mut inside, mut aside) = (until == "v" || until == "f", 0_u32);
    loop {
        match pieces.next()?.ok_or(CUT)? {
            Piece::Start(element) => match element.local_name().as_ref() {
                "t" => inside = true,
                "rPh" => aside += 1,
                _ => {}
            },
            Piece::End(element) => match element.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => aside = aside.saturating_sub(1),
                name if name == until => return Ok(plain(&text)),
                _ => {}
            },
            Piece::Text(part) if inside && aside == 0 => text.push_str(&part),
            Piece::Text(_) | Piece::Empty(_) | Piece::Aside => {}
        }
    }
}

/// A text with `_x000D_` and the like resolved.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let letter = code.get(2..6).filter(|_| code.get(6..7) == Some("_"));
        let letter = letter.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(letter) = letter.and_then(char::from_u32) {
            out.push(letter);
            rest = code.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = code.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// What it takes to read the cells of a sheet.
pub(super) struct Cells<'a> {
    pub(super) strings: &'a [String],
    pub(super) styles: &'a [Shown],
    pub(super) since_1904: bool,
    pub(super) budget: &'a mut Budget,
}

impl Cells<'_> {
    /// The rows of a sheet with anything in them.
    pub(super) fn rows(mut self, text: &str) -> Result<Vec<Row>, Fault> {
        let mut pieces = Pieces::of(text);
        let mut rows = Vec::new();
        let (mut number, mut next, mut cells) = (0, 0, Vec::new());
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Start(element) => match element.local_name().as_ref() {
                    "row" => (number, next) = (row_number(&element, number)?, 0),
                    "c" => {
                        let column = column(&element, next)?;
                        next = column + 1;
                        let value = self.cell(&mut pieces, &element)?;
                        self.put(&mut cells, column, value)?;
                    }
                    _ => {}
                },
                Piece::Empty(element) => match element.local_name().as_ref() {
                    "row" => number = row_number(&element, number)?,
                    "c" => next = column(&element, next)? + 1,
                    _ => {}
                },
                Piece::End(element) if element.local_name().as_ref() == "row" => {
                    let cells = StringRecord::from(std::mem::take(&mut cells));
                    let raw = 0..0;
                    rows.push(Row { cells, number, raw });
                }
                Piece::End(_) | Piece::Text(_) | Piece::Aside => {}
            }
        }
        rows.retain(|row| !row.cells.is_empty());
        Ok(rows)
    }

    /// Puts a cell with anything in it into its row.
    fn put(&mut self, row: &mut Vec<String>, column: usize, text: String) -> Result<(), Fault> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let more = (column + 1).saturating_sub(row.len());
        let cells = self.budget.cells.checked_sub(more);
        self.budget.cells = cells.ok_or(Fault::Large("more than 2 million cells"))?;
        let bytes = self.budget.text.checked_sub(text.len());
        self.budget.text = bytes.ok_or(Fault::Large("more than 32 MiB of text"))?;
        row.resize(row.len() + more, String::new());
        if let Some(slot) = row.get_mut(column) {
            *slot = text;
        }
        Ok(())
    }

    /// The text of a cell whose element has begun.
    fn cell(&self, pieces: &mut Pieces<'_>, cell: &BytesStart<'_>) -> Result<String, Fault> {
        let kind = attribute(cell, "t").unwrap_or_default();
        let (mut value, mut formula) = (None, None);
        loop {
            match pieces.next()?.ok_or(CUT)? {
                Piece::Start(element) => match element.local_name().as_ref() {
                    "v" => value = Some(written(pieces, "v")?),
                    "is" => value = Some(written(pieces, "is")?),
                    "f" => formula = Some(written(pieces, "f")?),
                    _ => {}
                },
                Piece::End(element) if element.local_name().as_ref() == "c" => break,
                Piece::End(_) | Piece::Empty(_) | Piece::Text(_) | Piece::Aside => {}
            }
        }
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Ok(formula.map_or_else(String::new, |formula| format!("={formula}")));
        };
        Ok(match kind.as_str() {
            "s" => {
                let text = value
                    .parse()
                    .ok()
                    .and_then(|at: usize| self.strings.get(at));
                let text = text.ok_or(Fault::Broken("a cell names a text that is not there"))?;
                text.clone()
            }
            "b" => (if value == "0" { "false" } else { "true" }).to_owned(),
            "n" | "" => {
                let style = attribute(cell, "s").and_then(|style| style.parse::<usize>().ok());
                let shown = style.and_then(|style| self.styles.get(style));
                show(
                    &value,
                    shown.copied().unwrap_or(Shown::Number),
                    self.since_1904,
                )
            }
            _ => value,
        })
    }
}

/// The number of a row, from 1; the one after the last where it does not say.
fn row_number(row: &BytesStart<'_>, last: usize) -> Result<usize, Fault> {
    let Some(written) = attribute(row, "r") else {
        return Ok(last + 1);
    };
    let number = written.parse().ok();
    let number = number.filter(|number| (1..=MOST_ROWS).contains(number));
    number.ok_or(Fault::Broken("a row has no number"))
}

/// The place of a cell in its row, from 0; after the last where it does not say.
fn column(cell: &BytesStart<'_>, next: usize) -> Result<usize, Fault> {
    let Some(written) = attribute(cell, "r") else {
        return Ok(next);
    };
    let mut column = 0_usize;
    for letter in written.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if column > MOST_COLUMNS {
            break;
        }
    }
    let place = column.checked_sub(1).filter(|place| *place < MOST_COLUMNS);
    place.ok_or(Fault::Broken("a cell has no name such as B7"))
}
