//! Scores: children resolved, weights and caps checked, possible ranges computed.

mod children;
mod range;

use range::{Range, possible, worth};

use super::{Linker, Step};
use crate::rules::pack::file::{
    CapFile, CapsFile, OfFile, ScoreFile, SectionFile, SectionScoreFile,
};
use crate::rules::rulebook::{Cap, Domain, ItemKind, ScoreRule, Term};
use crate::rules::vocabulary::Aggregate;
use crate::text::diagnostic::Code;
use crate::text::yaml::{Entries, Located, Scalar, Value};

/// A score as written, whether it stands among the scores or in its section.
pub(super) struct ScoreView<'a> {
    pub(super) about: Option<&'a String>,
    pub(super) aggregate: Located<Aggregate>,
    pub(super) of: Option<&'a OfFile>,
    section: Option<&'a str>,
    weights: &'a Entries<Located<f64>>,
    normalise: bool,
    test: Option<&'a Located<Scalar>>,
    cap: Option<&'a CapsFile>,
    pub(super) called_for: Option<&'a Located<Value>>,
    asked_in: &'a [Located<String>],
}

impl<'a> ScoreView<'a> {
    pub(super) fn of_score(file: &'a ScoreFile) -> Self {
        Self {
            about: file.about.as_ref(),
            aggregate: file.aggregate,
            of: Some(&file.of),
            section: None,
            weights: &file.weights,
            normalise: file.normalise,
            test: file.test.as_ref(),
            cap: file.cap.as_ref(),
            called_for: file.called_for.as_ref(),
            asked_in: &file.asked_in,
        }
    }

    pub(super) fn of_section(
        section: &'a SectionFile,
        id: &'a str,
        file: &'a SectionScoreFile,
    ) -> Self {
        Self {
            about: file.about.as_ref(),
            aggregate: file.aggregate,
            of: file.of.as_ref(),
            section: Some(id),
            weights: &file.weights,
            normalise: file.normalise,
            test: file.test.as_ref(),
            cap: file.cap.as_ref(),
            called_for: section.called_for.as_ref(),
            asked_in: &[],
        }
    }

    pub(super) fn caps(&self) -> &'a [CapFile] {
        match self.cap {
            Some(CapsFile::One(cap)) => std::slice::from_ref(cap),
            Some(CapsFile::List(caps)) => caps,
            None => &[],
        }
    }
}

