//! The answers of an assessment, checked with everything in its folder, and its result: scored now, or
//! stored earlier.

use super::Reader;
use super::folder::merge;
use crate::{Failure, Result, if_valid};
use centricity::answers::file::AssessmentFile;
use centricity::answers::{self, Answers};
use centricity::assess::{Assessment, MatchedResult, PackResult, assess};
use centricity::rules::Customer;
use centricity::rules::rulebook::{Pack, Rulebook};
use centricity::study::Side;
use centricity::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId};
use centricity::text::yaml::{Document, Located, Value, json_problem};
use centricity::{message, problem};
use std::path::Path;
use std::sync::Arc;

/// A result begins within so many bytes with what made it.
const HEAD: usize = 400;

/// Valid answers, with the rulebook they answer to.
#[derive(Debug)]
pub(crate) struct CheckedAnswers {
    pub(crate) rulebook: Arc<Rulebook>,
    pub(crate) answers: Answers,
}

impl CheckedAnswers {
    /// Reads and checks an assessment's file, with what its folder holds.
    pub(crate) fn read(path: &Path, reader: &mut Reader) -> Result<Self> {
        let source = reader.open(path)?;
        Self::check(path, source, reader)
    }

    /// Checks an assessment's file whose text is read already.
    pub(crate) fn check(path: &Path, source: SourceId, reader: &mut Reader) -> Result<Self> {
        let before = reader.problems.errors();
        let base = path.parent().unwrap_or(Path::new(""));
        let file: AssessmentFile = reader.document(source)?;
        let rulebook = reader.rulebook(&file.packs, base)?;
        let answers = if_valid(merge(path, &file, &rulebook, reader))?;
        let customers = match &file.customers {
            Some(table) => if_valid(read_customers(base, table, reader))?,
            None => None,
        };
        let mut answers = answers
            .filter(|_| reader.problems.errors() == before)
            .ok_or(Failure::Invalid)?;
        if let Some(table) = customers {
            answers = answers.with_customers(table);
        }
        Ok(Self { rulebook, answers })
    }
}

/// The customer table an assessment names.
fn read_customers(
    base: &Path,
    table: &Located<String>,
    reader: &mut Reader,
) -> Result<Vec<Customer>> {
    let inner = Path::new(&table.value);
    let path = base.join(inner);
    if inner.is_absolute() || !path.is_file() {
        let name = &table.value;
        let problem = problem!(
            UnknownFile,
            "no-customer-table-is-to-be-found",
            table = name
        );
        reader.problems.push(problem.at(table.place));
        return Err(Failure::Invalid);
    }
    let source = reader.open(&path)?;
    answers::read_customers(&reader.sources, source, &mut reader.problems).ok_or(Failure::Invalid)
}

/// A result: scored now, or stored earlier.
#[derive(Debug)]
pub(crate) struct LoadedResult {
    pub(crate) result: Assessment,
    /// The answers it was scored from; of a stored one, its text.
    origin: Result<CheckedAnswers, SourceId>,
}

impl LoadedResult {
    /// Reads answers and scores them, or reads a stored result.
    pub(crate) fn read(path: &Path, reader: &mut Reader) -> Result<Self> {
        let source = reader.open(path)?;
        let text = reader.sources.text(source);
        let is_stored = is_stored(text);
        let named = path.extension().is_some_and(|end| end == "json");
        if (is_stored || (named && text.trim_start().starts_with('{')))
            && let Some(fault) = json_problem(&reader.sources, source)
        {
            reader.problems.push(fault);
            return Err(Failure::Invalid);
        }
        if !is_stored {
            return CheckedAnswers::check(path, source, reader).map(Self::score);
        }
        Ok(Self {
            result: read_stored(source, reader)?,
            origin: Err(source),
        })
    }

    /// Scores answers.
    pub(crate) fn score(answers: CheckedAnswers) -> Self {
        Self {
            result: assess(&answers.rulebook, &answers.answers),
            origin: Ok(answers),
        }
    }

    /// The answers; `None` of a stored result.
    pub(crate) fn answers(&self) -> Option<&CheckedAnswers> {
        self.origin.as_ref().ok()
    }

    /// This result as one side of a comparison.
    pub(crate) fn side(&self) -> Side<'_> {
        let source = self.answers();
        Side {
            result: &self.result,
            source: source.map(|one| (&*one.rulebook, &one.answers)),
        }
    }

    /// This result with its rulebook: of a stored one, that of the very packs it was made by.
    pub(crate) fn with_rulebook(self, reader: &mut Reader) -> Result<(Arc<Rulebook>, Assessment)> {
        let rulebook = match self.origin {
            Ok(answers) => answers.rulebook,
            Err(source) => match_packs(&self.result, source, reader)?,
        };
        Ok((rulebook, self.result))
    }
}

