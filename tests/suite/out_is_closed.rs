//! What does not apply is closed: it keeps nothing open, in no figure, verdict or sentence.

use crate::sandbox::{Sandbox, small_pack};
use crate::workshop::{answers, built_in, checked, pack, ratings};
use centricity::assess::{Assessment, MatchedResult, NeedState, ScoreState, assess};
use centricity::rules::pack;
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::{ItemKind, Rulebook};
use centricity::study::{explain, explainable};
use std::fmt::Write as _;

fn every_pack() -> Rulebook {
    built_in(&pack::built_in_names())
}

/// Answers to every question of these packs, at its best, but for the lines given by id.
fn all_best(rulebook: &Rulebook, but: &[(&str, &str)]) -> String {
    let packs: Vec<&str> = rulebook.packs.iter().map(|pack| pack.id.as_str()).collect();
    let mut text = format!(
        "format: 1\nclient: {{ name: Acme }}\nassessed_on: 2026-10-20\nbasis: evidenced\npacks: [{}]\nanswers:\n",
        packs.join(", ")
    );
    for (place, pack) in packs.iter().enumerate() {
        let _ = writeln!(text, "  {pack}:");
        for item in rulebook.items.iter().filter(|item| item.pack == place) {
            let ItemKind::Question(question) = &item.kind else {
                continue;
            };
            let given = but.iter().find(|(id, _)| *id == item.id);
            let value = match (given, question.kind, question.choices.last()) {
                (Some((_, given)), ..) => (*given).to_owned(),
                (None, QuestionType::SelectMultiple, Some(_)) => {
                    let all = question.choices.iter().filter(|one| !one.exclusive);
                    let all = all.map(|one| one.value.as_str());
                    format!("[{}]", all.collect::<Vec<_>>().join(", "))
                }
                (None, _, Some(choice)) => format!(
                    "{{ value: {}, evidence: {{ grade: record, ref: File }} }}",
                    choice.value
                ),
                (None, QuestionType::Text, None) => "a word".to_owned(),
                (None, _, None) => "1".to_owned(),
            };
            let _ = writeln!(text, "    {}: {value}", item.local_id());
        }
    }
    text
}

fn assessed(rulebook: &Rulebook, text: &str) -> Assessment {
    assess(rulebook, &checked(rulebook, text).valid())
}

/// That nothing in a result is open.
#[track_caller]
fn nothing_is_open(result: &Assessment) {
    assert!((result.coverage - 1.0).abs() < f64::EPSILON);
    for score in &result.scores {
        let known = score.value.is_some();
        assert_eq!(score.range.is_some(), known, "{}", score.id);
        for range in [score.range, score.index_range].into_iter().flatten() {
            assert!(
                (range.high - range.low).abs() < 1e-9,
                "{}: {range:?}",
                score.id
            );
        }
    }
    assert_eq!(result.open_findings.len(), 0, "{:?}", result.open_findings);
    for one in &result.decisions {
        assert!(one.certain, "{}", one.id);
    }
    for one in &result.levels {
        assert!(one.certain, "{}", one.id);
    }
    for one in &result.gates {
        assert!(one.certain, "{}", one.id);
    }
    for one in &result.findings {
        assert!(one.certain, "{}", one.id);
    }
}

/// That no sentence speaks of answers to come.
#[track_caller]
fn no_sentence_waits(rulebook: &Rulebook, text: &str) {
    let sandbox = Sandbox::new().file("a.yaml", text);
    let mut pages = vec![
        sandbox.run("assess a.yaml").exits(0).stdout,
        sandbox
            .run("report a.yaml --format md --out -")
            .exits(0)
            .stdout,
        sandbox
            .run("report a.yaml --format html --out -")
            .exits(0)
            .stdout,
    ];
    let answers = checked(rulebook, text).valid();
    let result = assess(rulebook, &answers);
    let matched = MatchedResult::new(rulebook, &result).expect("a result of its packs");
    for id in explainable(rulebook) {
        let told = explain(&matched, id).expect("an explanation");
        pages.push(format!(
            "{}: {}\n{}",
            told.id,
            told.says,
            told.reasons.join("\n")
        ));
    }
    for line in pages.iter().flat_map(|page| page.lines()) {
        for words in [
            ", could be ",
            "still allow",
            "nce the open",
            "too few answers",
        ] {
            let legend = line.contains("<li>") || line.contains("legend");
            assert!(legend || !line.contains(words), "{line}");
        }
    }
}

