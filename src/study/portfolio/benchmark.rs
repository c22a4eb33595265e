//! Spreads of scores over many clients, for others to see, with no client to be recognised.
//!
//! # What is given away, and what is not
//!
//! Of a score the median is given from five clients on, and the ends of the middle half from twenty
//! on, so that each quarter holds five. Lowest and highest are never given: they are single clients.
//! Neither are names, days, or scores of fewer clients.
//!
//! Each figure is the value of one client in the middle of many, and would be known if it were
//! printed. So only the band in which it lies is printed, one of ten, each ten points wide. Nothing
//! is interpolated between clients, and that is what makes the following hold: **whoever knows the
//! values of all other clients still cannot narrow the last one to less than a whole band.** For
//! with the others fixed, a figure is the last client's value `v` clamped between two neighbours
//! `L` and `U`. Where both lie outside the printed band, `v` may be anywhere in it; where one lies
//! inside, `v` may as well be anywhere on that side; so at least one band remains. With several
//! figures the pairs of neighbours follow one another without overlap, and the one that leaves
//! least decides. An interpolated quantile has no such bound: of two middle values 0 and 98, the
//! mean 49 in a band up to 50 puts the lower one at 2 or below. Who knows less is left with more.

use super::overview::{VersionCount, float};
use super::row::word;
use super::{Distribution, Portfolio};
use crate::message;
use crate::rules::vocabulary::Basis;
use crate::study::local;
use crate::text::yaml::{Entries, Located};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Fewest clients of whom a score is printed.
pub const FEWEST: usize = 5;
/// Fewest clients of whom the middle half is printed: five in each quarter.
pub const FEWEST_FOR_HALF: usize = 20;
/// Width of a band, in points of an index.
pub const BAND: f64 = 10.0;

/// Spread of a score as far as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bands {
    /// Number of clients.
    pub clients: usize,
    /// The median's band by its middle.
    pub median: f64,
    /// The ends of the middle half by the middles of their bands; `None` of fewer than 20 clients.
    pub half: Option<[f64; 2]>,
}

impl Bands {
    /// Bands of a spread of indices; `None` where the clients are too few.
    #[must_use]
    pub fn of(spread: &Distribution) -> Option<Self> {
        let clients = spread.count();
        // The value of one client, with no interpolation (Hyndman and Fan's type 1).
        let at = |share: f64| Some(band(spread.nth((share * float(clients)).ceil() - 1.0)?));
        let half = (clients >= FEWEST_FOR_HALF).then_some([0.25, 0.75].map(at));
        let median = at(0.5).filter(|_| clients >= FEWEST)?;
        Some(Self {
            clients,
            median,
            half: half.and_then(|[low, high]| Some([low?, high?])),
        })
    }

    /// The line of a score in the file.
    fn line(&self, id: &str) -> String {
        let own = local(id);
        let half = self.half.map_or(String::new(), |[low, high]| {
            message!("half-from-to", low, high)
        });
        let (clients, median) = (self.clients, self.median);
        format!("      {own}: {{ clients: {clients}, median: {median}{half} }}\n")
    }
}

/// The middle of the band an index lies in; the last one holds 100 too.
fn band(index: f64) -> f64 {
    let place = ((index + crate::text::number::TOLERANCE) / BAND).floor();
    (place.clamp(0.0, 100.0 / BAND - 1.0) + 0.5) * BAND
}

impl Portfolio {
    /// The benchmark of the clients counted so far as YAML; `None` where no score has clients
    /// enough.
    #[must_use]
    pub fn benchmark(&self) -> Option<String> {
        let mut groups = String::new();
        let overview = self.overview();
        let many = overview.groups.iter().filter(|one| one.clients >= FEWEST);
        for group in many {
            let scores = group.scores.iter().filter(|one| one.profile);
            let bands = scores.filter_map(|one| Some((one, Bands::of(&one.tally.indices)?)));
            let lines: String = bands.map(|(one, bands)| bands.line(&one.id)).collect();
            if lines.is_empty() {
                continue;
            }
            let rules = group.versions.iter().map(
                |VersionCount {
                     version, digest, ..
                 }| {
                    format!("      - {{ version: {version}, digest: \"{digest}\" }}\n")
                },
            );
            let rules: String = rules.collect();
            // Writing into a string cannot fail.
            let _ = write!(
                groups,
                "  - pack: {}\n    major: {}\n    basis: {}\n    clients: {}\n    rules:\n{rules}    scores:\n{lines}",
                group.pack,
                group.major,
                word(group.basis),
                group.clients
            );
        }
        if groups.is_empty() {
            return None;
        }
        let mut text =
            "# How scores are spread over many clients. Each figure is the middle of a band of\n\
             # ten points, so that no client's value follows from it.\nformat: 1\n"
                .to_owned();
        if let Some(period) = &overview.period {
            let year = |day: &str| day.get(..4).unwrap_or_default().to_owned();
            let (from, to) = (year(&period.from), year(&period.to));
            let _ = writeln!(text, "from: {from}\nto: {to}");
        }
        Some(text + "groups:\n" + &groups)
    }
}

/// Spreads of scores over many clients; `portfolio --benchmark` writes it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, schemars(title = "centricity benchmark"))]
pub struct BenchmarkFile {
    /// The version of this document: 1.
    pub format: Located<u32>,
    /// The first year the answers speak of.
    #[serde(default)]
    pub from: Option<Located<u16>>,
    /// The last.
    #[serde(default)]
    pub to: Option<Located<u16>>,
    /// One for each pack, major version and basis.
    pub groups: Vec<GroupFile>,
}

crate::text::yaml::document!(BenchmarkFile);

/// Clients on one pack, major version and basis.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupFile {
    /// The pack's id.
    pub pack: Located<String>,
    /// Its major version.
    pub major: Located<u64>,
    /// Basis on which ratings count.
    pub basis: Basis,
    /// Number of clients, at least 5.
    pub clients: Located<u32>,
    /// The texts of the pack they were scored by.
    pub rules: Vec<RulesFile>,
    /// Scores by their id in the pack.
    pub scores: Entries<Located<ScoreFile>>,
}

/// A text of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    /// Its version.
    pub version: String,
    /// SHA-256 over its rules, hexadecimal.
    pub digest: Located<String>,
}

/// A score.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreFile {
    /// Number of clients with enough answers for a verdict, at least 5.
    pub clients: Located<u32>,
    /// The middle of the band of ten points the median lies in: 5, 15 ... 95.
    pub median: Located<f64>,
    /// The middle half, from 20 clients on.
    #[serde(default)]
    pub half: Option<HalfFile>,
}

/// The ends of the middle half, each the middle of its band.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HalfFile {
    /// The lower end.
    pub from: Located<f64>,
    /// The upper end.
    pub to: Located<f64>,
}
