//! Reports: the page is whole in itself, and both formats say the same.

use std::collections::HashSet;

use crate::printed::{Block, Page, items};
use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::assess::{Assessment, MatchedResult, assess};
use centricity::report::{Brand, ReportContext, Templates};
use centricity::rules::pack::{self, Loaded, PackText, Texts};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml;

const TINY: &str = r#"
format: 1
id: tiny
version: 0.1.0
language: en
title: "Tiny"
about: "A pack with <b>raw</b> HTML, [a link](javascript:alert(1)) and *emphasis*."
sections:
  one:
    title: "First things"
    score: { aggregate: mean }
    questions:
      a: { type: rating, ask: "How far is a?", anchors: { 0: "no", 1: "a bit", 2: "half", 3: "most", 4: "all" } }
      b: { type: rating, ask: "How far is b?", anchors: { 0: "no", 1: "a bit", 2: "half", 3: "most", 4: "all" } }
      c: { type: text, ask: "What else?" }
ladders:
  level:
    of: one
    measure: index
    levels:
      - { id: low, title: "Low" }
      - { id: high, title: "High", from: 50 }
findings:
  uneven:
    when: { all: [ { a: ">= 3" }, { b: "<= 1" } ] }
    kind: contradiction
    severity: high
    title: "Uneven"
    text: "a is {{ value('a') }}."
    advice:
      - { id: second, do: "Then this", effort: low, impact: high, within: 30d, after: [first] }
      - { id: first, do: "First this", effort: high, impact: low, within: 12m }
"#;

pub(crate) struct Case {
    rulebook: Rulebook,
    pub(crate) assessment: Assessment,
}

impl Case {
    fn new(texts: Texts, answers: &str) -> Self {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let mut load = |texts: Texts| Loaded::load(texts, &mut sources, &mut problems);
        let pack = load(texts).expect("a pack");
        let facts = pack.file.uses.get("profile");
        let facts = facts.and_then(|_| load(pack::built_in("profile").expect("a built-in pack")));
        let packs: Vec<Loaded> = [pack].into_iter().chain(facts).collect();
        let rulebook = Rulebook::link(&packs, &mut problems);
        let id = sources.add("answers.yaml", answers.to_owned());
        let file: Option<AssessmentFile> = yaml::read(&sources, id, &mut problems);
        let both = rulebook.zip(file).and_then(|(rulebook, file)| {
            let answers = Answers::check(&rulebook, &file, &mut problems)?;
            Some((rulebook, answers))
        });
        let Some((rulebook, answers)) = both else {
            panic!("{}", render(&problems, &sources, false))
        };
        let assessment = assess(&rulebook, &answers);
        Self {
            rulebook,
            assessment,
        }
    }

    pub(crate) fn tiny(answers: &str) -> Self {
        let text = PackText {
            name: "pack.yaml".into(),
            path: "pack.yaml".into(),
            bytes: TINY.into(),
            linked: false,
        };
        let head = "format: 1\nclient: { name: C }\npacks: [tiny]\n";
        let head = if answers.contains("client:") {
            ""
        } else {
            head
        };
        Self::new(Texts::new(vec![text]), &format!("{head}{answers}"))
    }

    fn organisation(answers: &str) -> Self {
        let head = "format: 1\nclient: { name: Harbour Tools, unit: Marine division }\nassessed_on: 2026-10-31\npacks: [organisation]\n";
        Self::new(
            pack::built_in("organisation").unwrap(),
            &format!("{head}{answers}"),
        )
    }

    /// The report with its appendix as HTML and as Markdown.
    pub(crate) fn reports(
        &self,
        templates: &Templates,
    ) -> centricity::text::Result<(String, String)> {
        let brand = Brand::default();
        let result = MatchedResult::new(&self.rulebook, &self.assessment).unwrap();
        let report = ReportContext::new(&result, &brand).report(templates, "all")?;
        Ok((report.html()?, report.markdown()?))
    }

