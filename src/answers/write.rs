//! A response as the text of its file.

use super::edit::{is_plain, quote};
use super::file::{AnswerDetail, AnswerFile, PhaseFile, ResponseFile, ValueFile};
use crate::text::yaml::{Entries, Located, Scalar};
use std::fmt::Write as _;

impl ResponseFile {
    /// The text of the file, below a comment on where it comes from.
    #[must_use]
    pub fn to_yaml(&self, from: &str) -> String {
        let mut out = format!("# {}\nformat: 1\n", inline(from));
        let _ = writeln!(out, "respondent: {}", quote(&self.respondent));
        let _ = writeln!(out, "role: {}", self.role.value.name());
        if let Some(unit) = &self.unit {
            let _ = writeln!(out, "unit: {}", quote(unit));
        }
        if let Some(day) = &self.answered_on {
            let _ = writeln!(out, "answered_on: {}", quote(day));
        }
        if !self.packs.is_empty() {
            let packs: Vec<&str> = self.packs.iter().map(|pack| pack.value.as_str()).collect();
            let _ = writeln!(out, "packs: [{}]", packs.join(", "));
        }
        out.push_str("answers:\n");
        for (pack, answers) in &self.answers {
            let _ = writeln!(out, "  {}:", pack.value);
            write_answers(&mut out, answers);
        }
        out
    }
}

fn write_answers(out: &mut String, answers: &Entries<Located<AnswerFile>>) {
    for (question, answer) in answers {
        let _ = writeln!(
            out,
            "    {}: {}",
            question.value,
            answer_text(&answer.value)
        );
    }
}

fn answer_text(answer: &AnswerFile) -> String {
    match answer {
        AnswerFile::Value(scalar) => scalar_text(scalar),
        AnswerFile::List(list) => list_text(list),
        AnswerFile::Full(detail) => detail_text(detail),
    }
}

fn detail_text(detail: &AnswerDetail) -> String {
    let mut parts = Vec::new();
    if let Some(value) = &detail.value {
        let text = match &value.value {
            ValueFile::One(scalar) => scalar_text(scalar),
            ValueFile::List(list) => list_text(list),
        };
        parts.push(format!("value: {text}"));
    }
    parts.extend(detail.of.map(|of| format!("of: {}", of.value)));
    let mut text = |key: &str, text: Option<&String>| {
        parts.extend(text.map(|text| format!("{key}: {}", quote(text))));
    };
    text(
        "not_applicable",
        detail.not_applicable.as_ref().map(|one| &one.value),
    );
    text("note", detail.note.as_ref());
    text("owner", detail.owner.as_ref());
    text("due", detail.due.as_ref().map(|one| &one.value));
    parts.extend(
        detail
            .target
            .as_ref()
            .map(|target| format!("target: {}", scalar_text(&target.value))),
    );
    if let Some(baseline) = &detail.baseline {
        let on = baseline.value.on();
        let on = on.map_or_else(String::new, |on| format!(", on: {}", quote(&on.value)));
        let value = scalar_text(&baseline.value.value().value);
        parts.push(format!("baseline: {{ value: {value}{on} }}"));
    }
    if !detail.phases.is_empty() {
        let phases: Vec<String> = detail.phases.iter().map(|one| phase_text(one)).collect();
        parts.push(format!("phases: [{}]", phases.join(", ")));
    }
    if let Some(evidence) = &detail.evidence {
        let grade = evidence.grade.name();
        let more = [("ref", &evidence.reference), ("link", &evidence.link)];
        let more: String = more
            .iter()
            .filter_map(|(key, text)| Some(format!(", {key}: {}", quote(text.as_ref()?))))
            .collect();
        parts.push(format!("evidence: {{ grade: {grade}{more} }}"));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn phase_text(phase: &PhaseFile) -> String {
    let name = phase.name.as_ref();
    let name = name.map_or_else(String::new, |name| format!("name: {}, ", quote(name)));
    let (target, due) = (scalar_text(&phase.target.value), quote(&phase.due.value));
    format!("{{ {name}target: {target}, due: {due} }}")
}

fn list_text(list: &[Located<String>]) -> String {
    let values: Vec<String> = list.iter().map(|value| word(&value.value)).collect();
    format!("[{}]", values.join(", "))
}

fn scalar_text(scalar: &Scalar) -> String {
    if scalar.plain {
        word(&scalar.text)
    } else {
        quote(&scalar.text)
    }
}

/// A word without quotes where it is safe, so that ids and numbers read as people write them.
fn word(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quote(text)
    }
}

/// A text that cannot end the comment it stands in.
fn inline(text: &str) -> String {
    let clean = |letter: char| {
        if letter.is_control() || letter == '\u{2028}' {
            ' '
        } else {
            letter
        }
    };
    text.chars().map(clean).collect()
}
