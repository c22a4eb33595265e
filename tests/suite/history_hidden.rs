//! Points of a history that are hidden, so that no two that are shown differ by the answers of a few.

use centricity::answers::{Client, Status};
use centricity::rules::vocabulary::{Basis, Role};
use centricity::study::{
    Anonymity, History, Point, PointState, ResponseChange, ResponseContent, Snapshot, look_back,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

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
            outcome: Ok(snapshot()),
            commit: String::new(),
            committed_on: jiff::civil::date(2026, 1, 1),
            path: String::new(),
            renamed_from: None,
            responses: changed.map(change).collect(),
        }
    };
    before.zip(states).map(point).collect()
}

/// True for each point that is shown.
fn shown(states: &[Held]) -> Vec<bool> {
    let history =
        look_back(points(states), History::default(), &[]).expect("no score is asked for");
    let states = history.points.iter().map(|one| one.state);
    states.map(|state| state == PointState::Scored).collect()
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
        let shown = shown(&states);
        prop_assert_eq!(shown.last(), Some(&true));
        for (place, state) in states.iter().enumerate() {
            let newer = states.iter().zip(&shown).skip(place + 1);
            let mut newer = newer.filter(|(_, shown)| **shown);
            let fits = newer.all(|(newer, _)| beside(newer, state));
            prop_assert_eq!(shown.get(place), Some(&fits), "point {}", place);
        }
    }
}
