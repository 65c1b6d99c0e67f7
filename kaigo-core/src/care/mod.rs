//! What the software works with: the month of a client as a slip, planned visits against actual ones.

pub mod annex;
mod draft;
mod sheet;
mod slip;
mod slip_builder;
mod supplement;
mod visits;

pub use draft::{ActualsDraft, Corrections, DraftError, DraftVisit, VisitId, VisitState};
pub use slip::{Actuals, AnnexRow, MonthlyRows, MonthlySlip, SlipDay, SlipLine};
pub use slip_builder::{Equipment, LineBuilder, MonthBuilder};
pub use supplement::Supplement;
pub use visits::{Visit, VisitOutcome, compare_visits};
