//! Superlatives of reports: which part stands highest or lowest, as the result ranks them.

use crate::clients::{Client, every};
use centricity::assess::{NeedKind, NeedState, RankingResult};
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
    assert_eq!(ranking.highest, ["maturity.strategy", "maturity.insight"]);
    let few = [
        "maturity.relationship",
        "maturity.offer",
        "maturity.ecosystem",
    ];
    assert_eq!(ranking.few, few);
    let full = client.markdown("full");
    assert!(full.contains("highest: Customer choice and strategy, Insight and listening ("));
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
    assert_eq!(ranking.lowest, ["retention.economics", "retention.choice"]);
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
    assert!(
        client
            .markdown("full")
            .contains("Open answers may change this order.")
    );
}

#[test]
fn parts_without_a_verdict_are_not_ranked() {
    let client = Client::named("paper-mill");
    let ranking = client.ranking("retention", None);
    assert_eq!(ranking.unranked.len(), 9);
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
