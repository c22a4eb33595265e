//! Reports: what a client typed stays text, templates cannot run away, both formats say the same.

use std::collections::HashSet;

use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::assessment::{Assessment, assess};
use centricity::diagnostic::{Diagnostics, Sources, render};
use centricity::pack::load::{PackText, Texts};
use centricity::pack::{Loaded, builtin};
use centricity::report::brand::{Brand, BrandFile};
use centricity::report::{self, Layout, Templates, View};
use centricity::rulebook::Rulebook;
use centricity::yaml;

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

struct Case {
    rulebook: Rulebook,
    answers: Answers,
    assessment: Assessment,
}

impl Case {
    fn new(texts: Texts, answers: &str) -> Self {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let pack = Loaded::load(texts, &mut sources, &mut problems);
        let rulebook = pack.and_then(|pack| Rulebook::link(&[pack], &mut problems));
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
            answers,
            assessment,
        }
    }

    fn tiny(answers: &str) -> Self {
        let text = PackText {
            name: "pack.yaml".into(),
            path: "pack.yaml".into(),
            bytes: TINY.into(),
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
            builtin::find("organisation").unwrap(),
            &format!("{head}{answers}"),
        )
    }

    fn json(&self) -> serde_json::Value {
        let (layout, brand) = (Layout::new(&self.rulebook), Brand::default());
        serde_json::to_value(View::new(&layout, &self.answers, &self.assessment, &brand)).unwrap()
    }

    fn reports(&self, templates: &Templates) -> centricity::error::Result<(String, String)> {
        let (layout, brand) = (Layout::new(&self.rulebook), Brand::default());
        let view = View::new(&layout, &self.answers, &self.assessment, &brand);
        let page = report::Page::new(&view);
        Ok((
            report::html(templates, &page)?,
            report::markdown(templates, &page)?,
        ))
    }

    fn plain(&self) -> (String, String) {
        self.reports(&Templates::builtin().unwrap()).unwrap()
    }
}

const BOTH: &str = "answers:\n  tiny: { a: 4, b: 1 }\n";

const CLIENT: &str = "basis: evidenced\nanswers:\n  organisation:\n    integration: packaged\n    products: up-to-twenty\n    \
    customers: hundreds\n    variety: unknown\n    role: { value: 3, evidence: { grade: document, ref: Charter } }\n    \
    power: { value: 1, target: 3, owner: head of sales, due: 2027-03-31 }\n    plan: 3\n    strategy: 3\n    structure: 2\n    \
    process: 3\n    rewards: 1\n    people: { not_applicable: \"No staff of its own\" }\n    profit: 1\n    ready-multi: 4\n";

/// Every opened element is closed, in order; gives the names of all of them.
fn elements(html: &str) -> Vec<String> {
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
fn what_a_client_types_stays_text() {
    let evil = r"<script>alert(1)</script> **b** [x](javascript:y) `c` | # h <img src=x onerror=y>";
    let quoted = format!("'{}'", evil.replace('\'', "''"));
    let answers = format!(
        "format: 1\nclient: {{ name: {quoted}, unit: {quoted} }}\npacks: [tiny]\nanswers:\n  tiny:\n    \
        a: {{ value: 4, note: {quoted}, target: 4, owner: {quoted}, evidence: {{ grade: document, ref: {quoted}, link: 'javascript:alert(1)' }} }}\n    \
        b: {{ not_applicable: {quoted} }}\n    c: {quoted}\n"
    );
    let case = Case::tiny(&answers);
    let (html, md) = case.plain();
    assert!(!elements(&html).iter().any(|name| name == "script"));
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript")
    );
    assert_eq!(
        html.matches("&lt;script&gt;").count() + html.matches("&lt;script>").count(),
        html.matches("&lt;script").count()
    );
    let mut parsed = String::new();
    pulldown_cmark::html::push_html(
        &mut parsed,
        pulldown_cmark::Parser::new_ext(&md, pulldown_cmark::Options::all()),
    );
    assert!(
        !parsed.contains("<script")
            && !parsed.contains("<img")
            && !parsed.contains("javascript:y\"")
    );
    assert!(
        !parsed.contains("<strong>b</strong>") && !parsed.contains("<code>c</code>"),
        "{parsed}"
    );
    let json = serde_json::to_string(&case.assessment).unwrap();
    let back: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(back["client"]["name"], evil);
}

#[test]
fn raw_html_of_a_pack_becomes_text() {
    let (html, md) = Case::tiny(BOTH).plain();
    assert!(
        html.contains("<em>emphasis</em>")
            && !html.contains("<b>raw</b>")
            && !html.contains("javascript")
    );
    assert!(md.contains("*emphasis*") && md.contains("&lt;b&gt;raw") && !md.contains("javascript"));
}

