//! Many clients: results in; spreads, counts and rows out.
//!
//! A [`Row`] is the part of a result that is kept of one client, and a [`Portfolio`] counts rows one
//! after the other. Nothing is kept per client but a bounded list of the most extreme, so memory
//! does not grow with their number.
//!
//! Everything here comes from result documents, so what these hide stays hidden.

mod bands;
mod benchmark;
mod overview;
#[cfg(feature = "parquet")]
mod parquet;
mod row;
mod table;
mod workbook;

pub use bands::Bands;
pub use benchmark::*;
pub use overview::*;
#[cfg(feature = "parquet")]
pub use parquet::ParquetFile;
pub use row::*;
pub use table::{Column, Kind, Table};
pub use workbook::Book;

use super::{QUARTER_ANCHOR, major, owner};
use crate::answers::Status;
use crate::assess::assessment::{LadderResult, NeedState, Range, ScoreState};
use crate::rules::vocabulary::ConfidenceGrade;
use overview::ScoreTally;
use std::cmp::Reverse;

/// Fewest clients of whom a score is printed.
pub const FEWEST: usize = 5;
/// Fewest clients of whom the middle half is printed: five in each quarter.
pub const FEWEST_FOR_HALF: usize = 20;
/// Width of a band, in points of an index.
pub const BAND: f64 = 10.0;
/// Most clients that are listed on a page; the tables hold all.
pub const LISTED: usize = 500;
/// Most problems that are listed.
const PROBLEMS: usize = 100;
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

/// Clients counted.
#[derive(Debug, Clone, Default)]
pub struct Portfolio {
    /// Counts and lists; figures over all clients are made in [`overview`](Self::overview).
    counted: Overview,
    coverage: Distribution,
}

impl Portfolio {
    /// Counts a client with the levels of its ladders. `order` is its place among all clients of the
    /// portfolio: what is equal otherwise is listed by it.
    pub fn add(&mut self, order: u64, row: &Row, ladders: &[LadderResult]) {
        self.coverage.add(row.coverage * 100.0);
        let counted = &mut self.counted;
        counted.clients += 1;
        counted.drafts += usize::from(row.status == Status::Draft);
        if let Some(day) = &row.assessed_on {
            let known = counted.period.take().map(|known| (known.from, known.to));
            let (from, to) = known.unwrap_or_else(|| (day.clone(), day.clone()));
            counted.period = Some(Period {
                from: from.min(day.clone()),
                to: to.max(day.clone()),
            });
        } else {
            counted.undated += 1;
        }
        *match row.confidence {
            ConfidenceGrade::Low => &mut counted.confidence.low,
            ConfidenceGrade::Medium => &mut counted.confidence.medium,
            ConfidenceGrade::High => &mut counted.confidence.high,
        } += 1;
        for pack in &row.packs {
            let key = pack.key(row);
            let is = |one: &GroupOverview| one.key() == key;
            let new = || GroupOverview {
                pack: pack.id.clone(),
                title: pack.title.clone(),
                major: major(&pack.version),
                overlays: pack.overlays.clone(),
                form: row.form,
                basis: row.basis,
                ..GroupOverview::default()
            };
            let add = |group: &mut GroupOverview| group.add(pack, order, row, ladders);
            count(&mut counted.groups, is, new, add);
        }
        counted.listed.push(ListedClient::new(order, row));
        counted.listed.sort_by_key(ListedClient::rank);
        counted.listed.truncate(LISTED);
    }

    /// Counts a client that could not be read or is not valid.
    pub fn add_problem(&mut self, problem: Problem) {
        self.counted.broken += 1;
        self.counted.problems.push(problem);
        self.counted.problems.truncate(PROBLEMS);
    }

    /// The document over the clients counted so far.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let mut overview = Overview {
            format: 1,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
            coverage: self.coverage.quartiles(),
            ..self.counted.clone()
        };
        overview.groups.iter_mut().for_each(GroupOverview::finish);
        if overview.listed.len() == overview.clients {
            overview.listed.sort_by_key(|one| one.order);
        }
        overview
    }

    /// Number of clients counted, those with problems apart.
    #[must_use]
    pub fn clients(&self) -> usize {
        self.counted.clients
    }

    /// Number of clients that could not be read or are not valid.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.counted.broken
    }
}

/// Counts something in its entry of a list, or in a new one behind the others.
fn count<T>(
    list: &mut Vec<T>,
    is: impl Fn(&T) -> bool,
    new: impl FnOnce() -> T,
    add: impl FnOnce(&mut T),
) {
    if let Some(entry) = list.iter_mut().find(|one| is(one)) {
        add(entry);
    } else {
        let mut entry = new();
        add(&mut entry);
        list.push(entry);
    }
}

