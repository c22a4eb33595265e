//! Ladders in the result: the level, and what holds the next one.

use super::build::{Build, names, taken};
use super::finding::need_state;
use super::say::no_verdict;
use super::{ItemId, LadderResult, LevelResult, Named, Need, NeedKind, NeedState};
use crate::assess::evaluate::{confidence, holds_surely, stands};
use crate::rules::condition::{Interval, Test, Truth};
use crate::rules::reading::Reading;
use crate::rules::rulebook::words::either_quoted;
use crate::rules::rulebook::{Check, Item, Level};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::State;
use crate::text::number::{format_near, rounded};
use std::collections::BTreeSet;

/// A sentence names this many of the conditions that hold the next level; the list names all.
const MOST_NEEDS: usize = 2;

impl Build<'_> {
    pub(super) fn ladder_result(
        &self,
        node: usize,
        item: &Item,
        by_index: bool,
        reading: &Reading,
    ) -> Option<LadderResult> {
        let rungs = self.rulebook.program.ladder(node)?;
        let names = names(&item.kind);
        let results = names.iter().zip(&rungs.levels).enumerate();
        let results = results
            .map(|(place, (name, level))| self.level(place, name, level, reading, by_index))
            .collect();
        // A score that carries no verdict gives no level either, unless that is certain.
        let of = rungs.of.and_then(|node| self.evaluation.readings.get(node));
        let judged = of.filter(|of| of.has_verdict() || reading.is_certain());
        let by_score = judged.and_then(|_| self.by_score(&names, &rungs.levels));
        let enough = self.enough_on(node, item.pack);
        let mut ladder = LadderResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            level: taken(&names, reading.held).pop(),
            by_score,
            possible: taken(&names, reading.possible),
            certain: reading.is_certain(),
            of: rungs
                .of
                .and_then(|node| self.rulebook.item(node))
                .map(|item| ItemId::from(&item.id)),
            coverage: rungs
                .of
                .and_then(|node| self.evaluation.readings.get(node))
                .map(|of| of.coverage),
            rests_on: self.rests_on(rungs.of, item.pack),
            higher_is_called_for: enough.is_none(),
            enough: enough.map(|why| why.says().to_owned()),
            sentence: String::new(),
            levels: results,
        };
        ladder.sentence = sentence(&ladder);
        Some(ladder)
    }

    /// The packs whose questions the ladder's score counts, where they are not its own alone.
    fn rests_on(&self, of: Option<usize>, own: usize) -> Vec<String> {
        let mut packs = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut left: Vec<usize> = of.into_iter().collect();
        while let Some(node) = left.pop() {
            if !seen.insert(node) {
                continue;
            }
            let program = self.rulebook.program();
            let item = self.rulebook.item(node);
            match (program.score(node), program.table(node), item) {
                (Some(score), _, _) => left.extend(score.terms.iter().map(|term| term.node)),
                (_, Some(table), _) => left.extend(&table.inputs),
                (_, _, Some(item)) => {
                    packs.insert(item.pack);
                }
                (None, None, None) => {}
            }
        }
        if packs.iter().all(|pack| *pack == own) {
            return Vec::new();
        }
        let named = packs
            .iter()
            .filter_map(|pack| self.rulebook.packs.get(*pack));
        named.map(|pack| pack.id.clone()).collect()
    }

    /// The level that thresholds on the score alone would give.
    fn by_score(&self, names: &[Named], levels: &[Level]) -> Option<Named> {
        let holds = |level: &&Level| {
            let thresholds = level
                .checks
                .iter()
                .filter(|check| matches!(check, Check::From(_)));
            thresholds
                .map(|check| self.stands(check))
                .all(|state| state == NeedState::Met)
        };
        let reached = levels.iter().take_while(holds).count();
        names.get(reached.checked_sub(1)?).cloned()
    }

    pub(super) fn stands(&self, check: &Check) -> NeedState {
        let truth = stands(
            self.rulebook.program(),
            &self.evaluation.readings,
            self.answers,
            check,
        );
        need_state(truth)
    }

    fn level(
        &self,
        place: usize,
        name: &Named,
        level: &Level,
        reading: &Reading,
        by_index: bool,
    ) -> LevelResult {
        let above = |set: u64| set >> place != 0;
        LevelResult {
            id: name.id.clone(),
            title: name.label.clone(),
            reached: above(reading.held),
            possible: above(reading.possible),
            needs: level
                .checks
                .iter()
                .filter_map(|check| self.need(check, by_index))
                .collect(),
        }
    }

    /// Whether open answers cannot change how a check stands.
    fn is_certain(&self, check: &Check, state: NeedState) -> bool {
        let (program, readings) = (self.rulebook.program(), &self.evaluation.readings);
        let surely = holds_surely(program, readings, self.answers, check);
        match state {
            NeedState::Met => surely == Truth::True,
            NeedState::Unmet => surely == Truth::False,
            NeedState::NotApplicable => true,
            NeedState::Unproven => false,
        }
    }

    fn need(&self, check: &Check, by_index: bool) -> Option<Need> {
        let need = self.one_need(check, by_index)?;
        let certain = self.is_certain(check, need.state);
        Some(Need { certain, ..need })
    }

    fn one_need(&self, check: &Check, by_index: bool) -> Option<Need> {
        let state = self.stands(check);
        match check {
            Check::From(atom) => self.threshold(*atom, by_index, state, NeedKind::Score),
            Check::Floor(atom) => {
                let need = self.threshold(*atom, by_index, state, NeedKind::Floor)?;
                let readings = &self.evaluation.readings;
                let of = self.rulebook.program.atoms.get(*atom);
                let out = of.and_then(|atom| readings.get(atom.node))?.is_absent();
                let left_out = out && state == NeedState::Met;
                let state = if left_out {
                    NeedState::NotApplicable
                } else {
                    state
                };
                Some(Need { state, ..need })
            }
            Check::Gate(place) => {
                let gate = self.gate(*place)?;
                let state = gate.state;
                let actual = match state {
                    NeedState::Unproven => gate.says(),
                    _ if gate.certain => state.word().to_owned(),
                    NeedState::Met | NeedState::Unmet | NeedState::NotApplicable => {
                        format!("{} as things stand", state.word())
                    }
                };
                let (id, text) = (gate.id.to_string(), gate.title);
                Some(Need {
                    id,
                    text,
                    actual,
                    state,
                    certain: false,
                    kind: NeedKind::Gate,
                })
            }
            Check::Basis => {
                let actual = match self.answers.basis() {
                    Basis::Evidenced => "on evidence",
                    Basis::Perception => "on perception",
                };
                let text = "an assessment on evidence".to_owned();
                Some(Need {
                    id: "basis".to_owned(),
                    text,
                    actual: actual.to_owned(),
                    state,
                    certain: false,
                    kind: NeedKind::Basis,
                })
            }
            Check::Confidence(node, wanted) => {
                let readings = &self.evaluation.readings;
                let program = self.rulebook.program();
                let grade = confidence(program, readings, self.answers, *node).grade;
                Some(Need {
                    id: "confidence".to_owned(),
                    text: format!("a confidence of {} or more", wanted.word()),
                    actual: grade.word().to_owned(),
                    state,
                    certain: false,
                    kind: NeedKind::Confidence,
                })
            }
        }
    }

    fn threshold(
        &self,
        atom: usize,
        by_index: bool,
        state: NeedState,
        kind: NeedKind,
    ) -> Option<Need> {
        let atom = self.rulebook.program.atoms.get(atom)?;
        let (item, reading) = (
            self.rulebook.item(atom.node)?,
            self.evaluation.readings.get(atom.node)?,
        );
        let limit = match &atom.test {
            Test::Number(Interval { from, .. }) | Test::Index(Interval { from, .. }) => {
                from.limit()?
            }
            Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
                return None;
            }
        };
        let (value, digits) = if by_index {
            (reading.index(reading.value), 0)
        } else {
            (reading.value, 1)
        };
        let actual = if reading.state == State::NotAsked {
            "not asked".to_owned()
        } else if reading.is_absent() {
            "not applicable".to_owned()
        } else if !reading.is_rated() {
            "not assessed".to_owned()
        } else if reading.has_verdict() {
            format_near(value, limit, digits)
        } else {
            format!(
                "{}, {}",
                format_near(value, limit, digits),
                no_verdict(reading)
            )
        };
        let agreed = self.agreed(atom.node).and_then(|agreed| agreed.says());
        let actual = agreed.map_or(actual.clone(), |agreed| format!("{actual}, {agreed}"));
        let measure = if by_index { "at index" } else { "at" };
        let limit = rounded(limit, 2);
        let limit = limit.trim_end_matches('0').trim_end_matches('.');
        let text = format!("{} {measure} {limit} or more", item.label);
        Some(Need {
            id: item.id.clone(),
            text,
            actual,
            state,
            certain: false,
            kind,
        })
    }
}

