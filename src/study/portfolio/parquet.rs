//! Tables as Parquet: rows are gathered and written group by group, so memory stays bounded.

use super::table::{Column, Kind, Table};
use crate::text::{Error, Result};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows of a row group.
const GROUP: usize = 20_000;

/// A table that is being written as one Parquet file. Where tables lie in folders named
/// `pack=organisation`, the column `pack` is read from there and is not in the file.
#[expect(missing_debug_implementations, reason = "a writer has nothing to show")]
pub struct ParquetFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    table: Table,
    /// Rows that are not written yet.
    rows: Vec<Vec<Value>>,
    path: PathBuf,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins the file of a table; `path` names it where something goes wrong.
    ///
    /// # Errors
    /// Returns an error if nothing can be written to it.
    pub fn create(table: Table, path: &Path, out: W) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned());
        let refused = |error| refused(path, error);
        let schema = schema(table).map_err(refused)?;
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties.build()));
        Ok(Self {
            file: file.map_err(refused)?,
            table,
            rows: Vec::new(),
            path: path.to_owned(),
        })
    }

    /// Adds a row of the table; it is written with its [group](Self::write_full_group).
    pub fn add(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// Writes the rows gathered so far where they are enough for a group.
    ///
    /// # Errors
    /// Returns an error if they cannot be written.
    pub fn write_full_group(&mut self) -> Result<()> {
        if self.rows.len() < GROUP {
            return Ok(());
        }
        self.write_group()
    }

    fn write_group(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let mut written = || {
            let mut group = self.file.next_row_group()?;
            for (at, (_, kind)) in kept(self.table) {
                if let Some(out) = group.next_column()? {
                    let cells = rows.iter().map(|row| row.get(at).unwrap_or(&Value::Null));
                    write_cells(*kind, cells, out)?;
                }
            }
            group.close().map(drop)
        };
        written().map_err(|error| refused(&self.path, error))
    }

    /// Writes the rows still in memory, and the end of the file.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn end(mut self) -> Result<()> {
        if !self.rows.is_empty() {
            self.write_group()?;
        }
        let closed = self.file.close().map(drop);
        closed.map_err(|error| refused(&self.path, error))
    }
}

/// Writes a column. Levels say which cells are there: 1, or 0 for an empty one.
fn write_cells<'a>(
    kind: Kind,
    cells: impl Iterator<Item = &'a Value> + Clone,
    mut out: SerializedColumnWriter<'_>,
) -> parquet::errors::Result<()> {
    let levels = cells.clone().map(|cell| i16::from(!cell.is_null()));
    let levels: Vec<i16> = levels.collect();
    let levels = Some(levels.as_slice());
    match kind {
        Kind::Text => {
            let cells: Vec<_> = cells
                .filter_map(Value::as_str)
                .map(ByteArray::from)
                .collect();
            let out = out.typed::<ByteArrayType>();
            out.write_batch(&cells, levels, None)?
        }
        Kind::Number => {
            let cells: Vec<_> = cells.filter_map(Value::as_f64).collect();
            out.typed::<DoubleType>()
                .write_batch(&cells, levels, None)?
        }
        Kind::Whole => {
            let cells: Vec<_> = cells.filter_map(Value::as_i64).collect();
            out.typed::<Int64Type>().write_batch(&cells, levels, None)?
        }
        Kind::Flag => {
            let cells: Vec<_> = cells.filter_map(Value::as_bool).collect();
            out.typed::<BoolType>().write_batch(&cells, levels, None)?
        }
    };
    out.close()
}

/// The columns of a file, each with its place among those of the table: all but the one that is read
/// from the name of the folder.
fn kept(table: Table) -> impl Iterator<Item = (usize, &'static Column)> {
    let columns = table.columns().enumerate();
    columns.filter(|(_, column)| column.0 != "pack")
}

/// Every column may be empty, so that one may be filled less often some day without another schema.
fn schema(table: Table) -> parquet::errors::Result<TypePtr> {
    let field = |(_, (name, kind)): (usize, &Column)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Whole => (Physical::INT64, None),
            Kind::Flag => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()?;
        Ok(Arc::new(field))
    };
    let fields: Vec<TypePtr> = kept(table)
        .map(field)
        .collect::<parquet::errors::Result<_>>()?;
    let root = Type::group_type_builder(table.name()).with_fields(fields);
    Ok(Arc::new(root.build()?))
}

fn refused(path: &Path, error: ParquetError) -> Error {
    Error::write(path, std::io::Error::other(error))
}
