//! Geometry: the places of marks in drawings that no template can work out.

use crate::text::number::round;
use minijinja::value::Value;
use serde::Serialize;
use std::fmt::Write as _;

/// A coordinate as drawings carry it: one decimal, finite.
pub(super) fn tenth(value: f64) -> f64 {
    if value.is_finite() {
        round(value, 1)
    } else {
        0.0
    }
}

/// Finer, for boxes that the page stretches.
fn hundredth(value: f64) -> f64 {
    if value.is_finite() {
        round(value, 2)
    } else {
        0.0
    }
}

/// A count as a coordinate.
fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// Widths of the signs from space to tilde in hundredths of the size of the type, as the font
/// `DejaVu Sans` has them; Verdana is as wide.
const WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// Any other sign is taken to be as wide as a capital.
const OTHER: u8 = 70;
const SIZE: f64 = 11.0;

/// Width of a text, in pixels.
pub(in crate::report) fn breadth(text: &str) -> f64 {
    let width = |letter: char| {
        let place = usize::try_from(u32::from(letter).wrapping_sub(32)).unwrap_or(usize::MAX);
        f64::from(WIDTHS.get(place).copied().unwrap_or(OTHER))
    };
    let text = text.chars().map(width).sum::<f64>() * SIZE / 100.0;
    text.ceil()
}

/// Characters of the axis: eight for a quarter of it, both ends included.
const WIDTH: usize = 33;
/// Points of an index from one to the next.
const STEP: f64 = 3.125;

/// Figures on an axis from 0 to 100: `·` axis, `─` range, `◇` aim, `○` claimed, `●` now.
pub(in crate::report) fn plot(figures: &Value) -> String {
    let at = |name: &str| {
        let figure = figures.get_attr(name).ok()?;
        cell(f64::try_from(figure.get_attr("at").ok()?).ok()?)
    };
    let mut cells = ['·'; WIDTH];
    if let (Some(low), Some(high)) = (at("low"), at("high")) {
        for slot in cells.iter_mut().take(high + 1).skip(low) {
            *slot = '─';
        }
    }
    for (name, mark) in [("target", '◇'), ("claimed", '○'), ("index", '●')] {
        if let Some(slot) = at(name).and_then(|place| cells.get_mut(place)) {
            *slot = mark;
        }
    }
    cells.iter().collect()
}

/// The place of an index, halves down; `None` outside the axis.
fn cell(index: f64) -> Option<usize> {
    (0..WIDTH).zip(0_u32..).find_map(|(place, number)| {
        let middle = f64::from(number) * STEP;
        ((index - middle).abs() <= STEP / 2.0).then_some(place)
    })
}

/// Places of the first and the last day, in percent: dots keep clear of the sides, and a value
/// that lasts from the last day on has room.
const FIRST: f64 = 2.0;
const LAST: f64 = 94.0;
/// More dots than this hide the line.
const MOST_DOTS: usize = 60;

/// Connection of a point to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Join {
    /// Not at all.
    Apart,
    /// By a line.
    Line,
    /// By a broken line.
    Broken,
}

/// A score at a place of the axis.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Stand {
    /// Percent across.
    pub(in crate::report) x: f64,
    /// The index; `None` where nothing was rated, which breaks the line.
    pub(in crate::report) index: Option<f64>,
    pub(in crate::report) low: f64,
    pub(in crate::report) high: f64,
    /// Too little is answered for a verdict.
    pub(in crate::report) weak: bool,
    pub(in crate::report) join: Join,
}

/// Paths and places of the drawing.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::report) struct Timeline {
    /// Through points that are alike.
    pub(in crate::report) line: String,
    /// Between points of which the later one has another model.
    pub(in crate::report) broken: String,
    /// Range that open answers allow.
    pub(in crate::report) band: String,
    /// Percent across, percent down, and whether it is weak; few enough not to hide the line.
    pub(in crate::report) dots: Vec<(f64, f64, bool)>,
}

/// Places of days, in percent: by their distance, and in any case not before the one before. All on
/// one day are spread evenly.
pub(in crate::report) fn places(days: &[i32]) -> Vec<f64> {
    let forward: Vec<i32> = days
        .iter()
        .scan(i32::MIN, |latest, day| {
            *latest = (*latest).max(*day);
            Some(*latest)
        })
        .collect();
    let (first, last) = match forward.as_slice() {
        [first, .., last] => (*first, *last),
        _ => return vec![f64::midpoint(FIRST, LAST); days.len()],
    };
    let place = |(nth, day): (usize, &i32)| {
        let share = if first == last {
            whole(nth) / whole(days.len() - 1)
        } else {
            f64::from(day - first) / f64::from(last - first)
        };
        tenth(FIRST + share * (LAST - FIRST))
    };
    forward.iter().enumerate().map(place).collect()
}

/// Place of a day between the first and the last, in percent.
pub(in crate::report) fn place(day: i32, first: i32, last: i32) -> f64 {
    let share = f64::from(day - first) / f64::from((last - first).max(1));
    tenth(FIRST + share * (LAST - FIRST))
}

