//! A node as a deserializer: what a type asks for is given if the node has it, else it is a problem
//! that says what was asked for and what is there.

use super::access::{Elements, Pairs, Variant};
use super::build::{Kind, NodeId};
use super::fault::{Fault, Pass, shorten};
use super::scalar::{Resolved, resolve};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::{message, problem};
use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use std::iter::once;

/// The names by which our own types ask for more than serde knows.
pub(super) const LOCATED: &str = "$located";
pub(super) const ENTRIES: &str = "$entries";
pub(super) const SCALAR: &str = "$scalar";
pub(super) const VALUE: &str = "$value";
pub(super) const SHAPE: &str = "$shape";
pub(super) const BRANCH: &str = "$branch";

/// One node, or one key (whose numbers may be quoted, as keys are text).
#[derive(Copy, Clone)]
pub(super) struct NodeReader<'p, 't> {
    pub(super) pass: &'p Pass<'p, 't>,
    pub(super) node: NodeId,
    pub(super) is_key: bool,
}

impl<'p, 't> NodeReader<'p, 't> {
    pub(super) fn new(pass: &'p Pass<'p, 't>, node: NodeId) -> Self {
        Self {
            pass,
            node,
            is_key: false,
        }
    }

    pub(super) fn kind(self) -> &'p Kind<'t> {
        self.pass.tree.kind(self.node)
    }

    pub(super) fn is_nothing(self) -> bool {
        !self.is_key && self.kind().is_nothing()
    }

    /// The text of a scalar that is not nothing.
    pub(super) fn text(self, asked: &str) -> Result<&'p str, Fault> {
        match self.kind() {
            Kind::Scalar { text, .. } if !self.is_nothing() => Ok(text),
            // A valid id.
            Kind::Anything => Ok("a"),
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Err(self.expected(asked)),
        }
    }

    /// The meaning of a plain scalar or a key.
    pub(super) fn resolved(self) -> Resolved {
        match self.kind() {
            Kind::Scalar { text, plain } if *plain || self.is_key => resolve(text),
            Kind::Anything => Resolved::Int(0),
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Resolved::Text,
        }
    }

    /// A problem that says what was asked for and what is here.
    pub(super) fn expected(self, asked: &str) -> Fault {
        let mut meant = false;
        let found = match self.kind() {
            Kind::List(_) => message!("a-list").to_owned(),
            Kind::Map(_) => message!("a-map").to_owned(),
            Kind::Anything => "nothing".to_owned(),
            Kind::Scalar { .. } if self.is_nothing() => "nothing".to_owned(),
            Kind::Scalar { text, plain } => {
                let text = shorten(text);
                let word = match resolve(&text) {
                    Resolved::Int(_) | Resolved::Float(_) => Some("number"),
                    Resolved::Bool(_) => Some("true"),
                    Resolved::Null | Resolved::Text => None,
                };
                meant = !plain && word.is_some_and(|word| asked.contains(word));
                match (word, plain) {
                    (None, _) => message!("the-text", text),
                    (Some(_), false) => message!("quoted-text", text),
                    (Some("number"), true) => message!("the-number", text),
                    (Some(_), true) => format!("`{text}`"),
                }
            }
        };
        let message = message!("expected-but-found", asked, found);
        let mut problem = Diagnostic::error(Code::WrongType, message);
        problem.help = meant.then(|| message!("remove-the-quotes").to_owned());
        problem.into()
    }

    pub(super) fn integer(self, lowest: i128, highest: i128) -> Result<i128, Fault> {
        let Resolved::Int(number) = self.resolved() else {
            return Err(self.expected(message!("some-whole-number")));
        };
        if (lowest..=highest).contains(&number) {
            return Ok(number);
        }
        let problem = problem!(
            OutOfRange,
            "expected-a-whole-number-from-to-found",
            lowest,
            highest,
            number
        );
        Err(problem.into())
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a number too long for f64 is rounded, as when written with a point"
    )]
    pub(super) fn float(self) -> Result<f64, Fault> {
        let number = match self.resolved() {
            Resolved::Int(number) => number as f64,
            Resolved::Float(number) => number,
            Resolved::Null | Resolved::Bool(_) | Resolved::Text => {
                return Err(self.expected(message!("some-number")));
            }
        };
        if number.is_finite() {
            return Ok(number);
        }
        let text = shorten(self.text(message!("some-number"))?);
        let problem = problem!(NotFinite, "is-not-a-finite-number", text);
        Err(problem.into())
    }

    fn scalar<'de, V: Visitor<'de>>(self, text: &str, visitor: V) -> Result<V::Value, Fault> {
        match self.resolved() {
            _ if self.is_key => visitor.visit_str(text),
            Resolved::Null => visitor.visit_unit(),
            Resolved::Bool(it) => visitor.visit_bool(it),
            Resolved::Float(_) => visitor.visit_f64(self.float()?),
            Resolved::Text => visitor.visit_str(text),
            Resolved::Int(it) => match (u64::try_from(it), i64::try_from(it)) {
                (Ok(it), _) => visitor.visit_u64(it),
                (_, Ok(it)) => visitor.visit_i64(it),
                _ => visitor.visit_f64(self.float()?),
            },
        }
    }

    /// A scalar as the one entry of an enum: its text, and whether it is plain.
    fn written<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(message!("text-or-a-number"))?;
        let plain = matches!(self.kind(), Kind::Scalar { plain: true, .. });
        let entry = MapDeserializer::new(once((text, plain)));
        visitor.visit_enum(MapAccessDeserializer::new(entry))
    }

    /// A value as the one entry of a map: its place, and the node.
    fn located<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let place = self.pass.tree.place(self.node);
        let place = vec![place.source.0, place.start, place.end];
        visitor.visit_map(MapDeserializer::new(once((place, self))))
    }
}

