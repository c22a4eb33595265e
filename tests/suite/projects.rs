//! Two projects, each with packs of its own.

use crate::sandbox::{Sandbox, small_pack};

const ANSWERS: &str =
    "format: 1\nclient: { name: Acme }\npacks: [small]\nanswers: { small: { care: 3 } }\n";

#[test]
fn two_projects_are_neither_compared_nor_held_to_each_other() {
    let own = |weight: &str| {
        small_pack("").replace(
            "type: rating",
            &format!("type: rating\n        weight: {weight}"),
        )
    };
    let policy = "format: 1\nrules:\n  - regression: {}\n";
    let mut sandbox = Sandbox::new().file("gate.yaml", policy);
    for (folder, weight) in [("a", "1"), ("b", "3")] {
        sandbox = sandbox
            .file(&format!("{folder}/packs/small.yaml"), own(weight))
            .file(
                &format!("{folder}/centricity.yaml"),
                "format: 1\npacks: [packs]\n",
            )
            .file(&format!("{folder}/assessment.yaml"), ANSWERS)
            .file(&format!("{folder}/later.yaml"), ANSWERS);
    }
    let says = "these belong to two projects, `a/centricity.yaml` and `b/centricity.yaml`";
    sandbox.run("compare a b").exits(2).says(says);
    sandbox
        .run("gate a --policy gate.yaml --against b/later.yaml")
        .exits(2)
        .says(says);
    sandbox.run("compare a a/later.yaml").exits(0);
    sandbox
        .run("gate a --policy gate.yaml --against a/later.yaml")
        .exits(4)
        .prints("Regressions are measured from a/later.yaml");
    sandbox.pipe("compare - b", ANSWERS).exits(0);
}

#[test]
fn the_file_of_a_project_is_no_pack() {
    let sandbox = Sandbox::new().file("small.yaml", small_pack(""));
    sandbox.run("init c --pack small --packs .").exits(0);
    assert!(sandbox.read("centricity.yaml").contains("packs: [\".\"]"));
    let list = sandbox.run("pack list").exits(0).prints("small");
    let mut lines = list.stdout.lines();
    assert!(
        !lines.any(|line| line.starts_with("centricity")),
        "{list:?}"
    );
    sandbox.run("pack check small").exits(0);
    sandbox
        .run("check centricity.yaml c")
        .exits(0)
        .says("no problems");
    sandbox.run("pack check centricity.yaml").exits(1);
    // The folder of a pack may hold one too.
    let project = "format: 1\npacks: [\"..\"]\n";
    Sandbox::new()
        .file("rules/small/pack.yaml", small_pack(""))
        .file("rules/small/centricity.yaml", project)
        .run_in("rules/small", "pack check small")
        .exits(0);
}
