//! Data that every part of the view is made from, and the figures that all of them share.

use super::{Numbers, Respondents, Role};
use crate::assess::assessment::{
    Assessment, DecisionResult, FindingResult, ItemId, LadderResult, MatchedResult, MergeResult,
    QuestionResult, RoleCount, ScoreResult,
};
use crate::report::layout::Layout;
use crate::rules::pack::file::Part;
use crate::rules::rulebook::words::list;
use crate::rules::rulebook::{Finding, Item, ItemKind, Rulebook};
use crate::rules::vocabulary::State;
pub(super) use crate::text::number::in_words;
use crate::text::number::{format_near_all, rounded};
use jiff::civil::Date;

/// The sources of one view.
pub(super) struct ReportContext<'a> {
    pub(super) layout: &'a Layout<'a>,
    pub(super) rulebook: &'a Rulebook,
    pub(super) result: &'a MatchedResult<'a>,
    pub(super) assessment: &'a Assessment,
    /// The pack that draws the others together.
    pub(super) overall: Option<usize>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, result: &'a MatchedResult<'a>) -> Self {
        let mut material = Self {
            layout,
            rulebook: layout.rulebook,
            result,
            assessment: result.assessment(),
            overall: None,
        };
        material.overall = super::order::overall(&material);
        material
    }

    pub(super) fn question(&self, node: usize) -> Option<&'a QuestionResult> {
        self.result.question(node)
    }

    pub(super) fn score(&self, node: usize) -> Option<&'a ScoreResult> {
        self.result.score(node)
    }

    pub(super) fn decision(&self, node: usize) -> Option<&'a DecisionResult> {
        self.result.decision(node)
    }

    pub(super) fn ladder(&self, node: usize) -> Option<&'a LadderResult> {
        self.result.ladder(node)
    }

    /// The place of an item that the result names.
    pub(super) fn node(&self, id: &ItemId) -> Option<usize> {
        self.result.node_of(id)
    }

    /// The item that a result names.
    pub(super) fn item(&self, id: &ItemId) -> Option<&'a Item> {
        self.rulebook.item(self.node(id)?)
    }

    /// The place of a question in the appendix; `None` for any other item.
    pub(super) fn anchor(&self, id: &ItemId) -> Option<&'a str> {
        self.layout.anchor(self.node(id)?)
    }

    /// The place of a finding in the rulebook, with its rule.
    pub(super) fn rule(&self, finding: &FindingResult) -> Option<(usize, &'a Finding)> {
        let place = self.result.finding_of(&finding.id)?;
        Some((place, self.rulebook.findings.get(place)?))
    }

    /// An index without digits, or with as many as it takes to stand on the right side of every
    /// threshold that something hangs on.
    pub(super) fn index(&self, node: usize, index: f64) -> String {
        let limits = self
            .layout
            .thresholds
            .get(node)
            .map_or(&[][..], Vec::as_slice);
        format_near_all(index, limits, 0)
    }

    /// Number of questions that apply, and how many of them are answered, without free text.
    pub(super) fn answered(&self) -> (usize, usize) {
        let counted = self.assessment.questions.iter().filter(|one| {
            let item = self.item(&one.id);
            item.is_some_and(|item| item.domain != crate::rules::rulebook::Domain::Text)
        });
        let (mut applicable, mut rated) = (0, 0);
        for question in counted {
            let absent = matches!(
                question.state,
                State::NotApplicable | State::Irrelevant | State::NotAsked
            );
            applicable += usize::from(!absent);
            rated += usize::from(question.state == State::Rated);
        }
        (applicable, rated)
    }

    pub(super) fn numbers(&self) -> Numbers {
        let mut next = 0;
        let mut number = || {
            next += 1;
            next.to_string()
        };
        let packs = &self.rulebook.packs;
        let has = |part: Part| {
            packs.iter().enumerate().any(|(place, pack)| {
                let mut exhibits = pack.exhibits.iter();
                exhibits.any(|one| self.part(place, one) == part && self.shows(&one.kind))
            })
        };
        let mut layouts = self.layout.packs.iter();
        let profile = has(Part::Profile) || layouts.any(|pack| self.has_profile(pack));
        let context = packs.iter().any(|pack| !pack.context.is_empty());
        Numbers {
            summary: number(),
            profile: profile.then(&mut number),
            fit: has(Part::Fit).then(&mut number),
            metrics: self.metrics_shown().next().is_some().then(&mut number),
            lenses: has(Part::Lens).then(&mut number),
            voices: self
                .assessment
                .respondents
                .merged
                .is_some()
                .then(&mut number),
            findings: (self.assessment.findings.iter())
                .any(|one| one.called_for)
                .then(&mut number),
            roadmap: self.has_roadmap().then(&mut number),
            unknowns: number(),
            context: context.then(&mut number),
            method: number(),
            appendix: number(),
            glossary: (!self.layout.glossary.is_empty()).then(&mut number),
        }
    }

    /// "3 questions, the last on 20 November 2026": what was agreed on after the day the answers
    /// speak of.
    pub(super) fn agreed_later(&self) -> Option<String> {
        let day = self.assessment.assessed_on.as_deref()?;
        let questions = self.assessment.questions.iter();
        let agreed = questions.filter_map(|one| one.agreed.as_ref()?.date.as_deref());
        let later: Vec<&str> = agreed.filter(|on| *on > day).collect();
        let last = later.iter().max()?.parse().map(date).ok()?;
        let on = if later.iter().all(|on| Some(on) == later.first()) {
            "on"
        } else {
            "the last on"
        };
        Some(format!(
            "{}, {on} {last}",
            counted(later.len(), "question", "questions")
        ))
    }

    pub(super) fn respondents(&self) -> Respondents {
        let who = &self.assessment.respondents;
        let whole = if self.assessment.client.unit.is_some() {
            "unit"
        } else {
            "organisation"
        };
        let sentence = match (&who.merged, who.count, who.role) {
            (Some(merged), None, _) => {
                format!("Fewer than {} people answered.", merged.minimum_group)
            }
            (Some(_), Some(count), _) => format!("{count} people answered, each alone."),
            (None, _, None) => format!("One assessor answered for the whole {whole}."),
            (None, _, Some(role)) => format!(
                "One assessor, from {}, answered for the whole {whole}.",
                role.origin()
            ),
        };
        let row = |one: &RoleCount| Role {
            role: one.role.title().to_owned(),
            count: one
                .people
                .map_or_else(|| self.hidden_mark(), |people| people.to_string()),
        };
        Respondents {
            sentence,
            rows: who.roles.iter().map(row).collect(),
            promise: who.merged.as_ref().map(promise),
        }
    }

    /// True if a question is one of the ratings whose spread the profile shows.
    pub(super) fn is_rating(&self, node: usize) -> bool {
        self.rulebook
            .item(node)
            .is_some_and(|item| match &item.kind {
                ItemKind::Question(question) => {
                    let house = ["0", "1", "2", "3", "4"];
                    question.kind == crate::rules::pack::file::QuestionType::Rating
                        && question
                            .choices
                            .iter()
                            .map(|one| one.value.as_str())
                            .eq(house)
                }
                ItemKind::Score { .. }
                | ItemKind::Decision { .. }
                | ItemKind::Figure { .. }
                | ItemKind::Ladder { .. } => false,
            })
    }
}

