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
//!    and merged here, and [`disclosure`](answers::disclosure) keeps what may be shown of them.
//!    Linking and checking are the only doors from what is written to what is valid.
//! 4. [`assess`] [evaluates](assess::evaluate): one reading per item, from flat arrays, pure and
//!    without failing. [`assess`](assess::assess) puts words to the numbers: the result
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
//! The binary, in `src/bin/centricity`, is separate and uses the library as anybody else would.
//! `docs/architecture.md` follows one score through all rooms.
//!
//! # A first example
//!
//! ```
//! use centricity::Project;
//!
//! let project = Project::new(&["organisation"])?;
//! let answers = project.answers("answers.yaml", "
//! format: 1
//! client: { name: Harbour Tools }
//! packs: [organisation]
//! answers:
//!   organisation: { promise: 3, teams: 3, shared-view: 2, shared-reward: 2, cross-skill: 3 }
//! ")?;
//! let assessment = project.assess(&answers);
//! assert_eq!(assessment.score("organisation.light").and_then(|score| score.value), Some(2.6));
//! # assert!(project.markdown(&assessment)?.contains("Harbour Tools"));
//! # Ok::<(), centricity::ProjectError>(())
//! ```

pub mod text;

pub mod rules;

pub mod answers;

pub mod assess;

pub mod collect;
pub mod study;

pub mod report;

mod project;

pub use project::{Problems, Project, ProjectError};
