//! `ask`: an interview over a pipe, line by line.

use super::sandbox::Sandbox;

const PACK: &str = r#"format: 1
id: small
version: 1.0.0
title: "Small"
sections:
  one:
    title: "First things"
    intro: "Think of the last year."
    questions:
      care:
        type: rating
        ask: "Do you care?"
        help: "Count deeds."
        why: "Care comes first."
        evidence: "Letters of customers"
        anchors: { 0: "no", 1: "a bit", 2: "some", 3: "much", 4: "fully" }
      ways:
        type: select_multiple
        ask: "Which ways?"
        choices:
          - { value: phone, label: "By phone" }
          - { value: mail, label: "By letter" }
          - { value: nothing, label: "Not at all", exclusive: true }
      calls:
        type: integer
        ask: "How many calls?"
        unit: calls
        min: 0
        relevant: { ways: phone }
  two:
    title: "Second things"
    questions:
      led:
        type: boolean
        ask: "Is somebody in charge?"
        not_applicable: never
        roles: [leadership]
      kind:
        type: select_one
        ask: "Which kind?"
        choices:
          - { value: s, label: "Small" }
          - { value: large, label: "Large" }
          - { value: largest, label: "Largest" }
      words:
        type: text
        ask: "What else?"
"#;

pub(crate) const HEAD: &str = "format: 1\nclient: { name: Acme }\npacks: [./small]\n";

pub(crate) fn folder() -> Sandbox {
    Sandbox::new()
        .file("acme/small/pack.yaml", PACK)
        .file("acme/assessment.yaml", HEAD)
}

#[test]
fn answers_are_saved_as_they_are_given() {
    let sandbox = folder();
    let run = sandbox
        .pipe("ask acme", "3\nphone, 2\n12\nyes\nlargest\ngood people\n")
        .exits(0);
    let run = run.prints("First things\nThink of the last year.\n\nQuestion 1 of 6: Care\nDo you care?\nCount deeds.\n  0: no\n  1: a bit\n  2: some\n  3: much\n  4: fully\nLook at: Letters of customers\ncare> Saved. Answer: much (3)\n");
    let run = run
        .prints("  1 phone: By phone\n  2 mail: By letter\n")
        .prints("A whole number, in calls, at least 0.\n");
    let run = run
        .prints("  no\n  yes\nled> Saved. Answer: Yes\n")
        .prints("  1 =s: Small\n");
    run.says("all 6 questions are answered, saved in acme/assessment.yaml")
        .never("\u{1b}");
    assert_eq!(
        sandbox.read("acme/assessment.yaml"),
        format!(
            "{HEAD}answers:\n  small:\n    care: 3\n    ways: [phone, mail]\n    calls: 12\n    led: true\n    kind: largest\n    words: \"good people\"\n"
        )
    );
    sandbox
        .run("check acme")
        .exits(0)
        .says("6 of 6 questions answered");
    assert_eq!(
        sandbox.files(),
        ["acme/assessment.yaml", "acme/small/pack.yaml"]
    );
}

#[test]
fn an_interview_goes_on_where_it_stopped() {
    let sandbox = folder();
    let run = sandbox.pipe("ask acme", "2\n").exits(0);
    run.says("stopped at question 2 of 6, `small.ways`; 1 answered, saved in acme/assessment.yaml");
    let run = sandbox.pipe("ask acme", "s\nu\nq\n4\n").exits(0);
    run.never("Do you care?")
        .prints("Question 2 of 6: Ways")
        .says("stopped at question 4 of 6, `small.led`; 2 answered");
    let run = sandbox.pipe("ask acme", "mail\nno\n3\nx\n").exits(0);
    run.prints("Question 2 of 6")
        .never("How many calls?")
        .says("all 5 questions are answered");
    sandbox
        .pipe("ask acme", "")
        .exits(0)
        .says("all 5 questions are answered")
        .never("Question");
    let run = sandbox.pipe("ask acme --all", "\n\nyes\n\n\n").exits(0);
    run.prints("Question 1 of 5")
        .prints("Answer: some (2)")
        .says("all 5");
    assert!(sandbox.read("acme/assessment.yaml").contains("led: true"));
}

#[test]
fn nothing_typed_writes_nothing() {
    let sandbox = folder();
    for lines in ["", "q\n", "s\ns\ns\ns\ns\n\n"] {
        sandbox.pipe("ask acme", lines).exits(0);
        assert_eq!(sandbox.read("acme/assessment.yaml"), HEAD);
    }
    sandbox
        .pipe("ask acme --respondent r07 --role frontline", "s\nq\n")
        .exits(0);
    assert_eq!(
        sandbox.files(),
        ["acme/assessment.yaml", "acme/small/pack.yaml"]
    );
    let run = sandbox.pipe("ask acme", "s\ns\ns\ns\ns\ns\n").exits(0);
    run.says("6 of 6 questions were left open; the same command comes back to them");
}

