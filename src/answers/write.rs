//! Files of answers as text: one before the first answer, with every question as a comment, ready to be
//! filled in; and the response of one person.

use super::file::{
    AnswerDetail, AnswerFile, BaselineFile, EvidenceFile, PhaseFile, ResponseFile, ValueFile,
};
use super::is_in_form;
use super::yaml::{Style, pair, plain, quote, quoted};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Question, Rulebook, Section};
use crate::rules::vocabulary::{Basis, FormLength};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Scalar, Value};
use std::fmt::Write as _;

/// Comments are wrapped at this column.
const WIDTH: usize = 96;
/// Indentation of the answers of one pack.
const INDENT: &str = "    ";

const HEAD: &str = "\
# Answers of one client. Each line that begins with `#` and an id is a possible answer: take away
# the `#` before the one that is true. Whatever stays a comment counts as not yet answered, never
# as zero. Four more ways to answer, here for a question called `power`:
#
#   power: unknown                                    asked, and nobody could say
#   power: { not_applicable: \"we have one site\" }   with the reason, where the question allows it
#   power: { value: 2, note: \"differs by site\", evidence: { grade: document, ref: \"Charter v2\" } }
#   power: { value: 2, target: 3, owner: \"head of sales\", due: 2027-03-31 }
#
# Grades of evidence, weakest first: none, interview, document, record, confirmed.
";

/// The line of a short form.
const SHORT: &str =
    "form: short                 # only these questions; `full` counts the others too\n";

/// The text of an assessment with every question of a form and no answer.
///
/// `packs` are the names the file lists them by, with the length of the form; `schema` is what the
/// editor checks the file by, as a path from the file.
#[must_use]
pub fn blank(
    rulebook: &Rulebook,
    (packs, length): (&[String], FormLength),
    client: &str,
    basis: Basis,
    schema: &str,
) -> String {
    let mut out = format!("# yaml-language-server: $schema={schema}\n#\n{HEAD}");
    let basis = match basis {
        Basis::Perception => {
            "perception           # or `evidenced`: a rating then counts only as far as its evidence carries"
        }
        Basis::Evidenced => {
            "evidenced            # or `perception`: ratings then count as they are given"
        }
    };
    let _ = write!(
        out,
        "format: 1\n\
         client:\n  name: {}\n  #unit: \"the part that was looked at, where it is not all\"\n\
         #assessed_on: 2026-10-31    # the day the answers speak of\n\
         packs: [{}]\n\
         {}\
         basis: {basis}\n\
         status: draft               # or `final`\n\
         #assessor: {{ role: leadership }}   # leadership, management, frontline, backoffice or customer; never a name\n\
         answers:\n",
        serde_json::Value::from(client),
        packs.join(", "),
        match length {
            FormLength::Short => SHORT,
            FormLength::Full => "",
        }
    );
    for (place, pack) in rulebook.packs.iter().enumerate() {
        let _ = write!(out, "  # {}\n  {}:\n", one_line(&pack.title), pack.id);
        let sections = rulebook.sections.iter();
        for section in sections.filter(|section| section.pack == place) {
            write_section(&mut out, rulebook, section, length);
        }
    }
    out
}

fn write_section(out: &mut String, rulebook: &Rulebook, section: &Section, length: FormLength) {
    let asked = section.questions.iter();
    let asked = asked.filter_map(|node| rulebook.asked(*node));
    let mut asked = asked
        .filter(|one| is_in_form(one.question, length))
        .peekable();
    if asked.peek().is_none() {
        return;
    }
    let title = one_line(&section.title);
    let rule = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 10));
    let _ = write!(out, "\n{INDENT}# ── {title} {rule}\n");
    if let Some(intro) = &section.intro {
        comment(out, "", intro);
    }
    asked.for_each(|asked| write_question(out, asked));
}

