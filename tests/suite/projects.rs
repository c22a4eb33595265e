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
        .exits(0);
    sandbox.pipe("compare - b", ANSWERS).exits(0);
}
