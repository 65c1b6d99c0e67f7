//! Periods of days.

use super::{Content, Document, Part, Reading, Shape, Tree};
use crate::calendar::Date;

/// The members of periods as they are written.
mod written {
    use crate::calendar::Date;
    use crate::document::document;

    const BACKWARDS: Option<(&str, &str)> = Some(("終わりが始まりより前です", "ends before it begins"));

    document! {
        /// A period with its end.
        Period = "期間" {
            from: one Date = "開始年月日",
            to: one Date = "終了年月日",
        } => closed

        /// A period that may have no end.
        OpenPeriod = "期間（終わりなし可）" {
            from: one Date = "開始年月日",
            to: opt Date = "終了年月日",
        } => open
    }

    fn closed(period: &Period) -> Option<(&'static str, &'static str)> {
        BACKWARDS.filter(|_| period.to < period.from)
    }

    fn open(period: &OpenPeriod) -> Option<(&'static str, &'static str)> {
        BACKWARDS.filter(|_| period.to.is_some_and(|to| to < period.from))
    }
}

/// Days from the first to the last, both included. The last is never before the first.
#[doc(alias = "期間")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: Date,
    to: Date,
}

/// Days from the first on, up to a last one where there is one; it is never before the first.
#[doc(alias = "期間")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpenPeriod {
    from: Date,
    to: Option<Date>,
}

impl Period {
    /// The period, unless it ends before it begins.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// The first day.
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// How many days it has, at least one.
    pub fn days(self) -> u32 {
        // The last day is not before the first.
        self.from.days_until(self.to).unsigned_abs() + 1
    }
}

impl OpenPeriod {
    /// The period, unless it ends before it begins.
    pub fn new(from: Date, to: Option<Date>) -> Option<Self> {
        to.is_none_or(|to| from <= to).then_some(Self { from, to })
    }

    /// The first day.
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, where there is one.
    pub fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl From<Period> for OpenPeriod {
    fn from(period: Period) -> Self {
        Self { from: period.from, to: Some(period.to) }
    }
}

/// What is written is the same, and read only where it is in order.
macro_rules! as_written {
    ($($period:ident),*) => { $(
        impl Document for $period {
            const SHAPE: &'static Shape = <written::$period as Document>::SHAPE;
        }

        impl Part for $period {
            const CONTENT: Content = <written::$period as Part>::CONTENT;

            fn to_tree(&self) -> Tree {
                written::$period { from: self.from, to: self.to }.to_tree()
            }

            fn from_tree(tree: &Tree, reading: &mut Reading) -> Option<Self> {
                let written::$period { from, to } = Part::from_tree(tree, reading)?;
                Some(Self { from, to })
            }
        }

        super::document!(@serde $period);
    )* };
}

as_written! { Period, OpenPeriod }
