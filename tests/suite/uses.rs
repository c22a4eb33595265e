//! Packs that read one another: required and optional uses, tags over all packs, and what happens
//! where a pack is not there.

use crate::sandbox::Sandbox;
use crate::workshop::{HEADER, Outcome, checked, linked, ratings};
use centricity::assess::{ScoreState, assess};
use centricity::rules::rulebook::Rulebook;

/// A pack with this id, these ratings, and a body after them.
fn asking(id: &str, ids: &[&str], body: &str) -> String {
    let header = HEADER.replace("id: p", &format!("id: {id}"));
    format!("{header}{}{body}", ratings(ids))
}

/// Links packs of one file each.
fn together(packs: &[&str]) -> Outcome<Rulebook> {
    let files: Vec<[(&str, &str); 1]> = packs.iter().map(|text| [("pack.yaml", *text)]).collect();
    let packs: Vec<&[(&str, &str)]> = files.iter().map(<[(&str, &str); 1]>::as_slice).collect();
    linked(&packs)
}

const MAYBE: &str = "uses: { other: { version: \"^1\", optional: true } }\n";

fn lens(body: &str) -> String {
    asking("lens", &["own"], &format!("{MAYBE}{body}"))
}

const MEAN: &str = "scores:\n  mean: { aggregate: mean, of: [own, other.a] }\n";

fn answers(text: &str) -> String {
    format!("format: 1\nclient: {{ name: C }}\npacks: [lens]\nanswers:\n{text}")
}

#[test]
fn an_optional_pack_that_is_there_is_read() {
    let rulebook = together(&[&lens(MEAN), &asking("other", &["a"], "")]).good();
    let given = answers("  lens: { own: 1 }\n  other: { a: 4 }\n");
    let assessment = assess(&rulebook, &checked(&rulebook, &given).good());
    assert_eq!(assessment.scores[0].value, Some(2.5));
}

#[test]
fn an_optional_pack_that_is_not_there_leaves_no_gap() {
    let rulebook = together(&[&lens(MEAN)]).good();
    let assessment = assess(
        &rulebook,
        &checked(&rulebook, &answers("  lens: { own: 1 }\n")).good(),
    );
    let mean = &assessment.scores[0];
    assert_eq!((mean.value, mean.coverage), (Some(1.0), 1.0));
    assert_eq!(mean.range.map(|one| (one.low, one.high)), Some((1.0, 1.0)));
}

#[test]
fn nothing_follows_from_an_item_that_is_not_asked() {
    let body = "findings:\n  f: { when: { not: { other.a: \">= 3\" } }, kind: gap, severity: low, title: T, text: \"{{ value('other.a') }}\" }\n\
                \u{20} g: { when: { any: [ { own: \"1\" }, { other.a: \">= 3\" } ] }, kind: gap, severity: low, title: T, text: \"{{ value('own') }} and {{ answer('other.a') }}\" }\n";
    let rulebook = together(&[&lens(body)]).good();
    let given = checked(&rulebook, &answers("  lens: { own: 1 }\n")).good();
    let assessment = assess(&rulebook, &given);
    let [found] = assessment.findings.as_slice() else {
        panic!("one finding: {:?}", assessment.findings);
    };
    assert_eq!(found.text, "1 and not asked");
}

#[test]
fn a_score_of_nothing_that_is_asked_says_so() {
    let body = "scores:\n  whole: { aggregate: mean, of: [{ tag: x, packs: all }] }\n  top: { aggregate: mean, of: [own, whole] }\n";
    let rulebook = together(&[&lens(body)]).good();
    let given = checked(&rulebook, &answers("  lens: { own: 3 }\n")).good();
    let assessment = assess(&rulebook, &given);
    assert_eq!(assessment.scores[0].value, None);
    assert_eq!(assessment.scores[0].state, ScoreState::NotAsked);
    assert_eq!(assessment.scores[1].value, Some(3.0));
}

#[test]
fn a_tag_reaches_into_every_pack_only_where_it_says_so() {
    let tagged = asking("other", &["a", "b"], "").replace("b: {", "b: { tags: [x],");
    let of = |set: &str| {
        lens(&format!(
            "scores:\n  whole: {{ aggregate: mean, of: [{set}] }}\n"
        ))
    };
    let rulebook = together(&[&of("{ tag: x, packs: all }"), &tagged]).good();
    let given = checked(&rulebook, &answers("  other: { a: 0, b: 4 }\n")).good();
    assert_eq!(assess(&rulebook, &given).scores[0].value, Some(4.0));
    assert_eq!(
        together(&[&of("{ tag: x }"), &tagged]).codes(),
        ["unknown-id"]
    );
}

#[test]
fn a_wrong_id_in_an_optional_pack_is_told_once_the_pack_is_there() {
    let wrong = lens(&MEAN.replace("other.a", "other.z"));
    assert!(together(&[&wrong]).problems.is_empty());
    let told = together(&[&wrong, &asking("other", &["a"], "")]).lines();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("no item `z` in the pack `other`"),
        "{told:?}"
    );
}

#[test]
fn what_cannot_do_without_an_item_cannot_rest_on_an_optional_pack() {
    let table = "decisions:\n  d: { outcomes: [a, b], inputs: [other.a], hit_policy: unique, rules: [ { id: r, if: [\"-\"], then: a, because: x } ] }\n";
    let ladder = "ladders:\n  l: { of: other.a, levels: [ { id: a }, { id: b, from: 2 } ] }\n";
    let difference = "scores:\n  d: { aggregate: difference, of: [own, other.a] }\n";
    for (body, code) in [
        (table, "invalid-use"),
        (ladder, "invalid-use"),
        (difference, "invalid-score"),
    ] {
        assert!(together(&[&lens(body)]).codes().contains(&code), "{body}");
        let both = together(&[&lens(body), &asking("other", &["a"], "")]);
        assert!(both.codes().contains(&code), "{body}");
    }
}

