//! The highest and lowest parts, whether they may be named at all, and whether open answers can turn
//! their order.

use super::evaluated::Evaluated;
use super::{ItemId, RankingResult};
use crate::rules::condition::Truth;
use crate::rules::rulebook::rule::{market, profile};
use crate::rules::rulebook::{Domain, ExhibitKind};
use crate::text::number::{TOLERANCE, format_near, rounded};

impl Evaluated<'_> {
    /// The order of the parts that each profile and each exhibit sets side by side.
    pub(super) fn rankings(&self) -> Vec<RankingResult> {
        let is_difference = |node: &usize| {
            let domain = self.rulebook.item(*node).map(|item| &item.domain);
            matches!(domain, Some(Domain::Number { least, .. }) if *least < 0.0)
        };
        let mut list = Vec::new();
        for (place, pack) in self.rulebook.packs.iter().enumerate() {
            let own = profile(self.rulebook, place, &market(self.rulebook, pack));
            let exhibits = pack.exhibits.iter().filter_map(|one| match &one.kind {
                ExhibitKind::Dots(nodes) => Some((Some(one.id.clone()), nodes.clone())),
                ExhibitKind::Star(node) => {
                    let item = self.rulebook.item(*node)?;
                    Some((Some(one.id.clone()), item.kind.children().to_vec()))
                }
                ExhibitKind::Bars(_)
                | ExhibitKind::Grid { .. }
                | ExhibitKind::Steps { .. }
                | ExhibitKind::Verdicts(_)
                | ExhibitKind::Checklist(_) => None,
            });
            for (exhibit, nodes) in std::iter::once((None, own)).chain(exhibits) {
                if nodes.is_empty() {
                    continue;
                }
                let ranking = if nodes.iter().all(is_difference) {
                    let differences = nodes.iter();
                    let differences = differences.filter_map(|node| self.part_ranked(*node, true));
                    self.settled(&nodes, farthest(&differences.collect::<Vec<_>>()))
                } else {
                    self.ranked(&nodes)
                };
                list.push(RankingResult {
                    pack: pack.id.clone(),
                    exhibit,
                    ..ranking
                });
            }
        }
        list
    }

    /// Ranks the parts that are called for, without those that contain others of them.
    pub(super) fn ranked(&self, nodes: &[usize]) -> RankingResult {
        let wanted = nodes.iter().copied().filter(|node| {
            let is_question = *node < self.rulebook.question_count();
            let question = is_question.then(|| self.called_for(*node));
            question.unwrap_or_else(|| self.score_called_for(*node)) != Truth::False
        });
        let below: Vec<_> = nodes
            .iter()
            .map(|node| self.questions_below(*node))
            .collect();
        let is_whole = |node: &usize| {
            let own = self.questions_below(*node);
            below.iter().any(|other| contains(&own, other))
        };
        let (wholes, parts): (Vec<usize>, Vec<usize>) = wanted.partition(is_whole);
        let ranked = |nodes: &[usize]| -> Vec<Ranked> {
            let nodes = nodes.iter();
            let parts = nodes.filter_map(|node| self.part_ranked(*node, false));
            parts.collect()
        };
        self.settled(&parts, rank(&ranked(&parts), &ranked(&wholes)))
    }

    /// A ranking that parts without a value could still turn is not firm.
    fn settled(&self, parts: &[usize], ranking: RankingResult) -> RankingResult {
        let mut readings = parts.iter().filter_map(|node| self.reading(*node));
        let open = readings.any(|reading| !reading.is_absent() && !reading.is_rated());
        let firm = ranking.firm && !open;
        RankingResult { firm, ..ranking }
    }

    /// The questions that a part rests on, itself among them, in order.
    fn questions_below(&self, node: usize) -> Vec<usize> {
        let reach = self.rulebook.program.reach();
        let questions = 0..self.rulebook.question_count();
        let rests = |question: &usize| node == *question || reach.rests(node, *question);
        questions.filter(rests).collect()
    }

    /// A part on the scale of all parts, 0 to 100; as a difference, a score that measures how far two
    /// things lie apart.
    pub(super) fn part_ranked(&self, node: usize, is_difference: bool) -> Option<Ranked> {
        let (item, reading) = self.item(node)?;
        if reading.is_absent() || !reading.is_rated() {
            return None;
        }
        let (ends, shown) = if is_difference {
            let ends = [reading.low, reading.value, reading.high];
            (ends, rounded(reading.value.abs(), 1))
        } else {
            let index = reading.index(reading.value);
            let (low, high) = reading.index_range();
            let limits = self.thresholds.get(node).map_or(&[][..], Vec::as_slice);
            ([low, index, high], shown(index, limits))
        };
        let settled = !reading.pending && (reading.high - reading.low).abs() <= TOLERANCE;
        Some(Ranked {
            id: ItemId::from(&item.id),
            shown,
            ends,
            judged: reading.has_verdict() || settled,
            few: !is_difference && self.base(node).is_some_and(|base| base.is_few()),
        })
    }
}

