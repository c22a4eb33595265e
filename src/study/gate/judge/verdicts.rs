//! The basis, levels, forbidden findings, and targets that are overdue.

use super::{Found, Judge, held};
use crate::assess::assessment::NeedState;
use crate::rules::vocabulary::Basis;
use jiff::civil::Date;

impl Judge<'_> {
    pub(super) fn basis(&self, least: Basis) -> Found {
        let word = |basis: Basis| match basis {
            Basis::Perception => "a perception",
            Basis::Evidenced => "on evidence",
        };
        let met = least == Basis::Perception || self.assessment.basis == Basis::Evidenced;
        Found {
            id: None,
            title: "The whole assessment".to_owned(),
            state: if met {
                NeedState::Met
            } else {
                NeedState::Unmet
            },
            certain: None,
            wanted: format!("{} at least", word(least)),
            actual: word(self.assessment.basis).to_owned(),
            questions: Vec::new(),
        }
    }

    pub(super) fn level(&self, id: &str, level: &str, label: &str, surely: bool) -> Option<Found> {
        let ladder = self.assessment.levels.iter().find(|one| one.id == id)?;
        let wanted = ladder.levels.iter().find(|one| one.id == level);
        let state = match (&ladder.level, wanted) {
            (_, Some(wanted)) if wanted.reached => NeedState::Met,
            (Some(_), _) => NeedState::Unmet,
            (None, _) => NeedState::Unproven,
        };
        let place = ladder.levels.iter().position(|one| one.id == level);
        let (below, from) = ladder.levels.split_at(place.unwrap_or_default());
        let certain = match state {
            NeedState::Met => !below.iter().any(|one| one.possible),
            NeedState::Unmet => !from.iter().any(|one| one.possible),
            NeedState::Unproven | NeedState::NotApplicable => false,
        };
        Some(Found {
            id: Some(id.to_owned()),
            title: ladder.title.clone(),
            state: held(state, certain, surely),
            certain: Some(certain),
            wanted: format!("at least {label}"),
            actual: ladder.sentence.clone(),
            questions: Vec::new(),
        })
    }

    /// Whether gates of packs are met.
    pub(super) fn gates(&self, ids: &[String], surely: bool) -> Vec<Found> {
        let wanted = self.assessment.gates.iter();
        let wanted = wanted.filter(|gate| ids.iter().any(|id| gate.id == *id));
        let found = wanted.map(|gate| {
            let reads = gate.parts.iter();
            let reads = reads.map(|part| format!("{}: {}", part.label, part.says));
            let reads: Vec<String> = reads.collect();
            let questions = self.assessment.questions.iter();
            let questions = questions.filter(|one| gate.parts.iter().any(|part| part.id == one.id));
            Found {
                id: Some(gate.id.to_string()),
                title: gate.title.clone(),
                state: held(gate.state, gate.certain, surely),
                certain: Some(gate.certain),
                wanted: "met".to_owned(),
                actual: reads.join("; "),
                questions: questions.map(|one| one.id.to_string()).collect(),
            }
        });
        found.collect()
    }

    pub(super) fn forbidden(&self, findings: &[(String, String)]) -> Vec<Found> {
        let wanted = "not found".to_owned();
        let holds = |(id, title): &(String, String)| {
            let finding = self.assessment.findings.iter().find(|one| one.id == *id);
            let open = self.assessment.open_findings.iter().any(|one| one == id);
            let (state, actual) = match finding {
                Some(one) if one.certain => (NeedState::Unmet, "found"),
                Some(_) => (NeedState::Unmet, "found, as things stand"),
                None if open => (NeedState::Unproven, "open answers may still bring it up"),
                None => return None,
            };
            let because = finding.map_or(&[][..], |one| one.because.as_slice());
            Some(Found {
                id: Some(id.clone()),
                title: title.clone(),
                state,
                certain: Some(finding.is_some_and(|one| one.certain)),
                wanted: wanted.clone(),
                actual: actual.to_owned(),
                questions: because.iter().map(|one| one.id.to_string()).collect(),
            })
        };
        let found: Vec<Found> = findings.iter().filter_map(holds).collect();
        if !found.is_empty() {
            return found;
        }
        vec![Found {
            id: None,
            title: match findings.len() {
                1 => "One forbidden finding".to_owned(),
                count => format!("{count} forbidden findings"),
            },
            state: NeedState::Met,
            certain: Some(true),
            wanted: "not found".to_owned(),
            actual: "none holds".to_owned(),
            questions: Vec::new(),
        }]
    }

    pub(super) fn overdue(&self) -> Vec<Found> {
        let wanted = |due: &str| format!("reached by {due}");
        let aimed = self.assessment.questions.iter();
        let aimed = aimed.filter_map(|one| Some((one, one.phases.last()?, one.due.as_deref()?)));
        let aimed: Vec<_> = aimed.collect();
        let whole = |state, actual: String| {
            vec![Found {
                id: None,
                title: "Targets".to_owned(),
                state,
                certain: None,
                wanted: "none overdue".to_owned(),
                actual,
                questions: Vec::new(),
            }]
        };
        let Some(on) = self.on else {
            if aimed.is_empty() {
                return whole(NeedState::Met, "no target has a day".to_owned());
            }
            return whole(
                NeedState::Unproven,
                "no day to hold them to is given".to_owned(),
            );
        };
        let late = aimed.iter().filter_map(|(question, phase, due)| {
            let passed = due.parse::<Date>().is_ok_and(|due| due < on);
            let (state, actual) = match question.value {
                Some(_) if phase.reached => return None,
                Some(_) => (NeedState::Unmet, format!("not reached: {}", question.says)),
                None => (NeedState::Unproven, question.says.clone()),
            };
            passed.then(|| Found {
                id: Some(question.id.to_string()),
                title: question.label.clone(),
                state,
                certain: None,
                wanted: wanted(due),
                actual,
                questions: vec![question.id.to_string()],
            })
        });
        let late: Vec<Found> = late.collect();
        if late.is_empty() {
            return whole(
                NeedState::Met,
                format!("none of {} overdue on {on}", aimed.len()),
            );
        }
        late
    }
}
