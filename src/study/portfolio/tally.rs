//! Counts of one client, and how counts of many add up.

use super::overview::{
    ClientEnd, FindingCount, GateCount, GroupOverview, LadderCount, LevelCount, ScoreSpread,
    ScoreTally, VersionCount,
};
use super::row::{FindingRow, GateRow, PackRow, Row, ScoreRow, major, owner};
use super::spread::Quartiles;
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

impl ScoreTally {
    fn absorb(&mut self, other: Self) {
        self.indices.absorb(other.indices);
        keep_ends(&mut self.lowest, other.lowest, 1.0);
        keep_ends(&mut self.highest, other.highest, -1.0);
    }
}

/// Takes more clients into an end; the sign is -1 for the upper one. Equal ones keep their order.
fn keep_ends(ends: &mut Vec<ClientEnd>, more: Vec<ClientEnd>, sign: f64) {
    ends.extend(more);
    ends.sort_by(|one, other| {
        let side = (one.index * sign).total_cmp(&(other.index * sign));
        side.then(one.order.cmp(&other.order))
    });
    ends.truncate(KEPT_ENDS);
}

/// Adds a list to another: entries that are the same are joined, others come behind.
pub(super) fn add_up<T>(
    own: &mut Vec<T>,
    other: Vec<T>,
    same: impl Fn(&T, &T) -> bool,
    join: impl Fn(&mut T, T),
) {
    for one in other {
        match own.iter_mut().find(|own| same(own, &one)) {
            Some(own) => join(own, one),
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
            gates: gates.map(GateCount::new).collect(),
            findings: findings.map(FindingCount::new).collect(),
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.clients += other.clients;
        add_up(
            &mut self.versions,
            other.versions,
            |one, other| one.text() == other.text(),
            |own, other| own.clients += other.clients,
        );
        add_up(
            &mut self.scores,
            other.scores,
            |one, other| one.id == other.id,
            ScoreSpread::absorb,
        );
        add_up(
            &mut self.ladders,
            other.ladders,
            |one, other| one.id == other.id,
            LadderCount::absorb,
        );
        add_up(
            &mut self.gates,
            other.gates,
            |one, other| one.id == other.id,
            |own, other| {
                own.met += other.met;
                own.unmet += other.unmet;
                own.unproven += other.unproven;
            },
        );
        add_up(
            &mut self.findings,
            other.findings,
            |one, other| one.id == other.id,
            |own, other| own.clients += other.clients,
        );
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

impl VersionCount {
    fn text(&self) -> (&str, &str, bool) {
        (&self.version, &self.digest, self.changed)
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

    fn absorb(&mut self, other: Self) {
        self.thin += other.thin;
        self.not_assessed += other.not_assessed;
        self.not_applicable += other.not_applicable;
        self.tally.absorb(other.tally);
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

    /// A variant of the pack may have a level the first one had not.
    fn absorb(&mut self, other: Self) {
        self.none += other.none;
        self.uncertain += other.uncertain;
        add_up(
            &mut self.levels,
            other.levels,
            |one, other| one.id == other.id,
            |own, other| own.clients += other.clients,
        );
    }
}

impl GateCount {
    fn new(gate: &GateRow) -> Self {
        Self {
            id: gate.id.clone(),
            title: gate.title.clone(),
            met: (gate.state == NeedState::Met).into(),
            unmet: (gate.state == NeedState::Unmet).into(),
            unproven: (gate.state == NeedState::Unproven).into(),
        }
    }
}

impl FindingCount {
    fn new(finding: &FindingRow) -> Self {
        Self {
            id: finding.id.clone(),
            title: finding.title.clone(),
            kind: finding.kind,
            severity: finding.severity,
            clients: 1,
        }
    }
}
