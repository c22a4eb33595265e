//! Templates of the user's: theirs come first, none runs away, what is wrong is said.

use crate::report::{BOTH, Case};
use centricity::report::Templates;

fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(name), text).unwrap();
    dir
}

#[test]
fn a_template_of_the_users_comes_first_by_name() {
    let dir = folder("report.md", "Hello {{ subject.client }}\n");
    let (html, md) = Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap();
    assert_eq!(md, "Hello C\n");
    assert!(html.starts_with("<!doctype html>"));
}

#[test]
fn a_template_that_does_not_end_is_stopped() {
    let long = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    let deep = "{% include 'report.html' %}";
    for (text, said) in [(long, "steps"), (deep, "report.html")] {
        let dir = folder("report.html", text);
        let error = Case::tiny(BOTH)
            .reports(&Templates::with_folder(dir.path()).unwrap())
            .unwrap_err();
        assert!(
            error.to_string().contains(said) && error.to_string().contains("`report.html`"),
            "{error}"
        );
    }
}

#[test]
fn a_name_the_view_does_not_know_is_an_error_that_says_where() {
    for text in [
        "a\n{{ subject.nobody }}",
        "a\n{{ nobody }}",
        "a\n{% if packs[0].nobody %}{% endif %}",
    ] {
        let dir = folder("report.html", text);
        let error = Case::tiny(BOTH)
            .reports(&Templates::with_folder(dir.path()).unwrap())
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("template `report.html`, line 2"),
            "{error}"
        );
    }
}

#[test]
fn a_template_reaches_no_file_outside_its_folder() {
    let dir = folder("report.html", "{% include '../secret.html' %}");
    std::fs::write(dir.path().parent().unwrap().join("secret.html"), "x").unwrap();
    let error = Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap_err();
    let _ = std::fs::remove_file(dir.path().parent().unwrap().join("secret.html"));
    assert!(error.to_string().contains("secret.html"), "{error}");
}

/// What a template for HTML and one for Markdown make of the same text.
fn both(text: &str) -> (String, String) {
    let dir = folder("report.html", text);
    std::fs::write(dir.path().join("report.md"), text).unwrap();
    Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap()
}

#[test]
fn what_is_printed_is_escaped_for_the_format_it_stands_in() {
    let typed = r##"{{ "<b> & *you* | 1" }} {{ "# x" }} {{ 2.5 }} {{ "*" | safe }} {{ none }}"##;
    let (html, md) = both(typed);
    assert_eq!(html, "&lt;b&gt; &amp; *you* | 1 # x 2.5 * None");
    assert_eq!(md, r"&lt;b&gt; &amp; \*you\* \| 1 \# x 2.5 * None");
}

#[test]
fn lists_are_written_whole_and_escaped() {
    let (html, md) = both(r#"{{ ["<1", none, "", "a|b", 0.5, 0] | cells }}"#);
    assert_eq!(
        html,
        "<td>&lt;1</td><td>–</td><td>–</td><td>a|b</td><td>0.5</td><td>0</td>"
    );
    assert_eq!(md, r" &lt;1 | – | – | a\|b | 0.5 | 0 |");

    let lines = r#"{{ [{"term": "Answer", "text": "<no>", "link": none},
        {"term": "Evidence", "text": "a*", "link": "https://a.b/\"c"}] | terms }}"#;
    let (html, md) = both(lines);
    assert_eq!(
        html,
        "<dt>Answer</dt><dd>&lt;no&gt;</dd>\n<dt>Evidence</dt><dd><a href=\"https:&#x2f;&#x2f;a.b\
         &#x2f;&quot;c\" rel=\"noopener noreferrer\">a*</a></dd>"
    );
    assert_eq!(md, r#"Answer: &lt;no&gt;. Evidence: a\* (https\://a.b/"c)"#);

    let because = r#"{{ [{"label": "A & B", "answer": "_3_", "anchor": "q-a"},
        {"label": "Score", "answer": "2", "anchor": none}] | answers }}"#;
    let (html, md) = both(because);
    assert_eq!(
        html,
        "<li><a href=\"#q-a\">A &amp; B</a>: _3_</li>\n<li>Score: 2</li>"
    );
    assert_eq!(md, "- A &amp; B: \\_3\\_\n- Score: 2");
    assert_eq!(both("{{ [] | cells }}{{ [] | terms }}").0, "");
}

#[test]
fn a_list_that_is_none_is_an_error_that_says_where() {
    for filter in ["cells", "terms", "answers"] {
        let dir = folder("report.html", &format!("\n{{{{ 3 | {filter} }}}}"));
        let error = Case::tiny(BOTH)
            .reports(&Templates::with_folder(dir.path()).unwrap())
            .unwrap_err();
        let told = error.to_string();
        assert!(told.starts_with("template `report.html`, line 2"), "{told}");
    }
}
