//! Decisions: inputs resolved, cells compiled, the table proven.

use super::{Linker, Step};
use crate::rules::condition::Test;
use crate::rules::condition::compile::Where;
use crate::rules::pack::file::{DecisionFile, OutcomesFile, RuleFile};
use crate::rules::rulebook::{Domain, HitPolicy, ItemKind, Outcome, Row, Rule, Table};
use crate::rules::table::{Column, Flaw, prove};
use crate::text::diagnostic::{Code, Diagnostic, suggestion};

/// More outcomes than this do not fit a bit mask.
const MOST_OUTCOMES: usize = 64;

impl Linker<'_> {
    pub(super) fn decision(&mut self, node: usize, file: &DecisionFile) {
        let before = self.problems.errors();
        let pack = self.pack_of(node);
        let inputs: Vec<usize> = file
            .inputs
            .iter()
            .filter_map(|id| self.rely_on(pack, id))
            .collect();
        let outcomes = outcomes(&file.outcomes.value);
        self.form(file, &outcomes);
        if self.problems.errors() > before {
            return;
        }
        let rules: Vec<Rule> = file
            .rules
            .iter()
            .filter_map(|rule| self.rule(pack, &inputs, &outcomes, rule))
            .collect();
        if self.problems.errors() > before {
            return;
        }
        let several = file.hit_policy == HitPolicy::Collect;
        let ordered = file.ordered.unwrap_or(true) && !several;
        let table = Table {
            hit_policy: file.hit_policy,
            inputs,
            rules,
            outcomes: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        };
        if !several {
            self.proof(file, &table);
        }
        let names = outcomes.iter().map(|outcome| outcome.id.clone()).collect();
        let rules = file
            .rules
            .iter()
            .zip(&table.rules)
            .map(|(file, rule)| row(file, rule))
            .collect();
        self.set(
            node,
            Domain::Outcomes {
                names,
                ordered,
                several,
            },
            ItemKind::Decision { outcomes, rules },
        );
        self.program.push(Step::Decide { node, table });
    }

    fn form(&mut self, file: &DecisionFile, outcomes: &[Outcome]) {
        let place = file.outcomes.place;
        if outcomes.len() < 2 || outcomes.len() > MOST_OUTCOMES {
            let message = format!("a decision has 2 to {MOST_OUTCOMES} outcomes");
            self.refuse(
                Code::InvalidTable,
                place,
                message,
                "list them in `outcomes`",
            );
        }
        for (index, outcome) in outcomes.iter().enumerate() {
            if outcomes
                .iter()
                .take(index)
                .any(|other| other.id == outcome.id)
            {
                let message = format!("`{}` is an outcome twice", outcome.id);
                self.refuse(Code::DuplicateId, place, message, "rename one of them");
            }
            super::header::check_id(&outcome.id, place, self.problems);
        }
        if file.inputs.is_empty() || file.rules.is_empty() {
            self.refuse(
                Code::InvalidTable,
                place,
                "a decision needs inputs and rules",
                "add them",
            );
        }
        for (index, rule) in file.rules.iter().enumerate() {
            if file
                .rules
                .iter()
                .take(index)
                .any(|other| other.id.value == rule.id.value)
            {
                let message = format!("`{}` is the id of two rules", rule.id.value);
                self.refuse(
                    Code::DuplicateId,
                    rule.id.place,
                    message,
                    "rename one of them",
                );
            }
            if rule.cells.value.len() != file.inputs.len() {
                let (cells, inputs) = (rule.cells.value.len(), file.inputs.len());
                let message = format!(
                    "the rule `{}` has {cells} cells for {inputs} inputs",
                    rule.id.value
                );
                self.refuse(
                    Code::InvalidTable,
                    rule.cells.place,
                    message,
                    "write one cell per input, `-` for any",
                );
            }
        }
    }

    fn rule(
        &mut self,
        pack: usize,
        inputs: &[usize],
        outcomes: &[Outcome],
        file: &RuleFile,
    ) -> Option<Rule> {
        let pairs = inputs.iter().zip(&file.cells.value);
        let cells: Vec<Option<usize>> = pairs
            .map(|(node, cell)| self.compiler(pack).cell(*node, cell, Where::Table))
            .collect();
        let outcome = outcomes
            .iter()
            .position(|outcome| outcome.id == file.then.value);
        if outcome.is_none() {
            let near = crate::text::diagnostic::nearest(
                &file.then.value,
                outcomes.iter().map(|one| one.id.as_str()),
            );
            let help = suggestion(near, "name one of `outcomes`");
            let message = format!("`{}` is not an outcome of this decision", file.then.value);
            self.refuse(Code::UnknownChoice, file.then.place, message, &help);
        }
        Some(Rule {
            cells: cells.into_iter().collect::<Option<_>>()?,
            outcome: u32::try_from(outcome?).ok()?,
        })
    }

    fn proof(&mut self, file: &DecisionFile, table: &Table) {
        let test = |cell: usize| self.program.atoms.get(cell).map(|atom| &atom.test);
        let rules: Vec<Vec<&Test>> = table
            .rules
            .iter()
            .map(|rule| rule.cells.iter().filter_map(|cell| test(*cell)).collect())
            .collect();
        let columns: Vec<Column> = table
            .inputs
            .iter()
            .enumerate()
            .filter_map(|(place, node)| {
                let item = self.items.get(*node)?;
                Some(Column::new(
                    item,
                    rules.iter().filter_map(|cells| cells.get(place).copied()),
                ))
            })
            .collect();
        let flaws = prove(&columns, &rules, table.hit_policy == HitPolicy::First);
        for flaw in flaws {
            if let Some(problem) = problem(file, flaw) {
                self.problems.push(problem);
            }
        }
    }
}

