//! Method behind the numbers, as far as it depends on the rules and the answers.

use super::Text;
use super::context::{ReportContext, counted, percent};
use crate::assess::assessment::GroupResult;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{ItemKind, Question};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::ConfidenceGrade;
use crate::rules::vocabulary::Grade as EvidenceGrade;
use crate::rules::vocabulary::State;
use serde::Serialize;

/// The figures of the method section; its sentences live in the templates.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// "43 of 50 applicable questions are answered (86 %)."
    pub rated: String,
    /// Sentences about weights, reversed items and caps that applied; may be empty.
    pub weights: Vec<String>,
    /// True if evidence caps applied.
    pub caps: bool,
    /// True if any rating counts below its claim.
    pub claimed: bool,
    /// Number of answers with each grade of evidence; empty on perception.
    pub grades: Vec<Grade>,
    /// The reasons of the grade of confidence, in one sentence.
    pub confidence: String,
    /// Merging of the answers of many into one, in one sentence; null where one assessor answered.
    pub merging: Option<String>,
    /// The fewest people of a role that is shown; null where one assessor answered.
    pub minimum: Option<String>,
}

/// A grade of evidence.
#[derive(Debug, Clone, Serialize)]
pub struct Grade {
    /// "document".
    pub grade: &'static str,
    /// The highest rating it carries.
    pub cap: String,
    /// Number of answers that have it, of every kind.
    pub count: String,
}

/// The rules of a ladder.
#[derive(Debug, Clone, Serialize)]
pub struct LadderRules<'a> {
    /// Title.
    pub title: Text<'a>,
    /// "the index of “Organisation”".
    pub reads: Text<'a>,
    /// Lowest first.
    pub rows: Vec<LevelRule<'a>>,
}

/// The rules of a level.
#[derive(Debug, Clone, Serialize)]
pub struct LevelRule<'a> {
    /// "3 Structured".
    pub name: Text<'a>,
    /// The least score.
    pub from: Option<Text<'a>>,
    /// "Strategy and Structure at 25 or more".
    pub floor: Option<Text<'a>>,
    /// Other conditions.
    pub gates: Vec<Text<'a>>,
    /// "evidenced", where it asks for evidence.
    pub basis: Option<String>,
}

const GRADES: [(EvidenceGrade, &str); 5] = [
    (EvidenceGrade::None, "none"),
    (EvidenceGrade::Interview, "interview"),
    (EvidenceGrade::Document, "document"),
    (EvidenceGrade::Record, "record"),
    (
        EvidenceGrade::Confirmed,
        "confirmed by customers or an independent party",
    ),
];

