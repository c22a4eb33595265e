//! Metrics: figures from the numbers that answers and the customer table give. Agreement is made of
//! what is shown of the people who answered, and of nobody else.

use super::{Facts, Reading, State};
use crate::answers::Disclosure;
use crate::message;
use crate::rules::metric::{
    CurveFit, Customer, CustomerBase, MetricKind, Recommendation, Refusal, Result, Stream,
    Treatment, boxes, break_even, cover, difference, ratio, share, shares_of, simple_break_even,
};
use crate::rules::rulebook::{FEWEST_RATINGS, MetricRule};
use crate::text::number::float;

/// A figure of a metric, or why there is none; in the order of the metric's own figures.
pub(crate) type Figures = Vec<Result<f64>>;

impl Facts<'_> {
    /// The figures as readings, each by its place after the first.
    ///
    /// Without a result there is no figure to test. Answers to come bring one only where an input is
    /// open; a refusal for any other reason is final.
    pub(super) fn measure(self, first: usize, rule: &MetricRule) -> impl Iterator<Item = Reading> {
        let made = self.figures(first, rule);
        let inputs = || {
            let nodes = rule.inputs.iter().flatten();
            nodes.filter_map(|node| self.readings.get(*node))
        };
        let open = inputs().any(|one| !one.is_rated() && !one.is_gone());
        let optional = inputs().any(|one| one.optional);
        let may_leave = inputs().any(|one| one.may_leave);
        let figures = rule.kind.spec().figures.iter();
        figures.zip(made).map(move |(figure, made)| {
            let possible = Reading {
                low: figure.least,
                high: figure.most,
                least: figure.least,
                most: figure.most,
                ..Reading::EMPTY
            };
            match made {
                Ok(value) => Reading {
                    value,
                    low: value,
                    high: value,
                    coverage: 1.0,
                    state: State::Rated,
                    optional,
                    may_leave,
                    ..possible
                },
                Err(Refusal::LeftOut) => possible.absent(State::NotApplicable),
                Err(_) if open => possible.dormant(State::NotApplicable),
                Err(_) => possible.absent(State::NotApplicable),
            }
        })
    }

    /// The figures of a metric.
    ///
    /// `first` is the item of the first of them. An input nobody has answered makes
    /// [`Refusal::Open`] without a name: this stage knows no words.
    pub(crate) fn figures(self, first: usize, rule: &MetricRule) -> Figures {
        if let Some(figures) = self.answers.figures.get(&first) {
            let figure = |one: &Option<f64>| one.ok_or(Refusal::NoColumn(""));
            return figures.values.iter().map(figure).collect();
        }
        let inputs = Inputs { rule, facts: self };
        let count = rule.kind.spec().figures.len();
        let made = match rule.kind {
            MetricKind::Nps => inputs.nps(),
            MetricKind::LifetimeValue => inputs.lifetime_value(),
            MetricKind::BreakEven => inputs.break_even(),
            MetricKind::ShareOfCustomer => inputs.share_of_customer(),
            MetricKind::TopBox => inputs.top_box(),
            MetricKind::ValueDifference => inputs.value_difference(),
            MetricKind::Ratio => inputs.ratio(),
            MetricKind::CustomerValue => inputs.customer_base().map(|made| figures_of(&made)),
            MetricKind::Agreement => inputs.agreement(),
            MetricKind::ValueCurve => inputs.value_curve(),
        };
        made.unwrap_or_else(|refusal| vec![Err(refusal); count])
    }

    /// Number of customers of a table of whom it is known how to treat them.
    pub(super) fn treated(self, rule: &MetricRule) -> usize {
        let made = self.customer_base(rule).into_iter();
        let customers = made.flat_map(|one| one.customers);
        customers.filter(|one| one.treatment.is_some()).count()
    }

    /// The customers of a table with their values, where a metric makes them.
    pub(crate) fn customer_base(self, rule: &MetricRule) -> Option<CustomerBase> {
        let inputs = Inputs { rule, facts: self };
        (rule.kind == MetricKind::CustomerValue)
            .then(|| inputs.customer_base().ok())
            .flatten()
    }
}

