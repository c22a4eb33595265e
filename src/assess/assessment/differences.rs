//! Stored results compared with the result that their answers lead to.
//!
//! A result holds its answers, and everything else in it follows from them and from the packs. So
//! they are scored again, and every word and figure has to be the one that comes out. Taken as
//! stored are the answers with what people said about them, what may be shown of the people who
//! gave them, the values of customers and the shares made of their table, which a result does not
//! hold, and the name of the engine.

use super::metric::VALUES_ARE;
use super::{Assessment, CustomerResult, MetricResult, Mismatch, assess};
use crate::answers::Answers;
use crate::assess::evaluate::figures_of;
use crate::message;
use crate::rules::metric::{CustomerBase, MetricKind, TableName, Valued};
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::{Code, Diagnostic, Place};
use crate::text::yaml::{Entries, Located, Value};
use serde_json::{Map, Value as Json};

/// The number of places that are listed one by one.
const LISTED: usize = 8;

/// The number of characters of a text that are printed.
const PRINTED: usize = 60;

impl Assessment {
    /// Everything in a stored result that does not follow from its own answers, each with its place;
    /// empty where all of it does.
    ///
    /// `written` is what this result was read from.
    ///
    /// # Errors
    /// Returns an error if the result and the rulebook do not belong together.
    pub fn differences(
        &self,
        rulebook: &Rulebook,
        written: &Value,
    ) -> Result<Vec<Diagnostic>, Mismatch> {
        let answers = Answers::of_result(rulebook, self)?;
        let mut again = assess(rulebook, &answers);
        let other_engine = again.engine != self.engine;
        again.engine.clone_from(&self.engine);
        let metrics = rulebook.metrics.iter();
        let pairs = self.metrics.iter().zip(&mut again.metrics);
        for (metric, (stored, again)) in metrics.zip(pairs) {
            let first = metric.figures.first();
            let rule = first.and_then(|first| rulebook.program.metric(*first));
            if rule.is_some_and(|rule| rule.table == Some(TableName::Customers)) {
                again.take_from_table(stored);
                if metric.kind == MetricKind::CustomerValue {
                    again.value_customers(rulebook, &metric.figures);
                }
            }
        }
        let again = serde_json::to_value(again).unwrap_or_default();
        let mut differences = Vec::new();
        compare(("", None), written, &again, &mut differences);
        Ok(first(differences, other_engine))
    }
}

impl MetricResult {
    /// Takes over what only the customer table holds.
    fn take_from_table(&mut self, stored: &Self) {
        let values = stored.convention.strip_prefix(&self.convention);
        if values.is_some_and(|rest| VALUES_ARE.contains(&rest)) {
            self.convention.clone_from(&stored.convention);
        }
        let of = |id: &str| stored.figures.iter().find(|one| one.id == *id);
        self.figures
            .retain(|one| one.value.is_some() || of(&one.id).is_some());
        for figure in self.figures.iter_mut().filter(|one| one.value.is_none()) {
            if let Some(stored) = of(&figure.id).filter(|one| one.because.is_some()) {
                figure.because.clone_from(&stored.because);
            }
        }
        let table = TableName::Customers.id();
        // Values of one period are made without a rate.
        let [one_period, _] = VALUES_ARE;
        if values == Some(one_period) {
            self.inputs.retain(|one| one.id == table);
        }
        let counted = stored.inputs.iter().find(|one| one.id == table);
        let own = self.inputs.iter_mut().find(|one| one.id == table);
        if let (Some(own), Some(counted)) = (own, counted) {
            own.says.clone_from(&counted.says);
        }
        self.customers.clone_from(&stored.customers);
    }

    /// Puts customers in order and treats them by their values, and makes the figures of these.
    fn value_customers(&mut self, rulebook: &Rulebook, figures: &[usize]) {
        let valued = self.customers.iter().enumerate();
        let valued = valued.map(|(place, one)| Valued {
            place,
            today: one.today,
            loss: one.today < 0.0,
            reach: one.reach,
            treatment: None,
        });
        let Ok(customer_base) = CustomerBase::of_values(valued.collect(), false) else {
            self.figures.iter_mut().for_each(|one| one.value = None);
            return;
        };
        for (node, made) in figures.iter().zip(figures_of(&customer_base)) {
            let id = rulebook.item(*node).map(|item| item.id.as_str());
            let own = self.figures.iter_mut().find(|one| id == Some(&*one.id));
            if let Some(own) = own {
                own.value = made.ok();
            }
        }
        let treated = customer_base.customers.iter().filter_map(|one| {
            Some(CustomerResult {
                treatment: one.treatment,
                ..self.customers.get(one.place)?.clone()
            })
        });
        self.customers = treated.collect();
    }
}

