//! The commands: arguments above and run below, those that share a subject in one file; and what prints
//! scripts, schemas and templates.

/// Makes a set of commands: each variant runs the command it holds.
macro_rules! commands {
    ($(#[$about:meta])* $seen:vis enum $set:ident {
        $($(#[$how:meta])* $name:ident($command:ty),)*
    }) => {
        #[derive(Debug, clap::Subcommand)]
        $(#[$about])*
        $seen enum $set {
            $($(#[$how])* $name($command),)*
        }

        impl $set {
            $seen fn run(self, output: $crate::output::Output) -> $crate::Result<$crate::Exit> {
                match self {
                    $(Self::$name(command) => command.run(output).map(Into::into),)*
                }
            }
        }
    };
}

mod ask;
mod assess;
mod check;
mod collect;
mod compare;
mod gate;
mod history;
mod import;
mod init;
mod migrate;
mod pack;
mod portfolio;
mod report;

use crate::inputs::{PackArgs, Reader, project_around};
use crate::output::{
    Output, check_free, create_folder, draft, folder_of, one_of, place_all, print,
};
use crate::{Exit, Failure, Result};
use centricity::message;
use centricity::report::BuiltinTemplate;
use centricity::report::schema::{DOCUMENTS, Document, answers_to, response_to};
use centricity::text::diagnostic::{nearest, suggestion};
use clap::builder::TypedValueParser;
use clap::{Args, CommandFactory as _, Parser};
use clap_complete::Shell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
The road of a newcomer:
  centricity init clients/acme                   a folder, every question in it as a comment
  centricity ask clients/acme                    an interview: each answer is saved at once
  (or edit clients/acme/assessment.yaml)         take the # away before the answers that are true
  centricity check clients/acme                  all problems at once, each with its place and help
  centricity assess clients/acme                 the verdict, here in the terminal
  centricity explain clients/acme organisation.level   why this level, and what would change it
  centricity plan clients/acme                   the few steps that lead to the next level
  centricity report clients/acme --out report    the report to hand over, HTML and Markdown
  centricity history clients/acme                how scores moved since, over git revisions

Where many people answer:
  centricity form clients/acme --role frontline --out acme.html   a page to send; what comes back
                                                 goes into clients/acme/responses
  centricity import survey.csv --into clients/acme --suggest      what a survey's export holds
  centricity sheet clients/acme                  what a workshop should settle

PATH is a file, a folder that holds an assessment.yaml, or - for standard input.
Results go to standard output, messages to standard error.

Exit codes: 0 done, 1 a file cannot be read or written, 2 usage, 3 invalid pack or answers,
4 gate not met, 130 interrupted.";

/// Measures how customer-centric an organisation is
///
/// Answers live in plain YAML files, rules live in plain YAML packs. centricity checks the one
/// against the other, scores them, and writes a report that explains every figure in it. It needs
/// no account and no network, and the same files always give the same bytes.
#[derive(Debug, Parser)]
#[command(version, after_long_help = AFTER_HELP, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    output: Output,
    #[command(subcommand)]
    command: Command,
}

commands! {
    enum Command {
        Init(init::Init),
        Ask(ask::Ask),
        Check(check::Check),
        Assess(assess::Assess),
        Report(report::Report),
        Explain(assess::Explain),
        History(history::History),
        Plan(assess::Plan),
        Compare(compare::Compare),
        Gate(gate::Gate),
        Sheet(ask::Sheet),
        Form(collect::Form),
        Import(import::Import),
        Export(collect::Export),
        Portfolio(portfolio::Portfolio),
        Migrate(migrate::Migrate),
        #[command(subcommand)]
        Pack(pack::Pack),
        #[command(subcommand)]
        Templates(Templates),
        Schema(Schema),
        Completions(Completions),
    }
}

impl Cli {
    /// Runs the command, and prints a failure on standard error.
    pub(crate) fn run(self) -> Exit {
        let Self { output, command } = self;
        command.run(output).unwrap_or_else(|failure| {
            output.failure(&failure);
            failure.exit()
        })
    }
}

/// Print a script that completes commands in your shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity completions bash > ~/.local/share/bash-completion/completions/centricity"
)]
struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    fn run(self, _: Output) -> Result<()> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "centricity", &mut script);
        print(&String::from_utf8_lossy(&script))
    }
}

