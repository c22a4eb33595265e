//! Files and packs made so that work, memory or a stack would grow with the square of what they hold,
//! or without end: each is read soon, or refused at its place.

use crate::questionnaire::{acme, imported};
use crate::sandbox::{Run, Sandbox, answers, sample, small_pack};
use crate::workbooks::small;
use crate::workshop::rating;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Runs a command that has to end soon; a second of a fast machine is many of a busy one.
#[track_caller]
fn soon(sandbox: &Sandbox, arguments: &str) -> Run {
    let begun = Instant::now();
    let run = sandbox.run_small(arguments);
    assert!(begun.elapsed() < Duration::from_secs(15), "{run:?}");
    run
}

/// An assessment over the pack `small` beside it.
fn over_small(pack: &str, answers: &str) -> Sandbox {
    Sandbox::new().file("acme/small/pack.yaml", pack).file(
        "acme/assessment.yaml",
        format!(
            "format: 1\nclient: {{ name: A }}\npacks: [./small]\nanswers: {{ small: {{ {answers} }} }}\n"
        ),
    )
}

#[test]
fn migrate_refuses_what_is_nested_and_goes_once_through_a_long_line() {
    let deep = format!(
        "format: 1\nquestions:\n  x:\n    {}x\n",
        "- ".repeat(10_000)
    );
    let many = format!(
        "format: 1\nquestions:\n  x: [{}]\n",
        "[       ],".repeat(90_000)
    );
    let sandbox = Sandbox::new()
        .file("deep.mapping.yaml", deep)
        .file("many.mapping.yaml", many);
    soon(&sandbox, "migrate deep.mapping.yaml")
        .exits(3)
        .says("too-deep")
        .says("deep.mapping.yaml:4");
    soon(&sandbox, "migrate many.mapping.yaml").exits(0);
}

#[test]
fn columns_of_a_table_of_customers_are_told_of_a_hundred_times() {
    let client = answers("").replace("client:", "customers: customers.csv\nclient:");
    let names = (0..9_998).fold("customer,margin".to_owned(), |mut text, one| {
        write!(text, ",margim{one}").expect("text");
        text
    });
    let known = format!("customer{}\n", ",margin".repeat(9_999));
    let sandbox = Sandbox::new()
        .file("a/assessment.yaml", &client)
        .file("a/customers.csv", format!("{names}\n"))
        .file("b/assessment.yaml", &client)
        .file("b/customers.csv", known);
    soon(&sandbox, "check a")
        .exits(3)
        .prints("the column `margim99` is not used")
        .prints("9898 further columns are not used")
        .never("margim100`");
    soon(&sandbox, "check b")
        .exits(3)
        .prints("the table has more than 100 problems");
    let sandbox = sandbox.file("b/customers.csv", ",".repeat(8 << 20));
    soon(&sandbox, "check b")
        .exits(3)
        .prints("a line of the customer table has more than 10000 cells");
}

/// A report by a template of the user's.
#[track_caller]
fn template(text: &str) -> Run {
    let sandbox = Sandbox::new()
        .file("harbour/assessment.yaml", sample())
        .file("mine/report/full.md", text);
    sandbox.run("report harbour --out out --format md --templates mine")
}

#[test]
fn a_template_with_a_tag_or_cases_without_end_is_refused() {
    let sum = format!("x\n{{{{ 1{} }}}}", "+1".repeat(40_000));
    let chosen = format!("x\n{{{{ 1{} }}}}", " if 1 else 1".repeat(40_000));
    let negated = format!("x\n{{{{ {}1 }}}}", "not ".repeat(40_000));
    for text in [&sum, &chosen, &negated] {
        template(text)
            .exits(1)
            .says("template `report/full.md`, line 2: a tag holds more than 8000 bytes");
    }
    let cases = "{% elif false %}\n".repeat(20_000);
    template(&format!("{{% if false %}}\n{cases}{{% endif %}}"))
        .exits(1)
        .says("line 502: there are more than 500 cases with `elif`");
    template(&format!(
        "{{{{ {}1{} }}}}",
        "[".repeat(40_000),
        "]".repeat(40_000)
    ))
    .exits(1);
    // What is long and in bounds, and signs of an end in quotes and comments, are as before.
    let long = format!(
        "{{# {} #}}{{{{ '}}}}{}' }}}}",
        "x".repeat(10_000),
        "y".repeat(7_000)
    );
    template(&long).exits(0);
    template(&format!("{{{{ 1{} }}}}", "+1".repeat(3_900))).exits(0);
}

