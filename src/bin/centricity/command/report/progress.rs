//! How far many reports have come, for whoever watches.

use crate::output::Output;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Below this many there is nothing to wait for.
const FEW: usize = 5;

pub(super) struct Progress {
    done: AtomicUsize,
    total: usize,
    output: Output,
    shown: bool,
}

impl Progress {
    pub(super) fn new(total: usize, output: Output) -> Self {
        Self {
            done: AtomicUsize::new(0),
            total,
            output,
            shown: total >= FEW && output.watched(),
        }
    }

    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            self.output
                .note(&format!("\r{done} of {} reports", self.total));
        }
    }

    pub(super) fn end(&self) {
        if self.shown {
            self.output.note("\r\u{1b}[K");
        }
    }
}
