//! A page in a real browser, driven over two pipes: Chromium without a window, no library, no port.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The names Chromium goes by.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// A page that takes longer than this hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// One page of a browser of its own.
pub(crate) struct Browser {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: Option<String>,
    sent: u64,
    home: TempDir,
}

impl Browser {
    /// A browser, or `None` where none is installed, which is said.
    ///
    /// `CENTRICITY_TEST_BROWSER=1` makes it an error instead: CI sets it, so that no test is left out.
    pub(crate) fn open() -> Option<Self> {
        Self::installed().map(Self::start)
    }

    /// The name of the browser that is installed; the rest as [`open`](Self::open).
    pub(crate) fn installed() -> Option<&'static str> {
        let name = NAMES.into_iter().find(|name| is_there(name));
        if name.is_none() {
            let needed = std::env::var_os("CENTRICITY_TEST_BROWSER").is_some();
            assert!(!needed, "no Chromium is installed");
            left_out("no Chromium is installed");
        }
        name
    }

    fn start(name: &str) -> Self {
        let home = TempDir::new().expect("a temporary folder");
        // Chromium reads commands from 3 and answers on 4.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1",
                "sh",
                name,
            ])
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
            ])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--disable-extensions",
            ])
            .args(["--remote-debugging-pipe", "about:blank"])
            .arg(format!("--user-data-dir={}", home.path().display()))
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Chromium starts");
        let to = child.stdin.take().expect("a pipe");
        let from = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut browser = Self {
            child,
            to,
            from,
            session: None,
            sent: 0,
            home,
        };
        let made = browser.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": made["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &attach);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        browser.call("Page.enable", &json!({}));
        browser
    }

    /// One command of the `DevTools` protocol and what came of it.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Value {
        let reply = self.reply(method, params);
        assert!(reply["error"].is_null(), "{method}: {}", reply["error"]);
        reply["result"].clone()
    }

    fn reply(&mut self, method: &str, params: &Value) -> Value {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        write!(self.to, "{message}\0").expect("Chromium listens");
        loop {
            let reply = self.read();
            if reply["id"] == self.sent {
                return reply;
            }
        }
    }

    fn read(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from
            .read_until(0, &mut bytes)
            .expect("Chromium answers");
        bytes.pop();
        serde_json::from_slice(&bytes).expect("Chromium runs and answers in JSON")
    }

    /// Opens a file and waits until its script has run.
    pub(crate) fn visit(&mut self, path: &Path) {
        let url = format!("file://{}", path.display());
        self.call("Page.navigate", &json!({ "url": url }));
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    pub(crate) fn reload(&mut self) {
        self.eval("document.documentElement.dataset.old = ''");
        self.call("Page.reload", &json!({}));
        self.until(
            "document.readyState === 'complete' && !('old' in document.documentElement.dataset)",
        );
    }

    /// The value of an expression in the page.
    pub(crate) fn eval(&mut self, script: &str) -> Value {
        let result = self.call("Runtime.evaluate", &expression(script));
        let failed = &result["exceptionDetails"];
        assert!(failed.is_null(), "{script}\n{failed:#}");
        result["result"]["value"].clone()
    }

    /// Waits until an expression holds, over the end of a page into the next.
    pub(crate) fn until(&mut self, script: &str) {
        let begun = Instant::now();
        loop {
            let reply = self.reply("Runtime.evaluate", &expression(script));
            if reply["result"]["result"]["value"] == json!(true) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "never: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses a key and lets it go: `Tab`, `Space`, `Enter`, `ArrowDown`.
    pub(crate) fn press(&mut self, key: &str) {
        let (key, code, number, text) = match key {
            "Space" => (" ", "Space", 32, " "),
            "Enter" => ("Enter", "Enter", 13, "\r"),
            "ArrowDown" => ("ArrowDown", "ArrowDown", 40, ""),
            "Tab" => ("Tab", "Tab", 9, ""),
            other => panic!("the key {other} is not on this keyboard"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Types a text where the focus is.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    /// Puts a file into a file input.
    pub(crate) fn choose(&mut self, selector: &str, file: &Path) {
        let document = self.call("DOM.getDocument", &json!({}));
        let root = &document["root"]["nodeId"];
        let found = self.call(
            "DOM.querySelector",
            &json!({ "nodeId": root, "selector": selector }),
        );
        let files = json!({ "files": [file], "nodeId": found["nodeId"] });
        self.call("DOM.setFileInputFiles", &files);
    }

    /// Lets downloads go into a folder.
    pub(crate) fn download_into(&mut self, folder: &Path) {
        let params = json!({ "behavior": "allow", "downloadPath": folder });
        self.call("Browser.setDownloadBehavior", &params);
    }
}

/// True if a program of this name can be run.
pub(crate) fn is_there(name: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {name}")])
        .output();
    found.is_ok_and(|found| found.status.success())
}

/// Says that a test is left out, past the harness, which keeps to itself what a test prints.
pub(crate) fn left_out(why: &str) {
    let _ = writeln!(std::io::stderr(), "left out: {why}");
}

fn expression(script: &str) -> Value {
    json!({ "expression": script, "returnByValue": true, "awaitPromise": true, "userGesture": true })
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = write!(
            self.to,
            "{}\0",
            json!({ "id": 0, "method": "Browser.close" })
        );
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(self.home.path());
    }
}
