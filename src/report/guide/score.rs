//! Scores for readers.

use super::{Teller, text};
use crate::assess::assessment::test_words;
use crate::rules::condition::Test;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{Domain, Item, ItemKind, ScoreRule};
use crate::rules::vocabulary::Aggregate;
use serde::Serialize;

/// A score, worded.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ScoreGuide<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    how: String,
    range: String,
    caps: Vec<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn score(&self, node: usize, item: &'a Item) -> Option<ScoreGuide<'a>> {
        let (ItemKind::Score { caps, .. }, rule) = (&item.kind, self.program().score(node)?) else {
            return None;
        };
        let caps = caps.iter().zip(&rule.caps).map(|(because, cap)| {
            format!(
                "At most {} while {}: {because}",
                number(cap.at),
                self.condition(&cap.when)
            )
        });
        Some(ScoreGuide {
            id: item.local_id(),
            title: &item.label,
            about: text(item.about.as_ref()),
            how: self.how(item, rule),
            range: match item.domain {
                Domain::Number { least, most, .. } => {
                    format!("{} to {}", number(least), number(most))
                }
                Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => String::new(),
            },
            caps: caps.collect(),
        })
    }

    fn how(&self, item: &Item, rule: &ScoreRule) -> String {
        let parts: Vec<String> = rule
            .terms
            .iter()
            .map(|term| {
                let even = (term.weight - 1.0).abs() < f64::EPSILON;
                let weight = if even {
                    String::new()
                } else {
                    format!(" (weight {})", number(term.weight))
                };
                format!("{}{weight}", self.label(term.node))
            })
            .collect();
        let test = match rule.aggregate {
            Aggregate::Count | Aggregate::Share => {
                format!(" “{}”", test_words(&Test::Number(rule.test), item))
            }
            Aggregate::Mean
            | Aggregate::Sum
            | Aggregate::Min
            | Aggregate::Max
            | Aggregate::Geometric
            | Aggregate::Spread
            | Aggregate::Difference => String::new(),
        };
        let put = if rule.normalise {
            ", each put on 0 to 100 first"
        } else {
            ""
        };
        format!(
            "{}{test}: {}{put}",
            rule.aggregate.properties().title,
            parts.join("; ")
        )
    }
}
