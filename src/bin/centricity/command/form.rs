//! `form`: a page that one person fills in, and that gives back a response.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Look, Looks, Notes, Packs, RESPONSES, answers_file, asked, read, role};
use crate::output::{Output, draft, folder_of, place, print};
use centricity::answers::Client;
use centricity::collect::form::{self, FormOptions};
use centricity::report;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::error::Error;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

/// The questions and whom they are about; `None` where the packs are not valid.
type Asked = Result<Option<(Arc<Rulebook>, Option<Client>)>, Failure>;

impl Form {
    pub(crate) fn run(self, output: Output) -> Outcome {
        if let (false, Some(file)) = (self.force, self.out.as_ref().filter(|file| file.exists())) {
            return Err(Failure::world(
                format!("`{}` is already there", file.display()),
                "choose another name, or add `--force` to replace it",
            ));
        }
        let mut notes = Notes::default();
        let subject = self.subject(&mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let look = self.looks.load(output)?;
        let (Some((rulebook, client)), Some(look)) = (subject, look) else {
            return Ok(Exit::Invalid);
        };
        self.make(&rulebook, client.as_ref(), &look, output)?;
        Ok(Exit::Done)
    }

    /// The questions and whom they are about; `None` where the packs are not valid.
    fn subject(&self, notes: &mut Notes) -> Asked {
        let Some(path) = &self.path else {
            let rulebook = self.packs.rulebook(&self.chosen, notes)?;
            return Ok(rulebook.map(|rulebook| (rulebook, None)));
        };
        let path = answers_file(path)?;
        let (name, bytes) = read(&path)?;
        let Some(source) = notes.add(name, bytes) else {
            return Ok(None);
        };
        let found = asked(&path, source, &self.packs.rulebooks()?, notes)?;
        Ok(found.map(|(file, rulebook)| {
            let client = Client {
                name: file.client.name,
                unit: file.client.unit,
            };
            (rulebook, Some(client))
        }))
    }

    fn make(
        &self,
        rulebook: &Rulebook,
        client: Option<&Client>,
        look: &Look,
        output: Output,
    ) -> Result<(), Failure> {
        let setting = FormOptions {
            role: self.role,
            client,
            evidence: self.evidence,
        };
        let form = form::Form::new(rulebook, setting);
        if form.questions == 0 {
            let message = format!("these packs ask nothing of the role `{}`", self.role.name());
            return Err(Failure::usage(
                message,
                "choose another role or other packs",
            ));
        }
        let page = report::form::html(&look.templates, &form, &look.brand)?;
        let Some(file) = &self.out else {
            return print(&page);
        };
        write(file, &page, self.force)?;
        output.note(&self.told(file, &form));
        Ok(())
    }

    /// What was made and what to do with it.
    fn told(&self, file: &Path, form: &form::Form<'_>) -> String {
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

fn write(file: &Path, page: &str, replace: bool) -> Result<(), Error> {
    let folder = folder_of(file);
    std::fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    place(draft(folder, page.as_bytes())?, file, replace)
}
