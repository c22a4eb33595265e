//! Spreads of scores in bands of ten points, as far as they are published.

use super::{BAND, Distribution, FEWEST, FEWEST_FOR_HALF};
use crate::message;
use crate::rules::rulebook::local_id;
use crate::text::number::{TOLERANCE, float};
use serde::Serialize;

/// Spread of a score as far as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bands {
    /// Number of clients.
    pub clients: usize,
    /// The median's band by its middle.
    pub median: f64,
    /// The ends of the middle half by the middles of their bands; `None` of fewer than 20 clients.
    pub half: Option<[f64; 2]>,
}

impl Bands {
    /// Bands of a spread of indices; `None` where the clients are too few.
    #[must_use]
    pub fn of(spread: &Distribution) -> Option<Self> {
        let clients = spread.count();
        // The value of one client, with no interpolation (Hyndman and Fan's type 1).
        let at = |share: f64| Some(band(spread.nth((share * float(clients)).ceil() - 1.0)?));
        let half = (clients >= FEWEST_FOR_HALF).then_some([0.25, 0.75].map(at));
        let median = at(0.5).filter(|_| clients >= FEWEST)?;
        Some(Self {
            clients,
            median,
            half: half.and_then(|[low, high]| Some([low?, high?])),
        })
    }

    /// The line of a score in the file.
    pub(super) fn line(&self, id: &str) -> String {
        let (own, clients, median) = (local_id(id), self.clients, self.median);
        let half = |[low, high]: [f64; 2]| message!("half-from-to", low, high);
        let half = self.half.map(half).unwrap_or_default();
        format!("      {own}: {{ clients: {clients}, median: {median}{half} }}\n")
    }
}

/// The middle of the band an index lies in; the last one holds 100 too.
fn band(index: f64) -> f64 {
    let place = ((index + TOLERANCE) / BAND).floor();
    (place.clamp(0.0, 100.0 / BAND - 1.0) + 0.5) * BAND
}
