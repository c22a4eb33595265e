//! Headers: the identity of each pack, the packs it builds on, what speaks for it, and its sections in
//! reading order.

use super::scope::ordered;
use super::{Linker, label_of};
use crate::problem;
use crate::rules::pack::file::{FitFile, PackFile, SectionFile};
use crate::rules::pack::{Loaded, is_changed};
use crate::rules::rulebook::rule::topmost;
use crate::rules::rulebook::{Domain, Fit, Item, ItemKind, Outcome, Pack, ReportTexts, Section};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Value};
use semver::{Version, VersionReq};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 100;
/// The longest label of a badge, in characters.
const LONGEST_BADGE: usize = 30;

/// The outcomes of a decision on fit, in any order.
const FIT_OUTCOMES: [&str; 3] = ["under-built", "fit", "over-built"];

impl<'a> Linker<'a> {
    pub(super) fn headers(&mut self) {
        for one in self.loaded {
            let pack = self.header(one);
            if self.packs.iter().any(|other| other.id == pack.id) {
                let problem = problem!(DuplicateId, "the-pack-is-asked-for-twice", id = pack.id);
                self.refuse(one.place, problem);
            }
            self.packs.push(pack);
        }
        for (pack, one) in self.loaded.iter().enumerate() {
            self.uses(pack, &one.file);
        }
        self.use_circles();
    }

    fn header(&mut self, one: &Loaded) -> Pack {
        let file = &one.file;
        self.format(one);
        let id = self.required(file.id.as_ref(), "id", one.place);
        let version = self.required(file.version.as_ref(), "version", one.place);
        let title = self.required(file.title.as_ref(), "title", one.place);
        self.check_id(&id.value, id.place);
        let version = version.value.parse::<Version>().unwrap_or_else(|_| {
            if !version.value.is_empty() {
                let problem = problem!(InvalidVersion, "is-not-a-version", version = version.value);
                self.refuse(version.place, problem);
            }
            Version::new(0, 0, 0)
        });
        let text = |one: &Option<Located<String>>| one.as_ref().map(|one| one.value.clone());
        let glossary = file.glossary.iter();
        Pack {
            report: self.report(one, &id.value, &title.value),
            changed: is_changed(&id.value, &version, &one.own_digest),
            id: id.value,
            version,
            digest: one.digest.clone(),
            overlays: one.overlays.clone(),
            language: text(&file.language).unwrap_or_else(|| "en".to_owned()),
            title: title.value,
            about: text(&file.about),
            credit: text(&file.credit),
            headline: None,
            overall: false,
            has_short_form: file.questions().any(|(_, core)| core),
            fit: None,
            exhibits: Vec::new(),
            context: Vec::new(),
            glossary: glossary
                .map(|(term, text)| (term.value.clone(), text.clone()))
                .collect(),
            without: Vec::new(),
        }
    }

    /// Texts of a report, each on one line that is not too long.
    fn report(&mut self, one: &Loaded, id: &str, title: &str) -> ReportTexts {
        let file = one.file.report.as_ref();
        let file = file.map(|one| one.value.clone()).unwrap_or_default();
        let mut text = |written: Located<String>, most: usize| {
            let Located { value, place } = written;
            let fits = (1..=most).contains(&value.trim().chars().count());
            if !fits || value.chars().any(char::is_control) {
                self.refuse(place, problem!(InvalidValue, "is-no-title", most));
            }
            value.trim().to_owned()
        };
        let mut title_or = |written: Option<Located<String>>| {
            written.map_or_else(|| title.to_owned(), |one| text(one, LONGEST_TITLE))
        };
        ReportTexts {
            title: title_or(file.title),
            question: title_or(file.question),
            sections: file.sections.map(|one| text(one, LONGEST_TITLE)),
            badge: file.badge.map_or_else(
                || label_of(id).to_lowercase(),
                |one| text(one, LONGEST_BADGE),
            ),
        }
    }

    fn format(&mut self, one: &Loaded) {
        match one.file.format {
            None => self.refuse(one.place, problem!(MissingKey, "missing-key-format")),
            Some(Located { value: 1, .. }) => {}
            Some(Located { value, place }) => {
                let problem = problem!(UnknownFormat, "format-is-not-known", format = value);
                self.refuse(place, problem);
            }
        }
    }

