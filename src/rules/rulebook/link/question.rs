//! Questions: sections in reading order, matrices unrolled, each type held to its keys.

mod domain;

use super::{Draft, Linker, header};
use crate::rules::condition::compile::{Where, parse};
use crate::rules::condition::{Atom, Condition, Test};
use crate::rules::pack::file::{
    Allowance, PackFile, QuestionFile, QuestionType, RowFile, SectionFile,
};
use crate::rules::rulebook::{Domain, Item, ItemKind, Question, Section, Shape, Step};
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::{Located, Value};

/// A question as one row of a matrix, or as itself.
struct Asked<'a> {
    id: &'a Located<String>,
    ask: &'a str,
    label: Option<&'a String>,
    why: Option<&'a String>,
    evidence: Option<&'a String>,
    stem: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn alone(id: &'a Located<String>, file: &'a QuestionFile) -> Self {
        Self {
            id,
            ask: &file.ask.value,
            label: file.label.as_ref(),
            why: file.why.as_ref(),
            evidence: file.evidence.as_ref(),
            stem: None,
        }
    }

    fn row(id: &'a Located<String>, row: &'a RowFile, file: &'a QuestionFile) -> Self {
        let stem = Some(file.ask.value.as_str());
        let (why, evidence) = (file.why.as_ref(), file.evidence.as_ref());
        match row {
            RowFile::Ask(ask) => Self {
                id,
                ask,
                label: None,
                why,
                evidence,
                stem,
            },
            RowFile::Full(row) => Self {
                id,
                ask: &row.ask,
                label: row.label.as_ref(),
                why: row.why.as_ref().or(why),
                evidence: row.evidence.as_ref().or(evidence),
                stem,
            },
        }
    }
}

