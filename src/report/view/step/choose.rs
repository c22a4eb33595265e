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
    let ready = |one: &Candidate<'_, '_>, chosen: &[usize]| {
        let has = |id: &String| {
            let mut own = all.iter().filter(|other| other.pack == one.pack);
            let Some(first) = own.find(|other| other.advice.id == *id) else {
                return true;
            };
            let mut done = chosen.iter().filter_map(|place| all.get(*place));
            done.any(|other| other.advice.work == first.advice.work)
        };
        one.advice.after.iter().all(has)
    };
    let mut chosen: Vec<usize> = Vec::new();
    for shared_owner in [false, true] {
        for place in order {
            let Some(one) = all.get(*place) else { continue };
            let mut others = chosen.iter().filter_map(|done| all.get(*done));
            let told = others.any(|other| {
                let owned = one.advice.owner.is_some() && one.advice.owner == other.advice.owner;
                (owned && !shared_owner) || alike(&one.advice.what, &other.advice.what)
            });
            if chosen.len() < MOST && !chosen.contains(place) && !told && ready(one, &chosen) {
                chosen.push(*place);
            }
        }
    }
    let chosen = order.iter().filter(|place| chosen.contains(place));
    chosen.copied().collect()
}

/// Whether two steps say nearly the same: most long words of the shorter stand in the longer.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|part: char| !part.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() > 3);
        long.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let shorter = one.len().min(other.len());
    shorter > 3 && one.intersection(&other).count() * 3 >= shorter * 2
}
