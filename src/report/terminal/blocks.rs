//! The blocks of a document for a terminal of 80 columns. Charts are left out: templates write a
//! table in their place.

use super::{BOLD, Page, WIDTH, options};
use crate::report::document::{Align, BREAKABLE, Block, Cell, Column, Document, Item, Run};
use crate::text::is_unprintable;
use textwrap::core::display_width;

/// Columns between two cells.
const GAP: usize = 2;
/// No cell is narrower than its longest word, up to this.
const LONGEST_WORD: usize = 40;

/// A document in lines; `paint` makes headings and strong words bold.
#[must_use]
pub fn blocks(document: &Document, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.blocks(&document.blocks, 0);
    page.text
}

impl Page {
    fn blocks(&mut self, blocks: &[Block], indent: usize) {
        for block in blocks {
            match block {
                Block::Heading { runs, .. } => {
                    self.space();
                    self.lines(&self.words(runs, true), indent, indent);
                }
                Block::Paragraph { runs, .. } => {
                    self.space();
                    self.lines(&self.words(runs, false), indent, indent);
                }
                Block::List { first, items, .. } => self.list(*first, items, indent),
                Block::Table {
                    columns,
                    head,
                    rows,
                } => self.table(columns, head, rows),
                Block::Part { title, blocks, .. } => {
                    if let Some(title) = title {
                        self.space();
                        self.lines(&self.bold(title), indent, indent);
                    }
                    self.blocks(blocks, indent);
                }
                Block::Rule => self.space(),
                Block::Chart(_) => {}
            }
        }
    }

    /// An empty line, but neither at the top nor after one, nor below a heading's own line.
    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn list(&mut self, first: Option<u64>, items: &[Item], indent: usize) {
        if indent == 0 {
            self.space();
        }
        for (place, item) in (0..).zip(items) {
            let sign = first.map_or("- ".to_owned(), |first| format!("{}. ", first + place));
            let inner = indent + sign.len();
            let words = format!("{sign}{}", self.words(&item.runs, false));
            self.lines(&words, indent, inner);
            self.blocks(&item.blocks, inner);
        }
    }

    /// Words in rows of at most 80 columns.
    fn lines(&mut self, words: &str, first: usize, rest: usize) {
        for (place, line) in words.split('\n').enumerate() {
            let first = if place == 0 { first } else { rest };
            let (first, rest) = (" ".repeat(first), " ".repeat(rest));
            let wide = options(WIDTH)
                .initial_indent(&first)
                .subsequent_indent(&rest);
            self.text.push_str(&textwrap::fill(line, wide));
            self.text.push('\n');
        }
    }

    fn table(&mut self, columns: &[Column], head: &[Cell], rows: &[Vec<Cell>]) {
        let head = head.iter().map(|cell| self.words(&cell.runs, true));
        let head: Vec<String> = head.collect();
        let worded = |row: &Vec<Cell>| {
            let cells = row.iter().map(|cell| self.words(&cell.runs, false));
            cells.collect::<Vec<_>>()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(worded).collect();
        let all: Vec<&[String]> = std::iter::once(&head)
            .chain(&rows)
            .map(Vec::as_slice)
            .collect();
        let widths = widths(&all, columns.len());
        self.space();
        if head.iter().any(|cell| !cell.is_empty()) {
            self.row(columns, &widths, &head);
            let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            self.row(columns, &widths, &rule);
        }
        for row in &rows {
            self.row(columns, &widths, row);
        }
    }

    fn row(&mut self, columns: &[Column], widths: &[usize], cells: &[String]) {
        let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(wrapped).collect();
        for place in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for ((cell, width), column) in cells.iter().zip(widths).zip(columns) {
                let words = cell.get(place).map_or("", String::as_str);
                let blank = " ".repeat(width.saturating_sub(display_width(words)));
                let (before, after) = match column.align {
                    Align::End => (blank.as_str(), ""),
                    Align::Start | Align::Center => ("", blank.as_str()),
                };
                for part in [before, words, after, "  "] {
                    line.push_str(part);
                }
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    /// Words of a block. What steers terminals is a space, and each bold word is bold by itself, so
    /// that a cell may be cut between two.
    fn words(&self, runs: &[Run], strong: bool) -> String {
        let mut words = String::new();
        for run in runs {
            if run.breaks {
                words.push('\n');
            }
            let clean = run.text.replace(is_unprintable, " ").replace(BREAKABLE, "");
            if strong || run.strong {
                words.push_str(&self.bold(&clean));
            } else {
                words.push_str(&clean);
            }
        }
        let lines = words.split('\n');
        let lines = lines.map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn bold(&self, text: &str) -> String {
        let (on, off) = if self.paint { BOLD } else { ("", "") };
        let words = text.split(' ').map(|word| match word {
            "" => String::new(),
            word => format!("{on}{word}{off}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The rows of a cell.
fn wrapped((cell, width): (&String, &usize)) -> Vec<String> {
    let narrow = options(*width).break_words(true);
    let lines = cell.split('\n');
    let rows = lines.flat_map(|line| textwrap::wrap(line, &narrow));
    rows.map(std::borrow::Cow::into_owned).collect()
}

/// Widths of columns that fit a line: as wide as the words, and where that is too much, taken from
/// the widest as long as its words stay whole.
fn widths(rows: &[&[String]], columns: usize) -> Vec<usize> {
    let most = |column: usize, width: fn(&str) -> usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| width(cell))
            .max()
            .unwrap_or(0)
            .clamp(1, WIDTH)
    };
    let longest = |cell: &str| cell.split('\n').map(display_width).max().unwrap_or(0);
    let word = |cell: &str| {
        let words = cell.split_ascii_whitespace().map(display_width);
        words.max().unwrap_or(0).min(LONGEST_WORD)
    };
    let mut widths: Vec<usize> = (0..columns).map(|column| most(column, longest)).collect();
    let least: Vec<usize> = (0..columns).map(|column| most(column, word)).collect();
    let room = WIDTH.saturating_sub(GAP * columns.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let whole = widths.iter_mut().zip(&least);
        let widest = whole
            .filter(|(width, least)| **width > **least)
            .map(|(width, _)| width)
            .max();
        match widest {
            Some(width) => *width -= 1,
            None => break,
        }
    }
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(width) if *width > 1 => *width -= 1,
            _ => break,
        }
    }
    widths
}
