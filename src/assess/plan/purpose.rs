//! The needs of a level that each step is for.

use super::Planner;
use super::result::Purpose;
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;

/// The needs that a run of steps is for.
#[derive(Debug, Clone, Default)]
pub(super) struct Purposes {
    /// The needs that it serves.
    pub(super) serves: Vec<Purpose>,
    /// True if the level is reached without it with the answers so far, and it only makes that
    /// certain.
    pub(super) secures: bool,
}

impl Planner<'_> {
    /// The purposes of each run: the needs that are not met without it, and those that one of
    /// several runs is enough for. `runs` gives the place of each with the number of its steps.
    pub(super) fn purposes(&self, runs: &[(usize, usize)], checks: &[Check]) -> Vec<Purposes> {
        let today = self.space.what_if();
        let without = |left_out: &[usize]| {
            let mut what_if = today.clone();
            let others = runs.iter().enumerate();
            let others = others.filter(|(nth, _)| !left_out.contains(nth));
            others.for_each(|(_, run)| self.space.take(&mut what_if, *run));
            what_if
        };
        let stand = |what_if: &WhatIf<'_>| {
            let mut checks = checks.iter();
            checks.all(|check| what_if.stands(check) == Truth::True)
        };
        let already = stand(&today);
        let mut purposes = vec![Purposes::default(); runs.len()];
        for nth in spared(runs.len(), |left_out| already || !stand(&without(left_out))) {
            if let Some(one) = purposes.get_mut(nth) {
                one.secures = true;
            }
        }
        let after = without(&[]);
        let lacking: Vec<WhatIf<'_>> = (0..runs.len()).map(|nth| without(&[nth])).collect();
        for check in checks {
            let met = |what_if: &WhatIf<'_>| what_if.holds(check) == Truth::True;
            let Some(purpose) = self.purpose(check).filter(|_| !met(&today) && met(&after)) else {
                continue;
            };
            let pairs = lacking.iter().enumerate();
            let needed = pairs.filter(|(_, what_if)| !met(what_if));
            let mut of: Vec<usize> = needed.map(|(nth, _)| nth).collect();
            let mut any = Vec::new();
            if of.is_empty() {
                of = any_of(runs.len(), |left_out| !met(&without(left_out)));
                any = of.iter().map(|nth| nth + 1).collect();
            }
            for nth in of {
                if let Some(one) = purposes.get_mut(nth) {
                    one.add(Purpose {
                        any_of: any.clone(),
                        ..purpose.clone()
                    });
                }
            }
        }
        purposes
    }

    fn purpose(&self, check: &Check) -> Option<Purpose> {
        let (kind, id) = self.need_of(check).filter(|_| *check != Check::Basis)?;
        let label = match check {
            Check::Gate(gate) => self.rulebook.gates.get(*gate)?.title.clone(),
            Check::From(_) | Check::Floor(_) | Check::Confidence(..) | Check::Basis => {
                let nodes = self.space.program.read_by(check);
                let item = nodes.first().and_then(|node| self.rulebook.item(*node));
                item.map_or_else(String::new, |item| item.label.clone())
            }
        };
        Some(Purpose {
            kind,
            id,
            label,
            any_of: Vec::new(),
        })
    }
}

impl Purposes {
    /// Adds a purpose. A level and those below it may ask for more and less of the same: the one
    /// that takes this step counts.
    fn add(&mut self, purpose: Purpose) {
        let same = |one: &&mut Purpose| one.kind == purpose.kind && one.id == purpose.id;
        match self.serves.iter_mut().find(same) {
            Some(known) if purpose.any_of.is_empty() => *known = purpose,
            Some(_) => {}
            None => self.serves.push(purpose),
        }
    }
}

/// The runs, from the last, that can all be left out without a loss. One that cannot be left out at
/// first may be once another is.
fn spared(count: usize, loses: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let mut spared: Vec<usize> = Vec::new();
    loop {
        let before = spared.len();
        for nth in (0..count).rev() {
            if spared.contains(&nth) {
                continue;
            }
            spared.push(nth);
            if loses(&spared) {
                spared.pop();
            }
        }
        if spared.len() == before {
            return spared;
        }
    }
}

/// The fewest runs, of all and from the first, without which there is a loss, and with any one of
/// which there is none.
fn any_of(count: usize, loses: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    let mut any: Vec<usize> = (0..count).collect();
    for nth in 0..count {
        let others: Vec<usize> = any.iter().copied().filter(|one| *one != nth).collect();
        if loses(&others) {
            any = others;
        }
    }
    any
}
