//! Value curves: read, held to their scale, worked out and shown.

use crate::sandbox::Sandbox;

const BARE: &str = "format: 1\nclient: { name: Acme }\npacks: [retention]\n";

fn with(curves: &str) -> String {
    let lines = curves.lines().flat_map(|line| ["  ", line, "\n"]);
    [BARE, "curves:\n"].into_iter().chain(lines).collect()
}

#[test]
fn curves_are_worked_out_and_named() {
    let curves = "Small yards:\n  Price: { importance: 9, us: 6, rival: 8 }\n  \
        Lead time: { importance: 8, us: 2, rival: 5 }\n  Training | talks: { importance: 3, us: 7 }";
    let sandbox = Sandbox::new().file("acme/assessment.yaml", with(curves));
    let result = sandbox.run("assess acme --format json").exits(0).json();
    let metrics = result["metrics"].as_array().expect("metrics");
    let fit = metrics
        .iter()
        .find(|one| one["id"] == "retention.value-curves");
    let fit = fit.expect("value curves");
    // (6 + 2 + 3) of (9 + 8 + 3), in percent.
    let given = fit["figures"][0]["value"].as_f64().expect("a figure");
    assert!((given - 55.0).abs() < 1e-9);
    let factors = fit["curves"][0]["factors"].as_array().expect("factors");
    let misfits: Vec<_> = factors.iter().map(|one| one["misfit"].as_str()).collect();
    assert_eq!(misfits, [None, Some("missing"), Some("spare")]);
    assert_eq!(factors[1]["gap"], -6.0);
    let appendix = "report acme --detail appendix --format";
    let text = sandbox.run(&format!("{appendix} md")).exits(0);
    text.prints("| Lead time | 8.0 | 2.0 | 5.0 | -6.0 |")
        .prints("| Training \\| talks | 3.0 | 7.0 | – | 4.0 |");
    let page = sandbox.run(&format!("{appendix} html")).exits(0);
    page.prints(">Lead time</td>");
}

#[test]
fn without_curves_nothing_is_told() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", BARE);
    let report = sandbox.run("report acme --format md").exits(0).stdout;
    assert!(!report.contains("| Wanted | You | Rival"));
}

#[test]
fn every_mark_off_the_scale_is_told_in_its_place() {
    let curves = "Small yards:\n  Price: { importance: 11, us: -1, rival: .nan }\n  \
        Speed: { importance: 5, uz: 5 }\nEmpty: {}";
    let sandbox = Sandbox::new().file("acme/assessment.yaml", with(curves));
    let run = sandbox.run("check acme").exits(3);
    let run = run
        .prints("`11` is not from 0 to 10")
        .prints("`-1` is not from 0 to 10");
    run.prints("unknown key `uz`")
        .prints("`.nan` is not a finite number");
    let curves = "Small yards:\n  Price: { importance: 5, us: 5 }\nEmpty: {}";
    Sandbox::new()
        .file("acme/assessment.yaml", with(curves))
        .run("check acme")
        .exits(3)
        .prints("`Empty` has no factors");
}
