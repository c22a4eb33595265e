//! The command line of centricity.

fn main() {}
