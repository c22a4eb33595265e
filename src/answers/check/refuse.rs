//! Why an answer cannot stand: what names nothing, misses a constraint, or gives no reason.

use crate::answers::{Answer, AnswerNotes};
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
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

pub(super) fn unknown(
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

pub(in crate::answers) fn constrain(
    item: &Item,
    question: &Question,
    given: &Answer,
    place: Place,
) -> Result<(), Diagnostic> {
    let Some((test, message)) = &question.constraint else {
        return Ok(());
    };
    let worth = if question.reverse {
        f64::NAN
    } else {
        given.claimed
    };
    let refused = given.state == State::Rated && !test.admits(worth, given.chosen);
    if refused {
        return Err(Diagnostic::error(
            Code::OutOfScale,
            format!("`{}`: {message}", item.local_id()),
        )
        .at(place));
    }
    Ok(())
}

pub(super) fn not_applicable(
    item: &Item,
    question: &Question,
    reason: &Located<String>,
    remark: AnswerNotes,
) -> Result<(Answer, AnswerNotes), Diagnostic> {
    let refuse = |code, message: String, help: &str| {
        Err(Diagnostic::error(code, message).at(reason.place).help(help))
    };
    if !question.may_not_apply {
        let message = format!("`{}` applies to everybody", item.local_id());
        return refuse(Code::InvalidValue, message, "rate it, or write `unknown`");
    }
    if reason.value.trim().is_empty() {
        let message = format!("`{}` is not applicable without a reason", item.local_id());
        return refuse(Code::MissingReason, message, "say why in a few words");
    }
    let given = Answer {
        state: State::NotApplicable,
        ..Answer::MISSING
    };
    Ok((
        given,
        AnswerNotes {
            reason: Some(reason.value.clone()),
            ..remark
        },
    ))
}
