//! Tables as they are written: cells of CSV, and workbooks that give the same bytes every time.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Signs a spreadsheet takes for the beginning of a formula.
const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// The longest name of a sheet.
const MOST_NAME: usize = 31;

/// A workbook that holds no time but a fixed one.
pub(crate) fn book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

/// A name a sheet may have and no other has.
pub(crate) fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let clean = |letter: char| {
        if "[]:*?/\\'".contains(letter) || letter.is_control() {
            ' '
        } else {
            letter
        }
    };
    let words: String = title.chars().map(clean).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = |most: usize| -> String {
        let mut name = String::new();
        for letter in words.chars() {
            if name.encode_utf16().count() + letter.len_utf16() > most {
                break;
            }
            name.push(letter);
        }
        name.trim_end().to_owned()
    };
    let numbered = |number: usize| format!("{} {number}", cut(MOST_NAME - 4));
    let first = cut(MOST_NAME);
    let mut names = [first]
        .into_iter()
        .filter(|name| !name.is_empty())
        .chain((2..).map(numbered));
    let free = names.find(|name| !taken.contains(&name.to_lowercase()));
    let name = free.unwrap_or_default();
    taken.push(name.to_lowercase());
    name
}

/// Appends a text in quotes where it needs them, kept from being taken for a formula.
pub(crate) fn push_csv(text: &str, out: &mut String) {
    let text = guarded(text);
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}

/// A text as its author wrote it, without the sign that kept it from being taken for a formula.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(SIGNS) => rest,
        _ => text,
    }
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn guarded(text: &str) -> String {
    if text.starts_with(SIGNS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
