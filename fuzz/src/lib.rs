//! Fuzz targets: one function each, over any bytes. It panics where a promise of `docs/safety.md` is
//! broken.
//!
//! `fuzz_targets` gives them to libFuzzer; the suite runs them over the corpus and all inputs that
//! were found.

pub mod answers;
pub mod conditions;
pub mod csv;
pub mod edit;
pub mod import;
pub mod mapping;
mod ours;
pub mod packs;
mod problems;
pub mod readings;
pub mod template;
pub mod xlsx;
pub mod yaml;

/// A target over bytes.
pub type Target = fn(&[u8]);

/// All targets by their names.
pub const TARGETS: [(&str, Target); 10] = [
    ("answers", answers::run),
    ("conditions", conditions::run),
    ("csv", csv::run),
    ("edit", edit::run),
    ("import", import::run),
    ("mapping", mapping::run),
    ("packs", packs::run),
    ("template", template::run),
    ("xlsx", xlsx::run),
    ("yaml", yaml::run),
];

/// A line between the files of an input that holds several.
const BETWEEN: &str = "\n%%\n";

/// The bytes as text; `None` where they are none, which is tried by the target `yaml`.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A number made of all bytes, FNV-1a: what an input does not say is chosen by it.
fn number(data: &[u8]) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    data.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Lets all work be done on the thread of the fuzzer, so that an input always takes the same way.
#[cfg(not(test))]
pub fn one_thread() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread();
    // A second call finds the pool built.
    drop(pool.build_global());
}
