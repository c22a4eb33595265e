//! What may be shown of the answers to one question.

use super::crowd::Crowd;
use super::many::{Merged, is_number, quantile, weight};
use crate::answers::agreement::{FEWEST, answers, contested, rwg};
use crate::answers::panel::hide::{Part, Scale, complemented, gives_away, is_cover};
use crate::answers::panel::{Comment, Depth, Estimate, GroupOutcome, Shown, Spread, Voice};
use crate::answers::tally::{Cell, asked};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question};
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;

/// The answers to one question by role, with who is hidden.
pub(super) struct Table<'a> {
    crowd: &'a Crowd<'a>,
    node: usize,
    question: &'a Question,
    /// Roles that the question is put to, of those that answered anything.
    pub(super) cells: Vec<(Role, &'a Cell)>,
    /// How many of each role answered.
    sizes: Vec<u32>,
    /// Which groups their sizes hide.
    small: Vec<bool>,
    /// Which groups are hidden: those, or all where the others would give them away.
    hidden: Vec<bool>,
    /// What answers are worth, where they have a scale.
    scale: Option<Scale>,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        crowd: &'a Crowd<'a>,
        node: usize,
        item: &Item,
        question: &'a Question,
    ) -> Self {
        let cells = crowd.tally.cells(node);
        let cells: Vec<_> = cells.filter(|(role, _)| asked(question, *role)).collect();
        let rated = cells.iter().any(|(_, cell)| cell.rated > 0);
        let size = |cell: &Cell| {
            if rated {
                cell.rated
            } else {
                cell.not_applicable
            }
        };
        let sizes: Vec<u32> = cells.iter().map(|(_, cell)| size(cell)).collect();
        let rules = &crowd.rules;
        let small = cells.iter().zip(&sizes).map(|((role, _), size)| {
            let few = (1..rules.minimum).contains(size) && !rules.waives(*role);
            few || crowd.hides(*role)
        });
        let hidden = complemented(&sizes, small.collect(), rules.minimum);
        let mut table = Self {
            crowd,
            node,
            question,
            cells,
            sizes,
            small: hidden.clone(),
            hidden,
            scale: scale(item, question),
        };
        if table.gives_away() || (table.is_vote() && table.hides()) {
            table.hidden.fill(true);
        }
        table
    }

    /// Whether what comes of the answers is a choice and no mean. Beside the shares of some groups it
    /// says of the others that they must have made, or left, the difference.
    fn is_vote(&self) -> bool {
        let several = self.question.kind == QuestionType::SelectMultiple;
        several || (self.scale.is_none() && !self.question.choices.is_empty())
    }

    fn gives_away(&self) -> bool {
        let Some(scale) = self.scale else {
            return false;
        };
        let parts = self.cells.iter().zip(&self.hidden);
        let part = |((role, cell), hidden): (&(Role, &Cell), &bool)| {
            Some(Part {
                weight: weight(*role, cell, &self.crowd.rules),
                worth: cell.mean()?,
                hidden: *hidden,
            })
        };
        let parts: Vec<Part> = parts.filter_map(part).collect();
        parts.iter().any(|part| !part.hidden) && gives_away(&parts, scale)
    }

    fn hides(&self) -> bool {
        self.hidden.contains(&true)
    }

    /// Whether too few people answered for even the value of all of them to count: it would be
    /// that of one hidden group.
    pub(super) fn is_closed(&self) -> bool {
        let groups = self.sizes.iter().filter(|size| **size > 0).count();
        if self.crowd.is_few() {
            return groups == 1 && self.crowd.is_mixed();
        }
        let covered = is_cover(&self.sizes, &self.hidden, self.crowd.rules.minimum);
        groups > 0 && self.hides() && !covered
    }

    /// What may be shown; `None` where no respondent said anything.
    pub(super) fn voice(&self, merged: &Merged) -> Option<Voice> {
        if self.is_closed() {
            return Some(Voice {
                roles: self.roles(|_, _, _| Shown::Hidden),
                hearing: GroupOutcome::Closed,
                ..Voice::default()
            });
        }
        if merged.state == State::Missing {
            return None;
        }
        let rated = !merged.split && merged.state == State::Rated;
        let roles = if rated { self.roles(shown) } else { Vec::new() };
        let gap = gap(self.scale, &roles);
        let agreement = self.agreement();
        let heard = self.open().map(|cell| cell.rated).sum();
        Some(Voice {
            people: (!self.hides()).then(|| self.sizes.iter().sum()),
            roles,
            gap,
            spread: self.spread(),
            estimate: (rated && is_number(self.question.kind)).then(|| self.estimate()),
            contested: merged.split || contested(heard, agreement, gap),
            mixed: merged.mixed && self.open().any(|cell| cell.not_applicable > 0),
            hearing: if merged.split {
                GroupOutcome::Split
            } else {
                GroupOutcome::Merged
            },
            comments: self.comments(),
        })
    }

    /// One entry per role, where answers have a scale.
    fn roles(&self, show: fn(&Cell, u32, bool) -> Shown) -> Vec<(Role, Shown)> {
        let rows = self.cells.iter().zip(&self.sizes).zip(&self.hidden);
        let rows = rows.filter(|_| self.scale.is_some());
        rows.map(|(((role, cell), size), hidden)| (*role, show(cell, *size, *hidden)))
            .collect()
    }

    /// The groups that are large enough to speak, or where none is, all of them together. Whether
    /// a small group agrees with one that is shown would tell what it said.
    fn open(&self) -> impl Iterator<Item = &'a Cell> {
        let large = |(size, small): (&u32, &bool)| *size > 0 && !*small;
        let some = self.sizes.iter().zip(&self.small).any(large);
        let rows = self.cells.iter().zip(&self.small);
        let rows = rows.filter(move |(_, small)| !some || !**small);
        rows.map(|((_, cell), _)| *cell)
    }

    /// How many took each choice.
    fn counts(&self) -> Vec<u32> {
        let mut all = vec![0; self.question.choices.len()];
        for cell in self.open() {
            for (count, more) in all.iter_mut().zip(&cell.counts) {
                *count += more;
            }
        }
        all
    }

    fn agreement(&self) -> Option<f64> {
        ordered(self.question, &self.counts()).and_then(|counts| rwg(&counts))
    }

    /// The spread of the groups that are shown.
    fn spread(&self) -> Option<Spread> {
        let counts = self.counts();
        let shown = self.hidden.contains(&false) && counts.iter().any(|count| *count > 0);
        shown.then(|| Spread {
            people: self.open().map(|cell| cell.rated).sum(),
            agreement: self.agreement(),
            counts,
        })
    }

    /// The middle half is shown of twice the minimum of people, and only where no group is hidden:
    /// beside the median over everybody it would tell of a hidden one.
    fn estimate(&self) -> Estimate {
        let rules = &self.crowd.rules;
        let people: u32 = self.sizes.iter().sum();
        let enough = !self.hides() && people >= rules.minimum * 2;
        let at = |share| quantile(self.question.kind, &self.cells, rules, share);
        Estimate {
            middle: enough.then(|| at(0.25).zip(at(0.75))).flatten(),
        }
    }

    fn comments(&self) -> Vec<Comment> {
        let mut list = Vec::new();
        let rows = self.cells.iter().zip(&self.sizes).zip(&self.hidden);
        for (((role, _), _), _) in rows.filter(|((_, size), hidden)| **size > 0 && !**hidden) {
            let texts = self.crowd.tally.comments.get(&(self.node, *role));
            list.extend(texts.into_iter().flatten().map(|text| Comment {
                role: *role,
                text: text.clone(),
            }));
        }
        list.sort_unstable();
        list
    }

    pub(super) fn depth(&self) -> Depth {
        let mut depth = Depth {
            people: self.cells.iter().map(|(_, cell)| cell.rated).sum(),
            ..Depth::default()
        };
        for (role, _) in self.cells.iter().filter(|(_, cell)| cell.rated > 0) {
            if let Some(slot) = depth.roles.get_mut(*role as usize) {
                *slot = true;
            }
        }
        let agreed = ordered(self.question, &self.counts());
        let agreed = agreed.filter(|counts| answers(counts) >= FEWEST);
        depth.agreement = agreed.as_deref().and_then(rwg);
        depth
    }
}

