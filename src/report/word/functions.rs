//! Functions that templates of Word call. `picture` takes a picture of the brand over into the
//! document, by its `data:` URI, and gives its number and its size. `sheet` writes a column of the
//! workbook behind a chart as the chart is drawn, so that what is drawn and what is edited cannot
//! differ.

use crate::text::printable_lines;
use crate::text::table::workbook::book;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Value;
use minijinja::{Error, ErrorKind};
use rust_xlsxwriter::{Formula, XlsxError};
use std::sync::{Arc, Mutex, PoisonError};

/// The pictures of a document so far.
#[derive(Debug, Default)]
pub(super) struct Pictures(Arc<Mutex<Vec<Picture>>>);

/// A picture that Word shows.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    /// `png`, `jpeg` or `gif`.
    pub(super) end: &'static str,
}

impl Pictures {
    /// `picture(uri)`: adds a picture and returns its `number`, `width` and `height` in pixels; none
    /// where Word shows no such picture.
    pub(super) fn function(&self) -> Value {
        let pictures = Arc::clone(&self.0);
        Value::from_function(move |uri: Option<String>| {
            let Some((end, bytes)) = uri.as_deref().and_then(decoded) else {
                return Value::from(());
            };
            let Some((width, height)) = size(&bytes).filter(|(w, h)| *w > 0 && *h > 0) else {
                return Value::from(());
            };
            let mut pictures = pictures.lock().unwrap_or_else(PoisonError::into_inner);
            pictures.push(Picture { bytes, end });
            minijinja::context! { number => pictures.len(), width, height }
        })
    }

    /// The pictures, in the order of their numbers.
    pub(super) fn all(&self) -> Vec<Picture> {
        let pictures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.clone()
    }
}

/// The kinds of picture that Word shows, as `data:` URIs name them.
const SHOWN: [&str; 3] = ["png", "jpeg", "gif"];

/// The kind of a picture that Word shows, and its bytes in base64.
fn shown(uri: &str) -> Option<(&'static str, &str)> {
    let rest = uri.strip_prefix("data:image/")?;
    let (kind, text) = rest.split_once(";base64,")?;
    let kind = SHOWN.into_iter().find(|one| *one == kind)?;
    Some((kind, text))
}

/// True if Word shows the picture of a `data:` URI.
pub(in crate::report) fn is_shown(uri: &str) -> bool {
    shown(uri).is_some()
}

fn decoded(uri: &str) -> Option<(&'static str, Vec<u8>)> {
    let (kind, text) = shown(uri)?;
    Some((kind, STANDARD.decode(text).ok()?))
}

/// Width and height in pixels, as the picture itself says.
fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width, size.height))
}

/// Letters of the columns.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The columns of a workbook so far.
#[derive(Debug, Default)]
pub(super) struct Sheet(Arc<Mutex<Vec<Column>>>);

/// A column: its head, and below it texts, figures and cells with nothing.
#[derive(Debug)]
struct Column {
    head: String,
    cells: Vec<Value>,
    /// A formula for each cell that has a figure, with `#` for the row.
    formula: Option<String>,
}

impl Sheet {
    /// `sheet(head, cells)` or `sheet(head, cells, formula)`: adds a column and returns its letter.
    pub(super) fn function(&self) -> Value {
        let columns = Arc::clone(&self.0);
        Value::from_function(
            move |head: String, cells: Vec<Value>, formula: Option<String>| {
                let mut columns = columns.lock().unwrap_or_else(PoisonError::into_inner);
                let letter = LETTERS.chars().nth(columns.len()).map(String::from);
                columns.push(Column {
                    head,
                    cells,
                    formula,
                });
                letter.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "too many columns"))
            },
        )
    }

    /// The workbook of the columns, which are forgotten.
    pub(super) fn take(&self) -> Result<Vec<u8>, XlsxError> {
        let columns = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut book = book("Data")?;
        let sheet = book.add_worksheet().set_name("Data")?;
        for (place, column) in (0..).zip(&columns) {
            sheet.write_string(0, place, printable_lines(&column.head))?;
            for (row, cell) in (1..).zip(&column.cells) {
                if let Some(text) = cell.as_str() {
                    sheet.write_string(row, place, printable_lines(text))?;
                } else if let Ok(figure) = f64::try_from(cell.clone()) {
                    if let Some(formula) = &column.formula {
                        let formula = formula.replace('#', &(row + 1).to_string());
                        let formula = Formula::new(formula).set_result(figure.to_string());
                        sheet.write_formula(row, place, formula)?;
                    } else {
                        sheet.write_number(row, place, figure)?;
                    }
                }
            }
        }
        book.save_to_buffer()
    }
}
