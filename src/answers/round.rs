//! Several states of the answers of the same people, shown by one command.
//!
//! Each state by itself holds figures of groups of at least the minimum. Two of them side by side
//! may hold more: where they differ by one person's answers, those follow by subtraction. So of
//! everybody's answers it is noted in which group they count in each state, and those that count
//! alike in all of them must be of at least the minimum of people. Nothing that is shown changes
//! where two of them swap their answers, so nobody among them is known better than by the counts
//! of all of them.

use super::file::{AnswerFile, ResponseFile, ValueFile};
use super::group::{Group, MergeResult};
use super::{Answers, is_asked, is_in_form};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{FormLength, Role};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One person's answers, by hashes. These never leave memory: answers could be found by trying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The name and the role.
    who: u64,
    /// The answers as written, whatever packs make of them; `None` where they are in no file.
    written: Option<u64>,
    /// The answers as these packs read them, however they are written.
    read: u64,
    role: Role,
}

impl Sheet {
    /// Notes, evidence and dates are no part of a sheet: to write a file anew changes nothing.
    pub(super) fn new(
        (name, role): (&str, Role),
        file: Option<&ResponseFile>,
        rulebook: &Rulebook,
        answers: &Answers,
    ) -> Self {
        let asked = rulebook.questions().zip(&answers.answers);
        let read = asked.map(|(asked, answer)| {
            let worth = answer.claimed.to_bits();
            (&asked.item.id, answer.state, worth, answer.chosen)
        });
        Self {
            who: hash(&(name, role)),
            written: file.map(|file| hash(&written(file))),
            read: hash(&read.collect::<Vec<_>>()),
            role,
        }
    }

    /// Names of this sheet: another with one of them is the same.
    fn names(&self) -> impl Iterator<Item = (u64, bool, u64)> {
        let written = self.written.map(|written| (self.who, true, written));
        written.into_iter().chain([(self.who, false, self.read)])
    }
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// Every answer as written, in the order of its question's name.
fn written(file: &ResponseFile) -> BTreeSet<(&str, &str, BTreeSet<&str>)> {
    let packs = file.answers.iter();
    let answers = packs.flat_map(|(pack, answers)| {
        let answers = answers.iter();
        answers.map(|(id, answer)| (pack.value.as_str(), id.value.as_str(), words(&answer.value)))
    });
    answers.collect()
}

fn words(answer: &AnswerFile) -> BTreeSet<&str> {
    match answer {
        AnswerFile::Value(value) => BTreeSet::from([value.text.as_str()]),
        AnswerFile::List(list) => list.iter().map(|one| one.value.as_str()).collect(),
        AnswerFile::Full(detail) => match detail.value.as_ref().map(|one| &one.value) {
            Some(ValueFile::One(value)) => BTreeSet::from([value.text.as_str()]),
            Some(ValueFile::List(list)) => list.iter().map(|one| one.value.as_str()).collect(),
            None => {
                let away = detail.not_applicable.as_ref();
                away.map(|_| "not applicable").into_iter().collect()
            }
        },
    }
}

/// One state of the answers of many: who counts in which group.
#[derive(Debug, PartialEq)]
pub struct Round {
    pub(super) merged: MergeResult,
    pub(super) weights: BTreeMap<Role, f64>,
    /// The sets of roles that questions are put to.
    pub(super) asked: BTreeSet<BTreeSet<Role>>,
    /// Everybody, with the group they count in.
    pub(super) sheets: Vec<(Sheet, Option<Group>)>,
}

/// Reason why a state is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Its answers become one by other rules than those of a state that is shown.
    Rules,
    /// Its people differ by fewer than the minimum from those of states that are shown.
    Few,
}

/// The states that one command shows of the same people.
#[derive(Debug, Default)]
pub struct Rounds {
    kept: Vec<Arc<Round>>,
    /// Every sheet ever met, by its names.
    sheets: HashMap<(u64, bool, u64), usize>,
    /// By set of roles: who counts alike in the questions put to these.
    parts: BTreeMap<BTreeSet<Role>, Parts>,
}

/// Sheets in classes: those in one class count alike in every state so far.
#[derive(Debug, Default)]
struct Parts {
    class: HashMap<usize, usize>,
    /// Number of sheets in each class.
    sizes: Vec<u32>,
}

/// Numbers of sheets of each class in each group; `None` of those that counted nowhere.
type Split = BTreeMap<(Option<usize>, Group), u32>;

impl Rounds {
    /// Takes in a state, where it may be shown together with all that were taken in before.
    ///
    /// # Errors
    /// Returns the reason why the state may not be shown; it is not taken in then.
    pub fn take(&mut self, round: &Arc<Round>) -> Result<(), Held> {
        // One state by itself needs no more than what it is.
        if let Some(first) = self.kept.first().cloned() {
            if !first.is_alike(round) {
                return Err(Held::Rules);
            }
            self.split_by(round, &first.asked)?;
        }
        self.kept.push(Arc::clone(round));
        Ok(())
    }

