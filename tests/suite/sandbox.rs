//! A folder of its own for each test, and the binary run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The repository.
pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Answers to the sample client's questions.
pub(crate) fn sample() -> String {
    let path = Path::new(ROOT).join("tests/clients/harbour-tools/assessment.yaml");
    fs::read_to_string(path).expect("the sample client")
}

/// An assessment with these answers to the built-in pack, one `id: answer` a line.
pub(crate) fn answers(lines: &str) -> String {
    let lines: String = lines
        .lines()
        .flat_map(|line| ["    ", line, "\n"])
        .collect();
    format!(
        "format: 1\nclient: {{ name: Acme }}\npacks: [organisation]\nanswers:\n  organisation:\n{lines}"
    )
}

/// A small valid pack with one question, to which `more` is added.
pub(crate) fn small_pack(more: &str) -> String {
    format!(
        "format: 1\nid: small\nversion: 1.0.0\ntitle: \"Small\"\nsections:\n  one:\n    title: \"One\"\n    questions:\n      care:\n        type: rating\n        ask: \"Do you care?\"\n        anchors: {{ 0: \"no\", 1: \"a bit\", 2: \"some\", 3: \"much\", 4: \"fully\" }}\n{more}"
    )
}

/// A folder with files, in which the binary runs.
pub(crate) struct Sandbox(TempDir);

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, text).expect("a new file");
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect(path)
    }

    /// The files there are, by path, in alphabetical order.
    pub(crate) fn files(&self) -> Vec<String> {
        let walk = walkdir::WalkDir::new(self.0.path()).sort_by_file_name();
        let files = walk
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file());
        let inner = |path: &Path| {
            path.strip_prefix(self.0.path())
                .unwrap()
                .to_string_lossy()
                .into_owned()
        };
        files.map(|entry| inner(entry.path())).collect()
    }

    /// Runs the binary with arguments that hold no spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    /// The same from a folder of the sandbox.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Run {
        let output = command(&self.path(folder), arguments)
            .stdin(Stdio::null())
            .output();
        Run::new(arguments, &output.expect("the binary runs"))
    }

    /// The same with variables in its surroundings.
    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &str) -> Run {
        let mut command = command(self.0.path(), arguments);
        let command = command.stdin(Stdio::null()).envs(variables.iter().copied());
        Run::new(arguments, &command.output().expect("the binary runs"))
    }

    /// The same with no more than 256 MB of addresses.
    pub(crate) fn run_small(&self, arguments: &str) -> Run {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "ulimit -v 262144; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_centricity"),
        ]);
        command
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        Run::new(arguments, &command.output().expect("the binary runs"))
    }

    /// The same with text on standard input.
    pub(crate) fn pipe(&self, arguments: &str, text: &str) -> Run {
        use std::io::Write as _;
        let mut command = command(self.0.path(), arguments);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A refused file is not read to its end.
        let _ = stdin.write_all(text.as_bytes());
        drop(stdin);
        Run::new(arguments, &child.wait_with_output().expect("an end"))
    }
}

/// The binary, to be run in a folder with nothing in its surroundings that changes what it says.
pub(crate) fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_centricity"));
    command
        .current_dir(folder)
        .args(arguments.split_whitespace());
    for name in [
        "NO_COLOR",
        "COLUMNS",
        "CENTRICITY_BROWSER",
        "CENTRICITY_BROWSER_SECONDS",
        "CENTRICITY_TEMPLATE_SECONDS",
    ] {
        command.env_remove(name);
    }
    command
}

/// The mode of a file.
#[cfg(unix)]
pub(crate) fn mode(sandbox: &Sandbox, path: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    let file = fs::metadata(sandbox.path(path)).expect("a file");
    file.permissions().mode() & 0o777
}

/// Gives a file a mode.
#[cfg(unix)]
pub(crate) fn set_mode(sandbox: &Sandbox, path: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::Permissions::from_mode(mode);
    fs::set_permissions(sandbox.path(path), mode).expect("a mode");
}

/// What came of a run.
pub(crate) struct Run {
    command: String,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(arguments: &str, output: &Output) -> Self {
        Self {
            command: format!("centricity {arguments}"),
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout.clone()).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr.clone()).expect("UTF-8"),
        }
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Standard output holds this.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(
            self.stdout.contains(text),
            "no `{text}` on standard output\n{self:?}"
        );
        self
    }

    /// Standard error holds this.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.stderr.contains(text),
            "no `{text}` on standard error\n{self:?}"
        );
        self
    }

    /// Neither holds this.
    #[track_caller]
    pub(crate) fn never(self, text: &str) -> Self {
        assert!(
            !self.stdout.contains(text) && !self.stderr.contains(text),
            "`{text}` is there\n{self:?}"
        );
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cut = |text: &str| text.chars().take(4_000).collect::<String>();
        write!(
            f,
            "{} ended with {}\n{}\n---\n{}",
            self.command,
            self.code,
            cut(&self.stdout),
            cut(&self.stderr)
        )
    }
}

/// The schema of a document.
pub(crate) fn schema(name: &str) -> serde_json::Value {
    let document = centricity::report::schema::Document::named(name);
    let schema = document.expect("a document of this name").schema;
    serde_json::from_str(schema).expect("a schema")
}
