//! Levels, highest first, each with what it asks for and whether that is there.

use super::dots::{Strip, Tick};
use crate::assess::assessment::{
    LadderResult, LevelResult, Need as ResultNeed, NeedKind, NeedState, ScoreState,
};
use crate::report::layout::{LadderLayout, floor};
use crate::report::markdown::Markup;
use crate::report::view::context::{ReportContext, capital, in_words};
use crate::report::view::{LadderRules, Text};
use serde::Serialize;
use std::borrow::Cow;

/// More floors than this are told in one line.
const MOST_FLOORS: usize = 2;

/// A ladder.
#[derive(Debug, Clone, Serialize)]
pub struct Ladder<'a> {
    /// Highest first.
    pub levels: Vec<LadderLevel<'a>>,
    /// Sentence about what the next level still needs; null at the top.
    pub binding: Option<String>,
    /// The ladder's score; null where the ladder reads none.
    pub strip: Option<Strip<'a>>,
    /// Start of each level on the axis.
    pub ticks: Vec<Tick>,
}

/// A level.
#[derive(Debug, Clone, Serialize)]
pub struct LadderLevel<'a> {
    /// `2`.
    pub number: String,
    /// Its name.
    pub name: Text<'a>,
    /// Its meaning; empty if the level is passed, or if only unproven needs block the next one.
    pub text_html: &'a str,
    /// The same in Markdown.
    pub text_md: &'a str,
    /// State of the level.
    pub state: LevelState,
    /// The state in words.
    pub word: &'static str,
    /// Its own conditions, of the level reached and of the next one where that is called for; empty
    /// for the others.
    pub needs: Vec<Need>,
}

/// State of a level.
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
    /// Value asked for and value given: "Index 50 or more: 47".
    pub text: String,
    /// State of the condition: `met`, `unmet`, `unproven` or `not-applicable`.
    pub state: NeedState,
    /// The same in words.
    pub word: &'static str,
}

impl<'a> ReportContext<'a> {
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
        let next = result.levels.iter().position(|level| !level.reached);
        let next = next.filter(|_| result.higher_is_called_for);
        let unproven = result.is_blocked_by_unproven_only();
        let levels = result.levels.iter().zip(&layout.texts).enumerate();
        let mut levels: Vec<_> = levels
            .map(|(place, (level, text))| {
                // What the others ask for stands in the method, once for all clients.
                let told = here == Some(level.id.as_str()) || next == Some(place);
                let needs = if told {
                    self.needs(&level.needs)
                } else {
                    Vec::new()
                };
                rung(place, level, text, here, needs)
            })
            .collect();
        for level in &mut levels {
            let short_of = unproven && level.state == LevelState::Here;
            if short_of {
                level.word = "all that could be shown";
            }
            // What a level means is said of the firm only where it stands there, or is not there yet.
            if short_of || level.state == LevelState::Reached {
                (level.text_html, level.text_md) = ("", "");
            }
        }
        levels.reverse();
        let chart = Ladder {
            levels,
            binding: result.still_needs(usize::MAX),
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
    needs: Vec<Need>,
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
        needs,
    }
}

