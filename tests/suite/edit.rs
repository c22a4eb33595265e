//! One answer changed in place, and nothing else.

use centricity::answers::file::EvidenceFile;
use centricity::answers::{Change, Edit, NewAnswer, edit};
use centricity::rules::vocabulary::Grade;
use centricity::text::diagnostic::{Diagnostic, Sources};

/// An answer of this value.
pub(crate) fn value(text: &str) -> Change {
    Change {
        answer: Some(NewAnswer::plain(text)),
        ..Change::default()
    }
}

pub(crate) fn several<'a>(values: impl IntoIterator<Item = &'a str>) -> Change {
    Change {
        answer: Some(NewAnswer::several(values)),
        ..Change::default()
    }
}

pub(crate) fn not_applicable(reason: &str) -> Change {
    Change {
        answer: Some(NewAnswer::NotApplicable(reason.to_owned())),
        ..Change::default()
    }
}

pub(crate) fn note(text: &str) -> Change {
    Change {
        note: Some(text.to_owned()),
        ..Change::default()
    }
}

pub(crate) fn evidence(grade: Grade, reference: Option<&str>) -> Change {
    let reference = reference.map(str::to_owned);
    Change {
        evidence: Some(EvidenceFile {
            grade,
            reference,
            link: None,
        }),
        ..Change::default()
    }
}

/// An edit of the answer to a question of the pack `p`.
pub(crate) fn of(question: &str, change: Change) -> Edit {
    Edit {
        pack: "p".to_owned(),
        question: question.to_owned(),
        change,
    }
}

pub(crate) fn tried(text: &str, edited: &Edit) -> Result<String, Box<Diagnostic>> {
    let mut sources = Sources::new();
    let id = sources.add("answers.yaml", text.to_owned());
    edit(&sources, id, edited)
}

#[track_caller]
pub(crate) fn edits(before: &str, question: &str, change: Change, after: &str) {
    let got = tried(before, &of(question, change))
        .unwrap_or_else(|problem| panic!("{problem:?}\n{before}"));
    assert_eq!(got, after, "\n{got}\n");
}

#[track_caller]
fn refuses(before: &str, question: &str, change: Change) -> (String, String) {
    let problem = tried(before, &of(question, change)).expect_err(before);
    assert_eq!(problem.code.as_str(), "not-editable", "{problem:?}");
    (problem.message, problem.help.unwrap_or_default())
}

#[test]
fn a_value_is_replaced_and_its_comment_stays() {
    edits(
        "# head\nanswers:\n  p:\n    a: 1   # why\n    'b': \"x\" # too\n",
        "a",
        value("3"),
        "# head\nanswers:\n  p:\n    a: 3   # why\n    'b': \"x\" # too\n",
    );
    let quoted = "answers:\n  p:\n    a: 'it''s'   # why\n    b: \"a \\\" b\"  # too\n";
    edits(quoted, "a", value("x"), &quoted.replace("'it''s'", "x"));
    edits(
        quoted,
        "b",
        value("x"),
        &quoted.replace("\"a \\\" b\"", "x"),
    );
    edits(
        "answers: {p: {\"a\":1, b: 2}} # end",
        "a",
        value("unknown"),
        "answers: {p: {\"a\":unknown, b: 2}} # end",
    );
    edits(
        "answers:\n  p:\n    a: >-\n      some\n      text\n\n    b: 1\n",
        "a",
        value("x"),
        "answers:\n  p:\n    a: x\n\n    b: 1\n",
    );
    edits(
        "answers:\n  p:\n    a:   # open\n    b: 1\n",
        "a",
        value("3"),
        "answers:\n  p:\n    a: 3   # open\n    b: 1\n",
    );
    edits(
        "answers:\n  p:\n    a: ~\n",
        "a",
        value("3"),
        "answers:\n  p:\n    a: 3\n",
    );
}

#[test]
fn what_stands_beside_a_value_stays() {
    let before = "answers:\n  p:\n    a: { value: 1, note: 'so', target: 3 } # c\n";
    edits(
        before,
        "a",
        value("2"),
        &before.replace("value: 1", "value: 2"),
    );
    edits(
        before,
        "a",
        note("other"),
        &before.replace("'so'", "\"other\""),
    );
    edits(
        before,
        "a",
        not_applicable("no \"such\" thing"),
        &before.replace("value: 1", "not_applicable: \"no \\\"such\\\" thing\""),
    );
    let before = "answers:\n  p:\n    a: # first\n      value: 1 # one\n      # between\n      evidence:\n        grade: none # weak\n        link: x\n    b: 2";
    edits(
        before,
        "a",
        value("2"),
        &before.replace("value: 1", "value: 2"),
    );
    edits(
        before,
        "a",
        evidence(Grade::Record, None),
        &before.replace("grade: none", "grade: record"),
    );
    edits(
        before,
        "a",
        evidence(Grade::Record, Some("list")),
        &before.replace("grade: none", "grade: record").replace(
            "        link: x\n",
            "        link: x\n        ref: \"list\"\n",
        ),
    );
    edits(
        before,
        "a",
        note("n"),
        &before.replace("    b: 2", "      note: \"n\"\n    b: 2"),
    );
}

