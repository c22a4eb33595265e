//! A node as serde sees it: what a type asks for is given if the node says it, and told if not.

use serde::de::{self, Deserializer, Visitor};

use super::access::{Elements, Pairs, Parts};
use super::choice::Choice;
use super::fault::{Fault, shorten};
use super::read::Pass;
use super::scalar::{self, Resolved};
use super::tree::{Kind, NodeId};
use crate::text::diagnostic::Code;

/// The names by which our own types ask for more than serde knows.
pub(super) const LOCATED: &str = "$located";
pub(super) const ENTRIES: &str = "$entries";
pub(super) const SCALAR: &str = "$scalar";
pub(super) const VALUE: &str = "$value";
pub(super) const SHAPE: &str = "$shape";

/// One node, or one key (whose numbers may be quoted, as keys are text).
#[derive(Copy, Clone)]
pub(super) struct Reader<'p, 't> {
    pub(super) pass: &'p Pass<'p, 't>,
    pub(super) node: NodeId,
    pub(super) is_key: bool,
}

impl<'p, 't> Reader<'p, 't> {
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

    fn is_nothing(self) -> bool {
        !self.is_key && self.kind().is_nothing()
    }

    /// The text of a scalar that is not nothing.
    pub(super) fn text(self, asked: &str) -> Result<&'p str, Fault> {
        match self.kind() {
            Kind::Scalar { text, .. } if !self.is_nothing() => Ok(text),
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Err(self.expected(asked)),
        }
    }

    /// What a plain scalar or a key means.
    fn resolved(self) -> Resolved {
        match self.kind() {
            Kind::Scalar { text, plain } if *plain || self.is_key => scalar::resolve(text),
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Resolved::Text,
        }
    }

    /// A problem that says what was asked for and what is here.
    pub(super) fn expected(self, asked: &str) -> Fault {
        let found = match self.kind() {
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a map".to_owned(),
            Kind::Scalar { .. } if self.is_nothing() => "nothing".to_owned(),
            Kind::Scalar { text, plain } => {
                return unlike(asked, text, *plain);
            }
        };
        Fault::problem(Code::WrongType, format!("expected {asked}, found {found}"))
    }

    fn integer(self, lowest: i128, highest: i128) -> Result<i128, Fault> {
        let Resolved::Int(number) = self.resolved() else {
            return Err(self.expected("a whole number"));
        };
        if (lowest..=highest).contains(&number) {
            return Ok(number);
        }
        let message =
            format!("expected a whole number from {lowest} to {highest}, found `{number}`");
        Err(Fault::problem(Code::OutOfRange, message))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a number too long for f64 is rounded, as when written with a point"
    )]
    fn float(self) -> Result<f64, Fault> {
        let number = match self.resolved() {
            Resolved::Int(number) => number as f64,
            Resolved::Float(number) => number,
            Resolved::Null | Resolved::Bool(_) | Resolved::Text => {
                return Err(self.expected("a number"));
            }
        };
        if number.is_finite() {
            return Ok(number);
        }
        let text = shorten(self.text("a number")?);
        let message = format!("`{text}` is not a finite number");
        Err(Fault::helped(
            Code::NotFinite,
            message,
            "write a number with digits, or leave the key out",
        ))
    }

    pub(super) fn pairs(
        self,
        fields: Option<&'static [&'static str]>,
    ) -> Result<Pairs<'p, 't>, Fault> {
        match self.kind() {
            Kind::Map(children) => Ok(Pairs::new(self.pass, self.node, *children, fields)),
            Kind::Scalar { .. } | Kind::List(_) => Err(self.expected("a map")),
        }
    }

    fn elements(self) -> Result<Elements<'p, 't>, Fault> {
        match self.kind() {
            Kind::List(children) => Ok(Elements::new(self.pass, *children)),
            Kind::Scalar { .. } | Kind::Map(_) => Err(self.expected("a list")),
        }
    }

    /// Nothing, some scalar, a list or a map, each by its own road.
    fn value<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.kind() {
            Kind::List(_) => visitor.visit_seq(self.elements()?),
            Kind::Map(_) => visitor.visit_map(self.pairs(None)?),
            Kind::Scalar { .. } if self.is_nothing() => visitor.visit_unit(),
            Kind::Scalar { .. } => visitor.visit_some(self),
        }
    }

    fn any_scalar<'de, V: Visitor<'de>>(self, text: &str, visitor: V) -> Result<V::Value, Fault> {
        if self.is_key {
            return visitor.visit_str(text);
        }
        match self.resolved() {
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
}

/// A problem that says what was asked for and which scalar is here.
fn unlike(asked: &str, text: &str, plain: bool) -> Fault {
    let text = shorten(text);
    let (found, meant) = match scalar::resolve(&text) {
        Resolved::Int(_) | Resolved::Float(_) if plain => (format!("the number `{text}`"), false),
        Resolved::Int(_) | Resolved::Float(_) => {
            (format!("quoted text `{text}`"), asked.contains("number"))
        }
        Resolved::Bool(_) if plain => (format!("`{text}`"), false),
        Resolved::Bool(_) => (format!("quoted text `{text}`"), asked.contains("true")),
        Resolved::Null | Resolved::Text => (format!("the text `{text}`"), false),
    };
    let message = format!("expected {asked}, found {found}");
    if meant {
        Fault::helped(Code::WrongType, message, "remove the quotes")
    } else {
        Fault::problem(Code::WrongType, message)
    }
}

/// The methods for whole numbers: the range is told in the words of the format.
macro_rules! integers {
    ($($method:ident $visit:ident $type:ty)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let number = self.integer(<$type>::MIN.into(), <$type>::MAX.into())?;
            visitor.$visit(<$type>::try_from(number).map_err(de::Error::custom)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Fault;

    integers! {
        deserialize_u8 visit_u8 u8
        deserialize_u16 visit_u16 u16
        deserialize_u32 visit_u32 u32
        deserialize_u64 visit_u64 u64
        deserialize_i8 visit_i8 i8
        deserialize_i16 visit_i16 i16
        deserialize_i32 visit_i32 i32
        deserialize_i64 visit_i64 i64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.kind() {
            Kind::Scalar { text, .. } => self.any_scalar(text, visitor),
            Kind::List(_) => visitor.visit_seq(self.elements()?),
            Kind::Map(_) => visitor.visit_map(self.pairs(None)?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.resolved() {
            Resolved::Bool(it) => visitor.visit_bool(it),
            Resolved::Null | Resolved::Int(_) | Resolved::Float(_) | Resolved::Text => {
                Err(self.expected("`true` or `false`"))
            }
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.float()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_str(self.text("one character")?)
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
            LOCATED => visitor.visit_seq(Parts::located(self)),
            ENTRIES if self.is_nothing() => visitor.visit_unit(),
            ENTRIES => visitor.visit_map(self.pairs(None)?),
            SCALAR => {
                self.text("text or a number")?;
                visitor.visit_seq(Parts::scalar(self))
            }
            VALUE => self.value(visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(self.elements()?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(self.pairs(None)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_map(self.pairs(Some(fields))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let choice = if name == SHAPE {
            Choice::by_shape(self, variants)?
        } else {
            Choice::by_name(self, variants)?
        };
        visitor.visit_enum(choice)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit_struct tuple_struct
    }
}
