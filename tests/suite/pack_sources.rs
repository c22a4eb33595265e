//! Packs from elsewhere: copied into the project, and recorded with their source.

use crate::revisions::git;
use crate::sandbox::{Sandbox, small_pack};
use centricity::report::Address;
use std::fs;

/// A pack of this id and version, valid, with one question.
pub(crate) fn pack(id: &str, version: &str) -> String {
    let text = small_pack("").replace("id: small", &format!("id: {id}"));
    text.replace("version: 1.0.0", &format!("version: {version}"))
}

/// A case of the pack `house`.
pub(crate) const CASES: &str = "format: 1
cases:
  - name: fully
    answers: { care: 4 }
    expect: {}
";

/// A repository in `source` with the pack `house` 1.0.0, tagged `v1`, and an empty project beside it.
pub(crate) fn with_repository() -> Sandbox {
    let sandbox = Sandbox::new()
        .file("source/rules/house/pack.yaml", pack("house", "1.0.0"))
        .file("source/rules/house/cases/first.yaml", CASES)
        .file("source/rules/house/README.md", "not copied")
        .file("source/rules/house/.editor/own.yaml", "not: copied")
        .file("source/.github/ci.yaml", "not: copied")
        .file("project/notes.txt", "");
    git(&sandbox, "source", &["init", "-q", "-b", "main"]);
    keep(&sandbox, "first");
    git(&sandbox, "source", &["tag", "v1"]);
    sandbox
}

/// Keeps everything in `source` as a commit.
pub(crate) fn keep(sandbox: &Sandbox, message: &str) -> String {
    git(sandbox, "source", &["add", "-A"]);
    git(sandbox, "source", &["commit", "-q", "-m", message]);
    git(sandbox, "source", &["rev-parse", "HEAD"])
}

/// The files of the project.
pub(crate) fn project_files(sandbox: &Sandbox) -> Vec<String> {
    let files = sandbox.files().into_iter();
    let own = files.filter_map(|file| file.strip_prefix("project/").map(str::to_owned));
    own.filter(|file| file != "notes.txt").collect()
}

/// The lines from `sources:` on.
pub(crate) fn sources(sandbox: &Sandbox) -> String {
    let text = sandbox.read("project/centricity.yaml");
    let from = text.find("\nsources:").expect("sources");
    text[from + 1..].to_owned()
}

#[test]
fn a_pack_of_a_repository_is_copied_and_recorded_with_its_commit() {
    let sandbox = with_repository();
    let commit = git(&sandbox, "source", &["rev-parse", "v1^{commit}"]);
    let run = sandbox.run_in("project", "pack add ../source@v1").exits(0);
    run.says("wrote packs/house: house 1.0.0, from ../source@v1 --path rules/house (")
        .says("wrote centricity.yaml");
    assert_eq!(
        project_files(&sandbox),
        [
            "centricity.yaml",
            "packs/house/cases/first.yaml",
            "packs/house/pack.yaml"
        ]
    );
    for file in ["pack.yaml", "cases/first.yaml"] {
        assert_eq!(
            sandbox.read(&format!("project/packs/house/{file}")),
            sandbox.read(&format!("source/rules/house/{file}"))
        );
    }
    let recorded = sources(&sandbox);
    let start = format!(
        "sources:   # packs from elsewhere; `centricity pack update` brings them up to date\n  house:\n    from: \"../source\"\n    path: \"rules/house\"\n    revision: \"v1\"\n    commit: \"{commit}\"\n    digest: \""
    );
    assert!(recorded.starts_with(&start), "{recorded}");
    assert!(
        sandbox
            .read("project/centricity.yaml")
            .contains("\npacks: [packs] ")
    );
    sandbox.run_in("project", "check .").exits(0);
    sandbox.run_in("project", "pack check house").exits(0);
    sandbox
        .run_in("project", "init clients/acme --pack house")
        .exits(0);
    sandbox.run_in("project", "check clients/acme").exits(0);
}

#[test]
fn the_same_source_gives_the_same_bytes_wherever_the_project_lies() {
    let texts = [(), ()].map(|()| {
        let sandbox = with_repository();
        sandbox.run_in("project", "pack add ../source").exits(0);
        let text = sandbox.read("project/centricity.yaml");
        let place = sandbox.path("").display().to_string();
        assert!(!text.contains(place.trim_end_matches('/')), "{text}");
        text
    });
    assert_eq!(texts[0], texts[1]);
}

