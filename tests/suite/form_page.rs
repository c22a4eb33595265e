//! Forms in a browser: filled in by hand, kept, handed in, loaded again.

use super::browser::Browser;
use super::sandbox::{Sandbox, answers};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A question of every type; `ours` and `elsewhere` hang on others.
const PACK: &str = r#"format: 1
id: small
version: 1.2.0
title: "Small </script><script>window.hacked = 1</script>"
about: "With <img src=x onerror=hacked()> and *more*."
sections:
  one:
    title: "One & <b>only</b>"
    questions:
      care: { type: rating, ask: "Do you \"care\" <b>much</b>?", anchors: { 0: "no", 1: "a bit", 2: "so: so # so", 3: "much", 4: "fully" }, required: true }
      ours: { type: rating, ask: "Is it ours?", anchors: { 0: "no", 1: "yes" }, relevant: { care: ">= 2" }, not_applicable: never }
      form: { type: select_one, ask: "Which form?", choices: [ { value: "yes", label: "Light" }, { value: "two words", label: "Two" } ] }
      ways: { type: select_multiple, ask: "Which ways?", choices: [ { value: mail, label: "Mail" }, { value: shop, label: "Shop" } ] }
      signs: { type: select_multiple, ask: "Which signs?", choices: [ { value: early, label: "Early" }, { value: neither, label: "Neither", exclusive: true } ] }
  two:
    title: "Two"
    questions:
      known: { type: boolean, ask: "Is it known?" }
      count: { type: integer, ask: "How many?", min: 0, max: 500, constraint: "< 400", constraint_message: "fewer than 400" }
      part: { type: percent, ask: "Which part?", help: "Of *all*." }
      words: { type: text, ask: "What else?" }
  three:
    title: "Three"
    relevant: { known: "true" }
    questions:
      elsewhere: { type: text, ask: "Where?", roles: [leadership] }
      others: { type: text, ask: "Asked of others?", roles: [customer] }
"#;

/// What nobody should type and somebody will.
const HOSTILE: &str = "</script><script>window.hacked = 1</script> \"q\" 'p' \\ # : {{ x }}\n- é 😀 \u{2028} {% y %} unknown";

pub(crate) fn folder() -> Sandbox {
    let text = "format: 1\nclient: { name: \"A <i>cme</i>\" }\npacks: [./small]\nrespondents: { minimum_group: 3 }\n";
    Sandbox::new()
        .file("acme/small/pack.yaml", PACK)
        .file("acme/assessment.yaml", text)
}

/// A form of the folder in a browser; `None` where there is no browser.
pub(crate) fn opened(sandbox: &Sandbox, more: &str) -> Option<Browser> {
    let mut browser = Browser::open()?;
    sandbox
        .run(&format!(
            "form acme --role leadership --out form.html --force {more}"
        ))
        .exits(0);
    browser.visit(&sandbox.path("form.html"));
    Some(browser)
}

/// Ticks the choice of a question that bears this label.
pub(crate) fn tick(browser: &mut Browser, id: &str, label: &str) {
    let script = format!(
        "(() => {{ const all = document.getElementById('q.small.{id}').querySelectorAll('.choices label'); \
         const one = [...all].find(one => one.lastElementChild.textContent === {label}); one.click(); return true; }})()",
        label = json!(label)
    );
    browser.eval(&script);
}

