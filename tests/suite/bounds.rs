//! Texts of packs and templates of a user's that would take all memory, or never end: each is told
//! soon, and leaves nothing behind.

use crate::sandbox::{Run, Sandbox, answers, sample, small_pack};
use crate::workshop::rating;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Doubles a text thirty times, which makes a gigabyte of it.
const DOUBLED: &str = "{% set ns = namespace(x='x' * 32) %}{% for i in range(30) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x | length }}";
const REPEATED: &str = "{{ [1] * 100000000 }}";
const INDENTED: &str = "{{ 'a\nb' | indent(1000000000) }}";

/// A pack with one finding of a text.
fn finding(text: &str) -> String {
    small_pack(&format!(
        "findings:\n  told:\n    when: {{ care: \">= 1\" }}\n    kind: gap\n    severity: low\n    title: \"Fine\"\n    text: |-\n      {}\n",
        text.replace('\n', "\\n")
    ))
}

#[test]
fn a_text_of_a_pack_that_would_take_all_memory_is_refused() {
    for text in [DOUBLED, REPEATED, INDENTED] {
        let sandbox = Sandbox::new().file("small/pack.yaml", finding(text));
        let begun = Instant::now();
        sandbox
            .run_small("pack check small")
            .exits(3)
            .prints("error[invalid-template]")
            .prints("small/pack.yaml:20:7")
            .prints("a text ");
        assert!(begun.elapsed() < Duration::from_secs(2), "{text}");
    }
}

#[test]
fn a_text_takes_as_long_as_it_is() {
    let long = "long words ".repeat(100_000);
    let many = "{% if known('care') %}xx{% endif %}".repeat(50_000);
    for (text, length) in [(long, 1_100_000), (many, 100_000)] {
        let sandbox = Sandbox::new().file("small/pack.yaml", finding(&text)).file(
            "a.yaml",
            "format: 1\nclient: { name: A }\npacks: [./small]\nanswers: { small: { care: 2 } }\n",
        );
        let begun = Instant::now();
        let run = sandbox.run("assess a.yaml --format json").exits(0);
        assert!(begun.elapsed() < Duration::from_secs(10));
        let told = run.json()["findings"][0]["text"].to_string();
        assert!(
            (length - 9..length + 9).contains(&told.len()),
            "{}",
            told.len()
        );
    }
}

