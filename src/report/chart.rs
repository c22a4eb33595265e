//! Geometry: where every mark of every drawing stands. Nothing else knows a coordinate.
//!
//! Strips are drawn in percent of their axis, so that the page decides how wide they are; the
//! radar and the staircase have fixed boxes, named beside their functions.

pub(super) mod badge;
pub(super) mod curve;
pub(super) mod label;
pub(super) mod strip;
pub(super) mod timeline;

use super::view::Align;
pub(super) use crate::rules::rulebook::rule::share;
use crate::rules::rulebook::words::number;
use crate::text::number::round;

/// Characters of a text plot: one per 2.5 index points, both ends included.
const PLOT_WIDTH: usize = 41;
/// Centre and outer radius of the radar in its view box of 420 by 250 from -40 on, and the sides
/// of that.
const CENTRE: (f64, f64) = (170.0, 125.0);
const RADIUS: f64 = 85.0;
const SIDES: (f64, f64) = (-40.0, 380.0);
/// The shares of the outer ring at which rings are drawn.
const RINGS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// Labels stand this far out, in radii, and this much lower, for their middle to hit the spoke.
const LABEL_RADIUS: f64 = 1.16;
const LABEL_DROP: f64 = 4.0;
/// A label this close to the centre line stands centred above or below its point.
const LABEL_CENTRED: f64 = 5.0;
/// Height of the whole staircase, and where its ground is.
const STAIRS_HEIGHT: f64 = 160.0;
const STAIRS_GROUND: f64 = 200.0;
/// One step of a bar.
pub(super) const BOX_WIDTH: f64 = 24.0;

/// A coordinate as drawings carry it: one decimal, finite.
pub(super) fn tenth(value: f64) -> f64 {
    if value.is_finite() {
        round(value, 1)
    } else {
        0.0
    }
}

/// A coordinate as it is written: one decimal, none where that is zero.
fn written(value: f64) -> String {
    number(tenth(value))
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
pub(super) fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

/// The marks of one row on an axis of 0 to 100.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) value: Option<f64>,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) claimed: Option<f64>,
    pub(super) target: Option<f64>,
}

/// The row in characters: `·` axis, `─` range, `◇` target, `○` claimed, `●` value.
pub(super) fn plot(marks: Marks) -> String {
    let mut cells = ['·'; PLOT_WIDTH];
    let (from, to) = (cell(marks.low), cell(marks.high));
    for slot in cells.iter_mut().take(to + 1).skip(from) {
        *slot = '─';
    }
    let marked = [
        (marks.target, '◇'),
        (marks.claimed, '○'),
        (marks.value, '●'),
    ];
    for (place, mark) in marked {
        if let Some(slot) = place.and_then(|index| cells.get_mut(cell(index))) {
            *slot = mark;
        }
    }
    cells.iter().collect()
}

fn cell(index: f64) -> usize {
    nearest(index / 2.5, PLOT_WIDTH)
}

/// The whole number nearest to a value, halves up, within `0..count`.
pub(super) fn nearest(value: f64, count: usize) -> usize {
    let wanted = round(value, 0);
    (1..count)
        .take_while(|place| whole(*place) <= wanted)
        .count()
}

/// A radar over points on 0..=100, clockwise from twelve o'clock.
#[derive(Debug, Default)]
pub(super) struct Radar {
    /// Rings and spokes.
    pub(super) grid: String,
    pub(super) shape: String,
    pub(super) points: Vec<RadarPoint>,
}

/// Places of a point and of its label.
#[derive(Debug, Clone, Copy)]
pub(super) struct RadarPoint {
    pub(super) at: (f64, f64),
    pub(super) label: (f64, f64),
    pub(super) align: Align,
}

/// The radar in its view box; the shape has gaps where a value is not known.
pub(super) fn radar(values: &[Option<f64>]) -> Radar {
    let count = values.len();
    let mut radar = Radar::default();
    for share in RINGS {
        for place in 0..count {
            draw(&mut radar.grid, place == 0, polar(place, count, share));
        }
        radar.grid.push('Z');
    }
    for place in 0..count {
        draw(&mut radar.grid, true, CENTRE);
        draw(&mut radar.grid, false, polar(place, count, 1.0));
    }
    for (place, value) in values.iter().enumerate() {
        radar
            .points
            .push(radar_point(place, count, value.unwrap_or(0.0)));
    }
    radar.shape = shape(values, &radar.points);
    radar
}

fn radar_point(place: usize, count: usize, index: f64) -> RadarPoint {
    let (x, y) = polar(place, count, LABEL_RADIUS);
    let align = match x - CENTRE.0 {
        off if off.abs() <= LABEL_CENTRED => Align::Middle,
        off if off > 0.0 => Align::Start,
        _ => Align::End,
    };
    let label = (tenth(x), tenth(y + LABEL_DROP));
    RadarPoint {
        at: polar(place, count, index / 100.0),
        label,
        align,
    }
}

fn polar(place: usize, count: usize, radius: f64) -> (f64, f64) {
    let turn = whole(place) / whole(count.max(1)) * std::f64::consts::TAU;
    let (sin, cos) = turn.sin_cos();
    (
        tenth(CENTRE.0 + RADIUS * radius * sin),
        tenth(CENTRE.1 - RADIUS * radius * cos),
    )
}

fn shape(values: &[Option<f64>], points: &[RadarPoint]) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for (value, point) in values.iter().zip(points) {
        if value.is_some() {
            draw(&mut path, !pen_down, point.at);
        }
        pen_down = value.is_some();
    }
    let closes = values.len() > 2 && matches!(values, [Some(_), .., Some(_)]);
    match points.first() {
        Some(first) if closes && values.iter().any(Option::is_none) => {
            draw(&mut path, false, first.at);
        }
        Some(_) if closes => path.push('Z'),
        _ => {}
    }
    path
}

fn draw(path: &mut String, moves: bool, (x, y): (f64, f64)) {
    path.push(if moves { 'M' } else { 'L' });
    path.push_str(&written(x));
    path.push(' ');
    path.push_str(&written(y));
}

/// One rung of a staircase 200 high: `x`, width and middle in percent, top and height in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stair {
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) mid: f64,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// The rung at a place of so many.
pub(super) fn stair(place: usize, count: usize) -> Stair {
    let width = 100.0 / whole(count.max(1));
    let height = STAIRS_HEIGHT / whole(count.max(1)) * whole(place + 1);
    Stair {
        x: tenth(width * whole(place)),
        width: tenth(width),
        mid: tenth(width * (whole(place) + 0.5)),
        y: tenth(STAIRS_GROUND - height),
        height: tenth(height),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_plot_holds_both_ends() {
        let marks = Marks {
            value: Some(0.0),
            low: 0.0,
            high: 100.0,
            claimed: Some(100.0),
            target: None,
        };
        let text = plot(marks);
        assert_eq!(text.chars().count(), PLOT_WIDTH);
        assert!(text.starts_with('●') && text.ends_with('○'), "{text}");
    }

    #[test]
    fn placement_rounds_halves_up_and_stays_inside() {
        assert_eq!(
            [2.49, 2.5, -1.0, 9.0].map(|it| nearest(it, 5)),
            [2, 3, 0, 4]
        );
    }

    #[test]
    fn a_radar_with_a_hole_is_not_closed_over_it() {
        let radar = radar(&[Some(50.0), None, Some(50.0), Some(50.0)]);
        assert_eq!(radar.shape.matches('M').count(), 2);
        assert!(!radar.shape.contains('Z'));
    }
}
