//! Measures how customer-centric an organisation is: rules in YAML packs, answers in YAML files,
//! one road from the one to a report on the other.
//!
//! # The line
//!
//! Seven rooms, in the order in which a score passes them. A room imports those above it and none
//! below.
//!
//! 1. [`text`] reads text, every value with its place, and gathers each problem as a
//!    [`diagnostic`](text::diagnostic).
//! 2. [`rules`] finds packs and links them to a [`rulebook`](rules::rulebook): ids become indices,
//!    scores find their order, decision tables are proven.
//! 3. [`answers`] holds a client's answers to a rulebook. Where many people answer, they are counted
//!    and merged here, and [`panel`](answers::panel) keeps what may be shown of them. Linking and
//!    checking are the only doors from what is written to what is valid.
//! 4. [`assess`] [evaluates](assess::evaluate): one reading per item, from flat arrays, pure and
//!    without failing. The [`assessment`](assess::assessment) puts words to the numbers: the result
//!    document, in which every conclusion has its home. A [`plan`](assess::plan) says which few steps
//!    lead to a level.
//! 5. [`study`] asks of results why a figure is what it is, what changed, whether a policy is met,
//!    and how many clients compare; it runs and lints packs.
//! 6. [`collect`] brings answers in: one by one, on a page, from the export of a survey.
//! 7. [`report`] prints all of it: reports through templates, lines on a terminal, and the JSON
//!    Schema of every document.
//!
//! The library never prints, reads the clock or starts a process.
//!
//! # A first example
//!
//! ```
//! use centricity::answers::{Answers, file::AssessmentFile};
//! use centricity::assess::assessment::assess;
//! use centricity::text::diagnostic::{Diagnostics, Sources};
//! use centricity::rules::pack::{Loaded, builtin};
//! use centricity::rules::rulebook::Rulebook;
//! use centricity::text::yaml;
//!
//! let mut sources = Sources::new();
//! let mut problems = Diagnostics::new();
//!
//! let texts = builtin::find("organisation").expect("a built-in pack");
//! let pack = Loaded::load(texts, &mut sources, &mut problems).expect("a pack that can be read");
//! let rulebook = Rulebook::link(&[pack], &mut problems).expect("a pack without problems");
//!
//! let text = "
//! format: 1
//! client: { name: Harbour Tools }
//! packs: [organisation]
//! answers:
//!   organisation: { promise: 3, teams: 3, shared-view: 2, shared-reward: 2, cross-skill: 3 }
//! ";
//! let file = sources.add("answers.yaml", text.to_owned());
//! let file: AssessmentFile = yaml::read(&sources, file, &mut problems).expect("a file that can be read");
//! let answers = Answers::check(&rulebook, &file, &mut problems).expect("valid answers");
//!
//! let assessment = assess(&rulebook, &answers);
//! let light = assessment.scores.iter().find(|score| score.id == "organisation.light").expect("a score");
//! assert_eq!(light.value, Some(2.6));
//! ```

pub mod text;

pub mod rules;

pub mod answers;

pub mod assess;

pub mod collect;
pub mod study;

pub mod report;
