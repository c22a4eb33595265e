//! Advice: ids that are its own, what should come first, and the same work advised by other packs.

use super::Linker;
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{AdviceFile, LedTo, QuestionType, UseFile};
use crate::rules::rulebook::{Advice, Domain, Item, Raise};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::{Located, Scalar};

impl Linker<'_> {
    /// Every id of a piece of advice is its own, and what should come first is there.
    pub(super) fn advice_of(&mut self, pack: usize, one: &Loaded) {
        let list = all(one);
        for (index, one) in list.iter().enumerate() {
            super::header::check_id(&one.id.value, one.id.place, self.problems);
            if let Some(first) = list
                .iter()
                .take(index)
                .find(|other| other.id.value == one.id.value)
            {
                let message = format!("`{}` is the id of two pieces of advice", one.id.value);
                let problem = Diagnostic::error(Code::DuplicateId, message).at(one.id.place);
                self.problems.push(
                    problem
                        .relate(first.id.place, "it stands here first")
                        .help("rename one of them"),
                );
            }
            if let Some(same) = &one.same_as {
                self.same_as(pack, same);
            }
            for after in &one.after {
                if list.iter().all(|other| other.id.value != after.value) {
                    let near = nearest(
                        &after.value,
                        list.iter().map(|other| other.id.value.as_str()),
                    );
                    let help = suggestion(near, "name another piece of advice");
                    self.refuse(
                        Code::UnknownId,
                        after.place,
                        format!("no advice `{}`", after.value),
                        &help,
                    );
                }
            }
        }
    }

    /// The same work is named once: by advice that stands for itself, of this pack or a used one.
    fn same_as(&mut self, pack: usize, same: &Located<String>) {
        let own = self.loaded.get(pack);
        let (name, id, there) = if let Some((name, id)) = same.value.split_once('.') {
            let used = own.and_then(|one| one.file.uses.get(name));
            let Some(used) = used else {
                let message = format!("this pack does not use the pack `{name}`");
                let help = format!("add `uses: {{ {name}: \"^1\" }}` to pack.yaml");
                return self.refuse(Code::UnknownId, same.place, message, &help);
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
            let near =
                near.map(|near| name.map_or(near.to_owned(), |name| format!("{name}.{near}")));
            let help = suggestion(near.as_deref(), "name a piece of its advice");
            let whose = name.map_or("this pack".to_owned(), |name| format!("the pack `{name}`"));
            let message = format!("no advice `{id}` in {whose}");
            return self.refuse(Code::UnknownId, same.place, message, &help);
        };
        if let Some(home) = &advice.same_as {
            let message = format!("`{}` is itself the same as `{}`", same.value, home.value);
            let help = format!("write `{}`", home.value);
            self.refuse(Code::InvalidUse, same.place, message, &help);
        }
    }
}

/// All advice of a pack.
fn all(pack: &Loaded) -> Vec<&AdviceFile> {
    let findings = pack.file.findings.iter().flat_map(|(_, file)| &file.advice);
    let gates = pack.file.gates.iter().flat_map(|(_, file)| &file.advice);
    findings.chain(gates).collect()
}

