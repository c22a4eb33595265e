//! An answer is kept: laid into the text as it was read, or into what somebody else has made of it
//! since.

use super::paper::{Paper, errors};
use super::session::Session;
use super::store::{Saved, Store};
use super::talk::Heard;
use crate::exit::{Exit, Failure};
use crate::inputs::Notes;
use crate::output::Output;
use centricity::answers::Answers;
use centricity::answers::edit::{Edit, edit, yaml_line};
use centricity::report::terminal::given;
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources};
use centricity::text::error::Error;

/// A text with the answers it holds.
pub(super) struct Sheet {
    sources: Sources,
    source: SourceId,
    pub(super) answers: Answers,
}

impl Sheet {
    /// The file as it was last seen, or a new one; `None` where it is not valid, which is then told.
    pub(super) fn seen(paper: &Paper, store: &Store, output: Output) -> Option<Self> {
        let bytes = store
            .seen()
            .map_or_else(|| paper.blank().into_bytes(), <[u8]>::to_vec);
        Self::read(paper, store, bytes, output)
    }

    fn read(paper: &Paper, store: &Store, bytes: Vec<u8>, output: Output) -> Option<Self> {
        let mut notes = Notes::default();
        let source = notes.add(store.name(), bytes);
        let read = source.and_then(|source| Some((source, paper.read(source, &mut notes)?)));
        output.problems(&errors(&notes.problems), &notes.sources);
        let (source, answers) = read.filter(|_| !notes.problems.has_errors())?;
        Some(Self {
            sources: notes.sources,
            source,
            answers,
        })
    }
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is in the file.
    Mine,
    /// What somebody else answered stays.
    Theirs,
    /// It could not be put there, as was told.
    Refused,
}

impl Session<'_> {
    /// Keeps an answer to the question `node`.
    pub(super) fn keep(&mut self, node: usize, change: &Edit) -> Result<Kept, Failure> {
        loop {
            let text = match edit(&self.sheet.sources, self.sheet.source, change) {
                Ok(text) => text,
                Err(problem) => {
                    let problems: Diagnostics = [*problem].into_iter().collect();
                    self.output.problems(&problems, &self.sheet.sources);
                    return Ok(Kept::Refused);
                }
            };
            let bytes = text.clone().into_bytes();
            let Some(sheet) = Sheet::read(self.paper, &self.store, bytes, self.output) else {
                return Ok(Kept::Refused);
            };
            match self.store.save(&text) {
                Ok(Saved::Written) => {
                    self.sheet = sheet;
                    return Ok(Kept::Mine);
                }
                Ok(Saved::Changed) => {
                    if self.merge(node, change)? == Kept::Theirs {
                        return Ok(Kept::Theirs);
                    }
                }
                Err(error) => self.again(change, &error)?,
            }
        }
    }

    /// Takes up what somebody else has written since the file was read.
    fn merge(&mut self, node: usize, change: &Edit) -> Result<Kept, Failure> {
        let name = self.store.name();
        self.store.look()?;
        if self.store.seen().is_none() {
            self.talk.say(&format!(
                "`{name}` was taken away since it was read; it is written again, with this answer.\n"
            ))?;
            return Ok(Kept::Mine);
        }
        self.talk.say(&format!(
            "`{name}` was changed by somebody else since it was read.\n"
        ))?;
        let theirs = loop {
            match Sheet::seen(self.paper, &self.store, self.output) {
                Some(sheet) => break sheet,
                None => self.mended(change)?,
            }
        };
        let rulebook = &self.paper.rulebook;
        let before = given(rulebook, &self.sheet.answers, node);
        let now = given(rulebook, &theirs.answers, node);
        self.sheet = theirs;
        if before == now {
            self.talk
                .say("Your answer is put into the new text; theirs stay as they are.\n")?;
            return Ok(Kept::Mine);
        }
        let now = if now.is_empty() {
            "no answer".to_owned()
        } else {
            now.join(", ")
        };
        self.talk
            .say(&format!("There this question has now: {now}\n"))?;
        match self
            .talk
            .line("y to put yours in its place, Enter to leave theirs> ", "")?
        {
            Heard::Line(line) if line.trim() == "y" => Ok(Kept::Mine),
            Heard::Line(_) => Ok(Kept::Theirs),
            Heard::End => Err(unsaved(
                change,
                Exit::World,
                "somebody else answered the same question",
            )),
        }
    }

    /// Waits until a file that is not valid has been mended.
    fn mended(&mut self, change: &Edit) -> Result<(), Failure> {
        self.talk
            .say("It is not valid as it stands now, so your answer is not saved yet.\n")?;
        match self
            .talk
            .line("Enter to try again once it is mended, q to stop> ", "")?
        {
            Heard::Line(line) if line.trim() != "q" => Ok(self.store.look()?),
            Heard::Line(_) | Heard::End => {
                Err(unsaved(change, Exit::Invalid, "the file is not valid"))
            }
        }
    }

    /// Waits until the world lets a file be written.
    fn again(&mut self, change: &Edit, error: &Error) -> Result<(), Failure> {
        let cause =
            std::error::Error::source(error).map_or(String::new(), |cause| format!(": {cause}"));
        let why = format!("{error}{cause}");
        self.talk
            .say(&format!("Your answer is not saved yet: {why}\n"))?;
        match self.talk.line("Enter to try again, q to stop> ", "")? {
            Heard::Line(line) if line.trim() != "q" => Ok(()),
            Heard::Line(_) | Heard::End => Err(unsaved(change, Exit::World, &why)),
        }
    }
}

/// An interview that ends with an answer outside of its file.
fn unsaved(change: &Edit, exit: Exit, why: &str) -> Failure {
    Failure {
        exit,
        message: format!("one answer is not saved: {why}"),
        help: Some(format!(
            "write it into the file by hand, under `{}`: `{}`",
            change.pack,
            yaml_line(change)
        )),
    }
}