#[test]
fn evidence_links_lead_to_pages_only() {
    let answer = |link: &str| {
        let answers = format!(
            "answers:\n  tiny:\n    a: {{ value: 4, evidence: {{ grade: record, ref: R, link: '{link}' }} }}\n"
        );
        Case::tiny(&answers).plain().0
    };
    assert!(
        answer("https://a.b/c").contains("href=\"https:&#x2f;&#x2f;a.b&#x2f;c\"")
            || answer("https://a.b/c").contains("href=\"https://a.b/c\"")
    );
    assert!(!answer("data:text/html,x").contains("href=\"data"));
    assert!(!answer(" javascript:x").contains("href=\" javascript"));
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
        assert_eq!(levels.iter().filter(|level| **level < 2).count(), 1);
        assert_eq!(html.contains("class=\"locator\""), grid);
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
fn both_formats_hold_the_same_figures() {
    let case = Case::organisation(CLIENT);
    let (html, md) = case.plain();
    let view = case.json();
    for row in view["packs"][0]["profile"][0]["chart"]["rows"]
        .as_array()
        .unwrap()
    {
        for key in ["value", "raw", "range", "coverage"] {
            if let Some(figure) = row[key].as_str() {
                assert!(html.contains(figure) && md.contains(figure), "{figure}");
            }
        }
    }
    for fact in view["summary"]["headlines"][0]["facts"].as_array().unwrap() {
        let note = fact["note"].as_str().unwrap();
        assert!(html.contains(note) && md.contains(note), "{note}");
    }
    assert_eq!((html, md), case.plain());
}

#[test]
fn the_locator_shows_every_cell_of_its_table() {
    let view = Case::organisation(CLIENT).json();
    let fit = view["packs"][0]["fit"].as_array().unwrap();
    let grid = fit.iter().find(|ex| ex["kind"] == "grid").unwrap();
    let rows = grid["chart"]["rows"].as_array().unwrap();
    let words: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| {
            row["cells"]
                .as_array()
                .unwrap()
                .iter()
                .map(|cell| cell["word"].as_str().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(words.iter().map(Vec::len).collect::<Vec<_>>(), [5; 5]);
    assert_eq!(
        words[4],
        ["No special form", "Light", "Light", "Light", "Medium"]
    );
    assert_eq!(
        words[0],
        ["Medium", "Medium", "Intensive", "Intensive", "Intensive"]
    );
    let here = rows
        .iter()
        .flat_map(|row| row["cells"].as_array().unwrap())
        .filter(|cell| cell["state"] == "here");
    assert_eq!(here.count(), 1);
}

#[test]
fn steps_come_after_what_they_need() {
    let view = Case::tiny(BOTH).json();
    let steps: Vec<&str> = view["summary"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["what"].as_str().unwrap())
        .collect();
    assert_eq!(steps, ["First this", "Then this"]);
}

fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(name), text).unwrap();
    dir
}

#[test]
fn a_template_of_the_users_comes_first_by_name() {
    let dir = folder("report.md", "Hello {{ subject.client|md }}\n");
    let (html, md) = Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap();
    assert_eq!(md, "Hello C\n");
    assert!(html.starts_with("<!doctype html>"));
}

#[test]
fn a_template_that_does_not_end_is_stopped() {
    let long = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    let deep = "{% include 'report.html' %}";
    for (text, said) in [(long, "steps"), (deep, "report.html")] {
        let dir = folder("report.html", text);
        let error = Case::tiny(BOTH)
            .reports(&Templates::with_folder(dir.path()).unwrap())
            .unwrap_err();
        assert!(
            error.to_string().contains(said) && error.to_string().contains("`report.html`"),
            "{error}"
        );
    }
}

#[test]
fn a_name_the_view_does_not_know_is_an_error_that_says_where() {
    for text in [
        "a\n{{ subject.nobody }}",
        "a\n{{ nobody }}",
        "a\n{% if packs[0].nobody %}{% endif %}",
    ] {
        let dir = folder("report.html", text);
        let error = Case::tiny(BOTH)
            .reports(&Templates::with_folder(dir.path()).unwrap())
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("template `report.html`, line 2"),
            "{error}"
        );
    }
}

#[test]
fn a_template_reaches_no_file_outside_its_folder() {
    let dir = folder("report.html", "{% include '../secret.html' %}");
    std::fs::write(dir.path().parent().unwrap().join("secret.html"), "x").unwrap();
    let error = Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap_err();
    let _ = std::fs::remove_file(dir.path().parent().unwrap().join("secret.html"));
    assert!(error.to_string().contains("secret.html"), "{error}");
}

fn brand(text: &str, logo: Option<&[u8]>) -> (Option<Brand>, Vec<String>) {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("brand.yaml", text.to_owned());
    let file: BrandFile = yaml::read(&sources, id, &mut problems).unwrap();
    let brand = Brand::check(&file, logo, &mut problems);
    (
        brand,
        problems.iter().map(|it| it.message.clone()).collect(),
    )
}

#[test]
fn branding_is_checked() {
    let (good, problems) = brand(
        "name: Quay\ncolour: '#7a1f3d'\ncolour_dark: '#e59ab0'\nlogo: a.png",
        Some(b"\x89PNGx"),
    );
    let good = good.unwrap();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(good.css, ":root{--brand:#7a1f3d;--brand-dark:#e59ab0}");
    assert_eq!(good.logo.as_deref(), Some("data:image/png;base64,iVBOR3g="));
    let (bad, problems) = brand("colour: 'red;}'\nlogo: a.png", Some(b"<html>"));
    assert_eq!((bad, problems.len()), (None, 2));
    let (pale, problems) = brand("colour: '#ffff00'\ncolour_dark: '#ffff00'", None);
    assert!(pale.is_some() && problems.len() == 1, "{problems:?}");
}