#[test]
fn what_is_no_answer_is_told_and_asked_again() {
    let run = folder().pipe(
        "ask acme",
        "7\ncall\n\nmany\n2\nfax, mail\nphone nothing\n-\n",
    );
    let run = run
        .exits(0)
        .prints("care> `7` is no answer here; type `0`, `1`, `2`, `3`, `4`");
    let run = run
        .prints("care> No answer yet; s skips")
        .prints("`fax` is no answer here");
    run.prints("`nothing` cannot stand beside other choices")
        .prints("ways> Saved. Answer: none of the choices");
    let run = folder().pipe("ask acme", "s\n1\n-3\n1,5\n2.5\n 30 \nn\n");
    let run = run
        .exits(0)
        .prints("`calls` is at least 0, not `-3`")
        .prints("`calls` is a number, not `1,5`; write digits");
    run.prints("`calls` is a whole number, not `2.5`")
        .prints("calls> Saved. Answer: 30 calls")
        .prints("led> `led` applies to everybody; answer it, or type `u`");
    let run = folder().pipe("ask acme", "s\ns\ns\ns\nlarg\nlarge\n");
    run.exits(0)
        .prints("kind> `larg` is no answer here; did you mean `large`?")
        .prints("kind> Saved. Answer: Large");
}

#[test]
fn notes_and_evidence_stand_beside_an_answer() {
    let sandbox = folder();
    let lines = "note said \"so\"\ne doc Charter v2\n2\nb\nnote changed\ne\nrecord\nq\n";
    let run = sandbox.pipe("ask acme", lines).exits(0);
    let run = run.prints("care> Kept for the answer that you give next");
    let run =
        run.prints("Saved. Answer: some (2). Note: said \"so\". Evidence: document, Charter v2");
    run.prints("Note: said \"so\"\nEvidence: document, Charter v2\ncare> Saved.");
    assert!(sandbox.read("acme/assessment.yaml").ends_with(
        "care: { value: 2, note: \"changed\", evidence: { grade: record, ref: \"Charter v2\" } }\n"
    ));
    let run = folder()
        .pipe("ask acme", "e proof\nnote x\ns\ns\nq\n")
        .exits(0);
    let run = run.prints("`proof` is no grade of evidence; the grades are `none`, `interview`");
    run.prints("The same again leaves without it.")
        .prints("Question 2 of 6");
    folder()
        .pipe("ask acme", "note lost\n")
        .exits(0)
        .says("not saved, for want of an answer: care: { note: \"lost\" }");
}

#[test]
fn not_applicable_takes_a_reason_and_unknown_takes_none() {
    let sandbox = folder();
    let run = sandbox
        .pipe("ask acme", "n\n\nn\nwe do not\nu\nn\n")
        .exits(0);
    run.prints("why does it not apply> Not saved: it takes a reason.")
        .prints("Saved. Answer: not applicable: we do not");
    let text = sandbox.read("acme/assessment.yaml");
    assert!(
        text.ends_with("    care: { not_applicable: \"we do not\" }\n    ways: unknown\n"),
        "{text}"
    );
    let run = sandbox.pipe("ask acme --all", "4\n").exits(0);
    run.prints("Answer: not applicable: we do not\ncare> Saved. Answer: fully (4)");
}

#[test]
fn words_that_look_like_commands_can_be_answers() {
    let sandbox = folder();
    sandbox
        .pipe("ask acme", "s\ns\ns\ns\n=s\n= note well: # \"ok\"\n")
        .exits(0)
        .prints("Saved. Answer: Small");
    let text = sandbox.read("acme/assessment.yaml");
    assert!(
        text.ends_with("    kind: s\n    words: \"note well: # \\\"ok\\\"\"\n"),
        "{text}"
    );
    let run = folder()
        .pipe("ask acme", "s\ns\ns\ns\ns\ne commerce\n")
        .exits(0);
    run.prints("if it is the answer, type `=e commerce`");
}

#[test]
fn help_says_why_and_what_can_be_typed() {
    let run = folder().pipe("ask acme", "?\ns\ns\ns\n?\n").exits(0);
    let run = run
        .prints("care> Why: Care comes first.")
        .prints("  n REASON: not applicable, and why\n");
    let led = run.stdout.split("led> ").nth(1).expect("led");
    assert!(
        !led.contains("n REASON") && led.contains("u: unknown"),
        "{led}"
    );
}

#[test]
fn back_goes_to_the_question_before_and_keeps_its_answer() {
    let sandbox = folder();
    let run = sandbox.pipe("ask acme", "b\n3\nb\n\nphone\n").exits(0);
    run.prints("This is the first question.")
        .prints("Answer: much (3)\ncare> \nQuestion 2 of 6: Ways");
    assert!(
        sandbox
            .read("acme/assessment.yaml")
            .contains("care: 3\n    ways: [phone]\n")
    );
}

#[test]
fn a_question_that_a_later_version_adds_is_asked_in_a_file_that_is_there() {
    let all = "answers:\n  small:\n    care: 3\n    ways: [nothing]\n    led: true\n    kind: s\n    words: \"x\"\n";
    let later = PACK.replace(
        "      ways:\n",
        "      fresh:\n        type: boolean\n        ask: \"Is it fresh?\"\n      ways:\n",
    );
    let sandbox = folder()
        .file("acme/assessment.yaml", format!("{HEAD}{all}"))
        .file("acme/small/pack.yaml", later);
    sandbox
        .run("check acme")
        .exits(0)
        .says("5 of 6 questions answered");
    sandbox
        .pipe("ask acme", "yes\n")
        .exits(0)
        .prints("Is it fresh?")
        .never("Do you care?");
    assert_eq!(
        sandbox.read("acme/assessment.yaml"),
        format!("{HEAD}{all}    fresh: true\n")
    );
}
