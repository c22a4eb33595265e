//! `gate`: an assessment checked against a policy, for CI.

use super::compare::{compare_results, held_back};
use super::report::StyleArgs;
use crate::inputs::{AssessmentRef, LoadedResult, PackArgs, Reader, assessment_file};
use crate::inputs::{one_project, project_around, read_bytes};
use crate::output::{Output, check_free, deliver, json};
use crate::{Exit, Failure, Result, if_valid, usage};
use centricity::answers::file::AssessmentFile;
use centricity::assess::NeedState;
use centricity::report::study;
use centricity::study::{Against, CheckResult, Policy, PolicyFile, Verdict, Weight, gate, junit};
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources, to_sarif};
use centricity::text::escaped_json;
use centricity::text::yaml::{self, Document};
use centricity::{message, problem};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Hold an assessment to a policy, and end with exit code 4 where it is not met
///
/// A policy is a YAML file of rules: least scores, coverage, confidence or level, forbidden
/// findings, no regression, no overdue targets. A rule fails the gate or only warns. What is not
/// known counts as not met, and is told as unproven. docs/gate.md has a policy to begin with, and
/// recipes for CI.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity gate clients/acme --policy gate.yaml --against main")]
pub(crate) struct Gate {
    /// An assessment: a file, its folder, - for standard input, or REVISION:PATH as git kept it
    path: AssessmentRef,
    /// The policy [default: that of the project]
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Measure regressions from here, in place of the policy's own: a branch, tag or commit,
    /// REVISION:PATH, a file, or a stored result
    #[arg(long, value_name = "REV|FILE")]
    against: Option<String>,
    /// The day that targets are held to [default: the day the answers speak of]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Print the verdict in this format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: VerdictFormat,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a badge beside, as SVG
    #[arg(long, value_name = "FILE")]
    badge: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

/// A format of a verdict.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum VerdictFormat {
    /// For the terminal
    Text,
    /// For programs
    Json,
    /// `JUnit` XML, for CI services
    Junit,
    /// For code hosts
    Sarif,
    /// Markdown, for a comment on a pull request
    Md,
    /// A badge, as SVG
    Badge,
}

impl Gate {
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        self.policy = self.policy.take().or(project.policy);
        let mut reader = self.packs.reader(output)?;
        let (verdict, subject) = reader.shown(output, |reader| self.judge(reader))?;
        let style = self.style.load(output)?;
        let svg = || study::badge(&style.templates, &verdict, &subject);
        let report = || study::verdict(&style.templates, &verdict, &style.brand);
        let text = match self.format {
            VerdictFormat::Json => json(&verdict)?,
            VerdictFormat::Junit => junit(&verdict),
            VerdictFormat::Sarif => {
                let answers = answer_places(&self.path, &mut reader.sources)?;
                let unmet = verdict.checks.iter();
                let unmet = unmet.filter(|check| check.state.blocks());
                let problems = unmet.map(|check| diagnostic(check, &answers)).collect();
                escaped_json(&format!("{:#}\n", to_sarif(&problems, &reader.sources)))
            }
            VerdictFormat::Md => report()?.markdown()?,
            VerdictFormat::Badge => svg()?,
            VerdictFormat::Text => {
                let colors = self.out.is_none() && output.colors();
                report()?.terminal(colors)?
            }
        };
        let help = message!("choose-another-file-or-add-force");
        let out = self.out.as_deref();
        check_free(out, self.force, help)?;
        if let Some(file) = &self.badge {
            deliver(svg()?.as_bytes(), Some(file), self.force, help, output)?;
        }
        deliver(
            text.as_bytes(),
            self.out.as_deref(),
            self.force,
            help,
            output,
        )?;
        Ok(Exit::done_if(verdict.met, Exit::NotMet))
    }

    /// The verdict of the policy, with regressions measured where it forbids them, and what a badge
    /// says it is about.
    fn judge(&self, reader: &mut Reader) -> Result<(Verdict, String)> {
        let Some(policy) = &self.policy else {
            return Err(usage!("no-policy-is-given"));
        };
        let answers = if_valid(self.path.answers(reader))?;
        let file = if_valid(reader.file::<PolicyFile>(policy))?;
        let policy = file.zip(answers.as_ref()).and_then(|(file, answers)| {
            Policy::check(&file, &answers.rulebook, &mut reader.problems)
        });
        if reader.problems.has_errors() {
            return Err(Failure::Invalid);
        }
        let (answers, policy) = answers.zip(policy).ok_or(Failure::Invalid)?;
        let on = self.on.or(answers.answers.assessed_on);
        let subject = answers.rulebook.report_texts();
        let subject = subject.map_or_else(String::new, |report| report.badge.clone());
        let now = LoadedResult::score(answers);
        let Some(rule) = policy.regression() else {
            return Ok((gate(&policy, &now.result, None, on), subject));
        };
        let Some((earlier, may_be_absent)) = self.baseline(&policy) else {
            let problem = problem!(MissingKey, "a-rule-forbids-regressions-and-nothing-says");
            reader.problems.push(problem.at(rule));
            return Err(Failure::Invalid);
        };
        if may_be_absent && earlier.is_stdin() {
            return Err(Failure::usage(
                message!("standard-input-has-no-history"),
                message!("give-revision-path-or-a-file-to-measure"),
            ));
        }
        one_project([&self.path, &earlier].map(|one| one.path.as_path()))?;
        let comparison = if may_be_absent && !earlier.exists()? {
            None
        } else {
            let before = earlier.result(reader)?;
            let compared = compare_results(&earlier, &before, &now)?;
            Some(compared.map_err(|held| held_back(held, &now).0))
        };
        let comparison = comparison.as_ref().map(Result::as_ref);
        let against = Against {
            name: &earlier.to_string(),
            comparison: comparison.map(|compared| compared.map_err(String::as_str)),
        };
        Ok((gate(&policy, &now.result, Some(&against), on), subject))
    }

    /// The assessment that regressions are measured from, and whether it may not have been there yet,
    /// as only at a revision given alone: whoever names a path means one that is there. The command
    /// line comes before the policy, whose paths start from its own folder.
    fn baseline(&self, policy: &Policy) -> Option<(AssessmentRef, bool)> {
        let (text, folder) = match (&self.against, &policy.against) {
            (Some(text), _) => (text, None),
            (None, Some(text)) => (&text.value, self.policy.as_deref()?.parent()),
            (None, None) => return None,
        };
        let folder = folder.unwrap_or(Path::new(""));
        let path = folder.join(text);
        let revision = None;
        let here = path.exists().then_some(AssessmentRef { revision, path });
        let there = here.or_else(|| AssessmentRef::at_revision(text, folder));
        let own = || AssessmentRef {
            revision: Some(text.clone()),
            path: self.path.path.clone(),
        };
        let may_be_absent = there.is_none();
        Some((there.unwrap_or_else(own), may_be_absent))
    }
}

/// A check that is not met as a problem: at the answer to look at, else at its rule.
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
        .relate(check.place, message!("the-rule-of-the-policy"));
    let relate =
        |problem: Diagnostic, place: &Place| problem.relate(*place, message!("this-answer-too"));
    more.iter().fold(problem, relate)
}

/// The places of all answers of an assessment's file, by question. Of standard input, and of what
/// git kept, there are none.
fn answer_places(
    assessment: &AssessmentRef,
    sources: &mut Sources,
) -> Result<BTreeMap<String, Place>> {
    let mut places = BTreeMap::new();
    if assessment.revision.is_some() || assessment.is_stdin() {
        return Ok(places);
    }
    let (name, bytes) = read_bytes(&assessment_file(&assessment.path)?)?;
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
