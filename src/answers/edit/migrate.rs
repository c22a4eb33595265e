//! Answers rewritten from the ids their questions had to those they have now, and every other byte
//! left alone.

use super::rename::{names, scale_values};
use super::splice::{Obstacle, Pair, Splice};
use super::{alike, is_same, under};
use crate::answers::yaml::{
    Cuts, Style, after_line, below, comments, entries, line_start, margin, quote,
};
use crate::problem;
use crate::rules::rulebook::{Moved, Rulebook, local_id};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, SourceId, Sources, byte_place};
use crate::text::yaml::{self, Entry, Node, Value};
use std::collections::BTreeMap;
use std::ops::Range;

/// The keys under which files answer questions, pack by pack.
pub(super) const ANSWERED: [&str; 3] = ["answers", "consensus", "targets"];

/// An id that is rewritten in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The earlier id.
    pub from: String,
    /// The id of today.
    pub to: String,
    /// The place of the earlier id in the file as it was.
    pub place: Place,
    /// True where the question was answered alike under both ids, so that the earlier one goes.
    pub dropped: bool,
}

/// The text of a file of answers, a mapping or a policy under the ids of today, with what is
/// rewritten in it: nothing where it has no earlier ids.
///
/// A line of answers moves to its new place with its comments; the rest stays as it is.
///
/// # Errors
/// The problem, at its place: a text that cannot be read, a question that is answered under both ids
/// and not alike, or an answer that cannot be moved in place and is to be moved by hand.
pub fn migrate(
    rulebook: &Rulebook,
    sources: &Sources,
    id: SourceId,
) -> Result<(String, Vec<Rewrite>), Box<Diagnostic>> {
    let text = sources.text(id);
    let mut problems = Diagnostics::new();
    let read: Option<Value> = yaml::read(sources, id, &mut problems);
    let outline = Node::outline(text).filter(|_| read.is_some());
    let Some(outline) = outline else {
        let first = problems.into_iter().next();
        let empty = || problem!(EmptyFile, "the-file-says-nothing");
        return Err(Box::new(first.unwrap_or_else(empty)));
    };
    let (mut text, mut done) = names(rulebook, text, &outline, id);
    for found in earlier(rulebook, &outline) {
        let place = byte_place(sources.text(id), found.key.clone(), id);
        let problem = |problem: Diagnostic| Box::new(problem.at(place));
        let (old, new) = (&found.old, &found.moved.to);
        let (changed, dropped) = found.rewrite(&text).map_err(|stop| match stop {
            Stop::Differs => problem(problem!(Moved, "answered-under-both-ids", old, new)),
            Stop::Value(value) => problem(problem!(
                Moved,
                "answer-moved-and-its-value-did-not",
                old,
                new,
                value
            )),
            Stop::Obstacle => problem(problem!(NotEditable, "cannot-be-moved-here", old, new)),
        })?;
        text = changed;
        done.push(Rewrite {
            from: found.old,
            to: new.clone(),
            place,
            dropped,
        });
    }
    Ok((text, done))
}

/// The reason why an answer is not moved.
enum Stop {
    /// The question has another answer under its new id.
    Differs,
    /// Nothing says what this value is now.
    Value(String),
    /// It cannot be done safely in place.
    Obstacle,
}

impl From<Obstacle> for Stop {
    fn from(_: Obstacle) -> Self {
        Self::Obstacle
    }
}

/// An answer under an earlier id.
struct Found<'a> {
    /// `answers`, `consensus` or `targets`.
    section: &'static str,
    pack: String,
    name: String,
    /// The id in full.
    old: String,
    moved: &'a Moved,
    key: Range<usize>,
}

/// The answers under ids of questions that are asked today under others.
fn earlier<'a>(rulebook: &'a Rulebook, outline: &Node) -> Vec<Found<'a>> {
    let sections = ANSWERED.into_iter();
    let sections = sections.filter_map(|name| Some((name, outline.entry(name)?)));
    let mut all = Vec::new();
    for (section, packs) in sections {
        for pack in packs.value.entries() {
            for entry in pack.value.entries() {
                let old = format!("{}.{}", pack.name, entry.name);
                let moved = rulebook.moved(&old);
                let asked = |one: &&Moved| rulebook.find(&one.to).is_some();
                all.extend(moved.filter(asked).map(|moved| Found {
                    section,
                    pack: pack.name.clone(),
                    name: entry.name.clone(),
                    old,
                    moved,
                    key: entry.key.range.clone(),
                }));
            }
        }
    }
    all
}

