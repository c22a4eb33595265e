//! Answers and comments of respondents, shown under the answer to a question.

use super::Detail;
use crate::answers::statistics::{agreement_figure, gap_figure, is_strong};
use crate::assess::assessment::{Comment, GroupOutcome, GroupResult, QuestionResult, RoleFigure};
use crate::report::view::Text;
use crate::report::view::context::ReportContext;
use crate::report::view::voices::counts_words;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::words::number;
use crate::text::number::TOLERANCE;
use serde::Serialize;
use std::borrow::Cow;

/// Comment of somebody of a role.
#[derive(Debug, Clone, Serialize)]
pub struct Remark<'a> {
    /// "Front line".
    pub role: &'static str,
    /// The text.
    pub text: Text<'a>,
}

impl<'a> ReportContext<'a> {
    /// Line by line; empty where no respondent was heard and nothing was agreed.
    pub(super) fn said(&self, result: &'a QuestionResult) -> Vec<Detail<'a>> {
        let mut lines = Vec::new();
        if let Some(agreed) = &result.agreed {
            let on = agreed
                .date
                .as_ref()
                .map_or_else(String::new, |date| format!(" ({date})"));
            lines.push(("Agreed", format!("{}{on}", agreed.reason)));
            lines.extend(agreed.raw.map(|raw| ("Before", number(raw))));
        }
        if let Some(group) = &result.group {
            lines.extend(outcome(group));
            let roles = group.roles.iter().map(|one| self.role_words(one));
            let roles: Vec<String> = roles.collect();
            if !roles.is_empty() && group.outcome != GroupOutcome::Closed {
                let roles = roles.join(", ");
                let what = self.taken(result);
                lines.push(("By role", format!("{what}{roles}")));
            }
            let beyond = group.beyond.as_ref();
            lines.extend(beyond.map(|one| ("Merging", format!("it lies {}", one.says()))));
            lines.extend(spread(group).map(|words| ("Spread", words)));
        }
        let lines = lines.into_iter();
        lines
            .map(|(term, text)| Detail::new(term, Cow::Owned(text)))
            .collect()
    }

    /// Meaning of the roles' figures for a question of several choices, such as "choices taken on
    /// average: "; empty for other questions.
    fn taken(&self, result: &QuestionResult) -> &'static str {
        let item = self.item(&result.id).and_then(|item| item.kind.question());
        let Some(question) = item.filter(|one| one.kind == QuestionType::SelectMultiple) else {
            return "";
        };
        let scores = question.choices.iter().filter_map(|choice| choice.score);
        if scores
            .clone()
            .all(|score| score.abs() < TOLERANCE || (score - 1.0).abs() < TOLERANCE)
        {
            "choices taken on average: "
        } else {
            "what the choices taken are worth on average: "
        }
    }

    fn role_words(&self, figure: &RoleFigure) -> String {
        let name = figure.role.title();
        match (figure.value, figure.people) {
            (Some(value), Some(people)) => format!("{name} {} (n {people})", number(value)),
            _ if figure.hidden => format!("{name} {}", self.hidden_mark()),
            _ => format!("{name} none"),
        }
    }
}

fn outcome(group: &GroupResult) -> Option<(&'static str, String)> {
    let text = match group.outcome {
        GroupOutcome::Split => "people differ too much to choose one answer; two thirds must agree",
        GroupOutcome::Merged if group.mixed => {
            "some say that this does not apply; the ratings count"
        }
        // The answer itself says that it is hidden.
        GroupOutcome::Merged | GroupOutcome::Closed => return None,
    };
    Some(("Merging", text.to_owned()))
}

fn spread(group: &GroupResult) -> Option<String> {
    let spread = group.spread.as_ref()?;
    let agreement = spread.agreement.map_or_else(String::new, |one| {
        format!("; agreement {}", agreement_figure(one))
    });
    let gap = group.gap.filter(|gap| is_strong(*gap));
    let gap = gap.map_or_else(String::new, |gap| {
        format!("; two roles {} steps apart", gap_figure(gap))
    });
    let contested = if group.contested { "; contested" } else { "" };
    let counts = counts_words(group)?;
    Some(format!("{counts}{agreement}{gap}{contested}"))
}

/// Comments of people of shown roles.
pub(super) fn comments(result: &QuestionResult) -> Vec<Remark<'_>> {
    let comments = result.group.as_ref().map(|group| &group.comments);
    comments.into_iter().flatten().map(remark).collect()
}

fn remark(comment: &Comment) -> Remark<'_> {
    Remark {
        role: comment.role.title(),
        text: Cow::Borrowed(&comment.text),
    }
}
