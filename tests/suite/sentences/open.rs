//! Nothing waits for answers where none is open.

use crate::printed::Block;
use crate::reports::{Faults, Report, list, text};
use serde_json::Value;

/// What is said of answers that are not there.
const WAITING: [&str; 13] = [
    "no open question can",
    "open answers decide",
    "once open questions",
    "once the open questions",
    "once the open answers",
    "open answers could",
    "open questions could",
    "could still",
    "it could be",
    "left open",
    "nobody could say",
    "no answer yet",
    "not answered yet",
];

pub(super) fn check(report: &Report<'_>, faults: &mut Faults) {
    not_asked(report, faults);
    if report.open() {
        return;
    }
    for key in ["decisions", "levels", "findings", "gates", "fits", "causes"] {
        for one in report.list(key) {
            let out = one["not_applicable"] == Value::Bool(true);
            let certain = out || one["certain"] != Value::Bool(false);
            faults.hold(certain, "all is certain where nothing is open", || {
                format!("{key}, {}", text(one, "id"))
            });
            let (outcome, possible) = (
                list(one, "outcome").len().max(1),
                list(one, "possible").len(),
            );
            faults.hold(
                possible <= outcome,
                "nothing else is possible where nothing is open",
                || format!("{key}, {}: {}", text(one, "id"), one["possible"]),
            );
        }
    }
    for score in report.list("scores") {
        let (low, high) = (&score["range"]["low"], &score["range"]["high"]);
        faults.hold(
            low == high,
            "a range is a point where nothing is open",
            || format!("{}: {low} to {high}", text(score, "id")),
        );
    }
    let open = report.list("open_findings");
    faults.hold(
        open.is_empty(),
        "no finding is open where nothing is",
        || format!("{open:?}"),
    );
    for (format, page) in report.pages() {
        let engine = page.blocks.iter().take_while(|block| !appendix(block));
        for said in engine.map(|block| block.words().to_lowercase()) {
            // The packs' own words stand in quotes, and in advice.
            let general = said.contains("means that");
            let waits = WAITING
                .iter()
                .find(|words| said.contains(**words) && !general);
            let own = report.list("findings").iter().any(|finding| {
                let advice = list(finding, "advice").iter();
                let mut own = advice.flat_map(|one| [text(one, "do"), text(one, "how")]);
                let about = [text(finding, "text"), text(finding, "title")];
                let mut about = about
                    .into_iter()
                    .chain(list(finding, "because").iter().map(|one| text(one, "says")));
                waits.is_some_and(|words| {
                    let holds = |one: &str| one.to_lowercase().contains(words);
                    own.any(holds) || about.any(holds)
                })
            });
            faults.hold(
                waits.is_none() || own,
                "nothing waits where nothing is open",
                || format!("{format}: {said}"),
            );
        }
    }
}

/// No level is within reach of open answers that waits for what nobody was asked.
fn not_asked(report: &Report<'_>, faults: &mut Faults) {
    for ladder in report.list("levels") {
        let levels = list(ladder, "levels").iter();
        let unreached =
            levels.filter(|level| level["reached"] == false && level["possible"] == true);
        for need in unreached.flat_map(|level| list(level, "needs")) {
            let gate = report
                .find("gates", &need["id"])
                .filter(|_| need["kind"] == "gate");
            let silent = gate
                .is_some_and(|gate| gate["state"] == "unproven" && list(gate, "parts").is_empty());
            faults.hold(
                !silent,
                "what was not asked keeps a level out of reach",
                || format!("{}: {}", text(ladder, "id"), text(need, "id")),
            );
        }
    }
}

/// The heading of the questions and answers, which are not ours to word.
fn appendix(block: &Block) -> bool {
    matches!(block, Block::Heading(2, said) if said.ends_with("All questions and answers"))
}