impl Found<'_> {
    /// The text with the answer under its new id; true where it was there already, and alike.
    fn rewrite(&self, text: &str) -> Result<(String, bool), Stop> {
        let before = value(text).ok_or(Stop::Obstacle)?;
        let (pack, question) = self.new_path();
        let (old, new) = (
            at(&before, [self.section, &self.pack, &self.name]),
            at(&before, [self.section, pack, question]),
        );
        let old = old.ok_or(Stop::Obstacle)?;
        let dropped = new.is_some();
        if new.is_some_and(|new| !says_no_more(old, new)) {
            return Err(Stop::Differs);
        }
        let text = self.with_values(text)?;
        let wanted = value(&text).ok_or(Stop::Obstacle)?;
        let changed = if dropped {
            self.cut(&text)?.0
        } else if *pack == self.pack {
            self.renamed(&text)?
        } else {
            let (rest, entry) = self.cut(&text)?;
            let outline = Node::outline(&rest).ok_or(Stop::Obstacle)?;
            let mut plan = Splice::new(&rest, Style::of(&rest, &outline));
            plan.place(&outline, &[self.section, pack, question], entry)?;
            plan.cuts.apply()
        };
        let after = value(&changed).ok_or(Stop::Obstacle)?;
        if self.is_moved(&wanted, &after) {
            Ok((changed, dropped))
        } else {
            Err(Stop::Obstacle)
        }
    }

    fn new_path(&self) -> (&str, &str) {
        let (pack, question) = self.moved.to.split_once('.').unwrap_or_default();
        (pack, question)
    }

    /// The entry in an outline; marks on the way to it or in it forbid to touch it.
    fn entry<'o>(&self, root: &'o Node) -> Result<(&'o Node, &'o Entry), Stop> {
        let mut map = root;
        for name in [self.section, &self.pack] {
            map = &map.entry(name).ok_or(Stop::Obstacle)?.value;
            if map.marked {
                return Err(Stop::Obstacle);
            }
        }
        let entry = map.entry(&self.name).ok_or(Stop::Obstacle)?;
        if entry.key.marked || entry.value.any_marked() {
            return Err(Stop::Obstacle);
        }
        Ok((map, entry))
    }

    /// The text with the values that earlier ones stand for.
    fn with_values(&self, text: &str) -> Result<String, Stop> {
        let outline = Node::outline(text).ok_or(Stop::Obstacle)?;
        let (_, entry) = self.entry(&outline)?;
        let style = Style::of(text, &outline);
        let mut cuts = Cuts::new(text);
        if self.moved.values.is_empty() {
            return Ok(text.to_owned());
        }
        for (range, value) in scale_values(text, &entry.value) {
            let now = self.moved.value(&value);
            let now = now.ok_or_else(|| Stop::Value(value.clone()))?;
            if now != value {
                let quoted = text
                    .get(range.clone())
                    .is_some_and(|one| one.starts_with('"'));
                let now = if quoted { quote(now) } else { style.key(now) };
                cuts.cut(range, now);
            }
        }
        Ok(cuts.apply())
    }

    /// The text with another key in its place.
    fn renamed(&self, text: &str) -> Result<String, Stop> {
        let outline = Node::outline(text).ok_or(Stop::Obstacle)?;
        let (_, entry) = self.entry(&outline)?;
        let style = Style::of(text, &outline);
        let mut cuts = Cuts::new(text);
        let key = style.key(local_id(&self.moved.to));
        cuts.cut(entry.key.range.clone(), key);
        Ok(cuts.apply())
    }

    /// The text without the entry, and the entry under its new name.
    fn cut(&self, text: &str) -> Result<(String, Pair), Stop> {
        let outline = Node::outline(text).ok_or(Stop::Obstacle)?;
        let (map, entry) = self.entry(&outline)?;
        let style = Style::of(text, &outline);
        let value = text.get(entry.value.range.clone()).unwrap_or_default();
        let key = style.key(local_id(&self.moved.to));
        let mut cuts = Cuts::new(text);
        if map.is_flow() {
            let range = between(map, entry).ok_or(Stop::Obstacle)?;
            let lost = comments(text, &range, &entry.value);
            if value.contains('\n') || !lost.is_empty() {
                return Err(Stop::Obstacle);
            }
            cuts.cut(range, String::new());
            let flow = format!("{key}: {value}");
            let lines = vec![flow.clone()];
            return Ok((cuts.apply(), Pair { lines, flow }));
        }
        let column = margin(text, entry.key.range.start)
            .ok_or(Stop::Obstacle)?
            .len();
        let lines = line_start(text, entry.key.range.start)..below(text, entry.end());
        let rest = text.get(entry.key.range.end..lines.end).unwrap_or_default();
        let first = after_line(text, entry.key.range.end) == lines.end;
        let commented = !comments(text, &lines, &entry.value).is_empty();
        let flow = if first && !commented {
            format!("{key}{}", rest.trim_end())
        } else {
            String::new()
        };
        let mut moved: Vec<String> = rest.lines().map(|line| dedent(line, column)).collect();
        if let Some(line) = moved.first_mut() {
            let own = rest.lines().next().unwrap_or_default();
            *line = format!("{key}{own}");
        }
        cuts.cut(lines, String::new());
        Ok((cuts.apply(), Pair { lines: moved, flow }))
    }

    /// Returns true if the entry is under its new id, and everything else as it was.
    fn is_moved(&self, wanted: &Value, after: &Value) -> bool {
        let (pack, question) = self.new_path();
        let mut wanted = all(wanted);
        let old = wanted.remove(&[self.section, &self.pack, &self.name]);
        if let Some(old) = old {
            wanted.entry([self.section, pack, question]).or_insert(old);
        }
        let after = all(after);
        let mut pairs = wanted.iter().zip(&after);
        wanted.len() == after.len()
            && pairs.all(|((key, one), (other_key, other))| {
                key == other_key && alike(one, other, &is_same)
            })
    }
}

