//! The file as a tree of nodes in one vector, each with its place, aliases being shared nodes; made of
//! parser events in one pass, within the budget.
//!
//! A running count of nodes and text covers the whole document, aliases followed: an anchor
//! remembers what it added, each alias adds that again. So a bomb is refused at the alias that
//! would light it, and nothing is ever copied.

use crate::{message, problem};
use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::budget::{Meter, Weight, explain};
use super::scalar::{Tagged, tagged, tagged_collection};
use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId};

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

/// Reads one document; what makes the file unreadable is the error, what is wrong with single
/// entries goes to `problems`.
pub(super) fn parse<'t>(
    source: SourceId,
    text: &'t str,
    problems: &mut Vec<Diagnostic>,
) -> Result<Tree<'t>, Diagnostic> {
    let mut builder = Builder {
        tree: Tree {
            source,
            root: 0,
            size: 0,
            nodes: Vec::new(),
        },
        meter: Meter::new(text),
        problems,
        root: None,
        open: Vec::new(),
        anchors: HashMap::new(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|e| explain(&e, text, source))?;
        builder.event(event, span)?;
    }
    builder.finish()
}

struct Builder<'t, 'p> {
    tree: Tree<'t>,
    meter: Meter,
    problems: &'p mut Vec<Diagnostic>,
    root: Option<NodeId>,
    /// The lists and maps that are open, outermost first.
    open: Vec<Frame>,
    anchors: HashMap<usize, Anchor>,
}

/// A list or map that has begun.
struct Frame {
    is_map: bool,
    at: Place,
    anchor: usize,
    /// Its elements, or its keys and values in turn.
    children: Vec<NodeId>,
    weight: Weight,
}

/// The node behind an anchor, aliases followed.
#[derive(Copy, Clone)]
struct Anchor {
    node: NodeId,
    weight: Weight,
}

