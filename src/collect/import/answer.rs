//! The answer to one question, put together from the cells that say something of it.

use super::faults::Faults;
use super::names::{Part, Pick};
use super::words::Said;
use super::{Import, fold};
use crate::answers::file::{AnswerDetail, AnswerFile, EvidenceFile, ValueFile};
use crate::rules::rulebook::Choice;
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::{Code, Diagnostic, Place};
use crate::text::grid::write::unguarded;
use crate::text::yaml::{Entries, Located, Scalar};

/// A cell with something in it, and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) place: Place,
}

/// All that a table says of the answer to one question.
#[derive(Debug, Default)]
pub(super) struct Pieces<'a> {
    pub(super) value: Option<Piece<'a>>,
    pub(super) picks: Vec<(Pick, Piece<'a>)>,
    pub(super) comment: Option<Piece<'a>>,
    pub(super) evidence: Option<Piece<'a>>,
    pub(super) reason: Option<Piece<'a>>,
}

impl<'a> Pieces<'a> {
    pub(super) fn put(&mut self, part: Part, piece: Piece<'a>) {
        match part {
            Part::Value => self.value = Some(piece),
            Part::Choice(pick) => self.picks.push((pick, piece)),
            Part::Comment => self.comment = Some(piece),
            Part::Evidence => self.evidence = Some(piece),
            Part::Reason => self.reason = Some(piece),
        }
    }

    /// Where the answer stands.
    fn place(&self) -> Option<Place> {
        let pick = self.picks.first().map(|(_, piece)| piece);
        let beside = [&self.comment, &self.evidence, &self.reason].map(Option::as_ref);
        let all = [self.value.as_ref(), pick].into_iter().chain(beside);
        all.flatten().next().map(|piece| piece.place)
    }
}

impl Import<'_> {
    /// Puts the pieces of an answer together.
    pub(super) fn answer(
        &self,
        node: usize,
        pieces: &Pieces<'_>,
        answers: &mut Answers,
        faults: &mut Faults,
    ) {
        let (Some(place), Some(item)) = (pieces.place(), self.rulebook.items.get(node)) else {
            return;
        };
        let said = match self.said(node, &item.id, pieces) {
            Ok(said) => said,
            Err(problem) => {
                faults.push(*problem, 1);
                return;
            }
        };
        if let (Some(piece), false) = (&pieces.reason, matches!(said, Some(Said::NotApplicable(_))))
        {
            let (what, help) = match &said {
                Some(_) => ("an answer", "keep one of the two"),
                None => (
                    "no answer that says so",
                    "write `n/a` as its answer, or empty the cell",
                ),
            };
            let id = &item.id;
            let message = format!("`{id}` has a reason why it does not apply, and {what}");
            let problem = Diagnostic::error(Code::InvalidValue, message).at(piece.place);
            faults.push(problem.help(help), 1);
            return;
        }
        let answer = put_together(said, pieces, place);
        let Some(pack) = self.rulebook.packs.get(item.pack) else {
            return;
        };
        answers.put(&pack.id, item.local_id(), Located::new(answer, place));
    }

    /// What a cell, or one cell a choice, says.
    fn said(
        &self,
        node: usize,
        id: &str,
        pieces: &Pieces<'_>,
    ) -> Result<Option<Said>, Box<Diagnostic>> {
        let whole = match (&pieces.value, self.mapping.words.get(node)) {
            (Some(Piece { text, place }), Some(words)) => {
                let said = words.read(text);
                let wrong = |unread: super::words::Unread| unread.problem(text, id).at(*place);
                Some(said.map_err(|unread| Box::new(wrong(unread)))?)
            }
            _ => None,
        };
        let picked = self.picked(node, id, &pieces.picks)?;
        match (whole, picked) {
            (Some(Said::Several(one)), Some(Said::Several(two))) if !alike(&one, &two) => {
                let message = format!("the columns of `{id}` say different things");
                let place = pieces.place().unwrap_or_default();
                Err(Box::new(Diagnostic::error(Code::InvalidValue, message).at(place).help("leave the column of the whole answer out with `--ignore`, or those of its choices")))
            }
            (Some(said), _) | (None, Some(said)) => Ok(Some(said)),
            (None, None) => Ok(None),
        }
    }

    /// Whether a cell says that a choice is taken: by yes or no, or by repeating the choice.
    fn taken(&self, text: &str, choice: Option<&Choice>) -> Option<bool> {
        let named = |choice: &Choice| {
            [&choice.value, &choice.label]
                .iter()
                .any(|one| fold(one) == fold(text))
        };
        let meant = self.mapping.everywhere.get(&fold(text));
        let own = choice.is_some_and(named).then_some(true);
        own.or_else(|| is_taken(meant.map_or(text, String::as_str)))
    }

    /// The choices whose cells say that they are taken.
    fn picked(
        &self,
        node: usize,
        id: &str,
        picks: &[(Pick, Piece<'_>)],
    ) -> Result<Option<Said>, Box<Diagnostic>> {
        let question = self
            .rulebook
            .items
            .get(node)
            .and_then(|item| item.kind.question());
        let mut taken = Vec::new();
        let mut aside = None;
        for (pick, Piece { text, place }) in picks {
            let choice = match pick {
                Pick::Choice(at) => question.and_then(|one| one.choices.get(*at)),
                Pick::Unknown | Pick::NotApplicable => None,
            };
            match (self.taken(text, choice), pick) {
                (Some(false), _) => {}
                (Some(true), Pick::Choice(_)) => {
                    taken.extend(choice.map(|choice| choice.value.clone()));
                }
                (Some(true), Pick::Unknown) => {
                    let (text, plain) = ("unknown".to_owned(), true);
                    aside = Some((Said::One(Scalar { text, plain }), *place));
                }
                (Some(true), Pick::NotApplicable) => {
                    aside = Some((Said::NotApplicable(String::new()), *place));
                }
                (None, _) => {
                    let message = format!(
                        "`{text}` says neither that a choice of `{id}` is taken nor that it is not"
                    );
                    return Err(Box::new(
                        Diagnostic::error(Code::InvalidValue, message)
                            .at(*place)
                            .help("write 1 or 0; a mapping can say under `everywhere` which of them is meant"),
                    ));
                }
            }
        }
        match aside {
            Some((_, place)) if !taken.is_empty() => {
                let message = format!("`{id}` is answered and is not");
                let problem = Diagnostic::error(Code::InvalidValue, message).at(place);
                Err(Box::new(
                    problem.help("`unknown` and `not applicable` stand alone"),
                ))
            }
            Some((said, _)) => Ok(Some(said)),
            None if picks.is_empty() => Ok(None),
            None => Ok(Some(Said::Several(taken))),
        }
    }
}

/// What survey tools write where a choice is taken, and where it is not.
const TAKEN: [&str; 7] = ["1", "true", "yes", "y", "x", "checked", "selected"];
const LEFT: [&str; 6] = ["0", "false", "no", "n", "unchecked", "not selected"];

fn is_taken(text: &str) -> Option<bool> {
    let text = fold(text);
    let taken = TAKEN.contains(&text.as_str());
    (taken || LEFT.contains(&text.as_str())).then_some(taken)
}

fn alike(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|value| other.contains(value))
}

