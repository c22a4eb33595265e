//! Ladders in the result: the level, and what blocks the next one.

use super::evaluated::{Evaluated, ItemReading, named};
use super::finding::need_state;
use super::words::{bare, no_verdict};
use super::{ItemId, LadderResult, LevelResult, Named, Need, NeedKind, NeedState};
use crate::message;
use crate::rules::condition::{Interval, Test, Truth};
use crate::rules::rulebook::{ItemKind, Level, Requirement, Rulebook};
use crate::rules::vocabulary::{Basis, State};
use crate::text::number::{either_quoted, format_near, rounded, short as number};
use std::collections::BTreeSet;

/// A score that misses a level by fewer points of 100 is as good as there: the steps of a rating are
/// not equally far apart, and one answer moves it further.
const NEAR: f64 = 2.0;
/// A sentence names this many of the needs that block the next level; the list names all.
const MOST_NEEDS: usize = 2;

impl Evaluated<'_> {
    /// A ladder with its level, and with everything that each level needs.
    pub(super) fn ladder(&self, at: ItemReading<'_>) -> Option<LadderResult> {
        let mut ladder = self.reached(at)?;
        let rungs = self.rulebook.program.ladder(at.0)?;
        let next = ladder
            .higher_is_called_for
            .then(|| ladder.rank.unwrap_or(1));
        for (place, (told, level)) in ladder.levels.iter_mut().zip(&rungs.levels).enumerate() {
            let called = match rungs.of {
                Some(_) => message!("level-number", number = place + 1),
                None => format!("“{}”", told.title),
            };
            let needs = level.requirements.iter();
            let needs = needs
                .filter_map(|requirement| self.need(requirement, next == Some(place), &called));
            told.needs = needs.collect();
        }
        ladder.sentence = sentence(&ladder, at.2.is_absent());
        Some(ladder)
    }

    /// A ladder with its level; without what the levels need, and without a sentence.
    pub(super) fn reached(&self, (node, item, reading): ItemReading<'_>) -> Option<LadderResult> {
        let ItemKind::Ladder { levels } = &item.kind else {
            return None;
        };
        let rungs = self.rulebook.program.ladder(node)?;
        let of = rungs.of.and_then(|node| self.reading(node));
        // A score that carries no verdict gives no level either, unless that is certain.
        let judged = of.filter(|of| of.has_verdict() || reading.is_certain());
        let enough = self.enough_on(node, item.pack);
        let rank = reading.held.checked_ilog2();
        let claimed = self.evaluation.claimed.as_ref();
        let levels = levels.iter().enumerate().map(|(place, level)| LevelResult {
            id: level.id.clone(),
            title: level.label.clone(),
            text: level.text.clone(),
            reached: reading.held >> place != 0,
            possible: reading.possible >> place != 0,
            needs: Vec::new(),
        });
        Some(LadderResult {
            id: ItemId::from(&item.id),
            title: item.label.clone(),
            level: named(&item.kind, reading.held).pop(),
            rank: rank.and_then(|top| usize::try_from(top + 1).ok()),
            by_score: judged.and_then(|_| self.by_score(&item.kind, &rungs.levels)),
            claimed: claimed.and_then(|all| named(&item.kind, all.get(node)?.held).pop()),
            possible: named(&item.kind, reading.possible),
            certain: reading.is_certain(),
            of: rungs.of.and_then(|node| self.id(node)),
            coverage: of.map(|of| of.coverage),
            rests_on: self.rests_on(rungs.of, item.pack),
            higher_is_called_for: enough.is_none(),
            enough: enough.map(str::to_owned),
            sentence: String::new(),
            levels: levels.collect(),
        })
    }

    /// The packs whose questions the ladder's score counts, where they are not its own alone.
    fn rests_on(&self, of: Option<usize>, own: usize) -> Vec<String> {
        let program = &self.rulebook.program;
        let (mut packs, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut left: Vec<usize> = of.into_iter().collect();
        while let Some(node) = left.pop() {
            if !seen.insert(node) {
                continue;
            }
            if let Some(score) = program.score(node) {
                left.extend(score.terms.iter().map(|term| term.node));
            } else if let Some(table) = program.table(node) {
                left.extend(&table.inputs);
            } else {
                packs.extend(self.rulebook.item(node).map(|item| item.pack));
            }
        }
        if packs.iter().all(|pack| *pack == own) {
            return Vec::new();
        }
        let packs = packs.iter();
        let packs = packs.filter_map(|pack| self.rulebook.packs.get(*pack));
        packs.map(|pack| pack.id.clone()).collect()
    }

    /// The level that thresholds on the score alone would give.
    fn by_score(&self, kind: &ItemKind, levels: &[Level]) -> Option<Named> {
        let holds = |level: &&Level| {
            let mut requirements = level.requirements.iter();
            requirements.all(|requirement| {
                !matches!(requirement, Requirement::From(_))
                    || self.need_state(requirement) == NeedState::Met
            })
        };
        let reached = levels.iter().take_while(holds).count();
        named(kind, 1 << reached.checked_sub(1)?).pop()
    }

    /// The state of what a requirement asks for.
    pub(super) fn need_state(&self, requirement: &Requirement) -> NeedState {
        need_state(self.facts().holds_now(requirement))
    }

    /// True if open answers cannot change the outcome of a requirement.
    fn is_certain(&self, requirement: &Requirement, state: NeedState) -> bool {
        let surely = self.facts().holds_surely(requirement);
        match state {
            NeedState::Met => surely == Truth::True,
            NeedState::Unmet => surely == Truth::False,
            NeedState::NotApplicable => true,
            NeedState::Unproven => false,
        }
    }

    /// The need that a requirement stands for; it blocks only where its level is the next one.
    fn need(&self, requirement: &Requirement, is_next: bool, level: &str) -> Option<Need> {
        let mut state = self.need_state(requirement);
        let mut asked_in = Vec::new();
        let (kind, id) = need_of(self.rulebook, requirement)?;
        let (text, actual, says) = match requirement {
            Requirement::From(_) | Requirement::Floor(_) => {
                let (node, ..) = self.limit(requirement)?;
                let absent = kind == NeedKind::Floor && self.reading(node)?.is_absent();
                if state == NeedState::Met && absent {
                    state = NeedState::NotApplicable;
                }
                self.threshold(requirement, level)?
            }
            Requirement::Gate(place) => {
                let gate = self.gate(*place)?;
                state = gate.state;
                let actual = match state {
                    NeedState::Unproven => gate.says(),
                    _ if gate.certain => state.word().to_owned(),
                    NeedState::Met | NeedState::Unmet | NeedState::NotApplicable => {
                        message!("as-things-stand", state = state.word())
                    }
                };
                if gate.is_not_asked() {
                    asked_in = gate.unasked;
                }
                (gate.title, actual, gate.sentence)
            }
            Requirement::Basis => {
                let actual = match self.answers.basis {
                    Basis::Evidenced => message!("on-evidence"),
                    Basis::Perception => message!("on-perception"),
                };
                let text = message!("an-assessment-on-evidence").to_owned();
                let actual = actual.to_owned();
                let says = message!("basis-says", actual, level);
                (text, actual, says)
            }
            Requirement::Confidence(node, wanted) => {
                let grade = self.facts().confidence(*node).grade;
                let (actual, wanted) = (grade.word().to_owned(), wanted.word());
                let text = message!("a-confidence-of-or-more", wanted);
                let says = message!("confidence-says", actual, level, wanted);
                (text, actual, says)
            }
        };
        let from = self.from(requirement);
        let lacks = from.and_then(|(_, lacks)| lacks);
        let near = lacks.is_some_and(|points| points.abs() < NEAR);
        Some(Need {
            id,
            text,
            actual,
            says,
            asked_in,
            from: from.map(|(index, _)| index),
            lacks: lacks.filter(|points| *points > 0.0),
            near,
            state,
            blocks: is_next && state.blocks(),
            certain: self.is_certain(requirement, state),
            kind,
        })
    }

    /// The score or part that a requirement reads, and the least that it takes: an index (`true`), or a
    /// value on its scale.
    fn limit(&self, requirement: &Requirement) -> Option<(usize, f64, bool)> {
        let (Requirement::From(atom) | Requirement::Floor(atom)) = requirement else {
            return None;
        };
        let atom = self.rulebook.program.atoms.get(*atom)?;
        let (Test::Number(Interval { from, .. }) | Test::Index(Interval { from, .. })) = &atom.test
        else {
            return None;
        };
        let by_index = matches!(atom.test, Test::Index(_));
        Some((atom.node, from.limit()?, by_index))
    }

    /// The index from which a threshold is met, and the points that a rated score lacks of it; below 0
    /// where it has more.
    fn from(&self, requirement: &Requirement) -> Option<(f64, Option<f64>)> {
        let (node, limit, by_index) = self.limit(requirement)?;
        let reading = self.reading(node)?;
        let limit = if by_index {
            limit
        } else {
            reading.index(limit)
        };
        let lacks = limit - reading.index(reading.value);
        Some((limit, reading.is_rated().then_some(lacks)))
    }

    /// The thing that a threshold asks for and the state of things in words, and both as a sentence.
    fn threshold(
        &self,
        requirement: &Requirement,
        level: &str,
    ) -> Option<(String, String, String)> {
        let (node, limit, by_index) = self.limit(requirement)?;
        let (item, reading) = self.item(node)?;
        let (value, digits, measure) = if by_index {
            (reading.index(reading.value), 0, message!("at-index"))
        } else {
            (reading.value, 1, "at")
        };
        let mut actual = if matches!(reading.state, State::NotAsked | State::NotCore) {
            message!("not-asked").to_owned()
        } else if reading.is_absent() {
            message!("not-applicable").to_owned()
        } else if !reading.is_rated() {
            message!("not-assessed").to_owned()
        } else {
            format_near(value, limit, digits)
        };
        let figure = actual.clone();
        let is_there = reading.is_rated() && !reading.is_absent();
        let is_thin = is_there && !reading.has_verdict();
        if is_thin {
            actual = format!("{actual}, {}", no_verdict(reading));
        }
        if let Some(before) = self.agreed(node).and_then(|agreed| agreed.replaces) {
            let before = if by_index {
                rounded(reading.index(before), 0)
            } else {
                number(before)
            };
            let agreed = message!("agreed-in-place-of", number = before);
            actual = format!("{actual}, {agreed}");
        }
        let limit = rounded(limit, 2);
        let limit = bare(&limit);
        let text = message!("or-more", label = item.label, measure, limit);
        let stands = if is_thin && !reading.is_settled() {
            let why = no_verdict(reading);
            message!("part-stands-so-far", label = item.label, figure, why)
        } else if is_there {
            message!("part-stands-at", label = item.label, actual)
        } else {
            message!("part-is", label = item.label, actual)
        };
        let says = if matches!(requirement, Requirement::Floor(_)) {
            message!("level-asks-of-each-part", stands, level, limit)
        } else {
            message!("level-starts-at", stands, level, limit)
        };
        Some((text, actual, says))
    }
}

