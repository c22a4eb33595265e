//! Findings and gates in the result.
//!
//! Some findings rest on estimates, or on so few people that one or two of them would erase them.
//! Both are found by evaluating again: without the estimates, and with each share moved by one and
//! by two of those counted. A finding that holds now and not then rests on them.

use super::evaluated::Evaluated;
use super::question::counted;
use super::work::turn_of;
use super::{
    AdviceResult, Because, FindingResult, GateResult, ItemId, NeedState, Reservation,
    ReservationKind,
};
use crate::assess::evaluate::{Facts, Judgement, Sampled, findings_with, samples};
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::{Condition, Truth};
use crate::rules::pack::file::Severity;
use crate::rules::rulebook::text::TextContext;
use crate::rules::rulebook::{Advice, Finding, Gate};
use crate::rules::vocabulary::State;
use crate::text::number::uncapital;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl Evaluated<'_> {
    /// The findings that hold, and the ids of those that open answers may still bring up.
    pub(super) fn findings(&self) -> (Vec<FindingResult>, Vec<ItemId>) {
        let words = TextContext {
            items: &self.rulebook.items,
            readings: &self.evaluation.readings,
            claimed: self.evaluation.claimed.as_deref(),
            answers: self.told(),
        };
        let reservations = self.reservations();
        let (mut found, mut open) = (Vec::new(), Vec::new());
        let rules = self.rulebook.findings.iter();
        let rules = rules.zip(&self.rulebook.program.findings);
        let judged = rules.zip(&self.evaluation.findings);
        for (place, ((rule, condition), judgement)) in judged.enumerate() {
            if judgement.holds == Truth::True {
                let result = self.finding(rule, *judgement, condition, &words);
                found.push(result.reserved(reservations.about(place)));
            } else if judgement.surely == Truth::Unknown {
                open.push(ItemId::from(&rule.id));
            }
        }
        (found, open)
    }

    fn finding(
        &self,
        finding: &Finding,
        judgement: Judgement,
        condition: &Condition,
        words: &TextContext<'_>,
    ) -> FindingResult {
        let section = finding
            .section
            .and_then(|place| self.rulebook.sections.get(place));
        let is_guard = |one: &Because| {
            let node = self.rulebook.find(&one.id);
            node.is_some_and(|node| finding.guards.contains(&node))
        };
        let support = self.support(condition).into_iter();
        let (guards, because): (Vec<_>, Vec<_>) = support.partition(is_guard);
        let called_for = self.finding_called_for(finding.kind, &because);
        FindingResult {
            called_for: called_for.may_hold(),
            id: ItemId::from(&finding.id),
            section: section.map(|section| section.id.clone()),
            about: finding.about.and_then(|node| self.id(node)),
            kind: finding.kind,
            severity: finding.severity,
            severity_by_rule: None,
            reservations: Vec::new(),
            title: finding.title.clone(),
            text: words.render(&finding.text),
            certain: judgement.surely.holds() && called_for != Truth::Unknown,
            because,
            guards,
            advice: self.advice(&finding.advice),
        }
    }

    pub(super) fn gates(&self) -> Vec<GateResult> {
        let places = 0..self.rulebook.gates.len();
        places.filter_map(|place| self.gate(place)).collect()
    }

    pub(super) fn gate(&self, place: usize) -> Option<GateResult> {
        let gate = self.rulebook.gates.get(place)?;
        let judgement = self.evaluation.gates.get(place)?;
        let condition = self.rulebook.program.gates.get(place)?;
        let state = judgement.met.map_or(NeedState::NotApplicable, need_state);
        let missing = state == NeedState::Unproven && !gate.without.is_empty();
        let facts = self.facts();
        let as_asked = missing.then(|| facts.gate_as_asked(condition)).flatten();
        let as_asked = as_asked.map(need_state);
        let claimed = self.evaluation.claimed.as_ref();
        let claimed = claimed.is_some_and(|readings| {
            let claimed = Facts { readings, ..facts };
            claimed.gate(condition).met == Some(Truth::True)
        });
        let mut found = GateResult {
            id: ItemId::from(&gate.id),
            title: gate.title.clone(),
            because: gate.because.clone(),
            sentence: String::new(),
            state,
            certain: judgement.certain,
            parts: self.atoms(condition, |_, _| true),
            unasked: if missing {
                gate.without.clone()
            } else {
                Vec::new()
            },
            not_core: state == NeedState::NotApplicable && self.is_beyond_form(condition),
            as_asked,
            advice: self.advice(&gate.advice),
        };
        found.sentence = gate_sentence(gate, &found, claimed);
        if found.is_not_asked() {
            found.advice.clear();
        }
        Some(found)
    }

    /// True if a condition reads what the short form does not ask.
    fn is_beyond_form(&self, condition: &Condition) -> bool {
        let read = self.rulebook.program.read_in(condition);
        let mut read = read.iter().filter_map(|node| self.reading(*node));
        read.any(|reading| reading.state == State::NotCore)
    }

    /// Advice that raises nothing, or something more of which may be called for.
    fn advice(&self, list: &[Advice]) -> Vec<AdviceResult> {
        let wanted = list.iter().filter(|one| {
            let mut raises = one.raises.iter();
            one.raises.is_empty() || raises.any(|raise| self.more_is_called_for(raise.question))
        });
        let advice =
            wanted.map(|one| AdviceResult::of(self.rulebook, &self.evaluation.readings, one));
        advice.collect()
    }

    /// Words each work in one way: as its own pack does, where the client is given that advice, else
    /// as the first that is given does.
    pub(super) fn share_wording(gates: &mut [GateResult], findings: &mut [FindingResult]) {
        let mut shared: BTreeMap<String, AdviceResult> = BTreeMap::new();
        let unmet = gates.iter().filter(|gate| gate.state.blocks());
        let unmet = unmet.map(|gate| (&gate.id, &gate.advice));
        let found = findings.iter().filter(|one| one.called_for);
        let found = found.map(|finding| (&finding.id, &finding.advice));
        for (of, list) in unmet.chain(found) {
            for advice in list {
                if advice.is_of(of.pack()) || !shared.contains_key(&advice.work) {
                    shared.insert(advice.work.clone(), advice.clone());
                }
            }
        }
        let gates = gates.iter_mut().flat_map(|gate| &mut gate.advice);
        let findings = findings.iter_mut().flat_map(|found| &mut found.advice);
        for advice in gates.chain(findings) {
            if let Some(one) = shared.get(&advice.work) {
                let own = std::mem::replace(advice, one.clone());
                (advice.id, advice.after, advice.raises) = (own.id, own.after, own.raises);
            }
        }
    }
}

