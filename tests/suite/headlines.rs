//! What speaks for a pack, which pack speaks for all, and what says whether it fits.

use crate::clients::every;
use crate::sandbox::{ROOT, Sandbox};
use crate::workshop::{built_in, linked, pack, ratings};
use centricity::assess::{MetNeed, NeedKind, NeedState};
use centricity::rules::pack;
use centricity::rules::rulebook::Rulebook;
use centricity::study::lint;
use centricity::text::diagnostic::Code;
use std::collections::BTreeSet;
use std::path::Path;
use walkdir::WalkDir;

const LADDER: &str =
    "ladders:\n  level: { of: whole, levels: [ { id: low }, { id: high, from: 2 } ] }\n";

fn body(keys: &str, rest: &str) -> String {
    format!("{keys}{}{rest}", ratings(&["ape", "bee"]))
}

fn headline(keys: &str, rest: &str) -> Option<String> {
    let rulebook = pack(&body(keys, rest)).good();
    let node = rulebook.packs[0].headline?;
    Some(rulebook.item(node).unwrap().local_id().to_owned())
}

const TWO: &str = "scores:\n  delivery: { aggregate: mean, of: [ape] }\n  service: { aggregate: mean, of: [bee] }\n";
const WHOLE: &str = "scores:\n  delivery: { aggregate: mean, of: [ape] }\n  service: { aggregate: mean, of: [bee] }\n  whole: { aggregate: mean, of: [delivery, service] }\n  apart: { aggregate: spread, of: [delivery, service] }\n  lead: { aggregate: difference, of: [whole, service] }\n";

#[test]
fn a_pack_names_what_speaks_for_it() {
    let said = headline("headline: service\n", &format!("{WHOLE}{LADDER}"));
    assert_eq!(said.as_deref(), Some("service"));
}

#[test]
fn without_a_word_the_only_ladder_speaks_and_else_the_topmost_score() {
    let ladder = headline("", &format!("{WHOLE}{LADDER}"));
    assert_eq!(ladder.as_deref(), Some("level"));
    assert_eq!(headline("", WHOLE).as_deref(), Some("whole"));
}

#[test]
fn where_two_scores_are_topmost_none_speaks_and_lint_asks() {
    assert_eq!(headline("", TWO), None);
    let asked = |keys: &str, rest: &str| {
        let rulebook = pack(&body(keys, rest)).good();
        let advice = lint(&rulebook, 0);
        advice.iter().any(|one| one.code == Code::MissingHeadline)
    };
    assert!(asked("", TWO));
    assert!(!asked("headline: delivery\n", TWO));
    assert!(!asked("", WHOLE));
}

#[test]
fn what_cannot_speak_for_a_pack_is_refused() {
    let lines = |keys: &str| pack(&body(keys, TWO)).lines();
    assert_eq!(
        lines("headline: ape\n"),
        [
            "5:11 invalid-headline: `ape` cannot speak for this pack (name a score or a ladder of this pack)"
        ]
    );
    assert_eq!(
        lines("headline: delivry\n"),
        ["5:11 unknown-id: no item `delivry` in this pack (did you mean `delivery`?)"]
    );
}

#[test]
fn one_pack_of_an_assessment_speaks_for_all() {
    let text = |id: &str| {
        let asks = ratings(&["ape"]);
        format!("format: 1\nid: {id}\nversion: 1.0.0\ntitle: T\noverall: true\n{asks}")
    };
    let (one, two) = (text("one"), text("two"));
    let alone = linked(&[&[("pack.yaml", &one)]]).good();
    assert_eq!(alone.overall(), Some(0));
    let both = linked(&[&[("pack.yaml", &one)], &[("pack.yaml", &two)]]);
    assert_eq!(
        both.lines(),
        [
            "5:10 invalid-headline: the pack `one` already speaks for all packs (leave `overall` out of one of them, or one of them out of the assessment)"
        ]
    );
}

const FORMS: &str = "scores:\n  gap: { aggregate: difference, of: [built, wanted] }\n\
ladders:\n  built: { levels: [ { id: none }, { id: some, every: { of: [bee], at_least: 2 } } ] }\n\
decisions:\n  wanted: { outcomes: [none, some], inputs: [ape], hit_policy: unique, rules: [ { id: a, if: [\"< 2\"], then: none, because: x }, { id: b, if: [\">= 2\"], then: some, because: x } ] }\n\
\u{20} verdict: { outcomes: [under-built, fit, over-built], ordered: false, inputs: [gap], hit_policy: unique, rules: [ { id: a, if: [\"< 0\"], then: under-built, because: x }, { id: b, if: [\"[0..1)\"], then: fit, because: x }, { id: c, if: [\">= 1\"], then: over-built, because: x } ] }\n";

#[test]
fn a_pack_names_what_says_whether_it_fits() {
    let keys = "fit: { called_for: wanted, built: built, decision: verdict }\n";
    let rulebook = pack(&body(keys, FORMS)).good();
    let fit = rulebook.packs[0].fit.unwrap();
    let id = |node: usize| rulebook.item(node).unwrap().local_id();
    assert_eq!(
        [id(fit.called_for), id(fit.built), id(fit.decision)],
        ["wanted", "built", "verdict"]
    );
}

