//! How problems look.

use std::collections::HashSet;

use centricity::text::diagnostic::{
    Code, Diagnostic, Diagnostics, Place, Sources, nearest, render, to_json,
};

fn place(sources: &mut Sources, name: &str, text: &str, word: &str) -> Place {
    let source = sources.add(name, text.to_owned());
    let before = text[..text.find(word).unwrap()].chars().count();
    Place {
        source,
        start: u32::try_from(before).unwrap(),
        end: u32::try_from(before + word.chars().count()).unwrap(),
    }
}

fn shown(problem: Diagnostic, sources: &Sources) -> String {
    render(&Diagnostics::from_iter([problem]), sources, false)
}

#[test]
fn a_problem_is_shown_with_its_line_and_help() {
    let mut sources = Sources::new();
    let at = place(
        &mut sources,
        "pack.yaml",
        "id: Größe\nä: { titel: x }\n",
        "titel",
    );
    let problem = Diagnostic::error(Code::UnknownKey, "unknown key `titel`")
        .at(at)
        .help("did you mean `title`?");
    let expected = "\
error[unknown-key]: unknown key `titel`
 --> pack.yaml:2:6
  |
2 | ä: { titel: x }
  |      ^^^^^
  |
help: did you mean `title`?
";
    assert_eq!(shown(problem, &sources), expected);
}

#[test]
fn a_related_place_is_a_note() {
    let mut sources = Sources::new();
    let text = "id: x\ntitle: y\n\"id\": z\n";
    let at = place(&mut sources, "pack.yaml", text, "\"id\"");
    let first = Place {
        start: 0,
        end: 2,
        ..at
    };
    let problem = Diagnostic::error(Code::DuplicateKey, "the key `id` stands twice in this map")
        .at(at)
        .relate(first, "it stands here first");
    let expected = "\
error[duplicate-key]: the key `id` stands twice in this map
 --> pack.yaml:3:1
  |
3 | \"id\": z
  | ^^^^
  |
note: it stands here first
 --> pack.yaml:1:1
  |
1 | id: x
  | ^^
";
    assert_eq!(shown(problem, &sources), expected);
}

#[test]
fn a_problem_without_a_place_is_shown_last() {
    let mut sources = Sources::new();
    let at = place(&mut sources, "a.yaml", "a: 1", "1");
    let problems = Diagnostics::from_iter([
        Diagnostic::warning(Code::NotUtf8, "the file is odd"),
        Diagnostic::error(Code::WrongType, "expected text").at(at),
    ]);
    let expected = "\
error[wrong-type]: expected text
 --> a.yaml:1:4
  |
1 | a: 1
  |    ^

warning[not-utf8]: the file is odd
";
    assert_eq!(render(&problems, &sources, false), expected);
    assert_eq!((problems.errors(), problems.warnings()), (1, 1));
}

#[test]
fn long_lines_are_cut_around_the_place() {
    for before in [1_000, 1_000_000] {
        let mut sources = Sources::new();
        let text = format!("{}here{}", "x ".repeat(before / 2), " y".repeat(1_000_000));
        let at = place(&mut sources, "a.yaml", &text, "here");
        let text = shown(Diagnostic::error(Code::WrongType, "bad").at(at), &sources);
        assert!(text.contains(&format!("a.yaml:1:{}", before + 1)), "{text}");
        assert!(text.lines().all(|it| it.chars().count() < 200), "{text}");
    }
}

#[test]
fn colour_is_only_added_where_asked_for() {
    let problems = Diagnostics::from_iter([Diagnostic::error(Code::WrongType, "bad \u{1b}[31m")]);
    assert!(!render(&problems, &Sources::new(), false).contains('\u{1b}'));
    assert!(render(&problems, &Sources::new(), true).contains('\u{1b}'));
}

#[test]
fn problems_as_json_name_both_ends() {
    let mut sources = Sources::new();
    let at = place(&mut sources, "a.yaml", "a: |\n  x\nb: 1\n", "|\n  x\n");
    let problem = Diagnostic::error(Code::WrongType, "bad")
        .at(at)
        .help("mend it");
    let json = to_json(&Diagnostics::from_iter([problem]), &sources);
    let expected = serde_json::json!([{
        "code": "wrong-type",
        "severity": "error",
        "message": "bad",
        "file": "a.yaml",
        "line": 1,
        "column": 4,
        "end_line": 3,
        "end_column": 1,
        "help": "mend it",
        "related": [],
    }]);
    assert_eq!(json, expected);
}

#[test]
fn codes_are_unique_and_kebab_case() {
    let texts: HashSet<_> = Code::ALL.iter().map(|it| it.as_str()).collect();
    assert_eq!(texts.len(), Code::ALL.len());
    let is_kebab = |it: &str| {
        it.split('-').all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
        })
    };
    assert!(texts.into_iter().all(is_kebab));
}

#[test]
fn the_nearest_spelling_is_found_and_none_where_none_is_near() {
    let known = ["title", "weight", "select_one", "of", "at"];
    assert_eq!(nearest("titel", known), Some("title"));
    assert_eq!(nearest("Select-One", known), Some("select_one"));
    assert_eq!(nearest("wieght", known), Some("weight"));
    assert_eq!(nearest("on", known), Some("of"));
    assert_eq!(nearest("colour", known), None);
    assert_eq!(nearest("x", known), None);
}

#[test]
fn positions_are_those_that_counting_gives() {
    let letters = ['a', 'ä', '\n', '\r'];
    for nth in 0..4_usize.pow(5) {
        let text: String = (0..5)
            .map(|at| letters[nth / 4_usize.pow(at) % 4])
            .collect();
        let mut sources = Sources::new();
        let source = sources.add("x", text.clone());
        for offset in 0..=7_u32 {
            let before: Vec<char> = text.chars().take(offset as usize).collect();
            let lines = before.iter().filter(|one| **one == '\n').count();
            let last = before.iter().rposition(|one| *one == '\n');
            let place = Place {
                source,
                start: offset,
                end: offset,
            };
            let position = sources.position(place);
            assert_eq!(position.line, lines + 1, "{text:?} {offset}");
            let start = last.map_or(0, |at| at + 1);
            assert_eq!(
                position.column,
                offset as usize - start + 1,
                "{text:?} {offset}"
            );
        }
    }
}