impl IntoDeserializer<'_, Fault> for NodeReader<'_, '_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The methods for whole numbers, each with the range of its type.
macro_rules! integers {
    ($($method:ident $visit:ident $type:ty)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let number = self.integer(<$type>::MIN.into(), <$type>::MAX.into())?;
            visitor.$visit(<$type>::try_from(number).map_err(<Fault as de::Error>::custom)?)
        })*
    };
}

impl<'de> Deserializer<'de> for NodeReader<'_, '_> {
    type Error = Fault;

    integers! {
        deserialize_u8 visit_u8 u8
        deserialize_u32 visit_u32 u32
        deserialize_u64 visit_u64 u64
        deserialize_i64 visit_i64 i64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.kind() {
            Kind::Scalar { text, .. } => self.scalar(text, visitor),
            Kind::Anything => visitor.visit_unit(),
            Kind::List(_) => visitor.visit_seq(Elements::new(self)?),
            Kind::Map(_) => visitor.visit_map(Pairs::new(self, None)?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.resolved() {
            Resolved::Bool(it) => visitor.visit_bool(it),
            Resolved::Int(0) if matches!(self.kind(), Kind::Anything) => visitor.visit_bool(false),
            Resolved::Null | Resolved::Int(_) | Resolved::Float(_) | Resolved::Text => {
                Err(self.expected("`true` or `false`"))
            }
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text("text")?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_nothing() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else {
            Err(self.expected("nothing"))
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            LOCATED => self.located(visitor),
            ENTRIES if self.is_nothing() => visitor.visit_unit(),
            ENTRIES => visitor.visit_map(Pairs::new(self, None)?),
            SCALAR => self.written(visitor),
            VALUE if matches!(self.kind(), Kind::Scalar { .. }) && !self.is_nothing() => {
                self.written(visitor)
            }
            VALUE => self.deserialize_any(visitor),
            BRANCH => visitor.visit_u64(u64::try_from(self.node).unwrap_or(u64::MAX)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Elements::new(self)?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Pairs::new(self, None)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(Pairs::new(self, Some(fields))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let variant = if name == SHAPE {
            Variant::by_shape(self, variants)?
        } else {
            Variant::by_name(self, variants)?
        };
        visitor.visit_enum(variant)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        u16 i8 i16 i32 i128 u128 f32 char bytes byte_buf unit_struct tuple_struct
    }
}
