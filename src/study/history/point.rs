//! What goes in: a revision, and what an assessment came to at it or why it did not.

use crate::answers::Status;
use crate::assess::assessment::{
    Assessment, ClientResult, Named, PackResult, Range, ScoreResult, ScoreState,
};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Role;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};

/// A revision and what came of it.
#[derive(Debug, Clone)]
pub struct Point {
    /// Which revision.
    pub revision: Revision,
    /// What the assessment came to, or what is wrong with it.
    pub outcome: Result<Snapshot, Fault>,
}

/// A revision of an assessment.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Its full hash.
    pub commit: String,
    /// The day it was committed, in UTC.
    pub committed_on: Date,
    /// Where the assessment lay, from the root of the repository.
    pub path: String,
    /// Where it lay before, if this revision brought it there.
    pub renamed_from: Option<String>,
    /// How the responses beside it differ from those of the point before.
    pub responses: Vec<ResponseChange>,
}

/// A file of responses that a revision brought, changed or took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseChange {
    /// Its name among the responses.
    pub name: String,
    /// What it was; `None` where it was not there.
    pub before: Option<Sheet>,
    /// What it is since.
    pub after: Option<Sheet>,
}

/// What a file of responses held.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sheet {
    /// A name that equal contents share.
    pub content: String,
    /// The role of the one who answered; `None` where the file holds several people, or cannot be
    /// read.
    pub role: Option<Role>,
}

/// What is wrong with a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `1a2b3c4d:clients/acme/assessment.yaml:6`.
    pub place: Option<String>,
    /// One sentence in lower case, without a final period.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// How many further errors there are.
    pub more: usize,
}

/// As much of an assessment as its history tells. Nothing in it is of a role.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(super) client: ClientResult,
    pub(super) assessed_on: Option<String>,
    pub(super) basis: Basis,
    pub(super) status: Status,
    pub(super) packs: Vec<PackResult>,
    pub(super) coverage: f64,
    pub(super) people: Option<u32>,
    pub(super) scores: Vec<Scored>,
    pub(super) ladders: Vec<Climbed>,
    pub(super) group: Option<Group>,
}

/// A score at a revision.
#[derive(Debug, Clone)]
pub(super) struct Scored {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) value: Option<f64>,
    pub(super) index: Option<f64>,
    pub(super) range: Option<Range>,
    pub(super) open_cap: bool,
    pub(super) coverage: f64,
    pub(super) state: ScoreState,
    /// The packs it is made of, by place in the snapshot's list.
    pub(super) packs: BTreeSet<usize>,
}

/// A ladder at a revision.
#[derive(Debug, Clone)]
pub(super) struct Climbed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) of: Option<String>,
    /// The scores that its levels put a floor under, and those that its score is made of.
    pub(super) profile: Vec<String>,
    /// Whether it speaks for all packs.
    pub(super) overall: bool,
    pub(super) level: Option<Named>,
    /// Its place among the levels, counted from 1.
    pub(super) rank: Option<usize>,
    pub(super) levels: usize,
    pub(super) possible: Vec<Named>,
    pub(super) certain: bool,
}

/// What protects the people behind a revision.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) minimum: u32,
    /// Roles that agreed to be shown however few they are.
    pub(super) waived: Vec<Role>,
    /// The sets of roles whose answers to some question count.
    pub(super) asked: BTreeSet<BTreeSet<Role>>,
}

impl Snapshot {
    /// What a history tells of an assessment.
    #[must_use]
    pub fn new(assessment: &Assessment) -> Self {
        let made = Made::new(assessment);
        let scores = assessment.scores.iter();
        Self {
            client: assessment.client.clone(),
            assessed_on: assessment.assessed_on.clone(),
            basis: assessment.basis,
            status: assessment.status,
            packs: assessment.packs.clone(),
            coverage: assessment.coverage,
            people: assessment.respondents.count,
            scores: scores.map(|score| made.score(score)).collect(),
            ladders: climbed(assessment),
            group: group(assessment),
        }
    }

