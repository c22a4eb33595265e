//! What the two pages rest on: the open answer that decides, the first 90 days, decisions to take
//! now, why confidence is what it is, and a sentence for everything that a level asks for.

use crate::clients::{Client, every};
use crate::workshop::{answers, built_in, checked, pack, ratings, scored};
use centricity::answers::{Answer, Answers};
use centricity::assess::{
    Assessment, ConfidenceLimit, Gain, Named, Need, NeedKind, NeedState, assess, evaluate,
};
use centricity::rules::Truth;
use centricity::rules::pack::file::{FindingKind, Horizon, QuestionType};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{Basis, ConfidenceGrade, State};
use std::collections::{BTreeMap, BTreeSet};

/// The levels or outcomes of an item, as bits, that each choice of a question alone would give other
/// than today's, by evaluating everything anew for each; `None` for several choices, numbers and text.
fn others(rulebook: &Rulebook, given: &Answers, node: usize, verdict: usize) -> Option<u64> {
    let question = rulebook.items[node].kind.question()?;
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {}
        QuestionType::SelectMultiple
        | QuestionType::Integer
        | QuestionType::Decimal
        | QuestionType::Percent
        | QuestionType::Text => return None,
    }
    let held = |given: &Answers| evaluate(rulebook, given).readings[verdict].held;
    let today = held(given);
    let then = question.choices.iter().enumerate().map(|(place, choice)| {
        let worth = choice.score.map_or(f64::NAN, |score| {
            let ends = [question.choices.first(), question.choices.last()];
            let ends: f64 = ends.iter().flatten().filter_map(|one| one.score).sum();
            if question.reverse {
                ends - score
            } else {
                score
            }
        });
        held(&given.with(node, Answer::rated(worth, 1 << place)))
    });
    Some(
        then.filter(|held| *held != today)
            .fold(0, |all, held| all | held),
    )
}

/// The levels or outcomes of an item, as bits, that the choices of a question nearest to today's give
/// which alone make a finding go, by evaluating everything anew for each; `None` for several choices,
/// numbers and text.
fn settled(
    rulebook: &Rulebook,
    given: &Answers,
    node: usize,
    (finding, verdict): (usize, usize),
) -> Option<Vec<u64>> {
    let question = rulebook.items[node].kind.question()?;
    others(rulebook, given, node, verdict)?;
    let now = given.answers()[node].claimed;
    let mut found: Vec<(f64, u64)> = Vec::new();
    for (place, choice) in question.choices.iter().enumerate() {
        let score = choice.score.unwrap_or(f64::NAN);
        let ends = [question.choices.first(), question.choices.last()];
        let ends: f64 = ends.iter().flatten().filter_map(|one| one.score).sum();
        let worth = if question.reverse {
            ends - score
        } else {
            score
        };
        let then = evaluate(
            rulebook,
            &given.with(node, Answer::rated(worth, 1 << place)),
        );
        if then.findings[finding].holds == Truth::False {
            found.push(((worth - now).abs(), then.readings[verdict].held));
        }
    }
    let nearest = found
        .iter()
        .fold(f64::INFINITY, |least, (far, _)| least.min(*far));
    found.retain(|(far, _)| *far <= nearest + 1e-9);
    Some(found.into_iter().map(|(_, held)| held).collect())
}

/// What each open question alone would give of a ladder.
fn tried(rulebook: &Rulebook, given: &Answers, ladder: usize) -> BTreeMap<usize, u64> {
    let today = evaluate(rulebook, given);
    let questions = rulebook.items.iter().enumerate();
    let questions = questions.take_while(|(_, item)| item.kind.question().is_some());
    let open = questions
        .filter(|(node, _)| matches!(today.readings[*node].state, State::Missing | State::Unknown));
    let found = open.filter_map(|(node, _)| {
        let levels = others(rulebook, given, node, ladder)?;
        (levels != 0).then_some((node, levels))
    });
    found.collect()
}

/// The farthest of some levels from today's, in levels; from none, farther than any.
fn farthest(today: u64, levels: u64) -> u32 {
    let bits = (0..u64::BITS).filter(|bit| levels >> bit & 1 == 1);
    let far = bits.map(|bit| match today {
        0 => u64::BITS,
        today => bit.abs_diff(today.trailing_zeros()),
    });
    far.max().unwrap_or(0)
}

