//! A text as nodes that know which bytes they stand in and how they are written: what it takes to
//! change one value and leave every other byte alone.
//!
//! The tree that models are read from forgets how things were written. An [`Outline`] is made of
//! the same events, from a text that was read before, and so within its budget.

mod draft;

use std::ops::Range;

/// A text as nodes.
#[derive(Debug)]
pub(crate) struct Outline {
    /// The value of the document.
    pub(crate) root: Node,
}

/// A key or a value, and how it is written.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its bytes: of a block from its first entry, of a text block from its first line.
    pub(crate) range: Range<usize>,
    /// Whether an anchor, an alias or a tag stands here.
    pub(crate) marked: bool,
    pub(crate) shape: Shape,
}

#[derive(Debug)]
pub(crate) enum Shape {
    /// Nothing at all, `null` or `~`.
    Nothing,
    /// Plain or quoted text.
    Scalar,
    /// Text that begins with `|` or `>`.
    TextBlock,
    Alias,
    List {
        flow: bool,
        items: Vec<Node>,
    },
    Map {
        flow: bool,
        entries: Vec<Entry>,
    },
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) key: Node,
    /// The byte after the colon; none where it is not on the key's line.
    pub(crate) after_colon: Option<usize>,
    pub(crate) value: Node,
}

impl Outline {
    /// The outline of a text that can be read as YAML; `None` where it cannot.
    pub(crate) fn of(text: &str) -> Option<Self> {
        draft::root(text).map(|root| Self { root })
    }
}

impl Node {
    /// The entry under a key, where this is a map that has it.
    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }

    /// The entries of a map.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.shape {
            Shape::Map { entries, .. } => entries,
            Shape::Nothing
            | Shape::Scalar
            | Shape::TextBlock
            | Shape::Alias
            | Shape::List { .. } => &[],
        }
    }

    /// Whether nothing at all is written here, not even `null`.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self.shape, Shape::Nothing) && self.range.is_empty()
    }

    /// Whether it is written between brackets.
    pub(crate) fn is_flow(&self) -> bool {
        matches!(
            self.shape,
            Shape::Map { flow: true, .. } | Shape::List { flow: true, .. }
        )
    }

    /// Whether it is a list or map written as lines.
    pub(crate) fn is_block(&self) -> bool {
        matches!(
            self.shape,
            Shape::Map { flow: false, .. } | Shape::List { flow: false, .. }
        )
    }

    /// Whether an anchor, an alias or a tag stands here or inside.
    pub(crate) fn any_marked(&self) -> bool {
        self.marked || self.children().any(Self::any_marked)
    }

    /// The bytes of all texts in it, in order.
    pub(crate) fn texts(&self) -> Vec<Range<usize>> {
        match &self.shape {
            Shape::List { .. } | Shape::Map { .. } => {
                self.children().flat_map(Self::texts).collect()
            }
            Shape::Nothing | Shape::Scalar | Shape::TextBlock | Shape::Alias => {
                vec![self.range.clone()]
            }
        }
    }

    fn children(&self) -> impl Iterator<Item = &Self> {
        let items = match &self.shape {
            Shape::List { items, .. } => items.as_slice(),
            Shape::Nothing
            | Shape::Scalar
            | Shape::TextBlock
            | Shape::Alias
            | Shape::Map { .. } => &[],
        };
        let entries = self.entries().iter();
        items
            .iter()
            .chain(entries.flat_map(|entry| [&entry.key, &entry.value]))
    }
}

impl Entry {
    /// The byte after its last one.
    pub(crate) fn end(&self) -> usize {
        if self.value.is_absent() {
            self.after_colon.unwrap_or(self.key.range.end)
        } else {
            self.value.range.end
        }
    }
}
