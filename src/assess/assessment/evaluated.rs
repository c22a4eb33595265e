//! Answers with their evaluation, and the look-ups that every part of the result shares: items in
//! words, and calls for more of something. Only what is called for can be a gap, and only then is a
//! higher level worth aiming at.

use super::{Because, FitState, ItemId, Named, reading_words, test_words};
use crate::answers::{Answer, AnswerNotes, Answers};
use crate::answers::{Group, GroupResult};
use crate::assess::evaluate::{Evaluation, Facts, WhatIf, evaluate, imagine};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Test, Truth};
use crate::rules::pack::file::FindingKind;
use crate::rules::rulebook::rule::thresholds;
use crate::rules::rulebook::{Item, ItemKind, Question, Rulebook};
use crate::text::number::TOLERANCE;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A ladder shows what is built, and that is more than is called for.
const OVER_BUILT: &str =
    "A higher level is not worth aiming at: more is built than your offer calls for.";
/// No form but the lowest is called for, and what is built fits.
const LOWEST_FORM: &str = "No higher level is aimed at here: your offer calls for no more than the lowest form. What other parts count of it can still be raised.";
/// A ladder shows what is built, and that fits.
const FITS: &str = "A higher level is not worth aiming at: what is built fits your offer.";

/// Answers with their evaluation.
pub(super) struct Evaluated<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) answers: &'a Answers,
    pub(super) evaluation: &'a Evaluation,
    /// The readings over the answers of each group that counts.
    pub(super) roles: Vec<(Group, Vec<Reading>)>,
    /// The readings on each day a phase is due.
    pub(super) projections: Vec<(Date, Vec<Reading>)>,
    /// The readings with every question at its baseline.
    pub(super) baselines: Option<Vec<Reading>>,
    /// For each item, the indices that something hangs on.
    pub(super) thresholds: Vec<Vec<f64>>,
}

/// An item with its place and its reading.
pub(super) type ItemReading<'a> = (usize, &'a Item, &'a Reading);

/// Makes the result of an item, where it has one of this kind.
pub(super) type OfItem<'a, T> = fn(&Evaluated<'a>, ItemReading<'_>) -> Option<T>;

impl<'a> Evaluated<'a> {
    pub(super) fn new(
        rulebook: &'a Rulebook,
        answers: &'a Answers,
        evaluation: &'a Evaluation,
    ) -> Self {
        let panel = answers.disclosure();
        let roles = panel.map_or(&[][..], |panel| &panel.who.roles);
        let roles = roles.iter().filter_map(|one| {
            let own = answers.as_seen_by(one.role, None)?;
            Some((one.role, evaluate(rulebook, &own).readings))
        });
        let projections = answers.dues().into_iter().map(|day| {
            let given = |node, given: &_| answers.by(node, given, day);
            (day, imagine(&rulebook.program, answers, given))
        });
        let baselines = || {
            let given = |node, given: &_| answers.at_first(node, given);
            imagine(&rulebook.program, answers, given)
        };
        Self {
            rulebook,
            answers,
            evaluation,
            roles: roles.collect(),
            projections: projections.collect(),
            baselines: answers.any_baseline().then(baselines),
            thresholds: thresholds(rulebook),
        }
    }

