//! The aggregates: a value from what is rated, a range from what is open.

use super::score::{Child, Span};
use crate::rules::rulebook::ScoreRule;
use crate::rules::vocabulary::Aggregate;

/// The value of a score with its range. `ends` are the least and most its children could come to;
/// `movable` is true if open answers may take any of them out or bring more in.
pub(super) fn aggregate(
    rule: &ScoreRule,
    children: &[Child],
    ends: (f64, f64),
    movable: bool,
) -> Span {
    match rule.aggregate {
        Aggregate::Mean => mean(children, movable),
        Aggregate::Geometric => geometric(children, movable),
        Aggregate::Sum => sum(children, ends),
        Aggregate::Min => minimum(children),
        Aggregate::Max => {
            let mirrored = children.iter().map(|child| Child {
                value: -child.value,
                low: -child.high,
                high: -child.low,
                ..*child
            });
            let mirrored: Vec<Child> = mirrored.collect();
            let Span { value, low, high } = minimum(&mirrored);
            Span {
                value: -value,
                low: -high,
                high: -low,
            }
        }
        Aggregate::Count => counted(rule, true, children),
        Aggregate::Share => counted(rule, false, children),
        Aggregate::Spread => spread(children),
        Aggregate::Difference => difference(rule, children),
    }
}

/// The weighted mean of what is rated; its range takes every open child at its ends, and children
/// that may drop out or come in move these.
fn mean(children: &[Child], movable: bool) -> Span {
    let here = || children.iter().filter(|child| child.here);
    let sum = |of: fn(&Child) -> f64| here().fold(0.0, |sum, child| sum + child.weight * of(child));
    let rated = || here().filter(|child| child.rated);
    let (weight, rated_weight) = (
        sum(|_| 1.0),
        rated().fold(0.0, |sum, child| sum + child.weight),
    );
    let value = rated().fold(0.0, |sum, child| sum + child.weight * child.value);
    let (low, high) = if movable {
        mean_range(children)
    } else {
        (
            sum(|child| child.low) / weight,
            sum(|child| child.high) / weight,
        )
    };
    Span {
        value: if rated_weight > 0.0 {
            value / rated_weight
        } else {
            f64::NAN
        },
        low,
        high,
    }
}

/// The lowest and highest weighted mean over every choice of the optional children.
///
/// Adding a child lowers a mean exactly when its value is below it, so taking optional children
/// from the lowest up while they still lower it finds the minimum.
fn mean_range(children: &[Child]) -> (f64, f64) {
    let low = lowest(children, |child| child.low);
    let high = -lowest(children, |child| -child.high);
    (low, high)
}

fn lowest(children: &[Child], end: impl Fn(&Child) -> f64) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for child in children.iter().filter(|child| !child.is_loose()) {
        sum += child.weight * end(child);
        weight += child.weight;
    }
    let mut optional: Vec<&Child> = children.iter().filter(|child| child.is_loose()).collect();
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
fn geometric(children: &[Child], movable: bool) -> Span {
    let least = children
        .iter()
        .map(|child| child.least)
        .fold(f64::INFINITY, f64::min);
    let log = |value: f64| (value - least + 1.0).ln();
    let logs = children.iter().map(|child| Child {
        value: log(child.value),
        low: log(child.low),
        high: log(child.high),
        ..*child
    });
    let logs: Vec<Child> = logs.collect();
    let back = |value: f64| value.exp() - 1.0 + least;
    let Span { value, low, high } = mean(&logs, movable);
    Span {
        value: back(value),
        low: back(low),
        high: back(high),
    }
}

