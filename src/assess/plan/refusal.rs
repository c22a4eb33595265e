//! Reasons why there is no plan, with help.

use crate::assess::assessment::result::Named;
use crate::message;
use std::fmt;

/// The most open questions or ids that are named.
const MOST: usize = 6;

/// Reason why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPlan {
    /// No pack of the assessment has a ladder.
    NoLadder,
    /// Several ladders could be meant.
    SeveralLadders {
        /// Their ids.
        ids: Vec<String>,
    },
    /// No ladder has this id.
    UnknownLadder {
        /// As asked for.
        id: String,
        /// The nearest there is.
        near: Option<String>,
        /// All there are.
        ids: Vec<String>,
    },
    /// No level of the ladder has this id or title.
    UnknownLevel {
        /// As asked for.
        level: String,
        /// The nearest there is.
        near: Option<String>,
        /// All there are, lowest first.
        levels: Vec<String>,
    },
    /// The ladder does not apply.
    NotApplicable {
        /// Title of the ladder.
        ladder: String,
    },
    /// Too little is answered to give the client a level, and no steps lead to one.
    TooLittle {
        /// Title of the ladder.
        ladder: String,
        /// The questions it rests on that have no answer.
        open: Vec<Named>,
    },
    /// There is nothing to do.
    Reached {
        /// Title of the ladder.
        ladder: String,
        /// Title of the level.
        level: String,
        /// Reason why a higher one is not called for, where it is not.
        enough: Option<String>,
        /// It is the highest there is.
        top: bool,
    },
    /// No steps reach it.
    OutOfReach {
        /// Title of the level.
        level: String,
        /// Needs that are not met even once every step is taken.
        unmet: Vec<String>,
        /// Needs that are not met now, and that steps can meet.
        met: Vec<String>,
        /// Questions without an answer that no step can settle; they come first.
        open: Vec<Named>,
        /// True if that is proven; otherwise no set was found within the evaluations allowed.
        proven: bool,
    },
    /// Even the first step takes more than the budget.
    BudgetTooSmall {
        /// The budget.
        budget: u32,
        /// Effort of the first step.
        first: u32,
    },
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self {
            Self::NoLadder => return f.write_str(message!("no-pack-of-this-assessment-has")),
            Self::SeveralLadders { .. } => {
                return f.write_str(message!("there-is-more-than-one-ladder"));
            }
            Self::UnknownLadder { id, .. } => message!("there-is-no-ladder", id),
            Self::UnknownLevel { level, .. } => message!("there-is-no-level", level),
            Self::NotApplicable { ladder } => message!("does-not-apply-here", ladder),
            Self::TooLittle { ladder, .. } => {
                message!("too-little-is-answered-to-give-a-level", ladder)
            }
            Self::Reached { ladder, level, .. } => message!("is-reached-on", level, ladder),
            Self::OutOfReach { level, proven, .. } if *proven => message!("no-steps-reach", level),
            Self::OutOfReach { level, .. } => message!("no-way-to-was-found", level),
            Self::BudgetTooSmall { budget, .. } => message!("no-step-can-be-taken-with", budget),
        };
        f.write_str(&problem)
    }
}

impl NoPlan {
    /// Returns true if something there is was meant, by another spelling.
    #[must_use]
    pub const fn is_misspelt(&self) -> bool {
        matches!(
            self,
            Self::UnknownLadder { near: Some(_), .. } | Self::UnknownLevel { near: Some(_), .. }
        )
    }

