//! Metrics in packs: wired to questions and to the customer table, guarded, and beside maturity.

use crate::sandbox::Sandbox;
use crate::workshop::{Outcome, checked, pack};
use centricity::answers::{Answers, read_customers};
use centricity::assess::{Assessment, FigureResult, assess};
use centricity::rules::Customer;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};

const QUESTIONS: &str = "sections:\n  s:\n    title: S\n    questions:\n\
    \u{20}     margin: { type: decimal, ask: \"?\", unit: EUR, period: year }\n\
    \u{20}     keep: { type: percent, ask: \"?\", period: year }\n\
    \u{20}     rate: { type: percent, ask: \"?\", period: year }\n\
    \u{20}     cost: { type: decimal, ask: \"?\", unit: EUR }\n\
    \u{20}     dollars: { type: decimal, ask: \"?\", unit: USD, period: year }\n\
    \u{20}     monthly: { type: percent, ask: \"?\", period: month }\n\
    \u{20}     yes: { type: integer, ask: \"?\", min: 0 }\n\
    \u{20}     so: { type: integer, ask: \"?\", min: 0 }\n\
    \u{20}     no: { type: integer, ask: \"?\", min: 0 }\n\
    \u{20}     care: { type: rating, ask: \"?\", anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n";

const METRICS: &str = "metrics:\n\
    \u{20} worth: { metric: lifetime_value, inputs: { margin: margin, retention: keep, discount: rate }, periods: 5 }\n\
    \u{20} even: { metric: break_even, inputs: { cost: cost, margin: margin, retention: keep, discount: rate } }\n\
    \u{20} recommend: { metric: nps, inputs: { promoters: yes, passives: so, detractors: no } }\n\
    \u{20} share: { metric: share_of_customer, from: customers }\n\
    \u{20} rows: { metric: customer_value, from: customers, inputs: { discount: rate } }\n";

fn rulebook(more: &str) -> Outcome<Rulebook> {
    pack(&format!("{QUESTIONS}{METRICS}{more}"))
}

fn given(rulebook: &Rulebook, answers: &str) -> Answers {
    let text =
        format!("format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers:\n  p: {{ {answers} }}\n");
    checked(rulebook, &text).good()
}

fn figure<'a>(assessment: &'a Assessment, id: &str) -> &'a FigureResult {
    let id = format!("p.{id}");
    let mut figures = assessment.metrics.iter().flat_map(|one| &one.figures);
    figures.find(|one| one.id == id).expect("a figure")
}

#[track_caller]
fn gives(assessment: &Assessment, id: &str, wanted: f64) {
    let value = figure(assessment, id).value.expect("a value");
    assert!((value - wanted).abs() < 5e-5, "{id} is {value}");
}

/// A table as it is read, or the problems with it.
fn table(text: &str) -> Result<Vec<Customer>, Vec<String>> {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let source = sources.add("customers.csv", text.to_owned());
    let table = read_customers(&sources, source, &mut problems);
    let told = |it: &centricity::text::diagnostic::Diagnostic| {
        let at = sources.position(it.place.expect("a place"));
        format!("{}:{} {}: {}", at.line, at.column, it.code, it.message)
    };
    table.ok_or_else(|| problems.sorted().into_iter().map(told).collect())
}

#[test]
fn metrics_take_their_numbers_from_answers() {
    let rulebook = rulebook("").good();
    let answers = given(
        &rulebook,
        "margin: 100, keep: 80, rate: 10, cost: 300, yes: 60, so: 20, no: 20",
    );
    let assessment = assess(&rulebook, &answers);
    gives(&assessment, "worth", 266.6667);
    gives(&assessment, "worth/within", 212.4097);
    gives(&assessment, "worth/point", 12.6437);
    gives(&assessment, "even/simple", 3.0);
    assert_eq!(figure(&assessment, "even").value, None);
    gives(&assessment, "even/cover", 266.6667 / 300.0);
    gives(&assessment, "recommend", 40.0);
    gives(&assessment, "recommend/margin", 15.68);
}

