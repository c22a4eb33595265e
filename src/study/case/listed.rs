//! Results of a base's cases that come out otherwise under an overlay, as the overlay lists them.

use super::{Difference, Report};
use crate::message;
use crate::rules::pack::overlay::Overlay;
use crate::text::diagnostic::Place;
use crate::text::number::TOLERANCE;
use crate::text::yaml::{Entries, Located, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The key of the list in an overlay.
const EXPECT: &str = "expect";

/// The entries that the overlays of a pack list, the topmost last, and which of it was met.
#[derive(Debug, Default)]
pub(super) struct Listed<'a> {
    /// By case and by what differs: the new value, and true where the topmost overlay lists it.
    values: BTreeMap<(&'a str, &'a str), (&'a str, bool)>,
    /// Cases that ran.
    ran: BTreeSet<String>,
}

impl<'a> Listed<'a> {
    pub(super) fn new(overlays: &'a [Overlay]) -> Self {
        let mut values = BTreeMap::new();
        let top = overlays.len().saturating_sub(1);
        for (nth, overlay) in overlays.iter().enumerate() {
            for (case, results) in &overlay.expect {
                for (what, value) in results {
                    let key = (case.value.as_str(), what.value.as_str());
                    values.insert(key, (value.as_str(), nth == top));
                }
            }
        }
        Self {
            values,
            ran: BTreeSet::new(),
        }
    }

    /// The failures of a case: differences that are not listed, or with another value, and what the
    /// topmost overlay lists and does not differ.
    pub(super) fn failures(&mut self, case: &str, differences: &[Difference]) -> Vec<String> {
        self.ran.insert(case.to_owned());
        let mut failures = Vec::new();
        for one in differences {
            match self.values.get(&(case, one.what.as_str())) {
                Some((listed, _)) if is_same(listed, &one.got) => {}
                Some((listed, _)) => {
                    let (what, got) = (&one.what, &one.got);
                    failures.push(message!("listed-otherwise", what, listed, got));
                }
                None => failures.push(one.line.clone()),
            }
        }
        for ((_, what), (listed, _)) in self.of(case) {
            if differences.iter().all(|one| one.what != *what) {
                failures.push(message!("listed-and-no-longer-differs", what, listed));
            }
        }
        failures
    }

    /// The cases that the topmost overlay lists and that did not run.
    pub(super) fn unknown(&self) -> BTreeSet<&'a str> {
        let own = self.values.iter().filter(|(_, (_, top))| *top);
        let cases = own.map(|((case, _), _)| *case);
        cases.filter(|case| !self.ran.contains(*case)).collect()
    }

    fn of(&self, case: &str) -> impl Iterator<Item = (&(&'a str, &'a str), &(&'a str, bool))> {
        let all = self.values.iter();
        all.filter(move |((one, _), (_, top))| *one == case && *top)
    }
}

/// True for the same words, or numbers that print alike.
fn is_same(listed: &str, got: &str) -> bool {
    let numbers = listed.parse::<f64>().ok().zip(got.parse::<f64>().ok());
    let close = numbers.is_some_and(|(one, other)| (one - other).abs() <= 1e-4 + TOLERANCE);
    close || listed == got
}

/// True for a file of an overlay in which such a list stands.
#[must_use]
pub fn has_list(text: &str) -> bool {
    Node::outline(text).is_some_and(|root| root.entry(EXPECT).is_some())
}

/// The text of an overlay with everything that comes out otherwise listed in it, and nothing else;
/// `None` where the text cannot be changed in place.
#[must_use]
pub fn accept(text: &str, report: &Report) -> Option<String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let block = block(report).replace('\n', line_end);
    let root = Node::outline(text)?;
    let changed = match root.entry(EXPECT) {
        Some(entry) => {
            let range = entry.key.range.start..entry.value.range.end.max(entry.key.range.end + 1);
            let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
            format!("{before}{}{after}", block.trim_end())
        }
        None if block.is_empty() => text.to_owned(),
        None => {
            let end = if text.ends_with('\n') { "" } else { line_end };
            format!("{text}{end}{block}")
        }
    };
    let listed = Node::outline(&changed)?;
    let names = |node: &Node| -> Vec<String> {
        let others = node.entries().iter().filter(|one| one.name != EXPECT);
        others.map(|one| one.name.clone()).collect()
    };
    let cases = listed
        .entry(EXPECT)
        .map_or(0, |one| one.value.entries().len());
    let wanted: BTreeSet<_> = report.otherwise.iter().map(|(case, _)| case).collect();
    (names(&root) == names(&listed) && cases == wanted.len()).then_some(changed)
}

/// The list as YAML; empty where nothing comes out otherwise.
fn block(report: &Report) -> String {
    let mut cases: Entries<BTreeMap<&str, &str>> = Entries::default();
    for (case, differences) in &report.otherwise {
        let results = differences
            .iter()
            .map(|one| (one.what.as_str(), one.got.as_str()));
        let mut known = cases.0.iter_mut();
        if let Some((_, known)) = known.find(|(one, _)| one.value == *case) {
            known.extend(results);
        } else {
            let name = Located::new(case.clone(), Place::NOWHERE);
            cases.0.push((name, results.collect()));
        }
    }
    let mut out = String::new();
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    for (case, results) in &cases {
        let _ = writeln!(out, "  {}:", quoted(&case.value));
        for (what, value) in results {
            let _ = writeln!(out, "    {}: {}", quoted(what), quoted(value));
        }
    }
    if out.is_empty() {
        out
    } else {
        format!("{EXPECT}:\n{out}")
    }
}
