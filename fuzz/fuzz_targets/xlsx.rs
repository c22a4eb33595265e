#![no_main]

use centricity_fuzz::{one_thread, xlsx};

libfuzzer_sys::fuzz_target!(init: one_thread(), |data: &[u8]| xlsx::run(data));
