//! Results in words: money with readable thousands, shares, times and spans of time.

use crate::rules::metric::kind::Unit;
use crate::text::number::{format_near_all, grouped};

/// From this amount on, money is read without what stands behind its point.
const WHOLE_MONEY: f64 = 1000.0;

/// A figure as people read it, with its unit.
///
/// `limits` are the values something hangs on; the figure stands on the right side of all of them.
pub(super) fn figure(value: f64, unit: Unit, word: Option<&str>, limits: &[f64]) -> String {
    let digits = match unit {
        Unit::Percent | Unit::Points | Unit::Periods | Unit::Number => 1,
        Unit::Money if value.abs() >= WHOLE_MONEY => 0,
        Unit::Money | Unit::Times | Unit::Coefficient => 2,
        Unit::Count => 0,
    };
    let text = format_near_all(value, limits, digits);
    let text = match unit {
        Unit::Percent | Unit::Coefficient => text.as_str(),
        Unit::Money => text.strip_suffix(".00").unwrap_or(&text),
        Unit::Points | Unit::Periods | Unit::Number | Unit::Times | Unit::Count => bare(&text),
    };
    let text = grouped(text);
    match word {
        Some(word) => with_unit(&text, word),
        None => text,
    }
}

/// A number with its unit: "1 year", "2 years".
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    let unit = match number {
        "1" => unit.strip_suffix('s').unwrap_or(unit),
        _ => unit,
    };
    format!("{number} {unit}")
}

/// An amount of money as people read it, without its unit.
pub(crate) fn money(value: f64) -> String {
    figure(value, Unit::Money, None, &[])
}

/// Without the noughts that say nothing after a point.
fn bare(text: &str) -> &str {
    if text.contains('.') {
        return text.trim_end_matches('0').trim_end_matches('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_the_rest_stays() {
        let cases = [
            ("", ""),
            ("12", "12"),
            ("1234", "1,234"),
            ("-1234567.89 EUR", "-1,234,567.89 EUR"),
            ("not known 1234", "not known 1234"),
            ("123456", "123,456"),
        ];
        for (text, wanted) in cases {
            assert_eq!(grouped(text), wanted);
        }
    }

    #[test]
    fn figures_have_as_many_digits_as_people_read() {
        let say = |value, unit, word| figure(value, unit, Some(word), &[]);
        assert_eq!(say(266.666_67, Unit::Money, "EUR"), "266.67 EUR");
        assert_eq!(say(300.0, Unit::Money, "EUR"), "300 EUR");
        assert_eq!(say(12.5, Unit::Money, "EUR"), "12.50 EUR");
        assert_eq!(say(-21_000.4, Unit::Money, "EUR"), "-21,000 EUR");
        assert_eq!(say(60.0, Unit::Percent, "%"), "60.0 %");
        assert_eq!(say(1.0, Unit::Periods, "years"), "1 year");
        assert_eq!(say(2.35, Unit::Periods, "years"), "2.4 years");
        assert_eq!(say(0.888_9, Unit::Times, "times"), "0.89 times");
    }

    #[test]
    fn a_figure_never_stands_on_the_wrong_side_of_its_limit() {
        assert_eq!(
            figure(0.998, Unit::Times, Some("times"), &[1.0]),
            "0.998 times"
        );
        assert_eq!(figure(49.96, Unit::Percent, Some("%"), &[50.0]), "49.96 %");
    }
}