#[test]
fn the_deciding_answer_of_a_small_pack_is_the_one_that_trying_all_finds() {
    let ids = ["a", "b", "c", "d"];
    let rest = "scores:\n  whole: { aggregate: mean, of: [a, b, c] }\ngates:\n  g: { title: \"It is there\", unmet: \"It is not there.\", when: { d: \">= 2\" }, because: x }\nladders:\n  level: { of: whole, levels: [ { id: low }, { id: middle, from: 2 }, { id: high, from: 3, gates: [g] } ] }\nheadline: level\n";
    let rulebook = pack(&format!("{}{rest}", ratings(&ids))).good();
    let ladder = rulebook.find("p.level").expect("the ladder");
    let values = ["unknown", "0", "2", "4"];
    let (mut decided, mut settled) = (0, 0);
    for case in 0..values.len().pow(4) {
        let own = |place: u32| values[case / values.len().pow(place) % values.len()];
        let line: Vec<String> = (0..4_u32)
            .map(|place| format!("{}: {}", ids[place as usize], own(place)))
            .collect();
        let given = answers(&rulebook, &line.join(", ")).valid();
        let today = evaluate(&rulebook, &given).readings[ladder].held;
        let all = tried(&rulebook, &given, ladder);
        let most = all
            .values()
            .map(|levels| (farthest(today, *levels), levels.count_ones()));
        let result = assess(&rulebook, &given);
        match (most.max(), result.decides) {
            (None, None) => settled += 1,
            (Some(most), Some(one)) => {
                let node = rulebook.find(&one.id).expect("a question");
                let levels = all[&node];
                assert_eq!(
                    (farthest(today, levels), levels.count_ones()),
                    most,
                    "{line:?}"
                );
                assert_eq!(one.could_be.len(), levels.count_ones() as usize, "{line:?}");
                let first = all
                    .iter()
                    .find(|(_, own)| (farthest(today, **own), own.count_ones()) == most);
                assert_eq!(first.map(|(node, _)| *node), Some(node), "{line:?}");
                decided += 1;
            }
            (tried, told) => panic!("{line:?}: {tried:?}, {told:?}"),
        }
    }
    assert!(decided > 20 && settled > 20, "{decided} {settled}");
}

#[test]
fn the_deciding_answer_of_a_client_is_the_one_that_trying_all_finds() {
    for name in ["harbour-tools", "paper-mill"] {
        let client = Client::named(name);
        let result = &client.assessment;
        let standing = result.standing.as_ref().expect("a ladder");
        let speaks = result.ladder(&standing.ladder).expect("it");
        let ladder = client.rulebook.find(&standing.ladder).expect("a node");
        let today = evaluate(&client.rulebook, &client.answers).readings[ladder].held;
        let all = tried(&client.rulebook, &client.answers, ladder);
        let most = all.values().map(|levels| farthest(today, *levels)).max();
        let told = result.decides.as_ref();
        let told = told.filter(|one| one.of == standing.ladder);
        let Some(one) = told else {
            assert_eq!(most, None, "{name}");
            continue;
        };
        let node = client.rulebook.find(&one.id).expect("a question");
        let ids: BTreeSet<&str> = one.could_be.iter().map(|one| one.id.as_str()).collect();
        let rank = |id: &str| speaks.levels.iter().position(|one| one.id == id);
        let bits = ids
            .iter()
            .filter_map(|id| rank(id))
            .fold(0, |set, bit| set | 1 << bit);
        assert!(farthest(today, bits) >= most.unwrap_or(0), "{name}");
        if let Some(levels) = all.get(&node) {
            assert_eq!(bits, *levels, "{name}: {}", one.id);
        }
    }
}

