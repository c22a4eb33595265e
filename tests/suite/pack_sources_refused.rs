//! Hostile sources end in clear errors, and nothing of a repository is run.

use crate::pack_sources::{keep, pack, project_files, with_repository};
use crate::revisions::git;
use crate::sandbox::{Run, Sandbox, command};
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn add(sandbox: &Sandbox, source: &str) -> Run {
    sandbox.run_in("project", &format!("pack add {source}"))
}

/// Nothing was written into the project.
#[track_caller]
fn untouched(sandbox: &Sandbox) {
    assert!(
        project_files(sandbox).is_empty(),
        "{:?}",
        project_files(sandbox)
    );
    let folders = fs::read_dir(sandbox.path("project")).expect("a folder");
    assert_eq!(folders.count(), 1);
}

/// A commit of a tree that `git mktree` makes of these lines; `BLOB` is the pack's file.
fn commit_of(sandbox: &Sandbox, lines: &str) -> String {
    let blob = git(
        sandbox,
        "source",
        &["rev-parse", "HEAD:rules/house/pack.yaml"],
    );
    let mut child = Command::new("git")
        .arg("mktree")
        .current_dir(sandbox.path("source"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("git");
    let mut input = child.stdin.take().expect("a pipe");
    input
        .write_all(lines.replace("BLOB", &blob).as_bytes())
        .expect("lines");
    drop(input);
    let output = child.wait_with_output().expect("a tree");
    assert!(output.status.success(), "{lines}");
    let tree = String::from_utf8(output.stdout).expect("a hash");
    let commit = git(sandbox, "source", &["commit-tree", "-m", "x", tree.trim()]);
    git(sandbox, "source", &["branch", "-f", "hostile", &commit]);
    tree.trim().to_owned()
}

#[test]
fn what_git_would_take_for_an_option_or_a_program_is_refused() {
    let sandbox = with_repository();
    let marker = sandbox.path("marker").display().to_string();
    for (source, says) in [
        ("-- -u./x:rules".to_owned(), "begins with a dash"),
        ("-- --upload-pack=touch".to_owned(), "begins with a dash"),
        (
            format!("ssh://-oProxyCommand=touch${{IFS}}{marker}/x"),
            "begins with a dash",
        ),
        (
            format!("-- x@-oProxyCommand=touch${{IFS}}{marker}:x"),
            "begins with a dash",
        ),
        ("host:-path".to_owned(), "begins with a dash"),
        ("../source@-x".to_owned(), "begins with a dash"),
        (
            format!("ext::touch${{IFS}}{marker}"),
            "is reached in a way that is not allowed",
        ),
        (
            "fd::17/foo".to_owned(),
            "is reached in a way that is not allowed",
        ),
        (
            "http://example.org/x".to_owned(),
            "is reached in a way that is not allowed",
        ),
        (
            "git://example.org/x".to_owned(),
            "is reached in a way that is not allowed",
        ),
        (
            "ext::sh://x".to_owned(),
            "is reached in a way that is not allowed",
        ),
        ("../source@v1:x".to_owned(), "is no branch, tag or commit"),
        ("../source@a..b".to_owned(), "is no branch, tag or commit"),
        ("../source@main*".to_owned(), "is no branch, tag or commit"),
        ("../source@".to_owned(), "is no branch, tag or commit"),
        (
            "../source --path ../x".to_owned(),
            "leads out of the source",
        ),
        (
            "../source --path /etc".to_owned(),
            "leads out of the source",
        ),
        (
            "../source --path a\\b".to_owned(),
            "leads out of the source",
        ),
    ] {
        add(&sandbox, &source).exits(2).says(says);
    }
    untouched(&sandbox);
    assert!(!sandbox.path("marker").exists());
}

#[test]
fn transports_stay_closed_whatever_the_settings_of_git() {
    let sandbox = with_repository();
    let marker = sandbox.path("marker");
    let settings = format!(
        "[url \"ext::touch {}\"]\n  insteadOf = https://rules.example.org/\n[protocol]\n  allow = always\n[protocol \"ext\"]\n  allow = always\n",
        marker.display()
    );
    let sandbox = sandbox.file("settings", settings);
    let settings = sandbox.path("settings").display().to_string();
    let variables = [
        ("GIT_CONFIG_GLOBAL", settings.as_str()),
        ("GIT_ALLOW_PROTOCOL", "ext"),
    ];
    let run = sandbox.run_with(&variables, "pack add https://rules.example.org/x");
    run.exits(1).says("transport 'ext' not allowed");
    assert!(!marker.exists());
}

#[test]
fn no_hook_filter_or_other_program_of_a_repository_is_run() {
    let sandbox = with_repository();
    let marker = sandbox.path("marker");
    let script = format!("#!/bin/sh\ntouch '{}'\n", marker.display());
    let hooks = [
        "post-checkout",
        "post-merge",
        "reference-transaction",
        "pre-auto-gc",
        "post-upload-pack",
        "fsmonitor",
        "filter",
    ];
    let mut sandbox = sandbox
        .file(
            "source/.gitattributes",
            "*.yaml filter=evil diff=evil merge=evil\n",
        )
        .file("source/.lfsconfig", "[lfs]\n  url = https://example.org\n")
        .file(
            "source/.gitmodules",
            "[submodule \"x\"]\n  path = rules/sub\n  url = ext::touch marker\n",
        );
    for folder in ["source/.git/hooks", "hooks", "template/hooks"] {
        for hook in hooks {
            sandbox = sandbox.file(&format!("{folder}/{hook}"), &script);
            Command::new("chmod")
                .arg("+x")
                .arg(sandbox.path(&format!("{folder}/{hook}")))
                .status()
                .expect("chmod");
        }
    }
    keep(&sandbox, "second");
    let evil = sandbox.path("hooks/filter").display().to_string();
    for (key, value) in [
        ("core.fsmonitor", evil.as_str()),
        ("core.sshCommand", &evil),
        ("core.gitProxy", &evil),
        ("filter.evil.smudge", &evil),
        ("filter.evil.process", &evil),
        ("diff.evil.textconv", &evil),
        ("uploadpack.packObjectsHook", &evil),
        ("credential.helper", &evil),
        ("alias.upload-pack", &format!("!{evil}")),
    ] {
        git(&sandbox, "source", &["config", key, value]);
    }
    let _ = fs::remove_file(&marker);
    let settings = format!(
        "[core]\n  hooksPath = {}\n[init]\n  templateDir = {}\n",
        sandbox.path("hooks").display(),
        sandbox.path("template").display()
    );
    let sandbox = sandbox.file("settings", settings);
    let settings = sandbox.path("settings").display().to_string();
    let variables = [("GIT_CONFIG_GLOBAL", settings.as_str())];
    sandbox.run_with(&variables, "pack add source").exits(0);
    assert!(!marker.exists());
    sandbox
        .run_with(&variables, "pack list")
        .exits(0)
        .prints("): up to date");
    sandbox.run_with(&variables, "pack update --to v1").exits(0);
    assert!(!marker.exists());
    // The same settings do run the hooks, where git itself is used.
    let status = Command::new("git")
        .args(["fetch", "-q", "../source", "main:refs/heads/got"])
        .current_dir({
            fs::create_dir(sandbox.path("own")).expect("a folder");
            git(&sandbox, "own", &["init", "-q"]);
            sandbox.path("own")
        })
        .env("GIT_CONFIG_GLOBAL", &settings)
        .status();
    assert!(status.expect("git").success());
    assert!(marker.exists(), "this test can fail");
}

#[test]
#[cfg(unix)]
fn links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let secret = pack("house", "6.6.6");
    let sandbox = with_repository().file("outside/pack.yaml", &secret);
    let outside = sandbox.path("outside");
    // One beside the files is left out, with a note, in a tree and in a folder.
    symlink(
        outside.join("pack.yaml"),
        sandbox.path("source/rules/house/more.yaml"),
    )
    .expect("a link");
    symlink(&outside, sandbox.path("source/rules/house/deep")).expect("a link");
    symlink(&outside, sandbox.path("source/rules/linked")).expect("a link");
    keep(&sandbox, "second");
    for source in ["../source", "../source/rules/house"] {
        add(&sandbox, source)
            .exits(0)
            .says("left out: 2 links or other repositories, the first of them `deep`");
        assert_eq!(
            project_files(&sandbox),
            [
                "centricity.yaml",
                "packs/house/cases/first.yaml",
                "packs/house/pack.yaml"
            ]
        );
        fs::remove_dir_all(sandbox.path("project")).expect("gone");
        fs::create_dir(sandbox.path("project")).expect("a folder");
        fs::write(sandbox.path("project/notes.txt"), "").expect("a file");
    }
    // One on the way is refused.
    for source in [
        "../source --path rules/linked",
        "../source/rules --path linked",
    ] {
        add(&sandbox, source)
            .exits(1)
            .says("is a link or another repository, and is not followed");
    }
    // As is a pack whose first file is one.
    fs::remove_file(sandbox.path("source/rules/house/pack.yaml")).expect("gone");
    symlink(
        outside.join("pack.yaml"),
        sandbox.path("source/rules/house/pack.yaml"),
    )
    .expect("a link");
    keep(&sandbox, "third");
    for source in [
        "../source --path rules/house",
        "../source/rules --path house",
    ] {
        add(&sandbox, source).exits(1).says("is not followed");
    }
    untouched(&sandbox);
    // Links in the project lead nothing outwards either.
    let sandbox = with_repository();
    symlink("../outside", sandbox.path("project/packs")).expect("a link");
    fs::create_dir(sandbox.path("outside")).expect("a folder");
    add(&sandbox, "../source")
        .exits(1)
        .says("is a link or a file, where copies need a folder");
    assert!(
        fs::read_dir(sandbox.path("outside"))
            .expect("a folder")
            .next()
            .is_none()
    );
    assert!(!sandbox.path("project/centricity.yaml").exists());
}

#[test]
fn names_that_lead_outwards_are_refused() {
    let sandbox = with_repository();
    let inner = commit_of(&sandbox, "100644 blob BLOB\t..\n");
    for lines in [
        "100644 blob BLOB\tpack.yaml\n100644 blob BLOB\t..\\\\..\\\\x.yaml\n".replace("\\\\", "\\"),
        "100644 blob BLOB\tpack.yaml\n100644 blob BLOB\tc:x.yaml\n".to_owned(),
        "100644 blob BLOB\t\"x\\033[2J.yaml\"\n100644 blob BLOB\tpack.yaml\n".to_owned(),
    ] {
        commit_of(&sandbox, &lines);
        let run = add(&sandbox, "../source@hostile").exits(1);
        run.says("which could lead out of a folder")
            .never("\u{1b}[2J");
    }
    // A folder called `..`, as no git writes it by itself.
    let outer = commit_of(&sandbox, "100644 blob BLOB\tx.yaml\n");
    commit_of(
        &sandbox,
        &format!("100644 blob BLOB\tpack.yaml\n040000 tree {outer}\t..\n"),
    );
    let run = add(&sandbox, "../source@hostile").exits(1);
    run.says("`../x.yaml`, which could lead out of a folder");
    let _ = inner;
    // Two files that are one on some systems.
    commit_of(
        &sandbox,
        "100644 blob BLOB\tX.yaml\n100644 blob BLOB\tpack.yaml\n100644 blob BLOB\tx.yaml\n",
    );
    add(&sandbox, "../source@hostile")
        .exits(1)
        .says("in other cases");
    untouched(&sandbox);
}

#[test]
fn other_repositories_and_files_kept_elsewhere_are_not_fetched() {
    let sandbox = with_repository();
    let commit = git(&sandbox, "source", &["rev-parse", "HEAD"]);
    commit_of(
        &sandbox,
        &format!("100644 blob BLOB\tpack.yaml\n160000 commit {commit}\tsub\n"),
    );
    add(&sandbox, "../source@hostile")
        .exits(0)
        .says("left out: `sub`, which is a link or another repository");
    let sandbox = with_repository().file(
        "source/rules/house/big.yaml",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    );
    keep(&sandbox, "second");
    add(&sandbox, "../source")
        .exits(1)
        .says("is a pointer to a file that git LFS keeps");
    untouched(&sandbox);
}

#[test]
fn a_source_of_too_much_is_refused_fast() {
    let begun = Instant::now();
    // Files of which one, or all together, are too large; they are small in the repository.
    let mut sandbox =
        with_repository().file("source/rules/house/big.yaml", " ".repeat((8 << 20) + 1));
    keep(&sandbox, "second");
    for source in ["../source", "../source/rules/house"] {
        add(&sandbox, source).exits(1).says("is larger than 8 MB");
    }
    for nth in 0..5 {
        sandbox = sandbox.file(
            &format!("source/rules/house/b{nth}.yaml"),
            " ".repeat(7 << 20),
        );
    }
    fs::remove_file(sandbox.path("source/rules/house/big.yaml")).expect("gone");
    keep(&sandbox, "third");
    for source in ["../source", "../source/rules/house"] {
        add(&sandbox, source).exits(1).says("is larger than 32 MB");
    }
    // More files than a pack has.
    let many: Vec<_> = (0..1001)
        .map(|nth| format!("100644 blob BLOB\tf{nth}.yaml\n"))
        .collect();
    let many = many.concat();
    commit_of(&sandbox, &format!("{many}100644 blob BLOB\tpack.yaml\n"));
    add(&sandbox, "../source@hostile")
        .exits(1)
        .says("holds more than 1000 files");
    // A tree of ten trees, each of ten trees: ten thousand million files in a few bytes.
    let mut tree = commit_of(&sandbox, "100644 blob BLOB\tx.yaml\n");
    for _ in 0..10 {
        let lines: Vec<_> = (0..10)
            .map(|nth| format!("040000 tree {tree}\td{nth}\n"))
            .collect();
        tree = commit_of(&sandbox, &lines.concat());
    }
    add(&sandbox, "../source@hostile")
        .exits(1)
        .says("holds too many files");
    untouched(&sandbox);
    assert!(
        begun.elapsed() < Duration::from_mins(1),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_huge_repository_is_not_fetched_to_its_end() {
    // Bytes that do not get smaller, outside of the pack.
    let mut state = 1_u64;
    let bytes: Vec<u8> = (0..(66 << 20) / 8)
        .flat_map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        })
        .collect();
    let sandbox = with_repository().file("source/film.bin", bytes);
    git(&sandbox, "source", &["config", "core.compression", "0"]);
    keep(&sandbox, "second");
    add(&sandbox, "../source")
        .exits(1)
        .says("what comes from `../source` is larger than 64 MB");
    add(&sandbox, "../source@v1").exits(0);
}

/// A program that stands in for ssh and never answers.
fn with_silence() -> (Sandbox, String) {
    let sandbox = with_repository().file("ssh", "#!/bin/sh\nexec sleep 30\n");
    let program = format!("sh {}", sandbox.path("ssh").display());
    (sandbox, program)
}

#[test]
fn a_source_that_does_not_answer_is_given_up() {
    let (sandbox, program) = with_silence();
    let variables = [
        ("GIT_SSH_COMMAND", program.as_str()),
        ("GIT_SSH_VARIANT", "ssh"),
        ("CENTRICITY_GIT_SECONDS", "1"),
    ];
    let begun = Instant::now();
    let run = sandbox
        .run_with(&variables, "pack add git@host:rules")
        .exits(1);
    run.says("`git@host:rules` did not answer within 1 second")
        .says("CENTRICITY_GIT_SECONDS");
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(!sandbox.path("centricity.yaml").exists());
    sandbox
        .run_with(
            &[("CENTRICITY_GIT_SECONDS", "soon")],
            "pack add git@host:rules",
        )
        .exits(2)
        .says("no number of seconds");
}

#[test]
#[cfg(unix)]
fn a_run_that_is_ended_leaves_nothing_that_is_taken_for_a_pack() {
    for signal in ["-INT", "-KILL"] {
        let (sandbox, program) = with_silence();
        let temporary = sandbox.path("temporary");
        fs::create_dir(&temporary).expect("a folder");
        let mut child = command(&sandbox.path("project"), "pack add git@host:rules")
            .env("GIT_SSH_COMMAND", &program)
            .env("GIT_SSH_VARIANT", "ssh")
            .env("TMPDIR", &temporary)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let begun = Instant::now();
        let entries = || fs::read_dir(&temporary).expect("a folder").count();
        while entries() == 0 && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(300));
        let pid = child.id().to_string();
        Command::new("kill")
            .args([signal, &pid])
            .status()
            .expect("kill");
        let status = child.wait().expect("an end");
        if signal == "-INT" {
            assert_eq!(status.code(), Some(130));
            assert_eq!(entries(), 0);
        }
        untouched(&sandbox);
    }
    // What a killed run leaves is hidden, and no pack to any reader.
    let sandbox = with_repository()
        .file("project/.centricity-x1/house/pack.yaml", "not: a pack")
        .file("project/.centricity-x1/.old/house/pack.yaml", "not: a pack");
    add(&sandbox, "../source").exits(0);
    sandbox.run_in("project", "check .").exits(0);
    sandbox
        .run_in("project", "pack list --offline")
        .exits(0)
        .never(".centricity");
}

