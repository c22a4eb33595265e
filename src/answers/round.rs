//! Several states of the answers of the same people, shown by one command.
//!
//! Each state by itself holds figures of groups of at least the minimum. Two of them side by side
//! may hold more: where they differ by one person's answers, those follow by subtraction. So it is
//! noted of everybody in which group they count in each state. Those who count alike in all of them
//! must be nobody or at least the minimum, and so must those of them who rated a question of which
//! figures are shown. Nothing that is shown changes where two of them swap their answers, so nobody
//! among them is known better than by the counts of all of them.
//!
//! People are known again by their names and answers; and, since names may be numbers of rows or
//! chosen anew, by their answers alone. Both have to hold.

mod people;
mod sheet;

pub(super) use sheet::Sheet;

use super::respondents::{Group, MergeResult};
use super::{is_asked, is_in_form};
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::{FormLength, Role};
use people::{Classes, Counted, Counts, classes};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// One state of the answers of many: who counts in which group.
#[derive(Debug, PartialEq)]
pub struct Round {
    pub(super) merged: MergeResult,
    pub(super) weights: BTreeMap<Role, f64>,
    /// Every question and every scale.
    pub(super) asked: Vec<Asked>,
    /// Everybody, with the group they count in.
    pub(super) sheets: Vec<Counted>,
}

/// A question or scale of a state.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    /// Every id that it goes by or went by; of a scale, those of its questions. One that goes by one of
    /// them in another state is the same.
    names: BTreeSet<String>,
    /// The roles that it is put to.
    roles: BTreeSet<Role>,
}

/// Reason why a state is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Its answers become one by other rules than those of a state that is shown.
    Rules,
    /// Its people differ by fewer than the minimum from those of states that are shown.
    Few,
    /// Of it, or of one that is shown, no more is known than a stored result, and not all rounds are
    /// closed, each on another day.
    Stored,
}

/// The states that one command shows of the same people.
#[derive(Debug, Default)]
pub struct Rounds {
    kept: Vec<Arc<Round>>,
    /// The rules of stored results.
    stored: Vec<MergeResult>,
}

/// The place of a question among those of each state that asks it.
type Places = Vec<Option<usize>>;
/// Numbers of those who count alike in a question, by their group in each state.
type Alike = BTreeMap<Vec<Option<Group>>, Counts>;

impl Rounds {
    /// Takes in a state, where it may be shown together with all that were taken in before.
    ///
    /// # Errors
    /// Returns the reason why the state may not be shown; it is not taken in then.
    pub fn take(&mut self, round: &Arc<Round>) -> Result<(), Held> {
        if self.kept.contains(round) {
            return Ok(());
        }
        let mut kept = self.kept.iter();
        if kept.any(|one| one.weights != round.weights) {
            return Err(Held::Rules);
        }
        self.follow(&round.merged, !self.stored.is_empty())?;
        self.kept.push(Arc::clone(round));
        if round.merged.anonymous && ![true, false].into_iter().all(|named| self.allow(named)) {
            self.kept.pop();
            return Err(Held::Few);
        }
        Ok(())
    }

    /// Takes in a stored result, of which only the rules are known.
    ///
    /// # Errors
    /// Returns the reason why it may not be shown; it is not taken in then.
    pub fn take_stored(&mut self, merged: &MergeResult) -> Result<(), Held> {
        self.follow(merged, true)?;
        self.stored.push(merged.clone());
        Ok(())
    }

    /// Returns an error where a state may not follow those taken in, whoever answered.
    fn follow(&self, merged: &MergeResult, is_stored: bool) -> Result<(), Held> {
        let kept = self.kept.iter().map(|round| &round.merged);
        let mut all = kept.chain(&self.stored);
        if all.clone().any(|one| !one.is_alike(merged)) {
            return Err(Held::Rules);
        }
        let day = &merged.closed_on;
        let apart = |one: &MergeResult| !one.is_open() && one.closed_on != *day;
        let bound = is_stored && merged.anonymous;
        if bound && all.clone().next().is_some() && (merged.is_open() || !all.all(apart)) {
            return Err(Held::Stored);
        }
        Ok(())
    }

    /// Returns true where everybody counts alike with enough others, in every question.
    fn allow(&self, named: bool) -> bool {
        let sheets = self.kept.iter().map(|round| round.sheets.as_slice());
        let classes = classes(&sheets.collect::<Vec<_>>(), named);
        let places = self.places();
        let mut places = places.iter();
        places.all(|places| self.allow_question(places, &classes, named))
    }

