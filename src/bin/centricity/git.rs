//! git by process: the commits there are, and the contents of files at them.

mod log;
mod process;
mod repository;

pub(crate) use log::{Commit, FileChange};
pub(crate) use process::{Blobs, missing_blob};
pub(crate) use repository::{GitFile, Repository, plain};
