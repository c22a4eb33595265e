//! Templates of the user's: theirs come first, none runs away, what is wrong is said.

use crate::clients::Client;
use crate::report::{BOTH, Case};
use centricity::assess::MatchedResult;
use centricity::report::{Brand, ReportContext, Templates};

fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    dir
}

/// The report as HTML and as Markdown by the templates of a folder.
fn reports(dir: &tempfile::TempDir) -> centricity::text::Result<(String, String)> {
    Case::tiny(BOTH).reports(&Templates::with_folder(dir.path())?)
}

#[test]
fn a_template_of_the_users_comes_first_by_name() {
    let dir = folder("report/all.md", "Hello {{ result.client.name }}\n");
    let (html, md) = reports(&dir).unwrap();
    assert_eq!(md, "Hello C\n");
    assert!(html.contains("<p>Hello C</p>"), "{html}");
}

#[test]
fn a_template_that_does_not_end_is_stopped() {
    let long = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    let deep = "{% include 'html/report.html' %}";
    for (text, said) in [(long, "steps"), (deep, "html/report.html")] {
        let dir = folder("html/report.html", text);
        let error = reports(&dir).unwrap_err();
        assert!(
            error.to_string().contains(said) && error.to_string().contains("`html/report.html`"),
            "{error}"
        );
    }
}

#[test]
fn a_name_the_view_does_not_know_is_an_error_that_says_where() {
    for text in [
        "a\n{{ result.nobody }}",
        "a\n{{ nobody }}",
        "a\n{% if packs[0].nobody %}{% endif %}",
    ] {
        let dir = folder("html/report.html", text);
        let error = reports(&dir).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("template `html/report.html`, line 2"),
            "{error}"
        );
    }
}

#[test]
fn a_template_reaches_no_file_outside_its_folder() {
    let dir = folder("html/report.html", "{% include '../secret.html' %}");
    std::fs::write(dir.path().parent().unwrap().join("secret.html"), "x").unwrap();
    let error = reports(&dir).unwrap_err();
    let _ = std::fs::remove_file(dir.path().parent().unwrap().join("secret.html"));
    assert!(error.to_string().contains("secret.html"), "{error}");
}

#[test]
fn what_is_printed_is_escaped_for_the_format_it_stands_in() {
    let typed = r##"{{ "<b> & *you* | 1" }} {{ "# x" }} {{ 2.5 }} {{ "*" | safe }} {{ none }}"##;
    let html = folder("html/report.html", typed);
    assert_eq!(
        reports(&html).unwrap().0,
        "&lt;b&gt; &amp; *you* | 1 # x 2.5 * None"
    );
    let md = folder("report/all.md", typed);
    assert_eq!(
        reports(&md).unwrap().1,
        "&lt;b&gt; &amp; \\*you\\* \\| 1 \\# x 2.5 * None\n"
    );
}

#[test]
fn a_file_that_replaces_nothing_is_an_error_with_the_nearest_name() {
    for (name, said) in [
        ("report/exectuive.md", "did you mean `report/executive.md`?"),
        ("logo.txt", "`logo.txt` replaces no template"),
        ("own.md", "own/"),
    ] {
        let error = Templates::with_folder(folder(name, "x").path()).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
    for name in ["README.md", ".notes"] {
        let error = Templates::with_folder(folder(name, "x").path()).unwrap_err();
        assert!(error.to_string().contains("holds no template"), "{error}");
    }
    let dir = folder("report/executive.md/note.txt", "x");
    let error = Templates::with_folder(dir.path()).unwrap_err();
    let said = "`report/executive.md` in `";
    assert!(error.to_string().starts_with(said), "{error}");
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let parts = "<!-- part -->\n\n".repeat(2_000);
    let lists: Vec<_> = (0..400).map(|one| " ".repeat(one * 2) + "- a").collect();
    let lists = lists.join("\n");
    for text in [">".repeat(2_000) + " x", lists, parts] {
        let dir = folder("report/all.md", &text);
        let error = reports(&dir).unwrap_err().to_string();
        assert!(error.contains("nested deeper"), "{error}");
    }
}

#[test]
fn what_word_could_not_open_is_an_error_that_names_the_template() {
    for (text, said) in [
        ("<p></r>", "'p'"),
        ("<p>", ""),
        ("", ""),
        ("hello", ""),
        ("<a/><b/>", ""),
        ("<a>&nbsp;</a>", "nbsp"),
        ("<zz:p/>", "zz"),
        ("<a b='' b=''/>", "'b'"),
        ("<a>\u{1}</a>", ""),
    ] {
        let dir = folder("word/footer.xml", text);
        let templates = Templates::with_folder(dir.path()).unwrap();
        let client = Client::named("corner-bakery");
        let result = MatchedResult::new(&client.rulebook, &client.assessment).unwrap();
        let brand = Brand::default();
        let report = ReportContext::new(&result, &brand).report(&templates, "executive");
        let error = report.unwrap().word(None).unwrap_err().to_string();
        let named = error.starts_with("template `word/footer.xml`") && error.contains("not XML");
        assert!(named && error.contains(said), "{error}");
    }
}

#[test]
fn templates_of_ones_own_are_included_from_their_folder() {
    let dir = folder("report/all.md", "{% include 'own/greeting.md' %}");
    std::fs::create_dir(dir.path().join("own")).unwrap();
    std::fs::write(dir.path().join("own/greeting.md"), "Good day\n").unwrap();
    assert_eq!(reports(&dir).unwrap().1, "Good day\n");
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
    let said = told("{{ figrues }}");
    assert!(said.contains("did you mean `figures`?"), "{said}");
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
    let said = told(&format!("{{{{ {} }}}}", "a".repeat(7_000)));
    assert!(said.chars().count() < 1_500, "{}", said.len());
    let said = told("{{ result[\"\u{1b}[31m\"] }}");
    assert!(!said.chars().any(char::is_control), "{said:?}");
}
