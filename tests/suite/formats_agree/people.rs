//! What many people said: which questions are contested, and in which order.

use crate::printed::{Page, rows};
use crate::reports::{Faults, Report, text};
use serde_json::Value;

/// A workshop settles so many.
const WORKSHOP: usize = 12;

pub(super) fn check(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let section = page.section("What is contested");
    let mut contested: Vec<&Value> = report
        .list("questions")
        .iter()
        .filter(|one| one["group"]["contested"] == true)
        .collect();
    contested.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    let said: Vec<&[String]> = rows(section);
    let count = contested.len().min(WORKSHOP);
    faults.equal(
        "how many contested questions are listed",
        format,
        &said.len(),
        &count,
    );
    for (row, question) in said.iter().zip(&contested) {
        let agreement = question["group"]["spread"]["agreement"].as_f64();
        let printed = row[4].parse::<f64>().ok();
        let close = match (agreement, printed) {
            (Some(one), Some(other)) => (one - other).abs() < 0.006,
            (one, other) => one.is_none() && other.is_none(),
        };
        faults.hold(close, "contested questions, the least agreed first", || {
            format!(
                "{format}: {row:?}, not {} {agreement:?}",
                text(question, "label")
            )
        });
        let known = contested
            .iter()
            .any(|one| row[0].starts_with(text(one, "label")));
        faults.hold(known, "a contested question is one of the result", || {
            format!("{format}: {}", row[0])
        });
    }
    let caption = section.iter().map(crate::printed::Block::words);
    let none = caption
        .into_iter()
        .any(|words| words.contains("No question is contested"));
    let asked = !section.is_empty();
    faults.equal(
        "that nothing is contested",
        format,
        &none,
        &(asked && contested.is_empty()),
    );
}

/// The lowest agreement first, before it what could not be settled at all.
fn rank(question: &Value) -> f64 {
    let group = &question["group"];
    let split = if group["outcome"] == "split" {
        -1.0
    } else {
        2.0
    };
    group["spread"]["agreement"].as_f64().unwrap_or(split)
}
