//! Answers under ids that their questions no longer have, put under those they have now.
//!
//! Every file of answers goes through here before it is checked, so that nothing behind this door
//! knows of earlier ids. What is found is a warning; the file stays as it is.

use super::file::{AgreedFile, AnswerFile, BaselineFile, TargetFile, ValueFile};
use super::warning;
use crate::rules::rulebook::{Moved, Rulebook, local_id};
use crate::text::diagnostic::Diagnostic;
use crate::text::yaml::{Entries, Located};
use crate::{message, problem};
use std::borrow::Cow;

/// The entries of a file on a question, pack by pack.
type Packs<T> = Entries<Entries<T>>;

/// The entry of a file on one question.
pub(crate) trait Entry: Clone {
    /// The texts that are values of the question.
    fn values(&mut self) -> Vec<&mut String>;

    /// Its content, to compare it with what stands under another id.
    fn says(&self) -> Vec<String>;
}

/// The entries of a file, each under the id that its question has now.
///
/// Answers that had to be moved are one warning, at the first; an answer under both ids is another,
/// and an error where the two differ. What a question that is not asked here was answered is left
/// out, with a warning.
pub(crate) fn follow<'f, T: Entry>(
    rulebook: &Rulebook,
    packs: &'f Packs<T>,
    problems: &mut Vec<Diagnostic>,
) -> Cow<'f, Packs<T>> {
    let earlier = |pack: &Located<String>, name: &Located<String>| {
        rulebook.moved(&format!("{}.{}", pack.value, name.value))
    };
    let (mut kept, mut found) = (Vec::new(), Vec::new());
    for (pack, entries) in packs {
        let mut own = Vec::new();
        for (name, entry) in entries {
            match earlier(pack, name) {
                Some(moved) => found.push(Found {
                    old: Located::new(format!("{}.{}", pack.value, name.value), name.place),
                    moved,
                    entry,
                }),
                None => own.push((name, entry)),
            }
        }
        kept.push((pack, own));
    }
    if found.is_empty() {
        return Cow::Borrowed(packs);
    }
    let cloned = kept.into_iter().map(|(pack, own)| {
        let own = own.into_iter();
        let own = own.map(|(name, entry)| (name.clone(), entry.clone()));
        (pack.clone(), own.collect())
    });
    let mut all: Packs<T> = cloned.collect();
    let mut first: Option<(&Found<'_, T>, usize)> = None;
    for one in &found {
        match one.put(rulebook, &mut all) {
            Ok(()) => {
                let more = first.map_or(0, |(_, more)| more + 1);
                first = Some((first.map_or(one, |(first, _)| first), more));
            }
            Err(problem) => problems.push(*problem),
        }
    }
    if let Some((first, more)) = first {
        let (old, new) = (&first.old.value, &first.moved.to);
        let problem = problem!(Moved, "an-earlier-id", old, new, more);
        problems.push(warning(problem.at(first.old.place)));
    }
    Cow::Owned(all)
}

/// The entries of a file under an earlier id.
struct Found<'a, T> {
    old: Located<String>,
    moved: &'a Moved,
    entry: &'a T,
}

impl<T: Entry> Found<'_, T> {
    /// Puts it under the new id; the problem where that is not to be done.
    fn put(&self, rulebook: &Rulebook, all: &mut Packs<T>) -> Result<(), Box<Diagnostic>> {
        let (old, place, new) = (&self.old.value, self.old.place, &self.moved.to);
        let pack = new.split_once('.').map_or("", |(pack, _)| pack);
        if !rulebook.has_pack(pack) {
            let problem = problem!(
                NotAsked,
                "answer-moved-to-a-pack-that-is-not-asked",
                old,
                new,
                pack
            );
            return Err(Box::new(warning(problem.at(place))));
        }
        let mut entry = self.entry.clone();
        for value in entry.values() {
            let Some(now) = self.moved.value(value).map(str::to_owned) else {
                let problem = problem!(
                    Moved,
                    "answer-moved-and-its-value-did-not",
                    old,
                    new,
                    value = *value
                );
                return Err(Box::new(problem.at(place)));
            };
            *value = now;
        }
        if all.get(pack).is_none() {
            let name = Located::new(pack.to_owned(), place);
            all.0.push((name, Entries::default()));
        }
        let mut packs = all.0.iter_mut();
        let Some((_, own)) = packs.find(|(name, _)| name.value == pack) else {
            return Ok(());
        };
        let name = local_id(new);
        let Some((there, other)) = own.iter().find(|(one, _)| one.value == name) else {
            own.0.push((Located::new(name.to_owned(), place), entry));
            return Ok(());
        };
        let alike = alike(&entry.says(), &other.says());
        let problem = if alike {
            warning(problem!(Moved, "answered-under-both-ids-alike", old, new))
        } else {
            problem!(Moved, "answered-under-both-ids", old, new)
        };
        let here = message!("the-answer-under-the-new-id");
        Err(Box::new(problem.at(place).relate(there.place, here)))
    }
}

