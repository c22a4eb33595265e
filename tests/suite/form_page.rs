//! Forms in a browser: filled in, kept, handed in, loaded again.

use super::browser::Browser;
use super::sandbox::Sandbox;

#[test]
fn try_it() {
    let Some(mut browser) = Browser::open() else {
        return;
    };
    let sandbox = Sandbox::new();
    sandbox
        .run("form --pack organisation --role leadership --out f.html")
        .exits(0);
    browser.visit(&sandbox.path("f.html"));
    println!("{}", browser.eval("document.documentElement.dataset.ready === '' && document.getElementById('progress').textContent"));
    let shot = browser.call("Page.captureScreenshot", &serde_json::json!({}));
    std::fs::write("/tmp/shot.b64", shot["data"].as_str().unwrap()).unwrap();
}
