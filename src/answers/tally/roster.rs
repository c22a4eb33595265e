//! The groups that count, and their answers.
//!
//! Nobody is known better than by the counts of a group of at least the minimum, because nothing
//! but the [`Ballot`] of such groups goes on from here. Who is in which group never depends on an
//! answer:
//!
//! - A role of at least the minimum of people is a group, and so is a role that agreed to be shown.
//! - The people of all other roles are one group, where they are at least the minimum together.
//! - Else they are left out, of every figure.

use super::{Cell, MOST_COMMENTS, ScaleTally, Tally, grained};
use crate::answers::respondents::{Group, RoleCount, ScaleResult};
use crate::answers::response::GroupRules;
use crate::answers::round::Round;
use crate::answers::statistics::ScaleSums;
use crate::answers::{is_asked, is_in_form};
use crate::rules::rulebook::{Asked, Question, Rulebook};
use crate::rules::vocabulary::{FormLength, Role, State};
use std::sync::Arc;

/// The groups of a folder.
pub(in crate::answers) struct Roster<'a> {
    tally: &'a Tally,
    rules: &'a GroupRules,
    groups: Vec<Counted>,
    /// The roles whose people are in no group.
    pub(in crate::answers) left_out: Vec<Role>,
}

/// A group that counts.
struct Counted {
    group: Group,
    roles: Vec<Role>,
    /// The fewest people whose answers are counted and shown.
    least: u32,
}

/// The answers of the groups to one question.
pub(in crate::answers) struct Ballot {
    /// State of the question; `None` where it is closed: nothing of it may be told.
    pub(in crate::answers) state: Option<State>,
    /// The groups of which enough people rated it.
    pub(in crate::answers) rated: Vec<Published>,
    /// The other groups it is put to, each with the number of people who rated it where that is
    /// known to be none.
    pub(in crate::answers) unrated: Vec<(Group, Option<u32>)>,
    /// True if it does not apply to some people of a group that rated it.
    pub(in crate::answers) mixed: bool,
}

/// The answers of a group of which enough people rated a question.
pub(in crate::answers) struct Published {
    pub(in crate::answers) group: Group,
    pub(in crate::answers) cell: Cell,
    /// Weight of its mean.
    pub(in crate::answers) weight: f64,
    /// Comments, sorted.
    pub(in crate::answers) comments: Vec<String>,
}

impl<'a> Roster<'a> {
    pub(in crate::answers) fn new(tally: &'a Tally, rules: &'a GroupRules) -> Self {
        let minimum = rules.merged.minimum_group;
        let present = Role::ALL
            .into_iter()
            .filter(|role| tally.people_of(*role) > 0);
        let is_open =
            |role: &Role| !rules.merged.anonymous || rules.merged.open_roles.contains(role);
        let alone = |role: &Role| is_open(role) || tally.people_of(*role) >= minimum;
        let (alone, small): (Vec<Role>, Vec<Role>) = present.partition(alone);
        let groups = alone.into_iter().map(|role| Counted {
            group: Group::Role(role),
            roles: vec![role],
            least: if is_open(&role) { 1 } else { minimum },
        });
        let mut groups: Vec<Counted> = groups.collect();
        let together: u32 = small.iter().map(|role| tally.people_of(*role)).sum();
        let mut left_out = Vec::new();
        if together >= minimum {
            groups.push(Counted {
                group: Group::OTHERS,
                roles: small,
                least: minimum,
            });
        } else {
            left_out = small;
        }
        Self {
            tally,
            rules,
            groups,
            left_out,
        }
    }

    /// Returns true where nobody may be shown.
    pub(in crate::answers) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups with their numbers of people and weights.
    pub(in crate::answers) fn counts(&self) -> Vec<RoleCount> {
        let counts = self.groups.iter().map(|one| RoleCount {
            role: one.group,
            people: self.people(&one.roles),
            weight: self.rules.weight(one.group),
        });
        counts.collect()
    }

    /// The roles that count together.
    pub(in crate::answers) fn others(&self) -> Vec<Role> {
        let mut groups = self.groups.iter();
        let others = groups.find(|one| one.group == Group::OTHERS);
        others.map_or_else(Vec::new, |one| one.roles.clone())
    }

    fn people(&self, roles: &[Role]) -> u32 {
        roles.iter().map(|role| self.tally.people_of(*role)).sum()
    }

