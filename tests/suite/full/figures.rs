//! Figures, levels, findings, actions and answers of the appendix are those of the result.

use crate::full::charts;
use crate::printed::{Block, Page};
use crate::reports::{Faults, Subject, list, rows, text};
use serde_json::Value;

pub(super) fn check(subject: &Subject, faults: &mut Faults) {
    scores(subject, faults);
    drawn(subject, faults);
    levels(subject, faults);
    verdicts(subject, faults);
    findings(subject, faults);
    actions(subject, faults);
    answers(subject, faults);
    outcomes(subject, faults);
}

/// Whether a printed figure is this one, rounded to the digits it has; a dash or nothing is none.
fn is_near(printed: &str, figure: &Value) -> bool {
    let printed = printed.trim().trim_end_matches(" %").replace('−', "-");
    match (printed.as_str(), figure.as_f64()) {
        ("" | "–" | "hidden", figure) => figure.is_none(),
        (printed, Some(figure)) => {
            let digits = printed.split_once('.').map_or(0, |(_, rest)| rest.len());
            let step = 10_f64.powi(-i32::try_from(digits).expect("few digits"));
            let printed: f64 = printed.parse().unwrap_or(f64::NAN);
            (printed - figure).abs() <= 0.5 * step + 1e-9
        }
        (_, None) => false,
    }
}

/// The same of `low to high`, or of one figure for both.
fn is_range(printed: &str, range: &Value) -> bool {
    let (low, high) = printed.split_once(" to ").unwrap_or((printed, printed));
    is_near(low, &range["low"]) && is_near(high, &range["high"])
}

fn scores(subject: &Subject, faults: &mut Faults) {
    let rows = rows(&subject.appendix.md, &["All scores"]);
    let place = |row: &[String]| rows.iter().position(|one| one[..] == *row).unwrap_or(0);
    for score in subject.list("scores") {
        let start = format!("{} {}", text(score, "title"), text(score, "id"));
        let row = rows.iter().find(|row| {
            let rest = row[0].strip_prefix(&start);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        });
        let holds = row.is_some_and(|row| {
            // A column that no score of the table has a figure for is left out.
            let before = rows[..place(row)].iter().rev();
            let head = before.into_iter().find(|row| row[0] == "Score");
            let at = |name: &str| head.and_then(|head| head.iter().position(|one| one == name));
            let cell = |name: &str| at(name).map_or("", |at| row[at].as_str());
            let answered = score["coverage"].as_f64().unwrap_or(0.0) * 100.0;
            is_near(cell("Index"), &score["index"])
                && is_range(cell("Range"), &score["index_range"])
                && is_near(cell("Claimed"), &score["claimed_index"])
                && is_near(cell("Aim"), &score["target_index"])
                && is_near(cell("Answered"), &Value::from(answered))
                && cell("Confidence") == text(&score["confidence"], "grade")
        });
        faults.hold(holds, "a score is printed as it is", || {
            format!("{row:?}: {score}")
        });
    }
}

/// What Markdown prints as a table, HTML draws with the same figures.
fn drawn(subject: &Subject, faults: &mut Faults) {
    let tables = charts(&subject.full.md);
    let drawn = Page::charts(&subject.full.html);
    faults.equal("charts", "HTML", &drawn.len(), &tables.len());
    for (table, chart) in tables.iter().zip(&drawn) {
        let rows: Vec<&[String]> = chart.blocks.iter().filter_map(Block::row).skip(1).collect();
        faults.equal(
            "rows of a chart",
            &table[1][0],
            &rows.len(),
            &(table.len() - 1),
        );
        for (wanted, row) in table[1..].iter().zip(rows) {
            let drawn: Vec<&str> = row
                .last()
                .map_or("", String::as_str)
                .split([' ', ',', '(', ')'])
                .collect();
            let there =
                |cell: &String| cell == "–" || cell.split(' ').all(|word| drawn.contains(&word));
            faults.hold(
                row[0] == wanted[0] && wanted[1..].iter().all(there),
                "a chart has the figures of its table",
                || format!("{wanted:?}, drawn {row:?}"),
            );
        }
    }
    for row in tables.iter().flat_map(|table| &table[1..]) {
        let mut named = subject
            .list("scores")
            .iter()
            .filter(|one| text(one, "title").split(" (").next() == Some(&*row[0]))
            .peekable();
        let known = named.peek().is_none() || named.any(|one| is_near(&row[1], &one["index"]));
        faults.hold(
            known || row.len() == 4,
            "a chart shows indices of the result",
            || format!("{row:?}"),
        );
    }
}

/// States as they are printed.
fn state(need: &Value) -> &'static str {
    match text(need, "state") {
        "met" => "Met",
        "unmet" => "Not met",
        "unproven" => "Not known",
        _ => "Does not apply",
    }
}

