//! The roadmap: all advice in three horizons, what it takes beside what it closes, the shortest ways
//! to the next levels, and what is aimed at.

mod aim;
mod effort;

pub use aim::{Aim, Aims, Projected, ProjectedRow};
pub use effort::{EffortCell, EffortGrid, EffortRow, Named as EffortName};

use super::Text;
use super::context::ReportContext;
use super::finding::size;
use super::pack::Pack;
use super::route::Route;
use super::step::due;
use crate::assess::assessment::{ActionResult, FitState};
use crate::assess::plan::{PlanRequest, plan};
use crate::rules::pack::file::{FindingKind, Horizon as Within, Severity};
use crate::rules::rulebook::words::list;
use serde::Serialize;
use std::borrow::Cow;

/// A horizon names this many actions, quick wins, all that are grave, meet a gate or were given a day,
/// and what any comes after; the findings name the rest.
const MOST_ACTIONS: usize = 12;

/// Actions by time, and the levels they lead to.
#[derive(Debug, Clone, Serialize)]
pub struct Roadmap<'a> {
    /// Now, next and later; those without anything are left out.
    pub horizons: Vec<Horizon<'a>>,
    /// True if any of them was given a day.
    pub dated: bool,
    /// Some action finds out what nobody knew.
    pub finds_out: bool,
    /// Some action waits for a level after the next, and is left out.
    pub waits: bool,
    /// Open ratings by effort and gap; null where every rating stands at its top.
    pub grid: Option<EffortGrid<'a>>,
    /// The shortest ways to the next levels; may be empty.
    pub routes: Vec<Route>,
    /// Ladders on which no way leads on, with the reason; may be empty.
    pub stays: Vec<Stay>,
    /// Targets; null where there are none.
    pub aims: Option<Aims<'a>>,
}

/// A ladder on which no way leads on.
#[derive(Debug, Clone, Serialize)]
pub struct Stay {
    /// Name of the ladder.
    pub ladder: String,
    /// Why, in one or two sentences.
    pub why: String,
}

/// Advice of one horizon.
#[derive(Debug, Clone, Serialize)]
pub struct Horizon<'a> {
    /// "Now", "Next" or "Later".
    pub title: &'static str,
    /// "within 30 days".
    pub within: &'static str,
    /// In the order in which they should be taken.
    pub actions: Vec<Action<'a>>,
    /// "Also in this time: see 5.1.2 and 5.3.4."; null where all are named.
    pub more: Option<String>,
}

/// Something to do.
#[derive(Debug, Clone, Serialize)]
pub struct Action<'a> {
    /// Action in one sentence.
    pub what: Text<'a>,
    /// Instructions, where it meets a gate; for other actions the finding has them.
    pub how: Option<&'a str>,
    /// "low", "medium" or "high".
    pub effort: &'static str,
    /// Who is to do it, where the answers say so; null: to be named.
    pub owner: Option<Text<'a>>,
    /// "31 March 2027", where the answers say so.
    pub due: Option<String>,
    /// The role that the pack suggests.
    pub suggested: Option<Text<'a>>,
    /// "After: …", where other advice should come first.
    pub after: Option<String>,
    /// A quick win, as the result says.
    pub quick: bool,
    /// One of the summary's next steps.
    pub next: bool,
    /// The finding, or the exhibit of the ladder, it comes from.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
}

impl<'a> ReportContext<'a> {
    /// True if there is anything to plan.
    pub(super) fn has_roadmap(&self) -> bool {
        !self.assessment.plan.is_empty()
            || !self.assessment.actions.is_empty()
            || self
                .assessment
                .questions
                .iter()
                .any(|one| !one.phases.is_empty())
    }

    fn finds_out(&self) -> bool {
        let mut findings = self.assessment.findings.iter();
        findings
            .any(|one| one.kind == FindingKind::Unknown && one.called_for && !one.advice.is_empty())
    }

