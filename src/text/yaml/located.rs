//! Values that know their place, maps that keep their order, lists that may be one alone, and values
//! kept as they were written, for stages that decide later what they mean.

use crate::message;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::{Serialize, Serializer};

use super::reader::{ENTRIES, LOCATED, SCALAR, SHAPE, VALUE};
use crate::text::diagnostic::{Place, SourceId};

/// A value and its place.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline, description = ""))]
#[serde(transparent)]
pub struct Located<T> {
    /// The value.
    #[cfg_attr(test, schemars(description = ""))]
    pub value: T,
    /// Its place.
    #[serde(skip)]
    pub place: Place,
}

impl<T> Located<T> {
    /// A value at a place.
    pub const fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located::new(change(self.value), self.place)
    }

    /// The value by reference, at the same place.
    pub const fn as_ref(&self) -> Located<&T> {
        Located::new(&self.value, self.place)
    }
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(LOCATED, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(message!("a-value"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let entry = map.next_entry::<(u32, u32, u32), T>()?;
        let ((source, start, end), value) =
            entry.ok_or_else(|| A::Error::custom(message!("a-value-without-a-place")))?;
        let source = SourceId(source);
        Ok(Located::new(value, Place { source, start, end }))
    }
}

/// A map in the order of its file, each key with its place; keys are unique when read. A key with
/// nothing under it, such as one whose entries are all comments, is an empty map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Located<String>, T)>);

impl<T> Entries<T> {
    /// The value under a key; looks at one entry after the other.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        let found = self.iter().find(|(name, _)| name.value == key);
        found.map(|(_, value)| value)
    }
}

impl<T> Deref for Entries<T> {
    type Target = [(Located<String>, T)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(Located<String>, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (Located<String>, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a (Located<String>, T);
    type IntoIter = std::slice::Iter<'a, (Located<String>, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ENTRIES, EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(message!("a-map"))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Entries::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// A type of which one may stand where a list of them can.
pub trait One {
    /// The shapes it is written in, `scalar` or `map`, and `list`.
    const SHAPES: &'static [&'static str];
}

impl<T> One for Located<T> {
    const SHAPES: &'static [&'static str] = &["scalar", "list"];
}

/// One value, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Deref for OneOrMany<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + One> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum(SHAPE, T::SHAPES, OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(message!("a-value"))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, shaped: A) -> Result<Self::Value, A::Error> {
        let (shape, content) = shaped.variant::<String>()?;
        Ok(OneOrMany(match shape.as_str() {
            "list" => content.newtype_variant()?,
            _ => vec![content.newtype_variant()?],
        }))
    }
}

/// A scalar other than nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scalar {
    /// Its text as written: `1.10` stays `1.10`.
    pub text: String,
    /// False when it was quoted, a block, or tagged as text.
    pub plain: bool,
}

/// Any value, with the places of all its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`, `~`, or nothing at all.
    #[default]
    Null,
    /// Text, a number, `true` or `false`.
    Scalar(Scalar),
    /// A list.
    List(Vec<Located<Value>>),
    /// A map in file order.
    Map(Entries<Located<Value>>),
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_newtype_struct(SCALAR, ValueVisitor)? {
            Value::Scalar(scalar) => Ok(scalar),
            Value::Null | Value::List(_) | Value::Map(_) => {
                Err(D::Error::custom(message!("expected-text-or-a-number")))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(VALUE, ValueVisitor)
    }
}

/// Reads any value, scalars as they were written.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(message!("a-value"))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, scalar: A) -> Result<Value, A::Error> {
        let (text, plain) = scalar.variant()?;
        let plain = plain.newtype_variant()?;
        Ok(Value::Scalar(Scalar { text, plain }))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Value::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Entries::deserialize(MapAccessDeserializer::new(map)).map(Value::Map)
    }
}
