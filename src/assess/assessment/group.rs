//! The people who answered, by the groups that count, and gaps between the figures of two roles.

use super::evaluated::Evaluated;
use super::{
    AgreedResult, Assessment, Beyond, BeyondReason, GapKind, GapResult, GroupResult, ItemId,
    Respondents, RoleFigure,
};
use crate::answers::Group;
use crate::answers::statistics::{GAP, is_strong};
use crate::answers::{Disclosure, GroupOutcome};
use crate::assess::evaluate::evaluate;
use crate::rules::Reading;
use crate::rules::pack::file::QuestionType;
use crate::rules::vocabulary::Role;
use crate::text::number::{TOLERANCE, round};
use std::collections::BTreeSet;

/// Steps of the scale of 0 to 4 in the whole of a range.
const STEPS: f64 = 4.0;

impl Evaluated<'_> {
    pub(super) fn respondents(&self) -> Respondents {
        let Some(panel) = self.answers.disclosure() else {
            return Respondents {
                count: Some(1),
                role: self.answers.assessor,
                ..Respondents::default()
            };
        };
        panel.who.clone()
    }

    /// The answers of respondents to a question.
    pub(super) fn group(&self, node: usize, reading: &Reading) -> Option<GroupResult> {
        let mut group = self.group_answer(node)?.clone();
        group.beyond = self.beyond_answers(node, reading);
        for one in &mut group.roles {
            one.index = one.value.map(|value| reading.index(value));
        }
        Some(group)
    }

    pub(super) fn agreed(&self, node: usize) -> Option<AgreedResult> {
        let (_, notes) = self.answer(node)?;
        let agreed = notes.agreed.as_deref()?.clone();
        Some(AgreedResult {
            replaces: self.replaces(node),
            ..agreed
        })
    }

    /// The answer that people gave before they agreed on another one, on the question's scale.
    pub(super) fn replaces(&self, node: usize) -> Option<f64> {
        let question = self.question(node)?;
        let (given, notes) = self.answer(node)?;
        let before = notes.agreed.as_ref()?.over(given.claimed);
        before.map(|raw| question.reverse_scored(raw))
    }

    /// The score of each group; one that answers none of its questions is left out.
    pub(super) fn role_scores(&self, node: usize) -> Vec<RoleFigure> {
        let Some(panel) = self.answers.disclosure() else {
            return Vec::new();
        };
        let questions = self.rulebook.program.questions_of(node);
        let asked = |role: &Group| {
            questions
                .iter()
                .any(|node| shown(panel, *node, *role).is_some())
        };
        let roles = panel.who.roles.iter().map(|one| one.role);
        let figures = roles.filter(asked).map(|role| {
            let own = self.roles.iter().find(|(one, _)| *one == role);
            let reading = own.and_then(|(_, readings)| readings.get(node));
            over(panel, &questions, role, None, reading)
        });
        figures.collect()
    }

    /// The place of a question's value outside those of the groups, if it lies outside.
    fn beyond_answers(&self, node: usize, reading: &Reading) -> Option<Beyond> {
        let group = self.group_answer(node)?;
        let roles = group.roles.iter().filter_map(|one| one.value);
        let above = outside(reading.value, roles, 1).filter(|_| reading.is_rated())?;
        Some(Beyond::new(above, self.reasons(node, reading)))
    }

    /// The place of a score outside those of the groups, by the index that is printed.
    pub(super) fn beyond_roles(&self, node: usize, reading: &Reading) -> Option<Beyond> {
        let roles = self.role_scores(node);
        let index = reading.index(reading.value);
        let shown = roles.iter().filter_map(|one| one.index);
        let above = outside(index, shown, 0).filter(|_| reading.is_rated())?;
        let (mut rated, mut reasons) = (0, BTreeSet::new());
        for question in self.rulebook.program.questions_of(node) {
            if let Some(reading) = self.reading(question).filter(|one| one.is_rated()) {
                rated += 1;
                reasons.extend(self.reasons(question, reading));
            }
        }
        let whole = |one: &RoleFigure| one.hidden || one.questions >= rated;
        if !roles.iter().all(whole) {
            reasons.insert(BeyondReason::Asked);
        }
        Some(Beyond::new(above, reasons))
    }

    /// The reasons why a question's value may differ from the answers of the groups.
    fn reasons(&self, node: usize, reading: &Reading) -> BTreeSet<BeyondReason> {
        let kind = self.question(node).map(|question| question.kind);
        let several = kind == Some(QuestionType::SelectMultiple);
        let answer = self.answer(node);
        let claimed = answer.map_or(reading.value, |(given, _)| given.claimed);
        let capped = claimed.total_cmp(&reading.value).is_ne();
        let agreed = self.replaces(node).is_some();
        let group = self.group_answer(node);
        let reasons = [
            (agreed, BeyondReason::Agreed),
            (capped, BeyondReason::Evidence),
            (group.is_none(), BeyondReason::Assessor),
            (several && group.is_some() && !agreed, BeyondReason::Choices),
        ];
        let reasons = reasons.into_iter().filter(|(holds, _)| *holds);
        reasons.map(|(_, reason)| reason).collect()
    }
}

