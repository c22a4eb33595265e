//! Stretches of a text with what is put in their place.

use std::ops::Range;

/// Cuts into a text, none of which overlap.
pub(super) struct Cuts<'t> {
    text: &'t str,
    /// How the text ends its lines.
    pub(super) end: &'static str,
    made: Vec<(Range<usize>, String)>,
}

impl<'t> Cuts<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let made = Vec::new();
        Self { text, end, made }
    }

    /// Puts a text in the place of a stretch.
    pub(super) fn cut(&mut self, range: Range<usize>, text: String) {
        self.made.push((range, text));
    }

    /// Puts whole lines where a line begins, or at the end of the text.
    pub(super) fn lines(&mut self, at: usize, lines: &[String]) {
        let before = self.text.get(..at).unwrap_or_default();
        let fresh = before.is_empty() || before.ends_with('\n');
        let line = |line: &String| {
            if fresh {
                format!("{line}{}", self.end)
            } else {
                format!("{}{line}", self.end)
            }
        };
        let text: String = lines.iter().map(line).collect();
        if !text.is_empty() {
            self.made.push((at..at, text));
        }
    }

    /// The text with its cuts made.
    pub(super) fn apply(mut self) -> String {
        self.made.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() + 64);
        let mut from = 0;
        for (range, text) in &self.made {
            out.push_str(self.text.get(from..range.start).unwrap_or_default());
            out.push_str(text);
            from = range.end.max(from);
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }
}
