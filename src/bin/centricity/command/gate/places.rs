//! Where in answers and policy the checks of a verdict stand.

use crate::exit::Failure;
use crate::inputs::{AssessmentRef, answers_file, read};
use centricity::answers::file::AssessmentFile;
use centricity::assess::assessment::NeedState;
use centricity::study::gate::{CheckResult, Verdict, Weight};
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources};
use centricity::text::yaml::{self, Document};
use std::collections::BTreeMap;
use std::path::Path;

/// Each check that is not met as a problem: at the answer to look at, else at its rule.
pub(super) fn diagnostics(
    verdict: &Verdict,
    moment: &AssessmentRef,
    sources: &mut Sources,
) -> Result<Diagnostics, Failure> {
    let answers = answers(moment, sources)?;
    let unmet = verdict.checks.iter();
    let unmet = unmet.filter(|check| check.state.holds_back());
    Ok(unmet.map(|check| diagnostic(check, &answers)).collect())
}

fn diagnostic(check: &CheckResult, answers: &BTreeMap<String, Place>) -> Diagnostic {
    let code = if check.state == NeedState::Unproven {
        Code::GateUnproven
    } else {
        Code::GateUnmet
    };
    let problem = match check.severity {
        Weight::Fail => Diagnostic::error(code, check.says()),
        Weight::Warn => Diagnostic::warning(code, check.says()),
    };
    let places = check.questions.iter().filter_map(|id| answers.get(id));
    let places: Vec<Place> = places.copied().collect();
    let problem = match &check.because {
        Some(because) => problem.help(because.clone()),
        None => problem,
    };
    let Some((first, more)) = places.split_first() else {
        return problem.at(check.place);
    };
    let problem = problem
        .at(*first)
        .relate(check.place, "the rule of the policy");
    let relate = |problem: Diagnostic, place: &Place| problem.relate(*place, "this answer too");
    more.iter().fold(problem, relate)
}

/// The places of all answers of an assessment's file, by question. Of standard input, and of what
/// git kept, there are none.
fn answers(
    moment: &AssessmentRef,
    sources: &mut Sources,
) -> Result<BTreeMap<String, Place>, Failure> {
    let mut places = BTreeMap::new();
    if moment.revision.is_some() || moment.path == Path::new("-") {
        return Ok(places);
    }
    let (name, bytes) = read(&answers_file(&moment.path)?)?;
    let Ok(text) = yaml::decode(&name, bytes) else {
        return Ok(places);
    };
    let source = sources.add(name, text);
    let file: Option<AssessmentFile> =
        AssessmentFile::read_sound(sources, source, &mut Diagnostics::new());
    for (pack, answers) in file.iter().flat_map(|file| &file.answers) {
        let name = pack.value.split('@').next().unwrap_or_default();
        for (question, _) in answers {
            places.insert(format!("{name}.{}", question.value), question.place);
        }
    }
    Ok(places)
}
