//! A browser by process: HTML in, PDF out.
//!
//! It runs in a folder of its own, which goes with it: no profile of the user's is read or changed. It
//! reaches no network, and is ended when it takes too long, writes too much, or the run is interrupted.

use crate::output::{HiddenFolder, clean};
use crate::process::{Running, patience};
use crate::{Failure, Result, world};
use centricity::message;
use centricity::text::Error;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The variable that names a browser, by its path or its name.
const NAMED_BY: &str = "CENTRICITY_BROWSER";
/// The variable that says for how many seconds a browser may take to print.
const SECONDS_BY: &str = "CENTRICITY_BROWSER_SECONDS";
const SECONDS: u64 = 60;
/// The names that browsers go by.
const NAMES: [&str; 8] = [
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
];
/// Their places on macOS, below `/` and below the user's folder.
const MAC: [&str; 3] = [
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
/// Their places on Windows, below the folders of programs.
const WINDOWS: [&str; 3] = [
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
];
/// The arguments of a browser: without a window, as if just installed, and without a way to any host.
const ARGUMENTS: [&str; 16] = [
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--no-first-run",
    "--no-default-browser-check",
    "--use-mock-keychain",
    "--password-store=basic",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
];
/// The files in its folder: what it prints, and what it printed.
const PAGE: &str = "page.html";
const PRINTED: &str = "printed.pdf";
/// Bytes of a PDF: a report of all packs with its appendix has two million.
const MOST_BYTES: u64 = 128 << 20;
/// Bytes within which a PDF ends.
const MOST_END: usize = 1024;

/// A browser that prints.
#[derive(Debug)]
pub(crate) struct Browser {
    program: PathBuf,
    patience: Duration,
    /// One page is printed at a time: a browser takes the memory of several programs.
    turn: Mutex<()>,
}

impl Browser {
    /// The browser that is named, or else one that is installed.
    pub(crate) fn find() -> Result<Self> {
        let named = std::env::var_os(NAMED_BY).filter(|name| !name.is_empty());
        let program = match &named {
            Some(name) => found(name).ok_or_else(|| {
                let name = clean(&name.to_string_lossy());
                Failure::world(
                    message!("there-is-no-browser-named", name, NAMED_BY),
                    message!("give-the-path-or-name-of-a-browser"),
                )
            }),
            None => installed().ok_or_else(|| world!("no-browser-is-installed", NAMED_BY)),
        };
        Ok(Self {
            program: program?,
            patience: patience(SECONDS_BY, SECONDS)?,
            turn: Mutex::default(),
        })
    }

    /// Prints a page to PDF.
    pub(crate) fn print(&self, html: &str) -> Result<Vec<u8>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = HiddenFolder::temporary()?;
        let page = folder.path().join(PAGE);
        fs::write(&page, html).map_err(|error| Error::write(&page, error))?;
        let mut running = start(&self.program, folder.path())?;
        let printed = folder.path().join(PRINTED);
        let done = wait(&mut running, self, &printed)?;
        let said = last_line(&running.said());
        let bytes = contents(&printed);
        let end = bytes.get(bytes.len().saturating_sub(MOST_END)..);
        let end = String::from_utf8_lossy(end.unwrap_or_default());
        if !done || !bytes.starts_with(b"%PDF-") || !end.contains("%%EOF") {
            return Err(self.failed(&message!("printed-no-pdf", why = said)));
        }
        Ok(bytes)
    }

    /// A failure of this browser.
    fn failed(&self, what: &str) -> Failure {
        let program = self.program.display();
        Failure::world(
            format!("`{program}` {what}"),
            message!("try-again-or-name-another-browser", NAMED_BY, SECONDS_BY),
        )
    }
}

/// The browser at work in a folder.
fn start(program: &Path, folder: &Path) -> Result<Running> {
    let mut command = Command::new(program);
    command.args(ARGUMENTS);
    // A browser refuses to work in its sandbox where root runs it; nowhere else is it left out.
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        command.arg("--no-sandbox");
    }
    let mut profile = std::ffi::OsString::from("--user-data-dir=");
    profile.push(folder.join("profile"));
    command
        .arg(profile)
        .arg(format!("--print-to-pdf={PRINTED}"))
        .arg(PAGE)
        .current_dir(folder)
        .stdout(Stdio::null());
    Running::start(&mut command).map_err(|error| {
        Failure::world(
            message!(
                "cannot-run",
                program = program.display(),
                why = error.to_string()
            ),
            message!("give-the-path-or-name-of-a-browser"),
        )
    })
}

/// Waits until a browser ends; true if it says that all went well.
fn wait(running: &mut Running, browser: &Browser, printed: &Path) -> Result<bool> {
    let done = running.wait(browser.patience, || {
        let written = fs::metadata(printed).map_or(0, |file| file.len());
        if written > MOST_BYTES {
            let most = MOST_BYTES >> 20;
            return Err(browser.failed(&message!("printed-more-than", most)));
        }
        Ok(())
    })?;
    let seconds = browser.patience.as_secs();
    done.ok_or_else(|| browser.failed(&message!("was-stopped-after", seconds)))
}

/// The last line of what a browser said, so far as that was kept.
fn last_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    clean(last.unwrap_or(message!("nothing-said-of-it")))
}

/// The bytes of what was printed, at most those of a PDF; none where it is no plain file.
fn contents(printed: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let is_plain = printed.symlink_metadata().is_ok_and(|one| one.is_file());
    if let Some(file) = is_plain.then(|| File::open(printed).ok()).flatten() {
        let _ = file.take(MOST_BYTES).read_to_end(&mut bytes);
    }
    bytes
}

/// A program by its path, or by its name on the search path.
fn found(name: &OsStr) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        // The browser is run in another folder.
        return std::path::absolute(path).ok().filter(|path| path.is_file());
    }
    let folders = std::env::var_os("PATH")?;
    let mut files = std::env::split_paths(&folders).flat_map(|folder| {
        let ended = format!("{}{}", path.display(), std::env::consts::EXE_SUFFIX);
        [folder.join(name), folder.join(ended)]
    });
    files.find(|file| file.is_file())
}

/// A browser in one of the usual places.
fn installed() -> Option<PathBuf> {
    if let Some(found) = NAMES.iter().find_map(|name| found(OsStr::new(name))) {
        return Some(found);
    }
    let folder = |name| std::env::var_os(name).map(PathBuf::from);
    let (folders, places): (Vec<_>, _) = if cfg!(windows) {
        let names = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];
        (names.into_iter().filter_map(folder).collect(), WINDOWS)
    } else if cfg!(target_os = "macos") {
        let folders = [Some(PathBuf::from("/")), folder("HOME")];
        (folders.into_iter().flatten().collect(), MAC)
    } else {
        return None;
    };
    let mut all = folders
        .iter()
        .flat_map(|folder| places.iter().map(|place| folder.join(place)));
    all.find(|file| file.is_file())
}
