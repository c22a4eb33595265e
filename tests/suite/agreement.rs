//! How far people agree, against figures worked by hand.

use crate::workshop::round;
use centricity::agreement::{ScaleSums, contested, ends, rwg, variance};
use centricity::answers::hide::hidden;

/// Answers on a scale from 1 to 5 as counts.
fn of(answers: &[usize]) -> [u32; 5] {
    let mut counts = [0; 5];
    for answer in answers {
        counts[answer - 1] += 1;
    }
    counts
}

#[test]
fn agreement_is_one_less_the_variance_over_that_of_chance() {
    let agreed = |answers: &[usize]| rwg(&of(answers)).map(round);
    assert_eq!(agreed(&[4, 4, 5, 5]), Some(0.8333));
    assert_eq!(agreed(&[2, 3, 4]), Some(0.5));
    assert_eq!(agreed(&[1, 5, 1, 5]), Some(0.0), "floored");
    assert_eq!(agreed(&[3]), None, "one answer agrees with nobody");
    assert_eq!(agreed(&[]), None);
    assert_eq!(rwg(&[4]), None, "a scale of one step");
    assert_eq!(variance(&of(&[2, 3, 4])), Some(1.0));
}

#[test]
fn alpha_holds_a_scale_together() {
    let people = [
        [3.0, 4.0, 3.0],
        [2.0, 3.0, 4.0],
        [4.0, 4.0, 5.0],
        [3.0, 2.0, 3.0],
        [4.0, 4.0, 4.0],
    ];
    let mut all = ScaleSums::default();
    for answers in &people {
        all.add(answers);
    }
    let alpha = all.alpha().expect("five people, three questions");
    assert!((alpha - 0.732_558).abs() < 1e-6, "{alpha}");
    let (mut first, mut rest) = (ScaleSums::default(), ScaleSums::default());
    for (nth, answers) in people.iter().enumerate() {
        let part = if nth < 2 { &mut first } else { &mut rest };
        part.add(answers);
    }
    first.absorb(&rest);
    assert_eq!(first, all, "parts add up");
    let mut alike = ScaleSums::default();
    alike.add(&[1.0, 2.0]);
    assert_eq!(alike.alpha(), None, "one person");
    alike.add(&[2.0, 1.0]);
    assert_eq!(alike.alpha(), None, "totals that do not differ");
}

#[test]
fn a_question_is_contested_when_answers_lie_two_steps_apart() {
    assert!(contested(&[0, 1, 1, 1, 0]));
    assert!(!contested(&[0, 0, 2, 1, 0]));
    assert!(
        !contested(&[1, 0, 0, 0, 1]),
        "two people argue by themselves"
    );
    assert!(contested(&[2, 2]), "or agree by less than a half");
    assert_eq!(ends(&[0, 1, 0, 3, 0]), Some((1, 3)));
    assert_eq!(ends(&[0, 0]), None);
}

#[test]
fn small_groups_are_hidden_with_those_that_would_give_them_away() {
    let names = |sizes: &[u32], minimum| {
        let pairs = sizes.iter().copied().zip(hidden(sizes, minimum));
        pairs
            .filter(|(_, hidden)| *hidden)
            .map(|(size, _)| size)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&[8, 7, 2, 5, 1], 3), [2, 1]);
    assert_eq!(names(&[7, 1], 3), [7, 1]);
    assert_eq!(
        names(&[9, 2, 2, 6], 5),
        [2, 2, 6],
        "four are fewer than five"
    );
    assert_eq!(
        names(&[9, 4, 6, 0], 5),
        [4, 6],
        "an empty group hides nothing"
    );
    assert_eq!(names(&[9, 8, 7], 5), [0; 0]);
    assert_eq!(names(&[2], 5), [2]);
}
