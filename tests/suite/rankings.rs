//! Superlatives of reports: which part stands highest or lowest, as the result ranks them.

use crate::clients::{Client, every};
use centricity::assess::assessment::{NeedKind, NeedState, RankingResult};
use centricity::rules::pack;
use centricity::rules::pack::file::{FindingKind, Horizon};
use std::collections::{BTreeMap, BTreeSet};

impl Client {
    fn ranking(&self, pack: &str, exhibit: Option<&str>) -> &RankingResult {
        let mut all = self.assessment.rankings.iter();
        all.find(|one| one.pack == pack && one.exhibit.as_deref() == exhibit)
            .expect(pack)
    }
}

#[test]
fn a_dimension_on_three_answers_leads_no_profile() {
    let client = Client::named("golden-oat");
    let ranking = client.ranking("maturity", None);
    let tie = [
        "maturity.strategy",
        "maturity.insight",
        "maturity.economics",
    ];
    assert_eq!(ranking.highest, tie);
    let few = [
        "maturity.relationship",
        "maturity.offer",
        "maturity.ecosystem",
    ];
    assert_eq!(ranking.few, few);
    for text in client.reports() {
        assert!(text.contains("100 % (3 of 3 answers)"));
        assert!(text.contains("rests on three answers"));
        assert!(!text.contains("Offer, brand and personalisation stands"));
    }
}

#[test]
fn no_ranking_names_a_whole_beside_its_parts_or_hides_a_tie() {
    for (name, client) in every() {
        for ranking in &client.assessment.rankings {
            let named = ranking.highest.iter().chain(&ranking.lowest);
            let named: Vec<_> = named.collect();
            for id in &named {
                let score = client.assessment.scores.iter().find(|one| one.id == **id);
                let parts = score.map_or(&[][..], |one| &one.parts);
                let whole = parts
                    .iter()
                    .any(|part| named.iter().any(|one| **one == part.id));
                assert!(!whole, "{name}: {id} of {:?}", ranking.exhibit);
            }
        }
    }
    let client = Client::named("pellwick-shade");
    let ranking = client.ranking("retention", None);
    assert_eq!(ranking.lowest, ["retention.economics"]);
    let [_, report] = client.reports();
    assert!(
        !report.contains("Weakest pillar (38)"),
        "{name}",
        name = "PS"
    );
}

#[test]
fn ratings_that_no_score_counts_are_not_counted() {
    let client = Client::named("harbour-tools");
    let [_, report] = client.reports();
    assert!(report.contains("Of 17 ratings that the scores above count,"));
    assert!(report.contains("Of 24 ratings that the scores above count,"));
    assert!(!report.contains("| What leaders watch | 0 |"));
}

#[test]
fn a_level_lists_as_many_missing_conditions_as_it_counts() {
    let client = Client::named("harbour-tools");
    let ladder = client.assessment.levels.iter();
    let ladder = ladder.clone().find(|one| one.id == "principles.level");
    let held = ladder.expect("a ladder").blocked_by();
    assert_eq!(held.len(), 5);
    let floors = held.iter().filter(|need| need.kind == NeedKind::Floor);
    assert!(floors.clone().all(|need| need.state != NeedState::Met));
    assert_eq!(floors.count(), 2);
    let [_, report] = client.reports();
    assert!(report.contains("- Each of eight other parts at index 50 or more (met)"));
    assert!(report.contains("- Art of the possible at index 50 or more: 42 (not met)"));
}

#[test]
fn what_finds_something_out_is_not_put_off_beyond_ninety_days() {
    for (name, client) in every() {
        let findings = &client.assessment.findings;
        for action in &client.assessment.actions {
            let of = findings.iter().find(|one| one.id == action.of);
            let unknown = of.is_some_and(|one| one.kind == FindingKind::Unknown);
            if unknown && action.due.is_none() && action.advice.after.is_empty() {
                let within = action.advice.within;
                assert_ne!(within, Horizon::Later, "{name}: {}", action.advice.work);
            }
        }
    }
}

#[test]
fn a_glossary_explains_only_what_a_report_says() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        let (body, glossary) = report.split_once(" Glossary\n").expect(name);
        let body = body.to_lowercase();
        let terms = glossary
            .lines()
            .filter_map(|line| line.strip_prefix("- **"));
        for term in terms.filter_map(|line| line.split_once("**")) {
            let plain = term.0.replace('\\', "").to_lowercase();
            assert!(body.contains(&plain), "{name}: {plain}");
        }
    }
}

