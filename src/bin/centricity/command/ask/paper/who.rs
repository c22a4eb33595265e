//! Who answers, and under which name.

use crate::exit::Failure;
use crate::inputs::{ASSESSMENT, Folder, Notes};
use centricity::answers::RespondentNames;
use centricity::answers::file::ResponseFile;
use centricity::collect::import::file_name;
use centricity::rules::vocabulary::Role;
use std::path::Path;

/// Who answers.
#[derive(Debug, Clone)]
pub(in crate::command::ask) enum Who {
    /// The assessor, in the assessment itself; whether responses lie beside it.
    Assessor { responses: bool },
    /// A respondent of this name and role.
    Respondent { name: String, role: Role },
}

/// What the command line says of the one who answers.
#[derive(Debug, Clone, Copy)]
pub(in crate::command::ask) struct Told<'a> {
    pub(in crate::command::ask) respondent: Option<&'a str>,
    pub(in crate::command::ask) role: Option<Role>,
}

/// The one whose response is there already.
pub(super) fn known(
    file: &Path,
    told: Told<'_>,
    notes: &mut Notes,
) -> Result<Option<Who>, Failure> {
    let Some(response) = notes.file::<ResponseFile>(file)? else {
        return Ok(None);
    };
    let (name, role) = (response.respondent.value, response.role.value);
    let other = told.respondent.is_some_and(|told| told != name)
        || told.role.is_some_and(|told| told != role);
    if other {
        let message = format!(
            "`{}` is the response of `{name}` in the role `{}`",
            file.display(),
            role.name()
        );
        return Err(Failure::usage(
            message,
            "leave `--respondent` and `--role` out to go on with it, or name somebody else",
        ));
    }
    Ok(Some(Who::Respondent { name, role }))
}

/// Somebody who has not answered yet, under a name that nobody else has.
pub(super) fn newcomer(file: &Path, told: Told<'_>, folder: &Path) -> Result<Who, Failure> {
    let (Some(name), Some(role)) = (told.respondent, told.role) else {
        let message = format!("`{}` is not there yet", file.display());
        return Err(Failure::usage(
            message,
            "`--respondent NAME --role ROLE` begins it",
        ));
    };
    if file
        .extension()
        .is_none_or(|end| end != "yaml" && end != "yml")
    {
        let message = format!("`{}` cannot be begun as a response", file.display());
        return Err(Failure::usage(message, "choose a name that ends in .yaml"));
    }
    let mut others = RespondentNames::new();
    for path in Folder::around(&folder.join(ASSESSMENT))?.responses {
        let mut scratch = Notes::default();
        if let Some(response) = scratch.file::<ResponseFile>(&path)? {
            // Who of the others answers twice is for `check` to tell.
            let _ = others.enter(&response.respondent.value, &path.display().to_string());
        }
    }
    match others.enter(name, &file.display().to_string()) {
        Ok(()) => Ok(Who::Respondent {
            name: name.to_owned(),
            role,
        }),
        Err(twice) => {
            let there = others.first(name).unwrap_or_default();
            let help = format!(
                "`centricity ask {there}` goes on with the answers that are there; somebody else takes another name"
            );
            Err(Failure::usage(twice.message, help))
        }
    }
}

/// The file of a respondent in the folder of responses, named as import names it.
pub(super) fn own_file(name: &str) -> Result<String, Failure> {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if name.chars().all(plain) && name.starts_with(char::is_alphanumeric) {
        return Ok(file_name(name));
    }
    let message = format!("`{name}` cannot be the name of a file");
    Err(Failure::usage(
        message,
        "a respondent is any word of letters and digits that nobody else has, such as `r07`",
    ))
}
