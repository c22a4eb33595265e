//! An attacker who knows the rules, the sizes of all groups and everything that shows.
//!
//! Every population of a few small groups is merged. Those that look alike are what the attacker
//! cannot tell apart; what a hidden group may have answered in them is all there is to know.

use super::crowd::Crowd;
use super::workshop::{pack, ratings};
use centricity::answers::GroupResult;
use centricity::answers::{Answers, CompanionFiles, Tally};
use centricity::assess::evaluate;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use std::collections::BTreeMap;

const ROLES: [&str; 4] = ["leadership", "management", "frontline", "customer"];

/// A pack that asks how far people agree may tell nothing more of them.
pub(super) const AGREEMENT: &str = "metrics:\n  m: { metric: agreement, inputs: { ratings: s } }\n";

/// A question, and what the attacker would like to know of a hidden group's answers to it.
struct Asked {
    question: fn() -> String,
    answers: &'static [&'static str],
    /// Figures of a group, told from the answers of its people by place.
    figures: fn(&[usize]) -> Vec<f64>,
    /// What each figure can be narrowed to at most, unless the value over all narrows it further.
    room: f64,
}

const RATING: Asked = Asked {
    question: || format!("{}{AGREEMENT}", ratings(&["a"])),
    answers: &["0", "1", "2", "3", "4"],
    figures: |places| {
        vec![share(places, |place| {
            f64::from(u32::try_from(place).unwrap())
        })]
    },
    room: 1.0,
};

const FACT: Asked = Asked {
    question: || choices("boolean", ""),
    answers: &["true", "false"],
    figures: |places| vec![share(places, |place| took(place, 0))],
    room: 1.0,
};

const KIND: Asked = Asked {
    question: || {
        choices(
            "select_one",
            "choices: [ { value: x, label: X }, { value: y, label: Y }, { value: z, label: Z } ]",
        )
    },
    answers: &["x", "y", "z"],
    figures: |places| {
        (0..3)
            .map(|one| share(places, |place| took(place, one)))
            .collect()
    },
    room: 1.0,
};

const SEVERAL: Asked = Asked {
    question: || {
        choices(
            "select_multiple",
            "choices: [ { value: x, score: 1, label: X }, { value: y, score: 1, label: Y } ]",
        )
    },
    answers: &["[]", "[x]", "[y]", "[x, y]"],
    figures: |places| {
        [1, 2]
            .map(|bit| share(places, |place| took(place & bit, bit)))
            .into()
    },
    room: 1.0,
};

fn took(place: usize, one: usize) -> f64 {
    if place == one { 1.0 } else { 0.0 }
}

fn share(places: &[usize], worth: impl Fn(usize) -> f64) -> f64 {
    let people = u32::try_from(places.len()).expect("few people");
    places.iter().copied().map(worth).sum::<f64>() / f64::from(people)
}

fn choices(kind: &str, keys: &str) -> String {
    format!(
        "sections:\n  s:\n    title: S\n    questions:\n      a: {{ type: {kind}, ask: \"?\", {keys} }}\n"
    )
}

/// Every way so many people can choose one of so many answers, whoever said what.
fn ways(people: u32, from: usize, answers: usize) -> Vec<Vec<usize>> {
    if people == 0 {
        return vec![Vec::new()];
    }
    let first = |answer: usize| {
        let rest = ways(people - 1, answer, answers).into_iter();
        rest.map(move |rest| std::iter::once(answer).chain(rest).collect())
    };
    (from..answers).flat_map(first).collect()
}

/// One role's answers, counted, with what they come to.
struct Group {
    role: Role,
    figures: Vec<f64>,
    tally: Tally,
}

/// Everything that shows of one population, and what its groups said.
struct Seen {
    /// What the rules show of every question: its value, and whether it is contested.
    value: String,
    /// That and all the rest.
    all: String,
    hidden: Vec<Role>,
    figures: Vec<(Role, usize, f64)>,
}

struct World {
    rulebook: Rulebook,
    settings: &'static str,
    groups: Vec<Vec<Group>>,
}

