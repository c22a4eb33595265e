//! The page on the architecture is true of the tree, and arrows between rooms go one way.

use crate::sandbox::ROOT;
use std::collections::{BTreeMap, BTreeSet};
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

/// The paths of a `use` statement, one for each name in its braces.
fn names(statement: &str) -> Vec<String> {
    let Some((head, tail)) = statement.split_once('{') else {
        return vec![statement.to_owned()];
    };
    let inner = tail.strip_suffix('}').expect("braces");
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for letter in inner.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if letter == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("a part").push(letter);
        }
    }
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts
        .flat_map(|part| names(&format!("{head}{part}")))
        .collect()
}

/// The files that a file imports, but for the module it is part of, which is its face. `files` are
/// named by their modules.
fn imports(module: &str, text: &str, files: &BTreeSet<&str>) -> BTreeSet<String> {
    let statements = text.split("\nuse ").skip(1);
    let statements = statements.filter_map(|rest| rest.split(';').next());
    let paths = statements.flat_map(|path| names(&path.split_whitespace().collect::<String>()));
    let targets = paths.filter_map(|path| {
        let mut from: Vec<&str> = module.split("::").collect();
        let mut rest = path.split("::").peekable();
        if rest.next_if_eq(&"crate").is_some() {
            from.clear();
        }
        while rest.next_if_eq(&"super").is_some() {
            from.pop();
        }
        let mut found = None;
        for name in rest {
            from.push(name);
            let deeper = from.join("::");
            if !files.contains(deeper.as_str()) {
                break;
            }
            found = Some(deeper);
        }
        found.filter(|found| !format!("{module}::").starts_with(&format!("{found}::")))
    });
    targets.collect()
}

#[test]
fn no_more_than_three_files_import_each_other_in_a_circle() {
    let sources = sources();
    let library = sources
        .iter()
        .filter(|(path, _)| !path.starts_with("src/bin/"));
    let modules = library.map(|(path, text)| {
        let name = path.trim_start_matches("src/").trim_end_matches(".rs");
        (name.replace('/', "::"), text)
    });
    let modules: Vec<(String, &String)> = modules.collect();
    let files = modules.iter().map(|(name, _)| name.as_str()).collect();
    let mut reached: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in &modules {
        reached.insert(name, imports(name, text, &files));
    }
    assert!(reached.values().map(BTreeSet::len).sum::<usize>() > 500);
    loop {
        let before = reached.clone();
        for all in reached.values_mut() {
            let further = all.iter().filter_map(|one| before.get(one.as_str()));
            let further: Vec<String> = further.flatten().cloned().collect();
            all.extend(further);
        }
        if before == reached {
            break;
        }
    }
    for (name, all) in &reached {
        let circle = all
            .iter()
            .filter(|one| reached[one.as_str()].contains(*name));
        let circle: Vec<&String> = circle.collect();
        assert!(circle.len() <= 3, "{name}: {circle:?}");
    }
}
