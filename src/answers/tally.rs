//! Many responses as counts: all that merging needs, and a few bytes a person of what grows with their
//! number.
//!
//! A [`Tally`] takes responses one by one and lets each go. Two tallies of different people add up
//! to the tally of all of them, so parts can be counted side by side; in whatever parts, as long as
//! they are added in the same order, the figures are the same to the last bit.
//!
//! Nothing but its [`Roster`] reads the answers of single roles.

mod roster;

pub(super) use roster::{Ballot, Published, Roster};

use super::disclosure::{Grades, Support};
use super::response::{Response, is_asked};
use super::round::Sheet;
use super::statistics::{self, Numbers, ScaleSums};
use super::{Answer, AnswerNotes};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::{Role, State};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The most comments that are kept of one group on one question.
const MOST_COMMENTS: usize = 50;
/// Responses, counted by question and role.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    people: [u32; Role::ALL.len()],
    /// By question, then by role.
    cells: Vec<Cell>,
    scales: Vec<ScaleTally>,
    comments: BTreeMap<(usize, Role), Vec<String>>,
    /// Everybody who answered, in the order they came.
    sheets: Vec<(Role, Sheet)>,
    /// The last day anybody answered, where it is known.
    latest: Option<Date>,
}

/// The answers of some people to one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// Number of people who gave a rating, a choice, a number or a text.
    pub(super) rated: u32,
    /// Sum of the worths of those answers.
    pub(super) sum: f64,
    /// Number of people who gave each number, where the question asks for one.
    pub(super) numbers: Numbers,
    /// Number of people who took each choice.
    pub(super) counts: Vec<u32>,
    /// Number of people who said unknown.
    pub(super) unknown: u32,
    /// Number of people who said not applicable.
    pub(super) not_applicable: u32,
}

/// The ratings of a section, with the sums of those of each role who answered all of them.
#[derive(Debug, Clone, PartialEq)]
struct ScaleTally {
    section: usize,
    questions: Vec<usize>,
    sums: [ScaleSums; Role::ALL.len()],
}

impl Tally {
    /// Nobody yet.
    #[must_use]
    pub fn new(rulebook: &Rulebook) -> Self {
        let cells = rulebook.questions().flat_map(|asked| {
            Role::ALL.map(|_| Cell {
                counts: vec![0; asked.question.choices.len()],
                ..Cell::default()
            })
        });
        let scales = rulebook.scales().into_iter();
        let scales = scales.map(|(section, questions)| ScaleTally {
            section,
            questions,
            sums: Default::default(),
        });
        Self {
            people: [0; Role::ALL.len()],
            cells: cells.collect(),
            scales: scales.collect(),
            comments: BTreeMap::new(),
            sheets: Vec::new(),
            latest: None,
        }
    }

    /// Counts one response in. Answers to questions the role is not asked stay out.
    pub fn add(&mut self, rulebook: &Rulebook, response: &Response) {
        let role = response.role;
        if let Some(people) = self.people.get_mut(role as usize) {
            *people += 1;
        }
        self.sheets.push((role, response.sheet.clone()));
        self.latest = self.latest.max(response.answers.assessed_on);
        let given = response.answers.answers.iter().zip(&response.answers.notes);
        let all = rulebook.questions().zip(given);
        for (asked, (answer, notes)) in all.filter(|(one, _)| is_asked(one.question, role)) {
            let place = asked.node * Role::ALL.len() + role as usize;
            if let Some(cell) = self.cells.get_mut(place) {
                cell.add(answer);
            }
            if let Some(text) = comment(asked.question, notes) {
                let list = self.comments.entry((asked.node, role)).or_default();
                if list.len() < MOST_COMMENTS {
                    list.push(text.to_owned());
                }
            }
        }
        for scale in &mut self.scales {
            scale.add(rulebook, response);
        }
    }

    /// Adds the responses of other people, who come after these.
    pub fn absorb(&mut self, later: Self) {
        for (people, more) in self.people.iter_mut().zip(later.people) {
            *people += more;
        }
        for (cell, more) in self.cells.iter_mut().zip(&later.cells) {
            cell.absorb(more);
        }
        for (scale, more) in self.scales.iter_mut().zip(&later.scales) {
            for (sums, more) in scale.sums.iter_mut().zip(&more.sums) {
                sums.absorb(more);
            }
        }
        self.sheets.extend(later.sheets);
        self.latest = self.latest.max(later.latest);
        for (key, texts) in later.comments {
            let list = self.comments.entry(key).or_default();
            let room = MOST_COMMENTS.saturating_sub(list.len());
            list.extend(texts.into_iter().take(room));
        }
    }

    /// Number of people who answered.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.people.iter().sum()
    }

    /// Number of people of a role who answered.
    fn people_of(&self, role: Role) -> u32 {
        self.people.get(role as usize).copied().unwrap_or(0)
    }

    /// The last day anybody answered, where it is known.
    pub(super) fn latest(&self) -> Option<Date> {
        self.latest
    }
}

