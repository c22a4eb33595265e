//! A revision, with the assessment at it or the reason why there is none; and which of many are
//! shown.

use super::result::{
    Continuity, DateSource, Fault, LadderSeries, PackVersion, RungPoint, Series, SeriesPoint,
};
use crate::answers::Status;
use crate::assess::assessment::{Assessment, Client, GroupOutcome, LadderResult, ScoreResult};
use crate::rules::vocabulary::{Basis, Role};
use crate::study::owner;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A revision of an assessment and its outcome.
#[derive(Debug, Clone)]
pub struct Point {
    /// The assessment, or what is wrong with it.
    pub outcome: Result<Snapshot, Fault>,
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

/// The part of an assessment that its history shows. Nothing in it is of a role.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Client whose answers they are.
    pub client: Client,
    /// The day its answers speak of, `2026-10-31`; `None` where the assessment gives none.
    pub assessed_on: Option<String>,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Draft or final.
    pub status: Status,
    /// The packs that scored it.
    pub packs: Vec<PackVersion>,
    /// Rated share of all applicable questions, `0..=1`.
    pub coverage: f64,
    /// Number of people who answered; `None` where that is hidden.
    pub people: Option<u32>,
    /// Every score as a series of one point, with the ids of the packs it is made of.
    pub scores: Vec<(Series, BTreeSet<String>)>,
    /// Every ladder as a series of one point, with the scores that its levels put a floor under and
    /// those that its score is made of; true where it speaks for all packs.
    pub ladders: Vec<(LadderSeries, bool)>,
    /// Rules that protect the people behind it; `None` where one assessor answered.
    pub anonymity: Option<Anonymity>,
}

/// Rules that protect the people behind a revision.
#[derive(Debug, Clone)]
pub struct Anonymity {
    /// The fewest people a group needs to be shown.
    pub minimum: u32,
    /// Roles that agreed to be shown however few they are.
    pub waived: Vec<Role>,
    /// The sets of roles whose answers to some question count.
    pub asked: BTreeSet<BTreeSet<Role>>,
}

impl Point {
    /// The day of a point, and where that comes from.
    pub(super) fn date(&self) -> (String, DateSource) {
        let snapshot = self.outcome.as_ref().ok();
        match snapshot.and_then(|snapshot| snapshot.assessed_on.clone()) {
            Some(date) => (date, DateSource::Assessment),
            None => (self.committed_on.to_string(), DateSource::Commit),
        }
    }
}

impl Snapshot {
    /// The part of an assessment that a history shows.
    #[must_use]
    pub fn new(assessment: &Assessment) -> Self {
        let packs = assessment.packs.iter().map(|pack| PackVersion {
            id: pack.id.clone(),
            version: pack.version.clone(),
            digest: pack.digest.clone(),
        });
        let scores = assessment.scores.iter();
        let scores = scores.map(|one| (score(one), packs_of(assessment, one)));
        let ladders = assessment.levels.iter();
        let ladders = ladders.map(|one| {
            let overall = assessment.speaks_for_all(&one.id);
            (ladder(assessment, one), overall)
        });
        Self {
            client: assessment.client.clone(),
            assessed_on: assessment.assessed_on.clone(),
            basis: assessment.basis,
            status: assessment.status,
            packs: packs.collect(),
            coverage: assessment.coverage,
            people: assessment.respondents.count,
            scores: scores.collect(),
            ladders: ladders.collect(),
            anonymity: Anonymity::new(assessment),
        }
    }
}

fn score(score: &ScoreResult) -> Series {
    Series {
        id: score.id.to_string(),
        title: score.title.clone(),
        points: vec![SeriesPoint {
            point: 0,
            value: score.value,
            index: score.index,
            index_range: score.index_range,
            coverage: score.coverage,
            open_cap: !score.waits_for.is_empty(),
            state: score.state,
            still: Continuity::First,
        }],
        moves: Vec::new(),
        lately: None,
    }
}

