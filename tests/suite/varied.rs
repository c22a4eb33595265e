//! Made-up clients of every kind: some know everything, some little; to some much does not apply;
//! some aim at something and name who answers for it; of some, many people answered.

use crate::made_up::Lot;
use crate::workshop::built_in;
use centricity::answers::file::{AssessmentFile, ResponseFile};
use centricity::answers::{Answers, CompanionFiles, Response, Tally};
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::{ItemKind, Question, Rulebook};
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml;
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// Packs that are answered together: those whose levels take long to plan for come last.
const PACKS: [&[&str]; 12] = [
    &["organisation"],
    &["economics", "listening"],
    &["co-learning", "marketing-map"],
    &["culture"],
    &["personalisation", "brand-and-offer"],
    &["feedback"],
    &["signs"],
    &["one-to-one"],
    &["retention"],
    &["principles"],
    &["profile", "organisation", "retention"],
    &[
        "profile",
        "organisation",
        "principles",
        "retention",
        "maturity",
    ],
];
/// So many of these are answered five times as often as the rest.
const LIGHT: usize = 6;
const ROLES: [(Role, &str); 3] = [
    (Role::Leadership, "leadership"),
    (Role::Management, "management"),
    (Role::Frontline, "frontline"),
];
/// So many people of each role, where many answer.
const PEOPLE: usize = 6;

/// How a client answers.
#[derive(Clone, Copy)]
struct Manner {
    /// About how far it is, `0..=4`.
    level: usize,
    /// Out of a hundred answers, so many are not known, left out, or do not apply.
    unknown: usize,
    missing: usize,
    out: usize,
    /// Out of a hundred ratings, so many have a target.
    aims: usize,
}

impl Manner {
    fn drawn(lot: &mut Lot) -> Self {
        let level = lot.of(5);
        let [unknown, missing, out] = [
            [0, 0, 0],
            [0, 0, 15],
            [8, 0, 0],
            [4, 4, 8],
            [15, 30, 0],
            [0, 2, 2],
        ][lot.of(6)];
        let aims = [0, 25][lot.of(2)];
        Self {
            level,
            unknown,
            missing,
            out,
            aims,
        }
    }
}

/// Whose name is given to a target: the question and how far, so that a page that prints it under
/// anything else is caught.
fn owner(id: &str, target: &str) -> String {
    format!("Keeper of {id} up to {target}")
}

/// The rulebooks that made-up clients answer, in turn.
pub(crate) fn rulebooks() -> Vec<Rulebook> {
    PACKS.iter().map(|packs| built_in(packs)).collect()
}

/// Which of the rulebooks a client answers.
pub(crate) fn place(number: u64) -> usize {
    let turn = usize::try_from(number % 36).expect("small");
    let often = 5 * LIGHT;
    if turn < often {
        turn % LIGHT
    } else {
        turn - often + LIGHT
    }
}