    fn required(
        &mut self,
        value: Option<&Located<String>>,
        key: &str,
        place: Place,
    ) -> Located<String> {
        if let Some(value) = value.filter(|value| !value.value.trim().is_empty()) {
            return value.clone();
        }
        self.refuse(place, problem!(MissingKey, "missing-key", key));
        Located::new(String::new(), place)
    }

    /// Refuses packs that use one another in a circle: they would in effect be one pack.
    fn use_circles(&mut self) {
        let used = |one: &Loaded| -> Vec<usize> {
            let place = |id: &str| self.loaded.iter().position(|one| one.id() == id);
            let uses = one.file.uses.iter();
            uses.filter_map(|(used, _)| place(&used.value)).collect()
        };
        let edges: Vec<Vec<usize>> = self.loaded.iter().map(used).collect();
        let Err(circle) = ordered(&edges) else {
            return;
        };
        let packs = circle.iter().filter_map(|place| self.loaded.get(*place));
        let names = packs.clone().map(|pack| format!("`{}`", pack.id()));
        let names = names.collect::<Vec<_>>().join(" uses ");
        let mut places = packs.map(|pack| {
            let first = pack.file.uses.iter().next();
            first.map_or(pack.place, |(used, _)| used.place)
        });
        if let Some(place) = places.next() {
            let problem = problem!(Cycle, "packs-use-one-another-in-a-circle", names);
            self.refuse(place, problem);
        }
    }

    fn uses(&mut self, pack: usize, file: &PackFile) {
        for (id, wanted) in &file.uses {
            let (name, range) = (id.value.as_str(), wanted.version());
            let Ok(versions) = range.value.parse::<VersionReq>() else {
                let problem = problem!(InvalidVersion, "no-requirement", range = range.value);
                self.refuse(range.place, problem);
                continue;
            };
            let found = self.packs.iter().find(|pack| pack.id == name);
            match found.map(|pack| pack.version.clone()) {
                Some(version) if !versions.matches(&version) => {
                    let range_text = &range.value;
                    let problem =
                        problem!(VersionMismatch, "other-version", name, version, range_text);
                    self.refuse(range.place, problem);
                }
                None if wanted.is_optional() => {
                    if let Some(pack) = self.packs.get_mut(pack) {
                        pack.without.push(name.to_owned());
                    }
                }
                None => {
                    let known = self.packs.iter().map(|pack| pack.id.as_str());
                    let problem = problem!(UnknownPack, "the-pack-is-used-and-not-there", name);
                    self.refuse(id.place, problem.nearest(name, known));
                }
                Some(_) => {}
            }
        }
    }

    /// Settles for each pack what speaks for it, once everything is compiled.
    pub(super) fn headlines(&mut self) {
        let mut overall: Option<usize> = None;
        for (pack, one) in self.loaded.iter().enumerate() {
            let headline = match &one.file.headline {
                Some(id) => self.headline(pack, id),
                None => self.default_headline(pack),
            };
            let fit = one.file.fit.as_ref().and_then(|fit| self.fit(pack, fit));
            let speaks = one.file.overall.as_ref().filter(|one| one.value);
            if let (Some(first), Some(second)) = (overall, speaks) {
                let name = self.packs.get(first).map_or("", |pack| pack.id.as_str());
                let problem = problem!(InvalidHeadline, "the-pack-already-speaks-for-all", name);
                self.refuse(second.place, problem);
            }
            if speaks.is_some() {
                overall = overall.or(Some(pack));
            }
            if let Some(pack) = self.packs.get_mut(pack) {
                pack.headline = headline;
                pack.fit = fit;
                pack.overall = speaks.is_some();
            }
        }
    }

    fn headline(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let node = self.rely_on(pack, id)?;
        let speaks = |item: &Item| {
            let kind = matches!(item.kind, ItemKind::Score { .. } | ItemKind::Ladder { .. });
            item.pack == pack && kind
        };
        if self.items.get(node).is_some_and(speaks) {
            return Some(node);
        }
        let problem = problem!(InvalidHeadline, "cannot-speak-for-this-pack", id = id.value);
        self.refused(id.place, problem)
    }

