//! `compare`: files, folders, revisions and stored results, and what cannot be compared.

use crate::revisions::{commit, git, repository};
use crate::sandbox::schema;
use crate::sandbox::{ROOT, Run, Sandbox, answers, small_pack};

/// A repository whose client answered better since the commit.
fn moved() -> Sandbox {
    let before =
        answers("promise: 1\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: unknown");
    let after = answers("promise: 3\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2");
    repository(Sandbox::new().file("acme/assessment.yaml", before))
        .file("acme/assessment.yaml", after)
}

fn score(run: &Run, id: &str) -> serde_json::Value {
    let told = run.json();
    let scores = told["scores"].as_array().expect("scores").clone();
    scores.into_iter().find(|one| one["id"] == id).expect(id)
}

#[test]
fn a_revision_is_compared_with_what_is_there_now() {
    let sandbox = moved();
    let run = sandbox.run("compare main:acme acme --format json").exits(0);
    let light = score(&run, "organisation.light");
    // 7/4 = 43.75 and 11/5 = 55; on the four common ones 43.75 and 9/4 = 56.25.
    assert_eq!(light["from"]["index"], 43.75);
    let is = light["to"]["index"].as_f64().expect("an index");
    assert!((is - 55.0).abs() < 1e-9);
    assert_eq!(light["common"]["difference"], 12.5);
    // The open question allowed 20 points.
    assert_eq!(light["movement"], "slight");
    assert_eq!(light["because"][0]["id"], "organisation.promise");
    let schema = jsonschema::validator_for(&schema("comparison")).expect("a schema");
    assert!(schema.is_valid(&run.json()));
    let text = sandbox.run("compare main:acme acme").exits(0);
    text.prints("What moved: Acme")
        .prints("No score moved by enough to be called a change.")
        .prints("Answers open on one side")
        .prints("answered now");
}

#[test]
fn every_format_says_the_same_and_escapes_what_was_typed() {
    let name = "<b>Bo & *co*</b> | \u{202e}x";
    let text = |rating: u8| {
        answers(&format!(
            "promise: {rating}\nteams: 1\nshared-view: 1\nshared-reward: 1\ncross-skill: 1"
        ))
        .replace("name: Acme", &format!("name: \"{name}\""))
    };
    let sandbox = Sandbox::new()
        .file("a.yaml", text(0))
        .file("b.yaml", text(4));
    let md = sandbox.run("compare a.yaml b.yaml --format md").exits(0);
    md.prints("| Light form | 20.0 | 40.0 | **+20.0** | [Promise to customers](#b_organisation_promise) +20.0 |")
        .prints("<a id=\"b_organisation_promise\"></a>Promise to customers (organisation.promise)")
        .prints("&lt;b&gt;Bo &amp; \\*co\\*")
        .never("<b>Bo");
    let html = sandbox.run("compare a.yaml b.yaml --format html").exits(0);
    html.prints("&lt;b&gt;Bo &amp; *co*")
        .prints("<line class=\"range\" x1=\"20.0%\" x2=\"40.0%\"")
        .never("<b>Bo")
        .never("http://")
        .never("<script");
    let text = sandbox.run("compare a.yaml b.yaml").exits(0);
    for line in text.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let row = text.stdout.lines().find(|line| line.starts_with("Light "));
    let row: Vec<&str> = row.expect("a row").split_whitespace().collect();
    assert_eq!(row[..5], ["Light", "form", "20.0", "40.0", "+20.0"]);
    assert_eq!(row[5..], ["Promise", "to", "customers", "+20.0"]);
}

/// Every sample client against every other of the same packs, in what a comment on a pull request
/// holds; links lead to places there are, and every cut list says so.
#[test]
fn a_comparison_fits_a_comment_and_its_links_lead_somewhere() {
    let clients = crate::stored::CLIENTS.map(|one| format!("{ROOT}/tests/clients/{one}"));
    let mut seen = 0;
    for (a, b) in clients.iter().zip(clients.iter().skip(1)) {
        let run = Sandbox::new().run(&format!("compare {a} {b} --format md"));
        if run.code != 0 {
            continue;
        }
        let text = run.stdout;
        assert!(text.chars().count() < 65_536, "{a} {b}: {}", text.len());
        for link in text.split("](#").skip(1) {
            let id = link.split(')').next().expect("an end");
            assert!(text.contains(&format!("<a id=\"{id}\"></a>")), "{id}");
        }
        seen += 1;
    }
    assert!(seen > 2, "{seen}");
}

