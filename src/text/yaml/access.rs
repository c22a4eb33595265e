//! The entries of a map, the elements of a list, and the parts of our own types.

use serde::de::value::{BoolDeserializer, StrDeserializer, U32Deserializer};
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess};

use super::fault::{Fault, What};
use super::node::Reader;
use super::placeholder::Placeholder;
use super::read::{Pass, Stray};
use super::tree::{Children, Kind, NodeId, Slot};
use crate::text::diagnostic::Place;

/// The entries of a map. Of a struct, keys it does not know are noted and passed over.
pub(super) struct Pairs<'p, 't> {
    pass: &'p Pass<'p, 't>,
    map: NodeId,
    fields: Option<&'static [&'static str]>,
    rest: Children,
    /// Keys whose absence was told; a stand-in for each lets the pass go on.
    filled: &'p [&'static str],
    value: Next,
}

#[derive(Copy, Clone)]
enum Next {
    Placeholder,
    Entry { slot: Slot, key: NodeId },
}

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(
        pass: &'p Pass<'p, 't>,
        map: NodeId,
        rest: Children,
        fields: Option<&'static [&'static str]>,
    ) -> Self {
        Self {
            pass,
            map,
            fields,
            rest,
            filled: pass.marks.filled(map),
            value: Next::Placeholder,
        }
    }

    /// The next entry that is to be read.
    fn entry(&mut self) -> Option<(Slot, NodeId)> {
        while self.rest.first < self.rest.past {
            let at = self.rest.first;
            self.rest.first += 2;
            let key = self.pass.tree.child(at)?;
            if self.is_stray(key) {
                self.pass.note(Stray {
                    map: self.map,
                    key,
                    fields: self.fields.unwrap_or_default(),
                });
            } else if !self.pass.marks.is_pruned(at + 1) {
                return Some((at + 1, key));
            }
        }
        None
    }

    fn is_stray(&self, key: NodeId) -> bool {
        let text = self.pass.tree.text(key).unwrap_or_default();
        self.fields.is_some_and(|fields| !fields.contains(&text))
    }
}

impl<'de> MapAccess<'de> for Pairs<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        if let Some((slot, key)) = self.entry() {
            self.value = Next::Entry { slot, key };
            let reader = Reader {
                is_key: true,
                ..Reader::new(self.pass, key)
            };
            let read = seed.deserialize(reader);
            return read.map(Some).map_err(|it| it.at(key, None).within(slot));
        }
        let Some((first, rest)) = self.filled.split_first() else {
            return Ok(None);
        };
        self.value = Next::Placeholder;
        self.filled = rest;
        let key: StrDeserializer<'_, Fault> = first.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value {
            Next::Placeholder => seed
                .deserialize(Placeholder::new())
                .map_err(|_| Fault::new(What::Follows).at(self.map, None)),
            Next::Entry { slot, key } => {
                let node = self.pass.tree.child(slot).unwrap_or_default();
                let read = seed.deserialize(Reader::new(self.pass, node));
                read.map_err(|it| it.at(node, Some(key)).within(slot))
            }
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some((self.rest.past - self.rest.first) as usize / 2)
    }
}

/// The elements of a list.
pub(super) struct Elements<'p, 't> {
    pass: &'p Pass<'p, 't>,
    rest: Children,
}

impl<'p, 't> Elements<'p, 't> {
    pub(super) fn new(pass: &'p Pass<'p, 't>, rest: Children) -> Self {
        Self { pass, rest }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        while self.rest.first < self.rest.past {
            let slot = self.rest.first;
            self.rest.first += 1;
            if !self.pass.marks.is_pruned(slot) {
                let node = self.pass.tree.child(slot).unwrap_or_default();
                let read = seed.deserialize(Reader::new(self.pass, node));
                return read.map(Some).map_err(|it| it.at(node, None).within(slot));
            }
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some((self.rest.past - self.rest.first) as usize)
    }
}

/// What [`super::Located`] and [`super::Scalar`] are made of, part by part.
pub(super) struct Parts<'p, 't> {
    reader: Reader<'p, 't>,
    place: Option<Place>,
    part: u8,
}

impl<'p, 't> Parts<'p, 't> {
    /// Source, start, end, value.
    pub(super) fn located(reader: Reader<'p, 't>) -> Self {
        Self {
            reader,
            place: Some(reader.pass.tree.place(reader.node)),
            part: 0,
        }
    }

    /// Text, whether it is plain.
    pub(super) fn scalar(reader: Reader<'p, 't>) -> Self {
        Self {
            reader,
            place: None,
            part: 0,
        }
    }

    fn scalar_part<'de, T: DeserializeSeed<'de>>(
        &self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        let Kind::Scalar { text, plain } = self.reader.kind() else {
            return Ok(None);
        };
        match self.part {
            1 => seed.deserialize(StrDeserializer::new(text)).map(Some),
            2 => seed.deserialize(BoolDeserializer::new(*plain)).map(Some),
            _ => Ok(None),
        }
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        self.part += 1;
        let Some(place) = self.place else {
            return self.scalar_part(seed);
        };
        let number = match self.part {
            1 => place.source.index(),
            2 => place.start,
            3 => place.end,
            4 => return seed.deserialize(self.reader).map(Some),
            _ => return Ok(None),
        };
        seed.deserialize(U32Deserializer::new(number)).map(Some)
    }
}
