//! The figures beside a headline: level, index, form, results, and how much is answered.

use crate::assess::assessment::{Answered, FitState, LadderResult};
use crate::report::chart::whole;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, capital, in_words, percent, short};
use crate::report::view::exhibit::Strip;
use crate::report::view::pack::Pack;
use crate::rules::VERDICT_COVERAGE;
use crate::rules::rulebook::Domain;
use crate::rules::vocabulary::State;
use serde::Serialize;
use std::borrow::Cow;

/// A pack of metrics and nothing else puts so many of them on the first page.
const MOST_RESULTS: usize = 3;

/// A figure with its name.
#[derive(Debug, Clone, Serialize)]
pub struct Fact<'a> {
    /// "Index", or the name of a metric.
    pub label: Text<'a>,
    /// "47".
    pub value: Text<'a>,
    /// "of 100; range 41 to 55".
    pub note: String,
}

impl<'a> ReportContext<'a> {
    pub(super) fn facts(&self, place: usize, main: Option<&'a LadderResult>) -> Vec<Fact<'a>> {
        let mut facts = Vec::new();
        facts.extend(main.map(level_fact));
        facts.extend(self.index_fact(place));
        facts.extend(self.form_fact(place));
        facts
    }

    /// Answers of packs that only collect facts, each with the name of its question.
    pub(in crate::report::view) fn client_facts(&self) -> Vec<Fact<'a>> {
        let told = self.assessment.questions.iter().filter(|one| {
            let item = self.item(&one.id);
            let facts =
                item.is_some_and(|item| item.domain != Domain::Text && self.only_facts(item.pack));
            facts && one.state == State::Rated
        });
        told.map(|one| Fact {
            label: Cow::Borrowed(&one.label),
            value: Cow::Borrowed(&one.says),
            note: String::new(),
        })
        .collect()
    }

    /// Sentence about a pack whose questions do not apply; `None` if any does.
    pub(super) fn nothing(&self, place: usize) -> Option<String> {
        let items = self.rulebook.items.iter().enumerate();
        let questions = items.take(self.rulebook.question_count());
        let mut own = questions.filter(|(_, item)| item.pack == place);
        let (first, _) = own.next()?;
        let none = !self.applies(first) && own.all(|(node, _)| !self.applies(node));
        none.then(|| "None of the questions applies here.".to_owned())
    }

    fn form_fact(&self, place: usize) -> Option<Fact<'a>> {
        let fit = self.fit(place)?;
        let (required, built) = Self::forms(fit);
        (fit.state != FitState::NotApplicable).then(|| Fact {
            label: "Built".into(),
            value: built,
            note: format!("called for: {required}"),
        })
    }

    /// The index of the score that speaks for a pack, or of the one its ladder reads.
    pub(super) fn index_strip(&self, place: usize) -> Option<Strip<'a>> {
        let headline = self.rulebook.packs.get(place)?.headline?;
        let ladder = self.rulebook.program.ladder(headline);
        let of = ladder.map_or(Some(headline), |ladder| ladder.of)?;
        self.applies(of).then(|| self.strip(of))?
    }

    fn index_fact(&self, place: usize) -> Option<Fact<'a>> {
        let strip = self.index_strip(place)?;
        let range = match (&strip.range, &strip.value) {
            (Some(range), Some(value)) if range != value => format!("of 100; range {range}"),
            _ => "of 100".to_owned(),
        };
        Some(Fact {
            label: "Index".into(),
            value: strip.value.map_or("none".into(), Cow::Owned),
            note: range,
        })
    }

    /// Of all packs for the overall one; null for a pack that asks nothing of its own, or nothing
    /// that applies. Beside a level, where most of the pack is open, it is of what the level reads.
    pub(super) fn answered_fact(
        &self,
        place: usize,
        main: Option<&LadderResult>,
    ) -> Option<Fact<'a>> {
        let id = &self.rulebook.packs.get(place)?.id;
        let pack = self.assessment.packs.iter().find(|pack| pack.id == *id)?;
        let Answered {
            applicable, rated, ..
        } = pack.answered;
        if applicable == 0 {
            return None;
        }
        let share = whole(rated) / whole(applicable);
        let questions = self
            .assessment
            .questions
            .iter()
            .filter(|one| one.is_closed());
        let hidden = questions.filter(|one| {
            let of = self.item(&one.id).map(|item| item.pack);
            of == Some(place) || self.overall == Some(place)
        });
        let hidden = hidden.count();
        let (answered, hidden) = match hidden {
            0 => ("Questions answered", String::new()),
            some => ("Questions counted", format!("; {some} hidden")),
        };
        let count = format!("{rated} of {applicable} applicable questions{hidden}");
        let judged = main.filter(|ladder| ladder.level.is_some() && !ladder.is_thin());
        let read = judged.and_then(|ladder| ladder.coverage);
        let (label, share, note) = match read.filter(|_| share < VERDICT_COVERAGE) {
            Some(read) => (
                "Weight answered",
                read,
                format!("{OF_THE_LEVEL}; {count} in all"),
            ),
            None => (answered, share, count),
        };
        Some(Fact {
            label: label.into(),
            value: Cow::Owned(percent(share)),
            note,
        })
    }
}

/// Base of a share that is not one of the pack's questions.
pub(super) const OF_THE_LEVEL: &str = "of what the level reads";

/// Number of results that a pack gives, in a sentence; `None` if it has no metrics.
pub(super) fn results(pack: &Pack<'_>) -> Option<String> {
    let all = pack.metrics.len();
    let told = pack.metrics.iter().filter(|one| one.none.is_none()).count();
    let results = counted_words(all);
    match all {
        0 => None,
        _ if told == all => Some(format!("{} can be told.", capital(&results))),
        _ => Some(format!(
            "{} of {results} can be told.",
            capital(&in_words(told))
        )),
    }
}

fn counted_words(count: usize) -> String {
    let noun = if count == 1 { "result" } else { "results" };
    format!("{} {noun} of the business", in_words(count))
}

/// The first metrics with a result, as facts.
pub(super) fn result_facts<'a>(pack: &Pack<'a>) -> impl Iterator<Item = Fact<'a>> {
    let made = pack.metrics.iter().filter(|one| one.none.is_none());
    made.take(MOST_RESULTS).map(|metric| Fact {
        label: metric.title.clone(),
        value: metric.value.clone(),
        note: metric.note.clone(),
    })
}

pub(super) fn level_fact(ladder: &LadderResult) -> Fact<'_> {
    let count = ladder.levels.len();
    let Some(level) = &ladder.level else {
        return Fact {
            label: "Level".into(),
            value: "none yet".into(),
            note: "too little is answered".to_owned(),
        };
    };
    let at = ladder.rank(level).map(|at| format!("{at} of {count}"));
    let others: Vec<&str> = ladder
        .possible
        .iter()
        .filter(|one| one.id != level.id)
        .map(|one| short(&one.label))
        .collect();
    let mut note = at.unwrap_or_default();
    if ladder.is_thin() {
        note.push_str(", whatever the open answers are");
    }
    if !others.is_empty() {
        note.push_str("; could be ");
        note.push_str(&crate::rules::rulebook::words::either_quoted(&others));
    }
    Fact {
        label: "Level".into(),
        value: Cow::Borrowed(&level.label),
        note,
    }
}
