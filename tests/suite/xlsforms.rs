//! Forms for other tools, as XLSForm: what form servers ask, and what they give back.

use super::export::rows;
use super::questionnaire::acme;
use super::sandbox::Sandbox;

/// The sheet `survey` of the pack with every type of question, by name.
fn survey() -> Vec<Vec<String>> {
    let sandbox = acme();
    sandbox
        .run("export acme --format xlsform --out f.xlsx")
        .exits(0);
    rows(&std::fs::read(sandbox.path("f.xlsx")).unwrap(), "survey")
}

#[track_caller]
fn row<'a>(survey: &'a [Vec<String>], name: &str) -> Vec<&'a str> {
    let found = survey.iter().find(|row| row[1] == name);
    found
        .unwrap_or_else(|| panic!("no {name}"))
        .iter()
        .map(String::as_str)
        .collect()
}

#[test]
fn each_question_is_asked_as_its_type_says() {
    let survey = survey();
    let head = "type name label hint required relevant constraint constraint_message calculation";
    assert_eq!(survey[0].join(" "), head);
    assert_eq!(
        row(&survey, "respondent")[..],
        [
            "calculate",
            "respondent",
            "",
            "",
            "",
            "",
            "",
            "",
            "once(uuid())"
        ]
    );
    assert_eq!(
        row(&survey, "role")[..5],
        ["select_one role", "role", "Your role", "", "yes"]
    );
    assert_eq!(
        row(&survey, "section__ours__one")[..3],
        ["begin_group", "section__ours__one", "One: what you do"]
    );
    assert_eq!(row(&survey, "section__ours__one__intro")[0], "note");
    assert_eq!(
        row(&survey, "ours__care")[..3],
        ["select_one ours__care", "ours__care", "Do you care?"]
    );
    assert_eq!(row(&survey, "ours__known")[0], "select_one ours__known");
    assert_eq!(row(&survey, "ours__story")[0], "text");
    let staff = row(&survey, "ours__staff");
    assert_eq!(
        (staff[0], staff[3], staff[6]),
        (
            "integer",
            "a whole number, 0 to 1000",
            "(. >= 0) and (. <= 1000)"
        )
    );
    assert_eq!(row(&survey, "ours__kept")[6], "(. >= 0) and (. <= 100)");
    let channels = row(&survey, "ours__channels");
    assert_eq!(channels[0], "select_multiple ours__channels");
    assert_eq!(
        channels[6],
        "count-selected(.) <= 1 or not(selected(., 'none') or selected(., 'unknown') or selected(., 'not_applicable'))"
    );
    let reason = row(&survey, "ours__channels__reason");
    assert_eq!(
        (reason[0], reason[4], reason[5]),
        (
            "text",
            "yes",
            "selected(${ours__channels}, 'not_applicable')"
        )
    );
    assert!(
        !survey.iter().any(|row| row[1] == "ours__deep__reason"),
        "it always applies"
    );
    let kinds = |kind: &str| survey.iter().filter(|row| row[0] == kind).count();
    assert_eq!((kinds("begin_group"), kinds("end_group")), (2, 2));
}

#[test]
fn choices_carry_their_values_and_words() {
    let sandbox = acme();
    sandbox
        .run("export acme --format xlsform --out f.xlsx")
        .exits(0);
    let book = std::fs::read(sandbox.path("f.xlsx")).unwrap();
    let choices: Vec<String> = rows(&book, "choices")
        .iter()
        .map(|row| row.join("|"))
        .collect();
    for line in [
        "list_name|name|label",
        "role|frontline|frontline",
        "ours__care|3|3 – Much, and it shows",
        "ours__care|unknown|I cannot say",
        "ours__care|not_applicable|Does not apply",
        "ours__channels|phone|By phone",
    ] {
        assert!(
            choices.iter().any(|one| one == line),
            "{line}: {choices:#?}"
        );
    }
    assert!(
        !choices
            .iter()
            .any(|one| one.starts_with("ours__deep|not_applicable"))
    );
    assert_eq!(
        rows(&book, "settings"),
        [
            ["form_title", "form_id", "version"],
            ["Ours", "ours", "ours-1.0.0"]
        ]
    );
}

/// The condition of a question that is asked while another has certain answers.
#[track_caller]
fn relevant(condition: &str) -> String {
    let pack = format!(
        "format: 1\nid: p\nversion: 1.0.0\ntitle: P\nsections:\n  s:\n    title: S\n    questions:\n      \
        r: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }} }}\n      \
        back: {{ type: rating, reverse: true, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }} }}\n      \
        one: {{ type: select_one, ask: \"?\", choices: [ {{ value: x, score: 1, label: X }}, {{ value: y, score: 5, label: Y }} ] }}\n      \
        many: {{ type: select_multiple, ask: \"?\", cap: 2, choices: [ {{ value: x, label: X }}, {{ value: y, label: Y }}, {{ value: z, label: Z }} ] }}\n      \
        n: {{ type: integer, ask: \"?\" }}\n  t:\n    title: T\n    questions:\n      \
        asked: {{ type: text, ask: \"?\", relevant: {condition} }}\n"
    );
    let sandbox = Sandbox::new().file("p/pack.yaml", pack);
    sandbox
        .run("export --pack ./p --format xlsform --out f.xlsx")
        .exits(0);
    let survey = rows(&std::fs::read(sandbox.path("f.xlsx")).unwrap(), "survey");
    let found = survey
        .iter()
        .find(|row| row[1] == "p__asked")
        .expect("the question");
    found.get(5).cloned().unwrap_or_default()
}

