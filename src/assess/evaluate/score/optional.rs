//! Ranges of means over children that may yet drop out.

use super::Child;

/// The lowest and highest weighted mean over every choice of the optional children.
///
/// Adding a child lowers a mean exactly when its value is below it, so taking optional children
/// from the lowest up while they still lower it finds the minimum.
pub(super) fn mean_range(children: impl Iterator<Item = Child>) -> (f64, f64) {
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
