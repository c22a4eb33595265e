//! Templates and brands of the user's: theirs come first, none runs away, what is wrong is said.

use crate::report::{BOTH, Case};
use centricity::diagnostic::{Diagnostics, Sources};
use centricity::report::Templates;
use centricity::report::brand::{Brand, BrandFile};
use centricity::yaml;

fn folder(name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(name), text).unwrap();
    dir
}

#[test]
fn a_template_of_the_users_comes_first_by_name() {
    let dir = folder("report.md", "Hello {{ subject.client|md }}\n");
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

fn brand(text: &str, logo: Option<&[u8]>) -> (Option<Brand>, Vec<String>) {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("brand.yaml", text.to_owned());
    let file: BrandFile = yaml::read(&sources, id, &mut problems).unwrap();
    let brand = Brand::check(&file, logo, &mut problems);
    (
        brand,
        problems.iter().map(|it| it.message.clone()).collect(),
    )
}

#[test]
fn branding_is_checked() {
    let (good, problems) = brand(
        "name: Quay\ncolour: '#7a1f3d'\ncolour_dark: '#e59ab0'\nlogo: a.png",
        Some(b"\x89PNGx"),
    );
    let good = good.unwrap();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(good.css, ":root{--brand:#7a1f3d;--brand-dark:#e59ab0}");
    assert_eq!(good.logo.as_deref(), Some("data:image/png;base64,iVBOR3g="));
    let (bad, problems) = brand("colour: 'red;}'\nlogo: a.png", Some(b"<html>"));
    assert_eq!((bad, problems.len()), (None, 2));
    let (pale, problems) = brand("colour: '#ffff00'\ncolour_dark: '#ffff00'", None);
    assert!(pale.is_some() && problems.len() == 1, "{problems:?}");
}
