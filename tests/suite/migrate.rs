//! `migrate`: lines moved to their new place, and nothing else touched.

use crate::sandbox::Sandbox;
#[cfg(unix)]
use crate::sandbox::{mode, set_mode};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const P: &str = "format: 1\nid: p\nversion: 1.1.0\ntitle: P\nuses: { q: '^1' }\nmoved:\n  kept: q.kept-all\n  care-old: care\n  yes: { to: scaled, values: { true: 4, false: 0 } }\nsections:\n  s:\n    title: S\n    questions:\n      care: { type: rating, ask: '?', anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n      scaled: { type: rating, ask: '?', anchors: { 0: a, 1: b, 2: c, 3: d, 4: e } }\n";
const Q: &str = "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nsections:\n  s:\n    title: S\n    questions:\n      kept-all: { type: percent, ask: '?' }\n      more: { type: percent, ask: '?' }\n";
const HEAD: &str = "# of Acme\nformat: 1\nclient: { name: C }   # the firm\npacks: [p, q]\n";

fn client(answers: &str) -> Sandbox {
    Sandbox::new()
        .file("packs/p.yaml", P)
        .file("packs/q.yaml", Q)
        .file("c/assessment.yaml", format!("{HEAD}{answers}"))
}

/// What becomes of answers; a second run changes nothing, and the dry run before it nothing either.
#[track_caller]
fn becomes(before: &str, after: &str) {
    let sandbox = client(before);
    let dry = sandbox.run("migrate c --packs packs --dry-run").exits(0);
    assert_eq!(sandbox.read("c/assessment.yaml"), format!("{HEAD}{before}"));
    let run = sandbox.run("migrate c --packs packs").exits(0);
    assert_eq!(dry.stdout, run.stdout);
    assert_eq!(sandbox.read("c/assessment.yaml"), format!("{HEAD}{after}"));
    let again = sandbox
        .run("migrate c --packs packs")
        .exits(0)
        .says("nothing to rewrite");
    assert_eq!(again.stdout, "");
    assert_eq!(sandbox.read("c/assessment.yaml"), format!("{HEAD}{after}"));
    sandbox
        .run("check c --packs packs")
        .exits(0)
        .never("[moved]");
}

/// Nothing is written, and the problem says so.
#[track_caller]
fn stays(before: &str, says: &str) {
    let sandbox = client(before).file(
        "c/targets.yaml",
        "format: 1\ntargets: { p: { care-old: { target: 4 } } }\n",
    );
    let files = sandbox.files();
    sandbox
        .run("migrate c --packs packs")
        .exits(3)
        .says(says)
        .says("c/assessment.yaml:");
    assert_eq!(sandbox.read("c/assessment.yaml"), format!("{HEAD}{before}"));
    assert!(sandbox.read("c/targets.yaml").contains("care-old"));
    assert_eq!(sandbox.files(), files);
}

#[test]
fn a_line_moves_into_the_map_of_its_pack_with_its_comments() {
    becomes(
        "answers:\n  p:\n    kept:   # ours\n      value: 85   # of 100\n      note: |\n        two\n        lines\n    care: 1\n  q:\n    more: 5 # same\n\n# end\n",
        "answers:\n  p:\n    care: 1\n  q:\n    more: 5 # same\n    kept-all:   # ours\n      value: 85   # of 100\n      note: |\n        two\n        lines\n\n# end\n",
    );
}

#[test]
fn a_line_goes_below_the_comment_that_was_prepared_for_it() {
    becomes(
        "answers:\n  p:\n    kept: 85  # books\n  q:\n    # Kept?\n    #kept-all: 50\n\n    #more: 2\n",
        "answers:\n  p:\n  q:\n    # Kept?\n    #kept-all: 50\n    kept-all: 85  # books\n\n    #more: 2\n",
    );
}