#[test]
fn every_figure_of_a_lifetime_follows_when_the_first_margin_comes() {
    let timed = |timing: &str| {
        let metrics = METRICS.replace(
            "rate }, periods: 5 }",
            &format!("rate }}, periods: 5, timing: {timing} }}"),
        );
        let metrics = metrics.replace(
            "discount: rate } }\n  recommend",
            &format!("discount: rate }}, timing: {timing} }}\n  recommend"),
        );
        let rulebook = pack(&format!("{QUESTIONS}{metrics}")).good();
        assess(
            &rulebook,
            &given(&rulebook, "margin: 100, keep: 80, rate: 10, cost: 300"),
        )
    };
    for (timing, all, five, periods, cover) in [
        ("now", 366.6667, 292.0634, 6.0, 366.6667 / 300.0),
        ("end-of-period", 333.3333, 265.5122, 8.0, 333.3333 / 300.0),
    ] {
        let assessment = timed(timing);
        gives(&assessment, "worth", all);
        gives(&assessment, "worth/within", five);
        gives(&assessment, "even", periods);
        gives(&assessment, "even/cover", cover);
        for metric in &assessment.metrics[..2] {
            let words = ["and is certain", "first margin comes"];
            assert!(
                words.iter().all(|words| metric.convention.contains(words)),
                "{}",
                metric.convention
            );
        }
    }
    assert_eq!(figure(&timed("after-renewal"), "even").says, "never");
}

#[test]
fn a_metric_without_its_numbers_says_which() {
    let rulebook = rulebook("").good();
    let assessment = assess(&rulebook, &given(&rulebook, "margin: 100, keep: unknown"));
    let why = |id: &str| figure(&assessment, id).because.clone().unwrap();
    assert_eq!(why("worth"), "not known yet: Keep and Rate");
    assert_eq!(why("share"), "there is no customer table");
    assert_eq!(figure(&assessment, "even").value, None);
}

#[test]
fn a_metric_out_of_its_domain_gives_no_number() {
    let rulebook = rulebook("").good();
    let endless = given(
        &rulebook,
        "margin: 100, keep: 100, rate: 0, yes: 0, so: 0, no: 0",
    );
    let assessment = assess(&rulebook, &endless);
    let worth = figure(&assessment, "worth");
    assert_eq!(worth.value, None);
    assert!(worth.because.as_ref().unwrap().contains("no end"));
    let recommend = figure(&assessment, "recommend");
    assert_eq!(recommend.because.as_deref(), Some("nobody answered"));
}

#[test]
fn findings_test_metrics_and_nothing_follows_from_none() {
    let more = "findings:\n  dear: { when: { even/cover: \"< 1\" }, kind: risk, severity: high, title: T, text: \"{{ value('even/cover') }}\" }\n";
    let rulebook = rulebook(more).good();
    let found = |answers: &str| assess(&rulebook, &given(&rulebook, answers)).findings;
    assert_eq!(
        found("margin: 100, keep: 80, rate: 10, cost: 300")[0].text,
        "0.9"
    );
    assert!(found("margin: 100, keep: 80, rate: 10, cost: 200").is_empty());
    assert!(found("margin: 100, keep: 80, rate: 10").is_empty());
}

#[test]
fn nothing_is_said_of_a_figure_there_is_none_of() {
    let more = "findings:\n  some: { when: { recommend: \">= -100\" }, kind: strength, severity: info, title: T, text: \"{{ value('recommend') }}\" }\n\
                \u{20} dear: { when: { even/cover: \">= 0\" }, kind: gap, severity: low, title: T, text: x }\n";
    let rulebook = rulebook(more).good();
    let found = |answers: &str| assess(&rulebook, &given(&rulebook, answers)).findings.len();
    assert_eq!(found("yes: 0, so: 0, no: 0"), 0);
    assert_eq!(found("yes: 1, so: 0, no: 0"), 1);
    assert_eq!(found("margin: -30, keep: 80, rate: 10, cost: 275"), 0);
    let loss = given(&rulebook, "margin: -30, keep: 80, rate: 10, cost: 275");
    assert_eq!(figure(&assess(&rulebook, &loss), "even/cover").value, None);
}

