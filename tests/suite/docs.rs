//! `pack docs`: everything a pack says, in words.

use crate::sandbox::Sandbox;
use crate::workshop::built_in;
use centricity::report::{Guide, Templates, guide};
use centricity::rules::pack;

#[test]
fn every_item_rule_level_gate_and_finding_is_named() {
    let templates = Templates::builtin().unwrap();
    for name in pack::built_in_names() {
        let rulebook = built_in(&[name]);
        let text = guide(&templates, &Guide::new(&rulebook, name).unwrap()).unwrap();
        let named = |id: &str| assert!(text.contains(&format!("`{id}`")), "{name}: {id}");
        let own = |id: &str| id.split('.').next() == Some(name);
        let items = rulebook.items.iter().enumerate();
        for (node, item) in items.filter(|(_, item)| own(&item.id)) {
            named(item.local_id());
            if let Some(table) = rulebook.program.table(node) {
                for rule in &table.rules {
                    named(&rule.id);
                }
            }
        }
        let local = |id: &str| id.split_once('.').unwrap().1.to_owned();
        for gate in rulebook.gates.iter().filter(|gate| own(&gate.id)) {
            named(&local(&gate.id));
        }
        for finding in rulebook.findings.iter().filter(|one| own(&one.id)) {
            named(finding.local_id());
        }
    }
}

#[test]
fn rules_are_told_in_words() {
    Sandbox::new()
        .run("pack docs organisation")
        .exits(0)
        .prints("Found while “Role” is at least 3 and “Power to commit” is at most 1.")
        .prints("At most 2 while “Power to commit” is at most 1")
        .prints("Margin is known at least by segment");
}

#[test]
fn a_pack_that_is_not_there_is_told() {
    Sandbox::new()
        .run("pack docs organisaton")
        .exits(1)
        .says("did you mean `organisation`?");
}
