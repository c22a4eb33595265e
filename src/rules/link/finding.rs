//! Parts of a report: findings with their texts, context figures and exhibits, with
//! everything they read resolved.

use super::Linker;
use super::scope::ids;
use crate::rules::condition::Condition;
use crate::rules::pack::file::{ExhibitFile, ExhibitType, FindingFile, Part};
use crate::rules::rulebook::{
    ContextFigure, Domain, Exhibit, ExhibitKind, Finding, Item, ItemKind, Requirement,
};
use crate::text::diagnostic::Diagnostic;
use crate::text::yaml::Located;
use crate::{message, problem};
use std::collections::HashSet;

impl Linker<'_> {
    pub(super) fn findings(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            self.check_advice(pack, one);
            for (id, file) in &one.file.findings {
                self.check_id(&id.value, id.place);
                if let Some(when) = self.condition(pack, &file.when) {
                    let finding = self.finding(pack, (id, file), &when);
                    self.findings.push(finding);
                    self.program.findings.push(when);
                }
            }
        }
    }

    fn finding(
        &mut self,
        pack: usize,
        (id, file): (&Located<String>, &FindingFile),
        when: &Condition,
    ) -> Finding {
        let full = self.full_id(pack, &id.value);
        let (section, about) = match &file.about {
            Some(about) => self.subject(pack, about),
            None => self.subject_of(when),
        };
        // A score may draw all it counts from one section of another pack; a report shows the
        // finding with its own pack.
        let section = section.filter(|place| {
            let section = self.sections.get(*place);
            section.is_some_and(|section| section.pack == pack)
        });
        // A text may name any item, so all of them must have been compiled.
        let text = if self.broken.is_empty() {
            self.text(pack, &file.text)
        } else {
            None
        };
        let advice = self.advice(pack, &file.advice);
        let guards = self.guards(pack, &id.value, file);
        Finding {
            id: full,
            pack,
            section,
            about,
            guards,
            kind: file.kind,
            severity: file.severity,
            title: file.title.clone(),
            text: text.unwrap_or_default(),
            advice,
            place: id.place,
        }
    }

    /// The guards of a finding: some of what its condition reads, never all of it.
    fn guards(&mut self, pack: usize, finding: &str, file: &FindingFile) -> Vec<usize> {
        let read = ids(&file.when);
        let is_read = |guard: &Located<String>| read.iter().any(|id| id.value == guard.value);
        for guard in file.guards.iter().filter(|guard| !is_read(guard)) {
            let name = guard.value.as_str();
            let known = read.iter().map(|id| id.value.as_str());
            let problem = problem!(UnknownId, "the-condition-of-does-not-read", finding, name);
            self.refuse(guard.place, problem.nearest(name, known));
        }
        let guarded = |id: &&Located<String>| file.guards.iter().any(|one| one.value == id.value);
        if let Some(first) = file.guards.first().filter(|_| read.iter().all(guarded)) {
            let problem = problem!(InvalidCondition, "all-are-guards", finding);
            self.refuse(first.place, problem);
        }
        let guards = file.guards.iter().filter(|guard| is_read(guard));
        guards
            .filter_map(|guard| self.resolve(pack, guard))
            .collect()
    }

    /// The section and score a finding names; a section may have a score of its id.
    fn subject(&mut self, pack: usize, about: &Located<String>) -> (Option<usize>, Option<usize>) {
        let section = self.section(pack, &about.value);
        if section.is_some() {
            let item = self.index.get(&self.full_id(pack, &about.value));
            return (section, item.copied());
        }
        let item = self.resolve(pack, about);
        let tied = self.section_of_tied(&self.full_id(pack, &about.value));
        let section = tied.or_else(|| self.section_under(item?));
        (section, item)
    }

    /// An item's own section; for a score without one, the section all of its children share.
    fn section_under(&self, node: usize) -> Option<usize> {
        let item = self.items.get(node)?;
        let ItemKind::Score { children, .. } = &item.kind else {
            return item.section;
        };
        let mut sections = children.iter().map(|child| self.items.get(*child)?.section);
        item.section.or_else(|| {
            let first = sections.next()?;
            first.filter(|_| sections.all(|other| other == first))
        })
    }

    /// The section of the first item of a condition that has one, and its first item.
    fn subject_of(&self, when: &Condition) -> (Option<usize>, Option<usize>) {
        let nodes = self.program.read_in(when);
        let mut sections = nodes.iter().filter_map(|node| self.items.get(*node));
        let section = sections.find_map(|item| item.section);
        (section, nodes.first().copied())
    }

    pub(super) fn context(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (id, file) in &one.file.context {
                self.check_id(&id.value, id.place);
                if file.base.value.trim().is_empty() {
                    let problem = problem!(MissingBase, "the-figure-has-no-base", id = id.value);
                    self.refuse(file.base.place, problem);
                }
                let about = file.about.as_ref();
                let figure = ContextFigure {
                    id: id.value.clone(),
                    about: about.and_then(|about| self.subject(pack, about).1),
                    file: file.clone(),
                };
                if let Some(pack) = self.packs.get_mut(pack) {
                    pack.context.push(figure);
                }
            }
        }
    }

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
        let checks = self.program.requirements();
        let mut shown: HashSet<usize> = checks
            .filter_map(|check| match check {
                Requirement::Gate(place) => Some(*place),
                Requirement::From(_)
                | Requirement::Floor(_)
                | Requirement::Basis
                | Requirement::Confidence(..) => None,
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
        Some(match file.kind.value {
            ExhibitType::Bars => ExhibitKind::Bars(self.listed(pack, file)?),
            ExhibitType::Dots => {
                let nodes = self.listed(pack, file)?;
                let fits = |item: &Item| matches!(item.domain, Domain::Number { .. });
                let problem = problem!(InvalidExhibit, "dots-are-drawn-for-scores-and-ratings");
                ExhibitKind::Dots(self.drawn(file, nodes, fits, problem)?)
            }
            ExhibitType::Verdicts => {
                let nodes = self.listed(pack, file)?;
                let one = |domain: &_| matches!(domain, Domain::Outcomes { several: false, .. });
                let problem = problem!(InvalidExhibit, "verdicts-are-decisions");
                ExhibitKind::Verdicts(self.drawn(file, nodes, |item| one(&item.domain), problem)?)
            }
            ExhibitType::Star => {
                let nodes = self.listed(pack, file)?;
                let only = nodes.len() == 1;
                let fits = |item: &Item| only && matches!(item.kind, ItemKind::Score { .. });
                let problem = problem!(InvalidExhibit, "a-star-is-drawn-for-one-score");
                ExhibitKind::Star(*self.drawn(file, nodes, fits, problem)?.first()?)
            }
            ExhibitType::Grid => self.grid(pack, file)?,
            ExhibitType::Steps => self.steps(pack, file)?,
            ExhibitType::Checklist if file.gates.is_empty() => return self.lacks(file, "gates"),
            ExhibitType::Checklist => {
                let gates = file.gates.iter();
                let places = gates.filter_map(|gate| self.gate_place(pack, gate));
                ExhibitKind::Checklist(places.collect())
            }
        })
    }

    fn listed(&mut self, pack: usize, file: &ExhibitFile) -> Option<Vec<usize>> {
        let Some(of) = &file.of else {
            return self.lacks(file, "of");
        };
        Some(self.members(pack, of)).filter(|nodes| !nodes.is_empty())
    }

    /// The items an exhibit draws, where all of them fit.
    fn drawn(
        &mut self,
        file: &ExhibitFile,
        nodes: Vec<usize>,
        fits: impl Fn(&Item) -> bool,
        problem: Diagnostic,
    ) -> Option<Vec<usize>> {
        let mut items = nodes.iter().map(|node| self.items.get(*node));
        if items.all(|item| item.is_some_and(&fits)) {
            return Some(nodes);
        }
        self.refused(file.id.place, problem)
    }

    /// A grid is drawn over exactly the two inputs of its decision.
    fn grid(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let x = self.named(pack, file, file.x.as_ref(), "x")?;
        let y = self.named(pack, file, file.y.as_ref(), "y")?;
        let table = self.program.table(decision);
        let inputs = table.map_or(&[][..], |table| &table.inputs);
        if inputs.len() != 2 || x == y || !inputs.contains(&x) || !inputs.contains(&y) {
            let problem = problem!(InvalidExhibit, "a-grid-shows-a-decision-over-its");
            self.refuse(file.id.place, problem);
        }
        Some(ExhibitKind::Grid { decision, x, y })
    }

    fn steps(&mut self, pack: usize, file: &ExhibitFile) -> Option<ExhibitKind> {
        let decision = self.named(pack, file, file.decision.as_ref(), "decision")?;
        let ladder = self.named(pack, file, file.ladder.as_ref(), "ladder")?;
        let ranks = self.ranks(decision);
        if ranks.is_none() || ranks != self.ranks(ladder) {
            let problem = problem!(InvalidExhibit, "steps-compare-forms");
            return self.refused(file.id.place, problem);
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
        let problem = problem!(MissingKey, "the-exhibit-needs", id = file.id.value, key);
        self.refused(file.id.place, problem)
    }
}
