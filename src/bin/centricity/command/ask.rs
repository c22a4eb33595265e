//! `ask`: an interview in the terminal.

mod keep;
mod paper;
mod session;
mod store;
mod talk;
mod turn;

use crate::exit::{Exit, Outcome};
use crate::inputs::{Notes, Packs, role};
use crate::output::Output;
use centricity::collect::interview::{Interview, Pace};
use centricity::rules::vocabulary::Role;
use clap::Args;
use paper::{Paper, Told, Who, errors};
use session::Session;
use std::path::PathBuf;
use store::Store;
use talk::Talk;

const AFTER: &str = "\
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
#[command(after_help = AFTER)]
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
    packs: Packs,
}

impl Ask {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let told = Told {
            respondent: self.respondent.as_deref(),
            role: self.role,
        };
        let rulebooks = self.packs.rulebooks()?;
        let found = Paper::find(&self.path, told, &rulebooks, &mut notes)?;
        output.problems(&errors(&notes.problems), &notes.sources);
        let Some(paper) = found else {
            return Ok(Exit::Invalid);
        };
        let role = match &paper.who {
            Who::Respondent { role, .. } => Some(*role),
            Who::Assessor { .. } => self.role,
        };
        if let Who::Assessor { responses: true } = paper.who {
            output.note("what respondents answer comes before what is answered here; --respondent NAME answers for one of them\n");
        }
        let pace = if self.all { Pace::Every } else { Pace::Open };
        let interview = Interview::new(&paper.rulebook, role);
        let store = Store::open(paper.file.clone())?;
        let talk = Talk::new(self.plain);
        match Session::begin(&paper, interview, store, talk, output) {
            Some(session) => session.run(pace),
            None => Ok(Exit::Invalid),
        }
    }
}
