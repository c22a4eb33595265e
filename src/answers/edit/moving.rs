//! Answers that are put under their ids of today, all in one text at once.

use super::migrate::{ANSWERED, Found, Stop, is_same_answer, says_no_more, value};
use super::pair::Pair;
use super::splice::Splice;
use super::{alike, is_same};
use crate::answers::yaml::{Cuts, Style, after_line, below, comments, entries, line_start, margin};
use crate::text::yaml::{Entry, Node, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Answers that are put under their ids of today.
pub(super) struct Plan<'t> {
    text: &'t str,
    style: Style,
    cuts: Cuts<'t>,
    /// Values the file is to hold, by path.
    wanted: BTreeMap<[&'t str; 3], &'t Value>,
    /// The entries that go from maps between brackets, each map by the byte it begins at.
    leaving: BTreeMap<usize, (&'t Node, Vec<&'t Entry>)>,
    /// The entries that come into the map of a pack, in their order.
    coming: Vec<([&'t str; 2], Vec<Pair>)>,
    /// For each answer, true if it was there already, and alike.
    pub(super) dropped: Vec<bool>,
}

impl<'t> Plan<'t> {
    pub(super) fn new(text: &'t str, outline: &Node, before: &'t Value) -> Self {
        Self {
            text,
            style: Style::of(text, outline),
            cuts: Cuts::new(text),
            wanted: all(before),
            leaving: BTreeMap::new(),
            coming: Vec::new(),
            dropped: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, one: &'t Found<'t>) -> Result<(), Stop> {
        let (pack, question) = one.new_path();
        let own = [one.section, &one.pack.name, &one.entry.name];
        let answer = self.wanted.remove(&own).ok_or(Stop::Obstacle)?;
        let there = self.wanted.get(&[one.section, pack, question]);
        self.dropped.push(there.is_some());
        if let Some(there) = there {
            if !says_no_more(answer, there) {
                let same = is_same_answer(answer, there);
                return Err(if same {
                    Stop::OtherNotes
                } else {
                    Stop::Differs
                });
            }
            return self.take(one).map(drop);
        }
        self.wanted.insert([one.section, pack, question], answer);
        if pack == one.pack.name {
            let key = self.style.key(question);
            self.cuts.cut(one.entry.key.range.clone(), key);
            return Ok(());
        }
        let pair = self.take(one)?;
        let target = [one.section, pack];
        match self.coming.iter_mut().find(|(path, _)| *path == target) {
            Some((_, pairs)) => pairs.push(pair),
            None => self.coming.push((target, vec![pair])),
        }
        Ok(())
    }

    /// Takes an entry out of the text; returns it under its new name.
    fn take(&mut self, one: &'t Found<'t>) -> Result<Pair, Stop> {
        let (text, map, entry) = (self.text, &one.pack.value, one.entry);
        let (_, question) = one.new_path();
        let value = text.get(entry.value.range.clone()).unwrap_or_default();
        let key = self.style.key(question);
        if map.is_flow() {
            if value.contains('\n') {
                return Err(Stop::Obstacle);
            }
            let leaving = self.leaving.entry(map.range.start);
            leaving.or_insert((map, Vec::new())).1.push(entry);
            return Ok(Pair::line(question, format!("{key}: {value}")));
        }
        let column = margin(text, entry.key.range.start);
        let column = column.ok_or(Stop::Obstacle)?.len();
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
        self.cuts.cut(lines, String::new());
        Ok(Pair {
            name: question.to_owned(),
            lines: moved,
            flow,
        })
    }

    /// The text with everything moved; an error where it does not say what it should.
    pub(super) fn finish(mut self) -> Result<String, ()> {
        for (map, entries) in self.leaving.values() {
            for (range, entry) in gaps(map, entries) {
                if !comments(self.text, &range, &entry.value).is_empty() {
                    return Err(());
                }
                self.cuts.cut(range, String::new());
            }
        }
        let rest = self.cuts.apply();
        let outline = Node::outline(&rest).ok_or(())?;
        let mut splice = Splice::new(&rest, self.style);
        for (path, pairs) in self.coming {
            splice.place(&outline, &path, pairs).map_err(drop)?;
        }
        let text = splice.cuts.apply();
        let after = value(&text).ok_or(())?;
        let after = all(&after);
        let mut pairs = self.wanted.iter().zip(&after);
        let is_wanted = self.wanted.len() == after.len()
            && pairs.all(|((key, one), (other_key, other))| {
                key == other_key && alike(one, other, &is_same)
            });
        is_wanted.then_some(text).ok_or(())
    }
}

/// A line without some of the blanks before it.
fn dedent(line: &str, column: usize) -> String {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    line.get(blanks.min(column)..)
        .unwrap_or_default()
        .to_owned()
}

/// The bytes that go with entries of a map between brackets: to the entry after each, or where none
/// stays behind it, from the one before.
fn gaps<'o>(map: &'o Node, leaving: &[&Entry]) -> Vec<(Range<usize>, &'o Entry)> {
    let all = map.entries();
    let starts: BTreeSet<_> = leaving.iter().map(|one| one.key.range.start).collect();
    let goes = |one: &Entry| starts.contains(&one.key.range.start);
    let last = all.iter().rposition(|one| !goes(one));
    let mut gaps = Vec::new();
    for (nth, entry) in all.iter().enumerate().filter(|(_, entry)| goes(entry)) {
        let next = all.get(nth + 1).filter(|_| last > Some(nth));
        let before = nth.checked_sub(1).and_then(|before| all.get(before));
        let start = entry.key.range.start;
        let range = match next {
            Some(next) => start..next.key.range.start,
            None => before.map_or(start, Entry::end)..entry.end(),
        };
        gaps.push((range, entry));
    }
    gaps
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