/// The need of a level that a requirement is for, by its kind and id.
pub(crate) fn need_of(
    rulebook: &Rulebook,
    requirement: &Requirement,
) -> Option<(NeedKind, String)> {
    let item = |atom: &usize| {
        let node = rulebook.program.atoms.get(*atom)?.node;
        Some(rulebook.item(node)?.id.clone())
    };
    Some(match requirement {
        Requirement::From(atom) => (NeedKind::Score, item(atom)?),
        Requirement::Floor(atom) => (NeedKind::Floor, item(atom)?),
        Requirement::Gate(gate) => (NeedKind::Gate, rulebook.gates.get(*gate)?.id.clone()),
        Requirement::Basis => (NeedKind::Basis, "basis".to_owned()),
        Requirement::Confidence(..) => (NeedKind::Confidence, "confidence".to_owned()),
    })
}

/// The level and what keeps it from the next one, in a few sentences.
fn sentence(ladder: &LadderResult, is_absent: bool) -> String {
    let mut parts = vec![match (&ladder.level, ladder.rank) {
        (Some(level), Some(rank)) => {
            let (of, level) = (ladder.levels.len(), &level.label);
            if ladder.certain {
                message!("level-of", rank, of, level)
            } else {
                message!("level-of-as-answered", rank, of, level)
            }
        }
        _ if is_absent => message!("it-does-not-apply-here").to_owned(),
        _ => message!("no-level-can-be-given-yet").to_owned(),
    }];
    let needs = ladder.blocked_by();
    if let (Some(rank), false) = (ladder.rank, needs.is_empty()) {
        let named = needs.iter().take(MOST_NEEDS).map(|need| need.says.as_str());
        let named = named.collect::<Vec<_>>().join(" ");
        parts.push(message!("what-keeps-it", next = rank + 1, named));
        let more = needs.len().saturating_sub(MOST_NEEDS);
        parts.extend((more > 0).then(|| message!("more-conditions", more)));
    } else if ladder.rank.is_some_and(|rank| rank < ladder.levels.len()) {
        parts.extend(ladder.enough.clone());
    }
    let count = ladder.rests_on.len();
    parts.extend((count > 0).then(|| message!("it-rests-on", count)));
    if !ladder.certain && ladder.possible.len() > 1 {
        let possible = ladder.possible.iter().map(|level| level.label.as_str());
        parts.push(message!(
            "once-the-open-questions-are-answered-it-could",
            either_quoted = either_quoted(&possible.collect::<Vec<_>>())
        ));
    }
    parts.join(" ")
}