#[test]
fn a_circle_is_refused() {
    let sandbox = with_repository();
    add(&sandbox, "../source").exits(0);
    for source in [
        "packs/house",
        "packs",
        ". --path packs/house",
        "./packs/../packs/house",
    ] {
        add(&sandbox, source)
            .exits(1)
            .says("the project's own copies");
    }
    // A project that is a pack itself, and one whose repository it is.
    let sandbox = Sandbox::new().file("project/pack.yaml", pack("own", "1.0.0"));
    sandbox
        .run_in("project", "pack add .")
        .exits(1)
        .says("the project's own copies");
    git(&sandbox, "project", &["init", "-q", "-b", "main"]);
    git(&sandbox, "project", &["add", "-A"]);
    git(&sandbox, "project", &["commit", "-q", "-m", "x"]);
    let url = format!("file://{}", sandbox.path("project").display());
    for source in [".", url.as_str()] {
        add(&sandbox, source)
            .exits(1)
            .says("the project's own copies");
    }
    assert!(!sandbox.path("project/packs").exists());
}

#[test]
fn a_password_is_neither_recorded_nor_shown() {
    let sandbox = with_repository();
    for source in [
        "https://ann:secret@127.0.0.1:1/rules",
        "https://secret@127.0.0.1:1/rules@v1",
    ] {
        let run = add(&sandbox, source).exits(1);
        run.says("git cannot read `https://127.0.0.1:1/rules`")
            .never("secret");
    }
    untouched(&sandbox);
}

