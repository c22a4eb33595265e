//! Part of the report about one pack.

use super::context::ReportContext;
use super::exhibit::{Counter, Exhibit};
use super::finding::{Contradiction, Group, Spare, Stop, contradictions};
use super::method::LadderRules;
use super::metric::Metric;
use super::unknown::Open;
use super::{Numbers, Section, Text};
use crate::rules::pack::file::Part;
use crate::rules::rulebook::ContextFigure;
use crate::rules::rulebook::words::number;
use serde::Serialize;
use std::borrow::Cow;

/// A pack's parts of every section.
#[derive(Debug, Clone, Serialize)]
pub struct Pack<'a> {
    /// Its place in the rulebook.
    #[serde(skip)]
    pub(super) place: usize,
    /// Id.
    pub id: &'a str,
    /// Title.
    pub title: Text<'a>,
    /// Version.
    pub version: &'a str,
    /// First twelve hexadecimal digits of its digest.
    pub digest: &'a str,
    /// True if a built-in pack has its id and version, and other rules.
    pub changed: bool,
    /// "organisation 1.0.0, changed by ours 0.2.0", where an overlay changed it.
    pub overlay: Option<Text<'a>>,
    /// Subject of the pack; empty where the pack does not describe it.
    pub about_html: &'a str,
    /// The same in Markdown.
    pub about_md: &'a str,
    /// Whom its ideas are after.
    pub credit: Option<Text<'a>>,
    /// Exhibits of the pack on the first page: verdicts, and checklists at its close.
    pub summary: Vec<Exhibit<'a>>,
    /// First `scores`, then `distribution`, then `ladder`, then the pack's own exhibits.
    pub profile: Vec<Exhibit<'a>>,
    /// The pack's exhibits of the fit.
    pub fit: Vec<Exhibit<'a>>,
    /// The pack's lenses.
    pub lenses: Vec<Exhibit<'a>>,
    /// The pack's metrics, those with a result first.
    pub metrics: Vec<Metric<'a>>,
    /// Work that can stop: advice of fit findings where more is built than needed; may be empty.
    pub stop: Vec<Stop<'a>>,
    /// Things that are built and not called for; may be empty.
    pub spare: Vec<Spare<'a>>,
    /// Findings by section, in reading order; empty groups left out.
    pub groups: Vec<Group<'a>>,
    /// The contradictions among them.
    pub contradictions: Vec<Contradiction<'a>>,
    /// Answered "unknown".
    pub nobody_knew: Vec<Open<'a>>,
    /// Without an answer.
    pub left_open: Vec<Open<'a>>,
    /// Questions that too few people answered for their answers to be counted or shown.
    pub closed: Vec<Open<'a>>,
    /// The note is the reason, which is data.
    pub not_applicable: Vec<Open<'a>>,
    /// Answers kept though their question is not relevant; the note is the answer in words.
    pub not_relevant: Vec<Open<'a>>,
    /// For the method section.
    pub ladders: Vec<LadderRules<'a>>,
    /// Figures from elsewhere, in the pack's order.
    pub context: Vec<Context<'a>>,
    /// The appendix.
    pub sections: Vec<Section<'a>>,
}

