//! What respondents said, as far as it may be told.

use crate::assessment::{Assessment, GroupOutcome, GroupResult, QuestionResult, RoleFigure};
use crate::rulebook::words::number;

/// Sentences about the people behind an answer; none where one assessor gave it.
pub(super) fn voices(assessment: &Assessment, result: &QuestionResult) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(agreed) = &result.agreed {
        let before = agreed
            .raw
            .map_or_else(String::new, |raw| format!("; before that {}", number(raw)));
        lines.push(format!("agreed: {}{before}", agreed.reason));
    }
    let Some(group) = &result.group else {
        return lines;
    };
    let least = assessment
        .respondents
        .merged
        .as_ref()
        .map_or(0, |one| one.minimum_group);
    lines.extend(
        group
            .people
            .map(|people| format!("{people} people answered")),
    );
    lines.extend(match group.outcome {
        GroupOutcome::Closed => Some(format!(
            "fewer than {least} people of a group answered: it is not counted"
        )),
        GroupOutcome::Split => Some("people differ too much to choose one answer".to_owned()),
        GroupOutcome::Merged => None,
    });
    if group.outcome != GroupOutcome::Closed {
        lines.extend(group.roles.iter().map(|one| role(one, least)));
        lines.extend(contested(group));
    }
    lines
}

fn role(figure: &RoleFigure, least: u32) -> String {
    let name = figure.role.name();
    match (figure.value, figure.people) {
        (Some(value), Some(people)) => format!("{name}: {} (n {people})", number(value)),
        _ if figure.hidden => format!("{name}: not shown (n<{least})"),
        _ => format!("{name}: nobody rated it"),
    }
}

fn contested(group: &GroupResult) -> Option<String> {
    group.contested.then(|| {
        "contested: people differ by two steps or more, or agree by less than a half".to_owned()
    })
}