    /// Help: the next thing to do.
    #[must_use]
    pub fn help(&self) -> String {
        let fixed = match self {
            Self::UnknownLadder {
                near: Some(near), ..
            }
            | Self::UnknownLevel {
                near: Some(near), ..
            } => return message!("did-you-mean", near),
            Self::UnknownLadder { ids, .. } => {
                return message!("the-ladders-are", quoted = quoted(ids));
            }
            Self::UnknownLevel { levels, .. } => {
                return message!("the-levels-are", quoted = quoted(levels));
            }
            Self::SeveralLadders { ids } => {
                return message!("say-which-with-ladder", quoted = quoted(ids));
            }
            Self::TooLittle { open, .. } if !open.is_empty() => return answer_first(open),
            Self::Reached {
                enough: Some(why), ..
            } => {
                let lower = first_letter(why.trim_end_matches('.'), char::to_lowercase);
                return message!("to-names-another-level", lower);
            }
            Self::OutOfReach {
                unmet, met, open, ..
            } if !(unmet.is_empty() && met.is_empty() && open.is_empty()) => {
                let first = (!open.is_empty()).then(|| answer_first(open));
                let parts = first.into_iter().chain(clauses(unmet, met));
                return parts.collect::<Vec<String>>().join("; ");
            }
            Self::BudgetTooSmall { first, .. } => {
                return message!("the-first-step-takes-low-effort", first);
            }
            Self::NoLadder => message!("add-a-pack-with-levels-such"),
            Self::NotApplicable { .. } => message!("name-another-ladder-with-ladder"),
            Self::TooLittle { .. } => message!("what-is-answered-is-answered-by-too"),
            Self::Reached { top: true, .. } => message!("there-is-no-higher-level"),
            Self::Reached { .. } => message!("name-a-higher-level-with-to"),
            Self::OutOfReach { .. } => message!("see-centricity-explain-for-what"),
        };
        fixed.to_owned()
    }

    /// The reason in one or two sentences for the client.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Reached {
                enough: Some(why), ..
            } => why.clone(),
            Self::Reached {
                top: true, level, ..
            } => {
                message!("is-reached-and-there-is-no-higher-level", level)
            }
            Self::Reached { level, .. } => message!("is-reached", level),
            Self::OutOfReach {
                level,
                unmet,
                met,
                open,
                proven,
            } => {
                let lead = if *proven {
                    message!("no-steps-reach-for-certain", level)
                } else {
                    message!("no-way-sentence", level)
                };
                let first = (!open.is_empty())
                    .then(|| message!("to-be-answered-first", labels = labels(open)));
                let told = clauses(unmet, met);
                let told = told.map(|part| format!("{}.", first_letter(&part, char::to_uppercase)));
                let parts = std::iter::once(lead).chain(first).chain(told);
                parts.collect::<Vec<String>>().join(" ")
            }
            Self::TooLittle { open, .. } if open.is_empty() => {
                message!("too-few-people-answered-to-give").to_owned()
            }
            Self::TooLittle { open, .. } => {
                message!("too-little-and-no-steps", labels = labels(open))
            }
            Self::NotApplicable { .. } => message!("it-does-not-apply-here").to_owned(),
            Self::NoLadder
            | Self::SeveralLadders { .. }
            | Self::UnknownLadder { .. }
            | Self::UnknownLevel { .. }
            | Self::BudgetTooSmall { .. } => self.to_string(),
        }
    }

    /// Returns true if the reason lies in the client's answers, and not in the request.
    #[must_use]
    pub fn is_of_the_client(&self) -> bool {
        matches!(
            self,
            Self::Reached { .. }
                | Self::OutOfReach { .. }
                | Self::TooLittle { .. }
                | Self::NotApplicable { .. }
        )
    }
}

/// The needs of a level that no steps reach, as clauses: those they cannot meet, and those they can.
fn clauses(unmet: &[String], met: &[String]) -> impl Iterator<Item = String> {
    let clauses = [
        (
            message!("what-holds-it-and-no-steps-meet"),
            unmet.join("; "),
        ),
        (message!("what-else-it-needs-and-steps-can"), met.join("; ")),
    ];
    let clauses = clauses.into_iter().filter(|(_, needs)| !needs.is_empty());
    clauses.map(|(lead, needs)| format!("{lead}: {needs}"))
}

/// A text with another case of its first letter.
fn first_letter<I: Iterator<Item = char>>(text: &str, case: impl Fn(char) -> I) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(case);
    first.into_iter().flatten().chain(letters).collect()
}

fn answer_first(open: &[Named]) -> String {
    message!(
        "answer-these-first",
        ids = some(open, |one| format!("`{}`", one.id))
    )
}

fn quoted(names: &[String]) -> String {
    some(names, |name| format!("`{name}`"))
}

fn labels(open: &[Named]) -> String {
    some(open, |one| format!("“{}”", one.label))
}

fn some<T>(list: &[T], word: impl Fn(&T) -> String) -> String {
    let shown: Vec<String> = list.iter().take(MOST).map(word).collect();
    let more = list.len().saturating_sub(MOST);
    let list = shown.join(", ");
    if more == 0 {
        list
    } else {
        message!("list-and-more", list, more)
    }
}