#[test]
fn a_text_calls_no_more_than_two_hundred_times() {
    let label = "x".repeat(990);
    let pack = |calls: usize| {
        let text = "{{ answer('care') }}".repeat(calls);
        let pack = small_pack(&format!(
            "findings:\n  told: {{ when: {{ care: \">= 1\" }}, kind: gap, severity: low, title: T, text: \"{text}\" }}\n"
        ));
        pack.replace("\"some\"", &format!("\"{label}\""))
    };
    soon(&over_small(&pack(60_000), "care: 2"), "check acme")
        .exits(3)
        .prints("invalid-template")
        .prints("the text makes more than 200 calls");
    soon(&over_small(&pack(200), "care: 2"), "check acme").exits(0);
}

#[test]
fn rows_with_nothing_in_them_take_no_memory() {
    let head = "<row><c t=\"str\"><v>respondent</v></c><c t=\"str\"><v>care</v></c></row>";
    let rows = format!(
        "<sheetData>{head}{}</sheetData>",
        "<row/>".repeat(1_500_000)
    );
    let sandbox = acme().file("t.xlsx", small(rows.as_bytes(), b"<sst/>"));
    soon(&sandbox, "import t.xlsx --into acme").never("out of memory");
}

#[test]
fn a_value_of_a_megabyte_is_quoted_in_part() {
    let value = "x".repeat(1_000_000);
    let sandbox = Sandbox::new().file(
        "acme/assessment.yaml",
        answers(&format!("promise: {value}")),
    );
    let run = soon(&sandbox, "check acme").exits(3).prints("xxx…`");
    assert!(run.stdout.len() < 5_000, "{}", run.stdout.len());
    let problems = sandbox.run("check acme --format json").exits(3);
    assert!(problems.stdout.len() < 5_000, "{}", problems.stdout.len());
}

#[test]
fn a_pack_that_is_named_thousands_of_times_is_one_problem() {
    let named = vec!["organisation"; 16_000].join(", ");
    let text = format!("format: 1\nclient: {{ name: A }}\npacks: [{named}]\nanswers: {{}}\n");
    let sandbox = Sandbox::new().file("acme/assessment.yaml", text);
    soon(&sandbox, "check acme")
        .exits(3)
        .prints("the pack `organisation` is asked for twice")
        .says("1 error");
}

/// A pack of so many questions in sections of a size, with one score over all and a ladder.
fn pack_of(count: usize, size: usize, aggregate: &str) -> (String, String) {
    let mut pack =
        "format: 1\nid: small\nversion: 1.0.0\ntitle: Big\nheadline: level\nsections:\n".to_owned();
    let mut given = String::new();
    let sections = count / size;
    for section in 0..sections {
        writeln!(
            pack,
            "  s{section}:\n    title: S\n    score: {{ aggregate: {aggregate} }}\n    questions:"
        )
        .expect("text");
        for question in 0..size {
            let id = format!("q{section}-{question}");
            pack.push_str(&rating(&id, ""));
            write!(given, "{id}: {}, ", (section + question) % 5).expect("text");
        }
    }
    let of: Vec<String> = (0..sections).map(|one| format!("s{one}")).collect();
    writeln!(pack, "scores:\n  whole: {{ title: W, aggregate: {aggregate}, of: [{}] }}\nladders:\n  level: {{ of: whole, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 60 }} ] }}", of.join(", ")).expect("text");
    (pack, given)
}