    /// The only ladder of a pack over a score, or else its only topmost score.
    fn default_headline(&self, pack: usize) -> Option<usize> {
        let ladders = self.program.ladders();
        let own =
            ladders.filter(|(node, ladder)| ladder.of.is_some() && self.pack_of(*node) == pack);
        let own: Vec<usize> = own.map(|(node, _)| node).collect();
        let scores = topmost(&self.items, &self.program, pack);
        match (own.as_slice(), scores.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            _ => None,
        }
    }

    fn fit(&mut self, pack: usize, file: &FitFile) -> Option<Fit> {
        let called_for = self.rely_on(pack, &file.called_for)?;
        let built = self.rely_on(pack, &file.built)?;
        let decision = self.rely_on(pack, &file.decision)?;
        let before = self.problems.errors();
        let ranks = self.ranks(called_for);
        let alike = ranks.is_some() && ranks == self.ranks(built);
        let form = &file.called_for.value;
        if self.program.table(called_for).is_none() {
            let problem = problem!(InvalidFit, "no-decision", called_for = form);
            self.refuse(file.called_for.place, problem);
        } else if self.program.ladder(built).is_none() || !alike {
            let built = &file.built.value;
            let problem = problem!(InvalidFit, "no-ladder-of-forms", built, called_for = form);
            self.refuse(file.built.place, problem);
        }
        if !self.items.get(decision).is_some_and(is_about_fit) {
            let Located { value, place } = &file.decision;
            self.refuse(
                *place,
                problem!(InvalidFit, "no-decision-on-fit", decision = value),
            );
        }
        (self.problems.errors() == before).then_some(Fit {
            called_for,
            built,
            decision,
        })
    }

    /// Declares a pack's sections and questions, in reading order.
    pub(super) fn questions(&mut self, pack: usize, file: &'a PackFile) {
        for (id, section) in self.in_order(file) {
            self.check_id(&id.value, id.place);
            let place = self.sections.len();
            self.sections.push(Section {
                pack,
                id: id.value.clone(),
                title: section.title.clone(),
                intro: section.intro.clone(),
                questions: Vec::new(),
            });
            for (id, question) in &section.questions {
                let relevant = section.relevant.iter().chain(&question.relevant);
                let relevant: Vec<&Located<Value>> = relevant.collect();
                let Some(rows) = &question.rows else {
                    self.question(pack, place, (id, question, None), relevant);
                    continue;
                };
                for (id, row) in rows {
                    let stem = Some(question.ask.value.clone());
                    let row = question.of_row(row);
                    self.question(pack, place, (id, &row, stem), relevant.clone());
                }
            }
        }
    }

    /// The sections as `order` names them, or as they are written.
    fn in_order(&mut self, file: &'a PackFile) -> Vec<(&'a Located<String>, &'a SectionFile)> {
        let written = || file.sections.iter().map(|(id, section)| (id, section));
        if file.order.is_empty() {
            return written().collect();
        }
        let mut list = Vec::new();
        for id in &file.order {
            if let Some(found) = written().find(|(one, _)| one.value == id.value) {
                list.push(found);
            } else {
                let known = written().map(|(one, _)| one.value.as_str());
                let problem = problem!(UnknownId, "no-section", id = id.value);
                self.refuse(id.place, problem.nearest(&id.value, known));
            }
        }
        for (id, _) in written() {
            let named = file.order.iter().filter(|one| one.value == id.value);
            let times = named.count();
            if times != 1 {
                let problem = problem!(UnknownId, "section-in-order", id = id.value, times);
                self.refuse(id.place, problem);
            }
        }
        list
    }
}

/// True for a decision between too little, enough and too much.
fn is_about_fit(item: &Item) -> bool {
    let one = matches!(item.domain, Domain::Outcomes { several: false, .. });
    let ItemKind::Decision { outcomes } = &item.kind else {
        return false;
    };
    let known = |outcome: &Outcome| FIT_OUTCOMES.contains(&outcome.id.as_str());
    one && outcomes.len() == FIT_OUTCOMES.len() && outcomes.iter().all(known)
}
