//! What a client typed and what a pack holds stay text in a report.

use crate::report::{BOTH, Case, elements, without_script};

#[test]
fn what_a_client_types_stays_text() {
    let evil = r"<script>alert(1)</script> **b** [x](javascript:y) `c` | # h <img src=x onerror=y>";
    let quoted = format!("'{}'", evil.replace('\'', "''"));
    let answers = format!(
        "format: 1\nclient: {{ name: {quoted}, unit: {quoted} }}\npacks: [tiny]\nanswers:\n  tiny:\n    \
        a: {{ value: 4, note: {quoted}, target: 4, owner: {quoted}, evidence: {{ grade: document, ref: {quoted}, link: 'javascript:alert(1)' }} }}\n    \
        b: {{ not_applicable: {quoted} }}\n    c: {quoted}\n"
    );
    let case = Case::tiny(&answers);
    let (html, md) = case.plain();
    let html = without_script(&html);
    assert!(!elements(&html).iter().any(|name| name == "script"));
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript")
    );
    assert_eq!(
        html.matches("&lt;script&gt;").count() + html.matches("&lt;script>").count(),
        html.matches("&lt;script").count()
    );
    let mut parsed = String::new();
    pulldown_cmark::html::push_html(
        &mut parsed,
        pulldown_cmark::Parser::new_ext(&md, pulldown_cmark::Options::all()),
    );
    assert!(
        !parsed.contains("<script")
            && !parsed.contains("<img")
            && !parsed.contains("javascript:y\"")
    );
    assert!(
        !parsed.contains("<strong>b</strong>") && !parsed.contains("<code>c</code>"),
        "{parsed}"
    );
    let json = serde_json::to_string(&case.assessment).unwrap();
    let back: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(back["client"]["name"], evil);
}

#[test]
fn what_cannot_be_printed_is_in_no_report() {
    let head = "format: 1\nclient: { name: \"a\\u0007\\u202eb\" }\npacks: [tiny]\n";
    let (html, md) = Case::tiny(&format!("{head}{BOTH}")).plain();
    for text in [html, md] {
        let odd = |one: char| one == '\u{202e}' || (one.is_control() && one != '\n');
        assert!(!text.contains(odd), "{text}");
        assert!(text.contains("a  b"), "{text}");
    }
}

#[test]
fn raw_html_of_a_pack_becomes_text() {
    let (html, md) = Case::tiny(BOTH).plain();
    assert!(
        html.contains("<em>emphasis</em>")
            && !html.contains("<b>raw</b>")
            && !html.contains("javascript")
    );
    assert!(md.contains("*emphasis*") && md.contains("&lt;b&gt;raw") && !md.contains("javascript"));
}

#[test]
fn evidence_links_lead_to_pages_only() {
    let answer = |link: &str| {
        let answers = format!(
            "answers:\n  tiny:\n    a: {{ value: 4, evidence: {{ grade: record, ref: R, link: '{link}' }} }}\n"
        );
        Case::tiny(&answers).plain().0
    };
    assert!(!answer("data:text/html,x").contains("href=\"data"));
    assert!(!answer(" javascript:x").contains("href=\" javascript"));
}
