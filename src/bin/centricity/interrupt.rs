//! Whether whoever runs this has had enough: Ctrl-C, or a request to end.

use crate::exit::{Exit, Failure};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::register;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on an interruption is noted, and no longer ends the run where it stands: whoever calls
/// this asks [`go_on`] often.
pub(crate) fn watch() {
    for signal in [SIGINT, SIGTERM] {
        // Where no handler can be set, an interruption ends the run as ever.
        let _ = register(signal, Arc::clone(&ASKED));
    }
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
