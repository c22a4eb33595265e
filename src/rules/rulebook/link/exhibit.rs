//! Exhibits: what the report draws, with everything it reads resolved.

use super::Linker;
use crate::rules::pack::file::{ExhibitFile, ExhibitType, Part};
use crate::rules::rulebook::{Check, Domain, Exhibit, ExhibitKind, ItemKind, Step};
use crate::text::diagnostic::{Code, Place};
use crate::text::yaml::Located;
use std::collections::HashSet;

impl Linker<'_> {
    pub(super) fn exhibits(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for file in &one.file.exhibits {
                super::header::check_id(&file.id.value, file.id.place, self.problems);
                let Some(kind) = self.exhibit(pack, file) else {
                    continue;
                };
                let part = file.part.unwrap_or(match kind {
                    ExhibitKind::Verdicts(_) | ExhibitKind::Checklist(_) => Part::Summary,
                    ExhibitKind::Grid { .. } | ExhibitKind::Steps { .. } => Part::Fit,
                    ExhibitKind::Dots(_) | ExhibitKind::Bars(_) | ExhibitKind::Star(_) => {
                        Part::Profile
                    }
                });
                let exhibit = Exhibit {
                    id: file.id.value.clone(),
                    title: file.title.clone(),
                    text: file.text.clone(),
                    kind,
                    part,
                };
                if let Some(pack) = self.packs.get_mut(pack) {
                    pack.exhibits.push(exhibit);
                }
            }
            self.further_gates(pack);
        }
    }

    /// A checklist of the gates that no ladder reads and no exhibit draws: a report tells them all.
    fn further_gates(&mut self, pack: usize) {
        let ladders = self.program.steps.iter().filter_map(|step| match step {
            Step::Climb { ladder, .. } => Some(ladder),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Decide { .. }
            | Step::Measure { .. } => None,
        });
        let levels = ladders.flat_map(|ladder| &ladder.levels);
        let mut told: HashSet<usize> = levels
            .flat_map(|level| &level.checks)
            .filter_map(|check| match check {
                Check::Gate(place) => Some(*place),
                Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => None,
            })
            .collect();
        for exhibit in self.packs.iter().flat_map(|pack| &pack.exhibits) {
            if let ExhibitKind::Checklist(gates) = &exhibit.kind {
                told.extend(gates);
            }
        }
        let gates = self.gates.iter().enumerate();
        let untold = gates.filter(|(place, gate)| gate.pack == pack && !told.contains(place));
        let untold: Vec<usize> = untold.map(|(place, _)| place).collect();
        if let Some(pack) = self.packs.get_mut(pack).filter(|_| !untold.is_empty()) {
            pack.exhibits.push(Exhibit {
                id: "further-gates".to_owned(),
                title: "What no level asks for, and what is asked all the same".to_owned(),
                text: None,
                kind: ExhibitKind::Checklist(untold),
                part: Part::Profile,
            });
        }
    }

    fn exhibit(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        match file.kind.value {
            ExhibitType::Dots => self.numbers(pack, file).map(ExhibitKind::Dots),
            ExhibitType::Bars => self.listed(pack, file).map(ExhibitKind::Bars),
            ExhibitType::Star => self.star(pack, file),
            ExhibitType::Grid => self.grid(pack, file),
            ExhibitType::Steps => self.steps(pack, file),
            ExhibitType::Verdicts => self.verdicts(pack, file),
            ExhibitType::Checklist => self.checklist(pack, file),
        }
    }

    fn listed(&mut self, pack: usize, file: &ExhibitFile) -> Option<Vec<usize>> {
        let Some(of) = &file.of else {
            return self.lacks(file, "of");
        };
        Some(self.members(pack, of)).filter(|nodes| !nodes.is_empty())
    }

    fn numbers(&mut self, pack: usize, file: &ExhibitFile) -> Option<Vec<usize>> {
        let nodes = self.listed(pack, file)?;
        let numeric = |node: &usize| {
            self.items
                .get(*node)
                .is_some_and(|item| matches!(item.domain, Domain::Number { .. }))
        };
        if nodes.iter().all(numeric) {
            return Some(nodes);
        }
        self.refuse(
            Code::InvalidExhibit,
            file.id.place,
            "dots are drawn for scores and ratings",
            "name those in `of`",
        );
        None
    }

    fn verdicts(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let nodes = self.listed(pack, file)?;
        let one_of = |node: &usize| {
            let domain = self.items.get(*node).map(|item| &item.domain);
            matches!(domain, Some(Domain::Outcomes { several: false, .. }))
        };
        if nodes.iter().all(one_of) {
            return Some(ExhibitKind::Verdicts(nodes));
        }
        let help = "name decisions, none of them with the hit policy `collect`";
        self.refuse(
            Code::InvalidExhibit,
            file.id.place,
            "verdicts are decisions of which one outcome comes out",
            help,
        );
        None
    }

    fn checklist(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        if file.gates.is_empty() {
            return self.lacks(file, "gates");
        }
        let places = file
            .gates
            .iter()
            .filter_map(|gate| self.gate_place(pack, gate));
        Some(ExhibitKind::Checklist(places.collect()))
    }

    fn star(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let nodes = self.listed(pack, file)?;
        let score = |node: &usize| {
            self.items
                .get(*node)
                .is_some_and(|item| matches!(item.kind, ItemKind::Score { .. }))
        };
        match nodes.as_slice() {
            [node] if score(node) => Some(ExhibitKind::Star(*node)),
            _ => {
                self.refuse(
                    Code::InvalidExhibit,
                    file.id.place,
                    "a star is drawn for one score",
                    "write `of: score`",
                );
                None
            }
        }
    }

    fn grid(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let x = self.named(pack, file, file.x.as_ref(), "x")?;
        let y = self.named(pack, file, file.y.as_ref(), "y")?;
        self.reads_both(file.id.place, decision, x, y);
        Some(ExhibitKind::Grid { decision, x, y })
    }

    /// A grid is drawn over exactly the two inputs of its decision.
    fn reads_both(&mut self, place: Place, decision: usize, x: usize, y: usize) {
        let table = self.program.table(decision);
        let fits = table.is_some_and(|table| {
            table.inputs.len() == 2
                && table.inputs.contains(&x)
                && table.inputs.contains(&y)
                && x != y
        });
        if !fits {
            let help = "name a decision with two inputs, and those inputs as `x` and `y`";
            self.refuse(
                Code::InvalidExhibit,
                place,
                "a grid shows a decision over its two inputs",
                help,
            );
        }
    }

    fn steps(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let ladder = self.named(pack, file, file.ladder.as_ref(), "ladder")?;
        let names = |node: usize| self.items.get(node).and_then(|item| item.domain.ranks());
        if names(decision).is_none() || names(decision) != names(ladder) {
            let help = "give both the same names in the same order";
            self.refuse(
                Code::InvalidExhibit,
                file.id.place,
                "steps compare a decision and a ladder of the same levels",
                help,
            );
            return None;
        }
        Some(ExhibitKind::Steps { decision, ladder })
    }

    fn named(
        &mut self,
        pack: usize,
        file: &ExhibitFile,
        id: Option<&Located<String>>,
        key: &str,
    ) -> Option<usize> {
        match id {
            Some(id) => self.rely_on(pack, id),
            None => self.lacks(file, key),
        }
    }

    fn lacks<T>(&mut self, file: &ExhibitFile, key: &str) -> Option<T> {
        let message = format!("the exhibit `{}` needs `{key}`", file.id.value);
        self.refuse(
            Code::MissingKey,
            file.id.place,
            message,
            "the pack reference shows each kind",
        );
        None
    }
}