/// Types into a control, as a person does.
pub(crate) fn fill(browser: &mut Browser, id: &str, text: &str) {
    let at = json!(id);
    browser.eval(&format!("(() => {{ let box = document.getElementById({at}); for (let up = box; up; up = up.parentElement) if (up.localName === 'details') up.open = true; box.focus(); box.select?.(); }})()"));
    browser.write(text);
    browser.eval(&format!(
        "document.getElementById({at}).dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}

pub(crate) fn text(browser: &mut Browser, id: &str) -> String {
    let text = browser.eval(&format!(
        "document.getElementById({}).textContent",
        json!(id)
    ));
    text.as_str().expect("a text").to_owned()
}

pub(crate) fn is_hidden(browser: &mut Browser, id: &str) -> bool {
    browser.eval(&format!("document.getElementById('{id}').hidden")) == json!(true)
}

/// Presses a button of the page.
pub(crate) fn click(browser: &mut Browser, id: &str) {
    browser.eval(&format!("document.getElementById('{id}').click()"));
}

/// Downloads the answers; gives the file, or nothing where the page refuses.
pub(crate) fn downloaded(browser: &mut Browser, sandbox: &Sandbox, name: &str) -> Option<String> {
    let folder = sandbox.path("downloads");
    browser.download_into(&folder);
    click(browser, "download");
    if !is_hidden(browser, "problems") {
        return None;
    }
    let begun = Instant::now();
    let size = || std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    // Chromium holds the name with an empty file before it moves the whole one there.
    while size() == 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "no download");
        std::thread::sleep(Duration::from_millis(20));
    }
    let file = sandbox.read(&format!("downloads/{name}"));
    std::fs::remove_file(folder.join(name)).expect("gone");
    Some(file)
}

/// Every control as it stands.
pub(crate) fn state(browser: &mut Browser) -> Value {
    browser.eval("[...document.querySelectorAll('input:not([type=file]), select, textarea:not(#file)')].map(one => one.type === 'radio' || one.type === 'checkbox' ? one.checked : one.value)")
}

/// Fills the whole form in.
pub(crate) fn fill_in(browser: &mut Browser) {
    fill(browser, "respondent", "KB 47");
    fill(browser, "unit", "Yard \"north\"");
    for (id, label) in [
        ("care", "so: so # so"),
        ("ours", "yes"),
        ("form", "Two"),
        ("ways", "Mail"),
        ("ways", "Shop"),
        ("signs", "Early"),
        ("signs", "Neither"),
        ("known", "Yes"),
        ("part", "Does not apply to us"),
    ] {
        tick(browser, id, label);
    }
    fill(browser, "r.small.part", "There is: one \"part\"");
    fill(browser, "m.small.care", HOSTILE);
    fill(browser, "t.small.count", "42");
    fill(browser, "t.small.words", HOSTILE);
    fill(browser, "t.small.elsewhere", "unknown");
}

#[test]
fn a_form_is_filled_in_kept_and_handed_in() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "--evidence") else {
        return;
    };
    assert_eq!(text(&mut browser, "progress"), "0 of 10 answered");
    fill_in(&mut browser);
    fill(&mut browser, "d.small.care", "The charter");
    browser.eval("(() => { const grade = document.getElementById('g.small.care'); grade.value = 'document'; grade.dispatchEvent(new Event('change', { bubbles: true })); })()");
    assert_eq!(text(&mut browser, "progress"), "10 of 10 answered");
    let before = state(&mut browser);
    browser.reload();
    assert_eq!(
        state(&mut browser),
        before,
        "a page that is closed loses nothing"
    );
    assert_eq!(text(&mut browser, "progress"), "10 of 10 answered");

    let file = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    browser.eval("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = 1\">')");
    browser.eval("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hacked = 1' }))");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(
        browser.eval("typeof window.hacked"),
        "undefined",
        "only the page's own script runs"
    );
    let sandbox = sandbox
        .file("acme/responses/1.yaml", &file)
        .file("acme/responses/2.yaml", file.replace("KB 47", "kb48"))
        .file("acme/responses/3.yaml", file.replace("KB 47", "kb49"));
    sandbox.run("check acme").exits(0).says("no problems");
    sandbox
        .run("check acme/responses/1.yaml")
        .exits(0)
        .says("no problems");
    let result = sandbox.run("assess acme --format json").exits(0).json();
    let value = |id: &str| {
        let questions = result["questions"].as_array().expect("questions");
        let found = questions
            .iter()
            .find(|one| one["id"] == format!("small.{id}"));
        found.expect(id).clone()
    };
    assert_eq!(value("care")["value"], 2.0);
    assert_eq!(value("ours")["value"], 1.0);
    assert_eq!(value("count")["value"], 42.0);
    assert_eq!(value("part")["state"], "not-applicable");

    let read: Value = serde_yaml::from_str(&file).expect("YAML");
    let schema = sandbox
        .run_in("acme", "schema response --pack ./small")
        .exits(0)
        .json();
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    assert!(
        schema.is_valid(&read),
        "{:?}\n{file}",
        schema.iter_errors(&read).next()
    );
    let own = &read["answers"]["small"];
    let typed = HOSTILE.replace('\u{2028}', " ");
    assert_eq!(
        (&own["care"]["note"], &own["words"]),
        (&json!(typed), &json!(typed))
    );
    assert_eq!(
        own["care"]["evidence"],
        json!({ "grade": "document", "ref": "The charter" })
    );
    assert_eq!(own["part"]["not_applicable"], "There is: one \"part\"");
    assert_eq!(
        (&own["form"], &own["ways"]),
        (&json!("two words"), &json!(["mail", "shop"]))
    );
    assert_eq!(
        (&own["signs"], &read["packs"]),
        (&json!(["neither"]), &json!(["small@1.2.0"]))
    );
    assert!(
        file.contains("elsewhere: \"unknown\""),
        "a text in quotes is a text"
    );
    assert!(
        file.contains("known: true   # Yes"),
        "people read it too\n{file}"
    );
}

