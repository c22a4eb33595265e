//! The body of a report tells what the result puts first, and shows of roles what may be shown.

use crate::printed::{Block, items};
use crate::reports::{Faults, Subject, list, rows, text};
use serde_json::Value;

const SEVERITIES: [&str; 5] = ["critical", "high", "medium", "low", "info"];

pub(super) fn check(subject: &Subject, faults: &mut Faults) {
    next(subject, faults);
    weightiest(subject, faults);
    stop(subject, faults);
    roadmap(subject, faults);
    roles(subject, faults);
    gaps(subject, faults);
}

fn action<'s>(subject: &'s Subject, work: &Value) -> Option<&'s Value> {
    subject
        .list("actions")
        .iter()
        .find(|one| one["work"] == *work)
}

/// What is to be decided now is what the result asks, or else who takes on what it begins with.
fn next(subject: &Subject, faults: &mut Faults) {
    let printed = items(subject.full.md.section("Decide now"));
    let asked = subject.list("decisions_now");
    let wanted: Vec<String> = if asked.is_empty() {
        let works = subject.list("next").iter();
        let asks = works.map(|work| {
            let action = action(subject, work).expect("an action of the list");
            text(action, "do").to_lowercase()
        });
        asks.collect()
    } else {
        asked
            .iter()
            .map(|one| text(one, "asks").to_lowercase())
            .collect()
    };
    faults.equal("decisions", "report", &printed.len(), &wanted.len());
    for (said, wanted) in printed.iter().zip(&wanted) {
        let held = said.to_lowercase().contains(wanted.as_str());
        faults.hold(held, "a decision", || format!("{said}, not {wanted}"));
    }
}

/// Five findings stand in full, those first on which a verdict hangs; none weightier than the others
/// is left to the table, and none is left out.
fn weightiest(subject: &Subject, faults: &mut Faults) {
    let section = subject.full.md.section("What was found");
    let open = subject.list("findings").iter();
    let open: Vec<&Value> = open
        .filter(|one| one["called_for"] == true && one["kind"] != "strength")
        .collect();
    let weight = |one: &Value| {
        SEVERITIES
            .iter()
            .position(|name| *name == text(one, "severity"))
    };
    let told = |one: &&Value| {
        section
            .iter()
            .any(|block| matches!(block, Block::Heading(3, title) if title == text(one, "title")))
    };
    let (full, rest): (Vec<_>, Vec<_>) = open.iter().copied().partition(told);
    let heaviest = rest.iter().map(|one| weight(one)).min().flatten();
    let hangs = |one: &&&Value| {
        let mut list = subject.list("contradicted").iter();
        list.any(|contradicted| contradicted["id"] == one["id"])
    };
    let holds = full
        .iter()
        .filter(|one| !hangs(one))
        .all(|one| heaviest.is_none() || weight(one) <= heaviest);
    faults.hold(
        holds && full.len() >= open.len().min(5) && !rest.iter().any(|one| hangs(&one)),
        "the weightiest findings stand in full",
        || format!("{} of {}", full.len(), open.len()),
    );
    let table = rows(&subject.full.md, &["Further findings"]);
    let listed = rest
        .iter()
        .all(|one| table.iter().any(|row| row[0] == text(one, "title")));
    faults.hold(listed, "every finding is in the report", || {
        format!("{table:?}")
    });
}

/// What to stop is told where more is built than is called for, and nowhere else.
fn stop(subject: &Subject, faults: &mut Faults) {
    let over = subject
        .list("fits")
        .iter()
        .any(|fit| fit["state"] == "over-built");
    let spare = subject
        .list("simplify")
        .iter()
        .take(if over { usize::MAX } else { 0 });
    let printed = items(subject.full.md.section("You can stop"));
    faults.equal("what to stop", "report", &printed.len(), &spare.len());
    for (said, one) in printed.iter().zip(spare) {
        faults.hold(said.starts_with(text(one, "label")), "what to stop", || {
            format!("{said}: {one}")
        });
    }
}