#[test]
fn what_cannot_say_whether_it_fits_is_refused() {
    let lines = |keys: &str| pack(&body(&format!("fit: {{ {keys} }}\n"), FORMS)).lines();
    assert_eq!(
        lines("called_for: gap, built: built, decision: verdict"),
        [
            "5:20 invalid-fit: `gap` is no decision (name the decision that says which form is called for)"
        ]
    );
    assert_eq!(
        lines("called_for: wanted, built: verdict, decision: verdict"),
        [
            "5:35 invalid-fit: `verdict` is no ladder of the forms that `wanted` decides between (give its levels the names of the decision's outcomes, in the same order)"
        ]
    );
    assert_eq!(
        lines("called_for: wanted, built: built, decision: wanted"),
        [
            "5:52 invalid-fit: `wanted` does not decide about fit (its outcomes are `under-built`, `fit` and `over-built`, and one of them comes out)"
        ]
    );
}

#[test]
fn lint_asks_for_fit_where_it_is_drawn() {
    let drawn =
        "exhibits:\n  - { id: e, kind: steps, title: T, decision: wanted, ladder: built }\n";
    let asked = |keys: &str| {
        let rulebook = pack(&body(keys, &format!("{FORMS}{drawn}"))).good();
        let advice = lint(&rulebook, 0);
        advice.iter().any(|one| one.code == Code::MissingFit)
    };
    assert!(asked(""));
    assert!(!asked(
        "fit: { called_for: wanted, built: built, decision: verdict }\n"
    ));
}

#[test]
fn every_built_in_pack_with_scores_says_what_speaks_for_it() {
    let names = pack::built_in_names();
    let rulebook: Rulebook = built_in(&names);
    for pack in &rulebook.packs {
        assert_eq!(pack.headline.is_some(), pack.id != "profile", "{}", pack.id);
        assert_eq!(pack.overall, pack.id == "maturity");
        assert_eq!(pack.fit.is_some(), pack.id == "organisation");
    }
}

#[test]
fn a_need_says_by_how_much_it_is_missed() {
    let mut near = BTreeSet::new();
    for (name, client) in every() {
        let result = &client.assessment;
        for ladder in &result.levels {
            let next = ladder.rank.unwrap_or(1);
            for (place, level) in ladder.levels.iter().enumerate() {
                for need in &level.needs {
                    let id = format!("{name}: {} {}", ladder.id, need.id);
                    let is_open = matches!(need.state, NeedState::Unmet | NeedState::Unproven);
                    let is_next = place == next && ladder.higher_is_called_for;
                    assert_eq!(need.blocks, is_next && is_open, "{id}");
                    let score = result.score(&need.id).and_then(|score| score.index);
                    let (Some(from), Some(index)) = (need.from, score) else {
                        assert!(need.lacks.is_none() || need.from.is_some(), "{id}");
                        continue;
                    };
                    let lacks = (from > index).then_some(from - index);
                    let differs = need
                        .lacks
                        .zip(lacks)
                        .is_some_and(|(one, other)| (one - other).abs() > 1e-9);
                    assert!(need.lacks.is_some() == lacks.is_some() && !differs, "{id}");
                    assert_eq!(need.near, (from - index).abs() < 2.0, "{id}");
                    near.insert(need.near);
                }
            }
        }
    }
    assert_eq!(
        near.len(),
        2,
        "some needs are missed by a little, others by more"
    );
}

#[test]
fn what_an_action_meets_blocks_a_level_today() {
    let mut kinds = BTreeSet::new();
    for (name, client) in every() {
        let result = &client.assessment;
        let effects = result.actions.iter().filter_map(|one| one.effect.as_ref());
        for effect in effects {
            for met in &effect.meets {
                let ladder = result.ladder(&met.ladder).expect("a ladder");
                let mut blocking = ladder.blocked_by().into_iter();
                let need = blocking.find(|need| *need.id == *met.id);
                kinds.insert(need.expect("a need that blocks").kind == NeedKind::Gate);
            }
            for opened in &effect.opens {
                let asking = result.levels.iter().filter(|ladder| {
                    let mut needs = ladder.blocked_by().into_iter();
                    ladder.rank.is_some() && needs.any(|need| *need.id == **opened)
                });
                for ladder in asking {
                    let met = |one: &MetNeed| one.id == *opened && one.ladder == ladder.id;
                    assert!(effect.meets.iter().any(met), "{name}: {opened}");
                }
            }
            for point in &effect.points {
                let needs = result.levels.iter().flat_map(|one| one.blocked_by());
                let mut lacks = needs.filter(|one| *one.id == *point.id);
                let known = lacks.any(|one| one.lacks == point.lacks);
                assert!(known || point.lacks.is_none(), "{name}: {}", point.id);
            }
        }
    }
    assert_eq!(kinds.len(), 2, "gates and scores are met");
}

#[test]
fn the_level_without_agreed_values_is_that_of_the_answers_alone() {
    let folder = Path::new(ROOT).join("tests/clients/meridian-freight");
    let mut sandbox = Sandbox::new();
    for entry in WalkDir::new(&folder) {
        let entry = entry.expect("a file of the sample");
        if entry.file_type().is_file() {
            let inner = entry.path().strip_prefix(&folder).expect("a path within");
            let bytes = std::fs::read(entry.path()).expect("a file");
            sandbox = sandbox.file(inner.to_str().expect("UTF-8"), bytes);
        }
    }
    let result = || sandbox.run("assess . --format json").exits(0).json();
    let agreed = result();
    let standing = &agreed["standing"];
    std::fs::remove_file(sandbox.path("consensus.yaml")).expect("what was agreed");
    let alone = result();
    let levels = alone["levels"].as_array().expect("levels");
    let ladder = levels.iter().find(|one| one["id"] == standing["ladder"]);
    let level = &ladder.expect("the ladder")["level"];
    assert!(
        level.is_object() && standing["without_agreed"] == *level,
        "{level}"
    );
    assert!(alone["standing"]["without_agreed"].is_null());
}
