//! Of the groups among many people: which are shown, which are scored, how far they are trusted.

use super::crowd::{Crowd, mean, voice};
use super::merging::{e2, one, state, worth};
use super::workshop::{pack, rating, ratings, round};
use centricity::answers::disclosure::GroupOutcome;
use centricity::assess::assess;
use centricity::rules::vocabulary::{Role, State};

#[test]
fn two_leaders_are_hidden_and_the_front_line_with_them() {
    let rulebook = one();
    let answers = e2().merge(&rulebook).good();
    assert_eq!(mean(&rulebook, &answers, "a", Role::Leadership), None);
    assert_eq!(mean(&rulebook, &answers, "a", Role::Frontline), None);
    let voice = voice(&rulebook, &answers, "a");
    assert!(voice.contested, "that much is told");
    assert_eq!((voice.people, &voice.spread), (None, &None), "and no more");
    let panel = answers.disclosure().expect("people");
    assert_eq!(panel.who.count, Some(7));
    assert!(panel.who.roles.iter().all(|one| one.people.is_none()));
}

#[test]
fn leaders_who_waive_are_shown() {
    let rulebook = one();
    let answers = e2()
        .set("respondents: { waived: [leadership] }\n")
        .merge(&rulebook)
        .good();
    assert_eq!(mean(&rulebook, &answers, "a", Role::Leadership), Some(4.0));
    assert_eq!(
        mean(&rulebook, &answers, "a", Role::Frontline).map(round),
        Some(1.4)
    );
    let spread = voice(&rulebook, &answers, "a")
        .spread
        .as_ref()
        .expect("nobody is hidden");
    let counts: Vec<u32> = spread.counts.iter().map(|one| one.count).collect();
    assert_eq!(counts, [0, 3, 2, 0, 2]);
}

#[test]
fn what_one_small_group_alone_rates_stays_closed() {
    let rulebook = pack(&ratings(&["a", "b"])).good();
    let crowd =
        Crowd::new()
            .rate("leadership", "a", &[4, 4])
            .rate("frontline", "b", &[1, 1, 1, 2, 2]);
    let answers = crowd.merge(&rulebook).good();
    assert_eq!(state(&rulebook, &answers, "a"), State::Missing);
    assert_eq!(
        voice(&rulebook, &answers, "a").outcome,
        GroupOutcome::Closed
    );
    assert_eq!(
        state(&rulebook, &answers, "b"),
        State::Missing,
        "it would tell the role that hides the other"
    );
}

#[test]
fn a_role_that_is_not_asked_is_heard_and_not_scored() {
    let rulebook = pack(&format!(
        "sections:\n  s:\n    title: S\n    questions:\n{}",
        rating("a", "roles: [frontline]")
    ))
    .good();
    let outcome = Crowd::new()
        .rate("frontline", "a", &[1; 5])
        .rate("customer", "a", &[4; 5])
        .merge(&rulebook);
    assert_eq!(outcome.codes(), ["not-asked"; 5]);
    let answers = outcome.valid();
    assert_eq!(worth(&rulebook, &answers, "a"), Some(1.0));
}

#[test]
fn confidence_is_the_lowest_of_four_grades() {
    use centricity::rules::vocabulary::ConfidenceGrade::{High, Low, Medium};
    let rulebook = pack(&format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a] }}\n",
        ratings(&["a"])
    ))
    .good();
    let grades = |crowd: Crowd| {
        let answers = crowd.merge(&rulebook).good();
        let of = assess(&rulebook, &answers).scores[0].confidence.clone();
        (
            of.grade,
            of.respondents.expect("many"),
            of.agreement.expect("many"),
        )
    };
    let seen = || Crowd::new().own("a: { evidence: { grade: record } }");
    let five = |role| seen().rate(role, "a", &[2, 2, 3, 3, 3]);
    assert_eq!(grades(five("frontline")), (Low, Low, High));
    let two = five("frontline").rate("management", "a", &[3, 3, 3, 3, 3]);
    assert_eq!(grades(two), (Medium, Medium, High));
    let three = five("frontline")
        .rate("management", "a", &[3; 5])
        .rate("leadership", "a", &[3; 5]);
    assert_eq!(grades(three), (High, High, High));
    let apart = seen()
        .rate("frontline", "a", &[0; 5])
        .rate("management", "a", &[4; 5])
        .rate("leadership", "a", &[4; 5]);
    assert_eq!(grades(apart), (Low, High, Low));
}

#[test]
fn parts_add_up_to_the_whole() {
    let rulebook = pack(&ratings(&["a", "b", "c"])).good();
    let crowd = (0..40).fold(Crowd::new(), |crowd, nth| {
        let role = ["leadership", "frontline", "customer"][nth % 3];
        crowd.says(
            role,
            &format!("a: {}, b: {}, c: {}", nth % 5, nth % 4, nth % 2),
        )
    });
    let whole = crowd.count(&rulebook, 40);
    for size in [1, 7, 39] {
        let parts = crowd.count(&rulebook, size);
        for (question, role) in (0..3).flat_map(|node| Role::ALL.map(|role| (node, role))) {
            assert_eq!(parts.cell(question, role), whole.cell(question, role));
        }
        assert_eq!(parts.people(), 40);
    }
    let answers = crowd.merge(&rulebook).good();
    let scale = &answers.disclosure().expect("people").who.scales[0];
    assert_eq!((scale.people, scale.questions), (40, 3));
}

#[test]
fn only_those_who_are_asked_hold_a_scale_together() {
    let asked = |id: &str| rating(id, "roles: [frontline]");
    let body = format!("{}{}{}{}", ratings(&[]), asked("a"), asked("b"), asked("c"));
    let rulebook = pack(&body).good();
    let all = |crowd: Crowd, nth: u32| {
        let (a, b) = (nth % 5, nth % 4);
        crowd
            .says("frontline", &format!("a: {a}, b: {b}, c: {a}"))
            .says("customer", &format!("a: {b}, b: {a}, c: 0"))
    };
    let answers = (0..12).fold(Crowd::new(), all).merge(&rulebook).valid();
    let scale = &answers.disclosure().expect("people").who.scales[0];
    assert_eq!(scale.people, 12, "customers are not asked");
}
