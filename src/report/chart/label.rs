//! Labels of a radar: wrapped and, as a last resort, shortened, so that none leaves the drawing.

use super::{CENTRE, RadarPoint, SIDES, tenth, whole, written};
use crate::report::filters::html;
use crate::report::view::Align;

/// Width of a character and height of a line, of the size labels are set in.
const CHARACTER: f64 = 7.0;
const LINE: f64 = 15.0;
/// A label of more lines is cut off.
const MOST_LINES: usize = 3;

/// A line of a label.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Line {
    pub(in crate::report) y: f64,
    pub(in crate::report) text: String,
}

impl RadarPoint {
    /// Draws the mark, where there is a value, and the label with the value at its end.
    pub(in crate::report) fn draw(&self, svg: &mut String, label: &str, value: Option<&str>) {
        let [x, y, label_x] = [self.at.0, self.at.1, self.label.0].map(written);
        if value.is_some() {
            svg.extend(["<circle class=\"dot\" cx=\"", &x, "\" cy=\"", &y]);
            svg.push_str("\" r=\"4\"/>");
        }
        let value = value.unwrap_or("?");
        svg.extend(["<text text-anchor=\"", self.align.word(), "\">"]);
        let mut lines = lines(label, value, self).into_iter().peekable();
        while let Some(line) = lines.next() {
            let (y, text) = (written(line.y), html(&line.text));
            svg.extend(["<tspan x=\"", &label_x, "\" y=\"", &y, "\">", &text]);
            if lines.peek().is_none() {
                svg.extend([" <tspan class=\"v\">", value, "</tspan>"]);
            }
            svg.push_str("</tspan>");
        }
        svg.push_str("</text>");
    }
}

/// A label in lines that fit beside its point, with room for its value at the end of the last.
pub(in crate::report) fn lines(label: &str, value: &str, point: &RadarPoint) -> Vec<Line> {
    let (x, y) = point.label;
    let (left, right) = (x - SIDES.0, SIDES.1 - x);
    let room = match point.align {
        Align::Start => right,
        Align::End => left,
        Align::Middle => 2.0 * left.min(right),
    };
    let fits = (1..).take_while(|count| whole(*count) * CHARACTER <= room);
    let texts = wrap(label, value.chars().count() + 1, fits.count());
    let rise = whole(texts.len().saturating_sub(1)) * LINE;
    let first = match point.align {
        Align::Middle if y > CENTRE.1 => y,
        Align::Middle => y - rise,
        Align::Start | Align::End => y - rise / 2.0,
    };
    let line = |(at, text)| Line {
        y: tenth(first + whole(at) * LINE),
        text,
    };
    texts.into_iter().enumerate().map(line).collect()
}

/// Words in lines of at most so many characters, the last of them with so many to spare.
fn wrap(label: &str, spare: usize, most: usize) -> Vec<String> {
    let length = |text: &str| text.chars().count();
    let mut lines: Vec<String> = Vec::new();
    let mut words = label.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let room = most.saturating_sub(if words.peek().is_none() { spare } else { 0 });
        match lines.last_mut() {
            Some(line) if length(line) + 1 + length(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, room)),
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last}…"), most.saturating_sub(spare));
        }
    }
    lines
}

/// A word, shortened where it has more characters than this.
fn cut(word: &str, most: usize) -> String {
    if word.chars().count() <= most {
        return word.to_owned();
    }
    let head = word.trim_end_matches('…').chars();
    head.take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_wrapped_and_then_cut() {
        assert_eq!(wrap("People", 3, 12), ["People"]);
        assert_eq!(
            wrap("Marketing and sales", 3, 12),
            ["Marketing", "and sales"]
        );
        assert_eq!(wrap("Supercalifragilistic", 3, 12), ["Supercal…"]);
        let many = wrap("one two three four five six seven eight", 3, 10);
        assert_eq!(many, ["one two", "three four", "five s…"]);
    }

    #[test]
    fn no_line_leaves_the_drawing() {
        let radar = super::super::radar(&[Some(50.0); 5]);
        for point in &radar.points {
            for line in lines("A name of quite unusual length indeed", "100", point) {
                let wide = whole(line.text.chars().count()) * CHARACTER;
                let (x, _) = point.label;
                let (from, to) = match point.align {
                    Align::Start => (x, x + wide),
                    Align::End => (x - wide, x),
                    Align::Middle => (x - wide / 2.0, x + wide / 2.0),
                };
                assert!(from >= SIDES.0 && to <= SIDES.1, "{line:?}");
            }
        }
    }
}
