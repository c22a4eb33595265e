//! Figures in reports, in the terminal and in `pack docs`.

use crate::sandbox::Sandbox;
use crate::shown::{Shown, answered, shown};
use crate::workshop::{HEADER, pack, ratings};
use centricity::answers::read_customers;
use centricity::report::Templates;
use centricity::text::diagnostic::{Diagnostics, Sources};
use serde_json::Value;

const QUESTIONS: &str = "sections:\n  s:\n    title: S\n    questions:\n\
    \u{20}     margin: { type: decimal, ask: \"?\", unit: EUR, period: year }\n\
    \u{20}     keep: { type: percent, ask: \"?\", period: year }\n\
    \u{20}     rate: { type: percent, ask: \"?\", period: year }\n\
    \u{20}     cost: { type: decimal, ask: \"?\", unit: EUR }\n\
    \u{20}     yes: { type: integer, ask: \"?\", min: 0 }\n\
    \u{20}     so: { type: integer, ask: \"?\", min: 0 }\n\
    \u{20}     no: { type: integer, ask: \"?\", min: 0 }\n";

const METRICS: &str = "metrics:\n\
    \u{20} worth: { title: Worth, about: \"Over the *whole* time.\", metric: lifetime_value, inputs: { margin: margin, retention: keep, discount: rate }, periods: 5 }\n\
    \u{20} even: { title: Back, metric: break_even, inputs: { cost: cost, margin: margin, retention: keep, discount: rate } }\n\
    \u{20} recommend: { title: Told on, metric: nps, inputs: { promoters: yes, passives: so, detractors: no } }\n\
    \u{20} rows: { title: Brings, metric: customer_value, from: customers }\n";

const ALL: &str = "margin: 12000, keep: 70, rate: 10, cost: 24000, yes: 60, so: 20, no: 20";

const TABLE: &str = "customer,margin,spend,wallet,cost\n\
    Big,90000,900,1000,10000\nMid,4000,75,300,0\nSteady,60000,80,81,1000\nDear,1000,40,50,9000\nNew,10,unknown,9,0\n";

/// The metrics over these answers and this table.
fn results(answers: &str, table: &str) -> Shown {
    let rulebook = pack(&format!("{QUESTIONS}{METRICS}")).good();
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let source = sources.add("customers.csv", table.to_owned());
    let table = read_customers(&sources, source, &mut problems).expect("a table");
    let answers = answered(&rulebook, answers).with_customers(table);
    Shown::new(&rulebook, &answers)
}

/// Customers `C1` to `Cn`, each of half the value of the one before, and the last at a loss.
fn many(n: u32) -> String {
    let line = |at: u32| format!("C{at},{},1,2,{}\n", 1_000_000 >> at.min(9), at / n * 5000);
    let lines: String = (1..=n).map(line).collect();
    format!("customer,margin,spend,wallet,cost\n{lines}")
}

#[test]
fn a_metric_shows_its_figures_its_inputs_and_its_convention() {
    let shown = results(ALL, TABLE);
    shown
        .tells("Economics and customer outcomes")
        .tells("Results stand beside maturity, never inside")
        .tells("21,000 EUR")
        .tells("Worth of one more point of retention")
        .tells("846.15 EUR")
        .tells("12,000 EUR a year")
        .tells("70 % a year")
        .tells("The horizon is 5 years.");
    assert!(shown.html.contains("<em>whole</em>") && shown.md.contains("*whole*"));
    assert!(shown.html.contains("href=\"#r-p-worth\"") && shown.html.contains("id=\"r-p-worth\""));
}

#[test]
fn break_even_stands_simple_and_with_customers_who_leave_side_by_side() {
    let never = results(ALL, TABLE);
    let says = never.metric("even")["heads"].as_array().unwrap().iter();
    let says: Vec<_> = says.map(|head| head["says"].as_str().unwrap()).collect();
    assert_eq!(says, ["2 years", "never"]);
    never.tells("With the customers who leave it never is: all margins to come add up to 0.88 times the cost.");
    let late = results(&ALL.replace("cost: 24000", "cost: 13000"), TABLE);
    late.tells("turn 1.1 years into 3 years");
}

