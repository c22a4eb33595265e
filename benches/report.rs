//! What a report costs: the assessment, the context, each format, and the whole line
//! for one client with rulebook and templates at hand.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot report has nothing to measure"
)]

use centricity::Project;
use centricity::answers::Answers;
use centricity::assess::{Assessment, MatchedResult};
use centricity::report::{Brand, Report, ReportContext, Templates};
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

/// Everything a report is made from.
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

    fn result(&self) -> MatchedResult<'_> {
        MatchedResult::new(self.project.rulebook(), &self.assessment).unwrap()
    }

    fn report(&self, name: &'static str) -> Report {
        let result = self.result();
        let context = ReportContext::new(&result, &self.brand);
        context.report(&self.templates, name).unwrap()
    }
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
fn e_context(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    bencher.bench(|| materials.report("all"));
}

#[divan::bench(args = ["executive", "full", "appendix"])]
fn f_markdown(bencher: Bencher<'_, '_>, name: &'static str) {
    let report = Materials::new().report(name);
    bencher.bench(|| report.markdown().unwrap());
}

#[divan::bench(args = ["executive", "full", "appendix"])]
fn g_html(bencher: Bencher<'_, '_>, name: &'static str) {
    let report = Materials::new().report(name);
    bencher.bench(|| report.html().unwrap());
}

#[divan::bench(args = ["executive", "full", "appendix"])]
fn h_word(bencher: Bencher<'_, '_>, name: &'static str) {
    let materials = Materials::new();
    let report = materials.report(name);
    bencher.bench(|| report.word(None).unwrap());
}

#[divan::bench]
fn i_whole_line(bencher: Bencher<'_, '_>) {
    let materials = Materials::new();
    let project = &materials.project;
    let text = file(project.rulebook());
    bencher.bench(|| {
        let answers = project.answers("answers.yaml", &text).unwrap();
        let assessment = project.assess(&answers);
        let result = MatchedResult::new(project.rulebook(), &assessment).unwrap();
        let context = ReportContext::new(&result, &materials.brand);
        let report = context.report(&materials.templates, "all").unwrap();
        (report.html().unwrap(), report.markdown().unwrap())
    });
}
