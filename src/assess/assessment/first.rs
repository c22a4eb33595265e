//! First steps: what to begin with, what comes within 90 days, and what has to be decided now.

use super::{
    ActionResult, AdviceResult, Assessment, CauseKind, CauseResult, ContradictedFinding,
    DecisionNow, Effect, FindingResult, Gain, ItemId, LadderResult, LevelEffect, NeedKind,
    SoonLevel, Standing, Turn,
};
use crate::assess::plan::advice::add_in_order;
use crate::rules::pack::file::{FindingKind, Horizon};
use crate::text::number::round;

/// The most works within 90 days, and those among them that settle a contradiction.
const MOST_SOON: usize = 6;
const MOST_SETTLED: usize = 2;
/// The most decisions to take now, and the number for which causes after the first are asked too.
const MOST_DECISIONS: usize = 5;
const ENOUGH_DECISIONS: usize = 3;

/// The works that settle contradictions on which a verdict hangs.
pub(super) fn settling<'a>(
    contradicted: &[ContradictedFinding],
    findings: &'a [FindingResult],
) -> Vec<&'a str> {
    let settles = contradicted.iter().filter_map(|one| {
        let finding = findings.iter().find(|found| found.id == one.id)?;
        Some(finding.advice.first()?.work.as_str())
    });
    settles.collect()
}

/// The works that can be begun within 90 days: the first of those that settle a contradiction, those
/// to begin with, then the others in their order: first those of grave risks and of other grave
/// findings, then those that raise or stop something, and those of subjects that stand higher already
/// last; of what is chosen, first what is begun within 30.
pub(super) fn soon(
    actions: &[ActionResult],
    (settling, next): (&[&str], &[String]),
    (findings, standing): (&[FindingResult], Option<&Standing>),
) -> Vec<String> {
    let higher = standing.map_or(&[][..], |one| &one.higher);
    let is_higher = |of: &ItemId| higher.iter().any(|ladder| ladder.pack() == of.pack());
    let is_idle = |one: &ActionResult| one.gain == Gain::None && !one.stops;
    let turn = |one: &ActionResult| {
        let finding = findings.iter().find(|finding| finding.id == one.of);
        match finding.filter(|finding| finding.is_grave()) {
            Some(finding) if finding.kind == FindingKind::Risk => 0,
            Some(_) => 1,
            None => 2,
        }
    };
    let mut others: Vec<&ActionResult> = actions.iter().collect();
    others.sort_by_key(|one| (is_higher(&one.of), turn(one), is_idle(one)));
    let others = others.iter().map(|one| &*one.advice.work);
    let first = settling.iter().take(MOST_SETTLED).copied();
    let first = first.chain(next.iter().map(String::as_str));
    let before = before_in(actions);
    let mut order = Vec::new();
    for work in first.chain(others) {
        add_in_order(work, &before, &mut Vec::new(), &mut order);
    }
    let mut soon: Vec<&AdviceResult> = Vec::new();
    for work in order {
        let mut actions = actions.iter().map(|one| &one.advice);
        let advice = actions.find(|one| one.work == work && one.within < Horizon::Later);
        let chosen = |work: &String| soon.iter().any(|one| one.work == *work);
        let advice = advice.filter(|one| soon.len() < MOST_SOON && one.after.iter().all(chosen));
        soon.extend(advice);
    }
    soon.sort_by_key(|one| one.within);
    soon.into_iter().map(|one| one.work.clone()).collect()
}

impl Assessment {
    /// The grave risks that are called for, in the order of the findings.
    pub(super) fn grave_risks(&self) -> Vec<ItemId> {
        let grave = |one: &&FindingResult| one.kind == FindingKind::Risk && one.is_grave();
        let risks = self
            .findings
            .iter()
            .filter(|one| one.called_for && grave(one));
        risks.map(|one| one.id.clone()).collect()
    }

    /// The subjects that stand lowest, once all works of the next 90 days are done: those that turn,
    /// and those that stay though a higher level is called for.
    pub(super) fn soon_levels(&self) -> Vec<SoonLevel> {
        let lowest = self.standing.iter();
        let lowest: Vec<&ItemId> = lowest
            .flat_map(|one| [&one.ladder].into_iter().chain(&one.tied))
            .collect();
        let effect = self.soon_effect.iter();
        let pairs = effect.flat_map(|effect| effect.levels.iter().map(move |one| (effect, one)));
        let pairs = pairs.filter(|(_, level)| lowest.contains(&&level.id));
        pairs
            .filter_map(|(effect, level)| self.soon_level(effect, level))
            .collect()
    }

