//! Decisions: inputs resolved, cells compiled, the table proven; and ladders.

use super::condition::TestPlace;
use super::table::{Column, prove};
use super::{Linker, label_of, repeated};
use crate::rules::condition::{Atom, Interval, Test};
use crate::rules::pack::file::{
    DecisionFile, LadderFile, LadderMeasure, LevelFile, OutcomesFile, RuleFile,
};
use crate::rules::rulebook::{
    DecisionRule, Domain, ItemKind, LadderRule, Level, Outcome, Requirement, Rule, Step,
};
use crate::rules::vocabulary::{Basis, HitPolicy};
use crate::text::yaml::Located;
use crate::{message, problem};

/// More outcomes or levels than this do not fit a bit mask.
const MOST_OUTCOMES: usize = 64;

impl Linker<'_> {
    pub(super) fn decision(&mut self, node: usize, file: &DecisionFile) {
        let before = self.problems.errors();
        let pack = self.pack_of(node);
        let inputs = file.inputs.iter();
        let inputs: Vec<usize> = inputs.filter_map(|id| self.rely_on(pack, id)).collect();
        let outcomes = outcomes(&file.outcomes.value);
        self.check_outcomes(file, &outcomes);
        self.check_rules(file);
        if self.problems.errors() > before {
            return;
        }
        let rules = file.rules.iter();
        let rules: Vec<Rule> = rules
            .filter_map(|rule| self.rule(&inputs, &outcomes, rule))
            .collect();
        if self.problems.errors() > before {
            return;
        }
        let several = file.hit_policy == HitPolicy::Collect;
        let table = DecisionRule {
            hit_policy: file.hit_policy,
            inputs,
            rules,
            outcomes: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        };
        if !several {
            self.proof(file, &table);
        }
        let domain = Domain::Outcomes {
            names: outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
            ordered: file.ordered.unwrap_or(true) && !several,
            several,
        };
        self.set(node, domain, ItemKind::Decision { outcomes });
        self.program.push(Step::Decide { node, table });
    }

    fn check_outcomes(&mut self, file: &DecisionFile, outcomes: &[Outcome]) {
        let place = file.outcomes.place;
        if outcomes.len() < 2 || outcomes.len() > MOST_OUTCOMES {
            let problem = problem!(InvalidTable, "a-decision-has-to-outcomes", MOST_OUTCOMES);
            self.refuse(place, problem);
        }
        for (_, outcome) in repeated(outcomes, |outcome| &outcome.id) {
            let problem = problem!(DuplicateId, "is-an-outcome-twice", id = outcome.id);
            self.refuse(place, problem);
        }
        for outcome in outcomes {
            self.check_id(&outcome.id, place);
        }
    }

    fn check_rules(&mut self, file: &DecisionFile) {
        let inputs = file.inputs.len();
        if file.inputs.is_empty() || file.rules.is_empty() {
            let problem = problem!(InvalidTable, "a-decision-needs-inputs-and-rules");
            self.refuse(file.outcomes.place, problem);
        }
        for (_, rule) in repeated(&file.rules, |rule| &rule.id.value) {
            let problem = problem!(DuplicateId, "is-the-id-of-two-rules", id = rule.id.value);
            self.refuse(rule.id.place, problem);
        }
        for rule in &file.rules {
            let (id, cells) = (&rule.id.value, rule.cells.value.len());
            if cells != inputs {
                let problem = problem!(InvalidTable, "cells-of-rule", id, cells, inputs);
                self.refuse(rule.cells.place, problem);
            }
        }
    }

    fn rule(&mut self, inputs: &[usize], outcomes: &[Outcome], file: &RuleFile) -> Option<Rule> {
        let pairs = inputs.iter().zip(&file.cells.value);
        let cells: Vec<Option<usize>> = pairs
            .map(|(node, cell)| self.cell(*node, &cell.value.text, cell.place, TestPlace::Table))
            .collect();
        let name = &file.then.value;
        let outcome = outcomes.iter().position(|outcome| outcome.id == *name);
        if outcome.is_none() {
            let known = outcomes.iter().map(|one| one.id.as_str());
            let problem = problem!(UnknownChoice, "is-not-an-outcome-of-this-decision", name);
            self.refuse(file.then.place, problem.nearest(name, known));
        }
        let written = file.cells.value.iter();
        Some(Rule {
            id: file.id.value.clone(),
            because: file.because.clone(),
            written: written.map(|cell| cell.value.text.clone()).collect(),
            cells: cells.into_iter().collect::<Option<_>>()?,
            outcome: u32::try_from(outcome?).ok()?,
        })
    }

    fn proof(&mut self, file: &DecisionFile, table: &DecisionRule) {
        let test = |cell: &usize| self.program.atoms.get(*cell).map(|atom| &atom.test);
        let rules = table.rules.iter();
        let rules: Vec<Vec<&Test>> = rules
            .map(|rule| rule.cells.iter().filter_map(test).collect())
            .collect();
        let inputs = table.inputs.iter().enumerate();
        let columns = inputs.filter_map(|(place, node)| {
            let cells = rules.iter().filter_map(|cells| cells.get(place).copied());
            let item = self.items.get(*node)?;
            Some(Column::new(item, &cells.collect::<Vec<_>>()))
        });
        let columns: Vec<Column> = columns.collect();
        self.problems.extend(prove(file, &columns, &rules));
    }

    /// Compiles a ladder; gates are known by their place, and compiled after all items.
    pub(super) fn ladder(&mut self, node: usize, file: &LadderFile) {
        self.check_levels(file);
        let levels = &file.levels.value;
        let by_index = file.measure == Some(LadderMeasure::Index);
        let domain = Domain::Outcomes {
            names: levels.iter().map(|level| level.id.value.clone()).collect(),
            ordered: true,
            several: false,
        };
        let texts = levels.iter().map(|level| Outcome {
            text: level.text.clone(),
            ..outcome(&level.id.value, level.title.clone())
        });
        let levels = texts.collect();
        self.set(node, domain, ItemKind::Ladder { levels });
        let pack = self.pack_of(node);
        let of = file.of.as_ref().and_then(|id| self.rely_on(pack, id));
        // Thresholds of a ladder are on one scale: one hint at `measure: index` mends them all.
        let mut hinted = false;
        let levels = file.levels.value.iter();
        let levels = levels.map(|level| self.level(pack, of, level, (by_index, &mut hinted)));
        let levels = levels.collect();
        let ladder = LadderRule { of, levels };
        self.program.push(Step::Climb { node, ladder });
    }

    fn check_levels(&mut self, file: &LadderFile) {
        let levels = &file.levels.value;
        if levels.len() < 2 || levels.len() > MOST_OUTCOMES {
            let problem = problem!(
                InvalidLadder,
                "a-ladder-has-to-levels",
                MOST_LEVELS = MOST_OUTCOMES
            );
            self.refuse(file.levels.place, problem);
        }
        for (_, level) in repeated(levels, |level| &level.id.value) {
            let problem = problem!(DuplicateId, "is-a-level-twice", id = level.id.value);
            self.refuse(level.id.place, problem);
        }
        for (index, level) in levels.iter().enumerate() {
            let id = &level.id;
            self.check_id(&id.value, id.place);
            if index == 0 && asks(level) {
                let problem = problem!(InvalidLadder, "lowest-level-asks", id = id.value);
                self.refuse(id.place, problem);
            }
            if index > 0 && !asks(level) {
                let problem = problem!(InvalidLadder, "the-level-asks-for-nothing", id = id.value);
                self.refuse(id.place, problem);
            }
        }
    }

    fn level(
        &mut self,
        pack: usize,
        of: Option<usize>,
        file: &LevelFile,
        (by_index, hinted): (bool, &mut bool),
    ) -> Level {
        let mut requirements = Vec::new();
        if let Some(from) = &file.from {
            if let Some(node) = of {
                let atom = self.threshold(node, from, (by_index, &mut *hinted));
                requirements.extend(atom.map(Requirement::From));
            } else {
                let problem = problem!(InvalidLadder, "from-needs-a-score-to-read");
                self.refuse(from.place, problem);
            }
        }
        if let Some(every) = &file.every {
            for node in self.members(pack, &every.of) {
                let atom = self.threshold(node, &every.at_least, (by_index, &mut *hinted));
                requirements.extend(atom.map(Requirement::Floor));
            }
        }
        let gates = file.gates.iter();
        requirements
            .extend(gates.filter_map(|gate| self.gate_place(pack, gate).map(Requirement::Gate)));
        if let Some(basis) = &file.basis {
            if basis.value == Basis::Perception {
                let problem = problem!(InvalidLadder, "every-assessment-is-at-least-on");
                self.refuse(basis.place, problem);
            }
            requirements.push(Requirement::Basis);
        }
        if let Some(confidence) = &file.confidence {
            if let Some(node) = of {
                requirements.push(Requirement::Confidence(node, confidence.value));
            } else {
                let problem = problem!(InvalidLadder, "confidence-needs-a-score-to-be-sure-of");
                self.refuse(confidence.place, problem);
            }
        }
        Level { requirements }
    }

    /// An atom that asks an item to reach a number.
    fn threshold(
        &mut self,
        node: usize,
        limit: &Located<f64>,
        (by_index, hinted): (bool, &mut bool),
    ) -> Option<usize> {
        self.apart_from_metrics(&[node], limit.place)?;
        let item = self.items.get(node)?;
        let id = item.local_id();
        let range = item
            .domain
            .worth()
            .filter(|_| item.domain.ranks().is_none());
        let Some(range) = range else {
            let problem = problem!(InvalidLadder, "has-no-value-that-could-reach", id);
            return self.refused(limit.place, problem);
        };
        let (least, most) = if by_index { (0.0, 100.0) } else { range };
        let value = limit.value;
        if !(least..=most).contains(&value) {
            let out = problem!(ThresholdOutOfRange, "never-reached", id, least, most, value);
            let as_index = !by_index && (2.0 * most..=100.0).contains(&value);
            if !(as_index && *hinted) {
                let help = message!("add-measure-index-to-the-ladder-where").to_owned();
                self.refuse(limit.place, out.maybe_help(as_index.then_some(help)));
            }
            *hinted |= as_index;
        }
        let interval = Interval::at_least(value);
        let test = if by_index {
            Test::Index(interval)
        } else {
            Test::Number(interval)
        };
        Some(self.atom(Atom { node, test }))
    }
}

fn outcomes(file: &OutcomesFile) -> Vec<Outcome> {
    match file {
        OutcomesFile::Names(names) => names.iter().map(|id| outcome(id, None)).collect(),
        OutcomesFile::Labelled(map) => {
            let labels = map.iter();
            labels
                .map(|(id, label)| outcome(id, Some(label.clone())))
                .collect()
        }
    }
}

fn outcome(id: &str, label: Option<String>) -> Outcome {
    Outcome {
        id: id.to_owned(),
        label: label.unwrap_or_else(|| label_of(id)),
        text: None,
    }
}

fn asks(level: &LevelFile) -> bool {
    level.from.is_some()
        || level.every.is_some()
        || !level.gates.is_empty()
        || level.basis.is_some()
        || level.confidence.is_some()
}
