//! The line of a portfolio: clients are found, scored on all cores, and handed on in order.
//!
//! Three stages work at once, each a few batches ahead of the next, so that memory does not grow
//! with the number of clients.

use super::part::{Part, Shop};
use super::reports::{Named, Names};
use super::walk::Walk;
use crate::exit::Failure;
use crate::inputs::ASSESSMENT;
use crate::output::Output;
use centricity::study::portfolio::Portfolio;
use rayon::prelude::*;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Clients handed on in one go, and those one thread takes of them.
const BATCH: usize = 256;
const PART: usize = 8;
/// Batches that may wait between two stages.
const AHEAD: usize = 2;
/// Clients whose problems are shown in full; more are counted.
const SHOWN: usize = 20;

/// How clients are worked through.
pub(super) struct Line<'a> {
    pub(super) shop: Shop<'a>,
    pub(super) output: Output,
}

/// What came of all clients.
pub(super) struct Total {
    pub(super) portfolio: Portfolio,
    /// The names of their reports, where any were asked for.
    pub(super) names: Names,
}

impl Line<'_> {
    /// Works through all clients of a walk; `take` gets what came of them in their order.
    pub(super) fn run(
        &self,
        walk: Walk,
        root: &Path,
        mut take: impl FnMut(&mut Part) -> Result<(), Failure>,
    ) -> Result<Total, Failure> {
        let reports = self.shop.reports.is_some();
        let (found, to_score) = sync_channel(AHEAD);
        let (scored, to_take) = sync_channel(AHEAD);
        let (portfolio, names) = thread::scope(|scope| {
            let walker = scope.spawn(move || look(walk, reports, &found));
            scope.spawn(move || score(&self.shop, to_score, &scored));
            let portfolio = self.gather(&to_take, &mut take);
            // Those before end when nobody takes from them any more.
            drop(to_take);
            (portfolio, walker.join().unwrap_or_default())
        });
        let portfolio = portfolio?;
        if portfolio.clients() + portfolio.broken() == 0 {
            return Err(Failure::world(
                format!("there is no {ASSESSMENT} below `{}`", root.display()),
                "give the folder that holds your clients' folders",
            ));
        }
        Ok(Total { portfolio, names })
    }

    fn gather(
        &self,
        parts: &Receiver<Result<Vec<Part>, Failure>>,
        take: &mut impl FnMut(&mut Part) -> Result<(), Failure>,
    ) -> Result<Portfolio, Failure> {
        let mut all = Portfolio::new();
        let (mut shown, mut warned) = (0, 0);
        for batch in parts {
            for mut part in batch? {
                take(&mut part)?;
                warned += part.warned;
                for bad in part.bad {
                    if shown < SHOWN {
                        bad.show(self.output);
                    }
                    shown += 1;
                }
                all.absorb(part.portfolio);
            }
            self.progress(&format!("\r{} clients", all.clients() + all.broken()));
        }
        self.progress("\r\u{1b}[K");
        self.sum_up(shown, warned);
        Ok(all)
    }

    fn progress(&self, text: &str) {
        if self.output.watched() {
            self.output.note(text);
        }
    }

    fn sum_up(&self, bad: usize, warned: usize) {
        if bad > SHOWN {
            let more = bad - SHOWN;
            self.output
                .note(&format!("{more} more clients have problems\n"));
        }
        if bad > 0 {
            let (clients, are) = plural(bad);
            self.output.note(&format!(
                "{clients} {are} not valid and in no figure; all others are written\n"
            ));
        }
        if warned > 0 {
            let (clients, _) = plural(warned);
            self.output.note(&format!(
                "{clients} with warnings: `centricity check DIR` shows them\n"
            ));
        }
    }
}

fn plural(count: usize) -> (String, &'static str) {
    if count == 1 {
        ("1 client".to_owned(), "is")
    } else {
        (format!("{count} clients"), "are")
    }
}

/// Finds clients, batch by batch.
fn look(walk: Walk, reports: bool, found: &SyncSender<Vec<Named>>) -> Names {
    let mut names = Names::default();
    let mut batch = Vec::with_capacity(BATCH);
    for one in walk {
        let report = reports.then(|| names.name(&one)).flatten();
        batch.push(Named { found: one, report });
        if batch.len() == BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if found.send(full).is_err() {
                return names;
            }
        }
    }
    let _ = found.send(batch);
    names
}

/// Scores them on all cores.
fn score(
    shop: &Shop<'_>,
    found: Receiver<Vec<Named>>,
    scored: &SyncSender<Result<Vec<Part>, Failure>>,
) {
    let mut first = 0;
    for batch in found {
        let starts = (first..).step_by(PART);
        let chunks: Vec<(u64, &[Named])> = starts.zip(batch.chunks(PART)).collect();
        let parts = chunks
            .into_par_iter()
            .map(|(first, chunk)| Part::work(shop, first, chunk))
            .collect();
        first += u64::try_from(batch.len()).unwrap_or_default();
        if scored.send(parts).is_err() {
            return;
        }
    }
}
