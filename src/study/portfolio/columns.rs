//! Tables as Parquet: rows are gathered and written group by group, so memory stays bounded.

use super::row::Row;
use super::table::{Column, Kind, Table};
use crate::text::{Error, Result};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::collections::BTreeMap;
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
    rows: Chunk,
    path: PathBuf,
}

/// Rows of one table and one pack, column by column.
#[derive(Debug, Clone)]
pub struct Chunk {
    columns: Vec<CellColumn>,
    rows: usize,
}

/// Rows of all tables, each with the pack it belongs to; clients belong to none.
#[derive(Debug, Clone, Default)]
pub struct Chunks(pub BTreeMap<(Table, String), Chunk>);

/// A column. Levels say which cells are there: 1, or 0 for an empty one.
#[derive(Debug, Clone)]
struct CellColumn {
    levels: Vec<i16>,
    cells: Cells,
}

#[derive(Debug, Clone)]
enum Cells {
    Text(Vec<ByteArray>),
    Number(Vec<f64>),
    Whole(Vec<i64>),
    Flag(Vec<bool>),
}

impl Chunks {
    /// Adds the rows of a client to every table.
    pub fn add(&mut self, row: &Row) {
        for table in Table::ALL {
            for (pack, cells) in table.rows(row) {
                let chunk = self.0.entry((table, pack));
                let chunk = chunk.or_insert_with(|| Chunk::new(table));
                chunk.add(table, &cells);
            }
        }
    }
}

impl Chunk {
    fn new(table: Table) -> Self {
        Self {
            columns: kept(table)
                .map(|column| CellColumn::of(column.kind))
                .collect(),
            rows: 0,
        }
    }

    fn add(&mut self, table: Table, cells: &[Value]) {
        let cells = table.columns().zip(cells);
        let cells = cells.filter(|(column, _)| !is_folder(column));
        for (filled, (_, cell)) in self.columns.iter_mut().zip(cells) {
            filled.add(cell);
        }
        self.rows += 1;
    }

    fn absorb(&mut self, other: Self) {
        for (own, other) in self.columns.iter_mut().zip(other.columns) {
            own.absorb(other);
        }
        self.rows += other.rows;
    }
}

impl CellColumn {
    fn of(kind: Kind) -> Self {
        Self {
            levels: Vec::new(),
            cells: match kind {
                Kind::Text => Cells::Text(Vec::new()),
                Kind::Number => Cells::Number(Vec::new()),
                Kind::Whole => Cells::Whole(Vec::new()),
                Kind::Flag => Cells::Flag(Vec::new()),
            },
        }
    }

    fn add(&mut self, cell: &Value) {
        self.levels.push(i16::from(!cell.is_null()));
        match &mut self.cells {
            Cells::Text(list) => list.extend(cell.as_str().map(|text| {
                // Neighbours are often alike, and then share their bytes.
                let same = list.last().filter(|one| one.data() == text.as_bytes());
                same.cloned().unwrap_or_else(|| ByteArray::from(text))
            })),
            Cells::Number(list) => list.extend(cell.as_f64()),
            Cells::Whole(list) => list.extend(cell.as_i64()),
            Cells::Flag(list) => list.extend(cell.as_bool()),
        }
    }

    fn absorb(&mut self, other: Self) {
        self.levels.extend(other.levels);
        match (&mut self.cells, other.cells) {
            (Cells::Text(own), Cells::Text(other)) => own.extend(other),
            (Cells::Number(own), Cells::Number(other)) => own.extend(other),
            (Cells::Whole(own), Cells::Whole(other)) => own.extend(other),
            (Cells::Flag(own), Cells::Flag(other)) => own.extend(other),
            _ => {}
        }
    }

    fn write(&mut self, mut out: SerializedColumnWriter<'_>) -> parquet::errors::Result<()> {
        let levels = Some(self.levels.as_slice());
        match &self.cells {
            Cells::Text(list) => out
                .typed::<ByteArrayType>()
                .write_batch(list, levels, None)?,
            Cells::Number(list) => out.typed::<DoubleType>().write_batch(list, levels, None)?,
            Cells::Whole(list) => out.typed::<Int64Type>().write_batch(list, levels, None)?,
            Cells::Flag(list) => out.typed::<BoolType>().write_batch(list, levels, None)?,
        };
        out.close()
    }
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
            rows: Chunk::new(table),
            path: path.to_owned(),
        })
    }

    /// Appends rows of the same table.
    ///
    /// # Errors
    /// Returns an error if they cannot be written.
    pub fn append(&mut self, table: Table, chunk: Chunk) -> Result<()> {
        self.rows.absorb(chunk);
        if self.rows.rows >= GROUP {
            self.flush(table)?;
        }
        Ok(())
    }

    fn flush(&mut self, table: Table) -> Result<()> {
        let mut rows = std::mem::replace(&mut self.rows, Chunk::new(table));
        if rows.rows == 0 {
            return Ok(());
        }
        let mut written = || {
            let mut group = self.file.next_row_group()?;
            for filled in &mut rows.columns {
                if let Some(column) = group.next_column()? {
                    filled.write(column)?;
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
    pub fn end(mut self, table: Table) -> Result<()> {
        self.flush(table)?;
        let closed = self.file.close().map(drop);
        closed.map_err(|error| refused(&self.path, error))
    }
}

/// Returns true where a column is read from the name of the folder.
fn is_folder(column: &Column) -> bool {
    column.name == "pack"
}

fn kept(table: Table) -> impl Iterator<Item = &'static Column> {
    table.columns().filter(|column| !is_folder(column))
}

/// Every column may be empty, so that one may be filled less often some day without another schema.
fn schema(table: Table) -> parquet::errors::Result<TypePtr> {
    let field = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Whole => (Physical::INT64, None),
            Kind::Flag => (Physical::BOOLEAN, None),
        };
        let field = Type::primitive_type_builder(column.name, physical)
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
