//! What reports tell of many people: by role, between roles, and for the workshop.

use super::crowd::Crowd;
use super::sandbox::{ROOT, Sandbox};
use super::workshop::{Outcome, pack, ratings, round};
use centricity::answers::{Answers, Group};
use centricity::assess::{Assessment, GapKind, GapResult, assess};
use centricity::rules::vocabulary::Role;
use serde_json::{Value, json};
use std::path::Path;

fn assessed(body: &str, crowd: &Crowd) -> Assessment {
    let rulebook = pack(body).good();
    let outcome: Outcome<Answers> = crowd.merge(&rulebook);
    assess(&rulebook, &outcome.valid())
}

fn gap<'a>(result: &'a Assessment, id: &str) -> Option<&'a GapResult> {
    result.gaps.iter().find(|gap| gap.id == format!("p.{id}"))
}

#[test]
fn a_gap_is_what_leaders_see_less_what_the_front_line_sees() {
    let crowd = Crowd::new()
        .set("respondents: { minimum_group: 3 }\n")
        .rate("leadership", "a", &[3, 3, 4])
        .rate("frontline", "a", &[1, 2, 2, 1, 2]);
    let result = assessed(&ratings(&["a"]), &crowd);
    let found = gap(&result, "a").expect("a gap");
    assert_eq!(Some(round(found.gap)), Some(1.7333));
    assert_eq!((found.kind, found.strong), (GapKind::BlindSpot, true));
    assert_eq!((found.one.people, found.other.people), (Some(3), Some(5)));
    let turned = Crowd::new().rate("leadership", "a", &[1, 1, 1, 1, 1]).rate(
        "frontline",
        "a",
        &[2, 2, 2, 2, 2],
    );
    let result = assessed(&ratings(&["a"]), &turned);
    let found = gap(&result, "a").expect("one step is enough");
    assert_eq!((found.kind, found.strong), (GapKind::HiddenStrength, false));
}

#[test]
fn a_gap_on_a_score_rests_on_what_both_answered() {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b] }}\n",
        ratings(&["a", "b"])
    );
    let crowd = (0..5).fold(Crowd::new(), |crowd, _| {
        crowd
            .says("leadership", "a: 4, b: 0")
            .says("frontline", "a: 3")
    });
    let result = assessed(&body, &crowd);
    let found = gap(&result, "whole").expect("told, however small");
    assert_eq!(
        (Some(round(found.gap)), found.kind),
        (Some(1.0), GapKind::BlindSpot)
    );
    let score = &result.scores[0];
    let by_role: Vec<_> = score
        .roles
        .iter()
        .map(|one| (one.role, one.value, one.questions))
        .collect();
    let expected = [
        (Group::Role(Role::Leadership), Some(2.0), 2),
        (Group::Role(Role::Frontline), Some(3.0), 1),
    ];
    assert_eq!(by_role, expected);
}

#[test]
fn a_single_assessor_sees_no_section_about_roles() {
    let sandbox = Sandbox::new();
    let path = Path::new(ROOT).join("tests/clients/harbour-tools");
    let run = sandbox.run(&format!("report {} --format md", path.display()));
    run.exits(0)
        .never("Where two roles differ most")
        .never("see much the same firm");
}

fn meridian(arguments: &str) -> super::sandbox::Run {
    let path = Path::new(ROOT).join("tests/clients/meridian-freight");
    Sandbox::new()
        .run(&arguments.replace("CLIENT", &path.display().to_string()))
        .exits(0)
}

#[test]
fn the_sample_of_many_shows_where_leaders_and_front_line_differ() {
    let result = meridian("assess CLIENT --format json").json();
    assert_eq!(result["respondents"]["count"], 39);
    let gaps = result["gaps"].as_array().expect("gaps");
    let blind = gaps.iter().filter(|gap| {
        gap["one"]["role"] == "leadership"
            && gap["other"]["role"] == "frontline"
            && gap["kind"] == "blind-spot"
    });
    assert!(blind.count() > 10);
    let who = &result["respondents"];
    assert_eq!(who["others"], json!(["backoffice", "customer"]));
    let groups = who["roles"].as_array().expect("groups").iter();
    let sizes: Vec<(&Value, &Value)> = groups.map(|one| (&one["role"], &one["people"])).collect();
    assert_eq!(
        json!(sizes),
        json!([
            ["leadership", 6],
            ["management", 8],
            ["frontline", 17],
            ["others", 8]
        ])
    );
    for list in [&result["questions"], &result["scores"]] {
        for item in list.as_array().expect("items") {
            let roles = item.get("roles").or_else(|| item["group"].get("roles"));
            for figure in roles
                .and_then(|roles| roles.as_array())
                .into_iter()
                .flatten()
            {
                let known = sizes.iter().any(|(role, _)| **role == figure["role"]);
                let people = figure["people"].as_u64();
                assert!(
                    known && people.is_none_or(|people| people >= 5),
                    "{}",
                    item["id"]
                );
            }
        }
    }
}

