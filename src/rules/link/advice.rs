//! Advice: ids that are its own, what should come first, and the same work advised by other packs.

use super::linker::{Linker, repeated, repeated_id, unknown};
use crate::message;
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{AdviceFile, LedTo, QuestionType, UseFile};
use crate::rules::rulebook::{Advice, Choice, Domain, Item, Raise};
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, quoted, suggestion};
use crate::text::yaml::{Located, Scalar};

impl Linker<'_> {
    /// Checks that every id of advice is its own, and that the advice it names is there.
    pub(super) fn check_advice(&mut self, pack: usize, one: &Loaded) {
        let list = all(one);
        for (first, second) in repeated(&list, |one| &one.id.value) {
            let message = message!("is-the-id-of-two-pieces-of-advice", id = second.id.value);
            let problem = repeated_id(message, second.id.place, first.id.place);
            self.problems
                .push(problem.help(message!("rename-one-of-them")));
        }
        for one in &list {
            self.check_id(&one.id.value, one.id.place);
            if let Some(same) = &one.same_as {
                self.same_as(pack, same);
            }
            for after in &one.after {
                let known = || list.iter().map(|other| other.id.value.as_str());
                let (name, place) = (after.value.as_str(), after.place);
                if !known().any(|known| known == name) {
                    let message = message!("no-advice", name);
                    let help = message!("name-another-piece-of-advice");
                    let problem = unknown(Code::UnknownId, (name, place), message, known(), help);
                    self.problems.push(problem);
                }
            }
        }
    }

    /// Checks `same_as`: it has to name advice, of this pack or a used one, that is itself the same
    /// as no other.
    fn same_as(&mut self, pack: usize, same: &Located<String>) {
        let own = self.loaded.get(pack);
        let (name, id, there) = if let Some((name, id)) = same.value.split_once('.') {
            let Some(used) = self.requirement(pack, name) else {
                let message = message!("this-pack-does-not-use", name);
                let help = message!("add-uses-to-pack-yaml", name);
                return self.refuse(Code::UnknownId, same.place, message, help);
            };
            let loaded = self.loaded.iter().find(|one| one.id() == name);
            let Some(there) = loaded.map(all) else {
                debug_assert!(UseFile::is_optional(used), "a used pack is loaded");
                return;
            };
            (Some(name), id, there)
        } else {
            (None, same.value.as_str(), own.map_or_else(Vec::new, all))
        };
        let Some(advice) = there.iter().find(|one| one.id.value == id) else {
            let near = nearest(id, there.iter().map(|one| one.id.value.as_str()));
            let full = |near: &str| name.map_or(near.to_owned(), |name| format!("{name}.{near}"));
            let help = suggestion(
                near.map(full).as_deref(),
                message!("name-a-piece-of-its-advice"),
            );
            let whose = name.map_or(message!("this-pack").to_owned(), |name| {
                message!("the-pack", name)
            });
            let message = message!("no-advice-in", id, whose);
            return self.refuse(Code::UnknownId, same.place, message, help);
        };
        if let Some(home) = &advice.same_as {
            let message = message!(
                "is-itself-the-same-as",
                same = same.value,
                home = home.value
            );
            let help = format!("write `{}`", home.value);
            self.refuse(Code::InvalidUse, same.place, message, help);
        }
    }

    /// Advice as people read it.
    pub(super) fn advice(&mut self, pack: usize, list: &[AdviceFile]) -> Vec<Advice> {
        let raises: Vec<Vec<Raise>> = list.iter().map(|one| self.raises(pack, one)).collect();
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
        let list = list.iter().zip(raises).map(|(one, raises)| Advice {
            raises,
            says_raises: one.raises.is_some(),
            id: one.id.value.clone(),
            what: one.what.clone(),
            how: one.how.clone(),
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
            let raise = match answer {
                LedTo::One(answer) => worth(item, answer).map(|worth| Raise {
                    question,
                    answer: answer.value.text.clone(),
                    worth,
                    choices: 0,
                }),
                LedTo::Choices(names) => choices(item, id, names).map(|choices| Raise {
                    question,
                    answer: plain(names).collect::<Vec<_>>().join(", "),
                    worth: f64::NAN,
                    choices,
                }),
            };
            match raise {
                Ok(raise) => list.push(raise),
                Err(problem) => self.problems.push(problem),
            }
        }
        list
    }
}

