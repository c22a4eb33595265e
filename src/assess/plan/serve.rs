//! What each step of a way is for.

use super::Desk;
use super::result::Purpose;
use super::search::Found;
use super::way::Start;
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;

/// What a step does for the level.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The needs that take it.
    pub(super) serves: Vec<Purpose>,
    /// Whether the level is reached without it as things stand, so that it only makes that certain.
    pub(super) secures: bool,
}

impl Desk<'_> {
    /// What each run of a way is for: the needs that are not met without it, and those that one of
    /// several runs is enough for.
    pub(super) fn parts(
        &self,
        start: &Start<'_>,
        (places, found): (&[usize], &Found),
        checks: &[Check],
    ) -> Vec<Part> {
        let runs: Vec<(usize, usize)> = places
            .iter()
            .map(|place| (*place, found.raises.get(*place).copied().unwrap_or(0)))
            .collect();
        let without = |left_out: &[usize]| {
            let mut what_if = self.what_if(start);
            let others = runs.iter().enumerate();
            let others = others.filter(|(nth, _)| !left_out.contains(nth));
            others.for_each(|(_, run)| take(&mut what_if, start, *run));
            what_if
        };
        let stand = |what_if: &WhatIf<'_>| {
            let mut checks = checks.iter();
            checks.all(|check| what_if.stands(check) == Truth::True)
        };
        let today = self.what_if(start);
        let already = stand(&today);
        let spared = spared(runs.len(), |left_out| already || !stand(&without(left_out)));
        let part = |nth| Part {
            serves: Vec::new(),
            secures: spared.contains(&nth),
        };
        let mut parts: Vec<Part> = (0..runs.len()).map(part).collect();
        let after = without(&[]);
        let lacking: Vec<WhatIf<'_>> = (0..runs.len()).map(|nth| without(&[nth])).collect();
        for check in checks {
            let met = |what_if: &WhatIf<'_>| what_if.holds(check) == Truth::True;
            let Some(purpose) = self.purpose(check).filter(|_| !met(&today) && met(&after)) else {
                continue;
            };
            let needed: Vec<usize> = (0..runs.len())
                .filter(|nth| lacking.get(*nth).is_some_and(|what_if| !met(what_if)))
                .collect();
            let (of, any_of): (_, Vec<usize>) = if needed.is_empty() {
                let any = any_of(runs.len(), |left_out| !met(&without(left_out)));
                (any.clone(), any.iter().map(|nth| nth + 1).collect())
            } else {
                (needed, Vec::new())
            };
            for nth in of {
                if let Some(part) = parts.get_mut(nth) {
                    part.add(Purpose {
                        any_of: any_of.clone(),
                        ..purpose.clone()
                    });
                }
            }
        }
        parts
    }

    fn what_if<'a>(&'a self, start: &Start<'a>) -> WhatIf<'a> {
        let node = Some(self.asked.node);
        WhatIf::new(start.program, self.answers, self.readings, node)
    }

    /// What a step can be for.
    fn purpose(&self, check: &Check) -> Option<Purpose> {
        let (kind, id) = self.name(check).filter(|_| *check != Check::Basis)?;
        let label = match check {
            Check::Gate(gate) => self.rulebook.gates().get(*gate)?.title.clone(),
            Check::From(_) | Check::Floor(_) | Check::Confidence(..) | Check::Basis => {
                let nodes = self.rulebook.program().read_by(check);
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

impl Part {
    /// A level and those below it may ask for more and less of the same: what takes this step counts.
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

/// Takes a run as often as it is taken.
fn take(what_if: &mut WhatIf<'_>, start: &Start<'_>, (place, count): (usize, usize)) {
    if let Some(choice) = start.choices.get(place) {
        let (given, grade) = choice.after(what_if.answer(choice.node), count);
        what_if.put(choice.node, given, grade);
    }
}
