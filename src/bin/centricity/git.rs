//! git by process: which commits there are, and what files held at them.

mod blobs;
mod log;
mod process;
mod repository;

pub(crate) use blobs::{Blobs, missing_blob};
pub(crate) use log::{Change, Commit};
pub(crate) use repository::{Entry, Repository, plain};
