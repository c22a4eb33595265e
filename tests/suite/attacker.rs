//! An attacker who knows the rules, the packs, everybody's role, who handed in, and all that is
//! printed; and not what anybody answered.
//!
//! Every population of small folders is merged and assessed. Those with the same result document are
//! what the attacker cannot tell apart, so a person may have given each answer that somebody of their
//! role gives in one of them: people of one role are exchangeable. Of people outside every group
//! that answer must stay any; of those inside, any that the counts of their own group leave open.

use super::crowd::Crowd;
use super::sandbox::ROOT;
use super::workshop::{HEADER, linked, rating, ratings};
use centricity::answers::file::{AssessmentFile, ConsensusFile};
use centricity::answers::{Answers, CompanionFiles, Tally};
use centricity::assess::assess;
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::path::Path;

const ROLES: [&str; 4] = ["leadership", "management", "frontline", "customer"];
/// What anybody may say of a rating.
const RATED: [&str; 6] = ["a: 0", "a: 1", "a: 4", "a: unknown", AWAY, ""];
const AWAY: &str = "a: { not_applicable: no }";

/// A folder that the attacker looks at.
#[derive(Clone, Copy)]
pub(super) struct World<'w> {
    pub(super) body: &'w str,
    /// Keys of `respondents`, the minimum apart.
    pub(super) settings: &'w str,
    pub(super) minimum: usize,
    /// Further lines of the assessment.
    pub(super) more: &'w str,
    pub(super) consensus: &'w str,
    /// Number of people by role, in the order of [`ROLES`].
    pub(super) sizes: &'w [usize],
    /// Everything a person may say.
    pub(super) answers: &'w [&'w str],
    /// The questions, each with the roles it is put to where it is not put to all.
    pub(super) asked: &'w [(&'w str, &'w [&'w str])],
}

impl<'w> World<'w> {
    /// One rating, put to all.
    fn rating(body: &'w str, minimum: usize, sizes: &'w [usize]) -> Self {
        Self {
            body,
            settings: "",
            minimum,
            more: "",
            consensus: "",
            sizes,
            answers: &RATED,
            asked: &[("a", &[])],
        }
    }
}

/// People by role, each with the place of what they say.
type Population<'p> = Vec<&'p [usize]>;

/// What an attack found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) populations: usize,
    pub(super) outputs: usize,
    pub(super) leaks: Vec<String>,
}

/// Every way so many people can say one of so many things, whoever says what.
pub(super) fn ways(people: usize, from: usize, answers: usize) -> Vec<Vec<usize>> {
    if people == 0 {
        return vec![Vec::new()];
    }
    let first = |answer: usize| {
        let rest = ways(people - 1, answer, answers).into_iter();
        rest.map(move |rest| std::iter::once(answer).chain(rest).collect())
    };
    (from..answers).flat_map(first).collect()
}

/// The group of each role, written down a second time: `None` of those in no figure.
pub(super) fn groups(world: &World<'_>) -> Vec<Option<usize>> {
    const OTHERS: usize = 9;
    let opens = |role: &str| {
        let (_, open) = world
            .settings
            .split_once("open_roles: [")
            .unwrap_or_default();
        open.split(']')
            .next()
            .is_some_and(|open| open.contains(role))
    };
    let alone = |place: usize| world.sizes[place] >= world.minimum || opens(ROLES[place]);
    let small = (0..world.sizes.len()).filter(|place| !alone(*place));
    let together: usize = small.map(|place| world.sizes[place]).sum();
    let others = (together >= world.minimum).then_some(OTHERS);
    let group = |place| if alone(place) { Some(place) } else { others };
    (0..world.sizes.len()).map(group).collect()
}

