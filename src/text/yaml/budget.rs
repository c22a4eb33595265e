//! Limits of one file, so that no file can ask for too much.

use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId};

/// The limits of one file; the default is far above what a person writes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of the file.
    pub file: usize,
    /// Lists and maps inside one another, aliases followed.
    pub depth: usize,
    /// Values and keys, aliases followed.
    pub nodes: usize,
    /// The signs `, ? & ! * [ {`, in text too. The parser holds back a whole flow list until it
    /// knows that it is no key, and so takes hundreds of bytes for each sign.
    pub signs: usize,
    /// Uses of an alias.
    pub aliases: usize,
    /// Bytes of text in all values and keys, aliases followed.
    pub text: usize,
    /// Problems shown of one file.
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
        signs: 300_000,
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

/// Size of a value within its document, aliases followed.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Weight {
    pub(super) nodes: usize,
    pub(super) text: usize,
}

impl Weight {
    pub(super) fn grow(&mut self, more: Self) {
        self.nodes = self.nodes.saturating_add(more.nodes);
        self.text = self.text.saturating_add(more.text);
    }
}

/// The part of the budget that a document has used so far.
pub(super) struct Meter<'b> {
    budget: &'b Budget,
    spent: Weight,
    aliases: usize,
}

impl<'b> Meter<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self {
            budget,
            spent: Weight::default(),
            aliases: 0,
        }
    }

    /// Nodes so far, aliases followed.
    pub(super) fn nodes(&self) -> usize {
        self.spent.nodes
    }

    /// Keeps a problem, unless there are more than will be shown.
    pub(super) fn keep(&self, problems: &mut Vec<Diagnostic>, problem: Diagnostic) {
        if problems.len() <= self.budget.problems {
            problems.push(problem);
        }
    }

    /// Refuses a level below the deepest one allowed.
    pub(super) fn descend(&self, depth: usize, at: Place) -> Result<(), Diagnostic> {
        if depth <= self.budget.depth {
            return Ok(());
        }
        Err(too_deep(at, self.budget.depth))
    }

    /// Counts a value.
    pub(super) fn add(&mut self, more: Weight, at: Place) -> Result<(), Diagnostic> {
        if self.fits(more) {
            return Ok(());
        }
        let message = message!("the-file-holds-more-than-values", nodes = self.budget.nodes);
        Err(Diagnostic::error(Code::TooManyNodes, message)
            .at(at)
            .help(message!("split-the-file-into-several")))
    }

    /// Counts a value again.
    pub(super) fn repeat(&mut self, more: Weight, at: Place) -> Result<(), Diagnostic> {
        self.aliases += 1;
        let message = if self.aliases > self.budget.aliases {
            message!(
                "aliases-are-used-more-than-times",
                aliases = self.budget.aliases
            )
        } else if self.fits(more) {
            return Ok(());
        } else {
            message!("with-its-aliases-written-out").to_owned()
        };
        Err(Diagnostic::error(Code::TooManyAliases, message)
            .at(at)
            .help(message!("write-the-repeated-part-out-or-split")))
    }

    fn fits(&mut self, more: Weight) -> bool {
        self.spent.grow(more);
        self.spent.nodes <= self.budget.nodes && self.spent.text <= self.budget.text
    }
}

pub(super) fn too_deep(at: Place, depth: usize) -> Diagnostic {
    let message = message!("lists-and-maps-are-nested-more-than", depth);
    Diagnostic::error(Code::TooDeep, message)
        .at(at)
        .help(message!(
            "flatten-the-file-nothing-in-it-needs-to-be-that-deep"
        ))
}

/// Refuses, before it is parsed, a text too long or with too many signs; a colon is two values.
pub(super) fn admit(text: &str, source: SourceId, budget: &Budget) -> Result<(), Diagnostic> {
    let is_sign = |it: &u8| matches!(it, b',' | b'?' | b'&' | b'!' | b'*' | b'[' | b'{');
    let (code, message) = if text.len() > budget.file {
        let message = message!("the-file-is-longer-than-bytes", file = budget.file);
        (Code::FileTooLarge, message)
    } else if text.bytes().filter(is_sign).count() > budget.signs {
        let message = message!("the-file-holds-more-than-commas", signs = budget.signs);
        (Code::TooManyNodes, message)
    } else if text.bytes().filter(|it| *it == b':').count() > budget.nodes / 2 {
        let message = message!("the-file-holds-more-than-values", nodes = budget.nodes);
        (Code::TooManyNodes, message)
    } else {
        return Ok(());
    };
    Err(Diagnostic::error(code, message)
        .at(Place::beginning(source))
        .help(message!("split-the-file-into-several")))
}