#[test]
fn both_formats_tell_the_same_of_roles() {
    let text = meridian("report CLIENT --format md").stdout;
    let page = meridian("report CLIENT --format html").stdout;
    let plain = text.replace("&lt;", "<").replace('*', "");
    for words in [
        "Leadership and front line see different firms",
        "others (back office and customer) 8",
        "Where two roles differ most",
    ] {
        let escaped = words.replace('<', "&lt;");
        assert!(plain.contains(words), "{words}");
        assert!(page.contains(words) || page.contains(&escaped), "{words}");
    }
    for name in ["r17", "Service desk", "respondent:"] {
        assert!(
            !text.contains(name) && !page.contains(name),
            "{name} stays in its file"
        );
    }
}

#[test]
fn the_workshop_sheet_has_what_is_contested_and_nobody_in_it() {
    let sheet = meridian("sheet CLIENT");
    let sheet = sheet
        .prints("questions to settle")
        .prints("agreement 0.43")
        .prints("- **Because:** ___");
    let sheet = sheet
        .never("Front line")
        .never("frontline")
        .never("Tonnage");
    sheet.never("organisation.power`");
    let page = meridian("sheet CLIENT --format html").stdout;
    assert!(page.contains("<strong>Because:</strong>") && page.starts_with("<!DOCTYPE html>"));
}

/// Nine people who disagree on one question.
fn torn() -> Sandbox {
    let pack = super::sandbox::small_pack("");
    let head = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";
    let sandbox = Sandbox::new()
        .file("acme/small/pack.yaml", pack)
        .file("acme/assessment.yaml", head);
    (0..9).fold(sandbox, |sandbox, nth| {
        let text = format!("format: 1\nrespondent: r{nth}\nrole: frontline\nanswers: {{ small: {{ care: {} }} }}\n", nth % 5);
        sandbox.file(&format!("acme/responses/{nth}.yaml"), text)
    })
}

#[test]
fn consensus_is_begun_beside_the_assessment_and_never_overwritten() {
    let sandbox = torn();
    sandbox
        .run("sheet acme --consensus")
        .exits(0)
        .says("wrote acme/consensus.yaml");
    sandbox.run("check acme").exits(0).says("no problems");
    sandbox
        .run("sheet acme --consensus")
        .exits(1)
        .says("already there");
    let begun = sandbox.read("acme/consensus.yaml");
    assert!(
        begun.contains("    #care: { value: , reason: \"\", date: }"),
        "{begun}"
    );
    let filled = begun.replace(
        "#care: { value: , reason: \"\", date: }",
        "care: { value: 1, reason: \"Saw it\", date: 2026-11-20 }",
    );
    let sandbox = sandbox.file("acme/consensus.yaml", filled);
    let question = sandbox.run("assess acme --format json").exits(0).json()["questions"][0].clone();
    assert_eq!(
        (&question["value"], &question["agreed"]["reason"]),
        (&1.0.into(), &"Saw it".into())
    );
    sandbox
        .run("sheet acme")
        .exits(0)
        .prints("Nothing is left to settle");
    let why = sandbox.run("explain acme care").exits(0);
    why.prints("agreed: Saw it; before that 1.8")
        .prints("9 people answered");
}

#[test]
fn a_sheet_goes_into_a_new_file_only() {
    let sandbox = torn();
    sandbox
        .run("sheet acme --format html --out sheet.html")
        .exits(0);
    sandbox
        .run("sheet acme --format html --out sheet.html")
        .exits(1)
        .says("nothing is overwritten");
    assert!(sandbox.read("sheet.html").contains("1 question to settle"));
}

#[test]
fn a_workshop_takes_the_questions_it_has_time_for() {
    let sheet = meridian("sheet CLIENT --most 3")
        .prints("3 questions to settle, those on which people agree least; 5 are contested.")
        .prints("## 3 ");
    sheet.never("## 4 ");
    meridian("sheet CLIENT --most 1").prints("1 question to settle");
}

#[test]
fn what_is_left_after_a_workshop_goes_into_another_file() {
    let sandbox = torn();
    sandbox.run("sheet acme --consensus").exits(0);
    sandbox
        .run("sheet acme --consensus")
        .exits(1)
        .says("`--out FILE` writes what is left to settle");
    sandbox
        .run("sheet acme --consensus --out left.yaml")
        .exits(0);
    assert!(sandbox.read("left.yaml").contains("#care: { value: "));
}

#[test]
fn a_sheet_carries_the_name_of_who_hands_it_out() {
    let sandbox = torn().file(
        "brand.yaml",
        "name: Ours & Co\nconfidentiality: For the board.\n",
    );
    let sheet = sandbox.run("sheet acme --brand brand.yaml").exits(0);
    sheet.prints("For the board.");
}

#[test]
fn one_assessor_has_nobody_to_disagree_with() {
    let sandbox = Sandbox::new().file("a.yaml", super::sandbox::answers("promise: 3"));
    sandbox
        .run("sheet a.yaml")
        .exits(2)
        .says("there are no responses");
}