impl World {
    fn new(asked: &Asked, settings: &'static str, sizes: &[u32]) -> Self {
        let rulebook = pack(&(asked.question)()).good();
        let group = |name: &'static str, places: &[usize]| {
            let says = |crowd: Crowd, place: &usize| {
                crowd.says(name, &format!("a: {}", asked.answers[*place]))
            };
            let crowd = places.iter().fold(Crowd::new(), says);
            Group {
                role: Role::ALL
                    .into_iter()
                    .find(|role| role.name() == name)
                    .expect(name),
                figures: (asked.figures)(places),
                tally: crowd.count(&rulebook, 10),
            }
        };
        let groups = ROLES.iter().zip(sizes).map(|(name, size)| {
            let ways = ways(*size, 0, asked.answers.len());
            ways.iter().map(|places| group(name, places)).collect()
        });
        Self {
            groups: groups.collect(),
            rulebook,
            settings,
        }
    }

    fn seen(&self, population: &[&Group]) -> Seen {
        let mut tally = Tally::new(&self.rulebook);
        for group in population {
            tally.absorb(group.tally.clone());
        }
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\nrespondents: {{ minimum_group: 3, {} }}\n",
            self.settings
        );
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let id = sources.add("assessment.yaml", text);
        let file = yaml::read(&sources, id, &mut problems).expect("a file");
        let beside = CompanionFiles {
            tally: Some(&tally),
            ..CompanionFiles::default()
        };
        let answers =
            Answers::merge(&self.rulebook, &file, &beside, &mut problems).expect("answers");
        let panel = answers.disclosure().expect("people");
        let voice: &GroupResult = panel.answer(0).expect("answers");
        let given = answers.answers()[0];
        let value = format!(
            "{:?} {:?} {} {} {:?}",
            given.state, given.claimed, given.chosen, voice.contested, voice.outcome
        );
        let hidden = panel.who.roles.iter().filter(|one| one.people.is_none());
        let hidden = hidden.map(|one| one.role);
        let figures = population.iter().flat_map(|group| {
            let figures = group.figures.iter().enumerate();
            figures.map(|(place, figure)| (group.role, place, *figure))
        });
        Seen {
            all: format!(
                "{value} {voice:?} {:?} {:?}",
                panel.who,
                // After the one question, the figures of the metric.
                &evaluate(&self.rulebook, &answers).readings[1..]
            ),
            value,
            hidden: hidden.collect(),
            figures: figures.collect(),
        }
    }

    fn populations(&self) -> Vec<Seen> {
        let mut all: Vec<Vec<&Group>> = vec![Vec::new()];
        for groups in &self.groups {
            let with = |before: &Vec<_>, group| before.iter().copied().chain([group]).collect();
            all = all
                .iter()
                .flat_map(|before| groups.iter().map(move |group| with(before, group)))
                .collect();
        }
        all.iter().map(|population| self.seen(population)).collect()
    }
}

/// The lowest and highest each figure of a role can be, by what the attacker looks at.
type Known<'a> = BTreeMap<(&'a String, Role, usize), (f64, f64)>;

fn knowledge(all: &[Seen], look: fn(&Seen) -> &String) -> Known<'_> {
    let mut known = BTreeMap::new();
    for seen in all {
        for (role, place, figure) in &seen.figures {
            let key = (look(seen), *role, *place);
            let span = known.entry(key).or_insert((*figure, *figure));
            *span = (span.0.min(*figure), span.1.max(*figure));
        }
    }
    known
}

/// What is by role tells nothing of a hidden group: it can still have answered anything that the
/// value over all leaves open, or has at least the room its kind of question promises.
#[track_caller]
fn attack(asked: &Asked, settings: &'static str, sizes: &[u32]) {
    let all = World::new(asked, settings, sizes).populations();
    let by_value = knowledge(&all, |seen| &seen.value);
    let by_all = knowledge(&all, |seen| &seen.all);
    let small = |role: &Role| {
        let place = ROLES.iter().position(|name| *name == role.name());
        let waives = settings.contains(&format!("waived: [{}]", role.name()));
        sizes[place.expect("one of the roles")] < 3 && !waives
    };
    let mut hidden = 0;
    for seen in &all {
        for role in seen.hidden.iter().filter(|role| small(role)) {
            hidden += 1;
            let figures = seen.figures.iter().filter(|(one, _, _)| one == role);
            for (_, place, _) in figures {
                let room = |(low, high): &(f64, f64)| high - low;
                let (unavoidable, left) = (
                    room(&by_value[&(&seen.value, *role, *place)]),
                    room(&by_all[&(&seen.all, *role, *place)]),
                );
                assert!(
                    left >= unavoidable.min(asked.room) - 1e-9,
                    "{settings} {sizes:?}: {role:?} has {left} of {unavoidable} left in {}",
                    seen.all
                );
            }
        }
    }
    assert!(hidden > 0, "{sizes:?} hides nobody");
}

#[test]
fn no_hidden_group_can_be_worked_out() {
    let sizes = [
        &[2, 5][..],
        &[1, 4],
        &[1, 2],
        &[3, 2, 1],
        &[1, 1, 4],
        &[2, 2, 3],
        &[3, 3, 1],
    ];
    for sizes in sizes {
        attack(&RATING, "", sizes);
    }
    attack(&RATING, "", &[1, 1, 3, 2]);
}

#[test]
fn nor_where_everybody_or_a_role_weighs_more() {
    for sizes in [&[2, 5][..], &[3, 2, 1], &[1, 2, 4], &[3, 3, 1]] {
        attack(&RATING, "pooled: true", sizes);
        attack(&RATING, "weights: { management: 2 }", sizes);
    }
}

#[test]
fn a_role_that_waives_gives_no_other_away() {
    for sizes in [&[2, 1, 3][..], &[1, 2, 2], &[2, 2, 3]] {
        attack(&RATING, "waived: [leadership]", sizes);
    }
}

#[test]
fn nor_can_its_votes_on_facts_and_on_several_choices() {
    let settings = [
        "",
        "pooled: true",
        "weights: { management: 2 }",
        "waived: [leadership]",
    ];
    for settings in settings {
        for sizes in [
            &[4, 1, 2][..],
            &[3, 3, 1],
            &[1, 1, 5],
            &[2, 2, 3],
            &[4, 2, 1, 3],
        ] {
            attack(&FACT, settings, sizes);
        }
        for sizes in [&[4, 1, 2][..], &[3, 3, 1]] {
            attack(&KIND, settings, sizes);
        }
        for sizes in [&[3, 1, 2][..], &[3, 1, 1]] {
            attack(&SEVERAL, settings, sizes);
        }
    }
}
