//! Answers read back from a result, so that what was kept can be scored again.
//!
//! A result holds everything an evaluation reads: the answers with their evidence and targets, what
//! may be shown of the people who gave them, and the grades of confidence they lead to. Of the
//! customer table it has only the figures made of it, and these are taken as they are.

use super::{
    Assessment, Confidence, GroupOutcome, GroupResult, Mismatch, QuestionResult, Respondents,
    RoleFigure, ScaleResult,
};
use crate::answers::disclosure::{Grades, gap, ordered, value_range};
use crate::answers::{
    AgreedResult, Answer, AnswerNotes, Answers, Baseline, ChoiceCount, Disclosure, Phase, Spread,
    TableFigures, contested, is_in_form, rwg,
};
use crate::rules::metric::{Curve, Factor, TableName};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Question, Rulebook};
use crate::rules::vocabulary::{ConfidenceGrade, State};
use crate::text::number::short;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Answers {
    /// The answers a result was made from.
    ///
    /// # Errors
    /// Returns an error if the result and the rulebook do not belong together.
    pub fn of_result(rulebook: &Rulebook, result: &Assessment) -> Result<Self, Mismatch> {
        let restored = rulebook.questions().map(|asked| {
            let (id, question) = (&asked.item.id, asked.question);
            let answer = result.questions.get(asked.node).filter(|one| one.id == *id);
            let answer = answer.ok_or_else(|| Mismatch::not_in_result(id))?;
            if (answer.state == State::NotCore) == is_in_form(question, result.form) {
                return Err(Mismatch::value(id, &answer.says));
            }
            Answered { question, answer }.restored()
        });
        let restored: Vec<(Answer, AnswerNotes)> = restored.collect::<Result<_, Mismatch>>()?;
        let (given, remarks) = restored.into_iter().unzip();
        let assessed_on = result.assessed_on.as_deref();
        let assessed_on = assessed_on.map(|text| date("assessed_on", text));
        let who = &result.respondents;
        let panel = who.merged.as_ref().map(|_| panel(rulebook, result));
        let curves = result.metrics.iter().find(|one| !one.curves.is_empty());
        Ok(Self {
            client: result.client.clone(),
            assessed_on: assessed_on.transpose()?,
            status: result.status,
            assessor: who.role,
            form: result.form,
            basis: result.basis,
            curves: curves.map_or_else(Arc::default, |one| one.curves.iter().map(curve).collect()),
            figures: Arc::new(figures(rulebook, result)),
            answers: given,
            notes: remarks,
            disclosure: panel.transpose()?.map(Arc::new),
            ..Self::blank(rulebook)
        })
    }
}

/// A question with its result.
struct Answered<'a> {
    question: &'a Question,
    answer: &'a QuestionResult,
}

