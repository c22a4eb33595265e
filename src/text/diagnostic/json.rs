//! Problems as JSON, for editors and CI.

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Place, Sources};

/// An array in shown order, each with `code`, `severity`, `message`, `file`, `line`, `column`,
/// `end_line`, `end_column`, `help` and `related`; what is not known is null. In a workbook, `line`
/// and `column` are row and column, and `cell` names them.
#[must_use]
pub fn to_json(problems: &Diagnostics, sources: &Sources) -> Value {
    let sorted = problems.sorted();
    sorted.into_iter().map(|it| problem(it, sources)).collect()
}

fn problem(problem: &Diagnostic, sources: &Sources) -> Value {
    let mut object = json!({
        "code": problem.code.as_str(),
        "severity": problem.severity.as_str(),
        "message": problem.message,
    });
    extend(&mut object, place(problem.place, sources));
    let related = problem.related.iter().map(|(at, text)| {
        let mut note = json!({ "message": text });
        extend(&mut note, place(Some(*at), sources));
        note
    });
    let related: Value = related.collect();
    extend(
        &mut object,
        json!({ "help": problem.help, "related": related }),
    );
    object
}

fn place(place: Option<Place>, sources: &Sources) -> Value {
    let start = place.map(|it| sources.position(it));
    let end = place.map(|it| sources.end(it));
    let mut told = json!({
        "file": place.map(|it| sources.name(it.source)),
        "line": start.map(|it| it.line),
        "column": start.map(|it| it.column),
        "end_line": end.map(|it| it.line),
        "end_column": end.map(|it| it.column),
    });
    if let Some(cell) = place.and_then(|it| sources.cell(it.source)) {
        extend(&mut told, json!({ "cell": cell.to_string() }));
    }
    told
}

fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}
