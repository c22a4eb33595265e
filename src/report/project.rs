//! Project files: what is the same for every assessment of a project, written once.

mod source;

pub use source::*;

use crate::answers::unknown_format;
use crate::problem;
use crate::rules::pack::{is_id, is_pack};
use crate::rules::vocabulary::Basis;
use crate::text::diagnostic::Diagnostics;
use crate::text::yaml::{Entries, Located, document};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// `centricity.yaml`, at the root of a project. Paths start from its folder, and an option on the
/// command line wins over it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity project"))]
pub struct ProjectFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Folders searched for packs before the built-in ones.
    #[serde(default)]
    pub packs: Vec<Located<String>>,
    /// Packs copied from elsewhere, by name; `centricity pack add` and `pack update` write it.
    #[serde(default)]
    pub sources: Entries<SourceFile>,
    /// The file that says who hands reports over.
    pub brand: Option<Located<String>>,
    /// The folder whose templates replace the built-in ones of the same name.
    pub templates: Option<Located<String>>,
    /// The document of the house that Word documents take their looks from.
    #[serde(rename = "reference-docx")]
    pub reference_docx: Option<Located<String>>,
    /// The file with what other clients came to, for reports.
    pub benchmark: Option<Located<String>>,
    /// The policy that `gate` holds assessments to.
    pub policy: Option<Located<String>>,
    /// The values commands take where nothing else is said.
    #[serde(default)]
    pub defaults: DefaultsFile,
}

document!(ProjectFile);

/// The values commands take where nothing else is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct DefaultsFile {
    /// The packs that `init` lists.
    pub packs: Vec<Located<String>>,
    /// The basis of ratings in an assessment that `init` begins.
    pub basis: Option<Basis>,
    /// The formats that `report --out` writes.
    pub formats: Vec<ReportFormat>,
    /// The length of a report.
    pub detail: Option<ReportDetail>,
}

/// A format that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// A page.
    Html,
    /// Markdown.
    Md,
    /// A Word document.
    Docx,
    /// A PDF.
    Pdf,
    /// A workbook.
    Xlsx,
    /// The result, for programs.
    Json,
    /// What templates are given, as JSON.
    Context,
}

/// The length of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReportDetail {
    /// Two pages for those who decide.
    Executive,
    /// The report, and its appendix as a file of its own.
    Full,
    /// The appendix alone.
    Appendix,
    /// The report with its appendix, in one file.
    All,
}

/// A project with the places of its files; one without a file has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// Folders of packs.
    pub packs: Vec<PathBuf>,
    /// The sources of copied packs, by name.
    pub sources: Vec<(String, Source)>,
    /// The file of branding.
    pub brand: Option<PathBuf>,
    /// The folder of templates.
    pub templates: Option<PathBuf>,
    /// The document of the house.
    pub reference_docx: Option<PathBuf>,
    /// The file of a benchmark.
    pub benchmark: Option<PathBuf>,
    /// The file of a policy.
    pub policy: Option<PathBuf>,
    /// The values commands take where nothing else is said.
    pub defaults: DefaultsFile,
}

impl Project {
    /// Checks a project file that lies in a folder: everything it names has to be there.
    ///
    /// Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn check(file: &ProjectFile, folder: &Path, problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.errors();
        problems.extend(unknown_format(&file.format));
        let sources = Self::sources(file, problems);
        for (name, _) in &file.sources {
            if is_id(&name.value) && !is_pack(&folder.join(COPIES).join(&name.value)) {
                let problem =
                    problem!(UnknownPack, "the-copied-pack-is-missing", name = name.value);
                problems.push(problem.at(name.place));
            }
        }
        // Where no copy is there, that is said of each of them.
        let is_told = |name: &str| {
            !file.sources.is_empty() && inner_path(name).is_ok_and(|name| name == COPIES)
        };
        let mut find = |name: &Located<String>, is_folder: bool| {
            let path = folder.join(&name.value);
            let is_there = if is_folder {
                path.is_dir()
            } else {
                path.is_file()
            };
            let name = name.as_ref().map(String::as_str);
            if name.value.trim().is_empty() || !(is_there || is_folder && is_told(name.value)) {
                let (place, name) = (name.place, name.value);
                problems.push(if is_folder {
                    problem!(UnknownFile, "the-project-has-no-such-folder", name).at(place)
                } else {
                    problem!(UnknownFile, "the-project-has-no-such-file", name).at(place)
                });
            }
            path
        };
        let packs = file.packs.iter().map(|one| find(one, true)).collect();
        let templates = file.templates.as_ref().map(|one| find(one, true));
        let files = [
            &file.brand,
            &file.reference_docx,
            &file.benchmark,
            &file.policy,
        ];
        let [brand, reference_docx, benchmark, policy] =
            files.map(|one| one.as_ref().map(|one| find(one, false)));
        (problems.errors() == before).then(|| Self {
            packs,
            sources,
            brand,
            templates,
            reference_docx,
            benchmark,
            policy,
            defaults: file.defaults.clone(),
        })
    }

    /// The sources of copied packs that are valid, whether or not the copies are there.
    #[must_use]
    pub fn sources(file: &ProjectFile, problems: &mut Diagnostics) -> Vec<(String, Source)> {
        let mut sources = Vec::new();
        for (name, one) in &file.sources {
            let source = Source::check(name, one, problems);
            sources.extend(source.map(|source| (name.value.clone(), source)));
        }
        sources
    }
}

/// The text of a project file in which nothing is set but what `init` lists.
///
/// `packs` are the folders of packs of its own, `listed` the packs that assessments list.
#[must_use]
pub fn blank_project(packs: &[String], listed: &[String]) -> String {
    let quoted = |names: &[String]| serde_json::Value::from(names).to_string();
    let folders = if packs.is_empty() {
        "#packs: [packs]               # folders with packs of your own".to_owned()
    } else {
        format!("packs: {}", quoted(packs))
    };
    let listed = listed.join(", ");
    format!(
        "# What is the same for every assessment below this folder. An option on the command line wins\n\
         # over what is written here. Paths start from this file.\n\
         format: 1\n\
         {folders}\n\
         #brand: brand.yaml            # who hands reports over: name, logo, colours\n\
         #templates: templates         # templates that you changed\n\
         #reference-docx: house.docx   # looks of Word documents\n\
         #benchmark: benchmark.yaml    # what other clients came to\n\
         #policy: gate.yaml            # what `centricity gate` asks for\n\
         defaults:\n  \
           packs: [{listed}]   # what `centricity init` lists\n  \
           basis: perception           # or `evidenced`\n  \
           #formats: [html, docx]      # what `centricity report --out` writes\n  \
           #detail: full               # executive, full, appendix or all\n"
    )
}
