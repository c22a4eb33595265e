//! Many people's answers become one answer per question.
//!
//! [`Answers::merge`] is the last stage that sees the answers of single roles. It gives the merged
//! answer of everybody, which evaluation reads like any other, and a [`Disclosure`] of what may be
//! shown of the people.
//!
//! - Ratings and scored choices become means: the mean of each role, then the mean over roles by
//!   weight, or one mean over everybody.
//! - Numbers are estimates, and one wild guess moves a mean: they become their median, in which
//!   each role weighs as it does in a mean, rounded to what people would say.
//! - Of several choices, those are taken that more than half took, and that set is counted.
//! - Choices without a score, and yes or no, are facts: two thirds must agree, else the question
//!   stays open and goes to the workshop.
//! - Texts are not merged; they are comments.
//! - Evidence belongs to the question, not to the person: a grade counts once the assessor has
//!   recorded it in `assessment.yaml`. Evidence that respondents name stays in their files.

mod table;

use super::answer::with_evidence;
use super::check::{Checker, Entry};
use super::disclosure::{Disclosure, Grades, Support};
use super::file::{AnswerFile, AssessmentFile, ConsensusFile, RespondentsFile, TargetsFile};
use super::response::GroupRules;
use super::tally::{grades_by_score, nearest, open_scales, over_roles, quantile, shares};
use super::{Answer, Answers, Cell, Client, Respondents, Tally, check_curves, is_in_form, warning};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Question, Rulebook};
use crate::rules::vocabulary::{Basis, Role, State};
use crate::text::diagnostic::{Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
use crate::{message, problem};
use std::collections::BTreeMap;
use std::sync::Arc;
use table::{People, RoleTable};

/// Other files in the folder of an assessment.
#[derive(Debug, Clone, Copy, Default)]
pub struct CompanionFiles<'a> {
    /// The responses, counted.
    pub tally: Option<&'a Tally>,
    /// Agreed answers.
    pub consensus: Option<&'a ConsensusFile>,
    /// Targets.
    pub targets: Option<&'a TargetsFile>,
    /// True if there are responses, counted or not: the assessment may then leave values to them.
    pub responses: bool,
}

impl Answers {
    /// Checks a file of answers against the rulebook.
    ///
    /// Every problem goes to `problems`; answers to questions that other answers make irrelevant,
    /// and required questions without an answer, are warnings. `None` where there is an error.
    #[must_use]
    pub fn check(
        rulebook: &Rulebook,
        file: &AssessmentFile,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        Self::merge(rulebook, file, &CompanionFiles::default(), problems)
    }

