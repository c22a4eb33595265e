//! What is measured and what is called for, and what leaves the scores that gather over all packs.

use crate::workshop::{built_in, checked, linked, ratings};
use centricity::assess::{assess, evaluate};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::{Truth, pack};

/// A pack whose section `extra` is called for where `need` is at least 2, its own score over all,
/// and a second pack that gathers by tag.
fn book() -> Rulebook {
    let tagged = |ids: &[&str]| {
        let mut text = String::new();
        for id in ids {
            text.push_str(&crate::workshop::rating(id, "tags: [x]"));
        }
        text
    };
    let p = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}{}\
         \u{20} extra:\n    title: E\n    called_for: {{ need: \">= 2\" }}\n    questions:\n{}\
         scores:\n  own: {{ aggregate: mean, of: [base, more] }}\n",
        ratings(&["need"]),
        "  base:\n    title: B\n    questions:\n".to_owned() + &tagged(&["base"]),
        tagged(&["more"]),
    )
    .replace("  base:\n    title", "  b:\n    title");
    let all =
        |aggregate: &str| format!("{{ aggregate: {aggregate}, of: [{{ tag: x, packs: all }}] }}");
    let q = format!(
        "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nheadline: mean\nscores:\n  mean: {}\n  least: {}\n  sum: {}\n  spread: {}\n",
        all("mean"),
        all("min"),
        all("sum"),
        all("spread"),
    );
    linked(&[&[("pack.yaml", &p)], &[("pack.yaml", &q)]]).good()
}

fn scored(rulebook: &Rulebook, text: &str) -> Vec<(String, Option<f64>, f64, f64)> {
    let text =
        format!("format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers:\n  p: {{ {text} }}\n");
    let assessment = assess(rulebook, &checked(rulebook, &text).good());
    let scores = assessment.scores.into_iter();
    scores
        .map(|one| {
            (
                String::from(&*one.id),
                one.value,
                one.range.map_or(f64::NAN, |range| range.low),
                one.range.map_or(f64::NAN, |range| range.high),
            )
        })
        .collect()
}

#[test]
fn what_is_certainly_not_called_for_leaves_what_is_gathered_and_not_the_packs_own_score() {
    let rulebook = book();
    let found = scored(&rulebook, "need: 1, base: 4, more: 0");
    let value = |id: &str| found.iter().find(|one| one.0 == id).unwrap();
    assert_eq!(value("p.own").1, Some(2.0));
    assert_eq!(value("q.mean").1, Some(4.0));
    assert_eq!((value("q.mean").2, value("q.mean").3), (4.0, 4.0));
    let found = scored(&rulebook, "need: 2, base: 4, more: 0");
    let mean = found.iter().find(|one| one.0 == "q.mean").unwrap();
    assert_eq!((mean.1, mean.2, mean.3), (Some(2.0), 2.0, 2.0));
}

