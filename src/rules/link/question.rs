//! Questions: sections in reading order, matrices unrolled, the keys of each type checked.

use super::condition::{TestPlace, parse};
use super::{Draft, Linker, label_of};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Test};
use crate::rules::pack::file::{Allowance, PackFile, QuestionFile, RowFile, SectionFile};
use crate::rules::rulebook::{Domain, Item, ItemKind, Question, Section, Step};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Value};
use crate::{message, problem};

impl<'a> Linker<'a> {
    /// A question is relevant while all of its conditions hold, its section's among them.
    pub(super) fn relevance(&mut self, node: usize, conditions: &[&Located<Value>]) {
        let pack = self.pack_of(node);
        let mut compiled = Vec::new();
        for written in conditions {
            if let Some(condition) = self.condition(pack, written) {
                if !self.reads_questions(&condition, written.place) {
                    return;
                }
                compiled.push(condition);
            }
        }
        let when = Condition::joined(compiled, Condition::All);
        // What is never asked makes no question irrelevant, and leaves none in doubt.
        if let Some(when) = when.and_then(|when| self.knowable(when)) {
            self.program.push(Step::Relevance { node, when });
        }
    }

    /// The condition without tests of items that no pack of the assessment asks; `None` where
    /// nothing is left.
    pub(super) fn knowable(&self, when: Condition) -> Option<Condition> {
        let atoms = &self.program.atoms;
        when.knowable(&|atom: usize| atoms.get(atom) != Some(&Atom::NOT_ASKED))
    }

    /// True where a condition tests questions alone, which every form can; anything else it reads
    /// is a problem.
    fn reads_questions(&mut self, condition: &Condition, place: Place) -> bool {
        let nodes = self.program.read_in(condition).into_iter();
        let mut items = nodes.filter_map(|node| self.items.get(node));
        let Some(other) = items.find(|item| item.kind.question().is_none()) else {
            return true;
        };
        let problem = problem!(RelevantReads, "relevant-reads-questions", id = other.id);
        self.refuse(place, problem);
        false
    }

    /// Declares a pack's sections and questions, in reading order.
    pub(super) fn questions(&mut self, pack: usize, file: &'a PackFile) {
        for (id, section) in self.in_order(file) {
            self.check_id(&id.value, id.place);
            let place = self.sections.len();
            self.sections.push(Section {
                pack,
                id: id.value.clone(),
                title: section.title.clone(),
                intro: section.intro.clone(),
                questions: Vec::new(),
            });
            for (id, question) in &section.questions {
                let relevant = section.relevant.iter().chain(&question.relevant);
                let relevant: Vec<&'a Located<Value>> = relevant.collect();
                let Some(rows) = &question.rows else {
                    self.question(pack, place, (id, question, None), relevant);
                    continue;
                };
                for (id, row) in rows {
                    let stem = Some(question.ask.value.clone());
                    let row = question_of_row(question, row);
                    self.question(pack, place, (id, &row, stem), relevant.clone());
                }
            }
        }
    }

    /// The sections as `order` names them, or as they are written.
    fn in_order(&mut self, file: &'a PackFile) -> Vec<(&'a Located<String>, &'a SectionFile)> {
        let written = || file.sections.iter().map(|(id, section)| (id, section));
        if file.order.is_empty() {
            return written().collect();
        }
        let mut list = Vec::new();
        for id in &file.order {
            if let Some(found) = written().find(|(one, _)| one.value == id.value) {
                list.push(found);
            } else {
                let known = written().map(|(one, _)| one.value.as_str());
                let problem = problem!(UnknownId, "no-section", id = id.value);
                self.refuse(id.place, problem.nearest(&id.value, known));
            }
        }
        for (id, _) in written() {
            let named = file.order.iter().filter(|one| one.value == id.value);
            let times = named.count();
            if times != 1 {
                let problem = problem!(UnknownId, "section-in-order", id = id.value, times);
                self.refuse(id.place, problem);
            }
        }
        list
    }

