//! Answers, values, amounts and tests in words.

use super::{GroupOutcome, GroupResult};
use crate::answers::AnswerNotes;
use crate::answers::statistics::{agreement_figure, gap_figure, is_strong};
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::{Bound, Interval, Test};
use crate::rules::metric::Unit;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::rule::{NONE_TAKEN, ScalePosition};
use crate::rules::rulebook::{Domain, Item, ItemKind, Question};
use crate::rules::vocabulary::State;
use crate::text::number::{
    TOLERANCE, either_quoted, format_near_all, grouped, list, rounded, short as number,
};

/// The words for a question of which nothing is counted or shown.
pub(super) const CLOSED: &str =
    "hidden: too few people of any group answered for it to be counted or shown";

/// An item's answer, value or outcome in words.
pub(crate) fn reading_words(item: &Item, reading: &Reading) -> String {
    match (&item.kind, reading.state) {
        (ItemKind::Figure { given, unit, .. }, State::Rated) => {
            figure(reading.value, *given, unit.as_deref(), &[])
        }
        (ItemKind::Figure { .. }, _) => message!("no-result").to_owned(),
        (_, State::NotApplicable) => message!("not-applicable").to_owned(),
        (_, State::Irrelevant) if reading.optional => {
            message!("not-relevant-as-things-stand").to_owned()
        }
        (_, State::Irrelevant) => message!("not-relevant").to_owned(),
        (_, State::NotAsked) => message!("not-asked-in-this-assessment").to_owned(),
        (_, State::NotCore) => message!("not-asked-in-the-short-form").to_owned(),
        (ItemKind::Question(_), State::Missing | State::Unknown) => {
            let open = if reading.state == State::Missing {
                message!("not-answered")
            } else {
                "unknown: nobody could say"
            };
            // Other open answers may still take it out.
            let may_leave = if reading.optional {
                "; it may not apply"
            } else {
                ""
            };
            format!("{open}{may_leave}")
        }
        (ItemKind::Question(question), State::Rated) => question_words(item, question, reading),
        (ItemKind::Score { .. }, State::Rated) => score_words(item, reading),
        (ItemKind::Score { .. }, _) => message!("not-assessed").to_owned(),
        (ItemKind::Decision { .. } | ItemKind::Ladder { .. }, _) => {
            let (held, possible) = (
                item.kind.labels(reading.held),
                item.kind.labels(reading.possible),
            );
            match (held.as_slice(), possible.as_slice()) {
                ([], []) => "none".to_owned(),
                ([], possible) => format!("open: {}", either_quoted(possible)),
                (held, _) => list(held),
            }
        }
    }
}

fn question_words(item: &Item, question: &Question, reading: &Reading) -> String {
    if let Some(stand) = ScalePosition::of(question, reading.value) {
        return stand.words(question.kind == QuestionType::Rating);
    }
    let labels = item.kind.labels(reading.held);
    match (labels.as_slice(), &item.domain) {
        ([], Domain::Number { .. }) => with_own_unit(&number(reading.value), question),
        ([], _) => NONE_TAKEN.to_owned(),
        (labels, _) => labels.join("; "),
    }
}

fn with_own_unit(number: &str, question: &Question) -> String {
    let percent = (question.kind == QuestionType::Percent).then_some("%");
    let unit = question.unit.as_deref().or(percent);
    unit.map_or_else(|| number.to_owned(), |unit| with_unit(number, unit))
}

/// Added to a figure that no open answer can change, though few are answered.
pub(crate) const SETTLED: &str = "whatever the open answers are";

