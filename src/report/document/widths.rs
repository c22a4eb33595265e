//! Widths of the columns of a table, for formats that lay them out themselves.

use super::{BREAKABLE, Cell, Run};
use textwrap::core::display_width;

/// Thousandths of a text width that a letter takes at the size of tables, and that a cell leaves
/// free at its sides.
const LETTER: usize = 12;
const SIDES: usize = 20;
/// Thousandths that a line loses at its end on the average, where the next word does not fit.
const RAGGED: usize = 30;
/// Thousandths that are given away at a time.
const STEP: usize = 10;
/// A word of more letters is broken, an id sooner, and where there is no room no word of so few.
const LONGEST_WORD: usize = 22;
const LONGEST_CODE: usize = 14;
const SHORTEST_WORD: usize = 4;
/// A cell of so few letters stands on one line: a figure, a grade, a date.
const SHORT: usize = 12;

/// Shares of the width in thousandths. Each column has room for its longest word, one of figures for
/// its longest cell; what is left goes, step by step, where most lines are to read. Where there are
/// too many columns for that, the longest words are broken.
pub(super) fn widths(needs: &[Need]) -> Vec<usize> {
    let least = |most: usize| {
        let kept = needs.iter().map(move |one| one.kept.min(most));
        kept.map(|kept| kept * LETTER + SIDES)
    };
    let mut lengths = (SHORTEST_WORD..=LONGEST_WORD).rev();
    let fits = lengths.find(|most| least(*most).sum::<usize>() <= 1000);
    let mut widths: Vec<usize> = least(fits.unwrap_or(SHORTEST_WORD)).collect();
    let all: usize = widths.iter().sum();
    if all > 1000 {
        return widths.iter().map(|one| one * 1000 / all).collect();
    }
    for _ in 0..(1000 - all) / STEP {
        let lines = |(need, width): (&Need, &usize)| {
            let lines = need.weight * 1000 / width.saturating_sub(SIDES + RAGGED).max(1);
            (*width < need.longest * LETTER + SIDES, lines)
        };
        let longest = needs.iter().zip(&widths).map(lines);
        let place = longest.enumerate().max_by_key(|(_, lines)| *lines);
        if let Some(width) = place.and_then(|(place, _)| widths.get_mut(place)) {
            *width += STEP;
        }
    }
    widths
}

/// Room that a column asks for, in letters.
pub(super) struct Need {
    /// Its longest word.
    pub(super) word: usize,
    /// The part of it that is not to be broken, or its longest cell where all are short.
    kept: usize,
    /// Its longest cell.
    longest: usize,
    /// Share of what is left, by how much it holds.
    weight: usize,
}

impl Need {
    pub(super) fn of(rows: &[Vec<Cell>], column: usize) -> Self {
        let (mut word, mut kept, mut longest, mut all) = (1_usize, 1_usize, 1_usize, 0_usize);
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            let width: usize = cell.runs.iter().map(|run| display_width(&run.text)).sum();
            all += width;
            longest = longest.max(width);
            for run in &cell.runs {
                let most = if run.code { LONGEST_CODE } else { LONGEST_WORD };
                let own = longest_word(run);
                word = word.max(own);
                kept = kept.max(own.min(most));
            }
        }
        let usual = all / rows.len().max(1);
        Self {
            word,
            kept: if longest <= SHORT { longest } else { kept },
            longest,
            weight: usual + longest / 2 + 1,
        }
    }
}

/// Width of the longest word in letters; a line may end before and after each wide letter, and in an
/// id after a hyphen.
fn longest_word(run: &Run) -> usize {
    let ends = |one: char| {
        one.is_whitespace()
            || BREAKABLE.contains(one)
            || one >= '\u{2e80}'
            || (run.code && one == '-')
    };
    let words = run.text.split(ends);
    words.map(display_width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Run};
    use super::{Need, widths};

    fn table(rows: &[&[&str]]) -> Vec<usize> {
        let cell = |text: &&str| Cell {
            id: None,
            runs: vec![Run {
                text: (*text).to_owned(),
                ..Run::default()
            }],
        };
        let rows: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect();
        let columns = 0..rows.first().map_or(0, Vec::len);
        let needs: Vec<Need> = columns.map(|column| Need::of(&rows, column)).collect();
        widths(&needs)
    }

    #[test]
    fn figures_are_narrow_and_words_whole() {
        let long =
            "a sentence that goes on and on over several lines of its cell, and then further";
        let widths = table(&[&["Recommendation", "Index"], &[long, "53"]]);
        assert!(widths[1] < 100 && widths[0] > 850, "{widths:?}");
        let widths = table(&[&["Recommendation", long], &["–", long]]);
        assert!(widths[0] >= 14 * 12, "{widths:?}");
    }

    #[test]
    fn the_whole_width_is_used_and_never_more() {
        let long = "word ".repeat(40);
        let word = "w".repeat(60);
        let cases: [&[&[&str]]; 5] = [
            &[&["", "", ""]],
            &[&["a", long.as_str(), "b"]],
            &[&[word.as_str(); 7]],
            &[&["Answered"; 9]],
            &[&["名称", "顾客体验由谁负责", "得分"]],
        ];
        for rows in cases {
            let all: usize = table(rows).iter().sum();
            assert!((980..=1000).contains(&all), "{rows:?}: {all}");
        }
    }
}
