//! Packs and answers from a few lines of YAML, and short questions about what came out.

use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::assess::{Evaluation, Judgement, evaluate, evaluate_with_trace};
use centricity::rules::pack::{Library, Loaded, PackText, Texts};
use centricity::rules::rulebook::{Domain, Rulebook};
use centricity::rules::{Reading, Truth};
use centricity::text::diagnostic::{Diagnostic, Diagnostics, Place, Sources, render};
use centricity::text::yaml::{self, Located};
use std::path::Path;

/// The header that [`pack`] puts before a body.
pub(crate) const HEADER: &str = "format: 1\nid: p\nversion: 1.0.0\ntitle: P\n";

/// One section `s` of ratings from 0 to 4 with these ids.
pub(crate) fn ratings(ids: &[&str]) -> String {
    let mut text = "sections:\n  s:\n    title: S\n    questions:\n".to_owned();
    for id in ids {
        text.push_str(&rating(id, ""));
    }
    text
}

/// One rating from 0 to 4, with further keys.
pub(crate) fn rating(id: &str, keys: &str) -> String {
    let keys = if keys.is_empty() {
        String::new()
    } else {
        format!(", {keys}")
    };
    format!(
        "      {id}: {{ type: rating, ask: \"?\", anchors: {{ 0: a, 1: b, 2: c, 3: d, 4: e }}{keys} }}\n"
    )
}

/// What came of linking packs or checking answers.
pub(crate) struct Outcome<T> {
    pub(crate) value: Option<T>,
    pub(crate) problems: Diagnostics,
    pub(crate) sources: Sources,
}

impl<T> Outcome<T> {
    #[track_caller]
    pub(crate) fn good(self) -> T {
        assert!(self.problems.is_empty(), "{}", self.shown());
        self.value.expect("no problems, so a value")
    }

    /// What is valid, whatever was warned of.
    #[track_caller]
    pub(crate) fn valid(self) -> T {
        assert!(!self.problems.has_errors(), "{}", self.shown());
        self.value.expect("no errors, so a value")
    }

    pub(crate) fn shown(&self) -> String {
        render(&self.problems, &self.sources, false)
    }

    /// `line:column code: message (help)` of each problem, in the order shown.
    pub(crate) fn lines(&self) -> Vec<String> {
        let line = |it: &Diagnostic| {
            let at = self.sources.position(it.place.unwrap_or_default());
            let help = it
                .help
                .as_deref()
                .map_or(String::new(), |help| format!(" ({help})"));
            format!(
                "{}:{} {}: {}{help}",
                at.line, at.column, it.code, it.message
            )
        };
        self.problems.sorted().into_iter().map(line).collect()
    }

    /// The codes of all problems, in the order shown.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.problems
            .sorted()
            .into_iter()
            .map(|it| it.code.as_str())
            .collect()
    }
}

/// Links packs, each a list of files with their paths.
pub(crate) fn linked(packs: &[&[(&str, &str)]]) -> Outcome<Rulebook> {
    let mut sources = Sources::new();
    let mut problems = Diagnostics::new();
    let text = |(path, text): &(&str, &str)| PackText {
        name: (*path).to_owned(),
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
        linked: false,
    };
    let load = |files: &&[(&str, &str)]| {
        let texts = Texts::new(files.iter().map(text).collect());
        Loaded::load(texts, &mut sources, &mut problems)
    };
    let loaded: Option<Vec<Loaded>> = packs.iter().map(load).collect();
    let value = loaded.and_then(|loaded| Rulebook::link(&loaded, &mut problems));
    Outcome {
        value,
        problems,
        sources,
    }
}

/// Links built-in packs, with those they cannot do without.
pub(crate) fn built_in(names: &[&str]) -> Rulebook {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let located = |name: &&str| Located::new((*name).to_owned(), Place::NOWHERE);
    let names: Vec<_> = names.iter().map(located).collect();
    let packs = Library::default()
        .load(&names, Path::new(""), &mut sources, &mut problems)
        .expect("readable files");
    let rulebook = packs.and_then(|packs| Rulebook::link(&packs, &mut problems));
    assert!(
        problems.is_empty(),
        "{}",
        render(&problems, &sources, false)
    );
    rulebook.expect("no problems, so a rulebook")
}

/// Links one pack `p` of one file; lines of the body count from 5.
pub(crate) fn pack(body: &str) -> Outcome<Rulebook> {
    linked(&[&[("pack.yaml", &format!("{HEADER}{body}"))]])
}

/// Checks a whole answers file.
pub(crate) fn checked(rulebook: &Rulebook, text: &str) -> Outcome<Answers> {
    let mut sources = Sources::new();
    let mut problems = Diagnostics::new();
    let id = sources.add("assessment.yaml", text.to_owned());
    let file = yaml::read::<AssessmentFile>(&sources, id, &mut problems);
    let value = file.and_then(|file| Answers::check(rulebook, &file, &mut problems));
    Outcome {
        value,
        problems,
        sources,
    }
}

