//! The file as a tree of nodes in one vector, each with its place; aliases are shared nodes.

use std::borrow::Cow;

use crate::text::diagnostic::{Place, SourceId};

/// The index of a node in its tree.
pub(super) type NodeId = u32;

/// The index of a child in its tree: one use of a node as list element, key or value.
pub(super) type Slot = u32;

/// One YAML document.
pub(super) struct Tree<'t> {
    pub(super) source: SourceId,
    pub(super) root: NodeId,
    /// Nodes, those reached through aliases counted each time.
    pub(super) size: usize,
    pub(super) nodes: Vec<Node<'t>>,
    /// The children of every list and map, side by side; of a map, keys and values in turn.
    pub(super) children: Vec<NodeId>,
}

/// One scalar, list or map, and the characters it stands in.
pub(super) struct Node<'t> {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind<'t>,
}

pub(super) enum Kind<'t> {
    Scalar { text: Cow<'t, str>, plain: bool },
    List(Children),
    Map(Children),
}

/// A stretch of [`Tree::children`].
#[derive(Copy, Clone)]
pub(super) struct Children {
    pub(super) first: Slot,
    pub(super) past: Slot,
}

impl<'t> Tree<'t> {
    /// The node, if the id is of this tree.
    pub(super) fn node(&self, id: NodeId) -> Option<&Node<'t>> {
        self.nodes.get(id as usize)
    }

    /// The node used at a slot.
    pub(super) fn child(&self, slot: Slot) -> Option<NodeId> {
        self.children.get(slot as usize).copied()
    }

    pub(super) fn kind(&self, id: NodeId) -> &Kind<'t> {
        const NOTHING: Kind<'static> = Kind::Scalar {
            text: Cow::Borrowed(""),
            plain: true,
        };
        self.node(id).map_or(&NOTHING, |it| &it.kind)
    }

    /// The text of a scalar.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.kind(id) {
            Kind::Scalar { text, .. } => Some(text),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    pub(super) fn place(&self, id: NodeId) -> Place {
        self.node(id).map_or(Place::NOWHERE, |it| Place {
            source: self.source,
            start: it.start,
            end: it.end,
        })
    }
}

impl Kind<'_> {
    /// Whether it is `null`, `~`, or nothing at all.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Scalar { text, plain } => *plain && matches!(&**text, "" | "~" | "null"),
            Self::List(_) | Self::Map(_) => false,
        }
    }
}
