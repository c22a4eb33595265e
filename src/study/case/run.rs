//! Runs cases against a rulebook, with what they reach and what they leave untested.

use super::differences::Check;
use super::listed::Listed;
use super::{CaseFile, CasesFile, Coverage, Difference, Failure, Report, full_id};
use crate::answers::file::{AnswerFile, ValueFile};
use crate::answers::{Answers, Response, Tally, check_curves, read_customers, unknown_format};
use crate::assess::assessment::assess;
use crate::assess::evaluate::evaluate_with_trace;
use crate::rules::pack::file::QuestionType;
use crate::rules::pack::{Loaded, PackText};
use crate::rules::rulebook::{Asked, Rulebook};
use crate::text::diagnostic::{Diagnostics, Severity, Sources};
use crate::text::yaml::{self, Entries, Located};
use crate::{message, problem};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs the cases of the first pack; the others are those it uses.
///
/// A case is run with the packs that its own pack requires, and those that the case names. Problems
/// of the case files themselves go to `problems`; a case that cannot be read is in neither list.
pub fn run(packs: &[Loaded], sources: &mut Sources, problems: &mut Diagnostics) -> Report {
    let mut report = Report::default();
    let Some(pack) = packs.first() else {
        return report;
    };
    // Rulebooks over the first pack and different companions, each linked once.
    let mut linked: BTreeMap<Vec<&str>, Arc<Rulebook>> = BTreeMap::new();
    let mut rulebook = |with: &[Located<String>], problems: &mut Diagnostics| {
        let there = companions(packs, with, problems)?;
        if let Some(known) = linked.get(&there) {
            return Some(Arc::clone(known));
        }
        let wanted = packs.iter().filter(|one| there.contains(&one.id()));
        let packs: Vec<Loaded> = wanted.cloned().collect();
        let rulebook = Arc::new(Rulebook::link(&packs, problems)?);
        linked.insert(there, Arc::clone(&rulebook));
        Some(rulebook)
    };
    if let Some(rulebook) = rulebook(&[], problems) {
        report.coverage = Coverage::new(&rulebook, pack.id());
    }
    let mut listed = Listed::new(&pack.overlays);
    for (text, lenient) in texts(pack) {
        let Some(file) = read(text, sources, problems) else {
            continue;
        };
        for case in &file.cases {
            let with = case.with.as_ref().unwrap_or(&file.with);
            let Some(rulebook) = rulebook(with, problems) else {
                continue;
            };
            let name = case.name.value.clone();
            let mut run = Run {
                rulebook: &rulebook,
                pack: pack.id(),
                lenient,
                coverage: &mut report.coverage,
            };
            let Some(found) = run.differences(case, sources, problems) else {
                continue;
            };
            let differences = if lenient {
                let failures = listed.failures(&name, &found);
                if !found.is_empty() {
                    report.otherwise.push((name.clone(), found));
                }
                failures
            } else {
                found.into_iter().map(|one| one.line).collect()
            };
            if differences.is_empty() {
                report.passed.push(name);
            } else {
                report.failed.push(Failure { name, differences });
            }
        }
    }
    report
        .failed
        .extend(listed.unknown().into_iter().map(|case| Failure {
            name: case.to_owned(),
            differences: vec![message!("listed-case-is-not-there").to_owned()],
        }));
    report
}

/// The cases of a pack, then those of each of its overlays. Those below the topmost overlay may come
/// out otherwise under it.
fn texts(pack: &Loaded) -> impl Iterator<Item = (&PackText, bool)> {
    let is_overlaid = !pack.overlays.is_empty();
    let top = pack.overlays.len().saturating_sub(1);
    let own = pack.cases.iter().map(move |text| (text, is_overlaid));
    let overlays = pack.overlays.iter().enumerate();
    own.chain(
        overlays.flat_map(move |(nth, overlay)| {
            overlay.cases.iter().map(move |text| (text, nth < top))
        }),
    )
}

/// The ids of the first pack, those named, and all that these cannot do without, in the order of
/// all.
fn companions<'a>(
    packs: &'a [Loaded],
    with: &[Located<String>],
    problems: &mut Diagnostics,
) -> Option<Vec<&'a str>> {
    let known = |id: &str| packs.iter().any(|one| one.id() == id);
    if let Some(unknown) = with.iter().find(|id| !known(&id.value)) {
        let (place, unknown) = (unknown.place, &unknown.value);
        let problem = problem!(UnknownPack, "pack-not-used", unknown).at(place);
        problems.push(problem.nearest(unknown, packs.iter().skip(1).map(Loaded::id)));
        return None;
    }
    let mut wanted: Vec<&str> = packs.first().map(Loaded::id).into_iter().collect();
    wanted.extend(with.iter().map(|id| id.value.as_str()));
    let mut next = 0;
    while let Some(id) = wanted.get(next) {
        let pack = packs.iter().find(|one| one.id() == *id);
        let uses = pack.into_iter().flat_map(|one| &one.file.uses);
        for (used, how) in uses {
            if !how.is_optional() && !wanted.contains(&used.value.as_str()) {
                wanted.push(&used.value);
            }
        }
        next += 1;
    }
    let ids = packs.iter().map(Loaded::id);
    Some(ids.filter(|id| wanted.contains(id)).collect())
}

