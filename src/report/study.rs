//! Reports on studies: comparison, verdict, plan and history, each a template over its document.
//!
//! Every template of them is given `title`, `language`, `engine` and `brand`, the document by its
//! own name, and figures as text, rounded so that no rounding contradicts a verdict.

mod history;

pub use history::{ChangeText, FigureText, Rung, TimeMark, history};

use super::brand::Brand;
use super::context::finder;
use super::deliver::Report;
use super::templates::Templates;
use crate::assess::assessment::{Client, Range};
use crate::assess::plan::Plan;
use crate::message;
use crate::rules::VERDICT_COVERAGE;
use crate::study::QUARTER_ANCHOR;
use crate::study::compare::{Comparison, MetricChange, ScoreChange, ScorePoint};
use crate::study::gate::Verdict;
use crate::study::portfolio::{ListedClient, Overview};
use crate::text::Result;
use crate::text::number::{Move, TOLERANCE, rounded};
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// Figures of a score on both sides of a comparison, as text with as many digits as it takes for
/// the difference to be that of the two figures, and to be called what it is called.
#[derive(Debug, Serialize)]
pub struct MoveText {
    /// As it was.
    pub from: PointText,
    /// As it is.
    pub to: PointText,
    /// Difference with its sign; null where one of them is missing.
    pub by: Option<String>,
    /// Difference over the questions rated on both sides; null where that is not known.
    pub common: Option<String>,
}

/// An index as text.
#[derive(Debug, Serialize)]
pub struct PointText {
    /// The index, `0..=100`; null where nothing is rated.
    pub index: Option<String>,
    /// The lowest that open answers allow; null where none are open.
    pub low: Option<String>,
    /// The highest they allow.
    pub high: Option<String>,
}

/// The report on a comparison, whose sides are called as they were asked for: `compare.md` over
/// `comparison`, `names`, `figures` by score, `differences` by figure of a metric, `still` (nothing
/// moved), and the function `score`, which finds by id.
///
/// # Errors
/// Returns an error if the document cannot be read, which would be a fault of this library.
pub fn comparison(
    templates: &Templates,
    comparison: &Comparison,
    (before, after): (&str, &str),
    brand: &Brand,
) -> Result<Report> {
    let figures = comparison.scores.iter();
    let figures: BTreeMap<&str, MoveText> = figures
        .map(|score| (score.id.as_str(), MoveText::new(score)))
        .collect();
    let differences = comparison.metrics.iter();
    let differences: BTreeMap<&str, String> = differences
        .filter_map(|one| Some((one.id.as_str(), difference(one)?)))
        .collect();
    let document = Value::from(Serde(comparison));
    let context = context! {
        title => format!("What moved: {}", name(&comparison.after.client)),
        score => finder(&document, &["scores"], "id"),
        comparison => document,
        names => context! { before, after },
        figures => Value::from(Serde(&figures)),
        differences => Value::from(Serde(&differences)),
        still => comparison.is_empty(),
        ..head(&comparison.engine, brand)
    };
    Report::over(templates, "compare", &context)
}

/// The report on a verdict: `gate.md` over `verdict`.
///
/// # Errors
/// Returns an error if the document cannot be read, which would be a fault of this library.
pub fn verdict(templates: &Templates, verdict: &Verdict, brand: &Brand) -> Result<Report> {
    let context = context! {
        title => name(&verdict.client),
        verdict => Value::from(Serde(verdict)),
        ..head(&verdict.engine, brand)
    };
    Report::over(templates, "gate", &context)
}

/// A verdict as a badge, SVG: `badge.svg` over `verdict` and the `label` it bears.
///
/// # Errors
/// Returns an error if a template of the user's cannot be rendered; it names the template and its
/// line.
pub fn badge(templates: &Templates, verdict: &Verdict, label: &str) -> Result<String> {
    let verdict = Value::from(Serde(verdict));
    templates.render("badge.svg", &context! { verdict, label })
}

