//! Answers of many people in words: between anchors, contested, agreed on.

use super::sandbox::{ROOT, Sandbox};
use serde_json::Value;

/// Six people each of leadership and of the front line, with their answers to every question.
fn folder(questions: &[(String, [u32; 6], [u32; 6])], more: &str) -> Sandbox {
    let asked = questions.iter().map(|(id, _, _)| {
        format!("      {id}: {{ type: rating, ask: \"{id}?\", anchors: {{ 0: \"nobody\", 1: \"a few\", 2: \"some\", 3: \"many\", 4: \"all\" }} }}\n")
    });
    let head = "format: 1\nid: small\nversion: 1.0.0\ntitle: \"Small\"\nsections:\n  one:\n    title: \"One\"\n    score: { aggregate: mean }\n    questions:\n".to_owned();
    let pack = format!("{head}{}{more}", asked.collect::<String>());
    let head = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";
    let mut sandbox = Sandbox::new()
        .file("acme/small/pack.yaml", pack)
        .file("acme/assessment.yaml", head);
    for nth in 0..6 {
        for role in ["leadership", "frontline"] {
            let answers: Vec<String> = questions
                .iter()
                .map(|(id, leaders, front)| {
                    let mine = if role == "leadership" { leaders } else { front };
                    format!("{id}: {}", mine[nth])
                })
                .collect();
            let text = format!(
                "format: 1\nrespondent: {role}{nth}\nrole: {role}\nanswers: {{ small: {{ {} }} }}\n",
                answers.join(", ")
            );
            sandbox = sandbox.file(&format!("acme/responses/{role}{nth}.yaml"), text);
        }
    }
    sandbox
}

fn one(leaders: [u32; 6], front: [u32; 6]) -> [(String, [u32; 6], [u32; 6]); 1] {
    [("care".to_owned(), leaders, front)]
}

const FINDING: &str = "findings:\n  cared:\n    when: { care: \">= 0\" }\n    kind: gap\n    severity: medium\n    title: \"T\"\n    text: \"Care is rated {{ answer('care') }}.\"\n";

