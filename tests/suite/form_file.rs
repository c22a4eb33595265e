//! The file a form makes: what keeps it from being made, and what becomes of it when it is loaded.

use super::browser::Browser;
use super::form_page::{
    click, downloaded, fill, fill_in, folder, is_hidden, opened, state, text, tick,
};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn what_keeps_the_file_from_being_made_is_listed_and_led_to() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    tick(&mut browser, "part", "Does not apply to us");
    fill(&mut browser, "t.small.count", "many");
    fill(&mut browser, "m.small.care", "a note and no answer");
    assert!(downloaded(&mut browser, &sandbox, "none").is_none());
    assert_eq!(browser.eval("document.activeElement.id"), "problems");
    let links =
        "[...document.querySelectorAll('#problem-list a')].map(one => one.getAttribute('href'))";
    let wanted = json!([
        "#respondent",
        "#q.small.care",
        "#t.small.count",
        "#r.small.part"
    ]);
    assert_eq!(browser.eval(links), wanted);
    assert_eq!(
        browser.eval("document.getElementById('t.small.count').getAttribute('aria-invalid')"),
        "true"
    );
    for (typed, says) in [
        ("12,5", "in digits"),
        ("1.5", "whole number"),
        ("501", "0 to 500"),
        ("400", "fewer than 400"),
    ] {
        fill(&mut browser, "t.small.count", typed);
        let said = text(&mut browser, "e.small.count");
        assert!(said.contains(says), "{typed}: {said}");
    }
    fill(&mut browser, "t.small.count", "399");
    assert!(is_hidden(&mut browser, "e.small.count"));
    fill(&mut browser, "respondent", "a");
    fill(&mut browser, "r.small.part", "so");
    tick(&mut browser, "care", "much");
    let file = downloaded(&mut browser, &sandbox, "a.yaml").expect("a file");
    let text = sandbox.read("acme/assessment.yaml");
    let text = text.replace("minimum_group: 3", "anonymous: false");
    sandbox
        .file("acme/assessment.yaml", text)
        .file("acme/responses/a.yaml", file)
        .run("check acme")
        .exits(0)
        .says("no problems");
}

#[test]
fn everything_can_be_cleared_and_loaded_again() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    let empty = state(&mut browser);
    fill_in(&mut browser);
    let full = state(&mut browser);
    let file = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    browser.eval("document.querySelector('#q\\\\.small\\\\.care [data-part=clear]').click()");
    assert_eq!(text(&mut browser, "progress"), "9 of 10 answered");
    click(&mut browser, "forget");
    assert_eq!(state(&mut browser), empty);
    browser.reload();
    assert_eq!(state(&mut browser), empty, "the browser has forgotten too");

    let as_json = serde_yaml::from_str::<Value>(&file)
        .expect("YAML")
        .to_string();
    let lists = file.replace("packs: [small@1.2.0]", "packs:\n- small@1.2.0  # pinned");
    for (name, text) in [("a.yaml", &file), ("b.json", &as_json), ("c.yaml", &lists)] {
        click(&mut browser, "forget");
        std::fs::write(sandbox.path(name), text).expect("a file");
        let said = load(&mut browser, &sandbox.path(name));
        assert_eq!(said, "The file is loaded.", "{name}");
        let want = full
            .to_string()
            .replace(" \u{2028}", "  ")
            .replace("\\n", "");
        assert_eq!(
            state(&mut browser).to_string().replace("\\n", ""),
            want,
            "{name}"
        );
    }
    let again = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    assert_eq!(again, file, "what is loaded is handed in as it was");
}

/// Loads a file into the form; gives what the page says.
fn load(browser: &mut Browser, file: &Path) -> String {
    browser.eval("document.getElementById('told').textContent = ''");
    browser.choose("#load", file);
    browser.until("document.getElementById('told').textContent !== ''");
    text(browser, "told")
}

#[test]
fn a_file_that_does_not_fit_is_refused_and_changes_nothing() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    tick(&mut browser, "care", "much");
    let before = state(&mut browser);
    let good = "format: 1\nrespondent: a\nrole: leadership\npacks: [small@1.2.0]\nanswers: { small: { care: 4 } }\n";
    let path = sandbox.path("x.yaml");
    for (from, to, says) in [
        ("@1.2.0", "@2.0.0", "Answer this form anew"),
        ("small@1.2.0", "large@1.2.0", "which this form does not ask"),
        (
            "care: 4",
            "cares: 4",
            "what this form does not ask: small.cares",
        ),
        (
            "leadership",
            "customer",
            "it was answered in the role “customer”",
        ),
        ("format: 1", "format: 2", "it is no response file"),
        ("answers:", "answers: &a", "line 5"),
        ("{ small: {", "{ small: { {", "was not loaded"),
        (good, "\u{0}\u{1}", "was not loaded"),
    ] {
        std::fs::write(&path, good.replace(from, to)).expect("a file");
        let said = load(&mut browser, &path);
        assert!(
            said.contains(says) && said.contains("was not loaded"),
            "{said}"
        );
        assert_eq!(state(&mut browser), before, "{to}");
    }
    let older = good
        .replace("@1.2.0", "@1.0.0")
        .replace("care: 4", "care: 4, ours: 9");
    std::fs::write(&path, older).expect("a file");
    let said = load(&mut browser, &path);
    assert!(
        said.contains("this form asks version 1.2.0: every question is still there"),
        "{said}"
    );
    assert!(said.ends_with("stay open: Is it ours?"), "{said}");
    assert_eq!(text(&mut browser, "progress"), "1 of 10 answered");
}
