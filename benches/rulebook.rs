//! What a rulebook costs: the organisation pack from its embedded text, and linking alone.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use centricity::diagnostic::{Diagnostics, Sources};
use centricity::pack::{Loaded, builtin};
use centricity::rulebook::Rulebook;

fn main() {
    divan::main();
}

fn loaded() -> Loaded {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    Loaded::load(
        builtin::find("organisation").unwrap(),
        &mut sources,
        &mut problems,
    )
    .unwrap()
}

#[divan::bench]
fn organisation_from_text() -> Rulebook {
    Rulebook::link(&[loaded()], &mut Diagnostics::new()).unwrap()
}

#[divan::bench]
fn organisation_read() -> Loaded {
    loaded()
}

#[divan::bench]
fn organisation_linked(bencher: divan::Bencher<'_, '_>) {
    let packs = [loaded()];
    bencher.bench(|| Rulebook::link(&packs, &mut Diagnostics::new()).unwrap());
}
