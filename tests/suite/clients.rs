//! The sample clients: reports that say different things, and every claim in them explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::sandbox::{ROOT, Sandbox};
use crate::shown::Shown;
use crate::workshop::{built_in, checked};
use centricity::answers::file::AssessmentFile;
use centricity::answers::{Answers, customers};
use centricity::assessment::{Assessment, assess};
use centricity::diagnostic::{Diagnostics, Sources, render};
use centricity::explain::explain;
use centricity::pack::builtin;
use centricity::report::brand::Brand;
use centricity::report::{self, Layout, Templates, View};
use centricity::rulebook::Rulebook;
use centricity::yaml;
use serde_json::Value;

const CLIENTS: [&str; 3] = ["harbour-tools", "paper-mill", "corner-bakery"];
const PACKS: [&str; 4] = ["profile", "organisation", "retention", "principles"];
/// The one that answers every built-in pack.
const ALL_PACKS: &str = "pellwick-shade";

struct Client {
    rulebook: Rulebook,
    answers: Answers,
    assessment: Assessment,
}

impl Client {
    fn named(name: &str) -> Self {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let packs = packs(name);
        let names: Vec<&str> = packs.iter().map(String::as_str).collect();
        let rulebook = built_in(&names);
        let id = sources.add("assessment.yaml", text(name));
        let file: AssessmentFile =
            yaml::read(&sources, id, &mut problems).expect("an answers file");
        let answers = Answers::check(&rulebook, &file, &mut problems);
        let table = table(name).and_then(|table| {
            let source = sources.add("customers.csv", table);
            customers::read(&sources, source, &mut problems)
        });
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
        let mut answers = answers.expect("answers");
        if let Some(table) = table {
            answers = answers.beside(table);
        }
        let assessment = assess(&rulebook, &answers);
        Self {
            rulebook,
            answers,
            assessment,
        }
    }

    fn view(&self) -> Value {
        let (layout, brand) = (Layout::new(&self.rulebook), Brand::default());
        let view = View::new(&layout, &self.answers, &self.assessment, &brand);
        serde_json::to_value(view).expect("a view")
    }

    fn reports(&self) -> [String; 2] {
        let (layout, brand) = (Layout::new(&self.rulebook), Brand::default());
        let view = View::new(&layout, &self.answers, &self.assessment, &brand);
        let page = report::Page::new(&view);
        let templates = Templates::builtin().expect("templates");
        [
            report::html(&templates, &page).expect("html"),
            report::markdown(&templates, &page).expect("markdown"),
        ]
    }

    fn findings(&self) -> BTreeSet<String> {
        let findings = self.assessment.findings.iter();
        findings.map(|one| one.id.clone()).collect()
    }

    fn outcomes(&self, id: &str) -> (Vec<String>, usize) {
        let decisions = &self.assessment.decisions;
        let one = decisions.iter().find(|one| one.id == id).expect(id);
        let outcome = one.outcome.iter().map(|one| one.id.clone()).collect();
        (outcome, one.possible.len())
    }

    fn level(&self, id: &str) -> Option<&str> {
        let levels = &self.assessment.levels;
        let one = levels.iter().find(|one| one.id == id).expect(id);
        one.level.as_ref().map(|level| level.id.as_str())
    }
}

fn text(name: &str) -> String {
    let path = Path::new(ROOT).join(format!("tests/clients/{name}/assessment.yaml"));
    fs::read_to_string(path).expect(name)
}

/// Its customer table, if it has one.
fn table(name: &str) -> Option<String> {
    let path = Path::new(ROOT).join(format!("tests/clients/{name}/customers.csv"));
    fs::read_to_string(path).ok()
}

/// The packs it answers, in its own order.
fn packs(name: &str) -> Vec<String> {
    let text = text(name);
    let line = text.lines().find_map(|line| line.strip_prefix("packs: ["));
    let list = line.and_then(|line| line.strip_suffix(']')).expect(name);
    list.split(", ").map(str::to_owned).collect()
}

fn three() -> impl Iterator<Item = (&'static str, Client)> {
    CLIENTS.into_iter().map(|name| (name, Client::named(name)))
}

fn every() -> impl Iterator<Item = (&'static str, Client)> {
    three().chain([(ALL_PACKS, Client::named(ALL_PACKS))])
}

#[test]
fn every_client_answers_its_packs_without_a_problem() {
    for name in CLIENTS.into_iter().chain([ALL_PACKS]) {
        let mut sandbox = Sandbox::new().file("assessment.yaml", text(name));
        if let Some(table) = table(name) {
            sandbox = sandbox.file("customers.csv", table);
        }
        sandbox.run("check .").exits(0).says("no problems");
        // What has no questions of its own has nothing to answer.
        let asks = |pack: &String| pack != "maturity";
        for pack in packs(name).into_iter().filter(asks) {
            assert!(
                text(name).contains(&format!("\n  {pack}:\n")),
                "{name}: {pack}"
            );
        }
    }
}

