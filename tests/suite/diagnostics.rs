//! How problems look.

use std::collections::HashSet;

use centricity::diagnostic::{Code, Diagnostic, Diagnostics, Place, Sources, nearest, render, to_json};

fn place(sources: &mut Sources, name: &str, text: &str, word: &str) -> Place {
    let source = sources.add(name, text.to_owned());
    let start = text.chars().count() - text[text.find(word).unwrap()..].chars().count();
    Place {
        source,
        start: u32::try_from(start).unwrap(),
        end: u32::try_from(start + word.chars().count()).unwrap(),
    }
}

fn shown(problem: Diagnostic, sources: &Sources) -> String {
    render(&Diagnostics::from_iter([problem]), sources, false)
}

#[test]
fn a_problem_is_shown_with_its_line_and_help() {
    let mut sources = Sources::new();
    let at = place(&mut sources, "pack.yaml", "id: light\ntitel: Größe\n", "titel");
    let problem = Diagnostic::error(Code::UnknownKey, "unknown key `titel`")
        .at(at)
        .help("did you mean `title`?");
    assert_eq!(shown(problem, &sources), "\
error[unknown-key]: unknown key `titel`
 --> pack.yaml:2:1
  |
2 | titel: Größe
  | ^^^^^
  |
help: did you mean `title`?
");
}