    /// Everything that is judged by, with the values of today.
    pub(super) fn facts(&self) -> Facts<'a> {
        let (program, readings) = (&self.rulebook.program, &self.evaluation.readings);
        Facts::new(program, readings, self.answers)
    }

    /// The answers of today, to be changed.
    pub(super) fn what_if(&self) -> WhatIf<'a> {
        let (program, readings) = (&self.rulebook.program, &self.evaluation.readings);
        WhatIf::new(program, self.answers, readings, &program.reach().moves)
    }

    /// Every item with its reading.
    pub(super) fn items(&self) -> impl Iterator<Item = ItemReading<'a>> + use<'a> {
        let pairs = self.rulebook.items.iter().zip(&self.evaluation.readings);
        let numbered = pairs.enumerate();
        numbered.map(|(node, (item, reading))| (node, item, reading))
    }

    /// The results of all items that have one of a kind.
    pub(super) fn each<T>(&self, result: OfItem<'a, T>) -> Vec<T> {
        self.items().filter_map(|at| result(self, at)).collect()
    }

    /// Every question with its reading.
    pub(super) fn questions(&self) -> impl Iterator<Item = ItemReading<'a>> + use<'a> {
        self.items().take(self.rulebook.question_count())
    }

    /// An item with its reading.
    pub(super) fn item(&self, node: usize) -> Option<(&'a Item, &'a Reading)> {
        self.rulebook.item(node).zip(self.reading(node))
    }

    pub(super) fn reading(&self, node: usize) -> Option<&'a Reading> {
        self.evaluation.readings.get(node)
    }

    pub(super) fn id(&self, node: usize) -> Option<ItemId> {
        Some(ItemId::from(&self.rulebook.item(node)?.id))
    }

    pub(super) fn question(&self, node: usize) -> Option<&'a Question> {
        self.rulebook.item(node)?.kind.question()
    }

    /// The answer to a question with its notes.
    pub(super) fn answer(&self, node: usize) -> Option<(&'a Answer, &'a AnswerNotes)> {
        let answers = self.answers;
        answers.answers().get(node).zip(answers.notes().get(node))
    }

    /// Answers of people to a question, as far as they may be shown.
    pub(super) fn group_answer(&self, node: usize) -> Option<&'a GroupResult> {
        self.answers.disclosure()?.answer(node)
    }

    /// True if fewer than the minimum of any group answered a question, or none who count were asked.
    pub(super) fn is_hidden(&self, node: usize) -> bool {
        let panel = self.answers.disclosure();
        panel.is_some_and(|panel| panel.is_closed(node))
    }

    /// The questions that an item is made of; of a question, itself.
    pub(super) fn questions_of(&self, node: usize) -> Vec<usize> {
        if node < self.rulebook.question_count() {
            vec![node]
        } else {
            self.rulebook.program.questions_of(node)
        }
    }

    /// The items of a list that the rulebook has.
    pub(super) fn nodes(&self, list: &[Because]) -> Vec<usize> {
        let nodes = list.iter().filter_map(|one| self.rulebook.find(&one.id));
        nodes.collect()
    }

    /// An item with its answer, value or outcome in words.
    pub(super) fn because(&self, node: usize, test: String) -> Option<Because> {
        let (item, reading) = self.item(node)?;
        let figure = Some(reading.value).filter(|_| reading.is_rated());
        let says = figure
            .and_then(|value| self.figure_words(node, value))
            .or_else(|| self.answer_says((node, item, reading)))
            .or_else(|| self.closed_says(node, reading))
            .unwrap_or_else(|| reading_words(item, reading));
        Some(Because {
            id: ItemId::from(&item.id),
            label: item.label.clone(),
            says: match self.counts_as((node, item, reading)) {
                Some(held) => format!("{says}, {held}"),
                None => says,
            },
            test,
        })
    }

    /// Items without a test, each with its answer, value or outcome in words.
    pub(super) fn becauses(&self, nodes: &[usize]) -> Vec<Because> {
        let each = nodes.iter();
        each.filter_map(|node| self.because(*node, String::new()))
            .collect()
    }

    /// The atoms that made a condition true, each item once.
    pub(super) fn support(&self, condition: &Condition) -> Vec<Because> {
        let readings = &self.evaluation.readings;
        let mut seen = BTreeSet::new();
        let atoms = condition.atoms().into_iter();
        let support = atoms.filter_map(|(index, holding)| {
            let atom = self.rulebook.program.atoms.get(index)?;
            let holds = atom.judge(readings) == Truth::from(holding);
            let not = if holding { "" } else { "not " };
            let is_new = holds && seen.insert(atom.node);
            is_new.then(|| self.tested(atom, not)).flatten()
        });
        support.collect()
    }

    /// The atoms of a condition that are wanted, each with its item and in words.
    pub(super) fn atoms(
        &self,
        condition: &Condition,
        wanted: impl Fn(&Atom, bool) -> bool,
    ) -> Vec<Because> {
        let atoms = condition.atoms();
        let atoms = atoms.iter().filter_map(|(index, holding)| {
            let atom = self.rulebook.program.atoms.get(*index)?;
            let wanted = wanted(atom, *holding);
            wanted.then(|| self.tested(atom, "")).flatten()
        });
        atoms.collect()
    }

    /// The ends of every interval that a number is tested for.
    pub(super) fn limits(&self, node: usize) -> Vec<f64> {
        let atoms = self.rulebook.program.atoms.iter();
        let own = atoms.filter(|atom| atom.node == node);
        let limits = own.filter_map(|atom| {
            let Test::Number(interval) = &atom.test else {
                return None;
            };
            Some([interval.from.limit(), interval.to.limit()])
        });
        limits.flatten().flatten().collect()
    }

    fn tested(&self, atom: &Atom, not: &str) -> Option<Because> {
        let words = test_words(&atom.test, self.rulebook.item(atom.node)?);
        self.because(atom.node, format!("{not}{words}"))
    }
}