#[test]
fn metrics_never_enter_scores_levels_gates_or_caps() {
    let refused = [
        "scores:\n  m: { aggregate: sum, of: [care, recommend] }\n",
        "scores:\n  m: { aggregate: mean, of: [care], cap: { when: { recommend: \"< 0\" }, at: 2, because: x } }\n",
        "decisions:\n  d: { outcomes: [a, b], inputs: [recommend], hit_policy: unique, rules: [ { id: l, if: [\"< 0\"], then: a, because: x }, { id: h, if: [\">= 0\"], then: b, because: x } ] }\nscores:\n  m: { aggregate: sum, of: [care, d] }\n",
        "ladders:\n  l: { of: recommend, levels: [ { id: a }, { id: b, from: 2 } ] }\n",
        "gates:\n  g: { title: T, when: { recommend: \">= 0\" }, because: b }\n",
    ];
    for more in refused {
        assert_eq!(rulebook(more).codes(), ["invalid-metric"], "{more}");
    }
}

#[test]
fn units_and_periods_are_never_mixed() {
    let with = |inputs: &str, metric: &str| {
        pack(&format!(
            "{QUESTIONS}metrics:\n  m: {{ metric: {metric}, inputs: {{ {inputs} }} }}\n"
        ))
    };
    let told = with(
        "margin: margin, retention: monthly, discount: rate",
        "lifetime_value",
    )
    .lines();
    assert!(
        told[0].contains("mixed-units: inputs for unlike periods: year and month"),
        "{told:?}"
    );
    let told = with(
        "cost: cost, margin: dollars, retention: keep, discount: rate",
        "break_even",
    )
    .lines();
    assert!(
        told[0].contains("mixed-units: amounts in unlike units: EUR and USD"),
        "{told:?}"
    );
}

#[test]
fn a_metric_is_held_to_what_it_takes() {
    let with = |body: &str| pack(&format!("{QUESTIONS}metrics:\n  m: {{ {body} }}\n")).lines();
    for (body, told) in [
        ("metric: nps", "this metric needs the input `promoters`"),
        (
            "metric: nps, inputs: { promotors: yes }",
            "no input `promotors` (did you mean `promoters`?)",
        ),
        (
            "metric: ratio, inputs: { part: care, whole: cost }",
            "`care` cannot be the input `part`",
        ),
        (
            "metric: lifetime_value, from: customers",
            "this metric takes no `from`",
        ),
        (
            "metric: nps, from: customers, timing: now",
            "this metric takes no `timing`",
        ),
        ("metric: share_of_customer", "a metric of nothing"),
        ("metric: clv", "clv"),
    ] {
        let lines = with(body);
        assert!(
            lines.iter().any(|line| line.contains(told)),
            "{body}: {lines:?}"
        );
    }
}

#[test]
fn a_customer_table_gives_shares_skew_and_treatments() {
    let rulebook = rulebook("").good();
    let text = "customer,margin,spend,wallet,cost\nA,90,900,1000,10\nB,10,75,150,5\nC,4,40,100,9\n";
    let answers = given(&rulebook, "rate: 10").with_customers(table(text).unwrap());
    let assessment = assess(&rulebook, &answers);
    gives(&assessment, "share", 81.2);
    gives(&assessment, "share/mean", 60.0);
    gives(&assessment, "share/median", 50.0);
    // Today 80, 5, -5 (mean 26.67); in reach 90, 15, 1 (mean 35.33): A keep, B and C shed.
    gives(&assessment, "rows", 100.0 * 80.0 / 85.0);
    gives(&assessment, "rows/losing", 100.0 / 3.0);
    gives(&assessment, "rows/keep", 100.0 / 3.0);
    gives(&assessment, "rows/shed", 200.0 / 3.0);
}

#[test]
fn with_retention_and_a_discount_rate_values_are_those_of_a_lifetime() {
    let rulebook = rulebook("").good();
    let text = "customer;margin;retention\nA;100;80%\nB;100;0.5\n";
    let answers = given(&rulebook, "rate: 10").with_customers(table(text).unwrap());
    let assessment = assess(&rulebook, &answers);
    let rows = assessment
        .metrics
        .iter()
        .find(|one| one.id == "p.rows")
        .unwrap();
    let today: Vec<f64> = rows.customers.iter().map(|one| one.today).collect();
    // 100·0.8/0.3 and 100·0.5/0.6
    assert!((today[0] - 266.6667).abs() < 5e-5 && (today[1] - 83.3333).abs() < 5e-5);
    let why = figure(&assessment, "rows/keep").because.clone().unwrap();
    assert_eq!(
        why,
        "the customer table has no column “wallet” to make it from"
    );
}