#[test]
fn verdicts_hang_on_the_contradictions_that_trying_all_answers_finds() {
    let mut seen = 0;
    for (name, client) in every() {
        let (rulebook, result) = (&client.rulebook, &client.assessment);
        let standing = result.standing.as_ref().expect("a ladder");
        let ladders = standing.tied.iter().chain([&standing.ladder]);
        let fits = result.fits.iter().map(|fit| &fit.id);
        let verdicts: Vec<_> = ladders.chain(fits).collect();
        let today = evaluate(rulebook, &client.answers);
        for finding in &result.findings {
            // Advice that changes something is no settling of which answer holds.
            let work = finding.advice.first().map(|one| &one.work);
            let settles = work.and_then(|work| Some(result.action(work)?.gain == Gain::None));
            let is_one = finding.kind == FindingKind::Contradiction
                && finding.called_for
                && settles == Some(true);
            let told = result.contradicted.iter().find(|one| one.id == finding.id);
            let told = told.iter().flat_map(|one| &one.verdicts);
            let told: BTreeSet<_> = told.map(|one| &one.of).collect();
            if !is_one {
                assert!(told.is_empty(), "{name}: {}", finding.id);
                continue;
            }
            for verdict in &verdicts {
                let node = rulebook.find(verdict).expect("a node");
                let is_ladder = result.ladder(verdict).is_some();
                let because = finding.because.iter();
                let questions = because.filter_map(|one| rulebook.find(&one.id));
                let questions = questions
                    .filter(|question| rulebook.items[*question].kind.question().is_some());
                let rules = &rulebook.findings;
                let rule = rules.iter().position(|rule| finding.id == rule.id);
                let rule = rule.expect("a rule");
                let tried: Vec<_> = questions
                    .map(|question| settled(rulebook, &client.answers, question, (rule, node)))
                    .collect();
                let turns = tried.iter().flatten().flatten().any(|held| {
                    let today = today.readings[node].held;
                    *held != today && if is_ladder { *held > today } else { *held != 0 }
                });
                // Ratings on evidence count with the proof they would take, which is not tried here.
                let all_tried =
                    tried.iter().all(Option::is_some) && client.answers.basis == Basis::Perception;
                let is_told = told.contains(*verdict);
                assert!(is_told || !turns, "{name}: {} {verdict}", finding.id);
                assert!(
                    turns || !is_told || !all_tried,
                    "{name}: {} {verdict}",
                    finding.id
                );
                seen += usize::from(is_told);
            }
        }
        for told in result.contradicted.iter().flat_map(|one| &one.verdicts) {
            let question = rulebook.find(&told.question).expect("a question");
            let verdict = rulebook.find(&told.of).expect("a verdict");
            let Some(all) = others(rulebook, &client.answers, question, verdict) else {
                continue;
            };
            let ladder = result.ladder(&told.of);
            let levels = ladder.map_or(&[][..], |one| &one.levels);
            let rank = levels.iter().position(|one| one.id == told.would_be.id);
            // What other choices give as well can only be more than that.
            assert!(
                rank.is_none_or(|rank| all >> rank & 1 == 1),
                "{name}: {told:?}"
            );
        }
        let disputed = &result.disputed;
        let verdicts = result.contradicted.iter().flat_map(|one| &one.verdicts);
        let hang: BTreeSet<_> = verdicts.map(|one| &one.of).collect();
        assert_eq!(
            disputed.hang.iter().collect::<BTreeSet<_>>(),
            hang,
            "{name}"
        );
        let standing = result.standing.as_ref().expect("a ladder");
        let lowest = [&standing.ladder].into_iter().chain(&standing.tied);
        let stay: Vec<_> = lowest.filter(|one| !hang.contains(one)).collect();
        assert_eq!(disputed.stay.iter().collect::<Vec<_>>(), stay, "{name}");
        for id in &disputed.harmless {
            let mut findings = result.findings.iter();
            let finding = findings.find(|one| one.id == *id).expect("a finding");
            assert_eq!(finding.kind, FindingKind::Contradiction, "{name}");
            let told = result.contradicted.iter().any(|one| one.id == *id);
            assert!(!told, "{name}: {id}");
        }
        let first = result.findings.iter().take(result.contradicted.len());
        let first: BTreeSet<_> = first.map(|one| &one.id).collect();
        assert!(
            result
                .contradicted
                .iter()
                .all(|one| first.contains(&one.id)),
            "{name}"
        );
    }
    assert!(seen >= 2, "{seen}");
}

