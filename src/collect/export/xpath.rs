//! Conditions over questions as the expressions forms understand.
//!
//! A form knows true and false, a condition also what is not known yet. So each part is written
//! twice: what must be answered for it to hold, and what for it to fail; before an answer is there,
//! neither is true.

use crate::collect::import::{NOT_APPLICABLE, UNKNOWN, choice_name, form_name};
use crate::rules::condition::{Atom, Bound, Condition, Interval, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Question, Rulebook};

/// An expression that is true where a condition surely holds, or surely fails; `None` where it
/// reads more than questions.
pub(super) fn condition(rulebook: &Rulebook, when: &Condition, holds: bool) -> Option<String> {
    let each = |parts: &[Condition], holds: bool| -> Option<Vec<String>> {
        parts
            .iter()
            .map(|part| condition(rulebook, part, holds))
            .collect()
    };
    match when {
        Condition::Atom(at) => atom(rulebook, rulebook.program.atoms.get(*at)?, holds),
        Condition::Not(part) => condition(rulebook, part, !holds),
        Condition::All(parts) => Some(join(&each(parts, holds)?, if holds { "and" } else { "or" })),
        Condition::Any(parts) => Some(join(&each(parts, holds)?, if holds { "or" } else { "and" })),
        Condition::AtLeast(n, parts) => {
            let needed = if holds {
                *n
            } else {
                (parts.len() + 1).saturating_sub(*n)
            };
            let counted = each(parts, holds)?
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
    let item = rulebook.items.get(atom.node)?;
    let question = item.kind.question()?;
    test(
        question,
        &atom.test,
        &format!("${{{}}}", form_name(&item.id)),
        holds,
    )
}

/// What an answer must meet, as a constraint says it; what is left open may always be said.
pub(super) fn constraint(question: &Question, held_to: &Test) -> Option<String> {
    let met = test(question, held_to, ".", true)?;
    if question.choices.is_empty() {
        return Some(met);
    }
    let aside = [UNKNOWN, NOT_APPLICABLE];
    let aside = aside.map(|value| format!("selected(., '{value}')"));
    Some(format!("{met} or {}", aside.join(" or ")))
}

/// What a number must lie between.
pub(super) fn within(least: f64, most: f64) -> Vec<String> {
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
        Test::Unknown => Some(left_open(question, UNKNOWN, x, holds)),
        Test::NotApplicable => Some(left_open(question, NOT_APPLICABLE, x, holds)),
        Test::Number(interval) if question.choices.is_empty() => {
            Some(interval_of(interval, x, holds))
        }
        Test::Number(interval) if kind == QuestionType::SelectMultiple => {
            let inside = interval_of(interval, &worth(question, x), holds);
            Some(format!("({} and {inside})", answered(x)))
        }
        Test::OneOf(set) | Test::SomeOf(set) if kind == QuestionType::SelectMultiple => {
            let taken = named(question, |place| set & (1 << place) != 0)
                .map(|value| format!("selected({x}, '{value}')"))
                .collect::<Vec<_>>();
            let any = if taken.is_empty() {
                constant(false)
            } else {
                join(&taken, "or")
            };
            Some(if holds {
                any
            } else {
                format!("({} and not{any})", answered(x))
            })
        }
        Test::Number(_) | Test::OneOf(_) | Test::SomeOf(_) => {
            let worth = |place: usize| {
                let score = question.choices.get(place).and_then(|choice| choice.score);
                question.turned(score.unwrap_or(f64::NAN))
            };
            let fits = |place: usize| held_to.admits(worth(place), 1 << place) == holds;
            let values = named(question, fits).map(|value| format!("{x} = '{value}'"));
            let values: Vec<String> = values.collect();
            Some(if values.is_empty() {
                constant(false)
            } else {
                join(&values, "or")
            })
        }
    }
}

/// Whether somebody said so instead of an answer, which only choices allow.
fn left_open(question: &Question, said: &str, x: &str, holds: bool) -> String {
    match (question.choices.is_empty(), holds) {
        (true, true) => constant(false),
        (true, false) => format!("{x} != ''"),
        (false, true) => format!("selected({x}, '{said}')"),
        (false, false) => format!("({x} != '' and not(selected({x}, '{said}')))"),
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

/// Whether choices were taken, or none of them was on purpose.
fn answered(x: &str) -> String {
    let aside = [UNKNOWN, NOT_APPLICABLE];
    let aside = aside.map(|value| format!("selected({x}, '{value}')"));
    format!("{x} != '' and not({})", aside.join(" or "))
}

/// What the choices taken are worth together.
fn worth(question: &Question, x: &str) -> String {
    let one = |choice: &crate::rules::rulebook::Choice| {
        let name = choice_name(&choice.value);
        format!(
            "if(selected({x}, '{name}'), {}, 0)",
            choice.score.unwrap_or(0.0)
        )
    };
    let sum = question.choices.iter().map(one).collect::<Vec<_>>();
    let sum = join(&sum, "+");
    match question.cap {
        Some(cap) => format!("if({sum} > {cap}, {cap}, {sum})"),
        None => sum,
    }
}

fn interval_of(interval: &Interval, x: &str, holds: bool) -> String {
    let (low, high) = match (interval.from, interval.to) {
        (from, to) if holds => (lower(from, x), upper(to, x)),
        (from, to) => (below(from, x), above(to, x)),
    };
    let parts: Vec<String> = [low, high].into_iter().flatten().collect();
    match (parts.is_empty(), holds) {
        (true, _) => constant(holds),
        (false, true) => join(&parts, "and"),
        (false, false) => join(&parts, "or"),
    }
}

fn lower(bound: Bound, x: &str) -> Option<String> {
    match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{x} >= {limit}")),
        Bound::Exclusive(limit) => Some(format!("{x} > {limit}")),
    }
}

fn upper(bound: Bound, x: &str) -> Option<String> {
    match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{x} <= {limit}")),
        Bound::Exclusive(limit) => Some(format!("{x} < {limit}")),
    }
}

fn below(bound: Bound, x: &str) -> Option<String> {
    match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{x} < {limit}")),
        Bound::Exclusive(limit) => Some(format!("{x} <= {limit}")),
    }
}

fn above(bound: Bound, x: &str) -> Option<String> {
    match bound {
        Bound::Open => None,
        Bound::Inclusive(limit) => Some(format!("{x} > {limit}")),
        Bound::Exclusive(limit) => Some(format!("{x} >= {limit}")),
    }
}
