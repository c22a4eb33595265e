//! Files that commands read, and the arguments that name them.
//!
//! A [`Reader`] keeps every text with its problems. [`PackArgs`] leads to [`Rulebooks`], and an
//! [`AssessmentRef`] to [`CheckedAnswers`] or, scored or as it was stored, to a [`LoadedResult`].

mod assessment;
mod assessment_ref;
mod checkout;
mod folder;
mod packs;
mod reader;
mod style;

pub(crate) use assessment::{CheckedAnswers, LoadedResult};
pub(crate) use assessment_ref::{AssessmentRef, find_assessment, possible_paths};
pub(crate) use checkout::{Checkout, NamedPaths, most_bytes, paths_read};
pub(crate) use folder::{
    ASSESSMENT, CONSENSUS, RESPONSES, ResponseFiles, TARGETS, assessment_file, is_mapping,
    is_survey, read_response,
};
pub(crate) use packs::{CheckedPack, PackArgs, Rulebooks, pack_texts, role};
pub(crate) use reader::{Reader, read_bytes, reading};
pub(crate) use style::{ReportStyle, StyleArgs, templates};
