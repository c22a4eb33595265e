//! Text for a terminal of 80 columns: the blocks of any document, the reasons of a figure, and the
//! questions of an interview. Everything is said in words and figures; colour only repeats it. It is
//! said in lines, from top to bottom, so that it can be read aloud.

mod blocks;

pub use blocks::blocks;

use crate::answers::Answers;
use crate::assess::assessment::answer_words;
use crate::collect::{numbered, typed};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Item, Question, Rulebook, Section};
use crate::rules::vocabulary::{Grade, State};
use crate::study::explain::Explanation;
use crate::text::is_unprintable;
use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of a line.
const WIDTH: usize = 80;
/// Begins and ends strong words.
const BOLD: (&str, &str) = ("\u{1b}[1m", "\u{1b}[0m");

/// A text that grows by lines.
#[derive(Debug)]
struct Page {
    text: String,
    paint: bool,
}

impl Page {
    fn new(paint: bool) -> Self {
        Self {
            text: String::new(),
            paint,
        }
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line in strong words.
    fn strong(&mut self, text: &str) {
        let (on, off) = if self.paint { BOLD } else { ("", "") };
        for row in wrap(text, WIDTH) {
            self.push(&format!("{on}{row}{off}"));
        }
    }

    /// A paragraph that begins this far in, with its further lines two columns further.
    fn hanging(&mut self, indent: usize, text: &str) {
        for (place, row) in wrap(text, WIDTH - indent - 2).into_iter().enumerate() {
            let indent = if place == 0 { indent } else { indent + 2 };
            self.push(&format!("{:indent$}{row}", ""));
        }
    }

    /// A paragraph that begins this far in.
    fn wrapped(&mut self, indent: usize, text: &str) {
        for row in wrap(text, WIDTH - indent) {
            self.push(&format!("{:indent$}{row}", ""));
        }
    }

    fn push(&mut self, row: &str) {
        self.text.push_str(row.trim_end());
        self.text.push('\n');
    }
}

/// A text in rows of at most so many columns, broken between words; control characters are spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let clean = text.replace(is_unprintable, " ");
    let words: Vec<&str> = clean.split_ascii_whitespace().collect();
    let spaced = words.join(" ");
    let rows = textwrap::wrap(&spaced, options(width));
    rows.into_iter().map(Cow::into_owned).collect()
}

/// Rows of so many columns; a word that is longer stays whole.
fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}

