//! What to begin with: the actions that answer the first causes.

use super::{ActionResult, Assessment, CauseResult};
use crate::text::number::round;

/// So many causes are to be answered first.
const FIRST: usize = 3;

impl Assessment {
    /// The causes to be answered first.
    pub fn first_causes(&self) -> impl Iterator<Item = &CauseResult> {
        self.causes.iter().take(FIRST)
    }

    /// The action of a work.
    #[must_use]
    pub fn action(&self, work: &str) -> Option<&ActionResult> {
        self.actions.iter().find(|one| one.advice.work == work)
    }
}

/// The works that answer the first causes, each behind what should come before it. Before one that
/// changes no level, gate or printed figure, the next above it in the list that changes one.
pub(super) fn next(result: &Assessment) -> Vec<String> {
    let mut chosen = Vec::new();
    let works = result.first_causes().filter_map(|one| one.action.as_ref());
    for work in works {
        if let Some(first) = before_idle(result, work) {
            behind(result, first, &mut Vec::new(), &mut chosen);
        }
        behind(result, work, &mut Vec::new(), &mut chosen);
    }
    chosen
}

fn before_idle<'a>(result: &'a Assessment, work: &str) -> Option<&'a str> {
    let actions = result.actions.iter();
    let place = actions.clone().position(|one| one.advice.work == work)?;
    let idle = result.actions.get(place).is_some_and(|one| !changes(one));
    let taken = |one: &ActionResult| {
        let mut causes = result.first_causes();
        causes.any(|cause| cause.action.as_ref() == Some(&one.advice.work))
    };
    let mut above = actions.take(place).filter(|_| idle);
    let first = above.find(|one| one.effect.is_some() && changes(one) && !taken(one))?;
    Some(&first.advice.work)
}

/// Whether an action changes a level, a gate or a figure as printed, or finds out what nobody knew.
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

fn behind<'a>(
    result: &'a Assessment,
    work: &'a str,
    above: &mut Vec<&'a str>,
    chosen: &mut Vec<String>,
) {
    let taken = above.contains(&work) || chosen.iter().any(|one| one == work);
    let Some(action) = result.action(work).filter(|_| !taken) else {
        return;
    };
    above.push(work);
    for first in &action.advice.after {
        behind(result, first, above, chosen);
    }
    above.pop();
    chosen.push(work.to_owned());
}
