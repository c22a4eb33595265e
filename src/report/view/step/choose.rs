//! Which candidates become the next steps: what they need first, and none told twice.

use super::{Candidate, MOST};
use std::collections::BTreeSet;

/// Puts a candidate in order, behind what should come before it.
pub(super) fn put(
    all: &[Candidate<'_, '_>],
    place: usize,
    above: &mut Vec<usize>,
    order: &mut Vec<usize>,
) {
    let Some(one) = all.get(place) else { return };
    let same = |other: &Candidate<'_, '_>| other.advice.work == one.advice.work;
    let taken = order.iter().filter_map(|done| all.get(*done)).any(same);
    if taken || above.contains(&place) {
        return;
    }
    above.push(place);
    for id in &one.advice.after {
        if let Some(first) = all
            .iter()
            .position(|other| other.pack == one.pack && other.advice.id == *id)
        {
            put(all, first, above, order);
        }
    }
    above.pop();
    order.push(place);
}

/// The first that can be done, one to an owner where others exist, and none much like another.
pub(super) fn choose(all: &[Candidate<'_, '_>], order: &[usize]) -> Vec<usize> {
    let ready = |one: &Candidate<'_, '_>, chosen: &[(usize, Words)]| {
        let has = |id: &String| {
            let mut own = all.iter().filter(|other| other.pack == one.pack);
            let Some(first) = own.find(|other| other.advice.id == *id) else {
                return true;
            };
            let mut done = chosen.iter().filter_map(|(place, _)| all.get(*place));
            done.any(|other| other.advice.work == first.advice.work)
        };
        one.advice.after.iter().all(has)
    };
    let mut chosen: Vec<(usize, Words)> = Vec::new();
    for shared_owner in [false, true] {
        for place in order {
            if chosen.len() == MOST {
                break;
            }
            let Some(one) = all.get(*place) else { continue };
            let mut others = chosen.iter().filter_map(|(done, _)| all.get(*done));
            let owned = one.advice.owner.is_some()
                && others.any(|other| one.advice.owner == other.advice.owner);
            let taken = chosen.iter().any(|(done, _)| done == place);
            if taken || (owned && !shared_owner) || !ready(one, &chosen) {
                continue;
            }
            let words = Words::of(&one.advice.what);
            if !chosen.iter().any(|(_, other)| words.alike(other)) {
                chosen.push((*place, words));
            }
        }
    }
    let mut places = order.to_vec();
    places.retain(|place| chosen.iter().any(|(done, _)| done == place));
    places
}

/// The long words of a step.
struct Words(BTreeSet<String>);

impl Words {
    fn of(text: &str) -> Self {
        let words = text.split(|part: char| !part.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() > 3);
        Self(long.map(str::to_lowercase).collect())
    }

    /// Whether two steps say nearly the same: most long words of the shorter stand in the longer.
    fn alike(&self, other: &Self) -> bool {
        let shorter = self.0.len().min(other.0.len());
        shorter > 3 && self.0.intersection(&other.0).count() * 3 >= shorter * 2
    }
}