/// The reason why a value carries no verdict, or that it needs none.
pub(super) fn no_verdict(reading: &Reading) -> &'static str {
    if reading.pending {
        message!("no-verdict-while-a-cap-on")
    } else if (reading.high - reading.low).abs() <= TOLERANCE {
        SETTLED
    } else {
        message!("too-few-answers-for-a-verdict")
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

/// The reason why a question is contested, as far as it is shown; `None` where it is not.
pub(crate) fn contested_words(group: &GroupResult) -> Option<String> {
    if !group.contested {
        return None;
    }
    if group.outcome == GroupOutcome::Split {
        return Some(message!("two-thirds-agree-on-no").to_owned());
    }
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let gap = group.gap.filter(|gap| is_strong(*gap));
    let agreement = agreement.map(|one| format!("agreement {}", agreement_figure(one)));
    let gap = gap.map(|gap| message!("two-roles-steps-apart", gap_figure = gap_figure(gap)));
    let reasons: Vec<String> = agreement.into_iter().chain(gap).collect();
    Some(reasons.join(", "))
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
        (State::NotApplicable, _, Some(reason)) => message!("not-applicable-because", reason),
        (State::Rated, Some(text), _) if item.domain == Domain::Text => text.clone(),
        (State::Rated, Some(text), _) => with_own_unit(text, question),
        _ => reading_words(item, reading),
    };
    match (&remark.agreed, reading.state) {
        (Some(agreed), State::Rated) => {
            let over = agreed.over(reading.value);
            let over = over.map_or_else(String::new, |raw| {
                message!("in-place-of", number = number(question.reverse_scored(raw)))
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
        Test::NotApplicable => message!("not-applicable").to_owned(),
        Test::Number(interval) => interval_words(interval),
        Test::Index(interval) => format!("index {}", interval_words(interval)),
        Test::OneOf(set) | Test::SomeOf(set) => either_quoted(&item.kind.labels(*set)),
    }
}

fn interval_words(interval: &Interval) -> String {
    let say = |limit: f64| bare(&rounded(limit, 2)).to_owned();
    let bound = |bound, inclusive: &str, exclusive: &str| match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{inclusive} {}", say(limit))),
        Bound::Exclusive(limit) => Some(format!("{exclusive} {}", say(limit))),
    };
    match (interval.from, interval.to) {
        (Bound::Inclusive(a), Bound::Inclusive(b)) if a.total_cmp(&b).is_eq() => say(a),
        (from, to) => {
            let (from, to) = (
                bound(from, message!("word-at-least"), "above"),
                bound(to, message!("word-at-most"), "below"),
            );
            from.into_iter().chain(to).collect::<Vec<_>>().join(" and ")
        }
    }
}

/// Amount from which on money is printed without decimals.
const WHOLE_MONEY: f64 = 1000.0;

/// A figure as people read it, with its unit.
///
/// `limits` are values at which something changes; the figure is on the right side of each.
pub(super) fn figure(value: f64, unit: Unit, word: Option<&str>, limits: &[f64]) -> String {
    let digits = match unit {
        Unit::Percent | Unit::Points | Unit::Periods | Unit::Number => 1,
        Unit::Money if value.abs() >= WHOLE_MONEY => 0,
        Unit::Money | Unit::Times | Unit::Coefficient => 2,
        Unit::Count => 0,
    };
    let text = format_near_all(value, limits, digits);
    let text = match unit {
        Unit::Percent | Unit::Coefficient => text.as_str(),
        Unit::Money => text.strip_suffix(".00").unwrap_or(&text),
        Unit::Points | Unit::Periods | Unit::Number | Unit::Times | Unit::Count => bare(&text),
    };
    let text = grouped(text);
    match word {
        Some(word) => with_unit(&text, word),
        None => text,
    }
}

/// A number with its unit: "1 year", "2 years".
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    let unit = match number {
        "1" => unit.strip_suffix('s').unwrap_or(unit),
        _ => unit,
    };
    format!("{number} {unit}")
}

/// An amount of money as people read it, without its unit.
pub(crate) fn money(value: f64) -> String {
    figure(value, Unit::Money, None, &[])
}

/// A number without needless noughts after its point.
pub(super) fn bare(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_the_rest_stays() {
        let cases = [
            ("", ""),
            ("12", "12"),
            ("1234", "1,234"),
            ("-1234567.89 EUR", "-1,234,567.89 EUR"),
            ("not known 1234", "not known 1234"),
            ("123456", "123,456"),
        ];
        for (text, wanted) in cases {
            assert_eq!(grouped(text), wanted);
        }
    }

    #[test]
    fn figures_have_as_many_digits_as_people_read() {
        let say = |value, unit, word| figure(value, unit, Some(word), &[]);
        assert_eq!(say(266.666_67, Unit::Money, "EUR"), "266.67 EUR");
        assert_eq!(say(300.0, Unit::Money, "EUR"), "300 EUR");
        assert_eq!(say(12.5, Unit::Money, "EUR"), "12.50 EUR");
        assert_eq!(say(-21_000.4, Unit::Money, "EUR"), "-21,000 EUR");
        assert_eq!(say(60.0, Unit::Percent, "%"), "60.0 %");
        assert_eq!(say(1.0, Unit::Periods, "years"), "1 year");
        assert_eq!(say(2.35, Unit::Periods, "years"), "2.4 years");
        assert_eq!(say(0.888_9, Unit::Times, "times"), "0.89 times");
    }

    #[test]
    fn a_figure_never_stands_on_the_wrong_side_of_its_limit() {
        assert_eq!(
            figure(0.998, Unit::Times, Some("times"), &[1.0]),
            "0.998 times"
        );
        assert_eq!(figure(49.96, Unit::Percent, Some("%"), &[50.0]), "49.96 %");
    }
}