impl ReportContext<'_> {
    /// Conditions of a level; many floors of one height that are met become one line.
    fn needs(&self, needs: &[ResultNeed]) -> Vec<Need> {
        let floors = needs.iter().filter(|need| need.kind == NeedKind::Floor);
        let missed = floors.clone().any(|need| need.state.blocks());
        let floors: Vec<&ResultNeed> = floors.filter(|need| !need.state.blocks()).collect();
        let together = if floors.len() > MOST_FLOORS {
            self.floors(&floors, missed)
        } else {
            None
        };
        let mut list = Vec::new();
        for one in needs {
            match (&together, one.kind) {
                (Some(floor), NeedKind::Floor)
                    if floors.first().is_some_and(|first| first.id == one.id) =>
                {
                    list.push(floor.clone());
                }
                (Some(_), NeedKind::Floor) if !one.state.blocks() => {}
                _ => list.push(need(one)),
            }
        }
        list
    }

    /// The rules of a ladder, with the gates and floors among them that do not apply marked.
    pub(in crate::report::view) fn ladder_rules<'r>(
        &self,
        layout: &LadderLayout<'r>,
    ) -> LadderRules<'r> {
        let mut rules = layout.rules.clone();
        let levels = self.ladder(layout.node).map_or(&[][..], |one| &one.levels);
        for (rule, level) in rules.rows.iter_mut().zip(levels) {
            let gates = level
                .needs
                .iter()
                .filter(|need| need.kind == NeedKind::Gate);
            for (text, gate) in rule.gates.iter_mut().zip(gates) {
                if gate.state == NeedState::NotApplicable {
                    *text = Cow::Owned(format!("{text} ({} here)", gate.state.word()));
                }
            }
        }
        let rungs = self.rulebook.program.ladder(layout.node);
        let rungs = rungs.map_or(&[][..], |ladder| &ladder.levels);
        for (rule, rung) in rules.rows.iter_mut().zip(rungs) {
            let out = |node: usize| {
                let score = self.score(node);
                score.is_some_and(|one| one.state == ScoreState::NotApplicable)
            };
            rule.floor = floor(self.rulebook, rung, &out).map(Cow::Owned);
        }
        rules
    }

    fn label_of<'n>(&'n self, need: &'n ResultNeed) -> &'n str {
        let item = self
            .rulebook
            .find(&need.id)
            .and_then(|node| self.rulebook.item(node));
        item.map_or(need.id.as_str(), |item| item.label.as_str())
    }

    /// "Each of six parts at index 50 or more", of those that are met.
    fn floors(&self, floors: &[&ResultNeed], missed: bool) -> Option<Need> {
        let first = floors.first()?;
        let limit = first.text.strip_prefix(self.label_of(first))?.trim_start();
        let met = floors.iter().filter(|need| need.state == NeedState::Met);
        let (applying, all) = (met.clone().count(), floors.len());
        let other = if missed { "other " } else { "" };
        let text = match applying {
            0 | 1 => format!("Each {other}part that applies {limit}"),
            _ if applying < all => {
                format!(
                    "Each of {} {other}parts that apply {limit}",
                    in_words(applying)
                )
            }
            _ => format!("Each of {} {other}parts {limit}", in_words(applying)),
        };
        let state = if applying == 0 {
            NeedState::NotApplicable
        } else {
            NeedState::Met
        };
        let open = met.clone().any(|need| !need.certain);
        let word = if open { MET_SO_FAR } else { state.word() };
        Some(Need { text, state, word })
    }
}

fn need(need: &ResultNeed) -> Need {
    let word = word(need);
    let text = capital(&need.text);
    let text = if need.actual == word {
        text
    } else {
        format!("{text}: {}", need.actual)
    };
    Need {
        text,
        state: need.state,
        word,
    }
}

/// Words for a need that is met and that open answers could undo.
const MET_SO_FAR: &str = "met so far; open answers decide";

/// State of a need in words; one that is met shows if open answers could undo it.
fn word(need: &ResultNeed) -> &'static str {
    match need.kind {
        _ if need.certain || need.state != NeedState::Met => need.state.word(),
        NeedKind::Gate => "met as things stand",
        NeedKind::Score | NeedKind::Floor | NeedKind::Basis | NeedKind::Confidence => MET_SO_FAR,
    }
}

fn caption(result: &LadderResult) -> String {
    let count = result.levels.len();
    let reached = result.level.as_ref();
    let Some((level, at)) = reached.and_then(|level| Some((level, result.rank(level)?))) else {
        return "Too little is answered to give a level.".to_owned();
    };
    let mut text = format!("{} is level {at} of {count}.", level.label);
    let ranks = || result.possible.iter().filter_map(|one| result.rank(one));
    let higher = ranks().filter(|rank| *rank > at).count();
    let lower = ranks().filter(|rank| *rank < at).count();
    if higher > 0 && lower > 0 {
        text.push_str(" Open questions could still move it either way.");
    } else if higher > 0 {
        text.push_str(" Open questions could still lift it.");
    } else if lower > 0 {
        text.push_str(" Open questions could still lower it.");
    }
    if let Some(enough) = result.enough.as_ref().filter(|_| at < count) {
        text.extend([" ", enough]);
    } else if at < count && higher + lower == 0 {
        let held = result.blocked_by().len();
        let things = if held == 1 {
            "condition holds"
        } else {
            "conditions hold"
        };
        text.extend([
            " ",
            &capital(&in_words(held)),
            " ",
            things,
            " the next one.",
        ]);
    }
    text
}
