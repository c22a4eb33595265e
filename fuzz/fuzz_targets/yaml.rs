#![no_main]

use centricity_fuzz::{one_thread, yaml};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| yaml::run(data));
