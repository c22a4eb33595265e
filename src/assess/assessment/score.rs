//! Scores in the result.

use super::build::Build;
use super::{
    Base, Because, Capped, ItemId, OpenCap, OpenQuestion, Part, Projection, Range, ScoreResult,
    Verdict,
};
use crate::answers::progress;
use crate::assess::evaluate::confidence;
use crate::rules::condition::Truth;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Item, ItemKind, ScoreRule};
use crate::rules::vocabulary::State;

impl Build<'_> {
    pub(super) fn score_result(
        &self,
        node: usize,
        item: &Item,
        reading: &Reading,
    ) -> Option<ScoreResult> {
        let rule = self.rulebook.program.score(node)?;
        let value = rated(reading);
        let claimed = differing(self.evaluation.claimed.as_deref(), node, reading);
        let target = differing(self.evaluation.targets.as_deref(), node, reading);
        let baseline = self.baseline(node);
        let called_for = self.score_called_for(node);
        let wanted = target.zip(value).filter(|_| called_for != Truth::False);
        let index = |value: f64| reading.index(value);
        let range = |low: f64, high: f64| {
            (!reading.is_gone()).then(|| Range {
                low: or_zero(low),
                high: or_zero(high),
            })
        };
        Some(ScoreResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            aggregate: rule.aggregate,
            value,
            index: value.map(index),
            range: range(reading.low, reading.high),
            index_range: range(reading.index_range().0, reading.index_range().1),
            possible: range(reading.least, reading.most),
            coverage: reading.coverage,
            called_for,
            state: verdict(reading),
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
            confidence: confidence(
                self.rulebook.program(),
                &self.evaluation.readings,
                self.answers,
                node,
            ),
            capped: self.capped(item, reading, rule),
            waits_for: self.waits_for(node, item, reading, rule),
            base: self.base(node),
            parts: rule
                .terms
                .iter()
                .filter_map(|term| self.part(term.node, term.weight))
                .collect(),
        })
    }

    /// The value at the start, where any answer below has one.
    fn baseline(&self, node: usize) -> Option<f64> {
        let reach = self.rulebook.program.reach();
        let remarks = self.answers.notes().iter().enumerate();
        let mut starts = remarks.filter(|(_, remark)| remark.baseline.is_some());
        starts.find(|(question, _)| reach.rests(node, *question))?;
        rated(self.baselines.as_deref()?.get(node)?)
    }

    /// How far a score has come; one that tells how far parts lie apart has no way to go.
    fn progress(&self, node: usize, rule: &ScoreRule, from: Option<(f64, f64)>) -> Option<f64> {
        let (baseline, value) = from.filter(|_| !rule.aggregate.is_apart())?;
        let target = self.evaluation.targets.as_deref()?.get(node)?.value;
        target
            .is_finite()
            .then(|| progress(value, baseline, target))
    }

    /// What the score comes to on each day a phase is due, where that changes it at all.
    fn projected(&self, node: usize, reading: &Reading) -> Vec<Projection> {
        let days = self.projections.iter().filter_map(|(day, readings)| {
            let value = readings.get(node)?.value;
            value.is_finite().then(|| Projection {
                due: day.to_string(),
                value,
                index: reading.index(value),
            })
        });
        let changes = |column: &Vec<Reading>| differing(Some(column), node, reading).is_some();
        let last = self.projections.last();
        if last.is_some_and(|(_, column)| changes(column)) {
            days.collect()
        } else {
            Vec::new()
        }
    }

    fn capped(&self, item: &Item, reading: &Reading, rule: &ScoreRule) -> Option<Capped> {
        let place = usize::from(reading.by?);
        let (cap, ItemKind::Score { caps, .. }) = (rule.caps.get(place)?, &item.kind) else {
            return None;
        };
        let because = caps.get(place).cloned().unwrap_or_default();
        Some(Capped {
            at: cap.at,
            because,
            parts: self.cap_parts(&cap.when),
        })
    }

    /// The caps below the value that cannot be judged yet.
    fn waits_for(
        &self,
        node: usize,
        item: &Item,
        reading: &Reading,
        rule: &ScoreRule,
    ) -> Vec<OpenCap> {
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
        let program = self.rulebook.program();
        let open = (0..program.questions.len()).filter(|question| {
            let reading = self.evaluation.readings.get(*question);
            reading.is_some_and(|one| one.state.is_open())
                && nodes
                    .iter()
                    .any(|node| program.reach().rests(*node, *question))
        });
        let named = open.filter_map(|question| {
            let item = self.rulebook.item(question)?;
            Some(OpenQuestion {
                id: ItemId::from(&item.id),
                label: item.label.clone(),
                hidden: self.is_hidden(question),
            })
        });
        named.collect()
    }

    fn cap_parts(&self, when: &crate::rules::condition::Condition) -> Vec<Because> {
        let atoms = when.atoms();
        let judged = atoms.iter().filter_map(|(index, holding)| {
            let atom = self.rulebook.program.atoms.get(*index)?;
            let holds = atom.judge(&self.evaluation.readings).holds();
            let words = super::test_words(&atom.test, self.rulebook.item(atom.node)?);
            (holds == *holding)
                .then(|| self.because(atom.node, words))
                .flatten()
        });
        judged.collect()
    }

    /// The answers below a score of the pack that speaks for all, where it gathers questions of
    /// other packs; `None` for any other item.
    pub(super) fn base(&self, node: usize) -> Option<Base> {
        let pack = self.rulebook.item(node)?.pack;
        self.rulebook.packs.get(pack).filter(|one| one.overall)?;
        let mut below: Vec<usize> = self.terms(node)?.collect();
        let outside = |node: &usize| {
            let item = self.rulebook.item(*node);
            *node < self.rulebook.question_count() && item.is_some_and(|item| item.pack != pack)
        };
        if !below.iter().any(outside) {
            return None;
        }
        let not_asked = match &self.rulebook.item(node)?.kind {
            ItemKind::Score { not_asked, .. } => not_asked.clone(),
            ItemKind::Question(_)
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => Vec::new(),
        };
        let mut base = Base {
            not_asked,
            ..Base::default()
        };
        while let Some(node) = below.pop() {
            if let Some(terms) = self.terms(node) {
                below.extend(terms);
                continue;
            }
            let reading = self.evaluation.readings.get(node)?;
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

    fn part(&self, node: usize, weight: f64) -> Option<Part> {
        let (item, reading) = (
            self.rulebook.item(node)?,
            self.evaluation.readings.get(node)?,
        );
        Some(Part {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            weight,
            value: rated(reading),
            absent: reading.is_absent(),
        })
    }
}

fn rated(reading: &Reading) -> Option<f64> {
    Some(reading.value).filter(|value| !value.is_nan())
}

fn or_zero(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// The value of another walk, where it differs from this one.
fn differing(column: Option<&[Reading]>, node: usize, reading: &Reading) -> Option<f64> {
    let other = column?.get(node)?.value;
    let differs = !other.is_nan() && (other - reading.value).abs() > crate::text::number::TOLERANCE;
    differs.then_some(other)
}

fn verdict(reading: &Reading) -> Verdict {
    if reading.state == State::NotAsked {
        Verdict::NotAsked
    } else if reading.is_absent() {
        Verdict::NotApplicable
    } else if !reading.is_rated() {
        Verdict::NotAssessed
    } else if reading.has_verdict() {
        Verdict::Rated
    } else {
        Verdict::Thin
    }
}