fn read(text: &PackText, sources: &mut Sources, problems: &mut Diagnostics) -> Option<CasesFile> {
    let content = yaml::decode(&text.name, text.bytes.clone());
    let content = content.map_err(|problem| problems.push(problem)).ok()?;
    let id = sources.add(text.name.clone(), content);
    let file: CasesFile = yaml::read(sources, id, problems)?;
    let unknown = unknown_format(&file.format);
    let known = unknown.is_none();
    problems.extend(unknown);
    known.then_some(file)
}

/// One case, with the rulebook it is run against.
struct Run<'r> {
    rulebook: &'r Rulebook,
    pack: &'r str,
    /// True where an overlay may have taken away what the case names.
    lenient: bool,
    coverage: &'r mut Coverage,
}

impl Run<'_> {
    /// The differences of a case; `None` where it cannot be read.
    fn differences(
        &mut self,
        case: &CaseFile,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Option<Vec<Difference>> {
        if !self.lenient {
            return self.run(case, sources, problems);
        }
        let mut found = Diagnostics::new();
        let differences = self.run(case, sources, &mut found);
        let Some(first) = found.iter().find(|one| one.severity == Severity::Error) else {
            problems.extend(found);
            return differences;
        };
        let line = message!("case-cannot-be-run", because = first.message);
        Some(vec![Difference::new("case", "cannot be run", line)])
    }

    fn run(
        &mut self,
        case: &CaseFile,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Option<Vec<Difference>> {
        let (rulebook, pack) = (self.rulebook, self.pack);
        let mut people = Tally::new(rulebook);
        for person in &case.people {
            let answers = self.known(in_full(pack, &person.answers));
            let response = Response::check_case(rulebook, person.role, &answers, problems)?;
            people.add(rulebook, &response);
        }
        let given = self.known(with_rest(rulebook, pack, case));
        let mut answers = Answers::check_case(rulebook, case.basis, &given, &people, problems)?;
        if let Some(table) = &case.customers {
            let source = sources.add(message!("customers-of-a-case", pack), table.value.clone());
            answers = answers.with_customers(read_customers(sources, source, problems)?);
        }
        let before = problems.errors();
        answers.curves = check_curves(&case.curves, problems).into();
        if problems.errors() > before {
            return None;
        }
        let evaluation = evaluate_with_trace(rulebook, &answers);
        self.coverage.see(rulebook, &evaluation);
        let assessment = assess(rulebook, &answers);
        let check = Check {
            rulebook,
            pack,
            assessment: &assessment,
            evaluation: &evaluation,
            problems,
            lenient: self.lenient,
            found: Vec::new(),
        };
        Some(check.differences(&case.expect))
    }

    /// The answers to questions that are there.
    fn known(&self, mut answers: Entries<Located<AnswerFile>>) -> Entries<Located<AnswerFile>> {
        let is_there = |id: &Located<String>| self.rulebook.find(&id.value).is_some();
        answers.0.retain(|(id, _)| !self.lenient || is_there(id));
        answers
    }
}

/// Answers by the ids of their questions in full.
fn in_full(pack: &str, answers: &Entries<Located<AnswerFile>>) -> Entries<Located<AnswerFile>> {
    let named = |(id, answer): &(Located<String>, Located<AnswerFile>)| {
        let value = full_id(pack, &id.value);
        (Located::new(value, id.place), answer.clone())
    };
    answers.iter().map(named).collect()
}

/// The answers of a case, with every rating it does not list answered by `rest`.
fn with_rest(rulebook: &Rulebook, pack: &str, case: &CaseFile) -> Entries<Located<AnswerFile>> {
    let mut answers = in_full(pack, &case.answers);
    let Some(rest) = &case.rest else {
        return answers;
    };
    let value = rest.value.detail(rest.place).value;
    let anchor = match value.as_deref() {
        Some(ValueFile::One(scalar)) => Some(scalar.text.as_str()),
        Some(ValueFile::List(_)) | None => None,
    };
    let asks_people = |question: &str| {
        let mut ids = case.people.iter().flat_map(|person| &person.answers);
        ids.any(|(id, _)| full_id(pack, &id.value) == question)
    };
    let ratings = rulebook.questions().filter(|Asked { question, .. }| {
        let mut choices = question.choices.iter();
        let has_anchor = choices.any(|one| Some(one.value.as_str()) == anchor);
        question.kind == QuestionType::Rating && has_anchor
    });
    let ratings = ratings.map(|asked| asked.item);
    let open = ratings.filter(|item| answers.get(&item.id).is_none() && !asks_people(&item.id));
    let open = open.map(|item| (Located::new(item.id.clone(), rest.place), rest.clone()));
    let open: Vec<_> = open.collect();
    answers.0.extend(open);
    answers
}
