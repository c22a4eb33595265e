//! Small packs and answers from bytes: every item reads only items before it, so all of them link.

use super::workshop::HEADER;
use proptest::prelude::*;
use std::fmt::Write as _;

/// The highest anchor of every generated rating; completions are tried exhaustively.
pub(crate) const TOP: u8 = 2;

/// An item made from six bytes.
pub(crate) type Seed = [u8; 6];

/// What later items need to know of one before them.
#[derive(Clone)]
struct Made {
    id: String,
    /// Least and most, or the number of outcomes.
    range: Result<(f64, f64), u8>,
    question: bool,
    /// Whether it can be out: not applicable, or not relevant.
    out: bool,
}

impl Made {
    /// A test and its opposite.
    fn split(&self, pick: u8) -> (String, String) {
        match self.range {
            Ok((least, most)) => {
                let at = least + (most - least) * f64::from(pick % 4 + 1) / 4.0;
                (format!(">= {at}"), format!("< {at}"))
            }
            Err(count) => {
                let at = pick % (count - 1) + 1;
                (
                    format!(">= {}{at}", self.stem()),
                    format!("< {}{at}", self.stem()),
                )
            }
        }
    }

    fn stem(&self) -> &'static str {
        if self.id.starts_with('d') { "o" } else { "l" }
    }

    fn test(&self, pick: u8) -> String {
        let (reached, missed) = self.split(pick / 2);
        if pick.is_multiple_of(2) {
            reached
        } else {
            missed
        }
    }
}

/// A pack as text, grown item by item.
#[derive(Default)]
struct Writer {
    made: Vec<Made>,
    questions: String,
    scores: String,
    decisions: String,
    ladders: String,
    /// The condition of the gate, over what stands before the first ladder.
    gate: Option<String>,
}

impl Writer {
    fn pick(&self, byte: u8) -> Made {
        self.made[usize::from(byte) % self.made.len()].clone()
    }

    /// The same with nothing made but questions, which is all that `relevant` reads.
    fn questions_alone(&self) -> Self {
        let questions = self.made.iter().filter(|one| one.question);
        Self {
            made: questions.cloned().collect(),
            ..Self::default()
        }
    }

    /// A condition over what is there.
    fn condition(&self, [form, a, b]: [u8; 3]) -> String {
        let atom = |byte: u8| {
            let item = self.pick(byte);
            let test = match byte % 16 {
                3 if item.question => "not applicable".to_owned(),
                7 if item.question => "unknown".to_owned(),
                _ => item.test(byte / 8),
            };
            format!("{{ {}: \"{test}\" }}", item.id)
        };
        match form % 8 {
            0 => format!("{{ all: [ {}, {} ] }}", atom(a), atom(b)),
            1 => format!("{{ any: [ {}, {} ] }}", atom(a), atom(b)),
            2 => format!("{{ not: {} }}", atom(a)),
            3 => format!(
                "{{ at_least: {{ n: 1, of: [ {}, {} ] }} }}",
                atom(a),
                atom(b)
            ),
            4 => format!(
                "{{ at_least: {{ n: 2, of: [ {}, {}, {} ] }} }}",
                atom(a),
                atom(b),
                atom(a ^ b)
            ),
            5 => format!(
                "{{ any: [ {}, {{ not: {{ all: [ {}, {} ] }} }} ] }}",
                atom(a),
                atom(b),
                atom(a ^ b)
            ),
            _ => atom(a),
        }
    }

    fn question(&mut self, seed: Seed) {
        let [_, reverse, relevant, form, a, b] = seed;
        let id = format!("q{}", self.made.len());
        let reverse = if reverse % 8 == 1 {
            ", reverse: true"
        } else {
            ""
        };
        let never = relevant % 8 == 4;
        let relevant = match relevant % 3 {
            1 if !self.made.is_empty() => format!(
                ", relevant: {}",
                self.questions_alone().condition([form, a, b])
            ),
            _ => String::new(),
        };
        let out = !never || !relevant.is_empty();
        let never = if never { ", not_applicable: never" } else { "" };
        writeln!(self.questions, "      {id}: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c }}{reverse}{relevant}{never} }}")
            .unwrap();
        self.made.push(Made {
            id,
            range: Ok((0.0, f64::from(TOP))),
            question: true,
            out,
        });
    }

    fn score(&mut self, [_, aggregate, a, b, cap, condition]: Seed) {
        let id = format!("s{}", self.made.len());
        let mut children: Vec<Made> = [a, b, a / 16, b / 16]
            .iter()
            .map(|byte| self.pick(*byte))
            .collect();
        children.sort_by(|a, b| a.id.cmp(&b.id));
        children.dedup_by(|a, b| a.id == b.id);
        let names = [
            "mean",
            "sum",
            "min",
            "max",
            "count",
            "share",
            "geometric",
            "spread",
            "difference",
        ];
        let name = match names[usize::from(aggregate) % names.len()] {
            "spread" | "difference" if children.len() < 2 => "mean",
            name => name,
        };
        if name == "difference" {
            children.truncate(2);
        }
        let plain = children.iter().all(|one| one.question);
        let each = if plain { f64::from(TOP) } else { 100.0 };
        let mut keys = if plain {
            String::new()
        } else {
            ", normalise: true".to_owned()
        };
        if matches!(name, "count" | "share") {
            write!(keys, ", test: \">= {}\"", each / 2.0).unwrap();
        }
        let n = f64::from(u8::try_from(children.len()).unwrap());
        let heavy = aggregate >= 128;
        if heavy {
            write!(keys, ", weights: {{ {}: 2 }}", children[0].id).unwrap();
        }
        let range = match name {
            "sum" => (0.0, each * (n + f64::from(u8::from(heavy)))),
            "count" => (0.0, n),
            "share" => (0.0, 1.0),
            "difference" => (-each, each),
            _ => (0.0, each),
        };
        if cap % 3 == 1 {
            let at = range.0 + (range.1 - range.0) * f64::from(cap % 4) / 4.0;
            let when = self.condition([cap / 4, condition, condition / 2]);
            write!(keys, ", cap: {{ when: {when}, at: {at}, because: x }}").unwrap();
        }
        let of = children
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        writeln!(
            self.scores,
            "  {id}: {{ aggregate: {name}, of: [{of}]{keys} }}"
        )
        .unwrap();
        self.made.push(Made {
            id,
            range: Ok(range),
            question: false,
            out: true,
        });
    }

