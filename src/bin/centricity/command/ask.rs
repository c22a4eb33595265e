//! Answers from people at hand. `ask`: an interview in the terminal. `sheet`: the questions a workshop
//! should settle, and the file its consensus goes into.

mod questionnaire;
mod turn;

use super::report::{Format, StyleArgs, formats};
use crate::inputs::{
    AssessmentRef, CONSENSUS, CheckedAnswers, PackArgs, Reader, assessment_file, project_around,
    role,
};
use crate::output::{Output, deliver};
use crate::{Failure, Result, if_valid, usage};
use centricity::answers::{Change, blank_consensus, yaml_line};
use centricity::assess::{MatchedResult, assess};
use centricity::collect::{Interview, Pace};
use centricity::message;
use centricity::report::terminal::{question, section};
use centricity::report::{Report, SheetContext};
use centricity::rules::rulebook::Asked;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::Severity;
use clap::Args;
use questionnaire::{AnswerText, Answerer, InterviewFile, Questionnaire};
use std::path::PathBuf;
use turn::Terminal;

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
    /// Ask the core questions alone and leave the others open; the assessment stays as it is. Where its
    /// file says `form: short` that is so without the option
    #[arg(long)]
    short: bool,
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
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.path, output)?;
        self.packs.follow(&project);
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

impl Session<'_> {
    fn run(mut self, pace: Pace) -> Result<()> {
        let interview = self.interview();
        let mut at = interview.first(pace);
        if at.is_some() {
            let size = interview.size(&self.questionnaire.rulebook, pace).words();
            self.terminal.print(&format!(
                "{}\nType an answer, or ? for help, and press Enter. Each answer is saved at once.\n",
                message!("still-to-ask", size)
            ))?;
        }
        while let Some(node) = at {
            let Some(asked) = self.questionnaire.rulebook.asked(node) else {
                break;
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
        let Questionnaire {
            rulebook, length, ..
        } = self.questionnaire;
        Interview::new(rulebook, self.role, *length, &self.text.answers)
    }

    fn show(&mut self, asked: Asked<'_>) -> Result<()> {
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
        let text = question(rulebook, &self.text.answers, asked, place, paint);
        self.terminal.print(&text)
    }

    fn stopped(&self, asked: Asked<'_>, interview: &Interview, unsaid: &Change) {
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
        let length = self.text.answers.form;
        if self.questionnaire.length > length {
            let rulebook = &self.questionnaire.rulebook;
            let all = Interview::new(rulebook, self.role, length, &self.text.answers);
            let size = all.size(rulebook, Pace::Open);
            if size.questions > open {
                let words = size.words();
                self.output.note(&format!(
                    "{}\n",
                    message!("without-short-all-are-asked", words)
                ));
            }
        }
    }
}

/// Print the workshop sheet: contested questions with their steps and room for what is agreed
///
/// A question is contested where three people or more agree by less than a half, or where two roles
/// lie 1.67 steps of a scale of 0 to 4 apart. The twelve on which people agree least are printed, as
/// many as a workshop settles in an afternoon; --most and --all ask for others. The sheet shows how
/// answers are spread and never who gave them. With --consensus the consensus.yaml for these
/// questions is begun beside the assessment, each as a comment. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity sheet clients/acme --format html --out workshop.html")]
pub(crate) struct Sheet {
    /// An assessment folder that holds responses, or REVISION:PATH as git kept it
    path: AssessmentRef,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "md", value_parser = formats(&[
        (Format::Md, "Markdown"),
        (Format::Html, "One page to print"),
    ]))]
    format: Format,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// So many questions at most: those on which people agree least
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..))]
    most: u16,
    /// Every contested question
    #[arg(long, conflicts_with = "most")]
    all: bool,
    /// Begin consensus.yaml instead of printing the sheet; with --out, a file to copy from
    #[arg(long, conflicts_with = "format")]
    consensus: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Sheet {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.path.path, output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        let CheckedAnswers { rulebook, answers } = self
            .packs
            .reading(output, |reader| self.path.answers(reader))?;
        if answers.disclosure().is_none() {
            return Err(usage!("nobody-can-disagree-there-are-no"));
        }
        let result = assess(&rulebook, &answers);
        let result = MatchedResult::new(&rulebook, &result)?;
        let out = self.out.as_deref();
        let most = if self.all {
            usize::MAX
        } else {
            usize::from(self.most)
        };
        if self.consensus {
            let open = result.assessment().to_settle.iter();
            let nodes = open.filter_map(|id| result.node_of(id));
            let open: Vec<_> = nodes.take(most).collect();
            let text = blank_consensus(&rulebook, &open);
            let file = match out {
                Some(out) => out.to_owned(),
                None => assessment_file(&self.path.path)?.with_file_name(CONSENSUS),
            };
            let help = message!("out-file-writes-what-is-left");
            return deliver(text.as_bytes(), Some(&file), false, help, output);
        }
        let style = self.style.load(output)?;
        let sheet = SheetContext::new(&result, &style.brand, most);
        let sheet = Report::new(&style.templates, "sheet", &sheet)?;
        let text = self.format.render(&sheet, false)?;
        let help = message!("choose-another-file-nothing-is-overwritten");
        deliver(text.as_bytes(), out, false, help, output)
    }
}
