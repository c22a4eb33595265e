//! Sentences about several figures of a metric.

use super::Made;
use super::curves::misfits;
use crate::rules::metric::{MetricKind, TableName};
use crate::text::number::TOLERANCE;
use crate::text::number::rounded;

/// A survey of fewer people, or with a wider margin in points, gives a direction and no mark.
const FEW: f64 = 100.0;
const WIDE: f64 = 10.0;
/// Shares nearer than this, in points, are told as alike.
const ALIKE: f64 = 0.05;

impl Made<'_> {
    /// Note to read with the first figure, in one line; empty where there is none.
    pub(super) fn note(&self) -> String {
        let said = |id: &str| self.says(id);
        let note = match self.result.metric {
            MetricKind::Nps => said("margin")
                .zip(said("n"))
                .map(|(margin, n)| format!("give or take {margin}; {n} answers")),
            MetricKind::LifetimeValue => {
                said("point").map(|point| format!("one more point of retention: {point}"))
            }
            MetricKind::BreakEven => self
                .figure("retained")
                .filter(|_| self.value("simple").is_some())
                .map(|one| format!("with customers who leave: {}", one.says)),
            MetricKind::ShareOfCustomer => {
                said("mean").map(|mean| format!("mean of the customers: {mean}"))
            }
            MetricKind::TopBox => said("top-two").map(|both| format!("best two boxes: {both}")),
            MetricKind::ValueDifference => {
                said("lead").map(|lead| format!("lead over the next best: {lead}"))
            }
            MetricKind::CustomerValue => said("losing").map(|losing| {
                format!("brought by the most valuable fifth; {losing} of customers at a loss")
            }),
            MetricKind::ValueCurve => said("missing")
                .map(|missing| format!("factors much wanted and little given: {missing}")),
            MetricKind::Ratio | MetricKind::Agreement => None,
        };
        let why = || self.result.figures.first()?.because.clone();
        note.or_else(why).unwrap_or_default()
    }

    /// Sentences about the figures together; at most one.
    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = match self.result.metric {
            MetricKind::Nps => self.interval(),
            MetricKind::BreakEven => self.leaving(),
            MetricKind::ShareOfCustomer => self.weighing(),
            MetricKind::TopBox => self.second_box(),
            MetricKind::ValueCurve => Some(misfits(&self.result.curves)),
            MetricKind::LifetimeValue
            | MetricKind::ValueDifference
            | MetricKind::Ratio
            | MetricKind::CustomerValue
            | MetricKind::Agreement => None,
        };
        sentence.into_iter().collect()
    }

    /// Caution in reading a survey; `None` for other metrics, or where it is large enough.
    pub(super) fn caution(&self) -> Option<String> {
        if self.result.metric != MetricKind::Nps {
            return None;
        }
        let few = self.value("n")? < FEW;
        let wide = self.value("margin")? > WIDE;
        let few = few.then(|| format!("fewer than 100 {} answered", self.who()));
        let wide = wide.then(|| "the margin is above 10 points".to_owned());
        let why: Vec<String> = few.into_iter().chain(wide).collect();
        if why.is_empty() {
            return None;
        }
        let why = why.join(", and ");
        Some(format!("Read it as a direction, not as a mark: {why}."))
    }

    /// Who gave the answers: in a customer table, one stands for each customer.
    fn who(&self) -> &'static str {
        let mut inputs = self.result.inputs.iter();
        if inputs.any(|one| one.id == TableName::Customers.id()) {
            "customers"
        } else {
            "people"
        }
    }

    fn interval(&self) -> Option<String> {
        let (score, margin) = (self.value("score")?, self.value("margin")?);
        let (low, high) = ((score - margin).max(-100.0), (score + margin).min(100.0));
        let who = self.who();
        Some(format!(
            "{} {who} answered. Had others of the same customers been asked, a score anywhere from {} to {} would be no surprise.",
            self.says("n")?,
            rounded(low, 0),
            rounded(high, 0)
        ))
    }

    fn leaving(&self) -> Option<String> {
        let simple = self.says("simple")?;
        match (self.value("retained"), self.says("retained")) {
            (Some(value), Some(retained)) if value > self.value("simple")? + TOLERANCE => {
                Some(format!(
                    "Customers who leave, and money that loses worth, turn {simple} into {retained}."
                ))
            }
            (None, _) if self.figure("retained")?.says == "never" => {
                let cover = self.says("cover");
                let cover = cover.map_or_else(String::new, |cover| {
                    format!(": all margins to come add up to {cover} the cost")
                });
                Some(format!(
                    "If nobody left, the cost would be back after {simple}. With the customers who leave it never is{cover}."
                ))
            }
            _ => None,
        }
    }

    fn weighing(&self) -> Option<String> {
        let apart = self.value("overall")? - self.value("mean")?;
        let more = match apart {
            apart if apart > ALIKE => "more",
            apart if apart < -ALIKE => "less",
            _ => return None,
        };
        Some(format!(
            "Those who spend much in the category spend {more} of it here than those who spend little."
        ))
    }

    fn second_box(&self) -> Option<String> {
        let second = self.value("top-two")? - self.value("top")?;
        Some(format!(
            "The second best box adds {} points; told only together, the two would hide how many are fully satisfied.",
            rounded(second, 1)
        ))
    }
}
