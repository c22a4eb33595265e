//! Why something is as it is, in a terminal.

use super::lay::Page;
use crate::message;
use crate::study::explain::Explanation;

/// An explanation with its reasons, one below the other; `paint` adds colour.
#[must_use]
pub fn explanation(explanation: &Explanation, paint: bool) -> String {
    let mut page = Page::new(paint);
    page.strong(&format!("{} ({})", explanation.title, explanation.id));
    page.wrapped(0, &explanation.says);
    if !explanation.reasons.is_empty() {
        page.gap();
        page.strong("Because");
    }
    for reason in &explanation.reasons {
        page.hanging(2, reason);
    }
    if !explanation.changes.is_empty() {
        page.gap();
        page.strong(message!("what-would-change-it"));
    }
    for change in &explanation.changes {
        page.hanging(
            2,
            &format!("{} ({}): {}", change.label, change.id, change.answer),
        );
        page.hanging(4, &format!("then: {}", change.then));
    }
    if !explanation.see.is_empty() {
        page.gap();
        page.hanging(0, &message!("see-also", see = explanation.see.join(", ")));
    }
    page.text()
}
