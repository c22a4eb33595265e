//! Some clients in a row: read, scored, counted, and laid out as lines of every table asked for.

use super::reports::{Named, Reports};
use super::walk::{Client, Found};
use crate::exit::{Exit, Failure};
use crate::inputs::{Notes, Rulebooks, Subject};
use crate::interrupt;
use crate::output::Output;
use centricity::assess::assessment::{Assessment, MatchedResult, assess};
use centricity::rules::rulebook::Rulebook;
use centricity::study::portfolio::{Portfolio, Problem, Profile, Row, Table};
use std::sync::Arc;

/// What every thread works with.
pub(super) struct Shop<'a> {
    pub(super) rulebooks: &'a Rulebooks,
    /// The tables to be laid out.
    pub(super) tables: &'a [Table],
    /// Whether rows are to be laid out as JSON.
    pub(super) lines: bool,
    /// Whether rows are to be laid out as columns.
    #[cfg(feature = "parquet")]
    pub(super) columns: bool,
    pub(super) reports: Option<&'a Reports<'a>>,
}

/// What came of some clients.
#[derive(Default)]
pub(super) struct Part {
    pub(super) portfolio: Portfolio,
    /// Lines of CSV, in the order of the tables.
    pub(super) tables: Vec<String>,
    pub(super) lines: String,
    #[cfg(feature = "parquet")]
    pub(super) chunks: centricity::study::portfolio::Chunks,
    pub(super) bad: Vec<Bad>,
    /// How many clients have warnings.
    pub(super) warned: usize,
}

/// A client that is in no figure.
pub(super) struct Bad {
    pub(super) problem: Problem,
    /// What is to be shown of it; a failure of the world has nothing more.
    pub(super) notes: Option<Box<Notes>>,
}

impl Bad {
    pub(super) fn show(&self, output: Output) {
        match &self.notes {
            Some(notes) => output.problems(&notes.problems, &notes.sources),
            None => output.failure(&Failure {
                exit: Exit::World,
                message: format!("`{}`: {}", self.problem.path, self.problem.message),
                help: None,
            }),
        }
    }
}

/// A client that was read.
struct Read<'w> {
    order: u64,
    client: &'w Client,
    report: Option<&'w str>,
    subject: Subject,
}

impl Part {
    /// Works through clients, the first of which has this place among all.
    pub(super) fn work(shop: &Shop<'_>, first: u64, found: &[Named]) -> Result<Self, Failure> {
        let mut part = Self {
            tables: vec![String::new(); shop.tables.len()],
            ..Self::default()
        };
        let read: Vec<Read<'_>> = (first..)
            .zip(found)
            .filter_map(|(order, one)| part.read(shop, order, one))
            .collect();
        let mut packs = Packs::default();
        for one in &read {
            packs.meet(&one.subject.rulebook);
        }
        let layouts = shop.reports.map(|_| packs.layouts());
        for one in &read {
            interrupt::go_on()?;
            let result = assess(&one.subject.rulebook, &one.subject.answers);
            let place = packs.place(&one.subject.rulebook);
            if let Some(profile) = packs.profiles.get(place) {
                part.count(shop, one, &result, profile);
            }
            let layout = layouts.as_ref().and_then(|all| all.get(place));
            if let (Some(reports), Some(name), Some(layout)) = (shop.reports, one.report, layout) {
                let result = MatchedResult::new(&one.subject.rulebook, &result)?;
                reports.write(name, layout, &result)?;
            }
        }
        Ok(part)
    }

    fn read<'w>(&mut self, shop: &Shop<'_>, order: u64, one: &'w Named) -> Option<Read<'w>> {
        let client = match &one.found {
            Found::Client(client) => client,
            Found::Unreadable(problem) => {
                self.bad(problem.clone(), None);
                return None;
            }
        };
        let mut notes = Notes::default();
        match Subject::load(&client.folder, shop.rulebooks, &mut notes) {
            Ok(Some(subject)) => {
                self.warned += usize::from(!notes.problems.is_empty());
                Some(Read {
                    order,
                    client,
                    report: one.report.as_deref(),
                    subject,
                })
            }
            Ok(None) => {
                let problem = problem(client, &notes);
                self.bad(problem, Some(Box::new(notes)));
                None
            }
            Err(failure) => {
                let message = within(client, &failure.message);
                let path = client.path.clone();
                let errors = 1;
                self.bad(
                    Problem {
                        path,
                        message,
                        errors,
                    },
                    None,
                );
                None
            }
        }
    }

    fn bad(&mut self, problem: Problem, notes: Option<Box<Notes>>) {
        self.portfolio.add_problem(problem.clone());
        self.bad.push(Bad { problem, notes });
    }

    fn count(&mut self, shop: &Shop<'_>, one: &Read<'_>, result: &Assessment, profile: &Profile) {
        let row = Row::new(&one.client.path, result, profile);
        self.portfolio.add(one.order, &row, result);
        for (table, text) in shop.tables.iter().zip(&mut self.tables) {
            table.write(&row, text);
        }
        if shop.lines {
            self.lines.push_str(&row.line());
        }
        #[cfg(feature = "parquet")]
        if shop.columns {
            self.chunks.add(&row);
        }
    }
}

/// What goes with each rulebook of a part; few parts have more than one.
#[derive(Default)]
struct Packs {
    rulebooks: Vec<Arc<Rulebook>>,
    profiles: Vec<Profile>,
}

impl Packs {
    fn place(&self, rulebook: &Arc<Rulebook>) -> usize {
        let mut all = self.rulebooks.iter();
        all.position(|one| Arc::ptr_eq(one, rulebook))
            .unwrap_or(self.rulebooks.len())
    }

    fn meet(&mut self, rulebook: &Arc<Rulebook>) {
        if self.place(rulebook) == self.rulebooks.len() {
            self.rulebooks.push(Arc::clone(rulebook));
            self.profiles.push(Profile::of(rulebook));
        }
    }

    fn layouts(&self) -> Vec<centricity::report::Layout<'_>> {
        let layouts = self.rulebooks.iter();
        layouts
            .map(|rulebook| centricity::report::Layout::new(rulebook))
            .collect()
    }
}

/// The first thing that is wrong with a client, in one line.
fn problem(client: &Client, notes: &Notes) -> Problem {
    let sorted = notes.problems.sorted();
    let first = sorted
        .iter()
        .find(|one| one.severity == centricity::text::diagnostic::Severity::Error);
    let message = first.map_or("it is not valid".to_owned(), |first| {
        let place = first.place.map_or(String::new(), |place| {
            let file = within(client, notes.sources.name(place.source));
            format!("{file}, line {}: ", notes.sources.position(place).line)
        });
        format!("{place}{}", within(client, &first.message))
    });
    Problem {
        path: client.path.clone(),
        message,
        errors: notes.problems.errors().max(1),
    }
}

/// A text in which files are named from the client's folder on.
fn within(client: &Client, text: &str) -> String {
    text.replace(&format!("{}/", client.folder.display()), "")
}
