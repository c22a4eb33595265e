//! The same work, advised by two packs: told once.

use crate::everything::everything;
use crate::reports::texts;
use crate::workshop::{HEADER, Outcome, checked, linked, ratings};
use centricity::assess::assess;
use centricity::rules::rulebook::Rulebook;

/// A pack with one question `a` and one finding on it that gives this advice.
fn pack(id: &str, uses: &str, advice: &str) -> String {
    let header = HEADER
        .replace("id: p", &format!("id: {id}"))
        .replace("title: P", &format!("title: The pack {id}"));
    let finding = format!(
        "findings:\n  low: {{ when: {{ a: \"<= 1\" }}, kind: gap, severity: high, title: \"Low in {id}\", text: T, advice: [ {advice} ] }}\n"
    );
    format!("{header}{uses}{}{finding}", ratings(&["a"]))
}

fn advice(id: &str, what: &str, more: &str) -> String {
    format!("{{ id: {id}, do: \"{what}\", effort: low, impact: high, within: 30d{more} }}")
}

fn home() -> String {
    pack("home", "", &advice("curve", "Draw the curve", ""))
}

fn guest(same: &str) -> String {
    let uses = "uses: { home: { version: \"^1\", optional: true } }\n";
    let more = format!(", same_as: {same}");
    pack(
        "guest",
        uses,
        &advice("sort", "Sort customers by worth", &more),
    )
}

fn together(packs: &[&str]) -> Outcome<Rulebook> {
    let files: Vec<[(&str, &str); 1]> = packs.iter().map(|text| [("pack.yaml", *text)]).collect();
    let packs: Vec<&[(&str, &str)]> = files.iter().map(<[(&str, &str); 1]>::as_slice).collect();
    linked(&packs)
}

/// The report in Markdown and the steps to take next.
fn told(rulebook: &Rulebook, answers: &str) -> (String, Vec<String>) {
    let text = format!("format: 1\nclient: {{ name: C }}\npacks: [guest]\nanswers: {answers}\n");
    let answers = checked(rulebook, &text).valid();
    let assessment = assess(rulebook, &answers);
    let steps = assessment
        .next
        .iter()
        .filter_map(|work| assessment.action(work));
    let steps = steps.map(|action| action.advice.what.clone()).collect();
    let [_, text] = texts(rulebook, &assessment);
    (text, steps)
}

#[test]
fn the_same_work_is_told_once() {
    let rulebook = together(&[&guest("home.curve"), &home()]).good();
    let (text, steps) = told(&rulebook, "{ guest: { a: 1 }, home: { a: 0 } }");
    assert_eq!(steps.len(), 1, "{steps:?}");
    assert!(!text.contains("Sort customers"), "{text}");
}

#[test]
fn advice_may_be_the_same_as_other_advice_of_its_pack() {
    let result = super::clients::Client::named("harbour-tools").assessment;
    let works: Vec<&str> = result
        .actions
        .iter()
        .map(|one| one.advice.work.as_str())
        .collect();
    let settled = |work: &&&str| work.starts_with("principles.settle-one-difference");
    assert_eq!(works.iter().filter(settled).count(), 1, "{works:?}");
    assert!(!works.contains(&"principles.six-answers-apart"));
}

#[test]
fn where_the_other_is_not_given_it_stands_for_itself() {
    let rulebook = together(&[&guest("home.curve"), &home()]).good();
    let (text, steps) = told(&rulebook, "{ guest: { a: 1 }, home: { a: 4 } }");
    assert_eq!(steps, ["Sort customers by worth"]);
    assert!(text.contains("- **Sort customers by worth.**"));
    let alone = together(&[&guest("home.curve")]).good();
    let (text, _) = told(&alone, "{ guest: { a: 1 } }");
    assert!(text.contains("- **Sort customers by worth.**"));
}

#[test]
fn the_same_work_is_that_of_a_used_pack() {
    let lines = |same: &str| together(&[&guest(same), &home()]).lines();
    let wrong = lines("home.curves");
    assert!(
        wrong[0].contains("no advice `curves` in the pack `home`"),
        "{wrong:?}"
    );
    assert!(wrong[0].contains("did you mean `home.curve`?"), "{wrong:?}");
    assert!(lines("other.curve")[0].contains("does not use the pack `other`"));
    assert!(lines("curve")[0].contains("no advice `curve` in this pack"));
    let chain = pack(
        "third",
        "uses: { guest: \"^1\" }\n",
        &advice("x", "Do it", ", same_as: guest.sort"),
    );
    let lines = together(&[&chain, &guest("home.curve"), &home()]).lines();
    assert!(
        lines[0].contains("is itself the same as `home.curve`"),
        "{lines:?}"
    );
}

