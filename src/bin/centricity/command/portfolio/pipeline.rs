//! Clients found, scored on all cores, and handed on in order.
//!
//! Three stages work at once, each a few batches ahead of the next, so that memory does not grow
//! with the number of clients.

use super::clients::{Client, ReportNames, Walk};
use super::part::{Part, Scoring};
use crate::exit::{Failure, Result};
use crate::inputs::ASSESSMENT;
use crate::output::{Output, Progress};
use centricity::study::portfolio::{Portfolio, Problem};
use rayon::prelude::*;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Clients handed on in one go, and those one thread takes of them.
const BATCH: usize = 256;
const PART: usize = 8;
/// Batches that may wait between two stages.
const AHEAD: usize = 2;
/// Clients whose problems are shown in full; more are counted.
const SHOWN: usize = 20;

type Found = Vec<Result<Client, Problem>>;
type Scored = Result<Vec<Part>>;

/// Works through all clients of a walk; `take` gets the parts in their order. Returns the portfolio
/// with the names of the reports, where any are written.
pub(super) fn run(
    scoring: &Scoring<'_>,
    walk: Walk,
    output: Output,
    mut take: impl FnMut(&mut Part) -> Result<()>,
) -> Result<(Portfolio, ReportNames)> {
    let root = walk.root.clone();
    let with_reports = scoring.reports.is_some();
    let (found, to_score) = sync_channel(AHEAD);
    let (scored, to_take) = sync_channel(AHEAD);
    let (portfolio, names) = thread::scope(|scope| {
        let finder = scope.spawn(move || find(walk, with_reports, &found));
        scope.spawn(move || score(scoring, to_score, &scored));
        let portfolio = gather(&to_take, output, &mut take);
        // The stages before end when nobody takes from them any more.
        drop(to_take);
        (portfolio, finder.join().unwrap_or_default())
    });
    let portfolio = portfolio?;
    if portfolio.clients() + portfolio.broken() == 0 {
        return Err(Failure::world(
            format!("there is no {ASSESSMENT} below `{}`", root.display()),
            "give the folder that holds your clients' folders",
        ));
    }
    Ok((portfolio, names))
}

/// Finds clients, batch by batch.
fn find(walk: Walk, with_reports: bool, found: &SyncSender<Found>) -> ReportNames {
    let mut names = ReportNames::default();
    let mut batch = Vec::new();
    for mut one in walk {
        if let (true, Ok(client)) = (with_reports, &mut one) {
            client.report = names.add(&client.path);
        }
        batch.push(one);
        if batch.len() == BATCH && found.send(std::mem::take(&mut batch)).is_err() {
            return names;
        }
    }
    let _ = found.send(batch);
    names
}

/// Scores them on all cores.
fn score(scoring: &Scoring<'_>, found: Receiver<Found>, scored: &SyncSender<Scored>) {
    let mut first = 0;
    for batch in found {
        let starts = (first..).step_by(PART);
        let chunks: Vec<_> = starts.zip(batch.chunks(PART)).collect();
        let parts = chunks
            .into_par_iter()
            .map(|(first, chunk)| Part::score(scoring, first, chunk))
            .collect();
        first += u64::try_from(batch.len()).unwrap_or_default();
        if scored.send(parts).is_err() {
            return;
        }
    }
}

/// Adds the parts up, and shows the problems of the first clients that have any.
fn gather(
    parts: &Receiver<Scored>,
    output: Output,
    take: &mut impl FnMut(&mut Part) -> Result<()>,
) -> Result<Portfolio> {
    let mut all = Portfolio::new();
    let (mut rejected, mut warned) = (0, 0);
    let progress = Progress::new(Some(output), true);
    for batch in parts {
        for mut part in batch? {
            take(&mut part)?;
            warned += part.warned;
            for one in part.rejected {
                if rejected < SHOWN {
                    one.show(output);
                }
                rejected += 1;
            }
            all.absorb(part.portfolio);
        }
        progress.show(&format!("{} clients", all.clients() + all.broken()));
    }
    drop(progress);
    sum_up(rejected, warned, output);
    Ok(all)
}

fn sum_up(rejected: usize, warned: usize, output: Output) {
    let clients = |count| match count {
        1 => "1 client".to_owned(),
        _ => format!("{count} clients"),
    };
    if rejected > SHOWN {
        let more = rejected - SHOWN;
        output.note(&format!("{more} more clients have problems\n"));
    }
    if rejected > 0 {
        let are = if rejected == 1 { "is" } else { "are" };
        output.note(&format!(
            "{} {are} not valid and in no figure; all others are written\n",
            clients(rejected)
        ));
    }
    if warned > 0 {
        output.note(&format!(
            "{} with warnings: `centricity check DIR` shows them\n",
            clients(warned)
        ));
    }
}
