//! Texts of findings, read once: their calls checked, the items they name looked up.

use super::Linker;
use crate::rules::rulebook::text::{Call, Function, Piece, Test, Text, TextQuestion};
use crate::rules::rulebook::{Item, ItemKind};
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::yaml::Located;
use crate::{message, problem};

/// Choices inside one another.
const DEEPEST: usize = 8;
/// Calls in a text, each of which may give a thousand letters.
const MOST_CALLS: usize = 200;
/// Letters that a problem repeats of a text.
const MOST_LETTERS: usize = 30;

type Result<T> = std::result::Result<T, Diagnostic>;

impl Linker<'_> {
    /// Reads a text of a pack; `None` where it has a problem.
    pub(super) fn text(&mut self, pack: usize, text: &Located<String>) -> Option<Text> {
        let mut reader = TextReader {
            linker: self,
            pack,
            rest: &text.value,
            place: text.place,
            calls: 0,
        };
        let read = reader.text(0).and_then(|text| {
            if reader.rest.is_empty() {
                Ok(text)
            } else {
                Err(reader.unexpected("`if`"))
            }
        });
        read.map_err(|problem| self.problems.push(problem)).ok()
    }
}

/// A text that is being read from its beginning to its end.
struct TextReader<'r> {
    linker: &'r Linker<'r>,
    pack: usize,
    /// The rest, still to be read.
    rest: &'r str,
    /// The place of all of it: joined lines and escapes leave no other.
    place: Place,
    /// The calls so far.
    calls: usize,
}

