//! Answers of one person or of many: checked with every problem located, scored without failing.

use super::ours::RULEBOOK;
use super::problems::located;
use super::readings::{sound, stored};
use super::{BETWEEN, text};
use centricity::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use centricity::answers::{Answers, CompanionFiles, Response, Tally};
use centricity::assess::{Assessment, evaluate};
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources};
use centricity::text::yaml::Document;

/// Checks an assessment and the files beside it, and scores it.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let mut files = text.split(BETWEEN);
    let first = sources.add(
        "assessment.yaml",
        files.next().unwrap_or_default().to_owned(),
    );
    let others: Vec<SourceId> = files
        .map(|file| sources.add("other.yaml", file.to_owned()))
        .collect();
    let file = AssessmentFile::read(&sources, first, &mut problems);
    let beside = Beside::read(&sources, &others, &mut problems);
    let answers = file.and_then(|file| {
        let others = beside.files();
        Answers::merge(&RULEBOOK, &file, &others, &mut problems)
    });
    assert!(
        answers.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    located(&sources, &problems);
    if let Some(answers) = answers {
        scored(&answers);
    }
}

/// The files beside an assessment, as far as they can be read.
struct Beside {
    tally: Tally,
    consensus: Option<ConsensusFile>,
    targets: Option<TargetsFile>,
}

impl Beside {
    fn read(sources: &Sources, others: &[SourceId], problems: &mut Diagnostics) -> Self {
        let mut beside = Self {
            tally: Tally::new(&RULEBOOK),
            consensus: None,
            targets: None,
        };
        for id in others {
            let text = sources.text(*id);
            if text.contains("respondent:") {
                let file = ResponseFile::read(sources, *id, problems);
                let response = file.and_then(|file| Response::check(&RULEBOOK, &file, problems));
                if let Some(response) = response {
                    beside.tally.add(&RULEBOOK, &response);
                }
            } else if text.contains("consensus:") {
                beside.consensus = ConsensusFile::read(sources, *id, problems);
            } else {
                beside.targets = TargetsFile::read(sources, *id, problems);
            }
        }
        beside
    }

    fn files(&self) -> CompanionFiles<'_> {
        CompanionFiles {
            tally: Some(&self.tally),
            consensus: self.consensus.as_ref(),
            targets: self.targets.as_ref(),
            responses: self.tally.people() > 0,
        }
    }
}

/// The result is sound, and a stored one reads as it was written.
fn scored(answers: &Answers) {
    sound(&RULEBOOK, &evaluate(&RULEBOOK, answers));
    let written = stored(&RULEBOOK, answers);
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("result.json", written.clone());
    let read = Assessment::read(&sources, id, &mut problems);
    located(&sources, &problems);
    let read = read.expect("a result that can be read");
    let again = serde_json::to_string(&read).expect("a result that can be stored");
    assert_eq!(again, written);
}
