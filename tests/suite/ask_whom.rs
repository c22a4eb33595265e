//! Whom `ask` asks: an assessor, or one respondent after the other.

use super::ask::folder;
use super::sandbox::Sandbox;

#[test]
fn a_respondent_is_asked_what_the_role_is_asked() {
    let sandbox = folder();
    let run = sandbox
        .pipe(
            "ask acme --respondent r07 --role frontline",
            "3\nmail\n1\nn nothing to add\n",
        )
        .exits(0);
    run.prints("Question 3 of 4: Kind")
        .never("in charge")
        .says("all 4 questions are answered, saved in acme/responses/r07.yaml");
    assert_eq!(
        sandbox.read("acme/responses/r07.yaml"),
        "format: 1\nrespondent: \"r07\"\nrole: frontline\npacks: [small@1.0.0]\nanswers:\n  small:\n    care: 3\n    ways: [mail]\n    kind: s\n    words: { not_applicable: \"nothing to add\" }\n"
    );
    sandbox
        .run("check acme/responses/r07.yaml")
        .exits(0)
        .says("no problems");
    let run = sandbox
        .pipe("ask acme/responses/r07.yaml --all", "4\n")
        .exits(0);
    run.prints("Answer: much (3)")
        .says("stopped at question 2 of 4");
    sandbox
        .pipe(
            "ask acme/responses/r08.yaml --respondent r08 --role leadership",
            "s\ns\ns\nyes\n",
        )
        .exits(0);
    assert!(
        sandbox
            .read("acme/responses/r08.yaml")
            .ends_with("    led: true\n")
    );
    let run = sandbox.pipe("ask acme --role leadership", "q\n").exits(0);
    run.prints("Question 1 of 6")
        .says("what respondents answer comes before what is answered here");
}

#[test]
fn who_answers_must_be_clear() {
    let sandbox = folder();
    sandbox
        .pipe("ask acme --respondent r07 --role frontline", "3\n")
        .exits(0);
    let fails = |arguments: &str, code: i32, says: &str| {
        sandbox
            .run(&format!("ask {arguments}"))
            .exits(code)
            .says(says);
    };
    fails(
        "acme --respondent r08",
        2,
        "`--respondent NAME --role ROLE` begins it",
    );
    fails(
        "acme/responses/new.yaml",
        2,
        "`acme/responses/new.yaml` is not there yet",
    );
    fails(
        "acme/responses/new.json --respondent x --role customer",
        2,
        "choose a name that ends in .yaml",
    );
    fails(
        "acme/responses/new.yaml --respondent R07 --role customer",
        2,
        "`centricity ask acme/responses/r07.yaml` goes on with the answers that are there",
    );
    fails(
        "acme --respondent ../x --role customer",
        2,
        "`../x` cannot be the name of a file",
    );
    fails(
        "acme --respondent r07 --role customer",
        2,
        "is the response of `r07` in the role `frontline`",
    );
    fails("acme --role boss", 2, "[possible values: leadership");
    fails(
        "acme/nowhere.yaml --respondent x --role customer",
        1,
        "does not lie in the folder `responses` of an assessment",
    );
    fails(
        "nowhere",
        1,
        "does not lie in the folder `responses` of an assessment",
    );
    fails("-", 2, "an interview is held over a file");
    sandbox
        .file(
            "acme/responses/r07.yaml",
            "format: 1\nrespondent: r07\nrole: boss\n",
        )
        .run("ask acme/responses/r07.yaml")
        .exits(3)
        .says("unknown-value");
}

#[test]
fn a_response_that_lies_alone_is_asked_by_the_packs_it_names() {
    let text = "format: 1\nrespondent: r07\nrole: frontline\npacks: [organisation@1.2.1]\n";
    let sandbox = Sandbox::new().file("mine.yaml", text);
    sandbox
        .pipe("ask mine.yaml", "q\n")
        .exits(0)
        .prints("Question 1 of");
    sandbox
        .file("other.yaml", "format: 1\nrespondent: r07\nrole: customer\n")
        .run("ask other.yaml")
        .exits(1);
}

#[test]
fn no_name_makes_a_file_that_is_not_read_again() {
    let sandbox = folder();
    for name in ["r.mapping", "Émile"] {
        sandbox
            .pipe(
                &format!("ask acme --respondent {name} --role frontline"),
                "3\n",
            )
            .exits(0);
    }
    let open = sandbox
        .read("acme/assessment.yaml")
        .replace("packs:", "respondents: { anonymous: false }\npacks:");
    let sandbox = sandbox.file("acme/assessment.yaml", open);
    let checked = sandbox.run("sheet acme").exits(0);
    checked.prints("Workshop sheet");
    let result = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(result["questions"][0]["group"]["outcome"], "merged");
    assert_eq!(
        sandbox
            .files()
            .iter()
            .filter(|path| path.contains("responses/"))
            .count(),
        2
    );
}
