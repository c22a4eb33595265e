//! Things by id, in the order in which they were first met.

use std::collections::HashMap;

/// A list that finds its entries by their id.
#[derive(Debug, Clone)]
pub(super) struct Ordered<T> {
    list: Vec<(String, T)>,
    places: HashMap<String, usize>,
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T> Ordered<T> {
    /// The entry of an id, made where there is none.
    pub(super) fn entry(&mut self, id: &str, make: impl FnOnce() -> T) -> Option<&mut T> {
        let place = if let Some(place) = self.places.get(id) {
            *place
        } else {
            self.places.insert(id.to_owned(), self.list.len());
            self.list.push((id.to_owned(), make()));
            self.list.len() - 1
        };
        self.list.get_mut(place).map(|(_, entry)| entry)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.list.iter().map(|(id, entry)| (id.as_str(), entry))
    }

    /// Takes in what another list holds; `add` joins two entries of one id.
    pub(super) fn absorb(&mut self, other: Self, add: impl Fn(&mut T, T)) {
        for (id, entry) in other.list {
            if let Some(place) = self.places.get(&id) {
                if let Some((_, own)) = self.list.get_mut(*place) {
                    add(own, entry);
                }
            } else {
                self.places.insert(id.clone(), self.list.len());
                self.list.push((id, entry));
            }
        }
    }
}
