//! Forms: the questions of a rulebook as one page that somebody fills in without a network.
//!
//! A [`Form`] holds the questions one role is asked, worded and in order, and all that the page has
//! to know to hide a question exactly when the engine would call it irrelevant.
//! The room `report` prints it. What the page gives back is a
//! [response](crate::answers::file::ResponseFile) like any other.

mod script;

use crate::answers::{Client, is_asked};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{Domain, Item, Question, Rulebook, Section};
use crate::rules::vocabulary::{Grade, Role};
use serde::Serialize;

/// Options of a form.
#[derive(Debug, Clone, Copy)]
pub struct FormOptions<'a> {
    /// The role that answers; what it is not asked stays out.
    pub role: Role,
    /// The client it is about.
    pub client: Option<&'a Client>,
    /// True to ask for evidence.
    pub evidence: bool,
}

/// A form, worded; the template `form.html` prints it.
#[derive(Debug, Clone, Serialize)]
pub struct Form<'a> {
    /// Language tag of the first pack, for `<html lang>`.
    pub language: &'a str,
    /// `centricity 0.1.0`.
    pub engine: &'static str,
    /// The organisation; null where the form belongs to no assessment.
    pub client: Option<&'a str>,
    /// The part of it that is looked at.
    pub unit: Option<&'a str>,
    /// The role that answers, as files write it.
    pub role: &'static str,
    /// The same as people read it: "front line".
    pub role_words: &'static str,
    /// Grades of evidence, weakest first; empty where the form does not ask.
    pub grades: Vec<GradeWords>,
    /// Packs that ask this role anything, in order.
    pub packs: Vec<FormPack<'a>>,
    /// Number of questions, relevant or not.
    pub questions: usize,
    /// All that the script has to know, as JSON without a `<`.
    pub data_json: String,
}

/// A grade of evidence.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct GradeWords {
    /// As files write it.
    pub value: Grade,
    /// As people read it.
    pub says: &'static str,
}

const GRADES: [(Grade, &str); 5] = [
    (Grade::None, "Nothing yet"),
    (Grade::Interview, "Said in a conversation"),
    (Grade::Document, "A document was seen"),
    (Grade::Record, "Records, data or the thing itself was seen"),
    (Grade::Confirmed, "Customers or others outside confirmed it"),
];

/// The questions of one pack.
#[derive(Debug, Clone, Serialize)]
pub struct FormPack<'a> {
    /// Title.
    pub title: &'a str,
    /// A description; null where it says nothing.
    pub about: Option<&'a str>,
    /// Sections that ask this role anything.
    pub sections: Vec<FormSection<'a>>,
}

/// A section.
#[derive(Debug, Clone, Serialize)]
pub struct FormSection<'a> {
    /// Unique in the page.
    pub anchor: String,
    /// Title.
    pub title: &'a str,
    /// An introduction; null where it says nothing.
    pub intro: Option<&'a str>,
    /// The questions this role is asked, in order.
    pub questions: Vec<FormQuestion<'a>>,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct FormQuestion<'a> {
    /// `pack.question`.
    pub id: &'a str,
    /// `one`, `many`, `number` or `text`: how it is answered.
    pub control: &'static str,
    /// The common stem of a matrix, above the question.
    pub stem: Option<&'a str>,
    /// The question itself.
    pub ask: &'a str,
    /// One more line; null where there is none.
    pub help: Option<&'a str>,
    /// The reason why the answer matters; null where nothing is said.
    pub why: Option<&'a str>,
    /// The evidence to look at; null where nothing is said.
    pub look: Option<&'a str>,
    /// Anchors or choices, in order.
    pub choices: Vec<FormChoice<'a>>,
    /// Several choices, and none of them says "none of these".
    pub none: bool,
    /// Unit of a number: "EUR per year".
    pub unit: Option<String>,
    /// Range of a number: "0 to 100".
    pub range: Option<String>,
    /// True if it may not apply.
    pub may_not_apply: bool,
    /// True if an answer is required.
    pub required: bool,
}