#[test]
fn the_same_file_twice_moved_nothing() {
    let sandbox = Sandbox::new().file("a.yaml", answers("promise: 1"));
    sandbox
        .run("compare a.yaml a.yaml")
        .exits(0)
        .prints("Nothing moved.");
    sandbox
        .run("compare a.yaml a.yaml --format md")
        .exits(0)
        .prints("Nothing moved.");
    sandbox
        .run("compare a.yaml a.yaml --format html")
        .exits(0)
        .prints("Nothing moved.");
}

#[test]
fn stored_results_are_read_and_said_to_be_that() {
    let sandbox = moved();
    let kept = sandbox
        .run("assess main:acme --format json")
        .exits(0)
        .stdout;
    let later = kept.replacen(
        "\"format\": 1,",
        "\"format\": 1,\n  \"added_later\": [1, 2],",
        1,
    );
    let sandbox = sandbox.file("kept.json", &kept).file("later.json", later);
    let run = sandbox.run("compare kept.json acme").exits(0);
    run.prints("One side is a stored result")
        .prints("stored result")
        .prints("Promise");
    sandbox
        .run("compare later.json kept.json")
        .exits(0)
        .prints("Nothing moved.");
    commit(&sandbox, "2026-02-28");
    sandbox
        .run("compare main:kept.json acme")
        .exits(0)
        .prints("stored result");
    let json = sandbox.run("compare kept.json acme --format json").exits(0);
    let light = score(&json, "organisation.light");
    assert!(light["common"].is_null() && light["because"][0]["index"].is_null());
}

#[test]
fn stored_results_that_are_none_are_refused() {
    let sandbox = moved();
    let kept = sandbox
        .run("assess main:acme --format json")
        .exits(0)
        .stdout;
    let half = kept.len() / 2;
    let comparison = sandbox
        .run("compare acme acme --format json")
        .exits(0)
        .stdout;
    let sandbox = sandbox
        .file("cut.json", &kept[..half])
        .file(
            "other.json",
            kept.replacen("\"format\": 1", "\"format\": 2", 1),
        )
        .file("comparison.json", comparison);
    sandbox
        .run("compare cut.json acme")
        .exits(3)
        .says("cut.json");
    sandbox
        .run("compare other.json acme")
        .exits(3)
        .says("a format that is not known");
    sandbox
        .run("compare comparison.json acme")
        .exits(3)
        .says("this is no result of an assessment");
}

#[test]
fn what_git_has_not_is_said_plainly() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", answers("promise: 1"));
    sandbox
        .run("compare main:acme acme")
        .exits(1)
        .says("does not lie in a git repository");
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    sandbox
        .run("compare main:acme acme")
        .exits(1)
        .says("nothing is committed yet");
    commit(&sandbox, "2026-01-31");
    git(&sandbox, "", &["mv", "acme", "acne"]);
    commit(&sandbox, "2026-02-28");
    sandbox
        .run("compare main:acme acne")
        .exits(1)
        .says("there is no assessment `main:acme`")
        .says("--follow");
    sandbox
        .run("compare main~1:acme acne")
        .exits(0)
        .prints("Nothing moved.");
    sandbox
        .run("compare main~1:acme gone")
        .exits(1)
        .says("`gone`");
}

#[test]
fn a_revision_whose_answers_are_not_valid_is_told_with_its_place() {
    let sandbox = repository(Sandbox::new().file("acme/assessment.yaml", answers("promise: 9")))
        .file("acme/assessment.yaml", answers("promise: 1"));
    sandbox
        .run("compare main:acme acme")
        .exits(3)
        .says("main:acme/assessment.yaml:6");
}

#[test]
fn nothing_in_common_is_refused() {
    let small = "format: 1\nclient: { name: Acme }\npacks: [./small.yaml]\n";
    let sandbox = Sandbox::new()
        .file("small.yaml", small_pack(""))
        .file("a.yaml", small)
        .file("b.yaml", answers("promise: 1"));
    sandbox
        .run("compare a.yaml b.yaml")
        .exits(2)
        .says("have no pack in common")
        .says("small 1.0.0");
    sandbox.run("compare - -").exits(2).says("only once");
}

/// A pack whose one question weighs in a score beside another, in a version.
fn versioned(version: &str, weight: u8) -> String {
    small_pack("scores: { both: { aggregate: mean, of: [care, more] } }\n")
        .replace("version: 1.0.0", &format!("version: {version}"))
        .replace("      care:", &format!("      more:\n        type: rating\n        ask: \"More?\"\n        weight: {weight}\n        anchors: {{ 0: \"n\", 1: \"b\", 2: \"s\", 3: \"m\", 4: \"f\" }}\n      care:"))
}

