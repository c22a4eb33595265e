//! From what was counted to the document.

use super::{
    ClientEnd, ConfidenceCount, FindingCount, GateCount, GroupOverview, LadderCount, LevelCount,
    Overview, ScoreSpread, VersionCount,
};
use crate::assess::assessment::Range;
use crate::study::portfolio::Portfolio;
use crate::study::portfolio::ends::End;
use crate::study::portfolio::group::{
    FindingTally, GateTally, Group, LevelTally, Rules, ScoreTally,
};
use crate::study::portfolio::spread::{Quartiles, Spread};

/// With fewer clients none is called an outlier: quartiles of so few say little.
const FEWEST_FOR_OUTLIERS: usize = 8;
/// An outlier lies so many interquartile ranges beyond the quartiles (Tukey's fences) ...
const FENCE: f64 = 1.5;
/// ... and at least a quarter of a rating step, below which no difference is told anywhere.
const LEAST_DISTANCE: f64 = 6.25;
/// So many values are given one by one.
const POINTS: usize = 20;
/// So many clients are named at each end of a score.
const NAMED: usize = 3;

impl Portfolio {
    /// What the clients counted so far come to.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let [low, medium, high] = self.confidence;
        let mut listed = self.listed.clone();
        if listed.len() == self.clients {
            listed.sort_by_key(|one| one.rank.order);
        }
        Overview {
            format: 1,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
            clients: self.clients,
            drafts: self.drafts,
            broken: self.broken,
            problems: self.problems.clone(),
            period: self.period.clone(),
            undated: self.undated,
            coverage: self.coverage.quartiles(),
            confidence: ConfidenceCount { low, medium, high },
            groups: self.groups.iter().map(|(_, group)| told(group)).collect(),
            listed,
        }
    }
}

fn told(group: &Group) -> GroupOverview {
    let mut gates: Vec<GateCount> = group.gates.iter().map(gate).collect();
    // A variant of the pack may lack a gate, so shares are compared, crosswise to stay whole.
    gates.sort_by(|one, other| (one.met * all(other)).cmp(&(other.met * all(one))));
    let mut findings: Vec<FindingCount> = group.findings.iter().map(finding).collect();
    findings.sort_by_key(|one| std::cmp::Reverse((one.clients, one.severity)));
    let version = |(rules, clients): (&Rules, &usize)| VersionCount {
        version: rules.version.clone(),
        digest: rules.digest.clone(),
        changed: rules.changed,
        clients: *clients,
    };
    GroupOverview {
        pack: group.pack.clone(),
        title: group.title.clone(),
        major: group.major,
        basis: group.basis,
        clients: group.clients,
        versions: group.versions.iter().map(version).collect(),
        scores: group.scores.iter().map(score).collect(),
        ladders: group.levels.iter().map(ladder).collect(),
        gates,
        findings,
    }
}

/// How many clients a gate was put to.
fn all(gate: &GateCount) -> usize {
    gate.met + gate.unmet + gate.unproven
}

fn score((id, tally): (&str, &ScoreTally)) -> ScoreSpread {
    let quartiles = tally.spread.quartiles();
    let fences = quartiles.and_then(|quartiles| fences(&quartiles, tally.spread.count()));
    let beyond = |end: &&End, low: bool| {
        fences.is_some_and(|fences| {
            if low {
                end.value < fences.low
            } else {
                end.value > fences.high
            }
        })
    };
    ScoreSpread {
        id: id.to_owned(),
        title: tally.title.clone(),
        profile: tally.profile,
        n: tally.spread.count(),
        thin: tally.thin,
        not_assessed: tally.blank,
        not_applicable: tally.absent,
        quartiles,
        fences,
        outliers: fences.map_or(0, |fences| outliers(&tally.spread, fences)),
        low_outliers: ends(tally.ends.lowest().iter().filter(|end| beyond(end, true))),
        high_outliers: ends(tally.ends.highest().iter().filter(|end| beyond(end, false))),
        lowest: ends(tally.ends.lowest().iter().take(NAMED)),
        points: points(&tally.spread),
    }
}

/// Every value, where they are few.
fn points(spread: &Spread) -> Vec<f64> {
    let each = spread
        .values()
        .flat_map(|(value, count)| std::iter::repeat_n(value, count));
    if spread.count() <= POINTS {
        each.collect()
    } else {
        Vec::new()
    }
}

/// Beyond what an outlier lies: one and a half interquartile ranges from the quartiles, and never
/// less than a quarter of a rating step; `None` where the clients are too few to call any so.
///
/// The rule is Tukey's, Exploratory Data Analysis, 1977.
fn fences(quartiles: &Quartiles, count: usize) -> Option<Range> {
    let reach = (FENCE * (quartiles.q3 - quartiles.q1)).max(LEAST_DISTANCE);
    (count >= FEWEST_FOR_OUTLIERS).then_some(Range {
        low: quartiles.q1 - reach,
        high: quartiles.q3 + reach,
    })
}

fn outliers(spread: &Spread, fences: Range) -> usize {
    spread.counted(|value| value < fences.low || value > fences.high)
}

fn ends<'a>(ends: impl Iterator<Item = &'a End>) -> Vec<ClientEnd> {
    let end = |end: &End| ClientEnd {
        path: end.path.clone(),
        client: end.client.clone(),
        index: end.value,
    };
    ends.map(end).collect()
}

fn ladder((id, tally): (&str, &LevelTally)) -> LadderCount {
    let level = |(level, clients): &(crate::assess::assessment::Named, usize)| LevelCount {
        id: level.id.clone(),
        label: level.label.clone(),
        clients: *clients,
    };
    LadderCount {
        id: id.to_owned(),
        title: tally.title.clone(),
        levels: tally.levels.iter().map(level).collect(),
        none: tally.none,
        uncertain: tally.uncertain,
    }
}

fn gate((id, tally): (&str, &GateTally)) -> GateCount {
    GateCount {
        id: id.to_owned(),
        title: tally.title.clone(),
        met: tally.met,
        unmet: tally.unmet,
        unproven: tally.unproven,
    }
}

fn finding((id, tally): (&str, &FindingTally)) -> FindingCount {
    FindingCount {
        id: id.to_owned(),
        title: tally.title.clone(),
        kind: tally.kind,
        severity: tally.severity,
        clients: tally.count,
    }
}
