//! A case that several people answer.

use crate::answers::file::{AnswerFile, ResponseFile};
use crate::answers::{Response, Tally};
use crate::rules::rulebook::Rulebook;
use crate::study::case::{CaseFile, PersonFile, full_id};
use crate::text::diagnostic::Diagnostics;
use crate::text::yaml::{Entries, Located};

impl CaseFile {
    /// Whether one of several people answers a question.
    pub(super) fn asks_people(&self, pack: &str, question: &str) -> bool {
        let mut ids = self.people.iter().flat_map(|person| &person.answers);
        ids.any(|(id, _)| full_id(pack, &id.value) == question)
    }
}

/// The people of a case, counted; `None` once what is wrong with their answers is among the
/// problems.
pub(super) fn count(
    rulebook: &Rulebook,
    pack: &str,
    people: &[PersonFile],
    problems: &mut Diagnostics,
) -> Option<Tally> {
    let mut tally = Tally::new(rulebook);
    for person in people {
        let response = Response::check(rulebook, &response(pack, person), problems)?;
        tally.add(rulebook, &response);
    }
    Some(tally)
}

/// Answers by the id of their question within a pack.
type Named = Vec<(Located<String>, Located<AnswerFile>)>;

fn response(pack: &str, person: &PersonFile) -> ResponseFile {
    let place = person.role.place;
    let mut packs: Vec<(Located<String>, Named)> = Vec::new();
    for (id, answer) in &person.answers {
        let name = full_id(pack, &id.value);
        let (of, local) = name.split_once('.').unwrap_or((pack, &name));
        let one = (Located::new(local.to_owned(), id.place), answer.clone());
        match packs.iter_mut().find(|(name, _)| name.value == of) {
            Some((_, list)) => list.push(one),
            None => packs.push((Located::new(of.to_owned(), id.place), vec![one])),
        }
    }
    let answers = packs.into_iter();
    ResponseFile {
        format: Located::new(1, place),
        respondent: Located::new("one of several".to_owned(), place),
        role: person.role,
        unit: None,
        answered_on: None,
        packs: Vec::new(),
        answers: answers
            .map(|(name, list)| (name, list.into_iter().collect::<Entries<_>>()))
            .collect(),
    }
}