#[test]
fn a_text_quotes_no_more_than_a_thousand_letters_of_an_answer() {
    let pack = "format: 1\nid: small\nversion: 1.0.0\ntitle: S\nsections:\n  one:\n    title: O\n    questions:\n      care: { type: text, ask: \"?\" }\n      more: { type: boolean, ask: \"?\" }\nfindings:\n  told: { when: { more: \"true\" }, kind: gap, severity: low, title: T, text: \"{{ answer('care') }}{{ answer('care') }}\" }\n";
    let mut text = "format: 1\nclient: { name: A }\npacks: [./small]\n".to_owned();
    let said = "ä".repeat(9_000);
    let _ = writeln!(
        text,
        "answers: {{ small: {{ more: true, care: \"{said}\" }} }}"
    );
    let sandbox = Sandbox::new()
        .file("small/pack.yaml", pack)
        .file("a.yaml", text);
    let run = sandbox.run("assess a.yaml --format json").exits(0);
    let told = run.json()["findings"][0]["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(told, format!("{0}…{0}…", "ä".repeat(1_000)));
}

/// A report by a template of the user's.
fn report(text: &str, seconds: &str) -> Run {
    let sandbox = Sandbox::new()
        .file("harbour/assessment.yaml", sample())
        .file("mine/report/full.md", text);
    let before = sandbox.files();
    let seconds = [("CENTRICITY_TEMPLATE_SECONDS", seconds)];
    let run = sandbox.run_with(&seconds, "report harbour --out out --templates mine");
    assert_eq!(sandbox.files(), before);
    assert!(!sandbox.path("out").exists());
    run
}

#[cfg(target_os = "linux")]
#[test]
fn a_template_that_would_take_all_memory_is_ended() {
    let listed = "{% for x in ([1] * 100000000) | list %}{% endfor %}";
    for text in [DOUBLED, INDENTED, listed] {
        report(text, "").exits(1).says("take more than").says("MB");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_template_that_takes_all_memory_as_it_is_read_is_ended() {
    let blocks = (0..200_000).fold(String::new(), |text, one| {
        text + &format!("{{% block b{one} %}}{{% endblock %}}")
    });
    report(&blocks, "")
        .exits(1)
        .says("take more than")
        .says("MB");
}

#[test]
fn lists_within_lists_as_deep_as_steps_allow_are_let_go_of() {
    let nested = "{% set all = namespace(x=[]) %}{% for a in range(9999) %}{% for b in range(99) %}\
        {% set all.x = [all.x] %}{% endfor %}{% endfor %}";
    report(nested, "")
        .exits(1)
        .says("takes more than 5000000 steps");
}

#[test]
fn a_list_or_map_is_not_printed() {
    for text in [REPEATED, "{{ [[1] * 100000000] }}", "{{ result.client }}"] {
        report(text, "")
            .exits(1)
            .says("report/full.md")
            .says("a list or map cannot be printed");
    }
}

#[test]
fn a_template_that_takes_hours_in_one_step_is_ended() {
    let begun = Instant::now();
    let sums = "{% for a in range(9999) %}{{ ([1] * 100000000) | sum }}{% endfor %}";
    report(sums, "1")
        .exits(1)
        .says("the templates in `mine` have held up the run for more than 1 seconds")
        .says("CENTRICITY_TEMPLATE_SECONDS");
    assert!(begun.elapsed() < Duration::from_secs(20));
    report("x", "soon").exits(2).says("no number of seconds");
}

#[test]
fn a_portfolio_by_a_template_that_takes_hours_leaves_nothing() {
    let sums = "{% for a in range(9999) %}{{ ([1] * 100000000) | sum }}{% endfor %}";
    let sandbox = Sandbox::new()
        .file("clients/a/assessment.yaml", answers("promise: 2"))
        .file("mine/report/full.md", sums);
    let before = sandbox.files();
    let seconds = [("CENTRICITY_TEMPLATE_SECONDS", "1")];
    sandbox
        .run_with(
            &seconds,
            "portfolio clients --out out --reports html --templates mine",
        )
        .exits(1)
        .says("more than 1 seconds");
    assert_eq!(sandbox.files(), before);
}

#[test]
fn of_many_problems_the_first_thousand_are_shown_and_the_rest_counted() {
    for (count, left) in [
        (1_000, None),
        (1_001, Some("left out: one further problem")),
        (3_000, Some("left out: 2000 further problems")),
    ] {
        let ids = (0..count).fold(String::new(), |mut text, one| {
            writeln!(text, "    promis{one}: 3").expect("text");
            text
        });
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [organisation]\nanswers:\n  organisation:\n{ids}"
        );
        let sandbox = Sandbox::new().file("assessment.yaml", text);
        let all = sandbox.run("check assessment.yaml --format json").exits(3);
        let all = all.json();
        let all = all.as_array().expect("problems");
        let shown = all.iter().filter(|one| one["code"] == "unknown-id").count();
        assert_eq!(shown, 1_000.min(count));
        let more = all.iter().find(|one| one["code"] == "too-many-problems");
        assert_eq!(
            more.map(|one| one["message"].as_str().expect("words")),
            left
        );
        // Names are near in all that are shown.
        assert!(
            all[999]["help"].as_str().expect("help").contains("promise"),
            "{}",
            all[999]
        );
    }
}

#[test]
fn columns_without_a_question_end_soon_however_many_there_are() {
    let names: Vec<String> = (0..16_000).map(|one| format!("promise-{one:05}")).collect();
    let table = format!("respondent,role,{}\n", names.join(","));
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", answers(""))
        .file("many.csv", table);
    let begun = Instant::now();
    sandbox
        .run("import many.csv --into acme")
        .exits(3)
        .says("further problems of the table are left out");
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

/// A thousand questions in twenty sections, of which a level takes nearly all: a way that compares
/// every step with every other, or keeps what it tried, takes minutes and gigabytes.
#[test]
fn a_way_over_a_thousand_questions_is_found_soon_and_in_little_memory() {
    let mut pack =
        "format: 1\nid: big\nversion: 1.0.0\ntitle: Big\nheadline: level\nsections:\n".to_owned();
    let mut given = String::new();
    for section in 0..20 {
        write!(
            pack,
            "  s{section}:\n    title: S\n    score: {{ aggregate: geometric }}\n    questions:\n"
        )
        .expect("text");
        for question in 0..50 {
            let id = format!("q{section}-{question}");
            pack.push_str(&rating(&id, ""));
            writeln!(
                given,
                "    {id}: {}",
                1 + u8::from((section + question) % 3 == 0)
            )
            .expect("text");
        }
    }
    let sections: Vec<String> = (0..20).map(|one| format!("s{one}")).collect();
    let sections = sections.join(", ");
    write!(pack, "scores:\n  whole: {{ aggregate: geometric, of: [{sections}] }}\nladders:\n  level: {{ of: whole, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 60 }} ] }}\n").expect("text");
    let assessment =
        format!("format: 1\nclient: {{ name: C }}\npacks: [./big]\nanswers:\n  big:\n{given}");
    let sandbox = Sandbox::new()
        .file("acme/big/pack.yaml", pack)
        .file("acme/assessment.yaml", assessment);
    let begun = Instant::now();
    sandbox
        .run_small("plan acme")
        .exits(0)
        .prints("The way to “High”");
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn a_survey_of_more_people_than_are_counted_is_refused() {
    let rows = (0..100_001).fold("respondent,role,promise\n".to_owned(), |mut text, one| {
        writeln!(text, "r{one},management,2").expect("text");
        text
    });
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", answers(""))
        .file("acme/responses/survey.csv", &rows)
        .file("acme/responses/survey.mapping.yaml", "format: 1\n");
    sandbox
        .run("check acme")
        .exits(3)
        .prints("holds more than 100,000 responses")
        .prints("assess parts of the organisation apart");
}

/// Each score reads the two before it, so there are as many ways down as rabbits after forty months.
#[test]
fn scores_that_share_what_they_read_are_worked_out_once_each() {
    let mut pack = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n  s:\n    title: S\n    score: { aggregate: mean }\n    questions:\n".to_owned();
    pack.push_str(&rating("q0", ""));
    pack.push_str(&rating("q1", ""));
    pack.push_str("scores:\n  x0: { title: X, aggregate: mean, of: [q0, q1] }\n  x1: { title: X, aggregate: mean, of: [x0, q1] }\n");
    for one in 2..40 {
        let (last, before) = (one - 1, one - 2);
        writeln!(
            pack,
            "  x{one}: {{ title: X, aggregate: mean, of: [x{last}, x{before}] }}"
        )
        .expect("text");
    }
    pack.push_str("ladders:\n  level: { of: x39, measure: index, levels: [ { id: low, title: Low }, { id: high, title: High, from: 60 } ] }\n");
    let sandbox = Sandbox::new().file("acme/p/pack.yaml", pack).file(
        "acme/assessment.yaml",
        "format: 1\nclient: { name: C }\npacks: [./p]\nanswers: { p: { q0: 1, q1: 2 } }\n",
    );
    for command in [
        "assess acme",
        "plan acme",
        "report acme --format md --out made",
        "explain acme p.x39",
    ] {
        let begun = Instant::now();
        sandbox.run(command).exits(0);
        assert!(begun.elapsed() < Duration::from_secs(5), "{command}");
    }
}
