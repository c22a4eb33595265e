//! Which of several parts stand highest and lowest, and whether that may be said at all.

use crate::condition::TOLERANCE;

/// A part that may be ranked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    /// Its name.
    pub(crate) label: &'a str,
    /// Its index as printed: parts that print alike stand level.
    pub(crate) shown: &'a str,
    /// Its index.
    pub(crate) index: f64,
    /// The lowest index that open answers allow.
    pub(crate) low: f64,
    /// The highest index that open answers allow.
    pub(crate) high: f64,
    /// Whether it carries a verdict, or open answers cannot change it.
    pub(crate) judged: bool,
}

/// The highest and the lowest of several parts.
#[derive(Debug, Clone)]
pub(crate) struct Ranking<'a> {
    /// Those that stand highest; where fewer than two carry a verdict, that one or none.
    pub(crate) highest: Vec<Standing<'a>>,
    /// Those that stand lowest, the same as the highest where all stand level; empty where fewer
    /// than two carry a verdict.
    pub(crate) lowest: Vec<Standing<'a>>,
    /// Whether no open answer can turn the order.
    pub(crate) firm: bool,
    /// Those without a verdict, which are not ranked.
    pub(crate) unranked: Vec<Standing<'a>>,
}

impl Ranking<'_> {
    /// Whether all that is ranked stands level, of two or more.
    pub(crate) fn is_level(&self) -> bool {
        let first = |parts: &[Standing<'_>]| parts.first().map(|one| one.shown.to_owned());
        first(&self.highest) == first(&self.lowest)
    }
}

/// Ranks the parts that carry a verdict; fewer than two are not ranked.
pub(crate) fn rank<'a>(parts: &[Standing<'a>]) -> Ranking<'a> {
    let (judged, unranked): (Vec<Standing<'a>>, Vec<Standing<'a>>) =
        parts.iter().partition(|one| one.judged);
    let by_index = |a: &&Standing<'a>, b: &&Standing<'a>| a.index.total_cmp(&b.index);
    let ends = judged
        .iter()
        .max_by(by_index)
        .zip(judged.iter().min_by(by_index));
    let Some((most, least)) = ends.filter(|_| judged.len() > 1) else {
        return Ranking {
            highest: judged,
            lowest: Vec::new(),
            firm: true,
            unranked,
        };
    };
    let like = |end: &Standing<'a>| -> (Vec<Standing<'a>>, Vec<Standing<'a>>) {
        judged.iter().partition(|one| one.shown == end.shown)
    };
    let ((highest, below), (lowest, above)) = (like(most), like(least));
    let fixed = |tie: &[Standing<'a>]| {
        tie.len() < 2 || tie.iter().all(|one| one.high - one.low <= TOLERANCE)
    };
    let over = |up: &[Standing<'a>], down: &[Standing<'a>]| {
        let mut pairs = up
            .iter()
            .flat_map(|one| down.iter().map(move |other| (one, other)));
        pairs.all(|(one, other)| one.low > other.high + TOLERANCE)
    };
    Ranking {
        firm: fixed(&highest) && fixed(&lowest) && over(&highest, &below) && over(&above, &lowest),
        highest,
        lowest,
        unranked,
    }
}

#[cfg(test)]
mod tests {
    use super::{Ranking, Standing, rank};

    fn part(
        label: &'static str,
        shown: &'static str,
        ends: [f64; 3],
        judged: bool,
    ) -> Standing<'static> {
        let [low, index, high] = ends;
        Standing {
            label,
            shown,
            index,
            low,
            high,
            judged,
        }
    }

    fn names(ranking: &Ranking<'static>) -> [Vec<&'static str>; 3] {
        [&ranking.highest, &ranking.lowest, &ranking.unranked]
            .map(|parts| parts.iter().map(|one| one.label).collect())
    }

    #[test]
    fn only_parts_with_a_verdict_are_ranked() {
        let a = part("a", "60", [60.0; 3], true);
        let b = part("b", "40", [40.0; 3], true);
        let thin = part("thin", "90", [20.0, 90.0, 95.0], false);
        let ranking = rank(&[a, b, thin]);
        assert_eq!(names(&ranking), [vec!["a"], vec!["b"], vec!["thin"]]);
        assert!(ranking.firm && !ranking.is_level());
        assert_eq!(names(&rank(&[a, thin])), [vec!["a"], vec![], vec!["thin"]]);
        assert_eq!(names(&rank(&[thin])), [vec![], vec![], vec!["thin"]]);
    }

    #[test]
    fn an_order_that_open_answers_could_turn_is_not_firm() {
        let a = part("a", "60", [50.0, 60.0, 70.0], true);
        let b = part("b", "40", [35.0, 40.0, 55.0], true);
        assert!(!rank(&[a, b]).firm);
        assert!(rank(&[a, part("b", "40", [35.0, 40.0, 45.0], true)]).firm);
    }

    #[test]
    fn parts_that_print_alike_stand_level() {
        let ranking = rank(&[
            part("a", "50", [50.2; 3], true),
            part("b", "50", [49.8; 3], true),
        ]);
        assert!(ranking.is_level() && ranking.firm);
        let open = [
            part("a", "50", [40.0, 50.0, 60.0], true),
            part("b", "50", [50.0; 3], true),
        ];
        assert!(rank(&open).is_level() && !rank(&open).firm);
    }
}