#[test]
fn a_gate_says_which_packs_would_prove_it() {
    let body = "gates:\n  g: { title: \"It is so\", when: { other.a: \">= 2\" }, because: b }\n\
                ladders:\n  l: { of: own, levels: [ { id: a }, { id: b, from: 0, gates: [g] } ] }\n";
    let rulebook = together(&[&lens(body)]).good();
    let given = checked(&rulebook, &answers("  lens: { own: 1 }\n")).good();
    let ladder = &assess(&rulebook, &given).levels[0];
    let said = "This assessment did not ask whether it is so; the questions on other do.";
    assert!(ladder.sentence.contains(said), "{}", ladder.sentence);
    assert_eq!(ladder.blocked_by()[0].asked_in, ["other"]);
}

#[test]
fn a_gate_that_fails_on_what_was_asked_says_so_beside_a_pack_that_was_not() {
    let gate = |when: &str| {
        format!(
            "gates:\n  g: {{ title: \"It is so\", when: {when}, because: b, advice: [ \
             {{ id: act, do: \"Act\", effort: low, impact: high, within: 30d, raises: {{}} }} ] }}\n\
             ladders:\n  l: {{ of: own, levels: [ {{ id: a }}, {{ id: b, from: 0, gates: [g] }} ] }}\n"
        )
    };
    let told = |when: &str, own: &str| {
        let rulebook = together(&[&lens(&gate(when))]).good();
        let given = checked(&rulebook, &answers(&format!("  lens: {{ own: {own} }}\n"))).good();
        assess(&rulebook, &given)
    };
    let any = "{ any: [ { own: \">= 3\" }, { other.a: \">= 2\" } ] }";
    let all = "{ all: [ { own: \">= 3\" }, { other.a: \">= 2\" } ] }";
    for (when, own, says) in [
        (
            any,
            "1",
            "unproven; not met by what was asked, and what else could meet it is asked in other",
        ),
        (
            all,
            "4",
            "unproven; met as far as it was asked, and the rest is asked in other",
        ),
        (all, "1", "not met"),
        (any, "4", "met"),
        ("{ other.a: \">= 2\" }", "4", "unproven; asked in other"),
    ] {
        let said = told(when, own).gates[0].says();
        assert!(said.starts_with(says), "{when} {own}: {said}");
    }
    // Where nobody was asked, there is nothing to answer: it is not asked, and no cause.
    let unasked = told("{ other.a: \">= 2\" }", "4");
    assert!(unasked.actions.is_empty(), "{:?}", unasked.actions);
    assert!(unasked.causes.is_empty(), "{:?}", unasked.causes);
    let mut needs = unasked.levels.iter().flat_map(|one| one.blocked_by());
    assert!(needs.all(|need| need.asked_in == ["other"]));
}

#[test]
fn a_missing_pack_a_wrong_version_and_a_circle_are_told_with_their_place() {
    let user = |uses: &str| asking("a", &["x"], uses);
    let missing = together(&[&user("uses: { b: \"^1\" }\n")]).lines();
    assert!(missing[0].starts_with("10:9 unknown-pack: the pack `b` is used and not there"));
    let other = asking("b", &["y"], "");
    for uses in [
        "uses: { b: \"^2\" }\n",
        "uses: { b: { version: \"^2\", optional: true } }\n",
    ] {
        let wrong = together(&[&user(uses), &other]).lines();
        assert!(wrong[0].contains("version-mismatch: `b` is there in version 1.0.0, not `^2`"));
    }
    let back = asking("b", &["y"], "uses: { a: \"^1\" }\n");
    let circle = together(&[&user("uses: { b: \"^1\" }\n"), &back]).lines();
    assert!(
        circle[0].contains("cycle: packs use one another in a circle: `a` uses `b` uses `a`"),
        "{circle:?}"
    );
}

#[test]
fn a_pack_that_another_needs_comes_with_it() {
    let there = Sandbox::new()
        .file("packs/base/pack.yaml", asking("base", &["a"], ""))
        .file(
            "packs/lens/pack.yaml",
            asking(
                "lens",
                &["own"],
                "uses: { base: \"^1\" }\nscores:\n  m: { aggregate: mean, of: [own, base.a] }\n",
            ),
        )
        .file("c.yaml", answers("  base: { a: 4 }\n  lens: { own: 2 }\n"));
    let said = there
        .run("assess c.yaml --packs packs --format json")
        .exits(0);
    assert!(said.stdout.contains("\"id\": \"base.a\""));
    assert!(said.stdout.contains("\"value\": 3.0"), "{}", said.stdout);
}

#[test]
fn cases_say_which_packs_are_there_beside_their_own() {
    let cases = "format: 1\nwith: [other]\ncases:\n\
                 - { name: both, answers: { own: 1, other.a: 4 }, expect: { scores: { mean: 2.5 } } }\n\
                 - { name: alone, with: [], answers: { own: 1 }, expect: { scores: { mean: { value: 1, coverage: 1 } } } }\n\
                 - { name: wrong, with: [othr], expect: {} }\n";
    let said = Sandbox::new()
        .file("packs/lens/pack.yaml", lens(MEAN))
        .file("packs/lens/cases/c.yaml", cases)
        .file("packs/other/pack.yaml", asking("other", &["a"], ""))
        .run("pack test lens --packs packs")
        .exits(3);
    assert!(said.stdout.contains("2 of 2 cases pass"), "{}", said.stdout);
    assert!(
        said.stderr.contains("did you mean `other`?"),
        "{}",
        said.stderr
    );
}
