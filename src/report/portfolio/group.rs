//! Clients that can be set beside one another: levels, spreads, gates, findings.

use super::spread::{Outliers, Spread};
use super::{counted, percent};
use crate::report::chart::{tenth, whole};
use crate::report::view::finding_word;
use crate::rules::vocabulary::Basis;
use crate::study::portfolio::{FindingCount, GateCount, GroupOverview, LadderCount, Overview};
use serde::Serialize;

/// Gates and findings listed for a pack; more are counted.
const GATES: usize = 12;
const FINDINGS: usize = 12;

/// Clients on one pack, major version and basis.
#[derive(Debug, Clone, Serialize)]
pub struct Group<'a> {
    /// Id for links, unique in the document.
    pub anchor: String,
    /// The pack's title.
    pub title: &'a str,
    /// "organisation 1, scored on perception".
    pub what: String,
    /// "23 clients".
    pub base: String,
    /// "Version 1.0.0.", or how many clients each text of the pack has.
    pub versions: String,
    /// Ladders with their levels.
    pub ladders: Vec<Ladder<'a>>,
    /// The scores of the profile; null where it has none.
    pub spread: Option<Spread<'a>>,
    /// Clients far from the others.
    pub outliers: Outliers<'a>,
    /// The gates fewest meet.
    pub gates: Vec<Gate<'a>>,
    /// "4 more are met more often."; null where all are listed.
    pub more_gates: Option<String>,
    /// The findings most have.
    pub findings: Vec<Finding<'a>>,
    /// The same for findings.
    pub more_findings: Option<String>,
}

/// A ladder.
#[derive(Debug, Clone, Serialize)]
pub struct Ladder<'a> {
    /// Its name.
    pub title: &'a str,
    /// Every level, lowest first, and last those of whom none can be said.
    pub levels: Vec<Level<'a>>,
    /// Number of clients that may still move once open questions are answered; null if none may.
    pub uncertain: Option<String>,
}

/// A level.
#[derive(Debug, Clone, Serialize)]
pub struct Level<'a> {
    /// Its name.
    pub label: &'a str,
    /// Number of clients.
    pub count: usize,
    /// "43 %".
    pub share: String,
    /// Percent of the axis.
    pub width: f64,
    /// Text plot: one mark for each twentieth.
    pub plot: String,
}

/// A gate.
#[derive(Debug, Clone, Serialize)]
pub struct Gate<'a> {
    /// Condition that the gate asks for.
    pub title: &'a str,
    /// "78 %": not met or unproven.
    pub open: String,
    /// Not met.
    pub unmet: usize,
    /// Nobody can say, which counts as not.
    pub unproven: usize,
    /// Met.
    pub met: usize,
    /// All of them.
    pub n: usize,
    /// Percent of the axis: not met, and not met or unproven.
    pub unmet_width: f64,
    /// Percent of the axis.
    pub open_width: f64,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct Finding<'a> {
    /// Its title.
    pub title: &'a str,
    /// "gap, high".
    pub word: String,
    /// Number of clients.
    pub count: usize,
    /// "43 %".
    pub share: String,
}

impl<'a> Group<'a> {
    pub(super) fn all(overview: &'a Overview, link: &dyn Fn(&str) -> Option<String>) -> Vec<Self> {
        let groups = overview.groups.iter().enumerate();
        groups
            .map(|(place, group)| Self::of(place, group, link))
            .filter(|group| {
                let lists = group.gates.len() + group.findings.len() + group.ladders.len();
                lists > 0 || group.spread.is_some()
            })
            .collect()
    }

    fn of(place: usize, group: &'a GroupOverview, link: &dyn Fn(&str) -> Option<String>) -> Self {
        let gates: Vec<_> = group
            .gates
            .iter()
            .filter(|one| one.met < all(one))
            .collect();
        let more_gates = gates.len().saturating_sub(GATES);
        let more_findings = group.findings.len().saturating_sub(FINDINGS);
        Self {
            anchor: format!("p-{}", place + 1),
            title: &group.title,
            what: format!(
                "{} {}, scored on {}",
                group.pack,
                group.major,
                basis(group.basis)
            ),
            base: counted(group.clients, "client", "clients"),
            versions: versions(group),
            ladders: group.ladders.iter().map(ladder).collect(),
            spread: Spread::of(group),
            outliers: Outliers::of(group, link),
            gates: gates.into_iter().take(GATES).map(gate).collect(),
            more_gates: (more_gates > 0).then(|| format!("{more_gates} more are met more often.")),
            findings: group
                .findings
                .iter()
                .take(FINDINGS)
                .map(|one| finding(one, group.clients))
                .collect(),
            more_findings: (more_findings > 0)
                .then(|| format!("{more_findings} more hold for fewer clients.")),
        }
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Perception => "perception",
        Basis::Evidenced => "evidence",
    }
}

fn versions(group: &GroupOverview) -> String {
    if let [one] = group.versions.as_slice() {
        let changed = if one.changed {
            ", changed: its rules are not those built in under this version"
        } else {
            ""
        };
        return format!("Version {}{changed}.", one.version);
    }
    let each = group.versions.iter().map(|one| {
        let digest = one.digest.get(..12).unwrap_or(&one.digest);
        let changed = if one.changed { ", changed" } else { "" };
        format!("{} on {} ({digest}{changed})", one.clients, one.version)
    });
    let each: Vec<String> = each.collect();
    format!(
        "{} texts of this pack are counted together: {}.",
        group.versions.len(),
        each.join(", ")
    )
}

fn ladder(ladder: &LadderCount) -> Ladder<'_> {
    let counts = ladder.levels.iter().map(|one| (&*one.label, one.clients));
    let none = (ladder.none > 0).then_some(("cannot be said", ladder.none));
    let n = ladder.levels.iter().map(|one| one.clients).sum::<usize>() + ladder.none;
    let level = |(label, count)| Level {
        label,
        count,
        share: percent(share(count, n)),
        width: tenth(share(count, n) * 100.0),
        plot: "■".repeat(crate::report::chart::nearest(share(count, n) * 20.0, 21)),
    };
    Ladder {
        title: &ladder.title,
        levels: counts.chain(none).map(level).collect(),
        uncertain: (ladder.uncertain > 0).then(|| {
            format!(
                "{} of {n} may still move once open questions are answered.",
                ladder.uncertain
            )
        }),
    }
}

fn all(gate: &GateCount) -> usize {
    gate.met + gate.unmet + gate.unproven
}

fn gate(gate: &GateCount) -> Gate<'_> {
    let n = all(gate);
    let open = share(gate.unmet + gate.unproven, n);
    Gate {
        title: &gate.title,
        open: percent(open),
        unmet: gate.unmet,
        unproven: gate.unproven,
        met: gate.met,
        n,
        unmet_width: tenth(share(gate.unmet, n) * 100.0),
        open_width: tenth(open * 100.0),
    }
}

fn finding(finding: &FindingCount, n: usize) -> Finding<'_> {
    Finding {
        title: &finding.title,
        word: finding_word(finding.kind, finding.severity),
        count: finding.clients,
        share: percent(share(finding.clients, n)),
    }
}

fn share(count: usize, of: usize) -> f64 {
    whole(count) / whole(of.max(1))
}