fn write_question(out: &mut String, Asked { item, question, .. }: Asked<'_>) {
    out.push('\n');
    comment(out, "", &question.ask);
    for (label, text) in question.hints() {
        comment(out, label, text);
    }
    if question.conditional {
        comment(out, "", message!("counts-only-where-other-answers"));
    }
    write_answers(out, item.local_id(), question);
}

fn write_answers(out: &mut String, id: &str, question: &Question) {
    let mut answer = |value: &str, says: &str| {
        let gap = if says.is_empty() { "" } else { "   # " };
        let _ = writeln!(out, "{INDENT}#{id}: {value}{gap}{}", one_line(says));
    };
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne => {
            let widths = question.choices.iter().map(|one| one.value.chars().count());
            let wide = widths.max().unwrap_or(0);
            for choice in &question.choices {
                answer(&format!("{:wide$}", choice.value), &choice.label);
            }
        }
        QuestionType::Boolean => {
            answer("true ", "yes");
            answer("false", "no");
        }
        QuestionType::SelectMultiple => {
            let together = question.choices.iter().filter(|choice| !choice.exclusive);
            let together: Vec<&str> = together.map(|choice| choice.value.as_str()).collect();
            let together = format!("[{}]", together.join(", "));
            answer(&together, message!("keep-those-that-hold"));
            for choice in question.choices.iter().filter(|choice| choice.exclusive) {
                answer(&format!("[{}]", choice.value), &choice.label);
            }
        }
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            let percent = question.kind == QuestionType::Percent;
            let percent = percent.then(|| message!("percent-to"));
            let unit = percent.or(question.unit.as_deref());
            answer("", unit.unwrap_or(message!("some-number")));
        }
        QuestionType::Text => answer("\"\"", message!("in-your-own-words")),
    }
    if question.kind == QuestionType::SelectMultiple {
        for choice in question.choices.iter().filter(|choice| !choice.exclusive) {
            comment(out, &format!("  {}: ", choice.value), &choice.label);
        }
    }
}

const CONSENSUS_HEAD: &str = "\
# What the workshop agrees on. Take away the `#` before a question once it is settled, put in the
# value and say why; the day is worth noting. What stays a comment stays as people answered it.
";

/// The text of a `consensus.yaml` with these questions of the rulebook, none of them settled yet.
#[must_use]
pub fn blank_consensus(rulebook: &Rulebook, questions: &[usize]) -> String {
    let mut out = format!("{CONSENSUS_HEAD}format: 1\nconsensus:\n");
    for (place, pack) in rulebook.packs.iter().enumerate() {
        let asked = questions.iter().filter_map(|node| rulebook.asked(*node));
        let mut own = asked.filter(|one| one.item.pack == place).peekable();
        if own.peek().is_some() {
            let _ = writeln!(out, "  {}:", pack.id);
        }
        for one in own {
            write_unsettled(&mut out, one.item.local_id(), one.question);
        }
    }
    out
}

fn write_unsettled(out: &mut String, id: &str, question: &Question) {
    out.push('\n');
    comment(out, "", &question.ask);
    for choice in &question.choices {
        comment(
            out,
            &format!("  {}: ", choice.value),
            &one_line(&choice.label),
        );
    }
    let _ = writeln!(out, "{INDENT}#{id}: {{ value: , reason: \"\", date: }}");
}

/// Text as comment lines, the first one after a label.
fn comment(out: &mut String, label: &str, text: &str) {
    let mut row = format!("{INDENT}# {label}");
    let mut fresh = true;
    for word in text.split_whitespace() {
        if !fresh && row.chars().count() + word.chars().count() >= WIDTH {
            out.push_str(row.trim_end());
            row = format!("\n{INDENT}#  ");
            fresh = true;
        }
        if !fresh || row.starts_with('\n') {
            row.push(' ');
        }
        row.push_str(word);
        fresh = false;
    }
    out.push_str(row.trim_end());
    out.push('\n');
}

/// Text on one line, without spaces around it.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

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
