//! A questionnaire as XLSForm, for KoboToolbox, ODK and their kin.
//!
//! Each section is a group, each question is asked as its type says, with `unknown` among the
//! choices and, where a question may not apply, the reason why. What other answers make irrelevant
//! is hidden as far as the condition reads questions alone, as forms compute no scores.

use super::{asks, number, title, xpath};
use crate::collect::import::{
    NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL, choice_name, form_name, shown,
};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Item, Question, Rulebook, Section, Step};
use crate::rules::vocabulary::Role;
use crate::text::error::{Error, Result};
use crate::text::grid::write::book;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The columns of the sheet `survey`.
const SURVEY: [&str; 9] = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
];

/// One row of the sheet `survey`.
#[derive(Default)]
struct Ask {
    kind: String,
    name: String,
    label: String,
    hint: String,
    required: bool,
    relevant: Vec<String>,
    constraint: Vec<String>,
    message: String,
    calculation: &'static str,
}

/// The rows of all sheets.
#[derive(Default)]
struct Form {
    survey: Vec<Ask>,
    /// List, name and label.
    choices: Vec<[String; 3]>,
}

/// The questionnaire as the bytes of an XLSX file in the XLSForm format.
///
/// # Errors
/// Where a text of the packs is too long for a cell.
pub fn xlsform(rulebook: &Rulebook) -> Result<Vec<u8>> {
    let wrap = |error: XlsxError| Error::workbook(error.to_string());
    let form = Form::of(rulebook);
    form.write(rulebook).map_err(wrap)
}

impl Form {
    fn of(rulebook: &Rulebook) -> Self {
        let mut form = Self::default();
        form.survey.push(Ask {
            kind: "calculate".to_owned(),
            name: "respondent".to_owned(),
            calculation: "once(uuid())",
            ..Ask::default()
        });
        form.survey.push(Ask {
            kind: "select_one role".to_owned(),
            name: "role".to_owned(),
            label: "Your role".to_owned(),
            required: true,
            ..Ask::default()
        });
        let roles = Role::ALL.map(Role::name);
        form.choices
            .extend(roles.map(|role| ["role", role, role].map(str::to_owned)));
        for (section, questions) in super::sections(rulebook, None) {
            form.section(rulebook, section, &questions);
        }
        form
    }

    fn section(
        &mut self,
        rulebook: &Rulebook,
        section: &Section,
        questions: &[(&Item, &Question)],
    ) {
        let name = crate::collect::import::group_name(rulebook, section);
        self.survey.push(Ask {
            kind: "begin_group".to_owned(),
            name: name.clone(),
            label: plain(&section.title),
            ..Ask::default()
        });
        if let Some(intro) = &section.intro {
            self.survey.push(Ask {
                kind: "note".to_owned(),
                name: format!("{name}__intro"),
                label: plain(intro),
                ..Ask::default()
            });
        }
        for (item, question) in questions {
            self.question(rulebook, item, question);
        }
        self.survey.push(Ask {
            kind: "end_group".to_owned(),
            ..Ask::default()
        });
    }

    fn question(&mut self, rulebook: &Rulebook, item: &Item, question: &Question) {
        let name = form_name(&item.id);
        let relevant = relevant(rulebook, item, question);
        let (kind, constraint) = self.kind(item, question, &name);
        let is_number = matches!(question.kind, QuestionType::Integer | QuestionType::Decimal);
        let hint = question.help.as_deref().map(plain).unwrap_or_default();
        let unit = if is_number {
            number(item, question)
        } else {
            String::new()
        };
        let hint = [hint, unit]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>();
        let own = question.constraint.as_ref();
        let own_message = own.map(|(_, message)| plain(message)).unwrap_or_default();
        let own = own.and_then(|(test, _)| xpath::constraint(question, test));
        self.survey.push(Ask {
            kind,
            name: name.clone(),
            label: plain(&asks(question)),
            hint: hint.join("; "),
            required: question.required,
            relevant: relevant.clone(),
            constraint: constraint.into_iter().chain(own).collect(),
            message: own_message,
            ..Ask::default()
        });
        if question.may_not_apply && !question.choices.is_empty() {
            let test = if question.kind == QuestionType::SelectMultiple {
                format!("selected(${{{name}}}, '{NOT_APPLICABLE}')")
            } else {
                format!("${{{name}}} = '{NOT_APPLICABLE}'")
            };
            self.survey.push(Ask {
                kind: "text".to_owned(),
                name: format!("{name}__reason"),
                label: "Why does it not apply?".to_owned(),
                required: true,
                relevant: vec![test],
                ..Ask::default()
            });
        }
    }

