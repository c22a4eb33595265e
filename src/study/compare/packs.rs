//! Packs that can be compared, and notes to read before any figure.

use super::result::{
    AnswerChange, Banner, BannerKind, Effect, EffectKind, PackChange, PackPoint, PackRelation,
    SideResult,
};
use super::{Carried, Side};
use crate::assess::assessment::{Assessment, PackResult};
use crate::message;
use crate::rules::vocabulary::Basis;

/// The packs of both sides: those of the later one, then those that are gone.
pub(super) fn pack_changes(before: &Assessment, after: &Assessment) -> Vec<PackChange> {
    let point = |pack: &PackResult| PackPoint {
        version: pack.version.clone(),
        digest: pack.digest.clone(),
        changed: pack.changed,
    };
    let find = |side: &Assessment, id: &str| -> Option<PackPoint> {
        side.packs.iter().find(|pack| pack.id == id).map(point)
    };
    let gone = |pack: &&PackResult| find(after, &pack.id).is_none();
    let all = after.packs.iter().chain(before.packs.iter().filter(gone));
    let changes = all.map(|pack| {
        let (from, to) = (find(before, &pack.id), find(after, &pack.id));
        PackChange {
            relation: relation(from.as_ref(), to.as_ref()),
            id: pack.id.clone(),
            title: pack.title.clone(),
            from,
            to,
        }
    });
    changes.collect()
}

/// Returns true where every pack of either side is the very same on the other.
pub(super) fn are_same(packs: &[PackChange]) -> bool {
    let mut packs = packs.iter();
    packs.all(|one| one.relation == PackRelation::Same)
}

pub(super) fn effect(packs: &[PackChange], carried: &Carried<'_>) -> Effect {
    let (kind, why) = match carried {
        _ if are_same(packs) => (EffectKind::None, None),
        Carried::Done(_) => (EffectKind::Told, None),
        Carried::Not(why) => (EffectKind::Untold, Some((*why).to_owned())),
    };
    Effect { kind, why }
}

fn relation(from: Option<&PackPoint>, to: Option<&PackPoint>) -> PackRelation {
    let alike = |one: &PackPoint, other: &PackPoint| {
        one.version.split('.').next() == other.version.split('.').next()
    };
    match (from, to) {
        (Some(from), Some(to)) if from.version == to.version && from.digest == to.digest => {
            PackRelation::Same
        }
        (Some(from), Some(to)) if alike(from, to) => PackRelation::Changed,
        (Some(_), Some(_)) => PackRelation::OtherMajor,
        (Some(_), None) => PackRelation::OnlyBefore,
        (None, _) => PackRelation::OnlyAfter,
    }
}

pub(super) fn side(side: &Side<'_>) -> SideResult {
    let (result, people) = (side.result, &side.result.respondents);
    SideResult {
        client: result.client.clone(),
        assessed_on: result.assessed_on.clone(),
        basis: result.basis,
        status: result.status,
        coverage: result.coverage,
        confidence: result.confidence.grade,
        people: people.merged.as_ref().and(people.count),
        stored: side.source.is_none(),
    }
}

/// Notes to read before any figure.
pub(super) fn banners(
    before: &Side<'_>,
    after: &Side<'_>,
    answers: &[AnswerChange],
) -> Vec<Banner> {
    let mut banners = Vec::new();
    let mut add = |kind, text: String| banners.push(Banner { kind, text });
    let (from, to) = (before.result, after.result);
    if from.basis != to.basis {
        let text = match to.basis {
            Basis::Evidenced => message!("a-perception-is-compared-with-an-assessment-on"),
            Basis::Perception => message!("an-assessment-on-evidence-is-compared-with"),
        };
        add(BannerKind::Basis, text.to_owned());
    }
    if from.client != to.client {
        let (name, name2) = (name(from), name(to));
        let text = message!("these-are-two-different-clients-or-units", name, name2);
        add(BannerKind::Client, text);
    }
    if from.respondents.merged.is_some() != to.respondents.merged.is_some() {
        let text = message!("one-assessor-answered-on-one");
        add(BannerKind::People, text.to_owned());
    }
    if let Some(minimum) = few(from, to).filter(|_| !answers.is_empty()) {
        let text = message!("the-numbers-of-people-who-answered-differ", minimum);
        add(BannerKind::Few, text);
    }
    if let (Some(was), Some(is)) = (&from.assessed_on, &to.assessed_on)
        && was > is
    {
        let text = message!("the-comparison-runs-backwards-from-to", was, is);
        add(BannerKind::Order, text);
    }
    let sides = match (before.source, after.source) {
        (Some(_), Some(_)) => return banners,
        (None, None) => message!("both-sides-are-stored-results"),
        (None, Some(_)) | (Some(_), None) => message!("one-side-is-a-stored-result"),
    };
    let text = message!("changed-answers-are-named-without-what", sides);
    add(BannerKind::Stored, text);
    banners
}

/// The people a group needs to be shown, where fewer may be what two groups differ by.
fn few(from: &Assessment, to: &Assessment) -> Option<u32> {
    let minimum = |side: &Assessment| Some(side.respondents.merged.as_ref()?.minimum_group);
    let minimum = minimum(from)?.max(minimum(to)?);
    let (was, is) = (from.respondents.count?, to.respondents.count?);
    (was.abs_diff(is) < minimum).then_some(minimum)
}

fn name(side: &Assessment) -> String {
    let unit = side.client.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    format!("{}{unit}", side.client.name)
}
