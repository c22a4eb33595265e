//! What findings and verdicts of the sample clients claim, held to the answers beside them.

use centricity::rules::pack::file::{FindingKind, Horizon, Severity};

use crate::clients::{Client, every};

impl Client {
    fn text_of(&self, finding: &str) -> &str {
        let findings = &self.assessment.findings;
        let one = findings.iter().find(|one| one.id == finding);
        &one.expect(finding).text
    }

    fn reason(&self, decision: &str) -> Option<&str> {
        let decisions = &self.assessment.decisions;
        let one = decisions.iter().find(|one| one.id == decision);
        one.expect(decision).because.as_deref()
    }

    fn first_step(&self, finding: &str) -> &str {
        let findings = &self.assessment.findings;
        let one = findings.iter().find(|one| one.id == finding);
        let advice = &one.expect(finding).advice;
        &advice.first().expect("advice").what
    }
}

#[test]
fn a_few_points_between_shares_kept_are_no_high_risk() {
    let client = Client::named("golden-oat");
    let findings = &client.assessment.findings;
    let edge: Vec<_> = findings
        .iter()
        .filter(|one| one.text.contains("71 percent were still customers"))
        .collect();
    let [one] = edge.as_slice() else {
        panic!("{edge:?}")
    };
    assert_eq!(one.severity, Severity::Low);
    assert_eq!(one.id, "retention.wanted-ones-hardly-behind");
}

#[test]
fn owners_of_complaints_are_told_as_they_were_answered() {
    let every_one = Client::named("riverbank-transport");
    let text = every_one.text_of("principles.oversight-whole");
    assert!(
        text.contains("In every channel a named person takes it over and sees it to its end"),
        "{text}"
    );
    let reason = every_one.reason("principles.reach-verdict");
    let reason = reason.expect("a reason");
    assert!(!reason.contains("some channels"), "{reason}");
}

#[test]
fn the_first_step_on_six_questions_is_not_the_one_taken() {
    for name in ["golden-oat", "pine-joinery"] {
        let client = Client::named(name);
        let step = client.first_step("principles.leaders-differ");
        assert!(step.contains("not both written and told alike"), "{step}");
        let [_, report] = client.reports();
        assert!(!report.contains("few questions are answered"), "{name}");
    }
}

#[test]
fn a_verdict_that_is_certain_has_a_reason() {
    let client = Client::named("golden-oat");
    let reason = client.reason("retention.right-customers");
    assert!(
        reason.is_some_and(|text| text.contains("are written down, and do not decide yet")),
        "{reason:?}"
    );
}

#[test]
fn a_firm_answer_is_found_whatever_is_unknown_beside_it() {
    let mill = Client::named("paper-mill").findings();
    assert!(mill.contains("retention.little-reaches-operations"));
    assert!(mill.contains("retention.staying-nobody-follows"));
    assert!(!mill.contains("retention.retention-nobody-knew"));
    let oat = Client::named("golden-oat").findings();
    assert!(!oat.contains("retention.little-reaches-operations"));
    assert!(oat.contains("retention.little-known-in-operations"));
}

#[test]
fn what_can_both_be_true_is_no_contradiction() {
    let agency = Client::named("riverbank-transport");
    let findings = &agency.assessment.findings;
    let one = findings
        .iter()
        .find(|one| one.id == "principles.written-told-differently");
    assert_eq!(one.expect("a finding").kind, FindingKind::Gap);
}

