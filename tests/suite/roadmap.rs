//! The roadmap of a report: one order with the summary, nothing before what it needs, the same in
//! both formats.

use super::sandbox::{ROOT, Sandbox};
use super::workshop::ratings;

/// The report on a sample client as Markdown and as HTML.
pub(crate) fn report(client: &str) -> (String, String) {
    let sandbox = Sandbox::new();
    let path = format!("{ROOT}/tests/clients/{client}");
    sandbox.run(&format!("report {path} --out r")).exits(0);
    let files = sandbox.files();
    let one = |end: &str| {
        let file = files.iter().find(|file| file.ends_with(end));
        sandbox.read(file.expect("a report"))
    };
    (one(".md"), one(".html"))
}

/// The lines of a part, from its heading to the next one of the same depth.
fn part<'t>(text: &'t str, heading: &str, end: &str) -> Vec<&'t str> {
    let begins = |line: &&str| line.starts_with('#') && line.ends_with(heading);
    let lines = text.lines().skip_while(|line| !begins(line));
    let rest = lines.skip(1).take_while(|line| !line.starts_with(end));
    rest.collect()
}

/// The second cell of each row of a table, behind its number.
fn cells<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let rows = lines.iter().filter_map(|line| line.strip_prefix("| "));
    let first = rows.filter_map(|row| row.split(" | ").nth(1));
    first.skip(1).collect()
}

#[test]
fn the_next_steps_of_the_summary_stand_in_the_roadmap_once_and_marked() {
    for client in ["harbour-tools", "meridian-freight", "pellwick-shade"] {
        let (md, _) = report(client);
        let steps = part(&md, "### What to do next", "### ");
        let steps = cells(&steps);
        let roadmap = part(&md, " Roadmap", "## ");
        let marked: Vec<_> = roadmap
            .iter()
            .filter(|line| line.contains("**next step**"))
            .collect();
        assert!(!steps.is_empty());
        assert_eq!(
            marked.len(),
            steps.len(),
            "{client}: {steps:#?} {marked:#?}"
        );
        for step in steps {
            let told = marked
                .iter()
                .filter(|line| line.starts_with(&format!("| {step} (")));
            let told = told.count();
            assert_eq!(told, 1, "{client}: {step}");
        }
    }
}

#[test]
fn nothing_stands_before_what_it_needs() {
    let (md, _) = report("pellwick-shade");
    let roadmap = part(&md, " Roadmap", "## ");
    let actions: Vec<_> = roadmap
        .iter()
        .filter(|line| line.starts_with("| ") && line.contains('('))
        .collect();
    let mut after = 0;
    for (place, line) in actions.iter().enumerate() {
        let Some((_, needs)) = line.split_once("*After: ") else {
            continue;
        };
        let needs = needs.split('*').next().expect("a text");
        for need in needs.split("; ") {
            let at = actions
                .iter()
                .position(|other| other.starts_with(&format!("| {need} ")));
            assert!(
                at.is_none_or(|at| at < place),
                "{need} stands behind {line}"
            );
            after += 1;
        }
    }
    assert!(after > 0);
}

#[test]
fn the_roadmap_names_what_is_grave_and_what_comes_first() {
    for client in ["paper-mill", "golden-oat"] {
        let (md, _) = report(client);
        let result = format!("assess {ROOT}/tests/clients/{client} --format json");
        let result = Sandbox::new().run(&result);
        let result = result.exits(0).json();
        let list = |key: &str| result[key].as_array().expect("a list").clone();
        let roadmap = part(&md, " Roadmap", "## ").join("\n");
        let named = |action: &serde_json::Value| {
            let what = action["do"].as_str().expect("a text");
            roadmap.contains(&format!("| {what}"))
        };
        let (actions, causes) = (list("actions"), list("causes"));
        let grave = causes.iter().filter(|one| one["severity"] == "high");
        for cause in grave {
            let mut own = actions.iter().filter(|one| one["of"] == cause["id"]);
            assert!(own.all(named), "{client}: {}", cause["id"]);
        }
        for action in actions.iter().filter(|one| named(one)) {
            let after = action["after"].as_array().expect("a list");
            let mut first = actions.iter().filter(|one| after.contains(&one["work"]));
            assert!(first.all(named), "{client}: {}", action["do"]);
        }
        assert!(!roadmap.contains("more: see"), "{client}");
        let rest = roadmap
            .lines()
            .find(|line| line.starts_with("Also in this time"));
        let all = actions.iter().all(named);
        let waits =
            roadmap.contains("Work for levels after the next that no way below takes is left out.");
        assert!(rest.is_some() || all || waits, "{client}");
    }
}

#[test]
fn what_meets_a_gate_is_told_with_its_how_in_the_roadmap_and_leads_to_its_level() {
    let (md, html) = report("pellwick-shade");
    let gate = "Name one executive who answers for what customers meet, before anything is bought or reorganised";
    let roadmap = part(&md, " Roadmap", "## ");
    let row = |line: &&&str| line.starts_with(&format!("| {gate} (2.2)"));
    let row = roadmap.iter().find(row).expect("a row");
    assert!(row.starts_with(&format!("| {gate} (2.2). ")), "{row}");
    let next = part(&md, "### What to do next", "### ").join("\n");
    let step = next
        .lines()
        .find(|line| line.contains(gate))
        .expect("a step");
    assert!(step.ends_with("| 2.2 |"), "{step}");
    assert!(html.contains(">2.2</a>"));
}