/// Returns true if a text is a result and no answers: it is JSON, and begins with what made it. Only
/// its beginning is looked at, so that one that is cut off is reported as that.
fn is_stored(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(HEAD).collect();
    head.starts_with('{') && head.contains("\"engine\"")
}

/// Reads a stored result. Keys that a later version added are passed over here; what prints the
/// result by its packs refuses them.
fn read_stored(source: SourceId, reader: &mut Reader) -> Result<Assessment> {
    let (sources, problems) = reader.parts();
    let mut own = Diagnostics::new();
    let result: Option<Assessment> = Assessment::read_sound(sources, source, &mut own);
    let is_known = result.as_ref().is_some_and(|result| result.format == 1);
    let known_keys = own.into_iter().filter(|one| one.code != Code::UnknownKey);
    let own: Vec<Diagnostic> = known_keys.collect();
    if let (true, true, Some(result)) = (own.is_empty(), is_known, result) {
        return Ok(result);
    }
    let problem = match Value::read(sources, source, &mut Diagnostics::new()) {
        Some(Value::Map(keys))
            if keys.get("scores").is_none() || keys.get("questions").is_none() =>
        {
            problem!(WrongType, "this-is-no-result-of-an-assessment")
        }
        Some(_) if !is_known => problem!(UnknownFormat, "this-result-has-a-format-that-is-not"),
        Some(_) | None => {
            problems.extend(own);
            return Err(Failure::Invalid);
        }
    };
    problems.push(problem.at(start(source)));
    Err(Failure::Invalid)
}

/// The first letter of a text.
fn start(source: SourceId) -> Place {
    Place {
        source,
        start: 0,
        end: 1,
    }
}

/// The rulebook of a stored result; packs that are not the very ones it was made by are problems,
/// and so is a result that does not fit them.
fn match_packs(
    result: &Assessment,
    source: SourceId,
    reader: &mut Reader,
) -> Result<Arc<Rulebook>> {
    // The text was found valid when it was read.
    let written = Value::read(&reader.sources, source, &mut Diagnostics::new());
    let written = written.unwrap_or_default();
    let place = |nth, key| place_of(&written, nth, key).unwrap_or_else(|| start(source));
    let wanted = result.packs.iter().enumerate().flat_map(|(nth, one)| {
        let overlays = one.overlays.iter().map(|overlay| &overlay.id);
        let ids = [&one.id].into_iter().chain(overlays);
        ids.map(move |id| Located {
            value: id.clone(),
            place: place(nth, "id"),
        })
    });
    let rulebook = reader.rulebook(&wanted.collect::<Vec<_>>(), Path::new(""))?;
    let pairs = result.packs.iter().zip(&rulebook.packs).enumerate();
    let changed = pairs.filter_map(|(nth, (one, pack))| {
        let (key, message) = change(one, pack)?;
        let problem = Diagnostic::error(Code::VersionMismatch, message).at(place(nth, key));
        Some(problem.help(message!("give-the-folder-of-the-very-packs-with")))
    });
    let mut differences: Vec<_> = changed.collect();
    if differences.is_empty() {
        differences = result
            .differences(&rulebook, &written)
            .and_then(|list| MatchedResult::new(&rulebook, result).map(|_| list))
            .unwrap_or_else(|mismatch| {
                let problem = Diagnostic::error(Code::InvalidValue, mismatch.to_string());
                vec![problem.at(start(source)).help(mismatch.help())]
            });
    }
    if !differences.is_empty() {
        reader.problems.extend(differences);
        return Err(Failure::Invalid);
    }
    Ok(rulebook)
}

/// The key of a stored pack in which another pack differs from it, and what differs; `None` where it is
/// the very one.
fn change(stored: &PackResult, pack: &Pack) -> Option<(&'static str, String)> {
    let (id, version) = (&stored.id, &stored.version);
    let own = pack.version.to_string();
    if pack.id != *id {
        Some(("id", message!("the-pack-calls-itself", id, id2 = pack.id)))
    } else if own != *version {
        let message = message!("this-result-was-made-by", id, version, own);
        Some(("version", message))
    } else if pack.digest != stored.digest {
        let message = message!("the-rules-of-have-changed-since-this", id, version);
        Some(("digest", message))
    } else {
        None
    }
}

/// The place of what stands under a key of the nth pack of a stored result.
fn place_of(written: &Value, nth: usize, key: &str) -> Option<Place> {
    let Value::Map(keys) = written else {
        return None;
    };
    let Value::List(packs) = &keys.get("packs")?.value else {
        return None;
    };
    let Value::Map(pack) = &packs.get(nth)?.value else {
        return None;
    };
    Some(pack.get(key)?.place)
}