impl GroupOverview {
    /// Clients are counted together that share this.
    fn key(&self) -> GroupKey<'_> {
        let (pack, overlays) = (self.pack.as_str(), self.overlays.as_slice());
        (pack, self.major, overlays, self.form, self.basis)
    }

    /// Its pack with the major version and the overlays: "organisation 1 with house".
    fn label(&self) -> String {
        let with = if self.overlays.is_empty() {
            ""
        } else {
            " with "
        };
        format!(
            "{} {}{with}{}",
            self.pack,
            self.major,
            self.overlays.join(", ")
        )
    }

    /// Counts a client on one of its packs. A variant of the pack may have items, and levels, the
    /// first one had not.
    fn add(&mut self, pack: &PackRow, order: u64, row: &Row, ladders: &[LadderResult]) {
        let owns = |id: &str| owner(id) == pack.id;
        self.clients += 1;
        let version = VersionCount {
            version: pack.version.clone(),
            digest: pack.digest.clone(),
            changed: pack.changed,
            clients: 0,
        };
        let is = |one: &VersionCount| one.text() == version.text();
        let new = || version.clone();
        count(&mut self.versions, is, new, |one| one.clients += 1);
        for score in row.scores.iter().filter(|one| owns(&one.id)) {
            let new = || ScoreSpread {
                id: score.id.clone(),
                title: score.title.clone(),
                profile: score.profile,
                ..ScoreSpread::default()
            };
            let is = |one: &ScoreSpread| one.id == score.id;
            count(&mut self.scores, is, new, |one| one.add(score, order, row));
        }
        for ladder in ladders.iter().filter(|one| owns(&one.id)) {
            let new = || LadderCount {
                id: ladder.id.to_string(),
                title: ladder.title.clone(),
                ..LadderCount::default()
            };
            let is = |one: &LadderCount| ladder.id == *one.id;
            count(&mut self.ladders, is, new, |one| one.add(ladder));
        }
        for gate in row.gates.iter().filter(|one| owns(&one.id)) {
            let new = || GateCount {
                id: gate.id.clone(),
                title: gate.title.clone(),
                ..GateCount::default()
            };
            let is = |one: &GateCount| one.id == gate.id;
            count(&mut self.gates, is, new, |one| match gate.state {
                NeedState::Met => one.met += 1,
                NeedState::Unmet => one.unmet += 1,
                NeedState::Unproven => one.unproven += 1,
                NeedState::NotApplicable => {}
            });
        }
        for finding in row.findings.iter().filter(|one| owns(&one.id)) {
            let new = || FindingCount {
                id: finding.id.clone(),
                title: finding.title.clone(),
                kind: finding.kind,
                severity: finding.severity,
                clients: 0,
            };
            let is = |one: &FindingCount| one.id == finding.id;
            count(&mut self.findings, is, new, |one| one.clients += 1);
        }
    }

    /// Makes the figures of what was counted, and puts the lists in the order of the document.
    fn finish(&mut self) {
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

impl LadderCount {
    fn add(&mut self, ladder: &LadderResult) {
        let reached = ladder.level.as_ref();
        self.none += usize::from(reached.is_none());
        self.uncertain += usize::from(!ladder.certain);
        for level in &ladder.levels {
            let new = || LevelCount {
                id: level.id.clone(),
                label: level.title.clone(),
                clients: 0,
            };
            let is_reached = reached.is_some_and(|one| one.id == level.id);
            let is = |one: &LevelCount| one.id == level.id;
            let add = |one: &mut LevelCount| one.clients += usize::from(is_reached);
            count(&mut self.levels, is, new, add);
        }
    }
}

impl ScoreSpread {
    fn add(&mut self, score: &ScoreRow, order: u64, row: &Row) {
        let index = score.index.filter(|_| score.state == ScoreState::Rated);
        let Some(index) = index else {
            match score.state {
                ScoreState::Thin => self.thin += 1,
                ScoreState::Rated | ScoreState::NotAssessed => self.not_assessed += 1,
                ScoreState::NotApplicable | ScoreState::NotAsked => self.not_applicable += 1,
            }
            return;
        };
        self.tally.indices.add(index);
        // The sign turns the order at the upper end; equal ones keep theirs.
        let ends = [
            (&mut self.tally.lowest, 1.0),
            (&mut self.tally.highest, -1.0),
        ];
        for (ends, sign) in ends {
            ends.push(ClientEnd {
                path: row.path.clone(),
                client: row.named(),
                index,
                order,
            });
            ends.sort_by(|one, other| {
                let side = (one.index * sign).total_cmp(&(other.index * sign));
                side.then(one.order.cmp(&other.order))
            });
            ends.truncate(KEPT_ENDS);
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
        let quartiles = self.quartiles.as_ref();
        self.fences = quartiles.and_then(|quartiles| fences(quartiles, self.n));
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