#[test]
fn gaps_are_listed_once_and_never_beside_what_they_are_made_of() {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b] }}\n",
        ratings(&["a", "b"])
    );
    let crowd = (0..5).fold(Crowd::new(), |crowd, _| {
        crowd
            .says("leadership", "a: 4, b: 4")
            .says("management", "a: 2, b: 3")
            .says("frontline", "a: 1, b: 3")
    });
    let result = assessed(&body, &crowd);
    let listed = result.gaps.iter().filter(|gap| gap.listed);
    let listed: Vec<_> = listed
        .map(|gap| (gap.id.to_string(), gap.other.role, gap.steps()))
        .collect();
    // The whole lies 2.0 apart and stands beside none of its parts; `a` is told between the two
    // roles that lie widest apart.
    let expected = [
        (
            "p.a".to_owned(),
            Group::Role(Role::Frontline),
            "+3.0".to_owned(),
        ),
        (
            "p.b".to_owned(),
            Group::Role(Role::Management),
            "+1.0".to_owned(),
        ),
    ];
    assert_eq!(listed, expected);
    assert!(gap(&result, "whole").is_some_and(|gap| !gap.listed));
}

#[test]
fn a_whole_that_lies_wider_apart_than_its_parts_stands_for_them() {
    let body = format!(
        "{}scores:\n  signs: {{ aggregate: count, of: [a, b, c, d], test: \">= 2\" }}\n",
        ratings(&["a", "b", "c", "d"])
    );
    let crowd = (0..5).fold(Crowd::new(), |crowd, _| {
        crowd
            .says("leadership", "a: 3, b: 2, c: 2, d: 2")
            .says("frontline", "a: 1, b: 1, c: 1, d: 2")
    });
    let result = assessed(&body, &crowd);
    let listed = result.gaps.iter().filter(|gap| gap.listed);
    let listed: Vec<_> = listed
        .map(|gap| (gap.id.to_string(), gap.steps()))
        .collect();
    assert_eq!(listed, [("p.signs".to_owned(), "+3.0".to_owned())]);
}

#[test]
fn a_gap_that_is_not_strong_is_never_printed_as_if_it_were() {
    let crowd = Crowd::new()
        .set("respondents: { minimum_group: 3 }\n")
        .rate("leadership", "a", &[4, 4, 3])
        .rate("frontline", "a", &[2, 2, 2]);
    let result = assessed(&ratings(&["a"]), &crowd);
    let found = gap(&result, "a").expect("a gap");
    assert_eq!((found.strong, found.steps().as_str()), (false, "+1.667"));
}

#[test]
fn a_value_beyond_every_shown_role_says_why() {
    let why = |body: &str, crowd: &Crowd| {
        let result = assessed(body, crowd);
        let group = result.questions[0].group.clone().expect("people");
        group.beyond.map(|one| one.says())
    };
    let both = || {
        Crowd::new().rate("leadership", "a", &[3, 3, 3, 3, 3]).rate(
            "frontline",
            "a",
            &[2, 2, 2, 2, 2],
        )
    };
    assert_eq!(why(&ratings(&["a"]), &both()), None);
    let agreed = both().agree("    a: { value: 1, reason: Seen }\n");
    assert_eq!(
        why(&ratings(&["a"]), &agreed).as_deref(),
        Some("below every role shown: a workshop agreed on another answer")
    );
}

#[test]
fn remarks_are_printed_only_of_roles_that_are_shown_on_their_question() {
    let crowd = Crowd::new()
        .set("respondents: { minimum_group: 3 }\n")
        .says("leadership", "a: { value: 4, note: of a leader }")
        .says("leadership", "a: 4")
        .says("leadership", "b: 4")
        .says(
            "frontline",
            "a: { value: 2, note: of the front }, b: { value: 1, note: said }",
        )
        .says("frontline", "a: 2, b: 1")
        .says("frontline", "a: 1, b: 2")
        .says("management", "a: 1, b: { value: 2, note: of one manager }")
        .says("management", "a: 2, b: 2")
        .says("management", "a: 3");
    let result = assessed(&ratings(&["a", "b"]), &crowd);
    for question in &result.questions {
        let group = question.group.as_ref().expect("people");
        for comment in &group.comments {
            let role = group.roles.iter().find(|one| one.role == comment.role);
            let people = role.and_then(|one| one.people);
            assert!(people.is_some_and(|people| people >= 3), "{}", comment.text);
        }
    }
    let told = serde_json::to_string(&result.questions).expect("a text");
    assert!(
        !told.contains("of a leader") && !told.contains("of one manager"),
        "{told}"
    );
    // In the sample too.
    let result = meridian("assess CLIENT --format json").json();
    let questions = result["questions"].as_array().expect("questions");
    let mut remarks = 0;
    for group in questions.iter().map(|one| &one["group"]) {
        for comment in group["comments"].as_array().into_iter().flatten() {
            let roles = group["roles"].as_array().expect("roles");
            let role = roles.iter().find(|one| one["role"] == comment["role"]);
            let people = role.and_then(|one| one["people"].as_u64());
            assert!(people.is_none_or(|people| people >= 5), "{comment}");
            remarks += 1;
        }
    }
    assert!(remarks > 20);
}
