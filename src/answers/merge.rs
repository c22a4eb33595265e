//! Many people's answers become one answer per question.
//!
//! [`Answers::merge`] reads the [`Ballot`] of each question, which holds the answers of groups of at
//! least the minimum and of nobody else. It gives the merged answer of these groups, which evaluation
//! reads like any other, and a [`Disclosure`] of what is shown of the people.

use super::check::Checker;
use super::disclosure::{Disclosure, Grades, Support};
use super::file::{AnswerFile, AssessmentFile, ConsensusFile, RespondentsFile, TargetsFile};
use super::merged::Merged;
use super::response::GroupRules;
use super::tally::{Roster, grades_by_score};
use super::{
    Answers, Client, MergeResult, Respondents, Status, Tally, check_curves, is_in_form, warning,
};
use crate::problem;
use crate::rules::rulebook::{Asked, Rulebook};
use crate::rules::vocabulary::{Basis, State};
use crate::text::diagnostic::{Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
use std::collections::BTreeMap;
use std::sync::Arc;

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
        let disclosure = tally.and_then(|tally| checker.people(file, tally, &rules));
        let open = disclosure.is_some() && rules.merged.is_open();
        if let Some(consensus) = others.consensus {
            checker.consensus(consensus);
        }
        if let Some(targets) = others.targets {
            checker.targets(targets);
        }
        let curves = check_curves(&file.curves, checker.problems);
        let beyond = checker.beyond_form();
        if let Some(form) = file.form.as_ref().filter(|_| beyond > 0) {
            let problem = warning(problem!(NotCore, "answers-beyond-the-short-form", beyond));
            checker.problems.push(problem.at(form.place));
        }
        let (answers, places) = checker.finish()?;
        let answers = Self {
            client: Client::from(&file.client),
            assessed_on,
            status: if open { Status::Draft } else { file.status },
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
        // The people of a case are made up.
        let open = RespondentsFile {
            anonymous: Some(false),
            ..RespondentsFile::default()
        };
        let rules = GroupRules::check(&open, &mut checker);
        let merged = merged.then(|| Arc::new(checker.merge(&Roster::new(people, &rules), &rules)));
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
    /// Merges the answers of people; `None` where so few answered that nobody may be shown.
    fn people(
        &mut self,
        file: &AssessmentFile,
        tally: &Tally,
        rules: &GroupRules,
    ) -> Option<Arc<Disclosure>> {
        let roster = Roster::new(tally, rules);
        let MergeResult { minimum_group, .. } = rules.merged;
        if roster.is_empty() {
            let problem = problem!(TooFewPeople, "so-far-fewer-than-answered", minimum_group);
            self.refuse(problem.at(file.client.name.place));
            return None;
        }
        let end = rules.merged.closed_on.as_ref();
        let is_late = |end: &&String| tally.latest().is_some_and(|day| day.to_string() > **end);
        if let Some(day) = end.filter(is_late) {
            let problem = problem!(
                LateResponse,
                "somebody-answered-after-the-round-was-closed",
                day
            );
            self.refuse(problem.at(file.client.name.place));
        }
        if rules.merged.is_open() && file.status == Status::Final {
            let problem = warning(problem!(OpenRound, "the-round-is-open-so-this-is-a-draft"));
            self.problems.push(problem.at(file.client.name.place));
        }
        Some(Arc::new(self.merge(&roster, rules)))
    }

    /// Replaces the answers of the assessor with the merged ones; warns where there was one.
    fn merge(&mut self, roster: &Roster<'_>, rules: &GroupRules) -> Disclosure {
        let counts = roster.counts();
        let minimum = rules.merged.minimum_group;
        let mut disclosure = Disclosure {
            who: Respondents {
                count: Some(counts.iter().map(|one| one.people).sum()),
                role: None,
                merged: Some(rules.merged.clone()),
                roles: counts,
                others: roster.others(),
                left_out: roster.left_out.clone(),
                scales: roster.scales(self.rulebook, self.length),
            },
            round: Some(roster.round(self.rulebook, self.length)),
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
            let ballot = roster.ballot(asked);
            let merged = Merged::of(question, &ballot);
            support.push(ballot.support(question));
            disclosure
                .answers
                .push(ballot.result(asked, &merged, minimum));
            if merged.state == State::Missing {
                continue;
            }
            if ballot.mixed {
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
            merged.replace(question, entry, (self.basis, &rules.merged));
        }
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
