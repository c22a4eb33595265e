//! What the crate promises, told in short sentences; one binary, one file per subject.
//!
//! `#[cfg(test)]` is what lets helpers unwrap: clippy takes only what is so marked for a test.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod advice;
#[cfg(test)]
mod aggregates;
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod ask;
#[cfg(test)]
mod ask_saves;
#[cfg(test)]
mod ask_whom;
#[cfg(test)]
mod asked_as;
#[cfg(test)]
mod assess;
#[cfg(test)]
mod attacker;
#[cfg(test)]
mod attacker_printed;
#[cfg(test)]
mod attacker_states;
#[cfg(test)]
mod bad_answers;
#[cfg(test)]
mod bad_files;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bad_packs;
#[cfg(test)]
mod benchmark;
mod blocks;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod brand;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod called_for;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod changed;
#[cfg(test)]
mod check;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod clients_all_packs;
#[cfg(test)]
mod clients_sentences;
#[cfg(test)]
mod clients_verdicts;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod completions;
#[cfg(test)]
mod conclusions;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod confidence;
#[cfg(test)]
mod counted;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod curves;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod document;
#[cfg(test)]
mod economics;
#[cfg(test)]
mod edit;
#[cfg(test)]
mod edit_insert;
#[cfg(test)]
mod edit_properties;
#[cfg(test)]
mod estimates;
#[cfg(test)]
mod everything;
#[cfg(test)]
mod exact;
#[cfg(test)]
mod executive;
#[cfg(test)]
mod export;
#[cfg(test)]
mod figures;
mod filter;
#[cfg(test)]
mod first_steps;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod form;
#[cfg(test)]
mod form_access;
#[cfg(test)]
mod form_file;
#[cfg(test)]
mod form_page;
#[cfg(test)]
mod form_relevance;
#[cfg(test)]
mod full;
#[cfg(test)]
mod fuzzed;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod gate_against;
#[cfg(test)]
mod generate;
#[cfg(test)]
mod headlines;
#[cfg(test)]
mod history;
#[cfg(test)]
mod history_git;
#[cfg(test)]
mod history_packs;
#[cfg(test)]
mod history_page;
#[cfg(test)]
mod history_paths;
#[cfg(test)]
mod history_people;
#[cfg(test)]
mod history_revisions;
#[cfg(test)]
mod import;
#[cfg(test)]
mod import_exports;
mod import_tools;
#[cfg(test)]
mod imports_refused;
#[cfg(test)]
mod init;
#[cfg(test)]
mod interview;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod locator;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod many_people;
#[cfg(test)]
mod medians;
#[cfg(test)]
mod merging;
#[cfg(test)]
mod merging_groups;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod migrate;
#[cfg(test)]
mod mirror;
#[cfg(test)]
mod models;
#[cfg(test)]
mod moved;
#[cfg(test)]
mod movement;
#[cfg(test)]
mod numbers;
#[cfg(test)]
#[cfg(unix)]
mod odd_files;
#[cfg(test)]
#[cfg(unix)]
mod odd_targets;
#[cfg(test)]
mod out_is_closed;
#[cfg(test)]
mod overlays;
#[cfg(test)]
mod overlays_refused;
#[cfg(test)]
mod overlays_tested;
#[cfg(test)]
mod pack_sources;
#[cfg(test)]
mod pack_sources_refused;
#[cfg(test)]
mod pack_updates;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod pdf;
#[cfg(test)]
mod plan_command;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod plans_certain;
#[cfg(test)]
mod plans_meant;
#[cfg(test)]
mod plans_refused;
#[cfg(test)]
mod plans_relevance;
#[cfg(test)]
mod plans_shortest;
#[cfg(test)]
mod plans_types;
#[cfg(test)]
mod portfolio;
#[cfg(test)]
mod portfolio_written;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod project;
#[cfg(test)]
mod projects;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod questionnaire;
#[cfg(test)]
mod rankings;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod recipes;
#[cfg(test)]
mod report;
#[cfg(test)]
mod report_command;
#[cfg(test)]
mod report_templates;
#[cfg(test)]
mod report_texts;
#[cfg(test)]
mod report_untrusted;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod revisions;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod short_form;
#[cfg(test)]
mod short_form_commands;
#[cfg(test)]
mod short_form_decisions;
mod side_by_side;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod spreads;
#[cfg(test)]
mod states_of_packs;
#[cfg(test)]
mod steering;
#[cfg(test)]
mod stored;
#[cfg(test)]
mod stored_printed;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod systems;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod tampered;
#[cfg(test)]
mod targets;
mod templates_command;
#[cfg(test)]
mod tracked;
#[cfg(test)]
mod unfinished;
#[cfg(test)]
mod uses;
#[cfg(test)]
mod varied;
#[cfg(test)]
mod verdicts;
#[cfg(test)]
mod voices;
#[cfg(test)]
mod word;
mod word_house;
#[cfg(test)]
mod wording;
#[cfg(test)]
mod words_printed;
#[cfg(test)]
mod workbooks;
#[cfg(test)]
mod worked;
#[cfg(test)]
mod workshop;
#[cfg(test)]
mod xlsforms;
#[cfg(test)]
mod yaml;
#[cfg(test)]
mod yardstick;
