//! Text to located trees to plain structs.
//!
//! [`decode`] turns bytes into text, [`read`] turns text into any type serde can fill. Between
//! the two is a tree of nodes that know their place, so every problem of a file is shown at
//! once and with its place: unknown and missing keys, values of the wrong type, values not listed.
//! [`Located`], [`Entries`], [`Scalar`] and [`Value`] let a model keep places, order, and what
//! was written.
//!
//! Files come from strangers: a [`Budget`] bounds size, depth, values and aliases before any of
//! them costs time or memory. `no`, `on`, `012` and dates are text; booleans are `true` and
//! `false`; one file holds one document.
//!
//! Serde reads flattened structs and tagged or untagged enums through a copy that knows no
//! places and no unknown keys; models do without them. Instead of an untagged enum, name it
//! `$shape` and its newtype variants `scalar`, `list` and `map`: the node's shape chooses.
//!
//! ```
//! use centricity::text::diagnostic::{Diagnostics, Sources};
//! use centricity::text::yaml;
//!
//! #[derive(serde::Deserialize)]
//! struct Client {
//!     name: String,
//! }
//!
//! let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
//! let id = sources.add("client.yaml", "name: Harbour Tools".to_owned());
//! let client: Option<Client> = yaml::read(&sources, id, &mut problems);
//! assert_eq!(client.map(|it| it.name).as_deref(), Some("Harbour Tools"));
//! ```

mod access;
mod budget;
mod build;
mod decode;
mod deserialize;
mod fault;
mod located;
mod outline;
mod placeholder;
mod read;
mod reader;
mod repairs;
mod scalar;
#[cfg(test)]
mod schema;
mod syntax;
mod tree;
mod value;

pub use self::budget::Budget;
pub use self::decode::{decode, json_problem};
pub use self::located::{Entries, Located};
pub(crate) use self::outline::{Entry, Node, Outline, Shape};
pub(crate) use self::read::document;
pub use self::read::{Document, read, read_sound, read_with};
pub use self::value::{Scalar, Value};