#[test]
fn a_ladder_over_one_section_of_many_questions_is_climbed_soon() {
    let (pack, given) = pack_of(2_000, 2_000, "geometric");
    let (sections, _) = pack.split_once("scores:\n").expect("scores");
    let ladder = "ladders:\n  level: { of: s0, measure: index, levels: [ { id: low, title: Low }, { id: high, title: High, from: 60 } ] }\n";
    let sandbox = over_small(&format!("{sections}{ladder}"), &given);
    soon(&sandbox, "assess acme").exits(0);
    soon(&sandbox, "compare acme acme").exits(0);
}

#[test]
fn ids_that_moved_ten_thousand_times_are_refused_soon() {
    let mut pack = format!(
        "format: 1\nid: small\nversion: 1.0.0\ntitle: M\nsections:\n  s:\n    title: S\n    questions:\n{}moved:\n",
        rating("q", "")
    );
    for one in 0..10_000 {
        writeln!(pack, "  m{one}: m{}", one + 1).expect("text");
    }
    pack.push_str("  m10000: q\n");
    let sandbox = Sandbox::new().file("small/pack.yaml", pack);
    soon(&sandbox, "pack check small")
        .exits(3)
        .prints("leads through more than 100 ids");
}

#[test]
fn a_survey_of_millions_of_faulty_rows_is_read_no_further_than_it_may_be_long() {
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", answers(""))
        .file(
            "s.csv",
            "respondent,role,promise\n".to_owned() + &"x\n".repeat(5_000_000),
        );
    soon(&sandbox, "import s.csv --into acme")
        .exits(3)
        .says("holds more than 250,000 rows");
}

#[test]
fn a_spread_takes_as_long_as_it_has_parts() {
    let (pack, given) = pack_of(1_000, 10, "spread");
    soon(&over_small(&pack, &given), "plan acme").exits(0);
}

#[test]
fn questions_of_many_choices_are_planned_soon() {
    let choices: Vec<String> = (0..64)
        .map(|one| format!("{{ value: v{one}, label: L{one}, score: {one} }}"))
        .collect();
    let mut pack = "format: 1\nid: small\nversion: 1.0.0\ntitle: M\nheadline: level\nsections:\n  s:\n    title: S\n    score: { aggregate: mean, normalise: true }\n    questions:\n".to_owned();
    let mut given = String::new();
    for one in 0..100 {
        writeln!(
            pack,
            "      q{one}: {{ type: select_multiple, ask: \"?\", choices: [ {} ], measure: sum }}",
            choices.join(", ")
        )
        .expect("text");
        write!(given, "q{one}: [v1, v2], ").expect("text");
    }
    pack.push_str("ladders:\n  level: { of: s, measure: index, levels: [ { id: low, title: Low }, { id: high, title: High, from: 60 } ] }\n");
    soon(&over_small(&pack, &given), "plan acme").exits(0);
}

#[test]
fn a_plan_over_a_chain_of_a_thousand_questions_ends_soon() {
    let mut pack = "format: 1\nid: small\nversion: 1.0.0\ntitle: C\nheadline: level\nsections:\n  s:\n    title: S\n    score: { aggregate: mean }\n    questions:\n".to_owned();
    let mut given = String::new();
    for one in 0..1_000 {
        let before = match one {
            0 => String::new(),
            _ => format!("relevant: {{ q{}: \">= 1\" }}", one - 1),
        };
        pack.push_str(&rating(&format!("q{one}"), &before));
        if one < 300 {
            write!(given, "q{one}: 1, ").expect("text");
        }
    }
    pack.push_str("ladders:\n  level: { of: s, measure: index, levels: [ { id: low, title: Low }, { id: high, title: High, from: 60 } ] }\n");
    soon(&over_small(&pack, &given), "plan acme").exits(0);
}

