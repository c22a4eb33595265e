//! Reports of results in every format, as text and read back.

use crate::clients::Client;
use crate::printed::{Block, Page};
use crate::report::without_script;
use crate::sandbox::{ROOT, Sandbox};
use crate::stored::CLIENTS;
use crate::varied;
use crate::workshop::{built_in, checked, pack};
use centricity::answers::Answers;
use centricity::assess::{Assessment, MatchedResult, assess};
use centricity::report::{Brand, Report, ReportContext, Templates};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::builtin().expect("templates"));

/// A report of a result: `executive`, `full`, `appendix` or `all`. Its appendix is the file of this
/// name, or part of the document where there is none.
pub(crate) fn report(
    rulebook: &Rulebook,
    result: &Assessment,
    name: &'static str,
    appendix: &str,
) -> Report {
    let matched = MatchedResult::new(rulebook, result).expect("a result of its packs");
    let brand = Brand::default();
    let mut context = ReportContext::new(&matched, &brand);
    appendix.clone_into(&mut context.appendix);
    context.report(&TEMPLATES, name).expect("a report")
}

/// The report with its appendix as HTML and as Markdown.
pub(crate) fn texts(rulebook: &Rulebook, result: &Assessment) -> [String; 2] {
    let report = report(rulebook, result, "all", "");
    [
        report.html().expect("HTML"),
        report.markdown().expect("Markdown"),
    ]
}

/// A pack's answers with everything that is shown of them.
pub(crate) struct Shown {
    pub(crate) result: Assessment,
    pub(crate) html: String,
    pub(crate) md: String,
}

impl Shown {
    pub(crate) fn new(rulebook: &Rulebook, answers: &Answers) -> Self {
        let result = assess(rulebook, answers);
        let [html, md] = texts(rulebook, &result);
        let html = without_script(&html);
        Self { result, html, md }
    }

    /// Both formats hold this text.
    #[track_caller]
    pub(crate) fn tells(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "no `{text}` in\n{}", self.html);
        assert!(self.md.contains(text), "no `{text}` in\n{}", self.md);
        self
    }

    /// Neither format holds this text.
    #[track_caller]
    pub(crate) fn hides(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "`{text}` in HTML");
        assert!(!self.md.contains(text), "`{text}` in {}", self.md);
        self
    }
}

/// Answers to the pack `p`.
pub(crate) fn answered(rulebook: &Rulebook, answers: &str) -> Answers {
    let head = "format: 1\nclient: { name: C }\npacks: [p]\nanswers:\n";
    checked(rulebook, &format!("{head}  p: {{ {answers} }}\n")).valid()
}

pub(crate) fn shown(body: &str, answers: &str) -> Shown {
    let rulebook = pack(body).good();
    let answers = answered(&rulebook, answers);
    Shown::new(&rulebook, &answers)
}

/// A document in every format, as text and read back.
pub(crate) struct Printed {
    pub(crate) markdown: String,
    pub(crate) html: String,
    pub(crate) md: Page,
    pub(crate) page: Page,
    pub(crate) word: Page,
}

impl Printed {
    fn new(report: &Report) -> Self {
        let markdown = report.markdown().expect("Markdown");
        let html = report.html().expect("HTML");
        let word = report.word(None).expect("Word");
        Self {
            md: Page::markdown(&markdown),
            page: Page::html(&html),
            word: Page::word(&word),
            markdown,
            html,
        }
    }
}

/// A result with the report and the appendix, which is a file called `a`.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) result: Value,
    pub(crate) full: Printed,
    pub(crate) appendix: Printed,
}

impl Subject {
    pub(crate) fn new(name: String, rulebook: &Rulebook, result: &Assessment) -> Self {
        let printed = |name| Printed::new(&report(rulebook, result, name, "a"));
        Self {
            name,
            result: serde_json::to_value(result).expect("JSON"),
            full: printed("full"),
            appendix: printed("appendix"),
        }
    }

    pub(crate) fn list(&self, key: &str) -> &[Value] {
        list(&self.result, key)
    }

    /// The entry of a list with an id.
    pub(crate) fn find(&self, key: &str, id: &Value) -> Option<&Value> {
        self.list(key).iter().find(|one| one["id"] == *id)
    }