/// An answer as a response file holds it.
fn put_together(said: Option<Said>, pieces: &Pieces<'_>, place: Place) -> AnswerFile {
    let located = |text: String, at: Option<&Piece<'_>>| {
        Located::new(text, at.map_or(place, |piece| piece.place))
    };
    let reason = pieces.reason.as_ref();
    let (value, not_applicable) = match said {
        None => (None, None),
        Some(Said::One(scalar)) => (Some(ValueFile::One(scalar)), None),
        Some(Said::Several(list)) => {
            let list = list.into_iter().map(|value| located(value, None));
            (Some(ValueFile::List(list.collect())), None)
        }
        Some(Said::NotApplicable(text)) => {
            let given = reason.map(|piece| unguarded(piece.text).to_owned());
            let text = if text.is_empty() {
                given.unwrap_or_default()
            } else {
                text
            };
            (None, Some(located(text, reason)))
        }
    };
    let plain = pieces.comment.is_none() && pieces.evidence.is_none();
    match value {
        Some(ValueFile::One(scalar)) if plain => AnswerFile::Value(scalar),
        Some(ValueFile::List(list)) if plain => AnswerFile::List(list),
        value => AnswerFile::Full(Box::new(AnswerDetail {
            of: None,
            value: value.map(|value| Located::new(value, place)),
            not_applicable,
            note: pieces.comment.map(|piece| unguarded(piece.text).to_owned()),
            evidence: pieces.evidence.map(|piece| evidence(unguarded(piece.text))),
            target: None,
            owner: None,
            due: None,
            phases: Vec::new(),
            baseline: None,
        })),
    }
}

/// What an answer rests on: `document: Account charter`, or the words alone.
fn evidence(text: &str) -> EvidenceFile {
    let (head, rest) = text.split_once(':').unwrap_or((text, ""));
    let named = |grade: &Grade| head.trim().eq_ignore_ascii_case(grade.name());
    let grade = Grade::ALL.into_iter().find(named);
    let reference = if grade.is_some() { rest.trim() } else { text };
    EvidenceFile {
        grade: grade.unwrap_or_default(),
        reference: Some(reference.to_owned()).filter(|text| !text.is_empty()),
        link: None,
    }
}

type OfPack = Entries<Located<AnswerFile>>;

/// Answers by pack.
#[derive(Debug, Default)]
pub(super) struct Answers(pub(super) Vec<(Located<String>, OfPack)>);

impl Answers {
    fn put(&mut self, pack: &str, question: &str, answer: Located<AnswerFile>) {
        let name = |name: &str| Located::new(name.to_owned(), answer.place);
        let known = self.0.iter().position(|(one, _)| one.value == pack);
        if known.is_none() {
            self.0.push((name(pack), Entries::default()));
        }
        let at = known.unwrap_or(self.0.len().saturating_sub(1));
        let entry = (name(question), answer);
        if let Some((_, entries)) = self.0.get_mut(at) {
            entries.extend([entry]);
        }
    }
}
