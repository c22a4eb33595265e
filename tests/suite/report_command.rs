//! `report`: files to hand over, all of them or none.

use crate::sandbox::{Sandbox, answers, sample};
use pulldown_cmark::{Event, Options, Parser, Tag};

const NAME: &str = "harbour-tools-marine-division";

fn sandbox() -> Sandbox {
    Sandbox::new().file("harbour/assessment.yaml", sample())
}

fn named(name: &str) -> String {
    answers("promise: 2").replace("name: Acme", &format!("name: {name}"))
}

#[test]
fn a_report_is_written_in_html_and_markdown() {
    let sandbox = sandbox();
    sandbox
        .run("report harbour --out out")
        .exits(0)
        .says(&format!("wrote out/{NAME}.html"));
    assert_eq!(
        sandbox.files(),
        [
            "harbour/assessment.yaml",
            &format!("out/{NAME}-appendix.html"),
            &format!("out/{NAME}-appendix.md"),
            &format!("out/{NAME}.html"),
            &format!("out/{NAME}.md"),
        ]
    );
    for ending in ["html", "md"] {
        let text = sandbox.read(&format!("out/{NAME}.{ending}"));
        assert!(
            text.contains("Harbour Tools")
                && text.contains("Someone answers for each key customer or group")
        );
    }
    assert!(
        sandbox
            .read(&format!("out/{NAME}.html"))
            .starts_with("<!DOCTYPE html>")
    );
}

#[test]
fn one_format_goes_to_standard_output() {
    let sandbox = sandbox();
    sandbox
        .run("report harbour --format md")
        .exits(0)
        .prints("**Harbour Tools**, Marine division")
        .prints("# Appendix");
    let json = sandbox.run("report harbour --format json").exits(0).stdout;
    assert_eq!(json, sandbox.run("assess harbour --format json").stdout);
    sandbox
        .run("report harbour")
        .exits(2)
        .says("add `--out DIR`");
    sandbox
        .run("report harbour harbour --format md")
        .exits(2)
        .says("add `--out DIR`");
}

#[test]
fn each_length_is_a_file_of_its_own() {
    let sandbox = sandbox();
    for (detail, ends) in [
        ("executive", vec!["-executive"]),
        ("full", vec!["-appendix", ""]),
        ("appendix", vec!["-appendix"]),
        ("all", vec![""]),
    ] {
        sandbox
            .run(&format!(
                "report harbour --out {detail} --detail {detail} --format docx,json"
            ))
            .exits(0);
        let files = sandbox.files().into_iter();
        let files: Vec<String> = files
            .filter(|one| one.starts_with(&format!("{detail}/")))
            .collect();
        let docx = ends.iter().map(|end| format!("{detail}/{NAME}{end}.docx"));
        let json = ends.last().map(|end| format!("{detail}/{NAME}{end}.json"));
        let mut wanted: Vec<String> = docx.chain(json).collect();
        wanted.sort();
        assert_eq!(files, wanted);
    }
}

#[test]
fn several_are_written_the_same_in_any_order_from_any_folder() {
    let sandbox = sandbox()
        .file("clients/a.yaml", named("Acme"))
        .file("clients/b.yaml", named("Birch"));
    sandbox
        .run("report harbour clients/a.yaml clients/b.yaml --out one --format html,md,json")
        .exits(0);
    sandbox
        .run_in(
            "clients",
            "report b.yaml ../harbour a.yaml --out ../two --format json,md,html",
        )
        .exits(0);
    let folder = sandbox.path("").display().to_string();
    for name in [NAME, "acme", "birch"] {
        for ending in ["html", "md", "json"] {
            let text = sandbox.read(&format!("one/{name}.{ending}"));
            assert_eq!(text, sandbox.read(&format!("two/{name}.{ending}")));
            assert!(!text.contains(&folder));
        }
    }
}