impl Answered<'_> {
    fn restored(&self) -> Result<(Answer, AnswerNotes), Mismatch> {
        let (question, answer) = (self.question, self.answer);
        let (state, value, claimed) = match (answer.kept, answer.state) {
            (Some(kept), _) => (kept.state, kept.value, kept.claimed),
            (None, State::Irrelevant) => (State::Missing, None, None),
            (None, State::Rated) => (State::Rated, answer.value, answer.claimed),
            (None, state) => (state, None, None),
        };
        let phases = answer.phases.iter().map(|one| {
            let (chosen, says) = self.choice(one.target, &one.says)?;
            Ok(Phase {
                name: one.name.clone(),
                target: one.target,
                worth: question.reverse_scored(one.target),
                chosen,
                says,
                due: self.date(one.due.as_deref())?,
            })
        });
        let phases: Vec<Phase> = phases.collect::<Result<_, Mismatch>>()?;
        let counted = self.worth(value)?;
        let chosen = self.chosen()?;
        let claimed = claimed.filter(|_| question.kind == QuestionType::Rating);
        let given = Answer {
            state,
            claimed: claimed.unwrap_or(counted),
            counted,
            target: counted,
            chosen,
            aimed: chosen,
        };
        let given = given.aiming_at(phases.last());
        let free = question.choices.is_empty();
        let notes = AnswerNotes {
            text: answer.answer.first().filter(|_| free).cloned(),
            of: answer.of.filter(|_| question.kind == QuestionType::Percent),
            note: answer.note.clone(),
            reason: (answer.reason.clone()).filter(|_| state == State::NotApplicable),
            grade: answer.grade,
            evidence: answer.evidence.clone(),
            link: answer.link.clone(),
            target: phases.last().map(|phase| phase.target),
            owner: answer.owner.clone(),
            due: self.date(answer.due.as_deref())?,
            phases,
            baseline: self.baseline()?,
            agreed: self.agreed()?,
        };
        Ok((given, notes))
    }

    /// Worth of an answer, which may not be another number than the one that was written.
    fn worth(&self, value: Option<f64>) -> Result<f64, Mismatch> {
        let scored = self.question.choices.iter().any(|one| one.score.is_some());
        let valueless = self.question.kind == QuestionType::SelectOne && !scored;
        let value = value.filter(|_| !valueless).unwrap_or(f64::NAN);
        let number = self.answer.answer.first().map(|text| text.parse().ok());
        let number: f64 = number.flatten().unwrap_or(f64::NAN);
        let differs = |other: f64| other.total_cmp(&value).is_ne();
        if (self.question.kind.is_number() && differs(number))
            || self.score_of_choice().is_some_and(differs)
        {
            return Err(Mismatch::value(&self.answer.id, &short(value)));
        }
        Ok(value)
    }

    /// The worth of the one choice that one person took; none where evidence or several people may
    /// have made another of it.
    fn score_of_choice(&self) -> Option<f64> {
        let question = self.question;
        let fixed = matches!(
            question.kind,
            QuestionType::SelectOne | QuestionType::Boolean
        );
        let rated = self.answer.state == State::Rated && self.answer.group.is_none();
        let given = self.answer.answer.first().filter(|_| fixed && rated)?;
        let choice = question.choices.iter().find(|one| one.value == *given)?;
        Some(question.reverse_scored(choice.score?))
    }

    fn chosen(&self) -> Result<u64, Mismatch> {
        let choices = &self.question.choices;
        if choices.is_empty() {
            return Ok(0);
        }
        // Several people may come to a mean between two steps of a scale.
        let mean = self.answer.group.is_some() && self.answer.agreed.is_none();
        let (kind, answer) = (self.question.kind, &self.answer.answer);
        let several =
            kind == QuestionType::SelectMultiple || (kind == QuestionType::Rating && mean);
        let rated = self.answer.state == State::Rated;
        if rated && !several && answer.len() != 1 {
            return Err(Mismatch::value(&self.answer.id, &answer.join(", ")));
        }
        answer.iter().try_fold(0, |set, value| {
            let place = choices.iter().position(|choice| choice.value == *value);
            let place = place.ok_or_else(|| Mismatch::value(&self.answer.id, value))?;
            Ok(set | 1 << place)
        })
    }

    /// The step of a scale that a target has, or the choice that has its score and these words;
    /// with what it is called.
    fn choice(&self, score: f64, says: &str) -> Result<(u64, String), Mismatch> {
        let rating = self.question.kind == QuestionType::Rating;
        let mut choices = self.question.choices.iter().enumerate();
        let found = choices.find(|(_, choice)| {
            let same = choice.score.map(f64::to_bits) == Some(score.to_bits());
            same && (rating || choice.label == says)
        });
        let (place, choice) = found.ok_or_else(|| Mismatch::value(&self.answer.id, says))?;
        let says = if rating {
            short(score)
        } else {
            choice.label.clone()
        };
        Ok((1 << place, says))
    }

    fn baseline(&self) -> Result<Option<Baseline>, Mismatch> {
        let baseline = self.answer.baseline.as_ref().map(|one| {
            let (chosen, says) = if self.question.kind == QuestionType::SelectOne {
                let (chosen, says) = self.choice(one.value, &one.says)?;
                (Some(chosen), says)
            } else {
                (None, short(one.value))
            };
            Ok(Baseline {
                value: one.value,
                worth: self.question.reverse_scored(one.value),
                chosen,
                says,
                on: self.date(one.on.as_deref())?,
            })
        });
        baseline.transpose()
    }

    fn agreed(&self) -> Result<Option<Box<AgreedResult>>, Mismatch> {
        let agreed = self.answer.agreed.as_ref().map(|one| {
            let on = self.date(one.date.as_deref())?;
            Ok(Box::new(AgreedResult {
                date: on.map(|on| on.to_string()),
                replaces: None,
                ..one.clone()
            }))
        });
        agreed.transpose()
    }

    fn date(&self, text: Option<&str>) -> Result<Option<Date>, Mismatch> {
        text.map(|text| date(&self.answer.id, text)).transpose()
    }
}

fn date(of: &str, text: &str) -> Result<Date, Mismatch> {
    text.parse().map_err(|_| Mismatch::value(of, text))
}