/// All advice of a pack.
fn all(pack: &Loaded) -> Vec<&AdviceFile> {
    let findings = pack.file.findings.iter().flat_map(|(_, file)| &file.advice);
    let gates = pack.file.gates.iter().flat_map(|(_, file)| &file.advice);
    findings.chain(gates).collect()
}

fn plain(names: &[Located<String>]) -> impl Iterator<Item = &str> {
    names.iter().map(|name| name.value.as_str())
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
        let message = message!("a-list-of-choices-does-not-fit", local_id = item.local_id());
        let problem = Diagnostic::error(Code::InvalidValue, message).at(id.place);
        return Err(problem.help(if several.is_some() {
            message!("name-one-choice-at-least")
        } else {
            message!("only-of-several-choices-more-than")
        }));
    };
    let mut set = 0;
    for name in names {
        let value = (name.value.as_str(), name.place);
        set |= 1
            << position(
                item,
                &question.choices,
                value,
                (message!("a-choice"), "choices"),
            )?;
    }
    Ok(set)
}

/// The place of a choice among those of a question, by its value.
fn position(
    item: &Item,
    choices: &[Choice],
    (value, place): (&str, Place),
    (noun, plural): (&str, &str),
) -> Result<usize, Diagnostic> {
    let values = || choices.iter().map(|choice| choice.value.as_str());
    let position = values().position(|one| one == value);
    position.ok_or_else(|| {
        let message = message!("is-not-of", value, noun, local_id = item.local_id());
        let listed = message!("its-are", plural, quoted = quoted(values()));
        let name = (value, place);
        unknown(Code::InvalidValue, name, message, values(), &listed)
    })
}

/// The worth of an answer that advice leads to.
fn worth(item: &Item, answer: &Located<Scalar>) -> Result<f64, Diagnostic> {
    let (text, id) = (answer.value.text.as_str(), item.local_id());
    let refuse = |message: String, help: &str| {
        let problem = Diagnostic::error(Code::InvalidValue, message).at(answer.place);
        Err(problem.help(help))
    };
    let Some(question) = item.kind.question() else {
        let message = message!("is-not-a-question-advice-moves-answers", id);
        return refuse(message, message!("name-the-questions-it-is-made-from"));
    };
    let choices = &question.choices;
    match (question.kind, &item.domain) {
        (QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean, _) => {
            let value = (text, answer.place);
            let place = position(item, choices, value, (message!("an-answer"), "answers"))?;
            let score = choices.get(place).and_then(|choice| choice.score);
            Ok(score.map_or(f64::NAN, |score| question.turned(score)))
        }
        (QuestionType::SelectMultiple, _) => {
            let count = text.parse::<usize>();
            if count.is_ok_and(|count| (1..=choices.len()).contains(&count)) {
                return Ok(f64::NAN);
            }
            let message = message!("is-not-a-number-of-choices-of", text, id);
            let help = message!("say-how-many-of-its-choices");
            refuse(message, help)
        }
        (_, Domain::Number { least, most, .. }) => {
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            match number.filter(|number| (*least..=*most).contains(number)) {
                Some(number) => Ok(number),
                None => refuse(
                    message!("cannot-be", id, text),
                    message!("write-a-number-that-an-answer-may-have"),
                ),
            }
        }
        (_, _) => refuse(
            message!("is-free-text-advice-cannot-move", id),
            message!("name-a-question-with-a-scale"),
        ),
    }
}
