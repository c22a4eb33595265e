//! Results of the same people that one command shows side by side.

use super::LoadedResult;
use centricity::answers::{Answers, Held, Rounds};
use centricity::message;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// The states of one client after another, by the client's name however it is written.
#[derive(Debug, Default)]
pub(crate) struct ClientStates(HashMap<String, (String, Rounds)>);

impl ClientStates {
    /// Takes in a state that lies at a path, where it may be shown beside those of the same client.
    ///
    /// # Errors
    /// Returns the reason why it may not, with the path of the first state of the client.
    pub(crate) fn take(
        &mut self,
        client: &str,
        path: &str,
        take: impl FnOnce(&mut Rounds) -> Result<(), Held>,
    ) -> Result<(), (Held, String)> {
        let new = || (path.to_owned(), Rounds::default());
        let (first, rounds) = self.0.entry(written_alike(client)).or_insert_with(new);
        take(rounds).map_err(|held| (held, first.clone()))
    }
}

/// Takes in the answers of a state; those of one assessor may stand beside any.
pub(crate) fn take_answers(rounds: &mut Rounds, answers: &Answers) -> Result<(), Held> {
    answers.round().map_or(Ok(()), |round| rounds.take(round))
}

impl LoadedResult {
    /// Takes in a state that may be a stored one.
    pub(crate) fn stand_among(&self, rounds: &mut Rounds) -> Result<(), Held> {
        match (self.answers(), &self.result.respondents.merged) {
            (Some(one), _) => take_answers(rounds, &one.answers),
            (None, Some(merged)) => rounds.take_stored(merged),
            (None, None) => Ok(()),
        }
    }
}

/// Reason why a state is held back, beside the first of the same client.
pub(crate) fn held_back(held: Held, first: &str) -> String {
    match held {
        Held::Rules => message!("held-back-by-rules", first),
        Held::Few => message!("held-back-by-people", first),
        Held::Stored => message!("held-back-as-stored", first),
    }
}

/// The letters and digits of a name, without case, accents and what shows as nothing. Some letters are
/// one in capitals alone, as ß and ss.
fn written_alike(name: &str) -> String {
    let capitals = name.nfkd().flat_map(char::to_uppercase);
    let letters = capitals.nfkd().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
