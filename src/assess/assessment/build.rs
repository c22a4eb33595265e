//! From an evaluation to the result document.

use super::confidence::proven_answers;
use super::effect::Effects;
use super::group::Seen;
use super::next::next;
use super::say::either;
use super::work::Found;
use super::{
    Answered, Assessment, Because, ClientResult, Confidence, DecisionResult, ItemId, LadderResult,
    Named, QuestionResult, ScoreResult, reading_words, test_words,
};
use crate::answers::Answers;
use crate::assess::evaluate::{Evaluation, imagine};
use crate::assess::plan::{advice::Remedies, priority::raises};
use crate::rules::condition::{Condition, Truth};
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Item, ItemKind, Row, Rulebook};
use crate::rules::vocabulary::HitPolicy;
use jiff::civil::Date;

/// What every part of the document is made from.
pub(super) struct Build<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) answers: &'a Answers,
    pub(super) evaluation: &'a Evaluation,
    /// The roles that are shown.
    pub(super) seen: Vec<Seen>,
    /// The readings on each day a phase is due.
    pub(super) projections: Vec<(Date, Vec<Reading>)>,
    /// The readings with every question at its baseline.
    pub(super) baselines: Option<Vec<Reading>>,
}

impl<'a> Build<'a> {
    pub(super) fn new(
        rulebook: &'a Rulebook,
        answers: &'a Answers,
        evaluation: &'a Evaluation,
    ) -> Self {
        Self {
            rulebook,
            answers,
            evaluation,
            seen: Self::seen(rulebook, answers),
            projections: answers
                .dues()
                .into_iter()
                .map(|day| {
                    let given = |node, given: &_| answers.by(node, given, day);
                    (day, imagine(&rulebook.program, answers, given))
                })
                .collect(),
            baselines: answers.any_baseline().then(|| {
                let given = |node, given: &_| answers.at_first(node, given);
                imagine(&rulebook.program, answers, given)
            }),
        }
    }

    pub(super) fn assessment(&self) -> Assessment {
        let coverage = self.coverage();
        let (mut findings, open_findings) = self.findings();
        let mut gates = self.gates();
        Self::tell_alike(&mut gates, &mut findings);
        let levels = self.each(Self::ladder);
        let fits = self.fits();
        let found = Found {
            gates: &gates,
            findings: &findings,
            levels: &levels,
            fits: &fits,
        };
        let mut works = self.works(&found);
        let readings = &self.evaluation.readings;
        let remedies = Remedies::new(self.rulebook, readings, &gates, &findings);
        let is_gap = |node: usize| {
            let reading = readings.get(node);
            reading.is_some_and(|reading| self.is_gap(node, reading))
        };
        let mut plan = raises(self.rulebook, self.answers, readings, is_gap, &remedies);
        let mut effects = Effects::new(self);
        let spare = self.spare(&works, &plan);
        let causes = self.causes(&found, (&works, &spare), &plan, &mut effects);
        let mut questions = self.each(Self::question);
        works.extend(Self::wanted(spare, &causes, &questions));
        let actions = self.actions(&works, &causes, &plan, &mut effects);
        self.led(&mut plan, &actions);
        let simplify = self.simplify(&actions);
        self.lead_to_targets(&mut questions, &actions);
        let result = Assessment {
            format: 1,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
            packs: self.packs(),
            client: ClientResult {
                name: self.answers.client.name.clone(),
                unit: self.answers.client.unit.clone(),
            },
            assessed_on: self.answers.assessed_on.map(|date| date.to_string()),
            basis: self.answers.basis(),
            status: self.answers.status,
            respondents: self.respondents(),
            coverage,
            confidence: self.confidence(coverage),
            questions,
            scores: self.each(Self::score),
            rankings: self.rankings(),
            gaps: self.gaps(),
            decisions: self.each(Self::decision),
            levels,
            gates,
            metrics: self.metrics(),
            findings,
            open_findings,
            fits,
            causes,
            actions,
            next: Vec::new(),
            simplify,
            plan,
        };
        let next = next(&result);
        Assessment { next, ..result }
    }

    /// Rated share of the applicable questions, free text apart.
    fn coverage(&self) -> f64 {
        let Answered { applicable, rated } = self.answered(|_| true);
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if applicable == 0 {
            0.0
        } else {
            count(rated) / count(applicable)
        }
    }

    fn confidence(&self, coverage: f64) -> Confidence {
        let evidence = proven_answers(self.answers, &self.evaluation.readings);
        match self.answers.panel() {
            None => Confidence::of_one_assessor(coverage, evidence),
            Some(panel) => Confidence::of_many(coverage, evidence, panel.grades),
        }
    }

    /// What a maker makes of every item it is for.
    pub(super) fn each<T>(&self, make: fn(&Self, usize, &Item, &Reading) -> Option<T>) -> Vec<T> {
        let pairs = self
            .rulebook
            .items
            .iter()
            .zip(&self.evaluation.readings)
            .enumerate();
        pairs
            .filter_map(|(node, (item, reading))| make(self, node, item, reading))
            .collect()
    }

    fn question(&self, node: usize, item: &Item, reading: &Reading) -> Option<QuestionResult> {
        match &item.kind {
            ItemKind::Question(question) => self.question_result(node, item, question, reading),
            ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => None,
        }
    }