#[test]
fn a_folder_is_copied_as_it_is_now() {
    let sandbox = Sandbox::new()
        .file("rules/house/pack.yaml", pack("house", "1.0.0"))
        .file("rules/single.yaml", pack("single", "1.0.0"))
        .file("project/notes.txt", "");
    for source in ["../rules/house", "../rules/single.yaml"] {
        sandbox
            .run_in("project", &format!("pack add {source}"))
            .exits(0);
    }
    let recorded = sources(&sandbox);
    assert!(
        recorded.contains("from: \"../rules/house\"\n    digest:"),
        "{recorded}"
    );
    assert!(
        recorded.contains("from: \"../rules/single.yaml\"\n"),
        "{recorded}"
    );
    assert!(!recorded.contains("commit"), "{recorded}");
    assert_eq!(
        project_files(&sandbox),
        [
            "centricity.yaml",
            "packs/house/pack.yaml",
            "packs/single/pack.yaml"
        ]
    );
    sandbox.run_in("project", "check .").exits(0);
}

#[test]
fn a_source_that_is_typed_below_the_project_is_recorded_from_its_root() {
    let sandbox = with_repository()
        .file("project/centricity.yaml", "format: 1\n")
        .file("project/clients/acme/x", "")
        .file("project/own/house/pack.yaml", pack("own", "1.0.0"));
    git(&sandbox, "project", &["init", "-q"]);
    sandbox
        .run_in("project/clients/acme", "pack add ../../../source")
        .exits(0);
    sandbox
        .run_in("project/clients", "pack add ../own/house")
        .exits(0);
    let recorded = sources(&sandbox);
    assert!(recorded.contains("from: \"../source\"\n"), "{recorded}");
    assert!(recorded.contains("from: \"own/house\"\n"), "{recorded}");
    let run = sandbox.run_in("project/clients", "pack update").exits(0);
    run.prints("house: 1.0.0 (")
        .prints("own: 1.0.0, up to date");
}

#[test]
fn repositories_are_reached_by_url_too() {
    let sandbox = with_repository();
    let url = format!("file://{}", sandbox.path("source").display());
    sandbox
        .run_in("project", &format!("pack add {url}@main"))
        .exits(0);
    assert!(sources(&sandbox).contains(&format!("from: \"{url}\"\n")));
    // ssh, by a program of the user's that stays on this machine.
    let sandbox =
        with_repository().file("ssh", "#!/bin/sh\nfor last; do :; done\neval \"$last\"\n");
    let program = format!("sh {}", sandbox.path("ssh").display());
    let place = sandbox.path("source").display().to_string();
    let variables = [
        ("GIT_SSH_COMMAND", program.as_str()),
        ("GIT_SSH_VARIANT", "ssh"),
    ];
    for source in [
        format!("git@host:{place}@v1"),
        format!("ssh://git:secret@host{place}@v1"),
    ] {
        let _ = fs::remove_dir_all(sandbox.path("packs"));
        let _ = fs::remove_file(sandbox.path("centricity.yaml"));
        let run = sandbox
            .run_with(&variables, &format!("pack add {source}"))
            .exits(0);
        let text = sandbox.read("centricity.yaml");
        let shown = source.trim_end_matches("@v1").replace(":secret", "");
        assert!(
            text.contains(&format!("from: \"{shown}\"\n    path: ")),
            "{text}"
        );
        assert!(!text.contains("secret"), "{text}");
        assert_eq!(
            source.contains("secret"),
            run.stderr
                .contains("the password in the address is not recorded")
        );
        run.says(&shown).never("secret");
        sandbox
            .run_with(&variables, "pack update")
            .exits(0)
            .prints("up to date");
        sandbox
            .run_with(&variables, "pack list")
            .exits(0)
            .prints("): up to date");
    }
}

#[test]
fn comments_and_layout_of_a_project_stay() {
    for (before, after) in [
        (
            "packs: [ours]   # own ones\n",
            "packs: [ours, packs]   # own ones\n",
        ),
        (
            "packs:\n  - ours   # own ones\n  # the last\n",
            "packs:\n  - ours   # own ones\n  - packs\n  # the last\n",
        ),
        ("packs: [ours, ./packs/]\n", "packs: [ours, ./packs/]\n"),
        ("packs: []   # none\n", "packs: [packs]   # none\n"),
        ("#packs: [packs]   # none\n", "packs: [packs]   # none\n"),
    ] {
        let rest = "policy: gate.yaml   # what we ask for\n# the end\n";
        let sandbox = with_repository()
            .file("project/ours/own/pack.yaml", pack("own", "1.0.0"))
            .file("project/packs/x.txt", "")
            .file("project/gate.yaml", "format: 1\nrules: []\n")
            .file(
                "project/centricity.yaml",
                format!("# ours\nformat: 1   # the only one\n{before}{rest}"),
            );
        sandbox.run_in("project", "pack add ../source").exits(0);
        let text = sandbox.read("project/centricity.yaml");
        let wanted = format!("# ours\nformat: 1   # the only one\n{after}{rest}sources:");
        assert!(text.starts_with(&wanted), "{text}");
        // A second one comes below the first, and changes nothing else.
        fs::create_dir(sandbox.path("other")).expect("a folder");
        fs::write(sandbox.path("other/pack.yaml"), pack("other", "1.0.0")).expect("a file");
        let commented = text.replace("  house:\n", "  # the house's own\n  house:   # ours\n");
        fs::write(sandbox.path("project/centricity.yaml"), &commented).expect("a file");
        sandbox.run_in("project", "pack add ../other").exits(0);
        let second = sandbox.read("project/centricity.yaml");
        assert!(second.starts_with(&commented), "{second}");
        assert!(
            second[commented.len()..].starts_with("  other:\n    from: \"../other\"\n"),
            "{second}"
        );
    }
}

