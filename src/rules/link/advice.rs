//! Gates, and advice: ids that are its own, what should come first, and the same work advised by other
//! packs.

use super::scope::ids;
use super::{Linker, repeated, standing};
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{AdviceFile, LedTo, QuestionType};
use crate::rules::rulebook::{Advice, Domain, Gate, Item, OwnerName, Question, Raise, Variant};
use crate::text::diagnostic::{Diagnostic, nearest, quoted};
use crate::text::yaml::{Located, Value};
use crate::{message, problem};

impl Linker<'_> {
    /// Checks that every id of advice is its own, and that the advice it names is there.
    pub(super) fn check_advice(&mut self, pack: usize, one: &Loaded) {
        let list = all(one);
        for (first, second) in repeated(&list, |one| &one.id.value) {
            let problem = problem!(DuplicateId, "advice-id-twice", id = second.id.value);
            self.refuse(second.id.place, standing(problem, first.id.place));
        }
        for one in &list {
            self.check_id(&one.id.value, one.id.place);
            if let Some(same) = &one.same_as {
                self.same_as(pack, same);
            }
            for after in &one.after {
                let known = || list.iter().map(|other| other.id.value.as_str());
                let name = after.value.as_str();
                if !known().any(|known| known == name) {
                    let problem = problem!(UnknownId, "no-advice", name);
                    self.refuse(after.place, problem.nearest(name, known()));
                }
            }
        }
    }

    /// Checks `same_as`: it has to name advice, of this pack or a used one, that is itself the same
    /// as no other.
    fn same_as(&mut self, pack: usize, same: &Located<String>) {
        let (name, id) = match same.value.split_once('.') {
            Some((name, id)) => (Some(name), id),
            None => (None, same.value.as_str()),
        };
        let home = match name {
            Some(name) if self.requirement(pack, name).is_none() => {
                let problem = problem!(UnknownId, "this-pack-does-not-use", name);
                return self.refuse(same.place, problem);
            }
            Some(name) => self.loaded.iter().find(|one| one.id() == name),
            None => self.loaded.get(pack),
        };
        // An optional pack may not be there.
        let Some(there) = home.map(all) else {
            return;
        };
        let Some(advice) = there.iter().find(|one| one.id.value == id) else {
            let whose = name.map_or(message!("this-pack").to_owned(), |name| {
                message!("the-pack", name)
            });
            let problem = problem!(UnknownId, "no-advice-in", id, whose);
            let near = nearest(id, there.iter().map(|one| one.id.value.as_str()));
            let full = |near: &str| name.map_or(near.to_owned(), |name| format!("{name}.{near}"));
            let help = near.map(|near| message!("did-you-mean", near = full(near)));
            return self.refuse(same.place, problem.maybe_help(help));
        };
        if let Some(home) = &advice.same_as {
            let (same_id, home) = (&same.value, &home.value);
            let problem = problem!(InvalidUse, "is-itself-the-same-as", same = same_id, home);
            self.refuse(same.place, problem);
        }
    }

    /// Advice as people read it.
    pub(super) fn advice(&mut self, pack: usize, list: &[AdviceFile]) -> Vec<Advice> {
        let raises: Vec<Vec<Raise>> = list.iter().map(|one| self.raises(pack, one)).collect();
        let variants: Vec<Vec<Variant>> = list.iter().map(|one| self.variants(pack, one)).collect();
        let full = |id: &String| {
            if id.contains('.') {
                id.clone()
            } else {
                self.full_id(pack, id)
            }
        };
        let work = |one: &AdviceFile| full(&one.same_as.as_ref().unwrap_or(&one.id).value);
        let loaded = self.loaded.get(pack).map_or_else(Vec::new, all);
        let first = |id: &Located<String>| {
            let found = loaded.iter().find(|one| one.id.value == id.value);
            found.map(|one| work(one))
        };
        let list = list.iter().zip(raises).zip(variants);
        let list = list.map(|((one, raises), variants)| Advice {
            raises,
            variants,
            says_raises: one.raises.is_some(),
            id: one.id.value.clone(),
            what: one.what.clone(),
            how: one.how.clone(),
            decide: one.decide.clone(),
            effort: one.effort,
            impact: one.impact,
            within: one.within,
            owner: one.owner.clone(),
            after: one.after.iter().filter_map(first).collect(),
            same_as: one.same_as.as_ref().map(|same| full(&same.value)),
            work: work(one),
        });
        list.collect()
    }

    /// The words of a piece of advice for some clients.
    fn variants(&mut self, pack: usize, advice: &AdviceFile) -> Vec<Variant> {
        let mut list = Vec::new();
        for one in &advice.variants {
            let words = [&one.what, &one.how, &one.decide, &one.owner];
            if words.iter().all(|words| words.is_none()) {
                let problem = problem!(MissingKey, "words-for-some-need", id = advice.id.value);
                self.refuse(one.when.place, problem);
            }
            if let Some(when) = self.condition(pack, &one.when) {
                list.push(Variant {
                    when,
                    what: one.what.clone(),
                    how: one.how.clone(),
                    decide: one.decide.clone(),
                    owner: one.owner.clone(),
                });
            }
        }
        list
    }

    /// Compiles the names of roles that own advice.
    pub(super) fn owners(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (role, names) in &one.file.owners {
                for name in names {
                    if let Some(when) = self.condition(pack, &name.when) {
                        self.owners.push(OwnerName {
                            role: role.value.clone(),
                            when,
                            owner: name.owner.clone(),
                        });
                    }
                }
            }
        }
    }

    /// The questions a piece of advice moves; those of packs that are not there are left out.
    fn raises(&mut self, pack: usize, advice: &AdviceFile) -> Vec<Raise> {
        let mut list = Vec::new();
        for (id, answer) in advice.raises.iter().flatten() {
            let Some(question) = self.resolve(pack, id) else {
                continue;
            };
            let Some(item) = self.items.get(question) else {
                continue;
            };
            let led = match answer {
                LedTo::One(Located { value, place }) => {
                    let worth = worth(item, &value.text).map_err(|problem| problem.at(*place));
                    worth.map(|worth| (value.text.clone(), worth, 0))
                }
                LedTo::Choices(names) => {
                    let words: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
                    choices(item, id, names).map(|set| (words.join(", "), f64::NAN, set))
                }
            };
            match led {
                Ok((answer, worth, choices)) => list.push(Raise {
                    question,
                    answer,
                    worth,
                    choices,
                }),
                Err(problem) => self.problems.push(problem),
            }
        }
        list
    }

    /// The place of a gate among those of all packs.
    pub(super) fn gate_place(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let names = self.loaded.get(pack).map(|one| &one.file.gates)?;
        let before = self.loaded.iter().take(pack);
        let offset: usize = before.map(|one| one.file.gates.len()).sum();
        if let Some(place) = names.iter().position(|(name, _)| name.value == id.value) {
            return Some(offset + place);
        }
        let known = names.iter().map(|(name, _)| name.value.as_str());
        let problem = problem!(UnknownId, "no-gate", id = id.value);
        self.refused(id.place, problem.nearest(&id.value, known))
    }

    /// Compiles the gates of all packs, in the order their checks count on.
    pub(super) fn gates(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (id, gate) in &one.file.gates {
                self.check_id(&id.value, id.place);
                let full = self.full_id(pack, &id.value);
                let taken = self.index.get(&full).and_then(|node| self.items.get(*node));
                if let Some(item) = taken {
                    let problem = problem!(DuplicateId, "gate-id-taken", id = id.value);
                    self.refuse(id.place, standing(problem, item.place));
                }
                let Some(when) = self.condition(pack, &gate.when) else {
                    continue;
                };
                self.apart_from_metrics(&self.program.read_in(&when), gate.when.place);
                self.program.gates.push(when);
                let gate = Gate {
                    id: full,
                    pack,
                    title: gate.title.clone(),
                    because: gate.because.clone(),
                    unmet: gate.unmet.clone(),
                    without: self.without(pack, &gate.when),
                    advice: self.advice(pack, &gate.advice),
                };
                self.gates.push(gate);
            }
        }
    }

    /// The packs a condition reads and the assessment does without.
    fn without(&self, pack: usize, when: &Located<Value>) -> Vec<String> {
        let missing = self.packs.get(pack).map_or(&[][..], |pack| &pack.without);
        let read = ids(when).into_iter();
        let read: Vec<&str> = read
            .filter_map(|id| Some(id.value.split_once('.')?.0))
            .collect();
        let missing = missing.iter().filter(|pack| read.contains(&pack.as_str()));
        missing.cloned().collect()
    }
}

