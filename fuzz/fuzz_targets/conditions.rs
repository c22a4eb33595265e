#![no_main]

use centricity_fuzz::{conditions, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| conditions::run(data));
