//! Answers as YAML: values on one line, and a response as the text of its file.

use super::file::{
    AnswerDetail, AnswerFile, BaselineFile, EvidenceFile, PhaseFile, ResponseFile, ValueFile,
};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Node, Scalar, Value};
use std::fmt::Write as _;

/// An entry of a map.
pub(super) type Pair = (Located<String>, Located<Value>);

impl ResponseFile {
    /// The text of the file, below a comment on its origin.
    #[must_use]
    pub fn to_yaml(&self, from: &str) -> String {
        // A text that cannot end the comment it is written in.
        let line_end = |letter: char| letter.is_control() || letter == '\u{2028}';
        let mut out = format!("# {}\nformat: 1\n", from.replace(line_end, " "));
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
            for (question, answer) in answers {
                let answer = match &answer.value {
                    AnswerFile::Value(scalar) => Value::Scalar(scalar.clone()),
                    AnswerFile::List(list) => list_value(list),
                    AnswerFile::Full(detail) => detail_value(detail),
                };
                let answer = Style::Yaml.value(&answer);
                let _ = writeln!(out, "    {}: {answer}", question.value);
            }
        }
        out
    }
}

fn detail_value(detail: &AnswerDetail) -> Value {
    let phases = detail.phases.iter().map(|one| phase_value(&one.value));
    let phases: Vec<_> = phases.collect();
    let value = detail.value.as_ref();
    let baseline = detail.baseline.as_ref();
    map([
        ("value", value.map(|one| value_of(&one.value))),
        ("of", detail.of.map(|of| plain(&of.value.to_string()))),
        ("not_applicable", located(detail.not_applicable.as_ref())),
        ("note", detail.note.as_deref().map(quoted)),
        ("owner", detail.owner.as_deref().map(quoted)),
        ("due", located(detail.due.as_ref())),
        ("target", detail.target.as_ref().map(scalar)),
        ("baseline", baseline.map(|one| baseline_value(&one.value))),
        (
            "phases",
            (!phases.is_empty()).then_some(Value::List(phases)),
        ),
        ("evidence", detail.evidence.as_ref().map(evidence_value)),
    ])
}

fn located(text: Option<&Located<String>>) -> Option<Value> {
    text.map(|text| quoted(&text.value))
}

fn baseline_value(baseline: &BaselineFile) -> Value {
    let (value, on) = baseline.parts();
    map([("value", Some(scalar(value))), ("on", located(on))])
}

fn phase_value(phase: &PhaseFile) -> Located<Value> {
    let phase = map([
        ("name", phase.name.as_deref().map(quoted)),
        ("target", Some(scalar(&phase.target))),
        ("due", located(Some(&phase.due))),
    ]);
    Located::new(phase, Place::NOWHERE)
}

fn evidence_value(evidence: &EvidenceFile) -> Value {
    map([
        ("grade", Some(plain(evidence.grade.name()))),
        ("ref", evidence.reference.as_deref().map(quoted)),
        ("link", evidence.link.as_deref().map(quoted)),
    ])
}

fn map<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let entries = entries.into_iter();
    let pairs = entries.filter_map(|(key, value)| Some(pair(key, value?)));
    Value::Map(pairs.collect())
}

fn scalar(scalar: &Located<Scalar>) -> Value {
    Value::Scalar(scalar.value.clone())
}

fn list_value(list: &[Located<String>]) -> Value {
    let item = |one: &Located<String>| one.as_ref().map(|text| plain(text));
    Value::List(list.iter().map(item).collect())
}

/// A value as its file gives it.
pub(super) fn value_of(value: &ValueFile) -> Value {
    match value {
        ValueFile::One(scalar) => Value::Scalar(scalar.clone()),
        ValueFile::List(list) => list_value(list),
    }
}

/// An entry without a place in a text.
pub(super) fn pair(key: &str, value: Value) -> Pair {
    let key = Located::new(key.to_owned(), Place::NOWHERE);
    (key, Located::new(value, Place::NOWHERE))
}

/// A text without quotes.
pub(super) fn plain(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: true })
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: false })
}

/// The entries of a map; none where it is something else.
pub(super) fn entries(value: &Value) -> &[Pair] {
    match value {
        Value::Map(entries) => entries.iter().as_slice(),
        Value::Null | Value::Scalar(_) | Value::List(_) => &[],
    }
}

/// The way a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::answers) enum Style {
    /// As people write.
    Yaml,
    /// As programs write, all keys in quotes.
    Json,
}

impl Style {
    pub(in crate::answers) fn of(text: &str, root: &Node) -> Self {
        let first = root.entries().first().map(|entry| entry.key.range.start);
        let quoted = first
            .and_then(|at| text.get(at..))
            .is_some_and(|key| key.starts_with('"'));
        if root.is_flow() && quoted {
            Self::Json
        } else {
            Self::Yaml
        }
    }

    /// A key with its value.
    pub(in crate::answers) fn pair(self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.key(key))
    }

    pub(in crate::answers) fn key(self, key: &str) -> String {
        match self {
            Self::Yaml if is_simple(key) => key.to_owned(),
            Self::Yaml | Self::Json => quote(key),
        }
    }

    /// A value on one line.
    pub(in crate::answers) fn value(self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Scalar(scalar) => self.scalar(scalar),
            Value::List(list) => {
                let items: Vec<_> = list.iter().map(|item| self.value(&item.value)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(_) => {
                let pair = |(key, value): &Pair| self.pair(&key.value, &self.value(&value.value));
                let pairs: Vec<_> = entries(value).iter().map(pair).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }

    fn scalar(self, scalar: &Scalar) -> String {
        let plain = scalar.plain
            && match self {
                Self::Yaml => is_plain(&scalar.text),
                Self::Json => is_json(&scalar.text),
            };
        if plain {
            scalar.text.clone()
        } else {
            quote(&scalar.text)
        }
    }
}

/// Returns true if a plain text means the same wherever it is written.
pub(crate) fn is_plain(text: &str) -> bool {
    is_simple(text) || text.strip_prefix('-').is_some_and(is_simple)
}

/// Returns true for letters, digits, and the marks between them.
fn is_simple(text: &str) -> bool {
    let inner =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+');
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(inner)
        && text != "null"
}

fn is_json(text: &str) -> bool {
    let value = serde_json::from_str::<serde_json::Value>(text);
    value.is_ok_and(|value| value.is_number() || value.is_boolean())
}

/// Text in double quotes, as YAML and JSON both read it.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(letter) => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Returns true for letters that nobody sees, or that a parser takes for the end of a line.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}
