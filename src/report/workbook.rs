//! The workbook to track a report by: actions with their status, then every score, question and
//! finding.
//!
//! A sheet is a table of columns, each with its key in the result document, so every figure is the
//! result's own. Texts are written as texts: none is taken for a formula or a link.

use super::context::ReportContext;
use super::document::{Block, Document};
use super::templates::Templates;
use crate::assess::assessment::Assessment;
use crate::rules::pack::file::Horizon;
use crate::rules::vocabulary::FormLength;
use crate::text::table::workbook::book;
use crate::text::{Error, Result, printable_lines};
use rust_xlsxwriter::{
    DataValidation, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use serde_json::{Value, json};

type Written<T = ()> = std::result::Result<T, XlsxError>;

/// Letters a cell holds, less some room.
const MOST_LETTERS: usize = 32_000;
/// The key of the column that is chosen from a list, and the list: its first is what stands there.
const STATUS: &str = "status";
const STATUSES: [&str; 5] = ["Not started", "In progress", "Blocked", "Done", "Dropped"];

/// A column: its title, its key, with dots between the keys of what stands within another, its width
/// in letters, and what its cells hold.
type Column = (&'static str, &'static str, f64, Kind);

/// Content of the cells of a column.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// Words that stand in capitals or with hyphens in the document: `not-assessed`.
    Word,
    Count,
    Number,
    Share,
    Day,
    YesNo,
}

use Kind::{Count, Day, Number, Share, Text, Word, YesNo};

const ACTIONS: &[Column] = &[
    ("No.", "number", 5.0, Count),
    ("Action", "do", 44.0, Text),
    ("Why", "why", 36.0, Text),
    ("Owner", "owner", 18.0, Text),
    ("Due", "due", 12.0, Day),
    ("Horizon", "horizon", 11.0, Text),
    ("Effort", "effort", 9.0, Word),
    ("Impact", "impact", 9.0, Word),
    ("What it changes", "words", 44.0, Text),
    ("Points", "point.index", 8.0, Number),
    ("Points on", "point_of", 24.0, Text),
    ("Status", STATUS, 13.0, Text),
    ("Comment", "comment", 36.0, Text),
    ("Suggested owner", "suggested_owner", 18.0, Text),
    ("Quick win", "quick", 8.0, YesNo),
    ("How", "how", 44.0, Text),
    ("Id", "work", 28.0, Text),
];
const SCORES: &[Column] = &[
    ("Pack", "pack", 18.0, Text),
    ("Id", "id", 28.0, Text),
    ("Score", "title", 44.0, Text),
    ("Index, 0 to 100", "index", 9.0, Number),
    ("Lowest", "index_range.low", 9.0, Number),
    ("Highest", "index_range.high", 9.0, Number),
    ("As claimed", "claimed_index", 9.0, Number),
    ("Target", "target_index", 9.0, Number),
    ("Value", "value", 9.0, Number),
    ("Gap to target, in value", "gap", 11.0, Number),
    ("Answered", "coverage", 9.0, Share),
    ("State", "state", 13.0, Word),
    ("Level", "level", 28.0, Text),
];
const QUESTIONS: &[Column] = &[
    ("Pack", "pack", 18.0, Text),
    ("Section", "section", 18.0, Text),
    ("Id", "id", 28.0, Text),
    ("Question", "ask", 50.0, Text),
    ("State", "state", 13.0, Word),
    ("Answer", "says", 44.0, Text),
    ("Value", "value", 8.0, Number),
    ("As claimed", "claimed", 9.0, Number),
    ("Evidence grade", "grade", 11.0, Word),
    ("Evidence", "evidence", 28.0, Text),
    ("Target", "target", 8.0, Number),
    ("Next step", "way.next", 44.0, Text),
    ("Owner", "owner", 18.0, Text),
    ("Due", "due", 12.0, Day),
    ("Note", "note", 36.0, Text),
];
const FINDINGS: &[Column] = &[
    ("Pack", "pack", 18.0, Text),
    ("Id", "id", 28.0, Text),
    ("Kind", "kind", 13.0, Word),
    ("Severity", "severity", 10.0, Word),
    ("Finding", "title", 44.0, Text),
    ("What it means", "text", 70.0, Text),
    ("Certain", "certain", 9.0, YesNo),
];
const ABOUT: &[Column] = &[
    ("Fact", "name", 24.0, Text),
    ("What it says", "text", 90.0, Text),
];

