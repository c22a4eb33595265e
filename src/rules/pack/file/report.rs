//! Texts of a report, as a pack gives them.

use crate::text::yaml::Located;
use serde::{Deserialize, Serialize};

/// Texts of a report on the subject of the pack. Several packs take those of the one that speaks for
/// all, or else of the first that has a headline.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ReportFile {
    /// Title of the report; the title of the pack where it is not given.
    pub title: Option<Located<String>>,
    /// The question that the report answers; the title of the pack where it is not given.
    pub question: Option<Located<String>>,
    /// Label of a badge; the id in words where it is not given.
    pub badge: Option<Located<String>>,
    /// Titles of sections; the template's own where one is not given.
    pub sections: SectionTitles<Located<String>>,
}

/// Titles of the sections of a report, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SectionTitles"))]
pub struct SectionTitles<T> {
    /// The form called for and the form built.
    pub fit: Option<T>,
    /// The scores of a pack.
    pub profile: Option<T>,
    /// The views of the roles.
    pub roles: Option<T>,
    /// The findings.
    pub findings: Option<T>,
    /// The results of the business.
    pub results: Option<T>,
    /// The actions, by when.
    pub roadmap: Option<T>,
    /// The open questions.
    pub unknown: Option<T>,
    /// How the figures were made.
    pub method: Option<T>,
}

impl<T> SectionTitles<T> {
    /// The titles, each changed.
    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> SectionTitles<U> {
        let titles = [
            self.fit,
            self.profile,
            self.roles,
            self.findings,
            self.results,
            self.roadmap,
            self.unknown,
            self.method,
        ];
        let mut change = change;
        let [
            fit,
            profile,
            roles,
            findings,
            results,
            roadmap,
            unknown,
            method,
        ] = titles.map(|title| title.map(&mut change));
        SectionTitles {
            fit,
            profile,
            roles,
            findings,
            results,
            roadmap,
            unknown,
            method,
        }
    }
}
