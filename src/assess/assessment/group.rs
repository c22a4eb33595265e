//! What may be told of the people who answered.

use super::build::Build;
use super::{
    AgreedResult, ChoiceCount, CommentResult, EstimateResult, GroupOutcome, GroupResult,
    MergeResult, Range, Respondents, RoleCount, RoleFigure, ScaleResult, SpreadResult,
};
use crate::answers::Panel;
use crate::answers::panel::{GroupOutcome as Outcome, RoleAnswer, Scale, Spread};
use crate::assess::evaluate::evaluate;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::Role;

/// A role that is shown, with what its answers alone come to.
pub(super) struct Seen {
    pub(super) role: Role,
    pub(super) readings: Vec<Reading>,
}

impl Build<'_> {
    /// The roles that are shown, each evaluated by itself.
    pub(super) fn seen(rulebook: &Rulebook, answers: &crate::answers::Answers) -> Vec<Seen> {
        let roles = answers.panel().map_or(&[][..], |panel| &panel.roles);
        let seen = roles.iter().filter_map(|(role, _)| {
            let own = answers.as_seen_by(*role, None)?;
            let readings = evaluate(rulebook, &own).readings;
            Some(Seen {
                role: *role,
                readings,
            })
        });
        seen.collect()
    }

    pub(super) fn respondents(&self) -> Respondents {
        let Some(panel) = self.answers.panel() else {
            return Respondents {
                count: Some(1),
                role: self.answers.assessor,
                merged: None,
                roles: Vec::new(),
                scales: Vec::new(),
            };
        };
        let rules = &panel.rules;
        let waived = Role::ALL.into_iter().filter(|role| rules.waives(*role));
        let count = |(role, people): &(Role, Option<u32>)| RoleCount {
            role: *role,
            people: *people,
            weight: rules.weight(*role),
        };
        Respondents {
            count: panel.people,
            role: None,
            merged: Some(MergeResult {
                pooled: rules.pooled,
                minimum_group: rules.minimum,
                waived: waived.collect(),
            }),
            roles: panel.roles.iter().map(count).collect(),
            scales: panel
                .scales
                .iter()
                .filter_map(|one| self.scale(one))
                .collect(),
        }
    }

    fn scale(&self, scale: &Scale) -> Option<ScaleResult> {
        let section = self.rulebook.sections.get(scale.section)?;
        let pack = self.rulebook.packs.get(section.pack)?;
        Some(ScaleResult {
            id: format!("{}.{}", pack.id, section.id),
            title: section.title.clone(),
            questions: scale.questions,
            people: scale.people,
            alpha: scale.alpha,
        })
    }

    /// What respondents said to a question.
    pub(super) fn group(
        &self,
        node: usize,
        question: &Question,
        reading: &Reading,
    ) -> Option<GroupResult> {
        let voice = self.answers.panel()?.answer(node)?;
        let comment = |one: &crate::answers::panel::Comment| CommentResult {
            role: one.role,
            text: one.text.clone(),
        };
        Some(GroupResult {
            people: voice.people,
            outcome: match voice.outcome {
                Outcome::Merged => GroupOutcome::Merged,
                Outcome::Split => GroupOutcome::Split,
                Outcome::Closed => GroupOutcome::Closed,
            },
            roles: voice
                .roles
                .iter()
                .map(|(role, shown)| figure(*role, *shown, reading))
                .collect(),
            beyond: self.beyond_answers(node, reading),
            spread: voice.spread.as_ref().map(|one| spread(question, one)),
            gap: voice.gap,
            estimate: voice.estimate.map(|one| EstimateResult {
                middle: one.middle.map(|(low, high)| Range { low, high }),
            }),
            contested: voice.contested,
            mixed: voice.mixed,
            comments: voice.comments.iter().map(comment).collect(),
        })
    }

    pub(super) fn agreed(&self, node: usize) -> Option<AgreedResult> {
        let agreed = self.answers.notes().get(node)?.agreed.as_ref()?;
        Some(AgreedResult {
            reason: agreed.reason.clone(),
            date: agreed.on.map(|on| on.to_string()),
            raw: agreed.raw,
            replaces: self.replaces(node),
        })
    }

    /// What people said before they agreed on something else, on the question's scale.
    pub(super) fn replaces(&self, node: usize) -> Option<f64> {
        let question = self.rulebook.item(node)?.kind.question()?;
        let agreed = self.answers.notes().get(node)?.agreed.as_ref()?;
        let claimed = self.answers.answers().get(node)?.claimed;
        agreed.over(claimed).map(|raw| question.turned(raw))
    }

    /// What each role comes to on a score; a role that answers none of its questions is left out.
    pub(super) fn role_scores(&self, node: usize) -> Vec<RoleFigure> {
        let Some(panel) = self.answers.panel() else {
            return Vec::new();
        };
        let questions = self.rulebook.program.questions_of(node);
        let asked = |role: Role| {
            questions.iter().any(|node| {
                let roles = panel.answer(*node).map_or(&[][..], |voice| &voice.roles);
                roles.iter().any(|(one, _)| *one == role)
            })
        };
        let roles = panel.roles.iter().map(|(role, _)| *role);
        roles
            .filter(|role| asked(*role))
            .map(|role| {
                let seen = self.seen.iter().find(|one| one.role == role);
                let reading = seen.and_then(|one| one.readings.get(node));
                over(panel, &questions, role, None, reading)
            })
            .collect()
    }
}

/// What a role comes to over questions, on those where the other role is shown too.
pub(super) fn over(
    panel: &Panel,
    questions: &[usize],
    role: Role,
    beside: Option<Role>,
    reading: Option<&Reading>,
) -> RoleFigure {
    let people = |node: &usize, wanted: Role| {
        let roles = panel.answer(*node).map_or(&[][..], |voice| &voice.roles);
        let found = roles.iter().find(|(one, _)| *one == wanted);
        match found.map(|(_, shown)| *shown) {
            Some(RoleAnswer::Mean { people, .. }) => Some(people),
            Some(RoleAnswer::Nobody | RoleAnswer::Hidden) | None => None,
        }
    };
    let both = |node: &&usize| beside.is_none_or(|other| people(node, other).is_some());
    let counts: Vec<u32> = questions
        .iter()
        .filter(both)
        .filter_map(|node| people(node, role))
        .collect();
    let rated = reading.filter(|reading| reading.is_rated() && !counts.is_empty());
    RoleFigure {
        role,
        people: counts.iter().copied().min(),
        value: rated.map(|reading| reading.value),
        index: rated.map(|reading| reading.index(reading.value)),
        questions: counts.len(),
        hidden: counts.is_empty(),
    }
}

fn figure(role: Role, shown: RoleAnswer, reading: &Reading) -> RoleFigure {
    let (people, value) = match shown {
        RoleAnswer::Mean { people, worth } => (Some(people), Some(worth)),
        RoleAnswer::Nobody => (Some(0), None),
        RoleAnswer::Hidden => (None, None),
    };
    RoleFigure {
        role,
        people,
        value,
        index: value.map(|value| reading.index(value)),
        questions: usize::from(value.is_some()),
        hidden: shown == RoleAnswer::Hidden,
    }
}

fn spread(question: &Question, spread: &Spread) -> SpreadResult {
    let pairs = question.choices.iter().zip(&spread.counts);
    SpreadResult {
        people: spread.people,
        counts: pairs
            .map(|(choice, count)| ChoiceCount {
                value: choice.value.clone(),
                count: *count,
            })
            .collect(),
        agreement: spread.agreement,
    }
}
