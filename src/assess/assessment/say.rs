//! Answers, values and tests in words.

use super::{GroupOutcome, GroupResult};
use crate::answers::AnswerNotes;
use crate::answers::agreement::{agreement_figure, gap_figure, is_strong};
use crate::rules::condition::{Bound, Interval, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::reading::Reading;
use crate::rules::rulebook::scale::ScalePosition;
pub(crate) use crate::rules::rulebook::words::either;
use crate::rules::rulebook::words::either_quoted;
use crate::rules::rulebook::words::{NONE_TAKEN, list, number};
use crate::rules::rulebook::{Domain, Item, ItemKind, Question};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use crate::text::number::rounded;

/// Of a question that people answered, and that is closed to show none of them.
pub(super) const CLOSED: &str = "hidden: answered by too few people to be counted or shown";

/// What is said beside, where other open answers may still take a question out.
const MAY_NOT_APPLY: &str = "; it may not apply";

/// What is said of something nobody could answer.
const UNKNOWN: &str = "unknown: nobody could say";

/// An item's answer, value or outcome in words.
pub(crate) fn reading_words(item: &Item, reading: &Reading) -> String {
    match (&item.kind, reading.state) {
        (ItemKind::Figure { given, unit, .. }, State::Rated) => {
            super::amount::figure(reading.value, *given, unit.as_deref(), &[])
        }
        (ItemKind::Figure { .. }, _) => "no result".to_owned(),
        (_, State::NotApplicable) => "not applicable".to_owned(),
        (_, State::Irrelevant) if reading.optional => "not relevant as things stand".to_owned(),
        (_, State::Irrelevant) => "not relevant".to_owned(),
        (_, State::NotAsked) => "not asked in this assessment".to_owned(),
        (ItemKind::Question(_), State::Missing | State::Unknown) => {
            let open = if reading.state == State::Missing {
                "left open"
            } else {
                UNKNOWN
            };
            let may = if reading.optional { MAY_NOT_APPLY } else { "" };
            format!("{open}{may}")
        }
        (ItemKind::Question(question), State::Rated) => question_words(item, question, reading),
        (ItemKind::Score { .. }, State::Rated) => score_words(item, reading),
        (ItemKind::Score { .. }, _) => "not assessed".to_owned(),

        (ItemKind::Decision { outcomes, .. }, _) => named(
            &outcomes
                .iter()
                .map(|one| one.label.as_str())
                .collect::<Vec<_>>(),
            reading,
        ),
        (ItemKind::Ladder { levels, .. }, _) => named(
            &levels
                .iter()
                .map(|one| one.title.as_str())
                .collect::<Vec<_>>(),
            reading,
        ),
    }
}

fn named(names: &[&str], reading: &Reading) -> String {
    let taken = |set: u64| -> Vec<&str> {
        names
            .iter()
            .enumerate()
            .filter(|(place, _)| set & (1 << place) != 0)
            .map(|(_, name)| *name)
            .collect()
    };
    match (
        taken(reading.held).as_slice(),
        taken(reading.possible).as_slice(),
    ) {
        ([], []) => "none".to_owned(),
        ([], possible) => format!("open: {}", either_quoted(possible)),
        (held, _) => list(held),
    }
}

fn question_words(item: &Item, question: &Question, reading: &Reading) -> String {
    let taken = question.choices.iter().enumerate();
    let taken = taken.filter(|(place, _)| reading.held & (1 << place) != 0);
    let labels: Vec<&str> = taken.map(|(_, choice)| choice.label.as_str()).collect();
    if let Some(stand) = ScalePosition::of(question, reading.value) {
        return stand.words(question.kind == QuestionType::Rating);
    }
    match (labels.as_slice(), &item.domain) {
        ([], Domain::Number { .. }) => with_unit(&number(reading.value), question),
        ([], _) => NONE_TAKEN.to_owned(),
        (labels, _) => labels.join("; "),
    }
}

fn with_unit(number: &str, question: &Question) -> String {
    let percent = (question.kind == QuestionType::Percent).then_some("%");
    let unit = question.unit.as_deref().or(percent);
    unit.map_or_else(
        || number.to_owned(),
        |unit| super::amount::with_unit(number, unit),
    )
}

/// What is said of a figure that no open answer can change, though few are answered.
pub(crate) const SETTLED: &str = "whatever the open answers are";

/// Why a value carries no verdict, or that it needs none.
pub(super) fn no_verdict(reading: &Reading) -> &'static str {
    if reading.pending {
        "no verdict while a cap on it is open"
    } else if (reading.high - reading.low).abs() <= TOLERANCE {
        SETTLED
    } else {
        "too few answers for a verdict"
    }
}

