//! One line at a question, and what it does: an answer is edited into the text as it was read, or into
//! what somebody else has made of it since.

use super::questionnaire::{AnswerText, InterviewFile};
use super::{CurrentQuestion, Session, TurnEnd};
use crate::output::clean;
use crate::{Exit, Failure, Result, if_valid, with_cause};
use centricity::answers::file::EvidenceFile;
use centricity::answers::{Change, Edit, NewAnswer, edit, yaml_line};
use centricity::collect::{Reply, parse, proof};
use centricity::message;
use centricity::report::terminal::{commands, given, grades};
use centricity::rules::vocabulary::State;
use centricity::text::diagnostic::{Diagnostic, Diagnostics};

/// The outcome of keeping an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptAnswer {
    /// It is in the file.
    Mine,
    /// Somebody else's answer stays.
    Theirs,
    /// It could not be put there, and the reason was printed.
    Refused,
}

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
        let before = before.and_then(|notes| notes.note.clone());
        let note = match note {
            Some(note) => Some(note),
            None => self.more("note> ", &before.unwrap_or_default())?,
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
        let pack = self.questionnaire.rulebook.packs.get(asked.item.pack);
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

    /// Keeps an answer to the question `node`.
    pub(super) fn keep(&mut self, node: usize, change: &Edit) -> Result<KeptAnswer> {
        loop {
            let text = match edit(&self.text.sources, self.text.source, change) {
                Ok(text) => text,
                Err(problem) => {
                    let problems: Diagnostics = [*problem].into_iter().collect();
                    self.output.problems(&problems, &self.text.sources);
                    return Ok(KeptAnswer::Refused);
                }
            };
            let new = Some(text.clone());
            let read = AnswerText::read(self.questionnaire, &self.file, new, self.output);
            let Some(edited) = if_valid(read)? else {
                return Ok(KeptAnswer::Refused);
            };
            match self.file.save(&text) {
                Ok(true) => {
                    self.text = edited;
                    return Ok(KeptAnswer::Mine);
                }
                Ok(false) => {
                    if self.merge(node, change)? == KeptAnswer::Theirs {
                        return Ok(KeptAnswer::Theirs);
                    }
                }
                Err(error) => {
                    let why = with_cause(&error);
                    let says = format!("Your answer is not saved yet: {why}");
                    let prompt = message!("enter-to-try-again-q-to-stop");
                    self.await_mended(&says, prompt, change, Exit::World, &why)?;
                }
            }
        }
    }

    /// Takes up what somebody else has written since the file was read.
    fn merge(&mut self, node: usize, change: &Edit) -> Result<KeptAnswer> {
        let name = self.file.path.display().to_string();
        self.file = InterviewFile::open(self.file.path.clone())?;
        if self.file.seen.is_none() {
            self.terminal.print(&format!(
                "`{name}` was taken away since it was read; it is written again, with this answer.\n"
            ))?;
            return Ok(KeptAnswer::Mine);
        }
        self.terminal.print(&format!(
            "`{name}` was changed by somebody else since it was read.\n"
        ))?;
        let theirs = loop {
            let read = AnswerText::read(self.questionnaire, &self.file, None, self.output);
            if let Some(text) = if_valid(read)? {
                break text;
            }
            let says = message!("it-is-not-valid-as-it-stands-now");
            let prompt = message!("enter-to-try-again-once-it-is-mended");
            let why = message!("the-file-is-not-valid");
            self.await_mended(says, prompt, change, Exit::Invalid, why)?;
            self.file = InterviewFile::open(self.file.path.clone())?;
        };
        let rulebook = &self.questionnaire.rulebook;
        let before = given(rulebook, &self.text.answers, node);
        let now = given(rulebook, &theirs.answers, node);
        self.text = theirs;
        if before == now {
            self.terminal
                .print("Your answer is put into the new text; theirs stay as they are.\n")?;
            return Ok(KeptAnswer::Mine);
        }
        let now = if now.is_empty() {
            message!("no-answer").to_owned()
        } else {
            now.join(", ")
        };
        self.terminal
            .print(&format!("There this question has now: {now}\n"))?;
        let prompt = message!("y-to-put-yours-in-its-place");
        match self.terminal.line(prompt, "")? {
            Some(line) if line.trim() == "y" => Ok(KeptAnswer::Mine),
            Some(_) => Ok(KeptAnswer::Theirs),
            None => {
                let why = message!("somebody-else-answered-the-same-question");
                Err(unsaved(change, Exit::World, why))
            }
        }
    }

    /// Waits until what keeps an answer from being saved has been mended; fails where that is given up.
    fn await_mended(
        &mut self,
        says: &str,
        prompt: &str,
        change: &Edit,
        exit: Exit,
        why: &str,
    ) -> Result<()> {
        self.terminal.print(&format!("{says}\n"))?;
        match self.terminal.line(prompt, "")? {
            Some(line) if line.trim() != "q" => Ok(()),
            Some(_) | None => Err(unsaved(change, exit, why)),
        }
    }
}

/// The failure of an interview that ends with an answer outside of its file.
fn unsaved(change: &Edit, exit: Exit, why: &str) -> Failure {
    let (pack, yaml_line) = (&change.pack, yaml_line(change));
    let help = message!("write-it-into-the-file-by-hand", pack, yaml_line);
    Failure::stopped(exit, message!("one-answer-is-not-saved", why), Some(help))
}