/// Checks answers to the pack `p`, written in one line or several; the first stands at 5:8.
pub(crate) fn answers(rulebook: &Rulebook, answers: &str) -> Outcome<Answers> {
    based(rulebook, "perception", answers)
}

/// The same on a basis.
pub(crate) fn based(rulebook: &Rulebook, basis: &str, answers: &str) -> Outcome<Answers> {
    let head = format!("format: 1\nclient: {{ name: C }}\nbasis: {basis}\npacks: [p]\n");
    checked(
        rulebook,
        &format!("{head}answers: {{ p: {{ {answers} }} }}\n"),
    )
}

/// One evaluation with the names to ask it by.
pub(crate) struct Scored {
    pub(crate) rulebook: Rulebook,
    pub(crate) evaluation: Evaluation,
}

/// Links, checks and evaluates; warnings are let pass.
#[track_caller]
pub(crate) fn scored(body: &str, given: &str) -> Scored {
    scored_on(body, "perception", given)
}

#[track_caller]
pub(crate) fn scored_on(body: &str, basis: &str, given: &str) -> Scored {
    let rulebook = pack(body).good();
    let answers = based(&rulebook, basis, given).valid();
    Scored::new(&rulebook, &answers)
}

impl Scored {
    #[track_caller]
    pub(crate) fn new(rulebook: &Rulebook, answers: &Answers) -> Self {
        let evaluation = evaluate(rulebook, answers);
        let traced = evaluate_with_trace(rulebook, answers);
        let readings = |one: &Evaluation| format!("{:?}", one.readings);
        assert_eq!(
            readings(&evaluation),
            readings(&traced),
            "a trace changes nothing"
        );
        assert_eq!(evaluation.findings, traced.findings);
        assert_eq!(evaluation.gates, traced.gates);
        Self {
            rulebook: rulebook.clone(),
            evaluation,
        }
    }

    #[track_caller]
    fn node(&self, id: &str) -> usize {
        self.rulebook
            .find(&format!("p.{id}"))
            .unwrap_or_else(|| panic!("no item {id}"))
    }

    #[track_caller]
    pub(crate) fn reading(&self, id: &str) -> Reading {
        self.evaluation.readings[self.node(id)]
    }

    /// Value, low, high and coverage, rounded to four digits.
    #[track_caller]
    pub(crate) fn four(&self, id: &str) -> [f64; 4] {
        let one = self.reading(id);
        [one.value, one.low, one.high, one.coverage].map(round)
    }

    #[track_caller]
    pub(crate) fn value(&self, id: &str) -> f64 {
        round(self.reading(id).value)
    }

    #[track_caller]
    pub(crate) fn index(&self, id: &str) -> f64 {
        let one = self.reading(id);
        round(one.index(one.value))
    }

    #[track_caller]
    fn names(&self, id: &str, set: u64) -> Vec<&str> {
        let (Domain::Outcomes { names, .. } | Domain::Choices { names, .. }) =
            &self.rulebook.items[self.node(id)].domain
        else {
            panic!("{id} has no outcomes");
        };
        let taken = names
            .iter()
            .enumerate()
            .filter(|(place, _)| set & (1 << place) != 0);
        taken.map(|(_, name)| name.as_str()).collect()
    }

    /// What came out of a decision or ladder.
    #[track_caller]
    pub(crate) fn held(&self, id: &str) -> Vec<&str> {
        self.names(id, self.reading(id).held)
    }

    /// What may still come out of it.
    #[track_caller]
    pub(crate) fn possible(&self, id: &str) -> Vec<&str> {
        self.names(id, self.reading(id).possible)
    }

    #[track_caller]
    pub(crate) fn gate(&self, id: &str) -> Truth {
        let place = self
            .rulebook
            .gates
            .iter()
            .position(|gate| gate.id == format!("p.{id}"));
        let gate = self.evaluation.gates[place.unwrap_or_else(|| panic!("no gate {id}"))];
        gate.met.expect("a gate that applies")
    }

    #[track_caller]
    pub(crate) fn finding(&self, id: &str) -> Judgement {
        let place = self
            .rulebook
            .findings
            .iter()
            .position(|one| one.id == format!("p.{id}"));
        self.evaluation.findings[place.unwrap_or_else(|| panic!("no finding {id}"))]
    }
}

/// Four digits after the point, enough to compare with figures worked by hand.
pub(crate) fn round(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// Whether two lists of numbers are the same, taking "none" (NaN) for equal to itself.
#[track_caller]
pub(crate) fn same<const N: usize>(got: [f64; N], wanted: [f64; N]) {
    let alike = got
        .iter()
        .zip(&wanted)
        .all(|(a, b)| (a.is_nan() && b.is_nan()) || (a - b).abs() < 1e-9);
    assert!(alike, "got {got:?}, wanted {wanted:?}");
}

/// No value.
pub(crate) const NONE: f64 = f64::NAN;
