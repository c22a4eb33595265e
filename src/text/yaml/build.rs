//! Parser events to a tree in one pass, within the budget.
//!
//! A running count of nodes and text stands for the whole document, aliases followed: an anchor
//! remembers what it added, each alias adds that again. So a bomb is refused at the alias that
//! would light it, and nothing is ever copied.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::budget::{Budget, Meter, Weight};
use super::entries::{self, Told};
use super::syntax;
use super::tag::{self, Tagged};
use super::tree::{Children, Kind, Node, NodeId, Tree};
use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId};

/// Reads one document; what makes the file unreadable is the error, what is wrong with single
/// entries goes to `problems`.
pub(super) fn parse<'t>(
    source: SourceId,
    text: &'t str,
    budget: &Budget,
    problems: &mut Vec<Diagnostic>,
) -> Result<Tree<'t>, Diagnostic> {
    let mut builder = Builder::new(source, text, budget, problems);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|e| syntax::explain(&e, text, source, budget.depth))?;
        builder.event(event, span)?;
    }
    builder.finish()
}

struct Builder<'t, 'p> {
    tree: Tree<'t>,
    meter: Meter<'p>,
    told: Told<'p>,
    /// The lists and maps that are open, outermost first.
    open: Vec<Frame>,
    /// Children of the open ones, those of the innermost last.
    pending: Vec<NodeId>,
    anchors: Vec<Option<Anchor>>,
    documents: usize,
}

/// A list or map that has begun.
struct Frame {
    node: NodeId,
    anchor: usize,
    first: usize,
    before: Weight,
    is_map: bool,
    /// Levels below this one, aliases followed.
    height: usize,
}

/// What stands behind an anchor, aliases followed.
#[derive(Copy, Clone)]
struct Anchor {
    node: NodeId,
    weight: Weight,
    height: usize,
}

impl<'t, 'p> Builder<'t, 'p> {
    fn new(
        source: SourceId,
        text: &str,
        budget: &'p Budget,
        problems: &'p mut Vec<Diagnostic>,
    ) -> Self {
        let nodes = text.len().min(1 << 16) / 8;
        Self {
            tree: Tree {
                source,
                root: 0,
                size: 0,
                nodes: Vec::with_capacity(nodes),
                children: Vec::with_capacity(nodes),
            },
            meter: Meter::new(budget),
            told: Told {
                problems,
                limit: budget.problems,
            },
            open: Vec::new(),
            pending: Vec::new(),
            anchors: Vec::new(),
            documents: 0,
        }
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(_) => self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let mut plain = style == ScalarStyle::Plain;
                let absent = plain && text.is_empty() && tag.is_none() && anchor == 0;
                let at = if absent {
                    self.absent(span)
                } else {
                    self.place(span)
                };
                if let Some(tag) = tag {
                    let fits = tag::of_scalar(&tag, &text);
                    plain = self.tagged(fits, at).unwrap_or(plain);
                }
                self.scalar(Kind::Scalar { text, plain }, at, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                let fits = tag.map_or(Ok(None), |tag| tag::of_collection(&tag, "seq"));
                self.tagged(fits, self.place(span));
                self.begin(false, span, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                let fits = tag.map_or(Ok(None), |tag| tag::of_collection(&tag, "map"));
                self.tagged(fits, self.place(span));
                self.begin(true, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.end(span);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document(&mut self, span: Span) -> Result<(), Diagnostic> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        let message = "a second document begins here";
        Err(Diagnostic::error(Code::SeveralDocuments, message)
            .at(self.place(span))
            .help("put each document into a file of its own"))
    }

    fn scalar(&mut self, kind: Kind<'t>, at: Place, anchor: usize) -> Result<(), Diagnostic> {
        let weight = Weight {
            nodes: 1,
            text: match &kind {
                Kind::Scalar { text, .. } => text.len(),
                Kind::List(_) | Kind::Map(_) => 0,
            },
        };
        self.meter.add(weight, at)?;
        let node = self.add(kind, at);
        self.pending.push(node);
        self.define(
            anchor,
            Anchor {
                node,
                weight,
                height: 0,
            },
        );
        Ok(())
    }

    fn begin(&mut self, is_map: bool, span: Span, anchor: usize) -> Result<(), Diagnostic> {
        let at = self.place(span);
        self.meter.descend(self.open.len() + 1, at)?;
        let before = self.meter.weight();
        self.meter.add(Weight { nodes: 1, text: 0 }, at)?;
        let kind = Kind::List(Children { first: 0, past: 0 });
        let node = self.add(kind, at);
        self.pending.push(node);
        self.open.push(Frame {
            node,
            anchor,
            first: self.pending.len(),
            before,
            is_map,
            height: 1,
        });
        Ok(())
    }

    fn end(&mut self, span: Span) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        let last = self.pending.get(frame.first..).and_then(<[_]>::last);
        let flow = span.end.index() > span.start.index();
        let end = match last {
            Some(last) if !flow => self.tree.node(*last).map_or(0, |it| it.end),
            _ => self.place(span).end,
        };
        let children = if frame.is_map {
            Kind::Map(self.entries(frame.first))
        } else {
            Kind::List(self.elements(frame.first))
        };
        if let Some(node) = self.tree.nodes.get_mut(frame.node as usize) {
            node.kind = children;
            node.end = end.max(node.end);
        }
        self.grow(frame.height);
        let anchor = Anchor {
            node: frame.node,
            weight: self.meter.since(frame.before),
            height: frame.height,
        };
        self.define(frame.anchor, anchor);
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let at = self.place(span);
        let Some(anchor) = self.anchors.get(anchor).copied().flatten() else {
            let message = "this alias stands inside the value it names";
            return Err(Diagnostic::error(Code::UnknownAlias, message)
                .at(at)
                .help("write the value out; a value cannot hold itself"));
        };
        self.meter.descend(self.open.len() + anchor.height, at)?;
        self.meter.repeat(anchor.weight, at)?;
        self.pending.push(anchor.node);
        self.grow(anchor.height);
        Ok(())
    }

    fn finish(mut self) -> Result<Tree<'t>, Diagnostic> {
        let root = self.pending.first().copied();
        let nothing = root.is_none_or(|root| {
            self.tree.kind(root).is_nothing() && self.tree.text(root) == Some("")
        });
        if nothing {
            let place = Place {
                source: self.tree.source,
                start: 0,
                end: 0,
            };
            return Err(Diagnostic::error(Code::EmptyFile, "the file says nothing")
                .at(place)
                .help("write at least one `key: value`, or remove the file"));
        }
        self.tree.root = root.unwrap_or_default();
        self.tree.size = self.meter.weight().nodes;
        Ok(self.tree)
    }
}

/// Bookkeeping.
impl<'t> Builder<'t, '_> {
    fn add(&mut self, kind: Kind<'t>, at: Place) -> NodeId {
        let id = index(self.tree.nodes.len());
        self.tree.nodes.push(Node {
            start: at.start,
            end: at.end,
            kind,
        });
        id
    }

