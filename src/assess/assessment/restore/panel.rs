//! The people who answered, as far as they may be shown, read back from a result.

use crate::answers::GroupRules;
use crate::answers::disclosure::{
    Disclosure, Estimate, Grades, GroupAnswer, RoleAnswer, Scale, Spread,
};
use crate::answers::disclosure::{gap, ordered, value_range};
use crate::answers::statistics::{contested, rwg};
use crate::assess::assessment::{
    Assessment, Confidence, GroupOutcome, GroupResult, MergeResult, Mismatch, RoleFigure,
    ScaleResult, SpreadResult,
};
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::ConfidenceGrade;

/// The people who answered, as far as they were shown.
pub(super) fn panel(
    rulebook: &Rulebook,
    result: &Assessment,
    merged: &MergeResult,
) -> Result<Disclosure, Mismatch> {
    let who = &result.respondents;
    let weights = who.roles.iter().map(|one| (one.role, one.weight));
    let voices = rulebook.items.iter().zip(&result.questions);
    let scores = result.scores.iter().map(|one| {
        let node = rulebook.find(&one.id);
        let node = node.ok_or_else(|| Mismatch::not_in_packs(&one.id))?;
        Ok((node, grades(&one.confidence)))
    });
    let scales = who.scales.iter().map(|one| scale(rulebook, one));
    let mut rules = GroupRules::default().with(weights, &merged.waived);
    rules.pooled = merged.pooled;
    rules.minimum = merged.minimum_group;
    Ok(Disclosure {
        rules,
        people: who.count,
        roles: who.roles.iter().map(|one| (one.role, one.people)).collect(),
        scales: scales.collect::<Result<_, Mismatch>>()?,
        answers: voices
            .map(|(item, one)| {
                let question = item.kind.question()?;
                Some(voice(item, question, one.group.as_ref()?))
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

/// Of what is shown, only what people said is taken over; the rest follows from it.
fn voice(item: &Item, question: &Question, group: &GroupResult) -> GroupAnswer {
    let roles = group.roles.iter();
    let roles: Vec<_> = roles.map(|one| (one.role, shown(one))).collect();
    let spread = group.spread.as_ref().map(|one| spread(question, one));
    let gap = gap(value_range(item, question), &roles);
    let contested = spread.as_ref().map_or(group.contested, |spread| {
        group.outcome == GroupOutcome::Split || contested(spread.people, spread.agreement, gap)
    });
    GroupAnswer {
        people: group.people,
        roles,
        spread,
        gap,
        estimate: group.estimate.map(|one| Estimate {
            middle: one.middle.map(|range| (range.low, range.high)),
        }),
        contested,
        mixed: group.mixed,
        outcome: group.outcome,
        comments: group.comments.clone(),
    }
}

fn shown(figure: &RoleFigure) -> RoleAnswer {
    match (figure.value, figure.people) {
        (Some(worth), Some(people)) => RoleAnswer::Mean { people, worth },
        _ if figure.hidden => RoleAnswer::Hidden,
        _ => RoleAnswer::Nobody,
    }
}

fn spread(question: &Question, spread: &SpreadResult) -> Spread {
    let count = |value: &str| {
        let mut counts = spread.counts.iter();
        counts
            .find(|one| one.value == value)
            .map_or(0, |one| one.count)
    };
    let counts = question.choices.iter().map(|one| count(&one.value));
    let counts: Vec<u32> = counts.collect();
    let ordered = ordered(question, &counts);
    Spread {
        people: ordered
            .as_ref()
            .map_or(spread.people, |all| all.iter().sum()),
        agreement: ordered.as_deref().and_then(rwg),
        counts,
    }
}
