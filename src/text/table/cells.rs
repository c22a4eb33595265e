//! The cells of a sheet, the texts they share, and their styles, as far as these change what a number
//! says.

use crate::message;
use crate::text::package::PackageError::{self, Broken, Large};
use crate::text::package::{Piece, Pieces, attribute, each};
use crate::text::table::Row;
use csv::StringRecord;
use jiff::civil::Date;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Rows of a sheet.
const MOST_ROWS: usize = 1_048_576;
/// Rows with anything in them, of all sheets: each takes memory beyond its cells.
const MOST_FILLED_ROWS: usize = 250_000;
/// Shared texts.
const MOST_STRINGS: usize = 1_000_000;
/// Cells, empty ones before the last of a row counted too.
const MOST_CELLS: usize = 2_000_000;
/// Bytes of the text of all cells; many of them can share one text.
const MOST_TEXT: usize = 32 << 20;

/// The texts that cells share, by number.
pub(super) fn strings(text: &str) -> Result<Vec<String>, PackageError> {
    let mut pieces = Pieces::new(text);
    let mut list = Vec::new();
    while let Some(piece) = pieces.next()? {
        if let Piece::Start(element) = piece
            && element.local_name().as_ref() == "si"
        {
            list.push(written(&mut pieces, "si")?);
        }
        if list.len() > MOST_STRINGS {
            return Err(Large(message!("more-than-a-million-texts")));
        }
    }
    Ok(list)
}

const CUT: PackageError = Broken("a part of it ends too soon");

/// All text up to the end of an element, without readings set above it.
fn written(pieces: &mut Pieces<'_>, until: &str) -> Result<String, PackageError> {
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
            Piece::Text(_) => {}
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

/// Reads the cells of sheets, within one budget for all of them.
pub(super) struct SheetReader {
    strings: Vec<String>,
    styles: Vec<Style>,
    since_1904: bool,
    rows_left: usize,
    cells_left: usize,
    text_left: usize,
}

impl SheetReader {
    pub(super) fn new(strings: Vec<String>, styles: Vec<Style>, since_1904: bool) -> Self {
        Self {
            strings,
            styles,
            since_1904,
            rows_left: MOST_FILLED_ROWS,
            cells_left: MOST_CELLS,
            text_left: MOST_TEXT,
        }
    }

    /// The rows of a sheet with anything in them.
    pub(super) fn rows(&mut self, text: &str) -> Result<Vec<Row>, PackageError> {
        let mut pieces = Pieces::new(text);
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
                Piece::End(element)
                    if element.local_name().as_ref() == "row" && !cells.is_empty() =>
                {
                    let left = self.rows_left.checked_sub(1);
                    self.rows_left = left.ok_or(Large(message!("more-than-250-000-rows")))?;
                    let cells = StringRecord::from(std::mem::take(&mut cells));
                    let raw = 0..0;
                    rows.push(Row {
                        cells,
                        number,
                        nth: number,
                        raw,
                    });
                }
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        Ok(rows)
    }

    /// Puts a cell with anything in it into its row.
    fn put(
        &mut self,
        row: &mut Vec<String>,
        column: usize,
        text: String,
    ) -> Result<(), PackageError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let more = (column + 1).saturating_sub(row.len());
        let cells = self.cells_left.checked_sub(more);
        self.cells_left = cells.ok_or(Large(message!("more-than-million-cells")))?;
        let bytes = self.text_left.checked_sub(text.len());
        self.text_left = bytes.ok_or(Large(message!("more-than-mib-of-text")))?;
        row.resize(row.len() + more, String::new());
        if let Some(slot) = row.get_mut(column) {
            *slot = text;
        }
        Ok(())
    }

    /// The text of a cell whose element has begun.
    fn cell(&self, pieces: &mut Pieces<'_>, cell: &BytesStart<'_>) -> Result<String, PackageError> {
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
                Piece::End(_) | Piece::Text(_) => {}
            }
        }
        let written = |text: &String| !text.is_empty();
        let Some(value) = value.filter(written) else {
            let formula = formula.filter(written);
            return Ok(formula.map_or_else(String::new, |formula| format!("={formula}")));
        };
        Ok(match kind.as_str() {
            "s" => {
                let text = value.parse::<usize>().ok();
                let text = text.and_then(|at| self.strings.get(at)).cloned();
                text.ok_or(Broken(message!("a-cell-names-a-text-that-is-not-there")))?
            }
            "b" => (if value == "0" { "false" } else { "true" }).to_owned(),
            "n" | "" => {
                let style = attribute(cell, "s").and_then(|style| style.parse::<usize>().ok());
                let style = style.and_then(|style| self.styles.get(style)).copied();
                show(&value, style.unwrap_or(Style::Number), self.since_1904)
            }
            _ => value,
        })
    }
}

