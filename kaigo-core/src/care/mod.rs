//! What the software works with: planned visits against actual ones.

pub mod annex;
mod draft;
mod sheet;
mod visits;

pub use draft::{ActualsDraft, Corrections, DraftError, DraftVisit, VisitId, VisitState};
pub use visits::{Visit, VisitOutcome, compare_visits};
