#![no_main]

use centricity_fuzz::{import, one_thread};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| import::run(data));
