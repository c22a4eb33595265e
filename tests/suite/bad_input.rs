//! Every bad input ends in a clear problem at its place, with the right exit code, in little
//! memory, and leaves nothing behind.

use std::fmt::Write as _;

use crate::sandbox::{Sandbox, answers, small_pack};

/// Checks a file of answers that cannot be used, by every command that reads it.
#[track_caller]
fn refused(text: impl AsRef<[u8]>, code: &str, place: &str) {
    let sandbox = Sandbox::new().file("a.yaml", text);
    let run = sandbox
        .run_small("check a.yaml")
        .exits(3)
        .prints(&format!("error[{code}]"));
    run.prints(place);
    let run = sandbox
        .run_small("assess a.yaml --format json")
        .exits(3)
        .says(code);
    assert_eq!(run.stdout, "");
    assert_eq!(sandbox.files(), ["a.yaml"]);
}

#[track_caller]
fn pack_refused(more: &str, code: &str, place: &str, words: &str) {
    let sandbox = Sandbox::new().file("small/pack.yaml", small_pack(more));
    for verb in ["check", "pack check"] {
        let run = sandbox.run_small(&format!("{verb} small")).exits(3);
        run.prints(&format!("error[{code}]"))
            .prints(place)
            .prints(words);
    }
    let text = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";
    let sandbox = sandbox.file("a.yaml", text);
    let run = sandbox.run("assess a.yaml").exits(3).says(code);
    assert_eq!(run.stdout, "");
}

#[test]
fn an_unknown_key() {
    refused(
        answers("").replace("client:", "clint:"),
        "unknown-key",
        "a.yaml:2:1",
    );
    refused(
        answers("power: { value: 1, nota: x }"),
        "unknown-key",
        "a.yaml:6:24",
    );
}

#[test]
fn an_unknown_id() {
    refused(
        answers("promis: 2"),
        "unknown-id",
        "did you mean `promise`?",
    );
    refused(
        answers("").replace("  organisation:", "  organization:"),
        "unknown-id",
        "a.yaml:5:3",
    );
}

#[test]
fn a_duplicate_key() {
    refused(
        answers("promise: 2\npromise: 3"),
        "duplicate-key",
        "a.yaml:7:5",
    );
}

#[test]
fn a_wrong_type() {
    refused(
        answers("").replace("[organisation]", "7"),
        "wrong-type",
        "a.yaml:3:8",
    );
    refused(
        answers("loss-known: \"true\"\nloss-share: many"),
        "wrong-type",
        "a.yaml:7:17",
    );
}

#[test]
fn a_tab_that_indents() {
    refused(
        answers("").replace("  organisation:", "\torganisation:"),
        "tab-indentation",
        "a.yaml:5:1",
    );
}

#[test]
fn text_that_is_not_utf_8() {
    refused(
        b"format: 1\nclient: { name: \xff }\n",
        "not-utf8",
        "in line 2",
    );
}

#[test]
fn an_empty_file() {
    refused("", "empty-file", "a.yaml");
    refused("# nothing yet\n", "empty-file", "a.yaml");
}

#[test]
fn several_documents() {
    refused(
        format!("{}---\n{}", answers("promise: 1"), answers("")),
        "several-documents",
        "a.yaml:7:1",
    );
}

#[test]
fn a_byte_order_mark_and_windows_lines_change_nothing() {
    let text = answers("promise: 2").replace('\n', "\r\n");
    let sandbox = Sandbox::new()
        .file("a.yaml", format!("\u{feff}{text}"))
        .file("b.yaml", answers("promise: 2"));
    sandbox.run("check a.yaml").exits(0).says("1 of 53");
    let (one, other) = (
        sandbox.run("assess a.yaml --format json"),
        sandbox.run("assess b.yaml --format json"),
    );
    assert_eq!(one.stdout, other.stdout);
    refused(
        format!("\u{feff}{}", answers("promise: 9").replace('\n', "\r\n")),
        "out-of-scale",
        "a.yaml:6:14",
    );
}

#[test]
fn brackets_and_dashes_without_end() {
    refused("[".repeat(20_000), "too-deep", "a.yaml:1:");
    refused(format!("{}x", "- ".repeat(10_000)), "too-deep", "a.yaml:1:");
}

#[test]
fn alias_bombs() {
    let mut exponential = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        let _ = writeln!(
            exponential,
            "a{level}: &a{level} [{}]",
            below.trim_end_matches(", ")
        );
    }
    refused(exponential, "too-many-aliases", "a.yaml:");
    let quadratic = format!(
        "a: &a \"{}\"\nb: [{}]\n",
        "x".repeat(100_000),
        "*a, ".repeat(20_000)
    );
    refused(quadratic, "too-many-aliases", "a.yaml:");
}

