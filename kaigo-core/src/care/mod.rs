//! What the software works with: planned visits against actual ones.

mod visits;

pub use visits::{Visit, VisitOutcome, compare_visits};
