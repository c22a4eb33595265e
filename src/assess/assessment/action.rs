//! All advice the client is given, each work once, in the order in which it should be taken.

use super::build::Build;
use super::effect::Effects;
use super::work::Work;
use super::{
    ActionResult, AdviceResult, CauseResult, ItemId, RaiseResult, RaisedAnswer, SimplifyResult,
};
use crate::assess::plan::{advice::weight, priority::Owner, priority::owner};
use crate::rules::condition::Truth;
use crate::rules::pack::file::{FindingKind, Horizon, QuestionType, Size};
use crate::rules::rulebook::Raise;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use jiff::civil::Date;

/// What is three quarters up its scale or higher is built: a 3 of 4.
const BUILT: f64 = 75.0;
/// What one team starts beside its daily work: two things of low effort a week, so an effort of 8 in
/// the first 30 days and of 16 in the 60 days after them.
const ROOM: [u32; 2] = [8, 16];
/// The last days of the first two horizons.
const DAYS: [i64; 2] = [30, 90];

/// Puts actions into horizons, one after the other.
struct Calendar {
    room: [u32; 2],
    /// The last day of each of the first two horizons, where the answers have a day.
    ends: Option<[Date; 2]>,
    /// What stands where.
    placed: Vec<(String, Horizon)>,
}

impl<'a> Build<'a> {
    /// The actions: first what to stop, then what holds a level, then by severity; of equals those
    /// that answer causes, in the order of these, then the rest. Each stands behind what should come
    /// before it, and in a horizon that has room for it.
    pub(super) fn actions(
        &self,
        works: &[Work<'a>],
        causes: &[CauseResult],
        plan: &[RaiseResult],
        effects: &mut Effects<'_>,
    ) -> Vec<ActionResult> {
        // Whether it answers anything but what holds a level, then the place of what it answers.
        let answers = |one: &Work<'_>| {
            let mut causes = causes.iter().enumerate();
            let own = causes.find(|(_, cause)| cause.action.as_ref() == Some(&one.advice.work));
            own.map_or((true, usize::MAX), |(place, cause)| {
                (cause.holds.is_none(), place)
            })
        };
        let mut places: Vec<&Work<'a>> = works.iter().collect();
        places.sort_by_key(|one| {
            let (beside, place) = answers(one);
            let (finding, severity, ..) = one.rank;
            (!one.stops, beside && finding, severity, place, one.rank)
        });
        let mut order = Vec::new();
        for work in places {
            put(works, work, &mut Vec::new(), &mut order);
        }
        let mut calendar = Calendar::new(self.answers.assessed_on);
        let actions = order.into_iter();
        actions
            .map(|work| self.action(works, work, plan, &mut calendar, effects))
            .collect()
    }

