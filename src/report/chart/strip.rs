//! The marks of one row on an axis, and the steps of a bar, as SVG.
//!
//! A report draws hundreds of them; a template would take a dozen steps for each.

use super::{BOX_WIDTH, Marks, whole, written};

/// The range, the target, the claim and the value, in percent of the axis across and in pixels
/// down; a weak value is a broken ring.
pub(in crate::report) fn drawn(marks: Marks, weak: bool) -> String {
    let mut svg = String::with_capacity(256);
    let mut put = |parts: &[&str]| parts.iter().for_each(|part| svg.push_str(part));
    let (low, high) = (written(marks.low), written(marks.high));
    put(&["<line class=\"range\" x1=\"", &low, "%\" x2=\"", &high]);
    put(&["%\" y1=\"17\" y2=\"17\"/>"]);
    if let Some(target) = marks.target.map(written) {
        put(&[
            "<svg class=\"at\" x=\"",
            &target,
            "%\"><path class=\"target\"",
        ]);
        put(&[" d=\"M0 7L10 17L0 27L-10 17Z\"/></svg>"]);
    }
    if let Some(claimed) = marks.claimed.map(written) {
        put(&["<circle class=\"claimed\" cx=\"", &claimed]);
        put(&["%\" cy=\"17\" r=\"5.5\"/>"]);
    }
    if let Some(value) = marks.value.map(written) {
        let class = if weak { "dot weak" } else { "dot" };
        put(&["<circle class=\"", class, "\" cx=\"", &value]);
        put(&["%\" cy=\"17\" r=\"6\"/>"]);
    }
    svg
}

/// The path of one box of a bar, at a place from the left.
pub(in crate::report) fn draw_box(path: &mut String, place: usize) {
    let left = written(whole(place) * BOX_WIDTH + 1.0);
    path.push('M');
    path.push_str(&left);
    path.push_str(BOX);
}

/// A box that leaves a pixel on either side of its width, 20 high from 2 on.
const BOX: &str = " 2h22v20h-22z";

#[cfg(test)]
mod tests {
    use super::{Marks, draw_box, drawn};

    #[test]
    fn a_row_has_a_mark_for_what_is_known() {
        let marks = Marks {
            value: Some(50.0),
            low: 25.04,
            high: 75.06,
            claimed: None,
            target: Some(100.0),
        };
        let svg = drawn(marks, true);
        assert!(svg.contains("x1=\"25%\" x2=\"75.1%\""), "{svg}");
        assert!(svg.contains("class=\"dot weak\" cx=\"50%\""), "{svg}");
        assert!(svg.contains("<svg class=\"at\" x=\"100%\">"), "{svg}");
        assert!(!svg.contains("claimed"), "{svg}");
    }

    #[test]
    fn boxes_stand_a_width_apart() {
        let mut path = String::new();
        draw_box(&mut path, 0);
        draw_box(&mut path, 2);
        assert_eq!(path, "M1 2h22v20h-22zM49 2h22v20h-22z");
    }
}
