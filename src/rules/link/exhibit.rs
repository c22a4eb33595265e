//! Exhibits of a report, with everything they read resolved.

use super::linker::Linker;
use crate::message;
use crate::rules::pack::file::{ExhibitFile, ExhibitType, Part};
use crate::rules::rulebook::{Check, Domain, Exhibit, ExhibitKind, Item, ItemKind};
use crate::text::diagnostic::Code;
use crate::text::yaml::Located;
use std::collections::HashSet;

impl Linker<'_> {
    pub(super) fn exhibits(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for file in &one.file.exhibits {
                self.check_id(&file.id.value, file.id.place);
                let Some(kind) = self.exhibit(pack, file) else {
                    continue;
                };
                let part = match kind {
                    ExhibitKind::Verdicts(_) | ExhibitKind::Checklist(_) => Part::Summary,
                    ExhibitKind::Grid { .. } | ExhibitKind::Steps { .. } => Part::Fit,
                    ExhibitKind::Dots(_) | ExhibitKind::Bars(_) | ExhibitKind::Star(_) => {
                        Part::Profile
                    }
                };
                let exhibit = Exhibit {
                    id: file.id.value.clone(),
                    title: file.title.clone(),
                    text: file.text.clone(),
                    kind,
                    part: file.part.unwrap_or(part),
                };
                if let Some(pack) = self.packs.get_mut(pack) {
                    pack.exhibits.push(exhibit);
                }
            }
            self.further_gates(pack);
        }
    }

    /// Adds a checklist of the gates that no ladder reads and no exhibit draws, so that a report
    /// shows them all.
    fn further_gates(&mut self, pack: usize) {
        let checks = self.program.checks();
        let mut shown: HashSet<usize> = checks
            .filter_map(|check| match check {
                Check::Gate(place) => Some(*place),
                Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => None,
            })
            .collect();
        for exhibit in self.packs.iter().flat_map(|pack| &pack.exhibits) {
            if let ExhibitKind::Checklist(gates) = &exhibit.kind {
                shown.extend(gates);
            }
        }
        let gates = self.gates.iter().enumerate();
        let further = gates.filter(|(place, gate)| gate.pack == pack && !shown.contains(place));
        let further: Vec<usize> = further.map(|(place, _)| place).collect();
        if let Some(pack) = self.packs.get_mut(pack).filter(|_| !further.is_empty()) {
            pack.exhibits.push(Exhibit {
                id: "further-gates".to_owned(),
                title: message!("what-no-level-asks-for").to_owned(),
                text: None,
                kind: ExhibitKind::Checklist(further),
                part: Part::Profile,
            });
        }
    }

    fn exhibit(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        match file.kind.value {
            ExhibitType::Bars => self.listed(pack, file).map(ExhibitKind::Bars),
            ExhibitType::Dots => {
                let nodes = self.listed(pack, file)?;
                let numeric = |item: &Item| matches!(item.domain, Domain::Number { .. });
                let message = message!("dots-are-drawn-for-scores-and-ratings");
                self.fitting(file, nodes, numeric, message, message!("name-those-in-of"))
                    .map(ExhibitKind::Dots)
            }
            ExhibitType::Verdicts => {
                let nodes = self.listed(pack, file)?;
                let one_of =
                    |item: &Item| matches!(item.domain, Domain::Outcomes { several: false, .. });
                let message = message!("verdicts-are-decisions-of-which-one-outcome");
                let help = message!("name-decisions-none-of-them-with");
                self.fitting(file, nodes, one_of, message, help)
                    .map(ExhibitKind::Verdicts)
            }
            ExhibitType::Star => {
                let nodes = self.listed(pack, file)?;
                let score = |item: &Item| matches!(item.kind, ItemKind::Score { .. });
                let single = nodes.len() == 1;
                let message = message!("a-star-is-drawn-for-one-score");
                let fits = |item: &Item| single && score(item);
                let nodes = self.fitting(file, nodes, fits, message, "write `of: score`")?;
                nodes.first().copied().map(ExhibitKind::Star)
            }
            ExhibitType::Grid => self.grid(pack, file),
            ExhibitType::Steps => self.steps(pack, file),
            ExhibitType::Checklist if file.gates.is_empty() => self.lacks(file, "gates"),
            ExhibitType::Checklist => {
                let gates = file.gates.iter();
                let places = gates.filter_map(|gate| self.gate_place(pack, gate));
                Some(ExhibitKind::Checklist(places.collect()))
            }
        }
    }

    fn listed(&mut self, pack: usize, file: &ExhibitFile) -> Option<Vec<usize>> {
        let Some(of) = &file.of else {
            return self.lacks(file, "of");
        };
        Some(self.members(pack, of)).filter(|nodes| !nodes.is_empty())
    }

    /// The items, where each of them can be drawn.
    fn fitting(
        &mut self,
        file: &ExhibitFile,
        nodes: Vec<usize>,
        fits: impl Fn(&Item) -> bool,
        message: &str,
        help: &str,
    ) -> Option<Vec<usize>> {
        let mut items = nodes.iter().map(|node| self.items.get(*node));
        if items.all(|item| item.is_some_and(&fits)) {
            return Some(nodes);
        }
        self.refuse(Code::InvalidExhibit, file.id.place, message, help);
        None
    }

    /// A grid is drawn over exactly the two inputs of its decision.
    fn grid(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let x = self.named(pack, file, file.x.as_ref(), "x")?;
        let y = self.named(pack, file, file.y.as_ref(), "y")?;
        let table = self.program.table(decision);
        let inputs = table.map_or(&[][..], |table| &table.inputs);
        if inputs.len() != 2 || x == y || !inputs.contains(&x) || !inputs.contains(&y) {
            let message = message!("a-grid-shows-a-decision-over-its");
            let help = message!("name-a-decision-with-two-inputs");
            self.refuse(Code::InvalidExhibit, file.id.place, message, help);
        }
        Some(ExhibitKind::Grid { decision, x, y })
    }

    fn steps(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let ladder = self.named(pack, file, file.ladder.as_ref(), "ladder")?;
        let ranks = self.ranks(decision);
        if ranks.is_none() || ranks != self.ranks(ladder) {
            let message = message!("steps-compare-a-decision-and-a-ladder-of-the-same");
            let help = message!("give-both-the-same-names-in-the-same");
            self.refuse(Code::InvalidExhibit, file.id.place, message, help);
            return None;
        }
        Some(ExhibitKind::Steps { decision, ladder })
    }

    /// The names of the outcomes or levels of an item, where their order counts.
    pub(super) fn ranks(&self, node: usize) -> Option<&[String]> {
        self.items.get(node)?.domain.ranks()
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
        let message = message!("the-exhibit-needs", id = file.id.value, key);
        let help = message!("the-pack-reference-shows-each-kind");
        self.refuse(Code::MissingKey, file.id.place, message, help);
        None
    }
}
