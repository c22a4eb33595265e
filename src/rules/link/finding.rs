//! Findings and context figures, their texts tried once.

use super::condition::ids;
use super::linker::{Linker, unknown};
use crate::message;
use crate::rules::condition::Condition;
use crate::rules::pack::file::FindingFile;
use crate::rules::rulebook::text::TextContext;
use crate::rules::rulebook::{ContextFigure, Finding, ItemKind};
use crate::text::diagnostic::Code;
use crate::text::yaml::Located;
use minijinja::{Error, ErrorKind};
use std::sync::Arc;

/// Most calls of `known` in a text: every path through it is tried.
const MOST_KNOWN: usize = 6;

impl Linker<'_> {
    pub(super) fn findings(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            self.check_advice(pack, one);
            let blank = self.packs.get(pack);
            let blank = blank.map(|pack| TextContext::blank(pack, &self.items, &self.index));
            let Some(blank) = blank.map(Arc::new) else {
                continue;
            };
            for (id, file) in &one.file.findings {
                self.check_id(&id.value, id.place);
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
        blank: &Arc<TextContext>,
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
        if self.broken.is_empty()
            && let Err(error) = self.text(&full, &file.text.value, blank)
        {
            let kind = || error.kind().to_string();
            let detail = error.detail().map_or_else(kind, str::to_owned);
            let message = message!("the-text-cannot-be-used", detail);
            let help = message!("a-text-may-call-value-index");
            self.refuse(Code::InvalidTemplate, file.text.place, message, help);
        }
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
            advice,
            place: id.place,
        }
    }

    /// Compiles a text under a name and tries every path through it.
    fn text(&mut self, name: &str, text: &str, blank: &Arc<TextContext>) -> Result<(), Error> {
        self.texts
            .add_template_owned(name.to_owned(), text.to_owned())?;
        let asks = text.matches("known(").count();
        if asks > MOST_KNOWN {
            let many = message!("it-asks-times-what-is-known-at", asks, MOST_KNOWN);
            return Err(Error::new(ErrorKind::InvalidOperation, many));
        }
        let template = self.texts.get_template(name)?;
        for answers in 0..1_u32 << asks {
            blank.set_known(answers);
            template.render(blank.value())?;
        }
        Ok(())
    }

    /// The guards of a finding: some of what its condition reads, never all of it.
    fn guards(&mut self, pack: usize, finding: &str, file: &FindingFile) -> Vec<usize> {
        let read = ids(&file.when);
        let is_read = |guard: &Located<String>| read.iter().any(|id| id.value == guard.value);
        for guard in file.guards.iter().filter(|guard| !is_read(guard)) {
            let name = guard.value.as_str();
            let message = message!("the-condition-of-does-not-read", finding, name);
            let known = read.iter().map(|id| id.value.as_str());
            let help = message!("name-an-item-of-when-or-leave-it-out");
            let problem = unknown(Code::UnknownId, (name, guard.place), message, known, help);
            self.problems.push(problem);
        }
        let guarded = |id: &&Located<String>| file.guards.iter().any(|one| one.value == id.value);
        if let Some(first) = file.guards.first().filter(|_| read.iter().all(guarded)) {
            let message = message!("everything-that-reads-is-a-guard", finding);
            let help = message!("leave-out-of-guards-what-is-the-reason");
            self.refuse(Code::InvalidCondition, first.place, message, help);
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
        (item.and_then(|node| self.section_under(node)), item)
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
                    let message = message!("the-figure-has-no-base", id = id.value);
                    let help = message!("say-of-whom-it-is-a-figure-or-leave-it-out");
                    self.refuse(Code::MissingBase, file.base.place, message, help);
                }
                let about = file.about.as_ref();
                let figure = ContextFigure {
                    id: id.value.clone(),
                    about: about.and_then(|about| self.subject(pack, about).1),
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
