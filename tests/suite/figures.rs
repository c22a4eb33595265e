//! Figures in reports, in the terminal and in `pack docs`.

use crate::printed::{Block, Page};
use crate::reports::{Shown, answered, shown};
use crate::sandbox::Sandbox;
use crate::workshop::{HEADER, pack, ratings};
use centricity::answers::read_customers;
use centricity::report::Templates;
use centricity::text::diagnostic::{Diagnostics, Sources};

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
        .tells("Results of the business")
        .tells("None of these figures enters a score or a level.")
        .tells("21,000 EUR")
        .tells("Worth of one more point of retention")
        .tells("846.15 EUR")
        .tells("12,000 EUR a year")
        .tells("70 % a year")
        .tells("The horizon is 5 years.");
    assert!(
        shown.html.contains("href=\"#m-p--worth\"") && shown.html.contains("id=\"m-p--worth\"")
    );
}

#[test]
fn break_even_stands_simple_and_with_customers_who_leave_side_by_side() {
    let never = results(ALL, TABLE);
    never.tells("2 years").tells("never");
}

#[test]
fn a_metric_without_a_result_says_why() {
    let shown = results(&ALL.replace("margin: 12000", "margin: unknown"), TABLE);
    shown.tells("because not known yet: Margin");
    let worth = shown
        .result
        .metrics
        .iter()
        .find(|one| one.id == "p.worth")
        .unwrap();
    assert!(worth.figures.iter().all(|figure| figure.value.is_none()));
    shown.hides("infinity").hides("NaN");
}

#[test]
fn customers_are_told_by_what_their_value_calls_for() {
    let shown = results(ALL, TABLE);
    let rows = shown
        .result
        .metrics
        .iter()
        .find(|one| one.id == "p.rows")
        .unwrap();
    let page = Page::markdown(&shown.md);
    let table = page.section("Brings");
    for customer in &rows.customers {
        let row = table
            .iter()
            .filter_map(Block::row)
            .find(|row| row[0] == customer.customer);
        let row = row.unwrap_or_else(|| panic!("{}", customer.customer));
        assert_eq!(row[3] == "–", customer.treatment.is_none(), "{row:?}");
    }
    assert_eq!(rows.customers.len(), 5);
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
fn a_pack_of_metrics_alone_has_no_scores() {
    let shown = results(ALL, TABLE);
    assert!(shown.result.scores.is_empty());
    let without = pack(&ratings(&["a"])).good();
    let answers = answered(&without, "a: 1");
    Shown::new(&without, &answers).hides("Results of the business");
}

#[test]
fn the_terminal_tells_headline_figures() {
    let head = "format: 1\nclient: { name: C }\npacks: [p]\ncustomers: customers.csv\nanswers:\n";
    let sandbox = Sandbox::new()
        .file("packs/p/pack.yaml", format!("{HEADER}{QUESTIONS}{METRICS}"))
        .file("c/customers.csv", TABLE)
        .file("c/assessment.yaml", format!("{head}  p: {{ {ALL} }}\n"));
    let told = sandbox.run("assess c --packs packs").exits(0).stdout;
    for text in ["21,000 EUR", "2 years", "40 points"] {
        assert!(told.contains(text), "no `{text}` in\n{told}");
    }
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
