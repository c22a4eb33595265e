//! Advice on a finding.

use super::{size, within};
use crate::assess::assessment::{ActionResult, AdviceResult, FindingResult};
use crate::report::markdown::Markup;
use crate::report::view::Text;
use crate::report::view::context::ReportContext;
use crate::report::view::step::due;
use serde::Serialize;
use std::borrow::Cow;

/// Something to do.
#[derive(Debug, Clone, Serialize)]
pub struct Advice<'a> {
    /// Action, one sentence.
    pub what: Text<'a>,
    /// Instructions; empty where one sentence is enough.
    pub how_html: String,
    /// The same in Markdown.
    pub how_md: String,
    /// "low", "medium" or "high".
    pub effort: &'static str,
    /// "low", "medium" or "high".
    pub impact: &'static str,
    /// "30 days".
    pub within: &'static str,
    /// Who is to do it, where the answers say so; null: to be named.
    pub owner: Option<Text<'a>>,
    /// The role that the pack suggests.
    pub suggested: Option<Text<'a>>,
    /// "31 March 2027", where the answers say so.
    pub due: Option<String>,
    /// "After: …", where other advice should come first.
    pub after: Option<String>,
    /// Place where another finding gives the same advice in full; null where this one does.
    pub told: Option<Told<'a>>,
}

/// Place where advice is given in full.
#[derive(Debug, Clone, Serialize)]
pub struct Told<'a> {
    /// Advice as it is worded there.
    pub what: Text<'a>,
    /// Anchor of the finding.
    pub anchor: &'a str,
    /// Title of its pack.
    pub pack: Text<'a>,
}

impl<'a> ReportContext<'a> {
    /// Advice as the action says it that it belongs to, or by itself where it belongs to none.
    pub(super) fn advice(&self, of: &FindingResult, advice: &'a AdviceResult) -> Advice<'a> {
        let action = self.assessment.action(&advice.work);
        let how = Markup::of(advice.how.as_ref());
        let owner = action.and_then(|one| one.owner.as_ref());
        let alone = advice.suggested_owner.as_deref();
        let suggested = action.map_or(alone, ActionResult::suggested);
        Advice {
            what: Cow::Borrowed(&advice.what),
            how_html: how.html,
            how_md: how.md,
            effort: size(advice.effort),
            impact: size(advice.impact),
            within: within(action.map_or(advice.within, |one| one.advice.within)),
            owner: owner.map(|owner| Cow::Borrowed(owner.as_str())),
            suggested: suggested.map(Cow::Borrowed),
            due: action.and_then(|one| one.due.as_deref()).map(due),
            after: action.and_then(|one| self.after(one)),
            told: action.and_then(|one| self.told(of, one)),
        }
    }

    /// Finds another finding that gives the same advice in full.
    fn told(&self, of: &FindingResult, action: &ActionResult) -> Option<Told<'a>> {
        let mut findings = self.assessment.findings.iter();
        let home = findings.find(|one| one.id == action.of && one.id != of.id)?;
        let (place, rule) = self.rule(home)?;
        let same = home
            .advice
            .iter()
            .find(|one| one.work == action.advice.work)?;
        Some(Told {
            what: Cow::Borrowed(&same.what),
            anchor: &self.layout.findings.get(place)?.anchor,
            pack: Cow::Borrowed(&self.rulebook.packs.get(rule.pack)?.title),
        })
    }
}
