//! Numbers that several people gave: their median, and what is kept of them.

use centricity::answers::{Numbers, quantile};
use centricity::rules::pack::file::QuestionType;

fn numbers(values: &[f64]) -> Numbers {
    let mut all = Numbers::default();
    for value in values {
        all.add(*value);
    }
    all
}

fn median(kind: QuestionType, groups: &[(&Numbers, f64)]) -> Option<f64> {
    quantile(kind, groups, 0.5)
}

#[test]
fn a_median_is_what_people_would_say() {
    use QuestionType::{Decimal, Integer, Percent};
    let cases: [(QuestionType, &[f64], f64); 14] = [
        (Percent, &[5.0, 10.0, 15.0, 20.0, 35.0], 15.0),
        (Percent, &[10.0, 15.0], 13.0),
        (Percent, &[12.7, 10.0, 30.0], 13.0),
        (Percent, &[97.5, 97.5, 97.5], 97.5),
        (Percent, &[0.4, 0.4, 1.0], 0.4),
        (Percent, &[2.5, 3.0], 2.8),
        (Integer, &[3.0, 4.0], 4.0),
        (Integer, &[-3.0, -4.0], -3.0),
        (Decimal, &[1234.5, 1200.0, 1300.0], 1200.0),
        (Decimal, &[0.42, 0.45, 0.5], 0.45),
        (Decimal, &[3.25, 3.25, 3.5], 3.25),
        (Decimal, &[0.0, 0.0, 5.0], 0.0),
        (Decimal, &[-1250.0, -1250.0, -1300.0], -1250.0),
        (Decimal, &[1e20, 3e20, 2e20], 2e20),
    ];
    for (kind, values, wanted) in cases {
        let found = median(kind, &[(&numbers(values), 1.0)]).expect("people");
        assert!(
            (found - wanted).abs() <= wanted.abs() * 1e-12,
            "{values:?}: {found}"
        );
    }
}

#[test]
fn groups_weigh_as_they_are_told() {
    let (few, many) = (numbers(&[40.0, 40.0]), numbers(&[10.0; 9]));
    let middle = |few_weigh| median(QuestionType::Decimal, &[(&few, few_weigh), (&many, 1.0)]);
    assert_eq!(middle(0.5), Some(10.0));
    assert_eq!(middle(1.0), Some(25.0), "as much on either side");
    assert_eq!(middle(2.0), Some(40.0));
    assert_eq!(median(QuestionType::Decimal, &[]), None);
}

#[test]
fn what_is_kept_stays_bounded_and_does_not_depend_on_the_order() {
    let values: Vec<f64> = (0..50_000).map(|nth| f64::from(nth) * 1.37).collect();
    let forward = numbers(&values);
    let backward: Vec<f64> = values.iter().rev().copied().collect();
    let mut parts = Numbers::default();
    for part in values.chunks(700) {
        parts.absorb(&numbers(part));
    }
    assert_eq!(forward, numbers(&backward));
    assert_eq!(forward, parts);
    let kept = forward.counts().count();
    assert!(kept < 6000, "{kept}");
    assert_eq!(forward.people(), 50_000);
    let middle = median(QuestionType::Decimal, &[(&forward, 1.0)]);
    assert_eq!(middle, Some(34_200.0), "34,249.3 to three digits");
    let exact = numbers(&values[..1000]);
    assert_eq!(exact.counts().count(), 1000, "as they are");
}
