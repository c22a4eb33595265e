//! Repositories elsewhere: which commit a revision leads to, and the objects of one commit.
//!
//! Nothing of a repository is checked out or run: its objects come into a bare repository of their own,
//! without hooks, tags, history or other repositories, within bounds of time and size. git asks nobody
//! anything, and takes no transport but https, ssh and files.

use super::{Repository, command, first_line, not_runnable};
use crate::output::{HiddenFolder, clean};
use crate::process::{Running, patience};
use crate::{Result, world};
use centricity::report::{Address, is_commit};
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use walkdir::WalkDir;

/// The variable that says for how many seconds git may take to fetch.
const SECONDS_BY: &str = "CENTRICITY_GIT_SECONDS";
const SECONDS: u64 = 120;
/// The same for a mere question.
const SECONDS_TO_ASK: u64 = 20;
/// Bytes of a fetched repository.
const MOST_BYTES: u64 = 64 << 20;
/// Settings that win over those of the user: no hooks, nothing fetched along, nothing tidied up, and
/// every object straight into a pack.
const SETTINGS: [&str; 7] = [
    "core.hooksPath=/dev/null",
    "core.bigFileThreshold=1m",
    "fetch.unpackLimit=1",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "transfer.bundleURI=false",
];

/// A repository that is reached by git alone.
pub(crate) struct Remote {
    /// The address as git takes it.
    address: String,
    /// The address as it is shown.
    shown: String,
    /// True where ssh is what reaches it.
    ssh: bool,
}

/// The commit that a revision leads to.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) commit: String,
    /// The name that git fetches it by.
    name: String,
    /// True for a branch, which leads elsewhere tomorrow.
    pub(crate) moves: bool,
}

/// The objects of one commit.
pub(crate) struct Fetched {
    pub(crate) repository: Repository,
    pub(crate) commit: String,
    /// Entries at the commit, each ended by a byte 0: `<mode> <type> <hash> <size>\t<path>`.
    pub(crate) entries: Vec<u8>,
    _folder: HiddenFolder,
}

impl Remote {
    /// The repository at an address; a relative path starts from a folder.
    pub(crate) fn at(address: &Address, folder: &Path) -> Self {
        let shown = address.shown();
        match address {
            Address::Path(path) => Self {
                address: real(&folder.join(path)),
                shown,
                ssh: false,
            },
            Address::Remote(url) => Self {
                address: url.clone(),
                shown,
                ssh: !url.starts_with("https:") && !url.starts_with("file:"),
            },
        }
    }

    /// The commit that a branch, a tag, a whole hash, or else the repository itself leads to.
    pub(crate) fn resolve(&self, revision: Option<&str>) -> Result<Head> {
        let revision = revision.unwrap_or("HEAD");
        if is_commit(revision) {
            return Ok(Head {
                commit: revision.to_owned(),
                name: revision.to_owned(),
                moves: false,
            });
        }
        let names = if revision == "HEAD" || revision.starts_with("refs/") {
            vec![revision.to_owned()]
        } else {
            ["tags", "heads"]
                .map(|kind| format!("refs/{kind}/{revision}"))
                .to_vec()
        };
        let folder = HiddenFolder::temporary()?;
        let mut arguments = vec![
            "ls-remote".to_owned(),
            "--".to_owned(),
            self.address.clone(),
        ];
        // A tag may have a text of its own; what it leads to stands under its name with `^{}`.
        arguments.extend(
            names
                .iter()
                .flat_map(|name| [name.clone(), format!("{name}^{{}}")]),
        );
        let seconds = patience(SECONDS_BY, SECONDS_TO_ASK)?;
        let text = self.run(folder.path(), &arguments, seconds)?;
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<_> = text
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let commit = |name: &str| {
            let found = lines.iter().find(|(_, own)| *own == name);
            found.map(|(commit, _)| (*commit).to_owned())
        };
        let found = names.into_iter().find_map(|name| {
            let commit = commit(&format!("{name}^{{}}")).or_else(|| commit(&name))?;
            let moves = !name.starts_with("refs/tags/");
            is_commit(&commit).then_some(Head {
                commit,
                name,
                moves,
            })
        });
        let (source, revision) = (&self.shown, clean(revision));
        found.ok_or_else(|| world!("the-source-has-no-revision", source, revision))
    }

