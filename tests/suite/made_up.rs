//! Made-up clients, as many as wanted: the same number always gives the same client.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use centricity::rules::pack::file::QuestionType;
use centricity::rules::pack::{self, Loaded};
use centricity::rules::rulebook::{ItemKind, Question, Rulebook};
use centricity::text::diagnostic::{Diagnostics, Sources};

/// Numbers that look drawn by lot (splitmix64).
pub(crate) struct Lot(pub(crate) u64);

impl Lot {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..count`.
    pub(crate) fn of(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(count.max(1)).expect("few")).expect("few")
    }
}

/// Built-in packs linked, to be asked of every client.
pub(crate) fn rulebook(packs: &[&str]) -> Rulebook {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let mut load = |name: &&str| {
        let texts = pack::built_in(name).expect("a built-in pack");
        Loaded::load(texts, &mut sources, &mut problems).expect("a pack")
    };
    // Most packs read who the client is.
    let facts = ["profile"].into_iter().filter(|name| !packs.contains(name));
    let packs: Vec<&str> = facts.chain(packs.iter().copied()).collect();
    let loaded: Vec<Loaded> = packs.iter().map(&mut load).collect();
    Rulebook::link(&loaded, &mut problems).expect("packs")
}

/// The answers of one client to at most so many questions.
pub(crate) fn client(rulebook: &Rulebook, number: u64, most: usize) -> String {
    let mut lot = Lot(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    // How far this client is, and how well it can prove it.
    let (level, proof) = (lot.of(5), lot.of(4));
    let packs: Vec<&str> = rulebook.packs.iter().map(|pack| pack.id.as_str()).collect();
    let basis = ["perception", "evidenced"][lot.of(2)];
    let mut text = format!(
        "format: 1\nclient: {{ name: Client {number:06}, unit: Unit {} }}\nassessed_on: 2026-{:02}-{:02}\n\
         basis: {basis}\npacks: [{}]\nanswers:\n",
        number % 7,
        1 + lot.of(12),
        1 + lot.of(28),
        packs.join(", ")
    );
    let mut left = most;
    for (place, pack) in packs.iter().enumerate() {
        let _ = writeln!(text, "  {pack}:");
        for item in rulebook.items.iter().filter(|item| item.pack == place) {
            let ItemKind::Question(question) = &item.kind else {
                continue;
            };
            if left == 0 || lot.of(40) == 0 {
                continue;
            }
            left -= 1;
            let answer = answer(&mut lot, question, level, proof);
            let _ = writeln!(text, "    {}: {answer}", item.local_id());
        }
    }
    text
}

fn answer(lot: &mut Lot, question: &Question, level: usize, proof: usize) -> String {
    if lot.of(30) == 0 {
        return "unknown".to_owned();
    }
    let value = match question.choices.len() {
        0 if question.kind == QuestionType::Text => "a word".to_owned(),
        0 => (1 + lot.of(20)).to_string(),
        count => {
            let near = (level + lot.of(3)).saturating_sub(1).min(count - 1);
            question.choices[near].value.clone()
        }
    };
    let value = if question.kind == QuestionType::SelectMultiple {
        format!("[{value}]")
    } else {
        value
    };
    let grade = ["interview", "document", "record", "document"][proof];
    match lot.of(3) {
        0 => format!(
            "{{ value: {value}, note: \"Escalates every time\", evidence: {{ grade: {grade}, ref: \"Account charter v2\" }} }}"
        ),
        _ => value,
    }
}

/// Writes clients `0..count` into folders of their own, a thousand to a folder.
pub(crate) fn write(folder: &Path, rulebook: &Rulebook, count: u64, most: usize) {
    for number in 0..count {
        let own = folder.join(format!("{:03}/client-{number:06}", number / 1000));
        fs::create_dir_all(&own).expect("a folder");
        let text = client(rulebook, number, most);
        fs::write(own.join("assessment.yaml"), text).expect("a file");
    }
}
