//! The contents: what stands below each section that packs share.

use super::Text;
use super::pack::Pack;
use serde::Serialize;

/// Entries below the sections that packs share.
#[derive(Debug, Clone, Serialize)]
pub struct Contents<'a> {
    /// Below the profile.
    pub profile: Vec<Entry<'a>>,
    /// Below the fit.
    pub fit: Vec<Entry<'a>>,
    /// Below the metrics.
    pub metrics: Vec<Entry<'a>>,
    /// Below the lenses.
    pub lenses: Vec<Entry<'a>>,
    /// Below the findings.
    pub findings: Vec<Entry<'a>>,
}

/// A line of the contents; one without a number names the pack of those after it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry<'a> {
    /// Anchor it leads to.
    pub anchor: &'a str,
    /// Its number.
    pub number: Option<String>,
    /// Text of the entry.
    pub title: Text<'a>,
}

/// Something of a pack that has a place and a number.
type Part<'a, 'p> = (&'a str, &'p str, &'p Text<'a>);

impl<'a> Contents<'a> {
    /// Of packs in the order of the report; in brief, a pack has one line in each section.
    pub(super) fn new(packs: &[Pack<'a>], brief: bool) -> Self {
        let list = |parts: &dyn for<'p> Fn(&'p Pack<'a>) -> Vec<Part<'a, 'p>>| {
            let mut entries = Vec::new();
            for pack in packs {
                let parts = parts(pack);
                let Some(&(anchor, number, _)) = parts.first() else {
                    continue;
                };
                let named = |number| Entry {
                    anchor,
                    number,
                    title: pack.title.clone(),
                };
                if brief {
                    entries.push(named(Some(number.to_owned())));
                    continue;
                }
                entries.extend((packs.len() > 1).then(|| named(None)));
                entries.extend(parts.into_iter().map(|(anchor, number, title)| Entry {
                    anchor,
                    number: Some(number.to_owned()),
                    title: title.clone(),
                }));
            }
            entries
        };
        Self {
            profile: list(&|pack| exhibits(&pack.profile)),
            fit: list(&|pack| exhibits(&pack.fit)),
            metrics: list(&|pack| {
                let metrics = pack.metrics.iter();
                let parts = metrics.map(|one| (one.anchor, one.number.as_str(), &one.title));
                parts.collect()
            }),
            lenses: list(&|pack| exhibits(&pack.lenses)),
            findings: list(&|pack| {
                let groups = pack.groups.iter();
                let parts = groups.map(|one| (one.anchor, one.number.as_str(), &one.title));
                parts.collect()
            }),
        }
    }
}

fn exhibits<'a, 'p>(all: &'p [super::Exhibit<'a>]) -> Vec<Part<'a, 'p>> {
    let parts = all
        .iter()
        .map(|one| (one.anchor, one.number.as_str(), &one.title));
    parts.collect()
}
