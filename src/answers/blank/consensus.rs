//! A file of consensus before the workshop: every question to settle, as a comment.

use super::{INDENT, comment, line};
use crate::rules::rulebook::{Question, Rulebook};
use std::fmt::Write as _;

const HEAD: &str = "\
# What the workshop agrees on. Take away the `#` before a question once it is settled, put in the
# value and say why; the day is worth noting. What stays a comment stays as people answered it.
";

/// The text of a `consensus.yaml` with these questions of the rulebook, none of them settled yet.
#[must_use]
pub fn blank_consensus(rulebook: &Rulebook, questions: &[usize]) -> String {
    let mut out = format!("{HEAD}format: 1\nconsensus:\n");
    for (place, pack) in rulebook.packs().iter().enumerate() {
        let own = questions.iter().filter_map(|node| rulebook.item(*node));
        let own = own.filter(|item| item.pack == place);
        let mut own = own.peekable();
        if own.peek().is_some() {
            let _ = writeln!(out, "  {}:", pack.id);
        }
        for item in own {
            if let Some(question) = item.kind.question() {
                write_question(&mut out, item.local_id(), question);
            }
        }
    }
    out
}

fn write_question(out: &mut String, id: &str, question: &Question) {
    out.push('\n');
    comment(out, "", &question.ask);
    for choice in &question.choices {
        comment(out, &format!("  {}: ", choice.value), &line(&choice.label));
    }
    let _ = writeln!(out, "{INDENT}#{id}: {{ value: , reason: \"\", date: }}");
}