/// Compares texts, and numbers by their worth.
pub(super) fn alike(one: &[String], other: &[String]) -> bool {
    let number = |text: &String| text.parse::<f64>().ok();
    let same = |(one, other): (&String, &String)| {
        let numbers = number(one).zip(number(other));
        one == other || numbers.is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// The values of an answer.
fn texts(value: &mut ValueFile) -> Vec<&mut String> {
    match value {
        ValueFile::One(scalar) => vec![&mut scalar.text],
        ValueFile::List(list) => list.iter_mut().map(|one| &mut one.value).collect(),
    }
}

/// The same to be compared, whatever their order.
fn sorted(value: Option<&ValueFile>) -> Vec<String> {
    let mut value = value.cloned();
    let texts = value.iter_mut().flat_map(texts);
    let mut texts: Vec<String> = texts.map(|text| text.clone()).collect();
    texts.sort_unstable();
    texts
}

impl Entry for Located<AnswerFile> {
    fn values(&mut self) -> Vec<&mut String> {
        match &mut self.value {
            AnswerFile::Value(scalar) => vec![&mut scalar.text],
            AnswerFile::List(list) => list.iter_mut().map(|one| &mut one.value).collect(),
            AnswerFile::Full(detail) => {
                let value = detail.value.iter_mut();
                let mut all: Vec<_> = value.flat_map(|one| texts(&mut one.value)).collect();
                all.extend(detail.target.iter_mut().map(|one| &mut one.value.text));
                let phases = detail.phases.iter_mut();
                all.extend(phases.map(|one| &mut one.value.target.value.text));
                let baseline = detail.baseline.iter_mut();
                all.extend(baseline.map(|one| start(&mut one.value)));
                all
            }
        }
    }

    fn says(&self) -> Vec<String> {
        let detail = self.value.detail(self.place);
        let away = detail.not_applicable.map(|_| "not_applicable".to_owned());
        let value = detail.value.as_ref().map(|one| &one.value);
        sorted(value).into_iter().chain(away).collect()
    }
}

impl Entry for AgreedFile {
    fn values(&mut self) -> Vec<&mut String> {
        texts(&mut self.value.value)
    }

    fn says(&self) -> Vec<String> {
        sorted(Some(&self.value.value))
    }
}

impl Entry for Located<TargetFile> {
    fn values(&mut self) -> Vec<&mut String> {
        let target = self.value.target.iter_mut();
        let mut all: Vec<_> = target.map(|one| &mut one.value.text).collect();
        let phases = self.value.phases.iter_mut();
        all.extend(phases.map(|one| &mut one.value.target.value.text));
        let baseline = self.value.baseline.iter_mut();
        all.extend(baseline.map(|one| start(&mut one.value)));
        all
    }

    fn says(&self) -> Vec<String> {
        let file = &self.value;
        let target = file.target.iter().map(|one| one.value.text.clone());
        let due = file.due.iter().map(|one| one.value.clone());
        let phases = file.phases.iter().map(|one| &one.value);
        let phases = phases.flat_map(|one| [&one.target.value.text, &one.due.value]);
        let owner = file.owner.iter().cloned();
        target
            .chain(due)
            .chain(owner)
            .chain(phases.cloned())
            .collect()
    }
}

/// The value at the start.
fn start(baseline: &mut BaselineFile) -> &mut String {
    match baseline {
        BaselineFile::Value(value) => &mut value.value.text,
        BaselineFile::Dated(dated) => &mut dated.value.value.text,
    }
}
