//! One line at a question, how it is read, and what it does: an answer is edited into the text as it was read, or into
//! what somebody else has made of it since.

use super::questionnaire::{AnswerText, InterviewFile};
use super::{Session, TurnEnd};
use crate::output::{clean, print, print_painted};
use crate::{Exit, Failure, Result, if_valid, with_cause};
use centricity::answers::file::EvidenceFile;
use centricity::answers::{Change, Edit, NewAnswer, edit, yaml_line};
use centricity::collect::{Reply, parse, proof};
use centricity::message;
use centricity::report::terminal::{commands, given, grades, narrowed};
use centricity::rules::rulebook::Asked;
use centricity::rules::vocabulary::State;
use centricity::text::Error;
use centricity::text::diagnostic::{Diagnostic, Diagnostics};
use rustyline::config::Configurer as _;
use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::Path;

impl Session<'_> {
    /// Reads one line and carries it out; `None` stays at the question.
    pub(super) fn turn(&mut self, asked: Asked<'_>) -> Result<Option<TurnEnd>> {
        let prompt = format!("{}> ", asked.item.local_id());
        let Some(line) = self.terminal.line(&prompt, "")? else {
            return Ok(Some(TurnEnd::Stop));
        };
        match parse(asked, &clean(&line)) {
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

    fn note(&mut self, asked: Asked<'_>, note: Option<String>) -> Result<Option<TurnEnd>> {
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
        asked: Asked<'_>,
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
    fn save_pending(&mut self, asked: Asked<'_>) -> Result<Option<TurnEnd>> {
        if self.pending.is_empty() {
            return self.stay(message!("nothing-was-said"));
        }
        if self.is_answered(asked.node) {
            self.save(asked, self.pending.clone())?;
            return Ok(None);
        }
        self.stay(message!("kept-for-the-answer-that-you-give"))
    }

    fn answer(&mut self, asked: Asked<'_>, answer: NewAnswer) -> Result<Option<TurnEnd>> {
        let change = Change {
            answer: Some(answer),
            ..self.pending.clone()
        };
        Ok(self.save(asked, change)?.then_some(TurnEnd::On))
    }

    /// Puts a change into the file, unless somebody else's answer stays; false where it cannot be put
    /// there, and the reason was printed.
    fn save(&mut self, asked: Asked<'_>, change: Change) -> Result<bool> {
        let edit = self.edit(asked, change);
        let done = self.keep(asked.node, &edit)?;
        if done {
            self.pending = Change::default();
        }
        Ok(done)
    }

    pub(super) fn edit(&self, asked: Asked<'_>, change: Change) -> Edit {
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
        let help = problem.help.iter().map(|help| format!("; {help}"));
        let help: String = help.collect();
        self.stay(&format!("{}{help}", clean(&problem.message)))
    }

    fn keep(&mut self, node: usize, change: &Edit) -> Result<bool> {
        loop {
            let text = match edit(&self.text.sources, self.text.source, change) {
                Ok(text) => text,
                Err(problem) => {
                    let problems: Diagnostics = [*problem].into_iter().collect();
                    self.output.problems(&problems, &self.text.sources);
                    return Ok(false);
                }
            };
            let new = Some(text.clone());
            let read = AnswerText::read(self.questionnaire, &self.file, new, self.output);
            let Some(edited) = if_valid(read)? else {
                return Ok(false);
            };
            match self.file.save(&text) {
                Ok(true) => {
                    self.text = edited;
                    let lines = given(&self.questionnaire.rulebook, &self.text.answers, node);
                    let saved = format!("Saved. {}\n", clean(&lines.join(". ")));
                    self.terminal.print(&saved)?;
                    return Ok(true);
                }
                Ok(false) if self.merge(node, change)? => {}
                Ok(false) => return Ok(true),
                Err(error) => {
                    let why = with_cause(&error);
                    let says = format!("Your answer is not saved yet: {why}");
                    let prompt = message!("enter-to-try-again-q-to-stop");
                    self.await_mended(&says, prompt, change, Exit::World, &why)?;
                }
            }
        }
    }

    /// Takes up what somebody else has written since the file was read; false where their answer stays.
    fn merge(&mut self, node: usize, change: &Edit) -> Result<bool> {
        let name = self.file.path.display().to_string();
        self.file = InterviewFile::open(self.file.path.clone())?;
        if self.file.seen.is_none() {
            self.terminal.print(&format!(
                "`{name}` was taken away since it was read; it is written again, with this answer.\n"
            ))?;
            return Ok(true);
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
            return Ok(true);
        }
        let now = if now.is_empty() {
            message!("no-answer").to_owned()
        } else {
            now.join(", ")
        };
        self.terminal
            .print(&format!("There this question has now: {now}\n"))?;
        let prompt = message!("y-to-put-yours-in-its-place");
        let Some(line) = self.terminal.line(prompt, "")? else {
            let why = message!("somebody-else-answered-the-same-question");
            return Err(unsaved(change, Exit::World, why));
        };
        Ok(line.trim() == "y")
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

/// The longest line that is taken, in bytes: far above what a person types.
const LONGEST: u64 = 1 << 16;

/// Columns below which lines are no longer broken between words.
const NARROWEST: usize = 20;

/// The terminal of the one who is asked.
pub(super) enum Terminal {
    Plain,
    Edited(Box<DefaultEditor>),
}

impl Terminal {
    pub(super) fn new(plain: bool) -> Self {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if plain || dumb || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Self::Plain;
        }
        let editor = DefaultEditor::with_config(Config::builder().build());
        editor.map_or(Self::Plain, |mut editor| {
            editor.set_auto_add_history(false);
            Self::Edited(Box::new(editor))
        })
    }

    /// Prints a text, in lines that fit the terminal.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        if let Self::Edited(editor) = self
            && let Some((columns, _)) = editor.dimensions()
        {
            return print_painted(&narrowed(text, usize::from(columns).max(NARROWEST)));
        }
        print_painted(text)
    }

    /// Reads a line; `None` at the end of input, or after Ctrl-C. `begin` is what it could be, to be
    /// changed or kept.
    fn line(&mut self, prompt: &str, begin: &str) -> Result<Option<String>> {
        match self {
            Self::Plain => {
                print_painted(prompt)?;
                plain_line()
            }
            Self::Edited(editor) => match editor.readline_with_initial(prompt, (begin, "")) {
                Ok(line) => Ok(Some(line)),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(ReadlineError::Io(error)) => Err(wrap(error)),
                Err(error) => Err(wrap(io::Error::other(error))),
            },
        }
    }
}

fn plain_line() -> Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut input = io::stdin().lock().take(LONGEST);
    let count = input.read_until(b'\n', &mut bytes).map_err(wrap)?;
    if count == 0 {
        print("\n")?;
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

fn wrap(error: io::Error) -> Failure {
    Error::read(Path::new(message!("standard-input")), error).into()
}