/// The line of a score.
pub(in crate::report) fn timeline(stands: &[Stand]) -> Timeline {
    let mut drawn = Timeline::default();
    let mut before: Option<&Stand> = None;
    for stand in stands {
        match (stand.index.zip(before), stand.join) {
            (Some((index, _)), Join::Line) => pen(&mut drawn.line, 'L', stand.x, index),
            (Some((index, from)), Join::Broken) => {
                pen(
                    &mut drawn.broken,
                    'M',
                    from.x,
                    from.index.unwrap_or_default(),
                );
                pen(&mut drawn.broken, 'L', stand.x, index);
                pen(&mut drawn.line, 'M', stand.x, index);
            }
            (Some((index, _)), Join::Apart) => pen(&mut drawn.line, 'M', stand.x, index),
            (None, _) => {
                if let Some(index) = stand.index {
                    pen(&mut drawn.line, 'M', stand.x, index);
                }
            }
        }
        before = stand.index.is_some().then_some(stand);
    }
    for stretch in stretches(stands) {
        band(&mut drawn.band, stretch);
    }
    let known = || stands.iter().filter_map(|one| Some((one, one.index?)));
    let all = known().count() <= MOST_DOTS;
    let last = known().count().saturating_sub(1);
    drawn.dots = known()
        .enumerate()
        .filter(|(nth, _)| all || *nth == last)
        .map(|(_, (stand, index))| (stand.x, tenth(down(index)), stand.weak))
        .collect();
    drawn
}

/// Points that a line runs through without a break.
fn stretches(stands: &[Stand]) -> impl Iterator<Item = &[Stand]> {
    let parts = stands.chunk_by(|one, other| {
        one.index.is_some() && other.index.is_some() && other.join == Join::Line
    });
    parts.filter(|part| part.iter().any(|one| one.index.is_some()))
}

/// The highest values forward, the lowest back; nothing where nothing is open.
fn band(path: &mut String, stretch: &[Stand]) {
    if stretch.iter().all(|one| one.high <= one.low) {
        return;
    }
    // A single point would be a band without width.
    let sides = match stretch {
        [only] => vec![(only.x - 0.6, only), (only.x + 0.6, only)],
        many => many.iter().map(|one| (one.x, one)).collect(),
    };
    for (nth, (x, one)) in sides.iter().enumerate() {
        pen(path, if nth == 0 { 'M' } else { 'L' }, *x, one.high);
    }
    for (x, one) in sides.iter().rev() {
        pen(path, 'L', *x, one.low);
    }
    path.push('Z');
}

fn pen(path: &mut String, how: char, x: f64, index: f64) {
    // Writing into a string cannot fail.
    let _ = write!(path, "{how}{} {}", hundredth(x), hundredth(down(index)));
}

fn down(index: f64) -> f64 {
    100.0 - index
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::context;

    fn stand(x: f64, index: f64, join: Join) -> Stand {
        Stand {
            x,
            index: Some(index),
            low: index,
            high: index,
            weak: false,
            join,
        }
    }

    #[test]
    fn days_stand_by_their_distance_and_never_go_back() {
        assert_eq!(places(&[0, 10, 100]), [2.0, 11.2, 94.0]);
        assert_eq!(places(&[0, 50, 40, 100]), [2.0, 48.0, 48.0, 94.0]);
        assert_eq!(places(&[7, 7, 7]), [2.0, 48.0, 94.0]);
        assert_eq!(places(&[7]), [48.0]);
        assert!(places(&[]).is_empty());
    }

    #[test]
    fn what_is_not_alike_is_not_joined() {
        let stands = [
            stand(0.0, 50.0, Join::Apart),
            stand(10.0, 60.0, Join::Line),
            stand(20.0, 40.0, Join::Broken),
            stand(30.0, 30.0, Join::Apart),
        ];
        let drawn = timeline(&stands);
        assert_eq!(drawn.line, "M0 50L10 40M20 60M30 70");
        assert_eq!(drawn.broken, "M10 40L20 60");
        assert_eq!(drawn.dots.first(), Some(&(0.0, 50.0, false)));
        assert_eq!(drawn.band, "");
    }

    #[test]
    fn a_band_is_closed_within_its_stretch() {
        let mut stands = [stand(0.0, 50.0, Join::Apart), stand(10.0, 60.0, Join::Line)];
        (stands[0].low, stands[0].high) = (40.0, 70.0);
        let drawn = timeline(&stands);
        assert_eq!(drawn.band, "M0 30L10 40L10 40L0 60Z");
    }

    #[test]
    fn a_plot_holds_both_ends() {
        let at = |at: f64| context! { at };
        let text = plot(&context! {
            index => at(0.0), low => at(0.0), high => at(100.0), claimed => at(100.0)
        });
        assert_eq!(text.chars().count(), WIDTH);
        assert!(text.starts_with("●─") && text.ends_with("─○"), "{text}");
        let text = plot(&context! { index => at(50.0), low => at(50.0), high => at(50.0) });
        assert_eq!(text.chars().position(|one| one == '●'), Some(16));
    }

    #[test]
    fn a_longer_text_is_wider() {
        let (one, more) = (breadth("met"), breadth("not met"));
        assert!(more > one);
        // m 97, e 62, t 39: 198 hundredths of 11 pixels are 21.78.
        assert!((one - 22.0).abs() < 1e-9);
        assert!(breadth("ü") > 7.0);
    }
}
