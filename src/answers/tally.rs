//! Many responses as counts: all that merging needs, and nothing that grows with their number.
//!
//! A [`Tally`] takes responses one by one and lets each go. Two tallies of different people add up
//! to the tally of all of them, so parts can be counted side by side; in whatever parts, as long as
//! they are added in the same order, the figures are the same to the last bit.

use super::disclosure::{Disclosure, Grades, Support};
use super::group::ScaleResult;
use super::response::{GroupRules, Response, is_asked};
use super::statistics::{self, Numbers, ScaleSums};
use super::{Answer, AnswerNotes};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::{Role, State};
use std::collections::BTreeMap;

/// The most comments that are kept of one role on one question.
const MOST_COMMENTS: usize = 50;
/// A section with fewer ratings than this is no scale.
pub(crate) const FEWEST_RATINGS: usize = 3;

/// Responses, counted by question and role.
#[derive(Debug, Clone)]
pub struct Tally {
    people: [u32; Role::ALL.len()],
    /// By question, then by role.
    cells: Vec<Cell>,
    pub(super) scales: Vec<ScaleTally>,
    pub(super) comments: BTreeMap<(usize, Role), Vec<String>>,
}

/// The answers of one role to one question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Number of people who gave a rating, a choice, a number or a text.
    pub rated: u32,
    /// Sum of the worths of those answers.
    pub sum: f64,
    /// Number of people who gave each number, where the question asks for one.
    pub numbers: Numbers,
    /// Number of people who took each choice.
    pub counts: Vec<u32>,
    /// Number of people who said unknown.
    pub unknown: u32,
    /// Number of people who said not applicable.
    pub not_applicable: u32,
}

/// The ratings of a section, with the sums of those who answered all of them.
#[derive(Debug, Clone)]
pub(super) struct ScaleTally {
    pub(super) section: usize,
    pub(super) questions: Vec<usize>,
    pub(super) sums: ScaleSums,
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
        Self {
            people: [0; Role::ALL.len()],
            cells: cells.collect(),
            scales: scales(rulebook),
            comments: BTreeMap::new(),
        }
    }

    /// Counts one response in. Answers to questions the role is not asked stay out.
    pub fn add(&mut self, rulebook: &Rulebook, response: &Response) {
        let role = response.role;
        if let Some(people) = self.people.get_mut(role as usize) {
            *people += 1;
        }
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
            scale.sums.absorb(&more.sums);
        }
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
    pub(super) fn people_of(&self, role: Role) -> u32 {
        self.people.get(role as usize).copied().unwrap_or(0)
    }

    /// The answers of a role to the question at a place of the rulebook.
    #[must_use]
    pub fn cell(&self, question: usize, role: Role) -> Option<&Cell> {
        self.cells.get(question * Role::ALL.len() + role as usize)
    }

    /// The answers of each role to a question, of roles that answered anything at all.
    pub(super) fn cells(&self, question: usize) -> impl Iterator<Item = (Role, &Cell)> {
        let roles = Role::ALL.into_iter();
        let present = roles.filter(|role| self.people_of(*role) > 0);
        present.filter_map(move |role| Some((role, self.cell(question, role)?)))
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
    pub fn absorb(&mut self, other: &Self) {
        self.rated += other.rated;
        self.sum += other.sum;
        self.numbers.absorb(&other.numbers);
        self.unknown += other.unknown;
        self.not_applicable += other.not_applicable;
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
    }

    /// Mean worth of the answers; `None` where nobody gave one.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.rated > 0).then(|| self.sum / f64::from(self.rated))
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
        if let Some(answers) = answers {
            self.sums.add(&answers);
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

fn scales(rulebook: &Rulebook) -> Vec<ScaleTally> {
    let rating = |node: &usize| {
        let asked = rulebook.asked(*node);
        asked.is_some_and(|one| one.question.kind == QuestionType::Rating)
    };
    let sections = rulebook.sections.iter().enumerate();
    let mut scales: Vec<ScaleTally> = sections
        .map(|(section, one)| ScaleTally {
            section,
            questions: one.questions.iter().copied().filter(rating).collect(),
            sums: ScaleSums::default(),
        })
        .collect();
    scales.retain(|one| one.questions.len() >= FEWEST_RATINGS);
    scales
}

/// Weight of a role in the value over all roles.
pub(super) fn weight(role: Role, cell: &Cell, rules: &GroupRules) -> f64 {
    if rules.merged.pooled {
        f64::from(cell.rated)
    } else {
        rules.weight(role)
    }
}

/// Merged figures are rounded to this part of one: the last bits of a float depend on the order in
/// which it was added up, and so give away its parts.
const GRAIN: f64 = 1e9;

/// The mean of each role, then the mean over the roles that answered.
pub(super) fn over_roles(
    cells: &[(Role, &Cell)],
    rules: &GroupRules,
    sum: impl Fn(&Cell) -> f64,
) -> f64 {
    let heard = cells.iter().filter(|(_, cell)| cell.rated > 0);
    let (total, weights) = heard.fold((0.0, 0.0), |(total, weights), (role, cell)| {
        let weight = weight(*role, cell, rules);
        let mean = sum(cell) / f64::from(cell.rated);
        (total + weight * mean, weights + weight)
    });
    (total / weights * GRAIN).round() / GRAIN
}

/// The number below which this share of the answers lies, each role weighing as it does in a mean,
/// rounded to what people would say.
pub(super) fn quantile(
    kind: QuestionType,
    cells: &[(Role, &Cell)],
    rules: &GroupRules,
    share: f64,
) -> Option<f64> {
    let heard = cells.iter().filter(|(_, cell)| cell.rated > 0);
    let groups = heard.map(|(role, cell)| (&cell.numbers, weight(*role, cell, rules)));
    statistics::quantile(kind, &groups.collect::<Vec<_>>(), share)
}

/// The share of people who took each choice, over roles like any other mean.
pub(super) fn shares(question: &Question, cells: &[(Role, &Cell)], rules: &GroupRules) -> Vec<f64> {
    let share = |place: usize| {
        over_roles(cells, rules, |cell| {
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

/// The scales on which nobody is hidden.
pub(super) fn open_scales(
    rulebook: &Rulebook,
    tally: &Tally,
    disclosure: &Disclosure,
    minimum: u32,
) -> Vec<ScaleResult> {
    let open = |node: &usize| {
        disclosure
            .answer(*node)
            .is_some_and(|one| one.people.is_some())
    };
    let shown = tally
        .scales
        .iter()
        .filter(|scale| scale.sums.people >= minimum && scale.questions.iter().all(open));
    let scales = shown.filter_map(|scale| {
        let section = rulebook.sections.get(scale.section)?;
        Some(ScaleResult {
            id: rulebook.section_id(section),
            title: section.title.clone(),
            questions: scale.questions.len(),
            people: scale.sums.people,
            alpha: scale.sums.alpha()?,
        })
    });
    scales.collect()
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
