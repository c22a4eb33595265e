//! The first sheets: how scores are spread, levels, gates, findings, and clients with problems.

use super::{Look, cut};
use crate::study::portfolio::overview::GroupOverview;
use crate::study::portfolio::spread::float;
use crate::study::portfolio::words::{basis, kind, severity};
use crate::study::portfolio::{Overview, Quartiles};
use crate::text::grid::write::sheet_name;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

type Written = Result<(), XlsxError>;

const SCORES: [&str; 13] = [
    "Pack",
    "Basis",
    "Score",
    "Id",
    "Clients",
    "Lowest",
    "Lower quarter",
    "Median",
    "Upper quarter",
    "Highest",
    "Outliers",
    "Too few answers",
    "Not assessed",
];
const LEVELS: [&str; 5] = ["Pack", "Basis", "Ladder", "Level", "Clients"];
const GATES: [&str; 7] = ["Pack", "Basis", "Gate", "Id", "Met", "Not met", "Unproven"];
const FINDINGS: [&str; 8] = [
    "Pack", "Basis", "Finding", "Id", "Kind", "Severity", "Clients", "Of",
];
const PROBLEMS: [&str; 3] = ["Folder", "Problem", "Errors"];

/// Writes them.
pub(super) fn write(
    book: &mut Workbook,
    overview: &Overview,
    look: &Look,
    taken: &mut Vec<String>,
) -> Written {
    let mut add = |name: &str, head: &[&str], wide: &[f64]| {
        let mut sheet = Sheet::new(&sheet_name(name, taken), head, look)?;
        for (at, wide) in (0..).zip(wide) {
            sheet.sheet.set_column_width(at, *wide)?;
        }
        Ok::<_, XlsxError>(sheet)
    };
    let mut scores = add("Scores", &SCORES, &[20.0, 12.0, 40.0, 32.0])?;
    let mut levels = add("Levels", &LEVELS, &[20.0, 12.0, 32.0, 24.0])?;
    let mut gates = add("Gates", &GATES, &[20.0, 12.0, 52.0, 32.0])?;
    let mut findings = add("Findings", &FINDINGS, &[20.0, 12.0, 52.0, 36.0])?;
    for group in &overview.groups {
        scores.scores(group, look)?;
        levels.levels(group)?;
        gates.gates(group)?;
        findings.findings(group)?;
    }
    let mut sheets = vec![scores.sheet, levels.sheet, gates.sheet, findings.sheet];
    if overview.broken > 0 {
        let mut problems = add("Problems", &PROBLEMS, &[32.0, 90.0])?;
        for one in &overview.problems {
            problems.row(&[&one.path, &one.message], &[one.errors])?;
        }
        sheets.push(problems.sheet);
    }
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    Ok(())
}

/// A sheet that fits into memory, written row by row.
struct Sheet {
    sheet: Worksheet,
    next: u32,
}

impl Sheet {
    fn new(name: &str, head: &[&str], look: &Look) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, title) in (0..).zip(head) {
            sheet.write_string_with_format(0, at, *title, &look.head)?;
        }
        Ok(Self { sheet, next: 1 })
    }

    /// Texts, then counts.
    fn row(&mut self, texts: &[&str], counts: &[usize]) -> Written {
        for (at, text) in (0..).zip(texts) {
            self.sheet.write_string(self.next, at, cut(text))?;
        }
        let first = u16::try_from(texts.len()).unwrap_or_default();
        for (at, count) in (first..).zip(counts) {
            self.sheet.write_number(self.next, at, float(*count))?;
        }
        self.next += 1;
        Ok(())
    }

    fn scores(&mut self, group: &GroupOverview, look: &Look) -> Written {
        for one in &group.scores {
            let at = self.next;
            self.row(
                &[&versioned(group), basis(group.basis), &one.title, &one.id],
                &[one.n],
            )?;
            let figures = one.quartiles.map_or_else(Vec::new, in_order);
            for (column, figure) in (5..).zip(figures) {
                let sheet = &mut self.sheet;
                sheet.write_number_with_format(at, column, figure, &look.index)?;
            }
            let counts = [one.outliers, one.thin, one.not_assessed];
            for (column, count) in (10..).zip(counts) {
                self.sheet.write_number(at, column, float(count))?;
            }
        }
        Ok(())
    }

    fn levels(&mut self, group: &GroupOverview) -> Written {
        for ladder in &group.ladders {
            let name = versioned(group);
            let mut row = |level: &str, count: usize| {
                let texts = [&*name, basis(group.basis), &*ladder.title, level];
                self.row(&texts, &[count])
            };
            for level in &ladder.levels {
                row(&level.label, level.clients)?;
            }
            row("no level can be said", ladder.none)?;
        }
        Ok(())
    }

    fn gates(&mut self, group: &GroupOverview) -> Written {
        for one in &group.gates {
            self.row(
                &[&versioned(group), basis(group.basis), &one.title, &one.id],
                &[one.met, one.unmet, one.unproven],
            )?;
        }
        Ok(())
    }

    fn findings(&mut self, group: &GroupOverview) -> Written {
        for one in &group.findings {
            let (sort, weight) = (kind(one.kind), severity(one.severity));
            self.row(
                &[
                    &versioned(group),
                    basis(group.basis),
                    &one.title,
                    &one.id,
                    sort,
                    weight,
                ],
                &[one.clients, group.clients],
            )?;
        }
        Ok(())
    }
}

fn versioned(group: &GroupOverview) -> String {
    format!("{} {}", group.pack, group.major)
}

fn in_order(quartiles: Quartiles) -> Vec<f64> {
    let Quartiles {
        min,
        q1,
        median,
        q3,
        max,
    } = quartiles;
    vec![min, q1, median, q3, max]
}
