//! Templates of the user's: theirs come first, none runs away, what is wrong is said.

use crate::clients::Client;
use crate::report::{BOTH, Case};
use centricity::assess::assessment::MatchedResult;
use centricity::report::Templates;
use centricity::report::brand::Brand;
use centricity::report::context::ReportContext;

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

#[test]
fn a_file_that_replaces_nothing_is_an_error_with_the_nearest_name() {
    for (name, said) in [
        ("reprot.md", "did you mean `report.md`?"),
        ("logo.txt", "`logo.txt` replaces no template"),
        ("own.md", "own/"),
    ] {
        let error = Templates::with_folder(folder(name, "x").path()).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
    for name in ["README.md", ".notes"] {
        Templates::with_folder(folder(name, "x").path()).unwrap();
    }
}

#[test]
fn templates_of_ones_own_are_included_from_their_folder() {
    let dir = folder("report.md", "{% include 'own/greeting.md' %}");
    std::fs::create_dir(dir.path().join("own")).unwrap();
    std::fs::write(dir.path().join("own/greeting.md"), "Good day\n").unwrap();
    let (_, md) = Case::tiny(BOTH)
        .reports(&Templates::with_folder(dir.path()).unwrap())
        .unwrap();
    assert_eq!(md, "Good day\n");
    std::fs::write(dir.path().join("own/logo.png"), "x").unwrap();
    assert!(Templates::with_folder(dir.path()).is_err());
}

/// What is said of a template of the two pages of a sample client.
fn told(text: &str) -> String {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("report")).unwrap();
    std::fs::write(dir.path().join("report/executive.md"), text).unwrap();
    let client = Client::named("corner-bakery");
    let result = MatchedResult::new(&client.rulebook, &client.assessment).unwrap();
    let brand = Brand::default();
    let templates = Templates::with_folder(dir.path()).unwrap();
    let report = ReportContext::new(&result, &brand).report(&templates, "executive");
    report.unwrap().markdown().unwrap_err().to_string()
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let said = told("a\n{{ result.clinet }}");
    for part in [
        "template `report/executive.md`, line 2: `result.clinet` is not there",
        "did you mean `client`?",
        "`result` has `actions`, ",
        " more",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = told("{{ stading }}");
    assert!(said.contains("did you mean `standing`?"), "{said}");
    assert!(
        said.contains("`brand`") && said.contains("`item`"),
        "{said}"
    );
    let said = told("{% for one in result.packs %}{{ one.titel }}{% endfor %}");
    assert!(said.contains("`one.titel` is not there"), "{said}");
    let said = told("{{ figures[\"organisation.ligth\"] }}");
    assert!(said.contains("is not there"), "{said}");
    let said = told("{% if result.client.nmae %}{% endif %}");
    assert!(said.contains("did you mean `name`?"), "{said}");
}

#[test]
fn what_is_told_of_a_template_is_short_and_without_control_characters() {
    let said = told(&format!("{{{{ {} }}}}", "a".repeat(100_000)));
    assert!(said.chars().count() < 1_500, "{}", said.len());
    let said = told("{{ result[\"\u{1b}[31m\"] }}");
    assert!(!said.chars().any(char::is_control), "{said:?}");
}
