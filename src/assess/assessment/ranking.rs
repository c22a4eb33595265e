//! The parts that stand highest and lowest, and whether that may be said at all.

mod order;

use super::evaluated::Evaluated;
use super::{ItemId, RankingResult};
use crate::rules::condition::Truth;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Domain, ExhibitKind, market, profile, thresholds};
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
                    let differences = nodes.iter().filter_map(|node| self.difference(*node));
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
        let limits = |node: usize| limits.get(node).map_or(&[][..], Vec::as_slice);
        let standings = |nodes: &[usize]| -> Vec<Ranked> {
            let found = nodes.iter().copied();
            let found = found.filter_map(|node| self.standing(node, limits(node)));
            found.collect()
        };
        self.settled(&parts, rank(&standings(&parts), &standings(&wholes)))
    }

    /// A ranking that parts without a value could still turn is not firm.
    fn settled(&self, parts: &[usize], ranking: RankingResult) -> RankingResult {
        let mut readings = parts
            .iter()
            .filter_map(|node| self.evaluation.readings.get(*node));
        let open = readings.any(|reading| !reading.is_absent() && !reading.is_rated());
        let firm = ranking.firm && !open;
        RankingResult { firm, ..ranking }
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

    /// Where a part stands on the scale of all parts, 0 to 100.
    fn standing(&self, node: usize, limits: &[f64]) -> Option<Ranked> {
        let reading = self.rated(node)?;
        let index = reading.index(reading.value);
        let (low, high) = reading.index_range();
        let few = self.base(node).is_some_and(|base| base.is_few());
        let standing = self.stand(node, reading, [low, index, high], shown(index, limits))?;
        Some(Ranked { few, ..standing })
    }

    /// Where a score stands that tells how far two things lie apart.
    fn difference(&self, node: usize) -> Option<Ranked> {
        let reading = self.rated(node)?;
        let ends = [reading.low, reading.value, reading.high];
        self.stand(node, reading, ends, rounded(reading.value.abs(), 1))
    }

    fn stand(&self, node: usize, of: &Reading, ends: [f64; 3], shown: String) -> Option<Ranked> {
        let settled = !of.pending && (of.high - of.low).abs() <= TOLERANCE;
        Some(Ranked {
            id: ItemId::from(&self.rulebook.item(node)?.id),
            shown,
            ends,
            judged: of.has_verdict() || settled,
            few: false,
        })
    }

    fn rated(&self, node: usize) -> Option<&Reading> {
        let reading = self.evaluation.readings.get(node)?;
        Some(reading).filter(|reading| !reading.is_absent() && reading.is_rated())
    }
}

/// An index with the digits it takes to stand on the right side of every threshold.
fn shown(index: f64, limits: &[f64]) -> String {
    let texts = limits.iter().map(|limit| format_near(index, *limit, 0));
    texts
        .max_by_key(String::len)
        .unwrap_or_else(|| rounded(index, 0))
}