/// Print the JSON Schema of a pack, of answers, or of the result
///
/// An editor with a YAML language server completes and checks a file whose first line names its
/// schema, as `init` writes it. With --pack, the schema of answers or of a response knows every question and choice.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity schema answers --pack organisation > answers.schema.json"
)]
pub(crate) struct Schema {
    /// Describe this document
    #[arg(default_value = "answers", value_parser = documents())]
    document: Document,
    /// Answers and responses: a pack whose questions are to be known; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Schema {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let schema = if self.chosen.is_empty() {
            self.document.schema.to_owned()
        } else {
            let known = match self.document.name {
                "answers" => answers_to,
                "response" => response_to,
                _ => {
                    return Err(Failure::usage(
                        message!("pack-belongs-to-the-schema-of-answers-or-of-a-response"),
                        message!("leave-it-out"),
                    ));
                }
            };
            let read = |reader: &mut Reader| reader.named_packs(&self.chosen);
            let rulebook = self.packs.reading(output, read)?;
            format!("{:#}\n", known(&rulebook))
        };
        print(&schema)
    }
}

fn documents() -> impl TypedValueParser<Value = Document> {
    one_of(DOCUMENTS.iter().map(|one| (one.name, one.about, *one)))
}

commands! {
    /// List or export the templates that reports and forms are written by
    #[command(after_help = "Example: centricity templates export --to mine report/executive.md")]
    enum Templates {
        List(ListTemplates),
        Export(ExportTemplates),
    }
}

/// List the templates there are, and what each is
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity templates list")]
#[group(id = "templates-list")]
struct ListTemplates {}

impl ListTemplates {
    fn run(self, _: Output) -> Result<()> {
        let Self {} = self;
        let all = BuiltinTemplate::all();
        let width = all.iter().map(|one| one.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for one in &all {
            let line = format!("{:width$}  {}", one.name, one.about());
            let _ = writeln!(text, "{}", line.trim_end());
        }
        print(&text)
    }
}

/// Write templates into a folder, to be changed there and given to --templates
///
/// Without a NAME all are written. Keep those that you change: what is not in the folder is taken as
/// it is built in, and follows later versions.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity templates export --to mine report/executive.md word")]
#[group(id = "templates-export")]
struct ExportTemplates {
    /// Templates, or folders of them, as `templates list` names them
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The folder to write into
    #[arg(long, value_name = "DIR", default_value = "templates")]
    to: PathBuf,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
}

impl ExportTemplates {
    fn run(&self, output: Output) -> Result<()> {
        let chosen = self.chosen()?;
        let help = message!("choose-another-file-or-add-force");
        let files: Vec<_> = chosen
            .iter()
            .map(|one| (self.to.join(&one.name), one.text))
            .collect();
        for (path, _) in &files {
            check_free(Some(path), self.force, help)?;
        }
        let mut drafts = Vec::new();
        for (path, text) in &files {
            create_folder(folder_of(path))?;
            drafts.push((draft(folder_of(path), text.as_bytes())?, path.clone()));
        }
        place_all(drafts, self.force)?;
        for (path, _) in &files {
            output.note(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }

    /// The templates asked for, each once.
    fn chosen(&self) -> Result<Vec<BuiltinTemplate>> {
        let all = BuiltinTemplate::all();
        let is = |one: &BuiltinTemplate, name: &str| {
            let rest = one.name.strip_prefix(name.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        for name in &self.names {
            if !all.iter().any(|one| is(one, name)) {
                let near = nearest(name, all.iter().map(|one| one.name.as_str()));
                let help = suggestion(near, message!("templates-list-names-them"));
                let message = message!("no-template-or-folder-is-called", name);
                return Err(Failure::usage(message, help));
            }
        }
        let asked = |one: &BuiltinTemplate| {
            self.names.is_empty() || self.names.iter().any(|name| is(one, name))
        };
        Ok(all.into_iter().filter(asked).collect())
    }
}
