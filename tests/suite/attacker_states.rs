//! The attacker again, who sees two or three states of the answers of the same people side by side.
//!
//! Everybody answers in some of the states, and says the same in each. Of those states that may be
//! shown together, nobody is known better than by the counts of those who count in the same groups in
//! all of them.

use super::attacker::{Found, World, groups, ways};
use super::workshop::{pack, ratings};
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::answers::{Answers, CompanionFiles, Held, Response, Round, Rounds, Tally};
use centricity::assess::assess;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use std::collections::HashMap;
use std::sync::Arc;

const ROLES: [&str; 2] = ["leadership", "management"];
const ANSWERS: usize = 3;
/// Numbers of people of one role, by the states they answer in: a bit for each, from 1 to all bits.
type Shape = Vec<usize>;

/// A pack of one rating, and what came of every state so far.
struct Desk {
    rulebook: Rulebook,
    outputs: HashMap<Vec<Vec<usize>>, usize>,
}

/// A person: the role, a name, and the place of the answer.
type Person = (usize, String, usize);

impl Desk {
    fn new() -> Self {
        Self {
            rulebook: pack(&ratings(&["a"])).good(),
            outputs: HashMap::new(),
        }
    }

    fn answers(&self, settings: &str, people: &[Person]) -> Option<Answers> {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let mut tally = Tally::new(&self.rulebook);
        for (role, name, answer) in people {
            let text = format!(
                "format: 1\nrespondent: {name}\nrole: {}\nanswers: {{ p: {{ a: {} }} }}\n",
                ROLES[*role],
                answer * 2
            );
            let id = sources.add("response.yaml", text);
            let file: ResponseFile = yaml::read(&sources, id, &mut problems).expect("a response");
            let response = Response::check(&self.rulebook, &file, &mut problems);
            tally.add(&self.rulebook, &response.expect("valid"));
        }
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\nrespondents: {{ {settings} }}\n"
        );
        let id = sources.add("assessment.yaml", text);
        let file: AssessmentFile = yaml::read(&sources, id, &mut problems).expect("a file");
        let beside = CompanionFiles {
            tally: Some(&tally),
            ..CompanionFiles::default()
        };
        Answers::merge(&self.rulebook, &file, &beside, &mut problems)
    }

    fn round(&self, settings: &str, people: &[Person]) -> Arc<Round> {
        let answers = self.answers(settings, people).expect("enough people");
        Arc::clone(answers.round().expect("people"))
    }

    /// A number that states with the same result document share.
    fn output(&mut self, said: &[Vec<usize>], texts: &mut Vec<String>) -> usize {
        if let Some(known) = self.outputs.get(said) {
            return *known;
        }
        let people = said.iter().enumerate().flat_map(|(role, said)| {
            let named = said.iter().enumerate();
            named.map(move |(nth, answer)| (role, format!("{role}-{nth}"), *answer))
        });
        let people: Vec<Person> = people.collect();
        let answers = self.answers("minimum_group: 3", &people).expect("enough");
        let text = serde_json::to_string(&assess(&self.rulebook, &answers)).expect("JSON");
        let place = texts.iter().position(|one| *one == text);
        let place = place.unwrap_or_else(|| {
            texts.push(text);
            texts.len() - 1
        });
        self.outputs.insert(said.to_vec(), place);
        place
    }
}

/// True if those at a place of a shape answer in a state.
fn is_in(place: usize, state: usize) -> bool {
    (place + 1) >> state & 1 == 1
}

/// The people of a state, all with the same answer.
fn people(shapes: &[Shape], state: usize) -> Vec<Person> {
    let mut all = Vec::new();
    for (role, shape) in shapes.iter().enumerate() {
        for (place, count) in shape.iter().enumerate() {
            let count = if is_in(place, state) { *count } else { 0 };
            all.extend((0..count).map(|nth| (role, format!("r-{role}-{place}-{nth}"), 1)));
        }
    }
    all
}

/// The number of people of each role in a state.
fn sizes(shapes: &[Shape], state: usize) -> Vec<usize> {
    let size = |shape: &Shape| {
        let counts = shape.iter().enumerate();
        counts
            .filter(|(place, _)| is_in(*place, state))
            .map(|(_, count)| count)
            .sum()
    };
    shapes.iter().map(size).collect()
}

/// The group of each role in a state of these sizes.
fn grouped(sizes: &[usize]) -> Vec<Option<usize>> {
    groups(&World {
        body: "",
        settings: "",
        minimum: 3,
        more: "",
        consensus: "",
        sizes,
        answers: &[],
        asked: &[],
    })
}