/// Answers differ from two people on.
const FEWEST_PEOPLE: usize = 2;

/// Everything a metric is computed from.
struct Inputs<'a> {
    rule: &'a MetricRule,
    facts: Facts<'a>,
}

impl Inputs<'_> {
    /// The items of an input, by its place.
    fn nodes(&self, input: usize) -> &[usize] {
        self.rule.inputs.get(input).map_or(&[], Vec::as_slice)
    }

    /// The numbers behind an input, by its place.
    fn numbers(&self, input: usize) -> Result<Vec<f64>> {
        let nodes = self.nodes(input);
        let read = |node: &usize| self.facts.readings.get(*node).filter(|one| one.is_rated());
        let known = nodes.iter().map(|node| read(node).map(|one| one.value));
        let known: Option<Vec<f64>> = known.collect();
        known
            .filter(|known| !known.is_empty())
            .ok_or_else(|| Refusal::Open(Vec::new()))
    }

    fn amount(&self, input: usize) -> Result<f64> {
        Ok(self.numbers(input)?.iter().sum())
    }

    /// A percent as a share.
    fn rate(&self, input: usize) -> Result<f64> {
        Ok(self.amount(input)? / 100.0)
    }

    fn is_left_out(&self, input: usize) -> bool {
        self.nodes(input).is_empty()
    }

    fn table(&self) -> Result<&[Customer]> {
        let table = self.facts.answers.customers.as_deref();
        table.ok_or(Refusal::NoColumn(""))
    }

    fn nps(&self) -> Result<Figures> {
        let survey = if self.rule.table.is_some() {
            let table = self.table()?;
            let asked = table.iter().any(|one| one.recommend.is_some());
            let column = Refusal::NoColumn("recommend");
            let survey = Recommendation::of(table.iter().map(|one| one.recommend))?;
            Some(survey).filter(|_| asked).ok_or(column)?
        } else {
            Recommendation {
                promoters: people(self.amount(0)?)?,
                passives: people(self.amount(1)?)?,
                detractors: people(self.amount(2)?)?,
            }
        };
        let n = float(survey.n());
        let part = |some: usize| ratio(float(some), n).map(|share| share * 100.0);
        Ok(vec![
            survey.score(),
            survey.margin(),
            Ok(n),
            part(survey.promoters),
            part(survey.detractors),
        ])
    }

    fn lifetime_value(&self) -> Result<Figures> {
        let stream = Stream::new(self.amount(0)?, self.rate(1)?, self.rate(2)?)?;
        let timing = self.rule.timing;
        let periods = self.rule.periods;
        let within = periods.map(|periods| stream.within(periods, timing));
        Ok(vec![
            stream.value(timing),
            stream.point(timing),
            within.ok_or(Refusal::LeftOut),
        ])
    }

    fn break_even(&self) -> Result<Figures> {
        let (cost, margin) = (self.amount(0)?, self.amount(1)?);
        let timing = self.rule.timing;
        let simple = simple_break_even(cost, margin);
        let stream = self
            .rate(2)
            .and_then(|retention| Stream::new(margin, retention, self.rate(3)?));
        let retained = stream
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|stream| break_even(cost, stream, timing));
        let cover = stream.and_then(|stream| {
            simple.as_ref().map_err(Clone::clone)?;
            cover(cost, &stream, timing).ok_or(match cost {
                0.0 => Refusal::NothingToShare(message!("the-cost")),
                _ => Refusal::Endless,
            })
        });
        Ok(vec![retained, simple, cover])
    }

    fn share_of_customer(&self) -> Result<Figures> {
        let percent = |share: f64| Ok(share * 100.0);
        if self.rule.table.is_some() {
            let shares = shares_of(self.table()?)?;
            return Ok(vec![
                percent(shares.overall),
                percent(shares.mean),
                percent(shares.median),
                Ok(float(shares.n)),
            ]);
        }
        let overall = share(self.amount(0)?, self.amount(1)?)?;
        let several = || Err(Refusal::LeftOut);
        Ok(vec![percent(overall), several(), several(), several()])
    }

    fn top_box(&self) -> Result<Figures> {
        let (top, second, others) = (self.amount(0)?, self.amount(1)?, self.amount(2)?);
        let shares = boxes(top, second, others)?;
        Ok(vec![
            Ok(shares.top * 100.0),
            Ok(shares.top_two * 100.0),
            Ok(top + second + others),
        ])
    }

    fn value_difference(&self) -> Result<Figures> {
        let own = difference(&self.numbers(0)?, &self.numbers(1)?);
        let rival = || {
            if self.is_left_out(2) || self.is_left_out(3) {
                return Err(Refusal::LeftOut);
            }
            Ok(difference(&self.numbers(2)?, &self.numbers(3)?))
        };
        Ok(vec![Ok(own), rival(), rival().map(|rival| own - rival)])
    }

    fn value_curve(&self) -> Result<Figures> {
        let fit = CurveFit::of(&self.facts.answers.curves)?;
        Ok(vec![
            Ok(fit.given * 100.0),
            fit.lead,
            Ok(float(fit.missing)),
            Ok(float(fit.spare)),
            Ok(float(fit.factors)),
        ])
    }

    fn ratio(&self) -> Result<Figures> {
        Ok(vec![ratio(self.amount(0)?, self.amount(1)?)])
    }

    fn customer_base(&self) -> Result<CustomerBase> {
        CustomerBase::of(self.table()?, self.rate(0).ok())
    }

    fn agreement(&self) -> Result<Figures> {
        let panel = self.facts.answers.disclosure().ok_or(Refusal::OnePerson)?;
        let agreed = self.agreed(panel)?;
        let n = float(agreed.len());
        let lowest = agreed.iter().copied().fold(1.0, f64::min);
        Ok(vec![
            Ok(agreed.iter().sum::<f64>() / n),
            Ok(lowest),
            self.alpha(panel),
            Ok(n),
        ])
    }

    /// The agreement on each rating that has one; at least one has.
    fn agreed(&self, panel: &Disclosure) -> Result<Vec<f64>> {
        let voices = || self.nodes(0).iter().filter_map(|node| panel.answer(*node));
        let spreads = || voices().filter_map(|voice| voice.spread.as_ref());
        let agreed: Vec<f64> = spreads().filter_map(|spread| spread.agreement).collect();
        if !agreed.is_empty() {
            return Ok(agreed);
        }
        Err(if spreads().next().is_some() {
            Refusal::TooFew(FEWEST_PEOPLE)
        } else if self.nodes(0).iter().any(|node| panel.is_closed(*node)) {
            Refusal::Hidden
        } else {
            Refusal::NoAnswers
        })
    }

    fn alpha(&self, panel: &Disclosure) -> Result<f64> {
        let section = self.rule.scale.as_ref().ok_or(Refusal::LeftOut)?;
        if self.nodes(0).len() < FEWEST_RATINGS {
            return Err(Refusal::NoScale(FEWEST_RATINGS));
        }
        let mut scales = panel.who.scales.iter();
        let scale = scales.find(|scale| scale.id == *section);
        scale.map(|scale| scale.alpha).ok_or(Refusal::NoSpread)
    }
}

/// The figures of a customer table's values.
pub(crate) fn figures_of(customer_base: &CustomerBase) -> Figures {
    let percent = |share: Result<f64>| share.map(|share| share * 100.0);
    let top = customer_base.top_fifth.ok_or(Refusal::NoMargin);
    let mut figures = vec![percent(top), percent(Ok(customer_base.losing))];
    figures.extend(Treatment::ALL.map(|one| percent(customer_base.share(one))));
    figures.push(Ok(float(customer_base.customers.len())));
    figures
}

/// A number of people, as integer questions give it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole and at least 0, as checked just before"
)]
fn people(value: f64) -> Result<usize> {
    if value < 0.0 || value.fract() != 0.0 {
        return Err(Refusal::Negative(message!("a-count")));
    }
    Ok(value as usize)
}
