//! Ladders in the layout: where their levels start, and their rules in words.

use crate::report::markdown::Markup;
use crate::report::view::{LadderRules, LevelRule, short};
use crate::rules::condition::Atom;
use crate::rules::rulebook::rule::{index_limit, limit};
use crate::rules::rulebook::words::list;
use crate::rules::rulebook::{Check, ExhibitKind, Item, ItemKind, LadderRule, Level, Rulebook};
use crate::text::number::rounded;
use std::borrow::Cow;

#[derive(Debug)]
pub(in crate::report) struct LadderLayout<'a> {
    pub(in crate::report) node: usize,
    pub(in crate::report) anchor: String,
    /// True if an exhibit of kind `steps` draws it.
    pub(in crate::report) drawn: bool,
    /// Lowest first.
    pub(in crate::report) texts: Vec<Markup>,
    pub(in crate::report) rules: LadderRules<'a>,
    /// Start of each level, as an index of its score, `0..=100`.
    pub(in crate::report) starts: Vec<f64>,
}

pub(super) fn ladders<'a>(
    rulebook: &'a Rulebook,
    pack: usize,
    anchor: &mut impl FnMut(&str) -> String,
) -> Vec<LadderLayout<'a>> {
    let steps = |node: usize| {
        let exhibits = rulebook.packs.iter().flat_map(|pack| &pack.exhibits);
        exhibits
            .into_iter()
            .any(|one| matches!(one.kind, ExhibitKind::Steps { ladder, .. } if ladder == node))
    };
    let mut list = Vec::new();
    for (node, item) in rulebook.items.iter().enumerate() {
        let (ItemKind::Ladder { levels, .. }, Some(rungs)) =
            (&item.kind, rulebook.program.ladder(node))
        else {
            continue;
        };
        if item.pack != pack {
            continue;
        }
        list.push(LadderLayout {
            node,
            anchor: anchor(item.local_id()),
            drawn: steps(node),
            texts: levels
                .iter()
                .map(|level| Markup::of(level.text.as_ref()))
                .collect(),
            rules: rules(rulebook, item, rungs),
            starts: rungs
                .levels
                .iter()
                .filter_map(|level| start(rulebook, level))
                .collect(),
        });
    }
    list
}

fn start(rulebook: &Rulebook, level: &Level) -> Option<f64> {
    level.checks.iter().find_map(|check| match check {
        Check::From(atom) => index_limit(rulebook, rulebook.program.atoms.get(*atom)?),
        Check::Floor(_) | Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
    })
}

fn rules<'a>(rulebook: &'a Rulebook, item: &'a Item, rungs: &'a LadderRule) -> LadderRules<'a> {
    let ItemKind::Ladder { levels, by_index } = &item.kind else {
        return LadderRules {
            title: Cow::Borrowed(&item.label),
            reads: Cow::Borrowed(""),
            rows: Vec::new(),
        };
    };
    let measure = if *by_index { "index" } else { "value" };
    let reads = rungs.of.and_then(|node| rulebook.item(node)).map_or_else(
        || format!("the {measure} of each part named"),
        |score| format!("the {measure} of “{}”", score.label),
    );
    let rows = levels.iter().zip(&rungs.levels).enumerate();
    LadderRules {
        title: Cow::Borrowed(&item.label),
        reads: Cow::Owned(reads),
        rows: rows
            .map(|(place, (level, rung))| LevelRule {
                name: Cow::Owned(format!("{} {}", place + 1, level.title)),
                from: rung.checks.iter().find_map(|check| match check {
                    Check::From(atom) => {
                        rulebook.program.atoms.get(*atom).and_then(limit).map(plain)
                    }
                    Check::Floor(_) | Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
                }),
                floor: floor(rulebook, rung, &|_| false).map(Cow::Owned),
                gates: gates(rulebook, rung),
                basis: basis(rung),
            })
            .collect(),
    }
}

/// Demands of a level on the assessment as a whole: "evidenced, confidence medium".
fn basis(rung: &Level) -> Option<String> {
    let asked = rung.checks.iter().filter_map(|check| match check {
        Check::Basis => Some("evidenced".to_owned()),
        Check::Confidence(_, wanted) => Some(format!("confidence {}", wanted.word())),
        Check::From(_) | Check::Floor(_) | Check::Gate(_) => None,
    });
    let asked: Vec<String> = asked.collect();
    (!asked.is_empty()).then(|| asked.join(", "))
}

/// A limit without the zeros nobody wrote.
fn plain<'a>(limit: f64) -> Cow<'a, str> {
    let text = rounded(limit, 2);
    Cow::Owned(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

fn gates<'a>(rulebook: &'a Rulebook, rung: &Level) -> Vec<Cow<'a, str>> {
    let gates = rung.checks.iter().filter_map(|check| match check {
        Check::Gate(place) => rulebook.gates.get(*place),
        Check::From(_) | Check::Floor(_) | Check::Basis | Check::Confidence(..) => None,
    });
    gates
        .map(|gate| Cow::Borrowed(gate.title.as_str()))
        .collect()
}

/// "Strategy, Structure and People at 25 or more", with the parts that are out marked.
pub(in crate::report) fn floor(
    rulebook: &Rulebook,
    rung: &Level,
    is_out: &dyn Fn(usize) -> bool,
) -> Option<String> {
    let atoms = rung.checks.iter().filter_map(|check| match check {
        Check::Floor(atom) => rulebook.program.atoms.get(*atom),
        Check::From(_) | Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
    });
    let atoms: Vec<&Atom> = atoms.collect();
    let limit = limit(atoms.first()?)?;
    let labels: Vec<String> = atoms
        .iter()
        .filter_map(|atom| {
            let label = short(&rulebook.item(atom.node)?.label);
            Some(if is_out(atom.node) {
                format!("{label} (not applicable here)")
            } else {
                label.to_owned()
            })
        })
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    Some(format!("{} at {} or more", list(&labels), plain(limit)))
}
