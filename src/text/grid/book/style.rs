//! How numbers are shown: only as far as it changes what they say.

use super::{Fault, attribute, package};
use jiff::civil::Date;
use std::collections::HashMap;

/// What the number of a cell is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As itself.
    Number,
    /// 0.8 as 80%.
    Percent,
    /// As a date.
    Date,
}

/// How cells are shown, by the number of their style.
pub(super) fn read(text: &str) -> Result<Vec<Shown>, Fault> {
    let mut own: HashMap<String, Shown> = HashMap::new();
    let mut styles = Vec::new();
    let mut inside = false;
    package::each(text, |element| {
        match element.local_name().as_ref() {
            "numFmt" => {
                let get = |name| attribute(element, name).unwrap_or_default();
                own.insert(get("numFmtId"), custom(&get("formatCode")));
            }
            "cellXfs" => inside = true,
            "cellStyles" | "dxfs" => inside = false,
            "xf" if inside => {
                let id = attribute(element, "numFmtId").unwrap_or_default();
                let shown = own.get(&id).copied();
                styles.push(shown.unwrap_or_else(|| built_in(&id)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The formats every spreadsheet knows by number.
fn built_in(id: &str) -> Shown {
    match id.parse::<u32>() {
        Ok(9 | 10) => Shown::Percent,
        Ok(14..=22 | 45..=47) => Shown::Date,
        Ok(_) | Err(_) => Shown::Number,
    }
}

/// A format by its code, texts in quotes and colours in brackets aside.
fn custom(code: &str) -> Shown {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    let mut date = false;
    for letter in code.chars() {
        match letter {
            _ if skip => skip = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => skip = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            '%' => return Shown::Percent,
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => date = true,
            _ => {}
        }
    }
    if date { Shown::Date } else { Shown::Number }
}

/// A number as its cell shows it; its text as saved where that says more.
pub(super) fn show(saved: &str, shown: Shown, since_1904: bool) -> String {
    let Ok(number) = saved.parse::<f64>() else {
        return saved.to_owned();
    };
    match shown {
        Shown::Number => number.to_string(),
        // What is one hundredth in binary is not quite one hundredth.
        Shown::Percent => format!("{}%", (number * 1e12).round() / 1e10),
        Shown::Date => {
            day(number, since_1904).map_or_else(|| number.to_string(), |it| it.to_string())
        }
    }
}

/// The day of a date's number. The first system counts a 29 February 1900 that never was.
fn day(number: f64, since_1904: bool) -> Option<Date> {
    if !(1.0..3_000_000.0).contains(&number) {
        return None;
    }
    let first = if since_1904 {
        Date::constant(1904, 1, 1)
    } else if number < 60.0 {
        Date::constant(1899, 12, 31)
    } else {
        Date::constant(1899, 12, 30)
    };
    #[expect(clippy::cast_possible_truncation, reason = "between 1 and 3,000,000")]
    let days = number.floor() as i64;
    first
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}
