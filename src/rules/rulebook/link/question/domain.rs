//! What a question can be answered with, from its type and keys.

use super::{Linker, is_select};
use crate::rules::pack::file::{ChoiceFile, Measure, QuestionFile, QuestionType};
use crate::rules::rulebook::{Choice, Domain};
use crate::text::diagnostic::{Code, Place};

/// A select with more choices than this does not fit a bit mask.
const MOST_CHOICES: usize = 64;

/// What a question can be answered with.
pub(super) struct Scale {
    pub(super) domain: Domain,
    pub(super) choices: Vec<Choice>,
}

impl Linker<'_> {
    pub(super) fn scale(&mut self, file: &QuestionFile, id: &str) -> Scale {
        self.foreign_keys(file, id);
        match file.kind.value {
            QuestionType::Rating => self.rating(file, id),
            QuestionType::SelectOne | QuestionType::SelectMultiple => self.select(file, id),
            QuestionType::Integer => self.number(file, true),
            QuestionType::Decimal => self.number(file, false),
            QuestionType::Percent => plain(Domain::Number {
                least: 0.0,
                most: 100.0,
                whole: false,
            }),
            QuestionType::Boolean => boolean(),
            QuestionType::Text => plain(Domain::Text),
        }
    }

    /// Keys that mean nothing for the question's type.
    fn foreign_keys(&mut self, file: &QuestionFile, id: &str) {
        use QuestionType::{Decimal, Integer, Percent, Rating, SelectMultiple};
        let kind = file.kind.value;
        let number = matches!(kind, Integer | Decimal);
        let keys: [(&str, Option<Place>, bool); 8] = [
            (
                "anchors",
                file.anchors.as_ref().map(|one| one.place),
                kind == Rating,
            ),
            (
                "choices",
                file.choices.as_ref().map(|one| one.place),
                is_select(kind),
            ),
            (
                "measure",
                file.measure.as_ref().map(|one| one.place),
                kind == SelectMultiple,
            ),
            (
                "cap",
                file.cap.as_ref().map(|one| one.place),
                kind == SelectMultiple,
            ),
            ("min", file.min.as_ref().map(|one| one.place), number),
            ("max", file.max.as_ref().map(|one| one.place), number),
            (
                "period",
                file.period.map(|one| one.place),
                number || kind == Percent,
            ),
            (
                "unit",
                file.unit.as_ref().map(|_| file.kind.place),
                number || kind == Percent,
            ),
        ];
        for (key, place, fits) in keys {
            if let (Some(place), false) = (place, fits) {
                let message = format!("`{id}` is of a type that takes no `{key}`");
                self.refuse(
                    Code::InvalidQuestion,
                    place,
                    message,
                    "leave it out, or change the type",
                );
            }
        }
        if file.reverse && kind != Rating {
            let message = format!("`{id}` is reversed and no rating");
            self.refuse(
                Code::InvalidQuestion,
                file.kind.place,
                message,
                "only ratings are reversed",
            );
        }
    }

    fn rating(&mut self, file: &QuestionFile, id: &str) -> Scale {
        let Some(anchors) = &file.anchors else {
            let message = format!("the rating `{id}` has no anchors");
            self.refuse(
                Code::InvalidScale,
                file.kind.place,
                message,
                "word each step: `anchors: { 0: ..., 4: ... }`",
            );
            return plain(Domain::Text);
        };
        let steps: Vec<i64> = anchors.value.keys().copied().collect();
        let unbroken = steps
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.checked_add(1) == Some(*b)));
        if steps.len() < 2 || steps.len() > MOST_CHOICES || !unbroken {
            let message = format!("the anchors of `{id}` are not whole numbers without a hole");
            self.refuse(
                Code::InvalidScale,
                anchors.place,
                message,
                "word every step, as in 0, 1, 2, 3, 4",
            );
        }
        if let Some((step, _)) = anchors
            .value
            .iter()
            .find(|(_, text)| text.trim().is_empty())
        {
            let message = format!("anchor {step} of `{id}` says nothing");
            self.refuse(
                Code::InvalidScale,
                anchors.place,
                message,
                "say what one would see",
            );
        }
        let choices: Vec<Choice> = anchors
            .value
            .iter()
            .map(|(step, label)| Choice {
                value: step.to_string(),
                label: label.clone(),
                score: i32::try_from(*step).ok().map(f64::from),
                exclusive: false,
            })
            .collect();
        let ends = (
            choices.first().and_then(|one| one.score),
            choices.last().and_then(|one| one.score),
        );
        let (least, most) = (ends.0.unwrap_or(0.0), ends.1.unwrap_or(0.0));
        Scale {
            domain: Domain::Number {
                least,
                most,
                whole: true,
            },
            choices,
        }
    }

    fn select(&mut self, file: &QuestionFile, id: &str) -> Scale {
        let Some(choices) = file.choices.as_ref().filter(|list| !list.value.is_empty()) else {
            let message = format!("`{id}` has no choices");
            let help = "add `choices: [ { value: ..., label: ... } ]`";
            self.refuse(Code::InvalidScale, file.kind.place, message, help);
            return plain(Domain::Text);
        };
        self.choices(id, &choices.value, choices.place);
        let list: Vec<Choice> = choices.value.iter().map(choice).collect();
        let several = file.kind.value == QuestionType::SelectMultiple;
        let names = list.iter().map(|one| one.value.clone()).collect();
        let scores: Option<Vec<f64>> = list.iter().map(|one| one.score).collect();
        if several {
            return self.several(file, names, list, scores);
        }
        let worth = scores.as_ref().map(|scores| ends(scores));
        Scale {
            domain: Domain::Choices {
                names,
                scores,
                several,
                worth,
            },
            choices: list,
        }
    }

    fn choices(&mut self, id: &str, choices: &[ChoiceFile], place: Place) {
        if choices.len() > MOST_CHOICES {
            let message = format!("`{id}` has more than {MOST_CHOICES} choices");
            self.refuse(Code::InvalidScale, place, message, "group them");
        }
        for (index, choice) in choices.iter().enumerate() {
            let value = &choice.value;
            if choices
                .iter()
                .take(index)
                .any(|other| other.value.value == value.value)
            {
                let message = format!("`{}` is a choice twice", value.value);
                self.refuse(
                    Code::DuplicateId,
                    value.place,
                    message,
                    "rename one of them",
                );
            }
            let reserved = matches!(value.value.as_str(), "unknown" | "-" | "");
            if reserved
                || value.value.contains([',', '[', '(', '<', '>', '='])
                || value.value.trim() != value.value
            {
                let message = format!("`{}` cannot be the value of a choice", value.value);
                self.refuse(Code::InvalidId, value.place, message, "use a plain word");
            }
        }
        let scored = choices
            .iter()
            .filter(|choice| choice.score.is_some())
            .count();
        if scored != 0 && scored != choices.len() {
            let message = format!("only some choices of `{id}` have a score");
            self.refuse(
                Code::InvalidScale,
                place,
                message,
                "score all of them or none",
            );
        }
    }

    fn several(
        &mut self,
        file: &QuestionFile,
        names: Vec<String>,
        mut list: Vec<Choice>,
        scores: Option<Vec<f64>>,
    ) -> Scale {
        let sum = file
            .measure
            .as_ref()
            .is_some_and(|one| one.value == Measure::Sum);
        if let (true, None, Some(measure)) = (sum, &scores, &file.measure) {
            let message = "a sum needs a score on every choice";
            self.refuse(
                Code::InvalidScale,
                measure.place,
                message,
                "add `score`, or count",
            );
        }
        let scores = scores.filter(|_| sum);
        let counts = |choice: &Choice| if choice.exclusive { 0.0 } else { 1.0 };
        let each: Vec<f64> = scores
            .clone()
            .unwrap_or_else(|| list.iter().map(counts).collect());
        for (choice, worth) in list.iter_mut().zip(&each) {
            choice.score = Some(*worth);
        }
        let beside: Vec<f64> = list
            .iter()
            .filter(|one| !one.exclusive)
            .filter_map(|one| one.score)
            .collect();
        let alone = list
            .iter()
            .filter(|one| one.exclusive)
            .filter_map(|one| one.score);
        let low = beside.iter().fold(0.0, |sum, worth| sum + worth.min(0.0));
        let high = beside.iter().fold(0.0, |sum, worth| sum + worth.max(0.0));
        let (least, most) = alone.fold((low, high), |(low, high), worth| {
            (low.min(worth), high.max(worth))
        });
        let most = file.cap.as_ref().map_or(most, |cap| most.min(cap.value));
        if let Some(cap) = file.cap.as_ref().filter(|cap| cap.value <= least) {
            self.refuse(
                Code::InvalidScale,
                cap.place,
                "a cap this low leaves nothing to tell apart",
                "raise it",
            );
        }
        Scale {
            domain: Domain::Choices {
                names,
                scores,
                several: true,
                worth: Some((least, most)),
            },
            choices: list,
        }
    }

    fn number(&mut self, file: &QuestionFile, whole: bool) -> Scale {
        let limit = |one: &Option<crate::text::yaml::Located<f64>>, without: f64| {
            one.as_ref().map_or(without, |one| one.value)
        };
        let least = limit(&file.min, f64::NEG_INFINITY);
        let most = limit(&file.max, f64::INFINITY);
        if let (false, Some(max)) = (least < most, &file.max) {
            self.refuse(
                Code::InvalidScale,
                max.place,
                "`max` is not above `min`",
                "turn them round",
            );
        }
        plain(Domain::Number { least, most, whole })
    }
}

fn plain(domain: Domain) -> Scale {
    Scale {
        domain,
        choices: Vec::new(),
    }
}

fn choice(file: &ChoiceFile) -> Choice {
    Choice {
        value: file.value.value.clone(),
        label: file.label.clone(),
        score: file.score.as_ref().map(|score| score.value),
        exclusive: file.exclusive,
    }
}

fn boolean() -> Scale {
    let choice = |value: &str, label: &str, score| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        score: Some(score),
        exclusive: false,
    };
    let domain = Domain::Choices {
        names: vec!["false".to_owned(), "true".to_owned()],
        scores: Some(vec![0.0, 1.0]),
        several: false,
        worth: Some((0.0, 1.0)),
    };
    Scale {
        domain,
        choices: vec![choice("false", "No", 0.0), choice("true", "Yes", 1.0)],
    }
}

fn ends(scores: &[f64]) -> (f64, f64) {
    let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
    (
        least,
        scores.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    )
}