impl<'t> Builder<'t, '_> {
    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Diagnostic> {
        let at = self.place(span);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(problem!(SeveralDocuments, "a-second-document-begins-here").at(at))
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let absent = plain && text.is_empty() && tag.is_none() && anchor == 0;
                let at = if absent { self.before(at) } else { at };
                let tagged = tag.map_or(Ok(None), |tag| tagged(&tag, &text));
                let plain = self.fitting(tagged, at).unwrap_or(plain);
                let weight = Weight {
                    nodes: 1,
                    text: text.len(),
                    height: 0,
                };
                self.meter.add(weight, at)?;
                let text = fitted(text);
                self.add(Kind::Scalar { text, plain }, at, anchor, weight);
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => self.begin(false, at, anchor, tag),
            Event::MappingStart(anchor, tag) => self.begin(true, at, anchor, tag),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end(at);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn begin(
        &mut self,
        is_map: bool,
        at: Place,
        anchor: usize,
        tag: Option<Cow<'t, Tag>>,
    ) -> Result<(), Diagnostic> {
        let name = if is_map { "map" } else { "seq" };
        let tagged = tag.map_or(Ok(None), |tag| tagged_collection(&tag, name));
        self.fitting(tagged, at);
        Meter::descend(self.open.len() + 1, at)?;
        let weight = Weight {
            nodes: 1,
            text: 0,
            height: 1,
        };
        self.meter.add(weight, at)?;
        self.open.push(Frame {
            is_map,
            at,
            anchor,
            children: Vec::new(),
            weight,
        });
        Ok(())
    }

    fn end(&mut self, at: Place) {
        let Some(frame) = self.open.pop() else { return };
        // A block ends where its last child does, the parser sees its end further down.
        let flow = at.end > at.start;
        let last = frame.children.last().filter(|_| !flow);
        let end = last.map_or(at.end, |last| self.tree.place(*last).end);
        let place = Place {
            end: end.max(frame.at.end),
            ..frame.at
        };
        let kind = if frame.is_map {
            Kind::Map(self.entries(&frame.children))
        } else {
            let mut elements = frame.children;
            elements.shrink_to_fit();
            Kind::List(elements)
        };
        self.add(kind, place, frame.anchor, frame.weight);
    }

    fn alias(&mut self, anchor: usize, at: Place) -> Result<(), Diagnostic> {
        let Some(anchor) = self.anchors.get(&anchor).copied() else {
            return Err(problem!(UnknownAlias, "this-alias-stands-inside-the-value").at(at));
        };
        Meter::descend(self.open.len() + anchor.weight.height, at)?;
        self.meter.repeat(anchor.weight, at)?;
        self.attach(anchor);
        Ok(())
    }

    fn finish(mut self) -> Result<Tree<'t>, Diagnostic> {
        let absent =
            |root: &NodeId| self.tree.kind(*root).is_nothing() && self.tree.text(*root) == Some("");
        let empty = || problem!(EmptyFile, "the-file-says-nothing");
        let root = self.root.filter(|root| !absent(root));
        let start = Place::beginning(self.tree.source);
        self.tree.root = root.ok_or_else(|| empty().at(start))?;
        self.tree.size = self.meter.spent.nodes;
        Ok(self.tree)
    }

    /// Adds a node to the tree and to the list or map it is in.
    fn add(&mut self, kind: Kind<'t>, place: Place, anchor: usize, weight: Weight) {
        let node = self.tree.nodes.len();
        self.tree.nodes.push((place, kind));
        let child = Anchor { node, weight };
        if anchor > 0 {
            self.anchors.insert(anchor, child);
        }
        self.attach(child);
    }

    fn attach(&mut self, child: Anchor) {
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(child.node);
                parent.weight.grow(child.weight);
            }
            None => {
                self.root.get_or_insert(child.node);
            }
        }
    }

    /// The entries of a map; those whose key is not allowed become problems and are left out.
    fn entries(&mut self, children: &[NodeId]) -> Vec<(NodeId, NodeId)> {
        let mut seen = HashMap::new();
        let mut entries = Vec::with_capacity(children.len() / 2);
        for (nth, pair) in children.chunks_exact(2).enumerate() {
            let &[key, value] = pair else { continue };
            let text = self.tree.text(key);
            let first = text.map(|text| *seen.entry(text).or_insert((nth, key)));
            let repeated = first.filter(|(first, _)| *first != nth);
            let problem = misplaced_key(&self.tree, key)
                .or_else(|| Some(repeated_key(&self.tree, key, repeated?.1)));
            match problem {
                Some(problem) => Meter::keep(self.problems, problem),
                None => entries.push((key, value)),
            }
        }
        entries
    }

    /// The effect of a tag on a scalar: `Some(plain)` if it changes that.
    fn fitting(&mut self, tagged: Tagged, at: Place) -> Option<bool> {
        tagged.unwrap_or_else(|message| {
            let problem = Diagnostic::error(Code::UnsupportedTag, message).at(at);
            Meter::keep(self.problems, problem.help(message!("remove-the-tag")));
            None
        })
    }

    /// The place of a value that was left out: its key, or what comes before it.
    fn before(&self, at: Place) -> Place {
        self.open.last().map_or(at, |frame| {
            let before = frame.children.last();
            before.map_or(frame.at, |before| self.tree.place(*before))
        })
    }

    fn place(&self, span: Span) -> Place {
        // The budget on the file keeps every count far below the end of `u32`.
        let index = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Place {
            source: self.tree.source,
            start: index(span.start.index()),
            end: index(span.end.index()),
        }
    }
}

/// A text in no more memory than it takes; the parser begins each with room for many letters.
fn fitted(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text),
        Cow::Owned(text) => Cow::Owned(text.into_boxed_str().into_string()),
    }
}

fn misplaced_key(tree: &Tree<'_>, key: NodeId) -> Option<Diagnostic> {
    let problem = match tree.kind(key) {
        Kind::Scalar { text, plain } if *plain && text == "<<" => {
            problem!(MergeKey, "merge-keys-are-not-supported")
        }
        Kind::Scalar { .. } | Kind::Anything => return None,
        Kind::List(_) | Kind::Map(_) => problem!(KeyNotScalar, "a-key-must-be-text-not-a-list"),
    };
    Some(problem.at(tree.place(key)))
}

fn repeated_key(tree: &Tree<'_>, key: NodeId, first: NodeId) -> Diagnostic {
    let text = tree.text(key).unwrap_or_default();
    problem!(DuplicateKey, "the-key-stands-twice-in-this-map", text)
        .at(tree.place(key))
        .relate(tree.place(first), message!("it-stands-here-first"))
}
