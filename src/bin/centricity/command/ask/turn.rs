//! One line at a question, and what it does.

use super::keep::KeptAnswer;
use super::session::{CurrentQuestion, Session, TurnEnd};
use crate::exit::Result;
use crate::output::clean;
use centricity::answers::edit::{Change, Edit, NewAnswer};
use centricity::answers::file::EvidenceFile;
use centricity::collect::interview::{Reply, parse, proof};
use centricity::message;
use centricity::report::terminal::{commands, given, grades};
use centricity::rules::vocabulary::State;
use centricity::text::diagnostic::Diagnostic;

impl Session<'_> {
    /// Reads one line and carries it out; `None` stays at the question.
    pub(super) fn turn(&mut self, asked: CurrentQuestion<'_>) -> Result<Option<TurnEnd>> {
        let prompt = format!("{}> ", asked.item.local_id());
        let Some(line) = self.terminal.line(&prompt, "")? else {
            return Ok(Some(TurnEnd::Stop));
        };
        match parse(asked.item, asked.question, &clean(&line)) {
            Err(problem) => self.refuse(&problem),
            Ok(Reply::Nothing) if self.is_answered(asked.node) => Ok(Some(TurnEnd::On)),
            Ok(Reply::Nothing) => self.stay(message!("no-answer-yet-s-skips")),
            Ok(Reply::Why) => {
                self.terminal.print(&commands(asked.question))?;
                Ok(None)
            }
            Ok(Reply::Back) => self.leave(TurnEnd::Back),
            Ok(Reply::Skip) => self.leave(TurnEnd::On),
            Ok(Reply::Stop) => self.leave(TurnEnd::Stop),
            Ok(Reply::NewAnswer(answer)) => self.answer(asked, answer),
            Ok(Reply::NotApplicable) => match self.more(message!("why-does-it-not-apply"), "")? {
                Some(reason) => self.answer(asked, NewAnswer::NotApplicable(reason)),
                None => self.stay(message!("not-saved-it-takes-a-reason")),
            },
            Ok(Reply::Note(note)) => self.note(asked, note),
            Ok(Reply::Evidence(evidence)) => self.evidence(asked, evidence),
        }
    }

    /// The rest of a command; `None` where the line is empty.
    fn more(&mut self, prompt: &str, begin: &str) -> Result<Option<String>> {
        let line = self.terminal.line(prompt, begin)?;
        let line = line.map(|line| clean(line.trim()));
        Ok(line.filter(|line| !line.is_empty()))
    }

    fn note(
        &mut self,
        asked: CurrentQuestion<'_>,
        note: Option<String>,
    ) -> Result<Option<TurnEnd>> {
        let before = self.text.answers.notes().get(asked.node);
        let before = before
            .and_then(|remark| remark.note.clone())
            .unwrap_or_default();
        let note = match note {
            Some(note) => Some(note),
            None => self.more("note> ", &before)?,
        };
        self.pending.note = note.or(self.pending.note.take());
        self.save_pending(asked)
    }

    fn evidence(
        &mut self,
        asked: CurrentQuestion<'_>,
        evidence: Option<EvidenceFile>,
    ) -> Result<Option<TurnEnd>> {
        let evidence = if evidence.is_some() {
            evidence
        } else {
            let prompt = message!("grade-and-what-it-is", grades = grades());
            let line = self.more(&prompt, "")?;
            match line.map(|line| proof(asked.question, &line)).transpose() {
                Ok(evidence) => evidence,
                Err(problem) => return self.refuse(&problem),
            }
        };
        self.pending.evidence = evidence.or(self.pending.evidence.take());
        self.save_pending(asked)
    }

    /// Saves a note or evidence with its answer, or keeps it for the answer that is still to be given.
    fn save_pending(&mut self, asked: CurrentQuestion<'_>) -> Result<Option<TurnEnd>> {
        if self.pending.is_empty() {
            return self.stay(message!("nothing-was-said"));
        }
        if self.is_answered(asked.node) {
            self.save(asked, self.pending.clone())?;
            return Ok(None);
        }
        self.stay(message!("kept-for-the-answer-that-you-give"))
    }

    fn answer(&mut self, asked: CurrentQuestion<'_>, answer: NewAnswer) -> Result<Option<TurnEnd>> {
        let change = Change {
            answer: Some(answer),
            ..self.pending.clone()
        };
        Ok(match self.save(asked, change)? {
            KeptAnswer::Mine | KeptAnswer::Theirs => Some(TurnEnd::On),
            KeptAnswer::Refused => None,
        })
    }

    fn save(&mut self, asked: CurrentQuestion<'_>, change: Change) -> Result<KeptAnswer> {
        let edit = self.edit(asked, change);
        let kept = self.keep(asked.node, &edit)?;
        if kept != KeptAnswer::Refused {
            self.pending = Change::default();
        }
        if kept == KeptAnswer::Mine {
            let lines = given(&self.questionnaire.rulebook, &self.text.answers, asked.node);
            let saved = format!("Saved. {}\n", clean(&lines.join(". ")));
            self.terminal.print(&saved)?;
        }
        Ok(kept)
    }

    pub(super) fn edit(&self, asked: CurrentQuestion<'_>, change: Change) -> Edit {
        let pack = self.questionnaire.rulebook.packs().get(asked.item.pack);
        Edit {
            pack: pack.map_or_else(String::new, |pack| pack.id.clone()),
            question: asked.item.local_id().to_owned(),
            change,
        }
    }

    /// Leaves a question; a note or evidence for an answer that was never given is let go only when
    /// asked twice.
    fn leave(&mut self, next: TurnEnd) -> Result<Option<TurnEnd>> {
        if self.pending.is_empty() || self.warned {
            return Ok(Some(next));
        }
        self.warned = true;
        self.stay(message!("a-note-or-evidence-goes-with-an-answer"))
    }

    fn is_answered(&self, node: usize) -> bool {
        let given = self.text.answers.answers().get(node);
        given.is_some_and(|given| given.state != State::Missing)
    }

    /// Prints a message, and stays at the question.
    fn stay(&mut self, text: &str) -> Result<Option<TurnEnd>> {
        self.terminal.print(&format!("{text}\n"))?;
        Ok(None)
    }

    fn refuse(&mut self, problem: &Diagnostic) -> Result<Option<TurnEnd>> {
        let help = problem
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("; {help}"));
        self.stay(&format!("{}{help}", clean(&problem.message)))
    }
}
