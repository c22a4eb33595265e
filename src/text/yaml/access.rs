//! Entries of maps, elements of lists and variants of enums.

use crate::{message, problem};
use std::iter::Enumerate;
use std::slice::Iter;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::build::{ANYTHING, Kind, NodeId};
use super::fault::{Cause, Fault, UnknownKey};
use super::reader::NodeReader;
use crate::text::diagnostic::quoted;

/// The entries of a map. Of a struct, keys it does not know are noted and passed over.
pub(super) struct Pairs<'p, 't> {
    map: NodeReader<'p, 't>,
    fields: Option<&'static [&'static str]>,
    rest: Enumerate<Iter<'p, (NodeId, NodeId)>>,
    /// Keys that are known to be missing; a placeholder for each lets the pass go on.
    filled: &'p [&'static str],
    /// The number of the next entry, its key and its value; `None` for a placeholder.
    next: Option<(usize, NodeId, NodeId)>,
}

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(
        map: NodeReader<'p, 't>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<Self, Fault> {
        let (entries, filled) = match map.kind() {
            Kind::Map(entries) => (entries.as_slice(), map.pass.repairs.filled(map.node)),
            Kind::Anything => (&[][..], fields.unwrap_or_default()),
            Kind::Scalar { .. } | Kind::List(_) => return Err(map.expected(message!("a-map"))),
        };
        Ok(Self {
            map,
            fields,
            rest: entries.iter().enumerate(),
            filled,
            next: None,
        })
    }

    /// The next entry that is to be read.
    fn entry(&mut self) -> Option<(usize, NodeId, NodeId)> {
        let (map, pass) = (self.map.node, self.map.pass);
        for (nth, &(key, value)) in self.rest.by_ref() {
            let text = pass.tree.text(key).unwrap_or_default();
            match self.fields {
                Some(fields) if !fields.contains(&text) => {
                    let unknown = UnknownKey { map, key, fields };
                    pass.unknown.borrow_mut().push(unknown);
                }
                _ if pass.repairs.is_pruned((map, nth)) => {}
                _ => return Some((nth, key, value)),
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Pairs<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.next = self.entry();
        if let Some((nth, key, _)) = self.next {
            let reader = NodeReader {
                is_key: true,
                ..NodeReader::new(self.map.pass, key)
            };
            let slot = (self.map.node, nth);
            let read = seed.deserialize(reader).map(Some);
            return read.map_err(|it| it.at(key, None).within(slot));
        }
        let Some((first, rest)) = self.filled.split_first() else {
            return Ok(None);
        };
        self.filled = rest;
        let key: StrDeserializer<'_, Fault> = first.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((nth, key, value)) = self.next else {
            let read = seed.deserialize(NodeReader::new(self.map.pass, ANYTHING));
            return read.map_err(|_| Fault::from(Cause::Follows).at(self.map.node, None));
        };
        let slot = (self.map.node, nth);
        let read = seed.deserialize(NodeReader::new(self.map.pass, value));
        read.map_err(|it| it.at(value, Some(key)).within(slot))
    }
}

/// The elements of a list.
pub(super) struct Elements<'p, 't> {
    list: NodeReader<'p, 't>,
    rest: Enumerate<Iter<'p, NodeId>>,
}

impl<'p, 't> Elements<'p, 't> {
    pub(super) fn new(list: NodeReader<'p, 't>) -> Result<Self, Fault> {
        let elements = match list.kind() {
            Kind::List(elements) => elements.as_slice(),
            Kind::Anything => &[],
            Kind::Scalar { .. } | Kind::Map(_) => return Err(list.expected(message!("a-list"))),
        };
        let rest = elements.iter().enumerate();
        Ok(Self { list, rest })
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let (pass, list) = (self.list.pass, self.list.node);
        let mut kept = self
            .rest
            .by_ref()
            .filter(|(nth, _)| !pass.repairs.is_pruned((list, *nth)));
        let Some((nth, &node)) = kept.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(NodeReader::new(pass, node)).map(Some);
        read.map_err(|it| it.at(node, None).within((list, nth)))
    }
}

/// One variant, and the node with its content.
pub(super) struct Variant<'p, 't> {
    name: &'p str,
    /// The node that holds the name.
    named: Option<NodeId>,
    content: Option<NodeReader<'p, 't>>,
}

impl<'p, 't> Variant<'p, 't> {
    /// The variant a scalar or the only key of a map names.
    pub(super) fn by_name(
        node: NodeReader<'p, 't>,
        listed: &'static [&'static str],
    ) -> Result<Self, Fault> {
        let list = || quoted(listed.iter().copied());
        match (node.kind(), listed) {
            (Kind::Anything, [first, ..]) => Ok(Self {
                name: first,
                named: None,
                content: Some(node),
            }),
            (Kind::Map(entries), _) => {
                let [(key, value)] = entries.as_slice() else {
                    let list = list();
                    return Err(problem!(WrongType, "expected-one-key-out-of", list).into());
                };
                Ok(Self {
                    name: node.pass.tree.text(*key).unwrap_or_default(),
                    named: Some(*key),
                    content: Some(NodeReader::new(node.pass, *value)),
                })
            }
            (Kind::Scalar { text, .. }, _) if !node.is_nothing() => Ok(Self {
                name: text,
                named: Some(node.node),
                content: None,
            }),
            (_, [only]) => Err(node.expected(&format!("`{only}`"))),
            _ => Err(node.expected(&message!("one-of", list = list()))),
        }
    }

    /// The variant for the shape the node has.
    pub(super) fn by_shape(
        node: NodeReader<'p, 't>,
        accepted: &'static [&'static str],
    ) -> Result<Self, Fault> {
        let name = match node.kind() {
            Kind::Scalar { .. } => "scalar",
            Kind::List(_) => "list",
            Kind::Map(_) => "map",
            Kind::Anything => accepted.first().copied().unwrap_or_default(),
        };
        if !accepted.contains(&name) {
            let words = accepted.iter().map(|name| match *name {
                "list" => message!("a-list"),
                "map" => message!("a-map"),
                _ => "text",
            });
            let words: Vec<_> = words.collect();
            return Err(node.expected(&words.join(" or ")));
        }
        Ok(Self {
            name,
            named: None,
            content: Some(node),
        })
    }

    /// Reads the content; its problems get their place.
    fn placed<T>(
        self,
        read: impl FnOnce(NodeReader<'p, 't>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Some(content) = self.content else {
            return Err(problem!(WrongType, "needs-a-value", name = self.name).into());
        };
        read(content).map_err(|fault| fault.at(content.node, self.named))
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        match seed.deserialize(name) {
            Ok(variant) => Ok((variant, self)),
            Err(fault) => Err(match self.named {
                Some(named) => fault.at(named, None),
                None => fault,
            }),
        }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            Some(content) if !content.kind().is_nothing() => {
                Err(problem!(WrongType, "takes-no-value", name = self.name).into())
            }
            Some(_) | None => Ok(()),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.placed(|content| seed.deserialize(content))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.placed(|content| content.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.placed(|content| content.deserialize_struct("", fields, visitor))
    }
}