    /// Splits all sheets by where they count in one more state.
    fn split_by(&mut self, round: &Round, before: &BTreeSet<BTreeSet<Role>>) -> Result<(), Held> {
        if round.merged.anonymous {
            for roles in round.asked.iter().chain(before) {
                self.look_back(roles.clone());
            }
            let sheets = self.number(round);
            let minimum = round.merged.minimum_group;
            let mut parts = self.parts.iter();
            if !parts.all(|(roles, parts)| parts.allow(&counted(round, &sheets, roles), minimum)) {
                return Err(Held::Few);
            }
            for (roles, parts) in &mut self.parts {
                parts.split(&counted(round, &sheets, roles));
            }
        }
        Ok(())
    }

    /// Splits sheets by the states so far for a set of roles that no question was put to till now.
    fn look_back(&mut self, roles: BTreeSet<Role>) {
        if self.parts.contains_key(&roles) {
            return;
        }
        let mut parts = Parts::default();
        for round in std::mem::take(&mut self.kept) {
            let sheets = self.number(&round);
            parts.split(&counted(&round, &sheets, &roles));
            self.kept.push(round);
        }
        self.parts.insert(roles, parts);
    }

    /// The number of each sheet of a state.
    fn number(&mut self, round: &Round) -> Vec<usize> {
        let numbers = round.sheets.iter().map(|(sheet, _)| {
            let next = self.sheets.len();
            let known = sheet
                .names()
                .find_map(|name| self.sheets.get(&name).copied());
            let number = known.unwrap_or(next);
            for name in sheet.names() {
                self.sheets.entry(name).or_insert(number);
            }
            number
        });
        numbers.collect()
    }
}

impl Round {
    /// The people who answer questions of these lengths and roles.
    pub(super) fn asked(rulebook: &Rulebook, length: FormLength) -> BTreeSet<BTreeSet<Role>> {
        let questions = rulebook.questions().map(|asked| asked.question);
        let asked = questions.filter(|question| is_in_form(question, length));
        let roles = asked.map(|question| {
            let all = Role::ALL.into_iter();
            all.filter(|role| is_asked(question, *role)).collect()
        });
        roles.collect()
    }

    /// Returns true where both make one of many answers by the same rules.
    fn is_alike(&self, other: &Self) -> bool {
        let rules = |round: &Self| MergeResult {
            closed_on: None,
            ..round.merged.clone()
        };
        rules(self) == rules(other) && self.weights == other.weights
    }
}

/// The sheets that count in questions put to these roles: those of groups of which at least the
/// minimum of people are asked. Roles that agreed to be shown are passed over.
fn counted(round: &Round, numbers: &[usize], roles: &BTreeSet<Role>) -> Vec<(usize, Group)> {
    let open = &round.merged.open_roles;
    let sheets = round.sheets.iter().zip(numbers);
    let asked = sheets.filter_map(|((sheet, group), number)| {
        let counts = roles.contains(&sheet.role) && !open.contains(&sheet.role);
        counts.then_some((*number, (*group)?))
    });
    let mut asked: Vec<(usize, Group)> = asked.collect();
    let mut sizes: BTreeMap<Group, u32> = BTreeMap::new();
    for (_, group) in &asked {
        *sizes.entry(*group).or_default() += 1;
    }
    let minimum = round.merged.minimum_group;
    asked.retain(|(_, group)| sizes.get(group).is_some_and(|size| *size >= minimum));
    asked
}

impl Parts {
    fn counts(&self, counted: &[(usize, Group)]) -> Split {
        let mut split = Split::new();
        for (sheet, group) in counted {
            let class = self.class.get(sheet).copied();
            *split.entry((class, *group)).or_default() += 1;
        }
        split
    }

    /// Returns true where no class would have fewer than the minimum, but nobody.
    fn allow(&self, counted: &[(usize, Group)], minimum: u32) -> bool {
        let split = self.counts(counted);
        let mut left = self.sizes.clone();
        for ((class, _), count) in &split {
            if let Some(size) = class.and_then(|class| left.get_mut(class)) {
                *size -= count;
            }
        }
        let mut all = split.into_values().chain(left);
        all.all(|count| count == 0 || count >= minimum)
    }

    /// Parts the sheets that count in another group, or no longer or only now.
    fn split(&mut self, counted: &[(usize, Group)]) {
        let mut classes: BTreeMap<(Option<usize>, Group), usize> = BTreeMap::new();
        for ((class, group), count) in self.counts(counted) {
            if let Some(size) = class.and_then(|class| self.sizes.get_mut(class)) {
                *size -= count;
            }
            classes.insert((class, group), self.sizes.len());
            self.sizes.push(count);
        }
        for (sheet, group) in counted {
            let class = self.class.get(sheet).copied();
            if let Some(new) = classes.get(&(class, *group)) {
                self.class.insert(*sheet, *new);
            }
        }
    }
}
