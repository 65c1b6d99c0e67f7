//! What the software works with: planned visits against actual ones.

pub mod annex;
mod sheet;
mod visits;

pub use visits::{Visit, VisitOutcome, compare_visits};
