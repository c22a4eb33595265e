//! Packs and templates travel inside the binary: a new file among them is a reason to build again.

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=templates");
}