/// True if a part rests on all questions that another one rests on, and on more; what rests on nothing
/// is in none.
fn contains(whole: &[usize], part: &[usize]) -> bool {
    let holds = |question| whole.binary_search(question).is_ok();
    !part.is_empty() && part.len() < whole.len() && part.iter().all(holds)
}

/// An index with the digits it takes to be on the right side of every threshold.
fn shown(index: f64, limits: &[f64]) -> String {
    let texts = limits.iter().map(|limit| format_near(index, *limit, 0));
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(index, 0))
}

/// A part that may be ranked.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    id: ItemId,
    /// Its index as printed, or its distance from 0: parts that print alike rank equal.
    pub(super) shown: String,
    /// The lowest index that open answers allow, the index now, and the highest.
    ends: [f64; 3],
    /// True if it carries a verdict, or open answers cannot change it.
    judged: bool,
    /// True if it gathers questions of other packs and too few are answered.
    few: bool,
}

impl Ranked {
    /// Its index now, or its difference.
    pub(super) fn index(&self) -> f64 {
        self.ends[1]
    }

    /// The least distance from 0 that open answers allow, and the greatest.
    fn distances(&self) -> [f64; 2] {
        let [low, _, high] = self.ends;
        let nearest = if low <= 0.0 && high >= 0.0 {
            0.0
        } else {
            low.abs().min(high.abs())
        };
        [nearest, low.abs().max(high.abs())]
    }
}

/// Ranks differences by how far they lie from 0, in either direction.
fn farthest(all: &[Ranked]) -> RankingResult {
    let (judged, unranked): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.judged);
    let distance = |one: &Ranked| one.ends[1].abs();
    let by_distance = |a: &&&Ranked, b: &&&Ranked| distance(a).total_cmp(&distance(b));
    let most = judged.iter().max_by(by_distance).map(|one| &one.shown);
    let (highest, others): (Vec<&Ranked>, Vec<&Ranked>) =
        judged.iter().partition(|one| Some(&one.shown) == most);
    let near = |least: f64, one: &&Ranked| least.min(one.distances()[0]);
    let nearest = highest.iter().fold(f64::INFINITY, near);
    let mut below = others.iter().chain(&unranked);
    let ids = |all: &[&Ranked]| all.iter().map(|one| one.id.clone()).collect();
    RankingResult {
        level: judged.len() > 1 && others.is_empty(),
        firm: is_fixed(&highest) && below.all(|one| one.distances()[1] < nearest),
        highest: ids(&highest),
        unranked: ids(&unranked),
        ..RankingResult::default()
    }
}

/// Ranks the parts that carry a verdict; fewer than two are not ranked.
fn rank(parts: &[Ranked], wholes: &[Ranked]) -> RankingResult {
    let ids = |parts: &[&Ranked]| parts.iter().map(|one| one.id.clone()).collect();
    let (judged, unranked): (Vec<_>, Vec<_>) = parts.iter().partition(|one| one.judged);
    let (few, judged): (Vec<_>, Vec<_>) = judged.into_iter().partition(|one| one.few);
    let (wholes, vague): (Vec<_>, Vec<_>) = wholes.iter().partition(|one| one.judged);
    let left = [unranked.as_slice(), vague.as_slice()].concat();
    let index = |one: &Ranked| one.ends[1];
    let by_index = |a: &&&Ranked, b: &&&Ranked| index(a).total_cmp(&index(b));
    let most = judged.iter().max_by(by_index);
    let ends = most.zip(judged.iter().min_by(by_index));
    let result = RankingResult {
        unranked: ids(&left),
        few: ids(&few),
        firm: true,
        ..RankingResult::default()
    };
    let Some((most, least)) = ends.filter(|_| judged.len() > 1) else {
        return RankingResult {
            highest: ids(&judged),
            wholes: ids(&wholes),
            ..result
        };
    };
    let like = |end: &Ranked| -> (Vec<&Ranked>, Vec<&Ranked>) {
        judged.iter().partition(|one| one.shown == end.shown)
    };
    let ((highest, below), (lowest, above)) = (like(most), like(least));
    RankingResult {
        level: most.shown == least.shown,
        firm: is_fixed(&highest)
            && is_fixed(&lowest)
            && [&below, &unranked]
                .iter()
                .all(|others| is_over(&highest, others))
            && [&above, &unranked]
                .iter()
                .all(|others| is_over(others, &lowest)),
        wholes: ids(&wholes),
        highest: ids(&highest),
        lowest: ids(&lowest),
        ..result
    }
}

