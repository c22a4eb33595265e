//! Packs, templates and the pack that `pack new` begins travel inside the binary: a new file among them
//! is a reason to build again.

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=src/bin/centricity/command/pack/new");
}
