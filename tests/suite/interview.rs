//! What is asked next, and what typed lines say.

use super::workshop::{Outcome, answers, checked, linked, pack};
use centricity::answers::{Answers, Change, Edit, NewAnswer, edit};
use centricity::collect::{Interview, Pace, Reply, parse};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{FormLength, Role, State};
use centricity::text::diagnostic::Sources;
use proptest::prelude::*;

const BODY: &str = r#"sections:
  b:
    title: B
    questions:
      rate: { type: rating, ask: "?", anchors: { 0: no, 1: some, 2: all }, roles: [frontline] }
      one:
        type: select_one
        ask: "?"
        choices: [{ value: blue, label: "Blue" }, { value: black berry, label: "b" }, { value: n, label: "N" }, { value: "true", label: "T" }]
      many:
        type: select_multiple
        ask: "?"
        choices: [{ value: x y, label: "X" }, { value: z, label: "Z" }, { value: "3", label: "Three" }]
      whole: { type: integer, ask: "?", min: -5, max: 1000 }
      part: { type: decimal, ask: "?" }
      share: { type: percent, ask: "?" }
      yes: { type: boolean, ask: "?" }
      words: { type: text, ask: "?", relevant: { yes: "true" } }
"#;

fn rulebook() -> Rulebook {
    pack(BODY).good()
}

fn said(rulebook: &Rulebook, id: &str, line: &str) -> Result<Reply, String> {
    let node = rulebook.find(&format!("p.{id}")).expect(id);
    let asked = rulebook.asked(node).expect(id);
    parse(asked, line).map_err(|problem| problem.message)
}

#[track_caller]
fn means(id: &str, line: &str, verdict: NewAnswer) {
    assert_eq!(
        said(&rulebook(), id, line),
        Ok(Reply::NewAnswer(verdict)),
        "{line}"
    );
}

#[test]
fn choices_are_known_by_value_number_and_beginning() {
    for line in ["blue", " BLUE ", "1", "bl u"] {
        let heard = said(&rulebook(), "one", line);
        let right = heard == Ok(Reply::NewAnswer(NewAnswer::plain("blue")));
        assert_eq!(right, line != "bl u", "{heard:?}");
    }
    means("one", "blu", NewAnswer::plain("blue"));
    means("one", "black", NewAnswer::plain("black berry"));
    means("one", "=n", NewAnswer::plain("n"));
    assert_eq!(said(&rulebook(), "one", "n"), Ok(Reply::NotApplicable));
    assert!(said(&rulebook(), "one", "bl").is_err(), "two begin so");
    assert!(said(&rulebook(), "one", "0").is_err());
    means("many", "z, x y", NewAnswer::several(["z", "x y"]));
    means("many", "x y", NewAnswer::several(["x y"]));
    means("many", "z 3", NewAnswer::several(["z", "3"]));
    means("many", "-", NewAnswer::several([]));
    assert!(
        said(&rulebook(), "many", "1").is_err(),
        "where a value is a number, numbers are values"
    );
    for (line, value) in [
        ("yes", "true"),
        ("Y", "true"),
        ("true", "true"),
        ("no", "false"),
        ("f", "false"),
    ] {
        means("yes", line, NewAnswer::plain(value));
    }
}

#[test]
fn numbers_are_written_so_that_files_read_them() {
    means("part", "1.10", NewAnswer::plain("1.10"));
    means("part", ".5", NewAnswer::plain("0.5"));
    means("part", "+7", NewAnswer::plain("7"));
    means("part", "-13.", NewAnswer::plain("-13"));
    means("part", "007", NewAnswer::plain("7"));
    means("part", "-.5", NewAnswer::plain("-0.5"));
    means("share", "12 %", NewAnswer::plain("12"));
    for (id, line) in [
        ("words", "="),
        ("part", "1,5"),
        ("part", "inf"),
        ("whole", "2.5"),
        ("whole", "1001"),
        ("share", "101"),
    ] {
        assert!(said(&rulebook(), id, line).is_err(), "{line}");
    }
}

fn nodes(rulebook: &Rulebook, ids: &[&str]) -> Vec<usize> {
    ids.iter()
        .map(|id| rulebook.find(&format!("p.{id}")).expect(id))
        .collect()
}

fn path(interview: &Interview, pace: Pace) -> Vec<usize> {
    std::iter::successors(interview.first(pace), |node| interview.after(*node, pace)).collect()
}