    pub(crate) fn plain(&self) -> (String, String) {
        self.reports(&Templates::builtin().unwrap()).unwrap()
    }
}

pub(crate) const BOTH: &str = "answers:\n  tiny: { a: 4, b: 1 }\n";

const CLIENT: &str = "basis: evidenced\nanswers:\n  organisation:\n    integration: packaged\n    products: up-to-twenty\n    \
    customers: hundreds\n    variety: unknown\n    role: { value: 3, evidence: { grade: document, ref: Charter } }\n    \
    power: { value: 1, target: 3, owner: head of sales, due: 2027-03-31 }\n    plan: 3\n    strategy: 3\n    structure: 2\n    \
    process: 3\n    rewards: 1\n    people: { not_applicable: \"No staff of its own\" }\n    profit: 1\n    ready-multi: 4\n";

/// A page without the script that finds and sorts, which is the same on every page.
pub(crate) fn without_script(html: &str) -> String {
    let Some((before, rest)) = html.split_once("<script>") else {
        return html.to_owned();
    };
    let (_, after) = rest.split_once("</script>").unwrap();
    format!("{before}{after}")
}

/// Every opened element is closed, in order; gives the names of all of them.
pub(crate) fn elements(html: &str) -> Vec<String> {
    let html = &without_script(html);
    let empty = ["meta", "img", "br", "hr", "link", "input"];
    let (mut open, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let style = html.find("<style>").unwrap()..html.find("</style>").unwrap();
    let body = [&html[..style.start], &html[style.end + "</style>".len()..]].concat();
    for part in body.split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap()
            .to_owned();
        if tag.starts_with('!') || empty.contains(&name.as_str()) {
            continue;
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_ref(), Some(&name), "closed by </{name}>");
        } else {
            all.push(name.clone());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
    all
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_beside_it() {
    for (case, grid) in [
        (Case::tiny(BOTH), false),
        (Case::tiny("answers: {}\n"), false),
        (Case::organisation(CLIENT), true),
    ] {
        let (html, _) = case.plain();
        let names = elements(&html);
        let levels: Vec<u8> = names
            .iter()
            .filter_map(|name| name.strip_prefix('h')?.parse().ok())
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{levels:?}"
        );
        // The report, and its appendix.
        assert_eq!(levels.iter().filter(|level| **level < 2).count(), 2);
        assert_eq!(html.contains("<div class=\"grid\">"), grid);
        assert!(
            !html.contains("src=\"http")
                && !html.contains("href=\"http")
                && !html.contains("@import")
        );
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for link in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|part| part.split('"').next())
        {
            assert!(link.is_empty() || unique.contains(link), "{link}");
        }
    }
}

#[test]
fn the_locator_shows_every_cell_of_its_table() {
    let case = Case::organisation(CLIENT);
    let page = Page::markdown(&case.plain().1);
    let grid = page.section("Where your strategy sits, and the form that calls for");
    let rows: Vec<&[String]> = grid.iter().filter_map(Block::row).skip(1).collect();
    let cells: Vec<&[String]> = rows.iter().map(|row| &row[1..]).collect();
    assert_eq!(
        cells.iter().map(|row| row.len()).collect::<Vec<_>>(),
        [5; 5]
    );
    assert_eq!(
        cells[4],
        [
            "No special form",
            "Light form",
            "Light form",
            "Light form",
            "Medium form"
        ]
    );
    assert_eq!(
        cells[0],
        [
            "Medium form",
            "Medium form",
            "Intensive form",
            "Intensive form",
            "Intensive form"
        ]
    );
    let here = cells
        .iter()
        .copied()
        .flatten()
        .filter(|cell| cell.starts_with("You: "));
    assert_eq!(here.count(), 1);
}

#[test]
fn steps_come_after_what_they_need() {
    let page = Page::markdown(&Case::tiny(BOTH).plain().1);
    assert_eq!(
        items(page.section("Decide now")),
        [
            "Who takes this on: first this?",
            "Who takes this on: then this?"
        ]
    );
}
