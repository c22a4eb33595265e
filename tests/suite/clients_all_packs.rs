//! The client on all packs: one level comes first, and the summary stays short.

use std::collections::BTreeSet;

use crate::clients::{ALL_PACKS, Client, packs};
use crate::shown::Shown;
use crate::workshop::{built_in, checked};
use centricity::rules::pack;

#[test]
fn one_client_answers_every_built_in_pack() {
    let answered: BTreeSet<String> = packs(ALL_PACKS).into_iter().collect();
    let builtin: BTreeSet<String> = pack::built_in_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(answered, builtin);
}

/// The summary of a report in Markdown, from its heading to the next section.
fn summary_of(markdown: &str) -> &str {
    let (_, summary) = markdown.split_once("\n## 1 Summary\n").expect("a summary");
    summary.split("\n## ").next().expect("a section")
}

#[test]
fn with_all_packs_the_overall_level_comes_first_and_the_summary_stays_short() {
    let client = Client::named(ALL_PACKS);
    let [_, markdown] = client.reports();
    let summary = summary_of(&markdown);
    assert!(summary.lines().count() <= 90, "{summary}");
    let first = summary.lines().find(|line| line.starts_with("**"));
    assert!(
        first.is_some_and(|line| line.starts_with("**Level of customer centricity: Attentive.")),
        "{first:?}"
    );
    assert!(summary.contains("Under-built by one step"));
    assert!(
        summary.contains("### Gates to the higher levels")
            && !summary.contains("### The leaders' list")
    );
    let view = client.view();
    assert_eq!(view["packs"][0]["id"], "maturity");
    let table = view["summary"]["table"].as_array().expect("a table");
    assert_eq!(table.len(), packs(ALL_PACKS).len() - 2, "{table:?}");
}

#[test]
fn lists_that_leave_the_summary_stand_in_the_profile() {
    let client = Client::named(ALL_PACKS);
    let view = client.view();
    let kinds = |id: &str| -> Vec<String> {
        let packs = view["packs"].as_array().expect("packs");
        let pack = packs.iter().find(|one| one["id"] == id).expect(id);
        let profile = pack["profile"].as_array().expect("a profile").iter();
        profile
            .map(|one| one["kind"].as_str().expect("a kind").to_owned())
            .collect()
    };
    assert!(kinds("principles").contains(&"checklist".to_owned()));
    assert!(kinds("retention").contains(&"verdicts".to_owned()));
    assert!(!kinds("maturity").contains(&"checklist".to_owned()));
}

#[test]
fn steps_begin_with_the_gates_of_the_overall_level_and_name_owners_only_where_answers_do() {
    let view = Client::named(ALL_PACKS).view();
    let steps = view["summary"]["steps"].as_array().expect("steps").clone();
    let what = steps[0]["what"].as_str().expect("a step");
    assert!(what.starts_with("Name one executive who answers"), "{what}");
    // The second takes up that less is built than is called for.
    assert_eq!(steps.len(), 3, "{steps:?}");
    let fit = steps[1]["what"].as_str().expect("a step");
    assert!(fit.starts_with("Try what the next form asks for"), "{fit}");
    // The gates lead towards targets that somebody was given, the form to none.
    assert_eq!(steps[0]["owner"], "Chief executive");
    assert!(steps[0]["due"].is_null(), "the day was given for more");
    assert_eq!(steps[2]["owner"], "Head of marketing");
    assert!(steps[1]["owner"].is_null() && steps[1]["suggested"] == "chief executive");
}

#[test]
fn facts_about_the_client_stand_on_the_cover_alone() {
    let [html, markdown] = Client::named(ALL_PACKS).reports();
    let (cover, _) = markdown.split_once("\n## 1 Summary\n").expect("a summary");
    assert!(cover.contains("People: 908"), "{cover}");
    assert!(!cover.contains('`'), "digests stand in the method");
    assert!(!summary_of(&markdown).contains("Who you are"));
    assert!(html.contains("People: 908"));
    assert!(!markdown.contains("0 of 0 applicable"));
}

#[test]
fn five_packs_that_none_draws_together_stand_in_a_table() {
    let names = [
        "organisation",
        "retention",
        "signs",
        "listening",
        "personalisation",
    ];
    let rulebook = built_in(&names);
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [{}]\nanswers:\n  listening: {{ share: 3 }}\n",
        names.join(", ")
    );
    let answers = checked(&rulebook, &text).valid();
    let shown = Shown::new(&rulebook, &answers);
    let summary = &shown.view["summary"];
    assert_eq!(summary["headlines"].as_array().expect("a list").len(), 0);
    assert_eq!(summary["table"].as_array().expect("a table").len(), 5);
    assert!(summary["dimensions"].is_null());
    assert!(shown.terminal.contains("The parts, each by itself"));
}
