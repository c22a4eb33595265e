//! Conditions over questions as the expressions forms understand.
//!
//! A form knows true and false, a condition also what is not known yet. So each part is written
//! twice: what must be answered for it to hold, and what for it to fail; before an answer is there,
//! neither is true.

use crate::collect::import::{NOT_APPLICABLE, UNKNOWN, choice_name, form_name};
use crate::rules::condition::{Atom, Bound, Condition, Interval, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Question, Rulebook};

/// An expression that is true where a condition surely holds, or surely fails; `None` where it
/// reads more than questions.
pub(super) fn condition(rulebook: &Rulebook, when: &Condition, holds: bool) -> Option<String> {
    let each = |parts: &[Condition]| -> Option<Vec<String>> {
        let parts = parts.iter().map(|part| condition(rulebook, part, holds));
        parts.collect()
    };
    let (and, or) = if holds { ("and", "or") } else { ("or", "and") };
    match when {
        Condition::Atom(at) => atom(rulebook, rulebook.program.atoms.get(*at)?, holds),
        Condition::Not(part) => condition(rulebook, part, !holds),
        Condition::All(parts) => Some(join(&each(parts)?, and)),
        Condition::Any(parts) => Some(join(&each(parts)?, or)),
        Condition::AtLeast(n, parts) => {
            let needed = if holds {
                *n
            } else {
                (parts.len() + 1).saturating_sub(*n)
            };
            let counted = each(parts)?
                .iter()
                .map(|part| format!("if({part}, 1, 0)"))
                .collect::<Vec<_>>();
            Some(format!("({} >= {needed})", counted.join(" + ")))
        }
    }
}

fn join(parts: &[String], word: &str) -> String {
    format!("({})", parts.join(&format!(" {word} ")))
}

fn atom(rulebook: &Rulebook, atom: &Atom, holds: bool) -> Option<String> {
    let asked = rulebook.asked(atom.node)?;
    let name = format!("${{{}}}", form_name(&asked.item.id));
    test(asked.question, &atom.test, &name, holds)
}

/// The constraint on an answer; `unknown` and `not_applicable` may always be said.
pub(super) fn constraint(question: &Question, held_to: &Test) -> Option<String> {
    let met = test(question, held_to, ".", true)?;
    if question.choices.is_empty() {
        return Some(met);
    }
    Some(format!("{met} or {}", set_aside(".")))
}

/// The expression for `unknown` or `not_applicable`.
fn set_aside(x: &str) -> String {
    let aside = [UNKNOWN, NOT_APPLICABLE];
    let aside = aside.map(|value| format!("selected({x}, '{value}')"));
    aside.join(" or ")
}

/// The limits of a number.
pub(super) fn within((least, most): (f64, f64)) -> Vec<String> {
    let limit = |sign: &str, limit: f64| limit.is_finite().then(|| format!(". {sign} {limit}"));
    [limit(">=", least), limit("<=", most)]
        .into_iter()
        .flatten()
        .collect()
}

/// A test of the answer `x`.
fn test(question: &Question, held_to: &Test, x: &str, holds: bool) -> Option<String> {
    let kind = question.kind;
    match held_to {
        Test::Any => Some(constant(holds)),
        Test::Index(_) => None,
        Test::Unknown => Some(is_said(question, UNKNOWN, x, holds)),
        Test::NotApplicable => Some(is_said(question, NOT_APPLICABLE, x, holds)),
        Test::Number(interval) if question.choices.is_empty() => {
            Some(interval_of(interval, x, holds))
        }
        Test::Number(interval) if kind == QuestionType::SelectMultiple => {
            let inside = interval_of(interval, &worth(question, x), holds);
            Some(format!("({} and {inside})", answered(x)))
        }
        Test::OneOf(set) | Test::SomeOf(set) if kind == QuestionType::SelectMultiple => {
            let taken = named(question, |place| set & (1 << place) != 0);
            let any = any(taken.map(|value| format!("selected({x}, '{value}')")));
            Some(if holds {
                any
            } else {
                format!("({} and not{any})", answered(x))
            })
        }
        Test::Number(_) | Test::OneOf(_) | Test::SomeOf(_) => {
            let worth = |place: usize| {
                let score = question.choices.get(place).and_then(|choice| choice.score);
                question.reverse_scored(score.unwrap_or(f64::NAN))
            };
            let fits = |place: usize| held_to.admits(worth(place), 1 << place) == holds;
            let values = named(question, fits);
            Some(any(values.map(|value| format!("{x} = '{value}'"))))
        }
    }
}

/// The expression for one of these instead of an answer, which only choices allow.
fn is_said(question: &Question, said: &str, x: &str, holds: bool) -> String {
    match (question.choices.is_empty(), holds) {
        (true, true) => constant(false),
        (true, false) => format!("{x} != ''"),
        (false, true) => format!("selected({x}, '{said}')"),
        (false, false) => format!("({x} != '' and not(selected({x}, '{said}')))"),
    }
}

fn any(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        constant(false)
    } else {
        join(&parts, "or")
    }
}

fn constant(holds: bool) -> String {
    if holds { "true()" } else { "false()" }.to_owned()
}

/// The names of the choices that fit.
fn named<'a>(
    question: &'a Question,
    fits: impl Fn(usize) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    let choices = question.choices.iter().enumerate();
    let fitting = choices.filter(move |(place, _)| fits(*place));
    fitting.map(|(_, choice)| choice_name(&choice.value))
}

/// The expression for choices that were taken, or left on purpose.
fn answered(x: &str) -> String {
    format!("{x} != '' and not({})", set_aside(x))
}

/// The worth of all choices taken.
fn worth(question: &Question, x: &str) -> String {
    let one = |choice: &Choice| {
        let (name, score) = (choice_name(&choice.value), choice.score.unwrap_or(0.0));
        format!("if(selected({x}, '{name}'), {score}, 0)")
    };
    let sum = question.choices.iter().map(one).collect::<Vec<_>>();
    let sum = join(&sum, "+");
    match question.cap {
        Some(cap) => format!("if({sum} > {cap}, {cap}, {sum})"),
        None => sum,
    }
}

/// The range of a number; or all that lies outside of it.
fn interval_of(interval: &Interval, x: &str, inside: bool) -> String {
    // The signs for an inclusive and an exclusive bound.
    let (from, to, word) = if inside {
        ([">=", ">"], ["<=", "<"], "and")
    } else {
        (["<", "<="], [">", ">="], "or")
    };
    let limit = |bound: Bound, [inclusive, exclusive]: [&str; 2]| match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{x} {inclusive} {limit}")),
        Bound::Exclusive(limit) => Some(format!("{x} {exclusive} {limit}")),
    };
    let parts = [limit(interval.from, from), limit(interval.to, to)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        constant(inside)
    } else {
        join(&parts, word)
    }
}
