//! A result with its packs: scored from answers a moment ago, or read as it was kept.

use super::{AssessmentRef, Notes, Rulebooks, Told};
use crate::exit::Failure;
use centricity::assess::assessment::{Assessment, MatchedResult};
use centricity::rules::rulebook::{Pack, Rulebook};
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId};
use centricity::text::yaml::{self, Document, Located, Value};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

/// A result with the packs it was made by.
#[derive(Debug)]
pub(crate) struct Assessed {
    pub(crate) rulebook: Arc<Rulebook>,
    pub(crate) result: Assessment,
}

/// What a result says of its packs, with the place of each word.
#[derive(Debug, Deserialize)]
struct NamedPacks {
    packs: Vec<NamedPack>,
}

#[derive(Debug, Deserialize)]
struct NamedPack {
    id: Located<String>,
    version: Located<String>,
    digest: Located<String>,
}

impl Assessed {
    /// Reads answers and scores them, or reads a result and finds its packs; `None` where that is
    /// not valid, which `notes` then tells.
    pub(crate) fn load(
        moment: &AssessmentRef,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let Some(told) = Told::load(moment, rulebooks, notes)? else {
            return Ok(None);
        };
        let result = told.result;
        match (told.subject, told.source) {
            (Some(subject), _) => Ok(Some(Self {
                rulebook: subject.rulebook,
                result,
            })),
            (None, Some(source)) => Self::kept(result, source, rulebooks, notes),
            (None, None) => Ok(None),
        }
    }

    /// A result that was kept, with the very packs it was made by.
    fn kept(
        result: Assessment,
        source: SourceId,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        // Whether the whole is valid was looked at when it was read.
        let mut scratch = Diagnostics::new();
        let named: Option<NamedPacks> = yaml::read_sound(&notes.sources, source, &mut scratch);
        let named = named.map_or_else(Vec::new, |named| named.packs);
        let wanted: Vec<Located<String>> = named.iter().map(|one| one.id.clone()).collect();
        let Some(rulebook) = rulebooks.rulebook(&wanted, Path::new(""), notes)? else {
            return Ok(None);
        };
        let changed = named.iter().zip(rulebook.packs());
        let changed: Vec<Diagnostic> = changed
            .filter_map(|(one, pack)| one.changed(pack))
            .collect();
        if !changed.is_empty() {
            notes.problems.extend(changed);
            return Ok(None);
        }
        let written: Option<Value> = Value::read(&notes.sources, source, &mut scratch);
        let differences = result.differences(&rulebook, &written.unwrap_or_default());
        let differences = differences.and_then(|list| {
            MatchedResult::new(&rulebook, &result)?;
            Ok(list)
        });
        let differences = differences.unwrap_or_else(|mismatch| {
            let place = Place {
                source,
                start: 0,
                end: 1,
            };
            let problem = Diagnostic::error(Code::InvalidValue, mismatch.to_string()).at(place);
            vec![problem.help(mismatch.help())]
        });
        if !differences.is_empty() {
            notes.problems.extend(differences);
            return Ok(None);
        }
        Ok(Some(Self { rulebook, result }))
    }
}

impl NamedPack {
    /// Why a pack is not the one that is named here; `None` where it is.
    fn changed(&self, pack: &Pack) -> Option<Diagnostic> {
        let (id, version) = (&self.id.value, &self.version.value);
        let own = pack.version.to_string();
        if pack.id == *id && own == *version && pack.digest == self.digest.value {
            return None;
        }
        let (message, place) = if pack.id != *id {
            (
                format!("the pack `{id}` calls itself `{}`", pack.id),
                self.id.place,
            )
        } else if own == *version {
            let message =
                format!("the rules of `{id}` {version} have changed since this result was made");
            (message, self.digest.place)
        } else {
            let message = format!("this result was made by `{id}` {version}, and {own} is there");
            (message, self.version.place)
        };
        let help = "give the folder of the very packs with `--packs DIR`, or make the result again from the answers";
        Some(
            Diagnostic::error(Code::VersionMismatch, message)
                .at(place)
                .help(help),
        )
    }
}
