//! Numbers as people read them: rounded half up, once, with the guard that thresholds have.

use crate::condition::TOLERANCE;

/// The value rounded half up to so many digits after the point: 62.5 gives `63` at none, 2.675
/// gives `2.68` at two. Never shows a negative zero.
#[must_use]
pub fn rounded(value: f64, digits: u8) -> String {
    let scaled = scaled(value, digits);
    if scaled.abs() >= EXACT {
        return format!("{value:.*}", usize::from(digits));
    }
    // Whole numbers print many times faster than the exact digits of a float.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "far inside the range, and whole"
    )]
    let whole = scaled as i64;
    let digits = usize::from(digits);
    let mut text = whole.unsigned_abs().to_string();
    while text.len() <= digits {
        text.insert(0, '0');
    }
    if digits > 0 {
        text.insert(text.len() - digits, '.');
    }
    if whole < 0 {
        text.insert(0, '-');
    }
    text
}

/// Below this every whole number is a float of its own.
const EXACT: f64 = 9e15;

fn scaled(value: f64, digits: u8) -> f64 {
    (value * 10_f64.powi(i32::from(digits)) + 0.5 + TOLERANCE).floor()
}

/// The value rounded half up to so many digits after the point.
#[must_use]
pub fn round(value: f64, digits: u8) -> f64 {
    scaled(value, digits) / 10_f64.powi(i32::from(digits))
}

/// The value with as many digits, at most two more, as it takes not to look as if it reached a
/// threshold it misses, or missed one it reaches.
#[must_use]
pub fn beside(value: f64, threshold: f64, digits: u8) -> String {
    let reaches = value >= threshold - TOLERANCE;
    let fits = |digits: &u8| (round(value, *digits) >= threshold - TOLERANCE) == reaches;
    let digits = (digits..=digits.saturating_add(2))
        .find(fits)
        .unwrap_or(digits.saturating_add(2));
    rounded(value, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }

    #[test]
    fn a_printed_figure_never_contradicts_its_verdict() {
        assert_eq!(beside(49.96, 50.0, 0), "49.96");
        assert_eq!(beside(49.6, 50.0, 0), "49.6");
        assert_eq!(beside(50.2, 50.0, 0), "50");
    }
}