/// Each time has its actions in the order of the result, and says how many more there are; where the
/// list is cut, it has all that change a level.
fn roadmap(subject: &Subject, faults: &mut Faults) {
    for (within, title) in [
        ("30d", "Now: begin within 30 days"),
        ("90d", "Next: begin within 90 days"),
        ("12m", "Later"),
    ] {
        let due = subject
            .list("actions")
            .iter()
            .filter(|one| one["within"] == within);
        let due: Vec<_> = due.collect();
        let most = 6;
        let listed = due.iter().enumerate();
        let listed = listed.filter(|(place, one)| *place < most || one["gain"] == "level");
        let listed: Vec<&str> = listed.map(|(_, one)| text(one, "do")).collect();
        let rows = rows(&subject.full.md, &[title]);
        let shown = rows
            .iter()
            .skip(1)
            .zip(&listed)
            .all(|(row, what)| row[1].starts_with(what));
        let count = rows.len().saturating_sub(1);
        let more = format!("And {} more", due.len().saturating_sub(count));
        let said = subject
            .full
            .md
            .section(title)
            .iter()
            .any(|one| one.words().starts_with(&more));
        let whole = count == listed.len() && (count == due.len() || said);
        faults.hold(
            shown && whole,
            "the roadmap has the actions in order",
            || format!("{title}: {count} of {}", due.len()),
        );
    }
}

/// A role is shown where the result shows it, with its figure, and hidden where the result hides it.
fn roles(subject: &Subject, faults: &mut Faults) {
    let everybody: Vec<&str> = list(&subject.result["respondents"], "roles")
        .iter()
        .map(|one| text(one, "role"))
        .collect();
    let page = &subject.full.md;
    let begins = |row: &&[String]| row.get(1).is_some_and(|cell| cell == "Everybody");
    let blocks = page.blocks.iter().map(Block::row);
    let heat = blocks.skip_while(|row| !row.as_ref().is_some_and(begins));
    let heat = heat.skip(1).map_while(|row| row);
    for row in heat {
        let title = |one: &&Value| text(one, "title").starts_with(&*row[0]);
        let alike = subject.list("scores").iter().filter(title);
        let right = |score: &Value| {
            let cells = row[2..].iter().zip(&everybody);
            cells.into_iter().all(|(cell, role)| {
                let one = list(score, "roles")
                    .iter()
                    .find(|one| text(one, "role") == *role);
                match one {
                    None => cell == "–",
                    Some(one) if one["hidden"] == true => cell == "hidden",
                    Some(one) => match one["index"].as_f64() {
                        None => cell == "–",
                        Some(index) => cell
                            .parse::<f64>()
                            .is_ok_and(|cell| (cell - index).abs() < 0.51),
                    },
                }
            })
        };
        faults.hold(
            alike.clone().any(right),
            "roles are shown as they may be",
            || format!("{row:?}"),
        );
    }
    for one in list(&subject.result["respondents"], "roles") {
        let hidden = one["people"].is_null();
        let said = page.blocks.iter().map(Block::words).any(|words| {
            let name = text(one, "role")
                .replace("frontline", "front line")
                .replace("backoffice", "back office");
            let small = words.split(": too few people to show").next();
            let small = small.filter(|small| *small != words);
            small.is_some_and(|small| {
                small
                    .rsplit(". ")
                    .next()
                    .unwrap_or("")
                    .to_lowercase()
                    .contains(&name)
            })
        });
        let merged = !subject.result["respondents"]["merged"].is_null();
        faults.equal(
            "a small role is not counted",
            "report",
            &said,
            &(hidden && merged),
        );
    }
}

/// Gaps are those the result lists, in its order.
fn gaps(subject: &Subject, faults: &mut Faults) {
    let listed = subject
        .list("gaps")
        .iter()
        .filter(|one| one["listed"] == true);
    let rows = rows(&subject.full.md, &["Where two roles differ most"]);
    let printed = rows.iter().skip(1);
    faults.equal(
        "gaps",
        "report",
        &printed.len(),
        &listed.clone().count().min(8),
    );
    for (row, gap) in printed.zip(listed) {
        let steps = gap["gap"].as_f64().unwrap_or(f64::NAN).abs();
        let said = row[3]
            .split(' ')
            .next()
            .and_then(|one| one.parse::<f64>().ok());
        let holds = said.is_some_and(|said| (said - steps).abs() < 0.06)
            && row[3].ends_with("strong") == (gap["strong"] == true)
            && text(gap, "title").starts_with(&*row[0]);
        faults.hold(holds, "a gap is printed as it is", || {
            format!("{row:?}: {gap}")
        });
    }
}
