//! Names of packs and questions that are not in the assessment.

use crate::rules::rulebook::{Item, Rulebook};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;

pub(in crate::answers) fn unknown_pack(rulebook: &Rulebook, pack: &Located<String>) -> Diagnostic {
    let names = || rulebook.packs.iter().map(|one| one.id.as_str());
    let listed = format!("the packs of this assessment are {}", quoted(names()));
    let help = suggestion(nearest(&pack.value, names()), &listed);
    let message = format!("no pack `{}` in this assessment", pack.value);
    Diagnostic::error(Code::UnknownId, message)
        .at(pack.place)
        .help(help)
}

pub(super) fn unknown_question(
    rulebook: &Rulebook,
    id: &str,
    name: &Located<String>,
    known: bool,
) -> Diagnostic {
    if known {
        let message = format!("`{}` is computed, not asked", name.value);
        return Diagnostic::error(Code::UnknownId, message)
            .at(name.place)
            .help("leave it out");
    }
    let pack = id.split_once('.').map_or("", |(pack, _)| pack);
    let questions = rulebook.items.iter().take(rulebook.question_count());
    let near = nearest(
        &name.value,
        questions
            .filter(|item| item.id.starts_with(pack))
            .map(Item::local_id),
    );
    let problem = Diagnostic::error(
        Code::UnknownId,
        format!("no question `{}` in `{pack}`", name.value),
    );
    let help = near.map_or(
        format!("`centricity pack show {pack}` lists the questions"),
        |near| format!("did you mean `{near}`?"),
    );
    problem.at(name.place).help(help)
}
