//! Scores and decisions in the result, and whether what is built fits what is called for.

use super::evaluated::{Evaluated, ItemReading, named};
use super::{
    Base, Capped, DecisionResult, ItemId, OpenCap, OpenQuestion, Projection, Range, ScorePart,
    ScoreResult, ScoreState,
};
use crate::answers::progress;
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{DecisionRule, Item, ItemKind, Rule, ScoreRule, Term};
use crate::rules::vocabulary::{HitPolicy, State};
use crate::text::number::{TOLERANCE, either};

impl Evaluated<'_> {
    pub(super) fn score(&self, (node, item, reading): ItemReading<'_>) -> Option<ScoreResult> {
        let rule = self.rulebook.program.score(node)?;
        let value = rated(reading);
        let claimed = differing(self.evaluation.claimed.as_deref(), node, reading);
        let target = differing(self.evaluation.targets.as_deref(), node, reading);
        let baseline = self.baseline(node);
        let called_for = self.score_called_for(node);
        let wanted = target.zip(value).filter(|_| called_for != Truth::False);
        let index = |value: f64| reading.index(value);
        let range = |low, high| (!reading.is_gone()).then(|| Range::finite(low, high));
        let (index_low, index_high) = reading.index_range();
        let terms = rule.terms.iter();
        Some(ScoreResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            aggregate: rule.aggregate,
            value,
            index: value.map(index),
            range: range(reading.low, reading.high),
            index_range: range(index_low, index_high),
            possible: range(reading.least, reading.most),
            coverage: reading.coverage,
            called_for,
            state: score_state(reading),
            claimed,
            claimed_index: claimed.map(index),
            target,
            target_index: target.map(index),
            gap: wanted.map(|(target, value)| (target - value).max(0.0)),
            projected: self.projected(node, reading),
            baseline,
            baseline_index: baseline.map(index),
            progress: self.progress(node, rule, baseline.zip(value)),
            roles: self.role_scores(node),
            beyond: self.beyond_roles(node, reading),
            confidence: self.facts().confidence(node),
            capped: self.capped(item, reading, rule),
            waits_for: self.waits_for((node, item, reading), rule),
            base: self.base(node),
            parts: terms.filter_map(|term| self.part(term)).collect(),
        })
    }

    /// The value at the start, where any answer below has one.
    fn baseline(&self, node: usize) -> Option<f64> {
        let reach = self.rulebook.program.reach();
        let notes = self.answers.notes().iter().enumerate();
        let mut starts = notes.filter(|(_, notes)| notes.baseline.is_some());
        starts.find(|(question, _)| reach.rests(node, *question))?;
        rated(self.baselines.as_deref()?.get(node)?)
    }

    /// The way a score has come; one that measures how far parts lie apart has no way to go.
    fn progress(&self, node: usize, rule: &ScoreRule, from: Option<(f64, f64)>) -> Option<f64> {
        let (baseline, value) = from.filter(|_| !rule.aggregate.properties().distance)?;
        let target = self.evaluation.targets.as_deref()?.get(node)?.value;
        target
            .is_finite()
            .then(|| progress(value, baseline, target))
    }

    /// The score on each day a phase is due, where that changes it at all.
    fn projected(&self, node: usize, reading: &Reading) -> Vec<Projection> {
        let last = self.projections.last();
        if last.is_none_or(|(_, column)| differing(Some(column), node, reading).is_none()) {
            return Vec::new();
        }
        let days = self.projections.iter().filter_map(|(day, readings)| {
            let value = readings.get(node)?.value;
            value.is_finite().then(|| Projection {
                due: day.to_string(),
                value,
                index: reading.index(value),
            })
        });
        days.collect()
    }

    fn capped(&self, item: &Item, reading: &Reading, rule: &ScoreRule) -> Option<Capped> {
        let place = usize::from(reading.by?);
        let (cap, ItemKind::Score { caps, .. }) = (rule.caps.get(place)?, &item.kind) else {
            return None;
        };
        let readings = &self.evaluation.readings;
        Some(Capped {
            at: cap.at,
            because: caps.get(place).cloned().unwrap_or_default(),
            parts: self.atoms(&cap.when, |atom, holding| {
                atom.judge(readings).holds() == holding
            }),
        })
    }

    /// The caps below the value that cannot be judged yet.
    fn waits_for(&self, (node, item, reading): ItemReading<'_>, rule: &ScoreRule) -> Vec<OpenCap> {
        let ItemKind::Score { caps, .. } = &item.kind else {
            return Vec::new();
        };
        let judged = self.evaluation.trace.caps.iter();
        let open = judged.filter(|(of, _, truth)| *of == node && *truth == Truth::Unknown);
        let open = open.filter_map(|(_, place, _)| rule.caps.get(*place).zip(caps.get(*place)));
        let open = open.filter(|(cap, _)| reading.value > cap.at);
        open.map(|(cap, because)| OpenCap {
            at: cap.at,
            because: because.clone(),
            questions: self.open_questions(&self.rulebook.program.read_in(&cap.when)),
        })
        .collect()
    }

    /// The open questions below some items.
    fn open_questions(&self, nodes: &[usize]) -> Vec<OpenQuestion> {
        let reach = self.rulebook.program.reach();
        let open = self.questions().filter(|(question, _, reading)| {
            reading.state.is_open() && nodes.iter().any(|node| reach.rests(*node, *question))
        });
        let open = open.map(|(question, item, _)| OpenQuestion {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            hidden: self.is_hidden(question),
        });
        open.collect()
    }

    /// The answers below a score of the pack that speaks for all, where it gathers questions of
    /// other packs; `None` for any other item.
    pub(super) fn base(&self, node: usize) -> Option<Base> {
        let item = self.rulebook.item(node)?;
        let pack = item.pack;
        self.rulebook.packs.get(pack).filter(|one| one.overall)?;
        let mut below: Vec<usize> = self.terms(node)?.collect();
        let outside = |node: &usize| {
            let item = self.rulebook.item(*node);
            *node < self.rulebook.question_count() && item.is_some_and(|item| item.pack != pack)
        };
        if !below.iter().any(outside) {
            return None;
        }
        let mut base = Base::default();
        if let ItemKind::Score { not_asked, .. } = &item.kind {
            base.not_asked.clone_from(not_asked);
        }
        while let Some(node) = below.pop() {
            if let Some(terms) = self.terms(node) {
                below.extend(terms);
                continue;
            }
            let reading = self.reading(node)?;
            if !reading.is_absent() && self.called_for(node) != Truth::False {
                base.applicable += 1;
                base.rated += usize::from(reading.state == State::Rated);
            } else {
                base.left_out += 1;
            }
        }
        Some(base)
    }

    fn terms(&self, node: usize) -> Option<impl Iterator<Item = usize> + use<'_>> {
        let rule = self.rulebook.program.score(node)?;
        Some(rule.terms.iter().map(|term| term.node))
    }

    fn part(&self, term: &Term) -> Option<ScorePart> {
        let (item, reading) = self.item(term.node)?;
        let called_for = || self.facts().called_for(term.node).holds;
        Some(ScorePart {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            weight: term.weight,
            value: rated(reading),
            absent: reading.is_absent(),
            not_called_for: term.gathered && called_for() == Truth::False,
        })
    }
}

