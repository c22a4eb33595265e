//! Roles as people read them.

use crate::rules::vocabulary::Role;

/// A role in the forms that sentences need.
struct Words {
    /// Within a sentence: "front line".
    plain: &'static str,
    /// At the head of a column: "Front line".
    head: &'static str,
    /// Where somebody comes from: "the front line".
    origin: &'static str,
}

const fn words(role: Role) -> Words {
    let (plain, head, origin) = match role {
        Role::Leadership => ("leadership", "Leadership", "the leadership"),
        Role::Management => ("management", "Management", "management"),
        Role::Frontline => ("front line", "Front line", "the front line"),
        Role::Backoffice => ("operations", "Operations", "operations"),
        Role::Customer => ("customers", "Customers", "the customers"),
    };
    Words {
        plain,
        head,
        origin,
    }
}

/// A role within a sentence: "front line".
pub(crate) fn role_words(role: Role) -> &'static str {
    words(role).plain
}

/// A role as a table names it: "Front line".
pub(crate) fn role_name(role: Role) -> &'static str {
    words(role).head
}

/// A role somebody comes from: "the front line".
pub(crate) fn role_origin(role: Role) -> &'static str {
    words(role).origin
}