    fn action(
        &self,
        works: &[Work<'a>],
        work: &Work<'a>,
        plan: &[RaiseResult],
        calendar: &mut Calendar,
        effects: &mut Effects<'_>,
    ) -> ActionResult {
        let advice = work.advice;
        let given = |first: &&str| works.iter().any(|one| one.advice.work == **first);
        let after = work.after.iter().copied().filter(given);
        let after: Vec<String> = after.map(str::to_owned).collect();
        let Owner { role, due } = self.promised(&work.raises);
        let within = calendar.place(work, &after, due.as_deref(), self.settles(work));
        let raises = work.raises.iter().copied();
        let raises: Vec<&Raise> = raises
            .filter(|raise| self.raised(raise).is_some())
            .collect();
        let is_step = |one: &RaiseResult| {
            let led = one.advice.as_ref();
            narrows(one) && led.is_some_and(|led| led.advice.work == advice.work)
        };
        let led = role.is_some() || advice.suggested_owner.is_some();
        let small = advice.effort == Size::Low && within == Horizon::Now && after.is_empty();
        let finds_out = self.finds_out(work);
        ActionResult {
            of: work.of.clone(),
            quick: small && led && !finds_out && plan.iter().any(is_step),
            owner: role,
            due,
            stops: work.stops,
            effect: effects.of(&raises).filter(|_| !finds_out),
            advice: AdviceResult {
                within,
                after,
                raises: self.raised_answers(&raises),
                ..advice.clone()
            },
        }
    }

    /// Whether work only finds out what nobody knew: the rest waits for that.
    fn finds_out(&self, work: &Work<'_>) -> bool {
        let mut findings = self.rulebook.findings.iter();
        findings.any(|one| one.kind == FindingKind::Unknown && one.id == **work.of)
    }

    /// Whether work finds out what nobody knew, alone or with what else it does.
    fn settles(&self, work: &Work<'_>) -> bool {
        let unknown = |raise: &&Raise| {
            let reading = self.evaluation.readings.get(raise.question);
            reading.is_some_and(|one| one.state == State::Unknown)
        };
        self.finds_out(work) || work.raises.iter().any(unknown)
    }

    fn raised_answers(&self, raises: &[&Raise]) -> Vec<RaisedAnswer> {
        let mut list: Vec<RaisedAnswer> = Vec::new();
        for raise in raises {
            let Some(item) = self.rulebook.item(raise.question) else {
                continue;
            };
            let answer = RaisedAnswer {
                id: ItemId::from(&item.id),
                to: raise.answer.clone(),
            };
            if !list.contains(&answer) {
                list.push(answer);
            }
        }
        list
    }

    /// Who is to do it and by when: what the answers say of targets that it does not go beyond,
    /// where they name one role; of several days the first.
    fn promised(&self, raises: &[&Raise]) -> Owner {
        let raises = raises.iter().filter(|one| self.raised(one).is_some());
        let promised = raises.map(|raise| owner(self.answers, raise.question, raise.worth));
        let promised: Vec<Owner> = promised.collect();
        let mut roles = promised.iter().filter_map(|one| one.role.as_ref());
        let role = roles.next().cloned();
        if roles.any(|other| Some(other) != role.as_ref()) {
            return Owner::default();
        }
        let due = promised.into_iter().filter_map(|one| one.due).min();
        Owner { role, due }
    }

    /// Says of each open question who takes its step and by when, as the answers say of it, and
    /// whether that is a quick win, as the action says that leads to it.
    pub(super) fn led(&self, plan: &mut [RaiseResult], actions: &[ActionResult]) {
        for raise in plan {
            let narrows = narrows(raise);
            let Some(led) = &mut raise.advice else {
                continue;
            };
            let mut actions = actions.iter();
            let Some(action) = actions.find(|one| one.advice.work == led.advice.work) else {
                continue;
            };
            led.advice.within = action.advice.within;
            raise.quick_win = action.quick && narrows;
            let node = self.rulebook.find(&raise.id);
            let own = node.and_then(|node| owner(self.answers, node, raise.to).role);
            let named = action.owner.clone().filter(|_| own.is_some());
            raise.due = action.due.clone().filter(|_| named.is_some());
            raise.owner = named.or_else(|| action.advice.suggested_owner.clone());
        }
    }

    /// What is built and certainly not called for, whatever reads it, with what says how to stop.
    pub(super) fn simplify(&self, actions: &[ActionResult]) -> Vec<SimplifyResult> {
        let questions = self.rulebook.items.iter().zip(&self.evaluation.readings);
        let questions = questions.take(self.rulebook.question_count()).enumerate();
        let built = questions.filter_map(|(node, (item, reading))| {
            let index = reading.index(reading.value);
            let question = item.kind.question();
            let anchored = question.is_some_and(|one| one.kind == QuestionType::Rating);
            let spare = (anchored || self.rulebook.is_measured(node))
                && self.called_for(node) == Truth::False
                && reading.is_rated()
                && index >= BUILT - TOLERANCE;
            let id = ItemId::from(&item.id);
            let stops = actions
                .iter()
                .filter(|one| one.stops && one.of.pack() == id.pack());
            let stops = stops.map(|one| one.advice.work.clone()).collect();
            spare.then_some(SimplifyResult {
                label: item.label.clone(),
                says: super::reading_words(item, reading),
                index,
                actions: stops,
                id,
            })
        });
        built.collect()
    }
}

/// Whether it is an answered question with a gap of one step or more.
fn narrows(raise: &RaiseResult) -> bool {
    raise.state == State::Rated && raise.gap >= 1.0 - TOLERANCE
}

impl Calendar {
    fn new(from: Option<Date>) -> Self {
        let end = |days: i64| {
            let span = jiff::Span::new().try_days(days).ok()?;
            from?.checked_add(span).ok()
        };
        let [first, second] = DAYS.map(end);
        Self {
            room: ROOM,
            ends: first.zip(second).map(<[Date; 2]>::from),
            placed: Vec::new(),
        }
    }

    /// The horizon in which an action begins: that of its day where the answers give one; now where
    /// it stops something and nothing comes first; else the one its advice names. A later one where there is no room, but
    /// never past the second for what finds out what nobody knew, and never before what should come first.
    fn place(
        &mut self,
        work: &Work<'_>,
        after: &[String],
        due: Option<&str>,
        settles: bool,
    ) -> Horizon {
        let advice = work.advice;
        let wished = if work.stops && after.is_empty() {
            Horizon::Now
        } else if settles {
            advice.within.min(Horizon::Next)
        } else {
            advice.within
        };
        let due: Option<Date> = due.and_then(|day| day.parse().ok());
        let due = due.zip(self.ends).map(|(day, [first, second])| match day {
            _ if day <= first => Horizon::Now,
            _ if day <= second => Horizon::Next,
            _ => Horizon::Later,
        });
        let before = self.placed.iter().filter(|(work, _)| after.contains(work));
        let before = before.map(|(_, horizon)| *horizon);
        let mut horizon = before.fold(due.unwrap_or(wished), Horizon::max);
        let effort = weight(advice.effort);
        for (place, own) in [(0, Horizon::Now), (1, Horizon::Next)] {
            let Some(room) = self.room.get_mut(place).filter(|_| horizon == own) else {
                continue;
            };
            let stays = due.is_some() || (settles && own == Horizon::Next);
            if stays || effort <= *room {
                *room = room.saturating_sub(effort);
                break;
            }
            horizon = if place == 0 {
                Horizon::Next
            } else {
                Horizon::Later
            };
        }
        self.placed.push((advice.work.clone(), horizon));
        horizon
    }
}

/// Puts work in order, behind what should come before it; each once.
fn put<'w, 'a>(
    all: &'w [Work<'a>],
    work: &'w Work<'a>,
    above: &mut Vec<&'w str>,
    order: &mut Vec<&'w Work<'a>>,
) {
    let id = work.advice.work.as_str();
    if above.contains(&id) || order.iter().any(|done| done.advice.work == id) {
        return;
    }
    above.push(id);
    for first in &work.after {
        if let Some(first) = all.iter().find(|one| one.advice.work == *first) {
            put(all, first, above, order);
        }
    }
    above.pop();
    order.push(work);
}
