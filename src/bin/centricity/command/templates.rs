//! `templates`: what can be replaced in reports and forms.

use crate::exit::{Exit, Failure, Result};
use crate::output::{Output, check_free, create_folder, draft, folder_of, place_all, print};
use centricity::message;
use centricity::report::BuiltinTemplate;
use centricity::text::diagnostic::nearest;
use clap::{Args, Subcommand};
use std::fmt::Write as _;
use std::path::PathBuf;

/// List or export the templates that reports and forms are written by
#[derive(Debug, Subcommand)]
#[command(after_help = "Example: centricity templates export --to mine report/executive.md")]
pub(crate) enum Templates {
    List(List),
    Export(Export),
}

impl Templates {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        match self {
            Self::List(List {}) => List::run(),
            Self::Export(command) => command.run(output),
        }
    }
}

/// List the templates there are, and what each is
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity templates list")]
#[group(id = "templates-list")]
pub(super) struct List {}

impl List {
    fn run() -> Result<Exit> {
        let all = BuiltinTemplate::all();
        let width = all.iter().map(|one| one.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for one in &all {
            let line = format!("{:width$}  {}", one.name, one.about());
            let _ = writeln!(text, "{}", line.trim_end());
        }
        print(&text)?;
        Ok(Exit::Done)
    }
}

/// Write templates into a folder, to be changed there and given to --templates
///
/// Without a NAME all are written. Keep those that you change: what is not in the folder is taken as
/// it is built in, and follows later versions.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity templates export --to mine report/executive.md word")]
#[group(id = "templates-export")]
pub(super) struct Export {
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

impl Export {
    fn run(&self, output: Output) -> Result<Exit> {
        let chosen = self.chosen()?;
        let help = message!("choose-another-file-or-add-force");
        let files: Vec<_> = chosen
            .iter()
            .map(|one| (self.to.join(&one.name), one.text))
            .collect();
        for (path, _) in &files {
            check_free(Some(path), self.force && !path.is_dir(), help)?;
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
        Ok(Exit::Done)
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
                let help = near.map_or_else(
                    || message!("templates-list-names-them").to_owned(),
                    |near| message!("did-you-mean", near),
                );
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
