//! The aggregates: a value from what is rated, a range from what is open.

use super::{Child, Spanned, Sums, Whole};
use crate::rules::rulebook::ScoreRule;
use crate::rules::vocabulary::Aggregate;

pub(super) fn aggregate<I>(
    rule: &ScoreRule,
    children: impl Fn() -> I,
    whole: &Whole,
    sums: &Sums,
) -> Spanned
where
    I: Iterator<Item = Child>,
{
    match rule.aggregate {
        Aggregate::Mean => mean(children, whole.movable, sums),
        Aggregate::Geometric => geometric(children, whole.movable),
        Aggregate::Sum => sum(children(), whole),
        Aggregate::Min => least(children()),
        Aggregate::Max => mirrored(least(children().map(mirror))),
        Aggregate::Count | Aggregate::Share => {
            counted(rule, rule.aggregate == Aggregate::Count, children())
        }
        Aggregate::Spread => spread(children()),
        Aggregate::Difference => difference(rule, children()),
    }
}

/// The mean; children that may drop out or come in move the ends of its range.
fn mean<I: Iterator<Item = Child>>(
    children: impl Fn() -> I,
    movable: bool,
    sums: &Sums,
) -> Spanned {
    let mean = sums.mean();
    if movable {
        let (low, high) = mean_range(children());
        return Spanned { low, high, ..mean };
    }
    mean
}

/// The lowest and highest weighted mean over every choice of the optional children.
///
/// Adding a child lowers a mean exactly when its value is below it, so taking optional children
/// from the lowest up while they still lower it finds the minimum.
fn mean_range(children: impl Iterator<Item = Child>) -> (f64, f64) {
    let children: Vec<Child> = children.collect();
    let low = lowest(&children, |child| child.low);
    let high = -lowest(&children, |child| -child.high);
    (low, high)
}

fn lowest(children: &[Child], end: impl Fn(&Child) -> f64) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for child in children.iter().filter(|child| !child.loose) {
        sum += child.weight * end(child);
        weight += child.weight;
    }
    let mut optional: Vec<&Child> = children.iter().filter(|child| child.loose).collect();
    optional.sort_by(|a, b| end(a).total_cmp(&end(b)));
    for child in optional {
        if weight > 0.0 && end(child) >= sum / weight {
            break;
        }
        sum += child.weight * end(child);
        weight += child.weight;
    }
    sum / weight
}

/// Weighted geometric mean of the distance above the least value, plus 1 so that one zero does
/// not erase everything, taken back at the end.
fn geometric<I: Iterator<Item = Child>>(children: impl Fn() -> I, movable: bool) -> Spanned {
    let least = children()
        .map(|child| child.least)
        .fold(f64::INFINITY, f64::min);
    let log = |value: f64| (value - least + 1.0).ln();
    let logs = || {
        children().map(|child| Child {
            value: log(child.value),
            low: log(child.low),
            high: log(child.high),
            ..child
        })
    };
    let back = |value: f64| value.exp() - 1.0 + least;
    let Spanned { value, low, high } = mean(logs, movable, &Sums::of(logs()));
    Spanned {
        value: back(value),
        low: back(low),
        high: back(high),
    }
}

/// Weighted sum; where children are open, the rated part's share of what it could have reached is
/// put on the whole.
fn sum(children: impl Iterator<Item = Child>, whole: &Whole) -> Spanned {
    let (mut low, mut high, mut above, mut room) = (0.0, 0.0, 0.0, 0.0);
    let mut any = false;
    for child in children {
        let optional = |worth: f64, absent: fn(f64, f64) -> f64| {
            if child.loose {
                absent(worth, 0.0)
            } else {
                worth
            }
        };
        low += optional(child.weight * child.low, f64::min);
        high += optional(child.weight * child.high, f64::max);
        if child.rated {
            any = true;
            above += child.weight * (child.value - child.least);
            room += child.weight * (child.most - child.least);
        }
    }
    let share = if room > 0.0 { above / room } else { 0.0 };
    let value = if any {
        whole.least + share * (whole.most - whole.least)
    } else {
        f64::NAN
    };
    Spanned { value, low, high }
}

/// The lowest rated child. An optional child can lower the range, and raise it only when no other
/// child is left.
fn least(children: impl Iterator<Item = Child>) -> Spanned {
    let mut value = f64::NAN;
    let mut low = f64::INFINITY;
    let (mut firm, mut loose) = (f64::INFINITY, f64::NEG_INFINITY);
    for child in children {
        if child.rated {
            value = value.min(child.value);
        }
        low = low.min(child.low);
        if child.loose {
            loose = loose.max(child.high);
        } else {
            firm = firm.min(child.high);
        }
    }
    Spanned {
        value,
        low,
        high: if firm.is_finite() { firm } else { loose },
    }
}

