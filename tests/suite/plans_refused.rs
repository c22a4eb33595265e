//! Where there is no plan, or only the first steps of one, it is said why.

use super::plans::{four, planned};
use super::workshop::answers;
use centricity::assess::PlanRequest;

#[test]
fn why_there_is_no_plan_is_said() {
    let rulebook = four("", "from: 2");
    let refused = |text: &str, wish: PlanRequest<'_>| {
        let answers = answers(&rulebook, text).valid();
        let refusal = planned(&rulebook, &answers, &wish).expect_err("no plan");
        (refusal.to_string(), refusal.help())
    };
    let says = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let wish = PlanRequest::default();
    assert_eq!(
        refused("a: 4, b: 4, c: 4, d: 4", wish),
        says("`High` is reached on `Level`", "there is no higher level")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            PlanRequest {
                to: Some("hihg"),
                ..wish
            }
        ),
        says("there is no level `hihg`", "did you mean `high`?")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            PlanRequest {
                to: Some("summit"),
                ..wish
            }
        ),
        says("there is no level `summit`", "the levels are `low`, `high`")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            PlanRequest {
                to: Some("low"),
                ..wish
            }
        )
        .0,
        "`Low` is reached on `Level`"
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            PlanRequest {
                ladder: Some("levle"),
                ..wish
            }
        ),
        says("there is no ladder `levle`", "did you mean `level`?")
    );
}

#[test]
fn where_too_little_is_answered_the_way_is_to_find_out() {
    let rulebook = four("", "from: 2");
    let answers = answers(&rulebook, "a: 1").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!((plan.given, plan.complete), (false, true));
    assert_eq!((plan.index_least, plan.or_higher), (Some(50.0), false));
}

#[test]
fn what_holds_a_level_that_cannot_be_reached_is_named() {
    let rulebook = four("", "from: 3, basis: evidenced");
    let answers = answers(&rulebook, "a: 1, b: 1, c: 1, d: 1").valid();
    let refusal = planned(&rulebook, &answers, &PlanRequest::default()).expect_err("no plan");
    assert_eq!(refusal.to_string(), "no steps reach `High`");
    assert_eq!(
        refusal.help(),
        "what holds it and no steps meet: an assessment on evidence (now on perception); \
         what else it needs, and steps can meet: Whole at 3 or more (now 1.0)"
    );
}

#[test]
fn a_budget_that_does_not_carry_gives_the_first_steps_or_says_why_not() {
    let rulebook = four("", "from: 3");
    let answers = answers(&rulebook, "a: 1, b: 2, c: 2, d: 2").valid();
    let within = |budget| {
        planned(
            &rulebook,
            &answers,
            &PlanRequest {
                budget: Some(budget),
                ..PlanRequest::default()
            },
        )
    };
    let part = within(5).expect("a part of the way");
    assert_eq!((part.complete, part.count, part.effort), (false, 2, 4));
    assert_eq!((part.reaches.id.as_str(), part.left.len()), ("low", 1));
    let refusal = within(1).expect_err("no step");
    assert_eq!(
        refusal.help(),
        "the first step takes 2; low effort counts 1, medium 2, high 3"
    );
    assert!(within(10).expect("all of it").complete);
}
