//! Files made to hurt: each is refused, at a place, in words.

use std::fmt::Write as _;

use centricity::text::diagnostic::Code;
use centricity::text::yaml::{Budget, decode};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::reading;

fn refused(text: &str) -> (Code, usize, usize) {
    let reading = reading::<Value>(text);
    let (problem, at) = {
        let problem = reading.problems.iter().next().expect("a problem");
        (
            problem.code,
            reading.sources.position(problem.place.expect("a place")),
        )
    };
    assert_eq!(reading.problems.len(), 1, "{}", reading.shown());
    assert!(reading.value.is_none());
    (problem, at.line, at.column)
}

#[test]
fn tabs_cannot_indent() {
    assert_eq!(refused("a:\n\tb: 1\n"), (Code::TabIndentation, 2, 1));
    assert_eq!(
        refused("a:\n  b: 1\n\tc: 2\n"),
        (Code::TabIndentation, 3, 1)
    );
    assert_eq!(refused("a:\n  - b\n\t- c\n"), (Code::TabIndentation, 3, 1));
    let problem = reading::<Value>("a:\n\tb: 1\n").only();
    assert_eq!(problem.message, "tabs cannot indent YAML");
    assert_eq!(problem.help.as_deref(), Some("indent with spaces"));
}

#[test]
fn text_that_is_not_utf_8_is_refused_with_its_byte_and_line() {
    let problem = decode("a.yaml", b"a: 1\nb: \xff\n".to_vec()).unwrap_err();
    assert_eq!(problem.code, Code::NotUtf8);
    assert_eq!(
        problem.message,
        "`a.yaml` is not UTF-8: bad byte 8, in line 2"
    );
}

#[test]
fn a_file_of_50_mb_is_refused_before_it_is_read() {
    let problem = decode("a.yaml", vec![b'['; 50 << 20]).unwrap_err();
    assert_eq!(problem.code, Code::FileTooLarge);
    assert_eq!(refused(&"[".repeat(50 << 20)).0, Code::FileTooLarge);
}

#[test]
fn a_directive_that_would_shift_all_places_is_refused() {
    for text in ["%éé x\n---\na: 1\n", "# c\n\n%a é\n---\na: 1\n"] {
        let (code, line, column) = refused(text);
        let at = text.lines().position(|line| line.starts_with('%'));
        assert_eq!((code, Some(line - 1), column), (Code::YamlSyntax, at, 1));
    }
    let reading = reading::<Value>("%YAML 1.2\n---\na: \"%é\"\n%é: 1\n");
    let problem = reading.problems.iter().next();
    let at = problem.map(|one| reading.sources.position(one.place.expect("a place")).line);
    assert_eq!(at, Some(4), "{}", reading.shown());
}

#[test]
fn a_byte_order_mark_is_dropped() {
    let text = decode("a.yaml", b"\xef\xbb\xbfa: 1".to_vec()).unwrap();
    assert_eq!(text, "a: 1");
}

#[test]
fn windows_line_ends_change_nothing() {
    let value: Value = reading("a: x\r\nb:\r\n  - y\r\n  - z\r\n").good();
    assert_eq!(value, serde_json::json!({ "a": "x", "b": ["y", "z"] }));
    assert_eq!(
        refused("a: 1\r\nb: 1\r\na: 2\r\n"),
        (Code::DuplicateKey, 3, 1)
    );
}

#[test]
fn an_empty_file_is_refused() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"] {
        assert_eq!(refused(text).0, Code::EmptyFile, "{text:?}");
    }
}

#[test]
fn a_second_document_is_refused_where_it_begins() {
    assert_eq!(refused("a: 1\n---\nb: 2\n"), (Code::SeveralDocuments, 2, 1));
    assert!(reading::<Value>("---\na: 1\n...\n").value.is_some());
}

#[test]
fn brackets_nested_20_000_deep_are_refused_at_the_first_too_many() {
    let (code, line, column) = refused(&"[".repeat(20_000));
    assert_eq!((code, line), (Code::TooDeep, 1));
    assert!(column <= 256, "{column}");
    assert_eq!(refused(&"{a: ".repeat(20_000)).0, Code::TooDeep);
}