#[test]
fn a_pack_that_changed_is_told_apart() {
    let assessment = |care: u8| {
        format!(
            "format: 1\nclient: {{ name: Acme }}\npacks: [./small.yaml]\nanswers: {{ small: {{ care: {care}, more: 4 }} }}\n"
        )
    };
    let sandbox = Sandbox::new()
        .file("small.yaml", versioned("1.0.0", 1))
        .file("a.yaml", assessment(0));
    let sandbox = repository(sandbox)
        .file("small.yaml", versioned("1.1.0", 3))
        .file("a.yaml", assessment(2));
    let run = sandbox
        .run("compare main:a.yaml a.yaml --format json")
        .exits(0);
    let both = score(&run, "small.both");
    // 2.0 under the old pack, 3.0 under the new one, 3.5 with the new answer.
    assert_eq!(both["by_pack"], 25.0);
    assert_eq!(both["by_answers"], 12.5);
    let text = sandbox.run("compare main:a.yaml a.yaml").exits(0);
    text.prints("small went from 1.0.0 to 1.1.0.");
    sandbox
        .run("compare main:a.yaml a.yaml --format md")
        .exits(0)
        .prints("| Was | Is | Points | By packs | By answers |")
        .prints("| **+37.5** | +25.0 | +12.5 |");
    let major = sandbox.file("small.yaml", versioned("2.0.0", 3));
    major
        .run("compare main:a.yaml a.yaml")
        .exits(2)
        .says("small 2.0.0");
}

#[test]
fn answers_that_no_longer_fit_are_said_to_be_why_the_pack_is_not_told_apart() {
    let assessment = |lines: &str| {
        format!(
            "format: 1\nclient: {{ name: Acme }}\npacks: [./small.yaml]\nanswers: {{ small: {{ {lines} }} }}\n"
        )
    };
    let old = versioned("1.0.0", 1).replace("      care:", "      lost:\n        type: rating\n        ask: \"Lost?\"\n        anchors: { 0: \"n\", 1: \"b\", 2: \"s\", 3: \"m\", 4: \"f\" }\n      care:");
    let sandbox = Sandbox::new()
        .file("small.yaml", old)
        .file("a.yaml", assessment("care: 1, more: 1, lost: 2"));
    let sandbox = repository(sandbox)
        .file("small.yaml", versioned("1.1.0", 1))
        .file("a.yaml", assessment("care: 2, more: 1"));
    sandbox
        .run("compare main:a.yaml a.yaml --format md")
        .exits(0)
        .prints("do not fit the later packs (no question \\`lost\\` in \\`small\\`)")
        .prints("asked no more");
}

#[test]
fn a_file_is_written_whole_and_never_replaced_unasked() {
    let sandbox = moved();
    sandbox
        .run("compare main:acme acme --format html --out new.html")
        .exits(0)
        .says("wrote new.html");
    let first = sandbox.read("new.html");
    sandbox
        .run("compare main:acme acme --format md --out new.html")
        .exits(1)
        .says("already there");
    assert_eq!(sandbox.read("new.html"), first);
    sandbox
        .run("compare main:acme acme --format md --out new.html --force")
        .exits(0);
    assert!(sandbox.read("new.html").starts_with("# What moved"));
    sandbox
        .run("compare main:acme acme --out no/where.md")
        .exits(1);
    assert!(
        sandbox
            .files()
            .iter()
            .all(|file| !file.contains(".centricity-"))
    );
}