/// Laid-out text on a terminal of fewer columns: lines that are too long are broken between words,
/// and go on as far in as they began. Shorter lines stay as they are.
///
/// ```
/// use centricity::report::terminal::narrowed;
/// assert_eq!(narrowed("  1: A few of them\n", 12), "  1: A few\n  of them\n");
/// ```
#[must_use]
pub fn narrowed(text: &str, columns: usize) -> String {
    let lines = text.split('\n').map(|line| {
        let inner = line.trim_start_matches(' ');
        let margin = line.strip_suffix(inner).unwrap_or_default();
        let indented = options(columns)
            .initial_indent(margin)
            .subsequent_indent(margin);
        textwrap::fill(inner, indented)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// An explanation with its reasons, one below the other; `paint` adds colour.
#[must_use]
pub fn explanation(explanation: &Explanation, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.strong(&format!("{} ({})", explanation.title, explanation.id));
    page.wrapped(0, &explanation.says);
    if !explanation.reasons.is_empty() {
        page.gap();
        page.strong("Because");
    }
    for reason in &explanation.reasons {
        page.hanging(2, reason);
    }
    if !explanation.changes.is_empty() {
        page.gap();
        page.strong(message!("what-would-change-it"));
    }
    for change in &explanation.changes {
        page.hanging(
            2,
            &format!("{} ({}): {}", change.label, change.id, change.answer),
        );
        page.hanging(4, &format!("then: {}", change.then));
    }
    if !explanation.see.is_empty() {
        page.gap();
        page.hanging(0, &message!("see-also", see = explanation.see.join(", ")));
    }
    page.text
}

/// Commands that can be typed at a question.
const COMMANDS: [(&str, &str); 9] = [
    ("u", "unknown: asked, and nobody can say"),
    ("n REASON", "not applicable, and why"),
    ("note TEXT", "a note beside the answer"),
    ("e GRADE REFERENCE", "what the answer rests on"),
    ("b", "back to the question before"),
    ("s", "skip: leave it open for now"),
    ("q", "stop: every answer is saved already"),
    ("=ANSWER", "an answer that looks like one of these commands"),
    ("Enter", "keep the answer that is there"),
];

/// The head of a section, with what to know before its questions; `paint` adds colour.
#[must_use]
pub fn section(section: &Section, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.gap();
    page.strong(&section.title);
    if let Some(intro) = &section.intro {
        page.wrapped(0, intro);
    }
    page.text
}

/// A question with what can be answered, and with the answer that is there; `paint` adds colour.
///
/// `place` is its number and how many there are.
#[must_use]
pub fn question(
    rulebook: &Rulebook,
    answers: &Answers,
    asked: Asked<'_>,
    place: (usize, usize),
    paint: bool,
) -> String {
    let Asked { item, question, .. } = asked;
    let mut page = Page::new(paint);
    page.gap();
    let (nth, count) = place;
    page.wrapped(0, &message!("question-of", nth, count, label = item.label));
    if let Some(stem) = &question.stem {
        page.wrapped(0, stem);
    }
    page.strong(&question.ask);
    if let Some(help) = &question.help {
        page.wrapped(0, help);
    }
    possible(&mut page, item, question);
    if let Some(evidence) = &question.evidence {
        page.hanging(0, &message!("look-at-evidence", evidence));
    }
    for line in given(rulebook, answers, asked.node) {
        page.hanging(0, &line);
    }
    page.text
}

/// Reason for a question, and what can be typed.
#[must_use]
pub fn commands(question: &Question) -> String {
    let mut page = Page::new(false);
    if let Some(why) = &question.why {
        page.hanging(0, &format!("Why: {why}"));
    }
    page.wrapped(0, message!("type-an-answer-its-number-or-how"));
    for (sign, does) in COMMANDS {
        if sign.starts_with('n') && !sign.starts_with("note") && !question.may_not_apply {
            continue;
        }
        page.hanging(2, &format!("{sign}: {does}"));
    }
    page.hanging(2, &message!("grades-of-evidence", grades = grades()));
    page.text
}

/// The grades of evidence, weakest first.
#[must_use]
pub fn grades() -> String {
    Grade::ALL.map(Grade::name).join(", ")
}

fn possible(page: &mut Page, item: &Item, question: &Question) {
    let numbered = numbered(question);
    for (place, choice) in question.choices.iter().enumerate() {
        let word = typed(question, choice);
        let number = if numbered {
            format!("{} ", place + 1)
        } else {
            String::new()
        };
        let label = if word == choice.label.to_lowercase() {
            String::new()
        } else {
            format!(": {}", choice.label)
        };
        page.hanging(2, &format!("{number}{word}{label}"));
    }
    let what = match question.kind {
        QuestionType::SelectMultiple => message!("several-can-be-given-separated-by").to_owned(),
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            number(item, question)
        }
        QuestionType::Text => message!("in-your-own-words-on-one").to_owned(),
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => return,
    };
    page.wrapped(0, &what);
}

fn number(item: &Item, question: &Question) -> String {
    let kind = if question.kind == QuestionType::Integer {
        message!("a-whole-number")
    } else {
        message!("a-number")
    };
    let percent = (question.kind == QuestionType::Percent).then_some("percent");
    let unit = percent.or(question.unit.as_deref());
    let unit = unit.map_or(String::new(), |unit| format!(", in {unit}"));
    let period = question
        .period
        .map_or(String::new(), |period| format!(" a {}", period.word()));
    let limits = limits(item.domain.limits());
    format!("{kind}{unit}{period}{limits}.")
}

fn limits((least, most): (f64, f64)) -> String {
    match (least.is_finite(), most.is_finite()) {
        (true, true) => message!("from-to", least, most),
        (true, false) => message!("at-least", least),
        (false, true) => message!("at-most", most),
        (false, false) => String::new(),
    }
}

/// The answer to a question in words, with what stands beside it, line by line; none where nothing
/// was said.
#[must_use]
pub fn given(rulebook: &Rulebook, answers: &Answers, node: usize) -> Vec<String> {
    let said = answers.answers().get(node).zip(answers.notes().get(node));
    let asked = rulebook
        .asked(node)
        .zip(rulebook.program.questions.get(node));
    let (Some((given, remark)), Some((asked, shape))) = (said, asked) else {
        return Vec::new();
    };
    let Asked { item, question, .. } = asked;
    let reading = shape.answered(given.state, given.chosen, given.claimed);
    let answered = given.state != State::Missing;
    let answer = || format!("Answer: {}", answer_words(item, question, &reading, remark));
    let mut lines: Vec<String> = answered.then(answer).into_iter().collect();
    lines.extend(remark.note.iter().map(|note| format!("Note: {note}")));
    if remark.grade != Grade::None || remark.evidence.is_some() {
        let grade = remark.grade.name();
        let what = remark
            .evidence
            .as_ref()
            .map_or(String::new(), |what| format!(", {what}"));
        lines.push(format!("Evidence: {grade}{what}"));
    }
    lines
}