#[test]
fn findings_of_a_sample_with_many_people_name_the_anchors() {
    let sandbox = Sandbox::new();
    let path = format!("{ROOT}/tests/clients/meridian-freight");
    let result = sandbox.run(&format!("assess {path} --format json"));
    let result = result.exits(0).json();
    let text = |id: &str| {
        let findings = result["findings"].as_array().expect("findings");
        let found = findings.iter().find(|one| one["id"] == id);
        found.expect(id)["text"]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    for (id, words) in [
        (
            "organisation.promise-said-twice",
            "nearest to ‘What those who serve them see fit to grant’ (0.9 of 4 on average)",
        ),
        (
            "retention.losses-unexplained",
            "\"The opinion of whoever sold is noted\"",
        ),
        (
            "principles.problems-handled-alone",
            "nearest to ‘Put it right without a word’ (0.8 of 4 on average)",
        ),
        (
            "principles.complaints-owned-in-places",
            "nearest to ‘In some channels a named person takes it over’ (2.3 of 4 on average)",
        ),
    ] {
        assert!(text(id).contains(words), "{id}: {}", text(id));
    }
    for finding in result["findings"].as_array().expect("findings") {
        assert!(
            !finding["text"].to_string().contains("not known"),
            "{finding}"
        );
    }
}

#[test]
fn a_mean_is_told_by_the_nearest_anchor_wherever_it_is_put_in_words() {
    let sandbox = folder(&one([1; 6], [0, 1, 1, 1, 1, 0]), FINDING);
    let words = "nearest to ‘a few’ (0.8 of 4 on average)";
    let result = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(result["questions"][0]["says"], words);
    assert_eq!(
        result["findings"][0]["text"],
        format!("Care is rated {words}.")
    );
    assert_eq!(result["findings"][0]["because"][0]["says"], words);
    sandbox.run("explain acme care").exits(0).prints(words);
    sandbox.run("explain acme cared").exits(0).prints(words);
    for format in ["md", "html"] {
        let report = sandbox.run(&format!("report acme --format {format}"));
        report.exits(0).prints(words);
    }
}

#[test]
fn a_mean_on_an_anchor_is_that_anchor_and_one_close_to_it_does_not_look_so() {
    let said = |leaders, front| {
        let sandbox = folder(&one(leaders, front), "");
        let result = sandbox.run("assess acme --format json").exits(0).json();
        result["questions"][0]["says"].clone()
    };
    assert_eq!(said([1, 3, 1, 3, 2, 2], [2; 6]), "some (2)");
    assert_eq!(said([2; 6], [2; 6]), "some (2)");
    let half_way = [1, 2, 1, 2, 1, 2];
    let words = "between ‘a few’ and ‘some’ (1.5 of 4 on average)";
    assert_eq!(said(half_way, half_way), words);
    assert_eq!(
        said([2, 2, 2, 2, 2, 1], [2; 6]),
        "nearest to ‘some’ (1.9 of 4 on average)"
    );
    let sandbox = Sandbox::new().file("acme/small/pack.yaml", super::sandbox::small_pack(""));
    let head = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";
    let sandbox = (0..30).fold(sandbox.file("acme/assessment.yaml", head), |sandbox, nth| {
        let text = format!(
            "format: 1\nrespondent: r{nth}\nrole: frontline\nanswers: {{ small: {{ care: {} }} }}\n",
            if nth == 0 { 1 } else { 2 }
        );
        sandbox.file(&format!("acme/responses/{nth}.yaml"), text)
    });
    let result = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(
        result["questions"][0]["says"],
        "nearest to ‘some’ (1.97 of 4 on average)"
    );
}

/// The ids on a sheet, in order.
fn sheet(sandbox: &Sandbox, arguments: &str) -> Vec<String> {
    let text = sandbox
        .run(&format!("sheet acme {arguments}"))
        .exits(0)
        .stdout;
    let ids = text.lines().filter_map(|line| line.split('`').nth(1));
    ids.filter_map(|id| id.strip_prefix("small."))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_sheet_has_the_twelve_most_contested_lowest_agreement_first() {
    let mut questions: Vec<_> = (0..13)
        .map(|nth| {
            (
                format!("torn{nth:02}"),
                [0, 4, 0, 4, 0, 4],
                [0, 4, 0, 4, 0, 4],
            )
        })
        .collect();
    questions.push(("apart".to_owned(), [4; 6], [2, 2, 2, 2, 2, 2]));
    questions.push(("further".to_owned(), [4; 6], [1, 1, 1, 1, 1, 1]));
    questions.push(("wide".to_owned(), [2, 3, 2, 3, 2, 4], [2, 3, 2, 3, 2, 3]));
    let sandbox = folder(&questions, "");
    let twelve = sheet(&sandbox, "");
    assert_eq!(twelve.len(), 12);
    assert_eq!(twelve[0], "further", "the widest gap tears it most");
    let all = sheet(&sandbox, "--all");
    assert_eq!(all.len(), 15, "answers two steps apart are not contested");
    assert!(!all.contains(&"wide".to_owned()));
    assert_eq!(sheet(&sandbox, "--most 14").len(), 14);
    sandbox
        .run("sheet acme")
        .prints("12 questions to settle, those on which people agree least; 15 are contested.");
    let result = sandbox.run("assess acme --format json").json();
    let group = |id: &str| {
        let questions = result["questions"].as_array().expect("questions");
        let found = questions
            .iter()
            .find(|one| one["id"] == format!("small.{id}"));
        found.expect(id)["group"].clone()
    };
    let agreement = |id: &str| {
        group(id)["spread"]["agreement"]
            .as_f64()
            .expect("agreement")
    };
    for pair in all.windows(2) {
        assert!(agreement(&pair[0]) <= agreement(&pair[1]), "{pair:?}");
    }
    let apart = group("apart");
    assert_eq!(
        (&apart["contested"], &apart["gap"]),
        (&true.into(), &2.0.into())
    );
    assert!(agreement("apart") > 0.40);
}

#[test]
fn an_agreed_value_is_marked_wherever_it_is_printed() {
    let sandbox = folder(&one([3; 6], [1, 1, 1, 2, 2, 2]), FINDING).file(
        "acme/consensus.yaml",
        "format: 1\nconsensus: { small: { care: { value: 1, reason: \"Saw the log\" } } }\n",
    );
    let words = "a few (1), agreed in place of 2.3";
    let result: Value = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(result["questions"][0]["says"], words);
    assert_eq!(result["questions"][0]["agreed"]["raw"], 2.25);
    assert_eq!(result["findings"][0]["because"][0]["says"], words);
    sandbox.run("explain acme care").exits(0).prints(words);
    sandbox
        .run("explain acme one")
        .exits(0)
        .prints("Care: 1, agreed");
    for format in ["md", "html"] {
        let report = sandbox.run(&format!("report acme --format {format}"));
        let text = report.exits(0).stdout;
        assert!(
            text.matches(words).count() >= 2,
            "{format}: under the finding and at the question"
        );
    }
}