impl ReportContext<'_> {
    /// The workbook of the actions and of all scores, as the bytes of an XLSX file. The same result
    /// gives the same bytes.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered, or a text is too long.
    pub fn workbook(&self, templates: &Templates) -> Result<Vec<u8>> {
        let words = self.report(templates, "effects")?.document("xlsx")?;
        let result = serde_json::to_value(self.result).map_err(Error::workbook)?;
        let sheets = [
            ("Actions", ACTIONS, actions(self.result, &result, &words)),
            ("Scores", SCORES, scores(self.result, &result)),
            ("Questions", QUESTIONS, rows(&result, "questions")),
            ("Findings", FINDINGS, rows(&result, "findings")),
            ("About", ABOUT, about(self.result)),
        ];
        let write = || -> Written<Vec<u8>> {
            let mut book = book(self.title)?;
            for (name, columns, rows) in &sheets {
                sheet(&mut book, name, columns, rows)?;
            }
            book.save_to_buffer()
        };
        write().map_err(Error::workbook)
    }
}

/// The entries of a list of the result, with their packs.
fn rows(result: &Value, list: &str) -> Vec<Value> {
    let mut rows = result.get(list).and_then(Value::as_array).cloned();
    for row in rows.iter_mut().flatten() {
        let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
        let pack = id.split_once('.').map(|(pack, _)| pack.to_owned());
        set(row, "pack", json!(pack));
    }
    rows.unwrap_or_default()
}

fn set(row: &mut Value, key: &str, value: Value) {
    if let Some(row) = row.as_object_mut() {
        row.insert(key.to_owned(), value);
    }
}

/// The actions in their order, each with why, with its effect in words, and with a status.
fn actions(result: &Assessment, document: &Value, words: &Document) -> Vec<Value> {
    let mut words = words.blocks.iter().map(plain);
    let mut rows = rows(document, "actions");
    for ((row, action), number) in rows.iter_mut().zip(&result.actions).zip(1..) {
        let horizon = match action.advice.within {
            Horizon::Now => "30 days",
            Horizon::Next => "90 days",
            Horizon::Later => "12 months",
        };
        let point = action.effect.as_ref().and_then(|one| one.points.first());
        let of = point.and_then(|point| title(result, &point.id));
        set(row, "number", json!(number));
        set(row, "why", json!(title(result, &action.of)));
        set(row, "horizon", json!(horizon));
        set(row, "words", json!(words.next()));
        set(row, "point", json!(point));
        set(row, "point_of", json!(of));
        set(row, STATUS, json!(STATUSES.first()));
    }
    rows
}

/// The title of a finding, gate or score, or the short name of a question.
fn title<'a>(result: &'a Assessment, id: &str) -> Option<&'a str> {
    let find = |pair: (&'a str, &'a str)| (pair.0 == id).then_some(pair.1);
    let findings = result.findings.iter().map(|one| (&*one.id, &*one.title));
    let gates = result.gates.iter().map(|one| (&*one.id, &*one.title));
    let scores = result.scores.iter().map(|one| (&*one.id, &*one.title));
    let questions = result.questions.iter().map(|one| (&*one.id, &*one.label));
    let mut all = findings.chain(gates).chain(scores).chain(questions);
    all.find_map(find)
}

/// The words of a block.
fn plain(block: &Block) -> String {
    match block {
        Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => {
            runs.iter().map(|run| run.text.as_str()).collect()
        }
        Block::Part { blocks, .. } => blocks.iter().map(plain).collect(),
        Block::List { .. } | Block::Table { .. } | Block::Chart(_) | Block::Rule => String::new(),
    }
}

