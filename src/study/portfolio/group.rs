//! Clients that can be set beside one another: the same pack, major version and basis.

use super::ends::Ends;
use super::ordered::Ordered;
use super::row::{FindingRow, LevelRow, Row, ScoreRow};
use super::spread::Spread;
use crate::assess::assessment::{Assessment, Named, NeedState, ScoreState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::Basis;
use std::collections::BTreeMap;

/// What was counted of one pack. Scores on perception and scores on evidence are never mixed, nor
/// those of two major versions.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) pack: String,
    pub(super) title: String,
    pub(super) major: u64,
    pub(super) basis: Basis,
    pub(super) clients: usize,
    /// How many clients each version and digest has.
    pub(super) versions: BTreeMap<Rules, usize>,
    pub(super) scores: Ordered<ScoreTally>,
    pub(super) levels: Ordered<LevelTally>,
    pub(super) gates: Ordered<GateTally>,
    pub(super) findings: Ordered<FindingTally>,
}

/// The text of a pack that clients were scored by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rules {
    pub(super) version: String,
    pub(super) digest: String,
    /// Whether a built-in pack has its id and version, and other rules.
    pub(super) changed: bool,
}

/// A score over its clients.
#[derive(Debug, Clone)]
pub(super) struct ScoreTally {
    pub(super) title: String,
    pub(super) profile: bool,
    /// The indices of those it says something of.
    pub(super) spread: Spread,
    pub(super) ends: Ends,
    /// Too little is answered.
    pub(super) thin: usize,
    /// Nothing is.
    pub(super) blank: usize,
    /// It does not apply or was not asked.
    pub(super) absent: usize,
}

/// A ladder over its clients.
#[derive(Debug, Clone)]
pub(super) struct LevelTally {
    pub(super) title: String,
    /// Every level, lowest first, with its clients.
    pub(super) levels: Vec<(Named, usize)>,
    pub(super) none: usize,
    /// Those the open answers may still move.
    pub(super) uncertain: usize,
}

/// A gate over its clients.
#[derive(Debug, Clone)]
pub(super) struct GateTally {
    pub(super) title: String,
    pub(super) met: usize,
    pub(super) unmet: usize,
    pub(super) unproven: usize,
}

/// A finding over its clients.
#[derive(Debug, Clone)]
pub(super) struct FindingTally {
    pub(super) title: String,
    pub(super) kind: FindingKind,
    pub(super) severity: Severity,
    pub(super) count: usize,
}

/// Who is being counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who<'a> {
    pub(super) order: u64,
    pub(super) row: &'a Row<'a>,
    pub(super) result: &'a Assessment,
}

impl Group {
    pub(super) fn new(pack: &str, title: &str, major: u64, basis: Basis) -> Self {
        Self {
            pack: pack.to_owned(),
            title: title.to_owned(),
            major,
            basis,
            clients: 0,
            versions: BTreeMap::new(),
            scores: Ordered::default(),
            levels: Ordered::default(),
            gates: Ordered::default(),
            findings: Ordered::default(),
        }
    }

