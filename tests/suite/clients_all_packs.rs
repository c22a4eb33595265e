//! The client on all packs: one level comes first, and the summary stays short.

use std::collections::BTreeSet;

use crate::clients::{ALL_PACKS, Client, packs};
use centricity::rules::pack;

#[test]
fn one_client_answers_every_built_in_pack() {
    let answered: BTreeSet<String> = packs(ALL_PACKS).into_iter().collect();
    let builtin: BTreeSet<String> = pack::built_in_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(answered, builtin);
}

#[test]
fn steps_begin_with_the_gates_of_the_overall_level_and_name_owners_only_where_answers_do() {
    let client = Client::named(ALL_PACKS);
    let result = &client.assessment;
    let steps = result
        .next
        .iter()
        .map(|work| result.action(work).expect("an action"));
    let steps: Vec<_> = steps.collect();
    assert!(
        steps[0]
            .advice
            .what
            .starts_with("Let one member of the top team oversee")
    );
    // The second takes up that less is built than is called for.
    assert!(steps.len() >= 3);
    let built = steps[1].effect.as_ref().expect("an effect");
    assert!(
        built
            .points
            .iter()
            .any(|one| one.id.starts_with("organisation."))
    );
    // Each leads towards a target that somebody was given.
    assert_eq!(steps[0].owner.as_deref(), Some("Chief executive"));
    assert_eq!(steps[0].due, None, "the day was given for more");
    let margin = "economics.margin-by-segment";
    let margin = steps.iter().find(|one| one.advice.work == margin);
    assert_eq!(
        margin.and_then(|one| one.owner.as_deref()),
        Some("Head of finance")
    );
    assert_eq!(steps[1].owner.as_deref(), Some("Chief operating officer"));
}

#[test]
fn nothing_is_counted_of_a_pack_without_questions() {
    let markdown = Client::named(ALL_PACKS).markdown("all");
    assert!(!markdown.contains("0 of 0"), "{markdown}");
}
