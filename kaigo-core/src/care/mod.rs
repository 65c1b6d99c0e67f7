//! What the software works with: the month of a client as a slip, planned visits against actual ones.

pub mod annex;
mod draft;
mod reconcile;
mod sheet;
mod slip;
mod slip_builder;
mod supplement;

pub use draft::{ActualsDraft, Corrections, DraftError, DraftVisit, VisitId, VisitState};
pub use reconcile::{
    Balance, CalendarDay, CalendarRow, ClientReconciliation, OutcomeTotal, PlanOrActual, Prices,
    ProviderBalance, Reconciliation, ServiceBalance, ServiceTypeBalance, SlipVisit, Tolerance, TotalUnits,
    UncomparedRow, VisitComparison, VisitOutcome, YenLeftOut, reconcile, reconcile_months, reconcile_priced,
};
pub use slip::{Actuals, AnnexRow, MonthlyRows, MonthlySlip, SlipDay, SlipLine};
pub use slip_builder::{Equipment, LineBuilder, MonthBuilder};
pub use supplement::Supplement;
