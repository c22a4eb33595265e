//! Targets that are not reached, in a sentence or two.

use super::MOST_POINTS;
use crate::assess::assessment::QuestionResult;
use crate::report::view::Numbers;
use crate::report::view::context::{ReportContext, in_words};
use crate::rules::condition::Truth;
use crate::rules::rulebook::words::list;

impl ReportContext<'_> {
    /// "You aim at a target that is not reached: “Power to commit”. Section 6 says what leads there."
    /// One that is not called for is told apart.
    pub(super) fn targets(&self, numbers: &Numbers) -> Option<String> {
        let section = numbers.roadmap.as_ref()?;
        let unmet = self.assessment.questions.iter();
        let unmet = unmet.filter(|one| one.way.is_some());
        let (spare, wanted): (Vec<&QuestionResult>, Vec<&QuestionResult>) =
            unmet.partition(|one| one.called_for == Truth::False);
        let aims = match wanted.len() {
            0 => None,
            1 => Some("a target that is not reached".to_owned()),
            many => Some(format!("{} targets that are not reached", in_words(many))),
        };
        let aims = aims.map(|aims| {
            let names = named(&wanted);
            format!("You aim at {aims}: {names}. Section {section} says what leads there.")
        });
        let also = if aims.is_some() { "also " } else { "" };
        let uncalled = match spare.len() {
            0 => None,
            1 => Some(("a target that is not called for", "whether it still holds")),
            _ => Some(("targets that are not called for", "whether they still hold")),
        };
        let uncalled = uncalled.map(|(what, settle)| {
            let names = named(&spare);
            format!("You {also}aim at {what}: {names}; settle {settle}.")
        });
        let said: Vec<String> = [aims, uncalled].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" "))
    }
}

/// The first names, and how many more there are.
fn named(aimed: &[&QuestionResult]) -> String {
    let names = aimed.iter();
    let mut names: Vec<String> = names
        .map(|one| format!("“{}”", one.label.trim_end_matches('?')))
        .collect();
    let left = names.len().saturating_sub(MOST_POINTS);
    if left > 1 {
        names.truncate(MOST_POINTS);
        names.push(format!("{} more", in_words(left)));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    list(&names)
}