#[test]
fn an_answer_alone_makes_room_for_a_note() {
    edits(
        "answers:\n  p:\n    a: 1 # c\n",
        "a",
        note("n"),
        "answers:\n  p:\n    a: { value: 1, note: \"n\" } # c\n",
    );
    edits(
        "answers: { p: { a: 'x, y' } }",
        "a",
        evidence(Grade::Document, Some("d")),
        "answers: { p: { a: { value: \"x, y\", evidence: { grade: document, ref: \"d\" } } } }",
    );
    edits(
        "answers:\n  p:\n    a: x, y\n",
        "a",
        note("n"),
        "answers:\n  p:\n    a: { value: \"x, y\", note: \"n\" }\n",
    );
    edits(
        "answers:\n  p:\n    a: [x, y]\n",
        "a",
        not_applicable("r"),
        "answers:\n  p:\n    a: { not_applicable: \"r\" }\n",
    );
}

#[test]
fn comments_of_a_list_that_goes_stay_below() {
    edits(
        "answers:\n  p:\n    a: # which\n      # all of them\n      - x # first\n      - y # second\n    b: 1\n",
        "a",
        several(["y", "z"]),
        "answers:\n  p:\n    a: [y, z] # second\n    # which\n    # all of them\n    # first\n    b: 1\n",
    );
    edits(
        "answers: { p: { a: [x, # first\n y], b: 1 } }",
        "a",
        several([]),
        "answers: { p: { a: [] # first\n                , b: 1 } }",
    );
    edits(
        "answers:\n  p:\n    a: | # head\n      x # no comment\n    b: 1\n",
        "a",
        value("x"),
        "answers:\n  p:\n    a: x\n    # head\n    b: 1\n",
    );
}

#[test]
fn anchors_aliases_and_tags_are_left_alone() {
    let (message, help) = refuses("answers:\n  p:\n    a: &x 1\n    b: *x\n", "a", value("3"));
    assert_eq!(
        message,
        "the answer to `a` stands at an anchor, an alias or a tag"
    );
    assert_eq!(help, "write it there by hand: `a: 3`");
    refuses("answers:\n  p:\n    a: &x 1\n    b: *x\n", "b", value("3"));
    refuses("answers:\n  p: &p\n    a: 1\n  q: *p\n", "b", value("3"));
    refuses("answers:\n  p: &p\n    a: 1\n  q: *p\n", "a", value("3"));
    refuses("base: &p { a: 1 }\nanswers:\n  p: *p\n", "b", value("3"));
    refuses("answers:\n  p:\n    a: !!str 3\n", "a", value("3"));
    refuses(
        "answers:\n  p:\n    a: [&x x, y]\n    b: *x\n",
        "a",
        several(["y"]),
    );
    refuses(
        "answers:\n  p:\n    a: !!map { value: 1 }\n",
        "a",
        note("n"),
    );
    edits(
        "answers:\n  p:\n    a: &x 1\n    b: *x # c\n",
        "c",
        value("3"),
        "answers:\n  p:\n    a: &x 1\n    b: *x # c\n    c: 3\n",
    );
    edits(
        "answers:\n  p:\n    a: { value: 1, note: &n so }\n    b: { value: 1, note: *n }\n",
        "a",
        value("3"),
        "answers:\n  p:\n    a: { value: 3, note: &n so }\n    b: { value: 1, note: *n }\n",
    );
}

#[test]
fn what_cannot_be_told_apart_is_refused_and_what_cannot_be_read_is_told() {
    refuses("answers:\n  p:\n    ? a\n    : 1\n", "b", value("3"));
    refuses("packs:\n  ? p\n  :\n", "b", value("3"));
    refuses("packs:\n  - ? p\n    :\n", "b", value("3"));
    refuses("answers:\n  p:\n    - a\n", "a", value("3"));
    refuses("- answers\n", "a", value("3"));
    let code = |text: &str| {
        tried(text, &of("a", value("3")))
            .expect_err(text)
            .code
            .as_str()
    };
    assert_eq!(code("answers: {"), "yaml-syntax");
    assert_eq!(code("answers:\n  p: { a: 1, a: 2 }\n"), "duplicate-key");
    assert_eq!(code(""), "empty-file");
}
