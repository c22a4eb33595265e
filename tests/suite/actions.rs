//! Actions: the one that moves a cause most, told in one way, when there is room for it, and what is
//! a quick win; and what is said where more is built than is called for.

use crate::clients::{Client, every};
use crate::workshop::{answers, pack, rating};
use centricity::assess::{
    ActionResult, Assessment, CauseKind, FitState, ItemId, MatchedResult, PlanRequest, StepTarget,
    assess, plan,
};
use centricity::rules::pack::file::{FindingKind, Horizon, Severity, Size};
use centricity::rules::vocabulary::State;
use std::collections::{BTreeMap, BTreeSet};

fn of<'a>(result: &'a Assessment, work: &str) -> &'a ActionResult {
    let mut actions = result.actions.iter();
    actions.find(|one| one.advice.work == work).expect(work)
}

/// Points that an action adds to a score.
fn points(action: &ActionResult, score: &str) -> f64 {
    let effect = action.effect.iter();
    let mut points = effect.flat_map(|one| &one.points);
    points
        .find(|one| one.id == score)
        .map_or(0.0, |one| one.index)
}

/// A reader who is told of a lowest part is told what to do about it, unless that moves the whole by
/// less than a fifth of what it lacks: of a mean of 0 and 1 the first rises by one anchor, the second by two.
#[test]
fn a_score_that_holds_a_level_is_answered_on_its_lowest_part() {
    // One anchor of one rating in two is 12.5 points of the whole; with a weight of 0.02, half a point.
    for (weight, work, points, elsewhere) in [
        ("1", "p.lift-ape", 12.5, None),
        ("0.02", "p.lift-bee", 50.0 / 1.02, Some("bee")),
    ] {
        let body = format!(
            "headline: level\nscores:\n  whole: {{ aggregate: mean, of: [ape, bee] }}\n\
             ladders:\n  level: {{ of: whole, levels: [ {{ id: low }}, {{ id: high, from: 3 }} ] }}\n\
             findings:\n{}{}sections:\n  s:\n    title: S\n    questions:\n{}{}",
            gap("ape", 1),
            gap("bee", 3),
            rating("ape", &format!("label: ape, weight: {weight}")),
            rating("bee", "label: bee"),
        );
        let rulebook = pack(&body).good();
        let given = answers(&rulebook, "ape: 0, bee: 1").good();
        let result = assess(&rulebook, &given);
        let mut causes = result.causes.iter();
        let cause = causes.find(|one| one.id == "p.whole").expect("a cause");
        assert_eq!(cause.action.as_deref(), Some(work));
        assert!(cause.text.contains("lowest part is ape"), "{}", cause.text);
        let told = elsewhere.map(|part| format!("What moves it most is in {part}."));
        assert_eq!(cause.text.contains("What moves"), told.is_some());
        assert!(
            told.is_none_or(|told| cause.text.contains(&told)),
            "{}",
            cause.text
        );
        let gained = self::points(of(&result, work), "p.whole");
        assert!((gained - points).abs() < 1e-6, "{gained}");
    }
}

/// A gap on a rating, with advice that raises it to an anchor.
fn gap(id: &str, to: u8) -> String {
    format!(
        "  weak-{id}: {{ when: {{ {id}: \"< 3\" }}, kind: gap, severity: low, title: A, text: A, \
         advice: [ {{ id: lift-{id}, do: A, raises: {{ {id}: {to} }}, effort: low, impact: low, within: 30d }} ] }}\n"
    )
}