#[test]
fn conditions_become_expressions() {
    for (condition, expression) in [
        ("{ r: \">= 1\" }", "(${p__r} = '1' or ${p__r} = '2')"),
        ("{ back: \">= 2\" }", "(${p__back} = '0')"),
        ("{ one: \">= 5\" }", "(${p__one} = 'y')"),
        ("{ one: x }", "(${p__one} = 'x')"),
        ("{ not: { one: x } }", "(${p__one} = 'y')"),
        (
            "{ many: \"x, z\" }",
            "(selected(${p__many}, 'x') or selected(${p__many}, 'z'))",
        ),
        ("{ n: \"[2..5)\" }", "(${p__n} >= 2 and ${p__n} < 5)"),
        (
            "{ not: { n: \"[2..5)\" } }",
            "(${p__n} < 2 or ${p__n} >= 5)",
        ),
        ("{ r: unknown }", "selected(${p__r}, 'unknown')"),
        (
            "{ not: { r: unknown } }",
            "(${p__r} != '' and not(selected(${p__r}, 'unknown')))",
        ),
        (
            "{ all: [ { one: x }, { n: \"> 3\" } ] }",
            "((${p__one} = 'x') and (${p__n} > 3))",
        ),
        (
            "{ not: { any: [ { one: x }, { n: \"> 3\" } ] } }",
            "((${p__one} = 'y') and (${p__n} <= 3))",
        ),
        (
            "{ at_least: { n: 2, of: [ { one: x }, { n: \"3\" } ] } }",
            "(if((${p__one} = 'x'), 1, 0) + if((${p__n} >= 3 and ${p__n} <= 3), 1, 0) >= 2)",
        ),
        (
            "{ not: { many: x } }",
            "(${p__many} != '' and not(selected(${p__many}, 'unknown') or selected(${p__many}, 'not_applicable')) and not(selected(${p__many}, 'x')))",
        ),
    ] {
        assert_eq!(relevant(condition), expression, "{condition}");
    }
    let counted = relevant("{ many: \">= 2\" }");
    let sum = "(if(selected(${p__many}, 'x'), 1, 0) + if(selected(${p__many}, 'y'), 1, 0) + if(selected(${p__many}, 'z'), 1, 0))";
    assert!(
        counted.contains(&format!("if({sum} > 2, 2, {sum}) >= 2")),
        "{counted}"
    );
}

#[test]
fn what_form_servers_export_comes_back() {
    let answers = "uuid-1,frontline,3,phone web,1,1,0,0,0,,loose,,true,,12,80,2.5,Well,unknown";
    let open =
        "uuid-2,leadership,not_applicable,not_applicable,0,0,0,0,1,by post alone,unknown,,,,,,,,4";
    let names = "ours__channels ours__channels/phone ours__channels/web ours__channels/none ours__channels/unknown ours__channels/not_applicable ours__channels__reason";
    let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
    let head = |group: &str, two: &str| {
        let channels: Vec<String> = names.iter().map(|name| format!("{group}{name}")).collect();
        format!(
            "respondent,role,{group}ours__care,{},{group}ours__shape,{group}ours__shape__reason,{group}ours__known,{group}ours__known__reason,{two}ours__staff,{two}ours__kept,{two}ours__pay,{two}ours__story,{two}ours__deep",
            channels.join(",")
        )
    };
    let table = |head: &str| {
        let extra = "_id,_uuid,start,__version__";
        format!(
            "{extra},{head},section__ours__one__intro,ours__care__reason\n9,u,t,v,{answers},,\n10,u,t,v,{open},,no care at all\n"
        )
    };
    let ignore = "--ignore _id --ignore _uuid --ignore start --ignore __version__";
    for (group, two) in [
        ("", ""),
        ("section__ours__one/", "section__ours__two/"),
        ("section__ours__one-", "section__ours__two-"),
    ] {
        let sandbox = acme().file("t.csv", table(&head(group, two)));
        sandbox
            .run("import t.csv --into acme")
            .exits(3)
            .says("survey tools add it");
        sandbox
            .run(&format!("import t.csv --into acme {ignore}"))
            .exits(0);
        let one = sandbox.read("acme/responses/uuid-1.yaml");
        let wanted = "    care: 3\n    channels: [phone, web]\n    shape: loose\n    known: true\n    staff: 12\n    kept: 80\n    pay: 2.5\n    story: \"Well\"\n    deep: unknown\n";
        assert!(one.ends_with(wanted), "{one}");
        let two = sandbox.read("acme/responses/uuid-2.yaml");
        let wanted = "    care: { not_applicable: \"no care at all\" }\n    channels: { not_applicable: \"by post alone\" }\n    shape: unknown\n    deep: 4\n";
        assert!(two.ends_with(wanted), "{two}");
    }
}
