//! The two ends of a spread, by name: no more clients than a page can list.

/// So many clients are kept at each end.
const MOST: usize = 20;

/// A client at an end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub(super) value: f64,
    /// Its place among all clients, by path.
    pub(super) order: u64,
    pub(super) path: String,
    pub(super) client: String,
}

/// The lowest and the highest clients; equal ones by their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ends {
    lowest: Vec<End>,
    highest: Vec<End>,
}

impl Ends {
    /// Puts a client where it belongs, if that is among those kept.
    pub(super) fn add(&mut self, value: f64, order: u64, name: impl Fn() -> (String, String)) {
        for (list, sign) in [(&mut self.lowest, 1.0), (&mut self.highest, -1.0)] {
            let place = list.partition_point(|end| {
                let side = (end.value * sign).total_cmp(&(value * sign));
                side.then(end.order.cmp(&order)).is_lt()
            });
            if place >= MOST {
                continue;
            }
            let (path, client) = name();
            let end = End {
                value,
                order,
                path,
                client,
            };
            list.insert(place, end);
            list.truncate(MOST);
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.lowest = merged(&mut self.lowest, other.lowest, 1.0);
        self.highest = merged(&mut self.highest, other.highest, -1.0);
    }

    /// Lowest first.
    pub(super) fn lowest(&self) -> &[End] {
        &self.lowest
    }

    /// Highest first.
    pub(super) fn highest(&self) -> &[End] {
        &self.highest
    }
}

fn merged(own: &mut Vec<End>, other: Vec<End>, sign: f64) -> Vec<End> {
    let mut all = std::mem::take(own);
    all.extend(other);
    all.sort_by(|one, two| {
        let side = (one.value * sign).total_cmp(&(two.value * sign));
        side.then(one.order.cmp(&two.order))
    });
    all.truncate(MOST);
    all
}
