//! What stands beside the answers, for metrics alone: the customer table and the value curves.

use super::Answers;
use crate::rules::metric::curve::Curve;
use crate::rules::metric::customers::Customer;

/// What a result keeps of a customer table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TableFigures {
    /// The figures of the metric.
    pub(crate) values: Vec<Option<f64>>,
    /// How many customers there are of whom it is known how to treat them.
    pub(crate) treated: usize,
}

impl Answers {
    /// The customer table, where there is one.
    #[must_use]
    pub fn customers(&self) -> Option<&[Customer]> {
        self.customers.as_deref()
    }

    /// The same answers beside a customer table.
    #[must_use]
    pub fn with_customers(self, customers: Vec<Customer>) -> Self {
        Self {
            customers: Some(customers.into()),
            ..self
        }
    }

    /// The figures of a metric that reads the customer table, by its first item, where they are
    /// taken from a result because the table is not at hand.
    pub(crate) fn figures(&self, metric: usize) -> Option<&TableFigures> {
        self.figures.get(&metric)
    }

    /// The value curves; empty where there are none.
    #[must_use]
    pub fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// The same answers beside value curves.
    #[must_use]
    pub fn with_curves(self, curves: Vec<Curve>) -> Self {
        Self {
            curves: curves.into(),
            ..self
        }
    }
}