/// An anchor or a choice.
#[derive(Debug, Clone, Serialize)]
pub struct FormChoice<'a> {
    /// The step of a rating; null elsewhere.
    pub step: Option<&'a str>,
    /// As people read it.
    pub label: &'a str,
}

impl<'a> Form<'a> {
    /// The questions a rulebook asks of a role.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, options: FormOptions<'a>) -> Self {
        let questions = || {
            let items = rulebook.items.iter().enumerate();
            let questions =
                items.filter_map(|(node, item)| Some((node, item, item.kind.question()?)));
            questions.filter(|(_, _, question)| is_asked(question, options.role))
        };
        Self {
            language: rulebook
                .packs
                .first()
                .map_or("en", |pack| pack.language.as_str()),
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")),
            client: options.client.map(|client| client.name.as_str()),
            unit: options.client.and_then(|client| client.unit.as_deref()),
            role: options.role.name(),
            role_words: options.role.words(),
            grades: GRADES
                .into_iter()
                .filter(|_| options.evidence)
                .map(|(value, says)| GradeWords { value, says })
                .collect(),
            packs: packs(rulebook, options.role),
            questions: questions().count(),
            data_json: script::data(rulebook, options.role, options.client, questions()),
        }
    }
}

fn packs(rulebook: &Rulebook, role: Role) -> Vec<FormPack<'_>> {
    let pack = |place: usize| {
        let pack = rulebook.packs.get(place)?;
        let own = rulebook.sections.iter().filter(|one| one.pack == place);
        let sections: Vec<_> = own
            .filter_map(|one| section(rulebook, one, &pack.id, role))
            .collect();
        (!sections.is_empty()).then(|| FormPack {
            title: &pack.title,
            about: pack.about.as_deref(),
            sections,
        })
    };
    (0..rulebook.packs.len()).filter_map(pack).collect()
}

fn section<'a>(
    rulebook: &'a Rulebook,
    section: &'a Section,
    pack: &str,
    role: Role,
) -> Option<FormSection<'a>> {
    let items = section
        .questions
        .iter()
        .filter_map(|node| rulebook.item(*node));
    let questions: Vec<_> = items
        .filter_map(|item| Some((item, item.kind.question()?)))
        .filter(|(_, question)| is_asked(question, role))
        .map(|(item, question)| FormQuestion::new(item, question))
        .collect();
    (!questions.is_empty()).then(|| FormSection {
        anchor: format!("s.{pack}.{}", section.id),
        title: &section.title,
        intro: section.intro.as_deref(),
        questions,
    })
}

impl<'a> FormQuestion<'a> {
    fn new(item: &'a Item, question: &'a Question) -> Self {
        let control = script::control(question.kind);
        let rating = question.kind == QuestionType::Rating;
        let alone = question.choices.iter().any(|choice| choice.exclusive);
        Self {
            id: &item.id,
            control,
            stem: question.stem.as_deref(),
            ask: &question.ask,
            help: question.help.as_deref(),
            why: question.why.as_deref(),
            look: question.evidence.as_deref(),
            choices: question
                .choices
                .iter()
                .map(|choice| FormChoice {
                    step: rating.then_some(choice.value.as_str()),
                    label: &choice.label,
                })
                .collect(),
            none: control == "many" && !alone,
            unit: unit(question),
            range: range(item).filter(|_| control == "number"),
            may_not_apply: question.may_not_apply,
            required: question.required,
        }
    }
}

fn unit(question: &Question) -> Option<String> {
    let percent = (question.kind == QuestionType::Percent).then_some("percent");
    let unit = question.unit.as_deref().or(percent);
    let period = question
        .period
        .map(|period| format!("per {}", period.word()));
    let words: Vec<&str> = unit.into_iter().chain(period.as_deref()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn range(item: &Item) -> Option<String> {
    let Domain::Number { least, most, .. } = item.domain else {
        return None;
    };
    match (least.is_finite(), most.is_finite()) {
        (true, true) => Some(format!("{} to {}", number(least), number(most))),
        (true, false) => Some(message!("or-more-3", number = number(least))),
        (false, true) => Some(message!("or-less-2", number = number(most))),
        (false, false) => None,
    }
}
