//! Files that are none: pipes and devices in the place of files that are found by their names.

use crate::sandbox::{Sandbox, answers, small_pack};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

const SAYS: &str = "it is no regular file, but a device, a pipe or a socket";

fn pipe(sandbox: &Sandbox, path: &str) {
    let made = Command::new("mkfifo").arg(sandbox.path(path)).status();
    assert!(made.expect("a pipe").success());
}

#[test]
fn a_pipe_or_a_device_is_read_by_no_command() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", answers("promise: 3"));
    pipe(&sandbox, "centricity.yaml");
    for command in [
        "assess acme",
        "pack list",
        "report acme --format md",
        "check acme",
    ] {
        sandbox
            .run(command)
            .exits(1)
            .says("cannot read `centricity.yaml`")
            .says(SAYS);
    }
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    symlink("/dev/zero", sandbox.path("centricity.yaml")).expect("a link");
    sandbox.run("assess acme").exits(1).says(SAYS);
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    pipe(&sandbox, "acme/gate.yaml");
    sandbox
        .run("gate acme --policy acme/gate.yaml")
        .exits(1)
        .says(SAYS);
    pipe(&sandbox, "table.csv");
    sandbox
        .run("import table.csv --into acme")
        .exits(1)
        .says(SAYS);
}

#[test]
fn what_a_shell_hands_over_is_read() {
    let text =
        "format: 1\nclient: { name: Acme }\npacks: [small]\nanswers: { small: { care: 3 } }\n";
    let sandbox = Sandbox::new().file("packs/small.yaml", small_pack(""));
    let printed = sandbox.pipe("assess - --packs packs --format json", text);
    let printed = printed.exits(0).json();
    for name in ["/dev/stdin", "/dev/fd/0"] {
        let run = sandbox.pipe(&format!("assess {name} --packs packs --format json"), text);
        assert_eq!(run.exits(0).json()["scores"], printed["scores"]);
    }
}

#[test]
fn a_link_among_responses_is_not_followed_and_says_nothing_of_what_it_leads_to() {
    let response = "format: 1\nrespondent: eve\nrole: frontline\npacks: [organisation]\n";
    for (name, secret) in [
        ("eve.yaml", "sesame: 1\n"),
        ("eve.yaml", response),
        ("eve.json", "sesame"),
        ("eve.csv", "sesame,1\n2,3\n"),
        ("people.mapping.yaml", "sesame: 1\n"),
    ] {
        let sandbox = Sandbox::new()
            .file("acme/assessment.yaml", answers("promise: 3"))
            .file("acme/responses/people.csv", "respondent,role\n")
            .file("secret", secret);
        let link = format!("acme/responses/{name}");
        symlink("../../secret", sandbox.path(&link)).expect("a link");
        let by_name = format!("check {link}");
        for command in [
            "check acme",
            "check acme --format json",
            "assess acme",
            "sheet acme",
            "export acme --format responses",
            "migrate acme",
            "ask acme --respondent eve --role frontline",
            by_name.as_str(),
        ] {
            let run = sandbox.run(command).never("sesame");
            let told = format!("{}{}", run.stdout, run.stderr);
            assert!(
                run.code == 1 || (run.code == 3 && command == by_name),
                "{run:?}"
            );
            assert!(told.contains("is a link"), "{run:?}");
        }
        sandbox
            .run("portfolio .")
            .exits(3)
            .never("sesame")
            .says("it is a link");
        assert_eq!(sandbox.read("secret"), secret);
    }
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", answers("promise: 3"))
        .file("others/eve.yaml", response);
    symlink("../others", sandbox.path("acme/responses")).expect("a link");
    sandbox
        .run("assess acme")
        .exits(1)
        .says("it is a link; responses");
}

#[test]
fn a_pipe_a_socket_or_a_device_among_responses_keeps_nobody_waiting() {
    for name in ["eve.yaml", "eve.csv", "people.mapping.yaml"] {
        let sandbox = Sandbox::new()
            .file("acme/assessment.yaml", answers("promise: 3"))
            .file("acme/responses/people.csv", "respondent,role\n");
        pipe(&sandbox, &format!("acme/responses/{name}"));
        for command in ["check acme", "assess acme", "sheet acme"] {
            sandbox.run(command).exits(1).says(SAYS);
        }
    }
}