#[test]
fn what_is_no_repository_is_said_with_what_to_do() {
    let sandbox = with_repository();
    add(&sandbox, "../nothing")
        .exits(1)
        .says("there is no folder or repository `../nothing`");
    add(&sandbox, "../source/rules/house@v1")
        .exits(1)
        .says("git cannot read `../source/rules/house`");
    add(&sandbox, "../source@v9")
        .exits(1)
        .says("`../source` has no branch or tag `v9`");
    add(&sandbox, &format!("../source@{}", "0".repeat(40))).exits(1);
    add(&sandbox, "../source/rules/house/README.md")
        .exits(1)
        .says("holds no pack");
    untouched(&sandbox);
}

#[test]
fn what_a_stranger_recorded_is_checked_before_anything_is_asked() {
    let digest = "0".repeat(64);
    let sandbox = with_repository();
    let marker = sandbox.path("marker").display().to_string();
    for (lines, place, says) in [
        (
            format!("house: {{ from: \"ext::touch {marker}\", digest: \"{digest}\" }}"),
            "3:18",
            "not allowed",
        ),
        (
            format!("house: {{ from: \"--upload-pack=touch {marker}\", digest: \"{digest}\" }}"),
            "3:18",
            "dash",
        ),
        (
            format!("house: {{ from: ../source, revision: \"-x\", digest: \"{digest}\" }}"),
            "3:39",
            "dash",
        ),
        (
            format!("house: {{ from: ../source, path: ../../x, digest: \"{digest}\" }}"),
            "3:35",
            "out of the source",
        ),
        (
            format!("../house: {{ from: ../source, digest: \"{digest}\" }}"),
            "3:3",
            "cannot be an id",
        ),
        (
            "house: { from: ../source, digest: x }".to_owned(),
            "3:37",
            "no hash",
        ),
        (
            format!("house: {{ from: ../source, commit: main, digest: \"{digest}\" }}"),
            "3:37",
            "no hash",
        ),
        ("house: { from: ../source }".to_owned(), "3:", "digest"),
    ] {
        let text = format!("format: 1\nsources:\n  {lines}\n");
        let sandbox = with_repository()
            .file("project/centricity.yaml", &text)
            .file("project/packs/house/pack.yaml", pack("house", "1.0.0"));
        for command in [
            "check centricity.yaml",
            "pack update",
            "pack list",
            "pack add ../source",
        ] {
            let run = sandbox.run_in("project", command).exits(3);
            let shown = format!("{}{}", run.stdout, run.stderr);
            assert!(
                shown.contains(&format!("centricity.yaml:{place}")),
                "{lines}\n{shown}"
            );
            assert!(shown.contains(says), "{lines}\n{shown}");
        }
        assert_eq!(sandbox.read("project/centricity.yaml"), text);
    }
    assert!(!sandbox.path("marker").exists());
}