impl Linker<'_> {
    /// Advice for readers.
    pub(super) fn advice(&mut self, pack: usize, list: &[AdviceFile]) -> Vec<Advice> {
        let raises: Vec<Vec<Raise>> = list.iter().map(|one| self.raises(pack, one)).collect();
        let own = self.packs.get(pack).map_or("", |pack| pack.id.as_str());
        let full = |id: &str| {
            if id.contains('.') {
                id.to_owned()
            } else {
                format!("{own}.{id}")
            }
        };
        let work = |one: &AdviceFile| full(&one.same_as.as_ref().unwrap_or(&one.id).value);
        let loaded = self.loaded.get(pack).map_or_else(Vec::new, all);
        let first = |id: &Located<String>| {
            let mut all = loaded.iter();
            all.find(|one| one.id.value == id.value)
                .map(|one| work(one))
        };
        list.iter()
            .zip(raises)
            .map(|(one, raises)| Advice {
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
            })
            .collect()
    }

    /// The questions a piece of advice moves; those of packs that are not there are left out.
    fn raises(&mut self, pack: usize, advice: &AdviceFile) -> Vec<Raise> {
        let mut list = Vec::new();
        for (id, answer) in advice.raises.iter().flatten() {
            let Some(node) = self.resolve(pack, id) else {
                continue;
            };
            let Some(item) = self.items.get(node) else {
                continue;
            };
            let raise = match answer {
                LedTo::One(answer) => worth(item, answer).map(|worth| Raise {
                    question: node,
                    answer: answer.value.text.clone(),
                    worth,
                    choices: 0,
                }),
                LedTo::Choices(names) => choices(item, id, names).map(|choices| Raise {
                    question: node,
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
        let message = format!("a list of choices does not fit `{}`", item.local_id());
        let help = if several.is_some() {
            "name one choice at least, or how many are to be true"
        } else {
            "only of several choices more than one can be true: name one answer"
        };
        return Err(Diagnostic::error(Code::InvalidValue, message)
            .at(id.place)
            .help(help));
    };
    let mut set = 0;
    for name in names {
        let values = || question.choices.iter().map(|choice| choice.value.as_str());
        let Some(place) = values().position(|value| value == name.value) else {
            let message = format!("`{}` is not a choice of `{}`", name.value, item.local_id());
            let listed = format!("its choices are {}", quoted(values()));
            let help = suggestion(nearest(&name.value, values()), &listed);
            return Err(Diagnostic::error(Code::InvalidValue, message)
                .at(name.place)
                .help(help));
        };
        set |= 1 << place;
    }
    Ok(set)
}

/// What an answer that advice leads to is worth.
fn worth(item: &Item, answer: &Located<Scalar>) -> Result<f64, Diagnostic> {
    let text = &answer.value.text;
    let refuse = |message: String, help: &str| {
        Err(Diagnostic::error(Code::InvalidValue, message)
            .at(answer.place)
            .help(help))
    };
    let Some(question) = item.kind.question() else {
        let message = format!(
            "`{}` is not a question: advice moves answers",
            item.local_id()
        );
        return refuse(message, "name the questions it is made from");
    };
    let number = || text.parse::<f64>().ok().filter(|number| number.is_finite());
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {
            let names = || question.choices.iter().map(|choice| choice.value.as_str());
            let Some(choice) = question.choices.iter().find(|choice| choice.value == *text) else {
                let message = format!("`{text}` is not an answer of `{}`", item.local_id());
                let listed = format!("its answers are {}", quoted(names()));
                return refuse(message, &suggestion(nearest(text, names()), &listed));
            };
            let worth = choice.score.map(|score| question.turned(score));
            Ok(worth.unwrap_or(f64::NAN))
        }
        QuestionType::SelectMultiple => match text.parse::<usize>() {
            Ok(count) if (1..=question.choices.len()).contains(&count) => Ok(f64::NAN),
            Ok(_) | Err(_) => {
                let message = format!(
                    "`{text}` is not a number of choices of `{}`",
                    item.local_id()
                );
                refuse(
                    message,
                    "say how many of its choices are to be true, or list which",
                )
            }
        },
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            match (number(), &item.domain) {
                (Some(number), Domain::Number { least, most, .. })
                    if (*least..=*most).contains(&number) =>
                {
                    Ok(number)
                }
                _ => refuse(
                    format!("`{}` cannot be `{text}`", item.local_id()),
                    "write a number that an answer may have",
                ),
            }
        }
        QuestionType::Text => refuse(
            format!("`{}` is free text: advice cannot move it", item.local_id()),
            "name a question with a scale",
        ),
    }
}
