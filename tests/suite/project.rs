//! `centricity.yaml`: what is the same for every assessment of a project.

use crate::sandbox::{Sandbox, small_pack};

const ANSWERS: &str =
    "format: 1\nclient: { name: Acme }\npacks: [small]\nanswers: { small: { care: 3 } }\n";

/// A project with a pack of its own and one client.
fn project(keys: &str) -> Sandbox {
    Sandbox::new()
        .file("packs/small.yaml", small_pack(""))
        .file(
            "centricity.yaml",
            format!("format: 1\npacks: [packs]\n{keys}"),
        )
        .file("clients/acme/assessment.yaml", ANSWERS)
}

#[test]
fn commands_take_from_the_project_what_is_not_typed() {
    let sandbox = project("policy: gate.yaml\nbrand: brand.yaml\ntemplates: mine\n")
        .file(
            "gate.yaml",
            "format: 1\nrules:\n  - coverage: 0.9\n    score: small.one\n",
        )
        .file("brand.yaml", "name: House of Rules\n")
        .file(
            "mine/report/executive.md",
            "# Mine\n\nby {{ brand.name }}\n",
        );
    for command in ["check", "assess", "migrate", "explain", "sheet"] {
        let run = sandbox.run(&format!("{command} clients/acme"));
        assert!(!run.stderr.contains("unknown-pack"), "{run:?}");
    }
    sandbox.run("assess clients/acme").exits(0);
    sandbox
        .run("report clients/acme --detail executive --format md")
        .exits(0)
        .prints("# Mine")
        .prints("House of Rules");
    sandbox
        .run("gate clients/acme")
        .exits(3)
        .says("gate.yaml:4");
    sandbox.run("pack list").exits(0).prints("small");
    sandbox.run("pack check small").exits(0);
    sandbox
        .run("form clients/acme --role leadership")
        .exits(0)
        .prints("Do you care?");
    sandbox
        .run("export clients/acme --format csv")
        .exits(0)
        .prints("small.care");
    sandbox
        .run("schema answers --pack small")
        .exits(0)
        .prints("\"care\"");
    sandbox.run("portfolio clients").exits(0);
}

#[test]
fn the_project_is_the_same_from_every_folder_of_it() {
    let sandbox = project("").file(".git/HEAD", "");
    for (folder, path) in [
        ("", "clients/acme"),
        ("clients", "acme"),
        ("clients/acme", "."),
        ("packs", "../clients/acme"),
        ("clients/acme", "assessment.yaml"),
    ] {
        sandbox
            .run_in(folder, &format!("assess {path}"))
            .exits(0)
            .prints("Acme");
    }
}

#[test]
fn an_option_wins_over_the_project() {
    let other = small_pack("").replace("Do you care?", "Do you mind?");
    let sandbox = project("").file("others/small.yaml", other);
    let run = sandbox
        .run("export clients/acme --format csv --packs others")
        .exits(0);
    run.prints("Do you mind?").never("Do you care?");
}

#[test]
fn a_project_ends_at_the_root_of_the_repository() {
    let sandbox = project("");
    std::fs::create_dir_all(sandbox.path("clients/acme/.git")).expect("a folder");
    sandbox
        .run("assess clients/acme")
        .exits(3)
        .says("unknown-pack");
    let sandbox = project("");
    std::fs::create_dir_all(sandbox.path("clients/.git")).expect("a folder");
    sandbox
        .run_in("clients", "assess acme")
        .exits(3)
        .says("unknown-pack");
}

#[test]
fn without_a_repository_nothing_above_the_current_folder_counts() {
    let sandbox = project("");
    sandbox
        .run_in("clients", "assess acme")
        .exits(3)
        .says("unknown-pack");
    sandbox
        .run_in("packs", "assess ../clients/acme")
        .exits(3)
        .says("unknown-pack");
    let sandbox = sandbox.file(
        "clients/acme/centricity.yaml",
        "format: 1\npacks: [../../packs]\n",
    );
    sandbox.run_in("packs", "assess ../clients/acme").exits(0);
}

#[test]
fn what_a_project_says_wrong_is_shown_with_its_place() {
    let sandbox = project("brand: nowhere.yaml\ntemplates: packs/small.yaml\nbrnad: x\n");
    for command in [
        "check clients",
        "assess clients/acme",
        "check centricity.yaml",
    ] {
        let run = sandbox.run(command).exits(3);
        let text = format!("{}{}", run.stdout, run.stderr);
        for part in [
            "centricity.yaml:3:8",
            "there is no file `nowhere.yaml`",
            "centricity.yaml:4:12",
            "there is no folder `packs/small.yaml`",
            "centricity.yaml:5:1",
            "did you mean `brand`?",
        ] {
            assert_eq!(text.matches(part).count(), 1, "{command}: {part}\n{text}");
        }
    }
    let run = project("defaults: { packs: [smal] }\n")
        .run("check centricity.yaml")
        .exits(3);
    run.prints("centricity.yaml:3:21")
        .prints("did you mean `small`?");
    project("")
        .run("check centricity.yaml")
        .exits(0)
        .says("centricity.yaml: a project");
    project("")
        .run("check .")
        .exits(0)
        .says("centricity.yaml: a project");
}

#[test]
fn a_gate_without_a_policy_asks_for_one() {
    project("")
        .run("gate clients/acme")
        .exits(2)
        .says("no policy is given");
}