/// The answers of a client to its rulebook; of every fifth, many people answer.
pub(crate) fn answers(rulebook: &Rulebook, number: u64) -> Answers {
    let mut lot = Lot(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let manner = Manner::drawn(&mut lot);
    let basis = ["perception", "evidenced"][lot.of(2)];
    let packs: Vec<&str> = rulebook.packs.iter().map(|pack| pack.id.as_str()).collect();
    let head = format!(
        "format: 1\nclient: {{ name: Client {number} }}\nassessed_on: 2026-{:02}-{:02}\nbasis: {basis}\npacks: [{}]\n",
        1 + lot.of(12),
        1 + lot.of(28),
        packs.join(", ")
    );
    let mut reader = Reader::default();
    if number % 5 == 4 {
        return many(rulebook, &head, manner, &mut lot, &mut reader);
    }
    let own = format!(
        "{head}answers:\n{}",
        sheet(rulebook, manner, &mut lot, None)
    );
    let file: AssessmentFile = reader.file(&own);
    let answers = Answers::check(rulebook, &file, &mut reader.problems);
    reader.valid(answers)
}

fn many(
    rulebook: &Rulebook,
    head: &str,
    manner: Manner,
    lot: &mut Lot,
    reader: &mut Reader,
) -> Answers {
    let file: AssessmentFile = reader.file(head);
    let mut tally = Tally::new(rulebook);
    for (place, (role, name)) in ROLES.into_iter().enumerate() {
        // Those nearer customers see less.
        let level = manner.level.saturating_sub(place * lot.of(2));
        for person in 0..PEOPLE {
            let manner = Manner { level, ..manner };
            let answers = sheet(rulebook, manner, lot, Some(role));
            let text =
                format!("format: 1\nrespondent: {name}{person}\nrole: {name}\nanswers:\n{answers}");
            let file: ResponseFile = reader.file(&text);
            let response = Response::check(rulebook, &file, &mut reader.problems);
            tally.add(rulebook, &reader.valid(response));
        }
    }
    let beside = CompanionFiles {
        tally: Some(&tally),
        ..CompanionFiles::default()
    };
    let answers = Answers::merge(rulebook, &file, &beside, &mut reader.problems);
    reader.valid(answers)
}

#[derive(Default)]
struct Reader {
    sources: Sources,
    problems: Diagnostics,
}

impl Reader {
    fn file<T: DeserializeOwned>(&mut self, text: &str) -> T {
        let id = self.sources.add("made-up.yaml", text.to_owned());
        let file = yaml::read_sound(&self.sources, id, &mut self.problems);
        self.valid(file)
    }

    #[track_caller]
    fn valid<T>(&self, value: Option<T>) -> T {
        value.unwrap_or_else(|| panic!("{}", render(&self.problems, &self.sources, false)))
    }
}

/// Answers by pack, as the assessor writes them, or a person of a role.
fn sheet(rulebook: &Rulebook, manner: Manner, lot: &mut Lot, role: Option<Role>) -> String {
    let mut text = String::new();
    for (place, pack) in rulebook.packs.iter().enumerate() {
        let mut lines = String::new();
        for item in rulebook.items.iter().filter(|item| item.pack == place) {
            let ItemKind::Question(question) = &item.kind else {
                continue;
            };
            let asked =
                question.roles.is_empty() || role.is_none_or(|role| question.roles.contains(&role));
            let (given, id) = (lot.of(100), item.local_id());
            if !asked || given < manner.missing {
                continue;
            }
            let answer = answer(question, id, manner, lot, role.is_some());
            let _ = writeln!(lines, "    {id}: {answer}");
        }
        if !lines.is_empty() {
            let _ = write!(text, "  {}:\n{lines}", pack.id);
        }
    }
    if text.is_empty() {
        "  {}\n".to_owned()
    } else {
        text
    }
}

fn answer(question: &Question, id: &str, manner: Manner, lot: &mut Lot, person: bool) -> String {
    let drawn = lot.of(100);
    if question.may_not_apply && drawn < manner.out {
        return "{ not_applicable: \"There is none of it here\" }".to_owned();
    }
    if drawn < manner.out + manner.unknown {
        return "unknown".to_owned();
    }
    let near =
        |lot: &mut Lot, count: usize| (manner.level + lot.of(3)).saturating_sub(1).min(count - 1);
    match question.kind {
        QuestionType::Text => "a word".to_owned(),
        QuestionType::Boolean => ["false", "true"][lot.of(2)].to_owned(),
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            (1 + lot.of(60)).to_string()
        }
        QuestionType::SelectMultiple => {
            let choice = &question.choices[near(lot, question.choices.len())];
            format!("[{}]", choice.value)
        }
        QuestionType::Rating | QuestionType::SelectOne => {
            let place = near(lot, question.choices.len());
            let aims = question.kind == QuestionType::Rating && lot.of(100) < manner.aims;
            if aims && !person && place + 1 < question.choices.len() {
                let target = place + 1 + lot.of(question.choices.len() - place - 1);
                let [value, target] = [place, target].map(|place| &question.choices[place].value);
                return format!(
                    "{{ value: {value}, target: {target}, owner: \"{}\", due: 2027-{:02}-{:02} }}",
                    owner(id, target),
                    1 + lot.of(12),
                    1 + lot.of(28)
                );
            }
            let value = &question.choices[place].value;
            match lot.of(3) {
                0 => format!(
                    "{{ value: {value}, evidence: {{ grade: {}, ref: \"Seen\" }} }}",
                    ["interview", "document", "record"][lot.of(3)]
                ),
                _ => value.clone(),
            }
        }
    }
}
