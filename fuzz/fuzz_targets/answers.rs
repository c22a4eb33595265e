#![no_main]

use centricity_fuzz::{answers, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| answers::run(data));
