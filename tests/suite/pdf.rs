//! `report --format pdf`: what a browser prints, and what is said where it does not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::browser::{Browser, is_there, left_out};
use crate::clients::NAMES;
use crate::sandbox::{ROOT, Sandbox, sample};
use hayro_syntax::Pdf;

const REPORT: &str = "report harbour --detail executive --format pdf --out out";
const WRITTEN: &str = "out/harbour-tools-marine-division-executive.pdf";

fn sandbox() -> Sandbox {
    Sandbox::new().file("harbour/assessment.yaml", sample())
}

/// The words of each page, laid out as printed or in the order of the text; `None` where no program
/// is there that reads them.
fn words(pdf: &Path, order: &str) -> Option<Vec<String>> {
    if !is_there("pdftotext") {
        left_out("pdftotext is not installed");
        return None;
    }
    let read = Command::new("pdftotext")
        .arg(order)
        .arg(pdf)
        .arg("-")
        .output();
    let text = String::from_utf8(read.expect("pdftotext runs").stdout).expect("UTF-8");
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    pages.pop();
    Some(pages)
}

fn is_pdf(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|end| end == "pdf")
}

/// A text without what differs between a line that is broken and one that is not.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_sample_has_two_pages_with_every_figure_of_the_others() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sandbox = Sandbox::new();
    let paths: Vec<String> = NAMES
        .iter()
        .map(|name| format!("{ROOT}/tests/clients/{name}"))
        .collect();
    let arguments = format!(
        "report {} --detail executive --format pdf,md --out out",
        paths.join(" ")
    );
    sandbox.run(&arguments).exits(0);
    let mut seen = 0;
    for file in sandbox.files().iter().filter(|file| is_pdf(file)) {
        let bytes = fs::read(sandbox.path(file)).expect("a file");
        let pdf = Pdf::new(bytes).expect("a PDF");
        assert_eq!(pdf.pages().len(), 2, "{file}");
        seen += 1;
        let Some(pages) = words(&sandbox.path(file), "-layout") else {
            continue;
        };
        let printed = joined(&pages.concat());
        let markdown = sandbox.read(&file.replace(".pdf", ".md"));
        let marks = markdown.replace(['*', '\\'], "");
        let figures = marks.split(|one: char| !one.is_ascii_digit() && one != '.' && one != '%');
        for figure in figures.filter(|text| text.starts_with(|one: char| one.is_ascii_digit())) {
            let figure = figure.trim_end_matches('.');
            assert!(printed.contains(figure), "{file}: {figure}\n{printed}");
        }
        for (page, number) in pages.iter().zip(1..) {
            assert!(
                page.contains(&format!("Page {number} of 2")),
                "{file}\n{page}"
            );
        }
    }
    assert_eq!(seen, NAMES.len());
}

