//! Many people's answers become one answer per question.
//!
//! [`Answers::merge`] is the last stage that sees what single roles said. What leaves it is the
//! merged answer of everybody, which evaluation reads like any other, and a
//! [`Panel`] of what may be shown beside it.
//!
//! - Ratings and scored choices become means: the mean of each role, then the mean over roles by
//!   weight, or one mean over everybody.
//! - Numbers are estimates, and one wild guess moves a mean: they become their median, in which
//!   each role weighs as it does in a mean, rounded to what people would say.
//! - Of several choices, those are taken that more than half took, and that set is counted.
//! - Choices without a score, and yes or no, are facts: two thirds must agree, else the question
//!   stays open and goes to the workshop.
//! - Texts are not merged; they are comments.
//! - Evidence belongs to the question, not to the person: a grade counts once the assessor has
//!   recorded it in `assessment.yaml`. What respondents name stays in their files.

mod agreed;
mod crowd;
mod many;
pub(crate) mod voice;

use super::check::{Desk, Laid};
use super::file::{AssessmentFile, ConsensusFile, TargetsFile};
use super::panel::{Depth, Grades, Panel, Scale};
use super::rules::GroupRules;
use super::tally::Tally;
use super::{Answers, Client, curves};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crowd::Crowd;
use many::Merged;
use std::collections::BTreeMap;
use std::sync::Arc;
use voice::Table;

/// What a folder holds beside its assessment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The responses, counted.
    pub tally: Option<&'a Tally>,
    /// What was agreed.
    pub consensus: Option<&'a ConsensusFile>,
    /// What is aimed at.
    pub targets: Option<&'a TargetsFile>,
    /// Whether there are responses, which leaves it to them to give values; also where they are
    /// not counted.
    pub responses: bool,
}

impl Answers {
    /// Checks an assessment, and merges into it what its folder holds beside it.
    ///
    /// What respondents answer comes before what the assessor answers, and what was agreed before
    /// both. Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn merge(
        rulebook: &Rulebook,
        file: &AssessmentFile,
        beside: &Beside<'_>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let tally = beside.tally.filter(|tally| tally.people() > 0);
        let mut desk = Desk::new(rulebook, file.basis, problems);
        desk.shared = beside.responses || tally.is_some();
        desk.format(&file.format);
        for (pack, answers) in &file.answers {
            desk.pack(pack, answers);
        }
        let assessed_on = file.assessed_on.as_ref().and_then(|text| desk.date(text));
        let rules = desk.rules(file.respondents.as_ref());
        let panel = tally.map(|tally| Arc::new(desk.merge(tally, rules)));
        if let Some(consensus) = beside.consensus {
            desk.agree(consensus);
        }
        if let Some(targets) = beside.targets {
            desk.aim_at(targets);
        }
        let curves = curves::check(&file.curves, desk.problems);
        let Laid {
            given,
            remarks,
            places,
        } = desk.laid()?;
        let answers = Self {
            client: Client {
                name: file.client.name.clone(),
                unit: file.client.unit.clone(),
            },
            assessed_on,
            standing: file.status,
            assessor: file.assessor.as_ref().map(|assessor| assessor.role),
            basis: file.basis,
            customers: None,
            figures: Arc::default(),
            curves: curves.into(),
            given,
            remarks,
            panel,
            capped: false,
            aimed: false,
        }
        .settled();
        answers.warn(rulebook, &places, file.packs.place, problems);
        Some(answers)
    }
}

impl Desk<'_> {
    /// Lays the merged answers over those of the assessor.
    pub(super) fn merge(&mut self, tally: &Tally, rules: GroupRules) -> Panel {
        let rulebook = self.rulebook;
        let crowd = Crowd::new(tally, rules);
        let mut panel = Panel {
            rules,
            people: (!crowd.is_few()).then(|| tally.people()),
            roles: crowd.roles(),
            scales: Vec::new(),
            voices: Vec::new(),
            grades: Grades::NONE,
            scores: BTreeMap::new(),
        };
        let (mut mixed, mut depth) = (Vec::new(), Vec::new());
        for (node, item) in rulebook.items.iter().enumerate() {
            let Some(question) = item.kind.question() else {
                break;
            };
            let table = Table::new(&crowd, node, item, question);
            let merged = Merged::of(question, &table.cells, &rules);
            // Answers that are not counted give nothing to rely on, and are not told by a grade either.
            depth.push(if table.is_closed() {
                Depth::default()
            } else {
                table.depth()
            });
            let voice = table.voice(&merged);
            let told = voice.as_ref().is_some_and(|voice| voice.mixed);
            panel.voices.push(voice);
            if table.is_closed() || merged.state == State::Missing {
                continue;
            }
            if told {
                mixed.push(item.id.as_str());
            }
            self.lay(node, item, question, &merged);
        }
        panel.scales = scales(tally, &panel);
        panel.grades = Grades::of(depth.iter());
        panel.scores = grades(rulebook, &depth);
        self.warn_of_mixed(&mixed);
        panel
    }

    /// Where some say that a question does not apply and others rate it, the rating counts; that
    /// they see it so differently is worth a word.
    fn warn_of_mixed(&mut self, ids: &[&str]) {
        let (Some(_), list) = (ids.first(), ids.join("`, `")) else {
            return;
        };
        let message =
            format!("some say that a question does not apply, and others answer it: `{list}`");
        let warning = Diagnostic::warning(Code::MixedApplicability, message);
        self.problems
            .push(warning.help("the answers count; settle it in consensus.yaml"));
    }

    fn warn_of_own(&mut self, node: usize, id: &str) {
        let place: Option<Place> = self.places.get(node).copied().flatten();
        let own = self
            .given
            .get(node)
            .is_some_and(|given| given.state != State::Missing);
        if let (true, Some(place)) = (own, place) {
            let message = format!("`{id}` is answered here and by respondents");
            let warning = Diagnostic::warning(Code::AnsweredTwice, message).at(place);
            self.problems.push(warning.help("the respondents' answer counts; to overrule it, agree on a value in consensus.yaml"));
        }
    }
}

/// The grades of the people behind each score.
fn grades(rulebook: &Rulebook, depth: &[Depth]) -> BTreeMap<usize, Grades> {
    let program = rulebook.program();
    let scores = (0..program.len()).filter(|node| program.score(*node).is_some());
    let graded = scores.map(|score| {
        let questions = program.questions_of(score);
        let heard = questions.iter().filter_map(|node| depth.get(*node));
        (score, Grades::of(heard))
    });
    graded.collect()
}

/// Scales on which nobody is hidden.
fn scales(tally: &Tally, panel: &Panel) -> Vec<Scale> {
    let open = |node: &usize| {
        panel
            .voice(*node)
            .is_some_and(|voice| voice.people.is_some())
    };
    let shown = tally.scales.iter().filter(|scale| {
        scale.sums.people >= panel.rules.minimum && scale.questions.iter().all(open)
    });
    let scale = |scale: &super::tally::Scale| {
        Some(Scale {
            section: scale.section,
            questions: scale.questions.len(),
            people: scale.sums.people,
            alpha: scale.sums.alpha()?,
        })
    };
    shown.filter_map(scale).collect()
}
