//! The workbook behind a chart. The template of the chart calls `sheet` for each column as it draws
//! it, so that what is drawn and what is edited cannot differ.

use crate::text::grid::book::book;
use minijinja::value::Value;
use minijinja::{Error, ErrorKind};
use rust_xlsxwriter::{Formula, XlsxError};
use std::sync::{Arc, Mutex, PoisonError};

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
            sheet.write_string(0, place, &column.head)?;
            for (row, cell) in (1..).zip(&column.cells) {
                if let Some(text) = cell.as_str() {
                    sheet.write_string(row, place, text)?;
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