fn mirror(child: Child) -> Child {
    Child {
        value: -child.value,
        low: -child.high,
        high: -child.low,
        ..child
    }
}

fn mirrored(Spanned { value, low, high }: Spanned) -> Spanned {
    Spanned {
        value: -value,
        low: -high,
        high: -low,
    }
}

/// The lowest and highest index of a sum or count some of whose children may drop out: what such a
/// score is of what it could be is a mean of what its children are of what they could be.
pub(super) fn index_range<I: Iterator<Item = Child>>(
    rule: &ScoreRule,
    children: impl Fn() -> I,
) -> (f64, f64) {
    if rule.aggregate == Aggregate::Count {
        let Spanned { low, high, .. } = counted(rule, false, children());
        return (low * 100.0, high * 100.0);
    }
    let parts = children()
        .filter(|child| child.most > child.least)
        .map(|child| {
            let room = child.most - child.least;
            let part = |value: f64| (value - child.least) / room * 100.0;
            Child {
                low: part(child.low),
                high: part(child.high),
                weight: child.weight * room,
                ..child
            }
        });
    mean_range(parts)
}

/// Number of children that pass the test, or the share of them.
fn counted(rule: &ScoreRule, whole: bool, children: impl Iterator<Item = Child>) -> Spanned {
    let (mut rated, mut passed) = (0.0, 0.0);
    let (mut sure, mut may) = (0.0, 0.0);
    let (mut firm, mut loose_pass, mut loose_fail) = (0.0, 0.0, 0.0);
    for child in children {
        let truth = rule.test.covers(child.low, child.high);
        if child.rated {
            rated += 1.0;
            passed += f64::from(u8::from(rule.test.contains(child.value)));
        }
        let (holds, possible) = (truth.holds(), truth.may_hold());
        if child.loose {
            loose_pass += f64::from(u8::from(possible));
            loose_fail += f64::from(u8::from(!holds));
        } else {
            firm += 1.0;
            sure += f64::from(u8::from(holds));
            may += f64::from(u8::from(possible));
        }
    }
    if whole {
        let value = if rated > 0.0 { passed } else { f64::NAN };
        return Spanned {
            value,
            low: sure,
            high: may + loose_pass,
        };
    }
    let part = |some: f64, all: f64| if all > 0.0 { some / all } else { f64::NAN };
    let low = if firm + loose_fail > 0.0 {
        part(sure, firm + loose_fail)
    } else {
        1.0
    };
    let high = if firm + loose_pass > 0.0 {
        part(may + loose_pass, firm + loose_pass)
    } else {
        0.0
    };
    Spanned {
        value: part(passed, rated),
        low,
        high,
    }
}

/// Highest minus lowest, from two rated children on. Its range: the least distance between children
/// that are sure to be in, and the greatest between the high end of one child and the low end of
/// another.
fn spread(children: impl Iterator<Item = Child>) -> Spanned {
    let children: Vec<Child> = children.collect();
    let rated = || children.iter().filter(|child| child.rated);
    let lowest = rated()
        .map(|child| child.value)
        .fold(f64::INFINITY, f64::min);
    let highest = rated()
        .map(|child| child.value)
        .fold(f64::NEG_INFINITY, f64::max);
    let firm = || children.iter().filter(|child| !child.loose);
    let firm_low = firm()
        .map(|child| child.low)
        .fold(f64::NEG_INFINITY, f64::max);
    let firm_high = firm().map(|child| child.high).fold(f64::INFINITY, f64::min);
    let pairs = children.iter().enumerate().flat_map(|(own, child)| {
        let others = children
            .iter()
            .enumerate()
            .filter(move |(nth, _)| *nth != own);
        others.map(|(_, other)| child.high - other.low)
    });
    Spanned {
        value: if rated().count() > 1 {
            highest - lowest
        } else {
            f64::NAN
        },
        low: if firm_low.is_finite() {
            (firm_low - firm_high).max(0.0)
        } else {
            0.0
        },
        high: pairs.fold(0.0, f64::max),
    }
}

/// The first child minus the second; without either there is no difference.
fn difference(rule: &ScoreRule, mut children: impl Iterator<Item = Child>) -> Spanned {
    match (children.next(), children.next()) {
        (Some(first), Some(second)) => Spanned {
            value: first.value - second.value,
            low: first.low - second.high,
            high: first.high - second.low,
        },
        _ => Spanned {
            value: f64::NAN,
            low: rule.least,
            high: rule.most,
        },
    }
}
