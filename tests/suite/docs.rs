//! `pack docs`: everything a pack says, in words.

use crate::sandbox::Sandbox;
use crate::workshop::built_in;
use centricity::report::{Brand, GuideContext, Report, Templates};
use centricity::rules::pack;
use centricity::rules::rulebook::Rulebook;

/// The guide to a pack, as Markdown and as HTML.
pub(crate) fn guide(rulebook: &Rulebook, pack: &str, templates: &Templates) -> (String, String) {
    let brand = Brand::default();
    let guide = GuideContext::new(rulebook, pack, &brand).expect("a pack");
    let report = Report::new(templates, "pack", &guide).expect("a context");
    (
        report.markdown().expect("Markdown"),
        report.html().expect("HTML"),
    )
}

#[test]
fn every_item_rule_level_gate_and_finding_is_named() {
    let templates = Templates::builtin().unwrap();
    for name in pack::built_in_names() {
        let rulebook = built_in(&[name]);
        let text = guide(&rulebook, name, &templates).0;
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
        .prints("Found while “Role” is at least 3 and “Power to commit” is at most 1 and “The form your offer calls for” is “Medium form” or “Intensive form”.")
        .prints("At most 2 while “Power to commit” is at most 1")
        .prints("It is known by segment what customers bring or cost");
}

#[test]
fn a_guide_is_a_page_too_and_no_text_of_a_pack_is_markup() {
    let pack = super::sandbox::small_pack("").replacen(
        "title:",
        "about: \"See [x](javascript:y) <script>a()</script> <!-- /keep -->\"\ntitle:",
        1,
    );
    let page = Sandbox::new()
        .file("small/pack.yaml", pack)
        .run("pack docs ./small --format html")
        .exits(0)
        .stdout;
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("&lt;script&gt;a()"), "{page}");
    assert!(!page.contains("href=\"javascript:"), "{page}");
}

#[test]
fn a_pack_that_is_not_there_is_told() {
    Sandbox::new()
        .run("pack docs organisaton")
        .exits(1)
        .says("did you mean `organisation`?");
}
