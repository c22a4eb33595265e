//! A result that says anything else than its pages is found out.

use super::{check, pages};
use crate::printed::Block;
use crate::reports::{Faults, Report, with};
use serde_json::{Value, json};

type Change = fn(&mut Report<'_>);

/// Changes every entry of a list.
fn each(report: &mut Report<'_>, key: &str, change: fn(&mut Value)) {
    let list = report.result[key].as_array_mut().expect("a list");
    list.iter_mut().for_each(change);
}

fn drop_first(report: &mut Report<'_>, key: &str) {
    report.result[key].as_array_mut().expect("a list").remove(0);
}

const CHANGES: [(&str, &str, Change); 16] = [
    ("harbour-tools", "the level of the summary", |report| {
        each(report, "levels", |one| {
            one["level"] = one["levels"][4].clone();
        });
    }),
    ("harbour-tools", "the steps of a ladder", |report| {
        each(report, "levels", |one| {
            one["level"] = one["levels"][4].clone();
        });
    }),
    (
        "pellwick-shade",
        "the level in the table of parts",
        |report| {
            each(report, "levels", |one| {
                one["level"]["label"] = json!("Other");
            });
        },
    ),
    ("harbour-tools", "how much is answered", |report| {
        each(report, "packs", |one| one["answered"]["rated"] = json!(1));
    }),
    (
        "harbour-tools",
        "the percentage of what is answered",
        |report| {
            each(report, "packs", |one| {
                one["answered"]["applicable"] = json!(1000);
            });
        },
    ),
    ("harbour-tools", "the index of the summary", |report| {
        each(report, "scores", |one| one["index"] = json!(1.5));
    }),
    ("harbour-tools", "fit in the summary", |report| {
        each(report, "fits", |one| one["state"] = json!("over-built"));
    }),
    (
        "harbour-tools",
        "a verdict is the outcome of its decision",
        |report| {
            each(report, "decisions", |one| {
                one["outcome"] = json!([{ "label": "Other" }]);
            });
        },
    ),
    ("harbour-tools", "the state of a gate", |report| {
        each(report, "gates", |one| {
            one["state"] = json!(if one["state"] == "met" {
                "unmet"
            } else {
                "met"
            });
        });
    }),
    ("harbour-tools", "the findings printed", |report| {
        drop_first(report, "findings");
    }),
    (
        "harbour-tools",
        "kind and severity of a finding",
        |report| {
            each(report, "findings", |one| {
                one["severity"] = json!("critical");
            });
        },
    ),
    ("harbour-tools", "a finding that could change", |report| {
        each(report, "findings", |one| {
            one["certain"] = json!(one["certain"] == false);
        });
    }),
    (
        "harbour-tools",
        "what holds back is the next cause",
        |report| {
            drop_first(report, "causes");
        },
    ),
    ("harbour-tools", "the next steps", |report| {
        drop_first(report, "actions");
    }),
    ("harbour-tools", "gaps by effort", |report| {
        drop_first(report, "plan");
    }),
    (
        "meridian-freight",
        "how many contested questions are listed",
        |report| {
            each(report, "questions", |one| {
                one["group"]["contested"] = json!(false);
            });
        },
    ),
];

#[test]
fn a_result_that_differs_from_its_pages_is_found_out() {
    for client in ["harbour-tools", "pellwick-shade", "meridian-freight"] {
        with(client, |report| {
            let result = report.result.clone();
            for (_, claim, change) in CHANGES.iter().filter(|(of, ..)| *of == client) {
                change(report);
                let faults = Faults::of(report, &pages);
                assert!(faults.deny(claim), "{client}: {claim}");
                report.result = result.clone();
            }
        });
    }
}

#[test]
fn a_way_without_its_steps_is_found_out() {
    let faults = with("harbour-tools", |report| {
        let step = |block: &Block| matches!(block, Block::Item(said) if said.contains('“'));
        report.html.blocks.retain(|block| !step(block));
        Faults::of(report, &check)
    });
    assert!(faults.deny("a step of a way"));
}
