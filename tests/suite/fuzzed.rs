//! The fuzz targets over their corpus, and over every input that ever failed.

use super::sandbox::ROOT;
use std::fs;
use std::path::Path;
use targets::TARGETS;

#[path = "../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "public where it is a crate of its own")]
pub(crate) mod targets;

/// The inputs of a folder by their names; none where there is no folder.
fn inputs(folder: &str, target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(ROOT).join("fuzz").join(folder).join(target);
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|one| one.expect("an input").path()).collect();
    paths.sort();
    let read = |path: &Path| fs::read(path).expect("an input");
    let named = paths
        .iter()
        .map(|path| (path.display().to_string(), read(path)));
    named.collect()
}

#[test]
fn every_input_that_was_found_and_every_one_of_the_corpus_holds() {
    for (name, target) in TARGETS {
        let corpus = inputs("corpus", name);
        assert!(!corpus.is_empty(), "{name} has no corpus");
        for (path, input) in corpus.into_iter().chain(inputs("found", name)) {
            let run = std::panic::catch_unwind(|| target(&input));
            assert!(run.is_ok(), "{path}");
        }
    }
}

#[test]
fn every_target_is_built_and_run() {
    let fuzz = Path::new(ROOT).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).expect("a manifest");
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(
            fuzz.join(format!("fuzz_targets/{name}.rs")).is_file(),
            "{name}"
        );
    }
    let files = fs::read_dir(fuzz.join("fuzz_targets")).expect("targets");
    assert_eq!(files.count(), TARGETS.len());
}
