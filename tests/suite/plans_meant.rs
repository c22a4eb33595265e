//! Plans: what advice and single actions count for, and what each step is told to be for.

use super::plans::{four, planned};
use super::sandbox::{ROOT, Sandbox, answers as answers_file};
use super::workshop::answers;
use centricity::assess::{NeedKind, Plan, PlanRequest, Purpose, Shortness, StepTarget};

/// Advice for one question, told by a gap.
fn advice(of: &str, to: u8) -> String {
    format!(
        "  low-{of}: {{ when: {{ {of}: \"<= 1\" }}, kind: gap, severity: low, title: F, text: F, advice: [ {{ id: do-{of}, do: x, effort: low, impact: low, within: 30d, raises: {{ {of}: {to} }} }} ] }}\n"
    )
}

fn way(more: &str, level: &str, given: &str) -> Plan {
    let rulebook = four(more, level);
    let answers = answers(&rulebook, given).valid();
    planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan")
}

/// The ways of a sample client as `plan` prints them.
fn ways(client: &str) -> String {
    let path = format!("{ROOT}/tests/clients/{client}");
    let run = Sandbox::new().run(&format!("plan {path} --format md"));
    run.exits(0).stdout
}

fn ids(plan: &Plan) -> Vec<(&str, usize)> {
    let steps = plan.steps.iter();
    steps
        .map(|step| (step.id.trim_start_matches("p."), step.raises))
        .collect()
}

#[test]
fn of_sets_with_as_much_effort_the_one_with_advice_is_taken() {
    let findings = format!(
        "findings:\n{}",
        advice("c", 2).replace("low, impact", "medium, impact")
    );
    let plan = way(&findings, "from: 2", "a: 2, b: 2, c: 1, d: 2");
    assert_eq!((ids(&plan), plan.effort), (vec![("c", 1)], 2));
}

#[test]
fn of_equal_sets_one_action_goes_before_two() {
    let findings = format!(
        "findings:\n{}{}{}",
        advice("a", 2),
        advice("b", 2),
        advice("c", 3)
    );
    let plan = way(&findings, "from: 2", "a: 1, b: 1, c: 1, d: 3");
    assert_eq!((ids(&plan), plan.effort), (vec![("c", 2)], 2));
    assert_eq!(plan.shortness, Shortness::Shortest);
}

#[test]
fn a_step_that_is_part_of_its_advice_says_where_all_of_it_leads() {
    let findings = format!("findings:\n{}", advice("c", 3));
    let beyond = |given: &str| {
        let plan = way(&findings, "from: 2", given);
        plan.steps[0].advice[0].beyond.clone()
    };
    assert!(matches!(
        beyond("a: 2, b: 2, c: 1, d: 2"),
        Some(StepTarget::Anchor { worth: 3.0, .. })
    ));
    assert_eq!(beyond("a: 2, b: 1, c: 1, d: 2"), None);
}

#[test]
fn a_step_is_for_what_is_not_met_without_it() {
    let plan = way(
        "",
        "from: 2, every: { of: [a], at_least: 2 }",
        "a: 1, b: 2, c: 2, d: 1",
    );
    let serves = |plan: &Plan| -> Vec<Vec<(NeedKind, String, Vec<usize>)>> {
        let told = |one: &Purpose| (one.kind, one.label.clone(), one.any_of.clone());
        let steps = plan.steps.iter();
        steps
            .map(|step| step.serves.iter().map(told).collect())
            .collect()
    };
    let score = || (NeedKind::Score, "Whole".to_owned(), Vec::new());
    let floor = (NeedKind::Floor, "A".to_owned(), Vec::new());
    assert_eq!(serves(&plan), [vec![score(), floor], vec![score()]]);
    let md = ways("meridian-freight");
    let told = "One of steps 2 and 3 is enough for the floor of “Identity”.";
    assert_eq!(md.matches(told).count(), 2);
}

#[test]
fn a_step_that_only_makes_a_level_certain_says_so() {
    let md = ways("golden-oat");
    for told in [
        "at index 45.7 (at least 43.7)",
        "Steps 4 and 5 only make it certain. On today's answers steps 1, 2 and 3 reach it.",
        "Structured, at index 52.5 (at least 50.4)",
    ] {
        assert!(md.contains(told), "{told}");
    }
}

#[test]
fn where_most_is_open_the_way_is_to_answer_first() {
    let md = ways("paper-mill");
    assert!(md.contains("To be sure of “Attentive” takes 2 steps on 2 questions"));
    assert!(md.contains("Most of it is open: 14 of the 27 questions"));
    assert!(md.contains("lifts the least the index can be by 4.2"));
    assert!(!md.contains("it is at least “Inside-out”"));
    let open = answers_file("strategy: 3");
    let plan = Sandbox::new()
        .file("a.yaml", open)
        .run("plan a.yaml --format md");
    plan.exits(0)
        .prints("The level can be named once 70 % of what it rests on is answered; 50 % is then.");
    // What is hidden is answered: nothing is open beside those steps.
    let md = ways("meridian-freight");
    assert!(!md.contains("Questions that stay open beside these steps"));
}

#[test]
fn the_first_step_says_which_level_it_reaches() {
    let md = ways("meridian-freight");
    let way = md
        .lines()
        .position(|line| line.contains("takes 1 step on 1 question, with an effort of 2"));
    let mut rest = md.lines().skip(way.expect("a way"));
    let step = rest.find(|line| line.starts_with("1. "));
    assert!(
        step.is_some_and(|step| step.contains("Process")),
        "{step:?}"
    );
}
