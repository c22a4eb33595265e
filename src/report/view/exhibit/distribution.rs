//! How many ratings stand on each anchor: the spread that a mean hides.

use crate::report::chart::{nearest, whole};
use crate::report::layout::PackLayout;
use crate::report::view::Text;
use crate::report::view::material::{Material, counted, opening, short};
use crate::rules::rulebook::words::number;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use crate::text::number::round;
use serde::Serialize;
use std::borrow::Cow;

/// A share narrower than this many percent of its row has no room for its count.
const NARROW: f64 = 5.0;
const CLASSES: [&str; 6] = ["l0", "l1", "l2", "l3", "l4", "open"];

/// Rows of shares; the first row is all of the pack.
#[derive(Debug, Clone, Serialize)]
pub struct Distribution<'a> {
    /// The rows.
    pub rows: Vec<DistRow<'a>>,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct DistRow<'a> {
    /// Name.
    pub label: Text<'a>,
    /// "12 questions".
    pub base: String,
    /// The shares side by side, each with its count where there is room for it; SVG.
    pub shares_svg: String,
    /// Five, for the anchors 0 to 4.
    pub counts: Vec<String>,
    /// Unknown and unanswered.
    pub open: String,
    /// The row as a sentence.
    pub says: String,
}

/// Ratings by the step they reach, 0 to 4.
#[derive(Default, Clone, Copy)]
struct Tally {
    /// Those at 0 to 4, and open ones.
    counts: [usize; 6],
    /// Some stand between two steps.
    between: bool,
    /// Those that too few people answered to be counted.
    hidden: usize,
}

impl<'a> Material<'a> {
    pub(super) fn distribution(
        &self,
        pack: usize,
        layout: &PackLayout<'_>,
    ) -> Option<(Distribution<'a>, String)> {
        let mut all = Tally::default();
        let [mut spare, mut elsewhere, mut market, mut no_score] = [Tally::default(); 4];
        let mut rows = Vec::new();
        for section in self
            .rulebook
            .sections
            .iter()
            .filter(|section| section.pack == pack)
        {
            let mut tally = Tally::default();
            for node in &section.questions {
                let slot = if layout.market.contains(node) {
                    &mut market
                } else if self.is_scored(layout, *node) && self.is_called_for(*node) {
                    &mut tally
                } else if self.is_scored(layout, *node) {
                    &mut spare
                } else if self.layout.is_counted(*node) {
                    &mut elsewhere
                } else {
                    &mut no_score
                };
                slot.add(self, *node);
            }
            if tally.total() > 0 {
                all.add_all(tally);
                rows.push(tally.row(Cow::Borrowed(short(&section.title))));
            }
        }
        if all.total() == 0 {
            return None;
        }
        if rows.len() > 1 {
            rows.insert(0, all.row(Cow::Borrowed("All parts together")));
        }
        let mut caption = all.caption();
        let apart = [
            (spare, "not called for, and left out of this spread"),
            (elsewhere, "counted by scores of other packs alone"),
            (market, "of the market, not of what you do"),
            (no_score, "in no score"),
        ];
        for (tally, why) in apart {
            let [one, many] = ["is", "are"].map(|be| format!("more {be} {why}."));
            if tally.total() > 0 {
                caption.push(' ');
                caption.push_str(&opening(tally.total(), &one, &many));
            }
        }
        Some((Distribution { rows }, caption))
    }
}

impl Material<'_> {
    /// Whether a score of the profile rests on a question.
    fn is_scored(&self, layout: &PackLayout<'_>, node: usize) -> bool {
        let reach = self.rulebook.program.reach();
        let mut scores = layout.profile.iter();
        layout.profile.is_empty() || scores.any(|score| reach.rests(*score, node))
    }
}

impl Tally {
    /// Counts a rating as it counts, where it applies.
    fn add(&mut self, material: &Material<'_>, node: usize) {
        let Some(question) = material.question(node).filter(|_| material.is_rating(node)) else {
            return;
        };
        let place = match question.state {
            State::Rated => question.value.map(|value| {
                // Between two steps only the lower one is reached.
                self.between |= (value - round(value, 0)).abs() > TOLERANCE;
                nearest((value + TOLERANCE).floor(), 5)
            }),
            State::Missing | State::Unknown if question.is_closed() => {
                self.hidden += 1;
                None
            }
            State::Missing | State::Unknown => Some(5),
            State::NotApplicable | State::Irrelevant | State::NotAsked => None,
        };
        if let Some(slot) = place.and_then(|place| self.counts.get_mut(place)) {
            *slot += 1;
        }
    }

    fn add_all(&mut self, other: Self) {
        for (slot, count) in self.counts.iter_mut().zip(other.counts) {
            *slot += count;
        }
        self.between |= other.between;
        self.hidden += other.hidden;
    }

    fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    fn row<'a>(&self, label: Text<'a>) -> DistRow<'a> {
        let (counts, open) = self.counts.split_at(5);
        let open = open.first().copied().unwrap_or_default();
        let spoken = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let spoken: Vec<String> = spoken
            .map(|(anchor, count)| format!("{count} at {anchor}"))
            .collect();
        DistRow {
            says: format!(
                "{label}: {}{}{open} open.",
                spoken.join(", "),
                if spoken.is_empty() { "" } else { ", " }
            ),
            label,
            base: counted(self.total(), "question", "questions"),
            shares_svg: self.shares(),
            counts: counts.iter().map(ToString::to_string).collect(),
            open: open.to_string(),
        }
    }

    /// Zero counts are left out.
    fn shares(&self) -> String {
        let total = whole(self.total());
        let mut before = 0.0;
        let mut svg = String::with_capacity(512);
        for (count, class) in self
            .counts
            .iter()
            .zip(CLASSES)
            .filter(|(count, _)| **count > 0)
        {
            let width = whole(*count) / total * 100.0;
            let [x, wide, middle] = [before, width, before + width / 2.0].map(number);
            let label = if width < NARROW {
                String::new()
            } else {
                count.to_string()
            };
            svg.extend([
                "<rect class=\"",
                class,
                "\" x=\"",
                &x,
                "%\" width=\"",
                &wide,
            ]);
            svg.extend(["%\" y=\"1\" height=\"24\"/><text class=\"", class]);
            svg.extend(["\" x=\"", &middle, "%\" y=\"18\">", &label, "</text>"]);
            before += width;
        }
        svg
    }

    fn caption(&self) -> String {
        let [zero, one, two, three, four, open] = self.counts;
        let rated = zero + one + two + three + four;
        let say = |count| match count {
            0 => "none".to_owned(),
            count => format!("{count}"),
        };
        let mut text = format!(
            "Of {} {} at 3 or 4, {} at 2 and {} at 0 or 1.",
            counted(
                rated,
                "rating that the scores above count,",
                "ratings that the scores above count,"
            ),
            say(three + four),
            say(two),
            say(zero + one)
        );
        if open > 0 {
            text.push(' ');
            text.push_str(&opening(open, "more is open.", "more are open."));
        }
        if self.hidden > 0 {
            text.push(' ');
            text.push_str(&opening(
                self.hidden,
                "more is hidden: too few people answered it.",
                "more are hidden: too few people answered them.",
            ));
        }
        if self.between {
            text.push_str(" A mean between two steps counts at the lower one, which it reaches.");
        }
        text
    }
}
