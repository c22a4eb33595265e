//! Edits in place: the answer is the one that was wished, and the rest is unchanged.

use super::text;
use centricity::answers::file::EvidenceFile;
use centricity::answers::{Change, Edit, NewAnswer, edit};
use centricity::rules::vocabulary::Grade;
use centricity::text::diagnostic::{Diagnostic, Sources};
use serde_yaml::{Mapping, Value};

/// Edits a text; its first two letters say how.
pub fn run(data: &[u8]) {
    let Some((head, rest)) = data.split_at_checked(2) else {
        return;
    };
    let Some(before) = text(rest) else { return };
    let one = chosen(head[0], head[1]);
    let Ok(after) = tried(before, &one) else {
        return;
    };
    assert_eq!(
        tried(&after, &one).as_deref(),
        Ok(after.as_str()),
        "an edit made twice\n{before}"
    );
    assert_eq!(
        before.ends_with('\n'),
        after.ends_with('\n'),
        "{before}\n---\n{after}"
    );
    // Quoted texts may hold such lines too.
    if !before.contains(['"', '\'']) {
        let same = comments(before).eq(comments(&after));
        assert!(same, "a comment\n{before}\n---\n{after}");
    }
    compared(before, &after, &one);
}

fn tried(text: &str, one: &Edit) -> Result<String, Box<Diagnostic>> {
    let mut sources = Sources::new();
    let id = sources.add("answers.yaml", text.to_owned());
    edit(&sources, id, one)
}

/// The lines that are comments and nothing else, whatever is around them.
fn comments(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r'])
        .filter(|line| line.starts_with('#'))
}

/// The edit that two bytes mean.
fn chosen(first: u8, second: u8) -> Edit {
    let question = ["a", "b", "on", "care"][usize::from(first % 4)];
    let pack = ["p", "q"][usize::from(first / 4 % 2)];
    let answer = match second % 8 {
        0 => Some(NewAnswer::plain("3")),
        1 => Some(NewAnswer::plain("unknown")),
        2 => Some(NewAnswer::text("a \"text\": # {so}, ü\u{85}")),
        3 => Some(NewAnswer::several(["x", "w"])),
        4 => Some(NewAnswer::NotApplicable("no: such [thing]".to_owned())),
        5 => Some(NewAnswer::text("- \n\ttwo lines ")),
        _ => None,
    };
    let evidence = EvidenceFile {
        grade: Grade::Record,
        reference: Some("a\\b".to_owned()).filter(|_| second & 64 != 0),
        link: None,
    };
    let noted = second & 16 != 0 || answer.is_none() && second & 32 == 0;
    Edit {
        pack: pack.to_owned(),
        question: question.to_owned(),
        change: Change {
            answer,
            note: noted.then(|| "said 'so'".to_owned()),
            evidence: (second & 32 != 0).then_some(evidence),
        },
    }
}

/// Another library reads the wish, and all the rest as it was; where it reads the text at all, and
/// by the same rules: to YAML 1.1 `?a` is a key between brackets, and a tab in a blank line or before
/// a comment may stand only as far in as the text above it; and it has more letters that break lines.
fn compared(before: &str, after: &str, one: &Edit) {
    if before.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return;
    }
    let mut lines = before.split(['\n', '\r']);
    let says = |line: &str| line.trim_start().starts_with(|one| one != '#');
    if lines.any(|line| line.trim_start_matches(' ').starts_with('\t') && !says(line)) {
        return;
    }
    let mut marks = before.split('?').skip(1);
    if marks.any(|rest| rest.starts_with(|letter: char| !letter.is_whitespace())) {
        return;
    }
    // A text block that ends the file gets the line end that its last line lacks, once more follows;
    // blanks alone are no line of it then.
    let ended = |text: &str| {
        let lines = text.trim_end_matches(' ');
        let text = if lines.ends_with('\n') { lines } else { text };
        format!("{}\n", text.strip_suffix('\n').unwrap_or(text))
    };
    let Ok(old) = serde_yaml::from_str::<Value>(&ended(before)) else {
        return;
    };
    let new = serde_yaml::from_str::<Value>(&ended(after));
    let new = new.unwrap_or_else(|error| panic!("{error}\n{before}\n---\n{after}"));
    let (Some(answer), Some(rest)) = (answer(&new, one), rest(new.clone(), one)) else {
        panic!("no answer\n{before}\n---\n{after}");
    };
    wished(answer, one, after);
    assert_eq!(
        self::rest(old, one).as_ref(),
        Some(&rest),
        "{before}\n---\n{after}"
    );
}

fn answer<'a>(file: &'a Value, one: &Edit) -> Option<&'a Value> {
    file.get("answers")?
        .get(one.pack.as_str())?
        .get(one.question.as_str())
}

/// The answer holds what was wished.
fn wished(answer: &Value, one: &Edit, text: &str) {
    let part = |key: &str| answer.get(key);
    let value = part("value").unwrap_or(answer);
    match &one.change.answer {
        Some(NewAnswer::NotApplicable(reason)) => {
            assert_eq!(
                part("not_applicable"),
                Some(&Value::from(reason.as_str())),
                "{text}"
            );
        }
        Some(new) if *new == NewAnswer::plain("3") => assert_eq!(*value, Value::from(3), "{text}"),
        Some(new) if *new == NewAnswer::several(["x", "w"]) => {
            assert_eq!(*value, Value::from(vec!["x", "w"]), "{text}");
        }
        Some(NewAnswer::Value(_)) => assert!(value.is_string(), "{text}"),
        None => {}
    }
    if let Some(note) = &one.change.note {
        assert_eq!(part("note"), Some(&Value::from(note.as_str())), "{text}");
    }
    if one.change.evidence.is_some() {
        let grade = part("evidence").and_then(|it| it.get("grade"));
        assert_eq!(grade, Some(&Value::from("record")), "{text}");
    }
}

/// A file without the answer of an edit, and without what is then empty; order counts.
fn rest(file: Value, one: &Edit) -> Option<Vec<Value>> {
    let Value::Mapping(mut all) = file else {
        // A file that says nothing may be given an answer.
        return file.is_null().then(Vec::new);
    };
    let packs = all.remove("answers").unwrap_or_default();
    let mut kept = ordered(all);
    let Value::Mapping(packs) = packs else {
        return Some(kept);
    };
    for (pack, answers) in packs {
        let Value::Mapping(mut answers) = answers else {
            kept.extend((!answers.is_null()).then_some(answers));
            continue;
        };
        if pack == one.pack.as_str() {
            answers.shift_remove(one.question.as_str());
        }
        if !answers.is_empty() {
            kept.push(pack);
            kept.extend(ordered(answers));
        }
    }
    Some(kept)
}

/// The keys and values of a map as a list, so that order counts.
fn ordered(map: Mapping) -> Vec<Value> {
    map.into_iter()
        .flat_map(|(key, value)| [key, value])
        .collect()
}