/// The number of a row, from 1; the one after the last where it does not say.
fn row_number(row: &BytesStart<'_>, last: usize) -> Result<usize, PackageError> {
    let Some(written) = attribute(row, "r") else {
        return Ok(last + 1);
    };
    let number = written.parse().ok();
    let number = number.filter(|number| (1..=MOST_ROWS).contains(number));
    number.ok_or(Broken(message!("a-row-has-no-number")))
}

/// The place of a cell in its row, from 0; after the last where it does not say.
fn column(cell: &BytesStart<'_>, next: usize) -> Result<usize, PackageError> {
    let Some(written) = attribute(cell, "r") else {
        return if next < MOST_COLUMNS {
            Ok(next)
        } else {
            Err(Large(message!("more-than-16-384-columns")))
        };
    };
    let mut column = 0_usize;
    for letter in written.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        if column > MOST_COLUMNS {
            break;
        }
    }
    let place = column.checked_sub(1).filter(|place| *place < MOST_COLUMNS);
    place.ok_or(Broken(message!("a-cell-has-no-name-such")))
}

/// The style of a number, as far as it changes what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As itself.
    Number,
    /// 0.8 as 80%.
    Percent,
    /// As a date.
    Date,
}

/// The styles of cells, by number.
pub(super) fn styles(text: &str) -> Result<Vec<Style>, PackageError> {
    let mut own: HashMap<String, Style> = HashMap::new();
    let mut styles = Vec::new();
    let mut inside = false;
    each(text, |element| {
        match element.local_name().as_ref() {
            "numFmt" => {
                let get = |name| attribute(element, name).unwrap_or_default();
                own.insert(get("numFmtId"), custom(&get("formatCode")));
            }
            "cellXfs" => inside = true,
            "cellStyles" | "dxfs" => inside = false,
            "xf" if inside => {
                let id = attribute(element, "numFmtId").unwrap_or_default();
                let shown = own.get(&id).copied();
                styles.push(shown.unwrap_or_else(|| built_in(&id)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The formats every spreadsheet knows by number.
fn built_in(id: &str) -> Style {
    match id.parse::<u32>() {
        Ok(9 | 10) => Style::Percent,
        Ok(14..=22 | 45..=47) => Style::Date,
        Ok(_) | Err(_) => Style::Number,
    }
}

/// A format by its code, texts in quotes and colours in brackets aside.
fn custom(code: &str) -> Style {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    let mut date = false;
    for letter in code.chars() {
        match letter {
            _ if skip => skip = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => skip = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            '%' => return Style::Percent,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
    }
    if date { Style::Date } else { Style::Number }
}

/// A number as its cell shows it; its text as saved where that says more.
fn show(saved: &str, style: Style, since_1904: bool) -> String {
    let Ok(number) = saved.parse::<f64>() else {
        return saved.to_owned();
    };
    match style {
        Style::Number => number.to_string(),
        // In binary, one hundredth is not quite one hundredth.
        Style::Percent => format!("{}%", (number * 1e12).round() / 1e10),
        Style::Date => {
            day(number, since_1904).map_or_else(|| number.to_string(), |it| it.to_string())
        }
    }
}

/// The day of a date's number. The first system counts a 29 February 1900 that never was.
fn day(number: f64, since_1904: bool) -> Option<Date> {
    if !(1.0..3_000_000.0).contains(&number) {
        return None;
    }
    let first = if since_1904 {
        Date::constant(1904, 1, 1)
    } else if number < 60.0 {
        Date::constant(1899, 12, 31)
    } else {
        Date::constant(1899, 12, 30)
    };
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 3,000,000")]
    let days = number.floor() as i64;
    first
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}