    /// Checks an assessment, and merges the other files of its folder into it.
    ///
    /// The answers of respondents replace those of the assessor, and agreed answers replace both.
    /// Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn merge(
        rulebook: &Rulebook,
        file: &AssessmentFile,
        others: &CompanionFiles<'_>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let tally = others.tally.filter(|tally| tally.people() > 0);
        let mut checker = Checker::new(rulebook, file.basis, problems);
        checker.length = file.length();
        checker.shared = others.responses || tally.is_some();
        checker.format(&file.format);
        checker.name(&file.client.name);
        let unit = file.client.unit.iter();
        unit.for_each(|unit| checker.name(unit));
        if file.packs.value.is_empty() {
            checker.refuse(problem!(InvalidValue, "names-no-pack").at(file.packs.place));
        } else {
            checker.packs(&file.answers);
        }
        let day = file.assessed_on.as_ref();
        let assessed_on = day.and_then(|text| checker.date(text));
        let rules = file.respondents.clone().unwrap_or_default();
        let rules = GroupRules::check(&rules, &mut checker);
        let disclosure = tally.map(|tally| Arc::new(checker.merge(tally, &rules)));
        if let Some(consensus) = others.consensus {
            checker.consensus(consensus);
        }
        if let Some(targets) = others.targets {
            checker.targets(targets);
        }
        let curves = check_curves(&file.curves, checker.problems);
        let beyond = checker.beyond_form(tally);
        if let Some(form) = file.form.as_ref().filter(|_| beyond > 0) {
            let problem = warning(problem!(NotCore, "answers-beyond-the-short-form", beyond));
            checker.problems.push(problem.at(form.place));
        }
        let (answers, places) = checker.finish()?;
        let answers = Self {
            client: Client::from(&file.client),
            assessed_on,
            status: file.status,
            assessor: file.assessor.as_ref().map(|assessor| assessor.role),
            curves: curves.into(),
            disclosure,
            ..answers
        };
        let answers = answers.in_form(rulebook, file.length());
        answers.warn(rulebook, &places, file.packs.place, problems);
        Some(answers)
    }

    /// Checks answers by the full ids of their questions, as a case gives them, and merges those of
    /// its people.
    pub(crate) fn check_case(
        rulebook: &Rulebook,
        basis: Basis,
        answers: &Entries<Located<AnswerFile>>,
        people: &Tally,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut checker = Checker::new(rulebook, basis, problems);
        checker.shared = people.people() > 0;
        for (id, answer) in answers {
            checker.answer_by_id(id, answer);
        }
        let merged = checker.shared;
        let rules = GroupRules::check(&RespondentsFile::default(), &mut checker);
        let merged = merged.then(|| Arc::new(checker.merge(people, &rules)));
        let (answers, _) = checker.finish()?;
        Some(Self {
            disclosure: merged,
            ..answers
        })
    }

    /// Warns of answers that are not relevant, and of required ones that are missing.
    fn warn(
        &self,
        rulebook: &Rulebook,
        places: &[Option<Place>],
        packs: Place,
        problems: &mut Diagnostics,
    ) {
        let readings = self.readings(&rulebook.program);
        let rows = rulebook.questions().zip(&readings).zip(&self.answers);
        for (((asked, reading), answer), place) in rows.zip(places) {
            let Asked { item, question, .. } = asked;
            let given = answer.state != State::Missing;
            let open = reading.state == State::Missing && !reading.optional;
            let id = &item.id;
            let problem = if reading.state == State::Irrelevant && given {
                // A respondent cannot know what the answers of all make irrelevant.
                if place.is_none() {
                    continue;
                }
                problem!(NotRelevant, "is-not-relevant-given-the-other-answers", id)
            } else if question.required && open {
                problem!(MissingAnswer, "is-required-and-has-no-answer", id)
            } else {
                continue;
            };
            problems.push(warning(problem.at(place.unwrap_or(packs))));
        }
    }
}

impl Checker<'_> {
    /// Replaces the answers of the assessor with the merged ones; warns where there was one.
    fn merge(&mut self, tally: &Tally, rules: &GroupRules) -> Disclosure {
        let people = People::new(tally, rules);
        let mut disclosure = Disclosure {
            who: Respondents {
                count: (!people.is_few()).then(|| tally.people()),
                role: None,
                merged: Some(rules.merged.clone()),
                roles: people.roles.clone(),
                scales: Vec::new(),
            },
            answers: Vec::new(),
            grades: Grades::NONE,
            scores: BTreeMap::new(),
        };
        let (mut mixed, mut support) = (Vec::new(), Vec::new());
        for asked in self.rulebook.questions() {
            let Asked { item, question, .. } = asked;
            if !is_in_form(question, self.length) {
                support.push(Support::default());
                disclosure.answers.push(None);
                continue;
            }
            let table = RoleTable::new(&people, asked);
            let merged = Merged::of(question, &table.cells(), rules);
            let closed = table.is_closed();
            // Answers that are not counted support nothing, and no grade may give them away.
            let own = (!closed).then(|| table.support());
            support.push(own.unwrap_or_default());
            let answer = table.answer(&merged);
            let is_mixed = answer.as_ref().is_some_and(|one| one.mixed);
            disclosure.answers.push(answer);
            if closed || merged.state == State::Missing {
                continue;
            }
            if is_mixed {
                mixed.push(item.id.as_str());
            }
            let Some(entry) = self.entries.get_mut(asked.node) else {
                break;
            };
            let given = entry.answer.state != State::Missing;
            if let Some(place) = entry.place.filter(|_| given) {
                let id = &item.id;
                let problem = problem!(AnsweredTwice, "is-answered-here-and-by-respondents", id);
                self.problems.push(warning(problem.at(place)));
            }
            merged.replace(question, entry, self.basis);
        }
        let minimum = rules.merged.minimum_group;
        disclosure.who.scales = open_scales(self.rulebook, tally, &disclosure, minimum);
        disclosure.grades = Grades::of(support.iter());
        disclosure.scores = grades_by_score(self.rulebook, &support);
        if !mixed.is_empty() {
            let list = mixed.join("`, `");
            let problem = problem!(MixedApplicability, "does-not-apply-to-some", list);
            self.problems.push(warning(problem));
        }
        disclosure
    }
}