impl Cell {
    fn add(&mut self, answer: &Answer) {
        match answer.state {
            State::Rated => {
                self.rated += 1;
                if !answer.claimed.is_nan() {
                    self.sum += answer.claimed;
                    if self.counts.is_empty() {
                        self.numbers.add(answer.claimed);
                    }
                }
                for (place, count) in self.counts.iter_mut().enumerate() {
                    *count += u32::from(answer.chosen & (1 << place) != 0);
                }
            }
            State::Unknown => self.unknown += 1,
            State::NotApplicable => self.not_applicable += 1,
            State::Missing | State::Irrelevant | State::NotAsked | State::NotCore => {}
        }
    }

    /// Adds the answers of other people.
    fn absorb(&mut self, other: &Self) {
        self.rated += other.rated;
        self.sum += other.sum;
        self.numbers.absorb(&other.numbers);
        self.unknown += other.unknown;
        self.not_applicable += other.not_applicable;
        self.counts
            .resize(self.counts.len().max(other.counts.len()), 0);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// Mean worth of the answers; NaN where nobody gave one.
    pub(super) fn mean(&self) -> f64 {
        grained(self.sum / f64::from(self.rated))
    }
}

impl ScaleTally {
    /// Takes in somebody who answered all of its questions and was asked all of them.
    fn add(&mut self, rulebook: &Rulebook, response: &Response) {
        let worth = |node: &usize| {
            let question = rulebook.asked(*node)?.question;
            let answer = response.answers.answers.get(*node)?;
            let counts = answer.state == State::Rated && is_asked(question, response.role);
            counts.then_some(answer.claimed)
        };
        let answers: Option<Vec<f64>> = self.questions.iter().map(worth).collect();
        let sums = self.sums.get_mut(response.role as usize);
        if let Some((answers, sums)) = answers.zip(sums) {
            sums.add(&answers);
        }
    }
}

/// The comment a person wrote with an answer, or as the answer.
fn comment<'a>(question: &Question, notes: &'a AnswerNotes) -> Option<&'a str> {
    let own = notes.text.as_deref();
    let own = own.filter(|_| question.kind == QuestionType::Text);
    let note = notes.note.as_deref().or(notes.reason.as_deref());
    own.or(note).filter(|text| !text.trim().is_empty())
}

/// Merged figures are rounded to this part of one: the last bits of a float depend on the order in
/// which it was added up, and so give away its parts.
const GRAIN: f64 = 1e9;

fn grained(value: f64) -> f64 {
    (value * GRAIN).round() / GRAIN
}

/// The mean of each group, then the mean over the groups by weight.
pub(super) fn over_groups(groups: &[Published], sum: impl Fn(&Cell) -> f64) -> f64 {
    let (total, weights) = groups.iter().fold((0.0, 0.0), |(total, weights), one| {
        let mean = sum(&one.cell) / f64::from(one.cell.rated);
        (total + one.weight * mean, weights + one.weight)
    });
    grained(total / weights)
}

/// The number below which this share of the answers lies, each group weighing as it does in a mean,
/// rounded to what people would say.
pub(super) fn quantile(kind: QuestionType, groups: &[Published], share: f64) -> Option<f64> {
    let numbers = groups.iter().map(|one| (&one.cell.numbers, one.weight));
    statistics::quantile(kind, &numbers.collect::<Vec<_>>(), share)
}

/// The share of people who took each choice, over groups like any other mean.
pub(super) fn shares(question: &Question, groups: &[Published]) -> Vec<f64> {
    let share = |place: usize| {
        over_groups(groups, |cell| {
            cell.counts.get(place).copied().map_or(0.0, f64::from)
        })
    };
    (0..question.choices.len()).map(share).collect()
}

/// The grades of the people behind each score, by item.
pub(super) fn grades_by_score(rulebook: &Rulebook, support: &[Support]) -> BTreeMap<usize, Grades> {
    let program = &rulebook.program;
    let scores = (0..program.items).filter(|node| program.score(*node).is_some());
    let graded = scores.map(|score| {
        let questions = program.questions_of(score);
        let behind = questions.iter().filter_map(|node| support.get(*node));
        (score, Grades::of(behind))
    });
    graded.collect()
}

/// The choice whose score is nearest to a worth; between two, the lower one.
pub(crate) fn nearest(question: &Question, worth: f64) -> u64 {
    let far = |score: f64| (score - worth).abs();
    let scores = question.choices.iter();
    let scores = scores.map(|one| one.score.unwrap_or(f64::NAN));
    let best = scores.enumerate().reduce(|best, one| {
        let nearer = far(one.1) < far(best.1) - 1e-9;
        let lower = far(one.1) < far(best.1) + 1e-9 && one.1 < best.1;
        if nearer || lower { one } else { best }
    });
    best.map_or(0, |(place, _)| 1 << place)
}
