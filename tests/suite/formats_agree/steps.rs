//! What holds back, what to do next, what is open to be raised, and the ways to a level.

use crate::printed::{Block, Page, items, rows};
use crate::reports::{Faults, Report, list, text};
use centricity::assess::plan::Plan;
use serde_json::Value;

/// The summary names so many causes and steps.
const MOST: usize = 3;

pub(super) fn check(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    causes(report, format, page, faults);
    next_steps(report, format, page, faults);
    answers(report, format, page, faults);
    gaps(report, format, page, faults);
}

/// Next steps are actions of the result, each beside the cause it answers, in the order of causes.
fn answers(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let causes = report.list("causes");
    let listed = items(page.section("What holds you back"));
    for row in rows(page.section("What to do next")) {
        let [place, step, answers, ..] = row else {
            faults.hold(false, "a next step says what it answers", || {
                format!("{row:?}")
            });
            continue;
        };
        let mut actions = report.list("actions").iter();
        let Some(action) = actions.find(|one| text(one, "do") == step) else {
            faults.hold(false, "a next step is an action", || {
                format!("{format}: {step}")
            });
            continue;
        };
        if answers.starts_with("prepares step ") {
            continue;
        }
        let answered = causes.iter().take(MOST).enumerate();
        let answered = answered.filter(|(_, one)| one["action"] == action["work"]);
        let mut any = false;
        for (nth, cause) in answered {
            let said = |key: &str| answers.contains(text(cause, key));
            let points = listed
                .get(nth)
                .is_some_and(|one| one.contains(&format!("taken up in step {place}")));
            faults.hold(
                (said("title") || said("text")) && points,
                "a next step and the cause it answers stand beside each other",
                || format!("{format}: {step} beside {answers}"),
            );
            any = true;
        }
        // What stands before a step that changes nothing answers what it comes from.
        let of = ["gates", "findings"].map(|list| report.find(list, &action["of"]));
        let mut of = of.into_iter().flatten();
        any |= of.any(|one| answers.contains(text(one, "title")));
        faults.hold(any, "a next step answers a cause of the summary", || {
            format!("{format}: {step} beside {answers}")
        });
    }
}

/// "What holds you back" names the first causes, in their order.
fn causes(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let said = items(page.section("What holds you back"));
    let causes = report.list("causes");
    faults.equal(
        "how many causes are named",
        format,
        &said.len(),
        &causes.len().min(MOST),
    );
    for (said, cause) in said.iter().zip(causes) {
        let title = text(cause, "title");
        faults.hold(
            said.contains(title),
            "what holds back is the next cause",
            || format!("{format}: {said}, not {title}"),
        );
        // What nobody could show, or was not asked, is not known not to be met.
        let gate = report.find("gates", &cause["id"]);
        let shown = gate.is_none_or(|gate| gate["state"] == "unmet");
        faults.hold(
            shown || !said.starts_with("Not met"),
            "a gate not met is not met",
            || format!("{format}: {said}"),
        );
    }
}

/// The next steps are the actions of the first causes, each once, in their order, and before each
/// what should come first.
fn next_steps(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let said: Vec<&str> = rows(page.section("What to do next"))
        .iter()
        .map(|row| row[1].as_str())
        .collect();
    let mut wanted: Vec<&str> = Vec::new();
    for cause in report.list("causes").iter().take(MOST) {
        let work = &cause["action"];
        let actions = report.list("actions");
        let place = actions.iter().position(|one| one["work"] == *work);
        let idle = place.filter(|place| !changes(&actions[*place]));
        let above = actions.iter().take(idle.unwrap_or(0));
        let causes = || report.list("causes").iter().take(MOST);
        let mut above = above.filter(|one| {
            let own = causes().any(|cause| cause["action"] == one["work"]);
            !own && !one["effect"].is_null() && changes(one)
        });
        if let Some(first) = above.next() {
            put(report, &first["work"], &mut wanted, MOST);
        }
        put(report, work, &mut wanted, MOST);
    }
    faults.equal("the next steps", format, &said, &wanted);
}

/// Whether an action changes a level, a gate or a printed figure, stops something or finds out.
fn changes(action: &Value) -> bool {
    let effect = &action["effect"];
    let list = |key: &str| effect[key].as_array().expect("a list").iter();
    effect.is_null()
        || action["stops"] == true
        || list("opens").chain(list("meets")).next().is_some()
        || list("levels").any(|one| one["before"] != one["after"])
        || list("points").any(|one| {
            one["index"]
                .as_f64()
                .is_some_and(|index| index.abs() >= 0.05)
        })
}