/// The packs of a score and of everything it is made of, as far as they are there.
fn packs_of(assessment: &Assessment, score: &ScoreResult) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![score.id.as_str()];
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(score) = assessment.scores.iter().find(|one| one.id == *id) {
            let capped = score.capped.iter().flat_map(|cap| &cap.parts);
            open.extend(score.parts.iter().map(|part| part.id.as_str()));
            open.extend(capped.map(|part| part.id.as_str()));
        }
    }
    let packs = assessment.packs.iter().map(|pack| &pack.id);
    let made_of = packs.filter(|pack| {
        let mut owners = seen.iter().map(|id| owner(id));
        owners.any(|owner| owner == *pack)
    });
    made_of.cloned().collect()
}

/// The series of a ladder; `of` is empty where it reads no score.
fn ladder(assessment: &Assessment, ladder: &LadderResult) -> LadderSeries {
    let scores = assessment.scores.iter();
    let of = scores.filter(|one| ladder.of.as_ref() == Some(&one.id));
    let parts = of.flat_map(|score| &score.parts);
    let parts = parts.map(|part| part.id.as_str());
    let needs = ladder.levels.iter().flat_map(|level| &level.needs);
    let mut profile: Vec<String> = Vec::new();
    for id in parts.chain(needs.map(|need| need.id.as_str())) {
        let is_score = assessment.scores.iter().any(|score| score.id == *id);
        let is_new = ladder.of.as_deref() != Some(id) && !profile.iter().any(|one| one == id);
        if is_score && is_new {
            profile.push(id.to_owned());
        }
    }
    let level = ladder.level.as_ref();
    LadderSeries {
        id: ladder.id.to_string(),
        title: ladder.title.clone(),
        of: ladder.of.as_deref().unwrap_or_default().to_owned(),
        profile,
        points: vec![RungPoint {
            point: 0,
            level: level.cloned(),
            rank: level.and_then(|level| ladder.rank(level)),
            levels: ladder.levels.len(),
            possible: ladder.possible.clone(),
            certain: ladder.certain,
        }],
    }
}

impl Anonymity {
    /// `None` where one assessor answered.
    fn new(assessment: &Assessment) -> Option<Self> {
        let merged = assessment.respondents.merged.as_ref()?;
        let groups = assessment.questions.iter();
        let groups = groups.filter_map(|one| one.group.as_ref());
        let counted = groups.filter(|one| one.outcome != GroupOutcome::Closed);
        let asked = counted.map(|one| one.roles.iter().map(|figure| figure.role).collect());
        Some(Self {
            minimum: merged.minimum_group,
            waived: merged.waived.clone(),
            asked: asked.collect(),
        })
    }
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
        if let Ok(snapshot) = &point.outcome
            && let Some(anonymity) = &snapshot.anonymity
        {
            let people = snapshot.people;
            *slot = kept.iter().all(|one| one.may_stand_with(anonymity, people));
            if *slot {
                kept.push(Kept {
                    anonymity,
                    people,
                    files: BTreeMap::new(),
                });
            }
        }
        for one in &mut kept {
            one.step_back(&point.responses);
        }
    }
    shown
}

/// A shown point, with the files that differ from it further back.
struct Kept<'a> {
    anonymity: &'a Anonymity,
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
    fn may_stand_with(&self, anonymity: &Anonymity, people: Option<u32>) -> bool {
        let minimum = self.anonymity.minimum.max(anonymity.minimum);
        let joined = self.people.unwrap_or(0).abs_diff(people.unwrap_or(0));
        let differing = |roles: Option<&BTreeSet<Role>>| {
            let counted = self.files.values().map(|pair| {
                let role = of(*pair);
                match (role, roles) {
                    (None, _) => joined.max(1),
                    (Some(role), _) if anonymity.waived.contains(&role) => 0,
                    (Some(role), Some(roles)) => u32::from(roles.contains(&role)),
                    (Some(_), None) => 1,
                }
            });
            counted.sum::<u32>()
        };
        let enough = |count: u32| count == 0 || count >= minimum;
        let mut sets = self.anonymity.asked.iter().chain(&anonymity.asked);
        enough(differing(None)) && sets.all(|roles| enough(differing(Some(roles))))
    }
}

/// The role of the one who answered; `None` where the file holds several people, or who answered
/// has changed.
fn of((here, back): (Option<&ResponseContent>, Option<&ResponseContent>)) -> Option<Role> {
    match (here, back) {
        (Some(here), Some(back)) if here.role != back.role => None,
        (Some(sheet), _) | (None, Some(sheet)) => sheet.role,
        (None, None) => None,
    }
}