/// What is needed, with what is there.
pub(crate) fn now(need: &Need) -> String {
    match need.kind {
        NeedKind::Gate => format!("“{}” ({})", need.text, need.actual),
        NeedKind::Score | NeedKind::Floor | NeedKind::Basis | NeedKind::Confidence => {
            format!("{} (now {})", need.text, need.actual)
        }
    }
}

/// The level and what holds the next one, in one to three sentences.
fn sentence(ladder: &LadderResult) -> String {
    let mut parts = vec![match &ladder.level {
        Some(level) => format!("{}: {}.", ladder.title, level.label),
        None => format!(
            "{}: no level can be given yet, too little is answered.",
            ladder.title
        ),
    }];
    if let (Some(level), Some(by_score)) = (&ladder.level, &ladder.by_score)
        && ladder.rank(by_score) > ladder.rank(level)
    {
        parts.push(format!("The score alone would reach {}.", by_score.label));
    }
    let next = ladder.levels.iter().find(|level| !level.reached);
    let held = ladder.held_by();
    if let (Some(next), Some(_), false) = (next, &ladder.level, held.is_empty()) {
        let mut needs: Vec<String> = held.iter().take(MOST_NEEDS).map(|need| now(need)).collect();
        match held.len().saturating_sub(MOST_NEEDS) {
            0 => {}
            1 => needs.push("one more condition".to_owned()),
            more => needs.push(format!("{more} more conditions")),
        }
        parts.push(format!(
            "{} still needs: {}.",
            next.title,
            crate::rules::rulebook::words::list(&strs(&needs))
        ));
    }
    if next.is_some() && ladder.level.is_some() {
        parts.extend(ladder.enough.clone());
    }
    if let Some(rests) = ladder.rests().strip_prefix(' ') {
        parts.push(rests.to_owned());
    }
    if !ladder.certain && ladder.possible.len() > 1 {
        let possible: Vec<&str> = ladder
            .possible
            .iter()
            .map(|level| level.label.as_str())
            .collect();
        parts.push(format!(
            "Once the open questions are answered it could be {}.",
            either_quoted(&possible)
        ));
    }
    parts.join(" ")
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}
