//! Answers read back from a result, so that what was kept can be scored again.
//!
//! A result holds everything an evaluation reads: the answers with their evidence and targets, what
//! may be shown of the people who gave them, and the grades of confidence they lead to. Of the
//! customer table it holds no more than the figures made of it, and these stand as they are.

use super::panel::{Comment, Estimate, Grades, Hearing, Panel, Scale, Shown, Spread, Voice};
use super::{Agreed, Answers, Baseline, Client, Given, GroupRules, Phase, Remark, turn};
use crate::assessment::{
    Assessment, Confidence, ConfidenceGrade, GroupOutcome, GroupResult, MergeResult, Mismatch,
    QuestionResult, RoleFigure, ScaleResult, SpreadResult,
};
use crate::evaluate::State;
use crate::metric::curve::{Curve, Factor};
use crate::pack::file::QuestionType;
use crate::pack::file::TableName;
use crate::rulebook::{Item, Question, Rulebook};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Answers {
    /// The answers a result was made from.
    ///
    /// # Errors
    /// When the result and the rulebook do not belong together.
    pub fn of_result(rulebook: &Rulebook, result: &Assessment) -> Result<Self, Mismatch> {
        let (mut given, mut remarks) = (Vec::new(), Vec::new());
        for (node, item) in rulebook.items.iter().enumerate() {
            let Some(question) = item.kind.question() else {
                break;
            };
            let answer = result.questions.get(node).filter(|one| one.id == item.id);
            let answer = answer.ok_or_else(|| Mismatch::not_in_result(&item.id))?;
            let asked = Asked {
                item,
                question,
                answer,
            };
            let (one, remark) = asked.restored()?;
            given.push(one);
            remarks.push(remark);
        }
        let assessed_on = result.assessed_on.as_deref();
        let who = &result.respondents;
        let panel = who
            .merged
            .as_ref()
            .map(|rules| panel(rulebook, result, rules));
        let curves = result.metrics.iter().find(|one| !one.curves.is_empty());
        let answers = Self {
            client: Client {
                name: result.client.name.clone(),
                unit: result.client.unit.clone(),
            },
            assessed_on: assessed_on
                .map(|text| date("assessed_on", text))
                .transpose()?,
            standing: result.status,
            assessor: who.role,
            basis: result.basis,
            curves: curves.map_or_else(Arc::default, |one| one.curves.iter().map(curve).collect()),
            figures: Arc::new(figures(rulebook, result)),
            given,
            remarks,
            panel: panel.transpose()?.map(Arc::new),
            ..Self::blank(rulebook)
        };
        Ok(answers.settled())
    }
}

/// A question with what the result says of it.
struct Asked<'a> {
    item: &'a Item,
    question: &'a Question,
    answer: &'a QuestionResult,
}

impl Asked<'_> {
    fn restored(&self) -> Result<(Given, Remark), Mismatch> {
        let (question, answer) = (self.question, self.answer);
        let (state, value, claimed) = match (answer.kept, answer.state) {
            (Some(kept), _) => (kept.state, kept.value, kept.claimed),
            (None, State::Irrelevant) => (State::Missing, None, None),
            (None, state) => (state, answer.value, answer.claimed),
        };
        let phases: Result<Vec<Phase>, Mismatch> = answer
            .phases
            .iter()
            .map(|one| {
                Ok(Phase {
                    name: one.name.clone(),
                    target: one.target,
                    worth: turn(question, one.target),
                    chosen: self.choice(one.target, &one.says),
                    says: one.says.clone(),
                    due: self.date(one.due.as_deref())?,
                })
            })
            .collect();
        let phases = phases?;
        let counted = value.unwrap_or(f64::NAN);
        let chosen = self.chosen()?;
        let given = Given {
            state,
            claimed: claimed.unwrap_or(counted),
            counted,
            target: counted,
            chosen,
            aimed: chosen,
        };
        let given = given.aiming_at(phases.last());
        let free = question.choices.is_empty();
        let remark = Remark {
            text: answer.answer.first().filter(|_| free).cloned(),
            of: answer.of,
            note: answer.note.clone(),
            reason: answer.reason.clone(),
            grade: answer.grade,
            evidence: answer.evidence.clone(),
            link: answer.link.clone(),
            target: answer.target,
            owner: answer.owner.clone(),
            due: self.date(answer.due.as_deref())?,
            phases,
            baseline: self.baseline()?,
            agreed: self.agreed()?,
        };
        Ok((given, remark))
    }

    fn chosen(&self) -> Result<u64, Mismatch> {
        let choices = &self.question.choices;
        if choices.is_empty() {
            return Ok(0);
        }
        self.answer.answer.iter().try_fold(0, |set, value| {
            let place = choices.iter().position(|choice| choice.value == *value);
            let place = place.ok_or_else(|| Mismatch::value(&self.item.id, value))?;
            Ok(set | 1 << place)
        })
    }

    /// The choice of a score, which has these words where several have it.
    fn choice(&self, score: f64, says: &str) -> u64 {
        let rating = self.question.kind == QuestionType::Rating;
        let mut choices = self.question.choices.iter();
        let place = choices.position(|choice| {
            let same = choice
                .score
                .is_some_and(|one| one.total_cmp(&score).is_eq());
            same && (rating || choice.label == says)
        });
        place.map_or(0, |place| 1 << place)
    }

    fn baseline(&self) -> Result<Option<Baseline>, Mismatch> {
        let baseline = self.answer.baseline.as_ref().map(|one| {
            Ok(Baseline {
                value: one.value,
                worth: turn(self.question, one.value),
                chosen: (self.question.kind == QuestionType::SelectOne)
                    .then(|| self.choice(one.value, &one.says)),
                says: one.says.clone(),
                on: self.date(one.on.as_deref())?,
            })
        });
        baseline.transpose()
    }

    fn agreed(&self) -> Result<Option<Box<Agreed>>, Mismatch> {
        let agreed = self.answer.agreed.as_ref().map(|one| {
            Ok(Box::new(Agreed {
                reason: one.reason.clone(),
                on: self.date(one.date.as_deref())?,
                raw: one.raw,
            }))
        });
        agreed.transpose()
    }

    fn date(&self, text: Option<&str>) -> Result<Option<Date>, Mismatch> {
        text.map(|text| date(&self.item.id, text)).transpose()
    }
}

