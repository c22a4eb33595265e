#![no_main]

use centricity_fuzz::{one_thread, packs};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| packs::run(data));
