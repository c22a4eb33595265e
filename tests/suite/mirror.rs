//! What must hold for every comparison: nothing moves against itself, read backwards it says the
//! same, and a change is never smaller than it may be.

use super::completions::{givens, laid};
use super::generate::packs;
use super::movement::{SAME, Scored};
use super::properties::cases;
use super::workshop::linked;
use centricity::study::{Comparison, Movement, ScoreChange, compare, documents};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A movement seen from the other side.
fn reversed(movement: Movement) -> Movement {
    match movement {
        Movement::Rose => Movement::Fell,
        Movement::Fell => Movement::Rose,
        Movement::Came => Movement::Went,
        Movement::Went => Movement::Came,
        Movement::Same | Movement::Slight | Movement::Differs => movement,
    }
}

fn mirrored(one: &Comparison, other: &Comparison) -> Result<(), TestCaseError> {
    let negative = |value: Option<f64>| value.map(|value| -value + 0.0);
    let close = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-7,
        (one, other) => one.is_none() && other.is_none(),
    };
    for (a, b) in one.scores.iter().zip(&other.scores) {
        prop_assert_eq!(&a.id, &b.id);
        prop_assert_eq!(&a.from, &b.to);
        prop_assert_eq!(&a.to, &b.from);
        prop_assert!(close(a.difference, negative(b.difference)));
        prop_assert!(close(a.together, negative(b.together)), "{a:?} {b:?}");
        prop_assert_eq!(a.movement, reversed(b.movement));
        prop_assert!((a.least - b.least).abs() < 1e-9);
        let shares = |one: &ScoreChange| -> BTreeMap<String, Option<f64>> {
            let all = one.because.iter();
            all.map(|share| (share.id.clone(), share.index)).collect()
        };
        let (left, right) = (shares(a), shares(b));
        prop_assert_eq!(left.len(), right.len(), "{:?} {:?}", a, b);
        for (id, share) in left {
            prop_assert!(close(share, negative(right[&id])));
        }
    }
    for (a, b) in one.gates.iter().zip(&other.gates) {
        prop_assert_eq!(a.movement, reversed(b.movement));
    }
    for (a, b) in one.levels.iter().zip(&other.levels) {
        prop_assert_eq!(a.movement, reversed(b.movement));
        prop_assert_eq!(a.certain, b.certain);
    }
    for (a, b) in one.decisions.iter().zip(&other.decisions) {
        prop_assert_eq!(a.movement, reversed(b.movement));
    }
    let opened = |one: &Comparison, wanted: bool| -> Vec<String> {
        let all = one.findings.iter().filter(|one| one.opened == wanted);
        all.map(|one| one.id.clone()).collect()
    };
    prop_assert_eq!(opened(one, true), opened(other, false));
    prop_assert_eq!(one.answers.len(), other.answers.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_moves_against_itself((text, given) in (packs(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let side = Scored::new(&rulebook, laid(&rulebook, &given));
        let told = compare(&side.side(), &side.side(), SAME);
        prop_assert!(told.is_empty(), "{told:?}");
        prop_assert!(told.banners.is_empty());
        prop_assert!(documents(&side.result, &side.result).is_empty());
    }

    #[test]
    fn read_backwards_it_says_the_same((text, one, other) in (packs(), givens(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let one = Scored::new(&rulebook, laid(&rulebook, &one));
        let other = Scored::new(&rulebook, laid(&rulebook, &other));
        let there = compare(&one.side(), &other.side(), SAME);
        let back = compare(&other.side(), &one.side(), SAME);
        mirrored(&there, &back)?;
        mirrored(&documents(&one.result, &other.result), &documents(&other.result, &one.result))?;
    }

    #[test]
    fn a_change_is_never_smaller_than_what_is_open_on_one_side_or_a_quarter_anchor((text, one, other) in (packs(), givens(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let one = Scored::new(&rulebook, laid(&rulebook, &one));
        let other = Scored::new(&rulebook, laid(&rulebook, &other));
        for score in compare(&one.side(), &other.side(), SAME).scores {
            if matches!(score.movement, Movement::Rose | Movement::Fell) {
                let difference = score.common.and_then(|one| one.difference).or(score.difference);
                let moved = difference.expect("a difference").abs() + 1e-9;
                prop_assert!(moved >= 6.25);
                prop_assert!(moved >= score.open);
                prop_assert!(score.why.is_none());
            }
        }
    }
}
