//! Reading the Markdown of a template into blocks.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of the many events of a reader each stage takes its own"
)]

use super::widths::{Need, widths};
use super::{Align, Block, Chart, Column, Document, Heading, Item, Words};
use crate::message;
use crate::text::{Error, Result};
use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;

/// Lists, quotations and words nested deeper than this are no report.
const DEEPEST: usize = 30;

impl Document {
    /// Reads the text that a template gave.
    ///
    /// # Errors
    /// Returns an error if a part is begun and not ended, or ended and not begun, or if lists and
    /// quotations are nested without end.
    pub fn parse(markdown: &str) -> Result<Self> {
        let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
        let (mut list, mut depth) = (Vec::new(), 0_usize);
        for event in events {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth > DEEPEST {
                return Err(too_deep());
            }
            list.push(event);
        }
        let mut reader = Reader {
            events: list.into_iter(),
            headings: Vec::new(),
            ids: BTreeSet::new(),
            charts: Vec::new(),
            lists: 0,
            parts: 0,
        };
        let blocks = reader.blocks(None)?;
        Ok(Self {
            blocks,
            headings: reader.headings,
            charts: reader.charts,
            lists: reader.lists,
        })
    }
}

struct Reader<'t> {
    events: std::vec::IntoIter<Event<'t>>,
    headings: Vec<Heading>,
    /// Ids of headings given so far.
    ids: BTreeSet<String>,
    charts: Vec<Chart>,
    lists: usize,
    /// Parts that are begun and not ended.
    parts: usize,
}

fn too_deep() -> Error {
    Error::template(message!("nested-too-deeply", most = DEEPEST))
}

/// A mark that a template wrote as a comment.
pub(in crate::report) enum Mark {
    Begin { name: String, title: Option<String> },
    End { name: String },
    Chart { form: String, of: Vec<String> },
}

impl Reader<'_> {
    /// The blocks up to the end of what holds them: of a part, by its name; of an item or quotation;
    /// of the text.
    fn blocks(&mut self, part: Option<&str>) -> Result<Vec<Block>> {
        let mut blocks = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    for mark in self.marks() {
                        match mark {
                            Mark::Chart { form, of } => blocks.push(self.chart(form, of)),
                            Mark::Begin { name, title } => {
                                self.parts += 1;
                                if self.parts > DEEPEST {
                                    return Err(too_deep());
                                }
                                let inner = self.blocks(Some(&name))?;
                                self.parts -= 1;
                                blocks.push(Block::Part {
                                    name,
                                    title,
                                    blocks: inner,
                                });
                            }
                            Mark::End { name } if Some(name.as_str()) == part => return Ok(blocks),
                            Mark::End { name } => {
                                return Err(Error::template(message!("part-not-begun", name)));
                            }
                        }
                    }
                }
                Event::Start(Tag::Heading { level, .. }) => blocks.push(self.heading(level)),
                Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) => blocks.push(self.paragraph()),
                Event::Start(Tag::List(first)) => blocks.push(self.list(first)?),
                Event::Start(Tag::Table(columns)) => blocks.push(self.table(&columns)),
                Event::Start(Tag::BlockQuote(_)) => blocks.extend(self.blocks(None)?),
                Event::Rule => blocks.push(Block::Rule),
                Event::End(TagEnd::BlockQuote(_)) => return Ok(blocks),
                _ => {}
            }
        }
        match part {
            Some(name) => Err(Error::template(message!("part-not-ended", name))),
            None => Ok(blocks),
        }
    }

    /// The marks of a block of HTML; other HTML is not shown.
    fn marks(&mut self) -> Vec<Mark> {
        let mut html = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(text) => html.push_str(&text),
                _ => {}
            }
        }
        html.lines().filter_map(Mark::read).collect()
    }

    fn chart(&mut self, form: String, of: Vec<String>) -> Block {
        let number = self.charts.len() + 1;
        let chart = Chart { number, form, of };
        self.charts.push(chart.clone());
        Block::Chart(chart)
    }

    fn heading(&mut self, level: HeadingLevel) -> Block {
        let words = self.words();
        let text: String = words.runs.iter().map(|run| run.text.as_str()).collect();
        let id = self.heading_id(words.id, &text);
        let level = level as u8;
        self.headings.push(Heading {
            level,
            id: id.clone(),
            text,
        });
        Block::Heading {
            level,
            id,
            runs: words.runs,
        }
    }

    /// The id a template gave, or one made of the words; each is given once.
    fn heading_id(&mut self, given: Option<String>, text: &str) -> String {
        let stem = given.unwrap_or_else(|| slug(text));
        let mut id = stem.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{stem}-{number}");
            number += 1;
        }
        id
    }

    fn paragraph(&mut self) -> Block {
        let words = self.words();
        Block::Paragraph {
            id: words.id,
            runs: words.runs,
        }
    }

    fn list(&mut self, first: Option<u64>) -> Result<Block> {
        self.lists += 1;
        let number = self.lists;
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.item()?),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        Ok(Block::List {
            number,
            first,
            items,
        })
    }

    /// An item: its words, then the blocks below them. Paragraphs after the first begin a new line.
    fn item(&mut self) -> Result<Item> {
        let mut words = Words::default();
        let mut blocks = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::Start(Tag::List(first)) => blocks.push(self.list(first)?),
                Event::Start(Tag::Paragraph) => words.style.breaks = !words.runs.is_empty(),
                other => words.take(other),
            }
        }
        Ok(Item {
            id: words.id,
            runs: words.runs,
            blocks,
        })
    }

    fn table(&mut self, columns: &[Alignment]) -> Block {
        let mut rows = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let cell = self.words().into_cell();
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let needs = (0..columns.len()).map(|column| Need::of(&rows, column));
        let needs: Vec<Need> = needs.collect();
        let rooms = needs.iter().zip(widths(&needs));
        let mut rows = rows.into_iter();
        let columns = columns
            .iter()
            .zip(rooms)
            .map(|(alignment, (need, width))| Column {
                align: align(*alignment),
                width,
                word: need.word,
            });
        Block::Table {
            columns: columns.collect(),
            head: rows.next().unwrap_or_default(),
            rows: rows.collect(),
        }
    }

    /// The words up to the end of a heading, paragraph or cell.
    fn words(&mut self) -> Words {
        let mut words = Words::default();
        for event in self.events.by_ref() {
            match event {
                Event::End(
                    TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableCell,
                ) => break,
                other => words.take(other),
            }
        }
        words
    }
}

impl Mark {
    /// The mark that a line holds, if it is a comment that is one.
    pub(in crate::report) fn read(line: &str) -> Option<Self> {
        let inner = line
            .trim()
            .strip_prefix("<!--")?
            .strip_suffix("-->")?
            .trim();
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Self::End {
                name: name.trim().to_owned(),
            });
        }
        let (name, rest) = inner.split_once(':').unwrap_or((inner, ""));
        let (name, rest) = (name.trim(), rest.trim().to_owned());
        let letter = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
        if name.is_empty() || !name.chars().all(letter) {
            return None;
        }
        Some(match name {
            "chart" => {
                let mut words = rest.split_whitespace().map(str::to_owned);
                Self::Chart {
                    form: words.next().unwrap_or_default(),
                    of: words.collect(),
                }
            }
            _ => Self::Begin {
                name: name.to_owned(),
                title: Some(rest).filter(|title| !title.is_empty()),
            },
        })
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// Words as an id: lower-case ASCII letters and digits, one hyphen for all between them.
fn slug(text: &str) -> String {
    let words = text.split(|one: char| !one.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() {
        return "section".to_owned();
    }
    words.join("-")
}