fn shown(cell: &Cell, size: u32, hidden: bool) -> Shown {
    match cell.mean() {
        _ if hidden => Shown::Hidden,
        Some(worth) => Shown::Mean {
            people: size,
            worth,
        },
        None => Shown::Nobody,
    }
}

/// How many took each choice by score, where the choices have an order and each person took one.
pub(crate) fn ordered(question: &Question, counts: &[u32]) -> Option<Vec<u32>> {
    let one = matches!(
        question.kind,
        QuestionType::Rating | QuestionType::SelectOne
    );
    let scores = question.choices.iter().map(|choice| choice.score);
    let scores: Vec<f64> = scores.collect::<Option<_>>().filter(|_| one)?;
    let mut pairs: Vec<(f64, u32)> = scores.into_iter().zip(counts.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some(pairs.into_iter().map(|(_, count)| count).collect())
}

/// How far the two shown roles that differ most lie apart, in steps of a scale of 0..4.
pub(crate) fn gap(scale: Option<Scale>, roles: &[(Role, Shown)]) -> Option<f64> {
    let Scale { least, most, .. } = scale.filter(|scale| scale.most > scale.least)?;
    let means = || roles.iter().filter_map(|(_, shown)| shown.worth());
    let (low, high) = (means().reduce(f64::min)?, means().reduce(f64::max)?);
    (means().count() >= 2).then_some((high - low) / (most - least) * 4.0)
}

/// What answers to a question can be worth, where it is scored on a scale.
pub(crate) fn scale(item: &Item, question: &Question) -> Option<Scale> {
    let (least, most) = match (&item.domain, question.kind) {
        (Domain::Number { least, most, .. }, QuestionType::Rating) => (*least, *most),
        (
            Domain::Choices {
                worth: Some(ends), ..
            },
            QuestionType::SelectOne | QuestionType::SelectMultiple,
        ) => *ends,
        _ => return None,
    };
    let steps = question.choices.len().saturating_sub(1).max(1);
    let steps = f64::from(u32::try_from(steps).unwrap_or(u32::MAX));
    Some(Scale {
        least,
        most,
        step: (most - least) / steps,
    })
}