    /// Counts a client's part that belongs to this pack.
    pub(super) fn add(&mut self, who: Who<'_>) {
        self.clients += 1;
        let row = who.row;
        let Self {
            pack,
            scores,
            levels,
            gates,
            findings,
            ..
        } = self;
        let owns = |id: &str| owner(id) == pack.as_str();
        for score in row.scores.iter().filter(|one| owns(&one.id)) {
            let make = || ScoreTally::new(score);
            if let Some(tally) = scores.entry(&score.id, make) {
                tally.add(score, who);
            }
        }
        for level in row.levels.iter().filter(|one| owns(&one.id)) {
            let make = || LevelTally::new(level, who.result);
            if let Some(tally) = levels.entry(&level.id, make) {
                tally.add(level);
            }
        }
        for gate in row.gates.iter().filter(|one| owns(&one.id)) {
            let make = || GateTally::new(&gate.title);
            if let Some(tally) = gates.entry(&gate.id, make) {
                tally.add(gate.state);
            }
        }
        for finding in row.findings.iter().filter(|one| owns(&one.id)) {
            let make = || FindingTally::new(finding);
            if let Some(tally) = findings.entry(&finding.id, make) {
                tally.count += 1;
            }
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
        for (version, count) in other.versions {
            *self.versions.entry(version).or_default() += count;
        }
        self.scores.absorb(other.scores, ScoreTally::absorb);
        self.levels.absorb(other.levels, LevelTally::absorb);
        self.gates
            .absorb(other.gates, |own, other| own.absorb(&other));
        self.findings
            .absorb(other.findings, |own, other| own.count += other.count);
    }
}

/// The pack an id belongs to.
pub(super) fn owner(id: &str) -> &str {
    id.split_once('.').map_or(id, |(pack, _)| pack)
}

impl ScoreTally {
    fn new(score: &ScoreRow<'_>) -> Self {
        Self {
            title: score.title.clone().into_owned(),
            profile: score.profile,
            spread: Spread::default(),
            ends: Ends::default(),
            thin: 0,
            blank: 0,
            absent: 0,
        }
    }

    fn add(&mut self, score: &ScoreRow<'_>, who: Who<'_>) {
        match (score.state, score.index) {
            (ScoreState::Rated, Some(index)) => {
                self.spread.add(index);
                self.ends.add(index, who.order, || {
                    (who.row.path.clone().into_owned(), who.row.named())
                });
            }
            (ScoreState::Thin, _) => self.thin += 1,
            (ScoreState::Rated | ScoreState::NotAssessed, _) => self.blank += 1,
            (ScoreState::NotApplicable | ScoreState::NotAsked, _) => self.absent += 1,
        }
    }

    fn absorb(&mut self, other: Self) {
        self.spread.absorb(other.spread);
        self.ends.absorb(other.ends);
        self.thin += other.thin;
        self.blank += other.blank;
        self.absent += other.absent;
    }
}

impl LevelTally {
    fn new(level: &LevelRow<'_>, result: &Assessment) -> Self {
        let ladder = result.levels.iter().find(|one| one.id == *level.id);
        let levels = ladder.map_or(&[][..], |ladder| ladder.levels.as_slice());
        let named = levels.iter().map(|level| {
            let (id, label) = (level.id.clone(), level.title.clone());
            (Named { id, label }, 0)
        });
        Self {
            title: level.title.clone().into_owned(),
            levels: named.collect(),
            none: 0,
            uncertain: 0,
        }
    }

    fn add(&mut self, level: &LevelRow<'_>) {
        self.uncertain += usize::from(!level.certain);
        match (&level.level, &level.label) {
            (Some(id), Some(label)) => self.count(id, label, 1),
            _ => self.none += 1,
        }
    }

    /// A variant of the pack may have a level the first one had not.
    fn count(&mut self, id: &str, label: &str, more: usize) {
        if let Some((_, count)) = self.levels.iter_mut().find(|(one, _)| one.id == id) {
            *count += more;
            return;
        }
        let (id, label) = (id.to_owned(), label.to_owned());
        self.levels.push((Named { id, label }, more));
    }

    fn absorb(&mut self, other: Self) {
        self.none += other.none;
        self.uncertain += other.uncertain;
        for (level, count) in other.levels {
            self.count(&level.id, &level.label, count);
        }
    }
}

impl GateTally {
    fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            met: 0,
            unmet: 0,
            unproven: 0,
        }
    }

    fn add(&mut self, state: NeedState) {
        match state {
            NeedState::Met => self.met += 1,
            NeedState::Unmet => self.unmet += 1,
            NeedState::Unproven => self.unproven += 1,
            NeedState::NotApplicable => {}
        }
    }

    fn absorb(&mut self, other: &Self) {
        self.met += other.met;
        self.unmet += other.unmet;
        self.unproven += other.unproven;
    }
}

impl FindingTally {
    fn new(finding: &FindingRow<'_>) -> Self {
        Self {
            title: finding.title.clone().into_owned(),
            kind: finding.kind,
            severity: finding.severity,
            count: 0,
        }
    }
}
