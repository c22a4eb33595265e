//! The view: what every report template is given.
//!
//! One value, [`View`], is the whole root context (`{{ subject.client }}`, not
//! `{{ view.subject.client }}`). Templates loop and test; they never count, round, sort or word a
//! figure. All of that is done here, once, for every format.
//!
//! - **Every field is always serialised.** `Option` becomes `null`, an empty list `[]`; nothing is
//!   skipped, because undefined is an error.
//! - **Numbers for people are texts**, already rounded half up, with the one more digit where
//!   rounding would contradict a verdict: `58`, `2.3`, `86 %`, `41 to 55`. A missing number is
//!   `null`, and the template says "not assessed" or "none".
//! - **Numbers for drawing are `f64`** rounded to one decimal, finite. What a report draws hundreds
//!   of times, the marks of a row and the boxes of a bar, comes as SVG (`*_svg`): made of numbers
//!   and of words escaped as they are drawn, and printed with `safe`.
//! - **Data and text.** Every plain text may hold what a client typed. `.html` and `.md` templates
//!   escape it by themselves, so that it is safe in a heading, a list item and a table cell. Code
//!   spans hold only ids, digests and text plots, and plots are printed with `safe`.
//! - **CommonMark from packs**, and the lists of choices, come twice: `*_html`, already made safe,
//!   and `*_md`, Markdown without headings, both printed with `safe`. Neither is ever built from
//!   data.
//! - **Ids for links** are unique in the document, `[a-z0-9-]` only, with the prefixes `q-`
//!   questions, `f-` findings, `g-` groups of findings, `x-` exhibits, `r-` results (metrics), `s-`
//!   sections.
//! - **Section titles and method sentences live in the templates**; the view carries their
//!   numbers.

mod appendix;
mod contents;
mod context;
mod exhibit;
mod finding;
mod glossary;
mod method;
mod metric;
mod order;
mod pack;
mod roadmap;
mod route;
mod step;
mod summary;
mod unknown;
mod voices;

pub use super::brand::Brand;
pub use appendix::{Detail, Question, QuestionState, Remark, Section};
pub use contents::{Contents, Entry};
pub use exhibit::{
    Align, Bar, Bars, Chart, CheckRow, Checklist, DistRow, Distribution, Dots, Exhibit,
    ExhibitName, Fill, Grid, GridCell, GridDot, GridRow, GridState, GridStep, Ladder, LadderLevel,
    LevelState, Need, Proof, Rung, Star, Steps, Strip, Tick, VerdictRow, Verdicts,
};
pub use finding::{Advice, Because, Contradiction, Finding, Group, Kind, Stop, Told};
pub use method::{Grade, LadderRules, LevelRule, Method};
pub use metric::{
    Adding, AddingRow, CurveFactor, Customer, Customers, Figure, Input, Metric,
    Point as CurvePoint, Treated, ValueCurve,
};
pub use pack::{Context, Pack};
pub use roadmap::{
    Action, Aim, Aims, EffortCell, EffortGrid, EffortName, EffortRow, Horizon, Projected,
    ProjectedRow, Roadmap,
};
pub use route::{Route, RouteAdvice, RouteStep};
pub use step::Step;
pub use summary::{Confidence, Fact, Headline, Line, Point, Summary};
pub use unknown::Open;
pub use voices::{Contested, Disputed, Dumbbell, Gap, Gaps, Heat, HeatCell, HeatRow, Voices};

use super::layout::Layout;
use crate::answers::Status;
use crate::assess::assessment::MatchedResult;
use crate::rules::vocabulary::Basis as AnswersBasis;
use context::ReportContext;
pub(super) use context::{counted, date, percent, short};
use serde::Serialize;
use std::borrow::Cow;

/// A text of the view, borrowed from the rulebook or the assessment where it stands there.
pub type Text<'a> = Cow<'a, str>;

/// The whole report, sorted, rounded and worded.
#[derive(Debug, Clone, Serialize)]
pub struct View<'a> {
    /// Language tag of the first pack, for `<html lang>`.
    pub language: Text<'a>,
    /// `centricity 0.1.0`.
    pub engine: Text<'a>,
    /// Who hands the report over.
    pub brand: &'a Brand,
    /// `Draft` or `Final`.
    pub status: &'static str,
    /// Whose report it is.
    pub subject: Subject<'a>,
    /// Basis of the ratings: evidence or perception.
    pub basis: Basis,
    /// Who answered.
    pub respondents: Respondents,
    /// More than one pack: pack titles are shown above each pack's part.
    pub many_packs: bool,
    /// Some finding could change once open questions are answered.
    pub uncertain: bool,
    /// The numbers of the sections.
    pub numbers: Numbers,
    /// Entries of the contents below the sections that packs share.
    pub contents: Contents<'a>,
    /// Section 1, one page.
    pub summary: Summary<'a>,
    /// The overall pack first, then in the order of the assessment.
    pub packs: Vec<Pack<'a>>,
    /// Views of the roles; null where one assessor answered.
    pub voices: Option<Voices<'a>>,
    /// Actions by time, and the levels they lead to; null where nothing is left to do.
    pub roadmap: Option<Roadmap<'a>>,
    /// Figures of the method: how the numbers were made.
    pub method: Method,
    /// The terms of all packs that occur in this report, sorted.
    pub glossary: Vec<&'a Term<'a>>,
}

