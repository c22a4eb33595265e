//! What is wrong with a revision, in one sentence. Nothing in it is of a respondent.

use crate::exit::Failure;
use crate::inputs::{Notes, RESPONSES};
use crate::output::clean;
use centricity::study::history::Fault;
use centricity::text::diagnostic::{Code, Diagnostic, Severity};

impl Notes {
    /// Keeps a failure as a problem of what was read.
    pub(super) fn fail(&mut self, failure: &Failure) {
        let problem = Diagnostic::error(Code::UnknownFile, failure.message.clone());
        self.problems.push(match &failure.help {
            Some(help) => problem.help(help.clone()),
            None => problem,
        });
    }
}

/// The first error of what was read at a revision.
pub(super) fn faulty(revision: &str, path: &str, notes: &Notes) -> Fault {
    let sorted = notes.problems.sorted();
    let errors: Vec<_> = sorted
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .collect();
    let more = errors.len().saturating_sub(1);
    let Some(first) = errors.first() else {
        return Fault {
            place: None,
            message: "it cannot be read".to_owned(),
            help: None,
            more,
        };
    };
    let place = first.place.map(|place| {
        let position = notes.sources.position(place);
        let name = notes.sources.name(place.source);
        (name.to_owned(), format!("{name}:{}", position.line))
    });
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let within = format!("{revision}:{folder}/{RESPONSES}").replace(":/", ":");
    let told = |text: &str| text.contains(&within);
    if told(&first.message) || place.as_ref().is_some_and(|(name, _)| told(name)) {
        return Fault {
            message: "a response is not valid".to_owned(),
            help: Some(format!(
                "`centricity assess {revision}:PATH` tells which and why"
            )),
            place: Some(within),
            more,
        };
    }
    Fault {
        place: place.map(|(_, place)| clean(&place)),
        message: clean(&first.message),
        help: first.help.as_deref().map(clean),
        more,
    }
}

/// A revision whose contents were left out of the clone.
pub(super) fn missing(revision: &str, path: &str) -> Fault {
    Fault {
        place: Some(clean(&format!("{revision}:{path}"))),
        message: "what it held is not in this clone".to_owned(),
        help: Some("`git fetch --refetch` with the contents brings it".to_owned()),
        more: 0,
    }
}