#[test]
fn small_groups_show_in_no_format() {
    let client = std::path::Path::new(crate::sandbox::ROOT).join("tests/clients/meridian-freight");
    let client = client.display().to_string();
    let sandbox = Sandbox::new();
    let first = sandbox
        .run(&format!("assess {client} --format json"))
        .exits(0);
    let people = first.json()["respondents"]["count"].clone();
    let told = sandbox
        .run(&format!("compare {client} {client} --format json"))
        .exits(0)
        .json();
    assert_eq!(told["before"]["people"], people);
    let text = told.to_string();
    assert_eq!(told["banners"], serde_json::json!([]));
    for word in ["\"roles\"", "\"spread\"", "\"comments\"", "\"group\""] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn what_a_few_made_of_a_difference_is_never_shown() {
    let root = std::path::Path::new(crate::sandbox::ROOT).join("tests/clients/meridian-freight");
    let mut sandbox = Sandbox::new();
    for inner in ["", "responses"] {
        for entry in std::fs::read_dir(root.join(inner)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            sandbox = sandbox.file(&format!("all/{name}"), &text);
            if !name.ends_with("r13.yaml") {
                sandbox = sandbox.file(&format!("before/{name}"), &text);
            }
            // Everybody answered otherwise long before.
            let changed = text.replace(": 2\n", ": 1\n").replace(": 3\n", ": 2\n");
            let changed = match text.rsplit_once("channel-switch: ") {
                Some((head, _)) if changed == text => format!("{head}channel-switch: 3\n"),
                _ => changed.replace("value: 2,", "value: 1,"),
            };
            sandbox = sandbox.file(&format!("long-before/{name}"), changed);
        }
    }
    for format in ["text", "md", "html", "json"] {
        let told = sandbox.run(&format!("compare before all --format {format}"));
        let told = told.exits(2).says("differ by a few");
        assert_eq!(told.stdout, "");
    }
    let many = sandbox
        .run("compare long-before all --format json")
        .exits(0)
        .json();
    assert_ne!(many["answers"], serde_json::json!([]));
    assert_eq!(many["banners"], serde_json::json!([]));
    // The same people by other rules; and a stored result beside its folder.
    let text = sandbox.read("all/assessment.yaml");
    let pooled = text.replace("minimum_group: 5", "pooled: true");
    let sandbox = sandbox.file("pooled/assessment.yaml", pooled);
    std::fs::rename(
        sandbox.path("before/responses"),
        sandbox.path("pooled/responses"),
    )
    .unwrap();
    sandbox
        .run("compare pooled all")
        .exits(2)
        .says("by different rules");
    let stored = sandbox.run("assess all --format json").exits(0).stdout;
    let sandbox = sandbox.file("stored.json", stored);
    sandbox
        .run("compare stored.json all")
        .exits(2)
        .says("where both rounds are closed");
    sandbox.run("compare stored.json stored.json").exits(0);
}

/// A reason stands on every row that is no change, and the rule it names is the one that holds.
#[test]
fn every_reason_for_no_change_is_the_one_that_holds() {
    let clients = crate::stored::CLIENTS.map(|one| format!("{ROOT}/tests/clients/{one}"));
    let mut seen = 0;
    for (a, b) in clients.iter().zip(clients.iter().skip(1)) {
        let run = Sandbox::new().run(&format!("compare {a} {b} --format json"));
        if run.code != 0 {
            continue;
        }
        for row in run.json()["scores"].as_array().expect("scores") {
            let number = |value: &serde_json::Value| value.as_f64();
            let all = number(&row["to"]["index"]).zip(number(&row["from"]["index"]));
            let all = all.map_or(0.0, |(to, from)| (to - from).abs());
            let common = &row["common"];
            let judged = if common.is_null() {
                Some(all)
            } else {
                number(&common["difference"]).map(f64::abs)
            };
            let open = number(&row["open"]).expect("points");
            let (small, hidden) = (
                judged.is_some_and(|points| points < 6.25),
                judged.is_some_and(|points| points < open),
            );
            let holds = match row["why"].as_str() {
                Some("small") => small && all < 6.25,
                Some("small-in-common") => small && all >= 6.25,
                Some("nothing-common") => judged.is_none(),
                Some("open-answers") => !small && hidden,
                Some(_) => false,
                None => match row["movement"].as_str() {
                    Some("rose" | "fell" | "differs") => !small && !hidden,
                    _ => true,
                },
            };
            assert!(holds, "{a} {b}: {row}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn what_is_printed_as_a_difference_is_the_difference_of_what_is_printed() {
    let five = |promise: u8, teams: u8| {
        answers(&format!(
            "promise: {promise}\nteams: {teams}\nshared-view: 2\nshared-reward: 2\ncross-skill: 2\nstrategy: {promise}\nstructure: {teams}\nprocess: 1"
        ))
    };
    for (before, after) in [((1, 2), (3, 2)), ((0, 1), (1, 1)), ((3, 3), (2, 4))] {
        let sandbox = Sandbox::new()
            .file("a.yaml", five(before.0, before.1))
            .file("b.yaml", five(after.0, after.1));
        let text = sandbox
            .run("compare a.yaml b.yaml --format md")
            .exits(0)
            .stdout;
        let figure = |cell: &str| -> Option<f64> {
            let first = cell.split_whitespace().next()?;
            first
                .replace(['+', '±', '*'], "")
                .replace('−', "-")
                .parse()
                .ok()
        };
        let mut told = 0;
        for line in text.lines() {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [_, _, from, to, by, ..] = cells.as_slice() else {
                continue;
            };
            if let (Some(from), Some(to), Some(by)) = (figure(from), figure(to), figure(by)) {
                assert!((to - from - by).abs() < 1e-6, "{line}");
                told += 1;
            }
        }
        assert!(told > 0, "{text}");
    }
}