#[test]
fn advice_names_the_answers_it_leads_to() {
    let rulebook = together(&[&pack("p", "", &advice("x", "Do it", ", raises: { a: 3 }"))]).good();
    let raise = &rulebook.findings[0].advice[0].raises[0];
    assert_eq!(rulebook.item(raise.question).expect("a question").id, "p.a");
    assert_eq!((raise.answer.as_str(), raise.worth), ("3", 3.0));
}

#[test]
fn advice_leads_to_answers_that_are_there() {
    let cases = [
        ("raises: { b: 3 }", "no item `b` in this pack"),
        ("raises: { a: 5 }", "`5` is not an answer of `a`"),
        ("raises: { a: [3] }", "a list of choices does not fit `a`"),
    ];
    for (raises, message) in cases {
        let outcome = together(&[&pack(
            "p",
            "",
            &advice("x", "Do it", &format!(", {raises}")),
        )]);
        assert!(outcome.shown().contains(message), "{}", outcome.shown());
    }
}

#[test]
fn advice_may_name_the_choices_it_makes_true() {
    let several = |raises: &str| {
        let question = "  m: { type: select_multiple, ask: M, choices: [ { value: visits, label: V }, { value: calls, label: C }, { value: none, label: N, exclusive: true } ] }\n";
        let body = pack(
            "p",
            "",
            &advice("x", "Do it", &format!(", raises: {{ m: {raises} }}")),
        );
        let place = body.find("findings:").expect("findings");
        let indent = "    ";
        let (before, after) = body.split_at(place);
        format!("{before}{indent}{question}{after}")
    };
    let rulebook = together(&[&several("[calls]")]).good();
    let raise = &rulebook.findings[0].advice[0].raises[0];
    assert_eq!((raise.answer.as_str(), raise.choices), ("calls", 0b10));
    for (raises, message) in [
        ("[call]", "`call` is not a choice of `m`"),
        ("[]", "a list of choices does not fit `m`"),
        ("4", "`4` is not a number of choices of `m`"),
    ] {
        let shown = together(&[&several(raises)]).shown();
        assert!(shown.contains(message), "{shown}");
    }
}

/// The roadmap moves actions to later horizons, so a day of their own would soon be wrong.
#[test]
fn no_advice_names_a_date_of_its_own() {
    const TIMES: [&str; 17] = [
        "this week",
        "this month",
        "this quarter",
        "this year",
        "next week",
        "next month",
        "next quarter",
        "next year",
        "today",
        "tomorrow",
        "from now",
        "in the next report",
        "next monthly report",
        "next meeting",
        "next sales",
        "meeting next",
        "next leaders",
    ];
    let rulebook = everything();
    let of_findings = rulebook.findings.iter().flat_map(|it| &it.advice);
    let of_gates = rulebook.gates.iter().flat_map(|it| &it.advice);
    let mut dated = Vec::new();
    for advice in of_findings.chain(of_gates) {
        let text = format!("{} {}", advice.what, advice.how.as_deref().unwrap_or(""));
        let text = text.to_lowercase();
        dated.extend(
            TIMES
                .iter()
                .filter(|time| text.contains(*time))
                .map(|_| text.clone()),
        );
    }
    assert!(dated.is_empty(), "{dated:#?}");
}

const MANY: &[&str] = &[
    "six", "seven", "eight", "nine", "ten", "twelve", "fifteen", "twenty", "thirty", "forty",
    "fifty", "hundred",
];

/// How many customers or buyers a text names, where a firm may have fewer: "ten valuable customers".
fn asks_for_many(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let whom = |place: usize| {
        let word = words.get(place).map(|word| bare(word));
        word.is_some_and(|word| ["customers", "buyers"].contains(&word.as_str()))
    };
    let described = |place: usize| {
        let word = words.get(place).map(|word| bare(word));
        word.is_some_and(|word| {
            ["valuable", "important", "loyal", "regular", "best"].contains(&word.as_str())
        })
    };
    let many = words.iter().enumerate().find(|(place, word)| {
        let before = words[..*place].join(" ").to_lowercase();
        MANY.contains(&bare(word).as_str())
            && !before.ends_with("up to")
            && !before.ends_with("up to a")
            && (whom(place + 1) || described(place + 1) && whom(place + 2))
    });
    many.map(|_| text.to_owned())
}

