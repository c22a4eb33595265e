//! Levels, highest first, each with what it asks for and whether that is there.

use super::dots::{Strip, Tick};
use crate::assessment::{LadderResult, LevelResult, Need as ResultNeed, NeedState};
use crate::report::layout::LadderLayout;
use crate::report::markdown::Markup;
use crate::report::view::Text;
use crate::report::view::material::{Material, in_words};
use crate::rulebook::words::list;
use serde::Serialize;
use std::borrow::Cow;

/// A ladder.
#[derive(Debug, Clone, Serialize)]
pub struct Ladder<'a> {
    /// Highest first.
    pub levels: Vec<LadderLevel<'a>>,
    /// What holds the next level; null at the top.
    pub binding: Option<String>,
    /// The shortest way to the next level, one step each; may be empty.
    pub path: Vec<String>,
    /// Where these steps lead.
    pub path_leads: Option<String>,
    /// The ladder's score; null where the ladder reads none.
    pub strip: Option<Strip<'a>>,
    /// Where each level starts.
    pub ticks: Vec<Tick>,
}

/// A level.
#[derive(Debug, Clone, Serialize)]
pub struct LadderLevel<'a> {
    /// `2`.
    pub number: String,
    /// Its name.
    pub name: Text<'a>,
    /// What it means.
    pub text_html: &'a str,
    /// The same in Markdown.
    pub text_md: &'a str,
    /// Where it stands.
    pub state: LevelState,
    /// The state in words.
    pub word: &'static str,
    /// Its own conditions; empty for the lowest.
    pub needs: Vec<Need>,
}

/// Where a level stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LevelState {
    /// It is the level reached.
    Here,
    /// It is below the level reached.
    Reached,
    /// Open answers may still lead to it.
    Possible,
    /// It is not reached.
    Ahead,
}

/// A condition of a level.
#[derive(Debug, Clone, Serialize)]
pub struct Need {
    /// What is asked for and what is there: "Index 50 or more: 47".
    pub text: String,
    /// Whether it is there: `met`, `unmet` or `unproven`.
    pub state: NeedState,
    /// The same in words.
    pub word: &'static str,
}

impl<'a> Material<'a> {
    pub(super) fn ladder_chart(
        &self,
        layout: &'a LadderLayout<'a>,
    ) -> Option<(Ladder<'a>, String)> {
        let result = self.ladder(layout.node)?;
        let here = result.level.as_ref().map(|level| level.id.as_str());
        let of = self
            .rulebook
            .program
            .ladder(layout.node)
            .and_then(|rungs| rungs.of);
        let levels = result.levels.iter().zip(&layout.texts).enumerate();
        let mut levels: Vec<_> = levels
            .map(|(place, (level, text))| rung(place, level, text, here))
            .collect();
        levels.reverse();
        let chart = Ladder {
            levels,
            binding: binding(result),
            path: Vec::new(),
            path_leads: None,
            strip: of.and_then(|node| self.strip(node)),
            ticks: std::iter::once(0.0)
                .chain(layout.starts.iter().copied())
                .map(Tick::at)
                .collect(),
        };
        Some((chart, caption(result)))
    }
}

fn rung<'a>(
    place: usize,
    level: &'a LevelResult,
    text: &'a Markup,
    here: Option<&str>,
) -> LadderLevel<'a> {
    let state = if here == Some(level.id.as_str()) {
        LevelState::Here
    } else if level.reached {
        LevelState::Reached
    } else if level.possible {
        LevelState::Possible
    } else {
        LevelState::Ahead
    };
    LadderLevel {
        number: (place + 1).to_string(),
        name: Cow::Borrowed(&level.title),
        text_html: &text.html,
        text_md: &text.md,
        state,
        word: match state {
            LevelState::Here => "you are here",
            LevelState::Reached => "reached",
            LevelState::Possible => "possible once open questions are answered",
            LevelState::Ahead => "not reached",
        },
        needs: level.needs.iter().map(need).collect(),
    }
}

fn need(need: &ResultNeed) -> Need {
    let word = match need.state {
        NeedState::Met => "met",
        NeedState::Unmet => "not met",
        NeedState::Unproven => "unproven",
    };
    let text = if need.actual == word {
        need.text.clone()
    } else {
        format!("{}: {}", need.text, need.actual)
    };
    Need {
        text,
        state: need.state,
        word,
    }
}

/// What the next level still asks for, with what is there.
fn binding(result: &LadderResult) -> Option<String> {
    let held = result.held_by();
    let next = result.levels.iter().find(|level| !level.reached)?;
    if held.is_empty() {
        return None;
    }
    let needs: Vec<String> = held
        .iter()
        .map(|need| format!("{} (now {})", need.text, need.actual))
        .collect();
    let needs: Vec<&str> = needs.iter().map(String::as_str).collect();
    Some(format!("{} still needs {}.", next.title, list(&needs)))
}

fn caption(result: &LadderResult) -> String {
    let count = result.levels.len();
    let place = |name: &crate::assessment::Named| {
        result
            .levels
            .iter()
            .position(|one| one.id == name.id)
            .map_or(0, |place| place + 1)
    };
    let Some(level) = &result.level else {
        return "Too little is answered to give a level.".to_owned();
    };
    let at = place(level);
    let mut text = format!("{} is level {at} of {count}.", level.label);
    let higher = result.possible.iter().filter(|one| place(one) > at).count();
    let lower = result.possible.iter().filter(|one| place(one) < at).count();
    if higher > 0 && lower > 0 {
        text.push_str(" Open questions could still move it either way.");
    } else if higher > 0 {
        text.push_str(" Open questions could still lift it.");
    } else if lower > 0 {
        text.push_str(" Open questions could still lower it.");
    } else if at < count {
        let held = result.held_by().len();
        let things = if held == 1 {
            "condition holds"
        } else {
            "conditions hold"
        };
        text.push_str(&format!(
            " {} {things} the next one.",
            capital(&in_words(held))
        ));
    }
    text
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
