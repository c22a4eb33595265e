//! Letters that steer what shows them: in no output of a terminal, a page, a document or a table, and
//! in JSON as escapes. CSV keeps what looks like a formula apart.

use crate::sandbox::{Run, Sandbox, answers};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Each as YAML escapes it: ESC, BEL, BS, DEL, CSI, NEL, OSC, two that turn the direction of writing,
/// two that are no letters.
const LETTERS: [&str; 11] = [
    "\\e", "\\a", "\\b", "\\x7f", "\\u009b", "\\u0085", "\\u009d", "\\u202e", "\\u2067", "\\ufffe",
    "\\uffff",
];

/// A pack in which every text is one of these.
fn pack() -> String {
    let text = r#"format: 1
id: evil
version: 1.0.0
title: <title>
about: <about>
credit: <credit>
headline: whole
sections:
  one:
    title: <section>
    intro: <intro>
    questions:
      care:
        type: rating
        ask: <ask `code>
        label: <label>
        help: <help>
        why: <why>
        evidence: <evidence>
        anchors: { 0: <none>, 1: <little>, 2: <some>, 3: <much>, 4: <full> }
      way:
        type: select_one
        ask: <which>
        choices: [{ value: a, label: <first> }, { value: b, label: <second> }]
      said: { type: text, ask: <say> }
scores:
  whole: { title: <score>, aggregate: mean, of: [care] }
ladders:
  level:
    title: <level>
    of: whole
    levels:
      - { id: low, title: <low>, text: <meaning> }
      - { id: high, title: <high>, text: <meaning>, from: 3.6 }
findings:
  f:
    when: { care: "at most 3" }
    kind: gap
    severity: high
    title: <finding>
    text: <text **bold** [link](https://a.b)>
    advice:
      - { id: go, do: <do this>, how: <step>, raises: { care: 4 }, effort: low, impact: high, within: 90d }
glossary:
  word: <meaning>
"#;
    evil(text)
}

/// A text with what steers at the end of each part in pointed brackets.
fn evil(text: &str) -> String {
    text.replace('<', "\"")
        .replace('>', &format!(" {}31m\"", LETTERS.concat()))
        .replace("at most", "<=")
}

fn sandbox() -> Sandbox {
    let own = evil(
        "format: 1\nclient: { name: <client>, unit: <unit> }\npacks: [evil]\nanswers:\n  evil:\n    \
        care: { value: 2, note: <note>, owner: <owner>, target: 3, evidence: { grade: document, ref: <ref> } }\n    \
        way: a\n    said: <=said>\n",
    );
    let later = own.replace("value: 2", "value: 3");
    let many = own.split("answers:").next().expect("a head");
    let many = format!("{many}respondents: {{ anonymous: false, closed_on: 2027-01-01 }}\n");
    let response = |name: &str, value: u8| {
        evil(&format!(
            "format: 1\nrespondent: {name}\nrole: frontline\npacks: [evil@1.0.0]\nanswers:\n  evil:\n    \
            care: {{ value: {value}, note: <note> }}\n    said: <said>\n"
        ))
    };
    let policy =
        evil("format: 1\nrules:\n  - { score: evil.whole, index: 90, because: <because> }\n");
    Sandbox::new()
        .file("packs/evil/pack.yaml", pack())
        .file("a/assessment.yaml", own)
        .file("b/assessment.yaml", later)
        .file("many/assessment.yaml", many)
        .file("many/responses/anna.yaml", response("anna", 0))
        .file("many/responses/berta.yaml", response("berta", 4))
        .file("policy.yaml", policy)
        .file("centricity.yaml", "format: 1\npacks: [packs]\n")
}

/// Nothing in a text steers what shows it.
#[track_caller]
fn still(name: &str, text: &str) {
    let turns = |one| matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let steers = |one: char| turns(one) || (one.is_control() && !matches!(one, '\n' | '\r' | '\t'));
    let found = text.char_indices().find(|(_, one)| steers(*one));
    let around = found.map(|(at, one)| {
        let from = text.floor_char_boundary(at.saturating_sub(80));
        format!("U+{:04X} in …{}", u32::from(one), &text[from..at])
    });
    assert_eq!(around, None, "{name}");
}

/// A run that prints nothing which steers.
fn printed(sandbox: &Sandbox, command: &str) -> Run {
    let run = sandbox.run(command);
    still(command, &run.stdout);
    still(command, &run.stderr);
    run
}

#[test]
fn no_letter_that_steers_reaches_a_terminal() {
    let sandbox = sandbox();
    for command in [
        "check .",
        "check a",
        "check packs/evil",
        "check . --format json",
        "check . --format sarif",
        "assess a",
        "assess a --format json",
        "explain a evil.whole",
        "explain a evil.care",
        "explain a evil.f --format json",
        "plan a",
        "plan a --format md",
        "plan a --format json",
        "compare a b",
        "compare a b --format md",
        "compare a b --format html",
        "compare a b --format json",
        "gate a --policy policy.yaml",
        "gate a --policy policy.yaml --format md",
        "gate a --policy policy.yaml --format junit",
        "gate a --policy policy.yaml --format sarif",
        "gate a --policy policy.yaml --format json",
        "gate a --policy policy.yaml --format badge",
        "sheet many --all",
        "sheet many --all --format html",
        "form a --role frontline",
        "export a --format csv",
        "export many --format responses",
        "portfolio .",
        "portfolio . --format html",
        "portfolio . --format json",
        "portfolio . --format ndjson",
        "pack list",
        "pack show evil",
        "pack lint packs/evil",
        "pack test packs/evil",
        "schema answers --pack evil",
        "init new --pack evil",
        "migrate a --dry-run",
        "assess many",
        "check many",
    ] {
        let run = printed(&sandbox, command);
        assert!(
            run.code != 2 && run.stdout.len() + run.stderr.len() > 15,
            "{run:?}"
        );
    }
    let run = sandbox.pipe("ask a", "?\n\n\n\n\nq\n");
    still("ask", &run.stdout);
    still("ask", &run.stderr);
}

#[test]
fn no_letter_that_steers_reaches_a_page_a_document_or_a_table() {
    let sandbox = sandbox();
    sandbox
        .run("report a --out out --detail all --format html,md,docx,xlsx,json,context")
        .exits(0);
    sandbox
        .run("portfolio . --out all --format html,md,json,csv,xlsx,ndjson --reports html,md")
        .exits(0);
    sandbox
        .run("export a --format xlsx --out book.xlsx")
        .exits(0);
    sandbox
        .run("export a --format xlsform --out form.xlsx")
        .exits(0);
    let mut seen = 0;
    for file in sandbox
        .files()
        .iter()
        .filter(|file| std::path::Path::new(file).extension() != Some("yaml".as_ref()))
    {
        let bytes = std::fs::read(sandbox.path(file)).expect("a file");
        if bytes.starts_with(b"PK") {
            archive(file, &bytes);
        } else {
            still(file, &String::from_utf8(bytes).expect("text"));
        }
        seen += 1;
    }
    assert!(seen > 15, "{:?}", sandbox.files());
}

/// The parts of an archive, and of workbooks in it. XML may not hold control characters at all, and what
/// stands for them in cells is no better.
#[track_caller]
fn archive(name: &str, bytes: &[u8]) {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let name = format!("{name}: {}", part.name().expect("a name"));
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        if bytes.starts_with(b"PK") {
            self::archive(&name, &bytes);
        } else if let Ok(text) = String::from_utf8(bytes) {
            still(&name, &text);
            assert!(
                !text.contains("_x001B_") && !text.contains("_x0007_"),
                "{name}"
            );
        }
    }
}

#[test]
fn json_holds_what_was_written() {
    let run = sandbox().run("assess a --format json").exits(0);
    let name = "client \u{1b}\u{7}\u{8}\u{7f}\u{9b}\u{85}\u{9d}\u{202e}\u{2067}\u{fffe}\u{ffff}31m";
    assert_eq!(run.json()["client"]["name"], name);
    assert!(run.stdout.contains("\\u009b") && run.stdout.contains("\\u202e"));
    let run = sandbox().run("portfolio . --format ndjson").exits(0);
    let line = run.stdout.lines().next().expect("a line");
    let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(row["client"], name);
}

#[test]
fn check_tells_of_texts_with_such_letters_and_where() {
    let text = answers(
        "promise: { value: 3, note: \"a\\u202eb\" }\nteams: { value: 2, note: \"a\\nb\\tc\" }",
    );
    let sandbox = Sandbox::new().file("acme/assessment.yaml", text);
    sandbox
        .run("check acme")
        .exits(0)
        .prints("warning[unprintable]: this text holds U+202E")
        .prints("assessment.yaml:6:")
        .prints("a space stands in its place")
        .says("1 warning");
    // Elsewhere it is no news.
    sandbox.run("assess acme").exits(0).never("unprintable");
    let raw = answers("promise: { value: 3, note: \"a\u{9b}31mb\" }");
    let sandbox = Sandbox::new().file("acme/assessment.yaml", raw);
    sandbox.run("check acme").exits(0).prints("U+009B");
    // Of responses no more than that there is one, and where.
    let response = "format: 1\nrespondent: anna\nrole: frontline\npacks: [organisation]\nanswers:\n  organisation:\n    promise: { value: 3, note: \"sesame \\u009b\" }\n";
    let sandbox = Sandbox::new()
        .file(
            "acme/assessment.yaml",
            answers("").replace(
                "answers:\n  organisation:\n",
                "respondents: { anonymous: false }\n",
            ),
        )
        .file("acme/responses/anna.yaml", response);
    sandbox
        .run("check acme")
        .exits(0)
        .prints("warning[unprintable]: a text holds a letter that cannot be printed")
        .prints("anna.yaml:7")
        .never("sesame");
}

#[test]
fn names_of_files_steer_nothing() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", answers("promise: 3"));
    let path = sandbox.path("acme/responses/\u{1b}[31m\u{9b}x\u{202e}.yaml");
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, "format: 2\n").expect("a file");
    for command in [
        "check acme",
        "assess acme",
        "check acme --format json",
        "portfolio .",
        "migrate acme",
    ] {
        printed(&sandbox, command);
    }
}

#[test]
fn what_begins_like_a_formula_comes_back_as_it_was() {
    let notes = [
        "=1",
        "'=1",
        "''=1",
        "+1",
        "-1",
        "@a",
        "\n=1",
        "\r=1",
        "\t=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "'＝1",
        " =1",
        "\u{a0}=1",
        "\u{3000}-1",
        "plain",
        "'quoted'",
        "''",
    ];
    for note in notes {
        let response = format!(
            "format: 1\nrespondent: anna\nrole: frontline\npacks: [organisation]\nanswers:\n  organisation:\n    promise: {{ value: 3, note: {} }}\n",
            serde_json::Value::from(note)
        );
        let sandbox = Sandbox::new()
            .file(
                "acme/assessment.yaml",
                answers("").replace(
                    "answers:\n  organisation:\n",
                    "respondents: { anonymous: false }\n",
                ),
            )
            .file("acme/responses/anna.yaml", &response);
        let table = sandbox
            .run("export acme --format responses")
            .exits(0)
            .stdout;
        let begins = note
            .trim_start_matches(['\'', ' ', '\u{a0}', '\u{3000}'])
            .starts_with(['=', '+', '-', '@', '\n', '\r', '\t', '＝', '＋', '－', '＠']);
        let cell = if begins {
            format!("'{note}")
        } else {
            note.to_owned()
        };
        let cell = if cell.contains(['\n', '\r', '\t']) {
            format!("\"{cell}\"")
        } else {
            cell
        };
        assert!(table.contains(&format!(",{cell},")), "{note:?}: {table}");
        let sandbox = sandbox.file("t.csv", table);
        sandbox.run("import t.csv --into acme --replace").exits(0);
        let text = sandbox.read("acme/responses/anna.yaml");
        let again = sandbox
            .run("export acme --format responses")
            .exits(0)
            .stdout;
        assert_eq!(again, sandbox.read("t.csv"), "{note:?}: {text}");
    }
}
