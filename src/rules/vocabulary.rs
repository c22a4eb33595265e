//! States, grades, roles, ranges, and the closed lists that every stage shares.

use serde::{Deserialize, Serialize};

/// State of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has a value, an outcome or an answer.
    Rated,
    /// Nothing was answered yet.
    Missing,
    /// Somebody was asked and nobody knew.
    Unknown,
    /// It does not apply, for a reason that was given.
    NotApplicable,
    /// Other answers make it irrelevant.
    Irrelevant,
    /// No pack of the assessment asks about it.
    NotAsked,
    /// The short form does not ask it.
    NotCore,
}

impl State {
    /// True while an answer is still awaited.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Missing | Self::Unknown)
    }
}

/// Length of a questionnaire.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, Serialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum FormLength {
    /// Every question of the packs.
    #[default]
    Full,
    /// The questions that the packs mark as core; all of a pack that marks none.
    Short,
}

impl FormLength {
    /// The short form, or the full one.
    #[must_use]
    pub fn of(short: bool) -> Self {
        if short { Self::Short } else { Self::Full }
    }
}

/// A lowest and a highest value.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Range {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

impl Range {
    /// The range between two values, with 0 for one that is not finite.
    pub(crate) fn finite(low: f64, high: f64) -> Self {
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        Self {
            low: finite(low),
            high: finite(high),
        }
    }
}

/// Basis on which ratings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Ratings count as they were given, and every report says so.
    #[default]
    Perception,
    /// Ratings count only as far as their evidence carries.
    Evidenced,
}

/// Evidence for a rating.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, Serialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Nothing; carries a rating up to 2.
    #[default]
    None,
    /// Said in an interview; carries up to 2.
    Interview,
    /// A document was seen; carries up to 3.
    Document,
    /// A record, data or the thing itself was seen; carries up to 4.
    Record,
    /// Customers or an independent party confirmed it; carries up to 4.
    Confirmed,
}

impl Grade {
    /// All grades, weakest first.
    pub const ALL: [Self; 5] = [
        Self::None,
        Self::Interview,
        Self::Document,
        Self::Record,
        Self::Confirmed,
    ];

    /// The grade as files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.forms().0
    }

    /// The evidence there is, in words, where it holds a rating down.
    #[must_use]
    pub(crate) const fn limits(self) -> &'static str {
        self.forms().1
    }

    /// The evidence to bring for this grade, in words; `None` where a word is enough.
    #[must_use]
    pub(crate) const fn asked(self) -> Option<&'static str> {
        self.forms().2
    }

    /// The highest rating of the 0..4 scale this grade carries.
    ///
    /// From the scoring rules of this project: E0 and E1 carry 2, E2 carries 3, E3 and E4 carry 4.
    pub(crate) const fn carries(self) -> f64 {
        self.forms().3
    }

    /// Name in files, evidence there is, evidence to bring, and highest rating carried.
    const fn forms(self) -> (&'static str, &'static str, Option<&'static str>, f64) {
        let document = Some("a document that shows it");
        let record = Some("a record, data or the thing itself");
        let customer = Some("a customer or an independent party who confirms it");
        match self {
            Self::None => ("none", "no evidence", None, 2.0),
            Self::Interview => ("interview", "only said in an interview", None, 2.0),
            Self::Document => ("document", "only a document seen", document, 3.0),
            Self::Record => ("record", "only a record seen", record, 4.0),
            Self::Confirmed => ("confirmed", "confirmed", customer, 4.0),
        }
    }
}

/// Group of people who can answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Leaders of the organisation.
    Leadership,
    /// Middle management.
    Management,
    /// Those who meet customers.
    Frontline,
    /// Operations and technical staff.
    Backoffice,
    /// Customers themselves.
    Customer,
}

impl Role {
    /// All roles, from those who lead to those who are served.
    pub const ALL: [Self; 5] = [
        Self::Leadership,
        Self::Management,
        Self::Frontline,
        Self::Backoffice,
        Self::Customer,
    ];

    /// The role as files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.forms().0
    }

    /// The role within a sentence: "front line".
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.forms().1
    }

    /// The role at the head of a column: "Front line".
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.forms().2
    }

    /// The people of the role, with their article: "the front line".
    #[must_use]
    pub const fn origin(self) -> &'static str {
        self.forms().3
    }

    /// Name in files, words in a sentence, title of a column, and people with their article.
    const fn forms(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Leadership => ("leadership", "leadership", "Leadership", "the leadership"),
            Self::Management => ("management", "management", "Management", "management"),
            Self::Frontline => ("frontline", "front line", "Front line", "the front line"),
            Self::Backoffice => ("backoffice", "operations", "Operations", "operations"),
            Self::Customer => ("customer", "customers", "Customers", "the customers"),
        }
    }
}

/// Confidence in a figure.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ConfidenceGrade {
    /// Little is covered or proven.
    #[default]
    Low,
    /// Most is covered and some of it proven.
    Medium,
    /// Nearly all is covered, most of it proven, by several people who agree.
    High,
}

impl ConfidenceGrade {
    /// The grade as files write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Rule by which the children of a score become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    /// Weighted arithmetic mean.
    Mean,
    /// Weighted sum.
    Sum,
    /// Lowest child.
    Min,
    /// Highest child.
    Max,
    /// Number of children that meet the test.
    Count,
    /// Share of children that meet the test, `0..=1`.
    Share,
    /// Weighted geometric mean of the distance above the least value plus 1, less 1.
    Geometric,
    /// Highest less lowest child.
    Spread,
    /// First child less second.
    Difference,
}

/// Properties of an aggregate, of which every stage asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own"
)]
pub struct AggregateProperties {
    /// Its name as files write it.
    pub name: &'static str,
    /// Its name for readers.
    pub title: &'static str,
    /// Fewest children it can be made of.
    pub fewest: u32,
    /// Set where it is made of exactly so many.
    pub exact: bool,
    /// Set where it is an average of all its children, or their sum: it speaks for them.
    pub averages: bool,
    /// Set where it counts the children that meet a test.
    pub tests: bool,
    /// Set where it grows with the number of its children.
    pub adds_up: bool,
    /// Set where its children may have unlike ranges.
    pub unlike: bool,
    /// Set for a distance between children, of which more is neither better nor worse.
    pub distance: bool,
}

/// Makes the table of aggregates: name in files, name for readers, fewest children, and what else is so.
macro_rules! aggregates {
    ($($kind:ident $name:literal $title:literal $fewest:literal $($so:ident)*;)*) => {
        impl Aggregate {
            /// The properties of the aggregate; a new one is a row of the table.
            #[must_use]
            pub fn properties(self) -> AggregateProperties {
                match self {
                    $(Self::$kind => AggregateProperties {
                        name: $name,
                        title: $title,
                        fewest: $fewest,
                        $($so: true,)*
                        ..AggregateProperties::default()
                    },)*
                }
            }
        }
    };
}

aggregates! {
    Mean "mean" "Mean" 1 averages;
    Sum "sum" "Sum" 1 averages adds_up unlike;
    Min "min" "Lowest" 1;
    Max "max" "Highest" 1;
    Count "count" "How many meet the test" 1 tests adds_up unlike;
    Share "share" "Which part meets the test" 1 tests unlike;
    Geometric "geometric" "Geometric mean" 1 averages;
    Spread "spread" "Highest less lowest" 2 distance;
    Difference "difference" "First less second" 2 exact unlike distance;
}

/// Rule by which the matching rows of a decision table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HitPolicy {
    /// Exactly one rule matches any point.
    Unique,
    /// The first rule that matches.
    First,
    /// Every rule that matches.
    Collect,
}
