#![no_main]

use centricity_fuzz::{edit, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| edit::run(data));
