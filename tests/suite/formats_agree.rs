//! Result, Markdown and HTML say the same: of every sample client and, with the sentences, of some
//! hundred made-up ones.

mod differing;
mod findings;
mod people;
mod standing;
mod steps;

use crate::printed::Page;
use crate::reports::{Faults, Report, samples, text};

pub(crate) fn check(report: &Report<'_>, faults: &mut Faults) {
    steps::ways(report, faults);
    pages(report, faults);
}

fn pages(report: &Report<'_>, faults: &mut Faults) {
    same_headings(report, faults);
    for (format, page) in report.pages() {
        standing::check(report, format, page, faults);
        findings::check(report, format, page, faults);
        steps::check(report, format, page, faults);
        people::check(report, format, page, faults);
    }
}

/// Every heading of the Markdown stands in the HTML too, as often; questions have none there.
fn same_headings(report: &Report<'_>, faults: &mut Faults) {
    let titles = |page: &Page| -> Vec<String> {
        let headings = page.headings().filter(|(depth, _)| matches!(depth, 2 | 3));
        headings.map(|(_, text)| text.replace(',', "")).collect()
    };
    let mut html = titles(&report.html);
    for title in titles(&report.markdown) {
        // A pack's name above the only headline of many packs stands in Markdown alone.
        let pack = report
            .list("packs")
            .iter()
            .any(|pack| text(pack, "title").replace(',', "") == title);
        let there = html.iter().position(|one| *one == title);
        faults.hold(
            there.is_some() || pack,
            "a heading of the Markdown is one of the HTML",
            || title.clone(),
        );
        if let Some(place) = there {
            html.swap_remove(place);
        }
    }
}

#[test]
fn every_format_of_every_sample_client_says_the_same() {
    samples(check).none();
}
