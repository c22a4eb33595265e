//! Number of ratings on each anchor: the spread that a mean hides.

use crate::report::chart::{nearest, whole};
use crate::report::layout::PackLayout;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, counted, in_words, opening, short};
use crate::rules::condition::Truth;
use crate::rules::rulebook::ItemKind;
use crate::rules::rulebook::words::{list, number};
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
    /// Name of the rows: "Part", a score of the table above, or "Section" of questions.
    pub head: &'static str,
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

impl<'a> ReportContext<'a> {
    pub(super) fn distribution(
        &self,
        pack: usize,
        layout: &PackLayout<'_>,
    ) -> Option<(Distribution<'a>, String)> {
        let mut all = Tally::default();
        let [
            mut spare,
            mut elsewhere,
            mut market,
            mut no_score,
            mut beyond,
        ] = [Tally::default(); 5];
        let (mut sections, mut certain) = (Vec::new(), true);
        for section in &self.rulebook.sections {
            let own = section.pack == pack;
            let (mut tally, mut counted) = (Tally::default(), Vec::new());
            for node in &section.questions {
                let scored = self.is_scored(layout, *node);
                let slot = match (own, layout.market.contains(node)) {
                    (true, true) => &mut market,
                    (true, false) if scored && self.is_called_for(*node) => {
                        counted.push(*node);
                        let question = self.question(*node);
                        certain &= question.is_none_or(|one| one.called_for == Truth::True);
                        &mut tally
                    }
                    (true, false) if scored => &mut spare,
                    (true, false) if self.rulebook.is_measured(*node) => &mut elsewhere,
                    (true, false) => &mut no_score,
                    (false, false) if scored && self.is_called_for(*node) => &mut beyond,
                    (false, _) => continue,
                };
                slot.add(self, *node);
            }
            if tally.total() > 0 {
                all.add_all(tally);
                let score = self.score_of(layout, &counted);
                sections.push((tally, score, section.title.as_str()));
            }
        }
        if all.total() == 0 {
            return None;
        }
        // Where each section is one score, its parts are called as the scores are.
        let parts = sections.iter().all(|(_, score, _)| score.is_some());
        let head = if parts { "Part" } else { "Section" };
        let rows = sections.into_iter().map(|(tally, score, section)| {
            let title = score.filter(|_| parts).unwrap_or(section);
            tally.row(Cow::Borrowed(title))
        });
        let mut rows: Vec<_> = rows.collect();
        if rows.len() > 1 {
            let label = format!("All {}s together", head.to_lowercase());
            rows.insert(0, all.row(Cow::Owned(label)));
        }
        let narrower = [
            (beyond.all() > 0, "asked here"),
            (spare.all() > 0 && certain, "called for"),
            (spare.all() > 0 && !certain, "possibly called for"),
        ];
        let narrower = narrower.iter().filter(|(narrows, _)| *narrows);
        let narrower: Vec<&str> = narrower.map(|(_, how)| *how).collect();
        let counted = !layout.profile.is_empty();
        let mut caption = all.caption(&narrower, counted);
        let apart = [
            (beyond, "asked in other parts of this report"),
            (spare, "not called for, and left out of this spread"),
            (
                elsewhere,
                "read by other scores or conditions, not by the scores of this part",
            ),
            (market, "of the market, not of what you do"),
            (no_score, "in no score printed here"),
        ];
        caption.extend(apart.iter().map(|(tally, why)| tally.aside(why)));
        Some((Distribution { head, rows }, caption))
    }
}

impl<'a> ReportContext<'a> {
    /// True if a score of the profile counts a question.
    fn is_scored(&self, layout: &PackLayout<'_>, node: usize) -> bool {
        let mut scores = layout.profile.iter();
        layout.profile.is_empty() || scores.any(|score| self.enters(*score, node))
    }

    /// True if a score takes in a question, by itself or through what it is made of.
    fn enters(&self, item: usize, node: usize) -> bool {
        let program = &self.rulebook.program;
        if item == node || !program.reach().rests(item, node) {
            return item == node;
        }
        match self.rulebook.item(item).map(|item| &item.kind) {
            Some(ItemKind::Score { children, .. }) => {
                children.iter().any(|child| self.enters(*child, node))
            }
            Some(ItemKind::Decision { .. }) => program
                .table(item)
                .is_some_and(|table| table.inputs.iter().any(|one| self.enters(*one, node))),
            _ => false,
        }
    }

    /// The title of the score of the profile that is made of exactly these ratings.
    fn score_of(&self, layout: &PackLayout<'_>, ratings: &[usize]) -> Option<&'a str> {
        let all = |one: usize| -> Option<&'a [usize]> {
            if let ItemKind::Score { children, .. } = &self.rulebook.item(one)?.kind {
                Some(children)
            } else {
                None
            }
        };
        let mut scores = layout.profile.iter();
        let score = scores.find(|score| {
            all(**score).is_some_and(|own| {
                own.iter().all(|node| ratings.contains(node))
                    && (ratings.iter()).all(|node| own.contains(node) || !self.is_rating(*node))
            })
        })?;
        Some(short(&self.score(*score)?.title))
    }
}

impl Tally {
    /// Counts a rating as it counts, where it applies.
    fn add(&mut self, material: &ReportContext<'_>, node: usize) {
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

    /// Hidden ones included.
    fn all(&self) -> usize {
        self.total() + self.hidden
    }

    fn open(&self) -> usize {
        self.counts.last().copied().unwrap_or_default()
    }

    /// " Eight more are of the market, not of what you do; two of them are open."; empty where there
    /// are none.
    fn aside(&self, why: &str) -> String {
        let all = self.all();
        if all == 0 {
            return String::new();
        }
        let [one, many] = ["is", "are"].map(|be| format!("more {be} {why}"));
        let mut text = format!(" {}", opening(all, &one, &many));
        for (count, state) in [(self.open(), "open"), (self.hidden, "hidden")] {
            let said = match (count, all) {
                (0, _) => continue,
                (_, 1) => format!("; it is {state}"),
                (1, _) => format!("; one of them is {state}"),
                (many, _) if many == all => format!("; all of them are {state}"),
                (many, _) => format!("; {} of them are {state}", in_words(many)),
            };
            text.push_str(&said);
        }
        text + "."
    }

    fn row<'a>(&self, label: Text<'a>) -> DistRow<'a> {
        let (counts, open) = (self.counts.split_at(5).0, self.open());
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

    /// Sentence about the ratings by anchor; `narrower` and `counted_above` describe those counted.
    fn caption(&self, narrower: &[&str], counted_above: bool) -> String {
        let [zero, one, two, three, four, open] = self.counts;
        let rated = zero + one + two + three + four;
        let say = |count| match count {
            0 => "none".to_owned(),
            count => format!("{count}"),
        };
        let mut of = counted(rated, "rating", "ratings");
        if !narrower.is_empty() {
            of.extend([" ", &list(narrower)]);
        }
        if counted_above {
            of.push_str(" that the scores above count");
        }
        let mut text = format!(
            "Of {of}, {} at 3 or 4, {} at 2 and {} at 0 or 1.",
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
