//! git by process: which commits there are, and what files held at them.

mod log;
mod process;
mod repository;

pub(crate) use log::{Change, Commit};
pub(crate) use process::{Blobs, missing_blob};
pub(crate) use repository::{Entry, Repository, plain};
