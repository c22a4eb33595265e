//! Templates of a user's, watched while they are at work. The library counts their steps; one step may
//! take all memory, or hours, which only the system sees.

use crate::output::{Output, clear_away};
use crate::process::patience;
use crate::{Exit, Result, world};
use centricity::report::Templates;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, process, thread};

/// Names the seconds that a document may take.
const SECONDS_BY: &str = "CENTRICITY_TEMPLATE_SECONDS";
const SECONDS: u64 = 60;
/// Megabytes that may come on top of what is there before: these, and so many for each thread. A
/// report takes about ten.
const MOST: u64 = 256;
const MOST_OF_THREAD: u64 = 32;
const PAUSE: Duration = Duration::from_millis(10);

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
/// Milliseconds from the beginning until the run last showed that no template holds it up.
static ALIVE: AtomicU64 = AtomicU64::new(0);

/// The templates in the binary, or those of a folder, watched from before they are read.
pub(crate) fn templates(folder: Option<&Path>, output: Output) -> Result<Templates> {
    let Some(folder) = folder else {
        return Ok(Templates::builtin()?);
    };
    let patience = patience(SECONDS_BY, SECONDS)?;
    let threads = u64::try_from(rayon::current_num_threads()).unwrap_or(1);
    let more = MOST + MOST_OF_THREAD * threads;
    let most = memory().map(|now| now + more);
    let shown = folder.display().to_string();
    alive();
    thread::spawn(move || {
        let failure = loop {
            thread::sleep(PAUSE);
            let grown = memory().zip(most).is_some_and(|(now, most)| now > most);
            if grown {
                break world!(
                    "templates-take-too-much-memory",
                    folder = shown,
                    most = more
                );
            }
            let idle = milliseconds().saturating_sub(ALIVE.load(Ordering::Relaxed));
            if Duration::from_millis(idle) > patience {
                let (seconds, variable) = (patience.as_secs(), SECONDS_BY);
                break world!("templates-take-too-long", folder = shown, seconds, variable);
            }
        };
        clear_away();
        output.failure(&failure);
        process::exit(Exit::World as i32);
    });
    Ok(Templates::with_folder(folder)?)
}

/// Notes that no template holds up the run.
pub(crate) fn alive() {
    ALIVE.store(milliseconds(), Ordering::Relaxed);
}

fn milliseconds() -> u64 {
    u64::try_from(BEGUN.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Megabytes of memory that the run takes; `None` where the system does not say so as Linux does.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    };
    let swapped = of("VmSwap:").unwrap_or(0);
    Some((of("VmRSS:")? + swapped) / 1024)
}
