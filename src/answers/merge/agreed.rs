//! What was agreed, and what is aimed at, laid over the answers.

use super::many::laid;
use crate::answers::check::{Asked, Desk, constrain};
use crate::answers::file::{AgreedFile, ConsensusFile, TargetFile, TargetsFile};
use crate::answers::value::fit;
use crate::answers::{Agreed, Answer};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::yaml::Located;

impl Desk<'_> {
    pub(super) fn agree(&mut self, file: &ConsensusFile) {
        self.format(&file.format);
        for (pack, entries) in &file.consensus {
            self.each(pack, entries, |desk, name, asked, agreed| {
                if let Err(problem) = desk.agree_on(name, asked, agreed) {
                    desk.refuse(*problem);
                }
            });
        }
    }

    fn agree_on(
        &mut self,
        name: &Located<String>,
        (node, item, question): Asked<'_>,
        agreed: &AgreedFile,
    ) -> Result<(), Box<Diagnostic>> {
        let fitted = fit(item, question, &agreed.value.value, agreed.value.place)?;
        constrain(item, question, &fitted.given, agreed.value.place)?;
        if fitted.given.state != State::Rated {
            let message = format!("nothing is agreed on `{}`", name.value);
            let problem = Diagnostic::error(Code::InvalidValue, message);
            return Err(Box::new(
                problem
                    .at(agreed.value.place)
                    .help("agree on a value, or leave the question out"),
            ));
        }
        if agreed.reason.value.trim().is_empty() {
            let message = format!("`{}` is agreed without a reason", name.value);
            let problem = Diagnostic::error(Code::MissingReason, message);
            return Err(Box::new(
                problem
                    .at(agreed.reason.place)
                    .help("say in a few words what settled it"),
            ));
        }
        let on = agreed.date.as_ref().and_then(|text| self.date(text));
        let basis = self.basis;
        let (Some(given), Some(remark)) = (self.given.get_mut(node), self.remarks.get_mut(node))
        else {
            return Ok(());
        };
        remark.agreed = Some(Box::new(Agreed {
            reason: agreed.reason.value.clone(),
            on,
            raw: (given.state == State::Rated && !given.claimed.is_nan()).then_some(given.claimed),
        }));
        remark.text = fitted.text;
        remark.of = None;
        remark.reason = None;
        let Answer {
            state,
            claimed,
            chosen,
            ..
        } = fitted.given;
        *given = laid(
            question,
            state,
            question.turned(claimed),
            chosen,
            remark,
            basis,
        );
        Ok(())
    }

    pub(super) fn aim_at(&mut self, file: &TargetsFile) {
        self.format(&file.format);
        for (pack, entries) in &file.targets {
            self.each(pack, entries, |desk, _, asked, entry| {
                if let Err(problem) = desk.aim_one(asked, entry) {
                    desk.refuse(problem);
                }
            });
        }
    }

    /// What a file of targets says comes before what stands beside the answer, key by key.
    fn aim_one(
        &mut self,
        (node, item, question): Asked<'_>,
        entry: &Located<TargetFile>,
    ) -> Result<(), Diagnostic> {
        let (Some(given), Some(remark)) = (self.given.get(node), self.remarks.get_mut(node)) else {
            return Ok(());
        };
        let (given, kept) = (*given, std::mem::take(remark));
        let aimed = self.aim(item, question, &entry.value.aims(), given, kept)?;
        if let (Some(given), Some(remark)) = (self.given.get_mut(node), self.remarks.get_mut(node))
        {
            (*given, *remark) = aimed;
        }
        Ok(())
    }
}
