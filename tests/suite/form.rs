//! Forms as text: what is in the page, what can never be, and what the command refuses.

use super::sandbox::{Sandbox, small_pack};
use serde_json::Value;

/// A pack with questions for some roles, one of which hangs on another.
const SMALL: &str = r#"format: 1
id: small
version: 1.0.0
title: "Small"
sections:
  one:
    title: "One"
    questions:
      care: { type: rating, ask: "Do you care?", anchors: { 0: "no", 1: "yes" } }
      late: { type: boolean, ask: "Is it late?", roles: [leadership, customer] }
      near: { type: boolean, ask: "Is it near?", relevant: { care: ">= 1" }, roles: [leadership] }
"#;

fn page(sandbox: &Sandbox, arguments: &str) -> String {
    sandbox.run(&format!("form {arguments}")).exits(0).stdout
}

/// What the script is given.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"form-data\">").expect("data");
    let (json, _) = rest.split_once("</script>").expect("an end");
    serde_json::from_str(json).expect("JSON")
}

fn assessed(pack: &str, client: &str) -> Sandbox {
    let text = format!("format: 1\nclient: {{ name: {client} }}\npacks: [./small]\n");
    Sandbox::new()
        .file("acme/small/pack.yaml", pack)
        .file("acme/assessment.yaml", text)
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let sandbox = Sandbox::new();
    for role in ["leadership", "customer"] {
        let packs = "--pack organisation --pack signs --pack principles --evidence";
        let page = page(&sandbox, &format!("{packs} --role {role}"));
        for load in [
            "<link", "<img", "<iframe", "url(", "@import", "src=", "fetch(", "import(",
        ] {
            assert!(!page.contains(load), "{load}");
        }
        assert_eq!(page.matches("<script").count(), 2);
        assert!(page.contains("default-src 'none'; script-src 'sha256-"));
        let attributes = page.split("href=\"").skip(1);
        let away = attributes.filter(|rest| !rest.starts_with(['#', 'h']));
        assert_eq!(
            away.count(),
            0,
            "links lead into the page or to pages packs name"
        );
    }
}

#[test]
fn the_same_rules_make_the_same_bytes() {
    let sandbox = Sandbox::new();
    let make = || page(&sandbox, "--pack organisation --role management");
    assert_eq!(make(), make());
}

#[test]
fn no_text_can_become_markup() {
    let mean = "</script><script>x()</script><b onclick='x()'>";
    let pack = small_pack("")
        .replace("Do you care?", mean)
        .replace("\"fully\"", "\"<i>fully\"");
    let sandbox = assessed(&pack, "\"<u>cme </title>\"");
    let page = page(&sandbox, "acme --role leadership");
    for raw in ["<script>x", "<b onclick", "<i>fully", "<u>cme"] {
        assert!(!page.contains(raw), "{raw}");
    }
    assert!(page.contains("&lt;u&gt;cme"));
    assert!(
        data(&page)["key"]
            .as_str()
            .expect("a key")
            .contains("<u>cme </title>")
    );
}

#[test]
fn commonmark_of_packs_is_read_and_their_html_is_text() {
    let about = "about: \"*Read* <b>this</b> [here](javascript:x)\"\n";
    let pack = small_pack("").replace("sections:", &format!("{about}sections:"));
    let page = page(&assessed(&pack, "Acme"), "acme --role leadership");
    assert!(page.contains("<em>Read</em> &lt;b&gt;this&lt;/b&gt; <a href=\"#\">here</a>"));
}