#[test]
fn questions_come_and_go_as_answers_make_them_relevant() {
    let rulebook = rulebook();
    let role = Some(Role::Leadership);
    let blank = Answers::blank(&rulebook);
    let all = nodes(
        &rulebook,
        &["one", "many", "whole", "part", "share", "yes", "words"],
    );
    assert_eq!(
        path(
            &Interview::new(&rulebook, role, FormLength::Full, &blank),
            Pace::Open
        ),
        all,
        "what may become relevant is asked"
    );
    let hidden = answers(&rulebook, "yes: false, one: blue").valid();
    let interview = Interview::new(&rulebook, role, FormLength::Full, &hidden);
    assert_eq!(
        path(&interview, Pace::Open),
        nodes(&rulebook, &["many", "whole", "part", "share"])
    );
    assert_eq!(path(&interview, Pace::Every), all[..6]);
    assert_eq!(
        (
            interview.count(),
            interview.open(),
            interview.number(all[1]),
            interview.number(all[6])
        ),
        (6, 4, Some(2), None)
    );
    assert_eq!(
        (interview.before(all[1]), interview.before(all[0])),
        (Some(all[0]), None)
    );
    assert_eq!(
        interview.before(all[6]),
        Some(all[5]),
        "also from one that is hidden now"
    );
    let everything = Interview::new(&rulebook, None, FormLength::Full, &blank);
    assert_eq!(everything.count(), 8);
}

#[test]
fn a_question_that_others_may_bring_back_is_asked() {
    let one = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n  s:\n    title: S\n    relevant: { a: \">= 1\" }\n    questions:\n      c: { type: boolean, ask: \"?\" }\n  r:\n    title: R\n    questions:\n      a: { type: rating, ask: \"?\", anchors: { 0: x, 1: y }, roles: [leadership] }\n";
    let rulebook = linked(&[&[("pack.yaml", one)]]).good();
    let asked = |answers: &Answers| {
        let role = Some(Role::Frontline);
        Interview::new(&rulebook, role, FormLength::Full, answers).count()
    };
    assert_eq!(asked(&Answers::blank(&rulebook)), 1);
    assert_eq!(asked(&answers(&rulebook, "a: 0").valid()), 0);
}

fn lines() -> impl Strategy<Value = String> {
    let words = [
        "u", "n", "note", "e", "=", "-", "?", "z", "x y", "3", "blue", "none", ",", " ", "yes",
        "1e9", "-2", ".", "unknown", "null", "'", "\"", "#", ":", "é", "[", "}", "\\", "%",
    ];
    let word = prop_oneof![
        prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        (-2000..2000_i32).prop_map(|number| (f64::from(number) / 10.0).to_string()),
        any::<String>().prop_map(|text| text
            .chars()
            .filter(|one| !one.is_control())
            .take(6)
            .collect()),
    ];
    proptest::collection::vec(word, 0..5).prop_map(|words| words.concat())
}

const HEAD: &str = "format: 1\nclient: { name: C }\npacks: [p]\n";
const JSON: &str = "{\"format\": 1, \"client\": {\"name\": \"C\"}, \"packs\": [\"p\"]}\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: super::properties::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_heard_as_an_answer_can_be_saved_and_read(line in lines()) {
        let rulebook = rulebook();
        for (node, item) in rulebook.items.iter().enumerate() {
            let Ok(Reply::NewAnswer(verdict)) = said(&rulebook, item.local_id(), &line) else { continue };
            let wanted = match &verdict {
                NewAnswer::NotApplicable(_) => State::NotApplicable,
                _ if verdict == NewAnswer::plain("unknown") => State::Unknown,
                NewAnswer::Value(_) => State::Rated,
            };
            let change = Change { answer: Some(verdict), note: Some(line.clone()), ..Change::default() };
            let one = Edit { pack: "p".to_owned(), question: item.local_id().to_owned(), change };
            for before in [HEAD.to_owned(), JSON.to_owned()] {
                let mut sources = Sources::new();
                let id = sources.add("a.yaml", before);
                let text = edit(&sources, id, &one).map_err(|problem| TestCaseError::fail(format!("{problem:?}")))?;
                let Outcome { value, problems, .. } = checked(&rulebook, &text);
                prop_assert!(!problems.has_errors(), "{}\n{:?}", text, problems);
                let answers = value.expect("no errors");
                let unsaid = item.local_id() == "words" && wanted == State::Unknown;
                prop_assert!(answers.answers()[node].state == wanted || unsaid, "{}", text);
                prop_assert_eq!(answers.notes()[node].note.as_ref(), Some(&line));
            }
        }
    }
}
