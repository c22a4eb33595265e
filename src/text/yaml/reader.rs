//! A node as it is read: what it is, and what is wrong with it where something else is wanted.

use super::fault::{Fault, shorten};
use super::repairs::Pass;
use super::scalar::{self, Resolved};
use super::tree::{Kind, NodeId};
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic};

/// The names by which our own types ask for more than serde knows.
pub(super) const LOCATED: &str = "$located";
pub(super) const ENTRIES: &str = "$entries";
pub(super) const SCALAR: &str = "$scalar";
pub(super) const VALUE: &str = "$value";
pub(super) const SHAPE: &str = "$shape";

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
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Err(self.expected(asked)),
        }
    }

    /// The meaning of a plain scalar or a key.
    pub(super) fn resolved(self) -> Resolved {
        match self.kind() {
            Kind::Scalar { text, plain } if *plain || self.is_key => scalar::resolve(text),
            Kind::Scalar { .. } | Kind::List(_) | Kind::Map(_) => Resolved::Text,
        }
    }

    /// A problem that says what was asked for and what is here.
    pub(super) fn expected(self, asked: &str) -> Fault {
        let mut meant = false;
        let found = match self.kind() {
            Kind::List(_) => message!("a-list").to_owned(),
            Kind::Map(_) => message!("a-map").to_owned(),
            Kind::Scalar { .. } if self.is_nothing() => "nothing".to_owned(),
            Kind::Scalar { text, plain } => {
                let text = shorten(text);
                let word = match scalar::resolve(&text) {
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
        let message = message!("expected-found-2", asked, found);
        let mut problem = Diagnostic::error(Code::WrongType, message);
        problem.help = meant.then(|| message!("remove-the-quotes").to_owned());
        problem.into()
    }

    pub(super) fn integer(self, lowest: i128, highest: i128) -> Result<i128, Fault> {
        let Resolved::Int(number) = self.resolved() else {
            return Err(self.expected(message!("a-whole-number-2")));
        };
        if (lowest..=highest).contains(&number) {
            return Ok(number);
        }
        let message = message!(
            "expected-a-whole-number-from-to-found",
            lowest,
            highest,
            number
        );
        Err(Fault::new(Code::OutOfRange, message))
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
                return Err(self.expected(message!("a-number-2")));
            }
        };
        if number.is_finite() {
            return Ok(number);
        }
        let text = shorten(self.text(message!("a-number-2"))?);
        let message = message!("is-not-a-finite-number", text);
        let problem = Diagnostic::error(Code::NotFinite, message);
        Err(problem
            .help(message!("write-a-number-with-digits-or-leave"))
            .into())
    }
}