fn date(of: &str, text: &str) -> Result<Date, Mismatch> {
    text.parse().map_err(|_| Mismatch::value(of, text))
}

fn curve(curve: &crate::assessment::CurveResult) -> Curve {
    let factor = |one: &crate::assessment::FactorResult| Factor {
        name: one.factor.clone(),
        importance: one.importance,
        us: one.us,
        rival: one.rival,
    };
    Curve {
        customers: curve.customers.clone(),
        factors: curve.factors.iter().map(factor).collect(),
    }
}

/// The figures of every metric that reads the customer table, by its first item.
fn figures(rulebook: &Rulebook, result: &Assessment) -> BTreeMap<usize, Vec<Option<f64>>> {
    let metrics = rulebook.metrics.iter().zip(&result.metrics);
    let figures = metrics.filter_map(|(metric, result)| {
        let first = *metric.figures.first()?;
        let table = rulebook.program.metric(first)?.table;
        let value = |node: &usize| {
            let id = &rulebook.item(*node)?.id;
            result.figures.iter().find(|one| one.id == *id)?.value
        };
        let values = metric.figures.iter().map(value).collect();
        (table == Some(TableName::Customers)).then_some((first, values))
    });
    figures.collect()
}

/// The people who answered, as far as they were shown.
fn panel(
    rulebook: &Rulebook,
    result: &Assessment,
    merged: &MergeResult,
) -> Result<Panel, Mismatch> {
    let who = &result.respondents;
    let weights = who.roles.iter().map(|one| (one.role, one.weight));
    let voices = rulebook.items.iter().zip(&result.questions);
    let scores = result.scores.iter().map(|one| {
        let node = rulebook.find(&one.id);
        let node = node.ok_or_else(|| Mismatch::not_in_packs(&one.id))?;
        Ok((node, grades(&one.confidence)))
    });
    let scales = who.scales.iter().map(|one| scale(rulebook, one));
    Ok(Panel {
        rules: GroupRules::of_result(merged, weights),
        people: who.count,
        roles: who.roles.iter().map(|one| (one.role, one.people)).collect(),
        scales: scales.collect::<Result<_, Mismatch>>()?,
        voices: voices
            .map(|(item, one)| {
                let question = item.kind.question()?;
                Some(voice(question, one.group.as_ref()?))
            })
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

fn scale(rulebook: &Rulebook, scale: &ScaleResult) -> Result<Scale, Mismatch> {
    let mut sections = rulebook.sections.iter();
    let section = sections.position(|section| {
        let pack = rulebook.packs.get(section.pack);
        let named = scale.id.split_once('.');
        pack.is_some_and(|pack| named == Some((&pack.id, &section.id)))
    });
    Ok(Scale {
        section: section.ok_or_else(|| Mismatch::not_in_packs(&scale.id))?,
        questions: scale.questions,
        people: scale.people,
        alpha: scale.alpha,
    })
}

fn voice(question: &Question, group: &GroupResult) -> Voice {
    let comment = |one: &crate::assessment::CommentResult| Comment {
        role: one.role,
        text: one.text.clone(),
    };
    Voice {
        people: group.people,
        roles: group
            .roles
            .iter()
            .map(|one| (one.role, shown(one)))
            .collect(),
        spread: group.spread.as_ref().map(|one| spread(question, one)),
        gap: group.gap,
        estimate: group.estimate.map(|one| Estimate {
            middle: one.middle.map(|range| (range.low, range.high)),
        }),
        contested: group.contested,
        mixed: group.mixed,
        hearing: match group.outcome {
            GroupOutcome::Merged => Hearing::Merged,
            GroupOutcome::Split => Hearing::Split,
            GroupOutcome::Closed => Hearing::Closed,
        },
        comments: group.comments.iter().map(comment).collect(),
    }
}

fn shown(figure: &RoleFigure) -> Shown {
    match (figure.value, figure.people) {
        (Some(worth), Some(people)) => Shown::Mean { people, worth },
        _ if figure.hidden => Shown::Hidden,
        _ => Shown::Nobody,
    }
}

fn spread(question: &Question, spread: &SpreadResult) -> Spread {
    let count = |value: &str| {
        let mut counts = spread.counts.iter();
        counts
            .find(|one| one.value == value)
            .map_or(0, |one| one.count)
    };
    Spread {
        people: spread.people,
        counts: question
            .choices
            .iter()
            .map(|one| count(&one.value))
            .collect(),
        agreement: spread.agreement,
    }
}
