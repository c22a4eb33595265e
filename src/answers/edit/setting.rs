//! Settings of a file changed in place: a map under a key, and one more text in a list.

use super::migrate::value;
use super::pair::Pair;
use super::splice::Splice;
use super::{alike, is_same, is_written, under};
use crate::answers::yaml::{Cuts, Style, below, entries, line_start, pair, plain, quoted};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Node, Shape, Value};

/// Puts texts by name into the map `name` of the map `section`, as lines where they are new. A section
/// that is not there comes at the end, with a comment.
///
/// `None` where that cannot be done in place: an alias, an anchor or a tag in the way, or a text that
/// cannot be read.
pub(crate) fn put_map(
    text: &str,
    [section, name]: [&str; 2],
    texts: &[(&str, &str)],
    comment: &str,
) -> Option<String> {
    let before = value(text)?;
    let outline = Node::outline(text)?;
    let style = Style::of(text, &outline);
    let own = under(&before, section).and_then(|map| under(map, name));
    let wish = merged(own, texts);
    let lines = entries(&wish).iter();
    let lines = lines.map(|(key, one)| style.pair(&key.value, &style.value(&one.value)));
    let head = format!("{}:", style.key(name));
    let lines = [head]
        .into_iter()
        .chain(lines.map(|line| format!("  {line}")));
    let mut plan = Splice::new(text, style);
    if own.is_some() {
        plan.put(&outline, &before, &[section, name], &wish).ok()?;
    } else if outline.entry(section).is_none() && !outline.is_flow() {
        let head = [format!("{section}:   # {comment}")].into_iter();
        let lines = head.chain(lines.map(|line| format!("  {line}")));
        plan.cuts.lines(text.len(), &lines.collect::<Vec<_>>());
    } else {
        let flow = style.pair(name, &style.value(&wish));
        let lines = lines.collect();
        let name = name.to_owned();
        let pair = Pair { name, lines, flow };
        plan.place(&outline, &[section], vec![pair]).ok()?;
    }
    let inner = with(under(&before, section), name, wish);
    checked(plan.cuts.apply(), &with(Some(&before), section, inner))
}

/// Adds a text to the list under a key of the file; where there is no such key, in the place of a
/// comment that shows it, or below the first key.
///
/// `None` where that cannot be done in place.
pub(crate) fn add_to_list(text: &str, key: &str, item: &str) -> Option<String> {
    let before = value(text)?;
    let outline = Node::outline(text)?;
    let style = Style::of(text, &outline);
    let old = match under(&before, key) {
        Some(Value::List(items)) => items.as_slice(),
        Some(Value::Scalar(_) | Value::Map(_)) => return None,
        Some(Value::Null) | None => &[],
    };
    let written = style.key(item);
    let new = if written == item {
        plain(item)
    } else {
        quoted(item)
    };
    let new = Located::new(new, Place::NOWHERE);
    let wish = Value::List(old.iter().cloned().chain([new]).collect());
    let item = written;
    let shown = format!("#{key}: [{item}]");
    let mut plan = Splice::new(text, style);
    match outline.entry(key) {
        Some(entry) if !old.is_empty() => add_item(&mut plan.cuts, text, &entry.value, &item)?,
        None if !outline.is_flow() => {
            let comment = text.match_indices(&shown).map(|(at, _)| at);
            let comment = comment.into_iter().find(|at| line_start(text, *at) == *at);
            let first = outline.entries().first()?;
            match comment {
                Some(at) => plan.cuts.cut(at..at + 1, String::new()),
                None => plan.cuts.lines(
                    below(text, first.end()),
                    &[shown.trim_start_matches('#').to_owned()],
                ),
            }
        }
        _ => plan.put(&outline, &before, &[key], &wish).ok()?,
    }
    checked(plan.cuts.apply(), &with(Some(&before), key, wish))
}

/// Puts an item behind the last one of a list.
fn add_item(cuts: &mut Cuts<'_>, text: &str, list: &Node, item: &str) -> Option<()> {
    let Shape::List { flow, items } = &list.shape else {
        return None;
    };
    let before = items.last()?.range.clone();
    if *flow {
        cuts.cut(before.end..before.end, format!(", {item}"));
        return Some(());
    }
    let margin = text.get(line_start(text, before.start)..before.start)?;
    if margin.trim() != "-" {
        return None;
    }
    cuts.lines(below(text, before.end), &[format!("{margin}{item}")]);
    Some(())
}

/// The entries of a map with these texts in the place of those of the same name, new ones at the end.
fn merged(map: Option<&Value>, texts: &[(&str, &str)]) -> Value {
    let mut all = map.cloned();
    for (key, text) in texts {
        all = Some(with(all.as_ref(), key, quoted(text)));
    }
    all.unwrap_or_default()
}

/// A map with a value under a key.
fn with(map: Option<&Value>, key: &str, value: Value) -> Value {
    let mut all = map.map_or_else(Vec::new, |map| entries(map).to_vec());
    match all.iter_mut().find(|(name, _)| name.value == key) {
        Some((_, old)) => old.value = value,
        None => all.push(pair(key, value)),
    }
    Value::Map(all.into_iter().collect())
}

/// The text, where it says what is wanted and nothing else; its keys may stand in another order.
fn checked(text: String, wanted: &Value) -> Option<String> {
    let sorted = |file: &Value| {
        let mut all = entries(file).to_vec();
        all.sort_by(|one, other| one.0.value.cmp(&other.0.value));
        Value::Map(all.into_iter().collect())
    };
    let after = sorted(&value(&text)?);
    let same = |own: &_, wanted: &_| is_same(own, wanted) || is_written(own, wanted);
    alike(&after, &sorted(wanted), &same).then_some(text)
}
