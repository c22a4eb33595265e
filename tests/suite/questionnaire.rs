//! A pack with every type of question, and the assessment folder that asks it.

use super::sandbox::Sandbox;

/// The pack `ours`; what it asks stands in one section of each kind of trouble.
pub(crate) const PACK: &str = r#"
format: 1
id: ours
version: 1.0.0
title: "Ours"
sections:
  one:
    title: "One: what you do"
    intro: "Answer for last year."
    questions:
      care:
        type: rating
        ask: "Do you care?"
        anchors: { 0: "Not at all", 1: "A bit", 2: "Some", 3: "Much, and it shows", 4: "Fully" }
      channels:
        type: select_multiple
        ask: "Where do customers reach you?"
        choices:
          - { value: phone, label: "By phone" }
          - { value: web, label: "On the web" }
          - { value: none, label: "Nowhere", exclusive: true }
      shape:
        type: select_one
        ask: "Which shape?"
        choices: [ { value: loose, score: 1, label: "Loosely tied: a brand" }, { value: tight, score: 2, label: "Tightly run" } ]
      known: { type: boolean, ask: "Do you know them?" }
  two:
    title: "Two"
    questions:
      staff: { type: integer, ask: "How many people?", min: 0, max: 1000 }
      kept: { type: percent, ask: "How many stay?" }
      pay: { type: decimal, ask: "What do they pay?" }
      story: { type: text, ask: "Tell us." }
      deep:
        type: rating
        ask: "How deep?"
        not_applicable: never
        roles: [leadership, frontline]
        relevant: { care: ">= 2" }
        anchors: { 0: "none", 1: "low", 2: "some", 3: "much", 4: "all" }
"#;

const ASSESSMENT: &str =
    "format: 1\nclient: { name: Acme }\npacks: [./ours]\nrespondents: { minimum_group: 3 }\n";

/// A folder `acme` with an assessment of the pack.
pub(crate) fn acme() -> Sandbox {
    Sandbox::new()
        .file("acme/ours/pack.yaml", PACK)
        .file("acme/assessment.yaml", ASSESSMENT)
}

/// Everybody who answers in the folder may be shown.
pub(crate) fn open(sandbox: Sandbox) -> Sandbox {
    let text = ASSESSMENT.replace("minimum_group: 3", "anonymous: false");
    sandbox.file("acme/assessment.yaml", text)
}

/// The same with a table `t.csv` beside it, imported with further arguments.
pub(crate) fn imported(table: impl AsRef<[u8]>, arguments: &str) -> (Sandbox, super::sandbox::Run) {
    let sandbox = acme().file("t.csv", table);
    let run = sandbox.run(&format!("import t.csv --into acme {arguments}"));
    (sandbox, run)
}
