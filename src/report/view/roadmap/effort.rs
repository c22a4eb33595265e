//! Effort of a step compared with the gap it works on.

use crate::assess::assessment::{FitState, RaiseResult};
use crate::report::chart::whole;
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, counted};
use crate::rules::pack::file::Size;
use crate::rules::rulebook::words::list;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use serde::Serialize;
use std::borrow::Cow;

/// A cell names this many questions.
const MOST_NAMED: usize = 3;

/// Open ratings by effort, from left to right, and by gap, the widest first.
#[derive(Debug, Clone, Serialize)]
pub struct EffortGrid<'a> {
    /// "low", "medium", "high".
    pub columns: [&'static str; 3],
    /// The widest gap first, then questions without an answer; rows without any are left out.
    pub rows: Vec<EffortRow<'a>>,
    /// True if a star marks any name: a quick win.
    pub starred: bool,
    /// Content of the grid, in one or two sentences.
    pub caption: String,
}

/// Questions of one gap.
#[derive(Debug, Clone, Serialize)]
pub struct EffortRow<'a> {
    /// "3 steps" or "not answered".
    pub label: String,
    /// One per effort.
    pub cells: Vec<EffortCell<'a>>,
}

/// Questions of one gap and one effort.
#[derive(Debug, Clone, Serialize)]
pub struct EffortCell<'a> {
    /// Number of questions; "" where there are none.
    pub count: String,
    /// The first of them: quick wins, then by priority.
    pub names: Vec<Named<'a>>,
    /// "and 4 more"; null where all are named.
    pub more: Option<String>,
    /// Shade, `0..=4`: how many of all open ones stand here.
    pub shade: u8,
}

/// A question of a cell.
#[derive(Debug, Clone, Serialize)]
pub struct Named<'a> {
    /// Name.
    pub label: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: Option<&'a str>,
    /// A quick win.
    pub quick: bool,
}

impl<'a> ReportContext<'a> {
    pub(super) fn effort_grid(&self) -> Option<EffortGrid<'a>> {
        let raises = &self.assessment.plan;
        let most = self.most_in_a_cell(raises);
        let rows = [4, 3, 2, 1].map(Gap::Steps).into_iter();
        let rows = rows.chain([Gap::Open, Gap::Hidden]).filter_map(|gap| {
            let cells = [Size::Low, Size::Medium, Size::High].map(|effort| {
                let here: Vec<&'a RaiseResult> = raises
                    .iter()
                    .filter(|one| one.effort == effort && self.gap_of(one) == gap)
                    .collect();
                self.cell(&here, most)
            });
            let label = match gap {
                Gap::Steps(steps) => counted(steps, "step", "steps"),
                Gap::Open => "no answer yet".to_owned(),
                Gap::Hidden => "hidden".to_owned(),
            };
            let any = cells.iter().any(|cell| !cell.count.is_empty());
            any.then_some(EffortRow {
                label,
                cells: cells.into(),
            })
        });
        let rows: Vec<EffortRow<'a>> = rows.collect();
        let quick = raises.iter().filter(|one| one.quick_win).count();
        let one = raises.len() == 1;
        let open = counted(raises.len(), "rating", "ratings");
        let counts = if one { "counts" } else { "count" };
        let stands = if one { "stands" } else { "stand" };
        let of = |gap: Gap| raises.iter().filter(|one| self.gap_of(one) == gap).count();
        let mut unanswered = match of(Gap::Open) {
            0 => String::new(),
            many => format!(
                ", or {} no answer yet ({many})",
                if one { "has" } else { "have" }
            ),
        };
        let hidden = of(Gap::Hidden);
        if hidden > 0 {
            let be = if one { "is" } else { "are" };
            unanswered =
                format!("{unanswered}, or {be} hidden because too few people answered ({hidden})");
        }
        let wins = match quick {
            0 => "None of them is a quick win.".to_owned(),
            1 => "One of them is a quick win.".to_owned(),
            many => format!("{many} of them are quick wins."),
        };
        (!rows.is_empty()).then(|| EffortGrid {
            columns: ["low", "medium", "high"],
            starred: quick > 0,
            rows,
            caption: format!(
                "{open} that {counts} towards a level, a headline or a gate {stands} below the target or the top{unanswered}. {wins}{}",
                self.over_built()
            ),
        })
    }

    /// The packs that are over-built, so that none of their ratings is a gap.
    fn over_built(&self) -> String {
        let over = self.reading_order().filter(|place| {
            let fit = self.fit(*place);
            fit.is_some_and(|fit| fit.state == FitState::OverBuilt)
        });
        let titles: Vec<String> = over
            .filter_map(|place| Some(format!("“{}”", self.rulebook.packs.get(place)?.title)))
            .collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        if titles.is_empty() {
            return String::new();
        }
        let names = list(&titles);
        format!(" Ratings of {names} are left out: more is built there than is called for.")
    }

    /// Distance of a question from its goal, or the reason why it is not known.
    fn gap_of(&self, raise: &RaiseResult) -> Gap {
        let mut questions = self.assessment.questions.iter();
        match steps(raise) {
            Some(steps) => Gap::Steps(steps),
            None if questions.any(|one| one.id == raise.id && one.is_closed()) => Gap::Hidden,
            None => Gap::Open,
        }
    }

    fn most_in_a_cell(&self, raises: &[RaiseResult]) -> usize {
        let mut counts = [0_usize; 18];
        for one in raises {
            let row = match self.gap_of(one) {
                Gap::Steps(steps) => steps,
                Gap::Open => 0,
                Gap::Hidden => 5,
            };
            let place = row * 3 + column(one.effort);
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
        counts.into_iter().max().unwrap_or(0).max(1)
    }

    fn cell(&self, here: &[&'a RaiseResult], most: usize) -> EffortCell<'a> {
        let (quick, others): (Vec<&&RaiseResult>, Vec<&&RaiseResult>) =
            here.iter().partition(|one| one.quick_win);
        let named = quick.into_iter().chain(others).take(MOST_NAMED);
        let named = named.map(|one| Named {
            label: Cow::Borrowed(one.label.trim_end_matches('?')),
            anchor: self.anchor(&one.id),
            quick: one.quick_win,
        });
        let more = here.len().saturating_sub(MOST_NAMED);
        EffortCell {
            count: if here.is_empty() {
                String::new()
            } else {
                here.len().to_string()
            },
            names: named.collect(),
            more: (more > 0).then(|| format!("and {more} more")),
            shade: u8::try_from((here.len() * 4).div_ceil(most)).unwrap_or(4),
        }
    }
}

/// A row of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Steps(usize),
    Open,
    Hidden,
}

/// Steps to take, 1 to 4: from between two anchors the first leads to the upper one. `None` without
/// an answer.
fn steps(raise: &RaiseResult) -> Option<usize> {
    if raise.state != State::Rated {
        return None;
    }
    let most = (1..4).find(|steps| raise.gap <= whole(*steps) + TOLERANCE);
    Some(most.unwrap_or(4))
}

fn column(effort: Size) -> usize {
    match effort {
        Size::Low => 0,
        Size::Medium => 1,
        Size::High => 2,
    }
}