#[test]
fn with_profit_not_applicable_and_all_else_answered_nothing_is_open() {
    let rulebook = built_in(&["organisation"]);
    let given = (
        "organisation.profit",
        "{ not_applicable: No profit is made }",
    );
    let text = all_best(&rulebook, &[given]);
    nothing_is_open(&assessed(&rulebook, &text));
    no_sentence_waits(&rulebook, &text);
}

#[test]
fn a_public_agency_at_its_best_reaches_what_its_score_and_floors_give() {
    let rulebook = every_pack();
    let why = "{ not_applicable: A public body }";
    let given = [
        ("organisation.profit", why),
        ("organisation.loss-known", why),
        ("organisation.loss-share", why),
        ("retention.acquisition-cost", why),
        ("personalisation.consent", why),
        ("principles.priorities", "[seamless, assets, culture]"),
    ];
    let result = assessed(&rulebook, &all_best(&rulebook, &given));
    let ladder = result.levels.iter().find(|one| one.id == "maturity.level");
    let ladder = ladder.expect("a level");
    let level =
        |named: &Option<centricity::assess::Named>| named.as_ref().map(|one| one.id.clone());
    assert_eq!(
        level(&ladder.level),
        level(&ladder.by_score),
        "{}",
        ladder.sentence
    );
    assert!(ladder.certain);
    let gate = result
        .gates
        .iter()
        .find(|one| one.id == "maturity.profit-and-cost-known");
    let gate = gate.expect("a gate");
    assert_eq!((gate.state, gate.certain), (NeedState::NotApplicable, true));
}

#[test]
fn no_gate_question_that_everybody_can_answer_may_be_called_not_applicable() {
    let rulebook = every_pack();
    for id in [
        "principles.officer",
        "listening.share",
        "feedback.recommend-loop",
        "organisation.rewards",
        "retention.known-operations",
    ] {
        let text = all_best(&rulebook, &[(id, "{ not_applicable: Why }")]);
        assert!(checked(&rulebook, &text).problems.has_errors(), "{id}");
    }
}

#[test]
fn a_blank_never_scores_as_surely_as_an_honest_no() {
    let rulebook = built_in(&["marketing-map"]);
    let result = |given: &str| {
        let head =
            "format: 1\nclient: { name: C }\npacks: [marketing-map]\nanswers:\n  marketing-map:\n";
        let text = format!(
            "{head}    buyer-known: [goals, problems, surroundings, opportunities]\n{given}"
        );
        let result = assessed(&rulebook, &text);
        let score = result
            .scores
            .into_iter()
            .find(|one| one.id == "marketing-map.buyers");
        score.expect("a score")
    };
    let (blank, no) = (result(""), result("    buyer-tested: false\n"));
    assert_eq!((no.value, no.state), (Some(2.0), ScoreState::Rated));
    assert!(no.waits_for.is_empty());
    assert!(
        blank.coverage < no.coverage,
        "{} and {}",
        blank.coverage,
        no.coverage
    );
    assert_eq!(blank.state, ScoreState::Thin);
    assert_eq!(blank.waits_for.len(), 1);
    assert_eq!(
        blank.waits_for[0].questions[0].id,
        "marketing-map.buyer-tested"
    );
}

