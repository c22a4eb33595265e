//! What respondents said to a question, under its answer.

use super::Detail;
use crate::agreement::is_strong;
use crate::assessment::{CommentResult, GroupOutcome, GroupResult, QuestionResult, RoleFigure};
use crate::number::rounded;
use crate::report::roles::role_name;
use crate::report::view::Text;
use crate::report::view::material::Material;
use crate::report::view::voices::spread_words;
use crate::rulebook::words::number;
use serde::Serialize;
use std::borrow::Cow;

/// What somebody of a role wrote.
#[derive(Debug, Clone, Serialize)]
pub struct Remark<'a> {
    /// "Front line".
    pub role: &'static str,
    /// The text.
    pub text: Text<'a>,
}

impl<'a> Material<'a> {
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
                lines.push(("By role", roles.join(", ")));
            }
            lines.extend(spread(group).map(|words| ("Spread", words)));
        }
        let lines = lines.into_iter();
        lines
            .map(|(term, text)| Detail::new(term, Cow::Owned(text)))
            .collect()
    }

    fn role_words(&self, figure: &RoleFigure) -> String {
        let name = role_name(figure.role);
        match (figure.value, figure.people) {
            (Some(value), Some(people)) => format!("{name} {} (n {people})", number(value)),
            _ if figure.hidden => format!("{name} {}", self.hidden_mark()),
            _ => format!("{name} none"),
        }
    }
}

fn outcome(group: &GroupResult) -> Option<(&'static str, String)> {
    let text = match group.outcome {
        GroupOutcome::Closed => "answered by too few people to be counted or shown",
        GroupOutcome::Split => "people differ too much to choose one answer; two thirds must agree",
        GroupOutcome::Merged if group.mixed => {
            "some say that this does not apply; the ratings count"
        }
        GroupOutcome::Merged => return None,
    };
    Some(("Merging", text.to_owned()))
}

fn spread(group: &GroupResult) -> Option<String> {
    let spread = group.spread.as_ref()?;
    let agreement = spread.agreement.map_or_else(String::new, |one| {
        format!("; agreement {}", rounded(one, 2))
    });
    let gap = group.gap.filter(|gap| is_strong(*gap));
    let gap = gap.map_or_else(String::new, |gap| {
        format!("; two roles {} steps apart", rounded(gap, 1))
    });
    let contested = if group.contested { "; contested" } else { "" };
    let hidden = group.roles.iter().any(|one| one.hidden);
    let whose = if hidden { " of the roles shown" } else { "" };
    Some(format!(
        "{}; n {}{whose}{agreement}{gap}{contested}",
        spread_words(spread),
        spread.people
    ))
}

/// What people of shown roles wrote.
pub(super) fn comments(result: &QuestionResult) -> Vec<Remark<'_>> {
    let comments = result.group.as_ref().map(|group| &group.comments);
    comments.into_iter().flatten().map(remark).collect()
}

fn remark(comment: &CommentResult) -> Remark<'_> {
    Remark {
        role: role_name(comment.role),
        text: Cow::Borrowed(&comment.text),
    }
}