#[test]
fn findings_hold_back_by_severity_and_of_equals_by_kind() {
    let mut seen = 0;
    for (name, client) in every() {
        let causes = client.assessment.causes.iter();
        let mut causes: Vec<_> = causes.filter(|one| one.blocks.is_none()).collect();
        // What does not fit goes first; of several things to stop, the gravest.
        if causes.first().is_some_and(|one| one.kind == CauseKind::Fit) {
            causes.remove(0);
        }
        let held = causes.into_iter();
        let found = held.filter_map(|one| Some((one.severity?, one.finding?)));
        let turn = |kind: FindingKind| match kind {
            FindingKind::Contradiction => 0,
            FindingKind::Risk => 1,
            FindingKind::Fit => 2,
            FindingKind::Gap => 3,
            FindingKind::Unknown => 4,
            FindingKind::Strength => panic!("{name}: a strength holds nobody back"),
        };
        let ranks = found.map(|(severity, kind)| (std::cmp::Reverse(severity), turn(kind)));
        let ranks: Vec<_> = ranks.collect();
        assert!(ranks.is_sorted(), "{name}: {ranks:?}");
        seen += ranks.len();
    }
    assert!(seen > 30, "{seen}");
    let mill = Client::named("paper-mill").assessment;
    let first = mill.causes.iter().take(5);
    let first: Vec<_> = first.filter_map(|one| one.severity).collect();
    assert_eq!(first, [Severity::High; 5]);
}

#[test]
fn a_step_up_has_the_advice_that_the_client_is_given_and_a_quick_win_stands_in_the_roadmap() {
    let mut quick = 0;
    for (name, client) in every() {
        let roadmap = client.markdown("full");
        for raise in &client.assessment.plan {
            let Some(led) = &raise.advice else {
                assert!(!raise.quick_win, "{name}: {}", raise.id);
                continue;
            };
            let mut actions = client.assessment.actions.iter();
            let action = actions.find(|one| one.advice.work == led.advice.work);
            // Advice of a finding that does not hold today is no action.
            let Some(action) = action else {
                let mut found = client.assessment.findings.iter();
                assert!(!raise.quick_win && found.all(|one| one.id != led.of));
                continue;
            };
            assert_eq!(raise.effort, action.advice.effort, "{name}: {}", raise.id);
            assert_eq!(led.advice.within, action.advice.within, "{name}");
            if raise.quick_win {
                let marked = format!("| {}. *Quick win.* |", action.advice.what);
                let plain = format!("| {}. | ", action.advice.what);
                let (_, table) = roadmap
                    .split_once("## What to do, and by when")
                    .expect(name);
                assert!(
                    table.contains(&marked) || !table.contains(&plain),
                    "{name}: {marked}"
                );
                quick += usize::from(table.contains(&marked));
            }
        }
    }
    assert!(quick > 10, "{quick}");
}

#[test]
fn what_to_stop_stands_first_and_begins_now_unless_something_comes_before() {
    let work = "organisation.stop-the-dearer-layer";
    let bakery = Client::named("corner-bakery").assessment;
    assert!(bakery.contradicted.is_empty());
    let stop = bakery.actions.first().expect("an action");
    assert_eq!(stop.advice.work, work);
    assert_eq!(stop.advice.within, Horizon::Now);
    let joinery = Client::named("pine-joinery").assessment;
    let [asked, stop, ..] = &joinery.actions[..] else {
        panic!("two actions");
    };
    assert_eq!(stop.advice.work, work);
    assert_eq!(stop.advice.after, std::slice::from_ref(&asked.advice.work));
    // Its own horizon, since customers are asked first.
    let within = [asked.advice.within, stop.advice.within];
    assert_eq!(within, [Horizon::Now, Horizon::Next]);
}

#[test]
fn a_contradiction_whose_work_answers_another_cause_stays_a_cause() {
    let harbour = Client::named("harbour-tools");
    let causes = &harbour.assessment.causes;
    let find = |id: &str| causes.iter().find(|one| one.id == id).expect(id);
    let contradiction = find("retention.kitchen-does-not-know");
    let score = find("retention.value-management");
    assert!(contradiction.action.is_some());
    assert_eq!(contradiction.action, score.action);
}

