//! What people are shown: one pack's answers as view, page, Markdown and terminal text.

use crate::workshop::{checked, pack};
use centricity::answers::Answers;
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::report::brand::Brand;
use centricity::report::terminal;
use centricity::report::{Layout, Page, Templates, View, html, markdown};
use centricity::rules::rulebook::Rulebook;
use serde_json::Value;

/// One pack's view and texts.
pub(crate) struct Shown {
    pub(crate) view: Value,
    pub(crate) html: String,
    pub(crate) md: String,
    pub(crate) terminal: String,
}

impl Shown {
    pub(crate) fn new(rulebook: &Rulebook, answers: &Answers) -> Self {
        let assessment = assess(rulebook, answers);
        let (layout, brand) = (Layout::new(rulebook), Brand::default());
        let result = MatchedResult::new(rulebook, &assessment).unwrap();
        let view = View::new(&layout, &result, &brand);
        let (page, templates) = (Page::new(&view), Templates::builtin().unwrap());
        Self {
            html: html(&templates, &page).unwrap(),
            md: markdown(&templates, &page).unwrap(),
            terminal: terminal::summary(&view, false),
            view: serde_json::to_value(&view).unwrap(),
        }
    }

    pub(crate) fn metric(&self, id: &str) -> &Value {
        let metrics = self.view["packs"][0]["metrics"].as_array().unwrap();
        let metric = metrics.iter().find(|one| one["id"] == format!("p.{id}"));
        metric.expect(id)
    }

    /// Both formats hold this text.
    #[track_caller]
    pub(crate) fn tells(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "no `{text}` in\n{}", self.html);
        assert!(self.md.contains(text), "no `{text}` in\n{}", self.md);
        self
    }

    /// Neither format holds this text.
    #[track_caller]
    pub(crate) fn hides(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "`{text}` in HTML");
        assert!(!self.md.contains(text), "`{text}` in {}", self.md);
        self
    }
}

pub(crate) fn answered(rulebook: &Rulebook, answers: &str) -> Answers {
    let head = "format: 1\nclient: { name: C }\npacks: [p]\nanswers:\n";
    checked(rulebook, &format!("{head}  p: {{ {answers} }}\n")).valid()
}

pub(crate) fn shown(body: &str, answers: &str) -> Shown {
    let rulebook = pack(body).good();
    let answers = answered(&rulebook, answers);
    Shown::new(&rulebook, &answers)
}