    /// The type of a question, with its choices entered, and what its type asks of an answer.
    fn kind(&mut self, item: &Item, question: &Question, name: &str) -> (String, Vec<String>) {
        let limits = match item.domain {
            Domain::Number { least, most, .. } => xpath::within(least, most),
            Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => Vec::new(),
        };
        match question.kind {
            QuestionType::Integer => return ("integer".to_owned(), limits),
            QuestionType::Decimal | QuestionType::Percent => return ("decimal".to_owned(), limits),
            QuestionType::Text => return ("text".to_owned(), Vec::new()),
            QuestionType::Rating
            | QuestionType::SelectOne
            | QuestionType::SelectMultiple
            | QuestionType::Boolean => {}
        }
        let several = question.kind == QuestionType::SelectMultiple;
        let mut alone = Vec::new();
        for choice in &question.choices {
            let value = choice_name(&choice.value);
            if choice.exclusive {
                alone.push(value.clone());
            }
            let label = if question.kind == QuestionType::Rating {
                shown(choice)
            } else {
                plain(&choice.label)
            };
            self.choices.push([name.to_owned(), value, label]);
        }
        let mut more = vec![(UNKNOWN, UNKNOWN_LABEL)];
        if question.may_not_apply {
            more.push((NOT_APPLICABLE, NOT_APPLICABLE_LABEL));
        }
        for (value, label) in more {
            alone.push(value.to_owned());
            self.choices
                .push([name.to_owned(), value.to_owned(), label.to_owned()]);
        }
        if !several {
            return (format!("select_one {name}"), Vec::new());
        }
        let any: Vec<String> = alone
            .iter()
            .map(|one| format!("selected(., '{one}')"))
            .collect();
        let rule = format!("count-selected(.) <= 1 or not({})", any.join(" or "));
        (format!("select_multiple {name}"), vec![rule])
    }

    fn write(self, rulebook: &Rulebook) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = book(&title(rulebook))?;
        let mut survey = vec![SURVEY.map(str::to_owned).to_vec()];
        survey.extend(self.survey.into_iter().map(Ask::cells));
        book.push_worksheet(sheet("survey", &survey)?);
        let mut choices = vec![["list_name", "name", "label"].map(str::to_owned).to_vec()];
        choices.extend(self.choices.into_iter().map(|row| row.to_vec()));
        book.push_worksheet(sheet("choices", &choices)?);
        let ids: Vec<&str> = rulebook.packs.iter().map(|pack| pack.id.as_str()).collect();
        let version = |pack: &crate::rules::rulebook::Pack| format!("{}-{}", pack.id, pack.version);
        let versions: Vec<String> = rulebook.packs.iter().map(version).collect();
        let settings = [
            ["form_title", "form_id", "version"]
                .map(str::to_owned)
                .to_vec(),
            vec![plain(&title(rulebook)), ids.join("_"), versions.join("_")],
        ];
        book.push_worksheet(sheet("settings", &settings)?);
        book.save_to_buffer()
    }
}

impl Ask {
    fn cells(self) -> Vec<String> {
        let all = |tests: Vec<String>| {
            if let [one] = tests.as_slice() {
                return one.clone();
            }
            let parts: Vec<String> = tests.iter().map(|test| format!("({test})")).collect();
            parts.join(" and ")
        };
        vec![
            self.kind,
            self.name,
            self.label,
            self.hint,
            if self.required { "yes" } else { "" }.to_owned(),
            all(self.relevant),
            all(self.constraint),
            self.message,
            self.calculation.to_owned(),
        ]
    }
}

/// While what holds a question is asked: its roles, and what its condition says of other answers.
fn relevant(rulebook: &Rulebook, item: &Item, question: &Question) -> Vec<String> {
    let mut tests = Vec::new();
    if !question.roles.is_empty() {
        let one = |role: &Role| format!("${{role}} = '{}'", role.name());
        let roles: Vec<String> = question.roles.iter().map(one).collect();
        tests.push(roles.join(" or "));
    }
    let node = rulebook.find(&item.id);
    for step in &rulebook.program.steps {
        if let Step::Relevance { node: of, when } = step
            && Some(*of) == node
        {
            tests.extend(xpath::condition(rulebook, when, true));
        }
    }
    tests
}

fn sheet(name: &str, rows: &[Vec<String>]) -> std::result::Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(sheet)
}

/// A text in which forms see no reference to an answer.
fn plain(text: &str) -> String {
    text.trim().replace("${", "$ {")
}
