//! The result: one plain document, the same for JSON, reports and everything that compares.
//!
//! [`assess`] evaluates answers and puts words to the numbers. Figures are unrounded here; rounding
//! happens once, where people read them.

mod action;
mod cause;
mod deciding;
mod differences;
mod effect;
mod evaluated;
mod finding;
mod first;
mod fit;
mod group;
mod ladder;
mod matched;
mod metric;
mod question;
mod ranking;
mod remedy;
mod restore;
pub(crate) mod result;
mod score;
mod words;
mod work;

pub(crate) use ladder::need_of;
pub use matched::{MatchedResult, Mismatch};
pub(crate) use metric::convention;
pub use result::*;
pub(crate) use words::{answer_words, contested_words, money, reading_words, test_words};

use crate::answers::{Answers, is_in_form};
use crate::assess::evaluate::{evaluate, evaluate_with_trace};
use crate::assess::plan::{advice::Remedies, priority::raises};
use crate::rules::rulebook::{Asked, Domain, Pack, Rulebook};
use crate::rules::vocabulary::{Grade, State};
use effect::Effects;
use evaluated::{Evaluated, OfItem};
use first::{decisions_now, next, settling, soon};
use work::Conclusions;

/// Evaluates answers and puts words to the numbers.
#[must_use]
pub fn assess(rulebook: &Rulebook, answers: &Answers) -> Assessment {
    let evaluation = evaluate_with_trace(rulebook, answers);
    Evaluated::new(rulebook, answers, &evaluation).assessment()
}

/// Evaluates answers as far as clients are counted side by side: scores, levels, gates and findings
/// are those of [`assess`], findings by their weight alone. What levels need, everything that is
/// concluded, such as causes and actions, and the single questions are left out.
#[must_use]
pub fn assess_figures(rulebook: &Rulebook, answers: &Answers) -> Assessment {
    let evaluation = evaluate(rulebook, answers);
    let mut figures = Evaluated::new(rulebook, answers, &evaluation).figures(Evaluated::reached);
    figures.findings.sort_by_key(FindingResult::weight);
    figures
}

impl<'a> Evaluated<'a> {
    /// The part of a result that is not concluded of other parts of it.
    fn figures(&self, ladder: OfItem<'a, LadderResult>) -> Assessment {
        let (mut findings, open_findings) = self.findings();
        let mut gates = self.gates();
        Self::share_wording(&mut gates, &mut findings);
        let answered = self.answered(|_| true);
        let coverage = answered.coverage();
        let people = self.answers.disclosure().map(|panel| panel.grades);
        Assessment {
            format: 1,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")).to_owned(),
            packs: self.packs(),
            client: self.answers.client.clone(),
            assessed_on: self.answers.assessed_on.map(|date| date.to_string()),
            form: self.answers.form,
            question_count: self.question_count(),
            basis: self.answers.basis,
            status: self.answers.status,
            respondents: self.respondents(),
            coverage,
            answered,
            confidence: Confidence::new(coverage, self.evidence(), people),
            scores: self.each(Self::score),
            levels: self.each(ladder),
            gates,
            findings,
            open_findings,
            ..Assessment::default()
        }
    }

