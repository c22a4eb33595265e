//! Agreed values and targets, which replace those in the answers.

use super::value::with_evidence;
use crate::answers::Agreed;
use crate::answers::check::Checker;
use crate::answers::file::{AgreedFile, ConsensusFile, TargetFile, TargetsFile};
use crate::answers::value::Asked;
use crate::message;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::yaml::Located;

impl Checker<'_> {
    pub(super) fn consensus(&mut self, file: &ConsensusFile) {
        self.format(&file.format);
        for (pack, entries) in &file.consensus {
            self.each(pack, entries, Self::agree);
        }
    }

    fn agree(
        &mut self,
        node: usize,
        asked: Asked<'_>,
        name: &Located<String>,
        agreed: &AgreedFile,
    ) -> Result<(), Diagnostic> {
        let fitted = asked.fit(&agreed.value.value, agreed.value.place)?;
        if fitted.answer.state != State::Rated {
            let message = message!("nothing-is-agreed-on", value = name.value);
            let problem = Diagnostic::error(Code::InvalidValue, message).at(agreed.value.place);
            return Err(problem.help(message!("agree-on-a-value-or-leave-the-question")));
        }
        if agreed.reason.value.trim().is_empty() {
            let message = message!("is-agreed-without-a-reason", value = name.value);
            let problem = Diagnostic::error(Code::MissingReason, message).at(agreed.reason.place);
            return Err(problem.help(message!("say-in-a-few-words-what-settled")));
        }
        let on = agreed.date.as_ref().and_then(|text| self.date(text));
        let basis = self.basis;
        let slots = (self.answers.get_mut(node), self.notes.get_mut(node));
        if let (Some(answer), Some(notes)) = slots {
            let raw = Some(answer.claimed).filter(|raw| !raw.is_nan());
            notes.agreed = Some(Box::new(Agreed {
                reason: agreed.reason.value.clone(),
                on,
                raw: raw.filter(|_| answer.state == State::Rated),
            }));
            notes.text = fitted.text;
            notes.of = None;
            notes.reason = None;
            *answer = with_evidence(asked.question, fitted.answer, notes, basis);
        }
        Ok(())
    }

    pub(super) fn targets(&mut self, file: &TargetsFile) {
        self.format(&file.format);
        for (pack, entries) in &file.targets {
            self.each(pack, entries, Self::target);
        }
    }

    /// Sets a target; what is given in a file of targets replaces what is given with the answer,
    /// key by key.
    fn target(
        &mut self,
        node: usize,
        asked: Asked<'_>,
        _: &Located<String>,
        target: &Located<TargetFile>,
    ) -> Result<(), Diagnostic> {
        let slots = (self.answers.get(node), self.notes.get_mut(node));
        let (Some(answer), Some(notes)) = slots else {
            return Ok(());
        };
        let (answer, notes) = (*answer, std::mem::take(notes));
        let aimed = self.aim(asked, &target.value, answer, notes)?;
        if let (Some(answer), Some(notes)) = (self.answers.get_mut(node), self.notes.get_mut(node))
        {
            (*answer, *notes) = aimed;
        }
        Ok(())
    }
}
