//! Pages with tables to find and sort in, as a browser shows them.

use super::browser::{Browser, left_out};
use super::portfolio::clients;
use super::sandbox::{ROOT, Sandbox};
use serde_json::json;

/// The cells of a column of the clients that are shown.
const NAMES: &str = "[...document.querySelectorAll('.filter tbody tr')].filter(row => !row.hidden).map(row => row.cells[0].textContent.slice(0, 8))";

#[test]
fn clients_are_found_and_sorted() {
    let sandbox = clients(&[1, 4, 2, 0, 3, 2, 2, 2, 2]);
    sandbox
        .run("portfolio clients --out out --format html")
        .exits(0);
    let Some(mut browser) = Browser::open() else {
        return;
    };
    browser.visit(&sandbox.path("out/portfolio.html"));
    let head = |name: &str| {
        format!(
            "[...document.querySelectorAll('.filter th button')].find(one => one.textContent === '{name}').click()"
        )
    };
    browser.eval(&head("Client"));
    browser.eval(&head("Client"));
    let names = browser.eval(NAMES);
    assert_eq!(names[0], "Client 8");
    assert_eq!(names[8], "Client 0");
    let sorted = "document.querySelector('.filter [aria-sort]').getAttribute('aria-sort')";
    assert_eq!(browser.eval(sorted), "descending");
    browser.eval("document.querySelector('.filter input').focus()");
    browser.write("client 3");
    assert_eq!(browser.eval(NAMES), json!(["Client 3"]));
    let told = browser.eval("document.querySelector('.filter output').value");
    assert_eq!(told, "1 of 9");
}

#[test]
fn an_audit_of_pages_finds_nothing() {
    let Some(axe) = std::env::var_os("CENTRICITY_AXE") else {
        left_out("CENTRICITY_AXE does not name an axe.min.js");
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let pages = [
        format!("portfolio {ROOT}/tests/clients --format html"),
        format!("sheet {ROOT}/tests/clients/meridian-freight --format html"),
        "pack docs organisation --format html".to_owned(),
        format!("report {ROOT}/tests/clients/harbour-tools --format html"),
        format!("report {ROOT}/tests/clients/meridian-freight --format html"),
        format!("report {ROOT}/tests/clients/pellwick-shade --detail executive --format html"),
    ];
    let mut sandbox = Sandbox::new();
    for (place, command) in pages.iter().enumerate() {
        let page = sandbox.run(command).exits(0).stdout;
        sandbox = sandbox.file(&format!("{place}.html"), page);
    }
    let Some(mut browser) = Browser::open() else {
        return;
    };
    for (place, command) in pages.iter().enumerate() {
        for (media, scheme, width) in [
            ("screen", "light", 1200),
            ("screen", "dark", 1200),
            ("screen", "dark", 390),
            ("print", "light", 794),
        ] {
            let scheme_wanted = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
            let media = json!({ "media": media, "features": scheme_wanted });
            browser.call("Emulation.setEmulatedMedia", &media);
            let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500 });
            browser.call("Emulation.setDeviceMetricsOverride", &size);
            browser.visit(&sandbox.path(&format!("{place}.html")));
            browser.eval(&axe);
            let found = browser.eval("axe.run().then(all => all.violations.map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ')))");
            assert_eq!(found, json!([]), "{command}, {scheme}, {width}");
            let over = "document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(browser.eval(over), json!(true), "{command} at {width}");
        }
    }
}
