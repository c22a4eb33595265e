//! Scores over time: a line where points may be joined, a band for what open answers allow.
//!
//! Everything is drawn in a box of 100 by 100, which the template stretches; dots keep their size.

use super::{hundredth, tenth, whole};
use serde::Serialize;
use std::fmt::Write as _;

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
}
