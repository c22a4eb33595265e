//! Numbers as people read them: rounded half up, once, with the guard that thresholds have.

/// A value this close below a threshold reaches it, so that a mean of thirds that is exactly 50 on
/// paper is 50 here.
pub const TOLERANCE: f64 = 1e-9;

/// The value rounded half up to so many digits after the point: 62.5 gives `63` at none, 2.675
/// gives `2.68` at two. Never shows a negative zero.
#[must_use]
pub fn rounded(value: f64, digits: u8) -> String {
    whole(scaled(value, digits)).map_or_else(
        || format!("{value:.*}", usize::from(digits)),
        |whole| fixed(whole, u32::from(digits)),
    )
}

/// The value with one digit after the point, and none where it is whole: 80.96 gives `81.0`. Near a
/// number that limits are made of, it takes as many digits, nine at most, as keep it from looking
/// like one: 1.97 does not reach 2, and 99.96 not 100.
pub(crate) fn short(value: f64) -> String {
    let whole = round(value, 0);
    let shown = rounded(value, 1);
    // Scales of answers end below ten; on longer ones limits are multiples of five.
    let limit = value.abs() < 10.0 || whole % 5.0 == 0.0;
    if (value - whole).abs() <= TOLERANCE || value.abs() >= EXACT {
        shown.trim_end_matches(".0").to_owned()
    } else if shown.ends_with(".0") && limit {
        apart(value, &[whole])
    } else {
        shown
    }
}

/// A figure on two sides, and how far it moved: what is printed as the difference is the difference
/// of the two that are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    /// "58.3".
    pub(crate) from: String,
    /// "66.7".
    pub(crate) to: String,
    /// "+8.4".
    pub(crate) by: String,
    /// How many digits all three have after the point.
    pub(crate) digits: u8,
}

impl Move {
    /// With so many digits, or as many more, two at most, as it takes to show that anything moved
    /// and by no less and no more than what a change has to be.
    pub(crate) fn new(from: f64, to: f64, limits: &[f64], digits: u8) -> Self {
        let by = |digits: u8| round(to, digits) - round(from, digits);
        let moved = (to - from).abs();
        let fits = |digits: &u8| {
            let shown = by(*digits).abs();
            let alike = |least: f64| (shown >= least - TOLERANCE) == (moved >= least - TOLERANCE);
            let told = moved < TOLERANCE || shown > TOLERANCE;
            told && limits.iter().all(|least| alike(*least))
        };
        let most = digits.saturating_add(2);
        let digits = (digits..=most).find(fits).unwrap_or(most);
        Self {
            from: rounded(from, digits),
            to: rounded(to, digits),
            by: signed_to(by(digits), digits),
            digits,
        }
    }
}

/// With its sign, to one digit; what is smaller than that is told as such.
pub(crate) fn signed(value: f64) -> String {
    signed_to(value, 1)
}

fn signed_to(value: f64, digits: u8) -> String {
    let text = rounded(value.abs(), digits);
    match value {
        _ if text.trim_start_matches(['0', '.']).is_empty() => format!("±{text}"),
        value if value < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// Below this every whole number is a float of its own.
const EXACT: f64 = 9e15;

/// A whole number as one, where a float holds it exactly.
fn whole(value: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "far inside the range, and whole"
    )]
    (value.abs() < EXACT).then_some(value as i64)
}

/// A whole number with a point before so many of its last digits: a report holds a thousand of
/// them, and this is many times faster than the exact digits of a float.
fn fixed(whole: i64, digits: u32) -> String {
    let mut text = String::with_capacity(8);
    if whole < 0 {
        text.push('-');
    }
    let scale = 10_u64.pow(digits);
    let all = whole.unsigned_abs();
    push_digits(&mut text, all / scale, 1);
    if digits > 0 {
        text.push('.');
        push_digits(&mut text, all % scale, digits);
    }
    text
}

/// Writes a number with at least so many digits.
fn push_digits(out: &mut String, number: u64, least: u32) {
    if number >= 10 || least > 1 {
        push_digits(out, number / 10, least.saturating_sub(1));
    }
    let digit = u8::try_from(number % 10).unwrap_or_default();
    out.push(char::from(b'0' + digit));
}

fn scaled(value: f64, digits: u8) -> f64 {
    (value * power(digits) + 0.5 + TOLERANCE).floor()
}

fn power(digits: u8) -> f64 {
    match digits {
        0 => 1.0,
        1 => 10.0,
        2 => 100.0,
        more => 10_f64.powi(i32::from(more)),
    }
}

/// The value rounded half up to so many digits after the point.
#[must_use]
pub fn round(value: f64, digits: u8) -> f64 {
    scaled(value, digits) / power(digits)
}

/// The value with as many digits, at most two more, as it takes not to look as if it reached a
/// threshold it misses, or missed one it reaches.
#[must_use]
pub fn format_near(value: f64, threshold: f64, digits: u8) -> String {
    let reaches = value >= threshold - TOLERANCE;
    let fits = |digits: &u8| (round(value, *digits) >= threshold - TOLERANCE) == reaches;
    let digits = (digits..=digits.saturating_add(2))
        .find(fits)
        .unwrap_or(digits.saturating_add(2));
    rounded(value, digits)
}

/// The value with as many digits as it takes to stand on the right side of every limit that
/// something hangs on: the one way to print a figure beside a limit.
pub(crate) fn format_near_all(value: f64, limits: &[f64], digits: u8) -> String {
    let texts = limits
        .iter()
        .map(|limit| format_near(value, *limit, digits));
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(value, digits))
}

/// A number with as many digits, nine at most, as it takes not to look like one of these.
pub(crate) fn apart(value: f64, limits: &[f64]) -> String {
    let shown = |digits: u8| round(value, digits);
    let clear = |digits: &u8| {
        limits
            .iter()
            .all(|limit| (shown(*digits) - limit).abs() > TOLERANCE)
    };
    let digits = (1..=9).find(clear).unwrap_or(9);
    rounded(value, digits)
}

/// The whole number a text begins with in groups of three digits, and the rest as it is.
pub(crate) fn grouped(text: &str) -> String {
    let (sign, bare) = text
        .strip_prefix('-')
        .map_or(("", text), |bare| ("-", bare));
    let end = bare
        .find(|one: char| !one.is_ascii_digit())
        .unwrap_or(bare.len());
    let (whole, rest) = bare.split_at(end);
    let mut out = String::with_capacity(text.len() + whole.len() / 3);
    out.push_str(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(rest);
    out
}

/// A count in words, up to twelve.
pub(crate) fn in_words(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
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
        assert_eq!(format_near(50.2, 50.0, 0), "50");
        assert_eq!(format_near_all(5.0 / 3.0, &[1.0, 1.67], 1), "1.667");
        assert_eq!(format_near_all(0.97, &[1.0, 1.67], 1), "0.97");
        assert_eq!(format_near_all(0.97, &[], 1), "1.0");
    }
}
