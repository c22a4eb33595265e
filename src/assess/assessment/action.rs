//! All advice the client is given, each work once, in the order in which it should be taken.

use super::effect::Effects;
use super::evaluated::Evaluated;
use super::work::Work;
use super::{
    ActionResult, AdviceResult, CauseResult, Effect, Gain, ItemId, RaiseResult, RaisedAnswer,
    SimplifyResult,
};
use crate::assess::plan::advice::{add_in_order, weight};
use crate::assess::plan::priority::{Owner, owner};
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::pack::file::{FindingKind, Horizon, QuestionType, Size};
use crate::rules::rulebook::Raise;
use crate::rules::rulebook::rule::ScalePosition;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use jiff::civil::Date;

/// Three quarters up its scale or higher, a question counts as built: a 3 of 4.
const BUILT: f64 = 75.0;
/// The effort one team has room for besides its daily work: two things of low effort a week, so 8 in
/// the first 30 days and 16 in the 60 days after them.
const ROOM: [u32; 2] = [8, 16];
/// The last days of the first two horizons.
const DAYS: [i64; 2] = [30, 90];

/// Puts actions into horizons, one after the other.
struct Calendar {
    room: [u32; 2],
    /// The last day of each of the first two horizons, where the answers have a day.
    ends: Option<[Date; 2]>,
    /// The horizon of each work.
    placed: Vec<(String, Horizon)>,
}

impl<'a> Evaluated<'a> {
    /// The actions: first what settles an answer, then what to stop, then what blocks a level,
    /// then by severity; of equals those that answer causes, in the order of these, then the rest.
    /// Each follows what should come before it, and is in a horizon that has room for it.
    pub(super) fn actions(
        &self,
        works: &[Work<'a>],
        (causes, settling): (&[CauseResult], &[&str]),
        plan: &[RaiseResult],
        effects: &mut Effects<'_>,
    ) -> Vec<ActionResult> {
        // Whether it answers anything but what blocks a level, then the place of what it answers.
        let answers = |one: &Work<'_>| {
            let mut causes = causes.iter().enumerate();
            let own = causes.find(|(_, cause)| cause.action.as_ref() == Some(&one.advice.work));
            own.map_or((true, usize::MAX), |(place, cause)| {
                (cause.blocks.is_none(), place)
            })
        };
        let mut sorted: Vec<&Work<'a>> = works.iter().collect();
        sorted.sort_by_key(|one| {
            let (blocks_none, place) = answers(one);
            let (later, severity, ..) = one.rank;
            let settles = settling.contains(&&*one.advice.work);
            (
                !settles,
                !one.stops,
                blocks_none && later,
                severity,
                place,
                one.rank,
            )
        });
        let find = |work: &str| works.iter().find(|one| one.advice.work == work);
        let before = |work: &str| Some(find(work)?.after.iter().copied().collect());
        let mut order = Vec::new();
        for work in sorted {
            add_in_order(&work.advice.work, &before, &mut Vec::new(), &mut order);
        }
        let mut calendar = Calendar::new(self.answers.assessed_on);
        let works: Vec<&Work<'a>> = order.into_iter().filter_map(find).collect();
        let actions = works.iter();
        let actions = actions.map(|work| self.action(&works, work, plan, &mut calendar, effects));
        actions.collect()
    }

