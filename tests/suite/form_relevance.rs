//! What a form hides is what the engine calls irrelevant: the same answers through both.

use super::browser::Browser;
use super::generate;
use super::sandbox::ROOT;
use super::workshop::{HEADER, answers, linked, rating};
use centricity::assess::evaluate;
use centricity::collect::export::Form;
use centricity::rules::rulebook::{Domain, Item, Rulebook};
use centricity::rules::vocabulary::{FormLength, Role, State};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PACKS: usize = 300;
const ANSWERS: usize = 25;

/// A question of every type, with what is made of them.
const EVERY: &str = r#"uses: { other: { version: "^1", optional: true } }
sections:
  s:
    title: S
    questions:
      a: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c }, reverse: true }
      b: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c }, relevant: { a: ">= 1" } }
      c: { type: rating, ask: "?", anchors: { 0: a, 1: b, 2: c }, relevant: { yes: "true" }, weight: 3 }
      one: { type: select_one, ask: "?", choices: [ { value: red, label: R, score: 1 }, { value: blue, label: B, score: 5 }, { value: green, label: G, score: 3 } ] }
      plain: { type: select_one, ask: "?", choices: [ { value: red, label: R }, { value: blue, label: B } ] }
      many: { type: select_multiple, ask: "?", choices: [ { value: mail, label: M }, { value: phone, label: P }, { value: none, label: N, exclusive: true } ] }
      sum: { type: select_multiple, measure: sum, cap: 5, ask: "?", choices: [ { value: x, label: X, score: 1 }, { value: y, label: Y, score: 2 }, { value: z, label: Z, score: 4 } ] }
      whole: { type: integer, min: 0, max: 10, ask: "?" }
      part: { type: decimal, ask: "?" }
      pct: { type: percent, ask: "?" }
      yes: { type: boolean, ask: "?" }
      words: { type: text, ask: "?" }
      far: { type: boolean, ask: "?", relevant: { part: ">= 2.5" } }
      elsewhere: { type: boolean, ask: "?", relevant: { any: [ { other.thing: ">= 1" }, { yes: "true" } ] } }
      unsaid: { type: boolean, ask: "?", relevant: { words: unknown } }
findings:
  f: { kind: gap, severity: low, title: F, text: F, when: { plain: red } }
"#;

/// What may be said to each of its questions; nothing where it stays open.
const ANSWERED: [(&str, &[&str]); 12] = [
    ("a", &RATINGS),
    ("b", &RATINGS),
    ("c", &RATINGS),
    ("one", &["", "red", "blue", "green"]),
    ("plain", &["", "red", "blue", "unknown"]),
    ("many", &["", "[]", "[mail, phone]", "[none]"]),
    ("sum", &["", "[x]", "[y, z]", "[x, z]"]),
    ("whole", &["", "0", "5", "10"]),
    ("part", &["", "2.5", "-1e3", "unknown"]),
    ("pct", &["", "33.3", "100"]),
    ("yes", &["", "{ not_applicable: x }", "false", "true"]),
    ("words", &["", "unknown", "\"unknown\""]),
];

/// The same of a question that nobody may call not applicable.
const ALWAYS_APPLIES: [&str; 5] = ["", "unknown", "0", "1", "2"];
const RATINGS: [&str; 6] = ["", "unknown", "{ not_applicable: x }", "0", "1", "2"];

