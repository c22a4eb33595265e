//! Text for a terminal of 80 columns: the blocks of any document, the reasons of a figure, and the
//! questions of an interview. Everything is said in words and figures; colour only repeats it.

mod blocks;
mod explanation;
mod lay;
mod question;

pub use blocks::blocks;
pub use explanation::explanation;
pub use lay::narrowed;
pub use question::{commands, given, grades, question, section};