/// Weighted sum; where children are open, the rated part's share of what it could have reached is
/// put on the whole.
fn sum(children: &[Child], (lowest, highest): (f64, f64)) -> Span {
    let (mut low, mut high, mut above, mut room) = (0.0, 0.0, 0.0, 0.0);
    let mut any = false;
    for child in children {
        let optional = |worth: f64, absent: fn(f64, f64) -> f64| {
            if child.is_loose() {
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
        lowest + share * (highest - lowest)
    } else {
        f64::NAN
    };
    Span { value, low, high }
}

/// The lowest rated child. An optional child can lower the range, and raise it only when no other
/// child is left.
fn minimum(children: &[Child]) -> Span {
    let mut value = f64::NAN;
    let mut low = f64::INFINITY;
    let (mut firm, mut loose) = (f64::INFINITY, f64::NEG_INFINITY);
    for child in children {
        if child.rated {
            value = value.min(child.value);
        }
        low = low.min(child.low);
        if child.is_loose() {
            loose = loose.max(child.high);
        } else {
            firm = firm.min(child.high);
        }
    }
    Span {
        value,
        low,
        high: if firm.is_finite() { firm } else { loose },
    }
}

/// The lowest and highest index of a sum or count some of whose children may drop out: what such a
/// score is of what it could be is a mean of what its children are of what they could be.
pub(super) fn index_range(rule: &ScoreRule, children: &[Child]) -> (f64, f64) {
    if rule.aggregate == Aggregate::Count {
        let Span { low, high, .. } = counted(rule, false, children);
        return (low * 100.0, high * 100.0);
    }
    let children = children.iter().filter(|child| child.most > child.least);
    let parts = children.map(|child| {
        let room = child.most - child.least;
        let part = |value: f64| (value - child.least) / room * 100.0;
        Child {
            low: part(child.low),
            high: part(child.high),
            weight: child.weight * room,
            ..*child
        }
    });
    mean_range(&parts.collect::<Vec<_>>())
}

/// Number of children that pass the test, or the share of them.
fn counted(rule: &ScoreRule, whole: bool, children: &[Child]) -> Span {
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
        if child.is_loose() {
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
        return Span {
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
    Span {
        value: part(passed, rated),
        low,
        high,
    }
}

/// Highest minus lowest, from two rated children on. Its range: the least distance between children
/// that are sure to be in, and the greatest between the high end of one child and the low end of
/// another.
fn spread(children: &[Child]) -> Span {
    let lowest = |of: &[f64]| of.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = |of: &[f64]| of.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let rated = children.iter().filter(|child| child.rated);
    let rated: Vec<f64> = rated.map(|child| child.value).collect();
    let firm = children.iter().filter(|child| !child.is_loose());
    let (lows, highs): (Vec<f64>, Vec<f64>) = firm.map(|child| (child.low, child.high)).unzip();
    // Of the others, the lowest low end: that of the lowest child, or for itself that of the next.
    let ends = children.iter().map(|child| child.low).enumerate();
    let least = ends.clone().min_by(|a, b| a.1.total_cmp(&b.1));
    let (at, least) = least.unwrap_or((0, f64::INFINITY));
    let others: Vec<f64> = ends
        .filter(|(nth, _)| *nth != at)
        .map(|end| end.1)
        .collect();
    let next = lowest(&others);
    let pairs = children.iter().enumerate().map(|(nth, child)| {
        let other = if nth == at { next } else { least };
        child.high - other
    });
    Span {
        value: if rated.len() > 1 {
            highest(&rated) - lowest(&rated)
        } else {
            f64::NAN
        },
        low: if highest(&lows).is_finite() {
            (highest(&lows) - lowest(&highs)).max(0.0)
        } else {
            0.0
        },
        high: pairs.fold(0.0, f64::max),
    }
}

/// The first child minus the second; without either there is no difference.
fn difference(rule: &ScoreRule, children: &[Child]) -> Span {
    if let [first, second, ..] = children {
        Span {
            value: first.value - second.value,
            low: first.low - second.high,
            high: first.high - second.low,
        }
    } else {
        Span {
            value: f64::NAN,
            low: rule.least,
            high: rule.most,
        }
    }
}