/// All advice of a pack.
fn all(pack: &Loaded) -> Vec<&AdviceFile> {
    let findings = pack.file.findings.iter().flat_map(|(_, file)| &file.advice);
    let gates = pack.file.gates.iter().flat_map(|(_, file)| &file.advice);
    findings.chain(gates).collect()
}

/// The choices of several that advice makes true, as bits.
fn choices(
    item: &Item,
    id: &Located<String>,
    names: &[Located<String>],
) -> Result<u64, Diagnostic> {
    let question = item.kind.question();
    let several = question.filter(|one| one.kind == QuestionType::SelectMultiple);
    let Some(question) = several.filter(|_| !names.is_empty()) else {
        let local_id = item.local_id();
        let problem = problem!(InvalidValue, "list-does-not-fit", local_id).at(id.place);
        let help = several.map(|_| message!("name-one-choice-at-least").to_owned());
        return Err(problem.maybe_help(help));
    };
    let words = (message!("a-choice"), "choices");
    names.iter().try_fold(0, |set, name| {
        let place = position(item, question, name.as_str(), words);
        Ok(set | 1 << place.map_err(|problem| problem.at(name.place))?)
    })
}

/// The place of a choice among those of a question, by its value.
fn position(
    item: &Item,
    question: &Question,
    value: &str,
    (noun, plural): (&str, &str),
) -> Result<usize, Diagnostic> {
    let values = || question.choices.iter().map(|choice| choice.value.as_str());
    let position = values().position(|one| one == value);
    position.ok_or_else(|| {
        let (local_id, quoted) = (item.local_id(), quoted(values()));
        problem!(
            InvalidValue,
            "no-choice-of",
            value,
            noun,
            local_id,
            plural,
            quoted
        )
        .nearest(value, values())
    })
}

/// The worth of an answer that advice leads to.
fn worth(item: &Item, text: &str) -> Result<f64, Diagnostic> {
    let id = item.local_id();
    let Some(question) = item.kind.question() else {
        return Err(problem!(InvalidValue, "no-question", id));
    };
    let choices = &question.choices;
    match (question.kind, &item.domain) {
        (QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean, _) => {
            let words = (message!("an-answer"), "answers");
            let place = position(item, question, text, words)?;
            let score = choices.get(place).and_then(|choice| choice.score);
            Ok(score.map_or(f64::NAN, |score| question.reverse_scored(score)))
        }
        (QuestionType::SelectMultiple, _) => match text.parse::<usize>() {
            Ok(count) if (1..=choices.len()).contains(&count) => Ok(f64::NAN),
            Ok(_) | Err(_) => Err(problem!(InvalidValue, "no-count-of-choices", text, id)),
        },
        (_, Domain::Number { least, most, .. }) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() && (*least..=*most).contains(&number) => Ok(number),
            Ok(_) | Err(_) => Err(problem!(InvalidValue, "cannot-be", id, text)),
        },
        (_, _) => Err(problem!(InvalidValue, "free-text-is-not-moved", id)),
    }
}