    fn question(
        &mut self,
        pack: usize,
        section: usize,
        (id, file, stem): (&Located<String>, &QuestionFile, Option<String>),
        relevant: Vec<&'a Located<Value>>,
    ) {
        let (domain, choices) = self.domain(file, &id.value);
        let label = file.label.clone();
        let may_not_apply = is_allowed(file.not_applicable.as_ref());
        let question = Question {
            kind: file.kind.value,
            stem,
            ask: file.ask.value.clone(),
            help: file.help.clone(),
            why: file.why.clone(),
            evidence: file.evidence.clone(),
            roles: file.roles.clone(),
            tags: file.tags.clone(),
            choices,
            unit: file.unit.as_deref().map(unit),
            period: file.period.map(|one| one.value),
            constraint: None,
            reverse: file.reverse,
            required: file.required,
            may_not_apply,
            evidence_caps: is_allowed(file.evidence_caps.as_ref()),
            keep: file.keep,
            weight: self.weight(file),
            cap: file.cap.as_ref().map(|cap| cap.value),
            conditional: !relevant.is_empty(),
        };
        let mut item = Item {
            id: self.full_id(pack, &id.value),
            pack,
            section: Some(section),
            label: label.unwrap_or_else(|| label_of(&id.value)),
            about: None,
            domain,
            kind: ItemKind::Question(Box::new(question)),
            place: id.place,
        };
        self.constraint(file, &mut item);
        let shape = unanswered(&item.domain, may_not_apply);
        self.program.questions.push(shape);
        if let Some(section) = self.sections.get_mut(section) {
            section.questions.push(self.items.len());
        }
        self.put(item, Draft::Question(relevant));
    }

    fn weight(&mut self, file: &QuestionFile) -> f64 {
        let Some(weight) = &file.weight else {
            return 1.0;
        };
        if !(weight.value.is_finite() && weight.value > 0.0) {
            self.refuse(weight.place, problem!(InvalidQuestion, "a-weight-is-above"));
        }
        weight.value
    }

    fn constraint(&mut self, file: &QuestionFile, item: &mut Item) {
        let Some(written) = &file.constraint else {
            return;
        };
        match parse(&written.value.text, item, TestPlace::Constraint) {
            Ok(test @ (Test::Number(_) | Test::OneOf(_) | Test::SomeOf(_))) => {
                let message = file.constraint_message.clone();
                let message = message.unwrap_or_else(|| {
                    message!("the-answer-must-be", written = written.value.text)
                });
                if let ItemKind::Question(question) = &mut item.kind {
                    question.constraint = Some((test, message));
                }
            }
            Ok(Test::Any | Test::Index(_) | Test::Unknown | Test::NotApplicable) => {}
            Err(problem) => self.problems.push(problem.at(written.place)),
        }
    }
}

/// The question that a row of a matrix is.
fn question_of_row(matrix: &QuestionFile, row: &RowFile) -> QuestionFile {
    let mut question = QuestionFile {
        label: None,
        rows: None,
        ..matrix.clone()
    };
    match row {
        RowFile::Ask(ask) => question.ask.value.clone_from(ask),
        RowFile::Full(row) => {
            question.ask.value.clone_from(&row.ask);
            question.label.clone_from(&row.label);
            question.why = row.why.clone().or(question.why);
            question.evidence = row.evidence.clone().or(question.evidence);
        }
    }
    question
}

fn is_allowed(one: Option<&Located<Allowance>>) -> bool {
    one.is_none_or(|one| one.value != Allowance::Never)
}

fn unanswered(domain: &Domain, may_not_apply: bool) -> Reading {
    let all = |count: usize| match u32::try_from(count) {
        Ok(count @ 0..64) => (1 << count) - 1,
        Ok(_) | Err(_) => u64::MAX,
    };
    let none = (f64::NAN, f64::NAN);
    let ((least, most), choices) = match domain {
        Domain::Number { least, most, .. } => ((*least, *most), 0),
        Domain::Choices { names, worth, .. } => (worth.unwrap_or(none), all(names.len())),
        Domain::Outcomes { names, .. } => (none, all(names.len())),
        Domain::Text => (none, 0),
    };
    Reading::unanswered(least, most, choices, may_not_apply)
}

/// A unit as it is printed: money of a pack for everybody is in the client's own currency.
fn unit(written: &str) -> String {
    match written {
        "money" => message!("in-your-currency").to_owned(),
        unit => unit.to_owned(),
    }
}
