//! The page on the architecture is true of the tree, and arrows between rooms go one way.

use crate::sandbox::ROOT;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

/// The rooms, each after those that it may import.
const ROOMS: [&str; 7] = [
    "text", "rules", "answers", "assess", "study", "collect", "report",
];

fn page() -> String {
    fs::read_to_string(Path::new(ROOT).join("docs/architecture.md")).expect("the page")
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The source files of the library and the binary, from the root of the project, with their text.
fn sources() -> Vec<(String, String)> {
    let walk = WalkDir::new(Path::new(ROOT).join("src")).sort_by_file_name();
    let files = walk
        .into_iter()
        .map(|entry| entry.expect("a folder that can be read"));
    let rust = files.filter(|file| file.path().extension().is_some_and(|end| end == "rs"));
    let named = rust.map(|file| {
        let path = file
            .path()
            .strip_prefix(ROOT)
            .expect("a path below the root");
        let text = fs::read_to_string(file.path()).expect("text");
        (path.to_string_lossy().into_owned(), text)
    });
    named.collect()
}

#[test]
fn every_file_that_the_page_names_is_there() {
    let page = page();
    let paths: Vec<&str> = quoted(&page)
        .filter(|text| text.contains('/') && !text.contains(' '))
        .collect();
    assert!(paths.len() > 30, "{paths:?}");
    for path in paths {
        assert!(Path::new(ROOT).join(path).exists(), "{path}");
    }
}

#[test]
fn every_type_that_the_page_places_in_a_file_stands_there() {
    let page = page();
    let mut placed = 0;
    for (before, after) in page
        .split('`')
        .collect::<Vec<_>>()
        .windows(3)
        .filter_map(|three| match three {
            [name, " of " | " in " | ", of " | ": ", path] => Some((*name, *path)),
            _ => None,
        })
    {
        let is_type = before.starts_with(char::is_uppercase);
        if is_type && Path::new(after).extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(Path::new(ROOT).join(after)).expect(after);
            let defined = ["struct", "enum"]
                .iter()
                .any(|kind| text.contains(&format!("{kind} {before}")));
            assert!(defined, "{after} defines no {before}");
            placed += 1;
        }
    }
    assert!(placed > 4, "{placed}");
}

#[test]
fn every_room_has_its_row_and_tells_what_comes_in_and_goes_out() {
    let page = page();
    for room in ROOMS {
        assert!(page.contains(&format!("| `src/{room}.rs` |")), "{room}");
        let text = fs::read_to_string(Path::new(ROOT).join(format!("src/{room}.rs"))).expect(room);
        assert!(
            text.contains("//! Comes in: ") && text.contains("Goes out: "),
            "{room}"
        );
    }
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    let room = |path: &str| {
        let inner = path.strip_prefix("src/")?.split(['/', '.']).next()?;
        ROOMS.iter().position(|room| *room == inner)
    };
    for (path, text) in sources() {
        let Some(own) = room(&path) else {
            continue;
        };
        // Study and collect stand side by side.
        let sibling = match ROOMS[own] {
            "study" => Some("collect"),
            "collect" => Some("study"),
            _ => None,
        };
        let forbidden = ROOMS
            .iter()
            .skip(own + 1)
            .chain(ROOMS.iter().filter(|one| sibling == Some(**one)));
        for below in forbidden {
            let import = format!("crate::{below}::");
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            assert!(
                code.clone().all(|line| !line.contains(&import)),
                "{path} imports {below}"
            );
        }
    }
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    for (path, text) in sources() {
        assert!(
            text.lines().count() <= 350,
            "{path} has {} lines",
            text.lines().count()
        );
    }
}
