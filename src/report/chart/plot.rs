//! Figures of a score on an axis of characters, for a terminal.

use minijinja::value::Value;

/// Characters of the axis: eight for a quarter of it, both ends included.
const WIDTH: usize = 33;
/// Points of an index from one to the next.
const STEP: f64 = 3.125;

/// Figures on an axis from 0 to 100: `·` axis, `─` range, `◇` aim, `○` claimed, `●` now.
pub(in crate::report) fn plot(figures: &Value) -> String {
    let at = |name: &str| {
        let figure = figures.get_attr(name).ok()?;
        cell(f64::try_from(figure.get_attr("at").ok()?).ok()?)
    };
    let mut cells = ['·'; WIDTH];
    if let (Some(low), Some(high)) = (at("low"), at("high")) {
        for slot in cells.iter_mut().take(high + 1).skip(low) {
            *slot = '─';
        }
    }
    for (name, mark) in [("target", '◇'), ("claimed", '○'), ("index", '●')] {
        if let Some(slot) = at(name).and_then(|place| cells.get_mut(place)) {
            *slot = mark;
        }
    }
    cells.iter().collect()
}

/// The place of an index, halves down; `None` outside the axis.
fn cell(index: f64) -> Option<usize> {
    (0..WIDTH).zip(0_u32..).find_map(|(place, number)| {
        let middle = f64::from(number) * STEP;
        ((index - middle).abs() <= STEP / 2.0).then_some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, plot};
    use minijinja::context;

    #[test]
    fn a_plot_holds_both_ends() {
        let at = |at: f64| context! { at };
        let text = plot(&context! {
            index => at(0.0), low => at(0.0), high => at(100.0), claimed => at(100.0)
        });
        assert_eq!(text.chars().count(), WIDTH);
        assert!(text.starts_with("●─") && text.ends_with("─○"), "{text}");
        let text = plot(&context! { index => at(50.0), low => at(50.0), high => at(50.0) });
        assert_eq!(text.chars().position(|one| one == '●'), Some(16));
    }
}
