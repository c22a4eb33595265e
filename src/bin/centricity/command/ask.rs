//! `ask`: an interview in the terminal.

mod file;
mod keep;
mod questionnaire;
mod session;
mod terminal;
mod turn;

use crate::exit::{Exit, Failure, Result, if_valid};
use crate::inputs::{PackArgs, Reader};
use crate::output::Output;
use centricity::collect::interview::{Interview, Pace};
use clap::Args;
use file::{InterviewFile, show_errors};
use questionnaire::{Answerer, Questionnaire, RespondentArgs};
use session::Session;
use std::path::PathBuf;
use terminal::Terminal;

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
    #[command(flatten)]
    respondent: RespondentArgs,
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
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let rulebooks = self.packs.rulebooks()?;
        let mut reader = Reader::new(output);
        let found = Questionnaire::find(&self.path, &self.respondent, &rulebooks, &mut reader);
        let found = if_valid(found)?;
        show_errors(&reader, output);
        let questionnaire = found.ok_or(Failure::Invalid)?;
        let role = match &questionnaire.answerer {
            Answerer::Respondent { role, .. } => Some(*role),
            Answerer::Assessor { .. } => self.respondent.role,
        };
        if let Answerer::Assessor { responses: true } = questionnaire.answerer {
            output.note("what respondents answer comes before what is answered here; --respondent NAME answers for one of them\n");
        }
        let pace = if self.all { Pace::Every } else { Pace::Open };
        let interview = Interview::new(&questionnaire.rulebook, role);
        let file = InterviewFile::open(questionnaire.file.clone())?;
        let terminal = Terminal::new(self.plain);
        Session::begin(&questionnaire, interview, file, terminal, output)?.run(pace)
    }
}