#[test]
fn the_same_work_has_one_text_one_owner_and_one_horizon() {
    for (name, client) in every() {
        let result = &client.assessment;
        let findings = result.findings.iter().filter(|one| one.called_for);
        let findings = findings.flat_map(|one| &one.advice);
        let gates = result.gates.iter().filter(|one| one.state.blocks());
        let gates = gates.flat_map(|one| &one.advice);
        let plan = result.plan.iter().filter_map(|one| one.advice.as_ref());
        let plan = plan.map(|one| &one.advice);
        let actions = result.actions.iter().map(|one| &one.advice);
        let mut told = BTreeMap::new();
        for advice in findings.chain(gates).chain(plan).chain(actions) {
            let words = (
                &advice.what,
                &advice.how,
                &advice.suggested_owner,
                advice.effort,
            );
            let first = told.entry(&advice.work).or_insert(words);
            assert_eq!(*first, words, "{name}: {}", advice.work);
        }
        for raise in &result.plan {
            let Some(advice) = &raise.advice else {
                continue;
            };
            let mut actions = result.actions.iter();
            let action = actions.find(|one| one.advice.work == advice.advice.work);
            let mut questions = result.questions.iter();
            let own = questions.find(|one| one.id == raise.id).unwrap();
            let Some(action) = action.filter(|_| own.owner.is_some()) else {
                continue;
            };
            let owner = action.owner.as_ref();
            let owner = owner.or(action.advice.suggested_owner.as_ref());
            assert_eq!(
                (raise.owner.as_ref(), &raise.due),
                (owner, &action.due),
                "{name}"
            );
        }
    }
}

#[test]
fn a_quick_win_is_an_action_whatever_is_marked() {
    let mut quick = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        for action in result.actions.iter().filter(|one| one.quick) {
            let led = action.owner.is_some() || action.advice.suggested_owner.is_some();
            let mut raised = action.advice.raises.iter();
            let gap = raised.any(|raised| {
                let mut plan = result.plan.iter();
                plan.any(|one| one.id == raised.id && one.gap >= 1.0)
            });
            let low = action.advice.effort == Size::Low && action.advice.after.is_empty();
            assert!(led && gap && low, "{name}: {}", action.advice.work);
            quick += 1;
        }
        // A step is a quick win exactly where the action is that it is the next step of.
        let given = |work: &str| result.actions.iter().find(|one| one.advice.work == work);
        let mut steps = BTreeSet::new();
        for raise in &result.plan {
            let led = raise.advice.as_ref();
            let action = led.and_then(|led| given(&led.advice.work));
            let narrows = raise.from.is_some() && raise.gap >= 1.0 - 1e-9;
            let quick = action.is_some_and(|one| one.quick) && narrows;
            assert_eq!(raise.quick_win, quick, "{name}: {}", raise.id);
            steps.extend(action.filter(|_| quick).map(|one| &one.advice.work));
            let Some(action) = action else { continue };
            // Nothing that comes before it leads there, nor anything as easy that goes less far.
            let to = |one: &ActionResult| {
                let mut raises = one.advice.raises.iter();
                let own = raises.find(|own| own.id == raise.id)?;
                own.to.parse::<f64>().ok().filter(|to| *to >= raise.to)
            };
            for other in result.actions.iter().filter(|one| to(one).is_some()) {
                let before = action.advice.after.contains(&other.advice.work);
                let alike = other.advice.effort == action.advice.effort;
                let nearer = alike && to(action).is_some() && to(other) < to(action);
                assert!(!before && !nearer, "{name}: {}", raise.id);
            }
        }
        let quick = result.actions.iter().filter(|one| one.quick);
        let quick: BTreeSet<_> = quick.map(|one| &one.advice.work).collect();
        assert_eq!(steps, quick, "{name}");
    }
    assert!(quick > 10, "{quick}");
}

