//! `pack`: the rule author's tools.

use crate::sandbox::{Sandbox, small_pack};

const SCORES: &str = "scores:\n  caring: { title: \"Caring\", aggregate: mean, of: [care] }\n";

#[test]
fn packs_are_listed() {
    let sandbox = Sandbox::new().file("mine/small/pack.yaml", small_pack(""));
    sandbox
        .run("pack list")
        .exits(0)
        .prints("organisation")
        .prints("1.2.0")
        .never("small");
    sandbox
        .run("pack list --packs mine")
        .exits(0)
        .prints("small")
        .prints("Small");
}

#[test]
fn a_pack_is_shown_with_everything_in_it() {
    let sandbox = Sandbox::new();
    sandbox
        .run("pack show organisation")
        .exits(0)
        .prints("Light form: people working across units (light)")
        .prints("promise")
        .prints("Findings");
    sandbox
        .run("pack show organisation promise")
        .exits(0)
        .prints("Is there a promise")
        .prints("customers are asked whether it is kept");
    sandbox
        .run("pack show organisation required")
        .exits(0)
        .prints("Rules over integration | complexity")
        .prints("packaged-middling");
    sandbox
        .run("pack show organisation promis")
        .exits(2)
        .says("did you mean `promise`?");
    sandbox
        .run("pack show organization")
        .exits(1)
        .says("did you mean `organisation`?");
}

#[test]
fn a_pack_is_checked_and_its_tables_proven() {
    let sandbox = Sandbox::new().file("small/pack.yaml", small_pack(SCORES));
    sandbox
        .run("pack check small")
        .exits(0)
        .says("small 1.0.0: 2 items, no findings");
    sandbox
        .run("pack check organisation")
        .exits(0)
        .says("no problems");
    sandbox
        .run("pack check nothing")
        .exits(1)
        .says("there is no pack `nothing`");
}

#[test]
fn cases_pass_fail_and_leave_gaps() {
    let case = |value: u8| {
        format!(
            "format: 1\ncases:\n  - {{ name: \"full care\", answers: {{ care: 4 }}, expect: {{ scores: {{ caring: {value} }} }} }}\n"
        )
    };
    let finding = "findings:\n  fine: { when: { care: \">= 3\" }, kind: strength, severity: info, title: \"Fine\", text: \"Fine.\" }\n";
    let pack = small_pack(&format!("{SCORES}{finding}"));
    let sandbox = Sandbox::new()
        .file("small/pack.yaml", pack)
        .file("small/cases/a.yaml", case(4));
    sandbox
        .run("pack test small")
        .exits(0)
        .prints("1 of 1 cases pass")
        .prints("finding fine is always there");
    sandbox.run("pack test small --complete").exits(4);
    let sandbox = sandbox.file("small/cases/a.yaml", case(3));
    sandbox
        .run("pack test small")
        .exits(3)
        .prints("failed: full care")
        .prints("0 of 1 cases pass");
}

#[test]
fn built_in_packs_are_tested_completely() {
    Sandbox::new()
        .run("pack test organisation --complete")
        .exits(0)
        .never("failed")
        .never("not tested");
}

#[test]
fn a_new_pack_asks_twelve_questions_and_is_clean() {
    let sandbox = Sandbox::new();
    sandbox
        .run("pack new rules/welcome")
        .exits(0)
        .says("centricity pack check rules/welcome");
    sandbox.run("pack check rules/welcome").exits(0);
    sandbox
        .run("pack test rules/welcome --complete")
        .exits(0)
        .prints("welcome 0.1.0: 23 of 23 cases pass")
        .never("not tested");
    sandbox
        .run("pack lint rules/welcome --strict")
        .exits(0)
        .says("no problems");
    sandbox
        .run("pack new rules/welcome")
        .exits(1)
        .says("`rules/welcome` is already there");
    sandbox
        .run("pack new Mine")
        .exits(2)
        .says("`Mine` cannot be a pack's id");
}

/// The commands that `pack new` prints lead to the report, and it speaks of the pack's own subject.
#[test]
fn a_new_pack_gives_a_report_with_a_cover_of_its_own() {
    let sandbox = Sandbox::new();
    sandbox
        .run("pack new welcome")
        .exits(0)
        .says("init clients/first --packs . --pack welcome")
        .says("ask clients/first --packs .")
        .says("report clients/first --packs . --out reports");
    sandbox
        .run("init clients/first --packs . --pack welcome")
        .exits(0)
        .says("12 questions, about 10 minutes; the short form, --short, has 5 questions");
    let given = format!("more\n{}no\n75\n", "2\n".repeat(9));
    sandbox.pipe("ask clients/first --packs .", &given).exits(0);
    sandbox
        .run("report clients/first --packs . --out reports --format html,md")
        .exits(0);
    let text = sandbox.read("reports/name-of-the-client.md");
    assert!(text.starts_with(
        "Onboarding of new colleagues\n\n# Does every new colleague get a good start?"
    ));
    assert!(text.contains("## You have parts of a good start in place, not yet the whole"));
    for format in ["md", "html"] {
        for part in ["", "-appendix"] {
            let text = sandbox.read(&format!("reports/name-of-the-client{part}.{format}"));
            let text = text.to_lowercase();
            for foreign in ["customer", "your offer"] {
                assert!(!text.contains(foreign), "{format}{part}: {foreign}");
            }
        }
    }
}

#[test]
fn a_built_in_pack_can_be_copied_and_changed() {
    let sandbox = Sandbox::new();
    sandbox
        .run("pack new rules/organisation --from organisation")
        .exits(0);
    let text = sandbox
        .read("rules/organisation/pack.yaml")
        .replace("version: 1.0.0", "version: 1.1.0");
    let sandbox = sandbox.file("rules/organisation/pack.yaml", text);
    sandbox
        .run("pack list --packs rules")
        .exits(0)
        .prints("1.2.0");
    sandbox
        .run("pack test rules/organisation --complete")
        .exits(0);
    sandbox
        .run("pack new x --from organization")
        .exits(1)
        .says("did you mean `organisation`?");
}

#[test]
fn the_list_and_the_page_of_a_pack_count_the_same_questions() {
    let sandbox = Sandbox::new();
    let list = sandbox.run("pack list").exits(0).stdout;
    for line in list.lines() {
        let name = line.split_whitespace().next().expect("a name");
        // Those that would leave questions to other packs.
        if !["culture", "economics", "feedback", "principles"].contains(&name) {
            continue;
        }
        let size = line
            .rsplit_once('(')
            .expect("a size")
            .1
            .trim_end_matches(')');
        sandbox
            .run(&format!("pack show {name}"))
            .exits(0)
            .prints(&format!("\n{size}\n"));
    }
}
