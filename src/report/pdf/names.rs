//! Names of the parts of a PDF, in reading order.
//!
//! Cells of a table name their heads. A browser takes the names from a counter of its own, which comes
//! out otherwise where the machine is busy, so a copy names the parts anew.

use hayro_syntax::object::{Array, Dict, MaybeRef, ObjRef, Object, String as Text};
use hayro_syntax::xref::XRef;
use std::collections::{BTreeMap, HashSet};

/// Names of parts.
#[derive(Default)]
pub(super) struct Names {
    /// The new name of each part, by its name before.
    pub(super) given: BTreeMap<Vec<u8>, String>,
    /// The parts that have a name, in the order of their new names.
    pub(super) parts: Vec<(String, ObjRef)>,
    /// The index from names to parts.
    pub(super) index: Option<ObjRef>,
}

impl Names {
    /// Names the parts of a document in reading order.
    pub(super) fn read(xref: &XRef) -> Self {
        let mut names = Self::default();
        let root = xref.get::<Dict<'_>>(xref.root_id());
        let Some(tree) = root.and_then(|root| root.get::<Dict<'_>>("StructTreeRoot")) else {
            return names;
        };
        names.index = tree.get_ref("IDTree");
        let mut seen = HashSet::new();
        let mut waiting = children(&tree);
        while let Some(part) = waiting.pop() {
            if !seen.insert(part) {
                continue;
            }
            let Some(dict) = xref.get::<Dict<'_>>(part.into()) else {
                continue;
            };
            if let Some(name) = dict.get::<Text<'_>>("ID") {
                let new = format!("part{:08}", names.parts.len() + 1);
                names.given.insert(name.as_bytes().to_vec(), new.clone());
                names.parts.push((new, part));
            }
            waiting.extend(children(&dict));
        }
        names
    }
}

/// The parts below a part, the last first.
fn children(part: &Dict<'_>) -> Vec<ObjRef> {
    let one = part
        .get_ref("K")
        .filter(|_| part.get::<Array<'_>>("K").is_none());
    let list = part.get::<Array<'_>>("K").into_iter();
    let list = list.flat_map(|list| list.raw_iter().collect::<Vec<MaybeRef<Object<'_>>>>());
    let list = list.filter_map(|child| child.as_obj_ref());
    let mut all: Vec<ObjRef> = one.into_iter().chain(list).collect();
    all.reverse();
    all
}