    fn action(
        &self,
        works: &[&Work<'a>],
        work: &Work<'a>,
        plan: &[RaiseResult],
        calendar: &mut Calendar,
        effects: &mut Effects<'_>,
    ) -> ActionResult {
        let advice = work.advice;
        let given = |first: &&str| works.iter().any(|one| one.advice.work == **first);
        let after = work.after.iter().copied().filter(given);
        let after: Vec<String> = after.map(str::to_owned).collect();
        let waits = works.iter();
        let waits = waits.filter(|one| one.after.contains(&*advice.work));
        let raises = work.raises.iter().copied();
        let raises: Vec<&Raise> = raises
            .filter(|raise| self.raised(raise).is_some())
            .collect();
        let Owner { role, due } = self.promised(&raises);
        let within = calendar.place(work, &after, due.as_deref(), self.settles(work));
        let is_step = |one: &RaiseResult| {
            let led = one.advice.as_ref();
            narrows(one) && led.is_some_and(|led| led.advice.work == advice.work)
        };
        let led = role.is_some() || advice.suggested_owner.is_some();
        let small = advice.effort == Size::Low && within == Horizon::Now && after.is_empty();
        let finds_out = self.finds_out(work);
        let effect = effects.of(&raises).filter(|_| !finds_out);
        ActionResult {
            of: work.of.clone(),
            quick: small && led && !finds_out && plan.iter().any(is_step),
            owner: role,
            due,
            stops: work.stops,
            answers: self.answers_found(work, finds_out),
            before: waits.map(|one| one.advice.work.clone()).collect(),
            gain: Gain::of(effect.as_ref()),
            effect,
            advice: AdviceResult {
                within,
                after,
                raises: self.raised_answers(&raises),
                ..advice.clone()
            },
        }
    }

    /// The effect of some works done together; `None` where they raise nothing.
    pub(super) fn together(
        &self,
        chosen: &[String],
        works: &[Work<'a>],
        effects: &mut Effects<'_>,
    ) -> Option<Effect> {
        let works = works.iter();
        let works = works.filter(|one| chosen.contains(&one.advice.work) && !self.finds_out(one));
        let raises: Vec<&Raise> = works.flat_map(|work| work.raises.iter().copied()).collect();
        effects.of(&raises)
    }

    /// True if work only finds out what nobody knew: the rest waits for that.
    fn finds_out(&self, work: &Work<'_>) -> bool {
        let finding = self.finding_rule(work.of);
        finding.is_some_and(|one| one.kind == FindingKind::Unknown)
    }

    /// True if work finds out what nobody knew, alone or with what else it does.
    fn settles(&self, work: &Work<'_>) -> bool {
        let unknown = |raise: &&Raise| {
            let reading = self.reading(raise.question);
            reading.is_some_and(|one| one.state == State::Unknown)
        };
        self.finds_out(work) || work.raises.iter().any(unknown)
    }

    /// The open questions that work finds an answer to: those it raises; where it raises none and
    /// only finds out, those that its finding is about.
    fn answers_found(&self, work: &Work<'_>, finds_out: bool) -> Vec<ItemId> {
        let open = |node: &usize| self.reading(*node).is_some_and(Reading::is_open);
        let raised = work.raises.iter().map(|raise| raise.question);
        let mut found: Vec<usize> = raised.filter(open).collect();
        if found.is_empty() && finds_out {
            let finding = self.finding_place(work.of);
            let tested = finding.and_then(|place| self.rulebook.program.findings.get(place));
            let tested = tested.map(|when| self.rulebook.program.read_in(when));
            let questions = tested.into_iter().flatten();
            let questions = questions.filter(|node| self.question(*node).is_some());
            found.extend(questions.filter(open));
        }
        let mut ids: Vec<ItemId> = Vec::new();
        for node in found {
            ids.extend(self.id(node).filter(|id| !ids.contains(id)));
        }
        ids
    }

    fn raised_answers(&self, raises: &[&Raise]) -> Vec<RaisedAnswer> {
        let mut list: Vec<RaisedAnswer> = Vec::new();
        for raise in raises {
            let answer = self.id(raise.question).map(|id| RaisedAnswer {
                id,
                to: raise.answer.clone(),
            });
            list.extend(answer.filter(|one| !list.contains(one)));
        }
        list
    }

    /// Owner and day of work: those that the answers give for targets that it does not go beyond,
    /// where they name one role; of several days the first.
    fn promised(&self, raises: &[&Raise]) -> Owner {
        let raises = raises.iter();
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

    /// Gives each open question the owner and day of its step, as the answers have them, and marks
    /// quick wins, as the action that leads to it has them.
    pub(super) fn assign(&self, plan: &mut [RaiseResult], actions: &[ActionResult]) {
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

    /// The questions that are built and certainly not called for, whatever reads them, with the
    /// actions that stop them; without what is worth keeping.
    pub(super) fn simplify(&self, actions: &[ActionResult]) -> Vec<SimplifyResult> {
        let built = self.questions().filter_map(|(node, item, reading)| {
            let index = reading.index(reading.value);
            let question = item.kind.question()?;
            let spare = (question.kind == QuestionType::Rating || self.rulebook.is_measured(node))
                && self.called_for(node) == Truth::False
                && !question.keep
                && reading.is_rated()
                && index >= BUILT - TOLERANCE;
            let id = ItemId::from(&item.id);
            let stops = actions.iter().filter(|one| one.stops);
            let stops = stops.filter(|one| one.of.pack() == id.pack());
            spare.then(|| SimplifyResult {
                label: item.label.clone(),
                says: ScalePosition::of(question, reading.value).map_or_else(
                    || super::reading_words(item, reading),
                    |stand| stand.words(false),
                ),
                index,
                actions: stops.map(|one| one.advice.work.clone()).collect(),
                id: id.clone(),
            })
        });
        built.collect()
    }
}

/// True if it is an answered question with a gap of one step or more.
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
        let later = [
            (Horizon::Now, Horizon::Next),
            (Horizon::Next, Horizon::Later),
        ];
        for (room, (own, next)) in self.room.iter_mut().zip(later) {
            if horizon != own {
                continue;
            }
            let stays = due.is_some() || (settles && own == Horizon::Next);
            if stays || effort <= *room {
                *room = room.saturating_sub(effort);
                break;
            }
            horizon = next;
        }
        self.placed.push((advice.work.clone(), horizon));
        horizon
    }
}