#[test]
fn the_reports_differ_in_what_they_say() {
    let clients: Vec<Client> = three().map(|(_, client)| client).collect();
    let says = |client: &Client| {
        let levels = client.assessment.levels.iter();
        let sentences: Vec<String> = levels.map(|one| one.sentence.clone()).collect();
        let decisions = client.assessment.decisions.iter();
        let verdicts: Vec<String> = decisions
            .map(|one| format!("{}: {:?} of {:?}", one.id, one.outcome, one.possible))
            .collect();
        (client.findings(), verdicts, sentences)
    };
    for (one, other) in [(0, 1), (1, 2), (0, 2)] {
        let (one, other) = (says(&clients[one]), says(&clients[other]));
        let shared = one.0.intersection(&other.0).count();
        assert!(
            shared * 2 < one.0.len().min(other.0.len()),
            "{shared} findings are shared"
        );
        let verdicts = one.1.iter().zip(&other.1).filter(|(a, b)| a != b).count();
        assert!(
            verdicts * 2 > one.1.len(),
            "only {verdicts} verdicts differ"
        );
        let levels = one.2.iter().zip(&other.2);
        assert!(
            levels.filter(|(a, b)| a == b).count() <= 1,
            "{:?} {:?}",
            one.2,
            other.2
        );
    }
}

#[test]
fn every_finding_leads_to_its_rule_and_answers() {
    for (name, client) in every() {
        for finding in &client.assessment.findings {
            let why = explain(
                &client.rulebook,
                &client.answers,
                &client.assessment,
                &finding.id,
            )
            .unwrap_or_else(|_| panic!("{name}: {} cannot be explained", finding.id));
            assert_eq!(why.id, finding.id, "{name}");
            assert_eq!(
                why.title, finding.title,
                "{name}: the item of that id is explained"
            );
            assert!(
                !why.reasons.is_empty(),
                "{name}: {} gives no reason",
                finding.id
            );
            for because in &finding.because {
                let named = why.reasons.iter().any(|line| line.contains(&because.label));
                assert!(
                    named,
                    "{name}: {} is silent on {}",
                    finding.id, because.label
                );
            }
        }
    }
}

#[test]
fn every_report_names_the_rule_of_each_finding() {
    for (name, client) in every() {
        for report in client.reports() {
            for id in client.findings() {
                assert!(report.contains(&id), "{name}: {id}");
            }
        }
    }
}

#[test]
fn no_report_holds_an_empty_section_or_a_heading_twice_in_a_row() {
    for (name, client) in every() {
        let [_, markdown] = client.reports();
        let lines: Vec<&str> = markdown.lines().filter(|line| !line.is_empty()).collect();
        let depth = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
        for pair in lines.windows(2) {
            let (one, next) = (depth(pair[0]), depth(pair[1]));
            assert!(
                one == 0 || next == 0 || next > one || pack_title(&client, pair[0]),
                "{name}: nothing stands under {}",
                pair[0]
            );
        }
        assert!(depth(lines.last().expect("a report")) == 0, "{name}");
    }
}

fn pack_title(client: &Client, line: &str) -> bool {
    let packs = client.rulebook.packs();
    let title = line.trim_start_matches(['#', ' ']);
    packs.iter().any(|pack| pack.title == title)
}

#[test]
fn figures_from_elsewhere_stand_apart_with_base_and_margin() {
    for (name, client) in three() {
        let view = client.view();
        let number = view["numbers"]["context"].as_str().expect("a section");
        let [html, markdown] = client.reports();
        let heading = format!("## {number} Figures from elsewhere");
        let (_, section) = markdown.split_once(&heading).expect("the heading");
        let section = section.split("\n## ").next().expect("a section");
        let figures = view["packs"][3]["context"].as_array().expect("figures");
        for sign in ["- **", "- Base: ", "- Margin: ", "- Source: "] {
            let count = section
                .lines()
                .filter(|line| line.trim_start().starts_with(sign));
            assert_eq!(count.count(), figures.len(), "{name}: {sign}");
        }
        assert!(
            html.contains("<a href=\"#context\">"),
            "{name}: not in the contents"
        );
    }
}

#[test]
fn harbour_tools_has_built_too_little() {
    let client = Client::named("harbour-tools");
    assert_eq!(client.outcomes("organisation.fit").0, ["under-built"]);
    let contradictions = |pack: &str| {
        let view = client.view();
        let packs = view["packs"].as_array().expect("packs").clone();
        let one = packs
            .iter()
            .find(|one| one["id"] == pack)
            .expect("the pack");
        one["contradictions"].as_array().expect("a list").len()
    };
    for pack in &PACKS[1..] {
        assert!((1..=3).contains(&contradictions(pack)), "{pack}");
    }
}

