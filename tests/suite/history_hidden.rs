//! Points of a history that are hidden, so that no two that are shown differ by the answers of a few.

use super::workshop::pack;
use centricity::answers::Answers;
use centricity::assess::{Assessment, GroupResult, MergeResult, assess};
use centricity::rules::vocabulary::Role;
use centricity::study::{History, Point, PointState, ResponseChange, ResponseContent, look_back};
use proptest::prelude::*;
use serde_json::{Value, json};

const BODY: &str = r#"sections:
  s:
    title: S
    questions:
      both: { type: rating, ask: "?", anchors: { 0: no, 1: yes } }
      led: { type: rating, ask: "?", anchors: { 0: no, 1: yes }, roles: [leadership] }
"#;
const MINIMUM: u32 = 3;
const ROLES: [Role; 2] = [Role::Leadership, Role::Frontline];

/// A result of many people, in which one question is put to all roles and one to leaders alone.
fn result() -> Assessment {
    let group = |roles: &[Role]| -> GroupResult {
        let role = |role: &Role| json!({ "role": role.name(), "people": 5, "value": 2.0, "index": 50.0, "questions": 1, "hidden": false });
        let roles: Value = roles.iter().map(role).collect();
        let group = json!({
            "people": 5, "outcome": "merged", "roles": roles, "spread": null, "gap": null,
            "estimate": null, "contested": false, "mixed": false, "comments": [],
        });
        serde_json::from_value(group).expect("the group is complete")
    };
    let rulebook = pack(BODY).valid();
    let mut result = assess(&rulebook, &Answers::blank(&rulebook));
    let groups = [group(&ROLES), group(&[Role::Leadership])];
    for (question, group) in result.questions.iter_mut().zip(groups) {
        question.group = Some(group);
    }
    result.respondents.merged = Some(MergeResult {
        pooled: false,
        minimum_group: MINIMUM,
        waived: Vec::new(),
    });
    result
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
    let result = result();
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
            outcome: Ok(result.clone()),
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
