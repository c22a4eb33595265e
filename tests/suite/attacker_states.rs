//! The attacker again, who sees two or three states of the answers of the same people side by side.
//!
//! Everybody answers in some of the states, and says the same in each; the attacker knows who answers
//! when. By the figures of the states that are shown together, nobody is known better than by those of
//! the people who count in the same groups in all of them, or by those of one state alone; and of who
//! is in no group nothing is known.

use super::attacker::{World, groups, ways};
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
/// What anybody may say: two ratings, nothing, and that it is not known.
const SAID: [&str; 4] = ["a: 0", "a: 2", "", "a: unknown"];
const RATINGS: usize = 2;
const SILENT: usize = 2;
const MINIMUM: usize = 3;
/// Numbers of people of one role, by the states they answer in: a bit for each, from 1 to all bits.
type Shape = Vec<usize>;

/// A person: the role, a name, and the place of what is said.
type Person = (usize, String, usize);

/// Names of people in their files.
#[derive(Clone, Copy)]
enum Names {
    /// Their own, the same in each state.
    Own,
    /// The number of their row, those who came last first.
    Rows,
}

/// A pack of one rating, and what came of every state so far.
struct Desk {
    rulebook: Rulebook,
    responses: HashMap<Person, Response>,
    states: HashMap<Vec<Person>, (Arc<Round>, usize)>,
    texts: HashMap<String, usize>,
}

impl Desk {
    fn new() -> Self {
        Self {
            rulebook: pack(&ratings(&["a"])).good(),
            responses: HashMap::new(),
            states: HashMap::new(),
            texts: HashMap::new(),
        }
    }