#[test]
fn nobody_at_the_paper_mill_knew_enough_for_a_level() {
    let client = Client::named("paper-mill");
    assert!(client.assessment.coverage < 0.5 + 0.05, "half is open");
    for ladder in ["organisation.level", "retention.level", "principles.level"] {
        assert_eq!(client.level(ladder), None, "{ladder}");
    }
    for decision in ["organisation.required", "retention.right-customers"] {
        let (outcome, possible) = client.outcomes(decision);
        assert!(
            outcome.is_empty() && possible > 1,
            "{decision}: {outcome:?}, {possible}"
        );
    }
    for finding in ["loss-makers-unknown", "offer-uncounted"] {
        assert!(
            client
                .findings()
                .contains(&format!("organisation.{finding}")),
            "{finding}"
        );
    }
    let steps = client.view()["summary"]["steps"].clone();
    let steps = steps.as_array().expect("steps").len();
    assert_eq!(steps, 3, "finding out comes first");
    let [_, markdown] = client.reports();
    assert!(markdown.contains("no level can be given yet"));
    assert!(markdown.contains("Under-built, whatever the open answers turn out to be"));
}

#[test]
fn the_corner_bakery_hears_what_to_stop() {
    let client = Client::named("corner-bakery");
    assert_eq!(client.outcomes("organisation.fit").0, ["over-built"]);
    let view = client.view();
    let stop = view["packs"][1]["stop"].as_array().expect("a list").clone();
    assert!(stop.len() >= 3, "{stop:?}");
    let first = view["summary"]["steps"][0]["what"]
        .as_str()
        .expect("a step");
    assert_eq!(
        stop[0]["title"].as_str(),
        Some(first),
        "stopping comes first"
    );
    assert!(!client.findings().contains("organisation.front-back-sound"));
    let [html, markdown] = client.reports();
    for report in [&html, &markdown] {
        assert!(report.contains("What you can stop doing"));
        assert!(report.contains("Over-built by two steps"));
    }
    let reasons = view["packs"].as_array().expect("packs").iter();
    let reasons = reasons.flat_map(|pack| pack["not_applicable"].as_array().expect("a list"));
    assert!(reasons.filter(|one| one["note"].is_string()).count() >= 5);
}

#[test]
fn one_client_answers_every_built_in_pack() {
    let answered: BTreeSet<String> = packs(ALL_PACKS).into_iter().collect();
    let builtin: BTreeSet<String> = builtin::names().into_iter().map(str::to_owned).collect();
    assert_eq!(answered, builtin);
}

#[test]
fn at_pellwick_shade_people_serve_well_and_nobody_answers_for_it() {
    let client = Client::named(ALL_PACKS);
    assert_eq!(client.level("maturity.level"), Some("attentive"));
    assert_eq!(client.level("signs.level"), Some("structured"));
    assert_eq!(client.outcomes("organisation.fit").0, ["under-built"]);
    let findings = client.findings();
    for finding in [
        "signs.service-carries",
        "organisation.account-manager-in-name-only",
        "organisation.profit-unknown",
        "principles.title-without-reach",
        "feedback.technology-ahead",
        "feedback.measured-not-answered",
        "listening.roadmap-from-one-ear",
        "brand-and-offer.rescued-for-pride",
        "maturity.verdicts-without-profit",
        "maturity.seen-and-asked-again",
    ] {
        assert!(findings.contains(finding), "{finding}");
    }
    let scores = &client.assessment.scores;
    let mean = |id: &str| {
        let one = scores.iter().find(|one| one.id == id).expect(id);
        one.value.expect(id)
    };
    let others = [
        "strategy",
        "culture",
        "organisation",
        "insight",
        "relationship",
        "offer",
        "ecosystem",
    ];
    for other in others.map(|one| mean(&format!("maturity.{one}"))) {
        assert!(mean("maturity.experience") > other && other > mean("maturity.economics"));
    }
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
    assert!(summary.contains("### Six gates") && !summary.contains("### The leaders' list"));
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
fn steps_begin_with_the_gates_of_the_overall_level_and_share_no_owner() {
    let view = Client::named(ALL_PACKS).view();
    let steps = view["summary"]["steps"].as_array().expect("steps").clone();
    let what = steps[0]["what"].as_str().expect("a step");
    assert!(what.starts_with("Name one executive who answers"), "{what}");
    let owners: BTreeSet<&str> = steps
        .iter()
        .filter_map(|one| one["owner"].as_str())
        .collect();
    assert_eq!((steps.len(), owners.len()), (3, 3), "{steps:?}");
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
fn a_claim_is_told_only_where_it_prints_as_another_figure() {
    for (name, client) in every() {
        let view = client.view();
        let packs = view["packs"].as_array().expect("packs").iter();
        let exhibits = packs.flat_map(|pack| pack["profile"].as_array().expect("a profile"));
        for row in exhibits
            .filter_map(|one| one["chart"]["rows"].as_array())
            .flatten()
        {
            let claimed = &row["claimed"];
            assert!(
                claimed.is_null() || *claimed != row["value"],
                "{name}: {row}"
            );
        }
    }
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
