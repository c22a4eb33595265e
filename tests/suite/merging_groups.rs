//! Of the groups among many people: which are shown, which are scored, how far they are trusted.

use super::crowd::{Crowd, mean, voice};
use super::merging::{e2, one, state, worth};
use super::workshop::{pack, rating, ratings, round};
use centricity::answers::GroupOutcome;
use centricity::answers::{Group, GroupResult, Status};
use centricity::assess::assess;
use centricity::rules::vocabulary::{Role, State};

#[test]
fn two_leaders_are_in_no_figure() {
    let rulebook = one();
    let answers = e2().merge(&rulebook).good();
    assert_eq!(mean(&rulebook, &answers, "a", Role::Leadership), None);
    assert_eq!(
        mean(&rulebook, &answers, "a", Role::Frontline).map(round),
        Some(1.4)
    );
    assert_eq!(worth(&rulebook, &answers, "a"), Some(1.4));
    let voice = voice(&rulebook, &answers, "a");
    assert_eq!((voice.people, voice.contested), (Some(5), false));
    assert_eq!(counts(voice), [0, 3, 2, 0, 0]);
    let who = &answers.disclosure().expect("people").who;
    assert_eq!((who.count, &who.others), (Some(5), &Vec::new()));
    assert_eq!(who.left_out, [Role::Leadership]);
    let groups: Vec<Group> = who.roles.iter().map(|one| one.role).collect();
    assert_eq!(groups, [Group::Role(Role::Frontline)]);
}

fn counts(voice: &GroupResult) -> Vec<u32> {
    let spread = voice.spread.as_ref().expect("steps");
    spread.counts.iter().map(|one| one.count).collect()
}

#[test]
fn leaders_who_agreed_are_shown() {
    let rulebook = one();
    let answers = e2()
        .set("respondents: { open_roles: [leadership] }\n")
        .merge(&rulebook)
        .good();
    assert_eq!(mean(&rulebook, &answers, "a", Role::Leadership), Some(4.0));
    assert_eq!(worth(&rulebook, &answers, "a"), Some(2.7));
    assert_eq!(counts(voice(&rulebook, &answers, "a")), [0, 3, 2, 0, 2]);
}

/// Three leaders say 4, two managers 0, five of the front line 1: others come to (3 · 4 + 2 · 0) / 5,
/// whatever a role of them weighs.
#[test]
fn small_roles_are_told_together_and_each_of_their_people_counts_the_same() {
    let rulebook = one();
    let crowd = |settings: &str| {
        let crowd = Crowd::new()
            .set(&format!("respondents: {{ {settings} }}\n"))
            .rate("leadership", "a", &[4; 3])
            .rate("management", "a", &[0; 2])
            .rate("frontline", "a", &[1; 5]);
        crowd.merge(&rulebook).good()
    };
    let answers = crowd("weights: { leadership: 9 }");
    let roles = &voice(&rulebook, &answers, "a").roles;
    let figures: Vec<_> = roles
        .iter()
        .map(|one| (one.role, one.value, one.people))
        .collect();
    let front = (Group::Role(Role::Frontline), Some(1.0), Some(5));
    assert_eq!(figures, [front, (Group::OTHERS, Some(2.4), Some(5))]);
    assert_eq!(worth(&rulebook, &answers, "a"), Some(1.7));
    let who = &answers.disclosure().expect("people").who;
    assert_eq!(who.others, [Role::Leadership, Role::Management]);
    assert_eq!((who.count, &who.left_out), (Some(10), &Vec::new()));
    let weighed = crowd("weights: { frontline: 3 }");
    assert_eq!(worth(&rulebook, &weighed, "a"), Some(1.35));
}

#[test]
fn what_a_few_of_each_group_rate_stays_closed() {
    let rulebook = pack(&ratings(&["a", "b", "c"])).good();
    let crowd = (0..5).fold(Crowd::new(), |crowd, nth| {
        let a = if nth < 4 { "a: 4, " } else { "a: unknown, " };
        crowd.says("frontline", &format!("{a}b: 1"))
    });
    let answers = crowd
        .rate("leadership", "c", &[4, 4])
        .merge(&rulebook)
        .good();
    assert_eq!(state(&rulebook, &answers, "a"), State::Missing);
    assert_eq!(
        voice(&rulebook, &answers, "a").outcome,
        GroupOutcome::Closed
    );
    assert_eq!(worth(&rulebook, &answers, "b"), Some(1.0));
    assert_eq!(state(&rulebook, &answers, "c"), State::Missing);
    assert!(
        answers.disclosure().expect("people").answer(2).is_none(),
        "nobody who counts answered it: that two leaders did is not told"
    );
}

#[test]
fn fewer_than_the_minimum_are_refused_as_an_anonymous_survey() {
    let rulebook = one();
    let four = || Crowd::new().rate("frontline", "a", &[1, 2, 3, 4]);
    let refused = four().merge(&rulebook);
    assert_eq!(refused.codes(), ["too-few-people"]);
    assert!(refused.value.is_none());
    let also = Crowd::new().rate("leadership", "a", &[0]).merge(&rulebook);
    assert_eq!(also.shown(), refused.shown(), "and nobody can tell how few");
    let open = four().open().merge(&rulebook).good();
    assert_eq!(worth(&rulebook, &open, "a"), Some(2.5));
    let merged = open.disclosure().expect("people").who.merged.clone();
    assert!(!merged.expect("rules").anonymous);
}

#[test]
fn a_result_is_a_draft_until_its_round_is_closed() {
    let rulebook = one();
    let five = |settings: &str| {
        let crowd = Crowd::new().rate("frontline", "a", &[1, 2, 3, 4, 4]);
        crowd.set(settings).merge(&rulebook)
    };
    let open = five("status: final\n");
    assert_eq!(open.codes(), ["open-round"]);
    assert_eq!(open.valid().status, Status::Draft);
    let closed = five("status: final\nrespondents: { closed_on: 2026-11-30 }\n");
    assert_eq!(closed.good().status, Status::Final);
    let wrong = five("respondents: { closed_on: soon }\n");
    assert_eq!(wrong.codes(), ["invalid-date"]);
    let said = five("status: final\nrespondents: { anonymous: false }\n");
    assert_eq!(said.good().status, Status::Final);
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
        assert!(parts == whole, "parts of {size}");
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
