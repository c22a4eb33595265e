//! The file as a tree of nodes in one vector, each with its place; aliases are shared nodes.

use std::borrow::Cow;

use crate::text::diagnostic::{Place, SourceId};

/// The index of a node in its tree.
pub(super) type NodeId = usize;

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
    Scalar { text: Cow<'t, str>, plain: bool },
    List(Vec<NodeId>),
    Map(Vec<(NodeId, NodeId)>),
}

impl<'t> Tree<'t> {
    pub(super) fn kind(&self, id: NodeId) -> &Kind<'t> {
        const NOTHING: Kind<'static> = Kind::Scalar {
            text: Cow::Borrowed(""),
            plain: true,
        };
        self.nodes.get(id).map_or(&NOTHING, |(_, kind)| kind)
    }

    /// The list element or map value at a slot.
    pub(super) fn child(&self, (parent, index): Slot) -> Option<NodeId> {
        match self.kind(parent) {
            Kind::Scalar { .. } => None,
            Kind::List(elements) => elements.get(index).copied(),
            Kind::Map(entries) => entries.get(index).map(|(_, value)| *value),
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            Kind::Scalar { text, .. } => Some(text),
            Kind::List(_) | Kind::Map(_) => None,
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
        }
    }
}
