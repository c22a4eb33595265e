//! Targets with their progress, and the scores to expect on the way.

use crate::assess::assessment::{AgreedResult, QuestionResult, ScoreResult, TargetPath};
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, percent};
use crate::report::view::route::day;
use crate::rules::condition::Truth;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::words::number;
use crate::text::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// A table of scores has so many days: the first ones and the last.
const MOST_DAYS: usize = 5;

/// Targets and the scores they lead to.
#[derive(Debug, Clone, Serialize)]
pub struct Aims<'a> {
    /// Questions with a target, in pack order.
    pub rows: Vec<Aim<'a>>,
    /// True if any row has a baseline.
    pub baselines: bool,
    /// True if any row is certainly not called for.
    pub uncalled: bool,
    /// Scores to expect; null where no target changes any.
    pub projected: Option<Projected<'a>>,
}

/// A question with a target.
#[derive(Debug, Clone, Serialize)]
pub struct Aim<'a> {
    /// Name, marked where it is not called for.
    pub label: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: Option<&'a str>,
    /// "1, on 31 October 2025"; null where it is not given.
    pub baseline: Option<String>,
    /// "2"; null without an answer.
    pub now: Option<String>,
    /// "2 by 31 March 2027 (Pilot); 3 by 31 December 2027".
    pub target: String,
    /// "50 %"; null without a baseline, where the target is not reached.
    pub progress: Option<String>,
    /// The same in percent, for drawing.
    pub share: Option<f64>,
    /// Way to the target: "Give account managers a signed right"; null where it is reached.
    pub way: Option<String>,
    /// The role that is to reach it.
    pub owner: Option<Text<'a>>,
    /// A phase was due by the day of the assessment and is not reached.
    pub overdue: bool,
}

/// Scores to expect on the days something is due.
#[derive(Debug, Clone, Serialize)]
pub struct Projected<'a> {
    /// "31 March 2027".
    pub days: Vec<String>,
    /// True if any row has a progress.
    pub progress: bool,
    /// One per score that a target changes.
    pub rows: Vec<ProjectedRow<'a>>,
}