#[test]
fn ninety_days_serve_the_lowest_subjects_first() {
    let mut left = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        let standing = result.standing.as_ref().expect("a ladder");
        let of_higher = |work: &String| {
            let of = &result.action(work).expect("an action").of;
            standing.higher.iter().any(|one| one.pack() == of.pack())
        };
        let lower = result.actions.iter().filter(|one| {
            one.advice.within != Horizon::Later
                && !result.soon.contains(&one.advice.work)
                && !of_higher(&one.advice.work)
        });
        left += lower.clone().count();
        for work in &result.soon {
            let settles = result.contradicted.iter().take(2).any(|one| {
                let mut findings = result.findings.iter();
                let found = findings.find(|finding| finding.id == one.id);
                found.is_some_and(|finding| finding.advice.iter().any(|one| one.work == *work))
            });
            let chosen = settles || result.next.contains(work) || !of_higher(work);
            assert!(chosen || lower.clone().next().is_none(), "{name}: {work}");
        }
    }
    assert!(left > 5, "{left}");
}

#[test]
fn ninety_days_begin_with_what_comes_first_and_hold_nothing_later() {
    for (name, client) in every() {
        let result = &client.assessment;
        let within = |work: &String| result.action(work).map(|one| one.advice.within);
        let soon = &result.soon;
        assert!(soon.len() <= 6, "{name}");
        assert_eq!(
            soon.iter().collect::<BTreeSet<_>>().len(),
            soon.len(),
            "{name}"
        );
        let in_time = |work: &&String| within(work).is_some_and(|one| one != Horizon::Later);
        let settles = result.contradicted.len().min(2);
        let first: Vec<&String> = result.next.iter().filter(in_time).collect();
        let first = first.into_iter().take(6 - settles);
        for work in first {
            assert!(soon.contains(work), "{name}: {work}");
        }
        assert!(soon.is_sorted_by_key(within), "{name}");
        assert!(soon.iter().all(|work| in_time(&work)), "{name}");
        let open = result
            .actions
            .iter()
            .filter(|one| one.advice.within != Horizon::Later);
        assert_eq!(soon.len(), open.count().min(6), "{name}");
        let last = result.assessed_on.as_deref().map(|day| {
            let day: jiff::civil::Date = day.parse().expect("a day");
            (day + jiff::Span::new().days(90)).to_string()
        });
        for work in soon {
            let due = result.action(work).and_then(|one| one.due.clone());
            if let (Some(due), Some(last)) = (due, &last) {
                assert!(due <= *last, "{name}: {work} is due on {due}");
            }
        }
    }
}

#[test]
fn decisions_are_asked_of_the_first_causes_by_their_packs() {
    let mut seen = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        assert!(result.decisions_now.len() <= 5, "{name}");
        for one in &result.decisions_now {
            let action = result.action(&one.action).expect("an action");
            assert_eq!(action.advice.decide.as_ref(), Some(&one.asks), "{name}");
            let mut causes = result.causes.iter();
            let cause = causes
                .find(|cause| cause.id == *one.cause)
                .expect("a cause");
            assert_eq!(cause.action.as_ref(), Some(&one.action), "{name}");
            assert!(one.asks.ends_with('?'), "{name}: {}", one.asks);
            seen += 1;
        }
    }
    assert!(seen >= 16, "{seen}");
    let harbour = Client::named("harbour-tools");
    let mut asked = harbour.assessment.decisions_now.iter();
    assert!(
        asked.any(|one| one.asks == "Who answers for what each kind of customer brings and costs?")
    );
}

fn needs(result: &Assessment) -> impl Iterator<Item = &Need> {
    let levels = result.levels.iter().flat_map(|ladder| &ladder.levels);
    levels.flat_map(|level| &level.needs)
}

#[test]
fn everything_a_level_asks_for_is_a_sentence_and_no_rule() {
    for (name, client) in every() {
        for need in needs(&client.assessment) {
            let says = &need.says;
            assert!(says.ends_with('.') && says.len() > 12, "{name}: {says}");
            for rule in [">=", "<=", "at index", "or more (now"] {
                assert!(!says.contains(rule), "{name}: {says}");
            }
            if need.kind == NeedKind::Score && need.state != NeedState::NotApplicable {
                assert!(
                    says.contains(need.actual.split(',').next().unwrap_or("")),
                    "{says}"
                );
            }
        }
        for cause in &client.assessment.causes {
            assert!(!cause.title.contains("at index"), "{name}: {}", cause.title);
        }
    }
    let harbour = Client::named("harbour-tools");
    let mut all = needs(&harbour.assessment);
    let gate = all
        .find(|one| one.id == "organisation.profit-known")
        .expect("a need");
    assert_eq!(
        gate.says,
        "It is not known by segment what customers bring or cost."
    );
}

