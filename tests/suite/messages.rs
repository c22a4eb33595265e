//! Sentences: each that the code asks for stands in the file, with what varies in it, and none else.

use crate::sandbox::ROOT;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What varies in a sentence, by its id.
type Sentences = BTreeMap<String, BTreeSet<String>>;

fn file() -> Sentences {
    let text = fs::read_to_string(Path::new(ROOT).join("messages/en.ftl")).expect("the file");
    let resource = parse(text).expect("sentences that can be read");
    let mut sentences = Sentences::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let mut names = BTreeSet::new();
        variables(&message.value.expect("a sentence"), &mut names);
        for attribute in &message.attributes {
            assert_eq!(attribute.id.name, "help", "`{}`", message.id.name);
            variables(&attribute.value, &mut names);
        }
        let before = sentences.insert(message.id.name.clone(), names);
        assert!(before.is_none(), "`{}` stands twice", message.id.name);
    }
    sentences
}

fn variables(pattern: &Pattern<String>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                for variant in variants {
                    variables(&variant.value, names);
                }
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = inline {
            names.insert(id.name.clone());
        }
    }
}

/// Each use in the code, with its file.
fn uses() -> Vec<(String, String, BTreeSet<String>)> {
    let mut uses = Vec::new();
    for entry in walkdir::WalkDir::new(Path::new(ROOT).join("src")).sort_by_file_name() {
        let entry = entry.expect("a folder that can be read");
        if entry.path().extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("text");
        let file = entry.file_name().to_string_lossy().into_owned();
        let calls = [
            "message!(",
            "problem!(",
            "usage!(",
            "world!(",
            "with_help!(",
        ];
        let asked = calls.map(|call| text.match_indices(call));
        for (start, call) in asked.into_iter().flatten() {
            let line = text[..start].lines().last().unwrap_or_default();
            let is_macro = line.ends_with("$crate::") || line.ends_with("centricity::");
            if line.trim_start().starts_with("//") || is_macro {
                continue;
            }
            let inner = inside(&text[start + call.len()..]);
            // A problem begins with its code.
            let code = usize::from(call == "problem!(");
            let parts = &parts(inner)[code..];
            let id = parts[0].trim_matches('"').to_owned();
            let name = |part: &&str| part.split('=').next().unwrap_or_default().trim().to_owned();
            uses.push((file.clone(), id, parts[1..].iter().map(name).collect()));
        }
    }
    uses
}

/// The text up to the bracket that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    let mut quoted = false;
    let mut before = ' ';
    for (place, letter) in text.char_indices() {
        match letter {
            '"' if before != '\\' && before != '\'' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..place];
        }
        before = letter;
    }
    text
}

/// The parts between commas that stand in no brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut rest) = (Vec::new(), 0, 0);
    while let Some(comma) = text[rest..].find(',') {
        let end = rest + comma;
        let part = &text[start..end];
        let closes =
            |open: char, close: char| part.matches(open).count() == part.matches(close).count();
        if closes('(', ')')
            && closes('[', ']')
            && closes('{', '}')
            && part.matches('"').count().is_multiple_of(2)
        {
            parts.push(part.trim());
            start = end + 1;
        }
        rest = end + 1;
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn every_sentence_of_the_code_stands_in_the_file_and_varies_as_it_says() {
    let (file, uses) = (file(), uses());
    assert!(uses.len() > 50, "the code asks for sentences");
    let mut faults = Vec::new();
    for (place, id, names) in &uses {
        match file.get(id) {
            None => faults.push(format!("{place}: there is no `{id}`")),
            Some(varies) if varies != names => {
                faults.push(format!(
                    "{place}: `{id}` varies by {varies:?}, not {names:?}"
                ));
            }
            Some(_) => {}
        }
    }
    let asked_for: BTreeSet<&String> = uses.iter().map(|(_, id, _)| id).collect();
    let unused = file.keys().filter(|id| !asked_for.contains(id));
    faults.extend(unused.map(|id| format!("nothing asks for `{id}`")));
    assert!(faults.is_empty(), "{faults:#?}");
}
