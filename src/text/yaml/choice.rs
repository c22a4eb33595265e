//! Enums: the variant is named by the value, by the only key of a map, or by the node's shape.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};

use super::fault::Fault;
use super::node::Reader;
use super::tree::Kind;
use crate::text::diagnostic::Code;

/// One variant, and the node with its content.
pub(super) struct Choice<'p, 't> {
    name: &'p str,
    /// Where the name stands.
    named: Option<Reader<'p, 't>>,
    content: Option<Reader<'p, 't>>,
}

impl<'p, 't> Choice<'p, 't> {
    /// The variant a scalar or the only key of a map names.
    pub(super) fn by_name(
        node: Reader<'p, 't>,
        listed: &'static [&'static str],
    ) -> Result<Self, Fault> {
        let asked = || match listed {
            [only] => format!("`{only}`"),
            _ => format!("one of {}", list(listed)),
        };
        let tree = node.pass.tree;
        match node.kind() {
            Kind::Map(entries) if entries.past == entries.first + 2 => {
                let pair = (tree.child(entries.first), tree.child(entries.first + 1));
                let (Some(key), Some(value)) = pair else {
                    return Err(node.expected(&asked()));
                };
                Ok(Self {
                    name: tree.text(key).unwrap_or_default(),
                    named: Some(Reader {
                        node: key,
                        is_key: true,
                        ..node
                    }),
                    content: Some(Reader {
                        node: value,
                        ..node
                    }),
                })
            }
            Kind::Map(_) => {
                let message = format!("expected one key out of {}", list(listed));
                Err(Fault::problem(Code::WrongType, message))
            }
            Kind::Scalar { .. } => node.text(&asked()).map(|name| Self {
                name,
                named: Some(node),
                content: None,
            }),
            Kind::List(_) => Err(node.expected(&asked())),
        }
    }

    /// The variant for the shape the node has.
    pub(super) fn by_shape(
        node: Reader<'p, 't>,
        accepted: &'static [&'static str],
    ) -> Result<Self, Fault> {
        let name = match node.kind() {
            Kind::Scalar { .. } => "scalar",
            Kind::List(_) => "list",
            Kind::Map(_) => "map",
        };
        if !accepted.contains(&name) {
            let words: Vec<_> = accepted.iter().map(|it| shape(it)).collect();
            return Err(node.expected(&words.join(" or ")));
        }
        Ok(Self {
            name,
            named: None,
            content: Some(node),
        })
    }

    /// Says where a problem of the content is.
    fn placed<T>(self, read: impl FnOnce(Reader<'p, 't>) -> Result<T, Fault>) -> Result<T, Fault> {
        let Some(content) = self.content else {
            let message = format!("`{}` needs a value", self.name);
            let help = format!("write `{}: ...`", self.name);
            return Err(Fault::helped(Code::WrongType, message, help));
        };
        let key = self.named.map(|it| it.node);
        read(content).map_err(|fault| fault.at(content.node, key))
    }
}

fn shape(name: &str) -> &'static str {
    match name {
        "list" => "a list",
        "map" => "a map",
        _ => "text",
    }
}

/// Valid values, each in backticks.
pub(super) fn list(listed: &[&str]) -> String {
    let listed: Vec<_> = listed.iter().map(|it| format!("`{it}`")).collect();
    listed.join(", ")
}

impl<'de> EnumAccess<'de> for Choice<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let name: StrDeserializer<'_, Fault> = self.name.into_deserializer();
        match seed.deserialize(name) {
            Ok(variant) => Ok((variant, self)),
            Err(fault) => Err(match self.named {
                Some(named) => fault.at(named.node, None),
                None => fault,
            }),
        }
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.content {
            Some(content) if !content.kind().is_nothing() => {
                let message = format!("`{}` takes no value", self.name);
                let help = format!("write `{}` alone", self.name);
                Err(Fault::helped(Code::WrongType, message, help))
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
