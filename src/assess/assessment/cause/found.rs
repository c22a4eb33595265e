//! Causes that are findings, and what is built and does not fit.

use super::{Causes, FOUND, Rank, STOPPED, UNFIT, turn_of};
use crate::assess::assessment::{CauseKind, CauseResult, FindingResult, FitResult, FitState};
use crate::rules::pack::file::{FindingKind, Severity};
use std::cmp::Reverse;

impl Causes<'_, '_, '_> {
    /// The findings that hold anybody back.
    pub(super) fn of_findings(&mut self, list: &mut Vec<(Rank, CauseResult)>) {
        for (turn, finding) in self.found.findings.iter().enumerate() {
            let fits = finding.kind == FindingKind::Fit;
            let well = fits && finding.severity == Severity::Info;
            if !finding.called_for || well || self.is_settled(finding) {
                continue;
            }
            let Some(kind) = turn_of(finding.kind) else {
                continue;
            };
            let tier = match self.found.unfit(finding) {
                Some(FitState::OverBuilt) => STOPPED,
                Some(FitState::UnderBuilt) if finding.severity >= Severity::High => UNFIT,
                Some(
                    FitState::UnderBuilt | FitState::Fit | FitState::Open | FitState::NotApplicable,
                )
                | None => FOUND,
            };
            let rank = (tier, Reverse(Some(finding.severity)), kind, turn);
            list.push((rank, self.finding(finding)));
        }
    }

    /// Whether nothing that a finding advises is called for, so that it holds nobody back.
    fn is_settled(&self, finding: &FindingResult) -> bool {
        let mut rules = self.build.rulebook.findings.iter();
        let rule = rules.find(|rule| finding.id == rule.id);
        finding.advice.is_empty() && rule.is_some_and(|rule| !rule.advice.is_empty())
    }

    /// What is built and does not fit, where no finding says so.
    pub(super) fn of_fits(&mut self, list: &mut Vec<(Rank, CauseResult)>) {
        for (turn, fit) in self.found.fits.iter().enumerate() {
            let tier = match fit.state {
                FitState::OverBuilt => STOPPED,
                FitState::UnderBuilt => UNFIT,
                FitState::Fit | FitState::Open | FitState::NotApplicable => continue,
            };
            let mut findings = self.found.findings.iter();
            let told = findings.any(|one| one.id.pack() == fit.pack && self.found.tells(one));
            if !told {
                let rank = (tier, Reverse(None), 0, turn);
                list.push((rank, self.fit(fit)));
            }
        }
    }

    fn fit(&mut self, fit: &FitResult) -> CauseResult {
        let build = self.build;
        let forms = [&fit.called_for.id, &fit.built.id];
        let nodes = forms.into_iter().filter_map(|id| build.rulebook.find(id));
        let under = fit.state == FitState::UnderBuilt;
        let ours: Vec<usize> = build.rulebook.find(&fit.built.id).into_iter().collect();
        let action = under.then(|| self.moving(|_| true, &ours, None)).flatten();
        CauseResult {
            id: fit.id.clone(),
            kind: CauseKind::Fit,
            holds: None,
            title: fit
                .outcome
                .as_ref()
                .map_or_else(String::new, |one| one.label.clone()),
            text: fit.because.clone().unwrap_or_default(),
            finding: Some(FindingKind::Fit),
            severity: None,
            certain: fit.certain,
            rests_on: nodes
                .filter_map(|node| build.because(node, String::new()))
                .collect(),
            must_be_true: if under && action.is_none() {
                self.must_be_true(&ours)
            } else {
                Vec::new()
            },
            action,
        }
    }

    fn finding(&mut self, finding: &FindingResult) -> CauseResult {
        let read: Vec<usize> = finding
            .because
            .iter()
            .filter_map(|one| self.build.rulebook.find(&one.id))
            .collect();
        let action = self.own(&finding.id, &read, None);
        let fit = finding.kind == FindingKind::Fit;
        CauseResult {
            id: finding.id.clone(),
            kind: if fit {
                CauseKind::Fit
            } else {
                CauseKind::Finding
            },
            holds: None,
            title: finding.title.clone(),
            text: finding.text.clone(),
            finding: Some(finding.kind),
            severity: Some(finding.severity),
            certain: finding.certain,
            rests_on: finding.because.clone(),
            must_be_true: if action.as_deref().is_some_and(|work| self.lifts(work)) {
                Vec::new()
            } else {
                self.must_be_true(&read)
            },
            action,
        }
    }
}
