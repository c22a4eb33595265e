//! git by process: which commits there are, and what files held at them.

mod log;
mod process;
mod repository;

pub(crate) use log::{Commit, FileChange};
pub(crate) use process::{Blobs, missing_blob};
pub(crate) use repository::{GitFile, Repository, plain};
