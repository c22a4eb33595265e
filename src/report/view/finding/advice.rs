//! What to do about a finding.

use super::{size, within};
use crate::assessment::AdviceResult;
use crate::report::markdown::Markup;
use crate::report::view::Text;
use crate::report::view::material::Material;
use serde::Serialize;
use std::borrow::Cow;

/// Something to do.
#[derive(Debug, Clone, Serialize)]
pub struct Advice<'a> {
    /// What, one sentence.
    pub what: Text<'a>,
    /// How; empty where one sentence is enough.
    pub how_html: &'a str,
    /// The same in Markdown.
    pub how_md: &'a str,
    /// "low", "medium" or "high".
    pub effort: &'static str,
    /// "low", "medium" or "high".
    pub impact: &'static str,
    /// "30 days".
    pub within: &'static str,
    /// The role that should own it; null: to be named.
    pub owner: Option<Text<'a>>,
    /// "After: …", where other advice should come first.
    pub after: Option<String>,
    /// Where another pack advises the same work and tells it in full.
    pub told: Option<Told<'a>>,
}

/// Where advice is told in full.
#[derive(Debug, Clone, Serialize)]
pub struct Told<'a> {
    /// What to do, as it is told there.
    pub what: Text<'a>,
    /// Anchor of the finding.
    pub anchor: &'a str,
    /// Title of its pack.
    pub pack: Text<'a>,
}

impl<'a> Material<'a> {
    pub(super) fn advice(
        &self,
        pack: usize,
        advice: &'a AdviceResult,
        how: &'a Markup,
    ) -> Advice<'a> {
        let after: Vec<&str> = advice
            .after
            .iter()
            .filter_map(|id| self.advice_given(pack, id))
            .collect();
        Advice {
            what: Cow::Borrowed(&advice.what),
            how_html: &how.html,
            how_md: &how.md,
            effort: size(advice.effort),
            impact: size(advice.impact),
            within: within(advice.within),
            owner: advice.owner.as_deref().map(Cow::Borrowed),
            after: (!after.is_empty()).then(|| format!("After: {}", after.join("; "))),
            told: self.told(pack, advice),
        }
    }

    /// Where this client is given the advice of another pack that is the same work.
    fn told(&self, pack: usize, advice: &AdviceResult) -> Option<Told<'a>> {
        let place = self.rulebook.packs.iter().position(|one| {
            let work = advice.work.strip_prefix(one.id.as_str());
            work.is_some_and(|rest| rest.starts_with('.'))
        });
        let home = place.filter(|home| *home != pack)?;
        let (found, same) = self.found(home).find_map(|found| {
            let mut given = found.advice.iter();
            Some((found, given.find(|one| one.work == advice.work)?))
        })?;
        Some(Told {
            what: Cow::Borrowed(&same.what),
            anchor: &self.layout.findings.get(self.rule(found)?.0)?.anchor,
            pack: Cow::Borrowed(&self.rulebook.packs.get(home)?.title),
        })
    }

    /// What advice says that this client is given too; what was not is done, or does not apply.
    fn advice_given(&self, pack: usize, id: &str) -> Option<&'a str> {
        let findings = self.found(pack).flat_map(|one| &one.advice);
        let gates = self.rulebook.gates.iter().zip(&self.assessment.gates);
        let gates = gates
            .filter(|(rule, gate)| rule.pack == pack && gate.state.holds_back())
            .flat_map(|(_, gate)| &gate.advice);
        let mut given = findings.chain(gates);
        Some(given.find(|one| one.id == id)?.what.as_str())
    }
}
