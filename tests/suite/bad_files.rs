//! Files that do not make a pack: headers, names shared between files, packs that use others.

use super::workshop::{HEADER, linked};

const ONE: &str =
    "sections: { s: { title: S, questions: { a: { type: boolean, ask: \"?\" } } } }\n";

#[test]
fn files_of_a_pack_share_their_names() {
    let pack = format!("{HEADER}{ONE}");
    let told = |second: &str| linked(&[&[("pack.yaml", &pack), ("two.yaml", second)]]).lines();
    assert_eq!(
        told(ONE),
        ["1:13 duplicate-id: `s` is already among the sections (rename one of them)"]
    );
    let problem = "duplicate-id: `a` is already the id of another item";
    let other = told(&ONE.replace("{ s: {", "{ t: {"));
    assert!(
        other.len() == 1 && other[0].starts_with(&format!("1:41 {problem}")),
        "{other:?}"
    );
}

#[test]
fn header_keys_belong_into_pack_yaml() {
    let pack = format!("{HEADER}{ONE}");
    let second = "format: 1\nid: q\nversion: 1.0.0\nlanguage: de\ntitle: T\nabout: x\ncredit: y\nuses: { x: \"^1\" }\norder: [s]\n";
    let lines = linked(&[&[("pack.yaml", &pack), ("two.yaml", second)]]).lines();
    let keys = [
        "format", "id", "version", "language", "title", "about", "credit", "uses", "order",
    ];
    assert_eq!(lines.len(), keys.len(), "{lines:#?}");
    for (line, key) in lines.iter().zip(keys) {
        assert!(
            line.contains(&format!(
                "misplaced-header: `{key}` belongs into pack.yaml (move it there)"
            )),
            "{line}"
        );
    }
}

#[test]
fn a_header_is_whole_and_of_a_known_version() {
    let lines = linked(&[&[("pack.yaml", "format: 2\nid: P\nversion: 1.0\ntitle: T\n")]]).lines();
    let wanted = [
        "1:9 unknown-format: format `2` is not known (write `format: 1`)",
        "2:5 invalid-id: `P` cannot be an id (use lower-case words joined by `-` or `_`)",
        "3:10 invalid-version: `1.0` is not a version (write three numbers, as in `1.0.0`)",
    ];
    assert_eq!(lines, wanted);
    assert_eq!(
        linked(&[&[("pack.yaml", "id: p\n")]]).codes(),
        ["missing-key"; 3]
    );
}

#[test]
fn a_pack_reads_only_packs_it_uses_in_versions_it_accepts() {
    let other = "format: 1\nid: q\nversion: 2.1.0\ntitle: Q\nsections: { s: { title: S, questions: { yes: { type: boolean, ask: \"?\" } } } }\n";
    let told = |uses: &str| {
        let body = format!("{HEADER}{uses}scores: {{ x: {{ aggregate: mean, of: [q.yes] }} }}\n");
        linked(&[&[("pack.yaml", &body)], &[("pack.yaml", other)]]).lines()
    };
    assert_eq!(told("uses: { q: \"^2\" }\n"), [""; 0]);
    assert_eq!(
        told(""),
        [
            "5:38 unknown-id: `q.yes` reads the pack `q`, which this pack does not use (add `uses: { q: \"^1\" }` to pack.yaml)"
        ]
    );
    assert_eq!(
        told("uses: { q: \"^1\" }\n"),
        [
            "5:12 version-mismatch: `q` is there in version 2.1.0, not `^1` (change the requirement or the pack)"
        ]
    );
    let missing = told("uses: { qq: \"^2\", q: \"^2\" }\n");
    assert!(
        missing[0].starts_with("5:9 unknown-pack: the pack `qq` is used and not there"),
        "{missing:?}"
    );
    assert!(told("uses: { q: two }\n")[0].starts_with("5:12 invalid-version"));
}
