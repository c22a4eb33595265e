//! `ask`: an interview in the terminal.

mod questionnaire;
mod turn;

use crate::inputs::{PackArgs, Reader, role};
use crate::output::{Output, print};
use crate::{Failure, Result, if_valid};
use centricity::answers::{Change, yaml_line};
use centricity::collect::{Interview, Pace};
use centricity::message;
use centricity::report::terminal::{narrowed, question, section};
use centricity::rules::rulebook::{Item, Question};
use centricity::rules::vocabulary::Role;
use centricity::text::Error;
use centricity::text::diagnostic::Severity;
use clap::Args;
use questionnaire::{AnswerText, Answerer, InterviewFile, Questionnaire};
use rustyline::config::Configurer as _;
use rustyline::error::ReadlineError;
use rustyline::{Config, DefaultEditor};
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
At a question:
  3, yes, packaged, phone, 12.5   an answer as it is shown; several, separated by commas
  u    unknown: asked, and nobody can say
  n REASON    not applicable, and why
  note TEXT    a note beside the answer
  e GRADE REFERENCE    evidence, such as `e document Account charter v2`
  b, s, q    back, skip, stop
  ?    why this is asked, and all of this again
  Enter    keep the answer that is there

Example: centricity ask clients/acme --respondent r07 --role frontline";

/// Ask the questions one by one, and save each answer as it is given
///
/// PATH is an assessment, or the response of one respondent in its folder `responses`. The interview
/// goes on at the first question without an answer, asks what the role is asked, and shows or hides
/// questions as the answers before them make them relevant. Each answer is saved at once, and all
/// that a person wrote into the file stays as it is; stopping, Ctrl-C included, loses nothing.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Ask {
    /// An assessment's folder or file, or a response
    path: PathBuf,
    /// Begin or go on with the response of this respondent: any word that nobody else has
    #[arg(long, value_name = "NAME")]
    respondent: Option<String>,
    /// The role of the one who answers; an assessor is asked only what is put to that role
    #[arg(long, value_name = "ROLE", value_parser = role())]
    role: Option<Role>,
    /// Ask questions that have an answer too; Enter keeps it
    #[arg(long)]
    all: bool,
    /// Lines only, nothing redrawn: for screen readers; always so outside of a terminal
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl Ask {
    pub(crate) fn run(self, output: Output) -> Result<()> {
        let mut reader = self.packs.reader(output)?;
        let found = if_valid(Questionnaire::find(&self, &mut reader))?;
        show_errors(&reader, output);
        let questionnaire = found.ok_or(Failure::Invalid)?;
        let role = match &questionnaire.answerer {
            Answerer::Respondent { role, .. } => Some(*role),
            Answerer::Assessor { .. } => self.role,
        };
        if let Answerer::Assessor { responses: true } = questionnaire.answerer {
            output.note("what respondents answer comes before what is answered here; --respondent NAME answers for one of them\n");
        }
        let pace = if self.all { Pace::Every } else { Pace::Open };
        let file = InterviewFile::open(questionnaire.file.clone())?;
        Session {
            text: AnswerText::read(&questionnaire, &file, None, output)?,
            role,
            questionnaire: &questionnaire,
            terminal: Terminal::new(self.plain),
            file,
            output,
            pending: Change::default(),
            warned: false,
            section: None,
        }
        .run(pace)
    }
}

/// Prints the errors of what was read: an interview is no place for warnings.
fn show_errors(reader: &Reader, output: Output) {
    let errors = reader.problems.iter();
    let errors = errors.filter(|one| one.severity == Severity::Error);
    output.problems(&errors.cloned().collect(), &reader.sources);
}

/// An interview under way.
struct Session<'p> {
    questionnaire: &'p Questionnaire,
    /// The role that is asked; `None` is asked everything.
    role: Option<Role>,
    file: InterviewFile,
    terminal: Terminal,
    output: Output,
    text: AnswerText,
    /// A note or evidence for an answer that is still to be given.
    pending: Change,
    /// True once the message was printed that this goes with the answer or not at all.
    warned: bool,
    section: Option<usize>,
}

/// The way from a question.
enum TurnEnd {
    On,
    Back,
    Stop,
}

/// A question that is being asked.
#[derive(Clone, Copy)]
struct CurrentQuestion<'p> {
    node: usize,
    item: &'p Item,
    question: &'p Question,
}

impl Session<'_> {
    fn run(mut self, pace: Pace) -> Result<()> {
        let mut at = self.interview().first(pace);
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
            let interview = self.interview();
            at = match next {
                TurnEnd::On => interview.after(node, pace),
                TurnEnd::Back => {
                    let before = interview.before(node);
                    if before.is_none() {
                        self.terminal.print("This is the first question.\n")?;
                    }
                    before.or(Some(node))
                }
                TurnEnd::Stop => {
                    self.stopped(asked, &interview, &unsaid);
                    return Ok(());
                }
            };
        }
        self.finished();
        Ok(())
    }

    fn interview(&self) -> Interview {
        Interview::new(&self.questionnaire.rulebook, self.role, &self.text.answers)
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
        let interview = self.interview();
        let place = (
            interview.number(asked.node).unwrap_or_default(),
            interview.count(),
        );
        let text = question(rulebook, &self.text.answers, asked.node, place, paint);
        self.terminal.print(&text)
    }

    fn stopped(&self, asked: CurrentQuestion<'_>, interview: &Interview, unsaid: &Change) {
        if !unsaid.is_empty() {
            let edit = self.edit(asked, unsaid.clone());
            let line = yaml_line(&edit);
            self.output
                .note(&format!("not saved, for want of an answer: {line}\n"));
        }
        let (count, open) = (interview.count(), interview.open());
        let nth = interview.number(asked.node).unwrap_or_default();
        self.output.note(&format!(
            "stopped at question {nth} of {count}, `{}`; {} answered, saved in {}\nthe same command goes on from there\n",
            asked.item.id,
            count.saturating_sub(open),
            self.file.path.display()
        ));
    }

    fn finished(&self) {
        let interview = self.interview();
        let (count, open) = (interview.count(), interview.open());
        let name = self.file.path.display();
        self.output.note(&match (count, open) {
            (0, _) => "there is nothing to ask this role\n".to_owned(),
            (_, 0) => format!("all {count} questions are answered, saved in {name}\nto go through them again: --all\n"),
            _ => format!("{open} of {count} questions were left open; the same command comes back to them\nsaved in {name}\n"),
        });
    }
}

/// The longest line that is taken, in bytes: far above what a person types.
const LONGEST: u64 = 1 << 16;

/// Columns below which lines are no longer broken between words.
const NARROWEST: usize = 20;

/// The terminal of the one who is asked.
enum Terminal {
    Plain,
    Edited(Box<DefaultEditor>),
}

impl Terminal {
    fn new(plain: bool) -> Self {
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
    fn print(&mut self, text: &str) -> Result<()> {
        let columns = match self {
            Self::Plain => None,
            Self::Edited(editor) => editor.dimensions().map(|(columns, _)| columns),
        };
        match columns {
            Some(columns) => print(&narrowed(text, usize::from(columns).max(NARROWEST))),
            None => print(text),
        }
    }

    /// Reads a line; `None` at the end of input, or after Ctrl-C. `begin` is what it could be, to be
    /// changed or kept.
    fn line(&mut self, prompt: &str, begin: &str) -> Result<Option<String>> {
        match self {
            Self::Plain => {
                print(prompt)?;
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
