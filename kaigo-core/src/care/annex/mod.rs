//! 第7表: the annex of a month's slip, computed, and a received one held against it.
//!
//! What the slip does not say, the caller does ([`AnnexTerms`]): the price of a unit or the area, the person's share, which
//! services count against no ceiling, what a discount takes off, who bears what is over a ceiling. For a received annex these
//! are read off its rows ([`AnnexTerms::of_received`]), so that what is left to differ is arithmetic.
//!
//! Where the standard is silent, *provisional*: a subtotal is of one provider and type, and stands for each provider of a
//! type that has several code rows; price, cost and shares stand on it, else on the one row; counts on subtotals are 0; each
//! row or subtotal is rounded by itself.

mod check;
mod compute;
mod question;
mod terms;

pub use check::{AnnexDifference, AnnexDifferenceKind, Explanation, check_annex};
pub use compute::{Annex, ExplainedRow, annex};
pub use question::{AnnexCheckQuestion, AnnexQuestion};
pub use terms::{AnnexTerms, OverTerm, PriceTerm, ServiceTerm};