impl<'a> Linker<'a> {
    /// A question is relevant while all of its conditions hold, its section's among them.
    pub(super) fn relevance(&mut self, node: usize, conditions: &[&'a Located<Value>]) {
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
        let when = match compiled.len() {
            0 => return,
            1 => compiled.remove(0),
            _ => Condition::All(compiled),
        };
        // What is never asked makes no question irrelevant, and leaves none in doubt.
        let atoms = &self.program.atoms;
        let known = |atom: usize| atoms.get(atom) != Some(&Atom::NOT_ASKED);
        let Some(when) = when.knowable(&known) else {
            return;
        };
        self.program.push(Step::Relevance { node, when });
    }

    /// Whether a condition tests questions alone, which every form can; tells what else it reads.
    fn reads_questions(&mut self, condition: &Condition, place: Place) -> bool {
        let atoms = condition.atoms().into_iter();
        let nodes = atoms.filter_map(|(atom, _)| Some(self.program.atoms.get(atom)?.node));
        let mut items = nodes.filter_map(|node| self.items.get(node));
        let Some(other) = items.find(|item| item.kind.question().is_none()) else {
            return true;
        };
        let id = &other.id;
        let message = format!("`relevant` reads questions only, and `{id}` is none");
        let problem = Diagnostic::error(Code::RelevantReads, message);
        let help = format!("test the questions that `{id}` is made of");
        self.problems.push(problem.at(place).help(help));
        false
    }

    /// Declares a pack's sections and questions, in reading order.
    pub(super) fn questions(&mut self, pack: usize, file: &'a PackFile) {
        for (id, section) in self.in_order(file) {
            header::check_id(&id.value, id.place, self.problems);
            let place = self.sections.len();
            self.sections.push(Section {
                pack,
                id: id.value.clone(),
                title: section.title.clone(),
                intro: section.intro.clone(),
                questions: Vec::new(),
                score: None,
            });
            for (id, question) in &section.questions {
                self.matrix(place, section, id, question);
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
                let near = nearest(&id.value, written().map(|(one, _)| one.value.as_str()));
                let help = suggestion(near, "name a section");
                self.refuse(
                    Code::UnknownId,
                    id.place,
                    format!("no section `{}`", id.value),
                    &help,
                );
            }
        }
        for (id, _) in written() {
            let times = file
                .order
                .iter()
                .filter(|one| one.value == id.value)
                .count();
            if times != 1 {
                let message = format!("the section `{}` stands {times} times in `order`", id.value);
                self.refuse(
                    Code::UnknownId,
                    id.place,
                    message,
                    "`order` names every section once",
                );
            }
        }
        list
    }

    fn matrix(
        &mut self,
        section: usize,
        of: &'a SectionFile,
        id: &'a Located<String>,
        file: &'a QuestionFile,
    ) {
        match &file.rows {
            None => self.question(section, of, file, &Asked::alone(id, file)),
            Some(rows) => {
                for (id, row) in rows {
                    self.question(section, of, file, &Asked::row(id, row, file));
                }
            }
        }
    }

    fn question(
        &mut self,
        section: usize,
        of: &'a SectionFile,
        file: &'a QuestionFile,
        asked: &Asked<'a>,
    ) {
        let Some((pack, _)) = self.sections.get(section).map(|one| (one.pack, &one.id)) else {
            return;
        };
        let scale = self.scale(file, &asked.id.value);
        let relevant: Vec<&'a Located<Value>> = of.relevant.iter().chain(&file.relevant).collect();
        let node = self.items.len();
        let question = Question {
            kind: file.kind.value,
            stem: asked.stem.map(str::to_owned),
            ask: asked.ask.to_owned(),
            help: file.help.clone(),
            why: asked.why.cloned(),
            evidence: asked.evidence.cloned(),
            roles: file.roles.clone(),
            tags: file.tags.clone(),
            choices: scale.choices,
            unit: file.unit.as_deref().map(unit),
            period: file.period.map(|one| one.value),
            constraint: None,
            reverse: file.reverse,
            required: file.required,
            may_not_apply: allowed(file.not_applicable.as_ref()),
            evidence_caps: allowed(file.evidence_caps.as_ref()),
            weight: self.weight(file),
            cap: file.cap.as_ref().map(|cap| cap.value),
            conditional: !relevant.is_empty(),
        };
        let label = asked
            .label
            .cloned()
            .unwrap_or_else(|| header::words(&asked.id.value));
        let mut item = Item {
            id: self.full_id(pack, &asked.id.value),
            pack,
            section: Some(section),
            label,
            about: None,
            domain: scale.domain,
            kind: ItemKind::Question(Box::new(question)),
            place: asked.id.place,
        };
        self.constraint(file, &mut item);
        self.program
            .shapes
            .push(shape(&item.domain, allowed(file.not_applicable.as_ref())));
        self.put(item, Draft::Question(relevant));
        if let Some(section) = self.sections.get_mut(section) {
            section.questions.push(node);
        }
    }

    fn weight(&mut self, file: &QuestionFile) -> f64 {
        let Some(weight) = &file.weight else {
            return 1.0;
        };
        if !(weight.value.is_finite() && weight.value > 0.0) {
            let help = "to leave a question out of a score, name the others in `of`";
            self.refuse(
                Code::InvalidQuestion,
                weight.place,
                "a weight is above 0",
                help,
            );
        }
        weight.value
    }

    fn constraint(&mut self, file: &QuestionFile, item: &mut Item) {
        let Some(text) = &file.constraint else { return };
        match parse(&text.value.text, item, Where::Constraint) {
            Ok(held_to @ (Test::Number(_) | Test::OneOf(_) | Test::SomeOf(_))) => {
                let message = file.constraint_message.clone();
                let message =
                    message.unwrap_or_else(|| format!("the answer must be {}", text.value.text));
                if let ItemKind::Question(question) = &mut item.kind {
                    question.constraint = Some((held_to, message));
                }
            }
            Ok(Test::Any | Test::Index(_) | Test::Unknown | Test::NotApplicable) => {}
            Err(problem) => self.problems.push(problem.at(text.place)),
        }
    }
}

fn allowed(one: Option<&Located<Allowance>>) -> bool {
    one.is_none_or(|one| one.value != Allowance::Never)
}

fn shape(domain: &Domain, may_not_apply: bool) -> Shape {
    let set = |count: usize| {
        if count >= 64 {
            u64::MAX
        } else {
            (1 << count) - 1
        }
    };
    let none = (f64::NAN, f64::NAN);
    let ((least, most), all) = match domain {
        Domain::Number { least, most, .. } => ((*least, *most), 0),
        Domain::Choices { names, worth, .. } => (worth.unwrap_or(none), set(names.len())),
        Domain::Outcomes { names, .. } => (none, set(names.len())),
        Domain::Text => (none, 0),
    };
    Shape {
        least,
        most,
        all,
        may_not_apply,
    }
}

/// Whether a type of question has choices of its own making.
fn is_select(kind: QuestionType) -> bool {
    matches!(kind, QuestionType::SelectOne | QuestionType::SelectMultiple)
}

/// A unit as it is printed: money of a pack for everybody is in the client's own currency.
fn unit(written: &str) -> String {
    match written {
        "money" => "in your currency".to_owned(),
        unit => unit.to_owned(),
    }
}
