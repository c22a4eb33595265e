//! The file as a tree of nodes in one vector, each with its place, aliases being shared nodes; and the
//! meaning of plain scalars and tags: YAML's core schema, less what surprises people.
//!
//! Booleans are `true` and `false` and nothing else, nothing is `null`, `~` or no text, numbers
//! are decimal or `0x`/`0o`. A number that begins with a needless zero is text, as people write
//! so for codes and dates. Tags of the core schema are honoured where they fit, all others refused.

use crate::message;
use crate::text::diagnostic::{Place, SourceId};
use saphyr_parser::Tag;
use std::borrow::Cow;

/// The index of a node in its tree.
pub(super) type NodeId = usize;

/// A node that is in no tree, for a key that is known to be missing: a pass looks past it.
pub(super) const ANYTHING: NodeId = NodeId::MAX;

/// One use of a node: the list or map it is used in, and the index of the element or entry.
pub(super) type Slot = (NodeId, usize);

/// One YAML document.
pub(super) struct Tree<'t> {
    pub(super) source: SourceId,
    pub(super) root: NodeId,
    /// Nodes, those reached through aliases counted each time.
    pub(super) size: usize,
    /// The nodes, each with its place.
    pub(super) nodes: Vec<(Place, Kind<'t>)>,
}

pub(super) enum Kind<'t> {
    Scalar {
        text: Cow<'t, str>,
        plain: bool,
    },
    List(Vec<NodeId>),
    Map(Vec<(NodeId, NodeId)>),
    /// Whatever the type asks for: the text `a`, zero, an empty list, the first variant. It never
    /// reaches a caller.
    Anything,
}

impl<'t> Tree<'t> {
    pub(super) fn kind(&self, id: NodeId) -> &Kind<'t> {
        const ANY: Kind<'static> = Kind::Anything;
        self.nodes.get(id).map_or(&ANY, |(_, kind)| kind)
    }

    /// The list element or map value at a slot.
    pub(super) fn child(&self, (parent, index): Slot) -> Option<NodeId> {
        match self.kind(parent) {
            Kind::Scalar { .. } | Kind::Anything => None,
            Kind::List(elements) => elements.get(index).copied(),
            Kind::Map(entries) => entries.get(index).map(|(_, value)| *value),
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            Kind::Scalar { text, .. } => Some(text),
            Kind::List(_) | Kind::Map(_) | Kind::Anything => None,
        }
    }

    pub(super) fn place(&self, id: NodeId) -> Place {
        self.nodes
            .get(id)
            .map_or(Place::NOWHERE, |(place, _)| *place)
    }
}

impl Kind<'_> {
    /// True for `null`, `~`, or nothing at all.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Scalar { text, plain } => *plain && matches!(&**text, "" | "~" | "null"),
            Self::List(_) | Self::Map(_) => false,
            Self::Anything => true,
        }
    }
}

/// The meaning of a plain scalar.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Null,
    Bool(bool),
    Int(i128),
    /// Infinite if it says so or is too large.
    Float(f64),
    Text,
}

pub(super) fn resolve(text: &str) -> Resolved {
    match text {
        "" | "~" | "null" => Resolved::Null,
        "true" => Resolved::Bool(true),
        "false" => Resolved::Bool(false),
        _ => integer(text)
            .map(Resolved::Int)
            .or_else(|| float(text).map(Resolved::Float))
            .unwrap_or(Resolved::Text),
    }
}

/// A whole number, if the text is one and below 39 digits.
fn integer(text: &str) -> Option<i128> {
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    let digits = unsigned(text);
    let canonical = digits == "0" || !digits.starts_with('0');
    if canonical && all_digits(digits) {
        text.parse().ok()
    } else {
        None
    }
}

fn radix(digits: &str, radix: u32) -> Option<i128> {
    let valid = !digits.is_empty() && digits.chars().all(|it| it.is_digit(radix));
    valid.then(|| i128::from_str_radix(digits, radix).ok())?
}

fn float(text: &str) -> Option<f64> {
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned(text) {
        ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if unsigned(text) == text => return Some(f64::NAN),
        _ => {}
    }
    is_decimal(unsigned(text)).then(|| text.parse().ok())?
}

/// `digits[.digits][e[sign]digits]`, with digits before or after the point.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let leading = whole.len() > 1 && whole.starts_with('0');
    let digits = (all_digits(whole) && (part.is_empty() || all_digits(part)))
        || (whole.is_empty() && all_digits(part));
    !leading && digits && exponent.is_none_or(|it| all_digits(unsigned(it)))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit())
}

/// The effect of a tag on a scalar: plain (`Some(true)`), text (`Some(false)`) or none; or what is
/// wrong with it.
pub(super) type Tagged = Result<Option<bool>, String>;

/// The effect of a tag on a scalar; tags that do not fit are refused.
pub(super) fn tagged(tag: &Tag, text: &str) -> Tagged {
    let Some(name) = core_name(tag) else {
        return if is_text(tag) {
            Ok(Some(false))
        } else {
            Err(unknown(tag))
        };
    };
    let resolved = resolve(text);
    let fits = match name {
        "str" => return Ok(Some(false)),
        "null" => resolved == Resolved::Null,
        "bool" => matches!(resolved, Resolved::Bool(_)),
        "int" => matches!(resolved, Resolved::Int(_)),
        "float" => matches!(resolved, Resolved::Int(_) | Resolved::Float(_)),
        _ => return Err(unknown(tag)),
    };
    fits.then_some(Some(true))
        .ok_or_else(|| message!("is-not-what-the-tag-says", text, name))
}

/// The effect of a tag on a collection, `seq` or `map`.
pub(super) fn tagged_collection(tag: &Tag, name: &str) -> Tagged {
    if core_name(tag) == Some(name) || is_text(tag) {
        Ok(None)
    } else {
        Err(unknown(tag))
    }
}

fn core_name(tag: &Tag) -> Option<&str> {
    if tag.is_yaml_core_schema() {
        Some(&tag.suffix)
    } else {
        let full = tag.handle.is_empty().then_some(&tag.suffix)?;
        full.strip_prefix("tag:yaml.org,2002:")
    }
}

/// The tag `!` alone: text if a scalar, nothing special if a list or a map.
fn is_text(tag: &Tag) -> bool {
    (tag.handle == "!" && tag.suffix.is_empty()) || (tag.handle.is_empty() && tag.suffix == "!")
}

fn unknown(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() {
        message!("the-tag-does-not-fit-here", suffix = tag.suffix)
    } else {
        let handle = tag.handle.trim_end_matches('!');
        message!("the-tag-is-not-supported", handle, suffix = tag.suffix)
    }
}
