//! Keeps an answer: edits it into the text as it was read, or into what somebody else has made of it
//! since.

use super::file::AnswerText;
use super::session::Session;
use crate::exit::{Exit, Failure, Result, if_valid, with_cause};
use centricity::answers::edit::{Edit, edit, yaml_line};
use centricity::message;
use centricity::report::terminal::given;
use centricity::text::Error;
use centricity::text::diagnostic::Diagnostics;

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
            let bytes = text.clone().into_bytes();
            let read = AnswerText::read(self.questionnaire, &self.file, bytes, self.output);
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
                Err(error) => self.await_retry(change, &error)?,
            }
        }
    }

    /// Takes up what somebody else has written since the file was read.
    fn merge(&mut self, node: usize, change: &Edit) -> Result<KeptAnswer> {
        let name = self.file.name();
        self.file.reload()?;
        if !self.file.exists() {
            self.terminal.print(&format!(
                "`{name}` was taken away since it was read; it is written again, with this answer.\n"
            ))?;
            return Ok(KeptAnswer::Mine);
        }
        self.terminal.print(&format!(
            "`{name}` was changed by somebody else since it was read.\n"
        ))?;
        let theirs = loop {
            let read = AnswerText::of_file(self.questionnaire, &self.file, self.output);
            match if_valid(read)? {
                Some(text) => break text,
                None => self.await_valid(change)?,
            }
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

    /// Waits until a file that is not valid has been mended.
    fn await_valid(&mut self, change: &Edit) -> Result<()> {
        self.terminal
            .print("It is not valid as it stands now, so your answer is not saved yet.\n")?;
        let prompt = message!("enter-to-try-again-once-it-is-mended");
        if self.is_stopped(prompt)? {
            return Err(unsaved(
                change,
                Exit::Invalid,
                message!("the-file-is-not-valid"),
            ));
        }
        Ok(self.file.reload()?)
    }

    /// Waits until a file may be writable again.
    fn await_retry(&mut self, change: &Edit, error: &Error) -> Result<()> {
        let why = with_cause(error);
        self.terminal
            .print(&format!("Your answer is not saved yet: {why}\n"))?;
        if self.is_stopped(message!("enter-to-try-again-q-to-stop"))? {
            return Err(unsaved(change, Exit::World, &why));
        }
        Ok(())
    }

    fn is_stopped(&mut self, prompt: &str) -> Result<bool> {
        let line = self.terminal.line(prompt, "")?;
        Ok(line.is_none_or(|line| line.trim() == "q"))
    }
}

/// The failure of an interview that ends with an answer outside of its file.
fn unsaved(change: &Edit, exit: Exit, why: &str) -> Failure {
    Failure::Stopped {
        exit,
        message: message!("one-answer-is-not-saved", why),
        help: Some(message!(
            "write-it-into-the-file-by-hand",
            pack = change.pack,
            yaml_line = yaml_line(change)
        )),
    }
}
