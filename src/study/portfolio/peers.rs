//! A valid benchmark, and the part of it that belongs to an assessment.

use super::benchmark::{BAND, Bands, BenchmarkFile, FEWEST, FEWEST_FOR_HALF, GroupFile, ScoreFile};
use crate::answers::unknown_format;
use crate::rules::rulebook::{Pack, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::Located;
use crate::{message, problem};

/// Spreads of scores over many clients, to compare a client's own with.
#[derive(Debug, Clone)]
pub struct Benchmark(BenchmarkFile);

impl GroupFile {
    /// The problem that scores by a pack are not comparable; `None` where the rules are the same.
    fn mismatch(&self, own: &Pack) -> Option<Diagnostic> {
        if self.rules.iter().any(|one| one.digest.value == own.digest) {
            return None;
        }
        let theirs = self.rules.iter();
        let theirs = theirs.map(|one| rules(&one.version, &one.digest.value));
        let theirs = theirs.collect::<Vec<_>>().join(", ");
        let first = self.rules.first();
        let place = first.map_or(self.pack.place, |one| one.digest.place);
        let changed = if own.changed { ", changed" } else { "" };
        let own_rules = rules(&own.version.to_string(), &own.digest);
        let (pack, own) = (&own.id, own_rules + changed);
        Some(problem!(VersionMismatch, "made-with-other-rules", pack, theirs, own).at(place))
    }

    /// Pack, major version and basis.
    fn key(&self) -> (&str, u64, Basis) {
        (&self.pack.value, self.major.value, self.basis)
    }
}

/// "1.0.0 (0123456789ab)".
fn rules(version: &str, digest: &str) -> String {
    let digest = digest.get(..12).unwrap_or(digest);
    format!("{version} ({digest})")
}

/// A score of an assessment with the spread over other clients.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerScore {
    /// The score, `pack.item`.
    pub id: String,
    /// The spread over the clients.
    pub bands: Bands,
}

impl Benchmark {
    /// Checks a file; `None` where anything is wrong, which is then among the problems.
    #[must_use]
    pub fn check(file: &BenchmarkFile, problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.errors();
        problems.extend(unknown_format(&file.format));
        if let (Some(from), Some(to)) = (&file.from, &file.to)
            && from.value > to.value
        {
            let (place, to, from) = (to.place, to.value, from.value);
            problems.push(problem!(OutOfRange, "ends-before-it-begins", to, from).at(place));
        }
        for (at, group) in file.groups.iter().enumerate() {
            check_group(group, problems);
            let mut earlier = file.groups.iter().take(at);
            if let Some(first) = earlier.find(|other| other.key() == group.key()) {
                let (pack, major, _) = group.key();
                let problem = problem!(DuplicateId, "stands-twice-on-one-basis", pack, major);
                let problem = problem.at(group.pack.place);
                problems.push(problem.relate(first.pack.place, message!("it-stands-here-first")));
            }
        }
        (problems.errors() == before).then(|| Self(file.clone()))
    }

    /// The years it covers: "2026", "2025 to 2026"; `None` where no client gave a day.
    #[must_use]
    pub fn period(&self) -> Option<String> {
        let (from, to) = (self.0.from.as_ref()?.value, self.0.to.as_ref()?.value);
        Some(if from == to {
            from.to_string()
        } else {
            format!("{from} to {to}")
        })
    }

    /// Scores of an assessment over these packs on this basis, in the rulebook's order. Scores the
    /// packs do not have are passed over, and so are clients on the other basis.
    ///
    /// # Errors
    /// Returns a problem if the benchmark has scores of one of the packs that were made with other
    /// rules of it: their meaning may differ.
    pub fn peers(
        &self,
        rulebook: &Rulebook,
        basis: Basis,
    ) -> Result<Vec<PeerScore>, Box<Diagnostic>> {
        let mut all = Vec::new();
        for pack in &rulebook.packs {
            let own = pack.version.major;
            let of_pack = || self.0.groups.iter().filter(|one| one.pack.value == pack.id);
            let fits = of_pack().find(|one| one.major.value == own && one.basis == basis);
            let same_major = of_pack().any(|one| one.major.value == own);
            let other = fits.or_else(|| of_pack().next().filter(|_| !same_major));
            if let Some(mismatch) = other.and_then(|group| group.mismatch(pack)) {
                return Err(Box::new(mismatch));
            }
            let scores = fits.iter().flat_map(|group| group.scores.iter());
            all.extend(scores.filter_map(|(id, score)| {
                let full = format!("{}.{}", pack.id, id.value);
                let half = score.value.half.as_ref();
                Some(PeerScore {
                    id: rulebook.find(&full).map(|_| full)?,
                    bands: Bands {
                        clients: usize::try_from(score.value.clients.value).unwrap_or(usize::MAX),
                        median: score.value.median.value,
                        half: half.map(|half| [half.from.value, half.to.value]),
                    },
                })
            }));
        }
        all.sort_by_key(|one| rulebook.find(&one.id));
        Ok(all)
    }

    /// Returns true where it has one of these packs on this basis.
    #[must_use]
    pub fn covers(&self, rulebook: &Rulebook, basis: Basis) -> bool {
        let has = |id: &str| rulebook.packs.iter().any(|pack| pack.id == id);
        let mut own = self.0.groups.iter().filter(|group| group.basis == basis);
        own.any(|group| has(&group.pack.value))
    }
}

fn check_group(file: &GroupFile, problems: &mut Diagnostics) {
    if file.rules.is_empty() {
        let problem = problem!(MissingKey, "a-benchmark-names-the-rules-it-was-made");
        problems.push(problem.at(file.pack.place));
    }
    enough(&file.clients, FEWEST, message!("a-benchmark"), problems);
    for (_, score) in &file.scores {
        check_score(&score.value, problems);
    }
}

fn check_score(file: &ScoreFile, problems: &mut Diagnostics) {
    enough(&file.clients, FEWEST, message!("a-score"), problems);
    banded(&file.median, problems);
    if let Some(half) = &file.half {
        let what = message!("a-middle-half");
        enough(&file.clients, FEWEST_FOR_HALF, what, problems);
        banded(&half.from, problems);
        banded(&half.to, problems);
        if !(half.from.value..=half.to.value).contains(&file.median.value) {
            let problem = problem!(OutOfRange, "the-median-lies-outside-the-middle-half");
            problems.push(problem.at(file.median.place));
        }
    }
}

fn enough(clients: &Located<u32>, fewest: usize, what: &str, problems: &mut Diagnostics) {
    if usize::try_from(clients.value).is_ok_and(|count| count < fewest) {
        let (place, clients) = (clients.place, clients.value);
        let problem = problem!(GroupTooSmall, "of-too-few-clients", what, clients, fewest);
        problems.push(problem.at(place));
    }
}

/// Figures are middles of bands, so that they are no client's own.
fn banded(figure: &Located<f64>, problems: &mut Diagnostics) {
    let place = figure.value / BAND - 0.5;
    let whole = (place - place.round()).abs() < 1e-9;
    if !(whole && (0.0..100.0 / BAND).contains(&place)) {
        let (place, figure) = (figure.place, figure.value);
        problems.push(problem!(OutOfRange, "is-not-the-middle-of-a-band", figure).at(place));
    }
}