#[test]
fn a_project_that_cannot_be_changed_in_place_is_left_alone() {
    // Another folder in this list would be another pack in the other.
    let text = "format: 1\npacks: &all [own]\ndefaults: { packs: *all }\n";
    let sandbox = with_repository()
        .file("project/own/own.yaml", pack("own", "1.0.0"))
        .file("project/centricity.yaml", text);
    sandbox
        .run_in("project", "pack add ../source")
        .exits(1)
        .says("`centricity.yaml` cannot be changed in place")
        .says("nothing was written");
    assert_eq!(sandbox.read("project/centricity.yaml"), text);
    assert_eq!(project_files(&sandbox), ["centricity.yaml", "own/own.yaml"]);
}

#[test]
fn an_address_ends_where_its_revision_begins() {
    for (typed, address, revision) in [
        ("rules", "rules", None),
        ("../rules@v1", "../rules", Some("v1")),
        ("../rules@feature/x", "../rules", Some("feature/x")),
        ("a@b/c@v1", "a@b/c", Some("v1")),
        ("git@host:rules", "git@host:rules", None),
        ("git@host:rules.git@v1", "git@host:rules.git", Some("v1")),
        ("https://host/rules", "https://host/rules", None),
        ("https://host/rules@v1", "https://host/rules", Some("v1")),
        ("https://ann:s@host/r", "https://ann:s@host/r", None),
        (
            "https://ann:s@host/r@v1",
            "https://ann:s@host/r",
            Some("v1"),
        ),
        ("https://host/@team/rules", "https://host/@team/rules", None),
        ("ssh://git@host/r", "ssh://git@host/r", None),
        ("ssh://git@host:22/r@v1", "ssh://git@host:22/r", Some("v1")),
        ("rules@", "rules", Some("")),
    ] {
        assert_eq!(Address::split(typed), (address, revision), "{typed}");
    }
}

#[test]
fn an_address_is_shown_without_its_password() {
    for (typed, shown) in [
        ("https://ann:secret@host/r", "https://host/r"),
        ("https://secret@host:8443/r?x@y", "https://host:8443/r?x@y"),
        ("https://a:b@c@host/r", "https://host/r"),
        ("https://host/r@x", "https://host/r@x"),
        ("ssh://git:secret@host/r", "ssh://git@host/r"),
        ("ssh://git@host/r", "ssh://git@host/r"),
        ("git@host:r", "git@host:r"),
        ("file:///srv/rules", "file:///srv/rules"),
        ("../a@b", "../a@b"),
    ] {
        let address = Address::parse(typed).expect(typed);
        assert_eq!(address.shown(), shown, "{typed}");
        // What is recorded is read as it was written.
        assert_eq!(Address::parse(shown).expect(shown).shown(), shown);
    }
}

#[test]
fn one_of_several_packs_is_named() {
    let sandbox = with_repository()
        .file("source/rules/other/pack.yaml", pack("other", "1.0.0"))
        .file(
            "source/rules/other/deep/pack.yaml",
            "not: a pack of its own",
        );
    keep(&sandbox, "second");
    let run = sandbox.run_in("project", "pack add ../source").exits(1);
    run.says("holds 2 packs")
        .says("`--path rules/house`, `--path rules/other`");
    let run = sandbox
        .run_in("project", "pack add ../source --path rules/houses")
        .exits(1);
    run.says("there is no pack at `rules/houses`")
        .says("did you mean `rules/house`?");
    assert!(project_files(&sandbox).is_empty());
    sandbox
        .run_in("project", "pack add ../source --path ./rules/house/")
        .exits(0);
    // What it was then, when there was one alone, needs no name.
    let sandbox = Sandbox::new().file("empty/x.txt", "");
    sandbox
        .run("pack add empty")
        .exits(1)
        .says("`empty` holds no pack");
}

