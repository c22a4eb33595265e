//! What reading costs.

fn main() {
    divan::main();
}