#[test]
fn a_metric_without_a_result_says_why_and_stands_last() {
    let shown = results(&ALL.replace("margin: 12000", "margin: unknown"), TABLE);
    shown.tells("No result, because not known yet: Margin.");
    let ids = shown.view["packs"][0]["metrics"].as_array().unwrap().iter();
    let ids: Vec<_> = ids.map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["p.recommend", "p.rows", "p.worth", "p.even"]);
    assert_eq!(shown.metric("worth")["heads"].as_array().unwrap().len(), 0);
    assert!(!shown.html.contains("infinity") && !shown.html.contains("NaN"));
}

#[test]
fn a_small_survey_is_told_to_be_a_direction() {
    let caution = |yes: u32, so: u32, no: u32| {
        let shown = results(&format!("yes: {yes}, so: {so}, no: {no}"), TABLE);
        shown.metric("recommend")["caution"].clone()
    };
    let told = |text: &str| format!("Read it as a direction, not as a mark: {text}.");
    assert_eq!(caution(60, 20, 20), told("the margin is above 10 points"));
    assert_eq!(caution(90, 5, 4), told("fewer than 100 people answered"));
    assert_eq!(
        caution(30, 12, 11),
        told("fewer than 100 people answered, and the margin is above 10 points")
    );
    assert_eq!(caution(600, 200, 200), Value::Null);
    results("yes: 600, so: 200, no: 200", TABLE).tells("1,000 people answered.");
}

#[test]
fn customers_are_told_by_what_their_value_calls_for() {
    let shown = results(ALL, TABLE);
    let treated = shown.metric("rows")["customers"]["treated"].clone();
    let counts = treated.as_array().unwrap().iter();
    let counts: Vec<_> = counts
        .map(|one| format!("{} {} {}", one["title"], one["count"], one["share"]).replace('"', ""))
        .collect();
    assert_eq!(
        counts,
        [
            "Keep and protect 2 50.0 %",
            "Grow 0 0.0 %",
            "Hold at least cost 0 0.0 %",
            "Let go or reprice 2 50.0 %",
            "Cannot be said 1 null"
        ]
    );
    shown.tells("The first 4 of 5 customers bring 143,010; the other one takes 8,000");
    assert_eq!(
        treated[3]["rows"][0]["name"], "Dear",
        "least valuable first"
    );
}

#[test]
fn value_that_adds_up_is_drawn_and_tabled() {
    let adding = |table: &str| results(ALL, table).metric("rows")["customers"]["adding"].clone();
    let curve = adding(TABLE);
    let shares = curve["rows"].as_array().unwrap().iter();
    let shares: Vec<_> = shares.map(|row| row["share"].as_str().unwrap()).collect();
    // 80,000, 59,000, 4,000, 10 and -8,000, of the 143,010 that those bring who bring any.
    assert_eq!(shares, ["55.9 %", "97.2 %", "100.0 %", "100.0 %", "94.4 %"]);
    assert_eq!(curve["points"][0]["label"], "Peak: 143,010");
    assert!(curve["path"].as_str().unwrap().starts_with("M0 100L20 "));
    assert!(!curve["lost"].as_str().unwrap().is_empty());
    assert_eq!(adding("customer,margin\nOne,1\n"), Value::Null);
    let losers = adding("customer,margin,cost\nA,1,5\nB,1,9\n");
    assert_eq!(losers["caption"], "None of the 2 customers adds value.");
    assert_eq!(losers["rows"][0]["share"], Value::Null);
    let even = adding("customer,margin\nA,5\nB,5\n");
    assert_eq!(even["caption"], "Each of the 2 customers adds value.");
    assert_eq!(even["lost"], "");
}

#[test]
fn no_more_than_twenty_customers_stand_by_name() {
    let shown = results(ALL, &many(60));
    let treated = shown.metric("rows")["customers"]["treated"].clone();
    let shed = &treated[3];
    assert_eq!(shed["rows"].as_array().unwrap().len(), 20);
    let more = shed["count"].as_str().unwrap().parse::<u32>().unwrap() - 20;
    assert_eq!(shed["more"], format!("And {more} more."));
    shown.tells(&format!("And {more} more."));
}

