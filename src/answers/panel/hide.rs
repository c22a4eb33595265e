//! Groups of a table that are hidden, so that no small group's figure is shown or follows.
//!
//! Four rules, the first two for counts, the third for values and the last for votes:
//!
//! 1. A group with fewer people than the minimum is hidden.
//! 2. While what is hidden is one group only, or fewer people than the minimum, the next smallest
//!    group is hidden too: the value over all groups is always shown, and a single hidden group
//!    would follow from it by subtraction.
//! 3. Even the sum of two hidden groups can give both away: if it is the most it can be, each of
//!    them is. Where what shows would leave a hidden group less than half of its scale, or less
//!    than two steps, every group of the table is hidden. Half, not all: the value over everybody
//!    narrows each group by itself, and it is always shown.
//! 4. Where a question is settled by votes (facts, and each of several choices), who won is always
//!    shown. Together with the votes of the larger groups, it can reveal how a small group voted.
//!    So where one group is hidden, all of them are, whatever they answered.
//!
//! Of groups of equal size, the later one is hidden first, so that the same answers always hide the
//! same groups.

/// The group size below which nobody is protected, however it is configured.
pub const LOWEST_MINIMUM: u32 = 3;
/// The minimum group size where none is given.
pub const DEFAULT_MINIMUM: u32 = 5;
/// Share of its scale that a hidden group must still be able to take.
const ROOM: f64 = 0.5;
/// Number of steps of it, likewise: with two, one step up or down is always possible, whatever the sizes
/// of the groups are.
const STEPS: f64 = 2.0;

/// Returns true for each group that is hidden; groups without people are no groups.
///
/// ```
/// use centricity::answers::hide::hidden;
/// assert_eq!(hidden(&[8, 7, 2, 5, 1], 3), [false, false, true, false, true]);
/// assert_eq!(hidden(&[7, 1], 3), [true, true]);
/// ```
#[must_use]
pub fn hidden(sizes: &[u32], minimum: u32) -> Vec<bool> {
    let small = |size: &u32| (1..minimum).contains(size);
    complemented(sizes, sizes.iter().map(small).collect(), minimum)
}

/// Hides further groups until those hidden protect one another.
pub(crate) fn complemented(sizes: &[u32], mut hidden: Vec<bool>, minimum: u32) -> Vec<bool> {
    while hidden.contains(&true) && !is_cover(sizes, &hidden, minimum) {
        let shown = sizes.iter().enumerate().zip(&hidden);
        let shown = shown.filter(|((_, size), hidden)| **size > 0 && !**hidden);
        let next = shown.map(|((place, size), _)| (*size, usize::MAX - place));
        let Some((_, place)) = next.min() else { break };
        if let Some(slot) = hidden.get_mut(usize::MAX - place) {
            *slot = true;
        }
    }
    hidden
}

/// Returns true if the hidden groups are two or more, and the minimum of people together.
pub(crate) fn is_cover(sizes: &[u32], hidden: &[bool], minimum: u32) -> bool {
    let groups = || {
        let pairs = sizes.iter().zip(hidden);
        pairs.filter(|(size, hidden)| **size > 0 && **hidden)
    };
    groups().count() >= 2 && groups().map(|(size, _)| size).sum::<u32>() >= minimum
}

/// A group's share in the value over all groups.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GroupShare {
    pub(crate) weight: f64,
    pub(crate) worth: f64,
    pub(crate) hidden: bool,
}

/// The worths that answers can have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueRange {
    pub(crate) least: f64,
    pub(crate) most: f64,
    /// The distance between two answers, on average.
    pub(crate) step: f64,
}

/// Returns true if the value over all groups and those shown leave a hidden group too little of its
/// scale.
pub(crate) fn gives_away(parts: &[GroupShare], scale: ValueRange) -> bool {
    let ValueRange { least, most, step } = scale;
    let needed = ((most - least) * ROOM).max(step * STEPS);
    let hidden = || parts.iter().filter(|part| part.hidden);
    let weight: f64 = hidden().map(|part| part.weight).sum();
    let sum: f64 = hidden().map(|part| part.weight * part.worth).sum();
    let room = |part: &GroupShare| {
        let others = weight - part.weight;
        let high = ((sum - others * least) / part.weight).min(most);
        let low = ((sum - others * most) / part.weight).max(least);
        high - low
    };
    hidden().any(|part| room(part) < needed - 1e-9)
}
