//! Where an answer comes that was not there, and how it is written.

use super::edit::{edits, evidence, not_applicable, note, of, several, tried, value};
use centricity::rules::vocabulary::Grade;

#[test]
fn a_new_answer_comes_after_the_last() {
    edits(
        "answers:\n  p:\n    a: 1 # c\n\n  # q\n  q:\n    a: 2\n",
        "b",
        value("3"),
        "answers:\n  p:\n    a: 1 # c\n    b: 3\n\n  # q\n  q:\n    a: 2\n",
    );
    edits(
        "answers:\n  p:\n    #a: 0\n    a: 1\n    #a: 2\n    #a: 3\n\n    # q\n    #c: 0\n",
        "b",
        value("3"),
        "answers:\n  p:\n    #a: 0\n    a: 1\n    #a: 2\n    #a: 3\n    b: 3\n\n    # q\n    #c: 0\n",
    );
    edits(
        "answers:\n  p:\n    a: 1",
        "b",
        value("3"),
        "answers:\n  p:\n    a: 1\n    b: 3",
    );
    edits(
        "answers: { p: { a: 1 } }\n",
        "b",
        value("3"),
        "answers: { p: { a: 1, b: 3 } }\n",
    );
    edits(
        "answers: { p: { a: 1, } }\n",
        "b",
        value("3"),
        "answers: { p: { a: 1, b: 3, } }\n",
    );
    edits(
        "answers:\n  p: {\n    a: 1, # c\n    b: 2 # d\n  }\n",
        "c",
        value("3"),
        "answers:\n  p: {\n    a: 1, # c\n    b: 2, # d\n    c: 3\n  }\n",
    );
    edits(
        "answers:\n  p: {\n    a: 1, # c\n  }\n",
        "c",
        value("3"),
        "answers:\n  p: {\n    a: 1, # c\n    c: 3,\n  }\n",
    );
    edits(
        "answers:\n  p:\n    a: |+\n      text\n\n\n",
        "b",
        value("3"),
        "answers:\n  p:\n    a: |+\n      text\n\n\n    b: 3\n",
    );
    edits(
        "answers:\n  p:\n    a: |\n      text",
        "b",
        value("3"),
        "answers:\n  p:\n    a: |\n      text\n    b: 3",
    );
}

#[test]
fn a_new_answer_comes_after_the_comments_that_name_its_question() {
    let blank = "answers:\n  p: # here\n\n    # One?\n    #a: 0   # no\n    #a: 1   # yes\n\n    # Two?\n    #b: 0\n  q:\n    #a: 0\n";
    let one = "answers:\n  p: # here\n\n    # One?\n    #a: 0   # no\n    #a: 1   # yes\n    a: 1\n\n    # Two?\n    #b: 0\n  q:\n    #a: 0\n";
    edits(blank, "a", value("1"), one);
    edits(
        one,
        "b",
        value("0"),
        &one.replace("    #b: 0\n", "    #b: 0\n    b: 0\n"),
    );
    edits(
        "answers:\n  p:\n    a: |\n      #b: 1\n    c: 1\n",
        "b",
        value("0"),
        "answers:\n  p:\n    a: |\n      #b: 1\n    c: 1\n    b: 0\n",
    );
    edits(
        "answers:\n  p:\n    a:\n      #b: 1\n      value: 1\n",
        "b",
        value("0"),
        "answers:\n  p:\n    a:\n      #b: 1\n      value: 1\n    b: 0\n",
    );
}

#[test]
fn a_colon_with_nothing_after_it_keeps_its_distance_from_a_comma() {
    for (before, after) in [
        (
            "answers: { p: { b: } }\n",
            "answers: { p: { b: , a: 3 } }\n",
        ),
        (
            "answers: { p: {\n    b:\n  } }\n",
            "answers: { p: {\n    b: ,\n    a: 3\n  } }\n",
        ),
    ] {
        edits(before, "a", value("3"), after);
        let read: serde_yaml::Value = serde_yaml::from_str(after).expect("YAML 1.1 too");
        assert_eq!(read["answers"]["p"]["a"], 3);
    }
}

