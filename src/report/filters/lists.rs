//! Lists as markup in one step each, where a loop in a template takes several for every item.
//!
//! Each filter writes HTML where HTML is written and Markdown elsewhere, every text escaped for it;
//! its result is safe. A template may loop over the same lists and write them as it likes.

use super::escaped;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, State};

/// Adds the filters.
pub(in crate::report) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("cells", cells);
    environment.add_filter("terms", terms);
    environment.add_filter("answers", answers);
}

/// Cells of a row of a table, `<td>2</td>` or ` 2 |`; a dash where there is nothing.
fn cells(state: &mut State<'_, '_>, list: &Value) -> Result<Value, Error> {
    let (mut pen, dash) = (Pen::new(state), Value::from("–"));
    for cell in list.try_iter()? {
        pen.put("<td>", " ");
        let nothing = cell.is_none() || cell.as_str() == Some("");
        pen.text(if nothing { &dash } else { &cell });
        pen.put("</td>", " |");
    }
    Ok(pen.done())
}

/// Terms with what stands for them: the inside of a `<dl>`, or sentences.
fn terms(state: &mut State<'_, '_>, list: &Value) -> Result<Value, Error> {
    let mut pen = Pen::new(state);
    for (place, one) in list.try_iter()?.enumerate() {
        if place > 0 {
            pen.put("\n", ". ");
        }
        pen.put("<dt>", "");
        pen.text(&one.get_attr("term")?);
        pen.put("</dt><dd>", ": ");
        let (text, link) = (one.get_attr("text")?, one.get_attr("link")?);
        if link.is_true() {
            pen.link(&text, &link);
        } else {
            pen.text(&text);
        }
        pen.put("</dd>", "");
    }
    Ok(pen.done())
}

/// Questions with their answers as items of a list, each with a link to where it stands in full.
fn answers(state: &mut State<'_, '_>, list: &Value) -> Result<Value, Error> {
    let mut pen = Pen::new(state);
    for (place, one) in list.try_iter()?.enumerate() {
        if place > 0 {
            pen.put("\n", "\n");
        }
        pen.put("<li>", "- ");
        let anchor = one.get_attr("anchor")?;
        if anchor.is_true() && pen.html {
            pen.put("<a href=\"#", "");
            pen.text(&anchor);
            pen.put("\">", "");
            pen.text(&one.get_attr("label")?);
            pen.put("</a>", "");
        } else {
            pen.text(&one.get_attr("label")?);
        }
        pen.put(": ", ": ");
        pen.text(&one.get_attr("answer")?);
        pen.put("</li>", "");
    }
    Ok(pen.done())
}

/// Writes for the format at hand.
struct Pen {
    out: String,
    escape: AutoEscape,
    html: bool,
}

impl Pen {
    fn new(state: &State<'_, '_>) -> Self {
        let escape = state.auto_escape().clone();
        Self {
            out: String::with_capacity(512),
            html: matches!(escape, AutoEscape::Html),
            escape,
        }
    }

    fn put(&mut self, html: &str, markdown: &str) {
        self.out.push_str(if self.html { html } else { markdown });
    }

    fn text(&mut self, text: &Value) {
        self.out.push_str(&escaped(text, &self.escape));
    }

    /// A text that leads to a page, or with the page beside it.
    fn link(&mut self, text: &Value, page: &Value) {
        if self.html {
            self.put("<a href=\"", "");
            self.text(page);
            self.put("\" rel=\"noopener noreferrer\">", "");
            self.text(text);
            self.put("</a>", "");
        } else {
            self.text(text);
            self.put("", " (");
            self.text(page);
            self.put("", ")");
        }
    }

    fn done(self) -> Value {
        Value::from_safe_string(self.out)
    }
}
