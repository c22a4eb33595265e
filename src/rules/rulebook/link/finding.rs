//! Findings and context figures.

use super::Linker;
use crate::rules::condition::Condition;
use crate::rules::condition::compile::ids;
use crate::rules::pack::file::FindingFile;
use crate::rules::rulebook::{ContextFigure, Finding, ItemKind};
use crate::text::diagnostic::{Code, nearest, suggestion};
use crate::text::yaml::Located;
use minijinja::value::Value;

impl Linker<'_> {
    pub(super) fn findings(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            self.advice_of(pack, one);
            let blank = self.blank(pack);
            for (id, file) in &one.file.findings {
                super::header::check_id(&id.value, id.place, self.problems);
                if let Some(when) = self.condition(pack, &file.when) {
                    let finding = self.finding(pack, (id, file), &when, &blank);
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
        blank: &Value,
    ) -> Finding {
        let full = self.full_id(pack, &id.value);
        let (section, about) = match &file.about {
            Some(about) => self.subject(pack, about),
            None => self.subject_of(when),
        };
        // A score may draw all it counts from one section of another pack; a report tells the
        // finding with its own pack.
        let section = section.filter(|place| {
            let section = self.sections.get(*place);
            section.is_some_and(|section| section.pack == pack)
        });
        if self.broken.is_empty() {
            self.text(&full, &file.text, blank);
        }
        let advice = self.advice(pack, &file.advice);
        let guards = self.guards(pack, &id.value, file);
        Finding {
            text: full.clone(),
            id: full,
            pack,
            section,
            about,
            guards,
            kind: file.kind,
            severity: file.severity,
            title: file.title.clone(),
            advice,
            place: id.place,
        }
    }

    /// The guards of a finding: some of what its condition reads, never all of it.
    fn guards(&mut self, pack: usize, finding: &str, file: &FindingFile) -> Vec<usize> {
        let read = ids(&file.when);
        let is_read = |guard: &Located<String>| read.iter().any(|id| id.value == guard.value);
        for guard in file.guards.iter().filter(|guard| !is_read(guard)) {
            let near = nearest(&guard.value, read.iter().map(|id| id.value.as_str()));
            let help = suggestion(near, "name an item of `when`, or leave it out");
            let message = format!(
                "the condition of `{finding}` does not read `{}`",
                guard.value
            );
            self.refuse(Code::UnknownId, guard.place, message, &help);
        }
        let guarded = |id: &&Located<String>| file.guards.iter().any(|one| one.value == id.value);
        if let Some(first) = file.guards.first().filter(|_| read.iter().all(guarded)) {
            let message = format!("everything that `{finding}` reads is a guard");
            let help = "leave out of `guards` what is the reason for the finding";
            self.refuse(Code::InvalidCondition, first.place, message, help);
        }
        let guards = file.guards.iter().filter(|guard| is_read(guard));
        guards
            .filter_map(|guard| self.resolve(pack, guard))
            .collect()
    }

    /// The section and score a finding names; a section may have a score of its id.
    fn subject(&mut self, pack: usize, about: &Located<String>) -> (Option<usize>, Option<usize>) {
        let section = self
            .sections
            .iter()
            .position(|one| one.pack == pack && one.id == about.value);
        let item = self.index.get(&self.full_id(pack, &about.value)).copied();
        if section.is_some() {
            return (section, item);
        }
        let item = self.resolve(pack, about);
        (item.and_then(|node| self.section_under(node)), item)
    }

    /// An item's own section; for a score without one, the section all of its children share.
    fn section_under(&self, node: usize) -> Option<usize> {
        let item = self.items.get(node)?;
        let ItemKind::Score { children, .. } = &item.kind else {
            return item.section;
        };
        let mut sections = children.iter().map(|child| self.items.get(*child)?.section);
        let first = || sections.next()?;
        item.section
            .or_else(first)
            .filter(|one| item.section.is_some() || sections.all(|other| other == Some(*one)))
    }

    /// The section of the first thing a condition reads that has one.
    fn subject_of(&self, when: &Condition) -> (Option<usize>, Option<usize>) {
        let atoms = when.atoms();
        let nodes = atoms
            .iter()
            .filter_map(|(atom, _)| self.program.atoms.get(*atom))
            .map(|atom| atom.node);
        let first = nodes.clone().next();
        let mut nodes = nodes;
        let section = nodes.find_map(|node| self.items.get(node)?.section);
        (section, first)
    }

    pub(super) fn context(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (id, file) in &one.file.context {
                super::header::check_id(&id.value, id.place, self.problems);
                if file.base.value.trim().is_empty() {
                    let message = format!("the figure `{}` has no base", id.value);
                    self.refuse(
                        Code::MissingBase,
                        file.base.place,
                        message,
                        "say of whom it is a figure, or leave it out",
                    );
                }
                let about = file
                    .about
                    .as_ref()
                    .and_then(|about| self.subject(pack, about).1);
                let figure = ContextFigure {
                    id: id.value.clone(),
                    about,
                    figure: file.figure.value,
                    unit: file.unit.clone(),
                    says: file.says.clone(),
                    base: file.base.value.clone(),
                    margin: file.margin.clone(),
                    source: file.source.clone(),
                    caveat: file.caveat.clone(),
                };
                if let Some(pack) = self.packs.get_mut(pack) {
                    pack.context.push(figure);
                }
            }
        }
    }
}
