//! What stands over an exhibit is true of what is printed in it, and Markdown keeps its lines.

use crate::roadmap::report;
use crate::stored::CLIENTS;
use crate::workshop::built_in;
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::Rulebook;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Each sample with its report in Markdown.
fn each(check: impl Fn(&str, &str) + Sync) {
    CLIENTS.par_iter().for_each(|name| {
        let (markdown, _) = report(name);
        check(name, &markdown);
    });
}

/// What stands between the number of a figure and the next heading.
fn figures(report: &str) -> impl Iterator<Item = &str> {
    let all = report.split("\n**Figure ").skip(1);
    all.filter_map(|text| {
        let text = text.split_once(".** ")?.1;
        text.split("\n#").next()
    })
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// "12", "Eight", "none".
fn count(word: &str) -> usize {
    const WORDS: [&str; 13] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let small = word.to_lowercase();
    let place = WORDS.iter().position(|one| *one == small);
    place.unwrap_or_else(|| word.parse().expect(word))
}

#[test]
fn lists_and_headings_begin_lines_of_their_own() {
    each(|name, text| {
        let lines: Vec<&str> = text.lines().collect();
        for (place, line) in lines.iter().enumerate() {
            let inner = line.trim_start().trim_start_matches('-');
            assert!(
                line.starts_with('|') || !inner.contains("- **"),
                "{name}: {line}"
            );
            if line.starts_with('#') {
                let before = place.checked_sub(1).map_or("", |place| lines[place]);
                assert_eq!(before, "", "{name}, above {line}");
                let after = lines.get(place + 1);
                assert_eq!(after.copied(), Some(""), "{name}, below {line}");
            }
        }
    });
}

#[test]
fn a_star_is_explained_where_one_is_printed() {
    each(|name, text| {
        let said = text.contains("A star marks a quick win.");
        assert_eq!(said, text.contains('★'), "{name}");
        // Where a cell leaves names out, it names its quick wins first.
        for cell in text.lines().flat_map(|line| line.split(" | ")) {
            let Some((_, names)) = cell.split_once("**: ").filter(|_| cell.contains('★')) else {
                continue;
            };
            let marked = names.split("; ").map(|name| name.starts_with('★'));
            assert!(
                marked.clone().is_sorted_by(|one, next| one >= next),
                "{name}: {cell}"
            );
        }
    });
}

#[test]
fn a_range_is_explained_where_one_is_drawn() {
    each(|name, text| {
        for figure in figures(text).filter(|one| one.contains("● value")) {
            let drawn = figure
                .lines()
                .any(|line| line.contains('`') && line.contains('─'));
            assert_eq!(
                figure.contains("● value, ─ range"),
                drawn,
                "{name}: {figure}"
            );
            assert_eq!(figure.contains("| Range |"), drawn, "{name}: {figure}");
            let said = figure.contains("Range: what the open answers still allow.");
            assert!(drawn || !said, "{name}: {figure}");
        }
        assert!(!text.contains("| nothing | nothing |"), "{name}");
    });
}

#[test]
fn nothing_is_said_of_open_questions_that_an_exhibit_does_not_rest_on() {
    // One question is open in each, and these exhibits do not read it.
    for name in ["golden-oat", "pine-joinery"] {
        let (text, _) = report(name);
        assert!(!text.contains("No open question can change"), "{name}");
        assert!(!text.contains("| Form | Now | Still open |"), "{name}");
        assert!(
            text.contains("What the offer calls for, and what is built."),
            "{name}"
        );
    }
}

/// How many ratings on 0 to 4 of each pack apply.
fn ratings(rulebook: &Rulebook, states: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for item in rulebook.items.iter() {
        let Some(question) = item.kind.question() else {
            continue;
        };
        let steps = question.choices.iter().map(|one| one.value.as_str());
        let house = question.kind == QuestionType::Rating && steps.eq(["0", "1", "2", "3", "4"]);
        let state = states.get(&item.id).map_or("", String::as_str);
        if house && matches!(state, "rated" | "missing" | "unknown") {
            let title = rulebook.packs[item.pack].title.clone();
            *found.entry(title).or_default() += 1;
        }
    }
    found
}

#[test]
fn the_spread_of_ratings_counts_each_rating_once() {
    CLIENTS.par_iter().for_each(|name| {
        crate::reports::with(name, |report| {
            let (text, _) = crate::roadmap::report(name);
            let packs = report.list("packs").iter();
            let packs: Vec<&str> = packs.map(|one| crate::reports::text(one, "id")).collect();
            let questions = report.list("questions").iter();
            let state = |one| {
                let of = |key| crate::reports::text(one, key).to_owned();
                (of("id"), of("state"))
            };
            let wanted = ratings(&built_in(&packs), &questions.map(state).collect());
            let mut pack = wanted.keys().next().expect("a pack").clone();
            let mut told = 0;
            let mut lines = text.lines();
            while let Some(line) = lines.next() {
                let title = line.strip_prefix("### ").unwrap_or_default();
                if wanted.contains_key(title) {
                    title.clone_into(&mut pack);
                }
                let Some((_, caption)) = line.split_once(".** Of ") else {
                    continue;
                };
                let table: Vec<&str> = lines.by_ref().skip(1).take(3).collect();
                let all = spread(caption, &cells(table[2]), name);
                assert_eq!(all, wanted[&pack], "{name}, {pack}: {caption}");
                told += 1;
            }
            assert!(told > 0, "{name}");
        });
    });
}

/// How many ratings a caption speaks of; its counts are those of the first row.
fn spread(caption: &str, row: &[&str], name: &str) -> usize {
    let row: Vec<usize> = row[1..7].iter().map(|cell| count(cell)).collect();
    let (of, rest) = caption.split_once(", ").expect("counts");
    let (counts, rest) = rest.split_once('.').expect("a sentence");
    let rated = count(of.split(' ').next().expect("a count"));
    let counts: Vec<usize> = counts
        .split(", ")
        .flat_map(|part| part.split(" and "))
        .filter_map(|part| part.split_once(" at "))
        .map(|(word, _)| count(word.trim()))
        .collect();
    let same = [row[3] + row[4], row[2], row[0] + row[1]];
    assert_eq!(counts, same, "{name}: {caption}");
    assert_eq!(rated, row[..5].iter().sum::<usize>(), "{name}: {caption}");
    let mut all = rated;
    for said in rest.split(". ").map(str::trim) {
        let Some((word, why)) = said.split_once(" more ") else {
            continue;
        };
        if why.starts_with("is open") || why.starts_with("are open") {
            assert_eq!(count(word), row[5], "{name}: {caption}");
        }
        if !why.contains("asked in other parts") {
            all += count(word);
        }
    }
    all
}

#[test]
fn answers_that_count_alike_stand_level() {
    each(|name, text| {
        for figure in figures(text).filter(|one| one.starts_with("Highest: ")) {
            let caption = figure.lines().next().expect("a caption");
            let (high, low) = caption.split_once("Lowest: ").expect("both ends");
            for end in [high, low] {
                let (names, value) = end.split_once(" (").expect("a value");
                let value = value.split(')').next().expect("a value");
                let rows = figure.lines().filter(|line| line.starts_with("| "));
                for row in rows.map(cells).filter(|row| row[2] == value) {
                    assert!(names.contains(row[0]), "{name}: {} in {caption}", row[0]);
                }
            }
        }
    });
    let (text, _) = report("pellwick-shade");
    let lowest = "Lowest: Pattern of proposals and Changes begun by customer evidence (1).";
    assert!(text.contains(lowest));
}
