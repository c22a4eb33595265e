//! Points that are hidden, so that no two that are shown differ by the answers of a few.
//!
//! The value over everybody is shown at every point; between two points that differ by one person's
//! answers, those would follow by subtraction. So two shown points always differ by the answers of
//! nobody, or of the minimum of people or more, and so do the people of each set of roles that some
//! question is put to. The newest point is always shown; from there, older ones are taken in where
//! they differ enough from all that are shown by then.
//!
//! A file of responses counts as one person, a survey as many as the number of people has changed
//! by, and as one at least. Roles that agreed to be shown however few they are do not count.

use super::point::{Anonymity, Point, ResponseChange, ResponseContent};
use crate::rules::vocabulary::Role;
use std::collections::{BTreeMap, BTreeSet};

/// True for each point that is shown; those without an outcome are, having nothing to hide.
pub(super) fn shown(points: &[Point]) -> Vec<bool> {
    let mut shown = vec![true; points.len()];
    let mut kept: Vec<Kept<'_>> = Vec::new();
    for (point, slot) in points.iter().zip(&mut shown).rev() {
        if let Ok(snapshot) = &point.outcome
            && let Some(anonymity) = &snapshot.anonymity
        {
            let people = snapshot.people;
            *slot = kept.iter().all(|one| one.may_stand_with(anonymity, people));
            if *slot {
                kept.push(Kept::new(anonymity, people));
            }
        }
        for one in &mut kept {
            one.step_back(&point.revision.responses);
        }
    }
    shown
}

/// A shown point, with the files that differ from it further back.
struct Kept<'a> {
    anonymity: &'a Anonymity,
    people: Option<u32>,
    /// By the name of a file: its content at this point, and further back.
    files: BTreeMap<&'a str, (Option<&'a ResponseContent>, Option<&'a ResponseContent>)>,
}

impl<'a> Kept<'a> {
    fn new(anonymity: &'a Anonymity, people: Option<u32>) -> Self {
        Self {
            anonymity,
            people,
            files: BTreeMap::new(),
        }
    }

    /// Goes on to the point before the one that made these changes.
    fn step_back(&mut self, changes: &'a [ResponseChange]) {
        for change in changes {
            let (before, after) = (change.before.as_ref(), change.after.as_ref());
            let here = self.files.entry(&change.name).or_insert((after, after));
            here.1 = before;
            if here.0.map(|sheet| &sheet.content) == before.map(|sheet| &sheet.content) {
                self.files.remove(change.name.as_str());
            }
        }
    }

    /// Returns true where nothing of a few follows from a point further back and this one.
    fn may_stand_with(&self, anonymity: &Anonymity, people: Option<u32>) -> bool {
        let minimum = self.anonymity.minimum.max(anonymity.minimum);
        let joined = self.people.unwrap_or(0).abs_diff(people.unwrap_or(0));
        let differing = |roles: Option<&BTreeSet<Role>>| {
            let counted = self.files.values().map(|pair| {
                let role = of(*pair);
                match (role, roles) {
                    (None, _) => joined.max(1),
                    (Some(role), _) if anonymity.waived.contains(&role) => 0,
                    (Some(role), Some(roles)) => u32::from(roles.contains(&role)),
                    (Some(_), None) => 1,
                }
            });
            counted.sum::<u32>()
        };
        let enough = |count: u32| count == 0 || count >= minimum;
        let mut sets = self.anonymity.asked.iter().chain(&anonymity.asked);
        enough(differing(None)) && sets.all(|roles| enough(differing(Some(roles))))
    }
}

/// The role of the one who answered; `None` where the file holds several people, or who answered
/// has changed.
fn of((here, back): (Option<&ResponseContent>, Option<&ResponseContent>)) -> Option<Role> {
    match (here, back) {
        (Some(here), Some(back)) if here.role != back.role => None,
        (Some(sheet), _) | (None, Some(sheet)) => sheet.role,
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Status;
    use crate::assess::assessment::Client;
    use crate::rules::vocabulary::Basis;
    use crate::study::history::{Revision, Snapshot};
    use proptest::prelude::*;

    const MINIMUM: u32 = 3;
    const ROLES: [Role; 2] = [Role::Leadership, Role::Frontline];

    fn snapshot() -> Snapshot {
        Snapshot {
            client: Client {
                name: "Acme".to_owned(),
                unit: None,
            },
            assessed_on: None,
            basis: Basis::Perception,
            status: Status::Draft,
            packs: Vec::new(),
            coverage: 1.0,
            people: None,
            scores: Vec::new(),
            ladders: Vec::new(),
            anonymity: Some(Anonymity {
                minimum: MINIMUM,
                waived: Vec::new(),
                asked: BTreeSet::from([ROLES.into(), [Role::Leadership].into()]),
            }),
        }
    }

    /// Content of each of some files, 0 for nothing; the first half are of leaders.
    type Held = Vec<u8>;

    fn sheet(place: usize, held: u8, of: usize) -> Option<ResponseContent> {
        (held > 0).then(|| ResponseContent {
            content: held.to_string(),
            role: ROLES.get(usize::from(place >= of / 2)).copied(),
        })
    }

    fn points(states: &[Held]) -> Vec<Point> {
        let none = vec![0; states.first().map_or(0, Vec::len)];
        let before = std::iter::once(&none).chain(states);
        let point = |(before, after): (&Held, &Held)| {
            let changed = before.iter().zip(after).enumerate();
            let changed = changed.filter(|(_, (before, after))| before != after);
            let change = |(place, (one, other)): (usize, (&u8, &u8))| ResponseChange {
                name: place.to_string(),
                before: sheet(place, *one, after.len()),
                after: sheet(place, *other, after.len()),
            };
            Point {
                revision: Revision {
                    commit: String::new(),
                    committed_on: jiff::civil::date(2026, 1, 1),
                    path: String::new(),
                    renamed_from: None,
                    responses: changed.map(change).collect(),
                },
                outcome: Ok(snapshot()),
            }
        };
        before.zip(states).map(point).collect()
    }

    /// Returns true where two states may both be shown, by their files alone.
    fn beside(one: &Held, other: &Held) -> bool {
        let differ = |until: usize| {
            let pairs = one.iter().zip(other).take(until);
            pairs.filter(|(one, other)| one != other).count()
        };
        let enough = |count: usize| count == 0 || count >= MINIMUM as usize;
        enough(differ(one.len())) && enough(differ(one.len() / 2))
    }

    proptest! {
        #[test]
        fn no_two_shown_points_differ_by_a_few(
            states in prop::collection::vec(prop::collection::vec(0_u8..3, 8), 1..12)
        ) {
            let shown = shown(&points(&states));
            prop_assert_eq!(shown.last(), Some(&true));
            for (place, state) in states.iter().enumerate() {
                let newer = states.iter().zip(&shown).skip(place + 1);
                let mut newer = newer.filter(|(_, shown)| **shown);
                let fits = newer.all(|(newer, _)| beside(newer, state));
                prop_assert_eq!(shown.get(place), Some(&fits), "point {}", place);
            }
        }
    }
}
