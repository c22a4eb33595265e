//! How the built-in packs read: short questions, short anchors, no word that needs explaining
//! without an entry in the glossary, and everything a question should carry.

use crate::workshop::built_in;
use centricity::rules::pack;
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::{Item, Question, Rulebook};
use std::collections::BTreeSet;

/// Words of the trade that a reader from outside may not know; each needs a glossary entry where
/// it is used.
const TRADE: &[&str] = &[
    "account manager",
    "account plan",
    "acquisition cost",
    "agile",
    "back office",
    "back unit",
    "blueprint",
    "break-even",
    "channel",
    "churn",
    "cohort",
    "cost to serve",
    "ecosystem",
    "front unit",
    "journey",
    "key account",
    "lifetime value",
    "loss-making customer",
    "operating model",
    "persona",
    "profit and loss",
    "right to win",
    "segment",
    "service level",
    "touch point",
    "transfer rule",
    "value curve",
    "value proposition",
];

/// Words that say nothing a plainer one would not.
const NEVER: &[&str] = &[
    "best-in-class",
    "best in class",
    "world-class",
    "holistic",
    "synergy",
    "synergies",
    "leverage",
    "leveraging",
    "stakeholder",
    "omnichannel",
    "touchpoint",
    "deep dive",
    "low-hanging",
    "paradigm",
    "actionable",
    "utilise",
];

/// Every built-in pack, with those it cannot do without.
fn packs() -> Vec<Rulebook> {
    let names = pack::built_in_names();
    names.iter().map(|name| built_in(&[name])).collect()
}

fn questions(rulebook: &Rulebook) -> impl Iterator<Item = (&Item, &Question)> {
    rulebook
        .items
        .iter()
        .filter_map(|item| Some((item, item.kind.question()?)))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Every text of a pack that a respondent or a client reads.
fn texts(rulebook: &Rulebook) -> Vec<(String, String)> {
    let mut list = Vec::new();
    for (item, question) in questions(rulebook) {
        let own = [
            Some(&question.ask),
            question.stem.as_ref(),
            question.help.as_ref(),
            question.why.as_ref(),
            question.evidence.as_ref(),
        ];
        list.extend(
            own.into_iter()
                .flatten()
                .map(|text| (item.id.clone(), text.clone())),
        );
        list.extend(
            question
                .choices
                .iter()
                .map(|choice| (item.id.clone(), choice.label.clone())),
        );
    }
    for finding in &rulebook.findings {
        list.push((finding.id.clone(), finding.title.clone()));
        let advice = finding
            .advice
            .iter()
            .flat_map(|one| [Some(one.what.clone()), one.how.clone()]);
        list.extend(advice.flatten().map(|text| (finding.id.clone(), text)));
    }
    list
}

#[test]
fn no_question_is_longer_than_thirty_words() {
    for rulebook in packs() {
        for (item, question) in questions(&rulebook) {
            let length = words(&question.ask) + question.stem.as_deref().map_or(0, words);
            assert!(length <= 30, "{}: {length} words", item.id);
        }
    }
}

#[test]
fn no_anchor_is_longer_than_fifteen_words() {
    for rulebook in packs() {
        for (item, question) in questions(&rulebook) {
            for choice in &question.choices {
                assert!(words(&choice.label) <= 15, "{}: {}", item.id, choice.label);
            }
        }
    }
}

#[test]
fn every_rating_has_five_anchors_that_differ() {
    for rulebook in packs() {
        let ratings =
            questions(&rulebook).filter(|(_, question)| question.kind == QuestionType::Rating);
        for (item, question) in ratings {
            let labels: BTreeSet<&str> = question
                .choices
                .iter()
                .map(|choice| choice.label.as_str())
                .collect();
            assert_eq!(labels.len(), 5, "{}", item.id);
        }
    }
}

#[test]
fn every_question_says_why_what_to_look_at_and_who_can_tell() {
    for rulebook in packs() {
        for (item, question) in questions(&rulebook) {
            assert!(question.why.is_some(), "{} has no why", item.id);
            assert!(question.evidence.is_some(), "{} has no evidence", item.id);
            assert!(!question.roles.is_empty(), "{} has no roles", item.id);
        }
    }
}

#[test]
fn every_gap_risk_and_contradiction_says_what_to_do() {
    use centricity::rules::pack::file::FindingKind::{Contradiction, Gap, Risk};
    for rulebook in packs() {
        for finding in &rulebook.findings {
            let weakness = matches!(finding.kind, Gap | Risk | Contradiction);
            assert!(
                !weakness || !finding.advice.is_empty(),
                "{} has no advice",
                finding.id
            );
        }
    }
}

#[test]
fn words_of_the_trade_stand_in_the_glossary() {
    let mut missing = BTreeSet::new();
    for rulebook in packs() {
        let terms: Vec<String> = rulebook
            .packs
            .iter()
            .flat_map(|pack| &pack.glossary)
            .map(|(term, _)| term.to_lowercase())
            .collect();
        for (id, text) in texts(&rulebook) {
            let text = text.to_lowercase();
            for word in TRADE.iter().filter(|word| contains_word(&text, word)) {
                if !terms.iter().any(|term| term.contains(word)) {
                    missing.insert(format!("{id}: `{word}` in: {text}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn abbreviations_stand_in_the_glossary() {
    for rulebook in packs() {
        let glossary: Vec<&str> = rulebook
            .packs
            .iter()
            .flat_map(|pack| &pack.glossary)
            .map(|(term, _)| term.as_str())
            .collect();
        for (id, text) in texts(&rulebook) {
            let tokens = text.split(|letter: char| !letter.is_alphanumeric());
            for token in tokens.filter(|token| {
                token.len() > 1 && token.chars().all(|letter| letter.is_ascii_uppercase())
            }) {
                assert!(
                    glossary.contains(&token),
                    "{id}: `{token}` is not in the glossary"
                );
            }
        }
    }
}

#[test]
fn no_text_uses_words_that_say_nothing() {
    for rulebook in packs() {
        for (id, text) in texts(&rulebook) {
            let text = text.to_lowercase();
            let found = NEVER.iter().find(|word| contains_word(&text, word));
            assert!(found.is_none(), "{id}: `{found:?}` in: {text}");
        }
    }
}

/// Whether the text holds the words, alone or in the plural.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .unwrap_or_default()
            .trim_start_matches('s')
            .chars()
            .next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn no_two_items_of_a_pack_share_a_name() {
    for name in pack::built_in_names() {
        let rulebook = built_in(&[name]);
        let mut names = BTreeSet::new();
        for item in rulebook.items.iter() {
            let pack = rulebook.packs.get(item.pack);
            let own = pack.is_some_and(|pack| pack.id == name);
            assert!(
                !own || names.insert(item.label.clone()),
                "{name}: two items are called “{}”",
                item.label
            );
        }
    }
}
