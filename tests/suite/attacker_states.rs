//! The attacker again, who sees two states of the answers of the same people side by side.
//!
//! Some people answer in both states and say the same, some only in the first, some only in the
//! second. Where the two may be shown together, nobody is known better than by the counts of those
//! who count in the same groups in both.

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
/// Those who answer in both states, only in the first, only in the second.
type Shape = [usize; 3];

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

/// The people of one of two states, all with the same answer.
fn people(shapes: &[Shape], second: bool) -> Vec<Person> {
    let mut all = Vec::new();
    for (role, [stay, left, joined]) in shapes.iter().enumerate() {
        all.extend((0..*stay).map(|nth| (role, format!("stay-{role}-{nth}"), 1)));
        let own = if second {
            ("new", joined)
        } else {
            ("gone", left)
        };
        all.extend((0..*own.1).map(|nth| (role, format!("{}-{role}-{nth}", own.0), 1)));
    }
    all
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

/// Answers that somebody may have given, in what is shown and in what the counts of their own class
/// leave open.
fn attack(desk: &mut Desk, shapes: &[Shape], texts: &mut Vec<String>) -> Found {
    let size = |state: usize| -> Vec<usize> {
        shapes
            .iter()
            .map(|shape| shape[0] + shape[1 + state])
            .collect()
    };
    let (first, second) = (grouped(&size(0)), grouped(&size(1)));
    let class = |role: usize, kind: usize| {
        let before = if kind == 2 { None } else { first[role] };
        let after = if kind == 1 { None } else { second[role] };
        (before, after, kind == 0)
    };
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
    let (mut seen, mut base) = (HashMap::new(), HashMap::new());
    let mut rows = Vec::new();
    for world in &worlds {
        let said = |other: usize| -> Vec<Vec<usize>> {
            let roles = world.chunks(3).map(|kinds| {
                let mut all = [kinds[0].as_slice(), kinds[other].as_slice()].concat();
                all.sort_unstable();
                all
            });
            roles.collect()
        };
        let output = (desk.output(&said(1), texts), desk.output(&said(2), texts));
        // Together with their class; of a class of few, with their group in one state.
        let counts = |alike: &dyn Fn(usize) -> bool| {
            let alike = (0..world.len()).filter(|one| alike(*one));
            let mut counts: Vec<usize> = alike.flat_map(|one| world[one].clone()).collect();
            counts.sort_unstable();
            counts
        };
        let own: Vec<_> = (0..world.len())
            .map(|place| {
                let mine = class(place / 3, place % 3);
                let whole = counts(&|one| class(one / 3, one % 3) == mine);
                if whole.len() >= 3 {
                    return (mine, whole);
                }
                let state = if mine.0.is_some() { 1 } else { 2 };
                let group = [mine.0, mine.1][state - 1];
                let groups = [&first, &second][state - 1];
                let there = |one: usize| [0, state].contains(&(one % 3));
                let whole = counts(&|one| there(one) && groups[one / 3] == group);
                ((mine.0, mine.1, false), whole)
            })
            .collect();
        for (place, said) in world.iter().enumerate() {
            let set = said.iter().fold(0_u32, |set, one| set | 1 << one);
            *seen.entry((output, place)).or_insert(0) |= set;
            *base.entry((own[place].clone(), place)).or_insert(0) |= set;
        }
        rows.push((output, own));
    }
    let mut found = Found {
        populations: worlds.len(),
        ..Found::default()
    };
    for (output, own) in &rows {
        for (place, own) in own.iter().enumerate() {
            let open = match own.0 {
                (None, None, _) if shapes[place / 3][place % 3] > 0 => (1 << ANSWERS) - 1,
                _ => base[&(own.clone(), place)],
            };
            if seen[&(*output, place)] & open != open {
                found.leaks.push(format!("{place} of {shapes:?}"));
            }
        }
    }
    found
}

/// What became of shapes: how many pairs of states were tried, how many shapes are shown, and how
/// many of those held back would have told something.
fn attack_all(shapes: impl IntoIterator<Item = Vec<Shape>>) -> [usize; 4] {
    let (mut desk, mut texts) = (Desk::new(), Vec::new());
    let mut counts = [0; 4];
    for shapes in shapes {
        let mut rounds = Rounds::default();
        let settings = "minimum_group: 3";
        let state = |second| desk.round(settings, &people(&shapes, second));
        let (first, second) = (state(false), state(true));
        rounds.take(&first).expect("one state by itself");
        let held = rounds.take(&second);
        let found = attack(&mut desk, &shapes, &mut texts);
        counts[0] += found.populations;
        match held {
            Ok(()) => {
                assert_eq!(found.leaks.first(), None);
                counts[1] += 1;
            }
            Err(held) => {
                assert_eq!(held, Held::Few);
                counts[2] += 1;
                counts[3] += usize::from(!found.leaks.is_empty());
            }
        }
    }
    counts
}

#[test]
fn nothing_follows_of_anybody_from_two_states_of_one_role() {
    let counts = (0..6)
        .flat_map(|stay| (0..5).flat_map(move |left| (0..5).map(move |new| [stay, left, new])));
    let enough = |[stay, left, new]: &Shape| stay + left >= 3 && stay + new >= 3;
    let [pairs, shown, held, told] = attack_all(counts.filter(enough).map(|shape| vec![shape]));
    assert_eq!(held, told, "nothing is held back in vain");
    assert!(shown > 10, "{shown}");
    super::attacker::is_told("two states of one role", (pairs, shown));
}

#[test]
fn nothing_follows_of_anybody_from_two_states_of_two_roles() {
    let first = [
        [3, 0, 0],
        [3, 3, 0],
        [3, 0, 3],
        [2, 1, 0],
        [2, 0, 1],
        [1, 2, 2],
    ];
    let second = [
        [1, 0, 0],
        [2, 0, 0],
        [0, 0, 1],
        [1, 0, 1],
        [2, 1, 0],
        [3, 0, 0],
        [1, 1, 1],
    ];
    let pairs = first
        .into_iter()
        .flat_map(|one| second.map(|two| vec![one, two]));
    let size = |shapes: &Vec<Shape>, state: usize| -> usize {
        shapes.iter().map(|shape| shape[0] + shape[state]).sum()
    };
    let pairs = pairs.filter(|shapes| size(shapes, 1) >= 3 && size(shapes, 2) >= 3);
    let [pairs, shown, held, _] = attack_all(pairs);
    assert!(shown > 5 && held > 5, "{shown} {held}");
    super::attacker::is_told("two states of two roles", (pairs, shown));
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
