#![no_main]

use centricity_fuzz::{csv, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| csv::run(data));