#[test]
fn targets_show_their_phases_their_progress_and_where_scores_come_to() {
    let (md, html) = report("meridian-freight");
    for text in [&md, &html] {
        for words in [
            "What is aimed at",
            "Signed by every branch",
            "14 November 2025",
            "All targets",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }
    let aims = part(&md, "### What is aimed at", "## ").join("\n");
    assert!(
        aims.contains("| Rewards | 0.8, on 14 November 2025 | 1, agreed in place of 2.9 |"),
        "{aims}"
    );
    let leads = "It is not called for. What must become true next: “What a superior grants";
    assert!(aims.contains(leads), "{leads}");
    assert!(!aims.contains("Spread of the star"), "{aims}");
}

#[test]
fn a_target_on_what_is_not_called_for_is_marked_and_asked_about() {
    let (md, html) = report("meridian-freight");
    let aims = part(&md, "### What is aimed at", "## ").join("\n");
    assert!(
        aims.contains("| Power to commit (not called for) |"),
        "{aims}"
    );
    assert!(
        aims.contains("| Medium form: account managers with rights (not called for) |"),
        "{aims}"
    );
    assert!(!aims.contains("| Rewards (not called for)"), "{aims}");
    for text in [&aims, &html] {
        assert!(
            text.contains("settle whether its target still holds"),
            "{text}"
        );
    }
    let (md, _) = report("harbour-tools");
    let aims = part(&md, "### What is aimed at", "## ").join("\n");
    assert!(!aims.contains("target still holds"), "{aims}");
}

#[test]
fn the_shortest_way_of_the_report_is_that_of_the_command() {
    let (md, html) = report("harbour-tools");
    let path = format!("{ROOT}/tests/clients/harbour-tools");
    let run = Sandbox::new().run(&format!(
        "plan {path} --ladder organisation.built --format json"
    ));
    for step in run.exits(0).json()["steps"].as_array().expect("steps") {
        let label = step["label"].as_str().expect("a label");
        for text in [&md, &html] {
            let told = ["Raise", "Prove that", "Find out where"];
            let told = told.map(|word| format!("{word} “{label}”"));
            assert!(told.iter().any(|one| text.contains(one)), "{label}");
        }
    }
}

#[test]
fn a_ladder_without_a_way_is_told_with_the_reason() {
    let pack = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}scores:\n  m: {{ aggregate: mean, of: [a, b] }}\ngates:\n  shut: {{ title: \"The door is open\", when: {{ c: \">= 2\" }}, because: \"Nobody gets in\" }}\n\
         ladders:\n  l: {{ title: Rungs, of: m, levels: [ {{ id: low, title: Low }}, {{ id: top, title: Top, from: 3 }} ] }}\n",
        ratings(&["a", "b", "c"])
    );
    let report = |given: &str| {
        let answers = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [./p.yaml]\nanswers:\n  p: {{ {given} }}\n"
        );
        let sandbox = Sandbox::new()
            .file("p.yaml", &pack)
            .file("c.yaml", &answers);
        sandbox.run("report c.yaml --out r").exits(0);
        let read = |end: &str| sandbox.read(&format!("r/c.{end}"));
        (read("md"), read("html"))
    };
    let heading = "Where no steps lead on";
    let (md, html) = report("a: 4, b: 4, c: 1");
    assert!(md.contains(heading) && html.contains(heading), "{md}");
    let told = part(&md, heading, "#").join(" ");
    assert!(told.contains("- **Rungs**: "), "{told}");
    assert!(told.contains("Top"), "the level is named: {told}");
    let (md, html) = report("a: 2, b: 2, c: 1");
    assert!(!md.contains(heading) && !html.contains(heading), "{md}");
    // A gate no ladder reads is told all the same, and says where it stands.
    for page in [md, html] {
        assert!(page.contains("The door is open"));
        assert!(page.contains("What no level asks for"));
    }
}

#[test]
fn a_gate_that_does_not_apply_is_marked_in_the_rules_of_its_ladder() {
    let (md, html) = report("riverbank-transport");
    let wanted = "Margin is known at least by segment (does not apply here)";
    assert!(md.contains(wanted) && html.contains(wanted));
    let (md, html) = report("harbour-tools");
    assert!(!md.contains("(does not apply here)") && !html.contains("(does not apply here)"));
}

#[test]
fn outcomes_that_are_open_are_told_as_a_list() {
    let pack = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}decisions:\n  d:\n    outcomes: {{ x: \"one\", y: \"two\", z: \"three\" }}\n    inputs: [a]\n    hit_policy: unique\n    rules:\n\
         \u{20}     - {{ id: i, if: [\"< 1\"], then: x, because: l }}\n\
         \u{20}     - {{ id: j, if: [\"[1..3)\"], then: y, because: m }}\n\
         \u{20}     - {{ id: k, if: [\">= 3\"], then: z, because: h }}\n\
         findings:\n  f: {{ when: {{ b: \">= 1\" }}, kind: strength, severity: info, title: T, text: \"It is {{{{ outcome('d') }}}}.\" }}\n",
        ratings(&["a", "b"])
    );
    let told = |a: &str| {
        let answers = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [./p.yaml]\nanswers:\n  p: {{ b: 2{a} }}\n"
        );
        let sandbox = Sandbox::new()
            .file("p.yaml", &pack)
            .file("c.yaml", &answers);
        sandbox.run("assess c.yaml --format json").exits(0).stdout
    };
    assert!(told("").contains("It is ‘one’, ‘two’ or ‘three’."));
    assert!(told(", a: 2").contains("It is two."));
}