/// The report on a plan: `plan.md` over `plan`.
///
/// # Errors
/// Returns an error if the document cannot be read, which would be a fault of this library.
pub fn plan(templates: &Templates, plan: &Plan, brand: &Brand) -> Result<Report> {
    let context = context! {
        title => name(&plan.client),
        plan => Value::from(Serde(plan)),
        ..head(&plan.engine, brand)
    };
    Report::over(templates, "plan", &context)
}

/// Entries that every template is given.
fn head(engine: &str, brand: &Brand) -> Value {
    context! { language => "en", engine, brand => Value::from(Serde(brand)) }
}

fn name(client: &Client) -> String {
    let unit = client.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    format!("{}{unit}", client.name)
}

impl MoveText {
    fn new(score: &ScoreChange) -> Self {
        let told = score.from.index.zip(score.to.index);
        let told = told.map(|(from, to)| Move::new(from, to, &[QUARTER_ANCHOR], 1));
        let digits = told.as_ref().map_or(1, |told| told.digits);
        let common = score.common.and_then(|common| common.from.zip(common.to));
        Self {
            from: PointText::new(&score.from, digits),
            to: PointText::new(&score.to, digits),
            by: told.map(|told| told.by),
            common: common.map(|(from, to)| Move::new(from, to, &[QUARTER_ANCHOR], 1).by),
        }
    }
}

impl PointText {
    fn new(point: &ScorePoint, digits: u8) -> Self {
        Self::of(point.index, point.index_range, |value| {
            rounded(value, digits)
        })
    }

    fn of(index: Option<f64>, range: Option<Range>, text: impl Fn(f64) -> String) -> Self {
        let range = range.filter(|range| range.high - range.low >= TOLERANCE);
        Self {
            index: index.map(&text),
            low: range.map(|range| text(range.low)),
            high: range.map(|range| text(range.high)),
        }
    }
}

/// Difference of a figure with its sign, as finely as it is printed; `None` without both values.
fn difference(figure: &MetricChange) -> Option<String> {
    let digits = |text: &str| {
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        fraction.bytes().take_while(u8::is_ascii_digit).count()
    };
    let digits = digits(&figure.says_from).max(digits(&figure.says_to));
    let digits = u8::try_from(digits).unwrap_or(1);
    Some(Move::new(figure.from?, figure.to?, &[], digits).by)
}

/// Everything the template `report/portfolio.md` is given.
#[derive(Debug, Serialize)]
pub struct PortfolioContext<'a> {
    /// Title of the document.
    pub title: &'a str,
    /// The program that scored the clients, with its version.
    pub engine: &'a str,
    /// Language tag.
    pub language: &'a str,
    /// The one who hands the overview over.
    pub brand: &'a Brand,
    /// The portfolio document.
    pub portfolio: &'a Overview,
    /// The clients it lists: all of them by path, or those with most to look at first.
    clients: &'a [ListedClient],
    /// Addresses of the clients' reports by path, where there are any.
    pub links: BTreeMap<&'a str, String>,
    /// Share of its weight that must be answered for a score to have a verdict, `0..=1`.
    pub verdict_coverage: f64,
}

impl<'a> PortfolioContext<'a> {
    /// The context of a portfolio. `link` gives the address of a client's report by its path, where
    /// there is one.
    #[must_use]
    pub fn new(
        portfolio: &'a Overview,
        brand: &'a Brand,
        link: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let listed = portfolio.listed.iter().map(|one| one.row.path.as_str());
        let scores = portfolio.groups.iter().flat_map(|group| &group.scores);
        let far = scores.flat_map(|score| score.low_outliers.iter().chain(&score.high_outliers));
        let paths = listed.chain(far.map(|end| end.path.as_str()));
        Self {
            title: message!("portfolio-title"),
            engine: &portfolio.engine,
            language: "en",
            brand,
            portfolio,
            clients: &portfolio.listed,
            links: paths.filter_map(|path| Some((path, link(path)?))).collect(),
            verdict_coverage: VERDICT_COVERAGE,
        }
    }
}
