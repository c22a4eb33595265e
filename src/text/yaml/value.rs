//! What was written, kept as it was written, for stages that decide later what it means.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::located::{Entries, Located, part};
use super::node::{SCALAR, VALUE};

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

impl Scalar {
    fn plain(text: impl fmt::Display) -> Self {
        Self {
            text: text.to_string(),
            plain: true,
        }
    }

    fn text(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            plain: false,
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SCALAR, ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Scalar, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Scalar, A::Error> {
        Ok(Scalar {
            text: part(&mut parts)?,
            plain: part(&mut parts)?,
        })
    }

    fn visit_bool<E: Error>(self, it: bool) -> Result<Scalar, E> {
        Ok(Scalar::plain(it))
    }

    fn visit_i64<E: Error>(self, it: i64) -> Result<Scalar, E> {
        Ok(Scalar::plain(it))
    }

    fn visit_u64<E: Error>(self, it: u64) -> Result<Scalar, E> {
        Ok(Scalar::plain(it))
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<Scalar, E> {
        Ok(Scalar::plain(it))
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<Scalar, E> {
        Ok(Scalar::text(it))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(VALUE, ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        Scalar::deserialize(inner).map(Value::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = seq.next_element()? {
            list.push(element);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Entries::default();
        while let Some(entry) = map.next_entry::<Located<String>, Located<Value>>()? {
            entries.extend([entry]);
        }
        Ok(Value::Map(entries))
    }

    fn visit_bool<E: Error>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::plain(it)))
    }

    fn visit_i64<E: Error>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::plain(it)))
    }

    fn visit_u64<E: Error>(self, it: u64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::plain(it)))
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::plain(it)))
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::text(it)))
    }
}
