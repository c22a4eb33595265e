//! `form`: a page that one person fills in, and that gives back a response.

use crate::exit::{Exit, Failure, Result, if_valid};
use crate::inputs::{PackArgs, RESPONSES, ReportStyle, StyleArgs, assessment_file, reading, role};
use crate::output::{Output, already_there, create_folder, folder_of, print, write_file};
use centricity::answers::Client;
use centricity::collect::form::{self, FormOptions};
use centricity::message;
use centricity::report;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use clap::Args;
use std::path::{Path, PathBuf};

/// Make a form: one HTML page that a person fills in and hands in as a file
///
/// The page asks one role what the packs of an assessment ask of it, hides what other answers make
/// irrelevant, keeps the answers in the browser and needs no network. The file it gives back goes
/// into the folder `responses` of the assessment.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity form clients/acme --role frontline --out acme-frontline.html"
)]
pub(crate) struct Form {
    /// The assessment whose packs are asked: a file, its folder, or - for standard input
    #[arg(required_unless_present = "chosen", conflicts_with = "chosen")]
    path: Option<PathBuf>,
    /// Who answers
    #[arg(long, value_parser = role())]
    role: Role,
    /// Without an assessment: a pack to ask, by name; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    /// Ask also what each answer rests on
    #[arg(long)]
    evidence: bool,
    /// The file to write; standard output where it is not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is already there
    #[arg(long, alias = "replace")]
    force: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Form {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        if let (false, Some(file)) = (self.force, self.out.as_ref().filter(|file| file.exists())) {
            let help = message!("choose-another-name-or-add-force");
            return Err(already_there(file, help));
        }
        let asked = reading(output, |reader| {
            let Some(path) = &self.path else {
                return Ok((self.packs.rulebook(&self.chosen, reader)?, None));
            };
            let path = assessment_file(path)?;
            let (file, rulebook) = self.packs.rulebooks()?.of_assessment(&path, reader)?;
            let (name, unit) = (file.client.name, file.client.unit);
            Ok((rulebook, Some(Client { name, unit })))
        });
        let asked = if_valid(asked)?;
        let style = self.style.load(output)?;
        let (rulebook, client) = asked.ok_or(Failure::Invalid)?;
        self.make(&rulebook, client.as_ref(), &style, output)?;
        Ok(Exit::Done)
    }

    fn make(
        &self,
        rulebook: &Rulebook,
        client: Option<&Client>,
        style: &ReportStyle,
        output: Output,
    ) -> Result<()> {
        let setting = FormOptions {
            role: self.role,
            client,
            evidence: self.evidence,
        };
        let form = form::Form::new(rulebook, setting);
        if form.questions == 0 {
            let message = message!(
                "these-packs-ask-nothing-of-the-role",
                role = self.role.name()
            );
            return Err(Failure::usage(
                message,
                message!("choose-another-role-or-other-packs"),
            ));
        }
        let page = report::form::html(&style.templates, &form, &style.brand)?;
        let Some(file) = &self.out else {
            return print(&page);
        };
        create_folder(folder_of(file))?;
        write_file(file, page.as_bytes(), self.force)?;
        output.note(&self.next_step(file, &form));
        Ok(())
    }

    /// A description of the form and what to do with it.
    fn next_step(&self, file: &Path, form: &form::Form<'_>) -> String {
        let (file, count, role) = (file.display(), form.questions, form.role_words);
        let made = format!("wrote {file}: {count} questions for {role}\n");
        let folder = self.path.as_deref().filter(|path| path.is_dir());
        let next = folder.map_or_else(String::new, |folder| {
            let responses = folder.join(RESPONSES);
            let responses = responses.display();
            format!("next: send it, and put what comes back into {responses}\n")
        });
        format!("{made}{next}")
    }
}
