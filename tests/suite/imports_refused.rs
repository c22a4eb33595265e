//! `import`: tables that are refused, with everything that is wrong with them, and nothing written.

use super::questionnaire::{acme, imported};
use std::fmt::Write as _;

#[track_caller]
fn refused(table: impl AsRef<[u8]>, says: &[&str]) {
    let (sandbox, run) = imported(table, "");
    let mut run = run.exits(3);
    for text in says {
        run = run.says(text);
    }
    assert!(
        !sandbox.path("acme/responses").exists(),
        "nothing is written"
    );
}

#[test]
fn everything_that_is_not_understood_is_told_at_once() {
    let table =
        "respondent,role,carre,shape,channels\nr1,boss,3,Round,fax\nr2,frontlin,3,loose,phone\n";
    refused(
        table,
        &[
            "t.csv:1:17",
            "the column `carre` belongs to no question",
            "did you mean `ours.care`?",
            "t.csv:2:4",
            "`boss` is no role",
            "t.csv:2:11",
            "`Round` is no answer to `ours.shape`",
            "the answers are `loose`, `tight`, `unknown` and `n/a: reason`",
            "`fax` is no answer to `ours.channels`",
            "t.csv:3:4",
            "did you mean `frontline`?",
        ],
    );
}

/// A table of 900 rows, each with an answer.
fn often(answer: impl Fn(usize) -> String) -> String {
    let mut table = "respondent,role,care\n".to_owned();
    for nth in 0..900 {
        writeln!(table, "r{nth},frontline,{}", answer(nth)).unwrap();
    }
    table
}

#[test]
fn what_is_said_alike_is_told_once_and_counted() {
    let (_, run) = imported(often(|_| "Often".to_owned()), "");
    let run = run
        .exits(3)
        .says("`Often` is no answer to `ours.care`, in 900 places")
        .says("t.csv:2:14");
    assert!(run.stderr.len() < 1000, "{run:?}");
    let (_, run) = imported(often(|nth| format!("Often {nth}")), "");
    run.exits(3)
        .says("800 further problems of the table are left out");
    let mut table = often(|nth| if nth % 2 == 0 { "Often" } else { "3" }.to_owned());
    table = table
        .replace("care", "deep")
        .replace("frontline", "customer");
    let (_, run) = imported(table, "");
    let run = run
        .exits(3)
        .says("`Often` is no answer to `ours.deep`, in 450 places");
    run.says("an answer to a question that is not asked of its role, in 450 places");
}

#[test]
fn values_outside_the_scale_are_refused() {
    refused(
        "respondent,role,care\nr1,frontline,7\n",
        &["`7` is no answer to `ours.care`", "t.csv:2:14"],
    );
    refused(
        "respondent,role,staff\nr1,frontline,2000\n",
        &[
            "out-of-scale",
            "`staff` is from 0 to 1000, not `2000`",
            "t.csv:2:14",
        ],
    );
    refused(
        "respondent,role,staff\nr1,frontline,2.5\n",
        &["`staff` is a whole number"],
    );
    refused(
        "respondent,role,pay\nr1,frontline,\"1,234.5\"\n",
        &["`1,234.5` is no number for `ours.pay`", "decimal: comma"],
    );
    refused("respondent,role,pay\nr1,frontline,inf\n", &["not-finite"]);
    refused(
        "respondent,role,deep\nr1,frontline,n/a: no\n",
        &["`deep` applies to everybody"],
    );
    refused(
        "respondent,role,shape\nr1,frontline,n/a\n",
        &["missing-reason"],
    );
    refused(
        "respondent,role,channels\nr1,frontline,phone; none\n",
        &["`none` cannot stand beside other choices"],
    );
    refused(
        "respondent,role,answered_on,care\nr1,frontline,31.10.2026,3\n",
        &["`31.10.2026` is not a date", "t.csv:2:14"],
    );
}

#[test]
fn rows_that_are_too_long_are_refused() {
    refused(
        "respondent,role,care\nr1,frontline,3,4\nr2,frontline\n",
        &["a row of 4 cells under 3 columns", "t.csv:2:1"],
    );
    refused(
        "respondent,role,care,\nr1,frontline,3,x\n",
        &["a cell under a column without a name", "t.csv:2:16"],
    );
    let (_, run) = imported("respondent,role,care,\nr1,frontline,3,\n", "");
    run.exits(0);
}

#[test]
fn texts_of_other_kinds_are_refused_clearly() {
    let text = "respondent,role,care\nr1,frontline,3\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(
        wide,
        &[
            "`t.csv` is UTF-16 without a mark, or no text at all",
            "save it again as `CSV UTF-8`; or say `encoding: utf-16` in a mapping",
        ],
    );
    refused(
        b"respondent,role,care\nr1,frontline,3\nJ\xF6rg,frontline,3\n",
        &["`t.csv` is not UTF-8, in line 3"],
    );
    refused("", &["`t.csv` is empty"]);
    refused(" \n\n", &["`t.csv` is empty"]);
    refused(
        "a,b\n1,2\n",
        &["no column belongs to a question or tells respondents apart"],
    );
}

