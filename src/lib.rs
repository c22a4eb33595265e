//! Measures how customer-centric an organisation is: rules in YAML packs, answers in YAML files,
//! one road from the one to a report on the other.
//!
//! # The line
//!
//! ```text
//! text --load--> PackFile, AssessmentFile --check--> Rulebook, Answers --evaluate--> Evaluation
//!                                   \--> Diagnostics         Assessment --report--> text
//! ```
//!
//! 1. [`yaml`] reads text into plain structs in which every value knows its place.
//! 2. [`pack`] finds the files of a rule pack and merges them; the packs that travel inside the
//!    library take the same road.
//! 3. [`rulebook`] links packs: ids become indices, scores find their order, decision tables are
//!    proven. [`answers`] holds a client's answers to a rulebook. These two are the only doors from
//!    what is written to what is valid, and they gather every problem as a [`diagnostic`]. Where
//!    many people answer, their responses are counted and merged here, and [`answers::panel`] keeps
//!    what may be shown of them; [`agreement`] says how far they agree.
//! 4. [`evaluate`] fills one reading per item from flat arrays. It is pure and cannot fail.
//!    [`condition`] says what is true, false or not known on the way. [`metric`] computes results of
//!    the business, such as lifetime value, which stand beside scores and never inside.
//! 5. [`assessment`] puts words to the numbers: the result document. [`explain`] says why a figure
//!    is what it is, and which answer would change it; [`plan`] which few steps lead to a level.
//!    [`compare`] sets two documents side by side, [`history`] many of one assessment, and [`gate`]
//!    holds one to a policy.
//! 6. [`report`] lays the document out as one view, and templates print it.
//!
//! [`portfolio`] counts the results of many clients, and says how they are spread.
//!
//! [`interview`] asks for answers one by one; [`answers::edit`] writes each into its file, and leaves
//! everything else there as a person wrote it.
//! Where many people answer, [`form`] makes the page that each of them fills in, and [`export`] hands
//! the questions to other tools; what comes back through [`import`] are answers.
//!
//! [`terminal`] lays the result and its reasons out on 80 columns, and [`schema`] describes every
//! document of the line as JSON Schema.
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
