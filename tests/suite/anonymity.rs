//! An attacker who knows the rules, the sizes of all groups and everything that shows.
//!
//! Every population of a few small groups is merged. Those that look alike are what the attacker
//! cannot tell apart; what a hidden group may have answered in them is all there is to know.

use super::crowd::Crowd;
use super::workshop::{pack, ratings};
use centricity::answers::panel::{Shown, Voice};
use centricity::answers::{Answers, Beside, Tally};
use centricity::assessment::assess;
use centricity::diagnostic::{Diagnostics, Sources};
use centricity::evaluate::evaluate;
use centricity::explain::{explain, explainable};
use centricity::pack::file::Role;
use centricity::report::view::{Brand, Sheet};
use centricity::report::{self, Layout, Templates, View};
use centricity::rulebook::Rulebook;
use centricity::terminal::{explanation, summary};
use centricity::yaml;
use std::collections::BTreeMap;

const ROLES: [&str; 4] = ["leadership", "management", "frontline", "customer"];

/// A pack that asks how far people agree may tell nothing more of them.
const AGREEMENT: &str = "metrics:\n  m: { metric: agreement, inputs: { ratings: s } }\n";

/// Every way so many people can rate from 0 to 4, whoever said what.
fn ways(people: u32, from: u32) -> Vec<Vec<u32>> {
    if people == 0 {
        return vec![Vec::new()];
    }
    let first = |rating: u32| {
        let rest = ways(people - 1, rating).into_iter();
        rest.map(move |rest| std::iter::once(rating).chain(rest).collect())
    };
    (from..=4).flat_map(first).collect()
}

/// One role's answers, counted, with their mean.
struct Group {
    role: Role,
    mean: f64,
    tally: Tally,
}

/// Everything that shows of one population, and what its groups said.
struct Seen {
    /// What the rules show of every question: its value, and whether it is contested.
    value: String,
    /// That and all the rest.
    all: String,
    hidden: Vec<Role>,
    means: Vec<(Role, f64)>,
}

struct World {
    rulebook: Rulebook,
    settings: &'static str,
    groups: Vec<Vec<Group>>,
}

