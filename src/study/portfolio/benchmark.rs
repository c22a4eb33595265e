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

mod check;
mod file;

pub use check::{Benchmark, Mismatch, PeerScore};
pub use file::{BenchmarkFile, GroupFile, HalfFile, RulesFile, ScoreFile};

use super::Portfolio;
use super::overview::VersionCount;
use super::row::word;
use super::spread::{Spread, float};
use crate::message;
use std::fmt::Write as _;

/// Fewest clients of whom a score is printed.
pub const FEWEST: usize = 5;
/// Fewest clients of whom the middle half is printed: five in each quarter.
pub const FEWEST_FOR_HALF: usize = 20;
/// Width of a band, in points of an index.
pub const BAND: f64 = 10.0;

/// Spread of a score as far as it is published.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bands {
    clients: usize,
    /// The middle of the band the median lies in.
    median: f64,
    /// The same for the ends of the middle half.
    half: Option<[f64; 2]>,
}

impl Bands {
    /// Bands of a spread of indices; `None` where the clients are too few.
    fn of(spread: &Spread) -> Option<Self> {
        let clients = spread.count();
        if clients < FEWEST {
            return None;
        }
        let half = if clients >= FEWEST_FOR_HALF {
            Some([band(spread.at(0.25)?), band(spread.at(0.75)?)])
        } else {
            None
        };
        Some(Self {
            clients,
            median: band(spread.at(0.5)?),
            half,
        })
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
            let lines: String = scores
                .filter_map(|one| Some(score_line(&one.id, &Bands::of(&one.tally.indices)?)))
                .collect();
            if lines.is_empty() {
                continue;
            }
            let rules: String = group.versions.iter().map(rules_line).collect();
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
            let _ = writeln!(
                text,
                "from: {}\nto: {}",
                year(&period.from),
                year(&period.to)
            );
        }
        Some(text + "groups:\n" + &groups)
    }
}

fn rules_line(rules: &VersionCount) -> String {
    let (version, digest) = (&rules.version, &rules.digest);
    format!("      - {{ version: {version}, digest: \"{digest}\" }}\n")
}

fn score_line(id: &str, bands: &Bands) -> String {
    let own = id.split_once('.').map_or(id, |(_, own)| own);
    let half = bands.half.map_or(String::new(), |[low, high]| {
        message!("half-from-to", low, high)
    });
    format!(
        "      {own}: {{ clients: {}, median: {}{half} }}\n",
        bands.clients, bands.median
    )
}

impl Spread {
    /// The value of the client at a share `0 < share <= 1` of all, with no interpolation (Hyndman
    /// and Fan's type 1).
    fn at(&self, share: f64) -> Option<f64> {
        let wanted = (share * float(self.count())).ceil().max(1.0);
        let mut seen = 0.0;
        for (value, count) in self.values() {
            seen += float(count);
            if seen >= wanted {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(values: &[f64]) -> Option<Bands> {
        Bands::of(&values.iter().copied().collect())
    }

    #[test]
    fn few_clients_are_not_told_and_ends_only_of_many() {
        assert_eq!(told(&[10.0, 20.0, 30.0, 40.0]), None);
        let five = told(&[10.0, 20.0, 48.0, 90.0, 99.0]).expect("five clients");
        assert_eq!((five.clients, five.half), (5, None));
        assert!((five.median - 45.0).abs() < 1e-9);
        let twenty: Vec<f64> = (0..20).map(|one| f64::from(one) * 5.0).collect();
        // The fifth, tenth and fifteenth of 0, 5 ... 95: 20, 45 and 70.
        let twenty = told(&twenty).expect("twenty clients");
        assert_eq!(
            twenty.half.map(|half| half.map(f64::to_bits)),
            Some([25.0, 75.0].map(f64::to_bits))
        );
        assert!((twenty.median - 45.0).abs() < 1e-9);
    }

    #[test]
    fn bands_hold_their_lower_end_and_the_last_both() {
        let bands = [0.0, 9.99, 10.0, 89.9, 90.0, 100.0].map(band);
        let expected = [5.0, 5.0, 15.0, 85.0, 95.0, 95.0];
        assert!(
            bands
                .iter()
                .zip(expected)
                .all(|(one, other)| (one - other).abs() < 1e-9)
        );
    }

    /// Values of the kinds scores have: spread wide, close together, and on few steps.
    fn values() -> impl Strategy<Value = Vec<f64>> {
        let wide =
            proptest::collection::vec((0_u32..=400).prop_map(|one| f64::from(one) / 4.0), 5..45);
        let close =
            proptest::collection::vec((150_u32..=200).prop_map(|one| f64::from(one) / 4.0), 5..45);
        let steps =
            proptest::collection::vec((0_u32..=4).prop_map(|one| f64::from(one) * 25.0), 5..45);
        prop_oneof![wide, close, steps]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// The attacker knows every value but one, and tries all that the last could be.
        #[test]
        fn who_knows_all_others_is_left_with_a_whole_band(values in values(), at in any::<prop::sample::Index>()) {
            let place = at.index(values.len());
            let mut all = values.clone();
            let seen = told(&all);
            let mut open: Vec<f64> = Vec::new();
            for quarter in 0..=400 {
                all[place] = f64::from(quarter) / 4.0;
                if told(&all) == seen {
                    open.push(all[place]);
                }
            }
            let (first, last) = (open[0], open[open.len() - 1]);
            prop_assert!(open.contains(&values[place]));
            // Tried in quarters of a point, a band that is open at its end is a quarter short.
            prop_assert!(last - first >= BAND - 0.25, "{first} to {last} of {values:?}");
        }

        /// One of the clients knows its own value and reads the file: every other may be anywhere.
        #[test]
        fn a_client_learns_nothing_of_any_other(values in values(), other in 0_u32..=400) {
            let wanted = f64::from(other) / 4.0;
            let seen = told(&values);
            // Some set of clients has the same file, the attacker's own value and the wanted one.
            let own = values[0];
            let fits = (1..values.len()).any(|place| {
                let mut all = values.clone();
                all[place] = wanted;
                told(&all) == seen && all[0].to_bits() == own.to_bits()
            });
            prop_assert!(fits, "{wanted} in {values:?}");
        }
    }
}
