//! Which of several parts stand highest and lowest, and whether that may be said at all.

use super::build::Build;
use super::{ItemId, RankingResult};
use crate::rules::condition::Truth;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Domain, ExhibitKind, ItemKind, market, profile, thresholds};
use crate::text::number::TOLERANCE;
use crate::text::number::rounded;

/// A part that may be ranked.
#[derive(Debug, Clone)]
struct Standing {
    id: ItemId,
    /// Its index as printed: parts that print alike stand level.
    shown: String,
    /// The lowest that open answers allow, its index, and the highest.
    ends: [f64; 3],
    /// Whether it carries a verdict, or open answers cannot change it.
    judged: bool,
    /// Whether it gathers questions of other packs and too few are answered.
    few: bool,
}

impl Build<'_> {
    /// The order of the parts that each profile and each exhibit sets side by side.
    pub(super) fn rankings(&self) -> Vec<RankingResult> {
        let limits = thresholds(self.rulebook);
        let mut list = Vec::new();
        for (place, pack) in self.rulebook.packs.iter().enumerate() {
            let own = profile(self.rulebook, place, &market(self.rulebook, pack));
            let exhibits = pack.exhibits.iter().filter_map(|one| match &one.kind {
                ExhibitKind::Dots(nodes) => Some((Some(one.id.clone()), nodes.clone())),
                ExhibitKind::Star(node) => Some((Some(one.id.clone()), self.children(*node))),
                ExhibitKind::Bars(_)
                | ExhibitKind::Grid { .. }
                | ExhibitKind::Steps { .. }
                | ExhibitKind::Verdicts(_)
                | ExhibitKind::Checklist(_) => None,
            });
            for (exhibit, nodes) in std::iter::once((None, own)).chain(exhibits) {
                if nodes.is_empty() || nodes.iter().all(|node| self.is_difference(*node)) {
                    continue;
                }
                let ranking = rank(&self.standings(&nodes, &limits));
                list.push(RankingResult {
                    pack: pack.id.clone(),
                    exhibit,
                    ..ranking
                });
            }
        }
        list
    }

    fn children(&self, node: usize) -> Vec<usize> {
        match self.rulebook.item(node).map(|item| &item.kind) {
            Some(ItemKind::Score { children, .. }) => children.clone(),
            _ => Vec::new(),
        }
    }

    fn is_difference(&self, node: usize) -> bool {
        let domain = self.rulebook.item(node).map(|item| &item.domain);
        matches!(domain, Some(Domain::Number { least, .. }) if *least < 0.0)
    }

    /// The parts that are called for and have a value, without those that hold others of them.
    fn standings(&self, nodes: &[usize], limits: &[Vec<f64>]) -> Vec<Standing> {
        let parts = nodes.iter().filter(|node| {
            let whole = nodes.iter().any(|other| self.holds(**node, *other));
            let called_for = if **node < self.rulebook.question_count() {
                self.called_for(**node)
            } else {
                self.score_called_for(**node)
            };
            !whole && called_for != Truth::False
        });
        let limits = |node: usize| limits.get(node).map_or(&[][..], Vec::as_slice);
        parts
            .filter_map(|node| self.standing(*node, limits(*node)))
            .collect()
    }

    /// Whether a part rests on all that another one rests on, and on more.
    fn holds(&self, whole: usize, part: usize) -> bool {
        let reach = self.rulebook.program.reach();
        let mut questions = (0..self.rulebook.question_count()).map(|question| {
            let rests = |node: usize| node == question || reach.rests(node, question);
            (rests(whole), rests(part))
        });
        let mut more = false;
        let all = questions.all(|(whole, part)| {
            more |= whole && !part;
            whole || !part
        });
        all && more
    }

    fn standing(&self, node: usize, limits: &[f64]) -> Option<Standing> {
        let (item, reading) = (
            self.rulebook.item(node)?,
            self.evaluation.readings.get(node)?,
        );
        if reading.is_absent() || !reading.is_rated() || reading.value.is_nan() {
            return None;
        }
        let index = reading.index(reading.value);
        let (low, high) = reading.index_range();
        Some(Standing {
            id: ItemId::from(&item.id),
            shown: shown(index, limits),
            ends: [low, index, high],
            judged: reading.has_verdict() || is_settled(reading),
            few: self.base(node).is_some_and(|base| base.is_few()),
        })
    }
}

fn is_settled(reading: &Reading) -> bool {
    !reading.pending && (reading.high - reading.low).abs() <= TOLERANCE
}

