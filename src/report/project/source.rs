//! Packs from elsewhere: the addresses they are copied from, and how `centricity.yaml` records them.

use crate::answers::edit::{add_to_list, put_map};
use crate::problem;
use crate::rules::pack::is_id;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::Located;
use serde::Deserialize;

/// The folder of a project that copied packs lie in, each in a folder of its name.
pub const COPIES: &str = "packs";

/// The key they are recorded under.
const SOURCES: &str = "sources";

/// The comment at that key.
const COMMENT: &str = "packs from elsewhere; `centricity pack update` brings them up to date";

/// The origin of a copied pack, as written.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SourceFile {
    /// The folder or the git repository it is copied from. A relative path starts from the folder of
    /// the project.
    pub from: Located<String>,
    /// Its folder there, where that is not the root.
    pub path: Option<Located<String>>,
    /// The branch, tag or commit that was asked for.
    pub revision: Option<Located<String>>,
    /// The commit that it was copied at, of a git repository.
    pub commit: Option<Located<String>>,
    /// SHA-256 over the names and texts of the copy, in hexadecimal.
    pub digest: Located<String>,
}

/// The origin of a copied pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The folder or the git repository.
    pub from: Address,
    /// The pack's folder there; empty for the root.
    pub path: String,
    /// The branch, tag or commit that was asked for.
    pub revision: Option<String>,
    /// The commit that it was copied at, of a git repository.
    pub commit: Option<String>,
    /// SHA-256 over the names and texts of the copy, in hexadecimal.
    pub digest: String,
}

impl Source {
    /// Checks a source that is recorded under the name of a pack; every problem goes to `problems`.
    pub(super) fn check(
        name: &Located<String>,
        file: &SourceFile,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let before = problems.errors();
        let mut keep = |problem: Box<Diagnostic>, at: &Located<String>| {
            problems.push(problem.at(at.place));
        };
        if !is_id(&name.value) {
            keep(
                Box::new(problem!(InvalidId, "cannot-be-an-id", id = name.value)),
                name,
            );
        }
        let from = Address::parse(&file.from.value).map_err(|problem| keep(problem, &file.from));
        let path = match &file.path {
            Some(path) => inner_path(&path.value).map_err(|problem| keep(problem, path)),
            None => Ok(String::new()),
        };
        if let Some(revision) = &file.revision
            && let Err(problem) = check_revision(&revision.value)
        {
            keep(problem, revision);
        }
        for (digest, lengths) in [
            (file.commit.as_ref(), [40, 64]),
            (Some(&file.digest), [64; 2]),
        ] {
            let Some(digest) = digest else { continue };
            if !is_hexadecimal(&digest.value, lengths) {
                let text = &digest.value;
                keep(
                    Box::new(problem!(InvalidSource, "is-no-digest", text)),
                    digest,
                );
            }
        }
        let text = |one: &Option<Located<String>>| one.as_ref().map(|one| one.value.clone());
        let source = Self {
            from: from.ok()?,
            path: path.ok()?,
            revision: text(&file.revision),
            commit: text(&file.commit),
            digest: file.digest.value.clone(),
        };
        (problems.errors() == before).then_some(source)
    }
}

/// True for so many digits of a hash.
fn is_hexadecimal(text: &str, lengths: [usize; 2]) -> bool {
    let digit = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    lengths.contains(&text.len()) && text.chars().all(digit)
}

/// True for the whole hash of a commit.
#[must_use]
pub fn is_commit(revision: &str) -> bool {
    is_hexadecimal(revision, [40, 64])
}

