//! Cases run against a rulebook, with what they reach and what they leave untested.

mod cover;
mod hold;

pub use cover::Coverage;

use super::{CaseFile, CasesFile};
use crate::answers::Answers;
use crate::answers::file::AnswerFile;
use crate::assessment::assess;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Sources};
use crate::evaluate::evaluate_with_trace;
use crate::pack::load::PackText;
use crate::rulebook::{ItemKind, Rulebook};
use crate::yaml::{self, Entries, Located, Scalar};

/// What came of a pack's cases.
#[derive(Debug, Clone)]
pub struct Report {
    /// Names of the cases that came out as expected.
    pub passed: Vec<String>,
    /// Cases that did not, each with every difference.
    pub failed: Vec<Failure>,
    /// What the cases reach of the pack.
    pub coverage: Coverage,
}

/// A case that did not come out as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// What differs, one line each.
    pub differences: Vec<String>,
}

/// Runs the cases of the pack with this id, which is part of the rulebook.
///
/// What is wrong with the case files themselves goes to `problems`; a case that cannot be read is
/// in neither list.
pub fn run(
    rulebook: &Rulebook,
    pack: &str,
    cases: &[PackText],
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Report {
    let mut report = Report {
        passed: Vec::new(),
        failed: Vec::new(),
        coverage: Coverage::new(rulebook, pack),
    };
    for text in cases {
        let Some(file) = read(text, sources, problems) else {
            continue;
        };
        for case in &file.cases {
            one(rulebook, pack, case, &mut report, problems);
        }
    }
    report
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
    if file.format.value != 1 {
        let message = format!("format `{}` is not known", file.format.value);
        problems.push(
            Diagnostic::error(Code::UnknownFormat, message)
                .at(file.format.place)
                .help("write `format: 1`"),
        );
        return None;
    }
    Some(file)
}

fn one(
    rulebook: &Rulebook,
    pack: &str,
    case: &CaseFile,
    report: &mut Report,
    problems: &mut Diagnostics,
) {
    let name = Located {
        value: pack.to_owned(),
        place: case.name.place,
    };
    let answers = with_rest(rulebook, pack, case);
    let Some(answers) = Answers::check_case(rulebook, &name, case.basis, &answers, problems) else {
        return;
    };
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

/// The answers of a case, with every rating it does not list answered by `rest`.
fn with_rest(rulebook: &Rulebook, pack: &str, case: &CaseFile) -> Entries<Located<AnswerFile>> {
    let mut answers = case.answers.clone();
    let Some(rest) = &case.rest else {
        return answers;
    };
    let ratings = rulebook.items().iter().filter(|item| match &item.kind {
        ItemKind::Question(question) => question.kind == crate::pack::file::QuestionType::Rating,
        ItemKind::Score { .. } | ItemKind::Decision { .. } | ItemKind::Ladder { .. } => false,
    });
    let own = ratings.filter(|item| item.id.split('.').next() == Some(pack));
    let open: Vec<&str> = own
        .map(crate::rulebook::Item::local_id)
        .filter(|id| case.answers.get(id).is_none())
        .collect();
    answers.extend(open.into_iter().map(|id| {
        let scalar = Scalar {
            text: rest.value.to_string(),
            plain: true,
        };
        let place = rest.place;
        (
            Located {
                value: id.to_owned(),
                place,
            },
            Located {
                value: AnswerFile::Value(scalar),
                place,
            },
        )
    }));
    answers
}

/// An item, gate or finding of this assessment by its id within the pack.
fn full(pack: &str, id: &str) -> String {
    if id.contains('.') {
        id.to_owned()
    } else {
        format!("{pack}.{id}")
    }
}
