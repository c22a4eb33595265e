//! Findings, and what could still change them.

use crate::printed::{Block, Page, unnumbered};
use crate::reports::{Faults, Report, text};
use std::collections::BTreeSet;

pub(super) fn check(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let section = page.section("Findings");
    let called_for = || {
        let findings = report.list("findings").iter();
        findings.filter(|one| one["called_for"] == true)
    };
    let ids: BTreeSet<&str> = called_for().map(|one| text(one, "id")).collect();
    // Each ends with its rule: `Could change once open questions are answered. pack.finding`.
    let last = |block: &Block| {
        let words = block.words();
        let id = words.rsplit(' ').next().unwrap_or_default().to_owned();
        let alone = words == id || words.starts_with("Could change");
        (alone && id.contains('.')).then_some((id, words))
    };
    let ends: Vec<(String, String)> = section.iter().filter_map(last).collect();
    let printed: BTreeSet<&str> = ends.iter().map(|(id, _)| id.as_str()).collect();
    faults.equal("the findings printed", format, &printed, &ids);
    for finding in called_for() {
        let (id, title) = (text(finding, "id"), text(finding, "title"));
        let Some(place) = section.iter().position(
            |block| matches!(block, Block::Heading(4, said) if unnumbered(said) == title),
        ) else {
            faults.hold(false, "a finding has its heading", || {
                format!("{format}, {id}")
            });
            continue;
        };
        let kind = text(finding, "kind");
        let severity = text(finding, "severity");
        // The kind stands below the heading in Markdown, above it in HTML.
        let near = [place.wrapping_sub(1), place + 1].map(|place| section.get(place));
        let near = near.map(|block| block.map(Block::words).unwrap_or_default());
        let says = |said: &String| said == kind || *said == format!("{kind}, {severity}");
        faults.hold(
            near.iter().any(says),
            "kind and severity of a finding",
            || format!("{format}, {id}: {near:?}, not {kind}, {severity}"),
        );
        let sure = ends.iter().find(|(one, _)| one == id);
        let open = sure.is_some_and(|(_, words)| words.starts_with("Could change"));
        faults.equal(
            "a finding that could change",
            &format!("{format}, {id}"),
            &open,
            &(finding["certain"] == false),
        );
    }
}