impl Evaluated<'_> {
    /// Every gap of a step or more between two roles, scores first; of leadership and the front
    /// line, that on every score. Others are no role, so they are no side of a gap.
    pub(super) fn gaps(&self) -> Vec<GapResult> {
        let mut list = Vec::new();
        let roles = self.roles.iter().map(|(group, _)| group);
        let roles: Vec<&Group> = roles.filter(|one| one.role().is_some()).collect();
        for (place, one) in roles.iter().enumerate() {
            for other in roles.iter().skip(place + 1) {
                list.extend(self.between(**one, **other));
            }
        }
        list.sort_by_key(|(node, _)| (*node < self.rulebook.question_count(), *node));
        self.choose(&mut list);
        list.into_iter().map(|(_, gap)| gap).collect()
    }

    /// Puts the widest first, by the figure that is printed, of equals scores, and marks those that
    /// a list names: each that shares no question with one that is named already. Where only one
    /// question of a score was answered by both roles, the question is named.
    fn choose(&self, list: &mut [(usize, GapResult)]) {
        let mut named: BTreeSet<usize> = BTreeSet::new();
        list.sort_by(|(_, a), (_, b)| b.printed().total_cmp(&a.printed()));
        for (node, gap) in list {
            let question = *node < self.rulebook.question_count();
            let below = self.questions_of(*node);
            gap.listed = gap.kind != GapKind::Alike
                && (question || gap.one.questions > 1)
                && below.iter().all(|one| !named.contains(one));
            if gap.listed {
                named.extend(below);
            }
        }
    }

    /// The gaps between two roles, each with its item.
    fn between(&self, one: Group, other: Group) -> Vec<(usize, GapResult)> {
        let alone = |role, other| {
            let answers = self.answers.as_seen_by(role, Some(other))?;
            Some(evaluate(self.rulebook, &answers).readings)
        };
        let (Some(ones), Some(others)) = (alone(one, other), alone(other, one)) else {
            return Vec::new();
        };
        let usual = [one, other] == [Role::Leadership, Role::Frontline].map(Group::Role);
        let program = &self.rulebook.program;
        let scores = (self.rulebook.question_count()..program.items).filter(|node| {
            let score = program.score(*node);
            score.is_some_and(|score| !score.aggregate.properties().distance)
        });
        let pairs = (0..self.rulebook.question_count()).chain(scores);
        let gap = |node: usize| {
            let gap = self.gap(node, (one, ones.get(node)?), (other, others.get(node)?))?;
            let is_score = node >= self.rulebook.question_count();
            (gap.kind != GapKind::Alike || (usual && is_score)).then_some((node, gap))
        };
        pairs.filter_map(gap).collect()
    }

    fn gap(
        &self,
        node: usize,
        one: (Group, &Reading),
        other: (Group, &Reading),
    ) -> Option<GapResult> {
        let (item, panel) = (self.rulebook.item(node)?, self.answers.disclosure()?);
        let questions = self.questions_of(node);
        let of = |(role, reading): (Group, &Reading), other: Group| -> RoleFigure {
            over(panel, &questions, role, Some(other), Some(reading))
        };
        let (one, other) = (of(one, other.0), of(other, one.0));
        let gap = (one.index? - other.index?) / 100.0 * STEPS;
        Some(GapResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            one,
            other,
            gap,
            kind: match (gap.abs() >= GAP - TOLERANCE, gap > 0.0) {
                (false, _) => GapKind::Alike,
                (true, true) => GapKind::BlindSpot,
                (true, false) => GapKind::HiddenStrength,
            },
            strong: is_strong(gap),
            listed: false,
        })
    }
}

/// Side of a value that lies above (`true`) or below all of these, as they are printed.
fn outside(value: f64, roles: impl Iterator<Item = f64>, digits: u8) -> Option<bool> {
    let roles: Vec<f64> = roles.map(|one| round(one, digits)).collect();
    let value = round(value, digits);
    let most = roles.iter().copied().reduce(f64::max)?;
    let least = roles.iter().copied().reduce(f64::min)?;
    let dust = 1e-6;
    if value > most + dust {
        Some(true)
    } else {
        (value < least - dust).then_some(false)
    }
}

/// The part of a group in a question, where it is put to it.
fn shown(panel: &Disclosure, question: usize, role: Group) -> Option<&RoleFigure> {
    let mut roles = panel.answer(question)?.roles.iter();
    roles.find(|one| one.role == role)
}

/// The figure of a group over questions, on those where the other group is shown too.
fn over(
    panel: &Disclosure,
    questions: &[usize],
    role: Group,
    other: Option<Group>,
    reading: Option<&Reading>,
) -> RoleFigure {
    let people = |node: usize, role: Group| {
        let figure = shown(panel, node, role)?;
        figure.people.filter(|_| figure.value.is_some())
    };
    let both = |node: usize| other.is_none_or(|other| people(node, other).is_some());
    let shared = questions.iter().filter(|node| both(**node));
    let counts: Vec<u32> = shared.filter_map(|node| people(*node, role)).collect();
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

impl Assessment {
    /// The contested questions that people have not agreed on yet, in the order of `to_settle`.
    pub(super) fn unsettled(&self) -> Vec<ItemId> {
        let questions = self.questions.iter().filter(|one| one.agreed.is_none());
        let groups = questions.filter_map(|one| Some((&one.id, one.group.as_ref()?)));
        let mut list: Vec<_> = groups.filter(|(_, group)| group.contested).collect();
        list.sort_by(|(_, one), (_, other)| {
            let ((one, gap), (other, other_gap)) = (rank(one), rank(other));
            one.total_cmp(&other).then(gap.total_cmp(&other_gap))
        });
        list.into_iter().map(|(id, _)| id.clone()).collect()
    }
}

/// Key of the order: the agreement, then the gap, the widest first.
fn rank(group: &GroupResult) -> (f64, f64) {
    let agreement = group.spread.as_ref().and_then(|one| one.agreement);
    let is_split = group.outcome == GroupOutcome::Split;
    let agreement = agreement.unwrap_or(if is_split { -1.0 } else { 2.0 });
    (agreement, -group.gap.unwrap_or_default())
}