#[test]
fn nothing_is_said_of_people_or_rivals_whom_nobody_asked_about() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        for words in [
            "A rival who wants your customers",
            "Teams themselves report",
            "Other efforts in this report",
            "those who were asked",
            "stands on air",
            "the right ones stay",
            "cannot both hold",
        ] {
            assert!(!report.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn levels_and_verdicts_claim_only_what_applies() {
    let [_, agency] = Client::named("riverbank-transport").reports();
    for words in [
        "it is known what winning a customer costs",
        "Chosen customers, and what",
        "The right customers are chosen, served",
        "get or are refused",
        "asks the three questions and wants proof",
    ] {
        assert!(!agency.contains(words), "{words}");
    }
    assert!(
        agency.contains(
            "You have agreed ways for much of what you do for customers, and a set answer"
        )
    );
    let bakery = Client::named("corner-bakery");
    let [_, bakery] = bakery.reports();
    assert!(!bakery.contains("Wins, losses and profit are compared"));
    assert!(bakery.contains("but do not count what too early or too late would cost"));
}

#[test]
fn what_nobody_knew_is_named() {
    let oat = Client::named("golden-oat");
    let text = oat.text_of("retention.cost-nobody-knew");
    assert!(
        text.starts_with("Nobody could say: Break-even of a customer."),
        "{text}"
    );
    for (name, client) in every() {
        for one in &client.assessment.findings {
            for words in ["At least one of two", "At least one of three"] {
                assert!(!one.text.contains(words), "{name}: {}", one.text);
            }
            assert!(
                !one.text.contains("Nobody could say: ."),
                "{name}: {}",
                one.id
            );
        }
    }
}

#[test]
fn parts_that_stand_alike_are_not_called_the_lowest() {
    let oat = Client::named("golden-oat");
    for one in &oat.assessment.findings {
        let Some((_, lowest)) = one.text.split_once("Its lowest answers: ") else {
            continue;
        };
        let all = one.text.contains("All that is rated in it stands alike");
        assert!(!all, "{}: {lowest}", one.id);
    }
    for (name, client) in every() {
        let [_, report] = client.reports();
        for words in ["look there for the next step", "Begin with the lowest"] {
            assert!(!report.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn advice_asks_for_nothing_that_an_answer_says_is_there() {
    let shade = Client::named("pellwick-shade");
    let text = shade.text_of("economics.worth-not-known");
    assert!(!text.contains("is not in it"), "{text}");
    let text = shade.text_of("economics.figures-nobody-had");
    assert!(text.contains("divided by the customers won"), "{text}");
    assert!(
        !text.contains("bank"),
        "the cost of capital is known: {text}"
    );
    let text = shade.text_of("economics.many-to-shed");
    assert!(
        text.contains("whose value and whole wallet are known"),
        "{text}"
    );
    for finding in [
        "feedback.power-unasked",
        "personalisation.stalled-left-alone",
    ] {
        let step = shade.first_step(finding);
        assert!(
            !step.starts_with("List ") && !step.starts_with("Find "),
            "{step}"
        );
    }
    let tools = Client::named("harbour-tools");
    let [_, report] = tools.reports();
    for words in [
        "drawn by lot where there are more",
        "where there is one type",
        "drawn already",
        "Where there was none",
        "the criteria, if any",
        "Which requests are refused is not agreed",
        "have nothing to rest on",
        "What is left is to set it against margin",
    ] {
        assert!(!report.contains(words), "{words}");
    }
}

#[test]
fn a_strength_or_verdict_says_no_more_than_its_condition() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        for words in [
            "on a bad day as well",
            "Written criteria decide whom you pursue",
            "effort follows what customers are known to value",
            "Too little is known of what customers value",
            "they know because somebody asked",
            "review in words took place in the last twelve months |",
            "Read each verdict with its reason",
            "rather than by an agreed strategy",
            "agreed ways do not yet cover most",
            "good people make up for the rest",
            "Either way the customer",
        ] {
            assert!(!report.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn what_is_built_and_not_called_for_begins_at_three_whatever_reads_it() {
    for (name, client) in every() {
        for one in &client.assessment.simplify {
            assert!(one.index >= 75.0, "{name}: {}", one.id);
        }
    }
    let bakery = Client::named("corner-bakery");
    let spare: Vec<&str> = bakery
        .assessment
        .simplify
        .iter()
        .map(|one| &*one.label)
        .collect();
    for label in ["Moves between front and back", "Settling priorities"] {
        assert!(spare.contains(&label), "{label}: {spare:?}");
    }
}

#[test]
fn an_over_built_client_keeps_the_results_its_level_rests_on() {
    let bakery = Client::named("corner-bakery");
    let step = bakery.first_step("organisation.machinery-without-need");
    assert!(!step.contains("own results"), "{step}");
    let actions = &bakery.assessment.actions;
    let bills = actions
        .iter()
        .find(|one| one.advice.id == "stop-internal-bills");
    let bills = bills.expect("the second step");
    assert!(!bills.advice.after.is_empty(), "it follows the what_if");
    assert_eq!(bills.advice.within, Horizon::Later);
}

#[test]
fn answers_that_pull_against_each_other_are_named() {
    for (name, finding, absent) in [
        ("harbour-tools", "result-said-twice", "no-customer-result"),
        (
            "riverbank-transport",
            "solutions-without-a-path",
            "solutions-said-twice",
        ),
        (
            "pine-joinery",
            "solutions-said-twice",
            "solutions-without-a-path",
        ),
        ("pine-joinery", "solutions-said-twice", "star-agrees"),
        ("golden-oat", "bundles-said-twice", "record-said-twice"),
        ("golden-oat", "promise-said-twice", "treated-alike"),
    ] {
        let client = Client::named(name);
        let [_, report] = client.reports();
        assert!(
            report.contains(&format!("`organisation.{finding}`")),
            "{name}: {finding}"
        );
        assert!(
            !report.contains(&format!("`organisation.{absent}`")),
            "{name}: {absent}"
        );
    }
}

#[test]
fn sentences_claim_no_more_than_was_asked() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        for words in [
            "agreed ways, owners and measures",
            "already feel the seams",
            "matter of impression",
            "even where more is called for",
            "if there are any, have not",
            "no customer behind",
            "fewer customers behind it every year",
            "whether anybody would miss it",
            "Profit is known by segment",
            "Profit is known at least by segment",
            "0.3 steps ahead",
            "Pause one project",
        ] {
            assert!(!report.contains(words), "{name}: {words}");
        }
    }
}

#[test]
fn nothing_is_read_from_signs_that_nobody_answered() {
    for name in ["golden-oat", "riverbank-transport"] {
        let client = Client::named(name);
        let (outcome, possible) = client.outcomes("organisation.readiness-verdict");
        assert!(outcome.is_empty() && possible == 4, "{name}: {outcome:?}");
        assert_eq!(client.outcomes("organisation.fit").0, ["fit"], "{name}");
        let findings = client.findings();
        assert!(!findings.contains("organisation.fits-the-offer-alone"));
        assert!(!findings.contains("organisation.customers-not-ready"));
    }
}

#[test]
fn one_product_leaves_nothing_to_coordinate_however_many_buy_it() {
    let client = Client::named("golden-oat");
    assert_eq!(client.outcomes("organisation.required").0, ["none"]);
    let [_, report] = client.reports();
    assert!(!report.contains("colleagues should know of each other"));
}

#[test]
fn customers_who_ask_for_more_than_the_offer_calls_for_are_asked_before_it_stops() {
    let client = Client::named("pine-joinery");
    let text = client.text_of("organisation.customers-ask-beyond");
    assert!(text.contains("or stop what they use"), "{text}");
    let actions = &client.assessment.actions;
    let place = |id: &str| actions.iter().position(|one| one.advice.id == id);
    let asked = place("ask-who-shows-signs").expect("customers are asked");
    for stop in ["stop-the-dearer-layer", "thin-what-lies-below"] {
        assert!(place(stop).is_some_and(|place| place > asked), "{stop}");
    }
    assert_eq!(actions[asked].advice.within, Horizon::Now);
}

#[test]
fn the_method_says_what_is_printed() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        assert!(
            !report.contains("are shown apart, and are in no mean"),
            "{name}"
        );
        assert!(!report.contains("Nothing here was measured"), "{name}");
        assert!(!report.contains("Begin at the bottom"), "{name}");
    }
}

#[test]
fn an_owner_that_a_pack_names_is_called_suggested() {
    let client = Client::named("golden-oat");
    for text in client.reports() {
        assert!(text.contains("suggested: head of sales"));
    }
    let client = Client::named("pellwick-shade");
    let [_, report] = client.reports();
    assert!(!report.contains("| Cost of capital |") || report.contains("Break-even"));
}

#[test]
fn what_to_look_at_is_not_called_an_example_of_a_grade() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        assert!(!report.contains("that shows it, such as"), "{name}");
        assert!(!report.contains("the thing itself, such as"), "{name}");
    }
}
