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
    /// The first state they answered in.
    pub(super) first: usize,
    /// The group they count in, in each state.
    pub(super) groups: Vec<Option<Group>>,
}

/// Somebody who answered in some states.
struct Person<'a> {
    sheet: &'a Sheet,
    class: Class,
    /// Number of states up to the last that they answered in.
    met: usize,
}

impl<'a> Person<'a> {
    fn new(sheet: &'a Sheet, first: usize, states: usize) -> Self {
        let class = Class {
            role: sheet.role,
            first,
            groups: vec![None; states],
        };
        Self {
            sheet,
            class,
            met: first,
        }
    }

    fn meet(&mut self, state: usize, group: Option<Group>) {
        self.met = state + 1;
        if let Some(slot) = self.class.groups.get_mut(state) {
            *slot = group;
        }
    }
}

/// People who count alike, and how many of them said something to each question.
#[derive(Debug, Default)]
pub(super) struct Members {
    people: u32,
    said: Vec<Counts>,
}

/// Numbers of people, of those who said something else than a rating, and of those who rated.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) people: u32,
    pub(super) something: u32,
    pub(super) rated: u32,
}

impl Members {
    fn add(&mut self, sheet: &Sheet) {
        self.people += 1;
        self.said.resize(sheet.said.len(), Counts::default());
        for (counts, said) in self.said.iter_mut().zip(&sheet.said) {
            match said {
                Said::Nothing => {}
                Said::Something => counts.something += 1,
                Said::Rated => counts.rated += 1,
            }
        }
    }

    /// Numbers on a question; `None` where it was not asked when they answered.
    pub(super) fn on(&self, question: Option<usize>) -> Counts {
        let said = question.and_then(|question| self.said.get(question));
        Counts {
            people: self.people,
            ..said.copied().unwrap_or_default()
        }
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
                people.push(Person::new(sheet, state, states.len()));
            }
            known.extend(sheet.names(named).map(|name| (name, number)));
            if let Some(person) = people.get_mut(number) {
                person.meet(state, *group);
            }
        }
    }
    let mut classes = Classes::new();
    for Person { sheet, class, .. } in people {
        classes.entry(class).or_default().add(sheet);
    }
    classes
}
