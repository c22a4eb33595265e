//! Numbers as people read them, rounded half up, once, with the guard that thresholds have; and lists
//! of names as parts of a sentence.

use std::borrow::Borrow;

/// A value this close below a threshold reaches it, so that a mean of thirds that is exactly 50 on
/// paper is 50 here.
pub const TOLERANCE: f64 = 1e-9;

/// Most digits after the point that keep a number from looking like a limit.
const MOST_DIGITS: u8 = 9;

/// The value rounded half up to so many digits after the point.
#[must_use]
pub fn round(value: f64, digits: u8) -> f64 {
    let power = 10_f64.powi(i32::from(digits));
    (value * power + 0.5 + TOLERANCE).floor() / power
}

/// The value rounded half up to so many digits after the point: 62.5 gives `63` at none, 2.675
/// gives `2.68` at two. Never shows a negative zero.
#[must_use]
pub fn rounded(value: f64, digits: u8) -> String {
    format!("{:.*}", usize::from(digits), round(value, digits))
}

/// The value with one digit after the point, and none where it is whole: 80.96 gives `81.0`. Near a
/// number that limits are made of, it takes as many digits, nine at most, as keep it from looking
/// like one: 1.97 does not reach 2, and 99.96 not 100.
#[must_use]
pub fn short(value: f64) -> String {
    let whole = round(value, 0);
    let text = rounded(value, 1);
    // Scales of answers end below ten; on longer ones limits are multiples of five.
    let limit = value.abs() < 10.0 || whole % 5.0 == 0.0;
    if (value - whole).abs() <= TOLERANCE {
        text.trim_end_matches(".0").to_owned()
    } else if text.ends_with(".0") && limit {
        apart(value, &[whole])
    } else {
        text
    }
}

/// A figure before and after, and the difference of the two as they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// "58.3".
    pub from: String,
    /// "66.7".
    pub to: String,
    /// "+8.4".
    pub by: String,
    /// Digits of all three after the point.
    pub digits: u8,
}

impl Move {
    /// With so many digits, or as many more, two at most, as it takes to show that anything moved
    /// and by no less and no more than what a change has to be.
    #[must_use]
    pub fn new(from: f64, to: f64, limits: &[f64], digits: u8) -> Self {
        let by = |digits: u8| round(to, digits) - round(from, digits);
        let moved = (to - from).abs();
        let digits = fewest(digits, |digits| {
            let shown = by(digits).abs();
            let alike = |least: &f64| (shown >= least - TOLERANCE) == (moved >= least - TOLERANCE);
            (moved < TOLERANCE || shown > TOLERANCE) && limits.iter().all(alike)
        });
        Self {
            from: rounded(from, digits),
            to: rounded(to, digits),
            by: signed_to(by(digits), digits),
            digits,
        }
    }
}

/// The fewest digits that fit, of so many and at most two more.
fn fewest(digits: u8, fits: impl Fn(u8) -> bool) -> u8 {
    let most = digits.saturating_add(2);
    (digits..most).find(|digits| fits(*digits)).unwrap_or(most)
}

/// The value with its sign and one digit; `±0.0` where it is smaller than that.
#[must_use]
pub fn signed(value: f64) -> String {
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

/// The value with as many digits, nine at most, as it takes not to look as if it reached a threshold
/// it misses, or missed one it reaches.
#[must_use]
pub fn format_near(value: f64, threshold: f64, digits: u8) -> String {
    let reaches = |value: f64| value >= threshold - TOLERANCE;
    let fits = |digits: &u8| reaches(round(value, *digits)) == reaches(value);
    rounded(
        value,
        (digits..=MOST_DIGITS).find(fits).unwrap_or(MOST_DIGITS),
    )
}

/// The value with as many digits as it takes to be on the right side of every limit.
#[must_use]
pub fn format_near_all(value: f64, limits: &[f64], digits: u8) -> String {
    let near = |limit: &f64| format_near(value, *limit, digits);
    let texts = limits.iter().map(near);
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(value, digits))
}

/// The value with as many digits, nine at most, as it takes not to look like one of these.
#[must_use]
pub fn apart(value: f64, limits: &[f64]) -> String {
    let differs = |digits: u8, limit: f64| (round(value, digits) - limit).abs() > TOLERANCE;
    let clear = |digits: &u8| limits.iter().all(|limit| differs(*digits, *limit));
    rounded(value, (1..=MOST_DIGITS).find(clear).unwrap_or(MOST_DIGITS))
}

/// A count as a number.
#[expect(
    clippy::cast_precision_loss,
    reason = "no table or survey comes near the 53 bits a float keeps"
)]
pub(crate) fn float(count: usize) -> f64 {
    count as f64
}

/// The least and the most of some numbers.
pub(crate) fn ends(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    numbers.fold(none, |(least, most), one| (least.min(one), most.max(one)))
}

/// The whole number a text begins with in groups of three digits, and the rest as it is.
#[must_use]
pub fn grouped(text: &str) -> String {
    let bare = text.trim_start_matches('-');
    let end = bare.find(|one: char| !one.is_ascii_digit());
    let (whole, rest) = bare.split_at(end.unwrap_or(bare.len()));
    let mut out = text.strip_suffix(bare).unwrap_or_default().to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A count in words, up to twelve.
#[must_use]
pub fn in_words(count: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[impl Borrow<str>]) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(words: &[impl Borrow<str>]) -> String {
    joined(words, "or")
}

fn joined(words: &[impl Borrow<str>], conjunction: &str) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => {
            format!("{} {conjunction} {}", first.join(", "), last.borrow())
        }
        _ => words.concat(),
    }
}

/// A text that goes on a sentence: its first letter small, unless more of its first word is in
/// capitals.
pub(crate) fn uncapital(text: &str) -> String {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !word.chars().skip(1).any(char::is_uppercase) => {
            format!("{}{}", first.to_lowercase(), chars.as_str())
        }
        _ => text.to_owned(),
    }
}

/// `a`, or where there are several, each in quotes: `“a” or “b”`.
pub(crate) fn either_quoted(words: &[&str]) -> String {
    either_in(words, ['“', '”'])
}

/// The same in quotes of one's own.
pub(crate) fn either_in(words: &[&str], [open, close]: [char; 2]) -> String {
    if words.len() < 2 {
        return words.concat();
    }
    let quoted = words.iter().map(|word| format!("{open}{word}{close}"));
    either(&quoted.collect::<Vec<_>>())
}
