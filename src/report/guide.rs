//! A pack for readers: what it asks, what it makes of the answers, and what it says about them.

use crate::assessment::test_words;
use crate::condition::Condition;
use crate::number::rounded;
use crate::pack::file::Role;
use crate::rulebook::words::list;
use crate::rulebook::{
    Advice, Aggregate, Check, Choice, ContextFigure, HitPolicy, Item, ItemKind, Pack, Program,
    Rulebook, Step,
};
use serde::Serialize;

mod score;

use score::ScoreGuide;

/// One pack, worded; the template `pack.md` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Guide<'a> {
    id: &'a str,
    version: String,
    title: &'a str,
    about: &'a str,
    credit: &'a str,
    sections: Vec<SectionGuide<'a>>,
    scores: Vec<ScoreGuide<'a>>,
    decisions: Vec<DecisionGuide<'a>>,
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
        let place = rulebook.packs().iter().position(|one| one.id == pack)?;
        let pack = rulebook.packs().get(place)?;
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
            sections: self.sections(),
            scores: self.each(Self::score),
            decisions: self.each(Self::decision),
            ladders: self.each(Self::ladder),
            gates: self.gates(),
            findings: self.findings(),
            context: pack.context.iter().map(figure).collect(),
            glossary: &pack.glossary,
        }
    }

    fn program(&self) -> &'a Program {
        self.rulebook.program()
    }

    fn each<T>(&self, tell: fn(&Self, usize, &'a Item) -> Option<T>) -> Vec<T> {
        let items = self
            .rulebook
            .items()
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
            .sections()
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
            | Step::Climb { .. } => None,
        });
        let roles: Vec<&str> = question
            .roles
            .iter()
            .map(|role| role_words(*role))
            .collect();
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

    fn decision(&self, node: usize, item: &'a Item) -> Option<DecisionGuide<'a>> {
        let ItemKind::Decision { outcomes, rules } = &item.kind else {
            return None;
        };
        let table = self.program().table(node)?;
        let rows = rules.iter().zip(&table.rules).map(|(row, rule)| RowGuide {
            id: &row.id,
            cells: rule.cells.iter().map(|cell| self.cell(*cell)).collect(),
            outcome: outcomes
                .get(row.outcome)
                .map_or("", |outcome| outcome.label.as_str()),
            because: &row.because,
        });
        Some(DecisionGuide {
            id: item.local_id(),
            title: &item.label,
            about: text(item.about.as_ref()),
            policy: match table.hit_policy {
                HitPolicy::Unique => "Exactly one rule matches.",
                HitPolicy::First => "The first rule that matches decides.",
                HitPolicy::Collect => "Every rule that matches counts.",
            },
            inputs: table.inputs.iter().map(|node| self.label(*node)).collect(),
            rows: rows.collect(),
        })
    }

    fn ladder(&self, node: usize, item: &'a Item) -> Option<LadderGuide<'a>> {
        let ItemKind::Ladder { levels, .. } = &item.kind else {
            return None;
        };
        let rungs = self.program().ladder(node)?;
        let levels = levels
            .iter()
            .zip(&rungs.levels)
            .map(|(words, level)| LevelGuide {
                title: &words.title,
                text: text(words.text.as_ref()),
                needs: level.checks.iter().map(|check| self.need(check)).collect(),
            });
        Some(LadderGuide {
            id: item.local_id(),
            title: &item.label,
            about: text(item.about.as_ref()),
            levels: levels.collect(),
        })
    }

    fn need(&self, check: &Check) -> String {
        match check {
            Check::From(atom) | Check::Floor(atom) => self.atom(*atom),
            Check::Gate(gate) => self
                .rulebook
                .gates()
                .get(*gate)
                .map_or_else(String::new, |gate| gate.title.clone()),
            Check::Basis => "the assessment is on evidence".to_owned(),
        }
    }

    fn gates(&self) -> Vec<GateGuide<'a>> {
        let pairs = self.rulebook.gates().iter().zip(&self.program().gates);
        let own = pairs.filter(|(gate, _)| gate.pack == self.place);
        own.map(|(gate, when)| GateGuide {
            id: local(&gate.id),
            title: &gate.title,
            when: self.condition(when),
            because: &gate.because,
        })
        .collect()
    }

    fn findings(&self) -> Vec<FindingGuide<'a>> {
        let pairs = self
            .rulebook
            .findings()
            .iter()
            .zip(&self.program().findings);
        let own = pairs.filter(|(finding, _)| finding.pack == self.place);
        own.map(|(finding, when)| FindingGuide {
            id: finding.local_id(),
            title: &finding.title,
            kind: format!("{:?}, {:?}", finding.kind, finding.severity).to_lowercase(),
            when: self.condition(when),
            advice: finding.advice.iter().collect(),
        })
        .collect()
    }

    fn cell(&self, atom: usize) -> String {
        let found = self
            .program()
            .atoms
            .get(atom)
            .and_then(|atom| Some((atom, self.rulebook.item(atom.node)?)));
        found.map_or_else(String::new, |(atom, item)| test_words(&atom.test, item))
    }

    fn atom(&self, atom: usize) -> String {
        let node = self.program().atoms.get(atom).map(|atom| atom.node);
        let label = node.map_or("", |node| self.label(node));
        format!("“{label}” is {}", self.cell(atom))
    }

    /// A condition as a sentence would say it.
    fn condition(&self, condition: &Condition) -> String {
        let inner = |part: &Condition| match part {
            Condition::Atom(_) | Condition::Not(_) => self.condition(part),
            Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..) => {
                format!("({})", self.condition(part))
            }
        };
        let joined = |parts: &[Condition], word: &str| {
            parts.iter().map(inner).collect::<Vec<_>>().join(word)
        };
        match condition {
            Condition::Atom(atom) => self.atom(*atom),
            Condition::All(parts) => joined(parts, " and "),
            Condition::Any(parts) => joined(parts, " or "),
            Condition::Not(part) => format!("not {}", inner(part)),
            Condition::AtLeast(n, parts) => format!("at least {n} of: {}", joined(parts, "; ")),
        }
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
        .map(crate::rulebook::words::number)
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
    let number = rounded(figure.figure, 1);
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

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Leadership => "leadership",
        Role::Management => "management",
        Role::Frontline => "front line",
        Role::Backoffice => "operations",
        Role::Customer => "customers",
    }
}

/// How an aggregate is said.
fn aggregate_words(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Mean => "Mean",
        Aggregate::Sum => "Sum",
        Aggregate::Min => "Lowest",
        Aggregate::Max => "Highest",
        Aggregate::Count => "How many meet the test",
        Aggregate::Share => "Which part meets the test",
        Aggregate::Geometric => "Geometric mean",
        Aggregate::Spread => "Highest less lowest",
        Aggregate::Difference => "First less second",
    }
}