#[test]
fn the_name_of_a_customer_stays_text() {
    let evil = "<script>alert(1)</script> **b** [x](javascript:y) `c` | # <img src=x>";
    let table = format!("customer,margin,spend,wallet\n\"{evil}\",9,1,2\nB,1,1,2\n");
    let shown = results(ALL, &table);
    assert!(shown.html.contains("&lt;script"));
    for tag in ["<script", "<img", "href=\"javascript"] {
        assert!(!shown.html.contains(tag), "{tag}");
    }
    let mut parsed = String::new();
    let options = pulldown_cmark::Options::all();
    pulldown_cmark::html::push_html(
        &mut parsed,
        pulldown_cmark::Parser::new_ext(&shown.md, options),
    );
    for tag in [
        "<script",
        "<img",
        "<strong>b</strong>",
        "<code>c</code>",
        "javascript:y\"",
    ] {
        assert!(!parsed.contains(tag), "{tag} in {parsed}");
    }
}

#[test]
fn a_pack_of_metrics_alone_has_no_profile() {
    let shown = results(ALL, TABLE);
    assert_eq!(shown.view["numbers"]["profile"], Value::Null);
    assert_eq!(shown.view["numbers"]["metrics"], "2");
    shown
        .hides("Profile")
        .tells("Four results of the business can be told.");
    let without = pack(&ratings(&["a"])).good();
    let answers = answered(&without, "a: 1");
    let shown = Shown::new(&without, &answers);
    shown.hides("Economics and customer outcomes");
    assert!(!shown.terminal.contains("Results, beside maturity"));
}

#[test]
fn the_terminal_tells_headline_figures() {
    let told = results(ALL, TABLE).terminal;
    for text in [
        "Results, beside maturity",
        "21,000 EUR (one more point of retention: 846.15",
        "2 years (with customers who leave: never)",
        "40 points (give or take 15.7; 100 answers)",
    ] {
        assert!(told.contains(text), "no `{text}` in\n{told}");
    }
    assert_eq!(told.matches("21,000 EUR").count(), 1, "told once");
    assert!(told.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn a_figure_never_contradicts_the_finding_that_rests_on_it() {
    let more = "findings:\n  dear: { when: { even/cover: \"< 1\" }, kind: risk, severity: high, title: Dear, text: T }\n";
    let body = format!("{QUESTIONS}{METRICS}{more}");
    // All margins to come: 12,000 · 0.7 / 0.4 = 21,000.
    let shown = shown(&body, &ALL.replace("cost: 24000", "cost: 21042"));
    shown.tells("0.998 times").hides("1 times").tells("Dear");
}

#[test]
fn pack_docs_tell_metrics() {
    let rulebook = pack(&format!("{QUESTIONS}{METRICS}")).good();
    let templates = Templates::builtin().unwrap();
    let text = super::docs::guide(&rulebook, "p", &templates).0;
    for told in [
        "`worth`, customer lifetime value.",
        "first margin comes after the first renewal",
        "Input retention: Keep (`keep`)",
        "From the customer table.",
        "| Simple: as if nobody left | `even/simple` | years |",
        "| Worth of one more point of retention | `worth/point` | EUR |",
    ] {
        assert!(text.contains(told), "no `{told}` in\n{text}");
    }
}

#[test]
fn every_customer_stands_in_the_result_document() {
    let sandbox = Sandbox::new()
        .file("packs/p/pack.yaml", format!("{HEADER}{QUESTIONS}{METRICS}"))
        .file("c/customers.csv", many(60))
        .file(
            "c/assessment.yaml",
            "format: 1\nclient: { name: C }\npacks: [p]\ncustomers: customers.csv\n",
        );
    let json = sandbox
        .run("assess c --packs packs --format json")
        .exits(0)
        .json();
    let metrics = json["metrics"].as_array().unwrap();
    let rows = metrics.iter().find(|one| one["id"] == "p.rows").unwrap();
    assert_eq!(rows["customers"].as_array().unwrap().len(), 60);
    assert!(rows["figures"][0]["says"].as_str().unwrap().ends_with(" %"));
}
