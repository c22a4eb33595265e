//! `templates`: what can be replaced is listed and exported.

use crate::sandbox::{ROOT, Sandbox, sample, schema};
use std::path::Path;

#[test]
fn every_template_is_listed_with_what_it_is() {
    let list = Sandbox::new().run("templates list").exits(0).stdout;
    for folder in ["report", "html", "word"] {
        for entry in std::fs::read_dir(Path::new(ROOT).join("templates").join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                continue;
            }
            let file = entry.file_name();
            let name = format!("{folder}/{} ", file.to_string_lossy());
            let line = list.lines().find(|line| line.starts_with(&name));
            let line = line.unwrap_or_else(|| panic!("{name}:\n{list}"));
            let about = line.strip_prefix(&name).unwrap().trim();
            assert!(about.len() > 5 && about.ends_with('.'), "{line}");
        }
    }
}

#[test]
fn templates_are_exported_and_give_the_same_report() {
    let sandbox = Sandbox::new().file("a.yaml", sample());
    let run = sandbox.run("templates export --to mine report/executive.md word");
    run.exits(0).says("executive.md").says("styles.xml");
    let text = std::fs::read(Path::new(ROOT).join("templates/report/executive.md")).unwrap();
    assert_eq!(
        std::fs::read(sandbox.path("mine/report/executive.md")).unwrap(),
        text
    );
    let report = |more: &str| {
        let run = sandbox.run(&format!(
            "report a.yaml --detail executive --format md{more}"
        ));
        run.exits(0).stdout
    };
    assert_eq!(report(" --templates mine"), report(""));
}

#[test]
fn nothing_is_overwritten_unless_asked() {
    let sandbox = Sandbox::new().file("mine/report/pack.md", "mine");
    sandbox
        .run("templates export --to mine")
        .exits(1)
        .says("already there");
    assert_eq!(sandbox.files(), ["mine/report/pack.md"]);
    assert_eq!(sandbox.read("mine/report/pack.md"), "mine");
    sandbox
        .run("templates export --to mine report/pack.md --force")
        .exits(0);
    assert_ne!(sandbox.read("mine/report/pack.md"), "mine");
    sandbox
        .run("templates export report/pakc.md")
        .exits(2)
        .says("did you mean `report/pack.md`?");
}

#[test]
fn the_context_is_printed_and_is_as_its_schema_says() {
    let sandbox = Sandbox::new().file("a.yaml", sample());
    let context = sandbox
        .run("report a.yaml --format context")
        .exits(0)
        .json();
    let result = sandbox.run("assess a.yaml --format json").exits(0).json();
    assert_eq!(context["result"], result);
    assert_eq!(context["title"], "Harbour Tools");
    assert_eq!(context["brand"]["colours"]["light"], "#1d5c63");
    let schema = schema("report");
    let description = schema["description"].as_str().unwrap();
    assert!(description.contains("`item`") && description.contains("`action`"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&context)
        .map(|one| one.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    sandbox
        .run("report a.yaml --format context --out out")
        .exits(0);
    assert!(
        sandbox
            .files()
            .iter()
            .any(|one| one.ends_with(".context.json"))
    );
}
