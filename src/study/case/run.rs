//! Runs cases against a rulebook, with what they reach and what they leave untested.

mod cover;
mod hold;

pub use cover::Coverage;

use super::{CaseFile, CasesFile, PersonFile, full_id};
use crate::answers::file::{AnswerFile, ResponseFile, ValueFile};
use crate::answers::{Answers, Response, Tally, curves, customers};
use crate::assess::assessment::assess;
use crate::assess::evaluate::evaluate_with_trace;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::pack::{Loaded, PackText};
use crate::rules::rulebook::Rulebook;
use crate::study::unknown_format;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Sources, nearest, suggestion};
use crate::text::yaml::{self, Entries, Located};

/// Outcome of a pack's cases.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Names of the cases that came out as expected.
    pub passed: Vec<String>,
    /// Cases that did not, each with every difference.
    pub failed: Vec<Failure>,
    /// Parts of the pack that the cases reach.
    pub coverage: Coverage,
}

/// A case that did not come out as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Differences, one line each.
    pub differences: Vec<String>,
}

/// Runs the cases of the first pack; the others are those it uses.
///
/// A case is run with the packs that its own pack requires, and those that the case names. Problems
/// of the case files themselves go to `problems`; a case that cannot be read is in neither list.
pub fn run(packs: &[Loaded], sources: &mut Sources, problems: &mut Diagnostics) -> Report {
    let mut report = Report::default();
    let Some(pack) = packs.first() else {
        return report;
    };
    let mut rulebooks = Rulebooks {
        packs,
        linked: Vec::new(),
    };
    if let Some(rulebook) = rulebooks.rulebook(&[], problems) {
        report.coverage = Coverage::new(rulebook, pack.id());
    }
    for text in &pack.cases {
        let Some(file) = read(text, sources, problems) else {
            continue;
        };
        for case in &file.cases {
            let with = case.with.as_ref().unwrap_or(&file.with);
            if let Some(rulebook) = rulebooks.rulebook(with, problems) {
                one(rulebook, pack.id(), case, &mut report, sources, problems);
            }
        }
    }
    report
}

/// Rulebooks over the first pack and different companions, each linked once.
struct Rulebooks<'a> {
    packs: &'a [Loaded],
    linked: Vec<(Vec<&'a str>, Rulebook)>,
}

impl<'a> Rulebooks<'a> {
    /// The rulebook over the first pack, those named, and all that these cannot do without.
    fn rulebook(
        &mut self,
        with: &[Located<String>],
        problems: &mut Diagnostics,
    ) -> Option<&Rulebook> {
        let there = self.there(with, problems)?;
        if !self.linked.iter().any(|(packs, _)| *packs == there) {
            let wanted = self.packs.iter().filter(|one| there.contains(&one.id()));
            let packs: Vec<Loaded> = wanted.cloned().collect();
            let rulebook = Rulebook::link(&packs, problems)?;
            self.linked.push((there.clone(), rulebook));
        }
        let mut linked = self.linked.iter();
        let (_, rulebook) = linked.find(|(packs, _)| *packs == there)?;
        Some(rulebook)
    }

    /// The ids of the packs that are there, in the order of all.
    fn there(&self, with: &[Located<String>], problems: &mut Diagnostics) -> Option<Vec<&'a str>> {
        let known = |id: &str| self.packs.iter().any(|one| one.id() == id);
        if let Some(unknown) = with.iter().find(|id| !known(&id.value)) {
            let ids = self.packs.iter().skip(1).map(Loaded::id);
            let near = nearest(&unknown.value, ids);
            let help = suggestion(near, message!("name-it-in-uses-of-the-pack"));
            let message = message!("this-pack-does-not-use-2", unknown = unknown.value);
            let problem = Diagnostic::error(Code::UnknownPack, message);
            problems.push(problem.at(unknown.place).help(help));
            return None;
        }
        let mut wanted: Vec<&str> = self.packs.first().map(Loaded::id).into_iter().collect();
        wanted.extend(with.iter().map(|id| id.value.as_str()));
        let mut next = 0;
        while let Some(id) = wanted.get(next) {
            let pack = self.packs.iter().find(|one| one.id() == *id);
            let uses = pack.into_iter().flat_map(|one| &one.file.uses);
            for (used, how) in uses {
                if !how.is_optional() && !wanted.contains(&used.value.as_str()) {
                    wanted.push(&used.value);
                }
            }
            next += 1;
        }
        let ids = self.packs.iter().map(Loaded::id);
        Some(ids.filter(|id| wanted.contains(id)).collect())
    }
}

