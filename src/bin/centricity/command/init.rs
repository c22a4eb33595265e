//! `init`: a new assessment, every question in it as a comment, and the project around it.

use crate::Result;
use crate::inputs::{ASSESSMENT, PROJECT, PackArgs, RESPONSES, Reader, find_project, read_project};
use crate::output::{Output, check_free, create_folder, draft, folder_of, place, write_file};
use centricity::answers::blank;
use centricity::collect::QuestionnaireSize;
use centricity::message;
use centricity::report::schema::answers_to;
use centricity::report::{Project, blank_project};
use centricity::rules::pack::FIRST;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{Basis, FormLength};
use centricity::text::read_bounded;
use centricity::text::yaml::is_yaml;
use clap::Args;
use std::path::{Component, Path, PathBuf};

/// The schema that editors complete an assessment by, next to its file.
const SCHEMA: &str = "answers.schema.json";
/// The file that tells git what to keep out.
const GIT_IGNORE: &str = ".gitignore";

/// Begin an assessment: a file with every question as a comment
///
/// DIR gets an assessment.yaml and the schema that lets editors complete and check it. A name that
/// ends in .yaml is taken as the file itself. A .gitignore keeps responses out of git. Filling in means taking the # away before the answers
/// that are true; what stays a comment counts as not yet answered. Nothing is ever overwritten.
/// Where there is no project yet, a centricity.yaml is begun in the current folder: what it says of
/// packs, branding and policy need not be typed again.
///
/// With --short the file says `form: short` and holds the core questions; every figure then speaks of
/// these. `form: full` in its place asks the others too, and keeps every answer. A pack that marks no
/// question as core is asked in full.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity init clients/acme --client \"Acme Pumps\"")]
pub(crate) struct Init {
    /// The folder to begin in, or a file that ends in .yaml
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// The client's name
    #[arg(long, value_name = "NAME", default_value = "Name of the client")]
    client: String,
    /// A pack to answer, by name; may be given several times [default: those of the project, or profile, organisation, retention, principles and maturity]
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    /// Begin a short form: only the questions that packs mark as core
    #[arg(long)]
    short: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl Init {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let file = if is_yaml(&self.path) {
            self.path.clone()
        } else {
            self.path.join(ASSESSMENT)
        };
        let help = message!("choose-another-folder-nothing-is-overwritten");
        check_free(Some(&file), false, help)?;
        let found = find_project(&self.path)?;
        let project = match &found {
            Some(file) => Reader::default().shown(output, |reader| read_project(file, reader))?,
            None => Project::default(),
        };
        let given = self.packs.folders().to_vec();
        self.packs.follow(&project);
        let listed = self.listed(&project);
        let rulebook = self
            .packs
            .reading(output, |reader| reader.named_packs(&listed))?;
        let folder = folder_of(&file);
        create_folder(folder)?;
        let basis = project.defaults.basis.unwrap_or(Basis::Perception);
        let length = FormLength::of(self.short);
        let text = blank(&rulebook, (&listed, length), &self.client, basis, SCHEMA);
        let assessment = draft(folder, text.as_bytes())?;
        let schema = folder.join(SCHEMA);
        if !schema.exists() {
            let text = format!("{:#}\n", answers_to(&rulebook));
            write_file(&schema, text.as_bytes(), false)?;
        }
        place(assessment, &file, false)?;
        let ignore = ignore_responses(&file)?;
        output.note(&format!(
            "wrote {}: {}\n",
            file.display(),
            sizes(&rulebook, length)
        ));
        if let Some(ignore) = ignore {
            output.note(&format!("{ignore}\n"));
        }
        // A repository between the current folder and the assessment hides the project of the former.
        let hidden = Path::new(PROJECT).symlink_metadata().is_ok();
        let begins = found.is_none() && !hidden && is_below(&self.path);
        if begins {
            let folders: Vec<_> = given.iter().map(|one| one.display().to_string()).collect();
            let text = blank_project(&folders, &listed);
            write_file(Path::new(PROJECT), text.as_bytes(), false)?;
            output.note(&format!("wrote {PROJECT}\n"));
        }
        let again = given.iter().filter(|_| !begins);
        let again = again.map(|one| format!(" --packs {}", one.display()));
        output.note(&format!(
            "next: open it, take the # away before the answers that are true, then run\n  centricity check {}{}\n",
            self.path.display(),
            again.collect::<String>()
        ));
        Ok(())
    }

    /// The packs to answer: those chosen, or else those of the project, or else the first ones.
    fn listed(&self, project: &Project) -> Vec<String> {
        if !self.chosen.is_empty() {
            return self.chosen.clone();
        }
        let packs = &project.defaults.packs;
        if packs.is_empty() {
            return FIRST.map(str::to_owned).to_vec();
        }
        packs.iter().map(|pack| pack.value.clone()).collect()
    }
}

/// Keeps the responses of an assessment's folder out of git, and says so. A file that tells git what to
/// keep out may be there already: it is the user's, and where it does not name them, that is said.
fn ignore_responses(file: &Path) -> Result<Option<String>> {
    if !file.ends_with(ASSESSMENT) {
        return Ok(None);
    }
    let ignore = folder_of(file).join(GIT_IGNORE);
    if ignore.symlink_metadata().is_ok() {
        let bytes = read_bounded(&ignore).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let keeps_out = |line: &str| {
            let line = line.trim().trim_start_matches("**/");
            line == "*" || line.trim_matches('/') == RESPONSES
        };
        let lacks = !text.lines().any(keeps_out);
        let file = ignore.display();
        return Ok(lacks.then(|| message!("an-ignore-file-lacks-responses", file, RESPONSES)));
    }
    let text = message!("responses-stay-out-of-git", RESPONSES);
    write_file(&ignore, format!("{text}\n").as_bytes(), false)?;
    let file = ignore.display();
    Ok(Some(message!("wrote-an-ignore-file", file, RESPONSES)))
}

/// Returns true for a path that stays below the current folder.
fn is_below(path: &Path) -> bool {
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    path.components().all(inside)
}

/// The size of a questionnaire in words, with that of the form of the other length where there is one.
fn sizes(rulebook: &Rulebook, length: FormLength) -> String {
    let size = |length| QuestionnaireSize::of_rulebook(rulebook, None, length).words();
    let (full, short) = (size(FormLength::Full), size(FormLength::Short));
    let has_short_form = rulebook.packs.iter().any(|pack| pack.has_short_form);
    match (length, has_short_form) {
        (FormLength::Full, true) => message!("in-full-and-short", full, short),
        (FormLength::Short, true) => message!("in-short-and-full", full, short),
        (FormLength::Full, false) => full,
        (FormLength::Short, false) => message!("no-short-form-here", full),
    }
}