/// A fact counts where this share agrees.
const QUALIFIED: f64 = 2.0 / 3.0;
/// One of several choices is taken where more than this share took it; so one that excludes all
/// others is never taken together with another.
const HALF: f64 = 0.5;

/// The answer of everybody together.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Merged {
    state: State,
    /// As counted in scores; NaN where the answer has no worth.
    worth: f64,
    chosen: u64,
    /// True if some say that it does not apply and others answer.
    mixed: bool,
    /// True if there are answers, and they differ too much to choose one.
    split: bool,
}

impl Merged {
    fn of(question: &Question, cells: &[(Role, &Cell)], rules: &GroupRules) -> Self {
        let any = |count: fn(&Cell) -> u32| cells.iter().any(|(_, cell)| count(cell) > 0);
        let away = any(|cell| cell.not_applicable);
        let state = if any(|cell| cell.rated) {
            State::Rated
        } else if away {
            State::NotApplicable
        } else if any(|cell| cell.unknown) {
            State::Unknown
        } else {
            State::Missing
        };
        let merged = Self {
            state,
            worth: f64::NAN,
            chosen: 0,
            mixed: away && state == State::Rated,
            split: false,
        };
        if state != State::Rated {
            return merged;
        }
        let mean = || over_roles(cells, rules, |cell| cell.sum);
        let scored = question.choices.iter().all(|one| one.score.is_some());
        let (worth, chosen) = match question.kind {
            QuestionType::Rating => (mean(), 0),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                let median = quantile(question.kind, cells, rules, 0.5);
                (median.unwrap_or_else(mean), 0)
            }
            QuestionType::SelectOne if scored => (mean(), nearest(question, mean())),
            QuestionType::SelectOne | QuestionType::Boolean => {
                let shares = shares(question, cells, rules);
                let found = shares.iter().position(|share| *share >= QUALIFIED - 1e-9);
                let Some(place) = found else {
                    return Self {
                        state: State::Unknown,
                        split: true,
                        ..merged
                    };
                };
                let score = question.choices.get(place).and_then(|choice| choice.score);
                (score.unwrap_or(f64::NAN), 1 << place)
            }
            QuestionType::SelectMultiple => {
                let shares = shares(question, cells, rules);
                let taken = shares.iter().enumerate();
                let taken = taken.filter(|(_, share)| **share > HALF + 1e-9);
                let chosen = taken.fold(0, |set, (place, _)| set | 1 << place);
                (question.worth_of(chosen), chosen)
            }
            QuestionType::Text => (f64::NAN, 0),
        };
        Self {
            worth,
            chosen,
            ..merged
        }
    }

    /// Replaces the assessor's answer with the merged one; evidence, target and owner stay.
    fn replace(&self, question: &Question, entry: &mut Entry, basis: Basis) {
        let notes = &mut entry.notes;
        let rated = self.state == State::Rated;
        let text = if question.kind == QuestionType::Text {
            Some(message!("answered-by-several-people-in-words").to_owned())
        } else {
            let number = question.kind.is_number();
            number.then(|| self.worth.to_string())
        };
        notes.text = text.filter(|_| rated);
        notes.of = None;
        let away = self.state == State::NotApplicable;
        notes.reason = away.then(|| message!("so-say-all-who-could").to_owned());
        entry.answer = if rated {
            let merged = Answer::rated(question.reverse_scored(self.worth), self.chosen);
            with_evidence(question, merged, notes, basis)
        } else {
            Answer::of_state(self.state)
        };
    }
}