#[test]
fn a_role_is_asked_its_own_questions() {
    let sandbox = assessed(SMALL, "Acme");
    let ids = |role: &str| {
        let page = page(&sandbox, &format!("acme --role {role}"));
        let data = data(&page);
        let list = data["questions"].as_array().expect("questions");
        list.iter()
            .map(|one| one["id"].as_str().expect("an id")[6..].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("leadership"), ["care", "late", "near"]);
    assert_eq!(ids("customer"), ["care", "late"]);
    assert_eq!(ids("frontline"), ["care"]);
    let own = small_pack("        roles: [frontline]\n");
    let run = assessed(&own, "Acme")
        .run("form acme --role customer")
        .exits(2);
    run.says("these packs ask nothing of the role `customer`");
}

#[test]
fn evidence_is_asked_only_where_that_is_wanted() {
    let sandbox = assessed(SMALL, "Acme");
    let asks =
        |page: &str| page.contains("data-part=\"grade\"") || page.contains("data-part=\"ref\"");
    assert!(!asks(&page(&sandbox, "acme --role leadership")));
    assert!(asks(&page(&sandbox, "acme --role leadership --evidence")));
}

#[test]
fn browsers_keep_answers_to_other_questions_apart() {
    let key = |pack: &str, client: &str, role: &str| {
        let page = page(&assessed(pack, client), &format!("acme --role {role}"));
        data(&page)["key"].as_str().expect("a key").to_owned()
    };
    let own = key(SMALL, "Acme", "leadership");
    assert_eq!(key(SMALL, "Acme", "leadership"), own);
    for other in [
        key(SMALL, "Acme", "customer"),
        key(SMALL, "Other", "leadership"),
        key(&SMALL.replace("1.0.0", "1.0.1"), "Acme", "leadership"),
        key(&SMALL.replace("\"yes\"", "\"so\""), "Acme", "leadership"),
    ] {
        assert_ne!(other, own);
    }
}

#[test]
fn templates_and_branding_of_ones_own_come_first() {
    let sandbox = assessed(SMALL, "Acme")
        .file(
            "own/parts/form-before.html",
            "<p>Dear {{ form.role_words }}</p>",
        )
        .file("brand.yaml", "name: \"Us & them\"\ncolour: \"#7a1f3d\"\n")
        .file("bad/form.js", "{{ nothing }}");
    let page = page(
        &sandbox,
        "acme --role frontline --templates own --brand brand.yaml",
    );
    assert!(page.contains("<p>Dear front line</p>") && page.contains("Us &amp; them"));
    assert!(page.contains("--brand: #7a1f3d;"));
    let run = sandbox
        .run("form acme --role frontline --templates bad --out x.html")
        .exits(1);
    run.says("template `form.js`, line 1");
    assert!(!sandbox.path("x.html").exists());
}

#[test]
fn a_form_is_never_written_over_unasked() {
    let sandbox = assessed(SMALL, "Acme").file("forms/a.html", "mine");
    let run = sandbox
        .run("form acme --role frontline --out forms/a.html")
        .exits(1);
    run.says("already there").says("--force");
    assert_eq!(sandbox.read("forms/a.html"), "mine");
    sandbox
        .run("form acme --role frontline --out forms/a.html --force")
        .exits(0);
    sandbox
        .run("form acme --role frontline --out new/folder/a.html --quiet")
        .exits(0)
        .never("wrote");
    assert_eq!(
        sandbox.read("forms/a.html"),
        sandbox.read("new/folder/a.html")
    );
}

#[test]
fn what_cannot_be_asked_is_told() {
    let sandbox = assessed(SMALL, "Acme");
    sandbox.run("form acme").exits(2).says("--role");
    sandbox.run("form --role customer").exits(2).says("PATH");
    sandbox
        .run("form acme --role boss")
        .exits(2)
        .says("leadership, management");
    sandbox
        .run("form acme --pack signs --role customer")
        .exits(2);
    sandbox
        .run("form --pack sings --role customer")
        .exits(3)
        .says("did you mean `signs`?");
    let broken = assessed(&SMALL.replace("care:", "Care:"), "Acme");
    broken
        .run("form acme --role customer --out x.html")
        .exits(3);
    assert!(!broken.path("x.html").exists());
}
