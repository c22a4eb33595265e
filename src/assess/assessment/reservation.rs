//! Findings that rest on estimates, or on so few people that one or two of them would erase them.
//!
//! Both are found by evaluating again: without the estimates, and with each share moved by one and
//! by two of those counted. A finding that holds now and not then rests on them.

use super::evaluated::Evaluated;
use super::question::counted;
use super::{FindingResult, ItemId, Reservation, ReservationKind};
use crate::assess::evaluate::{Sampled, findings_with, samples};
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::pack::file::Severity;
use crate::rules::vocabulary::State;

/// Everything that findings may rest on and that carries no high severity.
pub(super) struct Reservations {
    estimates: Vec<Estimate>,
    /// The truth of every finding without any estimate.
    without_all: Vec<Truth>,
    /// Each share, for one and for two of those counted, with the truth of every finding were it
    /// so many fewer, or so many more.
    samples: Vec<[(Reservation, [Vec<Truth>; 2]); 2]>,
}

/// An estimate with the truth of every finding without it, and without any other.
struct Estimate {
    reservation: Reservation,
    without: Vec<Truth>,
    alone: Vec<Truth>,
}

impl Reservations {
    /// The reservations on a finding that holds: each estimate without which it falls; where it falls
    /// only without several, each that bears it alone, or else all of them.
    pub(super) fn about(&self, finding: usize) -> Vec<Reservation> {
        let holds = |findings: &Vec<Truth>| findings.get(finding) == Some(&Truth::True);
        let estimates = || self.estimates.iter();
        let mut rests: Vec<&Estimate> = estimates().filter(|one| !holds(&one.without)).collect();
        if rests.is_empty() && !holds(&self.without_all) {
            rests = estimates().filter(|one| holds(&one.alone)).collect();
        }
        if rests.is_empty() && !holds(&self.without_all) {
            rests = estimates().collect();
        }
        let few = self.samples.iter();
        // The fewest that make the difference.
        let few = few.filter_map(|moved| moved.iter().find(|(_, then)| !then.iter().all(holds)));
        let rests = rests.into_iter().map(|one| &one.reservation);
        rests.chain(few.map(|(one, _)| one)).cloned().collect()
    }
}

impl Evaluated<'_> {
    pub(super) fn reservations(&self) -> Reservations {
        let program = &self.rulebook.program;
        let then = |changed: &[(usize, Reading)]| findings_with(program, self.answers, changed);
        let shapes = program.questions.iter().enumerate();
        let open = shapes.filter(|(node, _)| self.estimated(*node).is_some());
        let unknown = |shape: &Reading| shape.answered(State::Unknown, 0, f64::NAN);
        let all: Vec<(usize, Reading)> = open.map(|(node, shape)| (node, unknown(shape))).collect();
        let estimates = all.iter().filter_map(|one| {
            let others = all.iter().filter(|other| other.0 != one.0);
            Some(Estimate {
                reservation: self.estimate(one.0)?,
                without: then(std::slice::from_ref(one)),
                alone: then(&others.copied().collect::<Vec<_>>()),
            })
        });
        let readings = &self.evaluation.readings;
        let samples = samples(self.rulebook, self.answers, readings);
        let samples = samples.iter().filter_map(|sample| {
            let by = |people: u32| {
                let moved = sample.moved(readings, people);
                let moved = moved.map(|reading| then(&[(sample.node, reading)]));
                Some((self.sample(sample, people)?, moved))
            };
            Some([by(1)?, by(2)?])
        });
        Reservations {
            estimates: estimates.collect(),
            without_all: then(&all),
            samples: samples.collect(),
        }
    }

    fn estimate(&self, node: usize) -> Option<Reservation> {
        let item = self.rulebook.item(node)?;
        let people = self.estimated(node)?.people;
        let by = people.map_or_else(
            || message!("several-people").to_owned(),
            |people| format!("{people} people"),
        );
        Some(Reservation {
            kind: ReservationKind::Estimate,
            id: ItemId::from(&item.id),
            says: message!("is-an-estimate-by", label = item.label, by),
        })
    }

    fn sample(&self, sample: &Sampled, people: u32) -> Option<Reservation> {
        let (item, reading) = self.item(sample.node)?;
        let counted = match item.kind.question() {
            Some(_) => format!("{} of {}", counted(reading.value, sample.of), sample.of),
            None => format!("{} counted", sample.of),
        };
        Some(Reservation {
            kind: ReservationKind::SmallSample,
            id: ItemId::from(&item.id),
            says: message!(
                "of-them-would-make-the-difference",
                label = item.label,
                counted,
                the_if = if people == 1 { "one" } else { "two" }
            ),
        })
    }
}

impl FindingResult {
    /// The finding with its reservations, and with the severity that these allow.
    pub(super) fn reserved(self, reservations: Vec<Reservation>) -> Self {
        let held = !reservations.is_empty() && self.severity > Severity::Medium;
        Self {
            severity_by_rule: held.then_some(self.severity),
            severity: if held {
                Severity::Medium
            } else {
                self.severity
            },
            reservations,
            ..self
        }
    }
}