#[test]
fn hard_inputs_have_two_pages_too() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sample = fs::read_to_string(format!(
        "{ROOT}/tests/clients/pellwick-shade/assessment.yaml"
    ));
    let sample = sample.expect("a client");
    let with = |client: &str, owner: &str| {
        let lines = sample.lines().map(|line| {
            if let Some((before, _)) = line.split_once("name: Pellwick Shade") {
                format!("{before}name: \"{client}\"")
            } else if let Some(place) = line.find(" owner: ") {
                format!("{} owner: \"{owner}\"", &line[..place])
            } else {
                line.to_owned()
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let long = "Vereinigte Norddeutsche Werkzeug- und Maschinenbaugesellschaft Hinrichsen & Söhne";
    let manager = "Head of international key account management and strategic market development";
    let customers = format!("{ROOT}/tests/clients/pellwick-shade/customers.csv");
    let customers = fs::read_to_string(customers).expect("a table");
    let sandbox = Sandbox::new()
        .file("long/assessment.yaml", with(long, manager))
        .file("arabic/assessment.yaml", with("شركة الخليج للأدوات والمعدات الصناعية", "مدير المبيعات"))
        .file("chinese/assessment.yaml", with("上海市浦東新區國際精密機械設備製造股份有限公司", "銷售主管"))
        .file("long/customers.csv", customers.clone())
        .file("arabic/customers.csv", customers.clone())
        .file("chinese/customers.csv", customers)
        .file(
            "none/assessment.yaml",
            "format: 1\nclient: { name: Nobody }\npacks: [organisation, retention, principles]\nanswers: {}\n",
        );
    let run = "report long arabic chinese none --detail executive --format pdf --out out";
    sandbox.run(run).exits(0);
    let files = sandbox.files();
    let files: Vec<&String> = files.iter().filter(|file| is_pdf(file)).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        let pdf = Pdf::new(fs::read(sandbox.path(file)).expect("a file")).expect("a PDF");
        assert_eq!(pdf.pages().len(), 2, "{file}");
    }
}

/// A line of Markdown as its cells, without marks, links and blanks.
fn cells(line: &str) -> Vec<String> {
    let mut text = line.replace("&amp;", "&");
    while let Some(anchor) = text.find("<a id=") {
        let end = text[anchor..].find("</a>").expect("the end of an anchor") + anchor;
        text.replace_range(anchor..end + "</a>".len(), "");
    }
    while let Some(link) = text.find("](") {
        let end = text[link..].find(')').expect("the end of a link") + link;
        text.replace_range(link..=end, "");
    }
    let text = text.replace(['*', '`', '\\', '['], "");
    let text = text.trim_start_matches(['#', '>', '-', ' ']);
    let text = match text.split_once(". ") {
        Some((number, rest)) if number.chars().all(|one| one.is_ascii_digit()) => rest,
        _ => text,
    };
    text.trim_matches('|').split('|').map(joined).collect()
}

#[test]
fn every_line_and_row_of_the_whole_report_stands_in_the_pdf() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sandbox = Sandbox::new();
    let clients = ["harbour-tools", "meridian-freight", "corner-bakery"];
    let paths = clients.map(|name| format!("{ROOT}/tests/clients/{name}"));
    sandbox
        .run(&format!(
            "report {} --detail all --format pdf,md --out out",
            paths.join(" ")
        ))
        .exits(0);
    let files = sandbox.files();
    let files: Vec<&String> = files.iter().filter(|file| is_pdf(file)).collect();
    assert_eq!(files.len(), clients.len(), "{files:?}");
    for file in files {
        let Some(pages) = words(&sandbox.path(file), "-raw") else {
            return;
        };
        let printed = joined(&pages.concat());
        let markdown = sandbox.read(&file.replace(".pdf", ".md"));
        let mut drawn = false;
        for line in markdown.lines().filter(|line| !line.starts_with("|--")) {
            // A drawing names its parts and their figures, each where it belongs.
            let head = line.starts_with("| Part | Index");
            drawn = head || drawn && line.starts_with('|');
            let cells = cells(line);
            if !drawn {
                let row = cells.concat();
                assert!(printed.contains(&row), "{file}: {line}\n{row}");
            } else if !head {
                for cell in cells.iter().filter(|cell| *cell != "–") {
                    let text = cell.replace("to", "–");
                    let there = [cell, &text]
                        .iter()
                        .any(|one| printed.contains(one.as_str()));
                    assert!(there, "{file}: {cell} of {line}");
                }
            }
        }
    }
}

#[test]
fn the_same_client_gives_the_same_bytes_of_the_day_of_the_assessment() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sandbox = sandbox();
    sandbox.run(REPORT).exits(0);
    let first = fs::read(sandbox.path(WRITTEN)).expect("a file");
    sandbox.run(&format!("{REPORT} --force")).exits(0);
    assert!(first == fs::read(sandbox.path(WRITTEN)).expect("a file"));
    let pdf = Pdf::new(first).expect("a PDF");
    let facts = pdf.metadata();
    assert_eq!(facts.title.as_deref(), Some(&b"Harbour Tools"[..]));
    for date in [facts.creation_date, facts.modification_date] {
        let date = date.expect("a day");
        let day = format!("{}-{}-{}", date.year, date.month, date.day);
        assert!(sample().contains(&format!("assessed_on: {day}")), "{day}");
        assert_eq!((date.hour, date.minute, date.second), (0, 0, 0));
    }
    let xref = pdf.xref();
    let root: hayro_syntax::object::Dict<'_> = xref.get(xref.root_id()).expect("a root");
    for key in ["Lang", "Outlines", "StructTreeRoot", "MarkInfo"] {
        assert!(root.contains_key(key), "{key}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_a_busy_browser_gives_its_parts_change_no_byte() {
    let Some(browser) = Browser::installed() else {
        return;
    };
    let script = format!("{browser} \"$@\"\nLC_ALL=C sed -i s/node000/busy777/g printed.pdf");
    let (sandbox, busy) = with_fake(&script);
    sandbox.run(REPORT).exits(0);
    let first = fs::read(sandbox.path(WRITTEN)).expect("a file");
    let named = [("CENTRICITY_BROWSER", busy.as_str())];
    sandbox
        .run_with(&named, &format!("{REPORT} --force"))
        .exits(0);
    assert!(first == fs::read(sandbox.path(WRITTEN)).expect("a file"));
}

/// A report with a cover, contents and thirty sections, each with a paragraph and a table.
fn long_template() -> String {
    let mut text = String::from(
        "<!-- cover -->\n\n# The whole of it\n\n<!-- /cover -->\n\n<!-- contents -->\n\n<!-- /contents -->\n\n",
    );
    for section in 1..=30 {
        let level = if section % 5 == 1 { "#" } else { "##" };
        write!(text, "{level} Section {section} claims\n\n").expect("text");
        for line in 0..section % 7 {
            write!(
                text,
                "Line {line} of it: {}\n\n",
                "some words more ".repeat(9)
            )
            .expect("text");
        }
        text.push_str("| Part | What it says |\n|---|---|\n");
        for row in 0..=(section * 7) % 12 {
            writeln!(
                text,
                "| Row {row} | {} |",
                "a cell of it ".repeat(section % 4 * 5 + 1)
            )
            .expect("text");
        }
        text.push('\n');
    }
    text
}

#[test]
fn contents_name_the_page_each_heading_is_on_and_no_heading_stands_last() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sandbox = sandbox()
        .file("mine/report/executive.md", long_template())
        .file(
            "brand.yaml",
            "name: Advisers\nconfidentiality: \"For \\\"Harbour\\\" }</style> only\"\n",
        );
    sandbox
        .run(&format!("{REPORT} --templates mine --brand brand.yaml"))
        .exits(0);
    let Some(pages) = words(&sandbox.path(WRITTEN), "-layout") else {
        return;
    };
    let [cover, contents, rest @ ..] = pages.as_slice() else {
        panic!("{pages:?}")
    };
    assert!(
        cover.contains("The whole of it") && !cover.contains("Page 1"),
        "{cover}"
    );
    assert!(!cover.contains("For \"Harbour\""), "{cover}");
    let total = pages.len();
    let mut places = BTreeMap::new();
    for (page, number) in rest.iter().zip(3..) {
        assert!(
            page.contains(&format!("Page {number} of {total}")),
            "{page}"
        );
        assert!(page.contains("For \"Harbour\" }</style> only"), "{page}");
        let lines: Vec<&str> = page
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        for (place, line) in lines.iter().enumerate() {
            if line.contains(" claims") {
                places.insert(line.trim().to_owned(), number);
                // Two lines of what follows, and the foot of the page.
                assert!(place + 3 < lines.len(), "page {number} ends with `{line}`");
            }
        }
        if let Some(at) = lines
            .iter()
            .position(|line| line.trim_start().starts_with("Row "))
        {
            let head = lines.get(at - 1).expect("a head");
            assert!(
                head.contains("What it says"),
                "page {number}: {head}\n{page}"
            );
        }
    }
    assert_eq!(
        places.len() + contents.matches("claims").count() - 30,
        30,
        "{contents}"
    );
    for (heading, page) in places {
        let line = contents
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{heading} ")));
        let line = line.unwrap_or_else(|| panic!("{heading}\n{contents}"));
        let said = line.split_whitespace().last().expect("a number");
        assert_eq!(said, page.to_string(), "{line}");
    }
}

/// A program in the sandbox that stands for a browser.
#[cfg(unix)]
fn with_fake(script: &str) -> (Sandbox, String) {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = sandbox().file("fake", format!("#!/bin/sh\n{script}\n"));
    let path = sandbox.path("fake");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    let path = path.display().to_string();
    (sandbox, path)
}

/// What is said of a browser that does this; nothing is written.
#[cfg(unix)]
#[track_caller]
fn refused(script: &str, said: &str) -> Sandbox {
    let (sandbox, fake) = with_fake(script);
    let temporary = sandbox.path("tmp");
    fs::create_dir(&temporary).expect("a folder");
    let variables = [
        ("CENTRICITY_BROWSER", fake.as_str()),
        ("CENTRICITY_BROWSER_SECONDS", "1"),
        ("TMPDIR", temporary.to_str().expect("UTF-8")),
    ];
    sandbox
        .run_with(&variables, REPORT)
        .exits(1)
        .says(said)
        .says("help: ");
    assert!(!sandbox.path("out").exists());
    let left = fs::read_dir(temporary).expect("a folder").count();
    assert_eq!(left, 0, "something is left behind");
    sandbox
}

#[cfg(unix)]
#[test]
fn a_browser_that_hangs_is_ended_with_all_its_processes() {
    let sandbox = refused(
        "sleep 600 & echo $! > \"$(dirname \"$0\")/process\"; wait",
        "had not printed after 1 seconds and was stopped",
    );
    let process = sandbox.read("process");
    let alive = Command::new("ps")
        .args(["-o", "stat=", "-p", process.trim()])
        .output();
    let state = String::from_utf8(alive.expect("ps runs").stdout).expect("UTF-8");
    assert!(state.trim().is_empty() || state.starts_with('Z'), "{state}");
}

#[cfg(unix)]
#[test]
fn a_browser_that_fails_or_writes_no_pdf_is_an_error_with_what_it_said() {
    refused(
        "echo some noise >&2; echo no display >&2; exit 3",
        "printed no PDF: no display",
    );
    refused("exit 0", "printed no PDF: nothing was said");
    let whole = "printf '%%PDF-1.4\\n%%%%EOF' > printed.pdf";
    refused(&format!("{whole}; exit 3"), "printed no PDF");
    refused("mkfifo printed.pdf", "printed no PDF");
    refused("ln -s /dev/zero printed.pdf", "printed no PDF");
    refused("echo hello > printed.pdf", "printed no PDF");
    refused("echo %PDF-1.4 and no more > printed.pdf", "printed no PDF");
    refused("yes > printed.pdf", "printed more than 128 MiB");
    refused("yes >&2", "was stopped");
}

#[cfg(unix)]
#[test]
fn a_machine_without_a_browser_is_told_what_to_do() {
    let sandbox = sandbox();
    sandbox
        .run_with(&[("PATH", "")], REPORT)
        .exits(1)
        .says("none was found")
        .says("CENTRICITY_BROWSER");
    for name in ["no-such-browser", "./no/such/browser"] {
        sandbox
            .run_with(&[("CENTRICITY_BROWSER", name)], REPORT)
            .exits(1)
            .says(&format!("there is no browser `{name}`"));
    }
    let (sandbox, fake) = with_fake("exit 0");
    for seconds in ["abc", "0", "-1", "1.5"] {
        let variables = [
            ("CENTRICITY_BROWSER", fake.as_str()),
            ("CENTRICITY_BROWSER_SECONDS", seconds),
        ];
        sandbox
            .run_with(&variables, REPORT)
            .exits(2)
            .says(&format!("says `{seconds}`, which is no number of seconds"));
    }
    assert!(!sandbox.path("out").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error() {
    let (sandbox, fake) = with_fake("exit 0");
    let variables = [
        ("CENTRICITY_BROWSER", fake.as_str()),
        ("TMPDIR", "/no/such/folder"),
    ];
    sandbox
        .run_with(&variables, REPORT)
        .exits(1)
        .says("/no/such/folder");
    assert!(!sandbox.path("out").exists());
}

#[test]
fn links_say_where_they_lead_and_furniture_is_set_apart() {
    let Some(_) = Browser::installed() else {
        return;
    };
    let sandbox = sandbox().file("mine/report/executive.md", long_template());
    sandbox.run(&format!("{REPORT} --templates mine")).exits(0);
    let pdf = Pdf::new(fs::read(sandbox.path(WRITTEN)).expect("a file")).expect("a PDF");
    let mut links = 0;
    for object in pdf.objects() {
        let Some(dict) = object.into_dict() else {
            continue;
        };
        let kind: Option<hayro_syntax::object::Name<'_>> = dict.get("Subtype");
        if kind.is_some_and(|kind| kind.as_ref() == b"Link") {
            assert!(dict.contains_key("Contents"));
            links += 1;
        }
    }
    assert!(links >= 30, "{links}");
    for page in pdf.pages().iter() {
        let (mut depth, mut operators) = (0, page.operations());
        while let Some(one) = operators.next() {
            let operator: &[u8] = one.operator;
            match operator {
                b"BMC" | b"BDC" => depth += 1,
                b"EMC" => depth -= 1,
                b"Tj" | b"TJ" | b"f" | b"S" => assert!(depth > 0),
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}