#[test]
fn what_is_there_already_is_refused_with_what_to_do() {
    let sandbox = with_repository();
    sandbox.run_in("project", "pack add ../source").exits(0);
    let before = sandbox.read("project/centricity.yaml");
    let run = sandbox.run_in("project", "pack add ../source@v1").exits(1);
    run.says("the project has `house` from ../source already")
        .says("`centricity pack update house`");
    assert_eq!(sandbox.read("project/centricity.yaml"), before);
    // A folder that nobody recorded.
    let sandbox = with_repository().file("project/packs/house/pack.yaml", pack("house", "0.9.0"));
    let run = sandbox.run_in("project", "pack add ../source").exits(1);
    run.says("`packs/house` is already there, and is not this pack");
    assert!(
        sandbox
            .read("project/packs/house/pack.yaml")
            .contains("0.9.0")
    );
    assert!(!sandbox.path("project/centricity.yaml").exists());
    // A pack of the project's own that has the same name.
    let sandbox = with_repository()
        .file("project/ours/house.yaml", pack("house", "0.9.0"))
        .file("project/centricity.yaml", "format: 1\npacks: [ours]\n");
    let run = sandbox.run_in("project", "pack add ../source").exits(1);
    run.says("the project has a pack `house` already, in `ours/house.yaml`");
    assert!(!sandbox.path("project/packs").exists());
}

#[test]
fn the_very_pack_that_lies_there_unrecorded_is_recorded() {
    let sandbox = with_repository();
    sandbox.run_in("project", "pack add ../source").exits(0);
    let before = project_files(&sandbox);
    // A run that was ended between the copy and the record leaves this.
    fs::remove_file(sandbox.path("project/centricity.yaml")).expect("gone");
    sandbox.run_in("project", "pack add ../source").exits(0);
    assert_eq!(project_files(&sandbox), before);
}

#[test]
fn a_pack_in_place_of_a_built_in_one_is_said() {
    let sandbox = Sandbox::new().file("rules/signs/pack.yaml", pack("signs", "9.0.0"));
    let run = sandbox.run("pack add rules/signs").exits(0);
    run.says("`signs` takes the place of the built-in pack of that name");
    sandbox
        .run("pack list")
        .exits(0)
        .prints("signs            9.0.0");
}

#[test]
fn an_invalid_pack_is_shown_with_its_places_and_not_written() {
    let sandbox = with_repository().file(
        "source/rules/house/pack.yaml",
        pack("house", "1.0.0").replace("type: rating", "type: ratign"),
    );
    keep(&sandbox, "second");
    let run = sandbox
        .run_in("project", "pack add ../source@main")
        .exits(3);
    run.says("../source@main:rules/house/pack.yaml:10:")
        .says("did you mean `rating`?");
    assert!(project_files(&sandbox).is_empty());
    // Packs that it needs have to be there.
    let overlay = "format: 1\nid: ours\nextends: { pack: house, version: \"^1\" }\nset:\n  sections.one.title: { to: \"Ours\", reason: \"Ours.\" }\n";
    let sandbox = with_repository().file("source/rules/ours/pack.yaml", overlay);
    keep(&sandbox, "second");
    let run = sandbox
        .run_in("project", "pack add ../source --path rules/ours")
        .exits(3);
    run.says("house")
        .says("add those that this one needs first")
        .says("`--path rules/house`");
    assert!(project_files(&sandbox).is_empty());
    sandbox
        .run_in("project", "pack add ../source --path rules/house")
        .exits(0);
    sandbox
        .run_in("project", "pack add ../source --path rules/ours")
        .exits(0);
    sandbox.run_in("project", "check .").exits(0);
}

#[test]
fn no_other_command_asks_the_source_or_runs_git() {
    let sandbox = with_repository();
    sandbox.run_in("project", "pack add ../source").exits(0);
    sandbox
        .run_in("project", "init clients/acme --pack house")
        .exits(0);
    fs::write(
        sandbox.path("project/clients/acme/assessment.yaml"),
        "format: 1\nclient: { name: Acme }\npacks: [house]\nanswers: { house: { care: 3 } }\n",
    )
    .expect("a file");
    fs::rename(sandbox.path("source"), sandbox.path("gone")).expect("a name");
    let place = sandbox.path("project");
    for command in [
        "check .",
        "check centricity.yaml",
        "assess clients/acme",
        "report clients/acme --out out",
        "explain clients/acme",
        "pack list --offline",
        "pack check house",
        "pack show house",
        "pack test house",
        "init clients/two --pack house",
        "schema answers --pack house",
    ] {
        let mut run = crate::sandbox::command(&place, command);
        let output = run
            .env("PATH", "/nowhere")
            .output()
            .expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {said}");
    }
    // Those that ask say so, without git too.
    let output = crate::sandbox::command(&place, "pack list")
        .env("PATH", "/nowhere")
        .output()
        .expect("the binary runs");
    let list = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && list.contains("cannot be asked: "),
        "{list}"
    );
    let run = sandbox.run_in("project", "pack list").exits(0);
    run.prints("cannot be asked: there is no folder or repository `../source`");
    sandbox.run_in("project", "pack update").exits(1);
}
