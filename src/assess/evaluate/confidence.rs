//! Confidence in a score, for levels that ask for it.

use super::Reading;
use crate::answers::Answers;
use crate::assess::assessment::result::Confidence;
use crate::rules::rulebook::Program;
use crate::rules::vocabulary::Grade;
use crate::text::number::TOLERANCE;

/// The confidence in a score, with the answers so far.
pub(crate) fn confidence(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    score: usize,
) -> Confidence {
    let coverage = readings.get(score).map_or(0.0, |one| one.coverage);
    let evidence = proven(program, readings, answers, score);
    let people = answers.disclosure().map(|panel| panel.grades_of(score));
    Confidence::new(coverage, evidence, people)
}

/// Returns true if no answer to come can change the confidence in a score.
pub(super) fn is_complete(readings: &[Reading], score: usize) -> bool {
    let complete = |one: &Reading| one.coverage >= 1.0 - TOLERANCE && !one.optional;
    readings.get(score).is_some_and(complete)
}

/// The share of an item's rated weight that a document or better supports, `0..=1`. A decision is
/// as well proven as what it reads, each input alike.
fn proven(program: &Program, readings: &[Reading], answers: &Answers, node: usize) -> f64 {
    if let Some(table) = program.table(node) {
        let rated = |node: &&usize| readings.get(**node).is_some_and(Reading::is_held);
        let inputs = table.inputs.iter().filter(rated);
        let (count, proof) = inputs.fold((0.0, 0.0), |(count, proof), node| {
            (
                count + 1.0,
                proof + proven(program, readings, answers, *node),
            )
        });
        return if count > 0.0 { proof / count } else { 0.0 };
    }
    let Some(rule) = program.score(node) else {
        let notes = answers.notes().get(node);
        return f64::from(u8::from(
            notes.is_some_and(|one| one.grade >= Grade::Document),
        ));
    };
    let (mut rated, mut proof) = (0.0, 0.0);
    for term in &rule.terms {
        if let Some(reading) = readings.get(term.node).filter(|one| one.is_rated()) {
            let weight = term.weight * reading.coverage;
            rated += weight;
            proof += weight * proven(program, readings, answers, term.node);
        }
    }
    if rated > 0.0 { proof / rated } else { 0.0 }
}
