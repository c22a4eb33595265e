//! How the built-in packs rate what they advise, by the yardstick of `docs/effort-and-impact.md`; and
//! that what they say enters no score enters none.

use crate::workshop::built_in;
use centricity::rules::pack;
use centricity::rules::pack::file::{Horizon, Size};
use centricity::rules::rulebook::{Advice, Rulebook, Step};

fn all() -> Rulebook {
    built_in(&pack::built_in_names())
}

/// Each advice of gates and findings.
fn advised(rulebook: &Rulebook) -> Vec<&Advice> {
    let gates = rulebook.gates.iter().flat_map(|one| &one.advice);
    let findings = rulebook.findings.iter().flat_map(|one| &one.advice);
    gates.chain(findings).collect()
}

/// The share of those that pass a test, in percent.
fn share(all: &[&Advice], test: impl Fn(&Advice) -> bool) -> usize {
    let passed = all.iter().filter(|one| test(one));
    passed.count() * 100 / all.len()
}

#[test]
fn effort_and_impact_are_spread_as_the_yardstick_means_them() {
    let rulebook = all();
    let all = advised(&rulebook);
    assert!(all.len() > 400, "{}", all.len());
    let effort = |size: Size| share(&all, |one| one.effort == size);
    let impact = |size: Size| share(&all, |one| one.impact == size);
    let within = |range: std::ops::RangeInclusive<usize>, share: usize| range.contains(&share);
    assert!(within(35..=55, effort(Size::Low)), "{}", effort(Size::Low));
    assert!(within(35..=55, effort(Size::Medium)));
    assert!(
        within(10..=25, effort(Size::High)),
        "{}",
        effort(Size::High)
    );
    assert!(within(15..=35, impact(Size::Low)), "{}", impact(Size::Low));
    assert!(within(35..=55, impact(Size::Medium)));
    assert!(within(20..=40, impact(Size::High)));
    let quick = share(&all, |one| {
        one.effort == Size::Low && one.impact == Size::High
    });
    assert!(quick <= 12, "{quick} of 100 are quick wins");
    assert!(share(&all, |one| one.within == Horizon::Later) >= 10);
}

#[test]
fn no_pack_is_all_quick_wins() {
    let rulebook = all();
    for pack in &rulebook.packs {
        let own = format!("{}.", pack.id);
        let all: Vec<&Advice> = advised(&rulebook)
            .into_iter()
            .filter(|one| one.work.starts_with(&own))
            .collect();
        if all.len() < 10 {
            continue;
        }
        let quick = share(&all, |one| {
            one.effort == Size::Low && one.impact == Size::High
        });
        assert!(quick <= 20, "{}: {quick}", pack.id);
    }
}

#[test]
fn what_takes_long_is_not_to_be_begun_and_done_at_once() {
    let rulebook = all();
    for one in advised(&rulebook) {
        let fits = match one.effort {
            Size::Low => one.within != Horizon::Later,
            Size::Medium => one.within != Horizon::Now,
            Size::High => one.within == Horizon::Later,
        };
        assert!(fits, "{}: {:?} {:?}", one.work, one.effort, one.within);
    }
}

#[test]
fn what_is_said_to_enter_no_score_enters_none() {
    let said = [
        "enters no score",
        "enter no score",
        "never mixed into a score",
        "in no score",
        "enters no other score",
    ];
    let rulebook = all();
    let mut seen = 0;
    for section in &rulebook.sections {
        let intro = section.intro.as_deref().unwrap_or_default();
        for node in &section.questions {
            let item = &rulebook.items[*node];
            let question = item.kind.question().expect("a question");
            let texts = [&question.help, &question.why].map(|one| one.as_deref().unwrap_or(""));
            let is_said = |text: &str| said.iter().any(|words| text.contains(words));
            if !is_said(intro) && !texts.iter().any(|text| is_said(text)) {
                continue;
            }
            seen += 1;
            for step in &rulebook.program.steps {
                let Step::Score {
                    node: score,
                    score: rule,
                } = step
                else {
                    continue;
                };
                // A distance between two results is a result too.
                let distance = rule.aggregate.properties().distance;
                let reads = !distance && rule.terms.iter().any(|term| term.node == *node);
                assert!(!reads, "{} enters {}", item.id, rulebook.items[*score].id);
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}
