//! The columns of the tables. They may be added to within a format, never renamed or moved.

use super::{Column, Kind};

const fn column(name: &'static str, kind: Kind, optional: bool) -> Column {
    Column {
        name,
        kind,
        optional,
    }
}

pub(super) const CLIENTS: [Column; 12] = [
    column("path", Kind::Text, false),
    column("client", Kind::Text, false),
    column("unit", Kind::Text, true),
    column("assessed_on", Kind::Text, true),
    column("basis", Kind::Text, false),
    column("status", Kind::Text, false),
    column("respondents", Kind::Whole, true),
    column("coverage", Kind::Number, false),
    column("confidence", Kind::Text, false),
    column("packs", Kind::Text, false),
    column("gates_open", Kind::Whole, false),
    column("weighty_findings", Kind::Whole, false),
];
pub(super) const SCORES: [Column; 13] = [
    column("path", Kind::Text, false),
    column("client", Kind::Text, false),
    column("pack", Kind::Text, false),
    column("pack_version", Kind::Text, false),
    column("id", Kind::Text, false),
    column("title", Kind::Text, false),
    column("value", Kind::Number, true),
    column("index", Kind::Number, true),
    column("low", Kind::Number, true),
    column("high", Kind::Number, true),
    column("coverage", Kind::Number, false),
    column("state", Kind::Text, false),
    column("confidence", Kind::Text, false),
];
pub(super) const LEVELS: [Column; 10] = [
    column("path", Kind::Text, false),
    column("client", Kind::Text, false),
    column("pack", Kind::Text, false),
    column("pack_version", Kind::Text, false),
    column("id", Kind::Text, false),
    column("title", Kind::Text, false),
    column("level", Kind::Text, true),
    column("label", Kind::Text, true),
    column("rank", Kind::Whole, true),
    column("certain", Kind::Flag, false),
];
pub(super) const GATES: [Column; 7] = [
    column("path", Kind::Text, false),
    column("client", Kind::Text, false),
    column("pack", Kind::Text, false),
    column("pack_version", Kind::Text, false),
    column("id", Kind::Text, false),
    column("title", Kind::Text, false),
    column("state", Kind::Text, false),
];
pub(super) const FINDINGS: [Column; 9] = [
    column("path", Kind::Text, false),
    column("client", Kind::Text, false),
    column("pack", Kind::Text, false),
    column("pack_version", Kind::Text, false),
    column("id", Kind::Text, false),
    column("title", Kind::Text, false),
    column("kind", Kind::Text, false),
    column("severity", Kind::Text, false),
    column("certain", Kind::Flag, false),
];
