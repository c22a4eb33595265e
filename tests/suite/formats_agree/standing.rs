//! Where a client stands: levels, indices, fit, how much is answered, verdicts and gates.

use crate::printed::{Block, Page, items, rows};
use crate::reports::{Faults, Report, list, text};
use serde_json::Value;

pub(super) fn check(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    headlines(report, format, page, faults);
    table(report, format, page, faults);
    ladders(report, format, page, faults);
    fit(report, format, page, faults);
    verdicts(report, format, page, faults);
    gates(report, format, page, faults);
}

/// A figure of the summary: `Level: Attentive (2 of 5)`, brackets or none.
fn fact<'b>(blocks: &'b [Block], label: &str) -> Option<&'b str> {
    let mut items = items(blocks).into_iter();
    items.find_map(|item| item.strip_prefix(label)?.strip_prefix(": "))
}

fn bare(text: &str) -> String {
    text.replace(['(', ')'], "")
}

/// The packs whose headline stands in the summary, each with what is below it.
fn told<'r, 'p>(report: &'r Report<'_>, page: &'p Page) -> Vec<(&'r Value, &'p [Block])> {
    let packs = report.list("packs");
    let summary = page.section("Summary");
    let speaks = packs.iter().find(|pack| pack["overall"] == true);
    if let Some(overall) = speaks {
        return vec![(overall, summary)];
    }
    if let [one] = packs {
        return vec![(one, summary)];
    }
    let found = packs.iter().filter_map(|pack| {
        let is = |block: &Block| matches!(block, Block::Heading(_, title) if title == text(pack, "title"));
        let rest = &summary[summary.iter().position(is)? + 1..];
        let end = rest.iter().position(|block| matches!(block, Block::Heading(..)));
        Some((pack, &rest[..end.unwrap_or(rest.len())]))
    });
    found.collect()
}

fn headlines(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    for (pack, blocks) in told(report, page) {
        let at = format!("{format}, {}", text(pack, "id"));
        if let Some(said) = fact(blocks, "Questions answered").or(fact(blocks, "Weight answered")) {
            let ladder = report.find("levels", &pack["headline"]["id"]);
            answered(said, &pack["answered"], ladder, &at, faults);
        }
        let headline = &pack["headline"]["id"];
        let Some(ladder) = report.find("levels", headline) else {
            let score = report.find("scores", headline);
            if let Some(said) = fact(blocks, "Index").filter(|_| score.is_some()) {
                index(said, score, &at, faults);
            }
            continue;
        };
        if let Some(said) = fact(blocks, "Level") {
            let wanted = level_of(ladder).unwrap_or_default();
            let said = bare(said);
            let none = wanted.is_empty() && !said.contains(" of ");
            faults.hold(
                said.starts_with(&wanted) || none,
                "the level of the summary",
                || format!("{at}: printed {said}, in the result {wanted}"),
            );
        }
        if let Some(said) = fact(blocks, "Index") {
            index(said, report.find("scores", &ladder["of"]), &at, faults);
        }
    }
}

/// `Attentive 2 of 5`.
fn level_of(ladder: &Value) -> Option<String> {
    let level = ladder["level"]["id"].as_str()?;
    let levels = list(ladder, "levels");
    let place = levels.iter().position(|one| one["id"] == level)?;
    let label = text(&ladder["level"], "label");
    Some(format!("{label} {} of {}", place + 1, levels.len()))
}

/// `90 % (36 of 40 applicable questions)`, or `71 % (of what the level reads; 8 of 14 applicable
/// questions in all)`.
fn answered(said: &str, counts: &Value, ladder: Option<&Value>, at: &str, faults: &mut Faults) {
    const READ: &str = "of what the level reads; ";
    let mut figures = bare(said);
    let read = figures.contains(READ);
    figures = figures.replace(READ, "");
    let words: Vec<&str> = figures.split_whitespace().collect();
    let [percent, "%", rated, "of", applicable, ..] = words[..] else {
        let nothing = counts["applicable"] == 0;
        return faults.hold(nothing, "how much is answered is a share", || {
            format!("{at}: {said}")
        });
    };
    let printed = (rated.to_owned(), applicable.to_owned());
    let wanted = (
        counts["rated"].to_string(),
        counts["applicable"].to_string(),
    );
    faults.equal("how much is answered", at, &printed, &wanted);
    if let Some(ladder) = ladder.filter(|_| read) {
        share(percent, &ladder["coverage"], &Value::from(1.0), at, faults);
    } else {
        share(percent, &counts["rated"], &counts["applicable"], at, faults);
    }
}