/// The sentence of the gate `g` with these keys, for an answer to `a` on a basis.
fn sentence(keys: &str, basis: &str, given: &str) -> String {
    let gate = format!(
        "gates:\n  g: {{ title: \"Tests are held\", when: {{ a: \">= 3\" }}, because: x{keys} }}\nladders:\n  l: {{ levels: [ {{ id: low }}, {{ id: high, gates: [g] }} ] }}\n"
    );
    let rulebook = pack(&format!("{}{gate}", ratings(&["a"]))).good();
    let given = crate::workshop::based(&rulebook, basis, given).valid();
    assess(&rulebook, &given).gates[0].sentence.clone()
}

#[test]
fn a_gate_says_what_is_so_in_each_state() {
    let unmet = ", unmet: \"No tests are held.\"";
    for (keys, basis, given, says) in [
        (unmet, "perception", "a: 1", "No tests are held."),
        (
            "",
            "perception",
            "a: 1",
            "It is not so yet that tests are held.",
        ),
        (unmet, "perception", "a: 3", "Tests are held."),
        (
            unmet,
            "perception",
            "a: unknown",
            "It is not known whether tests are held.",
        ),
        (
            unmet,
            "evidenced",
            "a: 4",
            "It is said that tests are held; the evidence for it is missing.",
        ),
    ] {
        assert_eq!(sentence(keys, basis, given), says);
    }
}

