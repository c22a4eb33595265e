//! Many conditions judged at once: every distinct atom one time, in a flat line, then every
//! condition from the truths of its atoms.
//!
//! Truth is an order, so `all` is the least of its parts, `any` the greatest, and `not` turns the
//! order round. As -1, 0 and 1, `not` is a minus sign, and the greatest of two is the minus of the
//! least of their minuses. What is left of a condition is a row of joints, nearly all of them the
//! lesser of two wires, which a processor passes without a branch. Atoms stand by kind, each with
//! no more than judging it reads; the trees of [`Condition`](super::Condition) stay for whoever
//! explains.

mod lay;

use super::{Atom, Truth};
use crate::evaluate::{Judgement, Listener, Reading};
use std::ops::Range;

/// Conditions, wired for judging.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circuit {
    numbers: Vec<NumberProbe>,
    sets: Vec<SetProbe>,
    /// The distinct atoms in the order of their truths: of numbers, of sets, then all others.
    atoms: Vec<Atom>,
    /// For each atom that the conditions name, the place of its truth.
    named: Vec<(usize, u32)>,
    joints: Vec<Joint>,
    /// What joints of more than two wires read.
    wires: Vec<Wire>,
    roots: Vec<Root>,
}

/// An atom that holds a value to an interval.
#[derive(Debug, Clone, Copy)]
struct NumberProbe {
    node: u32,
    least: f64,
    most: f64,
}

/// An atom that holds choices or outcomes to a set.
#[derive(Debug, Clone, Copy)]
struct SetProbe {
    node: u32,
    several: bool,
    set: u64,
}

/// The place of a truth, with whether it counts the other way round.
#[derive(Debug, Clone, Copy)]
struct Wire {
    place: u32,
    turned: bool,
}

/// How a truth comes of others; its place is that of the joint, after those of all atoms.
#[derive(Debug, Clone)]
enum Joint {
    /// The lesser of two.
    Lesser(Wire, Wire),
    /// At least so many hold, of a range of wires.
    AtLeast(usize, Range<usize>),
}

/// A condition: the joints that are its own, and the wire that brings its truth.
#[derive(Debug, Clone)]
struct Root {
    joints: Range<usize>,
    wire: Wire,
}

impl Circuit {
    /// Every condition judged, in order; whoever listens hears the truth of each atom as the values
    /// stand.
    ///
    /// What surely holds also holds as things stand, so the latter is judged only of what is not
    /// sure.
    pub(crate) fn judge<L: Listener>(
        &self,
        readings: &[Reading],
        listener: &mut L,
    ) -> Vec<Judgement> {
        let mut truths = self.sure(readings);
        let sure = |root: &Root| Judgement::settled(truth(root.wire.of(&truths)));
        let mut judged: Vec<Judgement> = self.roots.iter().map(sure).collect();
        let open = |one: &Judgement| one.surely == Truth::Unknown;
        if !L::HEARS && !judged.iter().any(open) {
            return judged;
        }
        let atoms = truths.iter_mut().zip(&self.atoms);
        for (slot, atom) in atoms.filter(|(slot, _)| **slot == 0) {
            *slot = level(atom.judge(readings));
        }
        let roots = judged.iter_mut().zip(&self.roots);
        for (one, root) in roots.filter(|(one, _)| open(one)) {
            self.join(root.joints.clone(), &mut truths);
            one.holds = truth(root.wire.of(&truths));
        }
        for (atom, place) in self.named.iter().filter(|_| L::HEARS) {
            let heard = truths.get(*place as usize).copied();
            listener.atom(*atom, truth(heard.unwrap_or_default()));
        }
        judged
    }

    /// The truths of all atoms and joints, whatever the open answers turn out to be.
    fn sure(&self, readings: &[Reading]) -> Vec<i8> {
        let count = self.atoms.len() + self.joints.len();
        let mut truths = Vec::with_capacity(count);
        truths.extend(self.numbers.iter().map(|probe| probe.sure(readings)));
        truths.extend(self.sets.iter().map(|probe| probe.sure(readings)));
        let others = self.atoms.iter().skip(truths.len());
        truths.extend(others.map(|atom| level(atom.judge_surely(readings))));
        truths.resize(count, 0);
        self.join(0..self.joints.len(), &mut truths);
        truths
    }

    /// Judges these joints, each from what lies before it.
    fn join(&self, range: Range<usize>, truths: &mut [i8]) {
        let first = self.atoms.len() + range.start;
        let joints = self.joints.get(range).unwrap_or_default();
        for (place, joint) in (first..).zip(joints) {
            let made = match joint {
                Joint::Lesser(one, other) => one.of(truths).min(other.of(truths)),
                Joint::AtLeast(n, parts) => self.at_least(*n, parts, truths),
            };
            if let Some(slot) = truths.get_mut(place) {
                *slot = made;
            }
        }
    }

    fn at_least(&self, n: usize, parts: &Range<usize>, truths: &[i8]) -> i8 {
        let wires = self.wires.get(parts.clone()).unwrap_or_default();
        let reach = |least: i8| wires.iter().filter(|wire| wire.of(truths) >= least).count() >= n;
        settle(true, reach(1), reach(0))
    }
}

impl Wire {
    fn of(self, truths: &[i8]) -> i8 {
        let truth = truths.get(self.place as usize).copied().unwrap_or(0);
        if self.turned { -truth } else { truth }
    }
}

impl NumberProbe {
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "a branch on either half would be guessed, and often wrongly"
    )]
    fn sure(&self, readings: &[Reading]) -> i8 {
        readings.get(self.node as usize).map_or(0, |reading| {
            settle(
                reading.is_firm(),
                (self.least <= reading.low) & (reading.high <= self.most),
                (self.least <= reading.high) & (reading.low <= self.most),
            )
        })
    }
}

impl SetProbe {
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "a branch on either half would be guessed, and often wrongly"
    )]
    fn sure(&self, readings: &[Reading]) -> i8 {
        readings.get(self.node as usize).map_or(0, |reading| {
            let within = (reading.possible & !self.set == 0) & (reading.possible != 0);
            let touched = reading.sure & self.set != 0;
            settle(
                reading.is_firm(),
                if self.several { touched } else { within },
                reading.possible & self.set != 0,
            )
        })
    }
}

/// 1 where it surely holds, 0 where it may or nothing can be said, -1 otherwise.
fn settle(firm: bool, surely: bool, maybe: bool) -> i8 {
    i8::from(firm) * (i8::from(surely) + i8::from(surely | maybe) - 1)
}

fn level(truth: Truth) -> i8 {
    truth as i8 - Truth::Unknown as i8
}

fn truth(level: i8) -> Truth {
    match level {
        1.. => Truth::True,
        0 => Truth::Unknown,
        ..=-1 => Truth::False,
    }
}
