//! A history in sentences.

use super::{MOST_MARKS, MOST_ROWS, counted, date, is_named, short, worded};
use crate::report::view::context::{capital, counted as how_many, date as day_in_words, opening};
use crate::study::history::{
    Direction, History, IndexChange, LadderSeries, MarkKind, PointState, Series,
};
use crate::text::number::{format_near, rounded};
use jiff::civil::Date;

/// More changes of a level than this are counted, the last ones told.
const MOST_LEVELS: usize = 8;

/// "Three revisions, 31 January 2026 to 30 June 2026, each scored by the packs it named."
pub(super) fn lead(history: &History) -> String {
    let count = opening(history.points.len(), "revision", "revisions");
    let days = match ends(history) {
        None => String::new(),
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
    };
    let packs = match (is_named(history), history.points.len()) {
        (true, 1) => "scored by the packs it named",
        (true, _) => "each scored by the packs it named",
        (false, 1) => "scored by the packs there are now",
        (false, _) => "all scored by the packs there are now",
    };
    format!("{count}{days}, {packs}.")
}

/// The first and the last day, in words.
pub(super) fn ends(history: &History) -> Option<(String, String)> {
    let days = || history.points.iter().map(|point| point.date.as_str());
    Some((worded(days().min()?), worded(days().max()?)))
}

/// Notes on what is left out of the page, and why; `drawn` is the number of marks drawn.
pub(super) fn notes(history: &History, drawn: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if history.points.len() > MOST_ROWS {
        notes.push(format!(
            "Tables hold the newest {MOST_ROWS} revisions, curves all of them, and so does JSON."
        ));
    }
    if drawn == MOST_MARKS {
        notes.push(format!(
            "Of the marks no more than the newest {MOST_MARKS} are drawn."
        ));
    }
    if let Some(going) = &history.gone {
        let how = match &going.to {
            Some(to) => format!("was renamed to “{to}”; its later revisions are found there"),
            None => "was deleted".to_owned(),
        };
        let (on, commit) = (worded(&going.on), short(&going.commit));
        let path = &history.path;
        notes.push(format!("On {on}, with {commit}, “{path}” {how}."));
    }
    let told = |text: &str| text.to_owned();
    if history.shallow {
        notes.push(told(
            "Older revisions are not in this clone, which is shallow; “git fetch --unshallow” brings them.",
        ));
    }
    let failed = counted(history, PointState::Failed);
    if failed > 0 {
        let what = opening(failed, "revision could", "revisions could");
        notes.push(format!("{what} not be scored; the table says why."));
    }
    let held = counted(history, PointState::HeldBack);
    if held > 0 {
        let what = opening(held, "revision is", "revisions are");
        notes.push(format!(
            "{what} listed without figures: from there to one that is shown, the answers of a few people changed, and theirs would follow from the difference."
        ));
    }
    let mut marks = history.points.iter().flat_map(|point| &point.marks);
    if marks.any(|mark| mark.kind == MarkKind::Earlier) {
        notes.push(told(
            "Some days go back. Revisions stand in the order of their commits.",
        ));
    }
    notes.push(told(
        "Figures are over everybody who answered; none is told by role.",
    ));
    notes.push(told(
        "A change is told where two revisions rest on the same basis and the same packs, and differ by 6.25 points (a quarter of an anchor) or more and by no less than open answers allow. Revisions are those of the branch along first parents: each was a state of it.",
    ));
    notes
}

/// From when to when a score moved by how much, and whether that may be called a change.
pub(super) fn moved(history: &History, series: &Series) -> String {
    let Some(lately) = &series.lately else {
        let rated = series.points.iter().filter(|point| point.index.is_some());
        return match rated.count() {
            0 => "Not told at any revision.",
            1 => "One revision tells it; there is nothing to hold it against.",
            _ => "No two revisions may be held against each other: model, basis or coverage stands in between.",
        }
        .to_owned();
    };
    let day = |place: usize| {
        let point = history.points.get(place);
        point.map_or_else(String::new, |point| worded(&point.date))
    };
    let at = |place: usize| {
        let point = series.points.iter().find(|one| one.point == place);
        let index = point.and_then(|one| one.index);
        index.map_or_else(String::new, |index| rounded(index, 1))
    };
    let span = format!(
        "{} on {}, {} on {}",
        at(lately.from),
        day(lately.from),
        at(lately.to),
        day(lately.to)
    );
    let first = series.points.first().map(|point| point.point);
    let since = if first == Some(lately.from) {
        ""
    } else {
        " What is older does not compare."
    };
    format!("{}: {span}.{since}", called(lately))
}

/// "Up 16.2", "No change that can be told".
fn called(step: &IndexChange) -> String {
    let by = || format_near(step.by.abs(), 6.25, 1);
    match step.direction {
        Direction::Up => format!("Up {}", by()),
        Direction::Down => format!("Down {}", by()),
        Direction::NoChange => "No change that can be told".to_owned(),
    }
}

/// The same in two words.
pub(super) fn verdict(step: Option<&IndexChange>) -> String {
    match step {
        None => "not compared".to_owned(),
        Some(step) if step.direction == Direction::NoChange => "no change".to_owned(),
        Some(step) => called(step).to_lowercase(),
    }
}

/// "Attentive on 31 January 2026; then Structured on 30 June 2026."
pub(super) fn climbed(history: &History, ladder: &LadderSeries) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut before: Option<&str> = None;
    for point in &ladder.points {
        let level = point.level.as_ref();
        let label = level.map_or("no level", |one| one.label.as_str());
        if before == Some(label) {
            continue;
        }
        let day = history.points.get(point.point);
        let day = day.map_or_else(String::new, |point| worded(&point.date));
        let open = if point.certain || level.is_none() {
            ""
        } else {
            ", which open answers could change"
        };
        parts.push(format!("{label} from {day}{open}"));
        before = Some(label);
    }
    let more = parts.len().saturating_sub(MOST_LEVELS);
    if more > 0 {
        parts.drain(..more);
        let earlier = how_many(more, "earlier change", "earlier changes");
        parts.insert(0, format!("after {earlier}"));
    }
    if parts.is_empty() {
        return String::new();
    }
    capital(&format!("{}.", parts.join("; ")))
}

/// "Apr 2026".
pub(super) fn month(date: Date) -> String {
    let long = day_in_words(date);
    let name = long.split(' ').nth(1).and_then(|name| name.get(..3));
    format!("{} {}", name.unwrap_or_default(), date.year())
}

/// A day as tables carry it, "2026-01-31".
pub(super) fn iso(text: &str) -> String {
    date(text).map_or_else(|| text.to_owned(), |date| date.to_string())
}
