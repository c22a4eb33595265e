//! A questionnaire as XLSForm, for KoboToolbox, ODK and their kin.
//!
//! Each section is a group, each question is asked as its type says, with `unknown` among the
//! choices and, where a question may not apply, the reason why. What other answers make irrelevant
//! is hidden as far as the condition reads questions alone, as forms compute no scores.

use super::{ask, title, xpath};
use crate::collect::import::{
    NOT_APPLICABLE, NOT_APPLICABLE_LABEL, UNKNOWN, UNKNOWN_LABEL, choice_name, form_name,
    group_name, shown,
};
use crate::collect::{in_form, is_asked_in, sections};
use crate::message;
use crate::rules::condition::Condition;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Item, Question, Rulebook};
use crate::rules::vocabulary::{FormLength, Role};
use crate::text::table::workbook::book;
use crate::text::{Result, printable_lines};
use rust_xlsxwriter::Worksheet;
use std::collections::HashMap;

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

/// One row of the sheet `survey`: its cells by the names of their columns.
type SurveyRow = HashMap<&'static str, String>;

/// The rows of the two sheets that hold questions.
#[derive(Default)]
struct Survey {
    survey: Vec<SurveyRow>,
    /// List, name and label.
    choices: Vec<[String; 3]>,
}

/// The questionnaire as the bytes of an XLSX file in the XLSForm format.
///
/// # Errors
/// A text of the packs that is too long for a cell.
pub fn xlsform(rulebook: &Rulebook, length: FormLength) -> Result<Vec<u8>> {
    Survey::new(rulebook, length).write(rulebook)
}

impl Survey {
    fn new(rulebook: &Rulebook, length: FormLength) -> Self {
        let mut form = Self::default();
        let once = ("calculation", "once(uuid())".to_owned());
        form.survey.push(row("calculate", "respondent", "", [once]));
        let role = ("select_one role", message!("your-role"));
        form.survey
            .push(row(role.0, "role", role.1, [required(true)]));
        let roles = Role::ALL.map(Role::name);
        form.choices
            .extend(roles.map(|role| ["role", role, role].map(str::to_owned)));
        for (section, questions) in sections(rulebook, None, length) {
            let name = group_name(rulebook, section);
            let begin = row("begin_group", &name, &section.title, []);
            form.survey.push(begin);
            let intro = section.intro.as_ref();
            let note = intro.map(|intro| row("note", &format!("{name}__intro"), intro, []));
            form.survey.extend(note);
            for asked in questions {
                form.question(rulebook, length, asked);
            }
            form.survey.push(row("end_group", "", "", []));
        }
        form
    }

    fn question(&mut self, rulebook: &Rulebook, length: FormLength, asked: Asked<'_>) {
        let Asked { item, question, .. } = asked;
        let name = form_name(&item.id);
        let (kind, constraint) = self.kind(item, question, &name);
        let is_number = matches!(question.kind, QuestionType::Integer | QuestionType::Decimal);
        let help = question.help.as_deref().map(plain);
        let unit = is_number.then(|| number(item, question));
        let hint = help.into_iter().chain(unit);
        let hint: Vec<String> = hint.filter(|part| !part.is_empty()).collect();
        let own = question.constraint.as_ref();
        let message = own.map(|(_, message)| plain(message)).unwrap_or_default();
        let own = own.and_then(|(test, _)| xpath::constraint(question, test));
        let constraint: Vec<String> = constraint.into_iter().chain(own).collect();
        let more = [
            ("hint", hint.join("; ")),
            required(question.required),
            ("relevant", all(&relevant(rulebook, length, asked))),
            ("constraint", all(&constraint)),
            ("constraint_message", message),
        ];
        self.survey.push(row(&kind, &name, &ask(question), more));
        if question.may_not_apply && !question.choices.is_empty() {
            let test = if question.kind == QuestionType::SelectMultiple {
                format!("selected(${{{name}}}, '{NOT_APPLICABLE}')")
            } else {
                format!("${{{name}}} = '{NOT_APPLICABLE}'")
            };
            let name = format!("{name}__reason");
            let label = message!("why-not-applicable");
            let more = [required(true), ("relevant", test)];
            self.survey.push(row("text", &name, label, more));
        }
    }

