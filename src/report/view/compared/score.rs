//! Scores that moved, with the answers behind them.

use super::still;
use crate::assess::assessment::Range;
use crate::report::chart::tenth;
use crate::report::view::context::counted;
use crate::report::view::{Text, Tick, short};
use crate::study::compare::{
    Comparison, Movement, NoChange, QUARTER_ANCHOR, ScoreChange, ScorePoint, Share,
};
use crate::text::number::TOLERANCE;
use crate::text::number::{Move, rounded, signed};
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;

/// The scores that moved, those that are called a change first.
#[derive(Debug, Clone, Serialize)]
pub struct Moved<'a> {
    /// 0, 25, 50, 75 and 100.
    pub ticks: Vec<Tick>,
    /// One per score that moved at all.
    pub rows: Vec<MovedRow<'a>>,
    /// Number of scores that did not move; null where all did.
    pub still: Option<String>,
    /// True if the effect of the packs is shown apart from that of the answers.
    pub apart: bool,
}

/// A score that moved.
#[derive(Debug, Clone, Serialize)]
pub struct MovedRow<'a> {
    /// `organisation.light`.
    pub id: &'a str,
    /// Name.
    pub label: Text<'a>,
    /// "58.3 (54.2 to 62.5)"; "not assessed".
    pub from: String,
    /// The same of the later side.
    pub to: String,
    /// "+8.3"; a dash where there is none.
    pub difference: String,
    /// "+5.0 over 4"; "all 5" where these are all there are.
    pub common: String,
    /// "rose", "fell", "changed", "no change", "now assessed", "no longer assessed".
    pub word: &'static str,
    /// Why it is called no change; null where it is called one.
    pub why: Option<String>,
    /// True if it is called a change.
    pub change: bool,
    /// Place before, percent of the axis; null where it had no value.
    pub from_x: Option<f64>,
    /// Place after, percent of the axis; null where it has no value.
    pub to_x: Option<f64>,
    /// The answers behind it.
    pub parts: Vec<Part<'a>>,
    /// Effect that they have only together, "+1.2"; null where each adds by itself.
    pub together: Option<String>,
    /// "packs +2.0, answers +6.3"; null where that is not told.
    pub apart: Option<String>,
    /// The row as a sentence.
    pub says: String,
}

/// An answer behind a score that moved.
#[derive(Debug, Clone, Serialize)]
pub struct Part<'a> {
    /// The question, `organisation.promise`.
    pub id: &'a str,
    /// Its short name.
    pub label: &'a str,
    /// "3: Written, for target segments".
    pub from: &'a str,
    /// The same of the later side.
    pub to: &'a str,
    /// "+5.0"; null where it is not known.
    pub share: Option<String>,
}

pub(super) fn moved(comparison: &Comparison) -> Moved<'_> {
    let all = &comparison.scores;
    let mut moved: Vec<&ScoreChange> = all
        .iter()
        .filter(|one| one.movement != Movement::Same)
        .collect();
    let size = |one: &ScoreChange| one.difference.map_or(f64::INFINITY, f64::abs);
    moved.sort_by(|a, b| {
        let change = |one: &ScoreChange| Reverse(one.movement.is_change());
        change(a).cmp(&change(b)).then(size(b).total_cmp(&size(a)))
    });
    Moved {
        ticks: Tick::of_index(),
        still: still(all.len() - moved.len()),
        apart: moved.iter().any(|one| one.by_pack.is_some()),
        rows: moved.into_iter().map(|one| row(comparison, one)).collect(),
    }
}

fn row<'a>(comparison: &'a Comparison, score: &'a ScoreChange) -> MovedRow<'a> {
    let label = short(&score.title);
    let told = score.from.index.zip(score.to.index);
    let told = told.map(|(from, to)| Move::new(from, to, &[QUARTER_ANCHOR], 1));
    let digits = told.as_ref().map_or(1, |told| told.digits);
    let (from, to) = (figure(&score.from, digits), figure(&score.to, digits));
    let difference = told.map_or("–".to_owned(), |told| told.by);
    let (word, why) = (word(score.movement), why(score));
    let note = why.as_ref().map_or(String::new(), |why| format!(", {why}"));
    MovedRow {
        says: format!("{label}: from {from} to {to}, {word}{note}."),
        id: &score.id,
        label: Cow::Borrowed(label),
        from,
        to,
        difference,
        common: common(score),
        word,
        why,
        change: score.movement.is_change(),
        from_x: score.from.index.map(tenth),
        to_x: score.to.index.map(tenth),
        parts: score
            .because
            .iter()
            .filter_map(|share| part(comparison, share))
            .collect(),
        together: score.together.map(signed),
        apart: score
            .by_pack
            .zip(score.by_answers)
            .map(|(pack, answers)| format!("packs {}, answers {}", signed(pack), signed(answers))),
    }
}

fn part<'a>(comparison: &'a Comparison, share: &'a Share) -> Option<Part<'a>> {
    let answer = comparison.answers.iter().find(|one| one.id == share.id)?;
    let says = |point: Option<&'a crate::study::compare::AnswerPoint>| {
        point.map_or("not asked", |point| point.says.as_str())
    };
    Some(Part {
        id: &share.id,
        label: &share.label,
        from: says(answer.from.as_ref()),
        to: says(answer.to.as_ref()),
        share: share.index.map(signed),
    })
}

fn figure(point: &ScorePoint, digits: u8) -> String {
    let Some(index) = point.index else {
        return "not assessed".to_owned();
    };
    let index = rounded(index, digits);
    match point.index_range {
        Some(Range { low, high }) if high - low >= TOLERANCE => {
            format!(
                "{index} ({} to {})",
                rounded(low, digits),
                rounded(high, digits)
            )
        }
        Some(_) | None => index,
    }
}

fn common(score: &ScoreChange) -> String {
    let rated = score.scope;
    let all = rated.before == rated.common && rated.after == rated.common;
    match score.common {
        _ if all => format!("all {}", rated.common),
        Some(common) => {
            let told = common.from.zip(common.to);
            let told = told.map(|(from, to)| Move::new(from, to, &[QUARTER_ANCHOR], 1));
            let difference = told.map_or("–".to_owned(), |told| told.by);
            format!("{difference} over {}", rated.common)
        }
        None => format!(
            "not told, {} of {} and {}",
            rated.common, rated.before, rated.after
        ),
    }
}

fn word(movement: Movement) -> &'static str {
    match movement {
        Movement::Rose => "rose",
        Movement::Fell => "fell",
        Movement::Came => "now assessed",
        Movement::Went => "no longer assessed",
        Movement::Differs => "changed",
        Movement::Slight | Movement::Same => "no change",
    }
}

fn why(score: &ScoreChange) -> Option<String> {
    let small = format!(
        "less than a quarter anchor ({})",
        rounded(QUARTER_ANCHOR, 2)
    );
    let common = score.scope.common;
    Some(match score.why? {
        NoChange::Small => small,
        NoChange::SmallInCommon => {
            let questions = counted(common, "question", "questions");
            format!("over the {questions} answered on both sides {small}")
        }
        NoChange::NothingCommon if common == 0 => {
            "no question it rests on is answered on both sides".to_owned()
        }
        NoChange::NothingCommon => "the questions answered on both sides give no score".to_owned(),
        NoChange::OpenAnswers => {
            let points = rounded(score.open, 1);
            format!("answers open on one side alone allow {points} points")
        }
    })
}