/// What a group's own figures tell of its people: of each question all answers, where enough rate
/// it, and else no more than that; and whole persons, where these make a scale.
fn own_figures(world: &World<'_>, group: usize, population: &Population<'_>) -> String {
    let all = groups(world);
    let least = if group < 9 && world.sizes[group] < world.minimum {
        1
    } else {
        world.minimum
    };
    let mut figures: Vec<String> = Vec::new();
    for (id, roles) in world.asked {
        let mut said: Vec<&str> = Vec::new();
        for (place, people) in population.iter().enumerate() {
            if all[place] == Some(group) && (roles.is_empty() || roles.contains(&ROLES[place])) {
                said.extend(people.iter().map(|one| part(world.answers[*one], id)));
            }
        }
        said.sort_unstable();
        let count = |kind: &str| said.iter().filter(|one| kind_of(one) == kind).count();
        figures.push(match () {
            () if said.len() < least => "closed".to_owned(),
            () if count("rated") >= least => format!("{said:?}"),
            () if count("away") >= least => "away".to_owned(),
            () if count("unknown") >= least => "unknown".to_owned(),
            () if count("missing") == said.len() => "missing".to_owned(),
            () => "closed".to_owned(),
        });
    }
    if world.asked.len() >= 3 {
        let people = population.iter().enumerate();
        let own = people.filter(|(place, _)| all[*place] == Some(group));
        let mut whole: Vec<usize> = own.flat_map(|(_, people)| people.to_vec()).collect();
        whole.sort_unstable();
        figures.push(format!("{whole:?}"));
    }
    figures.join("; ")
}

/// What somebody says of one question.
fn part<'a>(answers: &'a str, id: &str) -> &'a str {
    let mut parts = answers.split("; ");
    let found = parts.find_map(|one| one.strip_prefix(id)?.strip_prefix(": "));
    found.unwrap_or_default()
}

fn kind_of(said: &str) -> &'static str {
    match said {
        "" => "missing",
        "unknown" => "unknown",
        _ if said.contains("not_applicable") => "away",
        _ => "rated",
    }
}

/// A folder ready to be filled with any population.
pub(super) struct Folder {
    rulebook: Rulebook,
    file: AssessmentFile,
    consensus: Option<ConsensusFile>,
    sources: Sources,
    /// By role, then by way: the answers and their count.
    by_role: Vec<Vec<(Vec<usize>, Tally)>>,
}

impl Folder {
    pub(super) fn new(world: &World<'_>) -> Self {
        let text = format!("{HEADER}{}", world.body);
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\n{}respondents: {{ minimum_group: {}, {} }}\n",
            world.more, world.minimum, world.settings
        );
        let id = sources.add("assessment.yaml", text);
        let file = yaml::read(&sources, id, &mut problems).expect("a file");
        let consensus = (!world.consensus.is_empty()).then(|| {
            let text = format!("format: 1\nconsensus: {{ p: {{ {} }} }}\n", world.consensus);
            let id = sources.add("consensus.yaml", text);
            yaml::read(&sources, id, &mut problems).expect("a file")
        });
        let by_role = world.sizes.iter().enumerate().map(|(place, size)| {
            let ways = ways(*size, 0, world.answers.len()).into_iter();
            let counted = ways.map(|way| {
                let says = |crowd: Crowd, one: &usize| {
                    crowd.says(ROLES[place], &world.answers[*one].replace("; ", ", "))
                };
                let crowd = way.iter().fold(Crowd::new(), says);
                let tally = crowd.count(&rulebook, 10);
                (way, tally)
            });
            counted.collect()
        });
        Self {
            by_role: by_role.collect(),
            rulebook,
            file,
            consensus,
            sources,
        }
    }

    /// The result document and the warnings, of one way of each role.
    pub(super) fn output(&self, ways: &[usize]) -> String {
        let mut tally = Tally::new(&self.rulebook);
        for (all, way) in self.by_role.iter().zip(ways) {
            tally.absorb(all[*way].1.clone());
        }
        let beside = CompanionFiles {
            tally: Some(&tally),
            consensus: self.consensus.as_ref(),
            ..CompanionFiles::default()
        };
        let mut problems = Diagnostics::new();
        let answers = Answers::merge(&self.rulebook, &self.file, &beside, &mut problems);
        let result = answers.map(|answers| assess(&self.rulebook, &answers));
        let result = serde_json::to_string(&result).expect("JSON");
        format!("{result}{}", render(&problems, &self.sources, false))
    }

    /// Every population.
    pub(super) fn populations(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for ways in &self.by_role {
            let with = |before: &Vec<usize>, way| before.iter().copied().chain([way]).collect();
            all = all
                .iter()
                .flat_map(|before| (0..ways.len()).map(move |way| with(before, way)))
                .collect();
        }
        all
    }

    fn people<'f>(&'f self, ways: &[usize]) -> Population<'f> {
        let roles = self.by_role.iter().zip(ways);
        roles.map(|(all, way)| all[*way].0.as_slice()).collect()
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Sets of answers, by what is known and the role.
type Known = HashMap<(u64, usize), u32>;

