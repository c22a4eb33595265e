//! The pages of a history: what clients typed stays text, curves say what they show, lines fit.

use crate::history::{ANCHORS, PATH, all, assessment, on, pack, through};
use crate::revisions::{commit, git};
use crate::sandbox::Sandbox;

fn page(sandbox: &Sandbox, format: &str) -> String {
    let run = sandbox.run(&format!("history clients/acme --format {format}"));
    run.exits(0).stdout
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> Vec<&'t str> {
    let parts = text.split(begin).skip(1);
    parts.filter_map(|part| part.split(end).next()).collect()
}

/// Cells of the rows of a Markdown table that begin with a day, the newest first.
fn rows(text: &str, day: &str) -> Vec<String> {
    let row = text
        .lines()
        .find(|line| line.starts_with(&format!("| {day} |")));
    let cells = row.expect(day).trim_matches('|').split('|');
    cells.map(|cell| cell.trim().to_owned()).collect()
}

fn year() -> Sandbox {
    through(&[
        on("2026-01-01", &all("1")),
        on("2026-03-01", &all("2")),
        ("2026-07-01", assessment("basis: evidenced\n", &all("2"))),
        (
            "2026-12-31",
            assessment("basis: evidenced\n", "a: 2, b: 1, c: 1, d: unknown"),
        ),
    ])
}

#[test]
fn a_curve_breaks_where_the_basis_changed() {
    let page = page(&year(), "html");
    let line = between(&page, "<path class=\"curve\" d=\"", "\"")[0];
    assert_eq!(line.matches('M').count(), 2, "{line}");
    assert!(
        line.starts_with("M2 75L"),
        "the index counts from the bottom: {line}"
    );
    assert!(between(&page, "<path class=\"room\" d=\"", "\"")[0].ends_with('Z'));
    assert_eq!(page.matches("<circle class=\"dot").count(), 4);
    assert!(page.contains("class=\"turn basis\""));
    let rungs = between(&page, "<svg class=\"rungs\"", "</svg>")[0];
    let labels = between(rungs, "y=\"17\">", "<");
    assert_eq!(labels, ["1", "2", "1"]);
}

#[test]
fn no_line_of_the_terminal_is_wider_than_eighty_columns() {
    let text = year().run("history clients/acme").exits(0).stdout;
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(text.contains("mark 1"), "{text}");
}

#[test]
fn what_clients_and_files_are_called_stays_text() {
    let hostile = "<script>alert(1)</script>[x](javascript:y)\u{1b}[31m|";
    let name = format!("client: {{ name: {:?} }}", hostile.replace('\u{1b}', "\\e"))
        .replace("\\\\e", "\\e");
    let sandbox = through(&[on("2026-01-01", &all("1"))]);
    let folder = "clients/<u>\n| *x*";
    let text = assessment("", &all("1")).replace("client: { name: Acme }", &name);
    let sandbox = sandbox.file(&format!("{folder}/assessment.yaml"), text);
    git(&sandbox, "", &["rm", "-q", "-r", "clients/acme"]);
    commit(&sandbox, "2026-01-02");
    let broken = sandbox.file(&format!("{folder}/assessment.yaml"), "a: [<s>");
    commit(&broken, "2026-01-03");
    for (format, bad) in [
        ("html", &["<script", "<u>", "<s>"][..]),
        ("md", &["<script", "<u>", "[x](", "\u{1b}"]),
        ("text", &["\u{1b}"]),
        ("json", &["\u{1b}"]),
    ] {
        let output =
            crate::sandbox::command(&broken.path(""), &format!("history --format {format}"))
                .arg(folder)
                .output()
                .expect("the binary runs");
        assert_eq!(output.status.code(), Some(0), "{format}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        for bad in bad {
            assert!(!text.contains(bad), "{format}: {bad}\n{text}");
        }
        assert!(text.contains("alert"), "{format}");
    }
}

#[test]
fn a_page_needs_nothing_beside_it_and_has_a_table_for_every_curve() {
    let sandbox = year();
    let page = sandbox
        .run("history clients/acme --format html")
        .exits(0)
        .stdout;
    assert_eq!(page.matches("<figure class=\"timeline\"").count(), 1);
    assert_eq!(page.matches("<th scope=\"col\">Revision</th>").count(), 2);
    for outside in ["http://", "https://", "<script", "<link", "NaN"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for titled in page.split("role=\"img\">").skip(1) {
        assert!(
            titled.starts_with("<title>"),
            "every drawing says what it shows"
        );
    }
}

#[test]
fn a_file_is_written_as_its_name_says_and_never_over_another() {
    let sandbox = year();
    sandbox
        .run("history clients/acme --out h.html")
        .exits(0)
        .says("wrote h.html");
    assert!(sandbox.read("h.html").starts_with("<!DOCTYPE html>"));
    sandbox
        .run("history clients/acme --out h.html")
        .exits(1)
        .says("already there");
    sandbox
        .run("history clients/acme --out h.html --format md --force")
        .exits(0);
    assert!(sandbox.read("h.html").starts_with("# Over time: Acme"));
}

#[test]
fn templates_of_the_user_come_first() {
    let sandbox = year().file(
        "mine/report/history.md",
        "{{ title }}: {{ history.ladders|length }}\n",
    );
    let run = sandbox.run("history clients/acme --format md --templates mine");
    assert_eq!(run.exits(0).stdout, "Acme: 1\n");
}

#[test]
fn too_few_answers_are_marked_wherever_they_stand() {
    let sandbox = through(&[on("2026-01-01", &all("1")), on("2026-02-01", "a: 1, b: 2")]);
    assert!(page(&sandbox, "html").contains("<circle class=\"dot weak\""));
    let row = rows(&page(&sandbox, "md"), "2026-02-01");
    assert_eq!(row[3], r"38\* (19 to 69)");
    assert_eq!(row[4], "too few answers for a verdict (50 %)");
    assert_eq!(rows(&page(&sandbox, "md"), "2026-01-01")[3], "25");
}

#[test]
fn scores_under_a_ladder_stand_below_its_own() {
    let floor = format!(
        "format: 1\nid: small\nversion: 1.0.0\ntitle: \"Small\"\nsections:\n  one:\n    title: \"One: first\"\n    score: {{ aggregate: mean }}\n    questions:\n      a: {{ {ANCHORS} }}\n      b: {{ {ANCHORS} }}\n  two:\n    title: \"Two\"\n    score: {{ aggregate: mean }}\n    questions:\n      c: {{ {ANCHORS} }}\n      d: {{ {ANCHORS} }}\n\
         scores:\n  whole: {{ title: Whole, aggregate: mean, of: [one, two] }}\n\
         ladders:\n  level: {{ title: Rungs, of: whole, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 50 }} ] }}\n"
    );
    assert_ne!(floor, pack("1.0.0"));
    let sandbox = Sandbox::new()
        .file("rules/small/pack.yaml", floor)
        .file(PATH, assessment("", "a: 1, b: 1, c: 3, d: 3"));
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    commit(&sandbox, "2026-01-01");
    let sandbox = sandbox.file(PATH, assessment("", "a: 2, b: 2, c: 3, d: 3"));
    commit(&sandbox, "2026-02-01");
    let text = page(&sandbox, "md");
    for row in [
        "| Whole | 50.0 | 62.5 | Up 12.5 |",
        "| One | 25.0 | 50.0 | Up 25.0 |",
        "| Two | 75.0 | 75.0 | No change |",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    let newest = rows(&text, "2026-02-01");
    assert_eq!(newest[2..6], ["High", "63", "50", "75"]);
}
