//! Writes a folder of made-up clients, to try a portfolio of any size:
//! `cargo run --release --example made_up_clients -- DIR COUNT`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "an example that cannot write has nothing to go on with"
)]

#[path = "../tests/suite/made_up.rs"]
mod made_up;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else {
        eprintln!("usage: made_up_clients DIR COUNT");
        return;
    };
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    let count = count.parse().expect("a count");
    made_up::write(Path::new(folder), &rulebook, count, 60);
}