/// Answers that somebody may have given, in what the states show and in what the counts of their own
/// class leave open: of those who count in the same groups in all of the states.
fn attack(desk: &mut Desk, shapes: &[Shape], states: &[usize], texts: &mut Vec<String>) -> Found {
    let kinds = shapes[0].len();
    let groups: Vec<_> = states
        .iter()
        .map(|one| grouped(&sizes(shapes, *one)))
        .collect();
    let class = |place: usize| -> Vec<Option<usize>> {
        let own = states.iter().zip(&groups);
        let own = own
            .map(|(state, groups)| groups[place / kinds].filter(|_| is_in(place % kinds, *state)));
        own.collect()
    };
    let classes: Vec<_> = (0..shapes.len() * kinds).map(class).collect();
    let (mut seen, mut base) = (HashMap::new(), HashMap::new());
    let mut rows = Vec::new();
    for world in worlds(shapes) {
        let said = |state: usize| -> Vec<Vec<usize>> {
            let roles = world.chunks(kinds).map(|said| {
                let there = said
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| is_in(*place, state));
                let mut all: Vec<usize> = there.flat_map(|(_, one)| one.clone()).collect();
                all.sort_unstable();
                all
            });
            roles.collect()
        };
        let output: Vec<usize> = states
            .iter()
            .map(|one| desk.output(&said(*one), texts))
            .collect();
        // Everybody together with their class; of a class of few, with their group in one state.
        let counts = |alike: &dyn Fn(usize) -> bool| {
            let alike = (0..world.len()).filter(|one| alike(*one));
            let mut counts: Vec<usize> = alike.flat_map(|one| world[one].clone()).collect();
            counts.sort_unstable();
            counts
        };
        let own = |place: usize| {
            let whole = counts(&|one| classes[one] == classes[place]);
            let first = classes[place].iter().position(Option::is_some);
            let whole = match first.filter(|_| whole.len() < 3) {
                Some(state) => counts(&|one| classes[one][state] == classes[place][state]),
                None => whole,
            };
            (classes[place].clone(), whole)
        };
        let own: Vec<_> = (0..world.len()).map(own).collect();
        for (place, said) in world.iter().enumerate() {
            let set = said.iter().fold(0_u32, |set, one| set | 1 << one);
            *seen.entry((output.clone(), place)).or_insert(0) |= set;
            *base.entry((own[place].clone(), place)).or_insert(0) |= set;
        }
        rows.push((output, own));
    }
    let mut found = Found {
        populations: rows.len(),
        ..Found::default()
    };
    for (output, own) in &rows {
        for (place, own) in own.iter().enumerate() {
            let is_out = own.0.iter().all(Option::is_none);
            let open = if is_out && shapes[place / kinds][place % kinds] > 0 {
                (1 << ANSWERS) - 1
            } else {
                base[&(own.clone(), place)]
            };
            if seen[&(output.clone(), place)] & open != open {
                found.leaks.push(format!("{place} of {shapes:?}"));
            }
        }
    }
    found
}

/// All that the people of some shapes may answer: the answers of each role and kind.
fn worlds(shapes: &[Shape]) -> Vec<Vec<Vec<usize>>> {
    let mut worlds: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    for count in shapes.iter().flatten() {
        let all = ways(*count, 0, ANSWERS);
        let with = |before: &Vec<_>, way: &Vec<usize>| -> Vec<Vec<usize>> {
            before.iter().cloned().chain([way.clone()]).collect()
        };
        let longer = worlds
            .iter()
            .flat_map(|one| all.iter().map(move |way| with(one, way)));
        worlds = longer.collect();
    }
    worlds
}

/// What became of shapes: how many sets of states were tried, how many shapes are shown whole, how
/// many in part, and how many of these would have told something whole.
fn attack_all(shapes: impl IntoIterator<Item = Vec<Shape>>, states: usize) -> [usize; 4] {
    let (mut desk, mut texts) = (Desk::new(), Vec::new());
    let mut counts = [0; 4];
    for shapes in shapes {
        let mut rounds = Rounds::default();
        let mut shown = Vec::new();
        for state in 0..states {
            match rounds.take(&desk.round("minimum_group: 3", &people(&shapes, state))) {
                Ok(()) => shown.push(state),
                Err(held) => assert_eq!(held, Held::Few),
            }
        }
        let found = attack(&mut desk, &shapes, &shown, &mut texts);
        assert_eq!(found.leaks.first(), None, "{shown:?} are shown");
        counts[0] += found.populations;
        if shown.len() == states {
            counts[1] += 1;
        } else {
            let all: Vec<usize> = (0..states).collect();
            let whole = attack(&mut desk, &shapes, &all, &mut texts);
            counts[2] += 1;
            counts[3] += usize::from(!whole.leaks.is_empty());
        }
    }
    counts
}