/// A line without some of the blanks before it.
fn dedent(line: &str, column: usize) -> String {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    line.get(blanks.min(column)..)
        .unwrap_or_default()
        .to_owned()
}

/// The bytes that go with an entry between brackets: to the entry after it, or from the one before.
fn between(map: &Node, entry: &Entry) -> Option<Range<usize>> {
    let start = entry.key.range.start;
    let all = map.entries();
    let at = all.iter().position(|one| one.key.range.start == start)?;
    if let Some(next) = all.get(at + 1) {
        return Some(start..next.key.range.start);
    }
    let before = at.checked_sub(1).and_then(|before| all.get(before));
    Some(before.map_or(start, Entry::end)..entry.end())
}

/// Returns true if an answer is the same as another or only its value.
fn says_no_more(old: &Value, new: &Value) -> bool {
    let value = under(new, "value").unwrap_or(new);
    alike(old, new, &is_same) || alike(old, value, &is_same)
}

pub(super) fn value(text: &str) -> Option<Value> {
    let mut sources = Sources::new();
    let id = sources.add("", text.to_owned());
    yaml::read(&sources, id, &mut Diagnostics::new())
}

fn at<'a>(file: &'a Value, path: [&str; 3]) -> Option<&'a Value> {
    let mut found = Some(file);
    for name in path {
        found = found.and_then(|value| under(value, name));
    }
    found
}

/// Everything in a file, by its path.
fn all(file: &Value) -> BTreeMap<[&str; 3], &Value> {
    let mut all = BTreeMap::new();
    for (key, value) in entries(file) {
        if !ANSWERED.contains(&key.value.as_str()) {
            all.insert([key.value.as_str(), "", ""], &value.value);
            continue;
        }
        for (pack, answers) in entries(&value.value) {
            for (name, answer) in entries(&answers.value) {
                all.insert([&key.value, &pack.value, &name.value], &answer.value);
            }
        }
    }
    all
}