#[test]
fn what_is_not_asked_is_neither_a_cause_nor_an_action() {
    let mut seen = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        for need in needs(result).filter(|need| !need.asked_in.is_empty()) {
            assert!(result.causes.iter().all(|one| one.id != *need.id), "{name}");
            assert!(
                need.says.starts_with("This assessment did not ask"),
                "{name}"
            );
            seen += 1;
        }
        let mut actions = result.actions.iter();
        assert!(
            actions.all(|one| !one.advice.what.contains("with the pack")),
            "{name}"
        );
    }
    // Packs whose gates nothing that is asked here can meet.
    let rulebook = built_in(&["maturity", "organisation"]);
    let given = "format: 1\nclient: { name: C }\npacks: [maturity, organisation]\nanswers:\n  organisation: { promise: 3, teams: 3, rewards: 3 }\n";
    let result = assess(&rulebook, &checked(&rulebook, given).valid());
    for need in needs(&result).filter(|need| !need.asked_in.is_empty()) {
        assert!(result.causes.iter().all(|one| one.id != *need.id));
        assert!(need.says.starts_with("This assessment did not ask"));
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn what_holds_the_lowest_level_comes_before_what_holds_others() {
    for (name, client) in every() {
        let result = &client.assessment;
        let rank = |id: &str| {
            let ladder = result.ladder(id)?;
            ladder.rank(ladder.level.as_ref()?)
        };
        let standing = result.standing.as_ref();
        let Some(standing) = standing.filter(|one| rank(&one.ladder).is_some()) else {
            continue;
        };
        let blocks: Vec<&str> = result
            .causes
            .iter()
            .filter_map(|one| one.blocks.as_deref())
            .collect();
        let turn = |id: &&str| (rank(id), **id != *standing.ladder);
        let mut sorted = blocks.clone();
        sorted.sort_by_key(turn);
        let turns = |list: &[&str]| list.iter().map(turn).map(|one| one.1).collect::<Vec<_>>();
        assert_eq!(turns(&blocks), turns(&sorted), "{name}: {blocks:?}");
        for one in &standing.tied {
            assert_eq!(rank(one), rank(&standing.ladder), "{name}");
        }
    }
}

#[test]
fn confidence_names_every_part_that_keeps_it_down() {
    let grade = |share: f64, [high, medium]: [f64; 2]| match share + 1e-9 {
        share if share >= high => ConfidenceGrade::High,
        share if share >= medium => ConfidenceGrade::Medium,
        _ => ConfidenceGrade::Low,
    };
    for (name, client) in every() {
        let result = &client.assessment;
        for one in result
            .scores
            .iter()
            .map(|one| &one.confidence)
            .chain([&result.confidence])
        {
            let (covered, proven) = (
                grade(one.coverage, [0.9, 0.75]),
                grade(one.evidence, [0.6, 0.3]),
            );
            let has = |limit| one.limits.contains(&limit);
            assert_eq!(
                one.limits.is_empty(),
                one.grade == ConfidenceGrade::High,
                "{name}"
            );
            if one.grade < ConfidenceGrade::High {
                assert_eq!(
                    has(ConfidenceLimit::Coverage),
                    covered == one.grade,
                    "{name}"
                );
                assert_eq!(
                    has(ConfidenceLimit::Evidence),
                    proven == one.grade,
                    "{name}"
                );
            }
            let alone = one.respondents.is_none();
            assert!(!has(ConfidenceLimit::Assessor) || alone, "{name}");
            assert!(!has(ConfidenceLimit::Agreement) || !alone, "{name}");
        }
        let open = result.answered.applicable - result.answered.rated;
        assert!(result.answered.missing <= open, "{name}");
    }
}

#[test]
fn the_level_as_claimed_is_that_of_ratings_without_their_caps() {
    let rest = "scores:\n  whole: { aggregate: mean, of: [a, b] }\nladders:\n  level: { of: whole, levels: [ { id: low }, { id: high, from: 3 } ] }\n";
    let body = format!("{}{rest}", ratings(&["a", "b"]));
    let rulebook = pack(&body).good();
    let given = crate::workshop::based(&rulebook, "evidenced", "a: 4, b: 4").valid();
    let ladder = &assess(&rulebook, &given).levels[0];
    let id = |level: &Option<centricity::assess::Named>| level.as_ref().map(|one| one.id.clone());
    assert_eq!(id(&ladder.level).as_deref(), Some("low"));
    assert_eq!(id(&ladder.claimed).as_deref(), Some("high"));
    let held = scored(&body, "a: 4, b: 4").reading("level").held;
    assert_eq!(held.trailing_zeros(), 1, "on perception nothing is capped");
}

#[test]
fn the_action_that_alone_leads_to_the_next_level_is_the_shortest_way_there() {
    let mut seen = BTreeSet::new();
    for (name, client) in every() {
        let result = &client.assessment;
        let standing = result.standing.as_ref().expect("a ladder");
        let ladder = result.ladder(&standing.ladder).expect("a ladder");
        let rises = |work: &str| {
            let action = result.action(work).expect("an action");
            let levels = action.effect.iter().flat_map(|effect| &effect.levels);
            let mut own = levels.filter(|one| one.id == ladder.id);
            own.any(|one| one.after.as_ref().and_then(|one| ladder.rank(one)) > ladder.rank)
        };
        let mut causes = result.causes.iter().filter_map(|one| one.action.as_deref());
        let alone = standing.one_action.as_deref();
        assert_eq!(alone, causes.find(|work| rises(work)), "{name}");
        let report = client.markdown("full");
        let told = report.contains("leads there by itself; that was checked");
        assert_eq!(told, alone.is_some(), "{name}");
        let planned = report.contains("lead there; that was checked");
        assert!(!planned || alone.is_none(), "{name}");
        seen.insert(alone.is_some());
        let heads = [&standing.ladder].into_iter().chain(&standing.tied);
        let heads = heads.chain(&standing.higher).filter_map(|id| {
            let soon = result.soon_levels.iter().find(|one| one.id == *id);
            soon.map_or(result.ladder(id)?.rank, |one| one.rank)
        });
        let then = heads.min().filter(|rank| Some(*rank) > ladder.rank);
        assert_eq!(standing.rank_then, then, "{name}");
    }
    assert_eq!(seen.len(), 2);
    let harbour = Client::named("harbour-tools").assessment.standing;
    assert_eq!(harbour.expect("a ladder").rank_then, Some(3));
}

#[test]
fn a_fit_says_which_form_the_targets_come_to() {
    let of = |name: &str| {
        let client = Client::named(name);
        let fit = client.assessment.fits.first().expect("a fit");
        let aim = fit.aimed_at.as_ref().map(|one| one.id.clone());
        (aim, client.markdown("full"))
    };
    let (aim, report) = of("harbour-tools");
    assert_eq!(aim.as_deref(), Some("light"));
    assert!(report.contains("Even once every aim is reached, what is built is still: light form."));
    let (aim, report) = of("golden-oat");
    assert!(aim.is_none() && !report.contains("every aim is reached"));
}

#[test]
fn what_is_to_be_kept_is_never_something_to_stop() {
    let bakery = Client::named("corner-bakery");
    let stops = &bakery.assessment.simplify;
    let ids: Vec<&str> = stops.iter().map(|one| one.id.as_str()).collect();
    assert!(ids.contains(&"organisation.role") && !ids.contains(&"organisation.info"));
    assert!(
        stops.iter().all(|one| !one.says.ends_with(')')),
        "{stops:?}"
    );
}

/// Two gaps on two ratings, with advice for each, and a level from a mean of 2.
const TWO_GAPS: &str = "headline: level\nscores:\n  whole: { aggregate: mean, of: [ape, bee] }\n\
ladders:\n  level: { of: whole, levels: [ { id: low }, { id: high, from: 2 } ] }\n\
findings:\n\
\u{20} weak-ape: { when: { ape: \"< 3\" }, kind: gap, severity: low, title: A, text: A, advice: [ { id: lift-ape, do: A, raises: { ape: APE }, effort: low, impact: low, within: 30d } ] }\n\
\u{20} weak-bee: { when: { bee: \"< 3\" }, kind: gap, severity: low, title: B, text: B, advice: [ { id: lift-bee, do: B, raises: { bee: 2 }, effort: low, impact: low, within: 90d } ] }\n";

#[test]
fn ninety_days_come_to_what_all_their_actions_come_to_together() {
    // The mean of 0 and 1, then that of 2 and 2, or of 1 and 2.
    for (ape, then, points) in [("2", "high", 37.5), ("1", "low", 25.0)] {
        let text = TWO_GAPS.replace("APE", ape) + &ratings(&["ape", "bee"]);
        let rulebook = pack(&text).good();
        let given = answers(&rulebook, "ape: 0, bee: 1").good();
        let result = assess(&rulebook, &given);
        assert_eq!(result.soon, ["p.lift-ape", "p.lift-bee"]);
        for action in &result.actions {
            let effect = action.effect.as_ref().expect("an effect");
            let level = effect.levels[0].after.as_ref().expect("a level");
            assert_eq!(level.id, "low", "alone neither is enough");
        }
        let both = result.soon_effect.as_ref().expect("an effect");
        assert_eq!(both.levels[0].after.as_ref().expect("a level").id, then);
        assert!((both.points[0].index - points).abs() < 1e-9);
        assert_eq!(both.meets.len(), usize::from(then == "high"));
    }
}

#[test]
fn together_the_actions_of_ninety_days_do_no_less_than_each_alone() {
    let mut seen = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        let Some(both) = &result.soon_effect else {
            continue;
        };
        let rank = |ladder: &str, level: Option<&Named>| {
            let ladder = result.ladder(ladder).expect("a ladder");
            level.and_then(|level| ladder.rank(level))
        };
        for work in &result.soon {
            let action = result.action(work).expect("an action");
            let own = action.effect.iter().flat_map(|effect| &effect.levels);
            for one in own {
                let mut all = both.levels.iter();
                let all = all.find(|all| all.id == one.id).map(|all| &all.after);
                let all = all.map(|level| rank(&one.id, level.as_ref()));
                let own = rank(&one.id, one.after.as_ref());
                assert!(all.is_none_or(|all| all >= own), "{name}: {work}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_holds_a_level_is_certain_by_the_limit_of_that_level_alone() {
    let text = "headline: level\nscores:\n  whole: { aggregate: mean, of: [ape, bee, cat, dog] }\n\
        ladders:\n  level: { of: whole, levels: [ { id: low }, { id: mid, from: 2 }, { id: high, from: 3.5 } ] }\n";
    let rulebook = pack(&(text.to_owned() + &ratings(&["ape", "bee", "cat", "dog"]))).good();
    // With the last answer open the mean may come to 2.25, enough for the level in the middle.
    for (dog, certain) in [("unknown", false), ("1", true)] {
        let given = answers(&rulebook, &format!("ape: 1, bee: 2, cat: 2, dog: {dog}")).good();
        let result = assess(&rulebook, &given);
        let cause = result.causes.first().expect("a cause");
        assert_eq!(cause.id, "p.whole");
        assert_eq!(cause.certain, certain, "{dog}");
    }
}
