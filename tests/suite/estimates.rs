//! Numbers that people estimate, and findings that rest on them or on a few people counted.

use super::sandbox::{ROOT, Sandbox};
use serde_json::Value;

/// A pack that asks for a share, and finds it high from 20 percent on.
const PACK: &str = "format: 1
id: small
version: 1.0.0
title: \"Small\"
sections:
  one:
    title: \"One\"
    questions:
      care: { type: rating, ask: \"Do you care?\", anchors: { 0: \"no\", 1: \"a bit\", 2: \"some\", 3: \"much\", 4: \"fully\" } }
      lost: { type: percent, ask: \"Which share is lost?\", label: \"Share lost\" }
      won: { type: integer, ask: \"How many were won?\", unit: customers, period: year }
      left: { type: integer, ask: \"How many left?\", unit: customers, period: year }
      promoters: { type: integer, ask: \"9 or 10?\" }
      passives: { type: integer, ask: \"7 or 8?\" }
      detractors: { type: integer, ask: \"0 to 6?\" }
metrics:
  replaced: { title: \"Replaced\", metric: ratio, inputs: { part: won, whole: left } }
  score: { title: \"Score\", metric: nps, inputs: { promoters: promoters, passives: passives, detractors: detractors } }
findings:
  many-lost: { when: { lost: \">= 20\" }, kind: risk, severity: high, title: \"Many are lost\", text: \"{{ value('lost') }} percent.\", advice: [] }
  lost-or-careless: { when: { any: [ { lost: \">= 20\" }, { care: \"<= 1\" } ] }, kind: risk, severity: critical, title: \"Either\", text: \"T\", advice: [] }
  shrinks: { when: { replaced: \"< 1\" }, kind: risk, severity: high, title: \"Fewer come than go\", text: \"T\", advice: [] }
  disliked: { when: { score: \"< 0\" }, kind: risk, severity: high, title: \"Disliked\", text: \"T\", advice: [] }
";

const HEAD: &str = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";

fn sandbox() -> Sandbox {
    Sandbox::new().file("acme/small/pack.yaml", PACK)
}

/// People with one estimate each.
fn asked(people: &[(&str, f64)], more: &str) -> Sandbox {
    let sandbox = sandbox().file("acme/assessment.yaml", format!("{HEAD}{more}"));
    let people = people.iter().enumerate();
    people.fold(sandbox, |sandbox, (nth, (role, lost))| {
        let text = format!("format: 1\nrespondent: r{nth}\nrole: {role}\nanswers: {{ small: {{ lost: {lost}, care: 4 }} }}\n");
        sandbox.file(&format!("acme/responses/{nth}.yaml"), text)
    })
}

fn managers(shares: &[f64]) -> Vec<(&'static str, f64)> {
    shares.iter().map(|share| ("management", *share)).collect()
}

/// What one assessor answers.
fn alone(answers: &str) -> Sandbox {
    let text = format!("{HEAD}answers: {{ small: {{ {answers} }} }}\n");
    sandbox().file("acme/assessment.yaml", text)
}

#[track_caller]
fn result(sandbox: &Sandbox) -> Value {
    sandbox.run("assess acme --format json").exits(0).json()
}

fn finding(result: &Value, id: &str) -> Value {
    let findings = result["findings"].as_array().expect("findings");
    let found = findings
        .iter()
        .find(|one| one["id"] == format!("small.{id}"));
    found
        .unwrap_or_else(|| panic!("no `{id}` in {findings:#?}"))
        .clone()
}

fn question(result: &Value, id: &str) -> Value {
    let questions = result["questions"].as_array().expect("questions");
    let found = questions
        .iter()
        .find(|one| one["id"] == format!("small.{id}"));
    found.expect(id).clone()
}

#[test]
fn a_number_that_people_estimate_is_their_median() {
    let guesses = [5.0, 5.0, 10.0, 10.0, 20.0, 20.0, 25.0, 30.0, 35.0, 90.0];
    let sandbox = asked(&managers(&guesses), "");
    let all = result(&sandbox);
    let lost = question(&all, "lost");
    assert_eq!(
        (&lost["value"], &lost["answer"][0]),
        (&20.0.into(), &"20".into())
    );
    assert_eq!(
        lost["says"],
        "20 %, an estimate (n 10); the middle half says 10 to 30 %"
    );
    assert_eq!(lost["group"]["estimate"]["middle"]["high"], 30.0);
    let words = "an estimate (n 10); the middle half says 10 to 30 %";
    sandbox.run("explain acme lost").exits(0).prints(words);
    for format in ["md", "html"] {
        let report = sandbox.run(&format!("report acme --format {format}"));
        report.exits(0).prints(words);
    }
}

#[test]
fn the_middle_half_is_shown_of_twice_the_minimum() {
    let nine = asked(
        &managers(&[10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0]),
        "",
    );
    let lost = question(&result(&nine), "lost");
    assert_eq!(lost["says"], "14 %, an estimate (n 9)");
    assert!(lost["group"]["estimate"]["middle"].is_null());
    let mut people = managers(&[10.0; 12]);
    people.extend([
        ("leadership", 90.0),
        ("leadership", 90.0),
        ("frontline", 80.0),
        ("frontline", 80.0),
        ("frontline", 80.0),
    ]);
    let lost = question(&result(&asked(&people, "")), "lost");
    // Leaders and front line are others: half of the weight says 10, and half 80 or more.
    assert_eq!(lost["group"]["people"], 17);
    assert_eq!(
        lost["says"],
        "45 %, an estimate (n 17); the middle half says 10 to 80 %"
    );
    let pooled = asked(&people, "respondents: { pooled: true }\n");
    assert_eq!(question(&result(&pooled), "lost")["value"], 10.0);
}

#[test]
fn a_finding_on_an_estimate_says_so_and_is_not_of_high_severity() {
    let people = managers(&[10.0, 20.0, 22.0, 25.0, 35.0]);
    let sandbox = asked(&people, "");
    let all = result(&sandbox);
    let lost = finding(&all, "many-lost");
    assert_eq!(
        (&lost["severity"], &lost["severity_by_rule"]),
        (&"medium".into(), &"high".into())
    );
    let says = "“Share lost” is an estimate by 5 people.";
    assert_eq!(lost["reservations"][0]["kind"], "estimate");
    assert_eq!(lost["reservations"][0]["says"], says);
    assert_eq!(finding(&all, "lost-or-careless")["severity"], "medium");
    sandbox.run("explain acme many-lost").exits(0).prints(says);
    for format in ["md", "html"] {
        let report = sandbox.run(&format!("report acme --format {format}"));
        let report = report.exits(0).prints(says).prints("Medium · risk");
        report
            .prints("High by its rule, held lower:")
            .never("High · risk");
    }
    let agreed = "format: 1\nconsensus: { small: { lost: { value: 22, reason: Counted } } }\n";
    let sandbox = sandbox.file("acme/consensus.yaml", agreed);
    let all = result(&sandbox);
    assert_eq!(question(&all, "lost")["says"], "22 %, agreed");
    assert_eq!(finding(&all, "many-lost")["severity"], "high");
    assert!(finding(&all, "many-lost")["reservations"].is_null());
    assert_eq!(
        finding(&result(&alone("lost: 22")), "many-lost")["severity"],
        "high"
    );
}

#[test]
fn a_finding_that_holds_without_the_estimate_keeps_its_severity() {
    let sandbox = asked(&managers(&[30.0; 5]), "").file(
        "acme/consensus.yaml",
        "format: 1\nconsensus: { small: { care: { value: 0, reason: Seen } } }\n",
    );
    let all = result(&sandbox);
    assert_eq!(finding(&all, "lost-or-careless")["severity"], "critical");
    assert_eq!(finding(&all, "many-lost")["severity"], "medium");
}

#[test]
fn two_of_a_few_people_counted_do_not_make_a_high_finding() {
    let lost = |of: u32| {
        let sandbox = alone(&format!("lost: {{ value: 22, of: {of} }}"));
        let all = result(&sandbox);
        (question(&all, "lost"), finding(&all, "many-lost"))
    };
    let (question, found) = lost(36);
    assert_eq!(
        (&question["of"], &question["says"]),
        (&36.into(), &"22 %, 8 of 36".into())
    );
    assert_eq!(found["severity"], "medium");
    assert_eq!(found["reservations"][0]["kind"], "small-sample");
    assert_eq!(
        found["reservations"][0]["says"],
        "“Share lost”: 8 of 36; one of them would make the difference."
    );
    assert_eq!(lost(99).1["severity"], "medium", "two are 2.02 points");
    assert_eq!(lost(101).1["severity"], "high", "two are 1.98 points");
}

#[test]
fn the_fewest_that_make_the_difference_are_named() {
    for of in [12, 25, 40, 49, 50, 60, 80, 99, 100, 120] {
        let all = result(&alone(&format!("lost: {{ value: 22, of: {of} }}")));
        let found = finding(&all, "many-lost");
        let fails = |people: f64| 22.0 - 100.0 * people / f64::from(of) < 20.0 - 1e-9;
        let fewest = [(1.0, "one"), (2.0, "two")];
        let fewest = fewest.iter().find(|(people, _)| fails(*people));
        let says = found["reservations"][0]["says"].as_str();
        let named = fewest.map(|(_, word)| format!("; {word} of them would make the difference."));
        match (says, named) {
            (Some(says), Some(named)) => assert!(says.ends_with(&named), "{of}: {says}"),
            (says, named) => assert_eq!((says, named), (None, None), "{of}"),
        }
    }
}

#[test]
fn counts_behind_a_ratio_and_a_score_are_few_or_many() {
    let severity = |answers: &str, id: &str| {
        let found = finding(&result(&alone(answers)), id);
        found["severity"].as_str().expect("a severity").to_owned()
    };
    assert_eq!(severity("won: 36, left: 38", "shrinks"), "medium");
    assert_eq!(severity("won: 35, left: 38", "shrinks"), "high");
    let scores = |promoters: u32, detractors: u32| {
        format!("promoters: {promoters}, passives: 10, detractors: {detractors}")
    };
    assert_eq!(severity(&scores(10, 14), "disliked"), "medium");
    assert_eq!(severity(&scores(10, 15), "disliked"), "high");
}

#[test]
fn only_a_share_is_of_so_many() {
    let refused = |answers: &str, says: &str| {
        alone(answers).run("check acme").exits(3).prints(says);
    };
    refused(
        "care: { value: 2, of: 36 }",
        "`care` is no share in percent",
    );
    refused(
        "lost: { value: 22, of: 0 }",
        "`lost` cannot be a share of nobody",
    );
}

#[test]
fn a_sample_client_whose_share_two_more_would_change_says_so() {
    let path = format!("{ROOT}/tests/clients/harbour-tools");
    let report = Sandbox::new().run(&format!("report {path} --format md"));
    report.exits(0).prints(
        "“Share of wanted customers kept”: 28 of 36; one of them would make the difference.",
    );
}

/// Of 38 customers with a value, 34 have a known value in reach, and shares of how to treat them are
/// of those 34.
#[test]
fn a_share_of_a_customer_table_names_those_it_is_taken_of() {
    let client = super::clients::Client::named(super::clients::ALL_PACKS);
    let metrics = client.assessment.metrics.iter();
    let customers: Vec<_> = metrics.flat_map(|one| &one.customers).collect();
    let known = customers.iter().filter(|one| one.treatment.is_some());
    assert_eq!((customers.len(), known.count()), (38, 34));
    let findings = client.assessment.findings.iter();
    let said: Vec<_> = findings
        .flat_map(|one| &one.reservations)
        .map(|one| one.says.as_str())
        .filter(|says| says.contains("customers to"))
        .collect();
    assert_eq!(
        said,
        [
            "“Where the value lies: customers to let go or reprice”: 34 counted; two of them would make the difference."
        ]
    );
}
