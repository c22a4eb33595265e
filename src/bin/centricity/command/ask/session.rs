//! The interview itself: a question is shown, lines are read, answers are kept.

use super::file::{AnswerText, InterviewFile};
use super::questionnaire::Questionnaire;
use super::terminal::Terminal;
use crate::exit::{Exit, Result};
use crate::output::Output;
use centricity::answers::edit::{Change, yaml_line};
use centricity::collect::interview::{Interview, Pace, Round};
use centricity::report::terminal::{question, section};
use centricity::rules::rulebook::{Item, Question};

/// An interview under way.
pub(super) struct Session<'p> {
    pub(super) questionnaire: &'p Questionnaire,
    interview: Interview<'p>,
    pub(super) file: InterviewFile,
    pub(super) terminal: Terminal,
    pub(super) output: Output,
    pub(super) text: AnswerText,
    /// A note or evidence for an answer that is still to be given.
    pub(super) pending: Change,
    /// True once the message was printed that this goes with the answer or not at all.
    pub(super) warned: bool,
    section: Option<usize>,
}

/// The way from a question.
pub(super) enum TurnEnd {
    On,
    Back,
    Stop,
}

/// A question that is being asked.
#[derive(Clone, Copy)]
pub(super) struct CurrentQuestion<'p> {
    pub(super) node: usize,
    pub(super) item: &'p Item,
    pub(super) question: &'p Question,
}

impl<'p> Session<'p> {
    /// Begins an interview over a file.
    pub(super) fn begin(
        questionnaire: &'p Questionnaire,
        interview: Interview<'p>,
        file: InterviewFile,
        terminal: Terminal,
        output: Output,
    ) -> Result<Self> {
        let text = AnswerText::of_file(questionnaire, &file, output)?;
        Ok(Self {
            questionnaire,
            interview,
            file,
            terminal,
            output,
            text,
            pending: Change::default(),
            warned: false,
            section: None,
        })
    }

    pub(super) fn run(mut self, pace: Pace) -> Result<Exit> {
        let mut at = self.round().first(pace);
        if at.is_some() {
            self.terminal.print(
                "Type an answer, or ? for help, and press Enter. Each answer is saved at once.\n",
            )?;
        }
        while let Some(node) = at {
            let item = self.questionnaire.rulebook.item(node);
            let Some((item, question)) = item.and_then(|item| Some((item, item.kind.question()?)))
            else {
                break;
            };
            let asked = CurrentQuestion {
                node,
                item,
                question,
            };
            self.show(asked)?;
            let next = loop {
                if let Some(next) = self.turn(asked)? {
                    break next;
                }
            };
            let unsaid = std::mem::take(&mut self.pending);
            self.warned = false;
            let round = self.round();
            at = match next {
                TurnEnd::On => self.interview.after(node, &round, pace),
                TurnEnd::Back => self.back(node, &round)?,
                TurnEnd::Stop => {
                    self.stopped(asked, &round, &unsaid);
                    return Ok(Exit::Done);
                }
            };
        }
        self.finished();
        Ok(Exit::Done)
    }

    fn round(&self) -> Round {
        self.interview.round(&self.text.answers)
    }

    fn back(&mut self, node: usize, round: &Round) -> Result<Option<usize>> {
        let before = self.interview.before(node, round);
        if before.is_none() {
            self.terminal.print("This is the first question.\n")?;
        }
        Ok(before.or(Some(node)))
    }

    fn show(&mut self, asked: CurrentQuestion<'_>) -> Result<()> {
        let paint = self.output.colors();
        let rulebook = &self.questionnaire.rulebook;
        if self.section != asked.item.section {
            self.section = asked.item.section;
            let head = self.section.and_then(|place| rulebook.sections.get(place));
            self.terminal
                .print(&head.map_or(String::new(), |head| section(head, paint)))?;
        }
        let round = self.round();
        let place = (round.number(asked.node).unwrap_or_default(), round.len());
        let text = question(rulebook, &self.text.answers, asked.node, place, paint);
        self.terminal.print(&text)
    }

    fn stopped(&self, asked: CurrentQuestion<'_>, round: &Round, unsaid: &Change) {
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
            self.file.name()
        ));
    }

    fn finished(&self) {
        let round = self.round();
        let (count, open) = (round.len(), round.open());
        let name = self.file.name();
        self.output.note(&match (count, open) {
            (0, _) => "there is nothing to ask this role\n".to_owned(),
            (_, 0) => format!("all {count} questions are answered, saved in {name}\nto go through them again: --all\n"),
            _ => format!("{open} of {count} questions were left open; the same command comes back to them\nsaved in {name}\n"),
        });
    }
}