/// A rounded percentage, which is 100 only where it is all, and 0 only where it is nothing.
fn share(percent: &str, part: &Value, whole: &Value, at: &str, faults: &mut Faults) {
    let [figure, part, whole] = [
        percent.parse::<f64>().unwrap_or(f64::NAN),
        part.as_f64().unwrap_or(f64::NAN),
        whole.as_f64().unwrap_or(f64::NAN),
    ];
    let close = (figure - 100.0 * part / whole).abs() <= 0.5;
    let ends = (figure < 100.0 || part >= whole) && (figure > 0.0 || part <= 0.0);
    faults.hold(close && ends, "the percentage of what is answered", || {
        format!("{at}: {percent} % of {part} of {whole}")
    });
}

/// `53 of 100; range 52 to 57`, rounded half up.
fn index(said: &str, score: Option<&Value>, at: &str, faults: &mut Faults) {
    let said = bare(said);
    let first = said.split_whitespace().next().unwrap_or_default();
    let wanted = score.and_then(|score| score["index"].as_f64());
    let holds = match wanted {
        Some(wanted) => near(first, wanted),
        None => first.parse::<f64>().is_err(),
    };
    faults.hold(holds, "the index of the summary", || {
        format!("{at}: printed {said}, in the result {wanted:?}")
    });
}

/// Whether a printed figure is this one, rounded to the digits it has.
fn near(said: &str, wanted: f64) -> bool {
    let digits = said.split_once('.').map_or(0, |(_, digits)| digits.len());
    let half = 0.5 / 10_f64.powi(i32::try_from(digits).expect("few"));
    let figure = said.replace('−', "-").parse::<f64>();
    figure.is_ok_and(|figure| (figure - wanted).abs() <= half + 1e-9)
}

/// The table of packs: index, level, answered.
fn table(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    for row in rows(page.section("The parts, each by itself")) {
        let mut packs = report.list("packs").iter();
        let Some(pack) = packs.find(|pack| pack["title"] == row[0]) else {
            faults.hold(false, "a row of the parts is a pack", || row.join(" | "));
            continue;
        };
        let at = format!("{format}, {}", text(pack, "id"));
        let ladder = report.find("levels", &pack["headline"]["id"]);
        let level = bare(&row[row.len() - 2]);
        let wanted = ladder.and_then(level_of).unwrap_or_default();
        let none = wanted.is_empty() && !level.contains(" of ");
        faults.hold(
            level.starts_with(&wanted) || none,
            "the level in the table of parts",
            || format!("{at}: printed {level}, in the result {wanted}"),
        );
        // Beside a level, where most of the pack is open, it is of what the level reads.
        let printed = &row[row.len() - 1];
        let read = printed.strip_suffix(" of what the level reads");
        let percent = read.unwrap_or(printed).trim_end_matches(" %");
        let (counts, all) = (&pack["answered"], Value::from(1.0));
        let (part, whole) = match ladder.filter(|_| read.is_some()) {
            Some(ladder) => (&ladder["coverage"], &all),
            None => (&counts["rated"], &counts["applicable"]),
        };
        if percent != "–" {
            share(percent, part, whole, &at, faults);
        }
    }
}

/// Whether nothing but what is unproven holds the next level.
fn only_unproven(ladder: &Value) -> bool {
    let next = list(ladder, "levels")
        .iter()
        .find(|level| level["reached"] == false);
    let needs = next.map(|next| list(next, "needs")).unwrap_or_default();
    let mut unmet = needs.iter().filter(|need| need["state"] == "unmet");
    let unproven = needs.iter().any(|need| need["state"] == "unproven");
    ladder["higher_is_called_for"] == true && unproven && unmet.next().is_none()
}