#[test]
fn unknown_cells_are_left_out_and_recommendations_counted() {
    let more = "  asked: { metric: nps, from: customers }\n";
    let rulebook = pack(&format!("{QUESTIONS}{METRICS}{more}")).good();
    let text = "customer,spend,wallet,recommend\nA,40,unknown,1\nB,75,150,8\nC,1,1,8\nD,0,0,10\nE,1,2,5\nF,1,2,9\nG,1,2,unknown\n";
    let answers = given(&rulebook, "").with_customers(table(text).unwrap());
    let assessment = assess(&rulebook, &answers);
    gives(&assessment, "asked", 0.0);
    gives(&assessment, "asked/n", 6.0);
    gives(&assessment, "share/n", 5.0);
}

#[test]
fn every_bad_cell_of_a_customer_table_is_told_with_its_place() {
    let text = "customer,margin,spend,wallet,retention,recommend\n\
                A,,1,2,0.5,9\n\
                B,-3,1,2,0.5,9\n\
                A,1,1,2,0.5,9\n\
                \"C, Ltd\",1,ten,2,1.5,11\n\
                D,1,3,2,0.5,7.5\n\
                E,1,2\n\
                ,1,1,2,0.5,9\n\
                G,1e999,1,2,0.5,9\n";
    assert_eq!(
        table(text).unwrap_err(),
        [
            "2:3 invalid-value: an empty cell under `margin`",
            "3:3 out-of-scale: `-3` under `margin` is below 0",
            "4:1 duplicate-id: `A` stands in the table twice",
            "5:12 wrong-type: `ten` under `spend` is not a number",
            "5:18 out-of-scale: `1.5` under `retention` is more than all",
            "5:22 out-of-scale: `11` under `recommend` is not a whole number from 0 to 10",
            "6:1 out-of-scale: `D` spends 3 here of a wallet of 2",
            "6:13 out-of-scale: `7.5` under `recommend` is not a whole number from 0 to 10",
            "7:1 invalid-table: a line of 3 cells under 6 columns",
            "8:1 invalid-value: a customer without a name",
            "9:3 wrong-type: `1e999` under `margin` is not a number",
        ]
    );
}

#[test]
fn a_table_without_head_customers_or_end_is_refused() {
    assert!(table("").unwrap_err()[0].contains("the customer table is empty"));
    assert!(table("customer,margin\n").unwrap_err()[0].contains("has no customers"));
    assert!(
        table("name,margin\nA,1\n")
            .unwrap_err()
            .iter()
            .any(|it| it.contains("no column `customer`"))
    );
    assert!(
        table("customer,margin,margin\nA,1,1\n").unwrap_err()[0]
            .contains("stands in the table twice")
    );
    let many = format!("customer,margin\n{}", "x,y\n".repeat(10_000));
    let told = table(&many).unwrap_err();
    assert_eq!(told.len(), 101);
}

#[test]
fn a_table_stands_beside_the_answers_and_can_be_missing() {
    let sandbox = Sandbox::new()
        .file(
            "packs/p/pack.yaml",
            format!("{}{QUESTIONS}{METRICS}", crate::workshop::HEADER),
        )
        .file(
            "c/customers.csv",
            "\u{feff}Customer;Spend;Wallet\r\nA;40;100\r\nB;75;150\r\nC;900;1000\r\n",
        )
        .file(
            "c/assessment.yaml",
            "format: 1\nclient: { name: C }\npacks: [p]\ncustomers: customers.csv\n",
        )
        .file(
            "d.yaml",
            "format: 1\nclient: { name: C }\npacks: [p]\ncustomers: gone.csv\n",
        );
    let said = sandbox.run("explain c p.share --packs packs").exits(0);
    assert!(said.stdout.contains("81.2 %"), "{}", said.stdout);
    assert!(
        said.stdout.contains("Customer table: 3 customers"),
        "{}",
        said.stdout
    );
    let gone = sandbox.run("check d.yaml --packs packs").exits(3);
    assert!(
        gone.stdout.contains("d.yaml:4:12") && gone.stdout.contains("unknown-file"),
        "{}",
        gone.stderr
    );
}
