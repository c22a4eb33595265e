//! The sample clients: reports that say different things, and every claim in them explained.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::reports;
use crate::sandbox::{ROOT, Sandbox};
use crate::workshop::built_in;
use centricity::answers::file::AssessmentFile;
use centricity::answers::{Answers, read_customers};
use centricity::assess::{Assessment, MatchedResult, assess};
use centricity::report::Report;
use centricity::rules::rulebook::Rulebook;
use centricity::study::explain;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml;

const CLIENTS: [&str; 3] = ["harbour-tools", "paper-mill", "corner-bakery"];
/// A public agency, a consumer firm with one product, and a small firm that built too much.
const OTHERS: [&str; 3] = ["riverbank-transport", "golden-oat", "pine-joinery"];
/// All that one assessor answered.
pub(crate) const NAMES: [&str; 7] = [
    "harbour-tools",
    "paper-mill",
    "corner-bakery",
    "riverbank-transport",
    "golden-oat",
    "pine-joinery",
    ALL_PACKS,
];
/// The one that answers every built-in pack.
pub(crate) const ALL_PACKS: &str = "pellwick-shade";

pub(crate) struct Client {
    pub(crate) rulebook: Rulebook,
    pub(crate) answers: Answers,
    pub(crate) assessment: Assessment,
}

impl Client {
    pub(crate) fn named(name: &str) -> Self {
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
            read_customers(&sources, source, &mut problems)
        });
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
        let mut answers = answers.expect("answers");
        if let Some(table) = table {
            answers = answers.with_customers(table);
        }
        let assessment = assess(&rulebook, &answers);
        Self {
            rulebook,
            answers,
            assessment,
        }
    }

    pub(crate) fn matched(&self) -> MatchedResult<'_> {
        MatchedResult::new(&self.rulebook, &self.assessment).expect("a result of its packs")
    }

    /// A report of it: `executive`, `full`, `appendix` or `all`.
    pub(crate) fn report(&self, name: &'static str) -> Report {
        reports::report(&self.rulebook, &self.assessment, name, "")
    }

    /// The report with its appendix as HTML and as Markdown.
    pub(crate) fn reports(&self) -> [String; 2] {
        reports::texts(&self.rulebook, &self.assessment)
    }

    pub(crate) fn markdown(&self, name: &'static str) -> String {
        self.report(name).markdown().expect("Markdown")
    }

    pub(crate) fn findings(&self) -> BTreeSet<String> {
        let findings = self.assessment.findings.iter();
        findings.map(|one| one.id.to_string()).collect()
    }

    pub(crate) fn outcomes(&self, id: &str) -> (Vec<String>, usize) {
        let decisions = &self.assessment.decisions;
        let one = decisions.iter().find(|one| one.id == id).expect(id);
        let outcome = one.outcome.iter().map(|one| one.id.clone()).collect();
        (outcome, one.possible.len())
    }

    pub(crate) fn level(&self, id: &str) -> Option<&str> {
        let levels = &self.assessment.levels;
        let one = levels.iter().find(|one| one.id == id).expect(id);
        one.level.as_ref().map(|level| level.id.as_str())
    }
}

pub(crate) fn text(name: &str) -> String {
    let path = Path::new(ROOT).join(format!("tests/clients/{name}/assessment.yaml"));
    fs::read_to_string(path).expect(name)
}

/// Its customer table, if it has one.
fn table(name: &str) -> Option<String> {
    let path = Path::new(ROOT).join(format!("tests/clients/{name}/customers.csv"));
    fs::read_to_string(path).ok()
}

/// The packs it answers, in its own order.
pub(crate) fn packs(name: &str) -> Vec<String> {
    let text = text(name);
    let line = text.lines().find_map(|line| line.strip_prefix("packs: ["));
    let list = line.and_then(|line| line.strip_suffix(']')).expect(name);
    list.split(", ").map(str::to_owned).collect()
}

fn three() -> impl Iterator<Item = (&'static str, Client)> {
    CLIENTS.into_iter().map(|name| (name, Client::named(name)))
}

pub(crate) fn every() -> impl Iterator<Item = (&'static str, Client)> {
    let others = OTHERS.into_iter().chain([ALL_PACKS]);
    three().chain(others.map(|name| (name, Client::named(name))))
}

#[test]
fn every_client_answers_its_packs_without_a_problem() {
    for name in CLIENTS.into_iter().chain(OTHERS).chain([ALL_PACKS]) {
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
        let result = client.matched();
        for finding in &client.assessment.findings {
            let why = explain(&result, &finding.id)
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
fn figures_from_elsewhere_stand_apart_with_base_and_margin() {
    for (name, client) in three() {
        let figures: usize = client
            .rulebook
            .packs
            .iter()
            .map(|pack| pack.context.len())
            .sum();
        let appendix = client.markdown("appendix");
        let (_, section) = appendix
            .split_once("\n## Figures from elsewhere\n")
            .expect("the heading");
        let section = section.split("\n## ").next().expect("a section");
        let told = section.lines().filter(|line| line.starts_with("- **"));
        for line in told.clone() {
            assert!(
                line.contains(" Base: ") && line.contains(" Source: "),
                "{name}: {line}"
            );
        }
        assert_eq!(told.count(), figures, "{name}");
        assert!(
            !client.markdown("full").contains("Figures from elsewhere"),
            "{name}"
        );
    }
}
