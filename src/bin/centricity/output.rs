//! Results on standard output, messages on standard error, files written whole or not at all.

mod document;
mod file;
mod stream;

pub(crate) use document::{DocumentArgs, Format, formats, json};
pub(crate) use file::{
    NewFolder, already_there, check_free, create_folder, draft, folder_of, place, place_all,
    print_or_write, write_file,
};
pub(crate) use stream::{Output, ProgressLine, clean, print, print_bytes};