#[test]
fn reports_are_written_as_the_project_says() {
    let sandbox = project("defaults: { formats: [md, json], detail: executive }\n");
    sandbox.run("report clients/acme --out out").exits(0);
    let files = sandbox
        .files()
        .into_iter()
        .filter(|file| file.starts_with("out/"));
    assert_eq!(
        files.collect::<Vec<_>>(),
        ["out/acme-executive.json", "out/acme-executive.md"]
    );
    sandbox
        .run("report clients/acme --out page --format html --detail full")
        .exits(0);
    let files = sandbox
        .files()
        .into_iter()
        .filter(|file| file.starts_with("page/"));
    assert_eq!(
        files.collect::<Vec<_>>(),
        ["page/acme-appendix.html", "page/acme.html"]
    );
}

#[test]
fn init_begins_a_project_and_its_next_steps_work_as_they_are_printed() {
    let sandbox = Sandbox::new().file("mine/small.yaml", small_pack(""));
    let run = sandbox
        .run("init clients/acme --packs mine --pack small")
        .exits(0);
    let next = run.stderr.lines().last().expect("a next step").trim();
    let next = next
        .strip_prefix("centricity ")
        .expect("a command")
        .to_owned();
    run.says("wrote centricity.yaml");
    sandbox.run(&next).exits(0);
    sandbox
        .run("check .")
        .exits(0)
        .says("centricity.yaml: a project");
    // The next client needs nothing of it again.
    let run = sandbox
        .run("init clients/borealis")
        .exits(0)
        .never("wrote centricity.yaml");
    assert!(run.stderr.contains("centricity check clients/borealis\n"));
    assert!(
        sandbox
            .read("clients/borealis/assessment.yaml")
            .contains("packs: [small]")
    );
    sandbox.run("check clients/borealis").exits(0);
}

#[test]
fn init_lists_the_packs_and_the_basis_of_the_project() {
    let sandbox = project("defaults: { packs: [small], basis: evidenced }\n");
    sandbox.run("init clients/new").exits(0);
    let text = sandbox.read("clients/new/assessment.yaml");
    assert!(text.contains("packs: [small]\nbasis: evidenced "), "{text}");
    sandbox.run("check clients/new").exits(0);
}

#[test]
fn init_leaves_a_project_that_a_repository_in_between_hides() {
    let sandbox = project("");
    let before = sandbox.read("centricity.yaml");
    std::fs::create_dir_all(sandbox.path("clients/.git")).expect("a folder");
    sandbox
        .run("init clients/new --packs packs --pack small")
        .exits(0)
        .never("wrote centricity.yaml")
        .says("centricity check clients/new --packs packs");
    assert_eq!(sandbox.read("centricity.yaml"), before);
}

#[test]
fn init_begins_no_project_for_a_client_elsewhere() {
    let sandbox = Sandbox::new().file("here/x", "");
    sandbox
        .run_in("here", "init ../there/acme --pack organisation")
        .exits(0);
    assert!(
        !sandbox
            .files()
            .iter()
            .any(|file| file.ends_with("centricity.yaml"))
    );
}

#[test]
fn paths_of_two_projects_are_refused() {
    let sandbox = project("")
        .file(
            "clients/two/centricity.yaml",
            "format: 1\npacks: [../../packs]\n",
        )
        .file("clients/two/assessment.yaml", ANSWERS);
    sandbox
        .run("report clients/acme clients/two --out out")
        .exits(2)
        .says("these belong to two projects");
}

#[test]
fn a_hostile_project_file_ends_in_a_clear_error() {
    let sandbox = project("").file("centricity.yaml", "a: ".repeat(3_500_000));
    sandbox
        .run("assess clients/acme")
        .exits(3)
        .says("file-too-large");
    let sandbox = project("");
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    std::fs::create_dir(sandbox.path("centricity.yaml")).expect("a folder");
    sandbox
        .run("assess clients/acme")
        .exits(1)
        .says("cannot read `centricity.yaml`");
    project("packs: [packs]\n")
        .run("assess clients/acme")
        .exits(3)
        .says("duplicate-key");
    let sandbox = Sandbox::new()
        .file("centricity.yaml", "")
        .file("c/assessment.yaml", ANSWERS);
    sandbox.run("assess c").exits(3).says("centricity.yaml");
}

#[test]
#[cfg(unix)]
fn circles_of_links_and_closed_files_end_in_a_clear_error() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    // A folder that leads to itself from below.
    let sandbox = project("");
    symlink("..", sandbox.path("clients/up")).expect("a link");
    sandbox
        .run("assess clients/up/clients/up/clients/acme")
        .exits(0);
    symlink("round", sandbox.path("clients/round")).expect("a link");
    sandbox.run("assess clients/round").exits(1);
    // A project file that is a link to itself.
    let sandbox = project("");
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    symlink("centricity.yaml", sandbox.path("centricity.yaml")).expect("a link");
    sandbox
        .run("assess clients/acme")
        .exits(1)
        .says("cannot read `centricity.yaml`");
    // One in a folder above that cannot be read; the user root reads everything.
    let sandbox = project("").file(".git/HEAD", "");
    let file = sandbox.path("centricity.yaml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).expect("closed");
    if std::fs::read(&file).is_err() {
        let run = sandbox.run_in("clients", "assess acme").exits(1);
        run.says("cannot read `../centricity.yaml`");
    }
}