#[test]
fn the_map_of_the_other_pack_is_made_where_there_is_none() {
    becomes(
        "answers:\n  p:\n    care-old: 3\n    kept: 85\n",
        "answers:\n  p:\n    care: 3\n  q:\n    kept-all: 85\n",
    );
    becomes(
        "answers: { p: { kept: 85, care-old: 3 } }\n",
        "answers: { p: { care: 3 }, q: { kept-all: 85 } }\n",
    );
    becomes(
        "answers:\n      p: { care: 1, kept: { value: 85, note: 'a, b' } }\n      q: {}\n",
        "answers:\n      p: { care: 1 }\n      q:\n        kept-all: { value: 85, note: 'a, b' }\n",
    );
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    becomes(
        "answers:\r\n  p:\r\n    kept: 85\r\n    care: 2\r\n",
        "answers:\r\n  p:\r\n    care: 2\r\n  q:\r\n    kept-all: 85\r\n",
    );
    becomes(
        "answers:\n  p:\n    care-old: 3",
        "answers:\n  p:\n    care: 3",
    );
}

#[test]
fn values_become_what_the_pack_says_they_are() {
    becomes(
        "answers:\n  p:\n    yes: { value: true, target: \"true\", baseline: { value: false } } # yes\n",
        "answers:\n  p:\n    scaled: { value: 4, target: \"4\", baseline: { value: 0 } } # yes\n",
    );
}

#[test]
fn an_answer_alike_under_both_ids_loses_the_earlier_line() {
    becomes(
        "answers:\n  p:\n    kept: 85\n  q:\n    kept-all: { value: 85, note: n }\n",
        "answers:\n  p:\n  q:\n    kept-all: { value: 85, note: n }\n",
    );
}

#[test]
fn json_of_a_form_is_rewritten_as_json() {
    let text = "{\n  \"format\": 1,\n  \"respondent\": \"a\",\n  \"role\": \"leadership\",\n  \"packs\": [\"p@1.0.0\"],\n  \"answers\": {\n    \"p\": {\n      \"kept\": 85,\n      \"care-old\": 3\n    }\n  }\n}\n";
    let sandbox = client("answers: {}\n").file("c/responses/a.json", text);
    sandbox.run("migrate c --packs packs").exits(0);
    let read: serde_json::Value =
        serde_json::from_str(&sandbox.read("c/responses/a.json")).expect("JSON");
    assert_eq!(
        read["answers"],
        serde_json::json!({ "p": { "care": 3 }, "q": { "kept-all": 85 } })
    );
}

#[test]
fn what_cannot_be_moved_safely_is_told_and_nothing_is_written() {
    let by_hand = "move it by hand: write its answer as `q.kept-all`, and take `p.kept` away";
    stays(
        "answers:\n  p:\n    kept: &x 85\n  q:\n    more: *x\n",
        by_hand,
    );
    stays("answers:\n  p:\n    kept: !!int 85\n", by_hand);
    stays(
        "answers:\n  p: { care: 1, # one\n    kept: 85 # two\n    }\n",
        by_hand,
    );
    stays(
        "answers:\n  p:\n    kept:\n      value: 85\n  q: { more: 2 }\n",
        by_hand,
    );
    stays(
        "answers:\n  p:\n    kept: 85\n  q:\n    kept-all: 60\n",
        "both are answered and differ",
    );
    stays(
        "answers:\n  p:\n    yes: 7\n",
        "nothing says what `7` is there",
    );
}

