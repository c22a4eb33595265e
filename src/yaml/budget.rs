//! How much one file may ask of us, so that no file can ask for too much.

/// The limits of one file; the default is far above what a person writes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of the file.
    pub file: usize,
    /// Lists and maps inside one another, aliases followed.
    pub depth: usize,
    /// Values and keys, aliases followed.
    pub nodes: usize,
    /// Uses of an alias.
    pub aliases: usize,
    /// Bytes of text in all values and keys, aliases followed.
    pub text: usize,
    /// Problems told of one file.
    pub problems: usize,
    /// Values looked at while gathering the problems of a bad file, all passes together.
    pub work: usize,
}

impl Budget {
    /// The default, for use in constants.
    pub const DEFAULT: Self = Self {
        file: 8 << 20,
        depth: 64,
        nodes: 1_000_000,
        aliases: 1_000,
        text: 16 << 20,
        problems: 200,
        work: 4_000_000,
    };
}

impl Default for Budget {
    fn default() -> Self {
        Self::DEFAULT
    }
}
