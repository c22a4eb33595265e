//! Problems as a reader sees them.

use centricity::rules::pack::Loaded;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{
    Diagnostics, Place, Severity, Sources, render, to_json, to_sarif,
};

/// Links a pack, where it has no errors; what does not link says why and where.
pub(crate) fn linked(
    loaded: Option<Loaded>,
    sources: &Sources,
    mut problems: Diagnostics,
) -> Option<Rulebook> {
    let rulebook = loaded.and_then(|one| Rulebook::link(&[one], &mut problems));
    assert!(
        rulebook.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    located(sources, &problems);
    rulebook
}

/// Problems of YAML: each error has a place.
pub(crate) fn located(sources: &Sources, problems: &Diagnostics) {
    for problem in problems.iter() {
        let located = problem.place.is_some() || problem.severity == Severity::Warning;
        assert!(located, "no place: {problem:?}");
    }
    shown(sources, problems);
}

/// Every problem is in words, places lie within their texts, and all of it can be shown.
pub(crate) fn shown(sources: &Sources, problems: &Diagnostics) {
    for problem in problems.iter() {
        assert!(!problem.message.is_empty(), "{problem:?}");
        let related = problem.related.iter().map(|(place, _)| *place);
        for place in problem.place.into_iter().chain(related) {
            within(sources, place, &problem.message);
        }
    }
    let text = render(problems, sources, false);
    assert_eq!(text.is_empty(), problems.is_empty(), "{text}");
    drop(to_json(problems, sources));
    drop(to_sarif(problems, sources));
}

/// A place lies within its text; that of what is missing at the end is one letter behind it.
pub(crate) fn within(sources: &Sources, place: Place, what: &str) {
    if sources.cell(place.source).is_some() || place == Place::NOWHERE {
        return;
    }
    let letters = sources.text(place.source).chars().count();
    let (start, end) = (place.start as usize, place.end as usize);
    assert!(
        start <= end && end <= letters + 1,
        "{what}: {place:?} of {letters}"
    );
}
