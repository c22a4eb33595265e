//! Counts of one client, and how counts of many add up.

use super::Quartiles;
use super::overview::{
    ClientEnd, FindingCount, GateCount, GroupOverview, LadderCount, LevelCount, ScoreSpread,
    ScoreTally, VersionCount,
};
use super::row::{PackRow, Row, ScoreRow, major, owner};
use crate::assess::assessment::{Assessment, LadderResult, NeedState, Range, ScoreState};
use crate::study::QUARTER_ANCHOR;
use std::cmp::Reverse;

/// Clients kept at each end of a score.
const KEPT_ENDS: usize = 20;
/// Clients named at the lower end of a score.
const NAMED_ENDS: usize = 3;
/// With fewer clients none is called an outlier: quartiles of so few say little.
const FEWEST_FOR_OUTLIERS: usize = 8;
/// An outlier lies so many interquartile ranges beyond the quartiles (Tukey's fences), and at least
/// a quarter anchor.
const FENCE: f64 = 1.5;
/// Up to so many values are given one by one.
const MOST_POINTS: usize = 20;

/// Takes more clients into an end; the sign is -1 for the upper one. Equal ones keep their order.
fn keep_ends(ends: &mut Vec<ClientEnd>, more: Vec<ClientEnd>, sign: f64) {
    ends.extend(more);
    ends.sort_by(|one, other| {
        let side = (one.index * sign).total_cmp(&(other.index * sign));
        side.then(one.order.cmp(&other.order))
    });
    ends.truncate(KEPT_ENDS);
}

/// Something that is counted for each client, and adds up over all.
pub(super) trait Counted {
    /// Returns true where the two count the same thing.
    fn same(&self, other: &Self) -> bool;
    /// Adds the counts of other clients.
    fn absorb(&mut self, other: Self);
}

/// Adds a list to another: entries that are the same are joined, others come behind.
pub(super) fn add_up<T: Counted>(own: &mut Vec<T>, other: Vec<T>) {
    for one in other {
        match own.iter_mut().find(|own| own.same(&one)) {
            Some(own) => own.absorb(one),
            None => own.push(one),
        }
    }
}

impl GroupOverview {
    /// One client on one of its packs.
    pub(super) fn new(pack: &PackRow, order: u64, row: &Row, result: &Assessment) -> Self {
        let owns = |id: &str| owner(id) == pack.id;
        let scores = row.scores.iter().filter(|one| owns(&one.id));
        let ladders = result.levels.iter().filter(|one| owns(&one.id));
        let gates = row.gates.iter().filter(|one| owns(&one.id));
        let findings = row.findings.iter().filter(|one| owns(&one.id));
        Self {
            pack: pack.id.clone(),
            title: pack.title.clone(),
            major: major(&pack.version),
            basis: row.basis,
            clients: 1,
            versions: vec![VersionCount {
                version: pack.version.clone(),
                digest: pack.digest.clone(),
                changed: pack.changed,
                clients: 1,
            }],
            scores: scores
                .map(|score| ScoreSpread::new(score, order, row))
                .collect(),
            ladders: ladders.map(LadderCount::new).collect(),
            gates: gates
                .map(|gate| GateCount {
                    id: gate.id.clone(),
                    title: gate.title.clone(),
                    met: (gate.state == NeedState::Met).into(),
                    unmet: (gate.state == NeedState::Unmet).into(),
                    unproven: (gate.state == NeedState::Unproven).into(),
                })
                .collect(),
            findings: findings
                .map(|finding| FindingCount {
                    id: finding.id.clone(),
                    title: finding.title.clone(),
                    kind: finding.kind,
                    severity: finding.severity,
                    clients: 1,
                })
                .collect(),
        }
    }

    /// Makes the figures of what was counted, and puts the lists in the order of the document.
    pub(super) fn finish(&mut self) {
        self.versions
            .sort_by(|one, other| one.text().cmp(&other.text()));
        self.scores.iter_mut().for_each(ScoreSpread::finish);
        // A variant of the pack may lack a gate, so shares are compared, crosswise to stay whole.
        let asked = |gate: &GateCount| gate.met + gate.unmet + gate.unproven;
        self.gates
            .sort_by(|one, other| (one.met * asked(other)).cmp(&(other.met * asked(one))));
        self.findings
            .sort_by_key(|one| Reverse((one.clients, one.severity)));
    }
}

impl Counted for GroupOverview {
    fn same(&self, other: &Self) -> bool {
        (&self.pack, self.major, self.basis) == (&other.pack, other.major, other.basis)
    }

    fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
        add_up(&mut self.versions, other.versions);
        add_up(&mut self.scores, other.scores);
        add_up(&mut self.ladders, other.ladders);
        add_up(&mut self.gates, other.gates);
        add_up(&mut self.findings, other.findings);
    }
}

impl VersionCount {
    fn text(&self) -> (&str, &str, bool) {
        (&self.version, &self.digest, self.changed)
    }
}

impl Counted for VersionCount {
    fn same(&self, other: &Self) -> bool {
        self.text() == other.text()
    }

    fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
    }
}

impl Counted for GateCount {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn absorb(&mut self, other: Self) {
        self.met += other.met;
        self.unmet += other.unmet;
        self.unproven += other.unproven;
    }
}

impl Counted for FindingCount {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
    }
}

impl Counted for LevelCount {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
    }
}

impl Counted for LadderCount {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// A variant of the pack may have a level the first one had not.
    fn absorb(&mut self, other: Self) {
        self.none += other.none;
        self.uncertain += other.uncertain;
        add_up(&mut self.levels, other.levels);
    }
}

impl Counted for ScoreSpread {
    fn same(&self, other: &Self) -> bool {
        self.id == other.id
    }

    fn absorb(&mut self, other: Self) {
        self.thin += other.thin;
        self.not_assessed += other.not_assessed;
        self.not_applicable += other.not_applicable;
        self.tally.indices.absorb(other.tally.indices);
        keep_ends(&mut self.tally.lowest, other.tally.lowest, 1.0);
        keep_ends(&mut self.tally.highest, other.tally.highest, -1.0);
    }
}

impl ScoreSpread {
    fn new(score: &ScoreRow, order: u64, row: &Row) -> Self {
        let index = score.index.filter(|_| score.state == ScoreState::Rated);
        let ends: Vec<ClientEnd> = index
            .map(|index| ClientEnd {
                path: row.path.clone(),
                client: row.named(),
                index,
                order,
            })
            .into_iter()
            .collect();
        let (thin, blank, absent) = match score.state {
            ScoreState::Rated => (false, index.is_none(), false),
            ScoreState::Thin => (true, false, false),
            ScoreState::NotAssessed => (false, true, false),
            ScoreState::NotApplicable | ScoreState::NotAsked => (false, false, true),
        };
        Self {
            id: score.id.clone(),
            title: score.title.clone(),
            profile: score.profile,
            thin: thin.into(),
            not_assessed: blank.into(),
            not_applicable: absent.into(),
            tally: ScoreTally {
                indices: index.into_iter().collect(),
                lowest: ends.clone(),
                highest: ends,
            },
            ..Self::default()
        }
    }

    fn finish(&mut self) {
        let ScoreTally {
            indices,
            lowest,
            highest,
        } = &self.tally;
        self.n = indices.count();
        self.quartiles = indices.quartiles();
        self.fences = self
            .quartiles
            .as_ref()
            .and_then(|quartiles| fences(quartiles, indices.count()));
        self.lowest = lowest.iter().take(NAMED_ENDS).cloned().collect();
        if let Some(Range { low, high }) = self.fences {
            let below = lowest.iter().filter(|end| end.index < low);
            let above = highest.iter().filter(|end| end.index > high);
            self.outliers = indices.counted(|index| index < low || index > high);
            self.low_outliers = below.cloned().collect();
            self.high_outliers = above.cloned().collect();
        }
        if self.n <= MOST_POINTS {
            let each = |(index, count)| std::iter::repeat_n(index, count);
            self.points = indices.values().flat_map(each).collect();
        }
    }
}

/// Range beyond which an outlier lies: one and a half interquartile ranges from the quartiles, and
/// never less than a quarter anchor; `None` where the clients are too few to call any so.
///
/// The rule is Tukey's, Exploratory Data Analysis, 1977.
fn fences(quartiles: &Quartiles, clients: usize) -> Option<Range> {
    let reach = (FENCE * (quartiles.q3 - quartiles.q1)).max(QUARTER_ANCHOR);
    (clients >= FEWEST_FOR_OUTLIERS).then_some(Range {
        low: quartiles.q1 - reach,
        high: quartiles.q3 + reach,
    })
}

impl LadderCount {
    fn new(ladder: &LadderResult) -> Self {
        let reached = ladder.level.as_ref();
        let levels = ladder.levels.iter().map(|level| LevelCount {
            id: level.id.clone(),
            label: level.title.clone(),
            clients: reached.is_some_and(|one| one.id == level.id).into(),
        });
        Self {
            id: ladder.id.to_string(),
            title: ladder.title.clone(),
            levels: levels.collect(),
            none: reached.is_none().into(),
            uncertain: (!ladder.certain).into(),
        }
    }
}