#[test]
fn a_pipe_in_the_place_of_any_file_keeps_nobody_waiting() {
    let sandbox = Sandbox::new()
        .file("acme/assessment.yaml", answers("promise: 3"))
        .file("brand.yaml", "format: 1\nname: Acme\nlogo: pipe\n")
        .file("packs/small.yaml", small_pack(""))
        .file("survey.csv", "respondent,role\n")
        .file(
            "table/assessment.yaml",
            answers("promise: 3").replace("packs:", "customers: ../pipe\npacks:"),
        )
        .file(
            "pack/assessment.yaml",
            answers("promise: 3").replace("[organisation]", "[organisation, ../pipe.yaml]"),
        );
    for name in [
        "pipe",
        "pipe.yaml",
        "given/assessment.yaml",
        "acme/consensus.yaml",
    ] {
        fs::create_dir_all(sandbox.path("given")).expect("a folder");
        pipe(&sandbox, name);
    }
    for command in [
        "assess pipe",
        "assess given",
        "assess given/assessment.yaml",
        "assess acme",
        "assess table",
        "assess pack",
        "check pipe",
        "check pipe.yaml",
        "pack check pipe.yaml",
        "report acme --brand pipe --out out",
        "report acme --brand brand.yaml --out out",
        "report acme --format docx --reference-docx pipe --out out",
        "report acme --benchmark pipe --out out",
        "report acme --templates pipe --out out",
        "import survey.csv --into acme --mapping pipe",
        "import pipe --into acme",
        "gate acme --policy pipe",
        "compare pipe acme",
        "migrate pipe",
        "assess acme --packs pipe",
    ] {
        let run = sandbox.run(command);
        assert!(run.code == 1 || run.code == 3, "{run:?}");
        assert!(
            run.stderr.contains("pipe")
                || run.stderr.contains("given")
                || run.stderr.contains("consensus"),
            "{run:?}"
        );
    }
}

#[test]
fn problems_do_not_repeat_what_a_link_leads_to() {
    let linked = |links: &[(&str, &str)]| {
        let sandbox = Sandbox::new()
            .file("secret", "root: sesame\nopen sesame\n")
            .file("named", answers("promise: sesame"));
        for (name, to) in links {
            let path = sandbox.path(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            symlink(to, path).expect("a link");
        }
        sandbox
    };
    let sandbox = linked(&[("centricity.yaml", "secret")]);
    for command in ["assess named", "pack list"] {
        let run = sandbox.run(command).exits(3).never("sesame");
        run.says("the file is a link");
    }
    let sandbox = linked(&[
        ("one/assessment.yaml", "../secret"),
        ("two/assessment.yaml", "../named"),
    ]);
    for command in [
        "assess one",
        "assess two",
        "check one/assessment.yaml --format json",
        "check two/assessment.yaml --format sarif",
        "check two/assessment.yaml",
        "report two --out out",
    ] {
        let run = sandbox.run(command).exits(3).never("sesame");
        let told = format!("{}{}", run.stdout, run.stderr);
        assert!(told.contains("the file is a link"), "{run:?}");
    }
    // The file itself is shown as ever.
    sandbox.run("check named").exits(3).prints("sesame");
    let sandbox = linked(&[("pack/pack.yaml", "../secret"), ("pack.yaml", "secret")]);
    sandbox.run("pack check pack").exits(3).never("sesame");
    let run = sandbox.run("pack check pack.yaml").exits(3).never("sesame");
    run.prints("the file is a link");
}

#[test]
fn a_pipe_in_place_of_a_file_or_folder_of_answers_is_refused() {
    let sandbox = Sandbox::new()
        .file("a/other.txt", "x")
        .file("b/assessment.yaml", answers("promise: 2"));
    pipe(&sandbox, "a/assessment.yaml");
    pipe(&sandbox, "b/responses");
    sandbox.run("check a").exits(1).says(SAYS);
    sandbox.run("check b").exits(1).says("responses");
    sandbox.run("assess b").exits(1).says("responses");
}

/// What an editor or git left is called what it is, at its place.
#[test]
fn slips_of_editing_are_called_what_they_are() {
    let head = "format: 1\nclient: { name: A }\npacks: [signs]\n";
    for (text, place, said) in [
        (
            format!(
                "{head}answers:\n<<<<<<< HEAD\n  signs: {{}}\n=======\n  signs: {{ }}\n>>>>>>> other\n"
            ),
            "a.yaml:5:1",
            "git left marks of a merge here",
        ),
        (
            format!("{head}answers:\n  signs:\n\u{a0}   promise: 2\n"),
            "a.yaml:6:1",
            "another sign (U+00A0)",
        ),
        (
            head.replace("client: {", "client:\u{2009}{"),
            "a.yaml:2:8",
            "another sign (U+2009)",
        ),
        (
            format!("{head}answers:\n\tsigns: {{}}\n"),
            "a.yaml:5:1",
            "tabs cannot indent YAML",
        ),
    ] {
        let sandbox = Sandbox::new().file("a.yaml", &text);
        let run = sandbox.run("check a.yaml").exits(3);
        run.prints(place).prints(said);
    }
    // A text may hold such spaces, and what else is wrong is told as it is.
    let sandbox = Sandbox::new().file(
        "a.yaml",
        "format: 1\nclient:\n  name: |\n    Note:\u{a0}A\npacks: [signs]\nother: 1\n",
    );
    let run = sandbox.run("check a.yaml").exits(3);
    run.prints("unknown key `other`").never("another sign");
}