    /// Whether any question that applies has no answer.
    pub(crate) fn open(&self) -> bool {
        let mut states = self.list("questions").iter().map(|one| text(one, "state"));
        states.any(|state| matches!(state, "missing" | "unknown"))
    }

    /// Documents with their names.
    pub(crate) fn documents(&self) -> [(&'static str, &Printed); 2] {
        [("report", &self.full), ("appendix", &self.appendix)]
    }
}

/// The entries of a list; none where it is not there.
pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A text, empty where there is none.
pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The rows of tables below these headings, heads too.
pub(crate) fn rows<'p>(page: &'p Page, titles: &[&str]) -> Vec<&'p [String]> {
    let blocks = titles.iter().flat_map(|title| page.under(title));
    blocks.flatten().filter_map(Block::row).collect()
}

/// The sample clients.
pub(crate) fn samples(check: impl Fn(&Subject, &mut Faults) + Sync) -> Faults {
    let one = |name: &&str| {
        let (rulebook, result) = sample(name);
        let subject = Subject::new((*name).to_owned(), &rulebook, &result);
        Faults::of(&subject, &check)
    };
    let checked = CLIENTS.par_iter().map(one);
    checked.reduce(Faults::default, Faults::and)
}

/// A sample client with its packs; where many people answered, as `assess` prints it.
pub(crate) fn sample(name: &str) -> (Rulebook, Assessment) {
    let folder = Path::new(ROOT).join("tests/clients").join(name);
    if fs::exists(folder.join("responses")).expect("a folder") {
        let run = Sandbox::new().run(&format!("assess {} --format json", folder.display()));
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let source = sources.add("result.json", run.exits(0).stdout);
        let result: Assessment = yaml::read(&sources, source, &mut problems).expect("a result");
        let packs: Vec<&str> = result.packs.iter().map(|pack| pack.id.as_str()).collect();
        return (built_in(&packs), result);
    }
    let client = Client::named(name);
    (client.rulebook, client.assessment)
}

/// Made-up clients with these numbers.
pub(crate) fn made_up(
    numbers: std::ops::Range<u64>,
    check: impl Fn(&Subject, &mut Faults) + Sync,
) -> Faults {
    let rulebooks = varied::rulebooks();
    let checked = numbers.into_par_iter().map(|number| {
        let rulebook = &rulebooks[varied::place(number)];
        let result = assess(rulebook, &varied::answers(rulebook, number));
        let subject = Subject::new(format!("client {number}"), rulebook, &result);
        Faults::of(&subject, &check)
    });
    checked.reduce(Faults::default, Faults::and)
}

/// What does not hold: the claim, and where.
#[derive(Default)]
pub(crate) struct Faults(Vec<(String, String)>);

impl Faults {
    pub(crate) fn of(subject: &Subject, check: &(impl Fn(&Subject, &mut Faults) + Sync)) -> Self {
        let mut found = Self::default();
        check(subject, &mut found);
        for (_, place) in &mut found.0 {
            *place = format!("{}: {place}", subject.name);
        }
        found
    }

    fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(crate) fn hold(&mut self, holds: bool, claim: &str, detail: impl Fn() -> String) {
        if !holds {
            self.0.push((claim.to_owned(), detail()));
        }
    }

    pub(crate) fn equal<T: PartialEq + Debug>(
        &mut self,
        claim: &str,
        at: &str,
        got: &T,
        wanted: &T,
    ) {
        self.hold(got == wanted, claim, || {
            format!("{at}: printed {got:?}, in the result {wanted:?}")
        });
    }

    #[track_caller]
    pub(crate) fn none(self) {
        let mut by_claim: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (claim, place) in &self.0 {
            by_claim.entry(claim).or_default().push(place);
        }
        let mut said = String::new();
        for (claim, places) in &by_claim {
            let _ = writeln!(said, "\n{claim} does not hold, {} times:", places.len());
            for place in places.iter().take(3) {
                let _ = writeln!(said, "  {place}");
            }
        }
        assert!(by_claim.is_empty(), "{said}");
    }
}