#[test]
fn a_horizon_holds_what_one_team_can_start_and_what_falls_due_in_it() {
    for (name, client) in every() {
        let result = &client.assessment;
        let effort = |horizon| {
            let actions = result.actions.iter();
            // What finds something out comes in the second horizon whatever room there is.
            let finds_out = |id: &str| {
                let mut findings = result.findings.iter();
                findings.any(|one| one.id == id && one.kind == FindingKind::Unknown)
            };
            let unknown = |id: &str| {
                let mut questions = result.questions.iter();
                questions.any(|one| one.id == *id && one.state == State::Unknown)
            };
            let actions = actions.filter(|one| {
                let settles = one.advice.raises.iter().any(|raise| unknown(&raise.id));
                let free = horizon == Horizon::Next && (finds_out(&one.of) || settles);
                one.advice.within == horizon && one.due.is_none() && !free
            });
            let efforts = actions.map(|one| match one.advice.effort {
                Size::Low => 1,
                Size::Medium => 2,
                Size::High => 3,
            });
            efforts.sum::<u32>()
        };
        assert!(
            effort(Horizon::Now) <= 8,
            "{name}: {}",
            effort(Horizon::Now)
        );
        assert!(
            effort(Horizon::Next) <= 16,
            "{name}: {}",
            effort(Horizon::Next)
        );
    }
    let shade = Client::named("pellwick-shade").assessment;
    let within = |work: &str| {
        (
            of(&shade, work).due.as_deref(),
            of(&shade, work).advice.within,
        )
    };
    let officer = within("principles.name-an-overseer");
    // It leads to 2, and the day was given for 3; a step of medium effort begins within 90 days.
    assert_eq!(officer, (None, Horizon::Next));
    let officer = of(&shade, "principles.name-an-overseer").owner.as_deref();
    assert_eq!(officer, Some("Chief executive"));
    let right = within("organisation.resource-right");
    assert_eq!(right, (Some("2027-03-31"), Horizon::Later));
}

#[test]
fn what_is_built_beyond_the_need_is_listed_and_leads_to_no_level() {
    for name in ["corner-bakery", "pine-joinery"] {
        let client = Client::named(name);
        let result = &client.assessment;
        let fit = result.fits.iter().find(|fit| fit.pack == "organisation");
        assert_eq!(fit.unwrap().state, FitState::OverBuilt);
        for ladder in result
            .levels
            .iter()
            .filter(|one| one.id == "organisation.built")
        {
            assert!(!ladder.higher_is_called_for && ladder.blocked_by().is_empty());
            assert!(
                !ladder.sentence.contains("What keeps it"),
                "{}",
                ladder.sentence
            );
        }
        let held = result.causes.iter().filter_map(|one| one.blocks.as_ref());
        assert!(
            held.into_iter().all(|id| id != "organisation.built"),
            "{name}"
        );
        let end = result.actions.iter().rposition(|one| one.stops).unwrap();
        let (first, _) = result.actions.split_at(end + 1);
        let settles = |of: &ItemId| result.contradicted.iter().any(|one| one.id == *of);
        for one in first.iter().filter(|one| !one.stops && !settles(&one.of)) {
            let mut after = first.iter().flat_map(|stop| &stop.advice.after);
            assert!(after.any(|work| *work == one.advice.work), "{name}");
        }
        let full = client.markdown("full");
        let (_, list) = full.split_once("### You can stop").expect(name);
        let appendix = client.markdown("appendix");
        for (place, spare) in result.simplify.iter().enumerate() {
            let line = format!("- {}: ", spare.label);
            assert!(place >= 5 || list.contains(&line), "{name}: {line}");
            assert!(appendix.contains(&line), "{name}: {line}");
        }
        for text in client.reports() {
            assert!(
                !text.contains("Strategy at index 75 or more (now"),
                "{name}"
            );
        }
    }
}

#[test]
fn a_step_that_one_action_leads_through_has_its_owner_and_day() {
    let mut owned = 0;
    for (name, client) in every() {
        let matched = MatchedResult::new(&client.rulebook, &client.assessment).unwrap();
        for ladder in &client.assessment.levels {
            let wish = PlanRequest {
                ladder: Some(&ladder.id),
                tries: 2_000,
                ..PlanRequest::default()
            };
            let Ok(plan) = plan(&matched, &wish) else {
                continue;
            };
            for step in plan.steps.iter().filter(|step| step.uncovered == 0) {
                let [advice] = step.advice.as_slice() else {
                    continue;
                };
                let mut actions = client.assessment.actions.iter();
                let action = actions.find(|one| one.advice.work == advice.advice.work);
                let Some(action) = action else { continue };
                let same = (&step.owner, &step.due) == (&action.owner, &action.due);
                // Nobody takes a step of a question that nobody was named for, nor one beyond its target.
                let bare = step.owner.is_none() && step.due.is_none();
                let mut questions = client.assessment.questions.iter();
                let own = questions.find(|one| one.id == step.id).unwrap();
                let beyond = match &step.to {
                    StepTarget::Anchor { worth, .. } => own.target.is_none_or(|aim| *worth > aim),
                    StepTarget::Fact { .. }
                    | StepTarget::OneOf { .. }
                    | StepTarget::More { .. }
                    | StepTarget::Number { .. } => false,
                };
                let bare = bare && (own.owner.is_none() || beyond);
                // A step that ends at its question's own target has the day of that target.
                let given = (&step.owner, &step.due) == (&own.owner, &own.due);
                assert!(same || bare || given, "{name}: {}", step.id);
                assert!(action.quick || !step.quick_win, "{name}: {}", step.id);
                owned += usize::from(step.owner.is_some());
            }
        }
    }
    assert!(owned > 2, "{owned}");
}

