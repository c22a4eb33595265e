//! The one who answers, and under which name.

use crate::exit::{Failure, if_valid};
use crate::inputs::{ASSESSMENT, Reader, ResponseFiles, role};
use centricity::answers::Roll;
use centricity::answers::file::ResponseFile;
use centricity::collect::import::file_name;
use centricity::rules::vocabulary::Role;
use clap::Args;
use std::path::Path;

/// The one who answers.
#[derive(Debug, Clone)]
pub(super) enum Answerer {
    /// The assessor, in the assessment itself, with or without responses beside it.
    Assessor { responses: bool },
    /// A respondent of this name and role.
    Respondent { name: String, role: Role },
}

/// The one who answers, on the command line.
#[derive(Debug, Args)]
pub(super) struct RespondentArgs {
    /// Begin or go on with the response of this respondent: any word that nobody else has
    #[arg(long, value_name = "NAME")]
    pub(super) respondent: Option<String>,
    /// The role of the one who answers; an assessor is asked only what is put to that role
    #[arg(long, value_name = "ROLE", value_parser = role())]
    pub(super) role: Option<Role>,
}

/// The one whose response is there already.
pub(super) fn read_answerer(
    file: &Path,
    asked: &RespondentArgs,
    reader: &mut Reader,
) -> Result<Answerer, Failure> {
    let response: ResponseFile = reader.file(file)?;
    let (name, role) = (response.respondent.value, response.role.value);
    let is_other = asked.respondent.as_ref().is_some_and(|one| *one != name)
        || asked.role.is_some_and(|one| one != role);
    if is_other {
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
    Ok(Answerer::Respondent { name, role })
}

/// Somebody who has not answered yet, under a name that nobody else has.
pub(super) fn new_respondent(
    file: &Path,
    asked: &RespondentArgs,
    folder: &Path,
) -> Result<Answerer, Failure> {
    let (Some(name), Some(role)) = (&asked.respondent, asked.role) else {
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
    let mut others = Roll::new();
    for path in ResponseFiles::of_assessment(&folder.join(ASSESSMENT))?.single {
        let response = if_valid(Reader::default().file::<ResponseFile>(&path))?;
        if let Some(response) = response {
            // Others who answer twice are for `check` to report.
            let _ = others.enter(&response.respondent.value, &path.display().to_string());
        }
    }
    match others.enter(name, &file.display().to_string()) {
        Ok(()) => Ok(Answerer::Respondent {
            name: name.clone(),
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
pub(super) fn response_file_name(name: &str) -> Result<String, Failure> {
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
