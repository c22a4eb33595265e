//! Tables of a history: every revision, and the scores of a group at each.

use super::{Ground, MOST_ROWS, index, say, short};
use crate::answers::Status;
use crate::assess::assessment::ScoreState;
use crate::report::view::context::{capital, counted, percent};
use crate::rules::vocabulary::Basis;
use crate::study::history::{DateSource, PointResult, PointState, Series, SeriesPoint};
use serde::Serialize;

/// A revision.
#[derive(Debug, Clone, Serialize)]
pub struct TrendRow {
    /// "2026-01-31".
    pub date: String,
    /// The day is that of the commit, because the assessment gives none.
    pub by_commit: bool,
    /// The first eight letters of the hash.
    pub commit: String,
    /// "perception, draft, 94 % answered, 22 people"; or why there are no figures.
    pub says: String,
    /// Problem of the revision; null where it could be scored.
    pub problem: Option<TrendProblem>,
    /// Changes since the revision before, apart from the answers.
    pub marks: Vec<String>,
}

/// A problem of a revision.
#[derive(Debug, Clone, Serialize)]
pub struct TrendProblem {
    /// Place of the problem; null where it has none.
    pub place: Option<String>,
    /// Text of the problem, and how many more there are.
    pub message: String,
    /// Way to solve it; null where none is known.
    pub help: Option<String>,
}

impl Ground<'_> {
    /// Revisions, the newest first.
    pub(super) fn rows(&self) -> Vec<TrendRow> {
        let newest = self.history.points.iter().rev().take(MOST_ROWS);
        newest.map(row).collect()
    }

    /// Scores at every revision that tells any of them.
    pub(super) fn table(&self, columns: &[&Series]) -> Vec<Vec<String>> {
        let backwards = |series: &&Series| series.points.clone().into_iter().rev().peekable();
        let mut left: Vec<_> = columns.iter().map(backwards).collect();
        let mut table = Vec::new();
        let points = self.history.points.iter().enumerate().rev();
        for (place, point) in points.take(MOST_ROWS) {
            let here = left
                .iter_mut()
                .map(|points| points.next_if(|one| one.point == place));
            let here: Vec<Option<SeriesPoint>> = here.collect();
            if here.iter().any(Option::is_some) {
                let head = [say::iso(&point.date), short(&point.commit).to_owned()];
                let cells = here.iter().map(|one| cell(one.as_ref()));
                table.push(head.into_iter().chain(cells).collect());
            }
        }
        table
    }
}

/// "58", "58 (54 to 63)"; an asterisk where too few answered for a verdict.
fn cell(point: Option<&SeriesPoint>) -> String {
    let Some((point, value)) = point.and_then(|one| Some((one, one.index?))) else {
        return "–".to_owned();
    };
    let value = index(value);
    let thin = if point.state == ScoreState::Rated {
        ""
    } else {
        "*"
    };
    let range = point
        .index_range
        .map(|one| (index(one.low), index(one.high)));
    match range {
        Some((low, high)) if low != high => format!("{value}{thin} ({low} to {high})"),
        Some(_) | None => format!("{value}{thin}"),
    }
}

fn row(point: &PointResult) -> TrendRow {
    let problem = point.problem.as_ref().map(|problem| {
        let more = match problem.more {
            0 => String::new(),
            more => format!("; {}", counted(more, "further error", "further errors")),
        };
        TrendProblem {
            place: problem.place.clone(),
            message: format!("{}{more}", problem.message),
            help: problem.help.clone(),
        }
    });
    TrendRow {
        date: say::iso(&point.date),
        by_commit: point.dated_by == DateSource::Commit,
        commit: short(&point.commit).to_owned(),
        says: says(point),
        problem,
        marks: point.marks.iter().map(|one| capital(&one.text)).collect(),
    }
}

fn says(point: &PointResult) -> String {
    let last: Vec<String> = match point.state {
        PointState::Failed => return "could not be scored".to_owned(),
        PointState::HeldBack => vec!["held back: the answers of a few people".to_owned()],
        PointState::Scored => {
            let coverage = point.coverage.map(|share| percent(share) + " answered");
            let people = point.people.filter(|people| *people > 1);
            let people = people.map(|people| format!("{people} people"));
            coverage.into_iter().chain(people).collect()
        }
    };
    let basis = point.basis.map(|basis| match basis {
        Basis::Perception => "perception",
        Basis::Evidenced => "evidenced",
    });
    let status = point.status.map(|status| match status {
        Status::Draft => "draft",
        Status::Final => "final",
    });
    let facts = basis.into_iter().chain(status).map(str::to_owned);
    facts.chain(last).collect::<Vec<_>>().join(", ")
}
