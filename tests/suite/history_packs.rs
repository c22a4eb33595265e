//! A history across changes of its pack: marked where they are, and no change told over them.

use crate::history::{
    PATH, all, assessment, each, history, marks, moves, on, pack, series, through,
};
use crate::revisions::commit;
use crate::sandbox::Sandbox;
use serde_json::Value;

/// Three revisions, the pack changed before the last two.
fn remodelled(second: &str, third: &str) -> Sandbox {
    let sandbox = through(&[on("2026-01-01", &all("1"))]);
    let sandbox = sandbox
        .file("rules/small/pack.yaml", second)
        .file(PATH, assessment("", &all("2")));
    commit(&sandbox, "2026-01-02");
    let sandbox = sandbox.file("rules/small/pack.yaml", third);
    commit(&sandbox, "2026-01-03");
    sandbox
}

#[test]
fn another_model_is_marked_and_no_change_is_told_across_it() {
    let heavier = pack("1.1.0").replace("aggregate: mean }\n    q", "aggregate: max }\n    q");
    let sandbox = remodelled(&heavier, &heavier.replace("1.1.0", "2.0.0"));
    let named = history(&sandbox, "");
    assert_eq!(
        each(&series(&named, "small.one")["points"], "still"),
        ["first", "model", "apart"]
    );
    assert_eq!(
        each(&named["points"][1]["marks"], "text"),
        ["the pack “small” went from 1.0.0 to 1.1.0"]
    );
    assert!(moves(&named).is_empty());
    let now = history(&sandbox, "--pack-version now");
    assert_eq!(
        marks(&now),
        [Vec::<String>::new(), vec![]],
        "a pack alone makes no revision then"
    );
    assert_eq!(moves(&now), ["0-1 up"]);
    let versions = now["points"].as_array().unwrap().iter();
    assert!(
        versions.clone().count() == 2
            && versions
                .clone()
                .all(|one| one["packs"][0]["version"] == "2.0.0")
    );
}

#[test]
fn a_pack_edited_under_its_old_version_is_another_model() {
    let edited = pack("1.0.0").replace("title: Half", "title: Other");
    let history = history(&remodelled(&edited, &edited.replace("Other", "Third")), "");
    assert_eq!(
        each(&history["points"][2]["marks"], "text"),
        ["the pack “small” 1.0.0 was changed under the same version"]
    );
    assert_eq!(
        each(&series(&history, "small.one")["points"], "still"),
        ["first", "model", "model"]
    );
}

#[test]
fn now_takes_the_pack_as_it_lies_in_the_folder() {
    let sandbox = through(&[on("2026-01-01", &all("1")), on("2026-01-02", &all("2"))]);
    let sandbox = sandbox.file(
        "rules/small/pack.yaml",
        pack("1.0.0").replace("aggregate: mean }\n    q", "aggregate: sum }\n    q"),
    );
    let value = |history: &Value| series(history, "small.one")["points"][0]["value"].as_f64();
    assert_eq!(value(&history(&sandbox, "")), Some(1.0));
    assert_eq!(value(&history(&sandbox, "--pack-version now")), Some(4.0));
}

#[test]
fn a_pin_that_cannot_be_kept_is_told_at_its_point() {
    let pinned = |version: &str| {
        assessment("", &all("1")).replace("rules/small]", &format!("rules/small@{version}]"))
    };
    let sandbox = through(&[
        ("2026-01-01", pinned("0.9.0")),
        ("2026-01-02", pinned("1.0.0")),
    ]);
    let named = history(&sandbox, "");
    assert_eq!(each(&named["points"], "state"), ["failed", "scored"]);
    let problem = &named["points"][0]["problem"];
    assert!(
        problem["message"]
            .as_str()
            .unwrap()
            .contains("in version 1.0.0, not 0.9.0"),
        "{problem}"
    );
    let now = history(&sandbox, "--pack-version now");
    assert_eq!(each(&now["points"], "state"), ["scored", "scored"]);
}
