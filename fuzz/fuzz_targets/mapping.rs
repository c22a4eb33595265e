#![no_main]

use centricity_fuzz::{mapping, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| mapping::run(data));
