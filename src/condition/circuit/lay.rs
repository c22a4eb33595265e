//! From trees of conditions to a circuit.

use super::{Circuit, Joint, NumberProbe, Root, SetProbe, Wire};
use crate::condition::{Atom, Condition, Interval, Test};
use std::collections::HashMap;

/// The place of the truth of each atom that is named.
type Places = HashMap<usize, u32>;

impl Circuit {
    /// Wires the conditions up, in their order.
    pub(crate) fn new<'c>(
        atoms: &[Atom],
        conditions: impl Iterator<Item = &'c Condition> + Clone,
    ) -> Self {
        let mut circuit = Self::default();
        circuit.probe(atoms, conditions.clone());
        let places = circuit.named.iter().copied().collect();
        for condition in conditions {
            let from = circuit.joints.len();
            let wire = circuit.wire(condition, &places);
            let joints = from..circuit.joints.len();
            circuit.roots.push(Root { joints, wire });
        }
        circuit
    }

    /// Lays out the atoms of the conditions by kind, like ones once.
    fn probe<'c>(&mut self, atoms: &[Atom], conditions: impl Iterator<Item = &'c Condition>) {
        let named = conditions.flat_map(Condition::atoms).map(|(atom, _)| atom);
        let mut named: Vec<(usize, Atom)> = named
            .map(|atom| (atom, atoms.get(atom).cloned().unwrap_or(Atom::NOT_ASKED)))
            .collect();
        named.sort_by_key(|(_, atom)| match atom.test {
            Test::Number(_) => 0,
            Test::OneOf(_) | Test::SomeOf(_) => 1,
            Test::Any | Test::Index(_) | Test::Unknown | Test::NotApplicable => 2,
        });
        let mut places: HashMap<Alike, u32> = HashMap::new();
        for (index, atom) in named {
            let next = narrow(self.atoms.len());
            let place = *places.entry(alike(&atom)).or_insert(next);
            self.named.push((index, place));
            if place == next {
                self.lay(&atom);
                self.atoms.push(atom);
            }
        }
    }

    fn lay(&mut self, atom: &Atom) {
        let node = narrow(atom.node);
        match &atom.test {
            Test::Number(interval) => {
                let [least, most] = interval.ends();
                self.numbers.push(NumberProbe { node, least, most });
            }
            Test::OneOf(set) | Test::SomeOf(set) => self.sets.push(SetProbe {
                node,
                several: matches!(atom.test, Test::SomeOf(_)),
                set: *set,
            }),
            Test::Any | Test::Index(_) | Test::Unknown | Test::NotApplicable => {}
        }
    }

    fn wire(&mut self, condition: &Condition, places: &Places) -> Wire {
        match condition {
            Condition::Atom(atom) => places.get(atom).map_or(Wire::LOOSE, |place| Wire {
                place: *place,
                turned: false,
            }),
            Condition::Not(part) => self.wire(part, places).turned(true),
            Condition::All(parts) => self.least(parts, false, places),
            Condition::Any(parts) => self.least(parts, true, places).turned(true),
            Condition::AtLeast(n, parts) => {
                let wires: Vec<Wire> = parts.iter().map(|part| self.wire(part, places)).collect();
                let from = self.wires.len();
                self.wires.extend(wires);
                self.joint(Joint::AtLeast(*n, from..self.wires.len()))
            }
        }
    }

    /// The least of the parts, each turned round first where that is wanted.
    fn least(&mut self, parts: &[Condition], turned: bool, places: &Places) -> Wire {
        let mut least = None;
        for part in parts {
            let wire = self.wire(part, places).turned(turned);
            least = Some(match least {
                None => wire,
                Some(before) => self.joint(Joint::Lesser(before, wire)),
            });
        }
        least.unwrap_or(Wire::LOOSE)
    }

    fn joint(&mut self, joint: Joint) -> Wire {
        let place = narrow(self.atoms.len() + self.joints.len());
        self.joints.push(joint);
        Wire {
            place,
            turned: false,
        }
    }
}

impl Wire {
    /// One that ends nowhere: never known.
    const LOOSE: Self = Self {
        place: u32::MAX,
        turned: false,
    };

    fn turned(self, turned: bool) -> Self {
        Self {
            turned: self.turned != turned,
            ..self
        }
    }
}

/// What tells two tests of one item apart.
type Alike = (usize, u8, [u64; 2]);

fn alike(atom: &Atom) -> Alike {
    let ends = |interval: &Interval| interval.ends().map(f64::to_bits);
    let (kind, limits) = match &atom.test {
        Test::Any => (0, [0; 2]),
        Test::Number(interval) => (1, ends(interval)),
        Test::Index(interval) => (2, ends(interval)),
        Test::OneOf(set) => (3, [*set, 0]),
        Test::SomeOf(set) => (4, [*set, 0]),
        Test::Unknown => (5, [0; 2]),
        Test::NotApplicable => (6, [0; 2]),
    };
    (atom.node, kind, limits)
}

/// Places fit in 32 bits: what a pack's size allows stays far below, and anything above is no place.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