    fn decision(&mut self, [_, policy, a, b, outcomes, cuts]: Seed) {
        let id = format!("d{}", self.made.len());
        let inputs = [self.pick(a), self.pick(b)];
        let policy = if policy.is_multiple_of(2) {
            "unique"
        } else {
            "first"
        };
        let (splits, then) = (inputs.each_ref().map(|one| one.split(cuts)), |place: u8| {
            outcomes / 3_u8.pow(u32::from(place)) % 3
        });
        writeln!(
            self.decisions,
            "  {id}:\n    outcomes: [o0, o1, o2]\n    inputs: [{}, {}]",
            inputs[0].id, inputs[1].id
        )
        .unwrap();
        writeln!(self.decisions, "    hit_policy: {policy}\n    rules:").unwrap();
        let mut rule = |place: u8, one: &str, other: &str| {
            let text = format!(
                "      - {{ id: r{place}, if: [\"{one}\", \"{other}\"], then: o{}, because: x }}",
                then(place)
            );
            writeln!(self.decisions, "{text}").unwrap();
        };
        let [(yes, no), (also, not)] = splits;
        rule(0, &yes, &also);
        rule(1, &yes, &not);
        rule(2, &no, "-");
        if inputs[0].out && cuts.is_multiple_of(3) {
            rule(3, "not applicable", "-");
        }
        self.made.push(Made {
            id,
            range: Err(3),
            question: false,
            out: true,
        });
    }

    fn ladder(&mut self, [_, of, measure, cuts, a, b]: Seed) {
        let gate = self.condition([b / 2, cuts, a]);
        self.gate.get_or_insert(gate);
        let numbers: Vec<Made> = self
            .made
            .iter()
            .filter(|one| one.range.is_ok())
            .cloned()
            .collect();
        let of = &numbers[usize::from(of) % numbers.len()];
        let every = &numbers[usize::from(a) % numbers.len()];
        let id = format!("l{}", self.made.len());
        let index = measure.is_multiple_of(2);
        let at = |one: &Made, part: u8| {
            let (least, most) = if index {
                (0.0, 100.0)
            } else {
                one.range.unwrap()
            };
            least + (most - least) * f64::from(part % 5) / 4.0
        };
        let measure = if index { "index" } else { "value" };
        let gate = if b.is_multiple_of(2) {
            ", gates: [g]"
        } else {
            ""
        };
        writeln!(
            self.ladders,
            "  {id}:\n    of: {}\n    measure: {measure}\n    levels:\n      - {{ id: l0 }}",
            of.id
        )
        .unwrap();
        writeln!(
            self.ladders,
            "      - {{ id: l1, from: {} }}",
            at(of, cuts % 3)
        )
        .unwrap();
        let floor = format!(
            "every: {{ of: [{}], at_least: {} }}",
            every.id,
            at(every, b / 8)
        );
        writeln!(
            self.ladders,
            "      - {{ id: l2, from: {}, {floor}{gate} }}",
            at(of, cuts % 3 + 1)
        )
        .unwrap();
        self.made.push(Made {
            id,
            range: Err(3),
            question: false,
            out: true,
        });
    }

    fn text(self, finding: Seed) -> String {
        let [one @ .., level] = finding;
        let gate = self.condition([level, one[2], one[4]]);
        let gate = self.gate.as_ref().unwrap_or(&gate);
        let mut text = format!(
            "{HEADER}sections:\n  s:\n    title: S\n    questions:\n{}",
            self.questions
        );
        for (place, when) in [[one[0], one[1], one[2]], [one[3], one[4], level]]
            .into_iter()
            .enumerate()
        {
            let when = self.condition(when);
            let head = if place == 0 { "findings:\n" } else { "" };
            writeln!(
                text,
                "{head}  f{place}: {{ when: {when}, kind: gap, severity: low, title: F, text: F }}"
            )
            .unwrap();
        }
        writeln!(
            text,
            "gates:\n  g: {{ title: G, when: {gate}, because: x }}"
        )
        .unwrap();
        for (key, list) in [
            ("scores", &self.scores),
            ("decisions", &self.decisions),
            ("ladders", &self.ladders),
        ] {
            if !list.is_empty() {
                write!(text, "{key}:\n{list}").unwrap();
            }
        }
        text
    }
}

/// The text of a pack whose first item is a question.
pub(crate) fn text(seeds: &[Seed], finding: Seed) -> String {
    let mut writer = Writer::default();
    for seed in seeds {
        let questions = writer.made.iter().filter(|one| one.question).count();
        match seed[0] % 8 {
            _ if writer.made.is_empty() => writer.question(*seed),
            0..=3 if questions < 4 => writer.question(*seed),
            0..=5 => writer.score(*seed),
            6 => writer.decision(*seed),
            _ => writer.ladder(*seed),
        }
    }
    writer.text(finding)
}

/// One to eight items and two findings.
pub(crate) fn packs() -> impl Strategy<Value = String> {
    (prop::collection::vec(any::<Seed>(), 1..9), any::<Seed>())
        .prop_map(|(seeds, finding)| text(&seeds, finding))
}
