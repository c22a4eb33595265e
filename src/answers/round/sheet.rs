//! One person's answers, as they are known again in another state.

use crate::answers::Answers;
use crate::answers::file::{AnswerFile, ResponseFile, ValueFile};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{Role, State};
use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// One person's answers, by hashes. These never leave memory: answers could be found by trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::answers) struct Sheet {
    /// The name.
    who: u64,
    /// The answers as written, whatever packs make of them; `None` where they are in no file.
    written: Option<u64>,
    /// The answers as these packs read them, however they are written.
    read: u64,
    pub(super) role: Role,
    /// What was said to each of [`Round::asked`](super::Round::asked).
    pub(super) said: Box<[Said]>,
}

/// Kind of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// Unknown, or not applicable; of a scale, a part of it.
    Something,
    Rated,
}

/// A name by which a sheet is known again: of whom, whether as written, and the answers.
pub(super) type Name = (Option<u64>, bool, u64);

impl Sheet {
    /// Notes, evidence and dates are no part of a sheet: to write a file anew changes nothing.
    pub(in crate::answers) fn new(
        (name, role): (&str, Role),
        file: Option<&ResponseFile>,
        rulebook: &Rulebook,
        answers: &Answers,
    ) -> Self {
        let asked = rulebook.questions().zip(&answers.answers);
        let read = asked.map(|(asked, answer)| {
            let worth = answer.claimed.to_bits();
            (&asked.item.id, answer.state, worth, answer.chosen)
        });
        let questions = answers.answers.iter().map(|answer| Said::of(answer.state));
        let scales = rulebook.scales().into_iter().map(|(_, questions)| {
            let states = questions.iter().filter_map(|one| answers.answers.get(*one));
            Said::of_all(states.map(|answer| Said::of(answer.state)))
        });
        Self {
            who: hash(&name),
            written: file.map(|file| hash(&(role, written(file)))),
            read: hash(&(role, read.collect::<Vec<_>>())),
            role,
            said: questions.chain(scales).collect(),
        }
    }

    /// Names of this sheet: another with one of them is the same.
    pub(super) fn names(&self, named: bool) -> impl Iterator<Item = Name> {
        let who = named.then_some(self.who);
        let written = self.written.map(|written| (who, true, written));
        written.into_iter().chain([(who, false, self.read)])
    }
}

impl Said {
    const fn of(state: State) -> Self {
        match state {
            State::Rated => Self::Rated,
            State::Unknown | State::NotApplicable => Self::Something,
            State::Missing | State::Irrelevant | State::NotAsked | State::NotCore => Self::Nothing,
        }
    }

    /// What was said to several questions that count together.
    fn of_all(mut all: impl Iterator<Item = Self>) -> Self {
        let first = all.next().unwrap_or(Self::Nothing);
        if all.all(|one| one == first) {
            first
        } else {
            Self::Something
        }
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Every answer as written, in the order of its question's name.
fn written(file: &ResponseFile) -> BTreeSet<(&str, &str, BTreeSet<&str>)> {
    let packs = file.answers.iter();
    let answers = packs.flat_map(|(pack, answers)| {
        let answers = answers.iter();
        answers.map(|(id, answer)| (pack.value.as_str(), id.value.as_str(), words(&answer.value)))
    });
    answers.collect()
}

fn words(answer: &AnswerFile) -> BTreeSet<&str> {
    match answer {
        AnswerFile::Value(value) => BTreeSet::from([value.text.as_str()]),
        AnswerFile::List(list) => list.iter().map(|one| one.value.as_str()).collect(),
        AnswerFile::Full(detail) => match detail.value.as_ref().map(|one| &one.value) {
            Some(ValueFile::One(value)) => BTreeSet::from([value.text.as_str()]),
            Some(ValueFile::List(list)) => list.iter().map(|one| one.value.as_str()).collect(),
            None => {
                let away = detail.not_applicable.as_ref();
                away.map(|_| "not applicable").into_iter().collect()
            }
        },
    }
}
