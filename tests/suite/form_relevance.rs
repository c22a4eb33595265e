//! What a form hides is what the engine calls irrelevant: the same answers through both.

use super::browser::Browser;
use super::generate;
use super::sandbox::ROOT;
use super::workshop::{HEADER, answers, linked, rating};
use centricity::evaluate::{State, evaluate};
use centricity::form::{Form, Setting};
use centricity::pack::file::Role;
use centricity::report::view::Brand;
use centricity::rulebook::{Domain, Item, Rulebook};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

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
      late: { type: boolean, ask: "?", relevant: { level: high } }
scores:
  lowest: { aggregate: min, of: [b, c] }
  widest: { aggregate: spread, of: [b, c] }
  counted: { aggregate: count, of: [a, b, c], test: ">= 1" }
  added: { aggregate: sum, of: [b, c, sum] }
  mixed: { aggregate: mean, of: [a, one, many, whole, pct, added, counted], normalise: true, cap: { when: { plain: red }, at: 50, because: x } }
  apart: { aggregate: difference, of: [lowest, a] }
decisions:
  signs:
    outcomes: [early, late, odd]
    inputs: [a, b]
    hit_policy: collect
    rules:
      - { id: r1, if: [">= 1", "-"], then: early, because: x }
      - { id: r2, if: ["-", ">= 1"], then: late, because: x }
      - { id: r3, if: ["< 1", "-"], then: odd, because: x }
  form:
    outcomes: [low, middle, high]
    inputs: [plain, b]
    hit_policy: first
    rules:
      - { id: r1, if: ["red", "-"], then: low, because: x }
      - { id: r2, if: ["-", "< 1"], then: middle, because: x }
      - { id: r3, if: ["-", "-"], then: high, because: x }
ladders:
  level: { of: mixed, measure: index, levels: [ { id: low }, { id: high, from: 50 } ] }
findings:
  f: { kind: gap, severity: low, title: F, text: F, when: { form: low } }
"#;

const YES: [Said; 4] = [
    ("", None),
    ("unknown", Some(("unknown", &[], ""))),
    ("false", Some(("rated", &[0], ""))),
    ("true", Some(("rated", &[1], ""))),
];

const ANSWERED: [(&str, &[Said]); 12] = [
    ("a", &RATINGS),
    ("b", &RATINGS),
    ("c", &RATINGS),
    (
        "one",
        &[
            ("", None),
            ("red", Some(("rated", &[0], ""))),
            ("blue", Some(("rated", &[1], ""))),
            ("green", Some(("rated", &[2], ""))),
        ],
    ),
    (
        "plain",
        &[
            ("", None),
            ("red", Some(("rated", &[0], ""))),
            ("blue", Some(("rated", &[1], ""))),
            ("unknown", Some(("unknown", &[], ""))),
        ],
    ),
    (
        "many",
        &[
            ("", None),
            ("[]", Some(("rated", &[], ""))),
            ("[mail, phone]", Some(("rated", &[0, 1], ""))),
            ("[none]", Some(("rated", &[2], ""))),
        ],
    ),
    (
        "sum",
        &[
            ("", None),
            ("[x]", Some(("rated", &[0], ""))),
            ("[y, z]", Some(("rated", &[1, 2], ""))),
            ("[x, z]", Some(("rated", &[0, 2], ""))),
        ],
    ),
    (
        "whole",
        &[
            ("", None),
            ("0", Some(("rated", &[], "0"))),
            ("5", Some(("rated", &[], "5"))),
            ("10", Some(("rated", &[], "10"))),
        ],
    ),
    (
        "part",
        &[
            ("", None),
            ("2.5", Some(("rated", &[], "2.5"))),
            ("-1e3", Some(("rated", &[], "-1000"))),
            ("unknown", Some(("unknown", &[], ""))),
        ],
    ),
    (
        "pct",
        &[
            ("", None),
            ("33.3", Some(("rated", &[], "33.3"))),
            ("100", Some(("rated", &[], "100"))),
        ],
    ),
    ("yes", &YES),
    (
        "words",
        &[
            ("", None),
            ("unknown", Some(("unknown", &[], ""))),
            ("\"unknown\"", Some(("rated", &[], "unknown"))),
        ],
    ),
];

