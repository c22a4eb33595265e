//! Everybody who answered in some states, known again by their answers.

use super::sheet::{Name, Said, Sheet};
use crate::answers::respondents::Group;
use crate::rules::vocabulary::Role;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Somebody's answers, with the group they count in.
pub(in crate::answers) type Counted = (Sheet, Option<Group>);

/// Those who count alike, with what they said.
pub(super) type Classes = BTreeMap<Class, Members>;

/// Those who count alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) role: Role,
    /// The group they count in, in each state.
    pub(super) groups: Vec<Option<Group>>,
}

/// Somebody who answered in some states.
struct Person<'a> {
    /// Their sheet in each state that they answered in.
    sheets: Vec<Option<&'a Sheet>>,
    class: Class,
    /// Number of states up to the last that they answered in.
    met: usize,
}

impl<'a> Person<'a> {
    fn new(role: Role, states: usize) -> Self {
        let groups = vec![None; states];
        Self {
            sheets: vec![None; states],
            class: Class { role, groups },
            met: 0,
        }
    }

    fn meet(&mut self, state: usize, sheet: &'a Sheet, group: Option<Group>) {
        self.met = state + 1;
        let slots = self
            .sheets
            .get_mut(state)
            .zip(self.class.groups.get_mut(state));
        if let Some((own, counts_in)) = slots {
            (*own, *counts_in) = (Some(sheet), group);
        }
    }
}

/// People who count alike, and how many of them said something to each question of each state: what
/// one packs ask nobody, others may.
#[derive(Debug, Default)]
pub(super) struct Members {
    people: u32,
    said: Vec<Vec<Counts>>,
}

/// Numbers of people, of those who said something else than a rating, and of those who rated.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) people: u32,
    pub(super) something: u32,
    pub(super) rated: u32,
}

impl Members {
    fn add(&mut self, sheets: &[Option<&Sheet>]) {
        self.people += 1;
        self.said.resize(sheets.len(), Vec::new());
        for (all, sheet) in self.said.iter_mut().zip(sheets) {
            let said = sheet.map_or(&[][..], |sheet| &sheet.said);
            all.resize(all.len().max(said.len()), Counts::default());
            for (counts, said) in all.iter_mut().zip(said) {
                match said {
                    Said::Nothing => {}
                    Said::Something => counts.something += 1,
                    Said::Rated => counts.rated += 1,
                }
            }
        }
    }

    /// Numbers on a question, by its place in each state that asks it: the most that any state holds.
    pub(super) fn on(&self, places: impl Iterator<Item = Option<usize>>) -> Counts {
        let said = self.said.iter().zip(places);
        let said = said.filter_map(|(all, place)| all.get(place?).copied());
        let none = Counts {
            people: self.people,
            ..Counts::default()
        };
        said.fold(none, |most, one| Counts {
            something: most.something.max(one.something),
            rated: most.rated.max(one.rated),
            ..most
        })
    }
}

impl Counts {
    pub(super) fn absorb(&mut self, other: Self) {
        self.people += other.people;
        self.something += other.something;
        self.rated += other.rated;
    }
}

/// Everybody, by role and by the group they count in in each state, with what they said.
///
/// Who is named is known again by name and answers; else by the answers alone, so that of equal ones
/// as many stay as can.
pub(super) fn classes(states: &[&[Counted]], named: bool) -> Classes {
    let mut people: Vec<Person<'_>> = Vec::new();
    let mut known: BTreeSet<(Name, usize)> = BTreeSet::new();
    for (state, sheets) in states.iter().enumerate() {
        let mut passed: HashMap<Name, usize> = HashMap::new();
        for (sheet, group) in *sheets {
            let again = sheet.names(named).find_map(|name| {
                let from = passed.entry(name).or_default();
                for (_, number) in known.range((name, *from)..=(name, usize::MAX)) {
                    *from = number + 1;
                    if people.get(*number).is_some_and(|one| one.met <= state) {
                        return Some(*number);
                    }
                }
                None
            });
            let number = again.unwrap_or(people.len());
            if again.is_none() {
                people.push(Person::new(sheet.role, states.len()));
            }
            known.extend(sheet.names(named).map(|name| (name, number)));
            if let Some(person) = people.get_mut(number) {
                person.meet(state, sheet, *group);
            }
        }
    }
    let mut classes = Classes::new();
    for Person { sheets, class, .. } in people {
        classes.entry(class).or_default().add(&sheets);
    }
    classes
}