/// Promise made to those who answered.
fn promise(merged: &MergeResult) -> String {
    format!(
        "Nobody is named, and what a group of fewer than {} people said is not shown, nor any figure that would give it away.",
        merged.minimum_group
    )
}

/// `31 October 2026`.
pub(in crate::report) fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!(
        "{} {} {}",
        date.day(),
        month.copied().unwrap_or_default(),
        date.year()
    )
}

/// A share as `86 %`.
pub(in crate::report) fn percent(share: f64) -> String {
    let mut text = rounded(share * 100.0, 0);
    text.push_str(" %");
    text
}

/// `1 question`, `3 questions`.
pub(in crate::report) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A text with its first letter in capitals.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `One question`, `Three questions`: a count that begins a sentence, in words up to twelve.
pub(super) fn opening(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{} {noun}", capital(&in_words(count)))
}

/// Names in a row, each in quotes where one of them holds a comma or an "and" of its own.
pub(super) fn names(names: &[&str]) -> String {
    let runs_on = |name: &&str| name.contains(", ") || name.contains(" and ");
    if names.len() < 2 || !names.iter().any(runs_on) {
        return list(names);
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    list(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A name without what follows its first colon: "Light: people working across units".
pub(in crate::report) fn short(label: &str) -> &str {
    label.split_once(": ").map_or(label, |(name, _)| name)
}
