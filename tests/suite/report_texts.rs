//! Texts of a report on the subject of a pack, so that a pack on privacy gives a report on privacy.

use crate::sandbox::{Sandbox, small_pack};
use crate::workshop::{built_in, pack, ratings};

const ANSWERS: &str =
    "format: 1\nclient: { name: Acme }\npacks: [small]\nanswers: { small: { care: 3 } }\n";

fn body(keys: &str) -> String {
    format!("{keys}{}", ratings(&["ape", "bee"]))
}

#[test]
fn a_pack_on_another_subject_gives_a_report_on_that_subject() {
    let texts = "report:\n  title: \"Privacy\"\n  question: \"Is personal data safe with you?\"\n  badge: privacy\n  sections: { fit: \"What the law asks for\" }\n";
    let sandbox = Sandbox::new()
        .file("packs/small/pack.yaml", small_pack(texts))
        .file("a.yaml", ANSWERS)
        .file("gate.yaml", "format: 1\nrules: [ { coverage: 0.5 } ]\n");
    let run = sandbox.run("report a.yaml --packs packs --detail executive --format md");
    let text = run.exits(0).stdout;
    assert!(text.contains("Is personal data safe with you?"), "{text}");
    assert!(!text.to_lowercase().contains("customer-centric"), "{text}");
    let run = sandbox.run("report a.yaml --packs packs --format context");
    let report = &run.exits(0).json()["report"];
    assert_eq!(report["title"], "Privacy");
    assert_eq!(report["sections"]["fit"], "What the law asks for");
    assert!(report["sections"]["method"].is_null());
    let run = sandbox.run("gate a.yaml --packs packs --policy gate.yaml --format badge");
    assert!(run.stdout.contains("privacy: gate met"), "{}", run.stdout);
    let run = sandbox.run("pack docs packs/small");
    run.exits(0).prints("Is personal data safe with you?");
}

#[test]
fn without_texts_the_title_of_the_pack_speaks() {
    let rulebook = pack(&body("")).good();
    let report = rulebook.report_texts().expect("texts");
    let title = &rulebook.packs[0].title;
    assert_eq!([&report.title, &report.question], [title, title]);
    assert_eq!(report.badge, rulebook.packs[0].id);
}

#[test]
fn of_several_packs_the_one_that_speaks_for_all_gives_the_texts_and_else_the_first_with_a_headline()
{
    let maturity = built_in(&["organisation", "maturity"]);
    let report = maturity.report_texts().expect("texts");
    assert_eq!(report.title, "Customer centricity assessment");
    let first = built_in(&["profile", "signs", "organisation"]);
    assert_eq!(first.report_texts().expect("texts").badge, "signs of care");
}

#[test]
fn texts_that_do_not_fit_are_errors() {
    let long = "x".repeat(101);
    for keys in [
        format!("report: {{ title: {long} }}\n"),
        "report: { question: \"\" }\n".to_owned(),
        format!("report: {{ badge: {} }}\n", &long[..31]),
        format!("report: {{ sections: {{ method: {long} }} }}\n"),
        "report: { title: \"a\\nb\" }\n".to_owned(),
    ] {
        assert_eq!(pack(&body(&keys)).codes(), ["invalid-value"], "{keys}");
    }
    let unknown = pack(&body("report: { sections: { fitt: x } }\n"));
    assert_eq!(unknown.codes(), ["unknown-key"]);
}

#[test]
fn every_shipped_pack_has_texts_of_its_own() {
    for name in centricity::rules::pack::built_in_names() {
        let rulebook = built_in(&[name]);
        let report = &rulebook
            .packs
            .iter()
            .find(|one| one.id == name)
            .unwrap()
            .report;
        assert!(!report.title.ends_with('?'), "{name}: {}", report.title);
        assert!(
            report.question.ends_with('?'),
            "{name}: {}",
            report.question
        );
    }
}
