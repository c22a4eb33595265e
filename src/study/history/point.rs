//! A revision, with the assessment at it or the reason why there is none.

use super::result::{Continuity, DateSource, Fault, PackVersion, RungPoint, SeriesPoint};
use crate::answers::Status;
use crate::assess::assessment::{Assessment, Client, GroupOutcome, LadderResult, ScoreResult};
use crate::rules::vocabulary::{Basis, Role};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A revision and its outcome.
#[derive(Debug, Clone)]
pub struct Point {
    /// The revision.
    pub revision: Revision,
    /// The assessment, or what is wrong with it.
    pub outcome: Result<Snapshot, Fault>,
}

/// A revision of an assessment.
#[derive(Debug, Clone)]
pub struct Revision {
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
    pub(super) client: Client,
    pub(super) assessed_on: Option<String>,
    pub(super) basis: Basis,
    pub(super) status: Status,
    pub(super) packs: Vec<PackVersion>,
    pub(super) coverage: f64,
    pub(super) people: Option<u32>,
    pub(super) scores: Vec<ScoreSnapshot>,
    pub(super) ladders: Vec<LadderSnapshot>,
    pub(super) anonymity: Option<Anonymity>,
}

/// A score at a revision.
#[derive(Debug, Clone)]
pub(super) struct ScoreSnapshot {
    pub(super) id: String,
    pub(super) title: String,
    /// Ids of the packs it is made of.
    pub(super) packs: BTreeSet<String>,
    /// Its figures; place and continuity are those of a first point.
    pub(super) figures: SeriesPoint,
}

/// A ladder at a revision.
#[derive(Debug, Clone)]
pub(super) struct LadderSnapshot {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) of: Option<String>,
    /// The scores that its levels put a floor under, and those that its score is made of.
    pub(super) profile: Vec<String>,
    /// True where it speaks for all packs.
    pub(super) overall: bool,
    /// The level reached; the place is that of a first point.
    pub(super) rung: RungPoint,
}

/// Rules that protect the people behind a revision.
#[derive(Debug, Clone)]
pub(super) struct Anonymity {
    pub(super) minimum: u32,
    /// Roles that agreed to be shown however few they are.
    pub(super) waived: Vec<Role>,
    /// The sets of roles whose answers to some question count.
    pub(super) asked: BTreeSet<BTreeSet<Role>>,
}

impl Point {
    /// The day of a point, and where that comes from.
    pub(super) fn date(&self) -> (String, DateSource) {
        let snapshot = self.outcome.as_ref().ok();
        match snapshot.and_then(|snapshot| snapshot.assessed_on.clone()) {
            Some(date) => (date, DateSource::Assessment),
            None => (self.revision.committed_on.to_string(), DateSource::Commit),
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
        let ladders = assessment.levels.iter();
        Self {
            client: assessment.client.clone(),
            assessed_on: assessment.assessed_on.clone(),
            basis: assessment.basis,
            status: assessment.status,
            packs: packs.collect(),
            coverage: assessment.coverage,
            people: assessment.respondents.count,
            scores: scores
                .map(|one| ScoreSnapshot::new(assessment, one))
                .collect(),
            ladders: ladders
                .map(|one| LadderSnapshot::new(assessment, one))
                .collect(),
            anonymity: Anonymity::new(assessment),
        }
    }

    /// The day its answers speak of, `2026-10-31`; `None` where the assessment gives none.
    #[must_use]
    pub fn assessed_on(&self) -> Option<&str> {
        self.assessed_on.as_deref()
    }
}

impl ScoreSnapshot {
    fn new(assessment: &Assessment, score: &ScoreResult) -> Self {
        Self {
            id: score.id.to_string(),
            title: score.title.clone(),
            packs: packs_of(assessment, score),
            figures: SeriesPoint {
                point: 0,
                value: score.value,
                index: score.index,
                index_range: score.index_range,
                coverage: score.coverage,
                open_cap: !score.waits_for.is_empty(),
                state: score.state,
                still: Continuity::First,
            },
        }
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
        let mut owners = seen.iter().map(|id| id.split('.').next().unwrap_or(id));
        owners.any(|owner| owner == *pack)
    });
    made_of.cloned().collect()
}

impl LadderSnapshot {
    fn new(assessment: &Assessment, ladder: &LadderResult) -> Self {
        let scores = assessment.scores.iter();
        let of = scores.filter(|one| ladder.of.as_ref() == Some(&one.id));
        let parts = of
            .flat_map(|score| &score.parts)
            .map(|part| part.id.as_str());
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
        let place = level.and_then(|level| ladder.levels.iter().position(|one| one.id == level.id));
        Self {
            id: ladder.id.to_string(),
            title: ladder.title.clone(),
            of: ladder.of.as_ref().map(ToString::to_string),
            profile,
            overall: assessment.speaks_for_all(&ladder.id),
            rung: RungPoint {
                point: 0,
                level: level.cloned(),
                rank: place.map(|place| place + 1),
                levels: ladder.levels.len(),
                possible: ladder.possible.clone(),
                certain: ladder.certain,
            },
        }
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