/// An index with the digits it takes to stand on the right side of every threshold.
fn shown(index: f64, limits: &[f64]) -> String {
    let texts = limits
        .iter()
        .map(|limit| crate::text::number::beside(index, *limit, 0));
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(index, 0))
}

/// Ranks the parts that carry a verdict; fewer than two are not ranked.
fn rank(parts: &[Standing]) -> RankingResult {
    let ids = |parts: &[&Standing]| parts.iter().map(|one| one.id.clone()).collect();
    let (judged, unranked): (Vec<_>, Vec<_>) = parts.iter().partition(|one| one.judged);
    let (few, judged): (Vec<_>, Vec<_>) = judged.into_iter().partition(|one| one.few);
    let index = |one: &Standing| one.ends[1];
    let by_index = |a: &&&Standing, b: &&&Standing| index(a).total_cmp(&index(b));
    let most = judged.iter().max_by(by_index);
    let ends = most.zip(judged.iter().min_by(by_index));
    let result = RankingResult {
        unranked: ids(&unranked),
        few: ids(&few),
        firm: true,
        ..RankingResult::default()
    };
    let Some((most, least)) = ends.filter(|_| judged.len() > 1) else {
        return RankingResult {
            highest: ids(&judged),
            ..result
        };
    };
    let like = |end: &Standing| -> (Vec<&Standing>, Vec<&Standing>) {
        judged.iter().partition(|one| one.shown == end.shown)
    };
    let ((highest, below), (lowest, above)) = (like(most), like(least));
    RankingResult {
        level: most.shown == least.shown,
        firm: is_fixed(&highest)
            && is_fixed(&lowest)
            && is_over(&highest, &below)
            && is_over(&above, &lowest),
        highest: ids(&highest),
        lowest: ids(&lowest),
        ..result
    }
}

/// Whether no open answer can end a tie.
fn is_fixed(tie: &[&Standing]) -> bool {
    let settled = |one: &&Standing| {
        let [low, _, high] = one.ends;
        high - low <= TOLERANCE
    };
    tie.len() < 2 || tie.iter().all(settled)
}

/// Whether no open answer can bring the one below the other.
fn is_over(up: &[&Standing], down: &[&Standing]) -> bool {
    let mut pairs = up
        .iter()
        .flat_map(|one| down.iter().map(move |other| (one.ends, other.ends)));
    pairs.all(|([low, ..], [.., high])| low > high + TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::{RankingResult, Standing, rank};
    use crate::assess::assessment::ItemId;

    fn part(id: &str, shown: &str, ends: [f64; 3]) -> Standing {
        Standing {
            id: ItemId::from(id),
            shown: shown.to_owned(),
            ends,
            judged: true,
            few: false,
        }
    }

    fn thin(part: Standing) -> Standing {
        Standing {
            judged: false,
            ..part
        }
    }

    fn names(ranking: &RankingResult) -> [Vec<&str>; 4] {
        let parts = [
            &ranking.highest,
            &ranking.lowest,
            &ranking.unranked,
            &ranking.few,
        ];
        parts.map(|parts| parts.iter().map(ItemId::as_str).collect())
    }

    #[test]
    fn only_parts_with_a_verdict_and_enough_answers_are_ranked() {
        let a = part("a", "60", [60.0; 3]);
        let b = part("b", "40", [40.0; 3]);
        let open = thin(part("open", "90", [20.0, 90.0, 95.0]));
        let few = Standing {
            few: true,
            ..part("few", "95", [95.0; 3])
        };
        let ranking = rank(&[a.clone(), b, open.clone(), few]);
        assert_eq!(
            names(&ranking),
            [vec!["a"], vec!["b"], vec!["open"], vec!["few"]]
        );
        assert!(ranking.firm && !ranking.level);
        assert_eq!(
            names(&rank(&[a, open])),
            [vec!["a"], vec![], vec!["open"], vec![]]
        );
    }

    #[test]
    fn an_order_that_open_answers_could_turn_is_not_firm() {
        let a = part("a", "60", [50.0, 60.0, 70.0]);
        let b = |high| part("b", "40", [35.0, 40.0, high]);
        assert!(!rank(&[a.clone(), b(55.0)]).firm);
        assert!(rank(&[a, b(45.0)]).firm);
    }

    #[test]
    fn parts_that_print_alike_stand_level() {
        let a = part("a", "50", [50.2; 3]);
        let b = part("b", "50", [49.8; 3]);
        let ranking = rank(&[a, b.clone()]);
        assert!(ranking.level && ranking.firm);
        let open = rank(&[part("a", "50", [40.0, 50.0, 60.0]), b]);
        assert!(open.level && !open.firm);
    }
}