fn score_words(item: &Item, reading: &Reading) -> String {
    let thin = if reading.has_verdict() {
        String::new()
    } else {
        format!(", {}", no_verdict(reading))
    };
    let value = number(reading.value);
    let signed = matches!(item.domain, Domain::Number { least, .. } if least < 0.0);
    if signed {
        format!("{value}{thin}")
    } else {
        format!("{value} of {}{thin}", number(reading.most))
    }
}

/// Why a question is contested, as far as it is shown; `None` where it is not.
pub(crate) fn contested_words(group: &GroupResult) -> Option<String> {
    if !group.contested {
        return None;
    }
    if group.outcome == GroupOutcome::Split {
        return Some("two thirds agree on no choice".to_owned());
    }
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let gap = group.gap.filter(|gap| is_strong(*gap));
    let agreement = agreement.map(|one| format!("agreement {}", agreement_figure(one)));
    let gap = gap.map(|gap| format!("two roles {} steps apart", gap_figure(gap)));
    let reasons: Vec<String> = agreement.into_iter().chain(gap).collect();
    Some(if reasons.is_empty() {
        "people agree by less than a half; the figure is not shown, as a group is too small"
            .to_owned()
    } else {
        reasons.join(", ")
    })
}

/// The answer to a question in words, with what its respondent added where that is the answer, and
/// whether it was agreed on. The reading is worth what was claimed.
pub(crate) fn answer_words(
    item: &Item,
    question: &Question,
    reading: &Reading,
    remark: &AnswerNotes,
) -> String {
    let words = match (reading.state, &remark.text, &remark.reason) {
        (State::NotApplicable, _, Some(reason)) => format!("not applicable: {reason}"),
        (State::Rated, Some(text), _) if item.domain == Domain::Text => text.clone(),
        (State::Rated, Some(text), _) => with_unit(text, question),
        _ => reading_words(item, reading),
    };
    match (&remark.agreed, reading.state) {
        (Some(agreed), State::Rated) => {
            let over = agreed.over(reading.value);
            let over = over.map_or_else(String::new, |raw| {
                format!(" in place of {}", number(question.turned(raw)))
            });
            format!("{words}, agreed{over}")
        }
        _ => words,
    }
}

/// A test in words: "at least 3", "light or medium".
pub(crate) fn test_words(test: &Test, item: &Item) -> String {
    match test {
        Test::Any => "anything".to_owned(),
        Test::Unknown => "unknown".to_owned(),
        Test::NotApplicable => "not applicable".to_owned(),
        Test::Number(interval) => interval_words(interval),
        Test::Index(interval) => format!("index {}", interval_words(interval)),
        Test::OneOf(set) | Test::SomeOf(set) => set_words(*set, item),
    }
}

fn set_words(set: u64, item: &Item) -> String {
    let labels: Vec<&str> = match &item.kind {
        ItemKind::Question(question) => question
            .choices
            .iter()
            .map(|one| one.label.as_str())
            .collect(),
        ItemKind::Decision { outcomes, .. } => {
            outcomes.iter().map(|one| one.label.as_str()).collect()
        }
        ItemKind::Ladder { levels, .. } => levels.iter().map(|one| one.title.as_str()).collect(),
        ItemKind::Score { .. } | ItemKind::Figure { .. } => Vec::new(),
    };
    let taken: Vec<&str> = labels
        .iter()
        .enumerate()
        .filter(|(place, _)| set & (1 << place) != 0)
        .map(|(_, label)| *label)
        .collect();
    either_quoted(&taken)
}

fn interval_words(interval: &Interval) -> String {
    let say = |limit: f64| {
        rounded(limit, 2)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    };
    match (interval.from, interval.to) {
        (Bound::Inclusive(a), Bound::Inclusive(b)) if a.total_cmp(&b).is_eq() => say(a),
        (from, to) => {
            let from = match from {
                Bound::Open => None,
                Bound::Inclusive(limit) => Some(format!("at least {}", say(limit))),
                Bound::Exclusive(limit) => Some(format!("above {}", say(limit))),
            };
            let to = match to {
                Bound::Open => None,
                Bound::Inclusive(limit) => Some(format!("at most {}", say(limit))),
                Bound::Exclusive(limit) => Some(format!("below {}", say(limit))),
            };
            from.into_iter().chain(to).collect::<Vec<_>>().join(" and ")
        }
    }
}
