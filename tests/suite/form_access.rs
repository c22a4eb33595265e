//! Forms for whoever uses a keyboard, a screen reader, a phone or the dark.

use super::browser::{Browser, left_out};
use super::form_page::{downloaded, fill, folder, opened, text, tick};
use serde_json::json;

#[test]
fn a_keyboard_is_enough() {
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "") else {
        return;
    };
    browser.press("Tab");
    assert_eq!(browser.eval("document.activeElement.className"), "skip");
    browser.press("Enter");
    browser.until("document.activeElement.id === 'main'");
    for _ in 0..30 {
        browser.press("Tab");
        if browser.eval("document.activeElement.type") == "radio" {
            break;
        }
    }
    browser.press("Space");
    browser.press("ArrowDown");
    assert_eq!(text(&mut browser, "progress"), "1 of 9 answered");
    let chosen =
        "document.activeElement.checked && document.activeElement.parentElement.textContent.trim()";
    assert_eq!(browser.eval(chosen), "1a bit");
    let outline = browser.eval("getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(outline, "solid", "what has the focus is seen");
}

#[test]
fn an_audit_of_accessibility_finds_nothing() {
    let Some(axe) = std::env::var_os("CENTRICITY_AXE") else {
        left_out("CENTRICITY_AXE does not name an axe.min.js");
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let sandbox = folder();
    let Some(mut browser) = opened(&sandbox, "--evidence") else {
        return;
    };
    let audit = |browser: &mut Browser, when: &str| {
        browser.eval(&axe);
        let found = browser.eval("axe.run().then(all => all.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))");
        assert_eq!(found, json!([]), "{when}");
    };
    audit(&mut browser, "empty");
    tick(&mut browser, "part", "Does not apply to us");
    fill(&mut browser, "t.small.count", "many");
    browser.eval("for (const one of document.querySelectorAll('details')) one.open = true");
    assert!(downloaded(&mut browser, &sandbox, "none").is_none());
    for (scheme, width) in [("light", 1200), ("dark", 1200), ("dark", 360)] {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.call("Emulation.setEmulatedMedia", &media);
        let size =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500 });
        browser.call("Emulation.setDeviceMetricsOverride", &size);
        audit(&mut browser, &format!("with problems, {scheme}, {width}"));
        let over = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(
            browser.eval(over),
            json!(true),
            "nothing sticks out at {width}"
        );
    }
}