/// A published figure with the people it counts.
#[derive(Debug, Clone, Serialize)]
pub struct Context<'a> {
    /// "28 %", "161 executives", "Rank 2".
    pub figure: String,
    /// Part of this report that it is about; null where none is named.
    pub about: Option<Text<'a>>,
    /// Of a question in the appendix; null for scores and sections.
    pub anchor: Option<&'a str>,
    /// Figure in words.
    pub says: Text<'a>,
    /// Of whom or what.
    pub base: Text<'a>,
    /// Source it was published in.
    pub source: Text<'a>,
    /// Margin of error, in words.
    pub margin: Option<Text<'a>>,
    /// Caution for the reader.
    pub caveat: Option<Text<'a>>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn packs(&self, numbers: &Numbers) -> Vec<Pack<'a>> {
        let counter = |number: &Option<String>| Counter {
            section: number.clone().unwrap_or_default(),
            position: 0,
        };
        let places = || self.reading_order();
        // Figures are counted in reading order: the whole profile first, then the fit, then lenses.
        let mut figures = 0;
        let mut parts = [
            (Part::Profile, &numbers.profile),
            (Part::Fit, &numbers.fit),
            (Part::Lens, &numbers.lenses),
        ]
        .map(|(part, number)| {
            let mut counter = counter(number);
            let exhibits: Vec<_> = places()
                .map(|pack| self.exhibits(pack, part, &mut counter, &mut figures))
                .collect();
            exhibits.into_iter()
        });
        let findings = numbers.findings.clone().unwrap_or_default();
        let results = numbers.metrics.clone().unwrap_or_default();
        let (mut result, mut group, mut section) = (0, 0, 0);
        let packs = places().filter_map(|place| {
            let [profile, fit, lenses] = &mut parts;
            let exhibits = [profile.next()?, fit.next()?, lenses.next()?];
            let groups = self.groups(place, &findings, &mut group);
            let metrics = self.metrics(place, &results, &mut result);
            let sections = self.sections(place, &numbers.appendix, &mut section);
            self.pack(place, exhibits, metrics, groups, sections)
        });
        packs.collect()
    }

    /// Exhibits of the first page carry neither numbers nor figures of their own.
    fn summary_exhibits(&self, place: usize) -> Vec<Exhibit<'a>> {
        let mut counter = Counter {
            section: String::new(),
            position: 0,
        };
        self.exhibits(place, Part::Summary, &mut counter, &mut 0)
    }

    fn pack(
        &self,
        place: usize,
        [profile, fit, lenses]: [Vec<Exhibit<'a>>; 3],
        metrics: Vec<Metric<'a>>,
        groups: Vec<Group<'a>>,
        sections: Vec<Section<'a>>,
    ) -> Option<Pack<'a>> {
        let (pack, layout) = (
            self.rulebook.packs.get(place)?,
            self.layout.packs.get(place)?,
        );
        let open = self.open(place);
        Some(Pack {
            place,
            id: &pack.id,
            title: Cow::Borrowed(&pack.title),
            version: &layout.version,
            digest: layout.digest,
            changed: pack.changed,
            overlay: None,
            about_html: &layout.about.html,
            about_md: &layout.about.md,
            credit: pack.credit.as_deref().map(Cow::Borrowed),
            summary: self.summary_exhibits(place),
            profile,
            fit,
            lenses,
            metrics,
            stop: self.stop(place, &groups),
            spare: self.spare(place),
            contradictions: contradictions(&groups),
            groups,
            nobody_knew: open.nobody_knew,
            left_open: open.left_open,
            closed: open.closed,
            not_applicable: open.not_applicable,
            not_relevant: open.not_relevant,
            ladders: layout
                .ladders
                .iter()
                .map(|one| self.ladder_rules(one))
                .collect(),
            context: pack.context.iter().map(|one| self.context(one)).collect(),
            sections,
        })
    }

    fn context(&self, figure: &'a ContextFigure) -> Context<'a> {
        let (place, figure) = (figure.about, &figure.file);
        let value = number(figure.figure.value);
        let about = place.and_then(|node| self.rulebook.item(node));
        Context {
            figure: match figure.unit.as_str() {
                "percent" | "per cent" => format!("{value} %"),
                "rank" => format!("Rank {value}"),
                unit => format!("{value} {unit}"),
            },
            about: about.map(|item| Cow::Borrowed(item.label.trim_end_matches('?'))),
            anchor: place.and_then(|node| self.layout.anchor(node)),
            says: Cow::Borrowed(figure.says.trim_end_matches('.')),
            base: Cow::Borrowed(figure.base.trim_end_matches('.')),
            source: Cow::Borrowed(figure.source.trim_end_matches('.')),
            margin: figure
                .margin
                .as_deref()
                .map(|margin| Cow::Borrowed(margin.trim_end_matches('.'))),
            caveat: figure.caveat.as_deref().map(Cow::Borrowed),
        }
    }
}