/// The steps of every ladder that is drawn: which one the client stands on.
fn ladders(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    for ladder in report.list("levels") {
        for drawn in page.under(text(ladder, "title")) {
            for level in list(ladder, "levels") {
                let title = text(level, "title");
                let named = |words: &str| {
                    let (number, rest) = words.split_once(' ')?;
                    number.parse::<usize>().ok()?;
                    let state = rest.strip_prefix(title)?;
                    Some(state.trim_matches([':', '.', ' ']).to_owned())
                };
                let Some(said) = drawn.iter().find_map(|block| named(&block.words())) else {
                    continue;
                };
                let here = ladder["level"]["id"] == level["id"];
                let wanted = match (here, level["reached"] == true) {
                    (true, _) if only_unproven(ladder) => "all that could be shown",
                    (true, _) => "you are here",
                    (false, true) => "reached",
                    (false, false) => "not reached",
                };
                let could = !here && said.contains("possible") && level["possible"] == true;
                faults.hold(said == wanted || could, "the steps of a ladder", || {
                    format!("{format}, {}, {title}: {said}, not {wanted}", ladder["id"])
                });
            }
        }
    }
}

/// What the summary says of fit is what the pack decided.
fn fit(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let summary = page.section("Summary").iter();
    let said: String = summary.map(|block| block.words() + "\n").collect();
    let states: Vec<&str> = report
        .list("fits")
        .iter()
        .map(|fit| text(fit, "state"))
        .collect();
    for (word, state) in [("Under-built", "under-built"), ("Over-built", "over-built")] {
        let open = states.contains(&"open");
        let (printed, found) = (said.contains(word), states.contains(&state));
        faults.hold(printed == found || open, "fit in the summary", || {
            format!("{format}: {word:?} is printed: {printed}; the result says {states:?}")
        });
    }
}

/// Each verdict is the outcome of its decision, with everything it could still be.
fn verdicts(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let blocks = &page.blocks;
    for decision in report.list("decisions") {
        let title = text(decision, "title").trim_end_matches('?');
        let outcomes = list(decision, "outcome");
        for (place, block) in blocks.iter().enumerate() {
            let words = block.words();
            // In Markdown question and answer share a line, in HTML they are two.
            let Some(rest) = words
                .strip_prefix(title)
                .and_then(|rest| rest.strip_prefix('?'))
            else {
                continue;
            };
            let next = blocks.get(place + 1).map(Block::words).unwrap_or_default();
            let said = if rest.trim().is_empty() {
                next
            } else {
                rest.trim().to_owned()
            };
            let Some(outcome) = outcomes.first().filter(|_| outcomes.len() == 1) else {
                continue;
            };
            let label = text(outcome, "label");
            let told = said.starts_with(label) || !said.contains(':');
            faults.hold(told, "a verdict is the outcome of its decision", || {
                format!("{format}, {}: {said}, not {label}", decision["id"])
            });
        }
    }
}

/// A gate that is listed says what the result says.
fn gates(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    for gate in report.list("gates") {
        let title = text(gate, "title");
        let words = match text(gate, "state") {
            "met" => ["met", "met", "met"],
            "unmet" => ["not met", "not met", "not met"],
            "unproven" => ["unproven", "nobody could show it", "asked in"],
            _ => ["does not apply", "not applicable", "nothing of it applies"],
        };
        for row in page.blocks.iter().filter_map(Block::row) {
            if row.len() == 3 && row[0] == title {
                let holds = words.iter().any(|word| row[1].starts_with(word));
                faults.hold(holds, "the state of a gate", || {
                    format!("{format}, {}: {}, not {}", gate["id"], row[1], words[0])
                });
            }
        }
        let items = page.blocks.iter().filter_map(Block::item);
        for said in items.filter_map(|item| item.strip_prefix(title)?.strip_prefix(' ')) {
            let holds = words
                .iter()
                .any(|word| said.trim_matches(['(', ')']).starts_with(word));
            faults.hold(holds, "the state of a gate", || {
                format!("{format}, {}: {said}, not {}", gate["id"], words[0])
            });
        }
    }
}
