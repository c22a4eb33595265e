//! The highest and lowest parts, and whether they may be named at all.

mod order;

use super::evaluated::Evaluated;
use super::{ItemId, RankingResult};
use crate::rules::condition::Truth;
use crate::rules::rulebook::rule::{market, profile, thresholds};
use crate::rules::rulebook::{Domain, ExhibitKind};
use crate::text::number::{TOLERANCE, format_near, rounded};
use order::{Ranked, farthest, rank};

impl Evaluated<'_> {
    /// The order of the parts that each profile and each exhibit sets side by side.
    pub(super) fn rankings(&self) -> Vec<RankingResult> {
        let limits = thresholds(self.rulebook);
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
                let ranking = if nodes.iter().all(|node| self.is_difference(*node)) {
                    let differences = nodes.iter();
                    let differences = differences.filter_map(|node| self.part_ranked(*node, None));
                    self.settled(&nodes, farthest(&differences.collect::<Vec<_>>()))
                } else {
                    self.ranked(&nodes, &limits)
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

    fn is_difference(&self, node: usize) -> bool {
        let domain = self.rulebook.item(node).map(|item| &item.domain);
        matches!(domain, Some(Domain::Number { least, .. }) if *least < 0.0)
    }

    /// Ranks the parts that are called for, without those that hold others of them.
    fn ranked(&self, nodes: &[usize], limits: &[Vec<f64>]) -> RankingResult {
        let wanted = nodes.iter().copied().filter(|node| {
            let is_question = *node < self.rulebook.question_count();
            let question = is_question.then(|| self.called_for(*node));
            question.unwrap_or_else(|| self.score_called_for(*node)) != Truth::False
        });
        let (wholes, parts): (Vec<usize>, Vec<usize>) =
            wanted.partition(|node| nodes.iter().any(|other| self.holds(*node, *other)));
        let ranked = |nodes: &[usize]| -> Vec<Ranked> {
            let nodes = nodes.iter();
            let parts = nodes.filter_map(|node| {
                self.part_ranked(*node, Some(limits.get(*node).map_or(&[], Vec::as_slice)))
            });
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

    /// True if a part rests on all that another one rests on, and on more.
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

    /// A part on the scale of all parts, 0 to 100, with the limits that something hangs on; without
    /// limits, a score that measures how far two things lie apart.
    fn part_ranked(&self, node: usize, limits: Option<&[f64]>) -> Option<Ranked> {
        let (item, reading) = self.item(node)?;
        if reading.is_absent() || !reading.is_rated() {
            return None;
        }
        let (ends, shown) = if let Some(limits) = limits {
            let index = reading.index(reading.value);
            let (low, high) = reading.index_range();
            ([low, index, high], shown(index, limits))
        } else {
            let ends = [reading.low, reading.value, reading.high];
            (ends, rounded(reading.value.abs(), 1))
        };
        let settled = !reading.pending && (reading.high - reading.low).abs() <= TOLERANCE;
        Some(Ranked {
            id: ItemId::from(&item.id),
            shown,
            ends,
            judged: reading.has_verdict() || settled,
            few: limits.is_some() && self.base(node).is_some_and(|base| base.is_few()),
        })
    }
}

/// An index with the digits it takes to be on the right side of every threshold.
fn shown(index: f64, limits: &[f64]) -> String {
    let texts = limits.iter().map(|limit| format_near(index, *limit, 0));
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(index, 0))
}
