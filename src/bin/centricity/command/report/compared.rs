//! Assessments with what other clients came to.

use crate::exit::Failure;
use crate::inputs::{Assessed, Notes};
use crate::output::Output;
use centricity::study::portfolio::{Benchmark, BenchmarkFile, PeerScore};
use centricity::text::diagnostic::{Code, Diagnostic};
use std::path::Path;

/// An assessment, and what stands beside it.
pub(super) struct Compared {
    pub(super) subject: Assessed,
    /// The years the others speak of.
    pub(super) period: Option<String>,
    pub(super) others: Vec<PeerScore>,
}

impl Compared {
    /// Sets every assessment beside a benchmark, where there is one; `None` where it is not valid or
    /// was made with other rules of a pack, which is then told.
    pub(super) fn all(
        subjects: Vec<Assessed>,
        file: Option<&Path>,
        output: Output,
    ) -> Result<Option<Vec<Self>>, Failure> {
        let Some(file) = file else {
            let alone = subjects.into_iter().map(Self::alone);
            return Ok(Some(alone.collect()));
        };
        let mut notes = Notes::default();
        let benchmark = notes
            .file::<BenchmarkFile>(file)?
            .and_then(|file| Benchmark::check(&file, &mut notes.problems));
        let mut all = Vec::new();
        if let Some(benchmark) = benchmark.filter(|_| !notes.problems.has_errors()) {
            for subject in subjects {
                all.extend(Self::beside(subject, &benchmark, &mut notes, output));
            }
        }
        output.problems(&notes.problems, &notes.sources);
        Ok((!notes.problems.has_errors()).then_some(all))
    }

    fn alone(subject: Assessed) -> Self {
        Self {
            subject,
            period: None,
            others: Vec::new(),
        }
    }

    fn beside(
        subject: Assessed,
        benchmark: &Benchmark,
        notes: &mut Notes,
        output: Output,
    ) -> Option<Self> {
        let basis = subject.result.basis;
        match benchmark.peers(&subject.rulebook, basis) {
            Ok(others) => {
                if !benchmark.covers(&subject.rulebook, basis) {
                    let name = crate::output::clean(&subject.result.client.name);
                    output.note(&format!(
                        "`{name}`: the benchmark holds no clients on its packs and basis\n"
                    ));
                }
                let period = benchmark.period();
                Some(Self {
                    subject,
                    period,
                    others,
                })
            }
            Err(mismatch) => {
                let problem = Diagnostic::error(Code::VersionMismatch, mismatch.to_string());
                let help = "scores by other rules may mean something else; score these clients by the same rules, or make a benchmark by these with `centricity portfolio DIR --benchmark FILE`";
                notes.problems.push(problem.at(mismatch.place).help(help));
                None
            }
        }
    }
}