impl Linker<'_> {
    pub(super) fn score(&mut self, node: usize, view: &ScoreView<'_>) {
        let pack = self.pack_of(node);
        let children = self.children(pack, view);
        if !self.fits(pack, view, &children) {
            return;
        }
        if !self.apart_from_metrics(&children, view.aggregate.place) {
            return;
        }
        let Some(terms) = self.terms(pack, view, &children) else {
            return;
        };
        let Some(ranges) = self.ranges(view, &children) else {
            return;
        };
        let Some(test) = self.score_test(view, &children) else {
            return;
        };
        let Range(least, most) = possible(view.aggregate.value, &ranges, &terms);
        let whole = view.aggregate.value == Aggregate::Count;
        let caps = self.caps(pack, view, Range(least, most));
        let kind = ItemKind::Score {
            aggregate: view.aggregate.value,
            children,
            caps: view.caps().iter().map(|cap| cap.because.clone()).collect(),
            not_asked: self.not_asked(pack, view.asked_in),
        };
        self.set(node, Domain::Number { least, most, whole }, kind);
        let score = ScoreRule {
            aggregate: view.aggregate.value,
            terms,
            normalise: view.normalise,
            test,
            least,
            most,
            caps,
        };
        if let Some(when) = view.called_for {
            self.compile_called_for(pack, when);
        }
        self.program.push(Step::Score { node, score });
    }

    /// The packs of `asked_in` that the assessment does without.
    fn not_asked(&mut self, pack: usize, asked_in: &[Located<String>]) -> Vec<String> {
        let mut missing = Vec::new();
        for id in asked_in {
            let uses = self.loaded.get(pack).map(|one| &one.file.uses);
            if uses.and_then(|uses| uses.get(&id.value)).is_none() {
                let message = format!(
                    "`asked_in` names the pack `{}`, which is not used",
                    id.value
                );
                self.refuse(
                    Code::UnknownId,
                    id.place,
                    message,
                    "add it to `uses` as optional",
                );
            } else if !self.packs.iter().any(|one| one.id == id.value) {
                missing.push(id.value.clone());
            }
        }
        missing
    }

    pub(super) fn set(&mut self, node: usize, domain: Domain, kind: ItemKind) {
        if let Some(item) = self.items.get_mut(node) {
            item.domain = domain;
            item.kind = kind;
        }
    }

    fn fits(&mut self, pack: usize, view: &ScoreView<'_>, children: &[usize]) -> bool {
        let place = view.aggregate.place;
        let name = format!("{:?}", view.aggregate.value).to_lowercase();
        let open = self.may_lack_children(pack, view);
        let problem = match (view.aggregate.value, children.len()) {
            (Aggregate::Difference, _) if open => {
                Some("a difference cannot rest on what may not be there")
            }
            _ if open => None,
            (_, 0) => Some("a score needs children"),
            (Aggregate::Difference, n) if n != 2 => Some("a difference is between exactly two"),
            (Aggregate::Spread, 1) => Some("a spread is between at least two"),
            _ => None,
        };
        if let Some(problem) = problem {
            self.refuse(Code::InvalidScore, place, problem, "name them in `of`");
            return false;
        }
        let tests = matches!(view.aggregate.value, Aggregate::Count | Aggregate::Share);
        match (tests, view.test) {
            (true, None) => {
                let message = format!("`{name}` needs a test");
                self.refuse(Code::InvalidScore, place, message, "add `test: \">= 3\"`");
                false
            }
            (false, Some(test)) => {
                let message = format!("`{name}` takes no test");
                self.refuse(
                    Code::InvalidScore,
                    test.place,
                    message,
                    "`count` and `share` do",
                );
                false
            }
            _ => true,
        }
    }

    fn terms(
        &mut self,
        pack: usize,
        view: &ScoreView<'_>,
        children: &[usize],
    ) -> Option<Vec<Term>> {
        let before = self.problems.errors();
        let gathered = self.gathered(pack, view);
        let mut replaced = Vec::new();
        for (id, weight) in view.weights {
            let Some(node) = self.resolve(pack, id) else {
                continue;
            };
            if !children.contains(&node) {
                let message = format!("`{}` has a weight and is no child of this score", id.value);
                self.refuse(
                    Code::InvalidScore,
                    id.place,
                    message,
                    "add it to `of`, or drop the weight",
                );
            }
            if !(weight.value.is_finite() && weight.value > 0.0) {
                self.refuse(
                    Code::InvalidScore,
                    weight.place,
                    "a weight is above 0",
                    "leave the child out instead",
                );
            }
            replaced.push((node, weight.value));
        }
        let own = |node: usize| match self.items.get(node).map(|item| &item.kind) {
            Some(ItemKind::Question(question)) => question.weight,
            _ => 1.0,
        };
        let weight = |node: usize| {
            replaced
                .iter()
                .find(|(one, _)| *one == node)
                .map_or_else(|| own(node), |(_, weight)| *weight)
        };
        let terms = children
            .iter()
            .map(|node| Term {
                node: *node,
                weight: weight(*node),
                gathered: gathered.contains(node),
            })
            .collect();
        (self.problems.errors() == before).then_some(terms)
    }

    fn caps(&mut self, pack: usize, view: &ScoreView<'_>, Range(least, most): Range) -> Vec<Cap> {
        let mut caps = Vec::new();
        for cap in view.caps() {
            if !(least..most).contains(&cap.at.value) {
                let message = format!(
                    "a cap at {} never bites: the score lies between {least} and {most}",
                    cap.at.value
                );
                self.refuse(
                    Code::ThresholdOutOfRange,
                    cap.at.place,
                    message,
                    "move it into the range",
                );
            }
            if let Some(when) = self.condition(pack, &cap.when) {
                let read = self.read_in(&when);
                self.apart_from_metrics(&read, cap.when.place);
                caps.push(Cap {
                    when,
                    at: cap.at.value,
                });
            }
        }
        caps
    }
}
