//! Packs from elsewhere, brought up to date with their sources.

use crate::pack_sources::{keep, pack, project_files, sources, with_repository};
use crate::revisions::git;
use crate::sandbox::{Run, Sandbox};
use std::fs;

/// Another version of the pack in the repository.
fn release(sandbox: &Sandbox, version: &str) -> String {
    write(
        sandbox,
        "source/rules/house/pack.yaml",
        &pack("house", version),
    );
    keep(sandbox, version)
}

fn write(sandbox: &Sandbox, path: &str, text: &str) {
    let path = sandbox.path(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn run(sandbox: &Sandbox, arguments: &str) -> Run {
    sandbox.run_in("project", arguments)
}

/// The line below the pack in the list.
fn listed(sandbox: &Sandbox, arguments: &str) -> String {
    let list = run(sandbox, &format!("pack list {arguments}"))
        .exits(0)
        .stdout;
    let mut lines = list.lines().skip_while(|line| !line.starts_with("house "));
    lines
        .nth(1)
        .expect("a line on the source")
        .trim()
        .to_owned()
}

fn short(commit: &str) -> &str {
    &commit[..12]
}

#[test]
fn a_branch_is_followed_and_a_tag_and_a_commit_stay() {
    for (revision, follows) in [
        ("", true),
        ("@main", true),
        ("@refs/heads/main", true),
        ("@v1", false),
        ("@COMMIT", false),
    ] {
        let sandbox = with_repository();
        let first = git(&sandbox, "source", &["rev-parse", "HEAD"]);
        let source = format!("../source{}", revision.replace("COMMIT", &first));
        run(&sandbox, &format!("pack add {source}")).exits(0);
        run(&sandbox, "pack update")
            .exits(0)
            .prints(&format!("house: 1.0.0 ({}), up to date", short(&first)));
        let before = sandbox.read("project/centricity.yaml");
        let second = release(&sandbox, "1.1.0");
        let state = listed(&sandbox, "");
        let update = run(&sandbox, "pack update house").exits(0);
        let now = listed(&sandbox, "");
        assert!(now.ends_with("): up to date"), "{now}");
        if follows {
            assert!(
                state.ends_with(&format!("behind, {} is there now", short(&second))),
                "{state}"
            );
            update.prints(&format!(
                "house: 1.0.0 ({}) -> 1.1.0 ({})\n",
                short(&first),
                short(&second)
            ));
            assert!(
                sandbox
                    .read("project/packs/house/pack.yaml")
                    .contains("1.1.0")
            );
            assert!(sources(&sandbox).contains(&second));
        } else {
            assert!(state.ends_with("): up to date"), "{state}");
            update.prints("up to date");
            assert_eq!(sandbox.read("project/centricity.yaml"), before);
        }
    }
}

#[test]
fn a_folder_is_followed() {
    let sandbox = Sandbox::new()
        .file("rules/house/pack.yaml", pack("house", "1.0.0"))
        .file("rules/house/cases/one.yaml", crate::pack_sources::CASES)
        .file("project/notes.txt", "");
    run(&sandbox, "pack add ../rules/house").exits(0);
    assert_eq!(listed(&sandbox, ""), "from ../rules/house: up to date");
    // A case alone is a change too, and a file that is gone there goes here.
    fs::rename(
        sandbox.path("rules/house/cases/one.yaml"),
        sandbox.path("rules/house/cases/two.yaml"),
    )
    .expect("a name");
    assert_eq!(
        listed(&sandbox, ""),
        "from ../rules/house: behind, it has changed there"
    );
    run(&sandbox, "pack update")
        .exits(0)
        .prints("house: 1.0.0 -> 1.0.0\n");
    assert_eq!(
        project_files(&sandbox),
        [
            "centricity.yaml",
            "packs/house/cases/two.yaml",
            "packs/house/pack.yaml"
        ]
    );
    run(&sandbox, "pack update")
        .exits(0)
        .prints("house: 1.0.0, up to date\n");
    run(&sandbox, "pack update --to v1")
        .exits(2)
        .says("has no revisions");
}

#[test]
fn another_revision_is_taken_where_it_is_asked_for() {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source@v1").exits(0);
    release(&sandbox, "2.0.0");
    git(&sandbox, "source", &["tag", "-a", "v2", "-m", "second"]);
    let commit = git(&sandbox, "source", &["rev-parse", "HEAD"]);
    run(&sandbox, "pack update house --to v2")
        .exits(0)
        .prints(") -> 2.0.0 (");
    let recorded = sources(&sandbox);
    // The commit, not the text that the tag has of its own.
    assert!(
        recorded.contains(&format!("revision: \"v2\"\n    commit: \"{commit}\"\n")),
        "{recorded}"
    );
    run(&sandbox, "pack update --to HEAD")
        .exits(0)
        .prints("nothing in it changed");
    run(&sandbox, "pack update --to v3")
        .exits(1)
        .says("`../source` has no branch or tag `v3`");
    run(&sandbox, "pack update hous")
        .exits(2)
        .says("did you mean `house`?");
    run(&sandbox, "pack update --to=-x")
        .exits(2)
        .says("begins with a dash");
    assert!(sources(&sandbox).contains("revision: \"HEAD\""));
}

#[test]
fn a_tag_that_was_moved_is_not_followed_in_silence() {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source@v1").exits(0);
    let before = sandbox.read("project/centricity.yaml");
    release(&sandbox, "1.0.1");
    git(&sandbox, "source", &["tag", "-f", "v1"]);
    run(&sandbox, "pack update")
        .exits(1)
        .says("`v1` of `house` leads to another commit than it did");
    assert_eq!(sandbox.read("project/centricity.yaml"), before);
    assert!(listed(&sandbox, "").contains("its tag was moved, "));
    run(&sandbox, "pack update --to v1")
        .exits(0)
        .prints("1.0.1");
}

#[test]
fn a_copy_that_was_changed_here_is_refused_and_replaced_only_by_force() {
    let change = |sandbox: &Sandbox, nth| match nth {
        0 => write(
            sandbox,
            "project/packs/house/pack.yaml",
            &pack("house", "1.0.0").replace("care?", "mind?"),
        ),
        1 => write(
            sandbox,
            "project/packs/house/cases/first.yaml",
            "format: 1\ncases: []\n",
        ),
        2 => fs::remove_file(sandbox.path("project/packs/house/cases/first.yaml")).expect("gone"),
        3 => write(sandbox, "project/packs/house/more.yaml", "glossary: {}\n"),
        _ => write(sandbox, "project/packs/house/notes.md", "mine"),
    };
    for (nth, newer) in [
        (0, false),
        (0, true),
        (1, true),
        (2, false),
        (3, true),
        (4, false),
        (4, true),
    ] {
        let sandbox = with_repository();
        run(&sandbox, "pack add ../source").exits(0);
        change(&sandbox, nth);
        if newer {
            release(&sandbox, "1.1.0");
        }
        let before = (
            sandbox.read("project/centricity.yaml"),
            project_files(&sandbox),
        );
        let list = listed(&sandbox, "--offline");
        assert!(list.ends_with(": changed here; not asked"), "{list}");
        run(&sandbox, "pack update")
            .exits(1)
            .says("a copy was changed here, `packs/house`; nothing is updated")
            .says("overlay");
        assert_eq!(
            (
                sandbox.read("project/centricity.yaml"),
                project_files(&sandbox)
            ),
            before
        );
        run(&sandbox, "pack update --force")
            .exits(0)
            .prints("house: changed here -> 1.");
        assert_eq!(
            project_files(&sandbox),
            [
                "centricity.yaml",
                "packs/house/cases/first.yaml",
                "packs/house/pack.yaml"
            ]
        );
        assert_eq!(
            sandbox.read("project/packs/house/pack.yaml"),
            sandbox.read("source/rules/house/pack.yaml")
        );
        let list = listed(&sandbox, "");
        assert!(list.ends_with("): up to date"), "{list}");
    }
}

#[test]
fn check_warns_of_a_copy_that_was_changed() {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source").exits(0);
    run(&sandbox, "check centricity.yaml")
        .exits(0)
        .never("changed-copy");
    write(
        &sandbox,
        "project/packs/house/cases/first.yaml",
        "format: 1\ncases: []\n",
    );
    run(&sandbox, "check centricity.yaml")
        .exits(0)
        .prints("warning[changed-copy]: `packs/house` is not what was copied");
}

#[test]
fn a_copy_that_is_missing_is_an_error_until_it_is_copied_again() {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source").exits(0);
    let before = project_files(&sandbox);
    for gone in ["project/packs/house", "project/packs"] {
        fs::remove_dir_all(sandbox.path(gone)).expect("gone");
        for command in ["check centricity.yaml", "check .", "pack list"] {
            let run = run(&sandbox, command).exits(3);
            let text = format!("{}{}", run.stdout, run.stderr);
            assert!(
                text.contains("the copied pack `house` is not in `packs/house`"),
                "{text}"
            );
            assert!(
                text.contains("`centricity pack update house` copies it again"),
                "{text}"
            );
            assert_eq!(text.matches("error[").count(), 1, "{text}");
        }
        run(&sandbox, "pack update")
            .exits(0)
            .prints("house: missing -> 1.0.0 (");
        assert_eq!(project_files(&sandbox), before);
        run(&sandbox, "check .").exits(0);
    }
}

#[test]
fn all_are_updated_or_none() {
    let sandbox = with_repository().file("source/rules/other/pack.yaml", pack("other", "1.0.0"));
    keep(&sandbox, "second");
    for name in ["house", "other"] {
        run(&sandbox, &format!("pack add ../source --path rules/{name}")).exits(0);
    }
    let before = (
        sandbox.read("project/centricity.yaml"),
        sandbox.read("project/packs/house/pack.yaml"),
    );
    let unchanged = |sandbox: &Sandbox| {
        assert_eq!(
            (
                sandbox.read("project/centricity.yaml"),
                sandbox.read("project/packs/house/pack.yaml")
            ),
            before
        );
    };
    // One has an error there now.
    write(
        &sandbox,
        "source/rules/other/pack.yaml",
        &pack("other", "1.1.0").replace("rating", "ratign"),
    );
    release(&sandbox, "1.1.0");
    run(&sandbox, "pack update")
        .exits(3)
        .says("../source:rules/other/pack.yaml:10:");
    unchanged(&sandbox);
    // One calls itself otherwise, or is gone.
    write(
        &sandbox,
        "source/rules/other/pack.yaml",
        &pack("another", "1.1.0"),
    );
    release(&sandbox, "1.2.0");
    run(&sandbox, "pack update")
        .exits(1)
        .says("the pack that was `other` calls itself `another` now");
    unchanged(&sandbox);
    git(&sandbox, "source", &["rm", "-q", "-r", "rules/other"]);
    release(&sandbox, "1.3.0");
    run(&sandbox, "pack update")
        .exits(1)
        .says("there is no pack at `rules/other`");
    unchanged(&sandbox);
    // The one that is sound is taken by its name.
    run(&sandbox, "pack update house")
        .exits(0)
        .prints("-> 1.3.0 (")
        .never("other");
    assert!(
        !sandbox
            .files()
            .iter()
            .any(|file| file.contains(".centricity-"))
    );
}

#[test]
fn an_overlay_and_its_base_are_updated_together() {
    let overlay = |version: &str, key: &str| {
        format!(
            "format: 1\nid: ours\nextends: {{ pack: house, version: \"^{version}\" }}\nset:\n  sections.{key}.title: {{ to: \"Ours\", reason: \"Ours.\" }}\n"
        )
    };
    let sandbox = with_repository().file("source/rules/ours/pack.yaml", overlay("1", "one"));
    keep(&sandbox, "second");
    for name in ["house", "ours"] {
        run(&sandbox, &format!("pack add ../source --path rules/{name}")).exits(0);
    }
    let second = pack("house", "2.0.0").replace("  one:", "  two:");
    write(&sandbox, "source/rules/house/pack.yaml", &second);
    write(
        &sandbox,
        "source/rules/ours/pack.yaml",
        &overlay("2", "two"),
    );
    keep(&sandbox, "third");
    // Alone it does not fit the base that is here.
    run(&sandbox, "pack update ours").exits(3).says("house");
    run(&sandbox, "pack update").exits(0);
    run(&sandbox, "check .").exits(0);
    assert!(sandbox.read("project/packs/ours/pack.yaml").contains("^2"));
}

#[test]
fn an_update_keeps_every_comment_and_the_order() {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source@v1").exits(0);
    let first = git(&sandbox, "source", &["rev-parse", "HEAD"]);
    let text = sandbox.read("project/centricity.yaml");
    let text = text.replace(
        "    revision: \"v1\"\n",
        "    # reviewed by Ann\n    revision: v1   # not newer\n",
    ) + "\n# the end\n";
    write(&sandbox, "project/centricity.yaml", &text);
    let digest = |text: &str| text.split("digest: \"").nth(1).expect("a digest")[..64].to_owned();
    let second = release(&sandbox, "1.1.0");
    run(&sandbox, "pack update --to main").exits(0);
    let after = sandbox.read("project/centricity.yaml");
    let wanted = text
        .replace(&first, &second)
        .replace("revision: v1 ", "revision: \"main\" ");
    assert_eq!(after, wanted.replace(&digest(&text), &digest(&after)));
    assert_ne!(digest(&text), digest(&after));
}

#[test]
fn a_project_from_which_nothing_was_copied_has_nothing_to_update() {
    let sandbox = Sandbox::new().file("x.txt", "");
    sandbox
        .run("pack update")
        .exits(0)
        .says("no pack comes from elsewhere");
    sandbox
        .run("pack update house")
        .exits(2)
        .says("no pack `house` was copied from elsewhere");
    assert_eq!(sandbox.files(), ["x.txt"]);
}

/// The project with `house` 1.0.0 copied, of which the source has 2.0.0 now.
fn ahead() -> Sandbox {
    let sandbox = with_repository();
    run(&sandbox, "pack add ../source --path rules/house").exits(0);
    release(&sandbox, "2.0.0");
    sandbox
}

#[test]
fn a_version_that_something_in_the_project_does_not_accept_is_refused() {
    let overlay = "format: 1\nid: ours\nextends: { pack: house, version: \"^1\" }\n";
    let reader = "format: 1\nid: reads\nversion: 1.0.0\ntitle: R\nuses: { house: \"^1\" }\n";
    let pinned = "format: 1\nclient: { name: A }\npacks: [house@1.0.0]\n";
    for (path, text) in [
        ("project/packs/ours/pack.yaml", overlay),
        ("project/packs/reads/pack.yaml", reader),
        ("project/clients/a/assessment.yaml", pinned),
    ] {
        let sandbox = ahead();
        write(&sandbox, path, text);
        let before = sandbox.files();
        run(&sandbox, "pack update")
            .exits(1)
            .says("2.0.0")
            .says(path.strip_prefix("project/").expect("in the project"))
            .says("nothing is updated")
            .says("--force");
        assert_eq!(sandbox.files(), before);
        assert!(
            sandbox
                .read("project/packs/house/pack.yaml")
                .contains("1.0.0")
        );
        run(&sandbox, "pack update --force").exits(0);
        assert!(
            sandbox
                .read("project/packs/house/pack.yaml")
                .contains("2.0.0")
        );
    }
}

#[test]
fn what_is_broken_already_or_fits_does_not_hold_an_update_up() {
    let sandbox = ahead();
    write(
        &sandbox,
        "project/packs/ours/pack.yaml",
        "format: 1\nid: ours\nextends: { pack: house, version: \">=1\" }\n",
    );
    write(
        &sandbox,
        "project/packs/broken/pack.yaml",
        "format: 1\nid: broken\nextends: { pack: house, version: \"^7\" }\n",
    );
    run(&sandbox, "pack update").exits(0);
    assert!(
        sandbox
            .read("project/packs/house/pack.yaml")
            .contains("2.0.0")
    );
}