impl TextReader<'_> {
    /// Reads a text up to its end, or into a tag that may end it.
    fn text(&mut self, depth: usize) -> Result<Text> {
        let mut text = Text::new();
        loop {
            let words = self.words();
            if !words.is_empty() {
                text.push(Piece::Words(words.to_owned()));
            }
            if self.rest.is_empty() {
                return Ok(text);
            } else if self.take("{{") {
                let call = self.call()?;
                self.expect("}}")?;
                text.push(Piece::Call(call));
            } else if !self.take("{%") {
                return Err(self.unexpected("`{{` or `{%`"));
            } else if self.word() == "if" {
                text.push(self.choice(depth)?);
            } else {
                return Ok(text);
            }
        }
    }

    /// Reads a choice from its `if` on.
    fn choice(&mut self, depth: usize) -> Result<Piece> {
        if depth == DEEPEST {
            let problem = problem!(InvalidTemplate, "choices-lie-too-deep", most = DEEPEST);
            return Err(problem.at(self.place));
        }
        let mut branches = Vec::new();
        loop {
            let word = self.word();
            self.advance(word.len());
            let test = match word {
                "if" | "elif" => Some(self.test()?),
                _ => None,
            };
            let is_last = test.is_none();
            self.expect("%}")?;
            branches.push((test, self.text(depth + 1)?));
            match self.word() {
                "endif" => break,
                "elif" | "else" if !is_last => {}
                _ if is_last => return Err(self.unexpected("`endif`")),
                _ => return Err(self.unexpected("`elif`, `else` or `endif`")),
            }
        }
        self.advance("endif".len());
        self.expect("%}")?;
        Ok(Piece::Choice(branches))
    }

    /// Reads the test of a choice.
    fn test(&mut self) -> Result<Test> {
        let mut negated = false;
        while self.word() == "not" {
            self.advance("not".len());
            negated = !negated;
        }
        if self.word() == "known" {
            self.advance("known".len());
            let items = self.items()?;
            let [(node, _)] = items.as_slice() else {
                return Err(self.unexpected("one id"));
            };
            let question = TextQuestion::Known(*node);
            return Ok(Test { negated, question });
        }
        let call = self.call()?;
        let question = if self.take("==") {
            TextQuestion::Same(call, self.call()?)
        } else if self.take("!=") {
            negated = !negated;
            TextQuestion::Same(call, self.call()?)
        } else {
            TextQuestion::Any(call)
        };
        Ok(Test { negated, question })
    }

    /// Reads a call of a function that gives words.
    fn call(&mut self) -> Result<Call> {
        self.calls += 1;
        if self.calls > MOST_CALLS {
            let problem = problem!(
                InvalidTemplate,
                "the-text-calls-too-often",
                most = MOST_CALLS
            );
            return Err(problem.at(self.place));
        }
        let name = self.word();
        if name.is_empty() {
            return Err(self.unexpected("a function"));
        }
        let mut all = Function::ALL.into_iter();
        let Some((_, function)) = all.find(|(one, _)| *one == name) else {
            let names = Function::ALL.iter().map(|(name, _)| *name);
            let problem = problem!(InvalidTemplate, "text-calls-no-function", name);
            return Err(problem.nearest(name, names).at(self.place));
        };
        self.advance(name.len());
        let items = self.items()?;
        if function != Function::NobodyKnew && items.len() != 1 {
            let problem = problem!(InvalidTemplate, "text-calls-on-one-item", name);
            return Err(problem.at(self.place));
        }
        for (node, id) in &items {
            let item = node.and_then(|node| self.linker.items.get(node));
            if let Some(detail) = item.and_then(|item| unfit(function, item, &id.value)) {
                let problem = problem!(InvalidTemplate, "the-text-cannot-be-used", detail);
                return Err(problem.at(id.place));
            }
        }
        Ok(Call {
            function,
            items: items.into_iter().map(|(node, _)| node).collect(),
        })
    }

    /// Reads the ids of a call, in brackets and quotes.
    fn items(&mut self) -> Result<Vec<(Option<usize>, Located<String>)>> {
        self.expect("(")?;
        let mut items = Vec::new();
        loop {
            let id = self.id()?;
            items.push((self.linker.find(self.pack, &id)?, id));
            if self.take(")") {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    /// Reads an id in quotes.
    fn id(&mut self) -> Result<Located<String>> {
        self.skip();
        let quote = self.rest.chars().next();
        let inner = quote.filter(|quote| matches!(quote, '\'' | '"'));
        let inner = inner.and_then(|quote| self.rest.get(1..)?.split_once(quote));
        let Some((id, _)) = inner else {
            return Err(self.unexpected("an id in quotes"));
        };
        self.advance(id.len() + 2);
        Ok(Located::new(id.to_owned(), self.place))
    }
}

/// Words and signs, letter by letter.
impl<'r> TextReader<'r> {
    /// Takes the words up to the next tag.
    fn words(&mut self) -> &'r str {
        let mut braces = self.rest.match_indices('{');
        let tag = braces.find(|(at, _)| {
            let tag = self.rest.get(at + 1..);
            tag.is_some_and(|tag| tag.starts_with(['{', '%', '#']))
        });
        self.advance(tag.map_or(self.rest.len(), |(at, _)| at))
    }

    /// Takes so many bytes.
    fn advance(&mut self, bytes: usize) -> &'r str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes the space before the next sign of a tag.
    fn skip(&mut self) {
        let space = self.rest.len() - self.rest.trim_start().len();
        self.advance(space);
    }

    /// The word that comes next in a tag, which may be none.
    fn word(&mut self) -> &'r str {
        self.skip();
        let is_word = |one: char| one.is_alphabetic() || one == '_';
        let end = self.rest.find(|one| !is_word(one));
        self.rest
            .get(..end.unwrap_or(self.rest.len()))
            .unwrap_or("")
    }

    /// Takes a sign of a tag if it comes next.
    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        let comes = self.rest.starts_with(sign);
        if comes {
            self.advance(sign.len());
        }
        comes
    }

    fn expect(&mut self, sign: &str) -> Result<()> {
        if self.take(sign) {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{sign}`")))
    }

    /// The problem with what comes next.
    fn unexpected(&mut self, wanted: &str) -> Diagnostic {
        self.skip();
        let line = self.rest.lines().next().unwrap_or_default();
        let found: String = line.chars().take(MOST_LETTERS).collect();
        let problem = if found.is_empty() {
            problem!(InvalidTemplate, "the-text-ends-too-early", wanted)
        } else {
            problem!(
                InvalidTemplate,
                "the-text-has-something-else",
                found,
                wanted
            )
        };
        problem.at(self.place)
    }
}

/// The reason why a function cannot be called on an item.
fn unfit(function: Function, item: &Item, id: &str) -> Option<String> {
    let kind = &item.kind;
    let (fits, reason) = match function {
        Function::Outcome => (
            matches!(kind, ItemKind::Decision { .. } | ItemKind::Ladder { .. }),
            message!("is-neither-a-decision-nor-a-ladder", id),
        ),
        Function::Answer => (
            matches!(kind, ItemKind::Question(_)),
            message!("is-no-question", id),
        ),
        Function::Lowest | Function::Highest => (
            matches!(kind, ItemKind::Score { .. }),
            message!("is-no-score", id),
        ),
        Function::Value | Function::Index | Function::Label | Function::NobodyKnew => return None,
    };
    (!fits).then_some(reason)
}
