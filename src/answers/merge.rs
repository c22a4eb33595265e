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
mod value;

use super::check::{Checker, Entry};
use super::disclosure::{Disclosure, Grades, Scale, Support};
use super::file::{AnswerFile, AssessmentFile, ConsensusFile, TargetsFile};
use super::{Answers, Client, GroupRules, Tally, check_curves};
use crate::message;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{Basis, State};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
use std::collections::BTreeMap;
use std::sync::Arc;
use table::{People, RoleTable};
use value::Merged;

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
        checker.shared = others.responses || tally.is_some();
        checker.format(&file.format);
        checker.packs(&file.answers);
        let day = file.assessed_on.as_ref();
        let assessed_on = day.and_then(|text| checker.date(text));
        let rules = GroupRules::check(file.respondents.as_ref(), &mut checker);
        let disclosure = tally.map(|tally| Arc::new(checker.merge(tally, rules)));
        if let Some(consensus) = others.consensus {
            checker.consensus(consensus);
        }
        if let Some(targets) = others.targets {
            checker.targets(targets);
        }
        let curves = check_curves(&file.curves, checker.problems);
        let (answers, places) = checker.finish()?;
        let answers = Self {
            client: Client {
                name: file.client.name.clone(),
                unit: file.client.unit.clone(),
            },
            assessed_on,
            status: file.status,
            assessor: file.assessor.as_ref().map(|assessor| assessor.role),
            curves: curves.into(),
            disclosure,
            ..answers
        };
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
        let merged = merged.then(|| Arc::new(checker.merge(people, GroupRules::default())));
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
        let rows = rulebook.items.iter().zip(&readings).zip(&self.answers);
        for (((item, reading), answer), place) in rows.zip(places) {
            let Some(question) = item.kind.question() else {
                break;
            };
            let given = answer.state != State::Missing;
            let open = reading.state == State::Missing && !reading.optional;
            let (code, message, help) = if reading.state == State::Irrelevant && given {
                // A respondent cannot know what the answers of all make irrelevant.
                if place.is_none() {
                    continue;
                }
                let message = message!("is-not-relevant-given-the-other-answers", id = item.id);
                let help = message!("the-answer-is-kept-and-not-scored");
                (Code::NotRelevant, message, help)
            } else if question.required && open {
                let message = message!("is-required-and-has-no-answer", id = item.id);
                (
                    Code::MissingAnswer,
                    message,
                    message!("answer-it-or-write-unknown"),
                )
            } else {
                continue;
            };
            let warning = Diagnostic::warning(code, message).help(help);
            problems.push(warning.at(place.unwrap_or(packs)));
        }
    }
}

impl Checker<'_> {
    /// Replaces the answers of the assessor with the merged ones.
    fn merge(&mut self, tally: &Tally, rules: GroupRules) -> Disclosure {
        let people = People::new(tally, rules);
        let mut disclosure = Disclosure {
            rules,
            people: (!people.is_few()).then(|| tally.people()),
            roles: people.roles.clone(),
            scales: Vec::new(),
            answers: Vec::new(),
            grades: Grades::NONE,
            scores: BTreeMap::new(),
        };
        let (mut mixed, mut support) = (Vec::new(), Vec::new());
        for (node, item) in self.rulebook.items.iter().enumerate() {
            let Some(question) = item.kind.question() else {
                break;
            };
            let table = RoleTable::new(&people, node, item, question);
            let merged = Merged::of(question, &table.cells(), &rules);
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
            self.replace(node, &item.id, |entry, basis| {
                merged.replace(question, &mut entry.answer, &mut entry.notes, basis);
            });
        }
        disclosure.scales = scales(tally, &disclosure);
        disclosure.grades = Grades::of(support.iter());
        disclosure.scores = grades_by_score(self.rulebook, &support);
        if !mixed.is_empty() {
            let list = mixed.join("`, `");
            let message = message!("some-say-that-a-question-does-not", list);
            let warning = Diagnostic::warning(Code::MixedApplicability, message);
            let help = message!("the-answers-count-settle-it-in-consensus-yaml");
            self.problems.push(warning.help(help));
        }
        disclosure
    }

    /// Replaces an answer; warns where the assessor gave one.
    fn replace(&mut self, node: usize, id: &str, new: impl FnOnce(&mut Entry, Basis)) {
        let Some(entry) = self.entries.get_mut(node) else {
            return;
        };
        let given = entry.answer.state != State::Missing;
        if let Some(place) = entry.place.filter(|_| given) {
            let message = message!("is-answered-here-and-by-respondents", id);
            let warning = Diagnostic::warning(Code::AnsweredTwice, message).at(place);
            let help = message!("the-respondents-answer-counts-to-overrule-it-agree");
            self.problems.push(warning.help(help));
        }
        new(entry, self.basis);
    }
}

/// The grades of the people behind each score, by item.
fn grades_by_score(rulebook: &Rulebook, support: &[Support]) -> BTreeMap<usize, Grades> {
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
fn scales(tally: &Tally, disclosure: &Disclosure) -> Vec<Scale> {
    let open = |node: &usize| {
        disclosure
            .answer(*node)
            .is_some_and(|one| one.people.is_some())
    };
    let shown = tally.scales.iter().filter(|scale| {
        scale.sums.people >= disclosure.rules.minimum && scale.questions.iter().all(open)
    });
    let scales = shown.filter_map(|scale| {
        Some(Scale {
            section: scale.section,
            questions: scale.questions.len(),
            people: scale.sums.people,
            alpha: scale.sums.alpha()?,
        })
    });
    scales.collect()
}