#[test]
fn a_table_without_answers_is_a_mistake() {
    refused("respondent,role,care\n", &["nobody answers in `t.csv`"]);
    refused("question,value\ncare,\n", &["nobody answers in `t.csv`"]);
    let sandbox = acme().file("acme/responses/t.csv", "respondent,role,care\n");
    sandbox
        .run("check acme")
        .exits(0)
        .prints("nobody answers in `acme/responses/t.csv`");
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_file() {
    let table = format!(
        "respondent,role,story\nr1,frontline,\"{}",
        "x\n".repeat(2 << 20)
    );
    let sandbox = acme().file("t.csv", table);
    let run = sandbox.run_small("import t.csv --into acme").exits(3);
    run.says("is longer than 1048576 bytes")
        .says("is a quote not closed?");
}

#[test]
fn nobody_answers_twice() {
    refused(
        "respondent,role,care\nr1,frontline,3\nr2,frontline,9\nR2 ,frontline,3\n",
        &[
            "somebody answers twice",
            "t.csv:4:1",
            "the other response is in t.csv, line 3",
        ],
    );
    let there = "format: 1\nrespondent: r1\nrole: frontline\nanswers: { ours: { care: 3 } }\n";
    let sandbox = acme()
        .file("acme/responses/old.yaml", there)
        .file("t.csv", "respondent,role,care\nr1,frontline,3\n");
    let run = sandbox.run("import t.csv --into acme --replace").exits(3);
    run.says("somebody answers twice")
        .says("acme/responses/old.yaml:2:13");
    refused(
        "respondent,role,question,value\na,frontline,care,3\na,frontline,care,2\n",
        &["somebody answers `ours.care` twice", "t.csv:3"],
    );
    refused(
        "respondent,role,question,value\na,frontline,care,3\na,customer,kept,2\n",
        &["the same respondent has the roles frontline and customer"],
    );
}

#[test]
fn who_answers_has_to_be_said() {
    refused(
        "respondent,care\nr1,3\n",
        &[
            "an answer without a role",
            "`--role` speaks for a whole table",
        ],
    );
    refused(
        "respondent,role,care\n,frontline,3\n",
        &["an answer without a respondent"],
    );
    refused(
        "role,care\nfrontline,3\n",
        &[
            "no column tells respondents apart",
            "respondent: { number: r }",
        ],
    );
    refused(
        "question,value\ncare,3\n",
        &["an answer without a respondent"],
    );
    refused(
        "respondent,role,question,value\na,frontline,,3\n",
        &["an answer without a question"],
    );
    refused(
        "respondent,role,question,value\na,frontline,kare,3\n",
        &["`kare` names no question", "did you mean `ours.care`?"],
    );
    let (_, run) = imported("question,value\ncare,3\n", "--respondent a --role boss");
    run.exits(2).says("[possible values: leadership");
}

#[test]
fn columns_that_say_the_same_or_the_opposite_are_refused() {
    refused(
        "respondent,role,care,ours.care\nr1,frontline,3,3\n",
        &[
            "the columns `care` and `ours.care` hold the same",
            "t.csv:1:22",
        ],
    );
    refused(
        "respondent,role,channels,channels/phone\nr1,frontline,web,1\n",
        &["the columns of `ours.channels` say different things"],
    );
    refused(
        "respondent,role,channels/phone\nr1,frontline,maybe\n",
        &["`maybe` says neither that a choice of `ours.channels` is taken"],
    );
    refused(
        "respondent,role,shape,shape:reason\nr1,frontline,loose,why not\n",
        &["has a reason why it does not apply, and an answer"],
    );
}

#[test]
fn a_mapping_is_checked_before_the_table() {
    let say = |mapping: &str| {
        let sandbox = acme()
            .file("t.csv", "respondent,role,care\nr1,frontline,3\n")
            .file("m.yaml", mapping);
        sandbox
            .run("import t.csv --into acme --mapping m.yaml")
            .exits(3)
    };
    say("format: 2\n").says("format `2` is not known");
    say("format: 1\nquestions: { Q1: kare }\n")
        .says("`kare` names no question")
        .says("m.yaml:2:18");
    say("format: 1\nvalues: { care: { Often: 9 } }\n")
        .says("`9` is no answer to `care`")
        .says("m.yaml:2:26");
    say("format: 1\nrole: { values: { Boss: leader } }\n").says("leadership");
    say("format: 1\nquestion: { a: b }\n").says("m.yaml:2");
    say("format: 1\nignored: [x]\n").says("did you mean `ignore`?");
}
