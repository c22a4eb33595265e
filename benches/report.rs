//! What a report costs: the assessment, the view, its conversion, each format, and the whole line
//! for one client with rulebook and templates at hand.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot report has nothing to measure"
)]

use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::assess::assessment::{Assessment, MatchedResult, assess};
use centricity::report::view::Brand;
use centricity::report::{self, Layout, Page, Templates, View};
use centricity::rules::pack::{Loaded, builtin};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use divan::Bencher;
use mimalloc::MiMalloc;
use std::fmt::Write as _;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

fn rulebook() -> Rulebook {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let texts = builtin::find("organisation").unwrap();
    let pack = Loaded::load(texts, &mut sources, &mut problems).unwrap();
    Rulebook::link(&[pack], &mut problems).unwrap()
}

/// Every question answered with its middle choice, every third with what stands beside it.
fn file(rulebook: &Rulebook) -> String {
    let mut text = "format: 1\nclient: { name: Harbour Tools, unit: Marine division }\n\
        assessed_on: 2026-10-31\nbasis: evidenced\npacks: [organisation]\nanswers:\n  organisation:\n"
        .to_owned();
    for (place, item) in rulebook.items().iter().enumerate() {
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

fn answers(rulebook: &Rulebook, text: String) -> Answers {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("answers.yaml", text);
    let file: AssessmentFile = yaml::read(&sources, id, &mut problems).unwrap();
    Answers::check(rulebook, &file, &mut problems).unwrap()
}

/// Everything a view is made from.
struct Desk {
    rulebook: Rulebook,
    answers: Answers,
    assessment: Assessment,
    brand: Brand,
    templates: Templates,
}

impl Desk {
    fn new() -> Self {
        let rulebook = rulebook();
        let answers = answers(&rulebook, file(&rulebook));
        let assessment = assess(&rulebook, &answers);
        let (brand, templates) = (Brand::default(), Templates::builtin().unwrap());
        Self {
            rulebook,
            answers,
            assessment,
            brand,
            templates,
        }
    }

    fn result(&self) -> MatchedResult<'_> {
        MatchedResult::new(&self.rulebook, &self.assessment).unwrap()
    }
}

#[divan::bench]
fn a_layout(bencher: Bencher<'_, '_>) {
    let rulebook = rulebook();
    bencher.bench(|| Layout::new(&rulebook));
}

#[divan::bench]
fn b_templates() -> Templates {
    Templates::builtin().unwrap()
}

#[divan::bench]
fn c_reading_and_checking_answers(bencher: Bencher<'_, '_>) {
    let rulebook = rulebook();
    let text = file(&rulebook);
    bencher.bench(|| answers(&rulebook, text.clone()));
}

#[divan::bench]
fn d_assessment(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    bencher.bench(|| assess(&desk.rulebook, &desk.answers));
}

#[divan::bench]
fn e_view(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let layout = Layout::new(&desk.rulebook);
    bencher.bench(|| {
        let result = desk.result();
        View::new(&layout, &result, &desk.brand).many_packs
    });
}

#[divan::bench]
fn f_view_to_values(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let layout = Layout::new(&desk.rulebook);
    let result = desk.result();
    let view = View::new(&layout, &result, &desk.brand);
    bencher.bench(|| Page::new(&view));
}

#[divan::bench]
fn g_html(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let layout = Layout::new(&desk.rulebook);
    let result = desk.result();
    let view = View::new(&layout, &result, &desk.brand);
    let page = Page::new(&view);
    bencher.bench(|| report::html(&desk.templates, &page).unwrap());
}

#[divan::bench]
fn h_markdown(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let layout = Layout::new(&desk.rulebook);
    let result = desk.result();
    let view = View::new(&layout, &result, &desk.brand);
    let page = Page::new(&view);
    bencher.bench(|| report::markdown(&desk.templates, &page).unwrap());
}

#[divan::bench]
fn i_whole_line(bencher: Bencher<'_, '_>) {
    let desk = Desk::new();
    let layout = Layout::new(&desk.rulebook);
    let text = file(&desk.rulebook);
    bencher.bench(|| {
        let answers = answers(&desk.rulebook, text.clone());
        let assessment = assess(&desk.rulebook, &answers);
        let result = MatchedResult::new(&desk.rulebook, &assessment).unwrap();
        let view = View::new(&layout, &result, &desk.brand);
        let page = Page::new(&view);
        let html = report::html(&desk.templates, &page).unwrap();
        (html, report::markdown(&desk.templates, &page).unwrap())
    });
}