impl Evaluated<'_> {
    /// True if a question may be a gap: it is measured, more of it may be called for, and it is
    /// below its top or without an answer.
    pub(super) fn is_gap(&self, node: usize) -> bool {
        self.rulebook.is_measured(node)
            && self.more_is_called_for(node)
            && self.reading(node).is_some_and(|reading| {
                let below = !reading.is_rated() || reading.value < reading.most - TOLERANCE;
                below && !reading.is_absent()
            })
    }

    /// True if more of a question may be called for: not where it is certainly not called for, nor
    /// where it counts for a form of which more is built than is called for.
    pub(super) fn more_is_called_for(&self, node: usize) -> bool {
        let fits = self.rulebook.packs.iter().filter_map(|pack| pack.fit);
        let mut over = fits.filter(|fit| self.fit_state(*fit) == Some(FitState::OverBuilt));
        let reach = self.rulebook.program.reach();
        let is_beyond = over.any(|fit| reach.rests(fit.built, node));
        !is_beyond && self.called_for(node) != Truth::False
    }

    /// Truth of a question being called for.
    pub(super) fn called_for(&self, node: usize) -> Truth {
        let truth = self.evaluation.called_for.get(node);
        truth.copied().unwrap_or(Truth::True)
    }

    /// Truth of any question that a score rests on being called for.
    pub(super) fn score_called_for(&self, node: usize) -> Truth {
        self.any_below(node, |question| self.called_for(question))
            .unwrap_or(Truth::True)
    }

    /// Truth of anything that a finding rests on being called for; for a gap, of more of it.
    pub(super) fn finding_called_for(&self, kind: FindingKind, because: &[Because]) -> Truth {
        let wanted = |node: usize| match kind {
            FindingKind::Fit => Truth::True,
            FindingKind::Gap if !self.more_is_called_for(node) => Truth::False,
            FindingKind::Gap
            | FindingKind::Contradiction
            | FindingKind::Risk
            | FindingKind::Unknown
            | FindingKind::Strength => self.called_for(node),
        };
        let count = self.rulebook.question_count();
        let nodes = self.nodes(because).into_iter();
        let each = nodes.filter_map(|node| {
            if node < count {
                Some(wanted(node))
            } else {
                self.rulebook.program.score(node)?;
                self.any_below(node, wanted)
            }
        });
        each.reduce(Truth::max).unwrap_or(Truth::True)
    }

    /// Highest truth over the questions below an item; `None` where there is none.
    fn any_below(&self, node: usize, wanted: impl Fn(usize) -> Truth) -> Option<Truth> {
        let reach = self.rulebook.program.reach();
        let questions = 0..self.rulebook.question_count();
        let below = questions.filter(|question| reach.rests(node, *question));
        below.map(wanted).reduce(Truth::max)
    }

    /// The sentence on why a higher level of a ladder is not called for: it shows what is built, and
    /// that fits or is more than is called for; or what is built fits, and no form of its pack but the
    /// lowest is called for.
    pub(super) fn enough_on(&self, ladder: usize, pack: usize) -> Option<&'static str> {
        let fit = self.rulebook.packs.get(pack)?.fit?;
        let is_built = fit.built == ladder;
        match self.fit_state(fit)? {
            FitState::OverBuilt => is_built.then_some(OVER_BUILT),
            FitState::Fit if self.reading(fit.called_for)?.held == 1 => Some(LOWEST_FORM),
            FitState::Fit => is_built.then_some(FITS),
            FitState::UnderBuilt | FitState::Open | FitState::NotApplicable => None,
        }
    }
}

/// The outcomes of a decision or the levels of a ladder whose bits are set, in order.
pub(super) fn named(kind: &ItemKind, set: u64) -> Vec<Named> {
    let members = kind.members(set).into_iter();
    members.map(|(id, label)| Named::new(id, label)).collect()
}