/// An action behind those that should come before it.
fn put<'r>(report: &'r Report<'_>, work: &Value, steps: &mut Vec<&'r str>, deep: usize) {
    let mut actions = report.list("actions").iter();
    let Some(action) = actions.find(|one| one["work"] == *work) else {
        return;
    };
    let what = text(action, "do");
    if steps.contains(&what) || deep == 0 {
        return;
    }
    for first in list(action, "after") {
        put(report, first, steps, deep - 1);
    }
    steps.push(what);
}

/// The effort grid counts what the plan of the result counts, by effort, and names no other.
fn gaps(report: &Report<'_>, format: &str, page: &Page, faults: &mut Faults) {
    let section = page.section("What it takes, and what it closes");
    let plan = report.list("plan");
    let mut counted = [0_usize; 3];
    for row in rows(section) {
        for (cell, sum) in row[1..].iter().zip(&mut counted) {
            let count = cell.split([':', ' ']).next().unwrap_or_default();
            *sum += count.parse::<usize>().unwrap_or(0);
            named(report, format, cell, faults);
        }
    }
    let wanted = ["low", "medium", "high"]
        .map(|effort| plan.iter().filter(|one| one["effort"] == effort).count());
    faults.equal("gaps by effort", format, &counted, &wanted);
    let caption = section.iter().find_map(|block| {
        let words = block.words();
        let count = words
            .split_once(" rating")
            .map(|(count, _)| count.to_owned());
        count.filter(|_| words.contains("below the target or the top"))
    });
    if let Some(count) = caption {
        faults.equal("gaps in words", format, &count, &plan.len().to_string());
    }
}

/// The questions that a cell of the grid names are in the plan; cells of Markdown divide them.
fn named(report: &Report<'_>, format: &str, cell: &str, faults: &mut Faults) {
    let Some((_, names)) = cell.split_once(": ") else {
        return;
    };
    let names = names.split("; ").map(|name| name.trim_start_matches("★ "));
    for name in names.filter(|name| !name.starts_with("and ") && format == "Markdown") {
        let mut plan = report.list("plan").iter();
        let known = plan.any(|one| text(one, "label").trim_end_matches('?') == name);
        faults.hold(known, "a gap of the grid is one of the plan", || {
            format!("{format}: {name}")
        });
    }
}

/// Every way in the report is that of `plan`; the ladder that speaks for all has one where `plan`
/// finds one.
pub(super) fn ways(report: &Report<'_>, faults: &mut Faults) {
    let mut packs = report.list("packs").iter();
    let overall = packs.find(|pack| pack["overall"] == true);
    for ladder in report.list("levels") {
        let id = text(ladder, "id");
        let speaks = overall.is_some_and(|pack| pack["headline"]["id"] == id);
        let titles = report
            .pages()
            .map(|(_, page)| title(page, text(ladder, "title")));
        if !speaks && titles.iter().all(Option::is_none) {
            continue;
        }
        let plan = report.plan(id);
        for ((format, page), title) in report.pages().into_iter().zip(titles) {
            let at = format!("{format}, {id}");
            match (title, &plan) {
                (Some(title), Some(plan)) => {
                    let heading = format!("The way to “{}”: {}", plan.to.label, plan.ladder.label);
                    faults.equal("the title of a way", &at, &title, &heading);
                    route(page.section(&title), plan, &at, faults);
                }
                (title, plan) => {
                    let none = title.is_none() && plan.is_none();
                    faults.hold(none, "a way is that of `plan`", || {
                        format!(
                            "{at}: {title:?} in the report, {} of `plan`",
                            plan.is_some()
                        )
                    });
                }
            }
        }
    }
}

/// The heading of the way on a ladder.
fn title(page: &Page, ladder: &str) -> Option<String> {
    let ending = format!("”: {ladder}");
    let mut headings = page.headings().map(|(_, said)| said);
    let found = headings.find(|said| said.starts_with("The way to “") && said.ends_with(&ending));
    found.map(str::to_owned)
}

/// Every step of a way is named, in its order, as far as the report lists steps.
fn route(printed: &[Block], plan: &Plan, at: &str, faults: &mut Faults) {
    let said: Vec<String> = printed.iter().map(Block::words).collect();
    let short = said.iter().any(|one| one.contains("more, which"));
    let mut left = said.iter();
    for step in &plan.steps {
        let label = format!("“{}”", step.label.trim_end_matches('?'));
        if !left.any(|one| one.contains(&label)) {
            return faults.hold(short, "a step of a way", || format!("{at}: {label}"));
        }
    }
}