impl ReportContext<'_> {
    pub(super) fn method(&self) -> Method {
        let evidenced = self.assessment.basis == Basis::Evidenced;
        Method {
            rated: self.rated(),
            weights: self.weights(),
            caps: evidenced,
            claimed: (self.assessment.questions.iter()).any(|one| one.claimed.is_some()),
            grades: if evidenced { self.grades() } else { Vec::new() },
            confidence: self.confidence_reasons(),
            merging: self.merging(),
            minimum: self
                .assessment
                .respondents
                .merged
                .as_ref()
                .map(|one| one.minimum_group.to_string()),
        }
    }

    pub(super) fn rated(&self) -> String {
        let (applicable, rated) = self.answered();
        if applicable == 0 {
            return "No question applies here.".to_owned();
        }
        let doubtful = self.assessment.questions.iter();
        let doubtful = doubtful.filter(|one| one.may_not_apply).count();
        let may = match doubtful {
            0 => String::new(),
            some => format!(
                " Of those without an answer {some} may not apply: other open answers decide that."
            ),
        };
        let (verb, hidden) = match self.hidden() {
            0 => ("answered", String::new()),
            1 => ("counted", " One more is hidden.".to_owned()),
            more => ("counted", format!(" {more} more are hidden.")),
        };
        format!(
            "{rated} of {applicable} applicable questions are {verb} ({}).{hidden}{may}",
            percent(self.assessment.coverage)
        )
    }

    /// Number of questions that too few people answered to be counted or shown.
    fn hidden(&self) -> usize {
        let questions = self.assessment.questions.iter();
        questions.filter(|one| one.is_closed()).count()
    }

    /// Reasons of the grade of confidence, in one sentence.
    pub(super) fn confidence_reasons(&self) -> String {
        let who = match (
            &self.assessment.respondents.merged,
            self.assessment.respondents.count,
        ) {
            (None, _) => "One assessor".to_owned(),
            (Some(merged), None) => format!("Fewer than {} people", merged.minimum_group),
            (Some(_), Some(count)) => format!("{count} people"),
        };
        let confidence = &self.assessment.confidence;
        let proof = percent(confidence.evidence);
        let proof = match self.assessment.basis {
            Basis::Perception if confidence.evidence <= 0.0 => {
                "no answer names its evidence".to_owned()
            }
            Basis::Perception | Basis::Evidenced => {
                format!("{proof} of the answers rest on a document or better")
            }
        };
        let agree = confidence
            .agreement
            .map_or_else(String::new, |grade| self.agreement_words(grade));
        if self.answered().0 == 0 {
            return format!("{who}, and no question that applies.");
        }
        format!(
            "{who}, {} of the applicable questions {}, {proof}{agree}.",
            percent(confidence.coverage),
            if self.hidden() == 0 {
                "answered"
            } else {
                "counted"
            }
        )
    }

    /// The grade is of the mean over all questions, so that single ones may be contested all the
    /// same.
    fn agreement_words(&self, grade: ConfidenceGrade) -> String {
        let questions = self.assessment.questions.iter();
        let groups = questions.filter_map(|one| one.group.as_ref());
        let told = |group: &GroupResult| group.spread.as_ref()?.agreement;
        if groups.clone().find_map(told).is_none() {
            return ", no agreement to show".to_owned();
        }
        let contested = groups.filter(|group| group.contested).count();
        let but = match contested {
            0 => String::new(),
            some => format!(
                " ({})",
                counted(some, "question is contested", "questions are contested")
            ),
        };
        format!(", agreement on average {}{but}", grade.word())
    }

    fn merging(&self) -> Option<String> {
        let who = &self.assessment.respondents;
        if who.merged.as_ref()?.pooled {
            return Some("Each rating is the mean of everybody who answered.".to_owned());
        }
        let unlike = who
            .roles
            .iter()
            .filter(|one| (one.weight - 1.0).abs() > f64::EPSILON);
        let weights: Vec<String> = unlike
            .map(|one| format!("{} {}", one.role.title(), one.weight))
            .collect();
        let weights = match weights.as_slice() {
            [] => "so that no role drowns another".to_owned(),
            list => format!("weighed {}, every other role 1", list.join(", ")),
        };
        Some(format!(
            "Each rating is the mean over roles of the mean within each role, {weights}."
        ))
    }

    fn weights(&self) -> Vec<String> {
        let mut list = Vec::new();
        let weighted = self.named(|question| (question.weight - 1.0).abs() > f64::EPSILON);
        if !weighted.is_empty() {
            let words = weighted
                .iter()
                .map(|(label, question)| format!("{label} ({})", question.weight));
            list.push(format!(
                "These questions do not weigh 1 in their scores: {}.",
                words.collect::<Vec<_>>().join(", ")
            ));
        }
        let reversed = self.named(|question| question.reverse);
        if !reversed.is_empty() {
            let labels: Vec<&str> = reversed.iter().map(|(label, _)| *label).collect();
            list.push(format!(
                "These questions are scored in reverse, the lowest answer counting most: {}.",
                labels.join(", ")
            ));
        }
        for score in &self.assessment.scores {
            if let Some(cap) = &score.capped {
                let because = cap.because.trim_end_matches('.');
                list.push(format!(
                    "“{}” was capped at {}: {because}.",
                    score.title,
                    number(cap.at)
                ));
            }
        }
        list
    }

    fn named(&self, wanted: fn(&Question) -> bool) -> Vec<(&str, &Question)> {
        let questions = self
            .rulebook
            .items
            .iter()
            .take(self.rulebook.question_count());
        let found = questions.filter_map(|item| match &item.kind {
            ItemKind::Question(question) if wanted(question) => {
                Some((item.label.as_str(), &**question))
            }
            ItemKind::Question(_)
            | ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => None,
        });
        found.collect()
    }

    /// Number of answers with each grade: the answers of which the share with evidence is taken.
    fn grades(&self) -> Vec<Grade> {
        let rated = self.assessment.questions.iter();
        let rated = rated.filter(|one| one.state == State::Rated);
        let row = |(grade, name): (EvidenceGrade, &'static str)| Grade {
            grade: name,
            cap: number(grade.carries()),
            count: rated
                .clone()
                .filter(|one| one.grade == grade)
                .count()
                .to_string(),
        };
        GRADES.into_iter().map(row).collect()
    }
}

/// A grade of evidence as people read it.
pub(super) fn evidence_word(grade: EvidenceGrade) -> &'static str {
    GRADES
        .iter()
        .find(|(one, _)| *one == grade)
        .map_or("none", |(_, name)| name)
}
