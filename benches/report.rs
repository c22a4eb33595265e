//! What a report costs: the assessment, the view, its conversion, each format, and the whole line
//! for one client with rulebook and templates at hand.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot report has nothing to measure"
)]

use centricity::Project;
use centricity::answers::Answers;
use centricity::assess::assessment::{Assessment, MatchedResult};
use centricity::report::view::Brand;
use centricity::report::{self, Layout, Page, Templates, View};
use centricity::rules::rulebook::Rulebook;
use divan::Bencher;
use mimalloc::MiMalloc;
use std::fmt::Write as _;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

fn organisation() -> Project {
    Project::new(&["organisation"]).unwrap()
}

/// Every question answered with its middle choice, every third with what stands beside it.
fn file(rulebook: &Rulebook) -> String {
    let mut text = "format: 1\nclient: { name: Harbour Tools, unit: Marine division }\n\
        assessed_on: 2026-10-31\nbasis: evidenced\npacks: [organisation]\nanswers:\n  organisation:\n"
        .to_owned();
    for (place, item) in rulebook.items.iter().enumerate() {
        let centricity::rules::rulebook::ItemKind::Question(question) = &item.kind else {
            break;
        };
        let middle = question.choices.get(question.choices.len() / 2);
        let value = middle.map_or("20", |choice| choice.value.as_str());
        let id = item.local_id();
        match place % 3 {
            0 => writeln!(
                text,
                "    {id}: {{ value: {value}, note: \"Escalates every time\", \
                 evidence: {{ grade: document, ref: \"Account charter v2\" }} }}"
            ),
            _ => writeln!(text, "    {id}: {value}"),
        }
        .unwrap();
    }
    text
}

/// Everything a view is made from.
struct Materials {
    project: Project,
    answers: Answers,
    assessment: Assessment,
    brand: Brand,
    templates: Templates,
}

impl Materials {
    fn new() -> Self {
        let project = organisation();
        let text = file(project.rulebook());
        let answers = project.answers("answers.yaml", &text).unwrap();
        Self {
            assessment: project.assess(&answers),
            project,
            answers,
            brand: Brand::default(),
            templates: Templates::builtin().unwrap(),
        }
    }

    fn layout(&self) -> Layout<'_> {
        Layout::new(self.project.rulebook())
    }

    fn result(&self) -> MatchedResult<'_> {
        MatchedResult::new(self.project.rulebook(), &self.assessment).unwrap()
    }
}

#[divan::bench]
fn a_layout(bencher: Bencher<'_, '_>) {
    let project = organisation();
    bencher.bench(|| Layout::new(project.rulebook()));
}

#[divan::bench]
fn b_templates() -> Templates {
    Templates::builtin().unwrap()
}

#[divan::bench]
fn c_reading_and_checking_answers(bencher: Bencher<'_, '_>) {
    let project = organisation();
    let text = file(project.rulebook());
    bencher.bench(|| project.answers("answers.yaml", &text).unwrap());
}

#[divan::bench]
fn d_assessment(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    bencher.bench(|| materials.project.assess(&materials.answers));
}

#[divan::bench]
fn e_view(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let layout = materials.layout();
    bencher.bench(|| {
        let result = materials.result();
        View::new(&layout, &result, &materials.brand).many_packs
    });
}

#[divan::bench]
fn f_view_to_values(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let layout = materials.layout();
    let result = materials.result();
    let view = View::new(&layout, &result, &materials.brand);
    bencher.bench(|| Page::new(&view));
}

#[divan::bench]
fn g_html(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let layout = materials.layout();
    let result = materials.result();
    let view = View::new(&layout, &result, &materials.brand);
    let page = Page::new(&view);
    bencher.bench(|| report::html(&materials.templates, &page).unwrap());
}

#[divan::bench]
fn h_markdown(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let layout = materials.layout();
    let result = materials.result();
    let view = View::new(&layout, &result, &materials.brand);
    let page = Page::new(&view);
    bencher.bench(|| report::markdown(&materials.templates, &page).unwrap());
}

#[divan::bench]
fn i_whole_line(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let layout = materials.layout();
    let project = &materials.project;
    let text = file(project.rulebook());
    bencher.bench(|| {
        let answers = project.answers("answers.yaml", &text).unwrap();
        let assessment = project.assess(&answers);
        let result = MatchedResult::new(project.rulebook(), &assessment).unwrap();
        let view = View::new(&layout, &result, &materials.brand);
        let page = Page::new(&view);
        let html = report::html(&materials.templates, &page).unwrap();
        (html, report::markdown(&materials.templates, &page).unwrap())
    });
}