    fn answers(&mut self, settings: &str, people: &[Person]) -> Option<Answers> {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let mut tally = Tally::new(&self.rulebook);
        for person in people {
            let response = self.responses.entry(person.clone()).or_insert_with(|| {
                let (role, name, said) = person;
                let text = format!(
                    "format: 1\nrespondent: {name}\nrole: {}\nanswers: {{ p: {{ {} }} }}\n",
                    ROLES[*role], SAID[*said]
                );
                let id = sources.add("response.yaml", text);
                let file: ResponseFile =
                    yaml::read(&sources, id, &mut problems).expect("a response");
                Response::check(&self.rulebook, &file, &mut problems).expect("valid")
            });
            tally.add(&self.rulebook, response);
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

    fn round(&mut self, settings: &str, people: &[Person]) -> Arc<Round> {
        let answers = self.answers(settings, people).expect("enough people");
        Arc::clone(answers.round().expect("people"))
    }

    /// A state, with a number that all states with the same result document share.
    fn state(&mut self, people: Vec<Person>) -> (Arc<Round>, usize) {
        if let Some(known) = self.states.get(&people) {
            return known.clone();
        }
        let answers = self.answers("minimum_group: 3", &people).expect("enough");
        let text = serde_json::to_string(&assess(&self.rulebook, &answers)).expect("JSON");
        let next = self.texts.len();
        let output = *self.texts.entry(text).or_insert(next);
        let state = (Arc::clone(answers.round().expect("people")), output);
        self.states.insert(people, state.clone());
        state
    }
}

/// True if those at a place of a shape answer in a state.
fn is_in(place: usize, state: usize) -> bool {
    (place + 1) >> state & 1 == 1
}

/// The people of a state of a world, by role and by the states they answer in.
fn people(world: &[Vec<usize>], kinds: usize, state: usize, names: Names) -> Vec<Person> {
    let mut all = Vec::new();
    for (place, said) in world.iter().enumerate() {
        if is_in(place % kinds, state) {
            let people = said.iter().enumerate();
            all.extend(people.map(|(nth, said)| (place / kinds, format!("r{place}-{nth}"), *said)));
        }
    }
    if let Names::Rows = names {
        let numbered = all.iter_mut().enumerate();
        numbered.for_each(|(row, person)| person.1 = format!("row-{row}"));
    }
    all
}

/// The group of each role in a state.
fn grouped(shapes: &[Shape], state: usize) -> Vec<Option<usize>> {
    groups(&World {
        body: "",
        settings: "",
        minimum: MINIMUM,
        more: "",
        consensus: "",
        sizes: &sizes(shapes, state),
        answers: &[],
        asked: &[],
    })
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

/// What figures tell of a group: all that was said where enough rate, and else no more than what
/// enough say, or all; nothing where that is nothing.
fn own_figures(mut said: Vec<usize>) -> Vec<usize> {
    said.sort_unstable();
    let count = |which: &dyn Fn(usize) -> bool| said.iter().filter(|one| which(**one)).count();
    let unknown = count(&|one| one > SILENT);
    if count(&|one| one < RATINGS) >= MINIMUM || count(&|one| one == SILENT) == said.len() {
        said
    } else if unknown >= MINIMUM {
        vec![SILENT + 1]
    } else {
        Vec::new()
    }
}

/// What was seen: states, each with a number for its result.
type Sight = Vec<(usize, usize)>;
/// States, the group somebody counts in in each, and figures of those who count in the same ones.
type Own = (Vec<usize>, Vec<Option<usize>>, Vec<usize>);

/// What people of some shapes say, with the results of each state and those that are shown.
struct Told {
    world: Vec<Vec<usize>>,
    outputs: Vec<usize>,
    shown: Vec<usize>,
}

/// Everything the people of some shapes may say.
struct Attack<'a> {
    shapes: &'a [Shape],
    groups: Vec<Vec<Option<usize>>>,
    told: Vec<Told>,
    /// By what is seen and by place: everything that somebody there may have said.
    seen: HashMap<(Sight, usize), u32>,
    /// The same by the figures that may be known of them.
    open: HashMap<(Own, usize), u32>,
}

impl<'a> Attack<'a> {
    fn new(
        desk: &mut Desk,
        shapes: &'a [Shape],
        (states, said): (usize, usize),
        names: Names,
    ) -> Self {
        let mut attack = Attack {
            shapes,
            groups: (0..states).map(|one| grouped(shapes, one)).collect(),
            told: Vec::new(),
            seen: HashMap::new(),
            open: HashMap::new(),
        };
        for world in worlds(shapes, said) {
            let mut rounds = Rounds::default();
            let (mut outputs, mut shown) = (Vec::new(), Vec::new());
            for state in 0..states {
                let (round, output) = desk.state(people(&world, attack.kinds(), state, names));
                outputs.push(output);
                match rounds.take(&round) {
                    Ok(()) => shown.push(state),
                    Err(held) => assert_eq!(held, Held::Few),
                }
            }
            let told = Told {
                world,
                outputs,
                shown,
            };
            attack.note(&told, states);
            attack.told.push(told);
        }
        attack
    }

    fn kinds(&self) -> usize {
        self.shapes[0].len()
    }

    /// The group that people of a place count in in each of some states.
    fn class(&self, place: usize, states: &[usize]) -> Vec<Option<usize>> {
        let (role, kind) = (place / self.kinds(), place % self.kinds());
        let all = states
            .iter()
            .map(|state| self.groups[*state][role].filter(|_| is_in(kind, *state)));
        all.collect()
    }

    /// Notes what is seen in each set of states, and which figures would have told as much.
    fn note(&mut self, told: &Told, states: usize) {
        for set in 1_usize..1 << states {
            let set: Vec<usize> = (0..states).filter(|state| set >> state & 1 == 1).collect();
            let sight = told.sight(&set);
            for (place, said) in told.world.iter().enumerate() {
                let said = said.iter().fold(0_u32, |set, one| set | 1 << one);
                *self.seen.entry((sight.clone(), place)).or_insert(0) |= said;
                for own in self.own(told, place, &set) {
                    *self.open.entry((own, place)).or_insert(0) |= said;
                }
            }
        }
    }

    /// What may be known of somebody: the figures of those who count alike in all states, where these
    /// are enough, and those of each state alone.
    fn own(&self, told: &Told, place: usize, states: &[usize]) -> Vec<Own> {
        let own = |states: &[usize]| {
            let class = self.class(place, states);
            let alike = (0..told.world.len()).filter(|one| self.class(*one, states) == class);
            let said: Vec<usize> = alike.flat_map(|one| told.world[one].clone()).collect();
            (class, said)
        };
        let (class, alike) = own(states);
        let enough = (alike.len() >= MINIMUM).then(|| (states.to_vec(), class, own_figures(alike)));
        let alone = states.iter().filter_map(|state| {
            let (class, said) = own(&[*state]);
            class[0]
                .is_some()
                .then(|| (vec![*state], class, own_figures(said)))
        });
        enough.into_iter().chain(alone).collect()
    }

    /// Everybody who is known better than they may be, in the states that are shown. Where rows are
    /// numbered, of those who left or joined.
    fn leaks(&self, all: u32, names: Names) -> Vec<String> {
        // Where few stay, it may follow then whether somebody rates at all; how, may not.
        let ratings = (1 << RATINGS) - 1;
        let narrowed = |seen: u32, open: u32| match names {
            Names::Own => seen & open != open,
            Names::Rows => seen & ratings != 0 && seen & open & ratings != open & ratings,
        };
        let mut leaks = Vec::new();
        for told in &self.told {
            for place in (0..told.world.len()).filter(|one| !told.world[*one].is_empty()) {
                let class = self.class(place, &told.shown);
                if matches!(names, Names::Rows) && class.iter().all(Option::is_some) {
                    continue;
                }
                let is_out = class.iter().all(Option::is_none);
                let own = self.own(told, place, &told.shown);
                let own = own.iter().map(|own| self.open[&(own.clone(), place)]);
                let open: Vec<u32> = if is_out { vec![all] } else { own.collect() };
                let seen = self.seen[&(told.sight(&told.shown), place)];
                if open.iter().all(|open| narrowed(seen, *open)) {
                    leaks.push(format!("{place} of {:?} in {:?}", self.shapes, told.shown));
                }
            }
        }
        leaks
    }
}

impl Told {
    fn sight(&self, states: &[usize]) -> Sight {
        let all = states.iter().map(|state| (*state, self.outputs[*state]));
        all.collect()
    }
}

/// All that the people of some shapes may say: what is said by each role and kind.
fn worlds(shapes: &[Shape], said: usize) -> Vec<Vec<Vec<usize>>> {
    let mut worlds: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    for count in shapes.iter().flatten() {
        let all = ways(*count, 0, said);
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

/// Attacks all shapes of so many states and kinds of answers.
fn attack_all(
    name: &str,
    names: &[Names],
    shapes: impl IntoIterator<Item = Vec<Shape>>,
    (states, said): (usize, usize),
) {
    let (mut tried, mut shown) = (0, 0);
    let mut desk = Desk::new();
    for shapes in shapes.into_iter().filter(|one| is_enough(one, states)) {
        desk.states.clear();
        for names in names {
            let attack = Attack::new(&mut desk, &shapes, (states, said), *names);
            assert_eq!(attack.leaks((1 << said) - 1, *names).first(), None);
            tried += attack.told.len();
            let told = attack.told.iter();
            shown += told.filter(|told| told.shown.len() == states).count();
        }
    }
    super::attacker::is_told(name, (tried, shown));
}

/// True if enough people answer in every state.
fn is_enough(shapes: &[Shape], states: usize) -> bool {
    (0..states).all(|state| sizes(shapes, state).iter().sum::<usize>() >= MINIMUM)
}

#[test]
fn nothing_follows_of_anybody_from_two_states_of_one_role() {
    let shapes = (0..5).flat_map(|stay| {
        (0..4).flat_map(move |left| (0..5).map(move |new| vec![vec![left, new, stay]]))
    });
    attack_all(
        "two states of one role",
        &[Names::Own, Names::Rows],
        shapes,
        (2, 4),
    );
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
    attack_all(
        "two states of two roles",
        &[Names::Own, Names::Rows],
        pairs,
        (2, 3),
    );
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
    attack_all("three states of one role", &[Names::Own], shapes, (3, 3));
}

#[test]
fn states_by_other_rules_and_changed_sheets_are_held_apart() {
    let mut desk = Desk::new();
    let all = |name: &str, said: &[usize]| -> Vec<Person> {
        let people = said.iter().enumerate();
        let people = people.map(|(nth, said)| (0, format!("{name}{nth}"), *said));
        people.collect()
    };
    let before = desk.round("minimum_group: 3", &all("r", &[0, 0, 0, 0]));
    let mut together = |settings: &str, name: &str, said: &[usize]| {
        let mut rounds = Rounds::default();
        rounds.take(&before).expect("one state by itself");
        rounds.take(&desk.round(settings, &all(name, said)))
    };
    let few = Err(Held::Few);
    for (what, name, said, held) in [
        ("the same", "r", &[0, 0, 0, 0][..], Ok(())),
        ("one changed", "r", &[0, 0, 0, 1], few),
        ("one stays", "r", &[0, 1, 1, 1], few),
        ("all changed", "r", &[1, 1, 1, 1], Ok(())),
        ("the same, under other names", "n", &[0, 0, 0, 0], Ok(())),
        ("one joined, under other names", "n", &[0, 0, 0, 0, 1], few),
        (
            "one of three who joined rates",
            "r",
            &[0, 0, 0, 0, SILENT, SILENT, 1],
            few,
        ),
        ("three joined and rate", "r", &[0, 0, 0, 0, 1, 1, 0], Ok(())),
        (
            "three joined and say nothing",
            "r",
            &[0, 0, 0, 0, SILENT, SILENT, SILENT],
            Ok(()),
        ),
    ] {
        assert_eq!(together("minimum_group: 3", name, said), held, "{what}");
    }
    let closed = "minimum_group: 3, closed_on: 2026-11-30";
    assert_eq!(together(closed, "r", &[0, 0, 0, 0]), Ok(()), "closed since");
    for rules in [
        "minimum_group: 4",
        "minimum_group: 3, pooled: true",
        "minimum_group: 3, weights: { leadership: 2 }",
        "minimum_group: 3, open_roles: [customer]",
        "anonymous: false",
    ] {
        let held = together(rules, "r", &[0, 0, 0, 0]);
        assert_eq!(held, Err(Held::Rules), "{rules}");
    }
}