    /// Every question of every state, with those that are the same in the others.
    fn places(&self) -> BTreeSet<Places> {
        let known = self.kept.iter().map(|round| {
            let all = round.asked.iter().enumerate();
            let names = all.flat_map(|(place, one)| one.names.iter().map(move |it| (it, place)));
            names.collect::<HashMap<_, _>>()
        });
        let known: Vec<_> = known.collect();
        let mut all = BTreeSet::new();
        for (state, round) in self.kept.iter().enumerate() {
            for (own, one) in round.asked.iter().enumerate() {
                let places = known.iter().enumerate().map(|(other, all)| {
                    let mut names = one.names.iter();
                    let same = names.find_map(|name| all.get(name).copied());
                    if other == state { Some(own) } else { same }
                });
                all.insert(places.collect());
            }
        }
        all
    }

    /// Returns true where nothing follows of a question from all states together: those who count
    /// alike in it are enough, and nobody of them says anything or enough rate it. Without names, those
    /// who seem to stay may be others who answer alike by chance: these may be few.
    fn allow_question(&self, places: &Places, classes: &Classes, named: bool) -> bool {
        let mut alike = Alike::new();
        for (class, said) in classes {
            let groups = class.groups.iter().zip(&self.kept).zip(places);
            let groups = groups.map(|((group, round), place)| {
                let one = round.asked.get((*place)?)?;
                let counts = one.roles.contains(&class.role) && !round.is_open(class.role);
                group.filter(|_| counts)
            });
            let groups: Vec<_> = groups.collect();
            let said = said.on(groups
                .iter()
                .zip(places)
                .map(|(group, place)| group.and(*place)));
            alike.entry(groups).or_default().absorb(said);
        }
        // A group of which fewer are asked is closed, whatever these say.
        let asked = self.groups(&alike, |counts| counts.people);
        let alike = within(alike, &asked);
        let shown = self.groups(&alike, |counts| counts.rated);
        let is_enough = |people: u32| people >= self.minimum();
        alike.iter().all(|(groups, counts)| {
            let own = || groups.iter().zip(&shown);
            let own = || own().filter_map(|(group, shown)| Some((group.as_ref()?, shown)));
            let is_shown = own().any(|(group, shown)| shown.contains(group));
            let is_silent = counts.something + counts.rated == 0;
            let tells = is_shown && !is_silent && !is_enough(counts.rated);
            let is_chance = !named && groups.iter().all(Option::is_some);
            own().next().is_none() || is_chance || (is_enough(counts.people) && !tells)
        })
    }

    /// The groups of each state in which enough people count.
    fn groups(&self, alike: &Alike, count: impl Fn(&Counts) -> u32) -> Vec<BTreeSet<Group>> {
        let groups = (0..self.kept.len()).map(|state| {
            let mut people: BTreeMap<Group, u32> = BTreeMap::new();
            for (groups, counts) in alike {
                if let Some(group) = groups.get(state).copied().flatten() {
                    *people.entry(group).or_default() += count(counts);
                }
            }
            people.retain(|_, people| *people >= self.minimum());
            people.into_keys().collect()
        });
        groups.collect()
    }

    /// The fewest people of a group, the same in all states.
    fn minimum(&self) -> u32 {
        let first = self.kept.first();
        first.map_or(0, |round| round.merged.minimum_group)
    }
}

/// Those who count alike in some of the groups alone.
fn within(alike: Alike, groups: &[BTreeSet<Group>]) -> Alike {
    let mut within = Alike::new();
    for (own, counts) in alike {
        let own = own.into_iter().zip(groups);
        let own = own.map(|(group, all)| group.filter(|one| all.contains(one)));
        within.entry(own.collect()).or_default().absorb(counts);
    }
    within
}

impl Round {
    /// Every question and every scale.
    pub(super) fn asked(rulebook: &Rulebook, length: FormLength) -> Vec<Asked> {
        let names = rulebook.names();
        let roles = |question: &Question| -> BTreeSet<Role> {
            let all = Role::ALL.into_iter();
            let is_in = is_in_form(question, length);
            all.filter(|role| is_in && is_asked(question, *role))
                .collect()
        };
        let questions = rulebook.questions();
        let questions = questions.enumerate().map(|(node, asked)| Asked {
            names: names.get(&node).cloned().unwrap_or_default(),
            roles: roles(asked.question),
        });
        let scales = rulebook.scales().into_iter().map(|(_, all)| {
            let of_all = all.iter().filter_map(|node| names.get(node)).flatten();
            let all = all.iter().filter_map(|node| rulebook.asked(*node));
            let all = all.map(|asked| roles(asked.question));
            let together = all.reduce(|together, one| &together & &one);
            Asked {
                names: of_all.map(|name| format!("scale with {name}")).collect(),
                roles: together.unwrap_or_default(),
            }
        });
        questions.chain(scales).collect()
    }

    /// Returns true for a role that agreed to be shown.
    fn is_open(&self, role: Role) -> bool {
        self.merged.open_roles.contains(&role)
    }
}