#[test]
fn one_file_can_be_given_alone() {
    let response = "format: 1\nrespondent: a\nrole: leadership\nanswers:\n  p:\n    care-old: 3\n";
    let sandbox = client("answers: { p: { care-old: 1 } }\n")
        .file("c/responses/a.yaml", response)
        .file(
            "gate.yaml",
            "format: 1\nrules:\n  - score: [p.care-old]\n    coverage: 0.5\n",
        );
    sandbox
        .run("migrate c/responses/a.yaml --packs packs")
        .exits(0)
        .says("earlier ids were rewritten");
    assert_eq!(
        sandbox.read("c/responses/a.yaml"),
        response.replace("care-old", "care")
    );
    assert!(sandbox.read("c/assessment.yaml").contains("care-old"));
    sandbox.run("migrate gate.yaml --packs packs").exits(0);
    assert!(sandbox.read("gate.yaml").contains("score: [p.care]"));
    sandbox
        .run("migrate - --packs packs")
        .exits(2)
        .says("standard input cannot be rewritten");
    sandbox.run("migrate nowhere --packs packs").exits(1);
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link() {
    let sandbox = client("answers: { p: { care-old: 1 } }\n");
    std::fs::rename(sandbox.path("c/assessment.yaml"), sandbox.path("real.yaml")).expect("moved");
    std::os::unix::fs::symlink("../real.yaml", sandbox.path("c/assessment.yaml")).expect("a link");
    sandbox
        .run("migrate c/assessment.yaml --packs packs")
        .exits(0);
    let link = std::fs::symlink_metadata(sandbox.path("c/assessment.yaml")).expect("there");
    assert!(link.is_symlink());
    assert!(sandbox.read("real.yaml").contains("care: 1"));
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_stays_and_one_that_is_read_only_is_refused() {
    let before = "answers: { p: { kept: 85 } }\n";
    let sandbox = client(before).file(
        "c/targets.yaml",
        "format: 1\ntargets: { p: { care-old: { target: 4 } } }\n",
    );
    let (answers, targets) = ("c/assessment.yaml", "c/targets.yaml");
    set_mode(&sandbox, answers, 0o600);
    set_mode(&sandbox, targets, 0o444);
    sandbox
        .run("migrate c --packs packs")
        .exits(1)
        .says("targets.yaml")
        .says("it is read-only");
    assert_eq!(sandbox.read(answers), format!("{HEAD}{before}"));
    set_mode(&sandbox, targets, 0o640);
    sandbox.run("migrate c --packs packs").exits(0);
    assert!(sandbox.read(targets).contains("care: "));
    assert_eq!(mode(&sandbox, answers), 0o600);
    assert_eq!(mode(&sandbox, targets), 0o640);
}

/// A pack that gave three questions to `q`, and asks none itself.
const GIVEN: &str = "format: 1\nid: p\nversion: 1.1.0\ntitle: P\nuses: { q: '^1' }\nmoved: { a: q.one, b: q.two, c: q.three }\nsections:\n  s:\n    title: S\n    questions:\n      care: { type: percent, ask: '?' }\n";
const TAKEN: &str = "format: 1\nid: q\nversion: 1.0.0\ntitle: Q\nsections:\n  s:\n    title: S\n    questions:\n      one: { type: percent, ask: '?' }\n      two: { type: percent, ask: '?' }\n      three: { type: percent, ask: '?' }\n";

/// What becomes of answers of which three have moved to another pack.
#[track_caller]
fn three_become(before: &str, after: &str) {
    let sandbox = client(before)
        .file("packs/p.yaml", GIVEN)
        .file("packs/q.yaml", TAKEN);
    sandbox.run("migrate c --packs packs").exits(0);
    assert_eq!(sandbox.read("c/assessment.yaml"), format!("{HEAD}{after}"));
    sandbox
        .run("migrate c --packs packs")
        .exits(0)
        .says("nothing to rewrite");
}

#[test]
fn several_answers_move_at_once_whatever_the_layout() {
    // A map that is not there, one that is, one that is empty, and places kept by comments.
    three_become(
        "answers:\n  p:\n    a: 1 # x\n    care: 4\n    b: 2\n    c: 3\n",
        "answers:\n  p:\n    care: 4\n  q:\n    one: 1 # x\n    two: 2\n    three: 3\n",
    );
    three_become(
        "answers:\n  p:\n    a: 1\n    c: 3\n  q:\n    two: 2\n",
        "answers:\n  p:\n  q:\n    two: 2\n    one: 1\n    three: 3\n",
    );
    three_become(
        "answers:\n  p:\n    a: 1\n    b: 2\n    c: 3\n  q: {}\n",
        "answers:\n  p:\n  q:\n    one: 1\n    two: 2\n    three: 3\n",
    );
    three_become(
        "answers:\n  p:\n    a: 1\n    b: 2\n    c: 3\n  q:\n    #three: 0\n    #two: 0\n    #one: 0\n",
        "answers:\n  p:\n  q:\n    #three: 0\n    three: 3\n    #two: 0\n    two: 2\n    #one: 0\n    one: 1\n",
    );
    // Between brackets: neighbours go, the last ones, all of them.
    three_become(
        "answers: { p: { a: 1, b: 2, care: 4, c: 3 } }\n",
        "answers: { p: { care: 4 }, q: { one: 1, two: 2, three: 3 } }\n",
    );
    three_become(
        "answers: { p: { care: 4, a: 1, b: 2, c: 3 }, q: {} }\n",
        "answers: { p: { care: 4 }, q: { one: 1, two: 2, three: 3 } }\n",
    );
    three_become(
        "answers:\n  p: { a: 1, b: 2, c: 3 }\n  q: { }\n",
        "answers:\n  p: {  }\n  q:\n    one: 1\n    two: 2\n    three: 3\n",
    );
}

#[test]
fn answers_alike_with_other_notes_are_left_to_a_person() {
    let both = "answers:\n  p:\n    kept: { value: 85, note: old }\n  q:\n    kept-all: { value: 85, note: new }\n";
    stays(both, "which is answered alike, with another note");
    // `check` calls the same answers alike.
    client(both)
        .run("check c --packs packs")
        .exits(0)
        .prints("which is answered too, and alike");
    // Numbers are alike by their worth.
    becomes(
        "answers:\n  p:\n    kept: 85.0\n  q:\n    kept-all: { value: 85, note: n }\n",
        "answers:\n  p:\n  q:\n    kept-all: { value: 85, note: n }\n",
    );
}

#[test]
fn a_long_file_with_hundreds_of_moved_answers_is_rewritten_soon() {
    let (mut moved, mut asked, mut old) = (String::new(), String::new(), String::new());
    for nth in 0..300 {
        let _ = write!(moved, "n{nth}: q.n{nth}, ");
        let _ = writeln!(asked, "      n{nth}: {{ type: percent, ask: '?' }}");
        let _ = writeln!(old, "    n{nth}: {{ value: 1, note: n }}");
    }
    let mut filler = String::new();
    for nth in 0..20_000 {
        let _ = writeln!(
            filler,
            "    # f{nth}: a comment with a colon\n    f{nth}: 12"
        );
    }
    let given = GIVEN.replace(
        "{ a: q.one, b: q.two, c: q.three }",
        &format!("{{ {moved} }}"),
    );
    let taken = TAKEN.split("      one").next().expect("a head").to_owned() + &asked;
    let sandbox = client(&format!("answers:\n  p:\n{old}{filler}"))
        .file("packs/p.yaml", given)
        .file("packs/q.yaml", taken);
    let begun = Instant::now();
    sandbox
        .run("migrate c --packs packs")
        .exits(0)
        .prints("`p.n299` is now `q.n299`");
    // Once per answer, reading it alone takes minutes.
    assert!(begun.elapsed() < Duration::from_secs(30));
    let text = sandbox.read("c/assessment.yaml");
    assert!(text.ends_with(&format!("  q:\n{old}")));
}

#[test]
fn how_many_responses_answer_under_an_earlier_id_is_not_told() {
    let rules = "respondents: { minimum_group: 3 }\n";
    let with = |earlier: usize| {
        (0..5).fold(client(rules), |sandbox, nth| {
            let id = if nth < earlier { "care-old" } else { "care" };
            let text = format!(
                "format: 1\nrespondent: r{nth}\nrole: leadership\nanswers:\n  p:\n    {id}: 3\n"
            );
            sandbox.file(&format!("c/responses/{nth}.yaml"), text)
        })
    };
    let (one, four) = (with(1), with(4));
    for command in ["check c --packs packs", "migrate c --dry-run --packs packs"] {
        let (few, many) = (one.run(command).exits(0), four.run(command).exits(0));
        assert_eq!(few.stdout, many.stdout, "{command}");
        assert_eq!(few.stderr, many.stderr, "{command}");
    }
    one.run("check c --packs packs")
        .prints("responses answer under earlier ids");
}
