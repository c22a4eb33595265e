//! The people of an assessment, as far as `check` says who will not show. It never says how many.

use crate::inputs::CheckedAnswers;
use centricity::answers::Respondents;
use centricity::message;
use centricity::rules::vocabulary::Role;

/// Questions that are named; more are counted.
const NAMED: usize = 5;

/// Notes on who and what will not show, a line each; none where one assessor answered.
pub(super) fn notes(checked: &CheckedAnswers) -> String {
    let Some(panel) = checked.answers.disclosure() else {
        return String::new();
    };
    let Respondents {
        merged,
        others,
        left_out,
        ..
    } = &panel.who;
    let Some(merged) = merged else {
        return String::new();
    };
    let minimum = merged.minimum_group;
    let questions = checked.rulebook.questions();
    let closed = questions.filter(|asked| panel.is_closed(asked.node));
    let closed: Vec<&str> = closed.map(|asked| asked.item.id.as_str()).collect();
    let named = closed.get(..NAMED).unwrap_or(&closed).join(", ");
    let more = closed.len().saturating_sub(NAMED);
    let lines = [
        (!merged.anonymous).then(|| message!("not-anonymous-so-everybody-is-shown").to_owned()),
        (!left_out.is_empty()).then(|| message!("roles-left-out", list = names(left_out), minimum)),
        (!others.is_empty())
            .then(|| message!("roles-told-together", list = names(others), minimum)),
        match (closed.is_empty(), more) {
            (true, _) => None,
            (false, 0) => Some(message!("questions-not-shown", named, minimum)),
            (false, _) => Some(message!(
                "questions-not-shown-and-more",
                named,
                more,
                minimum
            )),
        },
        (merged.anonymous && merged.closed_on.is_none())
            .then(|| message!("the-round-is-open-results-are-drafts").to_owned()),
    ];
    let lines = lines.into_iter().flatten();
    lines.fold(String::new(), |all, line| format!("{all}  {line}\n"))
}

fn names(roles: &[Role]) -> String {
    let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
    names.join(", ")
}
