//! Licences and sources of dependencies are those that `deny.toml` allows, with and without
//! cargo-deny.

use super::sandbox::ROOT;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).expect(name)
}

/// The texts in quotes of a list of `deny.toml`.
fn allowed(list: &str) -> Vec<String> {
    let text = text("deny.toml");
    let (_, rest) = text.split_once(&format!("{list} = [")).expect(list);
    let (inside, _) = rest.split_once(']').expect("the end of the list");
    let quoted = inside.split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

/// True where one of the choices of an expression asks for nothing but what is allowed. An old `/`
/// means `OR`; parentheses stand around the choices of one part.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let is_allowed = |one: &str| allowed.iter().any(|known| known == one);
    expression.replace('/', " OR ").split(" AND ").all(|part| {
        let choices = part.trim_matches(['(', ')', ' ']).split(" OR ");
        choices.map(str::trim).any(is_allowed)
    })
}

#[test]
fn an_expression_is_permitted_by_a_choice_of_each_part() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned);
    for good in [
        "MIT",
        "MIT OR GPL-2.0-only",
        "Unlicense/MIT",
        "(MIT OR X) AND Zlib",
    ] {
        assert!(permits(good, &allowed), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(X OR Y) AND MIT",
    ] {
        assert!(!permits(bad, &allowed), "{bad}");
    }
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let host = Command::new("rustc").arg("-vV").output().expect("rustc");
    let host = String::from_utf8(host.stdout).expect("text");
    let host = host.lines().find_map(|line| line.strip_prefix("host: "));
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--all-features", "--filter-platform", host.expect("a host")])
        .current_dir(ROOT)
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{}", packages.len());
    let allowed = allowed("allow");
    for one in packages {
        let licence = one["license"].as_str().unwrap_or_default();
        assert!(permits(licence, &allowed), "{}: {licence}", one["name"]);
    }
}

#[test]
fn every_dependency_comes_from_the_registry_with_its_checksum() {
    let from = allowed("allow-registry");
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = text(lock);
        let packages = lock.split("[[package]]").skip(1);
        let own = ["centricity", "centricity-fuzz"].map(|name| format!("name = \"{name}\"\n"));
        let others = packages.filter(|one| !own.iter().any(|own| one.contains(own)));
        for package in others {
            let known =
                |registry: &String| package.contains(&format!("source = \"registry+{registry}\""));
            assert!(from.iter().any(known), "{package}");
            assert!(package.contains("checksum = "), "{package}");
        }
    }
}