/// Attacks what `output` makes of every population.
fn attack(world: &World<'_>, output: impl Fn(&Folder, &[usize]) -> String) -> Found {
    let folder = Folder::new(world);
    let groups = groups(world);
    let (mut seen, mut base) = (Known::new(), Known::new());
    let mut rows = Vec::new();
    for ways in folder.populations() {
        let population = folder.people(&ways);
        let output = hash(&output(&folder, &ways));
        let own = |group: Option<usize>| {
            let group = group?;
            Some(hash(&(group, own_figures(world, group, &population))))
        };
        let figures: Vec<Option<u64>> = groups.iter().copied().map(own).collect();
        for (role, people) in population.iter().enumerate() {
            let said = people.iter().fold(0, |set, one| set | 1 << one);
            *seen.entry((output, role)).or_default() |= said;
            if let Some(figure) = figures[role] {
                *base.entry((figure, role)).or_default() |= said;
            }
        }
        rows.push((ways, output, figures));
    }
    let any = (1 << world.answers.len()) - 1;
    let outputs: BTreeSet<u64> = rows.iter().map(|(_, output, _)| *output).collect();
    let mut found = Found {
        populations: rows.len(),
        outputs: outputs.len(),
        leaks: Vec::new(),
    };
    for (ways, output, figures) in &rows {
        for (role, figure) in figures.iter().enumerate() {
            let open = figure.map_or(any, |figure| base[&(figure, role)]);
            if world.sizes[role] > 0 && seen[&(*output, role)] & open != open {
                let who = ROLES[role];
                let said = folder.people(ways);
                found
                    .leaks
                    .push(format!("{who} of {:?} in {said:?}", world.sizes));
            }
        }
    }
    found
}

/// The sum of attacks on the program itself, which all find nothing.
#[track_caller]
fn safe<'w>(worlds: impl IntoIterator<Item = World<'w>>) -> (usize, usize) {
    let (mut populations, mut outputs) = (0, 0);
    for world in worlds {
        let found = attack(&world, Folder::output);
        let first = found.leaks.first();
        assert_eq!(
            first,
            None,
            "{} leaks: {}",
            found.leaks.len(),
            world.settings
        );
        populations += found.populations;
        outputs += found.outputs;
    }
    assert!(outputs > 1, "something is told");
    (populations, outputs)
}

