//! One line at a question: what it says, and what becomes of it.

use super::keep::Kept;
use super::session::{Asked, Session, Step};
use super::talk::Heard;
use crate::exit::Failure;
use crate::output::clean;
use centricity::answers::edit::{Change, Edit, Proof, Verdict};
use centricity::collect::interview::{Reply, parse, proof};
use centricity::report::terminal::{commands, given, grades};
use centricity::rules::vocabulary::State;
use centricity::text::diagnostic::Diagnostic;

impl Session<'_> {
    /// Hears one line.
    pub(super) fn turn(&mut self, asked: Asked<'_>) -> Result<Step, Failure> {
        let prompt = format!("{}> ", asked.item.local_id());
        let line = match self.talk.line(&prompt, "")? {
            Heard::Line(line) => clean(&line),
            Heard::End => return Ok(Step::Stop),
        };
        match parse(asked.item, asked.question, &line) {
            Err(problem) => self.refuse(&problem),
            Ok(Reply::Nothing) if self.is_answered(asked.node) => Ok(Step::On),
            Ok(Reply::Nothing) => {
                self.stay("No answer yet; s skips the question, ? shows what else.")
            }
            Ok(Reply::Why) => {
                self.talk.say(&commands(asked.question))?;
                Ok(Step::Stay)
            }
            Ok(Reply::Back) => self.leave(Step::Back),
            Ok(Reply::Skip) => self.leave(Step::On),
            Ok(Reply::Stop) => self.leave(Step::Stop),
            Ok(Reply::Verdict(verdict)) => self.answer(asked, verdict),
            Ok(Reply::NotApplicable) => match self.more("why does it not apply> ", "")? {
                Some(reason) => self.answer(asked, Verdict::NotApplicable(reason)),
                None => self.stay("Not saved: it takes a reason."),
            },
            Ok(Reply::Note(note)) => self.note(asked, note),
            Ok(Reply::Evidence(evidence)) => self.evidence(asked, evidence),
        }
    }

    /// The rest of a command; `None` where nothing is said.
    fn more(&mut self, prompt: &str, begin: &str) -> Result<Option<String>, Failure> {
        match self.talk.line(prompt, begin)? {
            Heard::Line(line) if !line.trim().is_empty() => Ok(Some(clean(line.trim()))),
            Heard::Line(_) | Heard::End => Ok(None),
        }
    }

    fn note(&mut self, asked: Asked<'_>, note: Option<String>) -> Result<Step, Failure> {
        let before = self.sheet.answers.remarks().get(asked.node);
        let before = before
            .and_then(|remark| remark.note.clone())
            .unwrap_or_default();
        let note = match note {
            Some(note) => Some(note),
            None => self.more("note> ", &before)?,
        };
        self.pending.note = note.or(self.pending.note.take());
        self.beside(asked)
    }

    fn evidence(&mut self, asked: Asked<'_>, evidence: Option<Proof>) -> Result<Step, Failure> {
        let evidence = if evidence.is_some() {
            evidence
        } else {
            let prompt = format!("grade ({}) and what it is> ", grades());
            let line = self.more(&prompt, "")?;
            match line.map(|line| proof(asked.question, &line)).transpose() {
                Ok(evidence) => evidence,
                Err(problem) => return self.refuse(&problem),
            }
        };
        self.pending.evidence = evidence.or(self.pending.evidence.take());
        self.beside(asked)
    }

    /// Saves what stands beside an answer, or keeps it for the answer that is still to be given.
    fn beside(&mut self, asked: Asked<'_>) -> Result<Step, Failure> {
        if self.pending.is_empty() {
            return self.stay("Nothing was said.");
        }
        if self.is_answered(asked.node) {
            self.save(asked, self.pending.clone())?;
            return Ok(Step::Stay);
        }
        self.stay("Kept for the answer that you give next; u where nobody can say.")
    }

    fn answer(&mut self, asked: Asked<'_>, verdict: Verdict) -> Result<Step, Failure> {
        let change = Change {
            verdict: Some(verdict),
            ..self.pending.clone()
        };
        Ok(match self.save(asked, change)? {
            Kept::Mine | Kept::Theirs => Step::On,
            Kept::Refused => Step::Stay,
        })
    }

    fn save(&mut self, asked: Asked<'_>, change: Change) -> Result<Kept, Failure> {
        let edit = self.edit(asked, change);
        let kept = self.keep(asked.node, &edit)?;
        if kept != Kept::Refused {
            self.pending = Change::default();
        }
        if kept == Kept::Mine {
            let lines = given(&self.paper.rulebook, &self.sheet.answers, asked.node);
            let told = format!("Saved. {}\n", clean(&lines.join(". ")));
            self.talk.say(&told)?;
        }
        Ok(kept)
    }

    pub(super) fn edit(&self, asked: Asked<'_>, change: Change) -> Edit {
        let pack = self.paper.rulebook.packs().get(asked.item.pack);
        Edit {
            pack: pack.map_or_else(String::new, |pack| pack.id.clone()),
            question: asked.item.local_id().to_owned(),
            change,
        }
    }

    /// Leaves a question; what was said beside an answer that was never given is let go only when
    /// asked twice.
    fn leave(&mut self, step: Step) -> Result<Step, Failure> {
        if self.pending.is_empty() || self.warned {
            return Ok(step);
        }
        self.warned = true;
        self.stay(
            "A note or evidence goes with an answer: give one, or u where nobody can say. The same again leaves without it.",
        )
    }

    fn is_answered(&self, node: usize) -> bool {
        let given = self.sheet.answers.given().get(node);
        given.is_some_and(|given| given.state != State::Missing)
    }

    /// Says something, and stays at the question.
    fn stay(&mut self, text: &str) -> Result<Step, Failure> {
        self.talk.say(&format!("{text}\n"))?;
        Ok(Step::Stay)
    }

    fn refuse(&mut self, problem: &Diagnostic) -> Result<Step, Failure> {
        let help = problem
            .help
            .as_ref()
            .map_or(String::new(), |help| format!("; {help}"));
        self.stay(&format!("{}{help}", clean(&problem.message)))
    }
}