#[test]
fn an_action_raises_only_above_what_stands_and_is_quick_only_then_and_now() {
    let mut quick = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        for action in &result.actions {
            let work = &action.advice.work;
            for raise in &action.advice.raises {
                let mut questions = result.questions.iter();
                let question = questions.find(|one| one.id == raise.id).unwrap();
                let to: Option<f64> = raise.to.parse().ok();
                let above = to.zip(question.value).is_none_or(|(to, now)| to > now);
                assert!(above, "{name}: {work} raises {} to {}", raise.id, raise.to);
            }
            if action.quick {
                let answered = action.advice.raises.iter().any(|raise| {
                    let mut plan = result.plan.iter();
                    plan.any(|one| one.id == raise.id && one.from.is_some())
                });
                assert!(answered, "{name}: {work}");
                assert_eq!(action.advice.within, Horizon::Now, "{name}: {work}");
                quick += 1;
            }
        }
    }
    assert!(quick > 10, "{quick}");
}

#[test]
fn what_finds_out_what_nobody_knew_is_not_put_off() {
    let mut seen = 0;
    for (name, client) in every() {
        let result = &client.assessment;
        let unknown = |id: &str| {
            let mut questions = result.questions.iter();
            questions.any(|one| one.id == *id && one.state == State::Unknown)
        };
        for action in &result.actions {
            let asks = action.advice.raises.iter().any(|one| unknown(&one.id));
            let free = action.due.is_none() && action.advice.after.is_empty();
            if asks && free {
                assert_ne!(
                    action.advice.within,
                    Horizon::Later,
                    "{name}: {}",
                    action.advice.work
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_step_has_one_effort_in_the_plan_and_in_every_way() {
    let effort = |client: &str, id: &str| {
        let client = Client::named(client).assessment;
        let mut plan = client.plan.iter();
        let raise = plan.find(|one| one.id == id).expect(id);
        let work = raise.advice.as_ref().map(|one| one.advice.work.clone());
        (raise.effort, work.unwrap_or_default())
    };
    let low = |work: &str| (Size::Low, work.to_owned());
    for client in ["golden-oat", "pine-joinery", "meridian-freight"] {
        assert_eq!(
            effort(client, "principles.same-identity"),
            low("principles.ask-customers-why-us"),
            "{client}"
        );
    }
    // Two questions that nobody could answer: the step is to find out.
    assert_eq!(effort("golden-oat", "retention.break-even").0, Size::Low);
}

#[test]
fn an_owner_given_for_a_target_stands_at_the_actions_that_lead_to_it() {
    let shade = Client::named("pellwick-shade").assessment;
    let head = Some("Head of finance".to_owned());
    assert_eq!(of(&shade, "economics.margin-by-segment").owner, head);
    let value = of(&shade, "economics.value-by-segment");
    assert_eq!(value.owner, head);
    assert_eq!(value.due.as_deref(), Some("2027-06-30"));
    let mut questions = shade.questions.iter();
    let worth = questions.find(|one| one.id == "economics.lifetime-known");
    let way = worth.unwrap().way.as_ref().unwrap();
    assert_eq!(
        way.actions,
        ["economics.margin-by-segment", "economics.value-by-segment"]
    );
    assert_eq!(way.short, None);
}