    /// Tells the enclosing list or map how many levels one of its children has.
    fn grow(&mut self, height: usize) {
        if let Some(parent) = self.open.last_mut() {
            parent.height = parent.height.max(height + 1);
        }
    }

    fn define(&mut self, id: usize, anchor: Anchor) {
        if id > 0 {
            if self.anchors.len() <= id {
                self.anchors.resize(id + 1, None);
            }
            if let Some(slot) = self.anchors.get_mut(id) {
                *slot = Some(anchor);
            }
        }
    }

    fn elements(&mut self, first: usize) -> Children {
        let start = index(self.tree.children.len());
        self.tree.children.extend(self.pending.drain(first..));
        Children {
            first: start,
            past: index(self.tree.children.len()),
        }
    }

    fn entries(&mut self, first: usize) -> Children {
        let pairs = self.pending.get(first..).unwrap_or_default();
        let children = entries::keep(&mut self.tree, pairs, &mut self.told);
        self.pending.truncate(first);
        children
    }

    /// What a tag makes of a scalar: `Some(plain)` if it changes that.
    fn tagged(&mut self, fits: Tagged, at: Place) -> Option<bool> {
        fits.unwrap_or_else(|message| {
            let problem = Diagnostic::error(Code::UnsupportedTag, message).at(at);
            self.told.push(problem.help("remove the tag"));
            None
        })
    }

    /// Where to point when a value was left out: at its key, or at what comes before it.
    fn absent(&self, span: Span) -> Place {
        let Some(frame) = self.open.last() else {
            return self.place(span);
        };
        let inside = self.pending.get(frame.first..).unwrap_or_default();
        let before = inside.last().copied().unwrap_or(frame.node);
        self.tree.place(before)
    }

    fn place(&self, span: Span) -> Place {
        Place {
            source: self.tree.source,
            start: index(span.start.index()),
            end: index(span.end.index()),
        }
    }
}

/// The budget on the file keeps every count far below the end of `u32`.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
