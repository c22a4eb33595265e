//! Distributions of a score over many clients: quartiles, and the bands a benchmark tells.

use centricity::study::portfolio::{BAND, Bands, Distribution};
use proptest::prelude::*;

fn spread(values: &[f64]) -> Distribution {
    let mut spread = Distribution::default();
    for value in values {
        spread.add(*value);
    }
    spread
}

fn five(values: &[f64]) -> [f64; 5] {
    let found = spread(values).quartiles().expect("values");
    [found.min, found.q1, found.median, found.q3, found.max]
}

#[test]
#[expect(clippy::float_cmp, reason = "worked by hand, and exact in binary")]
fn quartiles_are_those_worked_by_hand() {
    // Places of four values: 0.75, 1.5 and 2.25.
    assert_eq!(
        five(&[40.0, 10.0, 30.0, 20.0]),
        [10.0, 17.5, 25.0, 32.5, 40.0]
    );
    // Places of five: 1, 2 and 3, which are values.
    assert_eq!(
        five(&[1.0, 2.0, 3.0, 4.0, 100.0]),
        [1.0, 2.0, 3.0, 4.0, 100.0]
    );
    // Of seven: 1.5, 3 and 4.5, with one value three times.
    assert_eq!(
        five(&[5.0, 5.0, 5.0, 8.0, 9.0, 12.0, 20.0]),
        [5.0, 5.0, 8.0, 10.5, 20.0]
    );
    assert_eq!(five(&[7.0]), [7.0; 5]);
    assert_eq!(five(&[0.0, 100.0]), [0.0, 25.0, 50.0, 75.0, 100.0]);
    assert_eq!(Distribution::default().quartiles(), None);
}

#[test]
fn what_is_no_number_is_not_counted_and_zero_is_one_value() {
    let spread = spread(&[f64::NAN, f64::INFINITY, 0.0, -0.0]);
    assert_eq!(spread.count(), 2);
    assert_eq!(spread.values().count(), 1);
}

fn told(values: &[f64]) -> Option<Bands> {
    Bands::of(&spread(values))
}

#[test]
fn few_clients_are_not_told_and_ends_only_of_many() {
    assert_eq!(told(&[10.0, 20.0, 30.0, 40.0]), None);
    let five = told(&[10.0, 20.0, 48.0, 90.0, 99.0]).expect("five clients");
    assert_eq!((five.clients, five.half), (5, None));
    assert!((five.median - 45.0).abs() < 1e-9);
    let twenty: Vec<f64> = (0..20).map(|one| f64::from(one) * 5.0).collect();
    // The fifth, tenth and fifteenth of 0, 5 ... 95: 20, 45 and 70.
    let twenty = told(&twenty).expect("twenty clients");
    assert_eq!(
        twenty.half.map(|half| half.map(f64::to_bits)),
        Some([25.0, 75.0].map(f64::to_bits))
    );
    assert!((twenty.median - 45.0).abs() < 1e-9);
}

#[test]
fn bands_hold_their_lower_end_and_the_last_both() {
    let band = |value: f64| told(&[value; 5]).expect("five clients").median;
    let bands = [0.0, 9.99, 10.0, 89.9, 90.0, 100.0].map(band);
    let expected = [5.0, 5.0, 15.0, 85.0, 95.0, 95.0];
    assert!(
        bands
            .iter()
            .zip(expected)
            .all(|(one, other)| (one - other).abs() < 1e-9)
    );
}

/// Values of the kinds scores have: spread wide, close together, and on few steps.
fn values() -> impl Strategy<Value = Vec<f64>> {
    let wide = proptest::collection::vec((0_u32..=400).prop_map(|one| f64::from(one) / 4.0), 5..45);
    let close =
        proptest::collection::vec((150_u32..=200).prop_map(|one| f64::from(one) / 4.0), 5..45);
    let steps = proptest::collection::vec((0_u32..=4).prop_map(|one| f64::from(one) * 25.0), 5..45);
    prop_oneof![wide, close, steps]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// The attacker knows every value but one, and tries all that the last could be.
    #[test]
    fn who_knows_all_others_is_left_with_a_whole_band(values in values(), at in any::<prop::sample::Index>()) {
        let place = at.index(values.len());
        let mut all = values.clone();
        let seen = told(&all);
        let mut open: Vec<f64> = Vec::new();
        for quarter in 0..=400 {
            all[place] = f64::from(quarter) / 4.0;
            if told(&all) == seen {
                open.push(all[place]);
            }
        }
        let (first, last) = (open[0], open[open.len() - 1]);
        prop_assert!(open.contains(&values[place]));
        // Tried in quarters of a point, a band that is open at its end is a quarter short.
        prop_assert!(last - first >= BAND - 0.25, "{first} to {last} of {values:?}");
    }

    /// One of the clients knows its own value and reads the file: every other may be anywhere.
    #[test]
    fn a_client_learns_nothing_of_any_other(values in values(), other in 0_u32..=400) {
        let wanted = f64::from(other) / 4.0;
        let seen = told(&values);
        // Some set of clients has the same file, the attacker's own value and the wanted one.
        let own = values[0];
        let fits = (1..values.len()).any(|place| {
            let mut all = values.clone();
            all[place] = wanted;
            told(&all) == seen && all[0].to_bits() == own.to_bits()
        });
        prop_assert!(fits, "{wanted} in {values:?}");
    }
}