/// A score on the way, as index.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectedRow<'a> {
    /// Name, marked where it is not called for.
    pub label: Text<'a>,
    /// Index at the start; null where no baseline stands below the score.
    pub start: Option<String>,
    /// Index today.
    pub now: String,
    /// One per day.
    pub values: Vec<String>,
    /// With every target reached, those without a date included.
    pub target: String,
    /// "50 %"; null where no baseline changes the score.
    pub progress: Option<String>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn aims(&self) -> Option<Aims<'a>> {
        let questions = self.assessment.questions.iter();
        let aimed: Vec<&'a QuestionResult> =
            questions.filter(|one| !one.phases.is_empty()).collect();
        let rows: Vec<Aim<'a>> = aimed.iter().map(|one| self.aim(one)).collect();
        (!rows.is_empty()).then(|| Aims {
            baselines: rows.iter().any(|row| row.baseline.is_some()),
            uncalled: aimed.iter().any(|one| one.called_for == Truth::False),
            rows,
            projected: self.projected(),
        })
    }

    fn aim(&self, one: &'a QuestionResult) -> Aim<'a> {
        let phases = one.phases.iter().map(|phase| {
            let due = phase.due.as_deref();
            let due = due.map_or_else(String::new, |due| format!(" by {}", day(due)));
            let name = phase.name.as_ref();
            let name = name.map_or_else(String::new, |name| format!(" ({name})"));
            format!("{}{due}{name}", phase.says)
        });
        let today = self.assessment.assessed_on.as_deref();
        // Days of one form compare as texts.
        let late = |due: &str| today.is_some_and(|today| due < today);
        let mut phases_late = one.phases.iter();
        Aim {
            label: named(one.label.trim_end_matches('?'), one.called_for),
            anchor: self.anchor(&one.id),
            baseline: one.baseline.as_ref().map(|from| match &from.on {
                Some(on) => format!("{}, on {}", from.says, day(on)),
                None => from.says.clone(),
            }),
            now: one.value.map(|value| self.now(one, value)),
            target: phases.collect::<Vec<_>>().join("; "),
            progress: one.progress.map(percent),
            share: one.progress.map(|share| (share * 1000.0).round() / 10.0),
            way: one.way.as_ref().map(|way| self.way(one, way)),
            owner: one.owner.as_deref().map(Cow::Borrowed),
            overdue: phases_late
                .any(|phase| !phase.reached && phase.due.as_deref().is_some_and(late)),
        }
    }

    /// Advice that leads to a target, or the next condition to reach where there is none.
    fn way(&self, one: &QuestionResult, way: &TargetPath) -> String {
        let actions = way
            .actions
            .iter()
            .filter_map(|work| self.assessment.action(work));
        let actions: Vec<&str> = actions.map(|one| one.advice.what.as_str()).collect();
        let lead = if one.called_for == Truth::False {
            "It is not called for. "
        } else {
            ""
        };
        if actions.is_empty() {
            format!("{lead}What must become true next: “{}”", way.next)
        } else {
            let short = way.short.as_ref();
            let short = short.map_or_else(String::new, |to| {
                format!(" (leads to {to}, short of the target)")
            });
            format!("{lead}{}{short}", actions.join("; "))
        }
    }

    /// Value that counts now: the number of a rating, the choice of a select.
    fn now(&self, one: &QuestionResult, value: f64) -> String {
        let node = self.rulebook.find(one.id.as_str());
        let question = node.and_then(|node| self.rulebook.item(node));
        let question = question.and_then(|item| item.kind.question());
        let select = question.is_some_and(|one| one.kind == QuestionType::SelectOne);
        let agreed = one.agreed.as_ref().and_then(AgreedResult::says);
        match agreed {
            _ if select => one.says.clone(),
            Some(agreed) => format!("{}, {agreed}", number(value)),
            None => number(value),
        }
    }

    fn projected(&self) -> Option<Projected<'a>> {
        // Where one pack speaks for all, its scores do; how far others come stands in their parts.
        let told = |one: &&ScoreResult| {
            let pack = self.item(&one.id).map(|item| item.pack);
            let apart = one.aggregate.properties().distance;
            !apart && self.overall.is_none_or(|overall| pack == Some(overall))
        };
        let scores = self.assessment.scores.iter().filter(told);
        let changed: Vec<&'a ScoreResult> = scores
            .filter(|one| one.target_index.is_some() && one.index.is_some())
            .collect();
        let dated = changed.iter().find(|one| !one.projected.is_empty());
        let days = dated.map_or(&[][..], |one| one.projected.as_slice());
        let last = days.len().checked_sub(1);
        let told: Vec<usize> = (0..days.len())
            .filter(|place| *place + 1 < MOST_DAYS || Some(*place) == last)
            .collect();
        let rows: Vec<ProjectedRow<'a>> = changed.iter().map(|one| Self::row(one, &told)).collect();
        let days = told.iter().filter_map(|place| days.get(*place));
        (!rows.is_empty()).then(|| Projected {
            days: days.map(|one| day(&one.due)).collect(),
            progress: rows.iter().any(|row| row.progress.is_some()),
            rows,
        })
    }

    fn row(score: &'a ScoreResult, told: &[usize]) -> ProjectedRow<'a> {
        let index = |index: Option<f64>| index.map_or_else(String::new, |one| rounded(one, 0));
        let values = told.iter().map(|place| {
            let day = score.projected.get(*place).map(|one| one.index);
            index(day.or(score.index))
        });
        ProjectedRow {
            label: named(&score.title, score.called_for),
            start: score.baseline_index.map(|one| rounded(one, 0)),
            now: index(score.index),
            values: values.collect(),
            target: index(score.target_index),
            progress: score.progress.map(percent),
        }
    }
}

/// A name, marked where what it names is certainly not called for.
fn named(name: &str, called_for: Truth) -> Text<'_> {
    match called_for {
        Truth::False => Cow::Owned(format!("{name} (not called for)")),
        Truth::True | Truth::Unknown => Cow::Borrowed(name),
    }
}
