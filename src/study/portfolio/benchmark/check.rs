//! A benchmark found valid, and what of it belongs beside an assessment.

use super::{
    BAND, BenchmarkFile, FEWEST, FEWEST_FOR_HALF, GroupFile, RulesFile, ScoreFile, Told, major,
};
use crate::rules::rulebook::{Pack, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::Located;
use std::fmt;

/// How scores are spread over many clients, to stand beside a client's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// "2025 to 2026"; null where no client gave a day.
    period: Option<String>,
    groups: Vec<Group>,
}

#[derive(Debug, Clone, PartialEq)]
struct Group {
    pack: String,
    major: u64,
    basis: Basis,
    place: Place,
    rules: Vec<RulesFile>,
    scores: Vec<(String, Told)>,
}

impl Group {
    /// Why scores by a pack are not comparable with these; `None` where the rules are the same.
    fn mismatch(&self, pack: &Pack) -> Option<Mismatch> {
        let same = self.rules.iter().any(|one| one.digest.value == pack.digest);
        let theirs = self.rules.iter();
        let theirs = theirs.map(|one| rules(&one.version, &one.digest.value));
        let place = self
            .rules
            .first()
            .map_or(self.place, |one| one.digest.place);
        let changed = if pack.changed { ", changed" } else { "" };
        (!same).then(|| Mismatch {
            pack: pack.id.clone(),
            theirs: theirs.collect::<Vec<_>>().join(", "),
            own: rules(&pack.version.to_string(), &pack.digest) + changed,
            place,
        })
    }
}

/// "1.0.0 (0123456789ab)".
fn rules(version: &str, digest: &str) -> String {
    let digest = digest.get(..12).unwrap_or(digest);
    format!("{version} ({digest})")
}

/// A score of an assessment with what others came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// The score's item in the rulebook.
    pub node: usize,
    /// The pack's place in the rulebook.
    pub pack: usize,
    /// How many clients.
    pub clients: usize,
    /// The median's band by its middle.
    pub median: f64,
    /// The ends of the middle half by the middles of their bands; `None` of fewer than 20 clients.
    pub half: Option<[f64; 2]>,
}

/// Why a benchmark cannot stand beside an assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The pack of both.
    pub pack: String,
    /// The rules the benchmark was made with, in words.
    pub theirs: String,
    /// Those the assessment uses.
    pub own: String,
    /// Where the benchmark says so.
    pub place: Place,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pack, theirs, own, ..
        } = self;
        write!(
            f,
            "the benchmark was made with other rules of `{pack}`: {theirs}; the assessment uses {own}"
        )
    }
}

impl Benchmark {
    /// Checks a file; `None` where anything is wrong, which is then among the problems.
    #[must_use]
    pub fn check(file: &BenchmarkFile, problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.errors();
        if file.format.value != 1 {
            let message = format!("format `{}` is not known", file.format.value);
            let problem = Diagnostic::error(Code::UnknownFormat, message);
            problems.push(problem.at(file.format.place).help("write `format: 1`"));
        }
        if let (Some(from), Some(to)) = (&file.from, &file.to)
            && from.value > to.value
        {
            let message = format!(
                "the period ends in {} before it begins in {}",
                to.value, from.value
            );
            let problem = Diagnostic::error(Code::OutOfRange, message);
            problems.push(
                problem
                    .at(to.place)
                    .help("give the first year under `from`, the last under `to`"),
            );
        }
        let mut groups: Vec<Group> = Vec::new();
        for one in &file.groups {
            let group = group(one, problems);
            let same = groups.iter().find(|other| {
                (&other.pack, other.major, other.basis) == (&group.pack, group.major, group.basis)
            });
            if let Some(first) = same {
                let message = format!("`{} {}` stands twice on one basis", group.pack, group.major);
                let problem = Diagnostic::error(Code::DuplicateId, message);
                let problem = problem
                    .at(one.pack.place)
                    .relate(first.place, "it stands here first");
                problems.push(problem.help("keep one of the two"));
            }
            groups.push(group);
        }
        let sound = problems.errors() == before;
        sound.then(|| Self {
            period: period(file),
            groups,
        })
    }

    /// The years it covers: "2026", "2025 to 2026"; `None` where no client gave a day.
    #[must_use]
    pub fn period(&self) -> Option<&str> {
        self.period.as_deref()
    }