#[test]
fn dashes_nested_10_000_deep_are_refused_at_the_first_too_many() {
    assert_eq!(refused(&"- ".repeat(10_000)), (Code::TooDeep, 1, 129));
    assert_eq!(refused(&"? ".repeat(10_000)).0, Code::TooDeep);
}

#[test]
fn depth_up_to_the_budget_is_read() {
    let text = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert!(reading::<Value>(&text).value.is_some());
}

#[test]
fn an_exponential_bomb_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "a{level}: &a{level} [{below}]").unwrap();
    }
    assert_eq!(refused(&text).0, Code::TooManyAliases);
}

#[test]
fn a_quadratic_bomb_is_refused() {
    let long = "x".repeat(100_000);
    let uses = "- *a\n".repeat(20_000);
    assert_eq!(
        refused(&format!("- &a {long}\n{uses}")).0,
        Code::TooManyAliases
    );
    assert_eq!(refused(&format!("- &a x\n{uses}")).0, Code::TooManyAliases);
}

#[test]
fn depth_cannot_be_hidden_behind_aliases() {
    let nest = |inside: &str| format!("{}{inside}{}", "[".repeat(40), "]".repeat(40));
    let text = format!("a: &a {}\nb: {}\n", nest("x"), nest("*a"));
    assert_eq!(refused(&text).0, Code::TooDeep);
}

#[test]
fn a_value_cannot_hold_itself() {
    assert_eq!(refused("&a [x, *a]\n"), (Code::UnknownAlias, 1, 8));
    assert_eq!(refused("[*nobody]\n"), (Code::YamlSyntax, 1, 2));
}

#[test]
fn more_values_than_the_budget_allows_are_refused() {
    let dense = "- 1\n".repeat(200_000);
    assert!(Budget::values(dense.len()) < 200_000);
    assert_eq!(reading::<Value>(&dense).codes(), [Code::TooManyNodes]);
    assert!(reading::<Value>(&"- 1\n".repeat(19_000)).value.is_some());
}

#[test]
fn one_long_line_and_one_long_text_are_read() {
    let long = "x".repeat(4 << 20);
    assert!(
        reading::<IgnoredAny>(&format!("a: {long}\n"))
            .value
            .is_some()
    );
    let list = format!("[{}]", "a text, ".repeat(200_000));
    assert!(reading::<IgnoredAny>(&list).value.is_some());
    let quotes = format!("a: \"{}\"\n", "\\n".repeat(1 << 20));
    assert!(reading::<IgnoredAny>(&quotes).value.is_some());
}

#[test]
fn the_problems_of_a_large_bad_file_are_cut_off() {
    let reading = reading::<Vec<u8>>(&"- a text\n".repeat(200_000));
    let last = reading.problems.iter().last().expect("one");
    assert_eq!(last.code, Code::TooManyProblems);
    assert!(reading.problems.len() <= 201);
}

#[test]
fn many_keys_are_read_and_the_repeated_one_is_found() {
    let mut text = String::new();
    for nth in 0..100_000 {
        writeln!(text, "key-{nth}: x").unwrap();
    }
    text += "key-7: y\n";
    assert_eq!(refused(&text), (Code::DuplicateKey, 100_001, 1));
}

#[test]
fn the_same_problem_again_and_again_is_cut_off_too() {
    for line in ["a: a text\n", "<<: a text\n", "[a]: some text\n"] {
        let reading = reading::<IgnoredAny>(&line.repeat(100_000));
        assert_eq!(reading.problems.len(), 201, "{line}");
    }
}

#[test]
fn flow_lists_the_parser_would_hold_back_are_refused_before_it_sees_them() {
    for item in ["a, ", "a:, ", "? ", "&a ", "*a ", "!a ", "a: ", ": "] {
        let text = format!("[{}]", item.repeat(1 << 20));
        assert_eq!(refused(&text), (Code::TooManyNodes, 1, 1), "{item}");
    }
}