impl World {
    fn new(settings: &'static str, sizes: &[u32]) -> Self {
        let rulebook = pack(&format!("{}{AGREEMENT}", ratings(&["a"]))).good();
        let group = |name: &'static str, size: u32, ratings: &[u32]| Group {
            role: Role::ALL
                .into_iter()
                .find(|role| role.name() == name)
                .expect(name),
            mean: ratings.iter().copied().map(f64::from).sum::<f64>() / f64::from(size),
            tally: Crowd::new().rate(name, "a", ratings).count(&rulebook, 10),
        };
        let groups = ROLES.iter().zip(sizes).map(|(name, size)| {
            ways(*size, 0)
                .iter()
                .map(|ratings| group(name, *size, ratings))
                .collect()
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
        let beside = Beside {
            tally: Some(&tally),
            ..Beside::default()
        };
        let answers =
            Answers::merge(&self.rulebook, &file, &beside, &mut problems).expect("answers");
        let panel = answers.panel().expect("people");
        let voice: &Voice = panel.voice(0).expect("ratings");
        let given = answers.given()[0];
        let value = format!("{:?} {:?} {}", given.state, given.claimed, voice.contested);
        let hidden = voice
            .roles
            .iter()
            .filter(|(_, shown)| *shown == Shown::Hidden);
        Seen {
            all: format!(
                "{value} {voice:?} {:?} {:?} {:?} {:?}",
                panel.people,
                panel.roles,
                panel.scales,
                // After the one question, the figures of the metric.
                &evaluate(&self.rulebook, &answers).readings[1..]
            ),
            value,
            hidden: hidden.map(|(role, _)| *role).collect(),
            means: population
                .iter()
                .map(|group| (group.role, group.mean))
                .collect(),
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

/// The lowest and highest a role's mean can be, by what the attacker looks at.
fn knowledge(all: &[Seen], look: fn(&Seen) -> &String) -> BTreeMap<(&String, Role), (f64, f64)> {
    let mut known = BTreeMap::new();
    for seen in all {
        for (role, mean) in &seen.means {
            let span = known.entry((look(seen), *role)).or_insert((*mean, *mean));
            *span = (span.0.min(*mean), span.1.max(*mean));
        }
    }
    known
}

/// What is by role tells nothing of a hidden group: it can still have answered anything that the
/// value over all leaves open, or at least one step up or down.
#[track_caller]
fn attack(settings: &'static str, sizes: &[u32]) {
    let all = World::new(settings, sizes).populations();
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
            let room = |(low, high): &(f64, f64)| high - low;
            let (unavoidable, left) = (
                room(&by_value[&(&seen.value, *role)]),
                room(&by_all[&(&seen.all, *role)]),
            );
            assert!(
                left >= unavoidable.min(1.0) - 1e-9,
                "{settings} {sizes:?}: {role:?} has {left} of {unavoidable} left in {}",
                seen.all
            );
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
        attack("", sizes);
    }
    attack("", &[1, 1, 3, 2]);
}

#[test]
fn nor_where_everybody_or_a_role_weighs_more() {
    for sizes in [&[2, 5][..], &[3, 2, 1], &[1, 2, 4], &[3, 3, 1]] {
        attack("pooled: true", sizes);
        attack("weights: { management: 2 }", sizes);
    }
}

#[test]
fn a_role_that_waives_gives_no_other_away() {
    for sizes in [&[2, 1, 3][..], &[1, 2, 2], &[2, 2, 3]] {
        attack("waived: [leadership]", sizes);
    }
}

/// Everything that can be printed of a crowd's answers, in every form.
fn printed(crowd: &Crowd) -> Vec<String> {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c] }}\n{AGREEMENT}",
        ratings(&["a", "b", "c"])
    );
    let rulebook = pack(&body).good();
    let answers = crowd.merge(&rulebook).valid();
    let result = assess(&rulebook, &answers);
    let (layout, brand) = (Layout::new(&rulebook), Brand::default());
    let view = View::new(&layout, &answers, &result, &brand);
    let (page, sheet) = (
        report::Page::new(&view),
        Sheet::new(&layout, &answers, &result, &brand),
    );
    let templates = Templates::builtin().expect("templates");
    let mut texts = vec![
        serde_json::to_string_pretty(&result).expect("json"),
        report::html(&templates, &page).expect("html"),
        report::markdown(&templates, &page).expect("markdown"),
        report::sheet_html(&templates, &sheet).expect("sheet"),
        report::sheet_markdown(&templates, &sheet).expect("sheet"),
        summary(&view, false),
    ];
    for id in explainable(&rulebook) {
        let why = explain(&rulebook, &answers, &result, id).expect("an explanation");
        texts.push(explanation(&why, false));
    }
    texts
}

#[test]
fn no_format_knows_more_of_hidden_groups_than_their_sum() {
    let crowd = |management: [&str; 2], customers: [&str; 3]| {
        let shown = [("leadership", "4"), ("frontline", "1")];
        let mut crowd = Crowd::new();
        for (role, b) in shown.into_iter().flat_map(|one| [one; 6]) {
            crowd = crowd.says(
                role,
                &format!("a: 3, b: {b}, c: {{ value: 2, note: heard of {role} }}"),
            );
        }
        let crowd = management
            .iter()
            .fold(crowd, |crowd, says| crowd.says("management", says));
        customers
            .iter()
            .fold(crowd, |crowd, says| crowd.says("customer", says))
    };
    let one = crowd(
        [
            "a: 1, b: 2, c: { value: 2, note: sesame }",
            "a: 1, b: 4, c: 1",
        ],
        [
            "a: 3, b: 1, c: 2",
            "a: 3, b: 2, c: unknown",
            "a: 3, b: 3, c: 1",
        ],
    );
    let other = crowd(
        [
            "a: 4, b: 3, c: 0",
            "a: 0, b: 1, c: { value: 3, note: abracadabra }",
        ],
        [
            "a: 2, b: 4, c: 3",
            "a: 2, b: 2, c: unknown",
            "a: 2, b: 3, c: { value: 0, note: rumpelstiltskin }",
        ],
    );
    let pairs = printed(&one).into_iter().zip(printed(&other));
    for (place, (one, other)) in pairs.enumerate() {
        let unlike = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other);
        assert_eq!(unlike, None, "text {place}");
        assert!(
            !one.contains("sesame")
                && !other.contains("abracadabra")
                && !other.contains("rumpelstiltskin")
        );
        assert!(
            place > 2 || one.contains("heard of leadership"),
            "shown groups speak"
        );
    }
}
