//! Finding texts: strict templates, tried once when the rulebook is built.

use super::Linker;
use crate::rules::rulebook::words::{self, Words};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::yaml::Located;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

/// Steps a finding's text may take; a sentence takes a few dozen.
const FUEL: u64 = 5_000;

/// How often a text may ask whether something is known: every path through it is tried.
const MOST_ASKED: usize = 6;

pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_fuel(Some(FUEL));
    words::functions(&mut environment);
    environment
}

impl Linker<'_> {
    /// What the texts of a pack are tried on: an assessment that knows nothing.
    pub(super) fn blank(&self, pack: usize) -> Value {
        let words = self.packs.get(pack);
        words.map_or(Value::UNDEFINED, |pack| {
            words::context(Value::from_object(Words::blank(pack, &self.items)))
        })
    }

    /// Compiles a text under a name and tries it.
    pub(super) fn text(&mut self, name: &str, text: &Located<String>, blank: &Value) {
        let (name, source) = (name.to_owned(), text.value.clone());
        if let Err(error) = self.texts.add_template_owned(name.clone(), source) {
            return self.bad_text(text, &error);
        }
        // Each time it asks whether something is known, both ways are tried.
        let asks = text.value.matches("known(").count();
        if asks > MOST_ASKED {
            let many =
                format!("it asks {asks} times what is known; at most {MOST_ASKED} can be tried");
            let error = Error::new(ErrorKind::InvalidOperation, many);
            return self.bad_text(text, &error);
        }
        let words = blank.get_attr("words").ok();
        let words = words.as_ref();
        let words = words.and_then(|words| words.downcast_object_ref::<Words>());
        for turns in 0..1_u32 << asks {
            if let Some(words) = words {
                words.take(turns);
            }
            let template = self.texts.get_template(&name);
            if let Err(error) = template.and_then(|template| template.render(blank)) {
                return self.bad_text(text, &error);
            }
        }
    }

    fn bad_text(&mut self, text: &Located<String>, error: &Error) {
        let detail = error
            .detail()
            .map_or_else(|| error.kind().to_string(), str::to_owned);
        let problem = Diagnostic::error(
            Code::InvalidTemplate,
            format!("the text cannot be used: {detail}"),
        );
        let help =
            "a text may call value, index, outcome, label, answer, lowest, highest and known";
        self.problems.push(problem.at(text.place).help(help));
    }
}