fn levels(subject: &Subject, faults: &mut Faults) {
    let page = &subject.appendix.md;
    for ladder in subject.list("levels") {
        let sections = page.under(text(ladder, "title"));
        let said = format!("{} {}", text(ladder, "sentence"), text(ladder, "id"));
        let own = sections
            .iter()
            .find(|blocks| blocks.iter().any(|one| one.words() == said));
        let Some(own) = own else {
            faults.hold(false, "a ladder has its sentence", || said.clone());
            continue;
        };
        let rows: Vec<&[String]> = own.iter().filter_map(Block::row).skip(1).collect();
        let wanted = list(ladder, "levels").iter().flat_map(|level| {
            let needs = list(level, "needs").iter();
            needs.map(|need| (text(need, "text").to_owned(), state(need).to_owned()))
        });
        let printed = rows.iter().filter(|row| !row[3].is_empty());
        let printed: Vec<_> = printed
            .map(|row| (row[1].clone(), row[3].clone()))
            .collect();
        faults.equal("what levels ask for", &said, &printed, &wanted.collect());
        for level in list(ladder, "levels") {
            let head = format!("{} reached", text(level, "title"));
            let printed = rows.iter().any(|row| row[0] == head);
            faults.equal(
                "a level is reached",
                &head,
                &printed,
                &(level["reached"] == true),
            );
        }
    }
}

fn verdicts(subject: &Subject, faults: &mut Faults) {
    let rows = rows(&subject.appendix.md, &["Decisions", "Conditions"]);
    for decision in subject.list("decisions") {
        let id = text(decision, "id");
        let named = |row: &&&[String]| row[3].split(' ').next() == Some(id);
        let row = rows.iter().find(|row| row.len() == 4 && named(row));
        let labels = list(decision, "outcome")
            .iter()
            .map(|one| text(one, "label"));
        let holds = row.is_some_and(|row| {
            let mut labels = labels.clone();
            decision["not_applicable"] == true || labels.all(|label| row[1].contains(label))
        });
        faults.hold(holds, "a decision has its outcome", || {
            format!("{row:?}: {decision}")
        });
    }
    for gate in subject.list("gates") {
        let row = rows.iter().find(|row| row[3] == text(gate, "id"));
        let holds = row.is_some_and(|row| row[1] == state(gate));
        faults.hold(holds, "a condition has its state", || {
            format!("{row:?}: {gate}")
        });
    }
}

fn findings(subject: &Subject, faults: &mut Faults) {
    let section = subject.appendix.md.section("All findings");
    let printed = section.windows(2).filter_map(|pair| match pair {
        [Block::Heading(_, title), Block::Text(line)] => {
            let id = line.rsplit(' ').next().unwrap_or_default();
            let severity = line.split(' ').next().unwrap_or_default();
            Some((id.to_owned(), title.clone(), severity.to_lowercase()))
        }
        _ => None,
    });
    let wanted = subject.list("findings").iter().map(|one| {
        (
            text(one, "id").to_owned(),
            text(one, "title").to_owned(),
            text(one, "severity").to_owned(),
        )
    });
    let (mut printed, mut wanted): (Vec<_>, Vec<_>) = (printed.collect(), wanted.collect());
    printed.sort();
    wanted.sort();
    faults.equal("findings", "appendix", &printed, &wanted);
}

fn actions(subject: &Subject, faults: &mut Faults) {
    let rows = rows(&subject.appendix.md, &["All actions"]);
    let works = rows
        .iter()
        .skip(1)
        .filter_map(|row| row[0].rsplit(' ').next());
    let works: Vec<&str> = works.collect();
    let actions = subject.list("actions");
    let wanted: Vec<&str> = actions.iter().map(|one| text(one, "work")).collect();
    faults.equal("actions in their order", "appendix", &works, &wanted);
    for (action, row) in actions.iter().zip(rows.iter().skip(1)) {
        let owner = action["owner"].as_str().unwrap_or(&row[1]);
        let given =
            action["owner"].is_null() && (row[1] == "–" || row[1].starts_with("suggested: "));
        let holds = row[0].starts_with(text(action, "do"))
            && row[1] == owner
            && (given || !action["owner"].is_null());
        faults.hold(holds, "an action and its owner", || {
            format!("{row:?}: {action}")
        });
    }
}

fn answers(subject: &Subject, faults: &mut Faults) {
    let rows = rows(&subject.appendix.md, &["All questions and answers"]);
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|row| row[0] != "Question")
        .collect();
    let questions = subject.list("questions");
    faults.equal(
        "every question once",
        "appendix",
        &rows.len(),
        &questions.len(),
    );
    for question in questions {
        let id = format!(" {}", text(question, "id"));
        let row = rows.iter().find(|row| row[0].ends_with(&id));
        let says: Vec<&str> = text(question, "says").split_whitespace().collect();
        let holds = row.is_some_and(|row| row[1].starts_with(&says.join(" ")));
        faults.hold(holds, "an answer is printed as it was given", || {
            format!("{row:?}: {question}")
        });
    }
}

fn outcomes(subject: &Subject, faults: &mut Faults) {
    for metric in subject
        .list("metrics")
        .iter()
        .filter(|one| !list(one, "figures").is_empty())
    {
        let section = subject.appendix.md.under(text(metric, "title"));
        let blocks: Vec<&Block> = section.into_iter().flatten().collect();
        let rows: Vec<&[String]> = blocks.iter().filter_map(|block| block.row()).collect();
        if list(metric, "figures")
            .iter()
            .all(|one| one["value"].is_null())
        {
            let none = blocks
                .iter()
                .any(|block| block.words().starts_with("No result"));
            faults.hold(none, "a figure that there is not", || format!("{metric}"));
            continue;
        }
        for figure in list(metric, "figures") {
            let holds = rows.iter().any(|row| {
                row[0] == text(figure, "title") && row[1].starts_with(text(figure, "says"))
            });
            faults.hold(holds, "a figure of the business", || {
                format!("{rows:?}: {figure}")
            });
        }
    }
}
