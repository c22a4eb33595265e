//! A value for a key that is known to be missing, so that one pass can look past it.
//!
//! It is whatever the type asks for: the text `a` (a valid id), zero, an empty list, the first
//! variant. If a type refuses that, the entry around it is left out instead. It never reaches a
//! caller.

use std::iter::{empty, once};

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};

use super::fault::{Cause, Fault};
use super::reader::SCALAR;

/// Types may hold themselves; ten levels of them are enough.
const DEEPEST: u8 = 10;

/// A placeholder, with the levels of structs and enums around it.
#[derive(Copy, Clone, Default)]
pub(super) struct Placeholder(u8);

impl Placeholder {
    fn inner(self) -> Result<Self, Fault> {
        if self.0 == DEEPEST {
            return Err(Cause::Follows.into());
        }
        Ok(Self(self.0 + 1))
    }
}

impl IntoDeserializer<'_, Fault> for Placeholder {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! give {
    ($($method:ident $visit:ident $($value:expr)?;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            visitor.$visit($($value)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Placeholder {
    type Error = Fault;

    give! {
        deserialize_any visit_unit;
        deserialize_option visit_none;
        deserialize_bool visit_bool false;
        deserialize_u8 visit_u8 0;
        deserialize_u16 visit_u16 0;
        deserialize_u32 visit_u32 0;
        deserialize_u64 visit_u64 0;
        deserialize_i8 visit_i8 0;
        deserialize_i16 visit_i16 0;
        deserialize_i32 visit_i32 0;
        deserialize_i64 visit_i64 0;
        deserialize_f32 visit_f32 0.0;
        deserialize_f64 visit_f64 0.0;
        deserialize_char visit_char 'a';
        deserialize_str visit_str "a";
        deserialize_string visit_str "a";
        deserialize_identifier visit_str "";
        deserialize_seq visit_seq SeqDeserializer::new(empty::<()>());
        deserialize_map visit_map MapDeserializer::new(empty::<((), ())>());
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == SCALAR {
            return visitor.visit_str("a");
        }
        visitor.visit_newtype_struct(self.inner()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let inner = self.inner()?;
        let fields = fields.iter().map(|field| (*field, inner));
        visitor.visit_map(MapDeserializer::new(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let variant = variants.first().copied().unwrap_or_default();
        let entry = MapDeserializer::new(once((variant, self.inner()?)));
        visitor.visit_enum(MapAccessDeserializer::new(entry))
    }

    serde::forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}