    /// The day its answers speak of, `2026-10-31`; `None` where the assessment gives none.
    #[must_use]
    pub fn assessed_on(&self) -> Option<&str> {
        self.assessed_on.as_deref()
    }

    pub(super) fn score(&self, id: &str) -> Option<&Scored> {
        self.scores.iter().find(|score| score.id == id)
    }

    pub(super) fn ladder(&self, id: &str) -> Option<&Climbed> {
        self.ladders.iter().find(|ladder| ladder.id == id)
    }
}

/// What scores are made of.
struct Made<'a> {
    scores: HashMap<&'a str, &'a ScoreResult>,
    packs: HashMap<&'a str, usize>,
}

impl<'a> Made<'a> {
    fn new(assessment: &'a Assessment) -> Self {
        let packs = assessment.packs.iter().enumerate();
        let scores = assessment.scores.iter();
        Self {
            scores: scores.map(|score| (score.id.as_str(), score)).collect(),
            packs: packs
                .map(|(place, pack)| (pack.id.as_str(), place))
                .collect(),
        }
    }

    fn score(&self, score: &'a ScoreResult) -> Scored {
        Scored {
            id: score.id.to_string(),
            title: score.title.clone(),
            value: score.value,
            index: score.index,
            range: score.index_range,
            coverage: score.coverage,
            open_cap: !score.waits_for.is_empty(),
            state: score.state,
            packs: self.packs(score),
        }
    }

    /// The packs of a score and of everything it is made of, as far as they are there.
    fn packs(&self, score: &'a ScoreResult) -> BTreeSet<usize> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![score.id.as_str()];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let pack = id.split_once('.').map_or(id, |(pack, _)| pack);
            found.extend(self.packs.get(pack));
            if let Some(score) = self.scores.get(id) {
                let capped = score.capped.iter().flat_map(|cap| &cap.parts);
                open.extend(score.parts.iter().map(|part| part.id.as_str()));
                open.extend(capped.map(|part| part.id.as_str()));
            }
        }
        found
    }
}

fn climbed(assessment: &Assessment) -> Vec<Climbed> {
    let is_score = |id: &&str| assessment.scores.iter().any(|score| score.id == **id);
    let ladder = |ladder: &crate::assess::assessment::LadderResult| {
        let of = assessment
            .scores
            .iter()
            .find(|one| ladder.of.as_ref() == Some(&one.id));
        let parts = of.iter().flat_map(|score| &score.parts);
        let needs = ladder.levels.iter().flat_map(|level| &level.needs);
        let ids = parts
            .map(|part| part.id.as_str())
            .chain(needs.map(|need| need.id.as_str()));
        let mut profile: Vec<String> = Vec::new();
        for id in ids.filter(is_score) {
            if ladder.of.as_deref() != Some(id) && !profile.iter().any(|one| one == id) {
                profile.push(id.to_owned());
            }
        }
        let level = ladder.level.as_ref();
        let place = level.and_then(|level| ladder.levels.iter().position(|one| one.id == level.id));
        Climbed {
            id: ladder.id.to_string(),
            title: ladder.title.clone(),
            of: ladder.of.as_ref().map(ToString::to_string),
            profile,
            overall: assessment.speaks_for_all(&ladder.id),
            level: level.cloned(),
            rank: place.map(|place| place + 1),
            levels: ladder.levels.len(),
            possible: ladder.possible.clone(),
            certain: ladder.certain,
        }
    };
    assessment.levels.iter().map(ladder).collect()
}

fn group(assessment: &Assessment) -> Option<Group> {
    let merged = assessment.respondents.merged.as_ref()?;
    let groups = assessment
        .questions
        .iter()
        .filter_map(|one| one.group.as_ref());
    let counted =
        groups.filter(|one| one.outcome != crate::assess::assessment::GroupOutcome::Closed);
    let asked = counted.map(|one| one.roles.iter().map(|figure| figure.role).collect());
    Some(Group {
        minimum: merged.minimum_group,
        waived: merged.waived.clone(),
        asked: asked.collect(),
    })
}