    fn score(&self, node: usize, item: &Item, reading: &Reading) -> Option<ScoreResult> {
        match &item.kind {
            ItemKind::Score { .. } => self.score_result(node, item, reading),
            ItemKind::Question(_)
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => None,
        }
    }

    fn ladder(&self, node: usize, item: &Item, reading: &Reading) -> Option<LadderResult> {
        match &item.kind {
            ItemKind::Ladder { by_index, .. } => self.ladder_result(node, item, *by_index, reading),
            ItemKind::Question(_)
            | ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. } => None,
        }
    }

    fn decision(&self, node: usize, item: &Item, reading: &Reading) -> Option<DecisionResult> {
        let ItemKind::Decision { rules, .. } = &item.kind else {
            return None;
        };
        let names = names(&item.kind);
        let rule = reading.by.and_then(|place| rules.get(usize::from(place)));
        let table = self.rulebook.program.table(node);
        let inputs = table.map_or(&[][..], |table| table.inputs.as_slice());
        Some(DecisionResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            outcome: taken(&names, reading.held),
            possible: taken(&names, reading.possible),
            certain: reading.is_certain(),
            not_applicable: reading.is_absent(),
            rule: rule.map(|rule| rule.id.clone()),
            because: self.rule_reason(node, rules),
            inputs: inputs
                .iter()
                .filter_map(|node| self.because(*node, String::new()))
                .collect(),
        })
    }

    /// Why a decision comes out as it does: the reason of the rule that decides; where several rules
    /// hold, or open answers choose between rules of one outcome, the reasons of all of them.
    pub(super) fn rule_reason(&self, node: usize, rules: &[Row]) -> Option<String> {
        let reading = self.evaluation.readings.get(node)?;
        if let Some(place) = reading.by {
            return Some(rules.get(usize::from(place))?.because.clone());
        }
        let table = self.rulebook.program.table(node)?;
        let all = table.hit_policy == HitPolicy::Collect;
        let leads = |place: usize| {
            let rule = table.rules.get(place);
            rule.is_some_and(|rule| reading.held & (1 << rule.outcome) != 0)
        };
        let mut reasons: Vec<&str> = Vec::new();
        for (_, place, truth) in self
            .evaluation
            .trace
            .rules
            .iter()
            .filter(|one| one.0 == node)
        {
            let counts = truth.holds() || !all && truth.possible();
            let Some(rule) = rules.get(*place).filter(|_| counts && leads(*place)) else {
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
                Some(format!(
                    "{}; which of them is open, and they come to the same",
                    either(&quoted)
                ))
            }
        }
    }

    /// An item with its answer, value or outcome in words.
    pub(super) fn because(&self, node: usize, test: String) -> Option<Because> {
        let (item, reading) = (
            self.rulebook.item(node)?,
            self.evaluation.readings.get(node)?,
        );
        let figure = Some(reading.value).filter(|_| reading.is_rated());
        let says = figure
            .and_then(|value| self.figure_words(node, value))
            .or_else(|| self.answer_says(node, item, reading))
            .or_else(|| self.closed_says(node, reading))
            .unwrap_or_else(|| reading_words(item, reading));
        let says = match self.counts_as(node, item, reading) {
            Some(held) => format!("{says}, {held}"),
            None => says,
        };
        Some(Because {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            says,
            test,
        })
    }

    /// The atoms that made a condition true, each item once.
    pub(super) fn support(&self, condition: &Condition) -> Vec<Because> {
        let mut list: Vec<Because> = Vec::new();
        for (index, holding) in condition.atoms() {
            let truth = self
                .evaluation
                .trace
                .atoms
                .get(index)
                .copied()
                .unwrap_or(Truth::Unknown);
            let supports = truth == if holding { Truth::True } else { Truth::False };
            let Some(atom) = self.rulebook.program.atoms.get(index).filter(|_| supports) else {
                continue;
            };
            let Some(item) = self.rulebook.item(atom.node) else {
                continue;
            };
            if list.iter().any(|one| one.id == item.id) {
                continue;
            }
            let words = test_words(&atom.test, item);
            let words = if holding {
                words
            } else {
                format!("not {words}")
            };
            list.extend(self.because(atom.node, words));
        }
        list
    }
}

/// The outcomes of a decision or the levels of a ladder, in order; nothing else has names.
pub(super) fn names(kind: &ItemKind) -> Vec<Named> {
    let named = |(id, label): (&String, &String)| Named {
        id: id.clone(),
        label: label.clone(),
    };
    match kind {
        ItemKind::Decision { outcomes, .. } => {
            let pairs = outcomes.iter().map(|one| (&one.id, &one.label));
            pairs.map(named).collect()
        }
        ItemKind::Ladder { levels, .. } => {
            let pairs = levels.iter().map(|one| (&one.id, &one.title));
            pairs.map(named).collect()
        }
        ItemKind::Question(_) | ItemKind::Score { .. } | ItemKind::Figure { .. } => Vec::new(),
    }
}

/// The names whose bits are set.
pub(super) fn taken(names: &[Named], set: u64) -> Vec<Named> {
    names
        .iter()
        .enumerate()
        .filter(|(place, _)| set & (1 << place) != 0)
        .map(|(_, name)| name.clone())
        .collect()
}