impl Evaluated<'_> {
    pub(super) fn decision(
        &self,
        (node, item, reading): ItemReading<'_>,
    ) -> Option<DecisionResult> {
        let table = self.rulebook.program.table(node)?;
        Some(DecisionResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            outcome: named(&item.kind, reading.held),
            possible: named(&item.kind, reading.possible),
            certain: reading.is_certain(),
            not_applicable: reading.is_gone() && !is_not_asked(reading),
            not_asked: is_not_asked(reading),
            rule: deciding(table, reading).map(|rule| rule.id.clone()),
            because: self.rule_reason(node, reading, table),
            inputs: self.becauses(&table.inputs),
        })
    }

    /// The reason for an outcome: that of the rule that decides; where several rules hold, or open
    /// answers choose between rules of one outcome, the reasons of all of them.
    fn rule_reason(&self, node: usize, reading: &Reading, table: &DecisionRule) -> Option<String> {
        if reading.by.is_some() {
            return Some(deciding(table, reading)?.because.clone());
        }
        let all = table.hit_policy == HitPolicy::Collect;
        let mut reasons: Vec<&str> = Vec::new();
        let tried = self.evaluation.trace.rules.iter();
        for (_, place, truth) in tried.filter(|one| one.0 == node) {
            let counts = truth.holds() || !all && truth.may_hold();
            let leads = |rule: &&Rule| counts && reading.held & (1 << rule.outcome) != 0;
            let Some(rule) = table.rules.get(*place).filter(leads) else {
                continue;
            };
            let because = rule.because.trim_end_matches('.');
            if !reasons.contains(&because) {
                reasons.push(because);
            }
        }
        match reasons.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            several if all => Some(several.join("; ")),
            several => {
                let quoted: Vec<String> = several.iter().map(|one| format!("“{one}”")).collect();
                let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
                Some(message!(
                    "which-of-them-is-open-and-they-come",
                    either = either(&quoted)
                ))
            }
        }
    }
}

/// The rule that decided; `None` where several hold, or where it is open which of several does.
fn deciding<'r>(table: &'r DecisionRule, reading: &Reading) -> Option<&'r Rule> {
    table.rules.get(usize::from(reading.by?))
}

fn rated(reading: &Reading) -> Option<f64> {
    Some(reading.value).filter(|value| !value.is_nan())
}

/// The value in another column of readings, where it differs from this one.
fn differing(column: Option<&[Reading]>, node: usize, reading: &Reading) -> Option<f64> {
    let other = column?.get(node)?.value;
    let differs = !other.is_nan() && (other - reading.value).abs() > TOLERANCE;
    differs.then_some(other)
}

fn is_not_asked(reading: &Reading) -> bool {
    matches!(reading.state, State::NotAsked | State::NotCore)
}

fn score_state(reading: &Reading) -> ScoreState {
    if is_not_asked(reading) {
        ScoreState::NotAsked
    } else if reading.is_absent() {
        ScoreState::NotApplicable
    } else if !reading.is_rated() {
        ScoreState::NotAssessed
    } else if reading.has_verdict() {
        ScoreState::Rated
    } else {
        ScoreState::Thin
    }
}
