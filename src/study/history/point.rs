//! A revision, with the assessment at it or the reason why there is none; how it differs from the one
//! before, and which of many are shown.

use super::result::{DateSource, Fault, Mark, MarkKind};
use crate::assess::assessment::{Assessment, GroupOutcome, MergeResult, PackResult};
use crate::message;
use crate::rules::vocabulary::{Basis, FormLength, Role};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Differences of the responses from those of the point before.
    pub responses: Vec<ResponseChange>,
}

/// A file of responses that a revision brought, changed or took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseChange {
    /// Its name among the responses.
    pub name: String,
    /// The file before; `None` where it was not there.
    pub before: Option<ResponseContent>,
    /// The file since; `None` where it is gone.
    pub after: Option<ResponseContent>,
}

/// Content of a file of responses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResponseContent {
    /// A name that equal contents share.
    pub content: String,
    /// The role of the one who answered; `None` where the file holds several people, or cannot be
    /// read.
    pub role: Option<Role>,
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

/// True for each point that is shown, so that no two that are differ by the answers of a few; those
/// without an outcome are, having nothing to hide.
///
/// The value over everybody is shown at every point; between two points that differ by one person's
/// answers, those would follow by subtraction. So two shown points always differ by the answers of
/// nobody, or of the minimum of people or more, and so do the people of each set of roles that some
/// question is put to. The newest point is always shown; from there, older ones are taken in where
/// they differ enough from all that are shown by then.
///
/// A file of responses counts as one person, a survey as many as the number of people has changed
/// by, and as one at least. Roles that agreed to be shown however few they are do not count.
pub(super) fn shown(points: &[Point]) -> Vec<bool> {
    let mut shown = vec![true; points.len()];
    let mut kept: Vec<Kept<'_>> = Vec::new();
    for (point, slot) in points.iter().zip(&mut shown).rev() {
        if let Ok(result) = &point.outcome
            && let Some(merged) = &result.respondents.merged
        {
            let here = Kept {
                merged,
                asked: asked(result),
                people: result.respondents.count,
                files: BTreeMap::new(),
            };
            *slot = kept.iter().all(|one| one.may_stand_with(&here));
            if *slot {
                kept.push(here);
            }
        }
        for one in &mut kept {
            one.step_back(&point.responses);
        }
    }
    shown
}

/// The sets of roles whose answers to some question of an assessment count.
fn asked(result: &Assessment) -> BTreeSet<BTreeSet<Role>> {
    let groups = result.questions.iter();
    let groups = groups.filter_map(|one| one.group.as_ref());
    let counted = groups.filter(|one| one.outcome != GroupOutcome::Closed);
    let asked = counted.map(|one| one.roles.iter().map(|figure| figure.role).collect());
    asked.collect()
}

/// A shown point, with the files that differ from it further back.
struct Kept<'a> {
    merged: &'a MergeResult,
    /// The sets of roles whose answers to some question count.
    asked: BTreeSet<BTreeSet<Role>>,
    people: Option<u32>,
    /// By the name of a file: its content at this point, and further back.
    files: BTreeMap<&'a str, (Option<&'a ResponseContent>, Option<&'a ResponseContent>)>,
}

impl<'a> Kept<'a> {
    /// Goes on to the point before the one that made these changes.
    fn step_back(&mut self, changes: &'a [ResponseChange]) {
        for change in changes {
            let (before, after) = (change.before.as_ref(), change.after.as_ref());
            let here = self.files.entry(&change.name).or_insert((after, after));
            here.1 = before;
            if here.0.map(|sheet| &sheet.content) == before.map(|sheet| &sheet.content) {
                self.files.remove(change.name.as_str());
            }
        }
    }

    /// Returns true where nothing of a few follows from a point further back and this one.
    fn may_stand_with(&self, back: &Self) -> bool {
        let (own, other) = (self.merged, back.merged);
        let minimum = own.minimum_group.max(other.minimum_group);
        let joined = self.people.unwrap_or(0).abs_diff(back.people.unwrap_or(0));
        let differing = |roles: Option<&BTreeSet<Role>>| {
            let counted = self.files.values().map(|pair| {
                // Of several people, or where who answered has changed, there is none.
                let role = match *pair {
                    (Some(here), Some(back)) if here.role != back.role => None,
                    (Some(sheet), _) | (None, Some(sheet)) => sheet.role,
                    (None, None) => None,
                };
                match (role, roles) {
                    (None, _) => joined.max(1),
                    (Some(role), _) if other.waived.contains(&role) => 0,
                    (Some(role), Some(roles)) => u32::from(roles.contains(&role)),
                    (Some(_), None) => 1,
                }
            });
            counted.sum::<u32>()
        };
        let enough = |count: u32| count == 0 || count >= minimum;
        let mut sets = self.asked.iter().chain(&back.asked);
        enough(differing(None)) && sets.all(|roles| enough(differing(Some(roles))))
    }
}