#[test]
fn maps_that_are_not_there_are_made() {
    edits(
        "format: 1 # c\n",
        "a",
        value("3"),
        "format: 1 # c\nanswers:\n  p:\n    a: 3\n",
    );
    edits(
        "format: 1",
        "a",
        value("3"),
        "format: 1\nanswers:\n  p:\n    a: 3",
    );
    for empty in ["", " {}", " null", " ~", " { }", "\n  {}"] {
        for comment in ["", "  # none yet"] {
            edits(
                &format!("answers:{empty}{comment}\nformat: 1\n"),
                "a",
                value("3"),
                &format!("answers:{comment}\n  p:\n    a: 3\nformat: 1\n"),
            );
        }
    }
    edits(
        "answers: # c\n  {}\nformat: 1\n",
        "a",
        value("3"),
        "answers: # c\n  \n  p:\n    a: 3\nformat: 1\n",
    );
    edits(
        "answers:\n  q: {}\n  p: {} # c\n",
        "a",
        value("3"),
        "answers:\n  q: {}\n  p: # c\n    a: 3\n",
    );
    edits(
        "answers:\n  q: { a: 1 }\n",
        "a",
        value("3"),
        "answers:\n  q: { a: 1 }\n  p:\n    a: 3\n",
    );
    edits(
        "answers: { q: { a: 1 } }\n",
        "a",
        value("3"),
        "answers: { q: { a: 1 }, p: { a: 3 } }\n",
    );
    edits(
        "{ answers: {} }\n",
        "a",
        value("3"),
        "{ answers: { p: { a: 3 } } }\n",
    );
    edits(
        "{ answers: , format: 1 }\n",
        "a",
        value("3"),
        "{ answers: { p: { a: 3 } } , format: 1 }\n",
    );
    edits(
        "answers: { # c\n  }\n",
        "a",
        value("3"),
        "answers: { p: { a: 3 }  # c\n  }\n",
    );
    edits(
        "---\n  answers:\n    p:\n...\n",
        "a",
        value("3"),
        "---\n  answers:\n    p:\n      a: 3\n...\n",
    );
}

#[test]
fn line_ends_stay_as_they_are() {
    edits(
        "answers:\r\n  p:\r\n    a: 1\r\n",
        "b",
        value("2"),
        "answers:\r\n  p:\r\n    a: 1\r\n    b: 2\r\n",
    );
    edits(
        "format: 1\r\nx: 1",
        "b",
        value("2"),
        "format: 1\r\nx: 1\r\nanswers:\r\n  p:\r\n    b: 2",
    );
    edits(
        "answers:\r\n  p:\r\n    a:\r\n      - x # one\r\n      - y\r\n",
        "a",
        several(["x"]),
        "answers:\r\n  p:\r\n    a: [x]\r\n    # one\r\n",
    );
}

#[test]
fn json_stays_json() {
    let before = "{\n  \"format\": 1,\n  \"answers\": {\n    \"p\": {\n      \"a\": 1,\n      \"b\": \"x\"\n    }\n  }\n}\n";
    let changes = [
        ("a", value("3")),
        ("b", value("unknown")),
        ("c", value("true")),
        ("c", several(["x", "y"])),
        ("a", note("é \u{7f} \"q\"")),
        ("c", not_applicable("why")),
        ("a", evidence(Grade::Record, Some("r"))),
    ];
    for (question, change) in changes {
        let after = tried(before, &of(question, change)).expect("an edit");
        let json: serde_json::Value =
            serde_json::from_str(&after).unwrap_or_else(|error| panic!("{error}\n{after}"));
        assert!(json["answers"]["p"].get(question).is_some(), "{after}");
    }
    edits(
        before,
        "c",
        value("3"),
        &before.replace("\"x\"\n", "\"x\",\n      \"c\": 3\n"),
    );
}
