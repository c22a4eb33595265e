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

use super::row::{GroupKey, word};
use super::{BAND, Bands, FEWEST, FEWEST_FOR_HALF, Portfolio};
use crate::answers::unknown_format;
use crate::rules::rulebook::{Pack, Rulebook};
use crate::rules::vocabulary::{Basis, FormLength};
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::{Entries, Located};
use crate::{message, problem};
use serde::Deserialize;
use std::fmt::{Display, Write as _};

impl Portfolio {
    /// The benchmark of the clients counted so far as YAML; `None` where no score has clients
    /// enough.
    #[must_use]
    pub fn benchmark(&self) -> Option<String> {
        let mut groups = String::new();
        let overview = self.overview();
        for group in overview.groups.iter().filter(|one| one.clients >= FEWEST) {
            let scores = group.scores.iter().filter(|one| one.profile);
            let bands = scores.filter_map(|one| Some((one, Bands::of(&one.tally.indices)?)));
            let lines: String = bands.map(|(one, bands)| bands.line(&one.id)).collect();
            if lines.is_empty() {
                continue;
            }
            let rules = group.versions.iter().map(|one| {
                let (version, digest) = (&one.version, &one.digest);
                format!("      - {{ version: {version}, digest: \"{digest}\" }}\n")
            });
            let rules: String = rules.collect();
            let (pack, major, clients) = (&group.pack, group.major, group.clients);
            let overlays = if group.overlays.is_empty() {
                String::new()
            } else {
                format!("    overlays: [{}]\n", group.overlays.join(", "))
            };
            let basis = word(group.basis);
            let form = match group.form {
                FormLength::Short => "    form: short\n",
                FormLength::Full => "",
            };
            // Writing into a string cannot fail.
            let _ = write!(
                groups,
                "  - pack: {pack}\n    major: {major}\n{overlays}{form}    basis: {basis}\n    clients: {clients}\n    rules:\n{rules}    scores:\n{lines}"
            );
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
        (!groups.is_empty()).then(|| text + "groups:\n" + &groups)
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
    /// One for each pack, major version, overlays, form and basis.
    pub groups: Vec<GroupFile>,
}

crate::text::yaml::document!(BenchmarkFile);

/// Clients on one pack, major version, overlays, form and basis.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupFile {
    /// The pack's id.
    pub pack: Located<String>,
    /// Its major version.
    pub major: Located<u64>,
    /// Ids of the overlays laid over the pack, in their order.
    #[serde(default)]
    pub overlays: Vec<String>,
    /// Length of the questionnaire.
    #[serde(default)]
    pub form: FormLength,
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
        let (pack, own) = (&own.id, rules(&own.version, &own.digest) + changed);
        Some(problem!(VersionMismatch, "made-with-other-rules", pack, theirs, own).at(place))
    }

    /// Clients are counted together that share this.
    fn key(&self) -> GroupKey<'_> {
        let (pack, major) = (&self.pack.value, self.major.value);
        (pack, major, &self.overlays, self.form, self.basis)
    }

    /// True where its clients are counted by the same pack, overlays, form and basis.
    fn is_of(&self, pack: &Pack, asked: (FormLength, Basis)) -> bool {
        let overlays = pack.overlays.iter().map(|one| &one.id);
        self.pack.value == pack.id
            && self.overlays.iter().eq(overlays)
            && (self.form, self.basis) == asked
    }
}

/// "1.0.0 (0123456789ab)".
fn rules(version: impl Display, digest: &str) -> String {
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
            if group.rules.is_empty() {
                let problem = problem!(MissingKey, "a-benchmark-names-the-rules-it-was-made");
                problems.push(problem.at(group.pack.place));
            }
            enough(&group.clients, FEWEST, message!("a-benchmark"), problems);
            for (_, score) in &group.scores {
                check_score(&score.value, problems);
            }
            let mut earlier = file.groups.iter().take(at);
            if let Some(first) = earlier.find(|other| other.key() == group.key()) {
                let (pack, major, ..) = group.key();
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

    /// Scores of an assessment over these packs in this form and on this basis, in the rulebook's order.
    /// Scores the packs do not have are passed over, and so are clients with other
    /// overlays, of the other form or basis.
    ///
    /// # Errors
    /// Returns a problem if the benchmark has scores of one of the packs that were made with other
    /// rules of it: their meaning may differ.
    pub fn peers(
        &self,
        by: &Rulebook,
        asked: (FormLength, Basis),
    ) -> Result<Vec<PeerScore>, Box<Diagnostic>> {
        let mut all = Vec::new();
        for pack in &by.packs {
            let own = pack.version.major;
            let of_pack = || self.0.groups.iter().filter(|one| one.pack.value == pack.id);
            let fits = of_pack().find(|one| one.major.value == own && one.is_of(pack, asked));
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
                    id: by.find(&full).map(|_| full)?,
                    bands: Bands {
                        clients: usize::try_from(score.value.clients.value).unwrap_or(usize::MAX),
                        median: score.value.median.value,
                        half: half.map(|half| [half.from.value, half.to.value]),
                    },
                })
            }));
        }
        all.sort_by_key(|one| by.find(&one.id));
        Ok(all)
    }

    /// Returns true where it has one of these packs with its overlays, in this form and on this basis.
    #[must_use]
    pub fn covers(&self, by: &Rulebook, asked: (FormLength, Basis)) -> bool {
        let mut groups = self.0.groups.iter();
        groups.any(|group| by.packs.iter().any(|pack| group.is_of(pack, asked)))
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
