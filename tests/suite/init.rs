//! `init`: the first file of a newcomer.

use std::collections::BTreeMap;

use crate::sandbox::Sandbox;

#[test]
fn a_new_assessment_passes_check_as_it_stands() {
    let sandbox = Sandbox::new();
    sandbox
        .run("init clients/acme --pack organisation")
        .exits(0)
        .says("wrote clients/acme/assessment.yaml")
        .says("centricity check clients/acme");
    assert_eq!(
        sandbox.files(),
        [
            "centricity.yaml",
            "clients/acme/.gitignore",
            "clients/acme/answers.schema.json",
            "clients/acme/assessment.yaml"
        ]
    );
    let ignored = sandbox.read("clients/acme/.gitignore");
    assert!(ignored.ends_with("\nresponses/\n"), "{ignored}");
    sandbox
        .run("check clients/acme")
        .exits(0)
        .says("0 of 53 questions answered")
        .says("no problems");
}

#[test]
fn taking_a_hash_away_answers_a_question() {
    let sandbox = Sandbox::new();
    sandbox.run("init acme --pack organisation").exits(0);
    let text = sandbox
        .read("acme/assessment.yaml")
        .replace("#promise: 3", "promise: 3");
    let sandbox = sandbox.file("acme/assessment.yaml", text);
    sandbox
        .run("check acme")
        .exits(0)
        .says("1 of 53 questions answered");
}

#[test]
fn every_possible_answer_is_a_valid_one() {
    let mut sandbox = Sandbox::new();
    sandbox.run("init acme --pack organisation").exits(0);
    let blank = sandbox.read("acme/assessment.yaml");
    let counts =
        blank
            .lines()
            .filter_map(possible)
            .fold(BTreeMap::new(), |mut map, (id, answer)| {
                map.entry(id).or_insert_with(Vec::new).push(answer);
                map
            });
    assert_eq!(counts.len(), 53);
    for turn in 0..5 {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let chosen = blank.lines().map(|line| {
            let Some((id, answer)) = possible(line) else {
                return format!("{line}\n");
            };
            let place = seen.entry(id).or_default();
            *place += 1;
            let last = counts[id].len() - 1;
            let (_, value) = answer.split_once(':').expect("an answer");
            let answer = if value.trim_start().starts_with('#') {
                format!("{id}: 5")
            } else {
                answer.to_owned()
            };
            if *place == turn.min(last) + 1 {
                format!("    {answer}\n")
            } else {
                format!("{line}\n")
            }
        });
        let text: String = chosen.collect();
        sandbox = sandbox.file("acme/assessment.yaml", text);
        // All that apply are answered; which these are hangs on who the client is.
        let run = sandbox.run("check acme").exits(0);
        let counted = run.stderr.lines().find_map(|line| {
            let (_, counts) = line.split_once("assessment.yaml: ")?;
            counts
                .strip_suffix(" questions answered")?
                .split_once(" of ")
        });
        let (answered, asked) = counted.expect("a count");
        assert_eq!(answered, asked);
    }
}

/// A possible answer with its question's id.
fn possible(line: &str) -> Option<(&str, &str)> {
    let answer = line
        .strip_prefix("    #")
        .filter(|line| !line.starts_with(' '))?;
    answer.split_once(':').map(|(id, _)| (id, answer))
}

#[test]
fn nothing_is_overwritten() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", "mine");
    sandbox
        .run("init acme --pack organisation")
        .exits(1)
        .says("`acme/assessment.yaml` is already there");
    assert_eq!(sandbox.read("acme/assessment.yaml"), "mine");
    assert_eq!(sandbox.files(), ["acme/assessment.yaml"]);
}

#[test]
fn a_name_that_ends_in_yaml_is_the_file() {
    let sandbox = Sandbox::new();
    sandbox.run("init acme.yaml --client Acme").exits(0);
    sandbox.run("check acme.yaml").exits(0);
    let text = sandbox.read("acme.yaml");
    assert!(text.starts_with("# yaml-language-server: $schema=answers.schema.json\n"));
    assert!(text.contains("  name: \"Acme\"\n"));
}

#[test]
fn an_unknown_pack_is_named_with_the_nearest() {
    let sandbox = Sandbox::new();
    sandbox
        .run("init acme --pack organization")
        .exits(3)
        .says("unknown-pack")
        .says("did you mean `organisation`?");
    assert!(sandbox.files().is_empty());
}

#[test]
fn packs_of_ones_own_can_be_chosen() {
    let sandbox = Sandbox::new().file("mine/small/pack.yaml", crate::sandbox::small_pack(""));
    sandbox.run("init acme --packs mine --pack small").exits(0);
    assert!(
        sandbox
            .read("acme/assessment.yaml")
            .contains("#care: 4   # fully")
    );
    sandbox.run("check acme --packs mine").exits(0);
}