#[test]
fn two_reports_of_one_name_are_refused_before_anything_is_written() {
    let sandbox = sandbox()
        .file("a.yaml", named("Acme"))
        .file("b.yaml", named("ACME!"));
    sandbox
        .run("report harbour a.yaml b.yaml --out out")
        .exits(2)
        .says("`a.yaml` and `b.yaml` would both be written to `acme`");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn what_is_there_is_replaced_only_by_force() {
    let sandbox = sandbox().file(&format!("out/{NAME}.md"), "mine");
    sandbox
        .run("report harbour --out out")
        .exits(1)
        .says(&format!("`out/{NAME}.md` is already there"))
        .says("--force");
    assert_eq!(sandbox.files().len(), 2);
    assert_eq!(sandbox.read(&format!("out/{NAME}.md")), "mine");
    sandbox.run("report harbour --out out --force").exits(0);
    assert!(
        sandbox
            .read(&format!("out/{NAME}.md"))
            .contains("Harbour Tools")
    );
}

#[cfg(unix)]
#[test]
fn a_folder_or_a_link_in_the_place_of_a_file_stays() {
    let sandbox = sandbox().file(&format!("out/{NAME}.md/mine"), "mine");
    let run = sandbox.run("report harbour --out out --force");
    run.exits(1).says("is already there, as a folder");
    let sandbox = self::sandbox().file("out/mine", "mine");
    let link = sandbox.path(&format!("out/{NAME}.md"));
    std::os::unix::fs::symlink("nowhere", &link).expect("a link");
    for force in ["", " --force"] {
        let run = sandbox.run(&format!("report harbour --out out{force}"));
        run.exits(1).says("is a link to `nowhere`");
    }
    assert!(link.is_symlink());
}

#[test]
fn names_of_devices_are_no_names_of_files() {
    let sandbox = Sandbox::new()
        .file("a.yaml", named("CON"))
        .file("b.yaml", named("Lpt1"))
        .file("c.yaml", named("Com 12"));
    let run = "report a.yaml b.yaml c.yaml --out out --format json";
    sandbox.run(run).exits(0);
    for name in ["con-report", "lpt1-report", "com-12"] {
        assert!(
            sandbox.path(&format!("out/{name}.json")).is_file(),
            "{name}"
        );
    }
}

#[test]
fn one_invalid_assessment_stops_them_all() {
    let sandbox = sandbox().file("bad.yaml", answers("promise: 9"));
    sandbox
        .run("report harbour bad.yaml --out out")
        .exits(3)
        .says("bad.yaml:6:14");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let sandbox = sandbox().file("out", "a file");
    sandbox
        .run("report harbour --out out")
        .exits(1)
        .says("cannot write `out`");
    sandbox
        .run("report harbour --out out/inside")
        .exits(1)
        .says("cannot write `out/inside`");
    sandbox
        .run("report harbour --out /proc/nowhere")
        .exits(1)
        .says("cannot write `/proc/nowhere`");
    sandbox
        .run("report harbour --out /proc")
        .exits(1)
        .says("cannot write `/proc`");
    assert_eq!(sandbox.read("out"), "a file");
    assert_eq!(sandbox.files().len(), 2);
}

#[test]
fn a_client_without_latin_letters_is_named_after_its_file() {
    let sandbox = Sandbox::new().file("tokyo.yaml", named("東京"));
    sandbox
        .run("report tokyo.yaml --out out --format md")
        .exits(0)
        .says("wrote out/tokyo.md");
}

#[test]
fn a_template_of_ones_own_replaces_the_built_in_one() {
    let sandbox = sandbox().file("mine/report/full.md", "Hello {{ result.client.name }}\n");
    sandbox
        .run("report harbour --out out --templates mine")
        .exits(0);
    let text = sandbox.read(&format!("out/{NAME}.md"));
    assert_eq!(text, "Hello Harbour Tools\n");
    sandbox
        .run("report harbour --format md --templates nowhere")
        .exits(1)
        .says("cannot read `nowhere`");
}

#[test]
fn a_template_that_loops_or_asks_for_nothing_is_told_and_leaves_nothing() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}\n";
    for (text, words) in [
        (loops, "does it loop?"),
        ("{% include 'report/full.md' %}", "full.md"),
        ("\n{{ nothing }}", "line 2"),
        ("{% for %}", "full.md"),
    ] {
        let sandbox = sandbox().file("mine/report/full.md", text);
        sandbox
            .run("report harbour --out out --templates mine")
            .exits(1)
            .says("report/full.md")
            .says(words);
        assert!(!sandbox.path("out").exists());
    }
}

#[test]
fn branding_is_checked_and_shown() {
    let sandbox = sandbox().file(
        "brand.yaml",
        "name: Keel & Partners\ncolour: \"#7a1f3d\"\nconfidentiality: For the board\n",
    );
    sandbox
        .run("report harbour --format html --brand brand.yaml")
        .exits(0)
        .prints("Keel &amp; Partners")
        .prints("For the board")
        .prints("#7a1f3d");
    let sandbox = sandbox.file("brand.yaml", "colour: \"red; } body { display: none }\"\n");
    let run = sandbox
        .run("report harbour --format html --brand brand.yaml")
        .exits(3)
        .says("brand.yaml:1:9");
    assert_eq!(run.stdout, "");
}

#[test]
fn what_a_client_typed_stays_text() {
    let script = "<script>alert(1)</script>";
    let markup = "](javascript:alert(2)) | **x** <img src=x onerror=alert(3)>";
    let text = answers(&format!(
        "promise: {{ value: 2, note: \"{script}{markup}\", evidence: {{ grade: document, ref: \"{script}{markup}\", link: \"javascript:alert(4)\" }} }}\nteams: {{ not_applicable: \"{script}{markup}\" }}\npower: {{ value: 1, target: 3, owner: \"{script}\" }}"
    ));
    let text = text.replace(
        "name: Acme",
        &format!("name: \"{script}{markup}\", unit: \"{script}\""),
    );
    let sandbox = Sandbox::new().file("a.yaml", text);
    let html = sandbox.run("report a.yaml --format html").exits(0).stdout;
    let html = crate::report::without_script(&html);
    assert!(html.contains("&lt;script&gt;"));
    for bad in ["<script", "<img", "href=\"javascript:"] {
        assert!(!html.to_lowercase().contains(bad), "{bad}");
    }
    let md = sandbox.run("report a.yaml --format md").exits(0).stdout;
    for event in Parser::new_ext(&md, Options::all()) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &event {
            assert!(dest_url.starts_with('#'), "{dest_url}");
        }
        if let Event::Html(html) | Event::InlineHtml(html) = &event {
            assert!(
                html.starts_with("<a id=") || html.starts_with("</a>"),
                "{html}"
            );
        }
    }
}