#[test]
fn advice_can_be_followed_with_five_customers() {
    assert!(asks_for_many("Ask ten valuable customers").is_some());
    assert!(asks_for_many("Ask up to a hundred customers").is_none());
    let rulebook = everything();
    let findings = rulebook.findings.iter();
    let gates = rulebook.gates.iter();
    let advice = findings
        .flat_map(|one| &one.advice)
        .chain(gates.flat_map(|one| &one.advice));
    let texts = advice.flat_map(|one| [Some(one.what.as_str()), one.how.as_deref()]);
    let many: Vec<String> = texts.flatten().filter_map(asks_for_many).collect();
    assert!(many.is_empty(), "{many:#?}");
}

/// A rating, a number of people, and advice on the rating that is worded for few of them.
fn sized(variants: &str, owners: &str) -> Outcome<Rulebook> {
    let people = "      people: { type: integer, ask: \"How many?\", min: 0 }\n";
    let more = format!(", how: For all, owner: finance, for: [ {variants} ]");
    let advice = advice("curve", "Draw the curve", &more);
    let finding =
        "findings:\n  low: { when: { a: \"<= 1\" }, kind: gap, severity: high, title: L, text: T";
    linked(&[&[(
        "pack.yaml",
        &format!(
            "{HEADER}{}{people}{owners}{finding}, advice: [ {advice} ] }}\n",
            ratings(&["a"])
        ),
    )]])
}

/// The action, its details and its owner, for these answers.
fn worded(rulebook: &Rulebook, answers: &str) -> [String; 3] {
    let text =
        format!("format: 1\nclient: {{ name: C }}\npacks: [p]\nanswers: {{ p: {answers} }}\n");
    let answers = checked(rulebook, &text).valid();
    let assessment = assess(rulebook, &answers);
    let action = assessment
        .actions
        .first()
        .expect("an action")
        .advice
        .clone();
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    [
        action.what,
        or_none(action.how),
        or_none(action.suggested_owner),
    ]
}

#[test]
fn advice_is_worded_for_the_client_it_is_given_to() {
    let variants = "{ when: { people: 1 }, do: \"Draw it alone\" }, \
        { when: { people: \"< 20\" }, how: \"For few\", owner: \"the owner\" }";
    let rulebook = sized(variants, "").good();
    let told = |answers: &str| worded(&rulebook, answers);
    let all = ["Draw the curve", "For all", "finance"];
    assert_eq!(
        told("{ a: 0, people: 1 }"),
        ["Draw it alone", "For all", "finance"]
    );
    assert_eq!(
        told("{ a: 0, people: 9 }"),
        ["Draw the curve", "For few", "the owner"]
    );
    assert_eq!(told("{ a: 0, people: 20 }"), all);
    assert_eq!(told("{ a: 0, people: unknown }"), all);
    assert_eq!(told("{ a: 0 }"), all);
}

#[test]
fn a_role_has_the_name_it_has_at_the_client() {
    let owners = "owners:\n  finance:\n    - { when: { people: 1 }, owner: you }\n    \
        - { when: { people: \"< 20\" }, owner: \"whoever keeps the books\" }\n";
    let rulebook = sized("{ when: { people: 3 }, owner: sales }", owners).good();
    let owner = |people: &str| {
        let [_, _, owner] = worded(&rulebook, &format!("{{ a: 0, people: {people} }}"));
        owner
    };
    assert_eq!(owner("1"), "you");
    assert_eq!(owner("3"), "sales");
    assert_eq!(owner("19"), "whoever keeps the books");
    assert_eq!(owner("20"), "finance");
    assert_eq!(owner("unknown"), "finance");
}

#[test]
fn words_for_some_clients_that_cannot_be_used_are_errors() {
    let told = |variants: &str, owners: &str| sized(variants, owners).shown();
    let empty = told("{ when: { people: \"< 20\" } }", "");
    assert!(empty.contains("say nothing"), "{empty}");
    let unknown = told("{ when: { peopel: \"< 20\" }, how: H }", "");
    assert!(unknown.contains("`people`"), "{unknown}");
    let owner = told(
        "{ when: { people: 1 }, how: H }",
        "owners: { finance: [ { when: { people: few }, owner: O } ] }\n",
    );
    assert!(owner.contains("few"), "{owner}");
}