    /// The type of a question, with its choices entered, and the constraints of its type.
    fn kind(&mut self, item: &Item, question: &Question, name: &str) -> (String, Vec<String>) {
        let within = xpath::within(item.domain.limits());
        match question.kind {
            QuestionType::Integer => return ("integer".to_owned(), within),
            QuestionType::Decimal | QuestionType::Percent => return ("decimal".to_owned(), within),
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
            self.choices.push([name, value, label].map(str::to_owned));
        }
        if !several {
            return (format!("select_one {name}"), Vec::new());
        }
        let any = alone.iter().map(|one| format!("selected(., '{one}')"));
        let any: Vec<String> = any.collect();
        let rule = format!("count-selected(.) <= 1 or not({})", any.join(" or "));
        (format!("select_multiple {name}"), vec![rule])
    }

    fn write(self, rulebook: &Rulebook) -> Result<Vec<u8>> {
        let mut book = book(&title(rulebook))?;
        let survey = self.survey.into_iter();
        let survey = survey.map(|mut row| SURVEY.map(|name| row.remove(name).unwrap_or_default()));
        book.push_worksheet(sheet("survey", SURVEY, survey)?);
        let head = ["list_name", "name", "label"];
        book.push_worksheet(sheet("choices", head, self.choices)?);
        let ids: Vec<&str> = rulebook.packs.iter().map(|pack| pack.id.as_str()).collect();
        let versions = rulebook.packs.iter();
        let versions = versions.map(|pack| format!("{}-{}", pack.id, pack.version));
        let versions = versions.collect::<Vec<_>>().join("_");
        let head = ["form_title", "form_id", "version"];
        let settings = [plain(&title(rulebook)), ids.join("_"), versions];
        book.push_worksheet(sheet("settings", head, [settings])?);
        Ok(book.save_to_buffer()?)
    }
}

/// A row with its type, name and label, and whatever more there is in it.
fn row<const N: usize>(
    kind: &str,
    name: &str,
    label: &str,
    more: [(&'static str, String); N],
) -> SurveyRow {
    let own = [
        ("type", kind.to_owned()),
        ("name", name.to_owned()),
        ("label", plain(label)),
    ];
    own.into_iter().chain(more).collect()
}

fn required(is_required: bool) -> (&'static str, String) {
    ("required", if is_required { "yes" } else { "" }.to_owned())
}

/// A test that holds where all of several do.
fn all(tests: &[String]) -> String {
    if let [one] = tests {
        return one.clone();
    }
    let parts: Vec<String> = tests.iter().map(|test| format!("({test})")).collect();
    parts.join(" and ")
}

/// The tests that say when a question is asked: its roles, and its condition on other answers that the
/// form asks for.
fn relevant(
    rulebook: &Rulebook,
    length: FormLength,
    Asked { node, question, .. }: Asked<'_>,
) -> Vec<String> {
    let mut tests = Vec::new();
    if !question.roles.is_empty() {
        let one = |role: &Role| format!("${{role}} = '{}'", role.name());
        let roles: Vec<String> = question.roles.iter().map(one).collect();
        tests.push(roles.join(" or "));
    }
    let when = in_form(rulebook, length, rulebook.program.relevance(node));
    let reads = |when: &Condition| {
        let mut nodes = rulebook.program.read_in(when).into_iter();
        nodes.all(|node| is_asked_in(rulebook, length, node))
    };
    let when = when.filter(reads);
    tests.extend(when.and_then(|when| xpath::condition(rulebook, &when, true)));
    tests
}

fn sheet<const N: usize>(
    name: &str,
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    let rows = [head.map(str::to_owned)].into_iter().chain(rows);
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, printable_lines(&text))?;
            }
        }
    }
    Ok(sheet)
}

/// A text in which forms see no reference to an answer.
fn plain(text: &str) -> String {
    text.trim().replace("${", "$ {")
}

/// The numbers a question can be answered by.
pub(super) fn number(item: &Item, question: &Question) -> String {
    let kind = if question.kind == QuestionType::Integer {
        message!("some-whole-number")
    } else {
        message!("some-number")
    };
    let (least, most) = item.domain.limits();
    let range = match (least.is_finite(), most.is_finite()) {
        (true, true) => format!(", {least} to {most}"),
        (true, false) => message!("and-or-more", least),
        (false, true) => message!("or-less", most),
        (false, false) => String::new(),
    };
    let unit = question.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", in {unit}"));
    let period = question.period;
    let period = period.map_or(String::new(), |it| format!(", per {}", it.word()));
    format!("{kind}{range}{unit}{period}")
}