#[test]
fn what_becomes_irrelevant_is_hidden_and_not_handed_in() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    fill_in(&mut browser);
    tick(&mut browser, "care", "no");
    tick(&mut browser, "known", "No");
    assert!(is_hidden(&mut browser, "q.small.ours") && is_hidden(&mut browser, "s.small.three"));
    assert_eq!(text(&mut browser, "progress"), "8 of 8 answered");
    let file = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    assert!(
        !file.contains("ours") && !file.contains("elsewhere"),
        "{file}"
    );
    tick(&mut browser, "care", "I don't know");
    assert!(
        !is_hidden(&mut browser, "q.small.ours"),
        "nothing follows from what is not known"
    );
    tick(&mut browser, "ways", "I don't know");
    let file = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    assert!(
        file.contains("ours: 1   # yes"),
        "what comes back is as it was\n{file}"
    );
    assert!(
        file.contains("      value: unknown\n") && file.contains("ways: unknown\n"),
        "{file}"
    );
    tick(&mut browser, "ways", "None of these");
    let file = downloaded(&mut browser, &sandbox, "kb-47.yaml").expect("a file");
    assert!(file.contains("ways: []\n"), "none is an answer\n{file}");
}

#[test]
fn a_browser_that_keeps_nothing_still_makes_the_file() {
    let sandbox = folder();
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })";
    browser.call(
        "Page.addScriptToEvaluateOnNewDocument",
        &json!({ "source": refuse }),
    );
    sandbox
        .run("form acme --role leadership --out form.html")
        .exits(0);
    browser.visit(&sandbox.path("form.html"));
    assert!(text(&mut browser, "kept").contains("keeps nothing"));
    fill(&mut browser, "respondent", "a");
    tick(&mut browser, "care", "much");
    assert!(downloaded(&mut browser, &sandbox, "a.yaml").is_some());
}

#[test]
fn real_packs_are_answered_as_an_assessment_would() {
    let open = answers("").replace("answers:", "respondents: { anonymous: false }\nanswers:");
    let sandbox = Sandbox::new().file("acme/assessment.yaml", open);
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    fill(&mut browser, "respondent", "a");
    browser.eval("for (const field of document.querySelectorAll('fieldset')) field.querySelector('[data-pick], [data-part=unknown]').click()");
    let file = downloaded(&mut browser, &sandbox, "a.yaml").expect("a file");
    let sandbox = sandbox.file("acme/responses/a.yaml", file);
    sandbox
        .run("check acme")
        .exits(0)
        .never("not-relevant")
        .never("error");
    sandbox.run("assess acme").exits(0);
}
