//! What the software works with: a care plan as needs, goals and supports; the month of a client as lines with a grid of
//! days, planned and actual; [`annex`], the arithmetic of 第7表; actuals made from a plan ([`ActualsDraft`]); planned against
//! actual visits ([`reconcile`]); and all of it as one document, care-json ([`CareDocument`]).
//!
//! Everything comes from [`record`](crate::record)s and goes back to them, byte for byte where they conform; what cannot be
//! held is a finding with its place.

pub mod annex;
mod basic;
mod care_document;
mod collect;
mod draft;
mod faults;
mod plan;
mod plan_builder;
mod plan_rows;
mod prevention;
mod prevention_builder;
mod printed_once;
mod reconcile;
mod sheet;
mod slip;
mod slip_builder;
mod supplement;

pub use basic::{
    BasicInformation, BasicInformationBuilder, BasicInformationRows, BasicOutline, IllnessEntry,
    ScheduleEntry,
};
pub use care_document::{CareDocument, CareFormat, CareParty, CareVersion};
pub use draft::{ActualsDraft, Corrections, DraftError, DraftVisit, VisitId, VisitState};
pub use plan::{
    CarePlan, CarePlanNeed, CarePlanOutline, CarePlanSupport, DailyActivity, FollowUpRows, LongTermGoal,
    NeedsHead, NonWeeklyService, Repeats, Sheet2Column, ShortTermGoal, WeekHead, WeeklyService,
};
pub use plan_builder::CarePlanBuilder;
pub use plan_rows::CarePlanRows;
pub use prevention::{
    PreventionColumn, PreventionHead, PreventionNeed, PreventionOutline, PreventionPlan, PreventionPlanRows,
    PreventionService, PreventionSupportPlan,
};
pub use prevention_builder::PreventionPlanBuilder;
pub use reconcile::{
    Balance, CalendarDay, CalendarRow, ClientReconciliation, OutcomeTotal, PlanOrActual, Prices,
    ProviderBalance, Reconciliation, ServiceBalance, ServiceTypeBalance, SlipVisit, Tolerance, TotalUnits,
    UncomparedRow, VisitComparison, VisitOutcome, YenLeftOut, reconcile, reconcile_months, reconcile_priced,
};
pub use slip::{Actuals, AnnexRow, MonthlyRows, MonthlySlip, SlipDay, SlipLine};
pub use slip_builder::{Equipment, LineBuilder, MonthBuilder};
pub use supplement::Supplement;
