//! `gate`: an assessment held to a policy, for CI.

mod against;
mod places;

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{AssessmentRef, Earlier, Look, Looks, Notes, Packs, Rulebooks, Subject, Told};
use crate::output::{Output, free, give};
use centricity::report::terminal;
use centricity::report::view::{Badge, Judged};
use centricity::report::{badge, verdict_markdown};
use centricity::study::gate::{Against, Policy, PolicyFile, Verdict, gate, junit};
use centricity::text::diagnostic::to_sarif;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

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
    /// The policy
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// What regressions are measured from, in place of the policy's own: a branch, tag or commit,
    /// REVISION:PATH, a file, or a stored result
    #[arg(long, value_name = "REV|FILE")]
    against: Option<String>,
    /// The day that targets are held to [default: the day the answers speak of]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// How to print the verdict
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
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
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
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
    pub(crate) fn run(self, output: Output) -> Outcome {
        let rulebooks = self.packs.rulebooks()?;
        let mut notes = Notes::watched(output);
        let subject = self.path.load(&rulebooks, &mut notes)?;
        let policy = notes.file::<PolicyFile>(&self.policy)?;
        let policy = policy.zip(subject.as_ref()).and_then(|(file, subject)| {
            Policy::check(&file, &subject.rulebook, &mut notes.problems)
        });
        if notes.problems.has_errors() {
            output.problems(&notes.problems, &notes.sources);
            return Ok(Exit::Invalid);
        }
        let (Some(subject), Some(policy)) = (subject, policy) else {
            return Ok(Exit::Invalid);
        };
        let Some(verdict) = self.judge(&policy, subject, &rulebooks, &mut notes)? else {
            output.problems(&notes.problems, &notes.sources);
            return Ok(Exit::Invalid);
        };
        output.problems(&notes.problems, &notes.sources);
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        let text = self.text(&verdict, &notes, &look, output)?;
        free(self.out.as_deref(), self.force)?;
        if let Some(file) = &self.badge {
            let svg = badge(&look.templates, &Badge::new(&verdict))?;
            give(&svg, Some(file), self.force, output)?;
        }
        give(&text, self.out.as_deref(), self.force, output)?;
        Ok(if verdict.met {
            Exit::Done
        } else {
            Exit::NotMet
        })
    }

    /// The verdict; `None` where what regressions are measured from is not valid.
    fn judge(
        &self,
        policy: &Policy,
        subject: Subject,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Verdict>, Failure> {
        let on = self.on.or(subject.answers.assessed_on);
        let now = Told::of(subject);
        let Some(place) = policy.regression() else {
            return Ok(Some(gate(policy, &now.result, None, on)));
        };
        let Some(asked) = self.baseline(policy) else {
            notes.problems.push(against::missing(place));
            return Ok(None);
        };
        let comparison = match asked.load(rulebooks, notes)? {
            Earlier::Invalid => return Ok(None),
            Earlier::Absent => None,
            Earlier::There(earlier) => Some(asked.compare(&earlier, &now)?),
        };
        let name = asked.moment.to_string();
        let against = Against {
            name: &name,
            comparison: comparison.as_ref(),
        };
        Ok(Some(gate(policy, &now.result, Some(&against), on)))
    }

    fn text(
        &self,
        verdict: &Verdict,
        notes: &Notes,
        look: &Look,
        output: Output,
    ) -> Result<String, Failure> {
        Ok(match self.format {
            Format::Json => json(verdict)?,
            Format::Junit => junit(verdict),
            Format::Sarif => {
                let mut sources = notes.sources.clone();
                let problems = places::diagnostics(verdict, &self.path, &mut sources)?;
                format!("{:#}\n", to_sarif(&problems, &sources))
            }
            Format::Md => verdict_markdown(&look.templates, &Judged::new(verdict))?,
            Format::Badge => badge(&look.templates, &Badge::new(verdict))?,
            Format::Text => {
                let paint = self.out.is_none() && output.colors();
                terminal::gate(&Judged::new(verdict), paint)
            }
        })
    }
}
