//! Numbers as people read them: rounded once, and never against their verdict.

use centricity::text::{Move, format_near, format_near_all, rounded, short};

#[test]
fn halves_round_up_with_a_guard() {
    assert_eq!(rounded(62.5, 0), "63");
    assert_eq!(rounded(2.675, 2), "2.68");
    assert_eq!(rounded(-0.2, 0), "0");
    assert_eq!(rounded(7.0 / 3.0, 1), "2.3");
    assert_eq!(rounded(-0.25, 1), "-0.2");
    assert_eq!(rounded(-1.5, 2), "-1.50");
    assert_eq!(rounded(3.05, 2), "3.05");
    assert_eq!(rounded(1e16, 1), "10000000000000000.0");
    assert_eq!(rounded(12.0, 3), "12.000");
    assert_eq!(rounded(-0.006, 2), "-0.01");
    assert!(rounded(f64::NAN, 1).contains("NaN"));
}

#[test]
fn a_short_number_has_no_digit_it_can_do_without() {
    let cases = [
        (0.0, "0"),
        (1e-12, "0"),
        (-0.04, "-0.04"),
        (1.968, "1.97"),
        (2.0 - 1e-12, "2"),
        (2.004, "2.004"),
        (2.0, "2"),
        (2.25, "2.3"),
        (99.96, "99.96"),
        (-1.5, "-1.5"),
        (-10.0, "-10"),
        (1e16, "10000000000000000"),
    ];
    for (value, text) in cases {
        assert_eq!(short(value), text);
    }
}

#[test]
fn what_is_printed_as_a_difference_is_the_difference_of_what_is_printed() {
    let moved = |from, to| {
        let one = Move::new(from, to, &[6.25], 1);
        (one.from, one.to, one.by)
    };
    let told = |from: &str, to: &str, by: &str| (from.to_owned(), to.to_owned(), by.to_owned());
    assert_eq!(moved(1.64, 1.68), told("1.6", "1.7", "+0.1"));
    assert_eq!(moved(1.61, 1.63), told("1.61", "1.63", "+0.02"));
    assert_eq!(moved(58.25, 66.64), told("58.3", "66.6", "+8.3"));
    assert_eq!(moved(50.0, 50.0), told("50.0", "50.0", "±0.0"));
    // A quarter of an anchor counts as a change, and a hair less does not.
    assert_eq!(moved(50.0, 56.25), told("50.0", "56.3", "+6.3"));
    assert_eq!(moved(50.01, 56.255), told("50.010", "56.255", "+6.245"));
    assert_eq!(moved(56.24, 50.0), told("56.2", "50.0", "−6.2"));
}

#[test]
fn a_printed_figure_never_contradicts_its_verdict() {
    assert_eq!(format_near(49.96, 50.0, 0), "49.96");
    assert_eq!(format_near(49.6, 50.0, 0), "49.6");
    assert_eq!(format_near(49.9959, 50.0, 0), "49.996");
    assert_eq!(format_near(50.2, 50.0, 0), "50");
    assert_eq!(format_near_all(5.0 / 3.0, &[1.0, 1.67], 1), "1.667");
    assert_eq!(format_near_all(0.97, &[1.0, 1.67], 1), "0.97");
    assert_eq!(format_near_all(0.97, &[], 1), "1.0");
}
