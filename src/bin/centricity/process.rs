//! Other programs at work: ended with all their processes when they take too long, ask for too much, or
//! the run is interrupted.

use crate::output::clean;
use crate::{Result, check_interrupted, usage};
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that are kept of what a program says.
const MOST_SAID: u64 = 64 << 10;
/// Bytes of what a program prints.
const MOST_PRINTED: u64 = 64 << 20;
const PAUSE: Duration = Duration::from_millis(10);

/// The time that a program may take: so many seconds, or as many as a variable says.
pub(crate) fn patience(variable: &str, seconds: u64) -> Result<Duration> {
    let said = std::env::var_os(variable).filter(|text| !text.is_empty());
    let Some(text) = said else {
        return Ok(Duration::from_secs(seconds));
    };
    let text = text.to_string_lossy();
    let said = text.parse().ok().filter(|seconds| *seconds > 0);
    said.map(Duration::from_secs).ok_or_else(|| {
        let text = clean(&text);
        usage!("is-no-number-of-seconds", variable, text, seconds)
    })
}

/// A program at work; it is ended with all its processes when this goes.
pub(crate) struct Running {
    child: Child,
    /// The beginning of what it says and what it prints, once it has said all.
    said: Option<Receiver<Vec<u8>>>,
    printed: Option<Receiver<Vec<u8>>>,
    ended: bool,
}

impl Running {
    /// Starts a program that reads nothing.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn()?;
        Ok(Self {
            said: child
                .stderr
                .take()
                .map(|pipe| beginning(pipe, MOST_SAID, true)),
            printed: child
                .stdout
                .take()
                .map(|pipe| beginning(pipe, MOST_PRINTED + 1, false)),
            child,
            ended: false,
        })
    }

    /// Waits until it ends; true if it says that all went well, `None` where it takes too long.
    /// `watch` is asked again and again, and ends it by an error.
    pub(crate) fn wait(
        &mut self,
        patience: Duration,
        mut watch: impl FnMut() -> Result<()>,
    ) -> Result<Option<bool>> {
        let begun = Instant::now();
        while let Ok(None) = self.child.try_wait() {
            check_interrupted()?;
            watch()?;
            if begun.elapsed() > patience {
                return Ok(None);
            }
            thread::sleep(PAUSE);
        }
        Ok(Some(self.child.wait().is_ok_and(|status| status.success())))
    }

    /// The beginning of what it said; it is ended.
    pub(crate) fn said(&mut self) -> Vec<u8> {
        self.end();
        received(self.said.take())
    }

    /// All that it printed; `None` where that is too much. It is ended.
    pub(crate) fn printed(&mut self) -> Option<Vec<u8>> {
        self.end();
        let bytes = received(self.printed.take());
        let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_PRINTED);
        fits.then_some(bytes)
    }

    /// Ends it with all its processes; once, as its number may be given to another afterwards.
    fn end(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// The beginning of what comes out of a pipe. It is read to its end where `whole` is set, and closed
/// otherwise, which ends most programs that go on.
fn beginning(mut pipe: impl Read + Send + 'static, most: u64, whole: bool) -> Receiver<Vec<u8>> {
    let (to, from) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = (&mut pipe).take(most).read_to_end(&mut bytes);
        if whole {
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
        to.send(bytes)
    });
    from
}

/// The bytes that come within a second.
fn received(from: Option<Receiver<Vec<u8>>>) -> Vec<u8> {
    let bytes = from.and_then(|from| from.recv_timeout(Duration::from_secs(1)).ok());
    bytes.unwrap_or_default()
}
