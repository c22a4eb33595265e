//! What regressions are measured from.

use super::Gate;
use crate::command::compare::compared;
use crate::exit::Failure;
use crate::inputs::{AssessmentRef, Earlier, Notes, Rulebooks, Told};
use centricity::study::compare::Comparison;
use centricity::study::gate::Policy;
use centricity::text::diagnostic::{Code, Diagnostic, Place};
use std::path::{Path, PathBuf};

/// What regressions are measured from, as it was asked for.
pub(super) struct Baseline {
    pub(super) moment: AssessmentRef,
    /// A revision alone: of the same path, which may not have been there yet.
    alone: bool,
}

/// A rule on regressions without anything to measure them from.
pub(super) fn missing(place: Place) -> Diagnostic {
    let message = "a rule forbids regressions, and nothing says since when";
    let problem = Diagnostic::error(Code::MissingKey, message).at(place);
    problem.help("write `against: main` at the top of the policy, or give `--against main`")
}

impl Gate {
    /// What regressions are measured from: the command line comes before the policy, whose paths
    /// start from its own folder.
    pub(super) fn baseline(&self, policy: &Policy) -> Option<Baseline> {
        if let Some(text) = &self.against {
            return Some(self.moment(text, Path::new("")));
        }
        let folder = self.policy.parent().unwrap_or(Path::new(""));
        let text = policy.against.as_ref()?;
        Some(self.moment(&text.value, folder))
    }

    /// A path that is there, or a revision with a path; else a revision of the same assessment.
    fn moment(&self, text: &str, folder: &Path) -> Baseline {
        let path = folder.join(text);
        if path.exists() {
            return Baseline {
                moment: AssessmentRef {
                    revision: None,
                    path,
                },
                alone: false,
            };
        }
        if let Some((revision, path)) = text.split_once(':')
            && revision.len() > 1
        {
            let path = if path.is_empty() { "." } else { path };
            return Baseline {
                moment: AssessmentRef {
                    revision: Some(revision.to_owned()),
                    path: folder.join(path),
                },
                alone: false,
            };
        }
        Baseline {
            moment: AssessmentRef {
                revision: Some(text.to_owned()),
                path: PathBuf::from(&self.path.path),
            },
            alone: true,
        }
    }
}

impl Baseline {
    /// The earlier assessment. Only a revision given alone may have had none yet: whoever names a
    /// path means one that is there.
    pub(super) fn load(
        &self,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Earlier, Failure> {
        if !self.alone {
            return Told::load(&self.moment, rulebooks, notes).map(Earlier::of);
        }
        if self.moment.path == Path::new("-") {
            return Err(Failure::usage(
                "standard input has no history",
                "give REVISION:PATH or a file to measure regressions from",
            ));
        }
        Told::if_there(&self.moment, rulebooks, notes)
    }

    pub(super) fn compare(&self, earlier: &Told, now: &Told) -> Result<Comparison, Failure> {
        compared(&self.moment, earlier, now)
    }
}