    fn assessment(&self) -> Assessment {
        let figures = self.figures(Self::ladder);
        let standing = self.standing(&figures);
        let fits = self.fits();
        let conclusions = Conclusions {
            gates: &figures.gates,
            findings: &figures.findings,
            levels: &figures.levels,
            fits: &fits,
        };
        let mut works = self.works(&conclusions);
        let readings = &self.evaluation.readings;
        let remedies = Remedies::new(self.rulebook, readings, &figures.gates, &figures.findings);
        let mut plan = raises(&remedies, self.answers, |node| self.is_gap(node));
        let mut effects = Effects::new(self, &figures.levels);
        let contradicted = self.contradicted(standing.as_ref(), &figures.findings, &mut effects);
        let spare = self.spare(&works, &plan);
        let causes = self.causes(&conclusions, (&works, &spare), &plan, &mut effects);
        let mut questions = self.each(Self::question_result);
        works.extend(Self::wanted(spare, &causes, &questions));
        let settling = settling(&contradicted, &figures.findings);
        let actions = self.actions(&works, (&causes, &settling), &plan, &mut effects);
        let next = next(&causes, &actions);
        let found = (&*figures.findings, standing.as_ref());
        let soon = soon(&actions, (&settling, &next), found);
        let soon_effect = self.together(&soon, &works, &mut effects);
        self.assign(&mut plan, &actions);
        self.lead_to_targets(&mut questions, &actions);
        let mut result = Assessment {
            decides: self.deciding(standing.as_ref().map(|one| &one.ladder)),
            standing,
            best_answers: self.best_answers(&questions),
            questions,
            rankings: self.rankings(),
            gaps: self.gaps(),
            decisions: self.each(Self::decision),
            metrics: self.metrics(),
            decisions_now: decisions_now(&causes, &actions),
            next,
            soon,
            soon_effect,
            simplify: self.simplify(&actions),
            fits,
            causes,
            actions,
            plan,
            ..figures
        };
        result.findings.sort_by_key(|finding| {
            let settles = contradicted.iter().any(|one| one.id == finding.id);
            (!settles, finding.weight())
        });
        Assessment {
            disputed: result.disputed(&contradicted),
            contradicted,
            to_settle: result.unsettled(),
            grave_risks: result.grave_risks(),
            soon_levels: result.soon_levels(),
            standing: result.standing_with_actions(),
            ..result
        }
    }

    /// The packs, with what speaks for each.
    fn packs(&self) -> Vec<PackResult> {
        let packs = self.rulebook.packs.iter().enumerate();
        let packs = packs.map(|(place, pack)| PackResult {
            overall: pack.overall,
            headline: self.headline(pack),
            answered: self.answered(|own| pack.overall || own == place),
            id: pack.id.clone(),
            version: pack.version.to_string(),
            digest: pack.digest.clone(),
            changed: pack.changed,
            overlays: pack.overlays.iter().map(OverlayResult::new).collect(),
            title: pack.title.clone(),
            moved: self.rulebook.moved_of(&pack.id).collect(),
        });
        packs.collect()
    }

    /// The score or ladder that speaks for a pack.
    fn headline(&self, pack: &Pack) -> Option<HeadlineResult> {
        let node = pack.headline?;
        let is_ladder = self.rulebook.program.ladder(node).is_some();
        Some(HeadlineResult {
            id: self.id(node)?,
            kind: if is_ladder {
                HeadlineKind::Ladder
            } else {
                HeadlineKind::Score
            },
        })
    }

    /// Counts the questions that the form asks.
    fn question_count(&self) -> QuestionCount {
        let in_form = |asked: &Asked<'_>| is_in_form(asked.question, self.answers.form);
        QuestionCount {
            asked: self.rulebook.questions().filter(in_form).count(),
            of: self.rulebook.question_count(),
        }
    }

    /// Counts the questions of some packs that apply, and those that are answered; free text apart.
    fn answered(&self, pack: impl Fn(usize) -> bool) -> Answered {
        let mut answered = Answered::default();
        for (_, item, reading) in self.questions() {
            if pack(item.pack) && item.domain != Domain::Text && !reading.is_absent() {
                answered.applicable += 1;
                answered.rated += usize::from(reading.state == State::Rated);
                answered.missing += usize::from(reading.state == State::Missing);
            }
        }
        answered
    }

    /// The share of answered questions that a document or better supports, `0..=1`.
    fn evidence(&self) -> f64 {
        let pairs = self.questions().zip(self.answers.notes());
        let rated = pairs.filter(|((.., reading), _)| reading.state == State::Rated);
        let (count, proven) = rated.fold((0.0, 0.0), |(count, proven), (_, notes)| {
            let one = f64::from(u8::from(notes.grade >= Grade::Document));
            (count + 1.0, proven + one)
        });
        if count > 0.0 { proven / count } else { 0.0 }
    }
}