/// Adds the differences between a written value and the one made again. `at` is the path of the
/// value, with its place.
fn compare(at: (&str, Option<Place>), written: &Value, again: &Json, list: &mut Vec<Diagnostic>) {
    match (written, again) {
        (Value::Map(entries), Json::Object(keys)) => compare_maps(at, entries, keys, list),
        (Value::List(written), Json::Array(again)) if written.len() == again.len() => {
            for (nth, (one, other)) in written.iter().zip(again).enumerate() {
                let path = format!("{}[{nth}]", at.0);
                compare((&path, Some(one.place)), &one.value, other, list);
            }
        }
        (Value::List(written), Json::Array(again)) => {
            let entries = match written.len() {
                1 => "1 entry".to_owned(),
                count => format!("{count} entries"),
            };
            list.push(differs(
                at,
                &format!("has {entries}"),
                &again.len().to_string(),
            ));
        }
        (Value::Null | Value::Scalar(_) | Value::Map(_) | Value::List(_), _) => {
            if !same(written, again) {
                let written = format!("is {}", of_written(written));
                list.push(differs(at, &written, &of_again(again)));
            }
        }
    }
}

fn compare_maps(
    (path, place): (&str, Option<Place>),
    entries: &Entries<Located<Value>>,
    keys: &Map<String, Json>,
    list: &mut Vec<Diagnostic>,
) {
    for (key, value) in entries {
        let own = format!("{path}.{}", key.value);
        match keys.get(&key.value) {
            Some(again) => compare((&own, Some(value.place)), &value.value, again, list),
            None if matches!(value.value, Value::Null) => {}
            None => {
                let message = message!(
                    "is-no-part-of-a-result",
                    trim_start_matches = own.trim_start_matches('.')
                );
                list.push(Diagnostic::error(Code::UnknownKey, message).at(key.place));
            }
        }
    }
    // What may be left out is null.
    let left_out = keys.iter().filter(|(key, again)| {
        !again.is_null() && !entries.iter().any(|(one, _)| one.value == **key)
    });
    for (key, again) in left_out {
        let own = format!("{path}.{key}");
        list.push(differs(
            (&own, place),
            message!("is-not-there"),
            &of_again(again),
        ));
    }
}

fn differs((path, place): (&str, Option<Place>), written: &str, again: &str) -> Diagnostic {
    let path = path.trim_start_matches('.');
    let message = message!("and-the-answers-come-to", path, written, again);
    let problem = Diagnostic::error(Code::InvalidValue, message);
    Diagnostic { place, ..problem }
}

/// The first differences, the last of them with what to do.
fn first(mut list: Vec<Diagnostic>, other_engine: bool) -> Vec<Diagnostic> {
    let more = list.len().saturating_sub(LISTED);
    list.truncate(LISTED);
    let help = if other_engine {
        message!("another-version-of-centricity-made-this")
    } else {
        message!("a-result-is-not-changed-by-hand")
    };
    if let Some(last) = list.last_mut() {
        last.help = Some(match more {
            0 => help.to_owned(),
            more => message!("more-places-differ", more, help),
        });
    }
    list
}

fn same(written: &Value, again: &Json) -> bool {
    match (written, again) {
        (Value::Null, Json::Null) => true,
        (Value::Scalar(one), Json::Bool(other)) => one.plain && one.text == other.to_string(),
        (Value::Scalar(one), Json::Number(other)) => {
            let figure: Option<f64> = one.text.parse().ok();
            one.plain && figure.is_some() && figure == other.as_f64()
        }
        (Value::Scalar(one), Json::String(other)) => !one.plain && one.text == *other,
        (Value::Null | Value::Scalar(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}

fn of_written(written: &Value) -> String {
    match written {
        Value::Null => "null".to_owned(),
        Value::Scalar(one) => quoted(&one.text),
        Value::List(_) => message!("a-list").to_owned(),
        Value::Map(_) => message!("a-map").to_owned(),
    }
}

fn of_again(again: &Json) -> String {
    match again {
        Json::Null => "null".to_owned(),
        Json::Bool(_) | Json::Number(_) => quoted(&again.to_string()),
        Json::String(one) => quoted(one),
        Json::Array(_) => message!("a-list").to_owned(),
        Json::Object(_) => message!("a-map").to_owned(),
    }
}

/// The beginning of a text, in backticks.
fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(PRINTED).collect();
    let dots = if short.len() < text.len() { "..." } else { "" };
    format!("`{short}{dots}`")
}