/// The curve as it was given; the gap and the misfit of a factor follow from it.
fn curve(curve: &Curve) -> Curve {
    let factor = |one: &Factor| Factor::new(one.name.clone(), one.importance, one.us, one.rival);
    Curve {
        customers: curve.customers.clone(),
        factors: curve.factors.iter().map(factor).collect(),
    }
}

/// The figures of every metric that reads the customer table, by its first item.
fn figures(rulebook: &Rulebook, result: &Assessment) -> BTreeMap<usize, TableFigures> {
    let metrics = rulebook.metrics.iter().zip(&result.metrics);
    let figures = metrics.filter_map(|(metric, result)| {
        let first = *metric.figures.first()?;
        let table = rulebook.program.metric(first)?.table;
        let value = |node: &usize| {
            let id = &rulebook.item(*node)?.id;
            result.figures.iter().find(|one| one.id == *id)?.value
        };
        let treated = result.customers.iter();
        let kept = TableFigures {
            values: metric.figures.iter().map(value).collect(),
            treated: treated.filter(|one| one.treatment.is_some()).count(),
        };
        (table == Some(TableName::Customers)).then_some((first, kept))
    });
    figures.collect()
}

/// The people who answered, as far as they were shown.
fn panel(rulebook: &Rulebook, result: &Assessment) -> Result<Disclosure, Mismatch> {
    let who = &result.respondents;
    let voices = rulebook.questions().zip(&result.questions);
    let scores = result.scores.iter().map(|one| {
        let node = rulebook.find(&one.id);
        let node = node.ok_or_else(|| Mismatch::not_in_packs(&one.id))?;
        Ok((node, grades(&one.confidence)))
    });
    let scales = who.scales.iter().map(|one| scale(rulebook, one));
    Ok(Disclosure {
        who: Respondents {
            role: None,
            scales: scales.collect::<Result<_, Mismatch>>()?,
            ..who.clone()
        },
        round: None,
        answers: voices
            .map(|(asked, one)| Some(voice(asked, one.group.as_ref()?)))
            .collect(),
        grades: grades(&result.confidence),
        scores: scores.collect::<Result<_, Mismatch>>()?,
    })
}

fn grades(confidence: &Confidence) -> Grades {
    Grades {
        respondents: confidence.respondents.unwrap_or(ConfidenceGrade::Low),
        agreement: confidence.agreement.unwrap_or(ConfidenceGrade::Low),
    }
}

fn scale(rulebook: &Rulebook, scale: &ScaleResult) -> Result<ScaleResult, Mismatch> {
    let mut sections = rulebook.sections.iter();
    let section = sections.find(|section| rulebook.section_id(section) == scale.id);
    let section = section.ok_or_else(|| Mismatch::not_in_packs(&scale.id))?;
    Ok(ScaleResult {
        title: section.title.clone(),
        ..scale.clone()
    })
}

/// Of what is shown, only what people said is taken over; the rest follows from it.
fn voice(Asked { item, question, .. }: Asked<'_>, group: &GroupResult) -> GroupResult {
    let roles = group.roles.iter();
    let mean = |one: &RoleFigure| one.people.zip(one.value);
    let roles = roles.map(|one| RoleFigure::on_question(one.role, mean(one), one.hidden));
    let roles: Vec<_> = roles.collect();
    let spread = group.spread.as_ref().map(|one| spread(question, one));
    let gap = gap(value_range(item, question), &roles);
    let contested = spread.as_ref().map_or(group.contested, |spread| {
        group.outcome == GroupOutcome::Split || contested(spread.people, spread.agreement, gap)
    });
    GroupResult {
        roles,
        beyond: None,
        spread,
        gap,
        contested,
        ..group.clone()
    }
}

fn spread(question: &Question, spread: &Spread) -> Spread {
    let counts = question.choices.iter().map(|choice| {
        let mut counts = spread.counts.iter();
        let own = counts.find(|one| one.value == choice.value);
        ChoiceCount {
            value: choice.value.clone(),
            count: own.map_or(0, |one| one.count),
        }
    });
    let counts: Vec<ChoiceCount> = counts.collect();
    let people: Vec<u32> = counts.iter().map(|one| one.count).collect();
    let ordered = ordered(question, &people);
    let people = ordered.as_ref().map(|all| all.iter().sum());
    Spread {
        people: people.unwrap_or(spread.people),
        agreement: ordered.as_deref().and_then(rwg),
        counts,
    }
}
