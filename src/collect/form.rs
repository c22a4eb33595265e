//! Forms: the questions of a rulebook as one page that somebody fills in without a network.
//!
//! A [`Form`] holds the questions one role is asked, worded and in order, and all that the page has
//! to know to hide a question exactly when the engine would call it irrelevant.
//! The room `report` prints it. What the page gives back is a
//! [response](crate::answers::file::ResponseFile) like any other.

mod data;
mod logic;
mod view;

pub use view::{Form, FormChoice, FormPack, FormQuestion, FormSection, Setting};
