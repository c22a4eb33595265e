//! Numbers as people read them: rounded half up, once, with the guard that thresholds have.

use crate::condition::TOLERANCE;

/// The value rounded half up to so many digits after the point: 62.5 gives `63` at none, 2.675
/// gives `2.68` at two. Never shows a negative zero.
#[must_use]
pub fn rounded(value: f64, digits: u8) -> String {
    let value = round(value, digits);
    format!(
        "{:.*}",
        usize::from(digits),
        if value == 0.0 { 0.0 } else { value }
    )
}

/// The value rounded half up to so many digits after the point.
#[must_use]
pub fn round(value: f64, digits: u8) -> f64 {
    let scale = 10_f64.powi(i32::from(digits));
    (value * scale + 0.5 + TOLERANCE).floor() / scale
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
    }

    #[test]
    fn a_printed_figure_never_contradicts_its_verdict() {
        assert_eq!(beside(49.96, 50.0, 0), "49.96");
        assert_eq!(beside(49.6, 50.0, 0), "49.6");
        assert_eq!(beside(50.2, 50.0, 0), "50");
    }
}