    /// The answers to a question, as far as they count.
    pub(in crate::answers) fn ballot(&self, asked: Asked<'_>) -> Ballot {
        let mut ballot = Ballot {
            state: None,
            rated: Vec::new(),
            unrated: Vec::new(),
            mixed: false,
        };
        let (mut states, mut closed) = (Vec::new(), false);
        for one in &self.groups {
            let roles = one.asked(asked.question);
            if roles.is_empty() {
                continue;
            }
            let cell = self.cell(asked.node, &roles);
            let state = cell.state(one.least, self.people(&roles));
            if state == Some(State::Rated) {
                ballot.mixed |= cell.not_applicable > 0;
                ballot
                    .rated
                    .push(self.published(one, cell, (asked.node, &roles)));
            } else {
                ballot
                    .unrated
                    .push((one.group, (one.least == 1).then_some(0)));
            }
            states.extend(state);
            closed |= state.is_none();
        }
        let all = [State::Rated, State::NotApplicable, State::Unknown];
        let first = all.into_iter().find(|state| states.contains(state));
        let left_out = || {
            self.left_out
                .iter()
                .any(|role| is_asked(asked.question, *role))
        };
        // Nobody who counts answered; or nobody is there to answer.
        let silent = !closed && (!states.is_empty() || !left_out());
        ballot.state = first.or_else(|| silent.then_some(State::Missing));
        ballot
    }

    /// The answers of these roles together.
    fn cell(&self, question: usize, roles: &[Role]) -> Cell {
        let mut all = Cell::default();
        for role in roles {
            let place = question * Role::ALL.len() + *role as usize;
            if let Some(cell) = self.tally.cells.get(place) {
                all.absorb(cell);
            }
        }
        all
    }

    fn published(&self, one: &Counted, cell: Cell, (node, roles): (usize, &[Role])) -> Published {
        let texts = roles
            .iter()
            .filter_map(|role| self.tally.comments.get(&(node, *role)));
        let mut comments: Vec<String> = texts.flatten().cloned().collect();
        comments.sort_unstable();
        comments.truncate(MOST_COMMENTS);
        Published {
            group: one.group,
            weight: if self.rules.merged.pooled {
                f64::from(cell.rated)
            } else {
                self.rules.weight(one.group)
            },
            cell,
            comments,
        }
    }

    /// The sections whose ratings make a scale and are all in the form, over the people of each group
    /// of which enough gave all of them.
    pub(in crate::answers) fn scales(
        &self,
        rulebook: &Rulebook,
        length: FormLength,
    ) -> Vec<ScaleResult> {
        let is_asked = |scale: &&ScaleTally| {
            let mut all = scale
                .questions
                .iter()
                .filter_map(|node| rulebook.asked(*node));
            all.all(|asked| is_in_form(asked.question, length))
        };
        let scales = self.tally.scales.iter().filter(is_asked);
        let scales = scales.filter_map(|scale| {
            let mut all = ScaleSums::default();
            for one in &self.groups {
                let mut own = ScaleSums::default();
                let sums = one
                    .roles
                    .iter()
                    .filter_map(|role| scale.sums.get(*role as usize));
                sums.for_each(|sums| own.absorb(sums));
                if own.people >= one.least {
                    all.absorb(&own);
                }
            }
            let section = rulebook.sections.get(scale.section)?;
            Some(ScaleResult {
                id: rulebook.section_id(section),
                title: section.title.clone(),
                questions: scale.questions.len(),
                people: all.people,
                alpha: grained(all.alpha()?),
            })
        });
        scales.collect()
    }

    /// The people, to compare with other states.
    pub(in crate::answers) fn round(&self, rulebook: &Rulebook, length: FormLength) -> Arc<Round> {
        let sheets = self.tally.sheets.iter().map(|(role, sheet)| {
            let mut groups = self.groups.iter();
            let own = groups.find(|one| one.roles.contains(role));
            (sheet.clone(), own.map(|one| one.group))
        });
        Arc::new(Round {
            merged: self.rules.merged.clone(),
            weights: self.rules.weights.clone(),
            asked: Round::asked(rulebook, length),
            sheets: sheets.collect(),
        })
    }
}

impl Counted {
    /// The roles of the group that a question is put to.
    fn asked(&self, question: &Question) -> Vec<Role> {
        let roles = self.roles.iter().copied();
        roles.filter(|role| is_asked(question, *role)).collect()
    }
}

impl Cell {
    /// State of a question for a group of which so many people are asked; `None` where nothing may
    /// be told, as the statement would be one on fewer people than the least.
    fn state(&self, least: u32, people: u32) -> Option<State> {
        let said = self.rated + self.not_applicable + self.unknown;
        match self {
            _ if people < least => None,
            _ if self.rated >= least => Some(State::Rated),
            _ if self.not_applicable >= least => Some(State::NotApplicable),
            _ if self.unknown >= least => Some(State::Unknown),
            _ if said == 0 => Some(State::Missing),
            _ => None,
        }
    }
}
