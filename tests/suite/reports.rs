//! Clients with everything printed of them, read back.

use crate::clients::Client;
use crate::printed::{Block, Page};
use crate::sandbox::{ROOT, Sandbox};
use crate::stored::CLIENTS;
use crate::varied;
use crate::workshop::built_in;
use centricity::assess::assessment::{Assessment, MatchedResult, assess};
use centricity::assess::plan::{Plan, PlanRequest, plan};
use centricity::report::brand::Brand;
use centricity::report::{self, Layout, Templates, View};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;

/// A result with everything printed from it.
pub(crate) struct Report<'r> {
    pub(crate) name: String,
    pub(crate) result: Value,
    pub(crate) markdown: Page,
    pub(crate) html: Page,
    matched: &'r MatchedResult<'r>,
}

impl<'r> Report<'r> {
    fn new(
        name: String,
        layout: &Layout<'_>,
        templates: &Templates,
        matched: &'r MatchedResult<'r>,
    ) -> Self {
        let brand = Brand::default();
        let view = View::new(layout, matched, &brand);
        let page = report::Page::new(&view);
        let markdown = report::markdown(templates, &page).expect("Markdown");
        let html = report::html(templates, &page).expect("HTML");
        Self {
            name,
            result: serde_json::to_value(matched.assessment()).expect("JSON"),
            markdown: Page::markdown(&markdown),
            html: Page::html(&html),
            matched,
        }
    }

    /// The way that `plan` finds for a ladder, where there is one.
    pub(crate) fn plan(&self, ladder: &str) -> Option<Plan> {
        let wish = PlanRequest {
            ladder: Some(ladder),
            ..PlanRequest::default()
        };
        plan(self.matched, &wish).ok()
    }

    /// The ways that the report prints, each with its title.
    pub(crate) fn ways(&self) -> impl Iterator<Item = (&str, &[Block])> {
        let titles = self.markdown.headings().map(|(_, title)| title);
        let titles = titles.filter(|title| title.starts_with("The way to “"));
        titles.map(|title| (title, self.markdown.section(title)))
    }

    /// Both pages with their names.
    pub(crate) fn pages(&self) -> [(&'static str, &Page); 2] {
        [("Markdown", &self.markdown), ("HTML", &self.html)]
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
        let states = self.list("questions").iter().map(|one| text(one, "state"));
        states
            .into_iter()
            .any(|state| matches!(state, "missing" | "unknown"))
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

/// The sample clients.
pub(crate) fn samples(check: impl Fn(&Report<'_>, &mut Faults) + Sync) -> Faults {
    let one = |name: &&str| with(name, |report| Faults::of(report, &check));
    let checked = CLIENTS.par_iter().map(one);
    checked.reduce(Faults::default, Faults::and)
}

/// A sample client.
pub(crate) fn with<T>(name: &str, then: impl FnOnce(&mut Report<'_>) -> T) -> T {
    let (rulebook, assessment) = sample(name);
    let matched = MatchedResult::new(&rulebook, &assessment).expect("a result of its packs");
    let layout = Layout::new(&rulebook);
    let templates = Templates::builtin().expect("templates");
    let mut report = Report::new(name.to_owned(), &layout, &templates, &matched);
    then(&mut report)
}

/// A sample client with its packs; where many people answered, as `assess` prints it.
fn sample(name: &str) -> (Rulebook, Assessment) {
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
    check: impl Fn(&Report<'_>, &mut Faults) + Sync,
) -> Faults {
    let rulebooks = varied::rulebooks();
    let layouts: Vec<Layout<'_>> = rulebooks.iter().map(Layout::new).collect();
    let templates = Templates::builtin().expect("templates");
    let checked = numbers.into_par_iter().map(|number| {
        let place = varied::place(number);
        let rulebook = &rulebooks[place];
        let answers = varied::answers(rulebook, number);
        let assessment = assess(rulebook, &answers);
        let matched = MatchedResult::new(rulebook, &assessment).expect("a result of its packs");
        let report = Report::new(
            format!("client {number}"),
            &layouts[place],
            &templates,
            &matched,
        );
        Faults::of(&report, &check)
    });
    checked.reduce(Faults::default, Faults::and)
}

/// What does not hold: the claim, and where.
#[derive(Default)]
pub(crate) struct Faults(Vec<(String, String)>);

impl Faults {
    pub(crate) fn of(
        report: &Report<'_>,
        check: &(impl Fn(&Report<'_>, &mut Faults) + Sync),
    ) -> Self {
        let mut found = Self::default();
        check(report, &mut found);
        for (_, place) in &mut found.0 {
            *place = format!("{}: {place}", report.name);
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

    /// Whether this claim does not hold somewhere.
    pub(crate) fn deny(&self, claim: &str) -> bool {
        self.0.iter().any(|(one, _)| one == claim)
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