/// The state of a gate as a sentence; `claimed` where ratings as claimed would meet it.
fn gate_sentence(gate: &Gate, found: &GateResult, claimed: bool) -> String {
    let title = uncapital(&gate.title);
    match (found.state, found.as_asked) {
        (NeedState::Met, _) => format!("{}.", gate.title),
        (NeedState::NotApplicable, _) if found.not_core => message!("gate-is-not-core", title),
        (NeedState::NotApplicable, _) => message!("gate-does-not-apply", title),
        (NeedState::Unmet, _) if claimed => message!("gate-is-claimed", title),
        (NeedState::Unmet, _) => {
            let unmet = gate.unmet.clone();
            unmet.unwrap_or_else(|| message!("gate-is-not-met", title))
        }
        (NeedState::Unproven, Some(NeedState::Unmet)) => message!("gate-not-met-as-asked", title),
        (NeedState::Unproven, _) if found.is_not_asked() => {
            let packs: Vec<String> = found
                .unasked
                .iter()
                .map(|id| id.replace('-', " "))
                .collect();
            message!("gate-is-not-asked", title, packs = packs.join(" or "))
        }
        (NeedState::Unproven, _) => message!("gate-is-not-known", title),
    }
}

pub(super) fn need_state(truth: Truth) -> NeedState {
    match truth {
        Truth::True => NeedState::Met,
        Truth::False => NeedState::Unmet,
        Truth::Unknown => NeedState::Unproven,
    }
}

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
        let samples = samples(self.rulebook, self.facts());
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
    /// Its turn among findings, weightiest first.
    pub(super) fn weight(&self) -> impl Ord + use<> {
        let turn = turn_of(self.kind);
        let tier = match (self.called_for, turn) {
            (true, Some(_)) => 0,
            (true, None) => 1,
            (false, _) => 2,
        };
        (tier, Reverse(self.severity), turn)
    }

    /// Returns true for one of high or critical severity.
    pub(super) fn is_grave(&self) -> bool {
        self.severity >= Severity::High
    }

    /// The finding with its reservations, and with the severity that these allow.
    pub(super) fn reserved(self, reservations: Vec<Reservation>) -> Self {
        let lowered = !reservations.is_empty() && self.severity > Severity::Medium;
        Self {
            severity_by_rule: lowered.then_some(self.severity),
            severity: if lowered {
                Severity::Medium
            } else {
                self.severity
            },
            reservations,
            ..self
        }
    }
}
