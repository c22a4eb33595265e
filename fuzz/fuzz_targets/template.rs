#![no_main]

use centricity_fuzz::{one_thread, template};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| template::run(data));