/// The scores, each with the levels that are read from it.
fn scores(result: &Assessment, document: &Value) -> Vec<Value> {
    let mut rows = rows(document, "scores");
    for (row, score) in rows.iter_mut().zip(&result.scores) {
        let ladders = result.levels.iter();
        let own = ladders.filter(|ladder| ladder.of.as_ref() == Some(&score.id));
        let levels: Vec<&str> = own
            .filter_map(|ladder| Some(ladder.level.as_ref()?.label.as_str()))
            .collect();
        set(row, "level", json!(levels.join("; ")));
    }
    rows
}

/// The short form with its number of questions; nothing of a full one.
fn form(result: &Assessment) -> String {
    let count = result.question_count;
    match result.form {
        FormLength::Short => format!("short: {} of {} questions", count.asked, count.of),
        FormLength::Full => String::new(),
    }
}

/// Facts about the result behind the workbook.
fn about(result: &Assessment) -> Vec<Value> {
    let client = &result.client;
    let mut lines = vec![
        ("Client", client.name.clone()),
        ("Unit", client.unit.clone().unwrap_or_default()),
        (
            "Assessed on",
            result.assessed_on.clone().unwrap_or_default(),
        ),
        ("Status", word(&json!(result.status))),
        ("Form", form(result)),
        ("Basis", word(&json!(result.basis))),
        ("Confidence", word(&json!(result.confidence.grade))),
        ("Made by", result.engine.clone()),
    ];
    lines.extend(result.packs.iter().map(|pack| {
        let laid = pack.overlays.iter().map(|one| format!(" + {}", one.id));
        let laid: String = laid.collect();
        let text = format!("{} {}{laid}: {}", pack.id, pack.version, pack.title);
        ("Pack", text)
    }));
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    lines
        .map(|(name, text)| json!({ "name": name, "text": text }))
        .collect()
}

/// A sheet that can be filtered, whose head stays in sight and is printed on every page.
fn sheet(book: &mut Workbook, name: &str, columns: &[Column], rows: &[Value]) -> Written {
    let sheet = book.add_worksheet().set_name(name)?;
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = plain.clone().set_bold().set_background_color("#E7EDF3");
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    for (at, (title, key, width, kind)) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(0, at, *title, &head)?;
        let format = match kind {
            Number => plain.clone().set_num_format("0.0"),
            Share => plain.clone().set_num_format("0%"),
            Day => plain.clone().set_num_format("yyyy-mm-dd"),
            Text | Word | YesNo | Count => plain.clone(),
        };
        for (row, entry) in (1..).zip(rows) {
            let value = key.split('.').try_fold(entry, |value, key| value.get(key));
            cell(
                sheet,
                (row, at),
                value.unwrap_or(&Value::Null),
                *kind,
                &format,
            )?;
        }
        if *key == STATUS && last > 0 {
            let choice = DataValidation::new().allow_list_strings(&STATUSES)?;
            sheet.add_data_validation(1, at, last, at, &choice)?;
        }
    }
    let width = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last, width.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes a cell; what is null is left empty.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    kind: Kind,
    format: &Format,
) -> Written {
    let text = match (kind, value) {
        (_, Value::Null) => String::new(),
        (YesNo, value) => String::from(if *value == json!(true) { "Yes" } else { "No" }),
        (Word, value) => word(value),
        (Day, Value::String(day)) => match ExcelDateTime::parse_from_str(day) {
            Ok(day) => {
                sheet.write_datetime_with_format(row, column, day, format)?;
                return Ok(());
            }
            Err(_) => day.clone(),
        },
        (_, Value::Number(number)) => {
            let number = number.as_f64().unwrap_or_default();
            sheet.write_number_with_format(row, column, number, format)?;
            return Ok(());
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    };
    let text: String = printable_lines(&text).chars().take(MOST_LETTERS).collect();
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A word of the document as people write it: `not-assessed` as `Not assessed`.
fn word(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().replace('-', " ");
    let mut letters = text.chars();
    let first = letters.next().map(|one| one.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
