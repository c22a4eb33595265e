//! Whether whoever runs this has had enough (Ctrl-C, or the end of the session).

use crate::exit::{Exit, Failure};
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From here on an interruption is noted, and no longer ends the run where it stands: whoever calls
/// this asks [`go_on`] often.
pub(crate) fn watch() {
    // Where no handler can be set, an interruption ends the run as ever.
    let _ = ctrlc::set_handler(|| ASKED.store(true, Ordering::Relaxed));
}

/// A failure once the run is to end, so that what is unfinished is cleared away.
pub(crate) fn go_on() -> Result<(), Failure> {
    if ASKED.load(Ordering::Relaxed) {
        return Err(Failure {
            exit: Exit::Interrupted,
            message: "interrupted; nothing was written".to_owned(),
            help: None,
        });
    }
    Ok(())
}