/// A value that a blank leaves better than an honest "no" is printed nowhere without what it waits
/// for, or how far it may fall.
#[test]
fn wherever_a_value_is_printed_its_open_cap_is_told() {
    let text = "format: 1\nclient: { name: C }\npacks: [profile, marketing-map]\nanswers:\n  profile: { body: firm }\n  marketing-map: { buyer-known: [goals, problems, surroundings, opportunities] }\n";
    let no = text.replace("opportunities]", "opportunities], buyer-tested: false");
    let sandbox = Sandbox::new().file("blank.yaml", text).file("no.yaml", &no);
    let waits = "it may be held at 2";
    let said = |command: &str| {
        let text = sandbox.run(command).exits(0).stdout;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for command in [
        "assess blank.yaml",
        "report blank.yaml --format md",
        "report blank.yaml --format html",
        "explain blank.yaml marketing-map.buyers",
    ] {
        assert!(said(command).contains(waits), "{command}");
    }
    assert!(
        said("compare blank.yaml no.yaml --format md").contains("| 100.0 (50.0 to 100.0) | 50.0 |")
    );
    let plan = said("plan blank.yaml");
    assert!(
        plan.contains("Without an answer after these steps: “Tested with customers”"),
        "{plan}"
    );
}

#[test]
fn a_score_none_of_whose_parts_apply_has_no_range() {
    let body = format!(
        "{}scores:\n  m: {{ aggregate: mean, of: [a, b] }}\nladders:\n  l: {{ of: m, levels: [ {{ id: x }}, {{ id: y, from: 2 }} ] }}\n",
        ratings(&["a", "b"])
    );
    let rulebook = pack(&body).good();
    let given = "a: { not_applicable: w }, b: { not_applicable: w }";
    let result = assess(&rulebook, &answers(&rulebook, given).valid());
    let score = serde_json::to_value(&result.scores[0]).expect("JSON");
    for key in ["range", "index_range", "possible"] {
        assert!(score[key].is_null(), "{key}: {score}");
    }
    assert_eq!(result.levels[0].level, None);
    assert!(result.levels[0].certain, "out for good");
    let half = assess(
        &rulebook,
        &answers(&rulebook, "a: { not_applicable: w }").valid(),
    );
    assert!(half.scores[0].range.is_some());
    assert!(!half.levels[0].certain);
}

/// How many there may be of something a text counts.
const COUNTS: [&str; 9] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Whether a text says something of all of so many.
fn counts_all(text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |lead: &str, count: &str| text.contains(&format!("{lead} {count} "));
    let leads = ["all", "each of", "each of the"];
    leads
        .iter()
        .any(|lead| COUNTS.iter().any(|count| says(lead, count)))
}

#[test]
fn no_text_says_all_of_so_many_where_one_of_them_dropped_out() {
    let five = ("principles.priorities", "[possible, identity, assets]");
    let mut wrong = std::collections::BTreeSet::new();
    for name in pack::built_in_names() {
        let rulebook = built_in(&[name]);
        let items = rulebook.items.iter().take(rulebook.question_count());
        let may_drop = items.filter(|item| {
            let question = item.kind.question();
            let rated =
                question.is_some_and(|one| one.may_not_apply && one.kind == QuestionType::Rating);
            rated && item.id.starts_with(&format!("{name}."))
        });
        for item in may_drop {
            let text = all_best(&rulebook, &[(&item.id, "{ not_applicable: Why }"), five]);
            let result = assessed(&rulebook, &text);
            let found = result.findings.iter();
            let found = found.flat_map(|one| [one.title.as_str(), one.text.as_str()]);
            let met = result
                .gates
                .iter()
                .filter(|one| one.state == NeedState::Met);
            let said = found.chain(met.map(|one| one.title.as_str()));
            wrong.extend(said.filter(|one| counts_all(one)).map(str::to_owned));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_report_of_nothing_but_what_does_not_apply_says_so() {
    let sandbox = Sandbox::new()
        .file("small/pack.yaml", small_pack(""))
        .file("acme.yaml", "format: 1\nclient: { name: Acme }\npacks: [./small]\nanswers:\n  small:\n    care: { not_applicable: \"No such thing\" }\n");
    let run = sandbox.run("report acme.yaml --format md").exits(0);
    run.prints("### What does not apply")
        .prints("No such thing")
        .never("Every applicable question is answered")
        .never("0 of 0")
        .never("0 % of the applicable");
}

#[test]
fn a_question_that_other_open_answers_may_take_out_says_that_it_may_not_apply() {
    let rulebook = pack(&format!(
        "{}      more: {{ type: rating, ask: \"More?\", relevant: {{ a: \">= 2\" }}, anchors: {{ 0: no, 1: one, 2: two, 3: three, 4: four }} }}\n",
        ratings(&["a"])
    ))
    .good();
    let result = assess(&rulebook, &answers(&rulebook, "a: unknown").valid());
    let told = |id: &str| {
        let found = result
            .questions
            .iter()
            .find(|one| one.id == format!("p.{id}"));
        found.map(|one| (one.may_not_apply, one.says.clone()))
    };
    let open = "not answered; it may not apply".to_owned();
    assert_eq!(told("more"), Some((true, open)));
    assert_eq!(
        told("a"),
        Some((false, "unknown: nobody could say".to_owned()))
    );
    let result = assess(&rulebook, &answers(&rulebook, "a: 3").valid());
    let more = result.questions.iter().find(|one| one.id == "p.more");
    assert_eq!(more.map(|one| one.may_not_apply), Some(false));
}