/// True if no open answer can end a tie.
fn is_fixed(tie: &[&Ranked]) -> bool {
    let is_open = |one: &&Ranked| one.ends[2] - one.ends[0] > TOLERANCE;
    tie.len() < 2 || !tie.iter().any(is_open)
}

/// True if no open answer can bring the one below the other.
fn is_over(up: &[&Ranked], down: &[&Ranked]) -> bool {
    let mut pairs = up
        .iter()
        .flat_map(|one| down.iter().map(move |other| (one.ends, other.ends)));
    pairs.all(|([low, ..], [.., high])| low > high + TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::{Ranked, RankingResult, farthest, rank};
    use crate::assess::assessment::ItemId;
    use crate::text::number::rounded;

    fn part(id: &str, shown: &str, ends: [f64; 3]) -> Ranked {
        Ranked {
            id: ItemId::from(id),
            shown: shown.to_owned(),
            ends,
            judged: true,
            few: false,
        }
    }

    fn thin(part: Ranked) -> Ranked {
        Ranked {
            judged: false,
            ..part
        }
    }

    fn names(ranking: &RankingResult) -> [Vec<&str>; 4] {
        let RankingResult {
            highest,
            lowest,
            unranked,
            few,
            ..
        } = ranking;
        [highest, lowest, unranked, few].map(|ids| ids.iter().map(ItemId::as_str).collect())
    }

    #[test]
    fn only_parts_with_a_verdict_and_enough_answers_are_ranked() {
        let a = part("a", "60", [60.0; 3]);
        let b = part("b", "40", [40.0; 3]);
        let open = thin(part("open", "90", [20.0, 90.0, 95.0]));
        let few = Ranked {
            few: true,
            ..part("few", "95", [95.0; 3])
        };
        let ranking = rank(&[a.clone(), b, open.clone(), few], &[]);
        assert_eq!(
            names(&ranking),
            [vec!["a"], vec!["b"], vec!["open"], vec!["few"]]
        );
        assert!(
            !ranking.firm && !ranking.level,
            "what is open may come out highest"
        );
        assert_eq!(
            names(&rank(&[a, open], &[])),
            [vec!["a"], vec![], vec!["open"], vec![]]
        );
    }

    #[test]
    fn an_order_that_open_answers_could_turn_is_not_firm() {
        let a = part("a", "60", [50.0, 60.0, 70.0]);
        let b = |high| part("b", "40", [35.0, 40.0, high]);
        assert!(!rank(&[a.clone(), b(55.0)], &[]).firm);
        assert!(rank(&[a, b(45.0)], &[]).firm);
    }

    #[test]
    fn parts_that_print_alike_stand_level() {
        let a = part("a", "50", [50.2; 3]);
        let b = part("b", "50", [49.8; 3]);
        let ranking = rank(&[a, b.clone()], &[]);
        assert!(ranking.level && ranking.firm);
        let open = rank(&[part("a", "50", [40.0, 50.0, 60.0]), b], &[]);
        assert!(open.level && !open.firm);
    }

    #[test]
    fn a_whole_is_named_apart() {
        let parts = [part("a", "50", [50.0; 3]), part("b", "40", [40.0; 3])];
        let ranking = rank(&parts, &[part("whole", "45", [45.0; 3])]);
        assert_eq!(ranking.wholes, ["whole"]);
        assert_eq!(ranking.highest, ["a"]);
    }

    #[test]
    fn differences_equally_far_from_0_stand_level_whatever_their_sign() {
        let one = |id: &str, ends: [f64; 3]| part(id, &rounded(ends[1].abs(), 1), ends);
        let all = [one("a", [1.0; 3]), one("b", [-1.0; 3]), one("c", [0.5; 3])];
        let ranking = farthest(&all);
        assert_eq!(ranking.highest, ["a", "b"]);
        assert!(ranking.firm && !ranking.level);
        assert!(!farthest(&[one("a", [1.0; 3]), one("b", [-1.5, 0.0, 0.5])]).firm);
    }
}
