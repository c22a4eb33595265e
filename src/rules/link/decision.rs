//! Decisions: inputs resolved, cells compiled, the table proven.

use super::linker::{Linker, label_of, repeated, unknown};
use super::parse::TestPlace;
use super::table::{Column, Flaw, prove};
use crate::message;
use crate::rules::condition::Test;
use crate::rules::pack::file::{DecisionFile, OutcomesFile, RuleFile};
use crate::rules::rulebook::{Domain, ItemKind, Outcome, Row, Rule, Step, Table};
use crate::rules::vocabulary::HitPolicy;
use crate::text::diagnostic::{Code, Diagnostic};

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
        let table = Table {
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
        let rows = file.rules.iter().zip(&table.rules);
        let rules = rows.map(|(file, rule)| row(file, rule)).collect();
        self.set(node, domain, ItemKind::Decision { outcomes, rules });
        self.program.push(Step::Decide { node, table });
    }

    fn check_outcomes(&mut self, file: &DecisionFile, outcomes: &[Outcome]) {
        let place = file.outcomes.place;
        if outcomes.len() < 2 || outcomes.len() > MOST_OUTCOMES {
            let message = message!("a-decision-has-to-outcomes", MOST_OUTCOMES);
            self.refuse(
                Code::InvalidTable,
                place,
                message,
                message!("list-them-in-outcomes"),
            );
        }
        for (_, outcome) in repeated(outcomes, |outcome| &outcome.id) {
            let message = message!("is-an-outcome-twice", id = outcome.id);
            self.refuse(
                Code::DuplicateId,
                place,
                message,
                message!("rename-one-of-them"),
            );
        }
        for outcome in outcomes {
            self.check_id(&outcome.id, place);
        }
    }

    fn check_rules(&mut self, file: &DecisionFile) {
        let inputs = file.inputs.len();
        if file.inputs.is_empty() || file.rules.is_empty() {
            let message = message!("a-decision-needs-inputs-and-rules");
            self.refuse(
                Code::InvalidTable,
                file.outcomes.place,
                message,
                message!("add-them"),
            );
        }
        for (_, rule) in repeated(&file.rules, |rule| &rule.id.value) {
            let message = message!("is-the-id-of-two-rules", id = rule.id.value);
            self.refuse(
                Code::DuplicateId,
                rule.id.place,
                message,
                message!("rename-one-of-them"),
            );
        }
        for rule in &file.rules {
            let (id, cells) = (&rule.id.value, rule.cells.value.len());
            if cells != inputs {
                let message = message!("the-rule-has-cells-for-inputs", id, cells, inputs);
                let help = message!("write-one-cell-per-input");
                self.refuse(Code::InvalidTable, rule.cells.place, message, help);
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
            let message = message!("is-not-an-outcome-of-this-decision", name);
            let known = outcomes.iter().map(|one| one.id.as_str());
            let (name, help) = (
                (name.as_str(), file.then.place),
                message!("name-one-of-outcomes"),
            );
            let problem = unknown(Code::UnknownChoice, name, message, known, help);
            self.problems.push(problem);
        }
        Some(Rule {
            cells: cells.into_iter().collect::<Option<_>>()?,
            outcome: u32::try_from(outcome?).ok()?,
        })
    }

    fn proof(&mut self, file: &DecisionFile, table: &Table) {
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
        let flaws = prove(&columns, &rules, table.hit_policy == HitPolicy::First);
        let problems = flaws.into_iter().filter_map(|flaw| problem(file, flaw));
        self.problems.extend(problems);
    }
}

fn problem(file: &DecisionFile, flaw: Flaw) -> Option<Diagnostic> {
    let rule = |place: usize| file.rules.get(place).map(|rule| &rule.id);
    let place = file.outcomes.place;
    Some(match flaw {
        Flaw::Gap(point) => {
            let message = message!("no-rule-matches", point);
            let problem = Diagnostic::error(Code::TableGap, message).at(place);
            problem.help(message!("add-a-rule-or-widen-a-cell"))
        }
        Flaw::Overlap(point, one, other) => {
            let (one, other) = (rule(one)?, rule(other)?);
            let message = message!(
                "and-both-match",
                one = one.value,
                other = other.value,
                point
            );
            Diagnostic::error(Code::TableOverlap, message)
                .at(other.place)
                .relate(one.place, message!("the-other-rule"))
                .help(message!("narrow-one-of-them-or-use-hit"))
        }
        Flaw::Unreachable(place) => {
            let rule = rule(place)?;
            let message = message!("is-never-the-first-rule-to-match", rule = rule.value);
            let problem = Diagnostic::error(Code::UnreachableRule, message).at(rule.place);
            problem.help(message!("move-it-up-or-drop-it"))
        }
        Flaw::TooLarge => {
            let message = message!("the-table-has-too-many-combinations");
            let problem = Diagnostic::error(Code::TableTooLarge, message).at(place);
            problem.help(message!("decide-in-two-steps"))
        }
    })
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

fn row(file: &RuleFile, rule: &Rule) -> Row {
    let cells = file.cells.value.iter();
    Row {
        id: file.id.value.clone(),
        because: file.because.clone(),
        cells: cells.map(|cell| cell.value.text.clone()).collect(),
        outcome: usize::try_from(rule.outcome).unwrap_or_default(),
    }
}