fn read(text: &PackText, sources: &mut Sources, problems: &mut Diagnostics) -> Option<CasesFile> {
    let content = match yaml::decode(&text.name, text.bytes.clone()) {
        Ok(content) => content,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let id = sources.add(text.name.clone(), content);
    let file: CasesFile = yaml::read(sources, id, problems)?;
    if let Some(problem) = unknown_format(&file.format) {
        problems.push(problem);
        return None;
    }
    Some(file)
}

fn one(
    rulebook: &Rulebook,
    pack: &str,
    case: &CaseFile,
    report: &mut Report,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) {
    let answers = with_rest(rulebook, pack, case);
    let Some(tally) = count_people(rulebook, pack, &case.people, problems) else {
        return;
    };
    let answers = Answers::check_case(rulebook, case.basis, &answers, &tally, problems);
    let Some(answers) = answers else {
        return;
    };
    let answers = match &case.customers {
        None => answers,
        Some(table) => {
            let source = sources.add(message!("customers-of-a-case", pack), table.value.clone());
            let Some(table) = customers::read(sources, source, problems) else {
                return;
            };
            answers.with_customers(table)
        }
    };
    let before = problems.errors();
    let answers = answers.with_curves(curves::check(&case.curves, problems));
    if problems.errors() > before {
        return;
    }
    let evaluation = evaluate_with_trace(rulebook, &answers);
    report.coverage.see(rulebook, &evaluation);
    let differences = hold::differences(
        rulebook,
        pack,
        case,
        &assess(rulebook, &answers),
        &evaluation,
        problems,
    );
    let name = case.name.value.clone();
    if differences.is_empty() {
        report.passed.push(name);
    } else {
        report.failed.push(Failure { name, differences });
    }
}

/// The answers of a case by the id of their question in full, with every rating it does not list
/// answered by `rest`.
fn with_rest(rulebook: &Rulebook, pack: &str, case: &CaseFile) -> Entries<Located<AnswerFile>> {
    let named = |(id, answer): &(Located<String>, Located<AnswerFile>)| {
        let value = full_id(pack, &id.value);
        (Located::new(value, id.place), answer.clone())
    };
    let mut answers: Entries<_> = case.answers.iter().map(named).collect();
    let Some(rest) = &case.rest else {
        return answers;
    };
    let anchor = anchor(&rest.value);
    let ratings = rulebook.items.iter().filter(|item| {
        let question = item.kind.question();
        let rating = question.filter(|one| one.kind == QuestionType::Rating);
        let choices = rating.map_or(&[][..], |one| one.choices.as_slice());
        choices.iter().any(|one| Some(one.value.as_str()) == anchor)
    });
    let open: Vec<_> = ratings
        .filter(|item| answers.get(&item.id).is_none() && !case.asks_people(pack, &item.id))
        .map(|item| {
            let id = Located::new(item.id.clone(), rest.place);
            (id, rest.clone())
        })
        .collect();
    answers.extend(open);
    answers
}

/// The anchor an answer names.
fn anchor(answer: &AnswerFile) -> Option<&str> {
    let value = match answer {
        AnswerFile::Value(scalar) => return Some(&scalar.text),
        AnswerFile::List(_) => return None,
        AnswerFile::Full(detail) => &detail.value.as_ref()?.value,
    };
    match value {
        ValueFile::One(scalar) => Some(&scalar.text),
        ValueFile::List(_) => None,
    }
}

impl CaseFile {
    /// Returns true where one of several people answers a question.
    fn asks_people(&self, pack: &str, question: &str) -> bool {
        let mut ids = self.people.iter().flat_map(|person| &person.answers);
        ids.any(|(id, _)| full_id(pack, &id.value) == question)
    }
}

/// The people of a case, counted; `None` once what is wrong with their answers is among the
/// problems.
fn count_people(
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
        respondent: Located::new(message!("one-of-several").to_owned(), place),
        role: person.role,
        unit: None,
        answered_on: None,
        packs: Vec::new(),
        answers: answers
            .map(|(name, list)| (name, list.into_iter().collect::<Entries<_>>()))
            .collect(),
    }
}