fn problem(file: &DecisionFile, flaw: Flaw) -> Option<Diagnostic> {
    let rule = |place: usize| file.rules.get(place);
    Some(match flaw {
        Flaw::Gap(point) => Diagnostic::error(Code::TableGap, format!("no rule matches {point}"))
            .at(file.outcomes.place)
            .help("add a rule, or widen a cell"),
        Flaw::Overlap(point, one, other) => {
            let (one, other) = (rule(one)?, rule(other)?);
            let message = format!(
                "`{}` and `{}` both match {point}",
                one.id.value, other.id.value
            );
            Diagnostic::error(Code::TableOverlap, message)
                .at(other.id.place)
                .relate(one.id.place, "the other rule")
                .help("narrow one of them, or use `hit_policy: first`")
        }
        Flaw::Unreachable(place) => {
            let rule = rule(place)?;
            let message = format!("`{}` is never the first rule to match", rule.id.value);
            Diagnostic::error(Code::UnreachableRule, message)
                .at(rule.id.place)
                .help("move it up, or drop it")
        }
        Flaw::TooLarge => Diagnostic::error(
            Code::TableTooLarge,
            "the table has too many combinations to be proven",
        )
        .at(file.outcomes.place)
        .help("decide in two steps"),
    })
}

fn outcomes(file: &OutcomesFile) -> Vec<Outcome> {
    match file {
        OutcomesFile::Names(names) => names
            .iter()
            .map(|name| Outcome {
                id: name.value.clone(),
                label: super::header::words(&name.value),
            })
            .collect(),
        OutcomesFile::Labelled(map) => map
            .iter()
            .map(|(id, label)| Outcome {
                id: id.value.clone(),
                label: label.clone(),
            })
            .collect(),
    }
}

fn row(file: &RuleFile, rule: &Rule) -> Row {
    Row {
        id: file.id.value.clone(),
        because: file.because.clone(),
        cells: file
            .cells
            .value
            .iter()
            .map(|cell| cell.value.text.clone())
            .collect(),
        outcome: usize::try_from(rule.outcome).unwrap_or_default(),
    }
}
