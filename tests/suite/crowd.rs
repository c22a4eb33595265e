//! Many people who answer the pack `p`, in a few lines.

use super::sandbox::Sandbox;
use super::workshop::Outcome;
use centricity::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use centricity::answers::{Answers, CompanionFiles, Response, Tally};
use centricity::answers::{Group, GroupResult};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use serde::de::DeserializeOwned;

/// What lies in a folder: settings, the assessor's answers, responses, consensus, targets.
#[derive(Default)]
pub(crate) struct Crowd {
    settings: String,
    own: String,
    responses: Vec<(&'static str, String)>,
    consensus: Option<String>,
    targets: Option<String>,
}

impl Crowd {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Lines of the assessment beside its answers, each ending with a line break.
    pub(crate) fn set(mut self, lines: &str) -> Self {
        self.settings.push_str(lines);
        self
    }

    /// Everybody may be shown, however few answer.
    pub(crate) fn open(self) -> Self {
        self.set("respondents: { anonymous: false }\n")
    }

    /// What the assessor answers.
    pub(crate) fn own(mut self, answers: &str) -> Self {
        answers.clone_into(&mut self.own);
        self
    }

    /// One more person.
    pub(crate) fn says(mut self, role: &'static str, answers: &str) -> Self {
        self.responses.push((role, answers.to_owned()));
        self
    }

    /// People of one role, each with one answer to one question.
    pub(crate) fn rate(mut self, role: &'static str, question: &str, answers: &[u32]) -> Self {
        let each = answers
            .iter()
            .map(|one| (role, format!("{question}: {one}")));
        self.responses.extend(each);
        self
    }

    pub(crate) fn agree(mut self, entries: &str) -> Self {
        self.consensus = Some(entries.to_owned());
        self
    }

    pub(crate) fn aim(mut self, entries: &str) -> Self {
        self.targets = Some(entries.to_owned());
        self
    }

    /// Writes them as the files of a folder, beside whose `p` the pack lies.
    pub(crate) fn write(&self, sandbox: Sandbox, folder: &str) -> Sandbox {
        let head = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [./p]\n{}answers: {{ p: {{ {} }} }}\n",
            self.settings, self.own
        );
        let sandbox = sandbox.file(&format!("{folder}/assessment.yaml"), head);
        let responses = self.responses.iter().enumerate();
        responses.fold(sandbox, |sandbox, (number, (role, answers))| {
            let text = format!(
                "format: 1\nrespondent: r{number}\nrole: {role}\nanswers: {{ p: {{ {answers} }} }}\n"
            );
            sandbox.file(&format!("{folder}/responses/r{number}.yaml"), text)
        })
    }

    /// Counts the responses in parts of this size.
    pub(crate) fn count(&self, rulebook: &Rulebook, part: usize) -> Tally {
        self.tally(rulebook, part, &mut Desk::default())
    }

    fn tally(&self, rulebook: &Rulebook, size: usize, desk: &mut Desk) -> Tally {
        let mut all = Tally::new(rulebook);
        for (nth, part) in self.responses.chunks(size).enumerate() {
            let mut tally = Tally::new(rulebook);
            for (more, (role, answers)) in part.iter().enumerate() {
                let number = nth * size + more;
                let text = format!(
                    "format: 1\nrespondent: r{number}\nrole: {role}\nanswers: {{ p: {{ {answers} }} }}\n"
                );
                let file = desk.file::<ResponseFile>(&format!("r{number}.yaml"), &text);
                let response =
                    file.and_then(|file| Response::check(rulebook, &file, &mut desk.problems));
                if let Some(response) = response {
                    tally.add(rulebook, &response);
                }
            }
            all.absorb(tally);
        }
        all
    }

    /// Reads, checks, counts and merges everything.
    pub(crate) fn merge(&self, rulebook: &Rulebook) -> Outcome<Answers> {
        let mut desk = Desk::default();
        let head = format!(
            "format: 1\nclient: {{ name: C }}\npacks: [p]\n{}",
            self.settings
        );
        let file = desk.file::<AssessmentFile>(
            "assessment.yaml",
            &format!("{head}answers: {{ p: {{ {} }} }}\n", self.own),
        );
        let tally = self.tally(rulebook, 3, &mut desk);
        let consensus = self
            .consensus
            .as_ref()
            .map(|entries| format!("format: 1\nconsensus: {{ p: {{ {entries} }} }}\n"));
        let consensus =
            consensus.and_then(|text| desk.file::<ConsensusFile>("consensus.yaml", &text));
        let targets = self
            .targets
            .as_ref()
            .map(|entries| format!("format: 1\ntargets: {{ p: {{ {entries} }} }}\n"));
        let targets = targets.and_then(|text| desk.file::<TargetsFile>("targets.yaml", &text));
        let beside = CompanionFiles {
            tally: Some(&tally),
            consensus: consensus.as_ref(),
            targets: targets.as_ref(),
            ..CompanionFiles::default()
        };
        let value =
            file.and_then(|file| Answers::merge(rulebook, &file, &beside, &mut desk.problems));
        Outcome {
            value,
            problems: desk.problems,
            sources: desk.sources,
        }
    }
}

#[derive(Default)]
struct Desk {
    sources: Sources,
    problems: Diagnostics,
}

impl Desk {
    fn file<T: DeserializeOwned>(&mut self, name: &str, text: &str) -> Option<T> {
        let id = self.sources.add(name, text.to_owned());
        yaml::read_sound(&self.sources, id, &mut self.problems)
    }
}

/// What may be shown of the answers to a question.
#[track_caller]
pub(crate) fn voice<'a>(rulebook: &Rulebook, answers: &'a Answers, id: &str) -> &'a GroupResult {
    let node = rulebook.find(&format!("p.{id}")).expect(id);
    let panel = answers.disclosure().expect("people who answered");
    panel.answer(node).expect("somebody who said something")
}

/// The mean of a role on a question, where it counts.
#[track_caller]
pub(crate) fn mean(rulebook: &Rulebook, answers: &Answers, id: &str, role: Role) -> Option<f64> {
    let roles = &voice(rulebook, answers, id).roles;
    let found = roles.iter().find(|one| one.role == Group::Role(role));
    found?.value
}