/// An answer to each of some questions, as a file writes it.
type Set = Vec<(String, &'static str)>;

/// The same as the page holds it.
fn held(rulebook: &Rulebook, (id, text): &(String, &str)) -> Option<Value> {
    let item = rulebook.item(rulebook.find(id)?)?;
    let choices = &item.kind.question()?.choices;
    let names: Vec<&str> = text.trim_matches(['[', ']']).split(", ").collect();
    let places = choices.iter().enumerate();
    let picks = places.filter(|(_, choice)| names.contains(&choice.value.as_str()));
    let picks: Vec<usize> = picks.map(|(place, _)| place).collect();
    let state = match *text {
        "" => return None,
        "unknown" => "unknown",
        text if text.starts_with('{') => "not-applicable",
        _ => "rated",
    };
    Some(json!({ "state": state, "picks": picks, "text": text }))
}

/// The page's own script as far as it decides what is relevant.
fn engine() -> String {
    let file = Path::new(ROOT).join("templates/parts/form-relevance.js");
    let text = fs::read_to_string(file).expect("a script");
    // The comment of the template is none of JavaScript.
    let (_, script) = text.split_once("#}\n").expect("a comment");
    script.to_owned()
}

/// What the script of a form is given.
fn data(rulebook: &Rulebook) -> Value {
    let form = Form::new(rulebook, (Role::Leadership, FormLength::Full), None, false);
    serde_json::from_str(&form.data_json).expect("JSON")
}

/// The questions that are irrelevant to the engine, given the answers to those that are not hidden.
fn irrelevant(rulebook: &Rulebook, set: &Set, hidden: &BTreeSet<String>) -> BTreeSet<String> {
    let said = set
        .iter()
        .filter(|(id, text)| !text.is_empty() && !hidden.contains(id));
    let lines: Vec<_> = said
        .map(|(id, text)| format!("{}: {text}", &id[2..]))
        .collect();
    let answers = answers(rulebook, &lines.join(", ")).valid();
    let readings = evaluate(rulebook, &answers).readings;
    let questions = rulebook
        .items
        .iter()
        .zip(&readings)
        .take(rulebook.question_count());
    let out = questions.filter(|(_, reading)| reading.state == State::Irrelevant);
    out.map(|(item, _)| item.id.clone()).collect()
}

/// Compares both on every set of answers; gives how often anything was hidden.
#[track_caller]
fn agree(browser: &mut Browser, text: &str, rulebook: &Rulebook, sets: &[Set]) -> usize {
    let data = data(rulebook);
    let page = |set: &Set| -> serde_json::Map<String, Value> {
        let entry = |one: &(String, &str)| Some((one.0.clone(), held(rulebook, one)?));
        set.iter().filter_map(entry).collect()
    };
    let pages: Vec<_> = sets.iter().map(page).collect();
    let (engine, pages) = (engine(), json!(pages));
    let script = format!(
        "(() => {{ {engine}; return {pages}.map(one => relevance.hidden({data}, one)); }})()"
    );
    let hidden: Vec<BTreeSet<String>> = serde_json::from_value(browser.eval(&script)).expect("ids");
    for (set, hidden) in sets.iter().zip(&hidden) {
        let engine = irrelevant(rulebook, set, hidden);
        assert_eq!(hidden, &engine, "{text}\n{set:?}");
    }
    hidden.iter().filter(|one| !one.is_empty()).count()
}

/// The pack with a question more for every test of every question, each asked while the test holds or
/// does not: what the page makes of any value, range or set shows in what it hides.
fn probed(text: &str) -> String {
    let rulebook = linked(&[&[("pack.yaml", text)]]).good();
    let tests = |item: &Item| -> Vec<String> {
        match &item.domain {
            Domain::Number { least, most, .. } if least.is_finite() => (1..=4)
                .map(|part| format!("\">= {}\"", least + (most - least) * f64::from(part) / 4.0))
                .collect(),
            Domain::Outcomes { names, .. } | Domain::Choices { names, .. } => {
                names.iter().map(|name| format!("\"{name}\"")).collect()
            }
            Domain::Number { .. } | Domain::Text => Vec::new(),
        }
    };
    let answers = ["unknown", "not applicable"].map(|test| format!("\"{test}\""));
    let mut probes = String::new();
    for item in rulebook.items.iter().take(rulebook.question_count()) {
        for test in tests(item).into_iter().chain(answers.clone()) {
            let atom = format!("{{ {}: {test} }}", item.local_id());
            for when in [atom.clone(), format!("{{ not: {atom} }}")] {
                let id = format!("z{}", probes.lines().count());
                probes += &rating(&id, &format!("relevant: {when}"));
            }
        }
    }
    text.replacen("    questions:\n", &format!("    questions:\n{probes}"), 1)
}

/// The same draws every time.
struct Lots(TestRunner);

impl Lots {
    fn one<T: std::fmt::Debug>(&mut self, of: &impl Strategy<Value = T>) -> T {
        of.new_tree(&mut self.0).expect("a draw").current()
    }

    /// So many sets of answers to these questions.
    fn sets(&mut self, questions: &[(String, &[&'static str])], count: usize) -> Vec<Set> {
        let mut one =
            |(id, list): &(String, &[&'static str])| (id.clone(), list[self.one(&(0..list.len()))]);
        (0..count)
            .map(|_| questions.iter().map(&mut one).collect())
            .collect()
    }
}

#[test]
fn random_answers_to_random_packs_hide_the_same_questions() {
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let mut lots = Lots(TestRunner::deterministic());
    let mut hits = 0;
    for _ in 0..PACKS {
        let text = probed(&lots.one(&generate::packs()));
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let items = rulebook.items.iter().take(rulebook.question_count());
        let own = items.filter(|item| item.id.starts_with("p.q"));
        let said = |item: &Item| {
            let any = item.kind.question().is_some_and(|one| one.may_not_apply);
            let said: &[&str] = if any { &RATINGS } else { &ALWAYS_APPLIES };
            (item.id.clone(), said)
        };
        let questions: Vec<_> = own.map(said).collect();
        let sets = lots.sets(&questions, ANSWERS);
        hits += agree(&mut browser, &text, &rulebook, &sets);
    }
    assert!(hits > 10 * PACKS, "{hits} sets that hide");
}

#[test]
fn every_type_of_question_hides_the_same() {
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let text = probed(&format!("{HEADER}{EVERY}"));
    let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
    let questions = ANSWERED.map(|(id, list)| (format!("p.{id}"), list));
    let sets = Lots(TestRunner::deterministic()).sets(&questions, 400);
    let hits = agree(&mut browser, &text, &rulebook, &sets);
    assert!(hits > 300, "{hits}");
}