    pub(super) fn roadmap(&self, packs: &[Pack<'a>]) -> Option<Roadmap<'a>> {
        self.has_roadmap().then(|| {
            let (routes, stays) = self.routes();
            let horizons = self.horizons(packs, &routes);
            let mut actions = horizons.iter().flat_map(|one| &one.actions);
            Roadmap {
                dated: actions.any(|one| one.due.is_some()),
                finds_out: self.finds_out(),
                waits: (self.assessment.actions.iter()).any(|one| self.waits(one, &routes)),
                horizons,
                grid: self.effort_grid(),
                routes,
                stays,
                aims: self.aims(),
            }
        })
    }

    fn horizons(&self, packs: &[Pack<'a>], routes: &[Route]) -> Vec<Horizon<'a>> {
        let horizons = [
            (Within::Now, "Now", "within 30 days"),
            (Within::Next, "Next", "within 90 days"),
            (Within::Later, "Later", "after 90 days"),
        ];
        let next = self.next_actions().collect::<Vec<_>>();
        let horizons = horizons.into_iter().map(|(horizon, title, within)| {
            let own = self.assessment.actions.iter();
            let own: Vec<&'a ActionResult> = own
                .filter(|one| one.advice.within == horizon && !self.waits(one, routes))
                .collect();
            let (own, left) = self.told_here(own);
            let actions = own.into_iter().map(|one| {
                let (anchor, number) = self.comes_from(packs, &one.of);
                Action {
                    what: Cow::Borrowed(&one.advice.what),
                    how: one.advice.how.as_deref().filter(|_| self.meets_gate(one)),
                    effort: size(one.advice.effort),
                    owner: one.owner.as_deref().map(Cow::Borrowed),
                    due: one.due.as_deref().map(due),
                    suggested: one.suggested().map(Cow::Borrowed),
                    after: self.after(one),
                    quick: one.quick,
                    next: next.iter().any(|step| step.advice.work == one.advice.work),
                    anchor,
                    number,
                }
            });
            Horizon {
                title,
                within,
                actions: actions.collect(),
                more: self.elsewhere(packs, &left),
            }
        });
        horizons.filter(|one| !one.actions.is_empty()).collect()
    }

    /// True if an action is for a gate of a level after the next, and neither a next step, nor part
    /// of a way, nor given a day.
    fn waits(&self, action: &ActionResult, routes: &[Route]) -> bool {
        let work = &action.advice.work;
        let mut next = self.next_actions();
        let mut steps = routes.iter().flat_map(|route| &route.steps);
        self.meets_gate(action)
            && action.due.is_none()
            && !self
                .assessment
                .levels
                .iter()
                .any(|one| one.is_blocked_by(&action.of))
            && next.all(|step| step.advice.work != *work)
            && steps.all(|step| !step.works.contains(work))
    }

    /// The actions of a horizon that the roadmap names, and those it leaves to the findings.
    fn told_here(
        &self,
        all: Vec<&'a ActionResult>,
    ) -> (Vec<&'a ActionResult>, Vec<&'a ActionResult>) {
        if all.len() <= MOST_ACTIONS + 1 {
            return (all, Vec::new());
        }
        let first: Vec<&ActionResult> = all.iter().take(MOST_ACTIONS).copied().collect();
        let grave = |one: &ActionResult| {
            let mut causes = self.assessment.causes.iter();
            causes.any(|cause| {
                let own = cause.id == one.of || cause.action.as_ref() == Some(&one.advice.work);
                own && (cause.blocks.is_some() || cause.severity >= Some(Severity::High))
            })
        };
        let told = |one: &ActionResult| {
            one.quick
                || one.due.is_some()
                || self.meets_gate(one)
                || grave(one)
                || first
                    .iter()
                    .any(|other| other.advice.work == one.advice.work)
        };
        let awaited = |one: &ActionResult| {
            let mut all = self.assessment.actions.iter();
            all.any(|other| other.advice.after.contains(&one.advice.work))
        };
        all.into_iter().partition(|one| told(one) || awaited(one))
    }

    /// Sentence with the sections of the actions that the roadmap does not name; `None` if none.
    fn elsewhere(&self, packs: &[Pack<'a>], left: &[&'a ActionResult]) -> Option<String> {
        let mut numbers: Vec<String> = Vec::new();
        for one in left {
            let (_, number) = self.comes_from(packs, &one.of);
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        (!left.is_empty()).then(|| format!("Also in this time: see {}.", list(&numbers)))
    }

    /// The shortest way on the ladder that speaks for all, or else, and where it has none, on each
    /// pack's own; and on those that say what the market calls for. Where there is none, why.
    fn routes(&self) -> (Vec<Route>, Vec<Stay>) {
        let speaks = |place: usize| self.overall.is_none_or(|overall| overall == place);
        let (mut routes, mut stays) = self.ways(|_, place, main| main && speaks(place));
        let alone = stays.is_empty();
        let beside = self.ways(|drawn, place, main| {
            let own = main && speaks(place);
            !own && (drawn || (main && !alone))
        });
        routes.extend(beside.0);
        stays.extend(beside.1);
        (routes, stays)
    }

    /// The ways on some ladders, told by whether they are drawn, by their pack, and by whether they
    /// are its main one; and those that have none.
    fn ways(&self, wanted: impl Fn(bool, usize, bool) -> bool) -> (Vec<Route>, Vec<Stay>) {
        let (mut routes, mut stays) = (Vec::new(), Vec::new());
        for place in self.reading_order().filter(|_| self.layout.planned) {
            let Some(layout) = self.layout.packs.get(place) else {
                continue;
            };
            let main = self.main_ladder(place).and_then(|one| self.node(&one.id));
            let ladders = layout.ladders.iter();
            let ladders = ladders.filter(|one| wanted(one.drawn, place, main == Some(one.node)));
            if self.fit(place).map(|fit| fit.state) == Some(FitState::OverBuilt) {
                continue;
            }
            for ladder in ladders.filter_map(|one| self.ladder(one.node)) {
                let wish = PlanRequest {
                    ladder: Some(&ladder.id),
                    ..PlanRequest::default()
                };
                match plan(self.result, &wish) {
                    Ok(plan) => routes.push(Route::new(&plan)),
                    Err(refusal) => stays.push(Stay {
                        ladder: ladder.title.clone(),
                        why: refusal.reason(),
                    }),
                }
            }
        }
        (routes, stays)
    }
}