/// The address of a folder or a git repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// A path on this machine, of either.
    Path(String),
    /// A git repository by URL, or by host and path as ssh takes it.
    Remote(String),
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// The problem, without a place: an address that git would take for an option, or one by another
    /// transport than https, ssh and file.
    pub fn parse(text: &str) -> Result<Self, Box<Diagnostic>> {
        let refused = |problem: Diagnostic| Err(Box::new(problem));
        let from = without_secret(text);
        if text.trim().is_empty() || text.chars().any(char::is_control) {
            return refused(problem!(InvalidSource, "is-no-source", from));
        }
        let scheme = text.split_once("://").map(|(scheme, _)| scheme);
        let host = host_colon(text).filter(|_| scheme.is_none());
        let options = ["://-", "@-", ":-"].iter().any(|one| text.contains(one));
        if text.starts_with('-') || ((scheme.is_some() || host.is_some()) && options) {
            return refused(problem!(InvalidSource, "begins-with-a-dash", text = from));
        }
        let first = text.split('/').next().unwrap_or_default();
        match scheme {
            Some("https" | "ssh" | "file") => Ok(Self::Remote(text.to_owned())),
            None if !first.contains("::") && host.is_some() => Ok(Self::Remote(text.to_owned())),
            None if !first.contains("::") => Ok(Self::Path(text.to_owned())),
            Some(_) | None => refused(problem!(InvalidSource, "no-such-transport", from)),
        }
    }

    /// The address as it is recorded and shown, without a password.
    #[must_use]
    pub fn shown(&self) -> String {
        let (Self::Path(text) | Self::Remote(text)) = self;
        without_secret(text)
    }

    /// Splits `SOURCE@REV`; an `@` that belongs to the address is left there.
    #[must_use]
    pub fn split(text: &str) -> (&str, Option<&str>) {
        let start = match text.split_once("://") {
            Some((scheme, rest)) => scheme.len() + 3 + rest.find('/').unwrap_or(rest.len()),
            None => host_colon(text).map_or(0, |colon| colon + 1),
        };
        let tail = text.get(start..).unwrap_or_default();
        let at = tail.rfind('@').map(|at| start + at);
        let at = at.filter(|at| {
            !text
                .get(..*at)
                .is_some_and(|one| one.is_empty() || one.ends_with('/'))
        });
        match at.and_then(|at| text.split_at_checked(at)) {
            Some((address, revision)) => (address, revision.strip_prefix('@')),
            None => (text, None),
        }
    }
}

/// The colon behind a host, as in `git@host:path`: one before any `/`.
fn host_colon(text: &str) -> Option<usize> {
    let first = text.split('/').next().unwrap_or_default();
    first.find(':')
}

/// An address without the user and password that https takes, and without a password of ssh.
fn without_secret(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let Some((user, host)) = host.rsplit_once('@') else {
        return text.to_owned();
    };
    match (scheme, user.split(':').next()) {
        ("ssh", Some(user)) => format!("ssh://{user}@{host}{path}"),
        _ => format!("{scheme}://{host}{path}"),
    }
}

/// Checks the name of a branch or tag, or the hash of a commit.
///
/// # Errors
/// The problem, without a place, that no branch, tag or commit can be called so.
pub fn check_revision(text: &str) -> Result<(), Box<Diagnostic>> {
    let refused =
        |letter: char| letter.is_control() || letter.is_whitespace() || "~^:?*[\\".contains(letter);
    let parts = ["..", "@{", "//"];
    let ends = text.starts_with('/') || text.ends_with('/') || text.ends_with('.');
    if text.starts_with('-') {
        Err(Box::new(problem!(
            InvalidSource,
            "begins-with-a-dash",
            text
        )))
    } else if text.is_empty()
        || ends
        || text.contains(refused)
        || parts.iter().any(|part| text.contains(part))
    {
        Err(Box::new(problem!(InvalidSource, "is-no-revision", text)))
    } else {
        Ok(())
    }
}

/// A path inside a source, without `.` and a `/` at its end; empty for the root.
///
/// # Errors
/// The problem, without a place, that it leads outwards.
pub fn inner_path(text: &str) -> Result<String, Box<Diagnostic>> {
    let parts = text.split('/').enumerate();
    let kept = parts.filter(|(nth, part)| *part != "." && (!part.is_empty() || *nth == 0));
    let path: Vec<&str> = kept.map(|(_, part)| part).collect();
    let path = path.join("/");
    if path.is_empty() || is_inside(&path) {
        Ok(path)
    } else {
        Err(Box::new(problem!(
            InvalidSource,
            "leads-outwards",
            path = text
        )))
    }
}

/// True for a path of names below a folder, on every system.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    let refused = |letter: char| letter.is_control() || "\\:\u{fffd}".contains(letter);
    let name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(refused);
    path.split('/').all(name)
}

/// The text of a project file in which packs are recorded with their sources, and their folder is among
/// those of packs where it is not `listed` yet.
///
/// Comments stay. `None` where that cannot be done in place.
#[must_use]
pub fn record(text: &str, sources: &[(String, Source)], listed: bool) -> Option<String> {
    let mut text = text.to_owned();
    if !listed {
        text = add_to_list(&text, "packs", COPIES)?;
    }
    for (name, source) in sources {
        let from = source.from.shown();
        let pairs = [
            ("from", Some(from.as_str())),
            (
                "path",
                Some(source.path.as_str()).filter(|path| !path.is_empty()),
            ),
            ("revision", source.revision.as_deref()),
            ("commit", source.commit.as_deref()),
            ("digest", Some(source.digest.as_str())),
        ];
        let pairs: Vec<_> = pairs
            .into_iter()
            .filter_map(|(key, text)| Some((key, text?)))
            .collect();
        text = put_map(&text, [SOURCES, name], &pairs, COMMENT)?;
    }
    Some(text)
}