#[test]
fn while_it_is_open_the_range_is_exactly_that_of_all_completions() {
    let rulebook = book();
    let worths = [None, Some(0), Some(1), Some(2), Some(3), Some(4)];
    let line = |need: Option<i32>, base: Option<i32>, more: Option<i32>| {
        let part = |id: &str, worth: Option<i32>| worth.map(|worth| format!("{id}: {worth}"));
        let parts = [part("need", need), part("base", base), part("more", more)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let all = |worth: Option<i32>| worth.map_or_else(|| (0..=4).collect(), |worth| vec![worth]);
    for (need, base, more) in triples(&worths) {
        let open = scored(&rulebook, &line(need, base, more));
        let mut ends: Vec<(f64, f64)> = vec![(f64::INFINITY, f64::NEG_INFINITY); open.len()];
        for (a, b, c) in triples(&worths) {
            let fits = |wanted: Option<i32>, one: Option<i32>| {
                one.is_some_and(|one| all(wanted).contains(&one))
            };
            if fits(need, a) && fits(base, b) && fits(more, c) {
                let whole = scored(&rulebook, &line(a, b, c));
                for (end, one) in ends.iter_mut().zip(&whole) {
                    let value = one.1.unwrap_or(f64::NAN);
                    *end = (end.0.min(value), end.1.max(value));
                }
            }
        }
        for (end, one) in ends.iter().zip(&open) {
            let name = format!("{} with {}", one.0, line(need, base, more));
            if one.0 == "q.spread" {
                // A spread of one part is none, so its range may be wider and never narrower.
                assert!(
                    end.0.is_infinite() || (one.2 <= end.0 && end.1 <= one.3),
                    "{name}"
                );
            } else {
                assert!((one.2 - end.0).abs() < 1e-9, "{name}: {one:?} {end:?}");
                assert!((one.3 - end.1).abs() < 1e-9, "{name}: {one:?} {end:?}");
            }
        }
    }
}

type Three = (Option<i32>, Option<i32>, Option<i32>);

fn triples(worths: &[Option<i32>]) -> Vec<Three> {
    let mut list = Vec::new();
    for a in worths {
        for b in worths {
            list.extend(worths.iter().map(|c| (*a, *b, *c)));
        }
    }
    list
}

fn called_for(rulebook: &Rulebook, text: &str, id: &str) -> Truth {
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [organisation]\nanswers:\n  organisation: {{ {text} }}\n"
    );
    let answers = checked(rulebook, &text).good();
    evaluate(rulebook, &answers).called_for[rulebook.find(id).unwrap()]
}

#[test]
fn the_form_called_for_says_which_forms_items_are_called_for() {
    let rulebook = built_in(&["organisation"]);
    let light =
        "integration: linked, products: up-to-fifteen, customers: hundreds, variety: some-families";
    let form = |text: &str, id: &str| called_for(&rulebook, text, &format!("organisation.{id}"));
    for (id, wanted) in [
        ("rewards", Truth::True),
        ("promise", Truth::True),
        ("power", Truth::False),
        ("front", Truth::False),
        ("talent", Truth::False),
    ] {
        assert_eq!(form(light, id), wanted, "{id}");
    }
    for id in ["promise", "power", "front"] {
        assert_eq!(form("", id), Truth::Unknown, "{id}");
    }
}

#[test]
fn an_account_managers_role_is_called_for_by_the_form_alone() {
    let rulebook = built_in(&["organisation", "one-to-one"]);
    let light =
        "integration: linked, products: up-to-fifteen, customers: hundreds, variety: some-families";
    // Whom it serves and who pays decide whether managers and value by customer are asked at all.
    let facts = "body: firm, paid-by: customers, market: b2b";
    let form = |quadrant: &str| {
        let text = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [organisation]\nanswers:\n  profile: {{ {facts} }}\n  organisation: {{ {light} }}\n  one-to-one: {{ {quadrant} }}\n"
        );
        let answers = checked(&rulebook, &text).good();
        let truths = evaluate(&rulebook, &answers).called_for;
        [
            "organisation.role",
            "organisation.power",
            "one-to-one.portfolio",
        ]
        .map(|id| truths[rulebook.find(id).unwrap()])
    };
    assert_eq!(
        form("value-unlike: 4, need-unlike: 1"),
        [Truth::False, Truth::False, Truth::True]
    );
    assert_eq!(
        form("value-unlike: 1, need-unlike: 1"),
        [Truth::False, Truth::False, Truth::False]
    );
}

#[test]
fn facts_about_the_market_are_measured_by_nothing() {
    let names = pack::built_in_names();
    let rulebook = built_in(&names);
    let facts = [
        "offer",
        "location",
        "readiness",
        "drivers",
        "firm",
        "quadrants",
        "effort",
    ];
    for section in &rulebook.sections {
        for node in &section.questions {
            let item = rulebook.item(*node).unwrap();
            if facts.contains(&section.id.as_str()) {
                assert!(!rulebook.is_measured(*node), "{}", item.id);
            }
        }
    }
    for id in [
        "organisation.power",
        "organisation.front",
        "signs.seen-access",
        "economics.lifetime-used",
        "principles.answers-alike",
        "organisation.talent",
    ] {
        assert!(rulebook.is_measured(rulebook.find(id).unwrap()), "{id}");
    }
}

#[test]
fn what_calls_for_an_item_cannot_rest_on_it() {
    let text = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n{}scores:\n  mean: {{ aggregate: mean, of: [ape, bee], called_for: {{ ape: \">= 2\" }} }}\n",
        ratings(&["ape", "bee"])
    );
    let outcome = linked(&[&[("pack.yaml", &text)]]);
    assert_eq!(outcome.codes(), ["cycle"]);
}
