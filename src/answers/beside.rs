//! What stands beside the answers, for metrics alone: the customer table and the value curves.

use super::Answers;
use crate::metric::curve::Curve;
use crate::metric::customers::Customer;

impl Answers {
    /// The customer table, where there is one.
    #[must_use]
    pub fn customers(&self) -> Option<&[Customer]> {
        self.customers.as_deref()
    }

    /// The same answers beside a customer table.
    #[must_use]
    pub fn beside(self, customers: Vec<Customer>) -> Self {
        Self {
            customers: Some(customers.into()),
            ..self
        }
    }

    /// The value curves; empty where there are none.
    #[must_use]
    pub fn curves(&self) -> &[Curve] {
        &self.curves
    }

    /// The same answers beside value curves.
    #[must_use]
    pub fn along(self, curves: Vec<Curve>) -> Self {
        Self {
            curves: curves.into(),
            ..self
        }
    }
}