/// Whose report it is.
#[derive(Debug, Clone, Serialize)]
pub struct Subject<'a> {
    /// The organisation.
    pub client: Text<'a>,
    /// The part of it that was looked at.
    pub unit: Option<Text<'a>>,
    /// Answers of packs that only collect facts; empty where there are none.
    pub facts: Vec<Fact<'a>>,
    /// `31 October 2026`; null where no day is given.
    pub date: Option<String>,
    /// `2026-10-31`.
    pub date_iso: Option<Text<'a>>,
    /// "3 questions, the last on 20 November 2026": what people agreed on after that day; null where
    /// that is nothing.
    pub agreed_later: Option<String>,
}

/// Basis of the ratings.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Basis {
    /// Evidence, not perception; the templates word it.
    pub evidenced: bool,
}

/// Who answered; roles, never persons.
#[derive(Debug, Clone, Serialize)]
pub struct Respondents {
    /// "One assessor answered for the whole organisation."
    pub sentence: String,
    /// Empty for one assessor.
    pub rows: Vec<Role>,
    /// Promise made to those who answered; null for one assessor.
    pub promise: Option<String>,
}

/// A role that answered.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// "front line".
    pub role: String,
    /// "7" or "n<5".
    pub count: String,
}

/// Numbers of the sections; null where a section has nothing to hold, and then it is neither
/// printed nor listed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Numbers {
    /// Always there.
    pub summary: String,
    /// Some pack has an exhibit of the profile.
    pub profile: Option<String>,
    /// Some pack has an exhibit of the fit.
    pub fit: Option<String>,
    /// Some pack has a metric.
    pub metrics: Option<String>,
    /// Some pack has a lens.
    pub lenses: Option<String>,
    /// Many people answered.
    pub voices: Option<String>,
    /// Something was found.
    pub findings: Option<String>,
    /// There is something to plan.
    pub roadmap: Option<String>,
    /// Always there: "nothing is open" is a statement too.
    pub unknowns: String,
    /// Some pack gives figures from elsewhere.
    pub context: Option<String>,
    /// Always there.
    pub method: String,
    /// Always there.
    pub appendix: String,
    /// Numbered as a part of its own after the appendix.
    pub glossary: Option<String>,
}

/// A term of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct Term<'a> {
    /// The term.
    pub term: Text<'a>,
    /// Its meaning.
    pub meaning: Text<'a>,
}

impl<'a> View<'a> {
    /// Sorts, rounds and words a result of the layout's rulebook.
    #[must_use]
    pub fn new(layout: &'a Layout<'a>, result: &'a MatchedResult<'a>, brand: &'a Brand) -> Self {
        let material = ReportContext::new(layout, result);
        let assessment = result.assessment();
        let numbers = material.numbers();
        let packs = material.packs(&numbers);
        let roadmap = material.roadmap(&packs);
        let summary = material.summary(&packs, &numbers, roadmap.as_ref());
        let mut view = View {
            language: layout
                .rulebook
                .packs
                .first()
                .map_or("en".into(), |pack| Cow::Borrowed(pack.language.as_str())),
            engine: Cow::Borrowed(&assessment.engine),
            brand,
            status: match assessment.status {
                Status::Draft => "Draft",
                Status::Final => "Final",
            },
            subject: Subject {
                client: Cow::Borrowed(&assessment.client.name),
                unit: assessment.client.unit.as_deref().map(Cow::Borrowed),
                facts: material.client_facts(),
                date: result.answers().assessed_on.map(context::date),
                date_iso: assessment.assessed_on.as_deref().map(Cow::Borrowed),
                agreed_later: material.agreed_later(),
            },
            basis: Basis {
                evidenced: assessment.basis == AnswersBasis::Evidenced,
            },
            respondents: material.respondents(),
            many_packs: packs.len() > 1,
            uncertain: assessment.findings.iter().any(|one| !one.certain),
            contents: Contents::new(&packs, !summary.table.is_empty()),
            summary,
            roadmap,
            voices: material.voices(&packs),
            method: material.method(),
            glossary: Vec::new(),
            numbers,
            packs,
        };
        view.glossary = glossary::occurring(&view, &layout.glossary);
        if view.glossary.is_empty() {
            view.numbers.glossary = None;
        }
        view
    }
}
