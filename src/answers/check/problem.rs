//! Names of packs and questions that are not in the assessment.

use crate::message;
use crate::rules::rulebook::{Item, Rulebook};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::Located;

pub(in crate::answers) fn unknown_pack(rulebook: &Rulebook, pack: &Located<String>) -> Diagnostic {
    let names = || rulebook.packs.iter().map(|one| one.id.as_str());
    let listed = message!("the-packs-of-this-assessment-are", quoted = quoted(names()));
    let help = suggestion(nearest(&pack.value, names()), &listed);
    let message = message!("no-pack-in-this-assessment", pack = pack.value);
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
        let message = message!("is-computed-not-asked", value = name.value);
        return Diagnostic::error(Code::UnknownId, message)
            .at(name.place)
            .help(message!("leave-it-out"));
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
        message!("no-question-in", value = name.value, pack),
    );
    let help = near.map_or(
        message!("centricity-pack-show-lists-the-questions", pack),
        |near| message!("did-you-mean", near),
    );
    problem.at(name.place).help(help)
}
