//! A set of steps put in order, with where it leads.

use super::goal::unanswered;
use super::result::Plan;
use super::search::{Found, Step, is_free};
use super::way::{Level, Start};
use super::{Chosen, Desk, NoPlan, Wish};
use crate::assess::assessment::{Named, Need, NeedKind};
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Check;
use crate::rules::vocabulary::State;

impl Desk<'_> {
    /// The chosen questions by their places among the choices: by priority, and what prepares others
    /// before them.
    pub(super) fn order(&self, start: &Start<'_>, found: &Found) -> Vec<usize> {
        let choices = start.choices;
        let mut order: Vec<usize> = Vec::new();
        let gates = self.gates(start);
        let rank = |place: &usize| {
            let node = choices.get(*place).map(|one| one.node);
            let item = node.and_then(|node| self.rulebook.item(node));
            let mut raises = self.assessment.plan.iter();
            let rests =
                |gate: &usize| node.is_some_and(|node| start.program.reach().rests(*gate, node));
            let priority = raises.position(|one| item.is_some_and(|item| one.id == item.id));
            (!gates.iter().any(rests), priority.unwrap_or(usize::MAX))
        };
        let chosen = found
            .raises
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0);
        let mut left: Vec<usize> = chosen.map(|(place, _)| place).collect();
        left.sort_by_key(rank);
        while !left.is_empty() {
            let bits = |place: usize, of: fn(&Step) -> u64| {
                let steps = choices
                    .get(place)
                    .map_or(&[][..], |one| one.steps.as_slice());
                let count = found.raises.get(place).copied().unwrap_or(0);
                steps.iter().take(count).fold(0, |set, step| set | of(step))
            };
            let needs = |place: usize| bits(place, |step| step.before);
            let does = |place: usize| bits(place, |step| step.does);
            let free = |place: usize| {
                let mut others = left.iter().filter(|other| **other != place);
                others.all(|other| needs(place) & does(*other) == 0)
            };
            let next = left.iter().position(|place| free(*place)).unwrap_or(0);
            order.push(left.remove(next));
        }
        order
    }

    /// What the unmet gates of the level read, by item.
    fn gates(&self, start: &Start<'_>) -> Vec<usize> {
        let level = Level {
            ladder: self.asked.node,
            rank: self.asked.rank,
        };
        let unmet = |gate: usize| {
            let gate = self.assessment.gates.get(gate);
            gate.is_some_and(|gate| gate.state.holds_back())
        };
        let checks = start.checks(&level).into_iter();
        let gates = checks.filter(|check| matches!(check, Check::Gate(gate) if unmet(*gate)));
        gates
            .flat_map(|check| start.program.read_by(&check))
            .collect()
    }

    /// The plan with everything it says.
    pub(super) fn told(
        &self,
        start: &Start<'_>,
        places: &[usize],
        chosen: &Chosen,
        wish: &Wish<'_>,
    ) -> Plan {
        let ladder = self.asked.ladder;
        let level = Level {
            ladder: self.asked.node,
            rank: self.asked.rank,
        };
        let mut what_if = WhatIf::new(
            start.program,
            self.answers,
            self.readings,
            Some(self.asked.node),
        );
        let checks = start.checks(&level);
        let parts = self.parts(start, (places, &chosen.found), &checks);
        let needs = self.needs(&what_if, start, &level);
        let (index, index_least_now) = (self.index(&what_if), self.index_least(&what_if));
        let mut prepared: Vec<String> = Vec::new();
        let mut steps = Vec::new();
        for (place, part) in places.iter().zip(parts) {
            let count = chosen.found.raises.get(*place).copied().unwrap_or(0);
            steps.extend(self.step(start, &mut what_if, (*place, count), part, &mut prepared));
        }
        let read = self.read();
        let names = |rank: usize| {
            let level = ladder.levels.get(rank);
            level.map_or_else(nobody, |level| Named {
                id: level.id.clone(),
                label: level.title.clone(),
            })
        };
        // What is reached is read off, not taken from the search.
        let after = what_if.reading(self.asked.node);
        let possible = |rank: &usize| after.possible >> rank & 1 == 1;
        let surely = (0..ladder.levels.len()).find(possible).unwrap_or(0);
        let lowest = ladder.possible.first().cloned();
        let left = self.left(&what_if, start, &level, &needs);
        Plan {
            format: 1,
            engine: self.assessment.engine.clone(),
            client: self.assessment.client.clone(),
            assessed_on: self.assessment.assessed_on.clone(),
            basis: self.assessment.basis,
            ladder: Named {
                id: ladder.id.to_string(),
                label: ladder.title.clone(),
            },
            from: names(self.asked.now),
            bottom: self.asked.now == 0,
            given: self.asked.given,
            lowest: lowest.unwrap_or_else(|| names(self.asked.now)),
            to: names(self.asked.rank),
            required: self.asked.required,
            reaches: names(surely),
            or_higher: after.possible >> surely > 1,
            given_after: after.is_held(),
            covered_after: self.too_little(&what_if),
            complete: surely >= self.asked.rank,
            shortness: chosen.shortness,
            count: chosen.found.size(),
            effort: chosen.found.effort,
            budget: wish.budget,
            needs,
            left,
            index,
            index_least_now,
            index_after: self.index(&what_if),
            index_least: self.index_least(&what_if),
            asked: read,
            unanswered: unanswered(self.rulebook, &self.assessment.questions, self.asked.node)
                .count(),
            open: self.open_beside(&chosen.found, start),
            steps,
        }
    }

    /// The index of the ladder's score.
    pub(super) fn index(&self, what_if: &WhatIf<'_>) -> Option<f64> {
        let rungs = self.rulebook.program().ladder(self.asked.node)?;
        let reading = what_if.reading(rungs.of?);
        reading.is_rated().then(|| reading.index(reading.value))
    }

    /// The least the index of the ladder's score can be, whatever the open answers turn out to be.
    pub(super) fn index_least(&self, what_if: &WhatIf<'_>) -> Option<f64> {
        let rungs = self.rulebook.program().ladder(self.asked.node)?;
        let reading = what_if.reading(rungs.of?);
        reading.is_rated().then(|| reading.index_range().0)
    }

    /// How much of the ladder's score is answered, where that is too little for a level.
    fn too_little(&self, what_if: &WhatIf<'_>) -> Option<f64> {
        let rungs = self.rulebook.program().ladder(self.asked.node)?;
        let reading = what_if.reading(rungs.of?);
        (!reading.is_covered()).then_some(reading.coverage)
    }

    /// How many questions the ladder reads, those that do not apply left out.
    fn read(&self) -> usize {
        let reach = self.rulebook.program().reach();
        let questions = self.assessment.questions.iter().enumerate();
        let read = questions.filter(|(node, one)| {
            let counts = one.state.is_open() || one.state == State::Rated;
            counts && reach.rests(self.asked.node, *node)
        });
        read.count()
    }

    /// The questions without an answer that no step of a way answers.
    fn open_beside(&self, found: &Found, start: &Start<'_>) -> Vec<Named> {
        let taken = |node: usize| {
            let mut pairs = start.choices.iter().zip(&found.raises);
            pairs.any(|(choice, count)| choice.node == node && *count > 0)
        };
        unanswered(self.rulebook, &self.assessment.questions, self.asked.node)
            .filter_map(|(node, named)| (!taken(node)).then_some(named))
            .collect()
    }

    /// What the level and those below it ask for and is not there, or not for certain.
    fn needs(&self, what_if: &WhatIf<'_>, start: &Start<'_>, level: &Level) -> Vec<Need> {
        let checks = start.checks(level);
        let unsure = checks
            .iter()
            .filter(|check| what_if.holds(check) != Truth::True);
        let unsure: Vec<_> = unsure.filter_map(|check| self.name(check)).collect();
        let levels = self.asked.ladder.levels.iter();
        let needs = levels
            .take(self.asked.rank + 1)
            .flat_map(|level| &level.needs);
        let mut list: Vec<Need> = Vec::new();
        for need in needs {
            let held = need.state.holds_back();
            if !held && !unsure.contains(&(need.kind, need.id.clone())) {
                continue;
            }
            let same = |one: &Need| one.id == need.id && one.kind == need.kind;
            // The higher level asks for more of the same.
            list.retain(|one| !same(one));
            let mut need = need.clone();
            if !held {
                need.actual.push_str(", which open answers may undo");
            }
            list.push(need);
        }
        list
    }

    /// The needs that hold still after the steps.
    fn left(
        &self,
        what_if: &WhatIf<'_>,
        start: &Start<'_>,
        level: &Level,
        needs: &[Need],
    ) -> Vec<Need> {
        let unmet: Vec<(NeedKind, String)> = start
            .checks(level)
            .iter()
            .filter(|check| what_if.holds(check) != Truth::True)
            .filter_map(|check| self.name(check))
            .collect();
        let holds = |need: &&Need| unmet.contains(&(need.kind, need.id.clone()));
        needs.iter().filter(holds).cloned().collect()
    }

    /// What a check is called among the needs of a level.
    pub(super) fn name(&self, check: &Check) -> Option<(NeedKind, String)> {
        let program = self.rulebook.program();
        let item = |atom: &usize| {
            let node = program.atoms.get(*atom)?.node;
            Some(self.rulebook.item(node)?.id.clone())
        };
        Some(match check {
            Check::From(atom) => (NeedKind::Score, item(atom)?),
            Check::Floor(atom) => (NeedKind::Floor, item(atom)?),
            Check::Gate(gate) => (NeedKind::Gate, self.rulebook.gates().get(*gate)?.id.clone()),
            Check::Basis => (NeedKind::Basis, "basis".to_owned()),
            Check::Confidence(..) => (NeedKind::Confidence, "confidence".to_owned()),
        })
    }

    /// What holds a level even when every step is taken.
    pub(super) fn out_of_reach(&self, start: &Start<'_>, level: &Level, proven: bool) -> NoPlan {
        let ladder = self.asked.ladder;
        let mut what_if = WhatIf::new(
            start.program,
            self.answers,
            self.readings,
            Some(self.asked.node),
        );
        let needs = self.needs(&what_if, start, level);
        let mut raises = vec![0; start.choices.len()];
        for (place, choice) in start.choices.iter().enumerate() {
            if is_free(start.choices, &raises, place)
                && let Some(slot) = raises.get_mut(place)
            {
                *slot = choice.steps.len();
                let (given, grade) = choice.after(what_if.answer(choice.node), choice.steps.len());
                what_if.put(choice.node, given, grade);
            }
        }
        let left = self.left(&what_if, start, level, &needs);
        let met = needs.iter().filter(|need| !left.contains(need));
        let title = ladder.levels.get(level.rank);
        let movable = |node: usize| start.choices.iter().any(|one| one.node == node);
        let open = unanswered(self.rulebook, &self.assessment.questions, self.asked.node);
        if !self.asked.given {
            return NoPlan::TooLittle {
                ladder: ladder.title.clone(),
                open: open.map(|(_, one)| one).collect(),
            };
        }
        let open = open.filter(|(node, _)| !movable(*node));
        // A question that no step moves comes first only where a need hangs on it.
        let hangs = |node: usize| {
            let checks = start.checks(level).into_iter();
            let mut checks = checks.filter(|check| what_if.holds(check) == Truth::Unknown);
            checks.any(|check| {
                let read = start.program.read_by(&check).into_iter();
                let reach = start.program.reach();
                read.into_iter()
                    .any(|one| one == node || reach.rests(one, node))
            })
        };
        let open = open.filter(|(node, _)| hangs(*node));
        NoPlan::OutOfReach {
            open: open.map(|(_, one)| one).collect(),
            level: title.map_or_else(String::new, |level| level.title.clone()),
            held: left.iter().map(Need::in_words).collect(),
            met: met.map(Need::in_words).collect(),
            proven,
        }
    }
}

fn nobody() -> Named {
    Named {
        id: String::new(),
        label: String::new(),
    }
}