#[test]
fn a_file_of_50_mb() {
    refused("a: b\n".repeat(10 << 20), "file-too-large", "longer than");
    let mut text = answers("");
    text.push_str(&"#".repeat(50 << 20));
    let run = Sandbox::new().pipe("check -", &text[..9 << 20]);
    run.exits(3)
        .prints("file-too-large")
        .prints("standard input");
}

#[test]
fn numbers_that_are_none() {
    for number in [".nan", ".inf", "-.inf", "1e999"] {
        let text = answers(&format!("loss-known: true\nloss-share: {number}"));
        let sandbox = Sandbox::new().file("a.yaml", text);
        sandbox.run("check a.yaml").exits(3).prints("a.yaml:7:17");
    }
    let target = answers("power: { value: 1, target: .inf }");
    refused(target, "out-of-scale", "a.yaml:6:32");
    pack_refused(
        &scores("caring: { aggregate: mean, of: [care], weights: { care: .nan } }"),
        "not-finite",
        "pack.yaml:",
        ".nan",
    );
}

fn scores(lines: &str) -> String {
    let lines: String = lines.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    format!("scores:\n{lines}")
}

#[test]
fn scores_that_read_one_another() {
    let circle = scores(
        "one-way: { aggregate: mean, of: [other] }\nother: { aggregate: mean, of: [one-way] }",
    );
    pack_refused(&circle, "cycle", "small/pack.yaml:14:", "one-way");
}

fn table(rules: &[(&str, &str)]) -> String {
    let mut lines = String::new();
    for (id, test) in rules {
        let _ = writeln!(
            lines,
            "      - {{ id: {id}, if: [\"{test}\"], then: few, because: \"x\" }}"
        );
    }
    format!(
        "decisions:\n  call:\n    title: \"Call\"\n    outcomes: [few, many]\n    inputs: [care]\n    hit_policy: unique\n    rules:\n{lines}"
    )
}

#[test]
fn a_table_with_a_gap() {
    pack_refused(
        &table(&[("low", "< 2"), ("high", "> 2")]),
        "table-gap",
        "small/pack.yaml:16:",
        "care",
    );
}

#[test]
fn a_table_with_an_overlap() {
    pack_refused(
        &table(&[("low", "<= 2"), ("high", ">= 2")]),
        "table-overlap",
        "small/pack.yaml:",
        "low",
    );
}

#[test]
fn a_finding_whose_text_loops() {
    let finding = |text: &str| {
        format!(
            "findings:\n  fine: {{ when: {{ care: \">= 1\" }}, kind: gap, severity: low, title: \"Fine\", text: \"{text}\" }}\n"
        )
    };
    for text in [
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        "{{ 1 / 0 }}",
        "{{ nothing }}",
    ] {
        pack_refused(
            &finding(text),
            "invalid-template",
            "small/pack.yaml:14:",
            "",
        );
    }
}

#[test]
fn paths_that_cannot_be_read() {
    let sandbox = Sandbox::new().file(
        "a.yaml",
        "format: 1\nclient: { name: A }\npacks: [/etc, ../../../../etc, \"\", .]\n",
    );
    let run = sandbox.run("check a.yaml").exits(3).prints("unknown-pack");
    assert_eq!(
        run.stdout.matches("error[unknown-pack]").count(),
        4,
        "{run:?}"
    );
    sandbox
        .run("assess /proc/self/mem")
        .exits(1)
        .says("cannot read");
    sandbox
        .run("init a.yaml/inside")
        .exits(1)
        .says("cannot write");
    sandbox
        .run("init /proc/nothing")
        .exits(1)
        .says("cannot write");
    assert_eq!(sandbox.files(), ["a.yaml"]);
}

#[test]
fn what_a_client_typed_cannot_steer_the_terminal() {
    let text = answers("promise: { value: 9, note: \"x\" }")
        .replace("name: Acme", "name: \"Acme \\e[2J\\u0007\"");
    Sandbox::new()
        .pipe("check -", &text)
        .exits(3)
        .never("\u{1b}")
        .never("\u{7}");
    let text = text
        .replace("value: 9", "value: 2")
        .replace("note: \"x\"", "note: \"\\e[2J\"");
    Sandbox::new()
        .pipe("assess -", &text)
        .exits(0)
        .prints("Acme")
        .never("\u{1b}")
        .never("\u{7}");
    Sandbox::new()
        .pipe("explain - promise", &text)
        .exits(0)
        .never("\u{1b}");
}
