//! What each sample client hears: too little built, too little known, too much, nobody in charge.

use crate::clients::{ALL_PACKS, Client};
use centricity::rules::pack::file::FindingKind;
use centricity::rules::vocabulary::State;

const PACKS: [&str; 4] = ["profile", "organisation", "retention", "principles"];

#[test]
fn harbour_tools_has_built_too_little() {
    let client = Client::named("harbour-tools");
    assert_eq!(client.outcomes("organisation.fit").0, ["under-built"]);
    let contradictions = |pack: &str| {
        let found = client.assessment.findings.iter();
        let own = found.filter(|one| one.id.pack() == pack && one.called_for);
        own.filter(|one| one.kind == FindingKind::Contradiction)
            .count()
    };
    for pack in &PACKS[1..] {
        assert!((1..=3).contains(&contradictions(pack)), "{pack}");
    }
}

#[test]
fn nobody_at_the_paper_mill_knew_enough_for_a_level() {
    let client = Client::named("paper-mill");
    assert!(client.assessment.coverage < 0.5 + 0.05, "half is open");
    for ladder in ["organisation.level", "retention.level", "principles.level"] {
        assert_eq!(client.level(ladder), None, "{ladder}");
    }
    for decision in ["organisation.required", "retention.right-customers"] {
        let (outcome, possible) = client.outcomes(decision);
        assert!(
            outcome.is_empty() && possible > 1,
            "{decision}: {outcome:?}, {possible}"
        );
    }
    for finding in ["loss-makers-unknown", "offer-uncounted"] {
        assert!(
            client
                .findings()
                .contains(&format!("organisation.{finding}")),
            "{finding}"
        );
    }
    // Three causes, each with its action.
    assert_eq!(client.assessment.next.len(), 3);
    assert!(
        client
            .markdown("executive")
            .contains("# Too little is answered")
    );
    let full = client.markdown("full");
    assert!(full.contains("Too little is answered to give a level."));
    assert!(full.contains("## Your offer calls for more than you have built"));
}

#[test]
fn the_corner_bakery_hears_what_to_stop() {
    let client = Client::named("corner-bakery");
    assert_eq!(client.outcomes("organisation.fit").0, ["over-built"]);
    let result = &client.assessment;
    assert!(result.actions.iter().filter(|one| one.stops).count() >= 3);
    let first = result.action(&result.next[0]).expect("an action");
    assert!(first.stops, "stopping comes first");
    assert!(!client.findings().contains("organisation.front-back-sound"));
    for report in client.reports() {
        assert!(report.contains("More is built than your offer calls for"));
        assert!(report.contains("Beyond what your offer calls for you run:"));
        assert!(report.contains("You have built more than your offer calls for"));
    }
    let out = result
        .questions
        .iter()
        .filter(|one| one.state == State::NotApplicable);
    assert!(out.filter(|one| one.reason.is_some()).count() >= 5);
}

#[test]
fn at_pellwick_shade_people_serve_well_and_nobody_answers_for_it() {
    let client = Client::named(ALL_PACKS);
    assert_eq!(client.level("maturity.level"), Some("attentive"));
    assert_eq!(client.level("signs.level"), Some("structured"));
    assert_eq!(client.outcomes("organisation.fit").0, ["under-built"]);
    let findings = client.findings();
    for finding in [
        "signs.service-carries",
        "organisation.account-manager-in-name-only",
        "organisation.profit-unknown",
        "principles.title-without-reach",
        "feedback.technology-ahead",
        "feedback.measured-not-answered",
        "listening.roadmap-from-one-ear",
        "brand-and-offer.rescued-for-pride",
        "maturity.verdicts-without-profit",
        "maturity.seen-and-asked-again",
    ] {
        assert!(findings.contains(finding), "{finding}");
    }
    let scores = &client.assessment.scores;
    let mean = |id: &str| {
        let one = scores.iter().find(|one| one.id == id).expect(id);
        one.value.expect(id)
    };
    let others = [
        "strategy",
        "culture",
        "organisation",
        "insight",
        "relationship",
        "offer",
        "ecosystem",
    ];
    for other in others.map(|one| mean(&format!("maturity.{one}"))) {
        assert!(mean("maturity.experience") > other && other > mean("maturity.economics"));
    }
}

#[test]
fn what_the_customer_table_gives_is_not_said_to_be_unknown() {
    let [_, markdown] = Client::named(ALL_PACKS).reports();
    for sentence in [
        "The customer table has it for 38 customers: 28.9 percent of them cost more to serve",
        "the most valuable fifth of 38 customers bring 81.0 percent of all value above zero",
    ] {
        assert!(markdown.contains(sentence), "{sentence}");
    }
    assert!(!markdown.contains("nobody has had to know"));
}