    /// Fetches the objects of a commit, and no history.
    pub(crate) fn fetch(&self, head: &Head) -> Result<Fetched> {
        let folder = HiddenFolder::temporary()?;
        let seconds = patience(SECONDS_BY, SECONDS)?;
        // A bare repository of this name is taken for one whatever the user's settings.
        let mut begin = vec!["init", "--quiet", "--bare", "--template="];
        if head.commit.len() == 64 {
            begin.push("--object-format=sha256");
        }
        begin.push(".git");
        self.run(folder.path(), &begin, seconds)?;
        let options = [
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--",
        ];
        let arguments = [&options[..], &[&self.address, &head.name]].concat();
        self.run(folder.path(), &arguments, seconds)?;
        let repository = Repository {
            root: folder.path().to_owned(),
            bare: true,
        };
        let commit = repository.resolve("FETCH_HEAD")?;
        let commit = commit.ok_or_else(|| {
            let (source, revision) = (&self.shown, clean(&head.name));
            world!("the-source-has-no-revision", source, revision)
        })?;
        let list = ["ls-tree", "-r", "-l", "-z", "--full-tree", &commit];
        let seconds = patience(SECONDS_BY, SECONDS_TO_ASK)?;
        let entries = self.run(folder.path(), &list, seconds)?;
        Ok(Fetched {
            repository,
            commit,
            entries,
            _folder: folder,
        })
    }

    /// Standard output of a git command that may reach the repository.
    fn run(
        &self,
        folder: &Path,
        arguments: &[impl AsRef<OsStr>],
        seconds: Duration,
    ) -> Result<Vec<u8>> {
        let mut command = self.command(folder);
        command.args(arguments).stdout(Stdio::piped());
        let mut running = Running::start(&mut command).map_err(|error| not_runnable(&error))?;
        let source = &self.shown;
        let watch = || {
            let most = MOST_BYTES >> 20;
            let fits = size(folder) <= MOST_BYTES;
            fits.then_some(())
                .ok_or_else(|| world!("the-source-is-too-large", source, most))
        };
        let done = running.wait(seconds, watch)?;
        watch()?;
        let Some(done) = done else {
            let seconds = seconds.as_secs();
            return Err(world!(
                "the-source-takes-too-long",
                source,
                seconds,
                SECONDS_BY
            ));
        };
        let printed = running.printed();
        let printed = printed.ok_or_else(|| world!("the-source-holds-too-much", source))?;
        if done {
            return Ok(printed);
        }
        let why = self.without_secret(&first_line(&running.said()));
        Err(world!("the-source-cannot-be-read", source, why))
    }

    /// A text in which the address stands as it is shown.
    fn without_secret(&self, text: &str) -> String {
        let text = text.replace(&self.address, &self.shown);
        let host = self.address.split_once("://").map(|(_, rest)| rest);
        let user = host.and_then(|host| host.split('/').next()?.rsplit_once('@'));
        match user {
            Some((user, _)) if !self.ssh => text.replace(&format!("{user}@"), ""),
            _ => text,
        }
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = command(folder);
        // Nothing above the folder is taken for a repository, whose settings would count.
        let above = folder.parent().unwrap_or(folder);
        command
            .env("GIT_CEILING_DIRECTORIES", above)
            .env("GIT_ALLOW_PROTOCOL", "https:ssh:file")
            // An empty name keeps git from the programs that ask for passwords in a window.
            .env("GIT_ASKPASS", "")
            .env("GCM_INTERACTIVE", "never")
            .args(SETTINGS.iter().flat_map(|one| ["-c", one]));
        if self.ssh && !chooses_ssh(folder) {
            command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
        command
    }
}

/// True where the user says which ssh git is to use.
fn chooses_ssh(folder: &Path) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let asked = || {
        let found = command(folder)
            .args(["config", "--get", "core.sshCommand"])
            .output();
        found.is_ok_and(|found| found.status.success())
    };
    set("GIT_SSH_COMMAND") || set("GIT_SSH") || asked()
}

/// A path as every folder knows it.
fn real(path: &Path) -> String {
    let real = path.canonicalize().or_else(|_| std::path::absolute(path));
    real.unwrap_or_else(|_| path.to_owned())
        .display()
        .to_string()
}

/// The bytes of all files in a folder.
fn size(folder: &Path) -> u64 {
    let files = WalkDir::new(folder)
        .into_iter()
        .filter_map(std::result::Result::ok);
    files
        .map(|file| file.metadata().map_or(0, |file| file.len()))
        .sum()
}