/// True if enough people answer in every state.
fn is_enough(shapes: &[Shape], states: usize) -> bool {
    (0..states).all(|state| sizes(shapes, state).iter().sum::<usize>() >= 3)
}

#[test]
fn nothing_follows_of_anybody_from_two_states_of_one_role() {
    let shapes = (0..6).flat_map(|stay| {
        (0..5).flat_map(move |left| (0..5).map(move |new| vec![vec![left, new, stay]]))
    });
    let shapes = shapes.filter(|shapes| is_enough(shapes, 2));
    let [pairs, shown, held, told] = attack_all(shapes, 2);
    assert_eq!(held, told, "nothing is held back in vain");
    assert!(shown > 10, "{shown}");
    super::attacker::is_told("two states of one role", (pairs, shown));
}

#[test]
fn nothing_follows_of_anybody_from_two_states_of_two_roles() {
    let first = [
        [0, 0, 3],
        [3, 0, 3],
        [0, 3, 3],
        [1, 0, 2],
        [0, 1, 2],
        [2, 2, 1],
    ];
    let second = [
        [0, 0, 1],
        [0, 0, 2],
        [0, 1, 0],
        [0, 1, 1],
        [1, 0, 2],
        [0, 0, 3],
        [1, 1, 1],
    ];
    let pairs = first
        .into_iter()
        .flat_map(|one| second.map(|two| vec![one.to_vec(), two.to_vec()]));
    let pairs = pairs.filter(|shapes| is_enough(shapes, 2));
    let [pairs, shown, held, _] = attack_all(pairs, 2);
    assert!(shown > 5 && held > 5, "{shown} {held}");
    super::attacker::is_told("two states of two roles", (pairs, shown));
}

/// Up to three kinds of people of one role, one to three of each, in three states.
#[test]
fn nothing_follows_of_anybody_from_three_states() {
    let mut shapes = vec![vec![0; 7]];
    for place in 0..7 {
        let more = shapes.iter().flat_map(|shape: &Shape| {
            let kinds = shape.iter().filter(|count| **count > 0).count();
            let most = if kinds < 3 { 3 } else { 0 };
            (1..=most).map(move |count| {
                let mut shape = shape.clone();
                shape[place] = count;
                shape
            })
        });
        let more: Vec<Shape> = more.collect();
        shapes.extend(more);
    }
    let shapes = shapes.into_iter().map(|shape| vec![shape]);
    let shapes = shapes.filter(|shapes| is_enough(shapes, 3));
    let [sets, shown, held, told] = attack_all(shapes, 3);
    assert_eq!(held, told, "nothing is held back in vain");
    assert!(shown > 10, "{shown}");
    super::attacker::is_told("three states of one role", (sets, shown));
}

#[test]
fn states_by_other_rules_and_changed_sheets_are_held_apart() {
    let desk = Desk::new();
    let all = |answers: &[usize]| -> Vec<Person> {
        let people = answers.iter().enumerate();
        people
            .map(|(nth, answer)| (0, format!("r{nth}"), *answer))
            .collect()
    };
    let before = desk.round("minimum_group: 3", &all(&[0, 0, 0, 1]));
    let together = |settings: &str, answers: &[usize]| {
        let mut rounds = Rounds::default();
        rounds.take(&before).expect("one state by itself");
        rounds.take(&desk.round(settings, &all(answers)))
    };
    assert_eq!(
        together("minimum_group: 3", &[0, 0, 0, 1]),
        Ok(()),
        "the same"
    );
    let closed = "minimum_group: 3, closed_on: 2026-11-30";
    assert_eq!(together(closed, &[0, 0, 0, 1]), Ok(()), "closed since");
    assert_eq!(together("minimum_group: 3", &[0, 0, 0, 2]), Err(Held::Few));
    assert_eq!(
        together("minimum_group: 3", &[1, 1, 1, 1]),
        Err(Held::Few),
        "one stays"
    );
    assert_eq!(
        together("minimum_group: 3", &[1, 1, 1, 2]),
        Ok(()),
        "all anew"
    );
    for rules in [
        "minimum_group: 4",
        "minimum_group: 3, pooled: true",
        "minimum_group: 3, weights: { leadership: 2 }",
        "minimum_group: 3, open_roles: [customer]",
        "anonymous: false",
    ] {
        assert_eq!(together(rules, &[0, 0, 0, 1]), Err(Held::Rules), "{rules}");
    }
}
