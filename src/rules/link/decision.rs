//! Decisions: inputs resolved, cells compiled, the table proven.

use super::condition::TestPlace;
use super::table::{Column, prove};
use super::{Linker, label_of, repeated};
use crate::problem;
use crate::rules::condition::Test;
use crate::rules::pack::file::{DecisionFile, OutcomesFile, RuleFile};
use crate::rules::rulebook::{DecisionRule, Domain, ItemKind, Outcome, Rule, Step};
use crate::rules::vocabulary::HitPolicy;

/// More outcomes than this do not fit a bit mask.
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
}

fn outcomes(file: &OutcomesFile) -> Vec<Outcome> {
    let outcome = |id: &String, label: String| Outcome {
        id: id.clone(),
        label,
    };
    match file {
        OutcomesFile::Names(names) => {
            let names = names.iter().map(|name| &name.value);
            names.map(|name| outcome(name, label_of(name))).collect()
        }
        OutcomesFile::Labelled(map) => {
            let labels = map.iter();
            labels
                .map(|(id, label)| outcome(&id.value, label.clone()))
                .collect()
        }
    }
}