    /// What belongs beside an assessment over these packs on this basis, in the rulebook's order.
    /// Scores the packs have not are passed over, and so are clients on the other basis.
    ///
    /// # Errors
    /// Where the benchmark speaks of one of the packs, and was made with other rules of it: what
    /// their scores mean may differ.
    pub fn beside(&self, rulebook: &Rulebook, basis: Basis) -> Result<Vec<Beside>, Box<Mismatch>> {
        let mut all = Vec::new();
        for (place, pack) in rulebook.packs.iter().enumerate() {
            let own = major(&pack.version.to_string());
            let of_pack = || self.groups.iter().filter(|one| one.pack == pack.id);
            let fits = of_pack().find(|one| one.major == own && one.basis == basis);
            let same_major = of_pack().any(|one| one.major == own);
            let other = fits.or_else(|| of_pack().next().filter(|_| !same_major));
            if let Some(mismatch) = other.and_then(|group| group.mismatch(pack)) {
                return Err(Box::new(mismatch));
            }
            let scores = fits.map_or(&[][..], |group| group.scores.as_slice());
            all.extend(scores.iter().filter_map(|(id, told)| {
                let full = format!("{}.{id}", pack.id);
                let node = rulebook.items().iter().position(|item| item.id == full)?;
                Some(Beside {
                    node,
                    pack: place,
                    clients: told.clients,
                    median: told.median,
                    half: told.half,
                })
            }));
        }
        all.sort_by_key(|one| one.node);
        Ok(all)
    }

    /// Whether it speaks of a pack of these on this basis.
    #[must_use]
    pub fn covers(&self, rulebook: &Rulebook, basis: Basis) -> bool {
        self.groups.iter().any(|group| {
            let has = rulebook.packs.iter().any(|pack| pack.id == group.pack);
            has && group.basis == basis
        })
    }
}

fn period(file: &BenchmarkFile) -> Option<String> {
    let (from, to) = (file.from.as_ref()?.value, file.to.as_ref()?.value);
    Some(if from == to {
        from.to_string()
    } else {
        format!("{from} to {to}")
    })
}

fn group(file: &GroupFile, problems: &mut Diagnostics) -> Group {
    if file.rules.is_empty() {
        let message = "a benchmark names the rules it was made with";
        let problem = Diagnostic::error(Code::MissingKey, message).at(file.pack.place);
        problems.push(problem.help("`centricity portfolio DIR --benchmark FILE` writes them"));
    }
    enough(&file.clients, FEWEST, "a benchmark", problems);
    let scores = file.scores.iter().map(|(id, score)| {
        let told = score_of(&score.value, problems);
        (id.value.clone(), told)
    });
    Group {
        scores: scores.collect(),
        pack: file.pack.value.clone(),
        major: file.major.value,
        basis: file.basis,
        place: file.pack.place,
        rules: file.rules.clone(),
    }
}

fn score_of(file: &ScoreFile, problems: &mut Diagnostics) -> Told {
    enough(&file.clients, FEWEST, "a score", problems);
    banded(&file.median, problems);
    if let Some(half) = &file.half {
        enough(&file.clients, FEWEST_FOR_HALF, "a middle half", problems);
        banded(&half.from, problems);
        banded(&half.to, problems);
        let inside = half.from.value <= file.median.value && file.median.value <= half.to.value;
        if !inside {
            let message = "the median lies outside the middle half";
            let problem = Diagnostic::error(Code::OutOfRange, message).at(file.median.place);
            problems.push(problem.help("put it between `from` and `to`"));
        }
    }
    Told {
        clients: usize::try_from(file.clients.value).unwrap_or(usize::MAX),
        median: file.median.value,
        half: file
            .half
            .as_ref()
            .map(|half| [half.from.value, half.to.value]),
    }
}

fn enough(clients: &Located<u32>, fewest: usize, what: &str, problems: &mut Diagnostics) {
    if usize::try_from(clients.value).is_ok_and(|count| count < fewest) {
        let message = format!(
            "{what} of {} clients may give one of them away",
            clients.value
        );
        let problem = Diagnostic::error(Code::GroupTooSmall, message).at(clients.place);
        problems.push(problem.help(format!("it takes {fewest} or more; leave it out")));
    }
}

/// Figures are middles of bands, so that they are no client's own.
fn banded(figure: &Located<f64>, problems: &mut Diagnostics) {
    let place = figure.value / BAND - 0.5;
    let whole = (place - place.round()).abs() < 1e-9;
    if !(whole && (0.0..100.0 / BAND).contains(&place)) {
        let message = format!("`{}` is not the middle of a band", figure.value);
        let problem = Diagnostic::error(Code::OutOfRange, message).at(figure.place);
        problems.push(problem.help("bands are ten points wide; write one of 5, 15, 25 ... 95"));
    }
}
