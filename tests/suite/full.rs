//! The report and its appendix: the figures are those of the result, in every format.

mod figures;
mod hard;
mod links;
mod story;
mod words;

use crate::printed::{Block, Page};
use crate::reports::{Faults, Subject, made_up, samples};
use crate::sentences;

/// Of every client, whatever it answered.
fn check(subject: &Subject, faults: &mut Faults) {
    formats(subject, faults);
    figures::check(subject, faults);
    story::check(subject, faults);
    links::check(subject, faults);
    words::check(subject, faults);
    sentences::check(subject, faults);
}

/// Word and HTML hold every heading, paragraph, item and cell of Markdown, in its order.
fn formats(subject: &Subject, faults: &mut Faults) {
    for (name, printed) in subject.documents() {
        let wanted = without_charts(&printed.md);
        let wanted = wanted.pieces();
        for (format, page) in [("HTML", &printed.page), ("Word", &printed.word)] {
            let mut pieces = page.pieces().into_iter();
            let missing = wanted
                .iter()
                .find(|one| !pieces.any(|piece| piece == **one));
            faults.hold(missing.is_none(), "formats say the same", || {
                format!("{name}, {format}: {missing:?}")
            });
        }
    }
}

/// Whether a row is the head of the table that stands for a chart.
fn heads_chart(row: &[String]) -> bool {
    let begins = |head: [&str; 2]| row.len() > 1 && row[..2] == head;
    begins(["Part", "Index, 0 to 100"])
        || (row.get(1).is_some_and(|cell| cell == "Wanted") && row.len() == 4)
}

/// A page without the tables that stand for charts.
fn without_charts(page: &Page) -> Page {
    let mut page = page.clone();
    let mut inside = false;
    page.blocks.retain(|block| {
        inside = block.row().is_some_and(|row| inside || heads_chart(row));
        !inside
    });
    page
}

/// The tables that stand for charts, heads first.
fn charts(page: &Page) -> Vec<Vec<&[String]>> {
    let mut charts: Vec<Vec<&[String]>> = Vec::new();
    let mut inside = false;
    for row in page.blocks.iter().map(Block::row) {
        let Some(row) = row else {
            inside = false;
            continue;
        };
        if heads_chart(row) {
            inside = true;
            charts.push(Vec::new());
        }
        if let Some(chart) = charts.last_mut().filter(|_| inside) {
            chart.push(row);
        }
    }
    charts
}

#[test]
fn every_sample_client_is_reported_as_its_result_says() {
    samples(check).none();
}

#[test]
fn made_up_clients_are_reported_as_their_results_say() {
    made_up(0..72, check).none();
}