#[test]
fn a_pack_of_more_than_people_write_is_refused() {
    let (pack, _) = pack_of(2_001, 2_001, "mean");
    let sandbox = Sandbox::new().file("small/pack.yaml", pack);
    soon(&sandbox, "pack check small")
        .exits(3)
        .prints("the pack holds 2001 questions, and may hold 2000");
    let scores = (0..2_001).fold("scores:\n".to_owned(), |mut text, one| {
        writeln!(
            text,
            "  x{one}: {{ title: X, aggregate: mean, of: [care] }}"
        )
        .expect("text");
        text
    });
    let sandbox = Sandbox::new().file("small/pack.yaml", small_pack(&scores));
    soon(&sandbox, "pack check small")
        .exits(3)
        .prints("and gates, and may hold 2000");
}

#[test]
fn a_table_of_many_rules_is_proven_over_fewer_combinations() {
    let inputs: Vec<String> = (0..20).map(|one| format!("q0-{one}")).collect();
    let (mut pack, _) = pack_of(20, 20, "mean");
    write!(pack, "decisions:\n  d:\n    title: D\n    outcomes: [x, y]\n    inputs: [{}]\n    hit_policy: first\n    rules:\n", inputs.join(", ")).expect("text");
    for rule in 0..250_usize {
        let cells: Vec<&str> = (0..20)
            .map(|column| {
                if rule >> (column % 8) & 1 == 1 {
                    "\"-\""
                } else {
                    "\">= 2\""
                }
            })
            .collect();
        writeln!(
            pack,
            "      - {{ id: r{rule}, if: [{}], then: x, because: b }}",
            cells.join(", ")
        )
        .expect("text");
    }
    let sandbox = Sandbox::new().file("small/pack.yaml", pack);
    soon(&sandbox, "pack check small")
        .exits(3)
        .prints("table-too-large");
}

#[test]
fn the_weight_of_a_role_stays_in_bounds() {
    let text = answers("promise: 2").replace(
        "client:",
        "respondents: { weights: { management: 1e308 } }\nclient:",
    );
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", text)
        .file("acme/responses/r1.yaml", "format: 1\nrespondent: r1\nrole: management\npacks: [organisation]\nanswers: { organisation: { promise: 1 } }\n");
    sandbox
        .run("check acme")
        .exits(3)
        .prints("the weight of a role is above 0 and at most 1,000,000");
}

#[test]
fn words_that_would_mean_another_answer_come_back_as_words() {
    for said in [
        "n/a",
        "unknown",
        "'n/a: sure",
        "N/A : no",
        "I cannot say",
        "=n/a",
    ] {
        let response = format!(
            "format: 1\nrespondent: anna\nrole: frontline\npacks: [ours]\nanswers:\n  ours:\n    care: 3\n    story: {said:?}\n"
        );
        let sandbox = acme().file("acme/responses/anna.yaml", response);
        let table = sandbox.run("export acme --format responses").exits(0);
        let (again, run) = imported(&table.stdout, "");
        run.exits(0);
        let text = again.read("acme/responses/anna.yaml");
        assert!(
            text.contains(&format!("story: {said:?}\n")),
            "{said}: {text}"
        );
    }
}

#[test]
fn an_ignore_file_that_is_there_is_left_and_what_it_lacks_is_said() {
    for (own, lacks) in [("*.tmp\n", true), ("/responses/\n", false), ("*\n", false)] {
        let sandbox = Sandbox::new().file("acme/.gitignore", own);
        let run = sandbox.run("init acme --pack organisation").exits(0);
        let said = run
            .stderr
            .contains("acme/.gitignore is there already and keeps `responses/` in git");
        assert_eq!(said, lacks, "{run:?}");
        assert_eq!(sandbox.read("acme/.gitignore"), own);
    }
}