#[test]
fn a_heading_in_the_appendix_has_something_below_it() {
    for (name, client) in every() {
        let [_, report] = client.reports();
        let appendix = report
            .split_once(" All questions and answers\n")
            .expect(name);
        let lines: Vec<_> = appendix.1.lines().filter(|line| !line.is_empty()).collect();
        for pair in lines.windows(2) {
            let title = |line: &str| line.starts_with("### ") && !line.starts_with("### 1");
            assert!(!(title(pair[0]) && title(pair[1])), "{name}: {pair:?}");
        }
    }
}

#[test]
fn a_basis_on_evidence_says_what_it_holds_down() {
    for text in Client::named("harbour-tools").reports() {
        assert!(text.contains("what you say of the market count as given"));
    }
}

#[test]
fn a_dimension_says_what_was_not_asked() {
    let client = Client::named("golden-oat");
    let scores = &client.assessment.scores;
    let offer = scores.iter().find(|one| one.id == "maturity.offer");
    let base = offer.and_then(|one| one.base.as_ref()).expect("a base");
    assert_eq!(
        base.not_asked,
        ["brand-and-offer", "one-to-one", "personalisation"]
    );
    let says = "rests on three answers; one more question does not apply or is not called for; \
                brand-and-offer, one-to-one and personalisation were not asked";
    assert_eq!(base.says().as_deref(), Some(says));
    for text in client.reports() {
        let places = text.matches(says).count();
        assert!(places >= 3, "page one, profile and star: {places}");
    }
}

#[test]
fn every_pack_that_asks_about_a_dimension_is_named_with_it() {
    let client = Client::named("pellwick-shade");
    let scores = client.assessment.scores.iter();
    for score in scores.filter(|one| one.base.is_some()) {
        assert!(score.base.iter().all(|base| base.not_asked.is_empty()));
    }
    let texts = pack::built_in("maturity").expect("maturity");
    let files = texts.rules.iter();
    let text: String = files
        .map(|one| String::from_utf8_lossy(&one.bytes))
        .collect();
    for (tag, packs) in tagged() {
        if !text.contains(&format!("tag: {tag}, packs: all")) {
            continue;
        }
        let asked_in = packs.into_iter().collect::<Vec<_>>().join(", ");
        let mut lines = text.lines();
        lines.find(|line| line.contains(&format!("tag: {tag}, packs: all")));
        let next = lines.next().unwrap_or_default().trim();
        assert_eq!(next, format!("asked_in: [{asked_in}]"), "{tag}");
    }
}

#[test]
fn parts_made_of_others_are_not_ranked() {
    let client = Client::named("golden-oat");
    let ranking = client.ranking("retention", None);
    assert!(ranking.wholes.iter().any(|id| *id == "retention.keeping"));
    assert!(
        !ranking.firm,
        "what has no verdict may still come out highest"
    );
    let [_, report] = client.reports();
    assert!(report.contains("Furthest along as answered so far: four parts (50)."));
    assert!(report.contains("Parts that are made of other parts here are not ranked."));
}

#[test]
fn a_table_marks_as_many_parts_without_a_verdict_as_the_sentence_counts() {
    let client = Client::named("paper-mill");
    let ranking = client.ranking("retention", None);
    let [_, report] = client.reports();
    let weak = ranking.unranked.len();
    assert_eq!(weak, 9);
    assert!(report.contains("Nine parts are not ranked: without a verdict."));
}

#[test]
fn what_a_spread_leaves_out_is_counted_in_words() {
    let client = Client::named("harbour-tools");
    let [_, report] = client.reports();
    assert!(report.contains("more are of the market, not of what you do; one of them is open."));
    let client = Client::named("riverbank-transport");
    let [_, report] = client.reports();
    assert!(report.contains(
        "Three more are read by other scores or conditions, not by the scores of this part."
    ));
}

/// The packs with questions of each tag.
fn tagged() -> BTreeMap<String, BTreeSet<String>> {
    let client = Client::named("pellwick-shade");
    let mut all = BTreeMap::<_, BTreeSet<_>>::new();
    for item in client.rulebook.items.iter() {
        let tags = item.kind.question().map_or(&[][..], |one| &one.tags);
        for tag in tags {
            let (pack, _) = item.id.split_once('.').expect("a pack");
            all.entry(tag.clone()).or_default().insert(pack.to_owned());
        }
    }
    all
}