/// The figures in `docs/many-answers.md`, line by line: what was attacked, how many populations,
/// how many different results; of states, how many pairs, and how many shapes are shown.
#[track_caller]
pub(super) fn is_told(what: &str, (populations, outputs): (usize, usize)) {
    let page = Path::new(ROOT).join("docs/many-answers.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let row = format!("| {what} | {populations} | {outputs} | 0 |");
    assert!(page.contains(&row), "docs/many-answers.md lacks: {row}");
}

const AGREEMENT: &str = "metrics:\n  m: { metric: agreement, inputs: { ratings: s } }\n";

fn one_rating() -> String {
    format!("{}{AGREEMENT}", ratings(&["a"]))
}

#[test]
fn nothing_follows_of_anybody_from_ratings_with_a_minimum_of_three() {
    let body = one_rating();
    let sizes = [
        &[1, 4][..],
        &[2, 3],
        &[1, 1, 3],
        &[2, 2],
        &[3, 3],
        &[4],
        &[2, 1, 1],
        &[2, 5],
        &[7],
    ];
    let found = safe(sizes.map(|sizes| World::rating(&body, 3, sizes)));
    is_told("a rating, minimum 3", found);
}

#[test]
fn nothing_follows_of_anybody_from_ratings_with_a_minimum_of_five() {
    let body = one_rating();
    let sizes = [
        &[1, 4][..],
        &[2, 3],
        &[1, 5],
        &[1, 6],
        &[3, 4],
        &[2, 5],
        &[1, 1, 5],
    ];
    let found = safe(sizes.map(|sizes| World::rating(&body, 5, sizes)));
    is_told("a rating, minimum 5", found);
}

#[test]
fn nothing_follows_of_small_groups_beside_one_another() {
    let body = one_rating();
    let sizes = [&[1, 3, 3][..], &[1, 2, 4], &[1, 1, 2, 3]];
    let found = safe(sizes.map(|sizes| World {
        answers: &["a: 0", "a: 4", "a: unknown", ""],
        ..World::rating(&body, 3, sizes)
    }));
    is_told("a rating, three and four roles", found);
}

#[test]
fn nothing_follows_from_the_settings_of_an_assessment() {
    let body = one_rating();
    let settings = [
        "weights: { leadership: 3 }",
        "weights: { management: 0.7, frontline: 1.1 }",
        "pooled: true",
        "open_roles: [leadership]",
        "closed_on: 2026-11-30",
    ];
    let sizes = [&[1, 4][..], &[2, 3], &[1, 1, 3], &[2, 2]];
    let worlds = settings.into_iter().flat_map(|settings| {
        sizes.map(|sizes| World {
            settings,
            ..World::rating(&body, 3, sizes)
        })
    });
    let beside = sizes.into_iter().flat_map(|sizes| {
        let world = World::rating(&body, 3, sizes);
        let agreed = World {
            consensus: "a: { value: 2, reason: seen }",
            ..world
        };
        let own = World {
            more: "answers: { p: { a: { value: 1, note: seen } } }\n",
            ..world
        };
        [agreed, own]
    });
    is_told("a rating, other settings", safe(worlds.chain(beside)));
}

fn asked(kind: &str, keys: &str) -> String {
    format!(
        "sections:\n  s:\n    title: S\n    questions:\n      a: {{ type: {kind}, ask: \"?\", {keys} }}\n"
    )
}

#[test]
fn nothing_follows_from_choices_facts_numbers_and_texts() {
    let three =
        "choices: [ { value: x, label: X }, { value: y, label: Y }, { value: z, label: Z } ]";
    let scored = "choices: [ { value: x, score: 0, label: X }, { value: y, score: 0.1, label: Y }, { value: z, score: 0.3, label: Z } ]";
    let several = "choices: [ { value: x, score: 1, label: X }, { value: y, score: 1, label: Y } ]";
    let kinds: [(String, &[&str]); 6] = [
        (
            asked("select_one", scored),
            &["a: x", "a: y", "a: z", "a: unknown", ""],
        ),
        (
            asked("boolean", ""),
            &["a: true", "a: false", "a: unknown", AWAY, ""],
        ),
        (
            asked("select_one", three),
            &["a: x", "a: y", "a: z", "a: unknown", ""],
        ),
        (
            asked("select_multiple", several),
            &["a: []", "a: [x]", "a: [y]", "a: [x, y]", ""],
        ),
        (
            asked("percent", ""),
            &["a: 0", "a: 37", "a: 38", "a: 100", "a: unknown"],
        ),
        (
            asked("text", ""),
            &[
                "a: one",
                "a: two",
                "a: { value: one, note: more }",
                AWAY,
                "",
            ],
        ),
    ];
    let sizes = [&[1, 4][..], &[2, 3], &[1, 1, 3], &[3, 3]];
    let worlds = kinds.iter().flat_map(|(body, answers)| {
        sizes.map(|sizes| World {
            answers,
            ..World::rating(body, 3, sizes)
        })
    });
    is_told("choices, facts, numbers and texts", safe(worlds));
}

#[test]
fn nothing_follows_from_questions_that_are_put_to_some() {
    let head = "sections:\n  s:\n    title: S\n    questions:\n";
    let to = |roles: &str| format!("{head}{}", rating("a", &format!("roles: [{roles}]")));
    let (one, two) = (to("management"), to("management, frontline"));
    let core = format!("{head}{}{}", rating("a", ""), rating("b", "core: true"));
    let answers = &["a: 0", "a: 4", "a: unknown", ""];
    let sizes = [&[1, 4][..], &[2, 3], &[2, 2, 1], &[1, 1, 3], &[2, 2, 3]];
    let put = |body, asked| {
        sizes.map(|sizes| World {
            answers,
            asked,
            ..World::rating(body, 3, sizes)
        })
    };
    let worlds = put(&one, &[("a", &["management"])]).into_iter();
    let worlds = worlds.chain(put(&two, &[("a", &["management", "frontline"])]));
    let short = sizes.map(|sizes| World {
        answers: &["a: 0; b: 0", "a: 4; b: 4", "a: 4", "b: 4"],
        asked: &[("b", &[])],
        more: "form: short\n",
        ..World::rating(&core, 3, sizes)
    });
    is_told(
        "questions put to some roles, the short form",
        safe(worlds.chain(short)),
    );
}

#[test]
fn nothing_follows_from_scores_levels_findings_and_scales() {
    let body = format!(
        "{}{}",
        ratings(&["a", "b"]),
        r#"scores:
  whole: { aggregate: mean, of: [a, b] }
ladders:
  l: { title: L, of: whole, levels: [ { id: low, title: Low }, { id: high, title: High, from: 2 } ] }
gates:
  g: { title: G, when: { a: ">= 2" }, because: x }
findings:
  f: { kind: risk, severity: low, when: { a: "<= 2" }, title: T, text: "{{ value('a') }}" }
"#
    );
    let pairs = World {
        answers: &["a: 0; b: 4", "a: 4; b: 0", "a: 4", "b: unknown", "a: 0"],
        asked: &[("a", &[]), ("b", &[])],
        ..World::rating(&body, 3, &[])
    };
    let scale = format!("{}{AGREEMENT}", ratings(&["a", "b", "c"]));
    let whole = World {
        answers: &[
            "a: 0; b: 0; c: 0",
            "a: 0; b: 4; c: 0",
            "a: 4; b: 0; c: 4",
            "a: 4; b: 4; c: 4",
            "a: 4; b: 4",
        ],
        asked: &[("a", &[]), ("b", &[]), ("c", &[])],
        ..World::rating(&scale, 3, &[])
    };
    let sizes = [&[1, 4][..], &[2, 3], &[1, 1, 3], &[3, 3]];
    let worlds = [pairs, whole].into_iter();
    let worlds = worlds.flat_map(|world| sizes.map(|sizes| World { sizes, ..world }));
    is_told("scores, levels, gates, findings and scales", safe(worlds));
}

/// Fewer people than the minimum are told one and the same, whatever they say and however many.
#[test]
fn a_folder_of_too_few_people_tells_nothing() {
    let body = one_rating();
    let mut told = BTreeMap::new();
    for sizes in [&[1][..], &[2], &[1, 1], &[3], &[2, 1], &[4], &[1, 1, 2]] {
        let world = World {
            answers: &["a: 0", "a: 4", "a: unknown", ""],
            ..World::rating(&body, 5, sizes)
        };
        let folder = Folder::new(&world);
        for ways in folder.populations() {
            *told.entry(folder.output(&ways)).or_insert(0) += 1;
        }
    }
    assert_eq!(told.len(), 1, "{:?}", told.keys());
    assert!(told.keys().all(|text| text.contains("too-few-people")));
}

/// The attacker finds what is wrong with rules that look right.
#[test]
fn the_attacker_finds_what_leaks() {
    let body = one_rating();
    let world = World::rating(&body, 3, &[1, 4]);
    let said = |folder: &Folder, ways: &[usize]| -> Vec<Vec<usize>> {
        let people = folder.people(ways).into_iter();
        people.map(<[usize]>::to_vec).collect()
    };
    let worth = |one: &usize| [0.0, 1.0, 4.0].get(*one).copied();
    let leaks = |output: &dyn Fn(&Folder, &[usize]) -> String| attack(&world, output).leaks.len();
    let mean_of_all = |folder: &Folder, ways: &[usize]| {
        let means = said(folder, ways).into_iter().map(|people| {
            let rated: Vec<f64> = people.iter().filter_map(worth).collect();
            rated.iter().sum::<f64>() / f64::from(u32::try_from(rated.len()).expect("few"))
        });
        format!("{:?}", means.map(|mean| 3.0 * mean).collect::<Vec<_>>())
    };
    assert!(leaks(&mean_of_all) > 0, "weights over everybody");
    let unknown = |folder: &Folder, ways: &[usize]| {
        let hidden = &said(folder, ways)[0];
        let told = if hidden.iter().any(|one| *one < 3) {
            "closed"
        } else {
            "unknown"
        };
        format!("{}{told}", folder.output(ways))
    };
    assert!(leaks(&unknown) > 0, "closed only where somebody rated");
    let agreed = |folder: &Folder, ways: &[usize]| {
        let all: BTreeSet<usize> = said(folder, ways).concat().into_iter().collect();
        format!("{}{}", folder.output(ways), all.len() < 2)
    };
    assert!(leaks(&agreed) > 0, "agreement over everybody");
    assert_eq!(leaks(&Folder::output), 0);
}
