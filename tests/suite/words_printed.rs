//! What is printed beside a verdict or an amount does not speak against it.

use crate::sandbox::{Sandbox, answers};

fn economics(lines: &str) -> Sandbox {
    let text = answers(lines)
        .replace("packs: [organisation]", "packs: [economics]")
        .replace("  organisation:", &format!("{FIRM}  economics:"));
    Sandbox::new().file("clients/acme/assessment.yaml", text)
}

/// A firm whose customers pay: what they bring is asked, and the cost of a case is not.
const FIRM: &str = "  profile:\n    body: firm\n    paid-by: customers\n    may-refuse: true\n    market: b2b\n    headcount: 40\n    brands: 1\n";

/// Three ratings and a few figures: the level reads the ratings alone.
const WORTH: &str = "lifetime-known: 4\nlifetime-used: 4\ndiscount-rate-used: 4";

#[test]
fn a_level_stands_beside_the_coverage_of_what_it_reads() {
    let sandbox = economics(WORTH);
    let report = sandbox
        .run("report clients/acme --format md")
        .exits(0)
        .stdout;
    assert!(report.contains("Level 4 of 5, Aligned."), "{report}");
    assert!(report.contains("| 100 % |"), "{report}");
    let list = sandbox
        .run("portfolio clients --format html")
        .exits(0)
        .stdout;
    assert!(
        list.contains("100 % of what it reads is answered"),
        "{list}"
    );
}

#[test]
fn a_level_that_too_little_speaks_for_is_not_given() {
    let sandbox = Sandbox::new().file("a.yaml", answers("strategy: 4\nstructure: 4"));
    let result = sandbox.run("assess a.yaml --format json").exits(0).json();
    let levels = result["levels"].as_array().expect("levels").clone();
    for level in levels {
        let coverage = level["coverage"].as_f64().unwrap_or(1.0);
        let given = !level["level"].is_null();
        assert!(
            !given || coverage >= 0.70 || level["certain"] == true,
            "{level}"
        );
    }
}

#[test]
fn a_figure_that_does_not_apply_is_not_told_as_one_nobody_knows() {
    let sandbox = economics(
        "lifetime-known: 1\nyearly-margin: unknown\nkept: 80\ndiscount-rate: 10\ncost-to-win: { not_applicable: \"A public office\" }",
    );
    let report = sandbox
        .run("report clients/acme --format md")
        .exits(0)
        .stdout;
    let told = "margin in a year: not known; percentage of customers kept: 80; cost of capital in percent: 10; cost of winning: does not apply.";
    assert!(report.contains(told), "{report}");
}

#[test]
fn an_amount_of_money_is_in_a_currency() {
    let sandbox = economics(&format!(
        "{WORTH}\nyearly-margin: 120\nkept: 80\ndiscount-rate: 10\ncost-to-win: 90"
    ));
    for command in [
        "assess clients/acme",
        "report clients/acme --format md",
        "report clients/acme --format html",
        "assess clients/acme --format json",
    ] {
        let text = sandbox.run(command).exits(0).stdout;
        let bare = text
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .collect::<Vec<_>>();
        let unit = bare
            .windows(2)
            .find(|pair| pair[1] == "money" && pair[0].parse::<f64>().is_ok());
        assert_eq!(unit, None, "{command}");
        assert!(text.contains("in your currency"), "{command}");
    }
}

#[test]
fn a_verdict_asks_for_no_more_than_it_looks_at() {
    let lines = "motives: 3\ncontact: 3\nwin-loss: 3\nkept-tracked: 3\nproposition: 3\nimprovement: 3\nfailure: 3\nkept-all: 85\nkept-wanted: 60";
    let text = answers(lines)
        .replace("packs: [organisation]", "packs: [retention]")
        .replace("  organisation:", "  retention:");
    let report = Sandbox::new()
        .file("a.yaml", text)
        .run("report a.yaml --format md")
        .exits(0)
        .stdout;
    assert!(
        report.contains("Yes: the reasons are mostly known, and acted on"),
        "{report}"
    );
    assert!(
        report.contains("Do you know why customers stay or stay away, and act on it?"),
        "{report}"
    );
    assert!(!report.contains("do you keep them"), "{report}");
    assert!(
        report.contains("A smaller share of the customers you want stayed than of all"),
        "{report}"
    );
}
