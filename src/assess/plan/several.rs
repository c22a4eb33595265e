//! Several choices of one question, made true one after the other.

use crate::answers::Answer;
use crate::rules::condition::Test;
use crate::rules::rulebook::Question;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// Worths of sets of choices of one question.
#[derive(Debug, Clone)]
pub(super) struct Several {
    /// The worth of each choice.
    worths: Vec<f64>,
    /// The choices that cannot be taken with others, as bits.
    alone: u64,
    cap: Option<f64>,
    /// The choices taken now.
    chosen: u64,
    /// The worth now, where that is not of the choices taken: a mean of many people.
    merged: Option<f64>,
}

impl Several {
    pub(super) fn new(question: &Question, given: Answer) -> Self {
        let choices = question.choices.iter();
        let alone = choices.clone().enumerate().filter(|(_, one)| one.exclusive);
        let mut several = Self {
            worths: choices.map(|one| one.score.unwrap_or(0.0)).collect(),
            alone: alone.fold(0, |set, (place, _)| set | 1 << place),
            cap: question.cap,
            chosen: given.chosen,
            merged: None,
        };
        let plain = (several.worth(given.chosen) - given.counted).abs() <= TOLERANCE;
        if given.state == State::Rated && !plain {
            several.merged = Some(given.counted);
        }
        several
    }

    /// The choices that can still be made true, as bits.
    pub(super) fn free(&self) -> u64 {
        !(self.alone | self.chosen)
    }

    /// The answer once these are true too. Where many answered it is worth at least their mean.
    pub(super) fn with(&self, from: &Answer, added: u64) -> Answer {
        let chosen = (from.chosen & !self.alone) | added;
        let worth = self.worth(chosen);
        Answer::rated(self.merged.map_or(worth, |mean| worth.max(mean)), chosen)
    }

    /// Number of choices taken once so many more are.
    pub(super) fn count(&self, added: u32) -> u32 {
        (self.chosen & !self.alone).count_ones() + added
    }

    /// The most that making one of these true can add.
    pub(super) fn gain(&self, added: u64) -> f64 {
        let now = self.merged.unwrap_or_else(|| self.worth(self.chosen));
        // With the first one, choices that cannot be taken with others go.
        let freed = self.worth(self.chosen & !self.alone) - now;
        (self.sum(added) + freed.max(0.0)).max(0.0)
    }

    fn worth(&self, chosen: u64) -> f64 {
        let sum = self.sum(chosen);
        self.cap.map_or(sum, |cap| sum.min(cap))
    }

    fn sum(&self, chosen: u64) -> f64 {
        let worths = self.worths.iter().enumerate();
        let taken = worths.filter(|(place, _)| chosen >> place & 1 == 1);
        taken.map(|(_, worth)| worth).sum()
    }
}

/// The marks that distinguish choices: the worth of each, and the tests it passes.
type Key = (Option<u64>, Vec<bool>);

/// The choices among these, as bits, in groups that are worth the same and that no test
/// distinguishes.
pub(super) fn alike(question: &Question, tests: &[Test], among: u64) -> Vec<u64> {
    let key = |place: usize| -> Key {
        let told = tests.iter().map(|test| match test {
            Test::OneOf(set) | Test::SomeOf(set) => set >> place & 1 == 1,
            Test::Any | Test::Number(_) | Test::Index(_) | Test::Unknown | Test::NotApplicable => {
                false
            }
        });
        let worth = question.choices.get(place).and_then(|one| one.score);
        (worth.map(f64::to_bits), told.collect())
    };
    let mut groups: Vec<(Key, u64)> = Vec::new();
    let places = (0..question.choices.len()).filter(|place| among >> place & 1 == 1);
    for place in places {
        let key = key(place);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => *group |= 1 << place,
            None => groups.push((key, 1 << place)),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
