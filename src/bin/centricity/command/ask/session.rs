//! The interview itself: a question is shown, lines are heard, answers are kept.

use super::keep::Sheet;
use super::paper::Paper;
use super::store::Store;
use super::talk::Talk;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::Output;
use centricity::answers::edit::{Change, yaml_line};
use centricity::collect::interview::{Interview, Pace, Round};
use centricity::report::terminal::{question, section};
use centricity::rules::rulebook::{Item, Question};

/// An interview under way.
pub(super) struct Session<'p> {
    pub(super) paper: &'p Paper,
    interview: Interview<'p>,
    pub(super) store: Store,
    pub(super) talk: Talk,
    pub(super) output: Output,
    pub(super) sheet: Sheet,
    /// What was said beside an answer that is still to be given.
    pub(super) pending: Change,
    /// Whether it was said that this goes with the answer or not at all.
    pub(super) warned: bool,
    section: Option<usize>,
}

/// Where an interview goes from a question.
pub(super) enum Step {
    Stay,
    On,
    Back,
    Stop,
}

/// A question that is being asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'p> {
    pub(super) node: usize,
    pub(super) item: &'p Item,
    pub(super) question: &'p Question,
}

impl<'p> Session<'p> {
    /// An interview over a file; `None` where that is not valid, which is then told.
    pub(super) fn begin(
        paper: &'p Paper,
        interview: Interview<'p>,
        store: Store,
        talk: Talk,
        output: Output,
    ) -> Option<Self> {
        let sheet = Sheet::seen(paper, &store, output)?;
        Some(Self {
            paper,
            interview,
            store,
            talk,
            output,
            sheet,
            pending: Change::default(),
            warned: false,
            section: None,
        })
    }

    pub(super) fn run(mut self, pace: Pace) -> Outcome {
        let mut at = self.round().first(pace);
        if at.is_some() {
            self.talk.say(
                "Type an answer, or ? for help, and press Enter. Each answer is saved at once.\n",
            )?;
        }
        while let Some(node) = at {
            let item = self.paper.rulebook.item(node);
            let Some((item, question)) = item.and_then(|item| Some((item, item.kind.question()?)))
            else {
                break;
            };
            let asked = Asked {
                node,
                item,
                question,
            };
            self.show(asked)?;
            let step = loop {
                match self.turn(asked)? {
                    Step::Stay => {}
                    step @ (Step::On | Step::Back | Step::Stop) => break step,
                }
            };
            let unsaid = std::mem::take(&mut self.pending);
            self.warned = false;
            let round = self.round();
            at = match step {
                Step::On => self.interview.after(node, &round, pace),
                Step::Back => self.back(node, &round)?,
                Step::Stay | Step::Stop => {
                    self.stopped(asked, &round, &unsaid);
                    return Ok(Exit::Done);
                }
            };
        }
        self.finished();
        Ok(Exit::Done)
    }

    fn round(&self) -> Round {
        self.interview.round(&self.sheet.answers)
    }

    fn back(&mut self, node: usize, round: &Round) -> Result<Option<usize>, Failure> {
        let before = self.interview.before(node, round);
        if before.is_none() {
            self.talk.say("This is the first question.\n")?;
        }
        Ok(before.or(Some(node)))
    }

    fn show(&mut self, asked: Asked<'_>) -> Result<(), Failure> {
        let paint = self.output.colors();
        let rulebook = &self.paper.rulebook;
        if self.section != asked.item.section {
            self.section = asked.item.section;
            let head = self
                .section
                .and_then(|place| rulebook.sections().get(place));
            self.talk
                .say(&head.map_or(String::new(), |head| section(head, paint)))?;
        }
        let round = self.round();
        let place = (round.number(asked.node).unwrap_or_default(), round.len());
        let text = question(rulebook, &self.sheet.answers, asked.node, place, paint);
        self.talk.say(&text)
    }

    fn stopped(&self, asked: Asked<'_>, round: &Round, unsaid: &Change) {
        if !unsaid.is_empty() {
            let edit = self.edit(asked, unsaid.clone());
            let line = yaml_line(&edit);
            self.output
                .note(&format!("not saved, for want of an answer: {line}\n"));
        }
        let (count, open) = (round.len(), round.open());
        let nth = round.number(asked.node).unwrap_or_default();
        self.output.note(&format!(
            "stopped at question {nth} of {count}, `{}`; {} answered, saved in {}\nthe same command goes on from there\n",
            asked.item.id,
            count.saturating_sub(open),
            self.store.name()
        ));
    }

    fn finished(&self) {
        let round = self.round();
        let (count, open) = (round.len(), round.open());
        let name = self.store.name();
        self.output.note(&match (count, open) {
            (0, _) => "there is nothing to ask this role\n".to_owned(),
            (_, 0) => format!("all {count} questions are answered, saved in {name}\nto go through them again: --all\n"),
            _ => format!("{open} of {count} questions were left open; the same command comes back to them\nsaved in {name}\n"),
        });
    }
}
