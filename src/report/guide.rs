//! A pack for readers: what it asks, what it makes of the answers, and what it says about them.

use crate::rules::rulebook::words::list;
use crate::rules::rulebook::{
    Advice, Choice, ContextFigure, Item, Pack, Program, ReportTexts, Rulebook, Step,
};
use crate::text::number::rounded;
use serde::Serialize;

mod metric;
mod rule;
mod score;

use metric::MetricGuide;
use score::ScoreGuide;

/// One pack, worded; the template `pack.md` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Guide<'a> {
    id: &'a str,
    version: String,
    title: &'a str,
    about: &'a str,
    credit: &'a str,
    report: &'a ReportTexts,
    sections: Vec<SectionGuide<'a>>,
    scores: Vec<ScoreGuide<'a>>,
    decisions: Vec<DecisionGuide<'a>>,
    metrics: Vec<MetricGuide<'a>>,
    ladders: Vec<LadderGuide<'a>>,
    gates: Vec<GateGuide<'a>>,
    findings: Vec<FindingGuide<'a>>,
    context: Vec<FigureGuide<'a>>,
    glossary: &'a [(String, String)],
}

#[derive(Debug, Clone, Serialize)]
struct SectionGuide<'a> {
    title: &'a str,
    intro: &'a str,
    questions: Vec<QuestionGuide<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct QuestionGuide<'a> {
    id: &'a str,
    label: &'a str,
    stem: &'a str,
    ask: &'a str,
    help: &'a str,
    why: &'a str,
    evidence: &'a str,
    roles: String,
    relevant: String,
    choices: Vec<ChoiceGuide<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceGuide<'a> {
    value: &'a str,
    label: &'a str,
    worth: String,
}

#[derive(Debug, Clone, Serialize)]
struct DecisionGuide<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    policy: &'static str,
    inputs: Vec<&'a str>,
    rows: Vec<RowGuide<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct RowGuide<'a> {
    id: &'a str,
    cells: Vec<String>,
    outcome: &'a str,
    because: &'a str,
}

#[derive(Debug, Clone, Serialize)]
struct LadderGuide<'a> {
    id: &'a str,
    title: &'a str,
    about: &'a str,
    levels: Vec<LevelGuide<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct LevelGuide<'a> {
    title: &'a str,
    text: &'a str,
    needs: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct GateGuide<'a> {
    id: &'a str,
    title: &'a str,
    when: String,
    because: &'a str,
}

#[derive(Debug, Clone, Serialize)]
struct FindingGuide<'a> {
    id: &'a str,
    title: &'a str,
    kind: String,
    when: String,
    advice: Vec<&'a Advice>,
}

#[derive(Debug, Clone, Serialize)]
struct FigureGuide<'a> {
    figure: String,
    says: &'a str,
    base: &'a str,
    source: &'a str,
    caveat: &'a str,
}

impl<'a> Guide<'a> {
    /// The guide to one pack of a rulebook; `None` where there is no such pack.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, pack: &str) -> Option<Self> {
        let place = rulebook.packs.iter().position(|one| one.id == pack)?;
        let pack = rulebook.packs.get(place)?;
        let teller = Teller { rulebook, place };
        Some(teller.guide(pack))
    }
}

struct Teller<'a> {
    rulebook: &'a Rulebook,
    place: usize,
}

impl<'a> Teller<'a> {
    fn guide(&self, pack: &'a Pack) -> Guide<'a> {
        Guide {
            id: &pack.id,
            version: pack.version.to_string(),
            title: &pack.title,
            about: text(pack.about.as_ref()),
            credit: text(pack.credit.as_ref()),
            report: &pack.report,
            sections: self.sections(),
            scores: self.each(Self::score),
            decisions: self.each(Self::decision),
            metrics: self.metrics(),
            ladders: self.each(Self::ladder),
            gates: self.gates(),
            findings: self.findings(),
            context: pack.context.iter().map(figure).collect(),
            glossary: &pack.glossary,
        }
    }

    fn program(&self) -> &'a Program {
        &self.rulebook.program
    }

    fn each<T>(&self, tell: fn(&Self, usize, &'a Item) -> Option<T>) -> Vec<T> {
        let items = self
            .rulebook
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.pack == self.place);
        items
            .filter_map(|(node, item)| tell(self, node, item))
            .collect()
    }

    fn label(&self, node: usize) -> &'a str {
        self.rulebook
            .item(node)
            .map_or("", |item| item.label.as_str())
    }

    fn sections(&self) -> Vec<SectionGuide<'a>> {
        let own = self
            .rulebook
            .sections
            .iter()
            .filter(|section| section.pack == self.place);
        own.map(|section| SectionGuide {
            title: &section.title,
            intro: text(section.intro.as_ref()),
            questions: section
                .questions
                .iter()
                .filter_map(|node| self.question(*node))
                .collect(),
        })
        .collect()
    }

    fn question(&self, node: usize) -> Option<QuestionGuide<'a>> {
        let item = self.rulebook.item(node)?;
        let question = item.kind.question()?;
        let relevant = self.program().steps.iter().find_map(|step| match step {
            Step::Relevance { node: one, when } if *one == node => Some(self.condition(when)),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        });
        let roles: Vec<&str> = question.roles.iter().map(|role| role.words()).collect();
        Some(QuestionGuide {
            id: item.local_id(),
            label: &item.label,
            stem: text(question.stem.as_ref()),
            ask: &question.ask,
            help: text(question.help.as_ref()),
            why: text(question.why.as_ref()),
            evidence: text(question.evidence.as_ref()),
            roles: list(&roles),
            relevant: relevant.unwrap_or_default(),
            choices: question.choices.iter().map(choice).collect(),
        })
    }
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

fn local(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, local)| local)
}

fn choice(choice: &Choice) -> ChoiceGuide<'_> {
    let number = choice
        .score
        .map(crate::rules::rulebook::words::number)
        .unwrap_or_default();
    let worth = if number == choice.value {
        String::new()
    } else {
        number
    };
    ChoiceGuide {
        value: &choice.value,
        label: &choice.label,
        worth,
    }
}

fn figure(figure: &ContextFigure) -> FigureGuide<'_> {
    let figure = &figure.file;
    let number = rounded(figure.figure.value, 1);
    FigureGuide {
        figure: format!(
            "{} {}",
            number.strip_suffix(".0").unwrap_or(&number),
            figure.unit
        ),
        says: &figure.says,
        base: &figure.base,
        source: &figure.source,
        caveat: text(figure.caveat.as_ref()),
    }
}