/// The same draws every time.
struct Lots(TestRunner);

impl Lots {
    fn new() -> Self {
        Self(TestRunner::deterministic())
    }

    fn one<T: std::fmt::Debug>(&mut self, of: &impl Strategy<Value = T>) -> T {
        of.new_tree(&mut self.0).expect("a draw").current()
    }

    fn draw(&mut self, count: usize) -> usize {
        self.one(&(0..count))
    }
}

/// An answer to each of some questions.
type Set = Vec<(String, Said)>;

const PACKS: usize = 300;
const ANSWERS: usize = 25;

/// An answer in a file, and the same as the page holds it.
type Said = (
    &'static str,
    Option<(&'static str, &'static [usize], &'static str)>,
);

const RATINGS: [Said; 6] = [
    ("", None),
    ("unknown", Some(("unknown", &[], ""))),
    ("{ not_applicable: x }", Some(("not-applicable", &[], ""))),
    ("0", Some(("rated", &[0], ""))),
    ("1", Some(("rated", &[1], ""))),
    ("2", Some(("rated", &[2], ""))),
];

/// The page's own script as far as it decides what is relevant.
fn engine() -> String {
    let part = |name: &str| {
        fs::read_to_string(Path::new(ROOT).join("templates/parts").join(name)).expect(name)
    };
    part("form-relevance.js").replace(
        "{% include \"parts/form-scores.js\" %}",
        &part("form-scores.js"),
    )
}

/// A form's data and the questions it always asks.
fn form(rulebook: &Rulebook) -> (Value, BTreeSet<String>) {
    let brand = Brand::default();
    let setting = Setting {
        role: Role::Leadership,
        client: None,
        evidence: false,
        brand: &brand,
    };
    let form = Form::new(rulebook, setting);
    let always = form.always_asked.iter().map(|id| (*id).to_owned());
    (
        serde_json::from_str(&form.data_json).expect("JSON"),
        always.collect(),
    )
}

/// The questions that are irrelevant to the engine, given the answers to those that are not hidden.
fn irrelevant(
    rulebook: &Rulebook,
    given: &[(String, Said)],
    hidden: &BTreeSet<String>,
) -> BTreeSet<String> {
    let said = given
        .iter()
        .filter(|(id, (text, _))| !text.is_empty() && !hidden.contains(id));
    let lines: Vec<String> = said
        .map(|(id, (text, _))| format!("{}: {text}", &id[2..]))
        .collect();
    let answers = answers(rulebook, &lines.join(", ")).valid();
    let readings = evaluate(rulebook, &answers).readings;
    let items = rulebook
        .items()
        .iter()
        .zip(&readings)
        .take(rulebook.question_count());
    let out = items.filter(|(_, reading)| reading.state == State::Irrelevant);
    out.map(|(item, _)| item.id.clone()).collect()
}

/// Runs every set of answers through the page's script.
fn hidden(browser: &mut Browser, data: &Value, sets: &[Set]) -> Vec<BTreeSet<String>> {
    let answer = |said: &Said| {
        said.1
            .map(|(state, picks, text)| json!({ "state": state, "picks": picks, "text": text }))
    };
    let sets: Vec<Value> = sets
        .iter()
        .map(|set| {
            set.iter()
                .filter_map(|(id, said)| Some((id.clone(), answer(said)?)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        })
        .collect();
    let script = format!(
        "(() => {{ {}; return {}.map(one => relevance.hidden({data}, one)); }})()",
        engine(),
        json!(sets)
    );
    serde_json::from_value(browser.eval(&script)).expect("lists of ids")
}

/// Compares both on every set of answers; gives how often anything was hidden.
#[track_caller]
fn agree(browser: &mut Browser, text: &str, rulebook: &Rulebook, sets: &[Set]) -> usize {
    let (data, always) = form(rulebook);
    let hidden = hidden(browser, &data, sets);
    for (set, hidden) in sets.iter().zip(&hidden) {
        assert!(hidden.is_disjoint(&always), "{text}\n{set:?}");
        let engine = irrelevant(rulebook, set, hidden);
        let told: BTreeSet<String> = engine.difference(&always).cloned().collect();
        assert_eq!(hidden, &told, "{text}\n{set:?}");
    }
    hidden.iter().filter(|one| !one.is_empty()).count()
}

/// The pack with a question more for every test of every item, each asked while the test holds or
/// does not: what the page makes of any value, range or set shows in what it hides.
fn probed(text: &str) -> String {
    let rulebook = linked(&[&[("pack.yaml", text)]]).good();
    let tests = |item: &Item| match &item.domain {
        Domain::Number { least, most, .. } if least.is_finite() => (1..=4)
            .map(|part| format!("\">= {}\"", least + (most - least) * f64::from(part) / 4.0))
            .collect(),
        Domain::Outcomes { names, .. } | Domain::Choices { names, .. } => {
            names.iter().map(|name| format!("\"{name}\"")).collect()
        }
        Domain::Number { .. } | Domain::Text => Vec::new(),
    };
    let mut probes = String::new();
    for item in rulebook.items() {
        for test in tests(item) {
            let atom = format!("{{ {}: {test} }}", item.local_id());
            for when in [atom.clone(), format!("{{ not: {atom} }}")] {
                let id = format!("z{}", probes.lines().count());
                probes += &rating(&id, &format!("relevant: {when}"));
            }
        }
    }
    text.replacen("    questions:\n", &format!("    questions:\n{probes}"), 1)
}

/// Sets of answers picked by lot, one for each of these questions.
fn drawn(questions: &[(String, &[Said])], count: usize, lots: &mut Lots) -> Vec<Set> {
    let set = |lots: &mut Lots| {
        let one = |(id, list): &(String, &[Said])| (id.clone(), list[lots.draw(list.len())]);
        questions.iter().map(one).collect()
    };
    (0..count).map(|_| set(lots)).collect()
}

#[test]
fn random_answers_to_random_packs_hide_the_same_questions() {
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let (mut lots, mut hits, mut told) = (Lots::new(), 0, 0);
    for _ in 0..PACKS {
        let text = probed(&lots.one(&generate::packs()));
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let items = rulebook.items().iter().take(rulebook.question_count());
        let questions: Vec<(String, &[Said])> = items
            .filter(|item| item.id.starts_with("p.q"))
            .map(|item| (item.id.clone(), &RATINGS[..]))
            .collect();
        let sets = drawn(&questions, ANSWERS, &mut lots);
        hits += agree(&mut browser, &text, &rulebook, &sets);
        let steps = &form(&rulebook).0["logic"]["steps"];
        let computed = |step: &&Value| step["ask"].is_null();
        told += steps
            .as_array()
            .expect("steps")
            .iter()
            .filter(computed)
            .count();
    }
    assert!(
        told > PACKS && hits > 10 * PACKS,
        "{told} scores and decisions, {hits} sets that hide"
    );
}

#[test]
fn every_type_of_question_and_table_hides_the_same() {
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let text = probed(&format!("{HEADER}{EVERY}"));
    let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
    let questions = ANSWERED.map(|(id, list)| (format!("p.{id}"), list));
    let sets = drawn(&questions, 400, &mut Lots::new());
    let hits = agree(&mut browser, &text, &rulebook, &sets);
    assert!(hits > 300, "{hits}");
    assert!(
        form(&rulebook).1.contains("p.late"),
        "what hangs on a ladder is always asked"
    );
}
