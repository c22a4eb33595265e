//! A revision, with the assessment at it or the reason why there is none; how it differs from the one
//! before, and which of many are shown.

use super::result::{DateSource, Fault, Mark, MarkKind};
use crate::answers::{Round, Rounds};
use crate::assess::assessment::{Assessment, PackResult};
use crate::message;
use crate::rules::vocabulary::{Basis, FormLength};
use jiff::civil::Date;
use std::sync::Arc;

/// A revision of an assessment and its outcome.
#[derive(Debug, Clone)]
pub struct Point {
    /// The assessment, or what is wrong with it.
    pub outcome: Result<Assessment, Fault>,
    /// Its full hash.
    pub commit: String,
    /// The day it was committed, in UTC.
    pub committed_on: Date,
    /// Path of the assessment, from the root of the repository.
    pub path: String,
    /// Earlier path, if this revision moved it.
    pub renamed_from: Option<String>,
    /// The people who answered; `None` where one assessor did, or where there is no outcome.
    pub round: Option<Arc<Round>>,
}

impl Point {
    /// The day of a point, and where that comes from.
    pub(super) fn date(&self) -> (String, DateSource) {
        let result = self.outcome.as_ref().ok();
        match result.and_then(|result| result.assessed_on.clone()) {
            Some(date) => (date, DateSource::Assessment),
            None => (self.committed_on.to_string(), DateSource::Commit),
        }
    }
}

/// The marks of every point. Model, basis and form are compared with those of the last point before it
/// that could be scored.
pub(super) fn marks(points: &[Point]) -> Vec<Vec<Mark>> {
    let mut before: Option<&Point> = None;
    let mut scored: Option<&Assessment> = None;
    let mut all = Vec::with_capacity(points.len());
    for point in points {
        let mut marks = Vec::new();
        if let Some(from) = &point.renamed_from {
            let text = message!("it-lay-at-before", from);
            marks.push(mark(MarkKind::Renamed, text));
        }
        if let Some(before) = before.filter(|before| point.date().0 < before.date().0) {
            let (date, _) = before.date();
            let text = message!("its-day-is-before-that-of-the-revision-before", date);
            marks.push(mark(MarkKind::Earlier, text));
        }
        if let Ok(result) = &point.outcome {
            if let Some(scored) = scored {
                if scored.basis != result.basis {
                    let text = match result.basis {
                        Basis::Evidenced => message!("from-here-on-ratings-count"),
                        Basis::Perception => message!("from-here-on-as-given"),
                    };
                    marks.push(mark(MarkKind::Basis, text.to_owned()));
                }
                if scored.form != result.form {
                    let text = match result.form {
                        FormLength::Short => message!("from-here-on-the-short-form"),
                        FormLength::Full => message!("from-here-on-the-full-form"),
                    };
                    marks.push(mark(MarkKind::Form, text.to_owned()));
                }
                marks.extend(model(scored, result));
            }
            scored = Some(result);
        }
        before = Some(point);
        all.push(marks);
    }
    all
}

fn mark(kind: MarkKind, text: String) -> Mark {
    Mark { kind, text }
}

/// One mark for each pack that came, went or is another one.
fn model(before: &Assessment, after: &Assessment) -> Vec<Mark> {
    let kept = |pack: &PackResult| after.packs.iter().find(|one| one.id == pack.id);
    let mut texts = Vec::new();
    for old in &before.packs {
        let (id, version) = (&old.id, &old.version);
        match kept(old) {
            None => texts.push(message!("the-pack-is-no-longer-asked", id)),
            Some(new) if new.version != *version => {
                let version2 = &new.version;
                texts.push(message!("the-pack-went-from-to", id, version, version2));
            }
            Some(new) if new.digest != old.digest && new.overlays != old.overlays => {
                texts.push(message!("the-overlays-of-changed", id, version));
            }
            Some(new) if new.digest != old.digest => {
                texts.push(message!("the-pack-was-changed-under-the-same", id, version));
            }
            Some(_) => {}
        }
    }
    let came = |pack: &&PackResult| !before.packs.iter().any(|one| one.id == pack.id);
    for PackResult { id, version, .. } in after.packs.iter().filter(came) {
        texts.push(message!("the-pack-was-added", id, version));
    }
    let marks = texts.into_iter().map(|text| mark(MarkKind::Model, text));
    marks.collect()
}

/// True for each point that is shown, so that nothing follows from two of them that neither shows.
///
/// The newest point is always shown; from there, older ones are taken in where they may be shown
/// together with all that are by then. Those without people are shown, having nothing to hide.
pub(super) fn shown(points: &[Point]) -> Vec<bool> {
    let mut shown = vec![true; points.len()];
    let mut kept = Rounds::default();
    for (point, slot) in points.iter().zip(&mut shown).rev() {
        if let Some(round) = &point.round {
            *slot = kept.take(round).is_ok();
        }
    }
    shown
}