    fn soon_level(&self, effect: &Effect, level: &LevelEffect) -> Option<SoonLevel> {
        let ladder = self.ladder(&level.id)?;
        let from = ladder.rank(level.before.as_ref()?)?;
        let to = level.after.as_ref().and_then(|one| ladder.rank(one));
        let turn = match to {
            None => Turn::Lost,
            Some(to) if to > from => Turn::Rises,
            Some(to) if to < from => Turn::Falls,
            Some(_) if ladder.enough.is_some() || from == ladder.levels.len() => return None,
            Some(_) => Turn::Stays,
        };
        let works = self.soon.iter().filter_map(|work| self.action(work));
        let own = works.filter_map(|action| action.effect.as_ref());
        let reach = |one: &LevelEffect| one.id == level.id && one.after == level.after;
        let alone = own.filter(|effect| effect.levels.iter().any(reach)).count();
        let met = effect.meets.iter().filter(|one| one.ladder == ladder.id);
        let stays = turn == Turn::Stays;
        Some(SoonLevel {
            id: level.id.clone(),
            turn,
            rank: to,
            alone: if turn == Turn::Rises { alone } else { 0 },
            index: self.short_index(ladder, effect).filter(|_| stays),
            open: if stays {
                ladder.blocked_by().len().saturating_sub(met.count())
            } else {
                0
            },
        })
    }

    /// The index that the score of a ladder comes to, where the works move it and it stays below what
    /// the next level starts at.
    fn short_index(&self, ladder: &LadderResult, effect: &Effect) -> Option<f64> {
        let score = ladder.of.as_ref()?;
        let moved = effect.points.iter().find(|one| one.id == *score)?;
        let needs = ladder.blocked_by();
        let mut needs = needs.iter().filter(|need| need.kind == NeedKind::Score);
        let from = needs.find_map(|need| need.from)?;
        let then = self.score(score)?.index? + moved.index;
        (then < from).then(|| round(then, 6))
    }
}

/// The decisions that the first causes and what does not fit call for, as far as what they open the
/// way for can begin within 90 days; where these are few, those of the causes after them too.
pub(super) fn decisions_now(causes: &[CauseResult], actions: &[ActionResult]) -> Vec<DecisionNow> {
    let decision = |cause: &CauseResult| {
        let work = cause.action.as_ref()?;
        let is_now =
            |one: &&ActionResult| one.advice.work == *work && one.advice.within < Horizon::Later;
        let action = actions.iter().find(is_now)?;
        Some(DecisionNow {
            asks: action.advice.decide.clone()?,
            cause: cause.id.clone(),
            action: work.clone(),
        })
    };
    let causes = causes.iter().enumerate();
    let (first, later): (Vec<_>, Vec<_>) = causes.partition(|(place, cause)| {
        *place < Assessment::FIRST_CAUSES || cause.kind == CauseKind::Fit
    });
    let mut list: Vec<DecisionNow> = Vec::new();
    for (most, causes) in [(MOST_DECISIONS, first), (ENOUGH_DECISIONS, later)] {
        for decision in causes.into_iter().filter_map(|(_, cause)| decision(cause)) {
            if list.len() < most && list.iter().all(|one| one.asks != decision.asks) {
                list.push(decision);
            }
        }
    }
    list
}

/// The works that answer the first causes, each behind what should come before it. Before one that
/// changes no level, gate or printed figure, the next above it in the list that changes one.
pub(super) fn next(causes: &[CauseResult], actions: &[ActionResult]) -> Vec<String> {
    let first = causes.iter().take(Assessment::FIRST_CAUSES);
    let first: Vec<&String> = first.filter_map(|one| one.action.as_ref()).collect();
    let before = before_in(actions);
    let mut chosen = Vec::new();
    for work in &first {
        let place = actions.iter().position(|one| one.advice.work == **work);
        let idle = place.filter(|place| actions.get(*place).is_some_and(|one| !changes(one)));
        let mut above = actions.iter().take(idle.unwrap_or(0));
        let change = above
            .find(|one| one.effect.is_some() && changes(one) && !first.contains(&&one.advice.work));
        let change = change.map(|one| &one.advice.work).into_iter();
        for work in change.chain([*work]) {
            add_in_order(work, &before, &mut Vec::new(), &mut chosen);
        }
    }
    chosen.into_iter().map(str::to_owned).collect()
}

/// The works that come before one of these actions; none for any other work.
fn before_in<'a>(actions: &'a [ActionResult]) -> impl Fn(&str) -> Option<Vec<&'a str>> {
    move |work| {
        let action = actions.iter().find(|one| one.advice.work == work)?;
        Some(action.advice.after.iter().map(String::as_str).collect())
    }
}

/// True if an action changes a level, a gate or a figure as printed, or finds out what nobody knew.
fn changes(action: &ActionResult) -> bool {
    action.effect.as_ref().is_none_or(|effect| {
        let mut levels = effect.levels.iter();
        let mut points = effect.points.iter();
        action.stops
            || !effect.opens.is_empty()
            || !effect.meets.is_empty()
            || levels.any(|level| level.before != level.after)
            || points.any(|one| round(one.index, 1) != 0.0)
    })
}
