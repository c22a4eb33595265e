//! Scores: children resolved, weights and caps checked, possible ranges computed.

mod children;
mod range;

use super::linker::Linker;
use crate::message;
use crate::rules::pack::file::{CapFile, CapsFile, OfFile, OneFile, ScoreFile, SectionFile};
use crate::rules::rulebook::{Cap, Domain, Item, ItemKind, ScoreRule, Step, Term};
use crate::rules::vocabulary::Aggregate;
use crate::text::diagnostic::{Code, Place};
use crate::text::yaml::Located;
use range::{Range, possible};

impl Linker<'_> {
    /// The score of a section, written as a score over its questions.
    pub(super) fn section_score(
        &self,
        pack: usize,
        id: &Located<String>,
        section: &SectionFile,
    ) -> Option<ScoreFile> {
        let file = section.score.as_ref()?;
        let questions = || {
            let nodes = self.scored_questions(pack, &id.value).into_iter();
            let items = nodes.filter_map(|node| self.items.get(node));
            let ids = items.map(|item| {
                OneFile::Id(Located {
                    value: item.local_id().to_owned(),
                    place: item.place,
                })
            });
            OfFile::List(ids.collect())
        };
        Some(ScoreFile {
            title: Some(section.title.clone()),
            about: file.about.clone(),
            aggregate: file.aggregate,
            of: file.of.clone().unwrap_or_else(questions),
            weights: file.weights.clone(),
            normalise: file.normalise,
            test: file.test.clone(),
            cap: file.cap.clone(),
            called_for: section.called_for.clone(),
            asked_in: Vec::new(),
        })
    }

    pub(super) fn score(&mut self, node: usize, file: &ScoreFile) {
        let pack = self.pack_of(node);
        let children = self.children(pack, &file.of);
        let place = file.aggregate.place;
        if !self.fits(pack, file, &children) || !self.apart_from_metrics(&children, place) {
            return;
        }
        let Some(terms) = self.terms(pack, file, &children) else {
            return;
        };
        let Some(ranges) = self.ranges(file, &children) else {
            return;
        };
        let Some(test) = self.score_test(file, &children) else {
            return;
        };
        let aggregate = file.aggregate.value;
        let Range(least, most) = possible(aggregate, &ranges, &terms);
        let caps = self.caps(pack, file, Range(least, most));
        let kind = ItemKind::Score {
            aggregate,
            children,
            caps: caps_of(file)
                .iter()
                .map(|cap| cap.because.clone())
                .collect(),
            not_asked: self.not_asked(pack, &file.asked_in),
        };
        let whole = aggregate == Aggregate::Count;
        self.set(node, Domain::Number { least, most, whole }, kind);
        let score = ScoreRule {
            aggregate,
            terms,
            normalise: file.normalise,
            test,
            least,
            most,
            caps,
        };
        if let Some(when) = &file.called_for {
            self.compile_called_for(pack, when);
        }
        self.program.push(Step::Score { node, score });
    }

    /// The packs of `asked_in` that the assessment does without.
    fn not_asked(&mut self, pack: usize, asked_in: &[Located<String>]) -> Vec<String> {
        let mut missing = Vec::new();
        for id in asked_in {
            let name = &id.value;
            if self.requirement(pack, name).is_none() {
                let message = message!("asked-in-names-the-pack-which-is-not", name);
                let help = message!("add-it-to-uses-as-optional");
                self.refuse(Code::UnknownId, id.place, message, help);
            } else if !self.packs.iter().any(|one| one.id == *name) {
                missing.push(name.clone());
            }
        }
        missing
    }

    fn fits(&mut self, pack: usize, file: &ScoreFile, children: &[usize]) -> bool {
        let place = file.aggregate.place;
        let name = format!("{:?}", file.aggregate.value).to_lowercase();
        let open = self.may_lack_children(pack, &file.of);
        let problem = match (file.aggregate.value, children.len()) {
            (Aggregate::Difference, _) if open => {
                Some(message!("a-difference-cannot-rest-on-what"))
            }
            _ if open => None,
            (_, 0) => Some(message!("a-score-needs-children")),
            (Aggregate::Difference, n) if n != 2 => {
                Some(message!("a-difference-is-between-exactly-two"))
            }
            (Aggregate::Spread, 1) => Some(message!("a-spread-is-between-at-least-two")),
            _ => None,
        };
        if let Some(problem) = problem {
            self.refuse(
                Code::InvalidScore,
                place,
                problem,
                message!("name-them-in-of"),
            );
            return false;
        }
        let tests = matches!(file.aggregate.value, Aggregate::Count | Aggregate::Share);
        match (tests, &file.test) {
            (true, None) => {
                let message = message!("needs-a-test", name);
                self.refuse(Code::InvalidScore, place, message, "add `test: \">= 3\"`");
                false
            }
            (false, Some(test)) => {
                let message = message!("takes-no-test", name);
                let help = message!("count-and-share-do");
                self.refuse(Code::InvalidScore, test.place, message, help);
                false
            }
            (true, Some(_)) | (false, None) => true,
        }
    }

    fn terms(&mut self, pack: usize, file: &ScoreFile, children: &[usize]) -> Option<Vec<Term>> {
        let before = self.problems.errors();
        let gathered = self.gathered(pack, &file.of);
        let mut replaced = Vec::new();
        for (id, weight) in &file.weights {
            let Some(node) = self.resolve(pack, id) else {
                continue;
            };
            if !children.contains(&node) {
                let message = message!("has-a-weight-and-is-no-child-of-this", id = id.value);
                let help = message!("add-it-to-of-or-drop-the-weight");
                self.refuse(Code::InvalidScore, id.place, message, help);
            }
            if !(weight.value.is_finite() && weight.value > 0.0) {
                let (message, help) = (
                    message!("a-weight-is-above"),
                    message!("leave-the-child-out-instead"),
                );
                self.refuse(Code::InvalidScore, weight.place, message, help);
            }
            replaced.push((node, weight.value));
        }
        let weight = |node: usize| {
            let found = replaced.iter().find(|(one, _)| *one == node);
            let question = self.items.get(node).and_then(|item| item.kind.question());
            let own = question.map_or(1.0, |question| question.weight);
            found.map_or(own, |(_, weight)| *weight)
        };
        let terms = children.iter().map(|node| Term {
            node: *node,
            weight: weight(*node),
            gathered: gathered.contains(node),
        });
        let terms = terms.collect();
        (self.problems.errors() == before).then_some(terms)
    }

    fn caps(&mut self, pack: usize, file: &ScoreFile, Range(least, most): Range) -> Vec<Cap> {
        let mut caps = Vec::new();
        for cap in caps_of(file) {
            let at = cap.at.value;
            if !(least..most).contains(&at) {
                let message = message!("a-cap-at-never-bites-the-score", at, least, most);
                let help = message!("move-it-into-the-range");
                self.refuse(Code::ThresholdOutOfRange, cap.at.place, message, help);
            }
            if let Some(when) = self.condition(pack, &cap.when) {
                self.apart_from_metrics(&self.program.read_in(&when), cap.when.place);
                caps.push(Cap { when, at });
            }
        }
        caps
    }

    /// Refuses items that are metrics or rest on one: metrics are never part of maturity.
    pub(super) fn apart_from_metrics(&mut self, nodes: &[usize], place: Place) -> bool {
        let is_figure = |node: &usize| {
            let kind = self.items.get(*node).map(|item| &item.kind);
            matches!(kind, Some(ItemKind::Figure { .. }))
        };
        let rests_on_one = |node: &&usize| {
            let table = self.program.table(**node);
            is_figure(node) || table.is_some_and(|table| table.inputs.iter().any(is_figure))
        };
        let Some(node) = nodes.iter().find(rests_on_one) else {
            return true;
        };
        let name = self.items.get(*node).map_or("", Item::local_id);
        let message = message!("is-a-metric-or-rests-on-one", name);
        let help = message!("metrics-stand-beside-scores-and-levels");
        self.refuse(Code::InvalidMetric, place, message, help);
        false
    }
}

/// The caps of a score, as written.
pub(super) fn caps_of(file: &ScoreFile) -> &[CapFile] {
    file.cap.as_ref().map_or(&[], CapsFile::list)
}
