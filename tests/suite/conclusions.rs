//! What the result concludes: what speaks, what fits, what is a gap, what holds back and what
//! answers it.

use crate::clients::{Client, every, text};
use crate::reports::texts;
use crate::sandbox::{ROOT, Sandbox};
use crate::workshop::{built_in, checked, linked, rating, ratings};
use centricity::assess::{
    ActionResult, Assessment, Because, CauseKind, CauseResult, FitState, HeadlineKind, ItemId,
    LevelEffect, MatchedResult, PlanRequest, assess, plan,
};
use centricity::rules::Truth;
use centricity::rules::pack::file::{FindingKind, QuestionType, Severity};
use centricity::rules::pack::{self, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::study::explain;
use centricity::text::diagnostic::{Diagnostics, Sources};
use std::collections::BTreeSet;

fn action<'a>(result: &'a Assessment, work: &str) -> &'a ActionResult {
    let mut actions = result.actions.iter();
    actions.find(|one| one.advice.work == work).expect(work)
}

#[test]
fn every_cause_has_an_action_of_the_list_or_says_what_must_be_true() {
    for (name, client) in every() {
        let result = &client.assessment;
        let works: Vec<&str> = result.actions.iter().map(|one| &*one.advice.work).collect();
        let once: BTreeSet<&str> = works.iter().copied().collect();
        assert_eq!(once.len(), works.len(), "{name}: each work once");
        for cause in &result.causes {
            match &cause.action {
                Some(work) => assert!(once.contains(work.as_str()), "{name}: {work}"),
                None => assert!(
                    !cause.must_be_true.is_empty() || cause.kind != CauseKind::Finding,
                    "{name}: {}",
                    cause.id
                ),
            }
        }
        for (place, action) in result.actions.iter().enumerate() {
            for before in &action.advice.after {
                let first = works.iter().position(|work| work == before);
                let first = first.expect("advice that is given");
                // Where two wait for each other, one of them comes first.
                let back = result.actions[first]
                    .advice
                    .after
                    .contains(&action.advice.work);
                assert!(first < place || back, "{name}: {before}");
                assert!(
                    result.actions[first].advice.within <= action.advice.within || back,
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn what_holds_a_level_is_answered_by_the_advice_of_the_step_that_meets_it() {
    let path = format!("{ROOT}/tests/clients/meridian-freight");
    let run = Sandbox::new().run(&format!("assess {path} --format json"));
    let meridian = run.exits(0).json();
    let find = |list: &str, key: &str, wanted: &str| {
        let list = meridian[list].as_array().expect("a list");
        let found = list.iter().find(|one| one[key] == wanted);
        found.unwrap_or_else(|| panic!("{wanted}")).clone()
    };
    for (cause, work) in [
        ("retention.failures-answered", "retention.recovery-rule"),
        ("principles.seamless", "principles.try-three-routes"),
    ] {
        assert_eq!(find("causes", "id", cause)["action"], work);
    }
    let of = find("actions", "work", "principles.try-three-routes");
    assert_eq!(of["of"], "principles.seamless");
    // A score takes the advice that gets there first, and a target the action that leads there.
    let score = find("causes", "id", "organisation.organisation");
    assert_eq!(score["action"], "organisation.cycle-with-key-customers");
    let view = find("questions", "id", "organisation.shared-view");
    assert_eq!(
        view["way"]["actions"][0],
        "organisation.one-record-for-all-units"
    );
}

#[test]
fn advice_of_a_finding_that_is_called_for_is_among_the_actions() {
    for (name, client) in every() {
        let result = &client.assessment;
        for finding in result.findings.iter().filter(|one| one.called_for) {
            for advice in &finding.advice {
                let mut actions = result.actions.iter();
                let given = actions.any(|one| one.advice.work == advice.work);
                assert!(given, "{name}: {}", advice.work);
            }
        }
    }
}

#[test]
fn what_holds_the_level_comes_before_contradictions_and_risks() {
    let client = Client::named(crate::clients::ALL_PACKS);
    let causes = &client.assessment.causes;
    let holds = |place: usize| causes[place].blocks.as_deref();
    assert_eq!(holds(0), Some("maturity.level"));
    assert_eq!(causes[0].kind, CauseKind::Gate);
    // What is built beside what is called for stands right behind what holds it most.
    assert_eq!(causes[1].id, "organisation.under-built");
    let rest = &causes[2..];
    let first = rest.iter().position(|one| one.blocks.is_none()).unwrap();
    assert!(rest[first..].iter().all(|one| one.blocks.is_none()));
}

#[test]
fn an_over_built_client_is_first_told_what_to_stop() {
    let client = Client::named("corner-bakery");
    let result = &client.assessment;
    assert_eq!(result.fits[0].state, FitState::OverBuilt);
    assert_eq!(result.causes[0].kind, CauseKind::Fit);
    let first = result.causes[0].action.as_deref().unwrap();
    let settled = result.contradicted.len();
    assert_eq!(result.actions[settled].advice.work, first);
    assert!(result.actions[settled].stops);
    let spare: Vec<&str> = result.simplify.iter().map(|one| &*one.id).collect();
    assert!(spare.contains(&"organisation.front"), "{spare:?}");
    assert!(result.simplify.iter().all(|one| !one.actions.is_empty()));
    for id in ["organisation.front", "organisation.power"] {
        assert!(!result.plan.iter().any(|one| one.id == id), "{id}");
    }
}

#[test]
fn where_no_form_but_the_lowest_is_called_for_no_level_is_aimed_at_and_gaps_stay() {
    let client = Client::named("golden-oat");
    let result = &client.assessment;
    let own = |id: &ItemId| id.pack() == "organisation";
    assert!(result.fits.iter().all(|fit| fit.state == FitState::Fit));
    let mut ladders = result.levels.iter().filter(|one| own(&one.id));
    assert!(ladders.all(|one| !one.higher_is_called_for && one.enough.is_some()));
    // What the whole counts and the offer does not rule out can still be raised.
    let gap = |id: &str| result.plan.iter().any(|one| one.id == id);
    assert!(gap("organisation.rewards") && gap("organisation.profit"));
    assert!(!gap("organisation.power"));
}

#[test]
fn nothing_of_an_over_built_form_is_a_gap() {
    for name in ["corner-bakery", "pine-joinery"] {
        let client = Client::named(name);
        let result = &client.assessment;
        let forms = ["light", "medium", "intensive"].map(|form| format!("organisation.{form}"));
        let parts = forms.iter().filter_map(|id| result.score(id));
        let parts = parts.flat_map(|score| &score.parts).map(|part| &part.id);
        let forms: BTreeSet<&ItemId> = parts.collect();
        let own = |id: &ItemId| forms.contains(id);
        let built = result.ladder("organisation.built").expect("a ladder");
        assert!(!built.higher_is_called_for && built.enough.is_some());
        let mut raised = result.actions.iter().flat_map(|one| &one.advice.raises);
        let raised = raised.find(|one| own(&one.id));
        assert_eq!(raised.map(|one| &one.id), None, "{name}");
        assert!(!result.questions.iter().any(|one| own(&one.id) && one.gap));
        assert!(!result.plan.iter().any(|one| own(&one.id)), "{name}");
        let mut gaps = result.findings.iter();
        let gap = gaps.find(|one| {
            let called_for = one.kind == FindingKind::Gap && one.called_for;
            called_for && one.because.iter().all(|part| own(&part.id))
        });
        assert_eq!(gap.map(|one| &one.id), None, "{name}");
        // Nor does the way of another pack lead over it.
        for ladder in result.levels.iter().filter(|one| !own(&one.id)) {
            let wish = PlanRequest {
                ladder: Some(&ladder.id),
                ..PlanRequest::default()
            };
            let matched = MatchedResult::new(&client.rulebook, result).unwrap();
            let steps = plan(&matched, &wish).map_or_else(|_| Vec::new(), |plan| plan.steps);
            assert!(!steps.iter().any(|step| own(&step.id)), "{name}");
        }
    }
}

#[test]
fn what_does_not_fit_is_among_the_first_causes_with_what_answers_it() {
    let mut seen = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        for fit in &result.fits {
            if !matches!(fit.state, FitState::UnderBuilt | FitState::OverBuilt) {
                continue;
            }
            let own = |one: &&CauseResult| one.kind == CauseKind::Fit && one.id.pack() == fit.pack;
            let place = result.causes.iter().position(|one| own(&one));
            let place = place.unwrap_or_else(|| panic!("{name}: {}", fit.id));
            assert!(result.causes[place].action.is_some(), "{name}");
            // A form that nobody asks for stands behind what is grave.
            let grave = result.causes[place].severity >= Some(Severity::High);
            let over = fit.state == FitState::OverBuilt;
            let behind = result.causes.iter().skip(place);
            let behind = behind.filter(|one| one.severity >= Some(Severity::High));
            assert!(
                place < 2 || (!grave && !over && behind.count() == 0),
                "{name}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
    let harbour = Client::named("harbour-tools");
    // What builds the next form answers that less is built than is called for.
    let [first, second, third, ..] = harbour.assessment.causes.as_slice() else {
        panic!("three causes");
    };
    assert_eq!(first.kind, CauseKind::Gate);
    assert_eq!(second.id, "organisation.under-built");
    assert_eq!(
        second.action.as_deref(),
        Some("organisation.resource-right")
    );
    // Two subjects stand as low: the need of the other comes before any finding.
    assert_eq!(third.id, "retention.value-management");
    assert_eq!(third.blocks.as_deref(), Some("retention.level"));
}

#[test]
fn every_target_that_is_not_reached_says_what_leads_there() {
    let mut seen = 0;
    for (name, client) in every() {
        let markdown = client.markdown("appendix");
        for question in &client.assessment.questions {
            let aimed = question.phases.last().is_some_and(|one| !one.reached);
            assert_eq!(question.way.is_some(), aimed, "{name}: {}", question.id);
            let Some(way) = &question.way else { continue };
            seen += 1;
            let mut plan = client.assessment.plan.iter();
            let row = plan.find(|one| one.id == question.id);
            let led = row.and_then(|row| row.advice.as_ref());
            assert!(
                led.is_none() || !way.actions.is_empty(),
                "{name}: {}",
                question.id
            );
            let told = &way.next;
            let own = format!("`{}`", question.id);
            let row = markdown
                .lines()
                .find(|line| line.contains(&own) && line.starts_with('|'));
            assert!(row.is_some_and(|row| row.contains(told)), "{name}: {told}");
        }
    }
    assert_eq!(seen, 8);
}

#[test]
fn only_what_is_measured_and_may_be_called_for_is_a_gap() {
    for (name, client) in every() {
        let result = &client.assessment;
        for question in &result.questions {
            let wanted = question.measured && question.called_for != Truth::False;
            assert!(wanted || !question.gap, "{name}: {}", question.id);
            let planned = result.plan.iter().any(|one| one.id == question.id);
            assert!(question.gap || !planned, "{name}: {}", question.id);
            let spare = result.simplify.iter().any(|one| one.id == question.id);
            assert!(!spare || question.called_for == Truth::False, "{name}");
        }
        for id in ["organisation.pull-global", "organisation.ready-manysales"] {
            let question = result.questions.iter().find(|one| one.id == id);
            assert!(question.is_some_and(|one| !one.gap), "{name}: {id}");
        }
        let uncalled = result.findings.iter().filter(|one| !one.called_for);
        for finding in uncalled {
            assert!(!result.causes.iter().any(|one| one.id == finding.id));
            assert!(!result.actions.iter().any(|one| one.of == finding.id));
        }
    }
}

#[test]
fn what_an_action_does_is_what_comes_out_when_it_is_done() {
    let client = Client::named("harbour-tools");
    let curve = action(&client.assessment, "economics.margin-by-segment");
    let effect = curve.effect.as_ref().unwrap();
    assert_eq!(effect.opens, ["organisation.profit-known"]);
    let done = text("harbour-tools")
        .replace("profit: { value: 1,", "profit: { value: 3,")
        .replace("loss-known: unknown", "loss-known: true");
    let after = assess(&client.rulebook, &checked(&client.rulebook, &done).valid());
    let before = &client.assessment;
    let level = |result: &Assessment, id: &str| {
        let ladder = result.levels.iter().find(|one| one.id == id).unwrap();
        ladder.level.clone()
    };
    for change in &effect.levels {
        let LevelEffect {
            id,
            before: was,
            after: is,
        } = change;
        assert_eq!(*was, level(before, id));
        assert_eq!(*is, level(&after, id), "{id}");
    }
    assert!(effect.levels.iter().any(|one| one.before != one.after));
    let index = |result: &Assessment, id: &str| {
        let score = result.scores.iter().find(|one| one.id == id).unwrap();
        score.index.unwrap()
    };
    for met in &effect.meets {
        let ladder = after.levels.iter().find(|one| one.id == met.ladder);
        let held = ladder.map_or_else(Vec::new, |ladder| ladder.blocked_by());
        assert!(held.iter().all(|need| *need.id != *met.id), "{}", met.id);
    }
    assert!(!effect.points.is_empty());
    for added in &effect.points {
        let moved = index(&after, &added.id) - index(before, &added.id);
        assert!((moved - added.index).abs() < 1e-9, "{}", added.id);
    }
}

#[test]
fn an_owner_is_named_only_where_the_answers_aim_as_far() {
    let client = Client::named("harbour-tools");
    let right = action(&client.assessment, "organisation.resource-right");
    assert_eq!(right.owner.as_deref(), Some("Head of sales"));
    assert_eq!(right.due.as_deref(), Some("2027-03-31"));
    let other = text("harbour-tools").replace("target: 3", "target: 2");
    let result = assess(&client.rulebook, &checked(&client.rulebook, &other).valid());
    let right = action(&result, "organisation.resource-right");
    assert_eq!((&right.owner, &right.due), (&None, &None));
    assert_eq!(
        right.advice.suggested_owner.as_deref(),
        Some("chief executive")
    );
    for (name, client) in every() {
        for action in &client.assessment.actions {
            let owned = action.owner.is_some() || action.due.is_some();
            assert!(
                !owned || !action.advice.raises.is_empty(),
                "{name}: {}",
                action.advice.work
            );
        }
    }
}

#[test]
fn the_topmost_score_speaks_and_never_the_first_section() {
    let text = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n  delivery:\n    title: Delivery\n    score: {{ aggregate: mean }}\n    questions:\n{}  service:\n    title: Service\n    score: {{ aggregate: mean }}\n    questions:\n{}scores:\n  overall: {{ aggregate: mean, of: [delivery, service] }}\n",
        rating("ape", ""),
        rating("bee", "")
    );
    let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
    let answers = crate::workshop::answers(&rulebook, "ape: 4, bee: 0").good();
    let result = assess(&rulebook, &answers);
    let headline = result.packs[0].headline.as_ref().unwrap();
    assert_eq!(
        (&*headline.id, headline.kind),
        ("p.overall", HeadlineKind::Score)
    );
}

#[test]
fn one_pack_speaks_for_all_only_where_it_says_so() {
    let names = pack::built_in_names();
    let rulebook = built_in(&names);
    let answers = "format: 1\nclient: { name: C }\npacks: [maturity]\nanswers:\n  organisation: { promise: 3 }\n";
    let result = assess(&rulebook, &checked(&rulebook, answers).good());
    let overall: Vec<&str> = (result.packs.iter())
        .filter(|pack| pack.overall)
        .map(|pack| &*pack.id)
        .collect();
    assert_eq!(overall, ["maturity"]);
    let all = result.packs.iter().find(|pack| pack.overall).unwrap();
    assert_eq!(all.answered.rated, 1);
    let own = result.packs.iter().find(|pack| pack.id == "signs").unwrap();
    assert_eq!(own.answered.rated, 0);
    let text = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}",
        ratings(&["ape"])
    );
    let alone = linked(&[&[("pack.yaml", &text)]]).good();
    let answers = crate::workshop::answers(&alone, "ape: 4").good();
    assert!(
        assess(&alone, &answers)
            .packs
            .iter()
            .all(|pack| !pack.overall)
    );
}

#[test]
fn the_furthest_part_and_the_least_far_are_named_where_they_surely_lie_apart() {
    let section = |id: &str, stem: &str| {
        let questions = (0..7).map(|one| rating(&format!("{stem}-{one}"), ""));
        let questions: String = questions.collect();
        format!(
            "  {id}:\n    title: {id}\n    score: {{ aggregate: mean }}\n    questions:\n{questions}"
        )
    };
    let pack = |overall: bool| {
        let text = format!(
            "format: 1\nid: p\nversion: 1.0.0\ntitle: P\noverall: {overall}\nsections:\n{}{}scores:\n  both: {{ aggregate: mean, of: [strong, weak] }}\nladders:\n  level: {{ of: both, measure: index, levels: [ {{ id: low, title: Low }}, {{ id: high, title: High, from: 90 }} ] }}\n",
            section("strong", "strong"),
            section("weak", "weak")
        );
        linked(&[&[("pack.yaml", &text)]]).good()
    };
    // Each digit is the answer to one of the seven questions of a part.
    let named = |rulebook: &Rulebook, strong: &str, weak: &str| {
        let given = [("strong", strong), ("weak", weak)].map(|(stem, digits)| {
            let answers = digits.chars().enumerate();
            let answers = answers.map(|(one, digit)| format!("{stem}-{one}: {digit}"));
            answers.collect::<Vec<_>>().join(", ")
        });
        let answers = crate::workshop::answers(rulebook, &given.join(", ")).good();
        let extremes = assess(rulebook, &answers)
            .standing
            .expect("a standing")
            .extremes;
        extremes.map(|one| (one.highest.map(|id| id.to_string()), one.lowest.to_string()))
    };
    let apart = Some((Some("p.strong".to_owned()), "p.weak".to_owned()));
    let low_alone = Some((None, "p.weak".to_owned()));
    let overall = pack(true);
    assert_eq!(named(&overall, "3333333", "1111111"), apart);
    // 75 and 64: not far enough for the higher one to be told.
    assert_eq!(named(&overall, "3333333", "3333222"), low_alone);
    // 75 and 71: one step of one answer lies between.
    assert_eq!(named(&overall, "3333333", "3333332"), None);
    // 50 and 25, of which open answers make 46 at most.
    assert_eq!(named(&overall, "2222222", "11111"), apart);
    // 46 and 25, of which open answers make 46 as well.
    assert_eq!(named(&overall, "2222221", "11111"), None);
    // Four answers are too few to name a part by, and what lies below them is not the lowest.
    assert_eq!(named(&overall, "4444444", "1111"), None);
    assert_eq!(named(&pack(false), "3333333", "1111111"), None);
}

/// The rule of one step less that the rules above then cover.
const ONE_TEAM: &str = r#"      - id: one-team-enough
        if: ["[-1..0)", "-", "one-team"]
        then: fit
        because: "One team serves everybody, so there is nothing between units to bring together."
"#;

/// The built-in pack on the organisation, with its decision on fit tolerating one step.
fn tolerant() -> Rulebook {
    let facts = pack::built_in("profile").unwrap();
    let mut texts = pack::built_in("organisation").unwrap();
    for text in &mut texts.rules {
        let changed = String::from_utf8(text.bytes.clone()).unwrap();
        let changed = changed
            .replace("if: [\"< 0\",", "if: [\"< -1\",")
            .replace("if: [\"[0..1)\",", "if: [\"[-1..1)\",")
            .replace(ONE_TEAM, "");
        text.bytes = changed.into_bytes();
    }
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let packs = [facts, texts].map(|texts| Loaded::load(texts, &mut sources, &mut problems));
    Rulebook::link(&packs.map(Option::unwrap), &mut problems).unwrap()
}

#[test]
fn only_the_packs_decision_says_whether_it_fits() {
    let rulebook = tolerant();
    let one_step_below = "format: 1\nclient: { name: C }\npacks: [organisation]\nanswers:\n  organisation: { integration: linked, products: up-to-fifteen, customers: hundreds, variety: some-families, promise: 0, teams: 0, shared-view: 0, shared-reward: 0, cross-skill: 0 }\n";
    let result = assess(&rulebook, &checked(&rulebook, one_step_below).valid());
    let fit = &result.fits[0];
    assert_eq!(fit.state, FitState::Fit);
    assert_eq!(fit.called_for.form.as_ref().unwrap().id, "light");
    assert_eq!(fit.built.form.as_ref().unwrap().id, "none");
    let [html, markdown] = texts(&rulebook, &result);
    let built = result
        .levels
        .iter()
        .find(|one| one.id == "organisation.built");
    assert!(built.is_some_and(|one| !one.higher_is_called_for && one.blocked_by().is_empty()));
    let matched = MatchedResult::new(&rulebook, &result).unwrap();
    let wish = PlanRequest {
        ladder: Some("built"),
        ..PlanRequest::default()
    };
    let refusal = plan(&matched, &wish).unwrap_err();
    assert_eq!(
        refusal.reason(),
        "A higher level is not worth aiming at: what is built fits your offer."
    );
    for text in [&html, &markdown] {
        assert!(text.contains("You have built what your offer calls for"));
        for wrong in ["Under-built", "Less is built than", "The way to “Light”"] {
            assert!(!text.contains(wrong), "{wrong}");
        }
    }
}

#[test]
fn the_next_steps_are_the_actions_of_the_first_causes() {
    for (name, client) in every() {
        let result = &client.assessment;
        for (place, work) in result.next.iter().enumerate() {
            let mut after = action(result, work).advice.after.iter();
            let before = |first| result.next[..place].contains(first);
            assert!(after.all(before), "{name}: {work}");
        }
        let mut wanted: Vec<&str> = Vec::new();
        for cause in result.causes.iter().take(3) {
            let mut left: Vec<&String> = cause.action.iter().collect();
            while let Some(work) = left.pop() {
                wanted.push(work);
                left.extend(&action(result, work).advice.after);
            }
        }
        for work in &result.next {
            let known = wanted.contains(&work.as_str());
            // Before what changes nothing stands what does.
            let effect = action(result, work).effect.as_ref();
            let changes = effect.is_some_and(|one| !one.points.is_empty() || !one.opens.is_empty());
            assert!(known || changes, "{name}: {work}");
        }
    }
}

#[test]
fn a_guard_is_no_reason_and_is_explained_as_what_it_is() {
    let text = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}scores:\n  mean: {{ aggregate: mean, of: [pay, plan] }}\nfindings:\n  f:\n    when: {{ all: [ {{ pay: \"<= 1\" }}, {{ any: [ {{ plan: \"< 3\" }}, {{ plan: unknown }} ] }} ] }}\n    guards: [plan]\n    kind: gap\n    severity: low\n    title: T\n    text: T\n",
        ratings(&["pay", "plan"])
    );
    let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
    for plan in ["2", "unknown"] {
        let answers = format!(
            "format: 1\nclient: {{ name: N }}\nassessed_on: 2026-10-31\npacks: [p]\nanswers:\n  p: {{ pay: 1, plan: {plan} }}\n"
        );
        let result = assess(&rulebook, &checked(&rulebook, &answers).valid());
        let found = &result.findings[0];
        let ids = |list: &[Because]| {
            list.iter()
                .map(|one| one.id.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&found.because), ["p.pay"]);
        assert_eq!(ids(&found.guards), ["p.plan"]);
        let matched = MatchedResult::new(&rulebook, &result).expect("a result of its packs");
        let why = explain(&matched, "p.f").expect("an explanation");
        let marked = why.reasons.iter().filter(|one| one.starts_with("Plan"));
        let marked: Vec<&String> = marked.collect();
        assert!(
            matches!(marked.as_slice(), [one] if one.ends_with("only says where it is found")),
            "{:?}",
            why.reasons
        );
    }
}

/// A risk is grave where its severity is high or critical; the best answer is the one that no choice
/// scores above, and of a list all that add to it, as far as they count.
#[test]
fn grave_risks_and_best_answers_are_those_of_findings_and_questions() {
    let (mut risks, mut answers) = (0, 0);
    for (name, client) in every() {
        let result = &client.assessment;
        let grave = result.findings.iter().filter(|one| {
            let is_grave = matches!(one.severity, Severity::High | Severity::Critical);
            one.kind == FindingKind::Risk && one.called_for && is_grave
        });
        let grave: Vec<&ItemId> = grave.map(|one| &one.id).collect();
        assert_eq!(
            result.grave_risks.iter().collect::<Vec<_>>(),
            grave,
            "{name}"
        );
        risks += grave.len();
        for question in &result.questions {
            let node = client.rulebook.find(&question.id).expect("a question");
            let asked = client.rulebook.asked(node).expect("a question").question;
            let scores = asked.choices.iter().filter_map(|one| one.score);
            let scores: Vec<f64> = scores.collect();
            let most = if asked.kind == QuestionType::SelectMultiple {
                let all: f64 = scores.iter().filter(|score| **score > 0.0).sum();
                let counts_to_four =
                    ["feedback.methods-run", "principles.redesigned"].contains(&&*question.id);
                if counts_to_four { all.min(4.0) } else { all }
            } else {
                scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            };
            let is_a_step = scores.len() > 3;
            let counts = question.measured && question.called_for == Truth::True;
            let is_best = counts && is_a_step && question.value == Some(most);
            let listed = result.best_answers.contains(&question.id);
            assert_eq!(listed, is_best, "{name}: {}", question.id);
            answers += usize::from(listed);
        }
    }
    assert!(risks > 2 && answers > 20, "{risks} {answers}");
}
